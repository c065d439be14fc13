/* Cutting and splitting any bytes: always forward, never past the end. The first byte
 * chooses the delimiter. */
#include <stdint.h>

#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char DELIMITERS[] = {',', ';', '\t', '|'};
	struct mn_err err = MN_ERR_NONE;
	if (n == 0 || n > MN_MAX_RECORD)
		return 0;
	char delimiter = DELIMITERS[data[0] % countof(DELIMITERS)];
	struct mn_str s = mn_str((const char *)data + 1, n - 1);
	struct mn_arena root = mn_arena_new((size_t)16 << 20, NULL);
	struct mn_csv *p = mn_csv_new(delimiter, &err);
	if (!p)
		__builtin_trap();
	mn_csv_delimiter(s);
	while (s.n) {
		bool open, later;
		struct mn_arena a = root;
		struct mn_csv_row row;
		size_t cut = mn_csv_cut(s, delimiter, true, &open), bytes = 0;
		size_t early = mn_csv_cut(s, delimiter, false, &later);
		/* An answer given before the end is known is the answer. */
		if (cut == 0 || cut > s.n || (early && early != cut))
			__builtin_trap();
		mn_csv_parse(p, mn_str(s.p, cut), &a, &row);
		for (uint32_t i = 0; i < row.n; i++)
			bytes += row.cell[i].n;
		if (bytes > cut || row.n > MN_MAX_COLUMNS || (open && !row.bad_quote))
			__builtin_trap();
		s = mn_str(s.p + cut, s.n - cut);
	}
	mn_csv_free(p);
	mn_arena_free(root);
	return 0;
}

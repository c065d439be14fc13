/* The XML of a sheet alone, without archive: what comes before 0x1e is a format of cells,
 * and a number. Rows never go back, cells are within bounds and are text, whether they
 * needed the parser or not. */
#include <stdint.h>
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "../../connectors/sheet.h"
#include "../prop/sheet_same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static ssize_t
read_text(void *from, char *to, size_t n, struct mn_err *err)
{
	struct mn_str *s = from;
	size_t take = n < s->n ? n : s->n;
	(void)err;
	if (take)
		memcpy(to, s->p, take);
	*s = mn_str_sub(*s, take, s->n);
	return (ssize_t)take;
}

static void
one_number(struct mn_str number, struct mn_style style)
{
	char room[MN_NUMBER_ROOM];
	for (int from_1904 = 0; from_1904 < 2; from_1904++) {
		struct mn_str s = mn_number_text(number, style, from_1904, room);
		need(s.p == number.p || s.n < sizeof room);
	}
}

static void
read_sheet(struct mn_book *book, const struct mn_merges *merges, struct mn_str xml)
{
	struct mn_arena a = mn_arena_new((size_t)16 << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_sheet_row r;
	uint64_t line = 0;
	int more;
	struct mn_sheet *s =
	    mn_sheet_new(book, merges, read_text, &xml, MN_S("sheet"), &err);
	need(s != NULL);
	while ((more = mn_sheet_next(s, &a, &r, &err)) == 1) {
		need(r.line > line && r.row.n <= MN_MAX_COLUMNS);
		line = r.line;
		for (uint32_t i = 0; i < r.row.n; i++)
			need(mn_utf8_valid(r.row.cell[i]) == r.row.cell[i].n);
		a = root;
	}
	need(more == 0 || err.code != MN_E_NONE);
	mn_sheet_free(s);
	mn_arena_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_str xml = mn_str((const char *)data, n), code = MN_STR_NONE;
	struct mn_style style[3] = {{0}, {MN_SHOWS_DAY, true, 0}, {0}};
	struct mn_merge range[2] = {{2, 9, 0}, {3, 4, 2}};
	struct mn_merges merges = {range, 2};
	if (mn_str_find_byte(xml, 0x1e) != SIZE_MAX)
		code = mn_str_cut(&xml, 0x1e);
	style[2] = mn_style_of_code(code);
	one_number(code, style[1]);
	one_number(mn_str_sub(xml, 0, 40), style[2]);
	struct mn_book book = {.style = style, .n_style = 3, .from_1904 = n & 1};
	read_sheet(&book, &merges, xml);
	need(sheet_agree(&book, &merges, xml, n % 3 ? SIZE_MAX : 4 + n % 97) >= 0);
	return 0;
}

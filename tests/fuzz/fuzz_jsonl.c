/* Any bytes as JSON Lines: each line that is not blank is one row, whatever it holds.
 * Runs in the project's folder. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/connectors/input.h"
#include "manumit/text/utf8.h"

#include "../prop/json_same.h"

#include "known.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A line that makes the file one of JSON Lines, and the known layout. */
static const char FIRST[] =
    "{\"id\":\"x\",\"caption\":\"Ash\",\"schema\":\"Company\",\"datasets\":[],"
    "\"target\":true,\"datasets2\":[\"a\"],\"properties\":{\"name\":[\"Ash\"]}}\n";

static uint64_t
lines_of(struct mn_str text)
{
	uint64_t n = 0;
	for (struct mn_str rest = text; rest.p;)
		n += mn_str_trim(mn_str_cut(&rest, '\n')).n > 0;
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	struct mn_str text = mn_str((const char *)data, n);
	mn_rid last = 0;
	bool noted;
	int more = -1, fd = memfd_create("lines", MFD_CLOEXEC);
	for (struct mn_str rest = text; rest.p;)
		need(json_agree(mn_str_cut(&rest, '\n')) >= 0);
	need(fd >= 0 && write(fd, FIRST, sizeof FIRST - 1) == (ssize_t)sizeof FIRST - 1);
	need(write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct mn_input *in =
	    mn_input_open(&a, mappings(), path, MN_K_WATCHLIST, &diag, &err);
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1) {
		need(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		need(rec.v[MN_F_NAME].n > 0);
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			need(mn_utf8_valid(rec.v[f]) == rec.v[f].n);
	}
	need(more == 0 || err.code != MN_E_NONE);
	const struct mn_input_info *i = in ? mn_input_info(in) : NULL;
	need(!i || i->rows == i->accepted + i->noted + i->quarantined);
	/* Only plain UTF-8 keeps its line ends as they are. */
	if (i && more == 0 && mn_utf8_valid(text) == n &&
	    mn_str_find_byte(text, 0) == SIZE_MAX && i->encoding == MN_ENC_UTF8)
		need(i->rows == 1 + lines_of(text));
	if (in)
		mn_input_close(in);
	close(fd);
	mn_arena_free(root);
	return 0;
}

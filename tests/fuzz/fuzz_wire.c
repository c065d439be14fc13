/* Any bytes as what a parsing child sends: heard to their end, records that are text,
 * counts that add up, or a reason. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../connectors/remote.h"
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static void
is_text(struct mn_str s)
{
	need(mn_utf8_valid(s) == s.n);
}

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	(void)ctx;
	is_text(i->column);
	is_text(i->value);
	is_text(i->detail);
}

static void
check_info(const struct mn_input_info *i)
{
	need(i->rows == i->accepted + i->noted + i->quarantined);
	need(mn_kind_name(i->kind) && mn_encoding_name(i->encoding));
	is_text(i->source);
	is_text(mn_str_c(i->format));
	for (uint32_t c = 0; c < i->n_column; c++) {
		is_text(i->header[c]);
		is_text(mn_str_c(i->mapped[c]));
	}
}

/* The same bytes as rows that are given as they stand. */
static void
as_rows(const uint8_t *data, size_t n)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL), root = a;
	struct mn_diag diag = {.emit = on_issue};
	struct mn_err err = MN_ERR_NONE;
	struct mn_str *cell = MN_NEW(&a, struct mn_str, MN_MAX_COLUMNS);
	struct mn_csv_row row;
	uint64_t line;
	int more = -1, fd = memfd_create("events", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0);
	struct mn_input *in = mn_remote_attach(&a, "fuzz", fd, 0, &diag, &err);
	while (in && (more = mn_remote_row(in, cell, &row, &line, &err)) == 1) {
		need(row.n <= MN_MAX_COLUMNS && line < MN_ROWS_MOST);
		for (uint32_t i = 0; i < row.n; i++)
			is_text(row.cell[i]);
	}
	need(more == 0 || err.code != MN_E_NONE);
	if (in)
		mn_input_close(in);
	mn_arena_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = on_issue};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = -1, fd = memfd_create("events", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0);
	struct mn_input *in = mn_remote_attach(&a, "fuzz", fd, 0, &diag, &err);
	while (in && (more = mn_input_next(in, 3, &rec, &noted, &err)) == 1) {
		need(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		check_info(mn_input_info(in));
		need(rec.kind == mn_input_info(in)->kind && mn_rid_src(rec.rid) == 3);
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			is_text(rec.v[f]);
	}
	need(more == 0 || err.code != MN_E_NONE);
	if (in) {
		check_info(mn_input_info(in));
		mn_input_close(in);
	}
	mn_arena_free(root);
	as_rows(data, n);
	return 0;
}

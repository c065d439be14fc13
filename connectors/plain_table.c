/* A plain table: its rows, kept, and its columns. */
#include "manumit/base/limits.h"
#include "manumit/connectors/plain_table.h"
#include "manumit/connectors/tables.h"
#include "manumit/text/fold.h"

#include "mapping_impl.h"

#define FIRST_ROWS 64

/* The next place for a row; those before move when there is no more room. */
static struct mn_plain_row *
new_row(struct mn_arena *a, struct mn_plain_row **rows, uint32_t n, uint32_t *cap)
{
	if (n == *cap) {
		struct mn_plain_row *more = MN_NEW(a, struct mn_plain_row, 2 * *cap);
		memcpy(more, *rows, n * sizeof *more);
		*rows = more;
		*cap *= 2;
	}
	return &(*rows)[n];
}

/* Keeps the cells; how many bytes they have. */
static size_t
keep(struct mn_arena *a, const struct mn_csv_row *row, uint64_t line,
    struct mn_plain_row *out)
{
	struct mn_str *cell = MN_NEW(a, struct mn_str, row->n);
	size_t bytes = row->n * sizeof *cell;
	for (uint32_t i = 0; i < row->n; i++) {
		cell[i] = mn_arena_str(a, mn_str_trim(row->cell[i]));
		bytes += cell[i].n;
	}
	*out = (struct mn_plain_row){.line = line, .cell = cell, .n = row->n};
	return bytes;
}

static bool
keep_all(struct mn_arena *a, struct mn_rows *rows, struct mn_plain_table *t,
    struct mn_err *err)
{
	uint32_t cap = FIRST_ROWS;
	struct mn_plain_row *kept = MN_NEW(a, struct mn_plain_row, cap);
	struct mn_csv_row row;
	uint64_t line;
	size_t bytes = 0;
	int more;
	while ((more = mn_rows_next(rows, &row, &line, err)) == 1) {
		bytes += keep(a, &row, line, new_row(a, &kept, t->n, &cap));
		t->n++;
		if (bytes > MN_PLAIN_BYTES)
			return mn_fail(err, MN_E_FILE_LARGE, "%.*s: more than %u MiB",
			    MN_FMT(t->file), MN_PLAIN_BYTES >> 20);
	}
	t->row = kept;
	return more == 0;
}

const struct mn_plain_table *
mn_plain_table_read(struct mn_arena *a, const char *path, struct mn_str usual, bool apart,
    struct mn_err *err)
{
	struct mn_plain_table *t = MN_NEW(a, struct mn_plain_table, 1);
	struct mn_mappings *m = MN_NEW(a, struct mn_mappings, 1);
	struct mn_str part;
	m->apart = apart;
	m->encoding = MN_ENC_COUNT;
	t->file = mn_arena_str(a, mn_str_c(path));
	path = mn_path_part(a, path, &part);
	struct mn_rows *rows = mn_rows_open(a, m, path, part, usual, MN_RAW_TABLE, err);
	bool good = rows && keep_all(a, rows, t, err);
	if (rows)
		mn_rows_close(rows);
	if (good && t->n == 0)
		good = mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(t->file));
	return good ? t : NULL;
}

/* ---- columns ---- */

uint32_t
mn_plain_table_column(const struct mn_plain_table *t, const char *words)
{
	struct mn_buf b = mn_buf_new(MN_MAX_CELL);
	uint32_t found = UINT32_MAX;
	for (struct mn_str rest = mn_str_c(words); rest.p && found == UINT32_MAX;) {
		struct mn_str word = mn_str_cut(&rest, '|');
		for (uint32_t i = 0; i < t->row[0].n && found == UINT32_MAX; i++) {
			mn_buf_clear(&b);
			mn_fold_key(t->row[0].cell[i], &b);
			if (mn_str_eq(mn_buf_str(&b), word))
				found = i;
		}
	}
	mn_buf_free(&b);
	return found;
}

struct mn_str
mn_plain_cell(const struct mn_plain_row *row, uint32_t column)
{
	return column < row->n ? row->cell[column] : MN_STR_NONE;
}

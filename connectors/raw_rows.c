/* Rows of a sheet as they stand. */
#include "manumit/connectors/tables.h"

#include "xlsx.h"

struct mn_rows {
	struct mn_input *in;
};

static const struct mn_book_sheet *
choose(struct mn_input *in, struct mn_str part, struct mn_str usual, struct mn_err *err)
{
	const struct mn_xlsx *x = in->state;
	in->part = part.n ? part : x->book.n_sheet > 1 ? usual : MN_STR_NONE;
	return mn_xlsx_choose(in, MN_KIND_ANY, err);
}

struct mn_rows *
mn_rows_of(
    struct mn_input *in, struct mn_str part, struct mn_str usual, struct mn_err *err)
{
	struct mn_rows *r = MN_NEW(in->arena, struct mn_rows, 1);
	r->in = in;
	if (mn_xlsx_open(r->in, err)) {
		const struct mn_book_sheet *s = choose(r->in, part, usual, err);
		if (s && mn_xlsx_begin(r->in, s, err))
			return r;
	}
	mn_rows_close(r);
	return NULL;
}

struct mn_rows *
mn_rows_open(struct mn_arena *a, const char *path, struct mn_str part,
    struct mn_str usual, struct mn_err *err)
{
	struct mn_input *in = mn_input_bytes(a, path, err);
	return in ? mn_rows_of(in, part, usual, err) : NULL;
}

int
mn_rows_next(
    struct mn_rows *r, struct mn_csv_row *row, uint64_t *line, struct mn_err *err)
{
	struct mn_input *in = r->in;
	struct mn_sheet_row x;
	in->row = in->row_root;
	int more = mn_sheet_next(((struct mn_xlsx *)in->state)->sheet, &in->row, &x, err);
	for (uint32_t i = 0; x.n_marked && i < x.row.n; i++)
		if (x.mark[i] != MN_CELL_PLAIN)
			x.row.cell[i] = MN_STR_NONE;
	*row = x.row;
	*line = x.line;
	return more;
}

void
mn_rows_close(struct mn_rows *r)
{
	mn_format_xlsx.close(r->in);
	mn_input_close(r->in);
}

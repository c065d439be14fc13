/* Workbooks (.xlsx) as a format of input: a sheet is a table. */
#include "manumit/base/limits.h"

#include "xlsx.h"

bool
mn_xlsx_is(struct mn_str head)
{
	return mn_str_starts(head, MN_S("PK\3\4")) || mn_str_starts(head, MN_S("PK\5\6"));
}

static void
end_sheet(struct mn_xlsx *x)
{
	mn_sheet_free(x->sheet);
	x->sheet = NULL;
	mn_part_close(&x->part);
}

static void
close_book(struct mn_input *in)
{
	struct mn_xlsx *x = in->state;
	if (!x)
		return;
	end_sheet(x);
	mn_book_close(&x->book);
	mn_arena_free(x->merge_root);
	mn_handle_free(x);
	in->state = NULL;
}

bool
mn_xlsx_open(struct mn_input *in, struct mn_err *err)
{
	struct mn_xlsx *x = mn_handle_new(sizeof *x);
	if (!x)
		return mn_fail(err, MN_E_NOMEM, "%.*s", MN_FMT(in->info.file));
	x->merge_root = x->merge_arena =
	    mn_arena_new((size_t)4 * MN_BOOK_MERGES * sizeof(struct mn_merge), NULL);
	in->state = x;
	in->info.encoding = MN_ENC_UTF8;
	in->info.delimiter = 0;
	return mn_book_open(in->arena, in->stream.fd, in->info.file, &x->book, err);
}

static ssize_t
read_part(void *from, char *to, size_t n, struct mn_err *err)
{
	return mn_part_read(from, to, n, err);
}

/* A sheet is begun more than once, and unpacked whole for this. */
static bool
read_merges(struct mn_xlsx *x, const struct mn_entry *e, struct mn_err *err)
{
	if (x->merges_of == e)
		return true;
	x->merges_of = NULL;
	x->merge_arena = x->merge_root;
	if (!mn_merges_read(&x->book.archive, e, &x->merge_arena, &x->merges, err))
		return false;
	x->merges_of = e;
	return true;
}

bool
mn_xlsx_begin(struct mn_input *in, const struct mn_book_sheet *sheet, struct mn_err *err)
{
	struct mn_xlsx *x = in->state;
	end_sheet(x);
	if (!sheet->entry)
		return mn_fail(err, MN_E_FILE_SHEET, "%.*s: sheet \"%.*s\" %s",
		    MN_FMT(x->book.file), MN_FMT(sheet->name),
		    sheet->chart ? "is a chart: it has no cells" : "is not in the file");
	if (!mn_strings_read(&x->book, err) || !read_merges(x, sheet->entry, err) ||
	    !mn_part_open(&x->book.archive, sheet->entry, &x->part, err))
		return false;
	struct mn_str what = mn_arena_fmt(
	    in->arena, "%.*s: sheet \"%.*s\"", MN_FMT(x->book.file), MN_FMT(sheet->name));
	x->sheet = mn_sheet_new(&x->book, &x->merges, read_part, &x->part, what, err);
	return x->sheet != NULL;
}

/* ---- the header ---- */

/* A header that is written in two lines is one text. */
static struct mn_str
one_line(struct mn_arena *a, struct mn_str s)
{
	char *p = mn_arena_cstr(a, s);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '\n')
			p[i] = ' ';
	return mn_str(p, s.n);
}

static void
copy_row(struct mn_arena *a, const struct mn_sheet_row *from, struct mn_head_row *to)
{
	const struct mn_csv_row *r = &from->row;
	*to = (struct mn_head_row){.line = from->line, .row = *r};
	to->row.cell = MN_NEW(a, struct mn_str, r->n);
	for (uint32_t i = 0; i < r->n; i++)
		if (from->mark[i] == MN_CELL_PLAIN || from->mark[i] == MN_CELL_CARRIED)
			to->row.cell[i] = one_line(a, r->cell[i]);
}

bool
mn_xlsx_head(struct mn_input *in, struct mn_arena *a, struct mn_head_row *r, uint32_t *n,
    struct mn_err *err)
{
	struct mn_xlsx *x = in->state;
	struct mn_sheet_row row;
	int more = 1;
	*n = 0;
	while (*n < MN_PREAMBLE_ROWS) {
		in->row = in->row_root;
		more = mn_sheet_next(x->sheet, &in->row, &row, err);
		if (more != 1)
			break;
		copy_row(a, &row, &r[(*n)++]);
	}
	return more >= 0;
}

/* Reads the sheet again up to the row behind the header. */
static bool
stand_behind(struct mn_input *in, uint32_t header, struct mn_err *err)
{
	struct mn_xlsx *x = in->state;
	struct mn_sheet_row row;
	if (!mn_xlsx_begin(in, x->chosen, err))
		return false;
	for (uint32_t i = 0; i <= header; i++) {
		in->row = in->row_root;
		if (mn_sheet_next(x->sheet, &in->row, &row, err) < 0)
			return false;
	}
	return true;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_head_row *r = MN_NEW(in->arena, struct mn_head_row, MN_PREAMBLE_ROWS);
	uint32_t n, which;
	if (!mn_xlsx_open(in, err))
		return false;
	struct mn_xlsx *x = in->state;
	x->chosen = mn_xlsx_choose(in, kind, err);
	if (!x->chosen)
		return false;
	if (x->book.n_sheet > 1 && in->part.n == 0)
		mn_input_name_part(in, x->chosen->name);
	if (!mn_xlsx_begin(in, x->chosen, err) ||
	    !mn_xlsx_head(in, in->arena, r, &n, err))
		return false;
	if (n == 0)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(in->info.file));
	if (!mn_input_header_rows(in, r, n, kind, &which, err))
		return false;
	x->header = which;
	return stand_behind(in, which, err);
}

static bool
again(struct mn_input *in, struct mn_err *err)
{
	struct mn_xlsx *x = in->state;
	x->told_disorder = false;
	return stand_behind(in, x->header, err);
}

/* ---- rows ---- */

/* A label of a merged range means each of its rows; an amount or a count is one, and
 * would be counted again with every row. */
static bool
is_label(const struct mn_input_column *c)
{
	if (c->n_field == 0)
		return false;
	enum mn_field_type t = mn_field_def(c->field[0])->type;
	return t != MN_T_NUMBER && t != MN_T_COUNT && t != MN_T_SHARE;
}

static void
settle_marks(struct mn_input *in, struct mn_sheet_row *x)
{
	static const char *const WHY[] = {[MN_CELL_ERROR] = "it shows an error",
	    [MN_CELL_UNSTORED] = "a formula that was never calculated: open the file in "
				 "a spreadsheet program and save it",
	    [MN_CELL_LOST] = "its text is missing in the workbook"};
	for (uint32_t i = 0; x->n_marked && i < x->row.n; i++) {
		struct mn_str shown = x->row.cell[i];
		bool used = i < in->n_column && in->column[i].n_field > 0;
		if (x->mark[i] == MN_CELL_PLAIN ||
		    (x->mark[i] == MN_CELL_CARRIED && used && is_label(&in->column[i])))
			continue;
		x->row.cell[i] = MN_STR_NONE;
		if (x->mark[i] == MN_CELL_CARRIED || !used)
			continue;
		mn_input_note(in, MN_E_CELL_ERROR, i, shown, WHY[x->mark[i]]);
		in->had_note = true;
	}
}

static void
too_long(struct mn_input *in)
{
	in->info.rows++;
	in->info.quarantined++;
	mn_input_remark(in, in->line, MN_E_ROW_LONG, MN_STR_NONE, MN_STR_NONE, NULL);
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_xlsx *x = in->state;
	struct mn_sheet_row r;
	int more;
	for (;;) {
		in->row = in->row_root;
		more = mn_sheet_next(x->sheet, &in->row, &r, err);
		in->line = r.line;
		if (more != 1)
			return more;
		if (r.disorder && !x->told_disorder)
			mn_input_remark(in, 0, MN_E_ROW_ORDER, MN_STR_NONE, MN_STR_NONE,
			    mn_arena_fmt(
				in->arena, "row %llu%c", (unsigned long long)r.line, 0)
				.p);
		x->told_disorder = r.disorder;
		if (!r.too_long)
			break;
		too_long(in);
	}
	settle_marks(in, &r);
	*row = r.row;
	in->numeric = r.number;
	/* Cells that are empty at the end of a row are not in the file. */
	for (; row->n < in->n_column; row->n++)
		row->cell[row->n] = MN_STR_NONE;
	return 1;
}

const struct mn_format mn_format_xlsx = {.name = "Excel workbook",
    .binary = true,
    .begins = mn_xlsx_is,
    .header = header,
    .record = next_record,
    .again = again,
    .close = close_book};

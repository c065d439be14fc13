/*
 * Rows as they stand: of a sheet, of delimited text, of text with tabs between its cells.
 * Nothing is mapped and nothing left out; whoever asks knows the table.
 */
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"
#include "manumit/text/utf8.h"

#include "remote.h"
#include "xlsx.h"

/* ---- sheets ---- */

static const struct mn_book_sheet *
choose(struct mn_input *in, struct mn_str part, struct mn_str usual, struct mn_err *err)
{
	const struct mn_xlsx *x = in->state;
	in->part = part.n ? part : x->book.n_sheet > 1 ? usual : MN_STR_NONE;
	return mn_xlsx_choose(in, MN_KIND_ANY, err);
}

static bool
begin_sheet(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	in->format = &mn_format_xlsx;
	if (!mn_xlsx_open(in, err))
		return false;
	const struct mn_book_sheet *s = choose(in, file->part, file->usual, err);
	return s && mn_xlsx_begin(in, s, err);
}

static int
next_of_sheet(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_sheet_row x;
	int more = mn_sheet_next(((struct mn_xlsx *)in->state)->sheet, &in->row, &x, err);
	for (uint32_t i = 0; x.n_marked && i < x.row.n; i++)
		if (x.mark[i] != MN_CELL_PLAIN)
			x.row.cell[i] = MN_STR_NONE;
	*row = x.row;
	in->line = x.line;
	return more;
}

/* ---- text ---- */

static bool
begin_text(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	struct mn_stream *s = &in->stream;
	if (file->part.n)
		return mn_fail(err, MN_E_FILE_SHEET, "%.*s is no workbook: \"%.*s\"",
		    MN_FMT(in->info.file), MN_FMT(file->part));
	in->info.delimiter = '\t';
	if (in->raw == MN_RAW_TABS)
		return true;
	if (s->guess.binary)
		return mn_fail(err, MN_E_FILE_BINARY, "%.*s", MN_FMT(in->info.file));
	if (!mn_stream_fill(s, 1u << 16, err))
		return false;
	in->info.delimiter = mn_csv_delimiter(mn_stream_text(s));
	in->csv = mn_csv_new(in->info.delimiter, err);
	return in->csv != NULL;
}

/* Cuts n bytes off the stream, kept with the row, without what is no text. */
static struct mn_str
cut_off(struct mn_input *in, size_t n)
{
	struct mn_str s = mn_str_sub(mn_stream_text(&in->stream), 0, n);
	struct mn_str kept;
	if (mn_utf8_valid(s) == s.n) {
		kept = mn_arena_str(&in->row, s);
	} else {
		struct mn_buf b = mn_buf_new((size_t)4 * MN_MAX_RECORD);
		mn_utf8_repair(s, &b);
		kept = mn_arena_str(&in->row, mn_buf_str(&b));
		mn_buf_free(&b);
	}
	mn_stream_skip(&in->stream, n);
	return kept;
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_stream *s = &in->stream;
	bool open;
	if (!mn_stream_fill(s, MN_MAX_RECORD, err))
		return -1;
	struct mn_str text = mn_str_sub(mn_stream_text(s), 0, MN_MAX_RECORD);
	if (text.n == 0)
		return 0;
	in->line = s->line;
	size_t n = mn_csv_cut(
	    text, in->info.delimiter, s->eof && text.n == mn_stream_text(s).n, &open);
	if (n == 0 || open) {
		mn_fail(err, MN_E_ROW_QUOTE, "%.*s:%llu", MN_FMT(in->info.file),
		    (unsigned long long)in->line);
		return -1;
	}
	mn_csv_parse(in->csv, cut_off(in, n), &in->row, row);
	return 1;
}

static int
next_line(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_stream *s = &in->stream;
	if (!mn_stream_fill(s, MN_MAX_RECORD, err))
		return -1;
	struct mn_str text = mn_str_sub(mn_stream_text(s), 0, MN_MAX_RECORD);
	if (text.n == 0)
		return 0;
	size_t n = mn_str_find_byte(text, '\n');
	in->line = s->line;
	if (n == SIZE_MAX && text.n == MN_MAX_RECORD) {
		mn_fail(err, MN_E_ROW_LONG, "%.*s:%llu", MN_FMT(in->info.file),
		    (unsigned long long)in->line);
		return -1;
	}
	struct mn_str line = cut_off(in, n == SIZE_MAX ? text.n : n + 1);
	while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	row->n = 0;
	row->cell = MN_NEW(&in->row, struct mn_str, MN_MAX_COLUMNS);
	while (line.p && row->n < MN_MAX_COLUMNS)
		row->cell[row->n++] = mn_str_cut(&line, '\t');
	return 1;
}

/* ---- either ---- */

bool
mn_raw_begin(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	struct mn_stream *s = &in->stream;
	in->raw = file->raw;
	in->info.format = "rows";
	if (s->bytes == 0)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(in->info.file));
	return mn_xlsx_is(mn_str(s->head, s->n_head)) ? begin_sheet(in, file, err)
						      : begin_text(in, file, err);
}

int
mn_raw_next(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	int more;
	do {
		in->row = in->row_root;
		*row = (struct mn_csv_row){.n = 0};
		if (in->format)
			more = next_of_sheet(in, row, err);
		else
			more =
			    in->csv ? next_record(in, row, err) : next_line(in, row, err);
	} while (more == 1 && in->raw == MN_RAW_TABLE && mn_csv_row_blank(row));
	return more;
}

/* ---- for other rooms ---- */

struct mn_rows {
	struct mn_input *in;
	struct mn_diag quiet;
	struct mn_str cell[MN_MAX_COLUMNS]; /* of a row that a child sent */
};

struct mn_rows *
mn_rows_open(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    struct mn_str part, struct mn_str usual, enum mn_raw how, struct mn_err *err)
{
	struct mn_rows *r = MN_NEW(a, struct mn_rows, 1);
	struct mn_input_file file = {
	    .path = path, .part = part, .usual = usual, .raw = how};
	r->in = mn_input_open_file(a, m, file, &r->quiet, err);
	return r->in ? r : NULL;
}

int
mn_rows_next(
    struct mn_rows *r, struct mn_csv_row *row, uint64_t *line, struct mn_err *err)
{
	if (r->in->remote)
		return mn_remote_row(r->in, r->cell, row, line, err);
	int more = mn_raw_next(r->in, row, err);
	*line = r->in->line;
	return more;
}

void
mn_rows_close(struct mn_rows *r)
{
	mn_input_close(r->in);
}

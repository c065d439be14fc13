/* Rows of a plain table: from a file to bytes, and from bytes to rows. */
#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"
#include "manumit/model/codec.h"
#include "manumit/text/utf8.h"

#include "plain_rows.h"
#include "stream.h"
#include "xlsx.h"

enum part { PART_END, PART_ROW, PART_ERROR };

/* ---- writing ---- */

static bool
blank(const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (mn_str_trim(row->cell[i]).n)
			return false;
	return true;
}

/* False when there is no room for more. */
static bool
put_row(const struct mn_csv_row *row, uint64_t line, struct mn_buf *out)
{
	if (blank(row))
		return true;
	mn_put_u8(out, PART_ROW);
	mn_put_u64(out, line);
	mn_put_u16(out, (uint16_t)row->n);
	for (uint32_t i = 0; i < row->n; i++)
		mn_put_str(out, mn_str_trim(row->cell[i]));
	return out->n < MN_PLAIN_BYTES && !out->failed;
}

static bool
too_large(const char *path, struct mn_err *err)
{
	return mn_fail(
	    err, MN_E_FILE_LARGE, "%s: more than %u MiB", path, MN_PLAIN_BYTES >> 20);
}

/* One record of the text at hand; *done at the end of the file. */
static bool
text_row(struct mn_stream *s, struct mn_csv *csv, char delimiter, struct mn_arena a,
    struct mn_buf *out, bool *done, struct mn_err *err)
{
	struct mn_csv_row row;
	bool open;
	if (!mn_stream_fill(s, 2 * MN_MAX_RECORD, err))
		return false;
	struct mn_str text = mn_stream_text(s);
	*done = text.n == 0;
	if (*done)
		return true;
	size_t n = mn_csv_cut(text, delimiter, true, &open);
	if (open || n > MN_MAX_RECORD)
		return mn_fail(
		    err, MN_E_ROW_QUOTE, "%s:%llu", s->path, (unsigned long long)s->line);
	mn_csv_parse(csv, mn_str_sub(text, 0, n), &a, &row);
	if (!put_row(&row, s->line, out))
		return too_large(s->path, err);
	mn_stream_skip(s, n);
	return true;
}

static bool
text_rows(struct mn_stream *s, struct mn_buf *out, struct mn_err *err)
{
	if (s->guess.binary)
		return mn_fail(err, MN_E_FILE_BINARY, "%s", s->path);
	if (!mn_stream_fill(s, MN_MAX_RECORD, err))
		return false;
	char delimiter = mn_csv_delimiter(mn_stream_text(s));
	struct mn_csv *csv = mn_csv_new(delimiter, err);
	struct mn_arena a = mn_arena_new(8 * (size_t)MN_MAX_RECORD, NULL);
	bool done = false, good = csv != NULL;
	while (good && !done)
		good = text_row(s, csv, delimiter, a, out, &done, err);
	mn_arena_free(a);
	if (csv)
		mn_csv_free(csv);
	return good;
}

static bool
sheet_rows(struct mn_input *in, const struct mn_input_file *file, struct mn_str usual,
    struct mn_buf *out, struct mn_err *err)
{
	struct mn_rows *rows = mn_rows_of(in, file->part, usual, err);
	struct mn_csv_row row;
	uint64_t line;
	int more = -1;
	while (rows && (more = mn_rows_next(rows, &row, &line, err)) == 1)
		if (!put_row(&row, line, out)) {
			more = too_large(file->path, err) ? 0 : -1;
			break;
		}
	if (rows)
		mn_rows_close(rows);
	return more == 0;
}

static bool
file_rows(struct mn_arena *a, const struct mn_input_file *file, struct mn_str usual,
    struct mn_buf *out, struct mn_err *err)
{
	struct mn_input *in = mn_input_bytes_of(a, file, err);
	if (!in)
		return false;
	if (in->stream.bytes == 0 && !file->packed && in->stream.n_head == 0) {
		mn_input_close(in);
		return mn_fail(err, MN_E_FILE_EMPTY, "%s", file->path);
	}
	if (mn_xlsx_is(mn_str(in->stream.head, in->stream.n_head)))
		return sheet_rows(in, file, usual, out, err);
	bool good = text_rows(&in->stream, out, err);
	mn_input_close(in);
	return good;
}

void
mn_plain_rows_write(
    const struct mn_input_file *file, struct mn_str usual, struct mn_buf *out)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	bool good = file_rows(&a, file, usual, out, &err);
	mn_put_u8(out, good ? PART_END : PART_ERROR);
	if (!good) {
		mn_put_u16(out, (uint16_t)err.code);
		mn_put_str(out, mn_str_c(err.msg));
	}
	mn_arena_free(root);
}

/* ---- reading ---- */

static bool
nonsense(struct mn_err *err)
{
	return mn_fail(err, MN_E_FILE_STOPPED, "its parser sent what makes no sense");
}

static bool
get_row(struct mn_arena *a, struct mn_get *g, struct mn_plain_row *row)
{
	row->line = mn_get_u64(g);
	row->n = mn_get_u16(g);
	if (g->bad || row->n > MN_MAX_COLUMNS)
		return false;
	struct mn_str *cell = MN_NEW(a, struct mn_str, row->n);
	for (uint32_t i = 0; i < row->n; i++) {
		cell[i] = mn_get_str(g);
		if (g->bad || mn_utf8_valid(cell[i]) != cell[i].n)
			return false;
	}
	row->cell = cell;
	return true;
}

static bool
get_error(struct mn_get *g, struct mn_err *err)
{
	unsigned code = mn_get_u16(g);
	struct mn_str msg = mn_get_str(g);
	if (!mn_get_done(g) || code == MN_E_NONE || code >= MN_E_COUNT ||
	    mn_utf8_valid(msg) != msg.n)
		return nonsense(err);
	return mn_fail(err, (enum mn_code)code, "%.*s", MN_FMT(msg));
}

bool
mn_plain_rows_read(struct mn_arena *a, struct mn_str bytes, struct mn_plain_table *out,
    struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	uint32_t cap = 64;
	struct mn_plain_row *row = MN_NEW(a, struct mn_plain_row, cap);
	out->n = 0;
	for (;;) {
		uint8_t part = mn_get_u8(&g);
		if (!g.bad && part == PART_END && mn_get_done(&g))
			break;
		if (!g.bad && part == PART_ERROR)
			return get_error(&g, err);
		if (g.bad || part != PART_ROW)
			return nonsense(err);
		if (out->n == cap) {
			struct mn_plain_row *more =
			    MN_NEW(a, struct mn_plain_row, 2 * cap);
			memcpy(more, row, cap * sizeof *row);
			row = more;
			cap *= 2;
		}
		if (!get_row(a, &g, &row[out->n]))
			return nonsense(err);
		out->n++;
	}
	out->row = row;
	return true;
}

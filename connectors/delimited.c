/* Delimited text: records cut at their ends and split into cells. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "csv_impl.h"
#include "format.h"
#include "lots.h"

#define OPEN_TOLERATED 64
#define LOOK_LEAST 4096
#define PEEK_MOST ((size_t)16 * MN_MAX_RECORD) /* bytes in which the header must be */

/* Such a record cannot be split, so which of its bytes name a worker is unknown: none of
 * them is shown. */
static void
bad_record(struct mn_input *in, enum mn_code code)
{
	in->info.rows++;
	in->info.quarantined++;
	in->stream.stray = false;
	mn_input_remark(in, in->line, code, MN_STR_NONE, MN_STR_NONE, NULL);
}

/* How far a record is followed before its quote counts as never closed. Every such record
 * costs one look ahead: a file full of them gets a shorter one, or it would take hours.
 */
static size_t
look_ahead(const struct mn_input *in)
{
	uint64_t halvings = in->n_open / OPEN_TOLERATED;
	return halvings < 8 ? (size_t)MN_MAX_RECORD >> halvings : LOOK_LEAST;
}

/* Bytes of the first record of text, 0 when it is given up with *code. */
static size_t
cut_record(struct mn_input *in, struct mn_str text, enum mn_code *code)
{
	bool open;
	struct mn_str seen = mn_str_sub(text, 0, look_ahead(in));
	bool last = in->stream.eof && seen.n == text.n;
	size_t n = mn_csv_cut(seen, in->info.delimiter, last, &open);
	if (n && !open)
		return n;
	bool lines = mn_str_find_byte(seen, '\n') != SIZE_MAX ||
		     mn_str_find_byte(seen, '\r') != SIZE_MAX;
	/* One long line is no damage: it may take all the room a record has. */
	if (n == 0 && !lines && seen.n < text.n) {
		seen = mn_str_sub(text, 0, MN_MAX_RECORD);
		last = in->stream.eof && seen.n == text.n;
		n = mn_csv_cut(seen, in->info.delimiter, last, &open);
	}
	open = open || (n == 0 && lines); /* several lines and no end: a quote ran on */
	*code = open ? MN_E_ROW_QUOTE : MN_E_ROW_LONG;
	in->n_open += open;
	return open ? 0 : n;
}

/* A record that no closing quote ends, or that is too long: its first line is given up,
 * and reading goes on with the next, so that nothing behind it is lost. */
static bool
give_up_line(struct mn_input *in, struct mn_str text, struct mn_err *err)
{
	for (;;) {
		size_t n = 0;
		while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
			n++;
		bool ended = n < text.n;
		while (n < text.n && (text.p[n] == '\n' || text.p[n] == '\r'))
			n++;
		mn_stream_skip(&in->stream, n);
		if (ended)
			return true;
		/* A line of gigabytes is one row, too. */
		if (!mn_stream_fill(&in->stream, MN_MAX_RECORD, err))
			return false;
		text = mn_stream_text(&in->stream);
		if (text.n == 0)
			return true;
	}
}

/* A NUL cannot be shown or stored as text; it becomes U+FFFD, with a remark. */
static struct mn_str
without_nul(struct mn_input *in, struct mn_str record, bool *had)
{
	*had = mn_str_find_byte(record, 0) != SIZE_MAX;
	if (!*had)
		return record;
	struct mn_buf b = mn_buf_new((size_t)4 * MN_MAX_RECORD);
	mn_utf8_repair(record, &b);
	struct mn_str out = mn_arena_str(&in->row, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

/* After decoding, U+FFFD is all that is left of bytes without meaning. A NUL was made one
 * too, and is told apart by had_nul. */
static void
note_bytes(struct mn_input *in, struct mn_str record, bool bad)
{
	in->had_bad =
	    !in->had_nul && bad && mn_str_find(record, MN_S("\xef\xbf\xbd")) != SIZE_MAX;
	if (in->had_nul)
		mn_input_remark(
		    in, in->line, MN_E_ROW_NUL, MN_STR_NONE, MN_STR_NONE, NULL);
	if (in->had_bad)
		mn_input_remark(in, in->line, MN_E_ROW_UTF8, MN_STR_NONE, MN_STR_NONE,
		    mn_encoding_name(in->info.encoding));
}

#define NEARBY 8192 /* bytes in which nearly every record ends */

/* Bytes of the next record when its end is nearby, else 0: then a window as large as the
 * largest record has to be looked through, which moves more memory. *line: it is one
 * line, as nearly all are. */
static size_t
cut_nearby(struct mn_input *in, bool *line)
{
	bool open;
	size_t most = look_ahead(in);
	struct mn_str text =
	    mn_str_sub(mn_stream_text(&in->stream), 0, most < NEARBY ? most : NEARBY);
	size_t n = mn_csv_cut_line(text, in->info.delimiter);
	*line = n > 0;
	return n ? n : mn_csv_cut(text, in->info.delimiter, false, &open);
}

/* Cuts the next record off the stream: 1 and its text, valid until the next call, 0 at
 * the end, -1 err. */
static int
cut_next(struct mn_input *in, struct mn_cut *c, struct mn_str *record, struct mn_err *err)
{
	if (!mn_stream_fill(&in->stream, NEARBY, err))
		return -1;
	bool line;
	size_t n = cut_nearby(in, &line);
	if (n == 0 && !mn_stream_fill(&in->stream, MN_MAX_RECORD + 2, err))
		return -1;
	struct mn_str text = mn_stream_text(&in->stream);
	if (text.n == 0)
		return 0;
	*c = (struct mn_cut){
	    .line = in->stream.line, .bad = mn_decoder_bad(in->stream.decoder) > 0};
	if (n == 0)
		n = cut_record(in, text, &c->code);
	*record = mn_str_sub(text, 0, n);
	if (n == 0)
		return give_up_line(in, text, err) ? 1 : -1;
	c->code = MN_E_NONE;
	in->stream.stray = false;
	if (line)
		mn_stream_skip_line(&in->stream, n);
	else
		mn_stream_skip(&in->stream, n);
	c->stray = in->stream.stray;
	return 1;
}

/* Quotes as databases write them, \\" for "", and backslashes as one. */
static struct mn_str
without_escapes(struct mn_str s, struct mn_arena *a)
{
	char *out = mn_arena_alloc(a, 1, 1, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '\\' && i + 1 < s.n &&
			      (s.p[i + 1] == '"' || s.p[i + 1] == '\\');
		i += escape;
		if (escape && s.p[i] == '"')
			out[n++] = '"';
		out[n++] = s.p[i];
	}
	return mn_str(out, n);
}

static void
parse(
    struct mn_input *in, struct mn_str record, struct mn_arena *a, struct mn_csv_row *row)
{
	mn_csv_parse(in->csv, record, a, row);
	if (row->bad_quote && mn_str_find(record, MN_S("\\\"")) != SIZE_MAX)
		mn_csv_parse(in->csv, without_escapes(record, a), a, row);
	if (in->wrapped && !row->bad_quote && row->n == 1)
		mn_csv_parse(in->csv, row->cell[0], a, row);
}

static bool
is_nothing(const struct mn_csv_row *row, struct mn_str record)
{
	/* Nearly every record begins with a letter or digit. */
	if (row->n && row->cell[0].n && mn_is_solid(row->cell[0].p[0]))
		return false;
	/* DOS files end with Ctrl-Z. */
	return mn_csv_row_blank(row) || mn_str_eq(mn_str_trim(record), MN_S("\x1a"));
}

/* Is it one of the first rows? Those are split here as well, because a lot does not know
 * how many rows the others have. */
static bool
is_early(struct mn_input *in, const struct mn_cut *c, struct mn_str record)
{
	struct mn_arena scratch = in->row_root;
	struct mn_csv_row row;
	if (in->n_early == MN_EARLY_ROWS)
		return false;
	if (!c->code)
		parse(in, record, &scratch, &row);
	in->n_early += c->code || row.bad_quote || !is_nothing(&row, record);
	return true;
}

/* The cells of a record; false: there are none, and it is counted if it is a row. */
static bool
split(struct mn_input *in, const struct mn_cut *c, struct mn_str record,
    struct mn_csv_row *row)
{
	in->row = in->row_root;
	in->line = c->line;
	in->stream.stray = c->stray;
	in->early = c->early;
	if (c->code) {
		bad_record(in, c->code);
		return false;
	}
	record = without_nul(in, record, &in->had_nul);
	parse(in, record, &in->row, row);
	/* First, because a refused record has no cells and would pass for blank. */
	if (row->bad_quote) {
		bad_record(in, MN_E_ROW_QUOTE);
		return false;
	}
	if (is_nothing(row, record)) {
		in->stream.stray = false;
		return false;
	}
	note_bytes(in, record, c->bad);
	return true;
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_cut c;
	struct mn_str record;
	int more;
	while ((more = cut_next(in, &c, &record, err)) == 1)
		if (split(in, &c, record, row))
			break;
	return more;
}

static bool
cut(struct mn_input *in, struct mn_lot *lot, struct mn_err *err)
{
	struct mn_cut c;
	struct mn_str record;
	int more = 1;
	while (!mn_lot_full(lot) && (more = cut_next(in, &c, &record, err)) == 1) {
		c.early = is_early(in, &c, record);
		mn_lot_add(lot, &c, record);
	}
	return more >= 0;
}

static bool
share(struct mn_input *reader, struct mn_err *err)
{
	reader->csv = mn_csv_new(reader->info.delimiter, err);
	return reader->csv != NULL;
}

static struct mn_str *
keep_cells(struct mn_arena *a, const struct mn_csv_row *row)
{
	struct mn_str *cell = MN_NEW(a, struct mn_str, row->n);
	if (row->n)
		memcpy(cell, row->cell, row->n * sizeof *cell);
	return cell;
}

/* The first records, without consuming them. */
static bool
peek(struct mn_input *in, struct mn_head_row *c, uint32_t *n, struct mn_err *err)
{
	size_t at = 0;
	uint64_t line = in->stream.line;
	*n = 0;
	while (*n < MN_PREAMBLE_ROWS && at < PEEK_MOST) {
		bool open;
		if (!mn_stream_fill(&in->stream, at + MN_MAX_RECORD, err))
			return false;
		struct mn_str rest =
		    mn_str_sub(mn_stream_text(&in->stream), at, SIZE_MAX);
		size_t take = mn_csv_cut(rest, in->info.delimiter, true, &open);
		if (take == 0)
			break;
		struct mn_str rec = mn_str_sub(rest, 0, take);
		at += take;
		if (!open && mn_str_trim(rec).n) {
			c[*n] = (struct mn_head_row){.end = at, .line = line};
			parse(in, mn_arena_str(in->arena, rec), in->arena, &c[*n].row);
			c[*n].row.cell = keep_cells(in->arena, &c[*n].row);
			(*n)++;
		}
		for (size_t i = 0; i < take; i++)
			line +=
			    rec.p[i] == '\n' ||
			    (rec.p[i] == '\r' && (i + 1 == take || rec.p[i + 1] != '\n'));
		if (open)
			break;
	}
	return true;
}

/* Is each line one quoted cell, "name,country,""1,200""", as Excel saves what it once
 * opened as text? Then its cells are cut by *delimiter. */
static bool
is_wrapped(const struct mn_head_row *r, uint32_t n, char *delimiter)
{
	struct mn_buf b = mn_buf_new((size_t)2 * MN_PREAMBLE_ROWS * MN_MAX_CELL);
	bool all = n > 1;
	for (uint32_t i = 0; i < n && all; i++) {
		all = r[i].row.n == 1 && !r[i].row.bad_quote && r[i].row.cell[0].n < 8192;
		if (all)
			mn_buf_fmt(&b, "%.*s\n", MN_FMT(r[i].row.cell[0]));
	}
	*delimiter = mn_csv_delimiter(mn_buf_str(&b));
	for (uint32_t i = 0; i < n && all; i++)
		all = mn_str_find_byte(r[i].row.cell[0], *delimiter) != SIZE_MAX;
	mn_buf_free(&b);
	return all;
}

/* The first rows, of lines that are one cell each those in them. */
static bool
look(struct mn_input *in, struct mn_head_row *r, uint32_t *n, struct mn_err *err)
{
	char inner;
	if (!peek(in, r, n, err))
		return false;
	if (!is_wrapped(r, *n, &inner))
		return true;
	in->wrapped = true;
	in->info.delimiter = inner;
	mn_csv_free(in->csv);
	in->csv = mn_csv_new(inner, err);
	return in->csv && peek(in, r, n, err);
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_head_row *r = MN_NEW(in->arena, struct mn_head_row, MN_PREAMBLE_ROWS);
	uint32_t n, which;
	struct mn_str text =
	    mn_str_trim(mn_str_sub(mn_stream_text(&in->stream), 0, 4096));
	if (text.n == 0 && in->stream.eof)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(in->info.file));
	bool xml = mn_str_starts(text, MN_S("<?xml"));
	in->info.delimiter =
	    mn_csv_delimiter(mn_str_sub(mn_stream_text(&in->stream), 0, 1u << 16));
	in->csv = mn_csv_new(in->info.delimiter, err);
	if (!in->csv || !look(in, r, &n, err))
		return false;
	if (!mn_input_header_rows(in, r, n, kind, &which, err))
		return xml && err && err->code == MN_E_FILE_HEADER
			   ? mn_fail(err, MN_E_FILE_XML, "%.*s", MN_FMT(in->info.file))
			   : false;
	if (which != MN_NO_HEADER_ROW)
		mn_stream_skip(&in->stream, r[which].end);
	in->begin = in->stream.consumed;
	return true;
}

static bool
again(struct mn_input *in, struct mn_err *err)
{
	if (!mn_stream_rewind(&in->stream, err) ||
	    !mn_stream_fill(&in->stream, in->begin, err))
		return false;
	mn_stream_skip(&in->stream, in->begin);
	return true;
}

static bool
any_text(struct mn_str head)
{
	(void)head;
	return true;
}

static void
close_csv(struct mn_input *in)
{
	mn_csv_free(in->csv);
	in->csv = NULL;
}

const struct mn_format mn_format_delimited = {.name = "delimited text",
    .begins = any_text,
    .header = header,
    .record = next_record,
    .cut = cut,
    .share = share,
    .split = split,
    .again = again,
    .close = close_csv};

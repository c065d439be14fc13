/* Inputs: opening, records one after another, the counts. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "input_impl.h"
#include "jsonl.h"

#define OPEN_TOLERATED 64
#define LOOK_LEAST 4096
#define BAD_ROWS_MATTER 20 /* rows below which no share of bad ones gives a file up */

void
mn_input_remark(struct mn_input *in, uint64_t line, enum mn_code code,
    struct mn_str column, struct mn_str value, const char *detail)
{
	struct mn_issue issue = {.code = code,
	    .file = in->info.file,
	    .row = line,
	    .column = column,
	    .value = value,
	    .detail = mn_str_c(detail)};
	mn_diag_emit(in->diag, &issue);
}

static bool
usable(struct mn_input *in, struct mn_err *err)
{
	const struct mn_stream *s = &in->stream;
	if (s->bytes == 0)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(in->info.file));
	if (s->binary)
		return mn_fail(err, MN_E_FILE_BINARY, "%.*s", MN_FMT(in->info.file));
	return true;
}

static bool
open_input(struct mn_input *in, const char *path, enum mn_kind kind, struct mn_err *err)
{
	in->info.file = mn_arena_str(in->arena, mn_str_c(path));
	in->open = mn_stream_open(&in->stream, path, err);
	if (!in->open || !usable(in, err))
		return false;
	memcpy(in->info.sha256, in->stream.sha256, sizeof in->info.sha256);
	in->info.bytes = in->stream.bytes;
	in->info.encoding = in->stream.encoding;
	if (!mn_stream_fill(&in->stream, 1u << 16, err))
		return false;
	in->json = mn_jsonl_begins(mn_stream_text(&in->stream));
	if (in->json) {
		in->info.delimiter = '{';
		return mn_jsonl_header(in, kind, err);
	}
	in->info.delimiter =
	    mn_csv_delimiter(mn_str_sub(mn_stream_text(&in->stream), 0, 1u << 16));
	in->csv = mn_csv_new(in->info.delimiter, err);
	return in->csv && mn_input_header(in, kind, err);
}

struct mn_input *
mn_input_open(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    enum mn_kind kind, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input *in = MN_NEW(a, struct mn_input, 1);
	in->arena = a;
	in->mappings = m;
	in->diag = diag;
	in->row_root = mn_arena_new((size_t)64 * MN_MAX_RECORD, a->oom);
	if (open_input(in, path, kind, err))
		return in;
	mn_input_close(in);
	return NULL;
}

void
mn_input_secret(struct mn_input *in, const unsigned char secret[32])
{
	memcpy(in->secret, secret, sizeof in->secret);
	in->has_secret = true;
}

/* Such a record cannot be split, so which of its bytes name a worker is unknown: none of
 * them is shown. */
static void
bad_record(struct mn_input *in, enum mn_code code)
{
	in->info.rows++;
	in->info.quarantined++;
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
static void
give_up_line(struct mn_input *in, struct mn_str text, enum mn_code code)
{
	size_t n = 0;
	while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
		n++;
	bad_record(in, code);
	while (n < text.n && (text.p[n] == '\n' || text.p[n] == '\r'))
		n++;
	mn_stream_skip(&in->stream, n);
}

static bool
blank(const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (mn_str_trim(row->cell[i]).n)
			return false;
	return true;
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
note_bytes(struct mn_input *in, struct mn_str record)
{
	in->had_bad = !in->had_nul && mn_decoder_bad(in->stream.decoder) &&
		      mn_str_find(record, MN_S("\xef\xbf\xbd")) != SIZE_MAX;
	if (in->had_nul)
		mn_input_remark(
		    in, in->line, MN_E_ROW_NUL, MN_STR_NONE, MN_STR_NONE, NULL);
	if (in->had_bad)
		mn_input_remark(in, in->line, MN_E_ROW_UTF8, MN_STR_NONE, MN_STR_NONE,
		    mn_encoding_name(in->info.encoding));
}

int
mn_input_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	for (;;) {
		enum mn_code code;
		if (!mn_stream_fill(&in->stream, MN_MAX_RECORD + 2, err))
			return -1;
		struct mn_str text = mn_stream_text(&in->stream);
		if (text.n == 0)
			return 0;
		in->row = in->row_root;
		in->line = in->stream.line;
		size_t n = cut_record(in, text, &code);
		if (n == 0) {
			give_up_line(in, text, code);
			continue;
		}
		struct mn_str record =
		    without_nul(in, mn_str_sub(text, 0, n), &in->had_nul);
		mn_csv_parse(in->csv, record, &in->row, row);
		mn_stream_skip(&in->stream, n);
		/* First, because a refused record has no cells and would pass for blank.
		 */
		if (row->bad_quote) {
			bad_record(in, MN_E_ROW_QUOTE);
			continue;
		}
		/* DOS files end with Ctrl-Z. */
		if (blank(row) || mn_str_eq(mn_str_trim(record), MN_S("\x1a")))
			continue;
		note_bytes(in, record);
		return 1;
	}
}

static int
finish(struct mn_input *in, struct mn_err *err)
{
	const struct mn_input_info *f = &in->info;
	if (f->rows == 0)
		mn_input_remark(in, 0, MN_E_FILE_NO_ROWS, MN_STR_NONE, MN_STR_NONE, NULL);
	if (f->rows > BAD_ROWS_MATTER &&
	    f->quarantined * 100 > f->rows * MN_BAD_ROWS_PERCENT) {
		mn_fail(err, MN_E_FILE_TOO_BAD,
		    "%.*s: %llu of %llu rows; `manumit check` lists them",
		    MN_FMT(f->file), (unsigned long long)f->quarantined,
		    (unsigned long long)f->rows);
		return -1;
	}
	return 0;
}

static int
next_row(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	in->had_nul = in->had_bad = false;
	return in->json ? mn_jsonl_record(in, row, err) : mn_input_record(in, row, err);
}

int
mn_input_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err)
{
	struct mn_csv_row row;
	int more;
	if (mn_input_more(in, out)) {
		out->rid = mn_rid_part(mn_rid_make(src, in->line), in->at_name - 1);
		*noted = in->noted;
		return 1;
	}
	while ((more = next_row(in, &row, err)) == 1) {
		in->info.rows++;
		if (!mn_input_row(in, &row, out))
			continue;
		out->rid = mn_rid_part(
		    mn_rid_make(src, in->line), in->at_name ? in->at_name - 1 : 0);
		*noted = in->noted;
		return 1;
	}
	return more == 0 ? finish(in, err) : -1;
}

const struct mn_input_info *
mn_input_info(const struct mn_input *in)
{
	return &in->info;
}

void
mn_input_close(struct mn_input *in)
{
	if (in->open || in->stream.path)
		mn_stream_close(&in->stream);
	mn_csv_free(in->csv);
	mn_arena_free(in->row_root);
	memset(in->secret, 0, sizeof in->secret);
}

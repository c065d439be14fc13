/*
 * JSON Lines, one object a line. A line becomes a row whose columns are the paths of its
 * values ("properties.name"); a path with several values gives a cell as multi.h reads
 * it. Lines that say something about another line (a sanction, an address) are attached
 * to it where the layout says so (mapping.h, attach): they count as accepted and are
 * skipped.
 */
#include "format.h"
#include "json_rows.h"

/* ---- lines ---- */

/* The rest of a line that is too long. */
static bool
skip_line(struct mn_input *in, struct mn_err *err)
{
	for (;;) {
		if (!mn_stream_fill(&in->stream, MN_MAX_RECORD, err))
			return false;
		struct mn_str text = mn_stream_text(&in->stream);
		size_t end = mn_str_find_byte(text, '\n');
		mn_stream_skip(&in->stream, end == SIZE_MAX ? text.n : end + 1);
		if (end != SIZE_MAX || text.n == 0)
			return true;
	}
}

/* The next line that is not blank, trimmed; 0 at the end, -1 err. A line that is too long
 * comes as an empty one. */
static int
next_line(struct mn_input *in, struct mn_str *line, struct mn_err *err)
{
	for (;;) {
		if (!mn_stream_fill(&in->stream, MN_MAX_RECORD + 2, err))
			return -1;
		struct mn_str text = mn_stream_text(&in->stream);
		size_t end = mn_str_find_byte(text, '\n');
		in->line = in->stream.line;
		in->row = in->row_root;
		if (text.n == 0)
			return 0;
		if (end == SIZE_MAX && in->stream.eof)
			end = text.n;
		if (end > MN_MAX_RECORD) {
			*line = MN_STR_NONE;
			return skip_line(in, err) ? 1 : -1;
		}
		*line = mn_str_trim(mn_str_sub(text, 0, end));
		mn_stream_skip(&in->stream, end + (end < text.n));
		if (line->n)
			return 1;
	}
}

/* Lives until the next line is asked for, and as long as `a`. */
static struct mn_json *
object(struct mn_arena *a, struct mn_str line)
{
	struct mn_json *v = line.n ? mn_json_borrow(a, line) : NULL;
	if (v && mn_json_type(v) != MN_JSON_MAP) {
		mn_json_free(v);
		v = NULL;
	}
	return v;
}

/* One object alone is a JSON document (jsondoc.c). */
static bool
begins(struct mn_str head)
{
	size_t end;
	head = mn_str_trim(head);
	end = mn_str_find_byte(head, '\n');
	if (end == SIZE_MAX || head.p[0] != '{')
		return false;
	struct mn_arena a = mn_arena_new((size_t)4 << 20, NULL), scratch = a;
	struct mn_json *v = object(&scratch, mn_str_sub(head, 0, end));
	mn_json_free(v);
	mn_arena_free(a);
	return v != NULL;
}

/* The paths of the first lines. */
static bool
look(struct mn_input *in, struct mn_json_columns *seen, struct mn_err *err)
{
	struct mn_str line;
	size_t bytes = 0;
	int more = 1;
	while (bytes < MN_JSON_LOOK && (more = next_line(in, &line, err)) == 1) {
		struct mn_json *v = object(&in->row, line);
		if (v)
			mn_json_look(in, seen, v);
		mn_json_free(v);
		bytes += line.n;
	}
	return more >= 0;
}

/* ---- attached lines ---- */

static bool
read_attached(struct mn_input *in, struct mn_err *err)
{
	struct mn_str text;
	int more;
	while ((more = next_line(in, &text, err)) == 1) {
		struct mn_json *v = object(&in->row, text);
		struct mn_json_line l = {in, v};
		if (v)
			mn_attach_keep(in, mn_json_value_of, &l);
		mn_json_free(v);
	}
	mn_attach_sort(in);
	return more == 0;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_json_columns *seen = MN_NEW(in->arena, struct mn_json_columns, 1);
	in->info.delimiter = '{';
	if (!look(in, seen, err) || !mn_json_header(in, seen, kind, MN_STR_NONE, err))
		return false;
	if (!mn_stream_rewind(&in->stream, err))
		return false;
	if (!in->source || in->source->n_attach == 0)
		return true;
	return read_attached(in, err) && mn_stream_rewind(&in->stream, err);
}

/* ---- rows ---- */

static void
bad_line(struct mn_input *in, struct mn_str line)
{
	in->info.rows++;
	in->info.quarantined++;
	mn_input_remark(in, in->line, line.n ? MN_E_ROW_JSON : MN_E_ROW_LONG, MN_STR_NONE,
	    MN_STR_NONE, NULL);
}

static void
forget_line(struct mn_input *in)
{
	mn_json_free(in->state);
	in->state = NULL;
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_str text;
	int more;
	forget_line(in);
	while ((more = next_line(in, &text, err)) == 1) {
		struct mn_json *v = object(&in->row, text);
		struct mn_json_line l = {in, v};
		if (!v) {
			bad_line(in, text);
			continue;
		}
		if (!mn_attach_is(in, mn_json_value_of, &l)) {
			mn_json_fill(in, v, row);
			in->state = v; /* cells are borrowed from it */
			return 1;
		}
		mn_json_free(v);
		in->info.rows++;
		in->info.accepted++;
	}
	return more;
}

const struct mn_format mn_format_jsonl = {.name = "JSON Lines",
    .begins = begins,
    .header = header,
    .record = next_record,
    .close = forget_line};

/*
 * JSON Lines, one object a line. A line becomes a row whose columns are the paths of its
 * values ("properties.name"); a path with several values gives a cell as multi.h reads
 * it. Lines that say something about another line (a sanction, an address) are attached
 * to it where the layout says so (mapping.h, attach): they count as accepted and are
 * skipped.
 */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "attach.h"
#include "format.h"
#include "multi.h"

#define LOOK_BYTES ((size_t)1 << 20) /* of lines whose paths become columns */
#define UNKNOWN_SHOWN 32             /* paths told that first occur later */

struct columns {
	struct mn_str cell[MN_MAX_COLUMNS];
	uint32_t n;
};

/* A line as its attachments see it. */
struct line {
	struct mn_input *in;
	const struct mn_json *v;
};

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

static struct mn_json *
object(struct mn_str line)
{
	struct mn_json *v = line.n ? mn_json_parse(line, "", NULL) : NULL;
	if (v && mn_json_type(v) != MN_JSON_MAP) {
		mn_json_free(v);
		v = NULL;
	}
	return v;
}

static bool
begins(struct mn_str head)
{
	size_t end;
	head = mn_str_trim(head);
	end = mn_str_find_byte(head, '\n');
	if (head.n == 0 || head.p[0] != '{')
		return false;
	struct mn_json *v = object(mn_str_sub(head, 0, end));
	mn_json_free(v);
	return v != NULL;
}

/* ---- values ---- */

/* Calls fn with every value of an object and its path. */
struct walk {
	void (*fn)(struct walk *w, struct mn_str path, struct mn_str value);
	struct mn_input *in;
	struct mn_cells *cells;
	struct columns *columns;
	char path[MN_MAX_NAME]; /* values with a longer path are left out */
};

static struct mn_str
scalar(struct mn_arena *a, const struct mn_json *v)
{
	struct mn_str s = MN_STR_NONE;
	int64_t n;
	bool b;
	if (mn_json_str(v, &s))
		return mn_str_trim(s);
	if (mn_json_int(v, &n))
		return mn_arena_fmt(a, "%lld", (long long)n);
	if (mn_json_bool(v, &b))
		return b ? MN_S("true") : MN_S("false");
	if (!mn_json_q16(v, &n))
		return MN_STR_NONE;
	int64_t magnitude = n < 0 ? -n : n, part = (magnitude & 0xffff) * 10000 >> 16;
	return mn_arena_fmt(a, "%s%lld.%04lld", n < 0 ? "-" : "",
	    (long long)(magnitude >> 16), (long long)part);
}

/* Values of lists share the path of the list. Recursion: MN_JSON_DEPTH, by the parser. */
static void
walk(struct walk *w, const struct mn_json *v, size_t path)
{
	struct mn_str key;
	enum mn_json_type type = mn_json_type(v);
	for (size_t i = 0; type == MN_JSON_LIST && i < mn_json_count(v); i++)
		walk(w, mn_json_at(v, i), path);
	for (size_t i = 0; type == MN_JSON_MAP && i < mn_json_count(v); i++) {
		const struct mn_json *m = mn_json_member(v, i, &key);
		size_t n = path + (path > 0) + key.n;
		if (key.n == 0 || n > sizeof w->path)
			continue;
		if (path)
			w->path[path] = '.';
		memcpy(w->path + n - key.n, key.p, key.n);
		walk(w, m, n);
	}
	if (type == MN_JSON_LIST || type == MN_JSON_MAP || path == 0)
		return;
	struct mn_str value = scalar(&w->in->row, v);
	if (value.n)
		w->fn(w, mn_str(w->path, path), value);
}

/* ---- columns ---- */

static int
by_text(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_json_column *a = pa, *b = pb;
	(void)ctx;
	return mn_str_cmp(a->path, b->path);
}

static const struct mn_json_column *
column_of(const struct mn_input *in, struct mn_str path)
{
	uint32_t lo = 0, hi = in->n_json_column;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int c = mn_str_cmp(in->json_column[mid].path, path);
		if (c == 0)
			return &in->json_column[mid];
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

static void
add_column(struct mn_input *in, struct columns *c, struct mn_str path)
{
	for (uint32_t i = 0; i < c->n; i++)
		if (mn_str_eq(c->cell[i], path))
			return;
	if (c->n < MN_MAX_COLUMNS)
		c->cell[c->n++] = mn_arena_str(in->arena, path);
}

static void
collect(struct walk *w, struct mn_str path, struct mn_str value)
{
	(void)value;
	add_column(w->in, w->columns, path);
}

/* The paths of the first lines. */
static bool
look(struct mn_input *in, struct columns *c, struct mn_err *err)
{
	struct walk w = {.fn = collect, .in = in, .columns = c};
	struct mn_str line;
	size_t bytes = 0;
	int more = 1;
	while (bytes < LOOK_BYTES && (more = next_line(in, &line, err)) == 1) {
		struct mn_json *v = object(line);
		if (v)
			walk(&w, v, 0);
		mn_json_free(v);
		bytes += line.n;
	}
	return more >= 0;
}

/* Columns: those of the layout that the first lines show, in its order, then all other
 * paths of these lines. */
static bool
find_columns(
    struct mn_input *in, enum mn_kind kind, struct columns *c, struct mn_err *err)
{
	struct columns *seen = MN_NEW(in->arena, struct columns, 1);
	if (!look(in, seen, err))
		return false;
	struct mn_str *folded = MN_NEW(in->arena, struct mn_str, seen->n);
	for (uint32_t i = 0; i < seen->n; i++)
		folded[i] = mn_map_fold(in->arena, seen->cell[i]);
	const struct mn_map_source *s =
	    mn_map_recognise(in->mappings, kind, folded, seen->n);
	for (uint32_t i = 0; s && i < s->n_column; i++)
		add_column(in, c, s->column[i].name);
	for (uint32_t i = 0; i < seen->n; i++)
		add_column(in, c, seen->cell[i]);
	return true;
}

static void
index_columns(struct mn_input *in)
{
	in->json_column = MN_NEW(in->arena, struct mn_json_column, in->n_column);
	in->n_json_column = in->n_column;
	for (uint32_t i = 0; i < in->n_column; i++) {
		in->json_column[i] = (struct mn_json_column){in->info.header[i], i};
		in->column[i].list = true;
	}
	mn_sort(in->json_column, in->n_json_column, sizeof *in->json_column, by_text,
	    NULL, *in->arena);
}

/* ---- attached lines ---- */

static void
put_first(struct walk *w, struct mn_str path, struct mn_str value)
{
	(void)path;
	mn_cells_add(w->cells, 0, value, true);
}

/* The values of one path, joined. A key with a '.' in it is not found. */
static struct mn_str
value_of(void *ctx, struct mn_str path)
{
	struct line *l = ctx;
	const struct mn_json *v = l->v;
	char key[MN_MAX_NAME];
	for (struct mn_str rest = path; rest.p && v;) {
		struct mn_str k = mn_str_sub(mn_str_cut(&rest, '.'), 0, sizeof key - 1);
		memcpy(key, k.p, k.n);
		key[k.n] = 0;
		v = mn_json_get(v, key);
	}
	struct mn_cells cells = mn_cells_new(&l->in->row, 1);
	struct walk w = {.fn = put_first, .in = l->in, .cells = &cells};
	w.path[0] = '.';
	if (v)
		walk(&w, v, 1);
	return mn_cells_join(&cells, 0);
}

static bool
read_attached(struct mn_input *in, struct mn_err *err)
{
	struct mn_str text;
	int more;
	while ((more = next_line(in, &text, err)) == 1) {
		struct mn_json *v = object(text);
		struct line l = {in, v};
		if (v)
			mn_attach_keep(in, value_of, &l);
		mn_json_free(v);
	}
	mn_attach_sort(in);
	return more == 0;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct columns *c = MN_NEW(in->arena, struct columns, 1);
	in->info.delimiter = '{';
	if (!find_columns(in, kind, c, err) ||
	    !mn_input_header_cells(in, c->cell, c->n, kind, err))
		return false;
	index_columns(in);
	if (!mn_stream_rewind(&in->stream, err))
		return false;
	if (!in->source || in->source->n_attach == 0)
		return true;
	return read_attached(in, err) && mn_stream_rewind(&in->stream, err);
}

/* ---- rows ---- */

/* A path that no line before had: told once, like a column that is not used. */
static void
tell_unknown(struct mn_input *in, struct mn_str path)
{
	for (uint32_t i = 0; i < in->n_unknown; i++)
		if (mn_str_eq(in->unknown[i], path))
			return;
	if (!in->unknown)
		in->unknown = MN_NEW(in->arena, struct mn_str, UNKNOWN_SHOWN);
	if (in->n_unknown == UNKNOWN_SHOWN)
		return;
	in->unknown[in->n_unknown++] = mn_arena_str(in->arena, path);
	mn_input_remark(in, 0, MN_E_COLUMN_UNUSED, path, MN_STR_NONE, NULL);
}

static void
put(struct walk *w, struct mn_str path, struct mn_str value)
{
	const struct mn_json_column *c = column_of(w->in, path);
	if (c)
		mn_cells_add(w->cells, c->at, value, true);
	else if (!w->in->source)
		tell_unknown(w->in, path);
}

static void
bad_line(struct mn_input *in, struct mn_str line)
{
	in->info.rows++;
	in->info.quarantined++;
	mn_input_remark(in, in->line, line.n ? MN_E_ROW_JSON : MN_E_ROW_LONG, MN_STR_NONE,
	    MN_STR_NONE, NULL);
}

/* The cells of an object, with what other lines say of it. */
static void
fill(struct mn_input *in, const struct mn_json *v, struct mn_csv_row *row)
{
	struct mn_cells cells = mn_cells_new(&in->row, in->n_column);
	struct walk w = {.fn = put, .in = in, .cells = &cells};
	walk(&w, v, 0);
	mn_attach_fill(in, &cells);
	*row = (struct mn_csv_row){
	    .n = in->n_column, .cell = MN_NEW(&in->row, struct mn_str, in->n_column)};
	for (uint32_t i = 0; i < row->n; i++)
		row->cell[i] = mn_cells_join(&cells, i);
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct mn_str text;
	int more;
	while ((more = next_line(in, &text, err)) == 1) {
		struct mn_json *v = object(text);
		struct line l = {in, v};
		if (!v) {
			bad_line(in, text);
			continue;
		}
		bool attached = mn_attach_is(in, value_of, &l);
		if (!attached)
			fill(in, v, row);
		mn_json_free(v);
		if (!attached)
			return 1;
		in->info.rows++;
		in->info.accepted++;
	}
	return more;
}

const struct mn_format mn_format_jsonl = {
    .name = "JSON Lines", .begins = begins, .header = header, .record = next_record};

/* Objects as rows. */
#include "manumit/base/sort.h"

#include "json_rows.h"
#include "multi.h"

#define UNKNOWN_SHOWN 32 /* paths told that first occur later */

/* ---- values ---- */

/* Calls fn with every value of an object and its path. */
struct walk {
	void (*fn)(struct walk *w, struct mn_str path, struct mn_str value);
	struct mn_input *in;
	struct mn_cells *cells;
	struct mn_json_columns *columns;
	struct mn_json_column *before; /* the column of the value before */
	char path[MN_MAX_NAME];        /* values with a longer path are left out */
};

static struct mn_str
scalar(struct mn_arena *a, const struct mn_json *v)
{
	struct mn_str s = MN_STR_NONE;
	char number[MN_JSON_NUMBER];
	bool b;
	if (mn_json_str(v, &s))
		return mn_str_trim(s);
	if (mn_json_bool(v, &b))
		return b ? MN_S("true") : MN_S("false");
	if (mn_json_number(v, number))
		return mn_arena_str(a, mn_str_c(number));
	return MN_STR_NONE;
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

static struct mn_json_column *
find_column(const struct mn_input *in, struct mn_str path)
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

static struct mn_json_column *
column_of(struct walk *w, struct mn_str path)
{
	struct mn_json_column *all = w->in->json_column;
	struct mn_json_column *c = &all[w->before->next];
	if (!mn_str_eq(c->path, path))
		c = find_column(w->in, path);
	if (!c)
		return NULL;
	w->before->next = (uint32_t)(c - all);
	return w->before = c;
}

static void
add_column(struct mn_input *in, struct mn_json_columns *c, struct mn_str path)
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

void
mn_json_look(struct mn_input *in, struct mn_json_columns *seen, const struct mn_json *v)
{
	struct walk w = {.fn = collect, .in = in, .columns = seen};
	walk(&w, v, 0);
}

/* What objects of an interface or a dump are wrapped in, which says nothing of a value:
 * GeoJSON (RFC 7946) puts them under "properties", Django's dumps under "fields". */
static struct mn_str
unwrapped(struct mn_str path)
{
	static const struct mn_str WRAPS[] = {
	    MN_S("properties."), MN_S("fields."), MN_S("attributes."), MN_S("_source.")};
	for (size_t i = 0; i < countof(WRAPS); i++)
		if (mn_str_starts(path, WRAPS[i]))
			return mn_str_sub(path, WRAPS[i].n, path.n);
	return path;
}

static const struct mn_map_source *
recognise(struct mn_input *in, const struct mn_json_columns *seen, enum mn_kind kind)
{
	struct mn_str *folded = MN_NEW(in->arena, struct mn_str, seen->n);
	for (uint32_t i = 0; i < seen->n; i++)
		folded[i] = mn_map_fold(in->arena, seen->cell[i]);
	return mn_map_recognise(in->mappings, kind, folded, seen->n);
}

/* The list of a layout may be named without the brackets at its end. */
static bool
same_list(struct mn_str a, struct mn_str b)
{
	if (mn_str_ends(a, MN_S("[]")))
		a.n -= 2;
	if (mn_str_ends(b, MN_S("[]")))
		b.n -= 2;
	return mn_str_eq(a, b);
}

static void
index_columns(struct mn_input *in, const struct mn_json_columns *c)
{
	in->json_column =
	    MN_NEW(in->arena, struct mn_json_column, (size_t)in->n_column + 1);
	in->n_json_column = in->n_column;
	for (uint32_t i = 0; i < in->n_column; i++) {
		in->json_column[i] = (struct mn_json_column){.path = c->cell[i], .at = i};
		in->column[i].list = true;
	}
	mn_sort(in->json_column, in->n_json_column, sizeof *in->json_column, by_text,
	    NULL, *in->arena);
}

bool
mn_json_header(struct mn_input *in, const struct mn_json_columns *seen, enum mn_kind kind,
    struct mn_str items, struct mn_err *err)
{
	struct mn_json_columns *c = MN_NEW(in->arena, struct mn_json_columns, 1);
	const struct mn_map_source *s = recognise(in, seen, kind);
	if (s && items.p && s->items.n && !same_list(s->items, items))
		return mn_fail(err, MN_E_FILE_HEADER,
		    "%.*s: the layout %.*s reads its list %.*s, this is %.*s",
		    MN_FMT(in->info.file), MN_FMT(s->id), MN_FMT(s->items),
		    MN_FMT(items));
	for (uint32_t i = 0; s && i < s->n_column; i++)
		add_column(in, c, s->column[i].name);
	for (uint32_t i = 0; i < seen->n; i++)
		add_column(in, c, seen->cell[i]);
	struct mn_str *cell = MN_NEW(in->arena, struct mn_str, c->n);
	for (uint32_t i = 0; i < c->n; i++)
		cell[i] = s ? c->cell[i] : unwrapped(c->cell[i]);
	if (!mn_input_header_cells(in, cell, c->n, kind, err))
		return false;
	index_columns(in, c);
	return true;
}

/* ---- rows ---- */

static void
put_first(struct walk *w, struct mn_str path, struct mn_str value)
{
	(void)path;
	mn_cells_add(w->cells, 0, value, true);
}

/* A key with a '.' in it is not found. */
struct mn_str
mn_json_value_of(void *ctx, struct mn_str path)
{
	struct mn_json_line *l = ctx;
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

/* A path that no object before had: told once, like a column that is not used. */
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
	const struct mn_json_column *c = column_of(w, path);
	if (c)
		mn_cells_add(w->cells, c->at, value, true);
	else if (!w->in->source)
		tell_unknown(w->in, path);
}

void
mn_json_fill(struct mn_input *in, const struct mn_json *v, struct mn_csv_row *row)
{
	struct mn_cells cells = mn_cells_new(&in->row, in->n_column);
	struct walk w = {.fn = put, .in = in, .cells = &cells};
	w.before = &in->json_column[in->n_json_column];
	walk(&w, v, 0);
	mn_attach_fill(in, &cells);
	*row = (struct mn_csv_row){
	    .n = in->n_column, .cell = MN_NEW(&in->row, struct mn_str, in->n_column)};
	for (uint32_t i = 0; i < row->n; i++)
		row->cell[i] = mn_cells_join(&cells, i);
}

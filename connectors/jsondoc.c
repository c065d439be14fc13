/*
 * JSON documents: a list of objects, somewhere in a text that may be longer than memory.
 * The first pass counts the lists; the second reads the objects of one of them, each a
 * row whose number is that of the object. Objects one after another are a list as well.
 */
#include "format.h"
#include "json_items.h"
#include "json_rows.h"

struct document {
	struct mn_items items;
	struct mn_json *row; /* cells are borrowed from it */
};

static bool
begins(struct mn_str head)
{
	head = mn_str_trim(head);
	return head.n && (head.p[0] == '{' || head.p[0] == '[');
}

/* ---- which list ---- */

static bool
of_layout(const struct mn_mappings *m, struct mn_str path)
{
	if (mn_str_ends(path, MN_S("[]")))
		path.n -= 2;
	for (uint32_t i = 0; i < m->n_source; i++) {
		struct mn_str s = m->source[i].items;
		if (mn_str_ends(s, MN_S("[]")))
			s.n -= 2;
		if (s.n && mn_str_eq(s, path))
			return true;
	}
	return false;
}

/* Lists that a layout names, then those that are not inside objects of another list, then
 * the others; of each the longest first. The document itself is the last that is tried.
 */
static unsigned
rank(const struct mn_input *in, const struct mn_json_list *l)
{
	if (of_layout(in->mappings, l->path))
		return 0;
	if (l->path.n == 0 && l->n == 1)
		return 3;
	return l->in_list ? 2 : 1;
}

static bool
before(
    const struct mn_input *in, const struct mn_json_list *a, const struct mn_json_list *b)
{
	unsigned ra = rank(in, a), rb = rank(in, b);
	return ra != rb ? ra < rb : a->n > b->n;
}

static const struct mn_json_list *
next_best(const struct mn_input *in, const struct mn_json_lists *l, const bool *tried)
{
	const struct mn_json_list *best = NULL;
	for (uint32_t i = 0; i < l->n; i++)
		if (!tried[i] && (!best || before(in, &l->list[i], best)))
			best = &l->list[i];
	return best;
}

/* ---- the header ---- */

static bool
look(struct mn_input *in, struct mn_items *items, struct mn_json_columns *seen,
    struct mn_err *err)
{
	struct mn_json *v;
	enum mn_item item;
	size_t bytes = 0;
	while (bytes < MN_JSON_LOOK) {
		in->row = in->row_root;
		item = mn_items_next(items, MN_MAX_RECORD, &in->row, &v, err);
		if (item == MN_ITEM_END || item == MN_ITEM_ERR)
			return item == MN_ITEM_END;
		if (v)
			mn_json_look(in, seen, v);
		mn_json_free(v);
		bytes += items->bytes + 1;
	}
	return true;
}

/* 1 the list is understood, 0 it is not, -1 err. */
static int
try_list(struct mn_input *in, const struct mn_json_list *l, enum mn_kind kind,
    struct mn_err *err)
{
	struct document *d = in->state;
	struct mn_json_columns *seen = MN_NEW(in->arena, struct mn_json_columns, 1);
	struct mn_err refused = MN_ERR_NONE;
	mn_items_begin(&d->items, &in->stream, l->path);
	if (!look(in, &d->items, seen, err) || !mn_stream_rewind(&in->stream, err))
		return -1;
	mn_items_begin(&d->items, &in->stream, l->path);
	return seen->n && mn_json_header(in, seen, kind, l->path, &refused);
}

static struct mn_str
shown(struct mn_str path)
{
	return path.n ? path : MN_S("(the document itself)");
}

/* What was found, for people. */
static bool
refuse(struct mn_input *in, const struct mn_json_lists *l, enum mn_kind kind,
    struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(1024);
	for (uint32_t i = 0; i < l->n && b.n < 120; i++)
		mn_buf_fmt(&b, "%s%.*s: %llu", b.n ? ", " : "",
		    MN_FMT(shown(l->list[i].path)), (unsigned long long)l->list[i].n);
	mn_fail(err, MN_E_FILE_JSON,
	    "%.*s: as %s its objects have no members known "
	    "here; objects found: %.*s",
	    MN_FMT(in->info.file), kind < MN_K_COUNT ? mn_kind_name(kind) : "any table",
	    MN_FMT(b.n ? mn_buf_str(&b) : MN_S("none")));
	mn_buf_free(&b);
	return false;
}

/* Lists that hold other objects than those that are read. */
static void
tell_others(
    struct mn_input *in, const struct mn_json_lists *l, const struct mn_json_list *used)
{
	for (uint32_t i = 0; i < l->n; i++) {
		const struct mn_json_list *o = &l->list[i];
		bool inside = mn_str_starts(o->path, used->path);
		bool round = mn_str_starts(used->path, o->path) || o->path.n == 0;
		if (!inside && !round)
			mn_input_remark(in, 0, MN_E_FILE_LIST, o->path, MN_STR_NONE,
			    mn_arena_fmt(
				in->arena, "%llu objects%c", (unsigned long long)o->n, 0)
				.p);
	}
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_json_lists *l = MN_NEW(in->arena, struct mn_json_lists, 1);
	bool tried[MN_JSON_LISTS] = {false};
	const struct mn_json_list *best;
	in->info.delimiter = '{';
	in->info.unit = "record";
	in->state = MN_NEW(in->arena, struct document, 1);
	if (!mn_json_survey(&in->stream, l, in->arena, err))
		return false;
	while ((best = next_best(in, l, tried)) != NULL) {
		tried[best - l->list] = true;
		if (!mn_stream_rewind(&in->stream, err))
			return false;
		int good = try_list(in, best, kind, err);
		if (good < 0)
			return false;
		if (good == 0)
			continue;
		in->info.items = shown(best->path);
		tell_others(in, l, best);
		return true;
	}
	return refuse(in, l, kind, err);
}

/* ---- rows ---- */

static void
bad_item(struct mn_input *in, const struct mn_items *x)
{
	in->info.rows++;
	in->info.quarantined++;
	mn_input_remark(in, in->line, x->too_long ? MN_E_ROW_LONG : MN_E_ROW_JSON_VALUE,
	    MN_STR_NONE, MN_STR_NONE, x->why);
}

static void
forget_row(struct mn_input *in)
{
	struct document *d = in->state;
	if (!d)
		return;
	mn_json_free(d->row);
	d->row = NULL;
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct document *d = in->state;
	struct mn_items *x = &d->items;
	struct mn_json *v;
	enum mn_item item;
	forget_row(in);
	in->row = in->row_root;
	while (
	    (item = mn_items_next(x, MN_MAX_RECORD, &in->row, &v, err)) == MN_ITEM_BAD) {
		in->line = x->n;
		bad_item(in, x);
		in->row = in->row_root;
	}
	in->line = x->n;
	if (item != MN_ITEM)
		return item == MN_ITEM_END ? 0 : -1;
	in->had_note = x->why[0] != 0;
	if (in->had_note)
		mn_input_remark(
		    in, in->line, MN_E_ROW_JSON_TWICE, MN_STR_NONE, MN_STR_NONE, x->why);
	d->row = v;
	mn_json_fill(in, v, row);
	return 1;
}

const struct mn_format mn_format_jsondoc = {.name = "JSON",
    .begins = begins,
    .header = header,
    .record = next_record,
    .close = forget_row};

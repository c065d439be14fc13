/* Lists of objects in a JSON text. */
#include <stdio.h>

#include "json_items.h"

/* Members that only releases, records and their compiled form have. */
static const struct mn_str OCDS[] = {MN_S("ocid"), MN_S("compiledRelease")};

/* A member that only statements of BODS 0.4 have. */
static const struct mn_str BODS = MN_S("recordDetails");

static struct mn_json_list *
list_at(struct mn_json_lists *l, const struct mn_jscan *x, struct mn_arena *a)
{
	struct mn_str path = mn_jscan_path(x);
	if (path.n == 0 && x->depth > 1)
		return NULL; /* too long to be told */
	for (uint32_t i = 0; i < l->n; i++)
		if (mn_str_eq(l->list[i].path, path))
			return &l->list[i];
	if (l->n == MN_JSON_LISTS)
		return NULL;
	struct mn_json_list *new = &l->list[l->n++];
	*new =
	    (struct mn_json_list){.path = mn_arena_str(a, path), .level = x->depth - 1};
	for (uint32_t i = 1; i + 1 < x->depth; i++)
		new->in_list = new->in_list || (x->frame[i].list && i + 2 < x->depth);
	return new;
}

static bool
survey(struct mn_jscan *x, struct mn_json_lists *l, struct mn_arena *a)
{
	for (;;) {
		enum mn_jscan_token t = mn_jscan_next(x);
		struct mn_jscan_frame *f = &x->frame[x->depth];
		if (t == MN_JSCAN_ERR)
			return false;
		if (t == MN_JSCAN_END || t == MN_JSCAN_DAMAGE)
			return true;
		if (t == MN_JSCAN_KEY && f->tag)
			for (size_t i = 0; i < countof(OCDS); i++)
				l->list[f->tag - 1].ocds = l->list[f->tag - 1].ocds ||
							   mn_str_eq(x->key, OCDS[i]);
		if (t == MN_JSCAN_KEY && f->tag && mn_str_eq(x->key, BODS))
			l->list[f->tag - 1].bods = true;
		if (t != MN_JSCAN_MAP || !f[-1].list)
			continue;
		struct mn_json_list *at =
		    f[-1].tag ? &l->list[f[-1].tag - 1] : list_at(l, x, a);
		if (!at)
			continue;
		at->n++;
		f->tag = f[-1].tag = (uint32_t)(at - l->list) + 1;
	}
}

bool
mn_json_survey(struct mn_stream *s, struct mn_json_lists *out, struct mn_arena *a,
    struct mn_err *err)
{
	struct mn_jscan x;
	mn_jscan_init(&x, s);
	out->n = 0;
	if (survey(&x, out, a))
		return true;
	*err = x.io;
	return false;
}

/* A stream that has nothing more to give; a scan only reads its text. */
static struct mn_stream
stream_of(struct mn_str text)
{
	struct mn_stream s = {.fd = -1, .line = 1, .eof = true};
	s.text.p = (char *)(uintptr_t)text.p;
	s.text.n = text.n;
	return s;
}

void
mn_json_survey_text(struct mn_str text, struct mn_json_lists *out, struct mn_arena *a)
{
	struct mn_stream s = stream_of(text);
	struct mn_jscan x;
	mn_jscan_init(&x, &s);
	out->n = 0;
	survey(&x, out, a);
}

void
mn_json_members(struct mn_str text,
    void (*member)(void *ctx, struct mn_str key, struct mn_str value), void *ctx)
{
	struct mn_stream s = stream_of(text);
	struct mn_jscan x;
	mn_jscan_init(&x, &s);
	if (mn_jscan_next(&x) != MN_JSCAN_MAP)
		return;
	while (mn_jscan_next(&x) == MN_JSCAN_KEY) {
		enum mn_jscan_token t = mn_jscan_next(&x);
		struct mn_str value = MN_STR_NONE;
		if (t == MN_JSCAN_SCALAR)
			value = mn_str_sub(mn_stream_text(&s), x.start, x.at - x.start);
		else if ((t != MN_JSCAN_MAP && t != MN_JSCAN_LIST) || !mn_jscan_skip(&x))
			return;
		member(ctx, x.key, value);
	}
}

/* ---- the objects of one list ---- */

void
mn_items_begin(struct mn_items *x, struct mn_stream *s, struct mn_str path)
{
	memset(x, 0, sizeof *x);
	mn_jscan_init(&x->scan, s);
	x->path = path;
}

/* Is this open list the one whose objects are wanted? */
static bool
wanted(const struct mn_items *x, uint32_t depth)
{
	const struct mn_jscan_frame *f = &x->scan.frame[depth];
	return f->list && f->path == x->path.n && x->path.n <= sizeof x->scan.path &&
	       memcmp(x->scan.path, x->path.p, x->path.n) == 0;
}

static void
begin_item(struct mn_items *x, struct mn_arena *a)
{
	x->n++;
	x->too_long = false;
	x->bytes = 0;
	x->why[0] = 0;
	mn_jscan_place(&x->scan, &x->line, &x->column);
	x->pointer = mn_jscan_pointer(&x->scan, a);
}

/* The reason with its place in the file, which is that of the item moved on by the place
 * in the item. */
static void
explain(struct mn_items *x, unsigned line, unsigned column, const char *what)
{
	snprintf(x->why, sizeof x->why, "line %llu, character %llu: %s",
	    (unsigned long long)(x->line + line - 1),
	    (unsigned long long)(line > 1 ? column : x->column + column - 1), what);
}

/* Texts with one value a line go on with the next line after one that is damaged. */
static enum mn_item
bad_item(struct mn_items *x, size_t from)
{
	x->over = x->scan.fault && x->path.n;
	if (x->path.n == 0)
		x->over = !mn_jscan_resync(&x->scan, from);
	return MN_ITEM_BAD;
}

static enum mn_item
damaged(struct mn_items *x, struct mn_arena *a)
{
	begin_item(x, a);
	x->line = x->scan.fault_line;
	x->column = x->scan.fault_column;
	explain(x, 1, 1, x->scan.fault);
	return bad_item(x, x->scan.start);
}

static enum mn_item
take(struct mn_items *x, size_t max, struct mn_arena *a, struct mn_json **out)
{
	struct mn_json_fault fault;
	struct mn_str text;
	size_t used, start = x->scan.start;
	bool map = !x->scan.frame[x->scan.depth].list, twice;
	int whole = mn_jscan_take(&x->scan, max, &text);
	if (whole == -2)
		return MN_ITEM_ERR;
	if (whole == 0 || !map) {
		x->too_long = whole == 0;
		explain(x, 1, 1,
		    map ? "the object is too long"
			: "an object is wanted, a list is found");
		return MN_ITEM_BAD;
	}
	x->text = text;
	if (whole == 1 && x->skim)
		return MN_ITEM;
	if (whole == 1)
		*out = mn_json_borrow_value(a, text, &used, &twice, &fault);
	if (*out && twice)
		explain(
		    x, fault.line, fault.column, "a name occurs twice, the last counts");
	x->bytes = *out ? text.n : 0;
	if (*out)
		return MN_ITEM;
	if (whole == 1) {
		explain(x, fault.line, fault.column, fault.text);
		return bad_item(x, start + 1);
	}
	x->line = x->scan.fault_line;
	x->column = x->scan.fault_column;
	explain(x, 1, 1, x->scan.fault);
	return bad_item(x, text.n ? start + 1 : x->scan.at);
}

/* A value other than an object, where an object is wanted. */
static enum mn_item
no_object(struct mn_items *x, struct mn_arena *a)
{
	begin_item(x, a);
	explain(x, 1, 1, "an object is wanted here");
	return MN_ITEM_BAD;
}

enum mn_item
mn_items_next(struct mn_items *x, size_t max, struct mn_arena *a, struct mn_json **out,
    struct mn_err *err)
{
	struct mn_jscan *s = &x->scan;
	enum mn_item item;
	*out = NULL;
	while (!x->over) {
		enum mn_jscan_token t = mn_jscan_next(s);
		bool opened = t == MN_JSCAN_MAP || t == MN_JSCAN_LIST;
		if (t == MN_JSCAN_ERR)
			break;
		if (t == MN_JSCAN_END)
			return MN_ITEM_END;
		if (t == MN_JSCAN_DAMAGE)
			return damaged(x, a);
		if (t == MN_JSCAN_SCALAR && wanted(x, s->depth))
			return no_object(x, a);
		if (opened && wanted(x, s->depth - 1)) {
			begin_item(x, a);
			if ((item = take(x, max, a, out)) == MN_ITEM_ERR)
				break;
			return item;
		}
		if (opened && !mn_str_starts(x->path, mn_jscan_path(s)) &&
		    !mn_jscan_skip(s) && s->io.code != MN_E_NONE)
			break;
	}
	if (s->io.code == MN_E_NONE)
		return MN_ITEM_END;
	*err = s->io;
	return MN_ITEM_ERR;
}

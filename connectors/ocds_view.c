/* Members of objects that one or several releases have. */
#include "manumit/base/limits.h"

#include "ocds.h"

struct mn_view
mn_view_one(struct mn_ocds *x, const struct mn_json *v, struct mn_str path)
{
	const struct mn_json **list = MN_NEW(&x->a, const struct mn_json *, 1);
	list[0] = v;
	return (struct mn_view){list, v != NULL, path, 1};
}

struct mn_view
mn_view_with(struct mn_ocds *x, struct mn_view view, const struct mn_json *v)
{
	const struct mn_json **list = (const struct mn_json **)(uintptr_t)view.v;
	if (view.n >= view.cap || list[view.n]) {
		view.cap = view.n ? 2 * view.n : 1;
		list = MN_NEW(&x->a, const struct mn_json *, view.cap);
		if (view.n)
			memcpy(list, view.v, view.n * sizeof *list);
	}
	list[view.n] = v;
	return (struct mn_view){list, view.n + 1, view.path, view.cap};
}

void
mn_ocds_remark(struct mn_ocds *x, enum mn_code code, struct mn_str path, const char *key,
    const char *what)
{
	if (x->told > MN_OCDS_REMARKS)
		return;
	if (x->told++ == MN_OCDS_REMARKS) {
		path = x->release.path;
		key = "";
		what = "too many remarks: no more of this release are told";
	}
	struct mn_str detail = mn_arena_fmt(
	    &x->a, "%.*s%s%s: %s%c", MN_FMT(path), key[0] ? "/" : "", key, what, 0);
	if (!x->notes) {
		mn_input_remark(x->in, 0, code, mn_str_c(key), MN_STR_NONE, detail.p);
		return;
	}
	struct mn_ocds_note *n = MN_NEW(&x->a, struct mn_ocds_note, 1);
	*n = (struct mn_ocds_note){NULL, code, mn_str_c(key), detail};
	if (x->notes->last)
		x->notes->last->next = n;
	else
		x->notes->first = n;
	x->notes->last = n;
}

static void
shape(struct mn_ocds *x, struct mn_str path, const char *key, const char *what)
{
	mn_ocds_remark(x, MN_E_JSON_SHAPE, path, key, what);
}

const struct mn_json *
mn_view_get(struct mn_view v, const char *key)
{
	for (uint32_t i = 0; i < v.n; i++) {
		const struct mn_json *m = mn_json_get(v.v[i], key);
		if (m)
			return mn_json_type(m) == MN_JSON_NULL ? NULL : m;
	}
	return NULL;
}

static struct mn_str
below(struct mn_ocds *x, struct mn_view v, const char *key)
{
	return mn_arena_fmt(&x->a, "%.*s/%s", MN_FMT(v.path), key);
}

/* The member of every release that has it as a map, up to a null. */
struct mn_view
mn_view_map(struct mn_ocds *x, struct mn_view v, const char *key)
{
	struct mn_view out = {.path = below(x, v, key)};
	for (uint32_t i = 0; i < v.n; i++) {
		const struct mn_json *m = mn_json_get(v.v[i], key);
		enum mn_json_type t = mn_json_type(m);
		if (t == MN_JSON_NULL)
			break;
		if (t == MN_JSON_LIST && mn_json_type(mn_json_at(m, 0)) == MN_JSON_MAP) {
			shape(x, v.path, key,
			    "a list where an object is wanted: its first is used");
			m = mn_json_at(m, 0);
			t = MN_JSON_MAP;
		}
		if (t == MN_JSON_MAP)
			out = mn_view_with(x, out, m);
		else if (t == MN_JSON_STR && out.n == 0)
			return mn_view_with(x, out, m);
		else if (t != MN_JSON_ABSENT)
			shape(x, v.path, key, "no object: not used");
	}
	return out;
}

/* ---- lists ---- */

struct gathering {
	struct mn_ocds *x;
	struct mn_str path;
	struct mn_view *out;
	uint32_t n, most;
	bool several;     /* releases */
	uint64_t list;    /* its number among all that were gathered */
	uint32_t release; /* number of the one at hand, 0 the latest */
};

/* What tells an object without an id from others: all that it says, in any order. */
static uint64_t
content(const struct mn_json *v)
{
	char number[MN_JSON_NUMBER];
	enum mn_json_type t = mn_json_type(v);
	struct mn_str s = MN_STR_NONE, key;
	bool truth = false;
	uint64_t h = (uint64_t)t + 1;
	if (t == MN_JSON_MAP)
		for (size_t i = 0; i < mn_json_count(v); i++) {
			const struct mn_json *m = mn_json_member(v, i, &key);
			h += mn_hash64(key) * (content(m) | 1);
		}
	else if (t == MN_JSON_LIST)
		for (size_t i = 0; i < mn_json_count(v); i++)
			h = h * 31 + content(mn_json_at(v, i));
	else if (mn_json_str(v, &s))
		h ^= mn_hash64(s);
	else if (mn_json_number(v, number))
		h ^= mn_hash64(mn_str_c(number));
	else if (mn_json_bool(v, &truth))
		h ^= (uint64_t)truth << 32;
	return h;
}

/* Lists that count as they stand in the latest release: "wholeListMerge" of the schema of
 * 1.2 and, but for the addresses, of 1.1. */
static bool
is_whole(const char *key)
{
	static const char *const WHOLE[] = {
	    "additionalIdentifiers", "additionalClassifications", "deliveryAddresses"};
	for (size_t i = 0; i < countof(WHOLE); i++)
		if (strcmp(key, WHOLE[i]) == 0)
			return true;
	return false;
}

/* So do lists that hold anything but objects. */
static bool
is_literal(const struct mn_json *list)
{
	for (size_t i = 0; i < mn_json_count(list); i++)
		if (mn_json_type(mn_json_at(list, i)) != MN_JSON_MAP)
			return true;
	return false;
}

/* Adds an object of a list; one that a later release has under the same id is the same,
 * and so is one without an id that says the same. Lists of one release keep all: objects
 * with one id may be two things. */
static void
gather(struct gathering *g, const struct mn_json *v, struct mn_str path)
{
	struct mn_ocds *x = g->x;
	enum mn_json_type t = mn_json_type(v);
	if (t == MN_JSON_NULL)
		return;
	if (t != MN_JSON_MAP && t != MN_JSON_STR) {
		shape(x, path, "", "no object: not used");
		return;
	}
	struct mn_view one = mn_view_one(x, v, path);
	if (g->several && t == MN_JSON_MAP) {
		struct mn_str id = mn_view_id(x, one, "id");
		/* Not by path: lists of two objects may have the same one. */
		struct mn_str key = id.n ? mn_arena_fmt(&x->a, "%llu\n%.*s",
					       (unsigned long long)g->list, MN_FMT(id))
					 : mn_arena_fmt(&x->a, "%llu\n\n%016llx",
					       (unsigned long long)g->list,
					       (unsigned long long)content(v));
		uint32_t at = g->release ? mn_ocds_find(x, 'v', key) : UINT32_MAX;
		if (at != UINT32_MAX) {
			g->out[at] = mn_view_with(x, g->out[at], v);
			return;
		}
		if (g->n < g->most)
			mn_ocds_name(x, 'v', key, g->n);
	}
	if (g->n < g->most)
		g->out[g->n++] = one;
}

static size_t
length(const struct mn_json *m)
{
	enum mn_json_type t = mn_json_type(m);
	return t == MN_JSON_LIST ? mn_json_count(m)
				 : t == MN_JSON_MAP || t == MN_JSON_STR;
}

uint32_t
mn_view_list(struct mn_ocds *x, struct mn_view v, const char *key, struct mn_view **out)
{
	size_t most = 0;
	for (uint32_t i = 0; i < v.n; i++)
		most += length(mn_json_get(v.v[i], key));
	if (most > MN_OCDS_LIST) {
		shape(x, v.path, key, "too long a list: its beginning is used");
		most = MN_OCDS_LIST;
	}
	struct gathering g = {.x = x,
	    .path = below(x, v, key),
	    .out = MN_NEW(&x->a, struct mn_view, most),
	    .most = (uint32_t)most,
	    .list = x->lists++,
	    .several = v.n > 1};
	*out = g.out;
	for (uint32_t i = 0; i < v.n; i++, g.release++) {
		const struct mn_json *m = mn_json_get(v.v[i], key);
		enum mn_json_type t = mn_json_type(m);
		if (t == MN_JSON_NULL)
			break;
		if (t == MN_JSON_MAP || t == MN_JSON_STR) {
			shape(x, v.path, key,
			    t == MN_JSON_MAP
				? "an object where a list is wanted: used as a list of "
				  "one"
				: "a text where a list is wanted: used as a list of one");
			gather(&g, m, g.path);
		} else if (t != MN_JSON_LIST && t != MN_JSON_ABSENT) {
			shape(x, v.path, key, "no list: not used");
		}
		for (size_t k = 0; t == MN_JSON_LIST && k < mn_json_count(m) && k < most;
		     k++)
			gather(&g, mn_json_at(m, k),
			    mn_arena_fmt(&x->a, "%.*s/%zu", MN_FMT(g.path), k));
		if (t == MN_JSON_LIST && g.several && (is_whole(key) || is_literal(m)))
			break;
	}
	return g.n;
}

/* ---- texts ---- */

/* What exports leave of signs that they wrote for a web page: "A &amp; B". */
static struct mn_str
plain(struct mn_ocds *x, struct mn_str s)
{
	static const struct {
		struct mn_str entity;
		char sign;
	} ENTITIES[] = {{MN_S("&amp;"), '&'}, {MN_S("&quot;"), '"'},
	    {MN_S("&#39;"), '\''}, {MN_S("&apos;"), '\''}, {MN_S("&lt;"), '<'},
	    {MN_S("&gt;"), '>'}};
	if (mn_str_find_byte(s, '&') == SIZE_MAX)
		return s;
	char *out = mn_arena_alloc(&x->a, 1, 1, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		out[n] = s.p[i];
		for (size_t k = 0; s.p[i] == '&' && k < countof(ENTITIES); k++)
			if (mn_str_starts(mn_str_sub(s, i, s.n), ENTITIES[k].entity)) {
				out[n] = ENTITIES[k].sign;
				i += ENTITIES[k].entity.n - 1;
				break;
			}
		n++;
	}
	return mn_str(out, n);
}

static struct mn_str
number(struct mn_ocds *x, const struct mn_json *m)
{
	char text[MN_JSON_NUMBER];
	return mn_json_number(m, text) ? mn_arena_str(&x->a, mn_str_c(text))
				       : MN_STR_NONE;
}

struct mn_str
mn_view_id(struct mn_ocds *x, struct mn_view v, const char *key)
{
	const struct mn_json *m = mn_view_get(v, key);
	struct mn_str s;
	return mn_json_str(m, &s) ? mn_str_trim(s) : number(x, m);
}

struct mn_str
mn_view_text(struct mn_ocds *x, struct mn_view v, const char *key)
{
	const struct mn_json *m = mn_view_get(v, key);
	struct mn_str s;
	if (!m)
		return MN_STR_NONE;
	if (mn_json_str(m, &s))
		return plain(x, mn_str_trim(s));
	s = number(x, m);
	if (s.n)
		shape(x, v.path, key,
		    "a number where a text is expected: used as text, zeros before it "
		    "may be lost");
	else
		shape(x, v.path, key, "no text: not used");
	return s;
}

struct mn_str
mn_view_day(struct mn_ocds *x, struct mn_view v, const char *key)
{
	struct mn_str s = mn_view_text(x, v, key);
	bool iso = s.n > 10 && s.p[4] == '-' && s.p[7] == '-';
	return iso ? mn_str_sub(s, 0, 10) : s;
}

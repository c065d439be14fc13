/*
 * Reading JSON, by jansson: the only file that knows it. Its objects are reached by key
 * or by walking from the first member, so the values are laid out once more as an array
 * of nodes, children side by side: the i-th member is found at once, and a map of a
 * million keys from a hostile file is walked in a million steps, not in their square.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "json_impl.h"

/* Values below v, v not counted; SIZE_MAX when nested too deep. The walks below find
 * nothing in values of another type. */
static size_t
measure(json_t *v, unsigned level)
{
	size_t n = 0, more;
	if ((json_is_array(v) || json_is_object(v)) && level == MN_JSON_DEPTH)
		return SIZE_MAX;
	for (size_t i = 0; i < json_array_size(v); i++) {
		if ((more = measure(json_array_get(v, i), level + 1)) == SIZE_MAX)
			return SIZE_MAX;
		n += 1 + more;
	}
	for (void *it = json_object_iter(v); it; it = json_object_iter_next(v, it)) {
		if ((more = measure(json_object_iter_value(it), level + 1)) == SIZE_MAX)
			return SIZE_MAX;
		n += 1 + more;
	}
	return n;
}

static void
scalar(json_t *v, struct mn_json *out)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		out->type = MN_JSON_STR;
		out->text = json_string_value(v);
		out->n = json_string_length(v);
		return;
	case JSON_INTEGER:
		out->type = MN_JSON_INT;
		out->whole = json_integer_value(v);
		return;
	case JSON_REAL:
		out->type = MN_JSON_REAL;
		out->fraction = v;
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		out->type = MN_JSON_BOOL;
		out->yes = json_is_true(v);
		return;
	default:
		out->type = MN_JSON_NULL;
	}
}

/* Lays the values below v out from *rest on: its children, then theirs. */
static void
lay_out(json_t *v, struct mn_json *node, struct mn_json **rest)
{
	bool map = json_is_object(v);
	size_t i = 0;
	if (!map && !json_is_array(v)) {
		scalar(v, node);
		return;
	}
	node->type = map ? MN_JSON_MAP : MN_JSON_LIST;
	node->child = *rest;
	node->n = map ? json_object_size(v) : json_array_size(v);
	*rest += node->n;
	for (; !map && i < node->n; i++)
		lay_out(json_array_get(v, i), &node->child[i], rest);
	for (void *it = json_object_iter(v); it; it = json_object_iter_next(v, it)) {
		struct mn_json *c = &node->child[i++];
		c->key = json_object_iter_key(it);
		c->key_n = (uint32_t)json_object_iter_key_len(it);
		lay_out(json_object_iter_value(it), c, rest);
	}
}

/* Takes the document over, also on failure; *deep tells that it was nested too deep. */
static struct mn_json *
nodes_of(json_t *document, bool *deep)
{
	size_t n = measure(document, 0);
	struct mn_json_root *root = NULL;
	*deep = n == SIZE_MAX;
	if (!*deep)
		root = calloc(1, sizeof *root + n * sizeof(struct mn_json));
	if (!root) {
		json_decref(document);
		return NULL;
	}
	struct mn_json *rest = (struct mn_json *)(void *)(root + 1);
	root->library = document;
	lay_out(document, &root->v, &rest);
	return &root->v;
}

struct mn_json *
mn_json_parse(struct mn_str text, const char *file, struct mn_err *err)
{
	json_error_t e;
	bool deep;
	json_t *root = json_loadb(
	    text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (!root) {
		mn_fail(
		    err, MN_E_PACK_JSON, "%s:%d:%d: %s", file, e.line, e.column, e.text);
		return NULL;
	}
	struct mn_json *node = nodes_of(root, &deep);
	if (!node && deep)
		mn_fail(err, MN_E_PACK_JSON, "%s: nested deeper than %d levels", file,
		    MN_JSON_DEPTH);
	else if (!node)
		mn_fail(err, MN_E_NOMEM, "%s", file);
	return node;
}

static unsigned
from_one(int n)
{
	return n > 0 ? (unsigned)n : 1;
}

struct mn_json *
mn_json_parse_value(
    struct mn_str text, size_t *used, bool *twice, struct mn_json_fault *fault)
{
	json_error_t e, again;
	bool deep;
	size_t flags = JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK;
	const char *p = text.p ? text.p : "";
	json_t *root = json_loadb(p, text.n, flags | JSON_REJECT_DUPLICATES, &e);
	bool duplicate = !root && json_error_code(&e) == json_error_duplicate_key;
	if (root)
		again = e;
	else if (duplicate)
		root = json_loadb(p, text.n, flags, &again);
	*twice = root && duplicate;
	if (!root && duplicate)
		e = again;
	fault->line = from_one(e.line);
	fault->column = from_one(e.column);
	snprintf(fault->text, sizeof fault->text, "%s", root && !duplicate ? "" : e.text);
	if (!root)
		return NULL;
	*used = again.position > 0 ? (size_t)again.position : 0;
	struct mn_json *node = nodes_of(root, &deep);
	if (!node)
		snprintf(fault->text, sizeof fault->text, "%s",
		    deep ? "nested too deep" : "out of memory");
	return node;
}

static bool
only_blanks(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\t' && s.p[i] != '\r')
			return false;
	return true;
}

struct mn_json *
mn_json_borrow(struct mn_arena *a, struct mn_str text)
{
	size_t used;
	struct mn_json *v = mn_json_plain(a, text, &used);
	if (v && only_blanks(mn_str_sub(text, used, text.n)))
		return v;
	return mn_json_parse(text, "", NULL);
}

struct mn_json *
mn_json_borrow_value(struct mn_arena *a, struct mn_str text, size_t *used, bool *twice,
    struct mn_json_fault *fault)
{
	struct mn_json *v = mn_json_plain(a, text, used);
	*twice = false;
	return v ? v : mn_json_parse_value(text, used, twice, fault);
}

void
mn_json_free(struct mn_json *v)
{
	struct mn_json_root *root = (struct mn_json_root *)(void *)v;
	if (!root || !root->library)
		return;
	json_decref(root->library);
	free(root);
}

enum mn_json_type
mn_json_type(const struct mn_json *v)
{
	return v ? v->type : MN_JSON_ABSENT;
}

const char *
mn_json_type_name(enum mn_json_type t)
{
	static const char *const NAMES[] = {"nothing", "null", "true or false",
	    "whole number", "number", "text", "list", "map"};
	return NAMES[t];
}

static bool
is_group(const struct mn_json *v)
{
	return v && (v->type == MN_JSON_MAP || v->type == MN_JSON_LIST);
}

const struct mn_json *
mn_json_get(const struct mn_json *map, const char *key)
{
	struct mn_str k = mn_str_c(key);
	size_t n = mn_json_type(map) == MN_JSON_MAP ? map->n : 0;
	for (size_t i = 0; i < n; i++) {
		const struct mn_json *c = &map->child[i];
		if (c->key_n == k.n && memcmp(c->key, k.p, k.n) == 0)
			return c;
	}
	return NULL;
}

size_t
mn_json_count(const struct mn_json *v)
{
	return is_group(v) ? v->n : 0;
}

const struct mn_json *
mn_json_at(const struct mn_json *list, size_t i)
{
	return mn_json_type(list) == MN_JSON_LIST && i < list->n ? &list->child[i] : NULL;
}

const struct mn_json *
mn_json_member(const struct mn_json *map, size_t i, struct mn_str *key)
{
	if (mn_json_type(map) != MN_JSON_MAP || i >= map->n)
		return NULL;
	*key = mn_str(map->child[i].key, map->child[i].key_n);
	return &map->child[i];
}

bool
mn_json_str(const struct mn_json *v, struct mn_str *out)
{
	if (mn_json_type(v) != MN_JSON_STR)
		return false;
	*out = mn_str(v->text, v->n);
	return true;
}

bool
mn_json_int(const struct mn_json *v, int64_t *out)
{
	if (mn_json_type(v) != MN_JSON_INT)
		return false;
	*out = v->whole;
	return true;
}

bool
mn_json_bool(const struct mn_json *v, bool *out)
{
	if (mn_json_type(v) != MN_JSON_BOOL)
		return false;
	*out = v->yes;
	return true;
}

static double
fraction(const struct mn_json *v)
{
	if (v->n == 0)
		return json_real_value(v->fraction);
	json_t *j = json_loadb(v->text, v->n, JSON_DECODE_ANY, NULL);
	double x = json_real_value(j);
	json_decref(j);
	return x;
}

static bool
as_double(const struct mn_json *v, double *out)
{
	enum mn_json_type t = mn_json_type(v);
	if (t != MN_JSON_INT && t != MN_JSON_REAL)
		return false;
	*out = t == MN_JSON_INT ? (double)v->whole : fraction(v);
	return true;
}

bool
mn_json_q16(const struct mn_json *v, int64_t *out_q16)
{
	double x;
	if (!as_double(v, &x))
		return false;
	x *= MN_FX_ONE;
	if (!(x > -0x1p46 && x < 0x1p46))
		return false;
	*out_q16 = (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
	return true;
}

void
mn_json_library(struct mn_buf *out)
{
	mn_buf_fmt(out, "jansson %s", jansson_version_str());
}

static int
append(const char *p, size_t n, void *out)
{
	mn_buf_add(out, mn_str(p, n));
	return ((struct mn_buf *)out)->failed ? -1 : 0;
}

/* The same value for the library, which prints. NULL: no memory. */
static json_t *
for_library(const struct mn_json *v)
{
	json_t *out = NULL;
	switch (v->type) {
	case MN_JSON_STR:
		return json_stringn_nocheck(v->text, v->n);
	case MN_JSON_INT:
		return json_integer(v->whole);
	case MN_JSON_REAL:
		return json_real(fraction(v));
	case MN_JSON_BOOL:
		return json_boolean(v->yes);
	case MN_JSON_MAP:
		out = json_object();
		for (size_t i = 0; out && i < v->n; i++)
			json_object_setn_new_nocheck(out, v->child[i].key,
			    v->child[i].key_n, for_library(&v->child[i]));
		return out;
	case MN_JSON_LIST:
		out = json_array();
		for (size_t i = 0; out && i < v->n; i++)
			json_array_append_new(out, for_library(&v->child[i]));
		return out;
	default:
		return json_null();
	}
}

bool
mn_json_print(const struct mn_json *v, struct mn_buf *out)
{
	json_t *j = v ? for_library(v) : NULL;
	bool good =
	    j && json_dump_callback(j, append, out,
		     JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) == 0;
	json_decref(j);
	return good;
}

bool
mn_json_number(const struct mn_json *v, char out[MN_JSON_NUMBER])
{
	double x;
	if (mn_json_type(v) == MN_JSON_INT) {
		snprintf(out, MN_JSON_NUMBER, "%lld", (long long)v->whole);
		return true;
	}
	if (!as_double(v, &x))
		return false;
	snprintf(out, MN_JSON_NUMBER, "%.15g", x);
	if (strchr(out, 'e') && x > -1e18 && x < 1e18)
		snprintf(
		    out, MN_JSON_NUMBER, x >= 1e15 || x <= -1e15 ? "%.0f" : "%.9f", x);
	return true;
}

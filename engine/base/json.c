/*
 * Reading JSON, by jansson: the only file that knows it. Its objects are reached by key
 * or by walking from the first member, so the values are laid out once more as an array
 * of nodes, children side by side: the i-th member is found at once, and a map of a
 * million keys from a hostile file is walked in a million steps, not in their square.
 */
#include <jansson.h>
#include <stdlib.h>

#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

/* The root is the first of its array and owns the jansson document. */
struct mn_json {
	json_t *v;
	const char *key; /* in a map, else NULL */
	struct mn_json *child;
	size_t n;
};

/* Values in v, itself counted; 0 when nested too deep. The walks below find nothing in
 * values of another type. */
static size_t
measure(json_t *v, unsigned level)
{
	size_t n = 1, more;
	if ((json_is_array(v) || json_is_object(v)) && level == MN_JSON_DEPTH)
		return 0;
	for (size_t i = 0; i < json_array_size(v); i++) {
		if ((more = measure(json_array_get(v, i), level + 1)) == 0)
			return 0;
		n += more;
	}
	for (void *it = json_object_iter(v); it; it = json_object_iter_next(v, it)) {
		if ((more = measure(json_object_iter_value(it), level + 1)) == 0)
			return 0;
		n += more;
	}
	return n;
}

/* Lays the children of node out from *rest on, then theirs. */
static void
lay_out(struct mn_json *node, struct mn_json **rest)
{
	json_t *v = node->v;
	node->child = *rest;
	for (size_t i = 0; i < json_array_size(v); i++)
		node->child[node->n++].v = json_array_get(v, i);
	for (void *it = json_object_iter(v); it; it = json_object_iter_next(v, it)) {
		struct mn_json *c = &node->child[node->n++];
		c->v = json_object_iter_value(it);
		c->key = json_object_iter_key(it);
	}
	*rest += node->n;
	for (size_t i = 0; i < node->n; i++)
		lay_out(&node->child[i], rest);
}

struct mn_json *
mn_json_parse(struct mn_str text, const char *file, struct mn_err *err)
{
	json_error_t e;
	json_t *root = json_loadb(
	    text.p ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (!root) {
		mn_fail(
		    err, MN_E_PACK_JSON, "%s:%d:%d: %s", file, e.line, e.column, e.text);
		return NULL;
	}
	size_t n = measure(root, 0);
	struct mn_json *node = n ? calloc(n, sizeof *node) : NULL;
	if (!node) {
		if (n)
			mn_fail(err, MN_E_NOMEM, "%s", file);
		else
			mn_fail(err, MN_E_PACK_JSON, "%s: nested deeper than %d levels",
			    file, MN_JSON_DEPTH);
		json_decref(root);
		return NULL;
	}
	struct mn_json *rest = node + 1;
	node->v = root;
	lay_out(node, &rest);
	return node;
}

void
mn_json_free(struct mn_json *root)
{
	if (!root)
		return;
	json_decref(root->v);
	free(root);
}

enum mn_json_type
mn_json_type(const struct mn_json *v)
{
	static const enum mn_json_type TYPES[] = {
	    [JSON_OBJECT] = MN_JSON_MAP,
	    [JSON_ARRAY] = MN_JSON_LIST,
	    [JSON_STRING] = MN_JSON_STR,
	    [JSON_INTEGER] = MN_JSON_INT,
	    [JSON_REAL] = MN_JSON_REAL,
	    [JSON_TRUE] = MN_JSON_BOOL,
	    [JSON_FALSE] = MN_JSON_BOOL,
	    [JSON_NULL] = MN_JSON_NULL,
	};
	return v ? TYPES[json_typeof(v->v)] : MN_JSON_ABSENT;
}

const char *
mn_json_type_name(enum mn_json_type t)
{
	static const char *const NAMES[] = {"nothing", "null", "true or false",
	    "whole number", "number", "text", "list", "map"};
	return NAMES[t];
}

const struct mn_json *
mn_json_get(const struct mn_json *map, const char *key)
{
	for (size_t i = 0; map && i < map->n; i++)
		if (map->child[i].key && strcmp(map->child[i].key, key) == 0)
			return &map->child[i];
	return NULL;
}

size_t
mn_json_count(const struct mn_json *v)
{
	return v ? v->n : 0;
}

const struct mn_json *
mn_json_at(const struct mn_json *list, size_t i)
{
	return list && json_is_array(list->v) && i < list->n ? &list->child[i] : NULL;
}

const struct mn_json *
mn_json_member(const struct mn_json *map, size_t i, struct mn_str *key)
{
	if (!map || !json_is_object(map->v) || i >= map->n)
		return NULL;
	*key = mn_str_c(map->child[i].key);
	return &map->child[i];
}

bool
mn_json_str(const struct mn_json *v, struct mn_str *out)
{
	if (!v || !json_is_string(v->v))
		return false;
	*out = mn_str(json_string_value(v->v), json_string_length(v->v));
	return true;
}

bool
mn_json_int(const struct mn_json *v, int64_t *out)
{
	if (!v || !json_is_integer(v->v))
		return false;
	*out = json_integer_value(v->v);
	return true;
}

bool
mn_json_bool(const struct mn_json *v, bool *out)
{
	if (!v || !json_is_boolean(v->v))
		return false;
	*out = json_is_true(v->v);
	return true;
}

bool
mn_json_q16(const struct mn_json *v, int64_t *out_q16)
{
	if (!v || !json_is_number(v->v))
		return false;
	double x = json_number_value(v->v) * MN_FX_ONE;
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

bool
mn_json_print(const struct mn_json *v, struct mn_buf *out)
{
	return v && json_dump_callback(v->v, append, out,
			JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)) == 0;
}

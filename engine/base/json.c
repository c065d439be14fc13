/* Reading JSON, by jansson: the only file that knows it. A struct mn_json is a json_t. */
#include <jansson.h>

#include "manumit/base/fx.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

static const json_t *
of(const struct mn_json *v)
{
	return (const json_t *)v;
}

static const struct mn_json *
to(const json_t *v)
{
	return (const struct mn_json *)v;
}

static bool
too_deep(const json_t *v, unsigned depth)
{
	const char *key;
	json_t *item;
	size_t i;
	if (depth > MN_JSON_DEPTH)
		return true;
	if (json_is_array(v))
		json_array_foreach(
		    (json_t *)v, i, item) if (too_deep(item, depth + 1)) return true;
	if (json_is_object(v))
		json_object_foreach(
		    (json_t *)v, key, item) if (too_deep(item, depth + 1)) return true;
	return false;
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
	if (!too_deep(root, 0))
		return (struct mn_json *)root;
	mn_fail(
	    err, MN_E_PACK_JSON, "%s: nested deeper than %d levels", file, MN_JSON_DEPTH);
	json_decref(root);
	return NULL;
}

void
mn_json_free(struct mn_json *root)
{
	json_decref((json_t *)root);
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
	return v ? TYPES[json_typeof(of(v))] : MN_JSON_ABSENT;
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
	return map ? to(json_object_get(of(map), key)) : NULL;
}

size_t
mn_json_count(const struct mn_json *v)
{
	if (!v)
		return 0;
	return json_is_array(of(v)) ? json_array_size(of(v)) : json_object_size(of(v));
}

const struct mn_json *
mn_json_at(const struct mn_json *list, size_t i)
{
	return list ? to(json_array_get(of(list), i)) : NULL;
}

const struct mn_json *
mn_json_member(const struct mn_json *map, size_t i, struct mn_str *key)
{
	void *it =
	    map && json_is_object(of(map)) ? json_object_iter((json_t *)of(map)) : NULL;
	while (it && i-- > 0)
		it = json_object_iter_next((json_t *)of(map), it);
	if (!it)
		return NULL;
	*key = mn_str(json_object_iter_key(it), strlen(json_object_iter_key(it)));
	return to(json_object_iter_value(it));
}

bool
mn_json_str(const struct mn_json *v, struct mn_str *out)
{
	if (!v || !json_is_string(of(v)))
		return false;
	*out = mn_str(json_string_value(of(v)), json_string_length(of(v)));
	return true;
}

bool
mn_json_int(const struct mn_json *v, int64_t *out)
{
	if (!v || !json_is_integer(of(v)))
		return false;
	*out = json_integer_value(of(v));
	return true;
}

bool
mn_json_bool(const struct mn_json *v, bool *out)
{
	if (!v || !json_is_boolean(of(v)))
		return false;
	*out = json_is_true(of(v));
	return true;
}

bool
mn_json_q16(const struct mn_json *v, int64_t *out_q16)
{
	if (!v || !json_is_number(of(v)))
		return false;
	double x = json_number_value(of(v)) * MN_FX_ONE;
	if (!(x > -0x1p46 && x < 0x1p46))
		return false;
	*out_q16 = (int64_t)(x < 0 ? x - 0.5 : x + 0.5);
	return true;
}

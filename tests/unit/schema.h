/*
 * Does a JSON value keep a schema? The part of JSON Schema (draft 2020-12) that the
 * shipped schemas use: type, required, properties, additionalProperties, items, enum,
 * const, oneOf, and $ref into $defs. Stricter than the standard in one point: a member
 * that the schema does not describe is a fault, so a new field must come with its row.
 */
#ifndef MN_TEST_SCHEMA_H
#define MN_TEST_SCHEMA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/base/json.h"

#ifndef MN_SOURCE_DIR
#define MN_SOURCE_DIR "."
#endif
#define SCHEMA __attribute__((unused)) static
#define SCHEMA_DEPTH 32

/* The first fault met, with its place. */
struct schema_at {
	const struct mn_json *root;
	char fault[1024];
	unsigned depth;
};

SCHEMA bool schema_holds(struct schema_at *x, const struct mn_json *s,
    const struct mn_json *v, const char *at);

SCHEMA bool
schema_fault(struct schema_at *x, const char *at, const char *what)
{
	if (!x->fault[0])
		snprintf(x->fault, sizeof x->fault, "%.300s: %.500s", at, what);
	return false;
}

SCHEMA bool
schema_same(const struct mn_json *a, const struct mn_json *b)
{
	struct mn_str s, t;
	int64_t i, k;
	if (mn_json_str(a, &s) && mn_json_str(b, &t))
		return mn_str_eq(s, t);
	return mn_json_int(a, &i) && mn_json_int(b, &k) && i == k;
}

SCHEMA bool
schema_is(struct mn_str type, enum mn_json_type t)
{
	static const struct {
		const char *name;
		enum mn_json_type type;
	} ROWS[] = {{"object", MN_JSON_MAP}, {"array", MN_JSON_LIST},
	    {"string", MN_JSON_STR}, {"integer", MN_JSON_INT}, {"number", MN_JSON_INT},
	    {"number", MN_JSON_REAL}, {"boolean", MN_JSON_BOOL}, {"null", MN_JSON_NULL}};
	for (size_t i = 0; i < countof(ROWS); i++)
		if (t == ROWS[i].type && mn_str_eq(type, mn_str_c(ROWS[i].name)))
			return true;
	return false;
}

SCHEMA bool
schema_type(const struct mn_json *want, const struct mn_json *v)
{
	struct mn_str one;
	if (!want)
		return true;
	if (mn_json_str(want, &one))
		return schema_is(one, mn_json_type(v));
	for (size_t i = 0; i < mn_json_count(want); i++)
		if (mn_json_str(mn_json_at(want, i), &one) &&
		    schema_is(one, mn_json_type(v)))
			return true;
	return false;
}

SCHEMA bool
schema_map(
    struct schema_at *x, const struct mn_json *s, const struct mn_json *v, const char *at)
{
	const struct mn_json *props = mn_json_get(s, "properties"),
			     *other = mn_json_get(s, "additionalProperties"),
			     *required = mn_json_get(s, "required");
	char place[512];
	struct mn_str key;
	for (size_t i = 0; i < mn_json_count(required); i++) {
		mn_json_str(mn_json_at(required, i), &key);
		snprintf(place, sizeof place, "%.*s", MN_FMT(key));
		if (!mn_json_get(v, place))
			return schema_fault(x, at, place);
	}
	for (size_t i = 0; i < mn_json_count(v); i++) {
		const struct mn_json *member = mn_json_member(v, i, &key);
		snprintf(place, sizeof place, "%.*s", MN_FMT(key));
		const struct mn_json *of = mn_json_get(props, place);
		snprintf(place, sizeof place, "%.300s.%.*s", at, MN_FMT(key));
		if (!of && mn_json_type(other) != MN_JSON_MAP)
			return schema_fault(x, place, "not described");
		if (!schema_holds(x, of ? of : other, member, place))
			return false;
	}
	return true;
}

SCHEMA bool
schema_one_of(struct schema_at *x, const struct mn_json *list, const struct mn_json *v,
    const char *at)
{
	unsigned held = 0;
	char last[512] = "";
	for (size_t i = 0; i < mn_json_count(list); i++) {
		struct schema_at each = {.root = x->root, .depth = x->depth};
		held += schema_holds(&each, mn_json_at(list, i), v, at);
		snprintf(last + strlen(last), sizeof last - strlen(last), " [%.140s]",
		    each.fault);
	}
	return held == 1 || schema_fault(x, "oneOf", last);
}

/* Keywords that concern one value of whatever type. */
SCHEMA bool
schema_value(
    struct schema_at *x, const struct mn_json *s, const struct mn_json *v, const char *at)
{
	const struct mn_json *all = mn_json_get(s, "enum"),
			     *one = mn_json_get(s, "const");
	bool among = !all;
	for (size_t i = 0; i < mn_json_count(all); i++)
		among = among || schema_same(mn_json_at(all, i), v);
	if (!schema_type(mn_json_get(s, "type"), v))
		return schema_fault(x, at, "wrong type");
	if (!among || (one && !schema_same(one, v)))
		return schema_fault(x, at, "value not allowed");
	return true;
}

SCHEMA const struct mn_json *
schema_ref(struct schema_at *x, const struct mn_json *s)
{
	struct mn_str ref;
	char name[64];
	if (!mn_json_str(mn_json_get(s, "$ref"), &ref))
		return s;
	assert_true(mn_str_starts(ref, MN_S("#/$defs/")));
	snprintf(name, sizeof name, "%.*s", MN_FMT(mn_str_sub(ref, 8, ref.n)));
	s = mn_json_get(mn_json_get(x->root, "$defs"), name);
	assert_non_null(s);
	return s;
}

SCHEMA bool
schema_holds(
    struct schema_at *x, const struct mn_json *s, const struct mn_json *v, const char *at)
{
	char place[512];
	bool good = true;
	assert_true(++x->depth < SCHEMA_DEPTH);
	s = schema_ref(x, s);
	if (mn_json_get(s, "oneOf"))
		good = schema_one_of(x, mn_json_get(s, "oneOf"), v, at);
	else if (!schema_value(x, s, v, at))
		good = false;
	else if (mn_json_type(v) == MN_JSON_MAP)
		good = schema_map(x, s, v, at);
	else if (mn_json_type(v) == MN_JSON_LIST)
		for (size_t i = 0; good && i < mn_json_count(v); i++) {
			snprintf(place, sizeof place, "%.300s[%zu]", at, i);
			good = schema_holds(
			    x, mn_json_get(s, "items"), mn_json_at(v, i), place);
		}
	x->depth--;
	return good;
}

/* A shipped schema, e.g. "results"; free with mn_json_free. */
SCHEMA struct mn_json *
schema_load(const char *name)
{
	struct mn_arena root = mn_arena_new(1u << 22, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	char path[512];
	snprintf(
	    path, sizeof path, MN_SOURCE_DIR "/examples/schema/%s.schema.json", name);
	if (!mn_file_read(&a, path, 1u << 20, &text, &err))
		fail_msg("%s", err.msg);
	struct mn_json *s = mn_json_parse(text, path, &err);
	if (!s)
		fail_msg("%s", err.msg);
	mn_arena_free(root);
	return s;
}

SCHEMA void
schema_assert(const struct mn_json *schema, const struct mn_json *v)
{
	struct schema_at x = {.root = schema};
	if (!schema_holds(&x, schema, v, "$"))
		fail_msg("schema: %s", x.fault);
}

#endif

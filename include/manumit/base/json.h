/*
 * Reading JSON: one wrapper round one library, and the only place that knows it. Values
 * are borrowed from the document, which owns them. Duplicate keys, NUL, invalid UTF-8 and
 * more than MN_JSON_DEPTH levels are refused. Thread rule: one document, one thread.
 */
#ifndef MN_BASE_JSON_H
#define MN_BASE_JSON_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/err.h"

struct mn_json; /* a value; NULL stands for "absent" in every getter */

enum mn_json_type {
	MN_JSON_ABSENT,
	MN_JSON_NULL,
	MN_JSON_BOOL,
	MN_JSON_INT,
	MN_JSON_REAL,
	MN_JSON_STR,
	MN_JSON_LIST,
	MN_JSON_MAP
};

/* Parses all of text. On failure NULL and err (PACK_JSON) with file:line:column. */
struct mn_json *mn_json_parse(struct mn_str text, const char *file, struct mn_err *err);

/* What is wrong with a text, and where in it: lines and characters from 1. */
struct mn_json_fault {
	unsigned line, column;
	char text[160];
};
/* Parses the one value that text begins with; *used: the bytes it took. A key that occurs
 * twice in a map is no failure here: the later value counts, *twice says so and *fault
 * where. NULL and *fault otherwise. */
struct mn_json *mn_json_parse_value(
    struct mn_str text, size_t *used, bool *twice, struct mn_json_fault *fault);
/* The same for objects that are many and soon forgotten: values are borrowed from text
 * and the arena where they can be, so both must live until mn_json_free, and text is not
 * NUL-terminated. NULL: no JSON. */
struct mn_json *mn_json_borrow(struct mn_arena *a, struct mn_str text);
struct mn_json *mn_json_borrow_value(struct mn_arena *a, struct mn_str text, size_t *used,
    bool *twice, struct mn_json_fault *fault);
void mn_json_free(struct mn_json *root); /* NULL is fine */

enum mn_json_type mn_json_type(const struct mn_json *v);
const char *mn_json_type_name(enum mn_json_type t); /* "string", "list", ... */
/* Map member or NULL. */
const struct mn_json *mn_json_get(const struct mn_json *map, const char *key);
/* List length or map size, else 0. */
size_t mn_json_count(const struct mn_json *v);
const struct mn_json *mn_json_at(const struct mn_json *list, size_t i);
/* Map members in file order: i-th key and value. O(1). */
const struct mn_json *mn_json_member(
    const struct mn_json *map, size_t i, struct mn_str *key);
/* Scalars; false when the value has another type. */
bool mn_json_str(const struct mn_json *v, struct mn_str *out);
bool mn_json_int(const struct mn_json *v, int64_t *out);
bool mn_json_bool(const struct mn_json *v, bool *out);
/* A number (integer, real) as Q16, rounded half away from zero; false when out of range.
 */
bool mn_json_q16(const struct mn_json *v, int64_t *out_q16);
/* Appends name and version of the library, for `manumit doctor`. */
void mn_json_library(struct mn_buf *out);
/* The value as compact JSON; real numbers with 15 digits. */
bool mn_json_print(const struct mn_json *v, struct mn_buf *out);
/* A number as text, whole numbers of any size that the file could write exactly and up to
 * 15 digits of others; false when it is none. */
#define MN_JSON_NUMBER 32
bool mn_json_number(const struct mn_json *v, char out[MN_JSON_NUMBER]);

#endif

/* Private to the room: values of a JSON document, and the reader of plain ones. */
#ifndef MN_BASE_JSON_IMPL_H
#define MN_BASE_JSON_IMPL_H

#include "manumit/base/arena.h"
#include "manumit/base/json.h"

/* The children of a value lie side by side. */
struct mn_json {
	enum mn_json_type type;
	uint32_t key_n;
	const char *key; /* in a map, else NULL */
	union {
		const char *text; /* of a text; of a fraction as it is written */
		struct mn_json *child;
		int64_t whole;
		void *fraction; /* the library's, when n is 0 */
		bool yes;
	};
	size_t n; /* bytes of text; children */
};

/* The root is the first member, so that it is found from its value. */
struct mn_json_root {
	struct mn_json v;
	void *library; /* the document that the values are borrowed from, or NULL: then
			  they are in an arena and the text */
};

/*
 * Reads a text that is plain: UTF-8, of a size that rows have, each key once,
 * numbers without exponent and of a size that no reader rounds away, nothing that two
 * readers might take in two ways. *used: the bytes of the value. NULL: not plain, which
 * says nothing of what it is; ask the library. Values are borrowed from the text and the
 * arena.
 */
struct mn_json *mn_json_plain(struct mn_arena *a, struct mn_str text, size_t *used);

#endif

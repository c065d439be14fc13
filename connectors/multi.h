/*
 * Private to the room: several values in one cell, and lists as they leave: texts with
 * ';' between, each once, none with a ';' inside.
 */
#ifndef MN_CONNECTORS_MULTI_H
#define MN_CONNECTORS_MULTI_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"

struct mn_multi {
	const struct mn_str *item; /* trimmed, not empty; in the arena or in the cell */
	uint32_t n;
};

/* The values of a cell that joins them with ';'. A value that holds ';' or quotes may be
 * quoted as CSV quotes cells ("a; b" and "he said ""no"""); quotes that are not closed
 * before a ';' or the end are letters of the value. */
struct mn_multi mn_multi_split(struct mn_str cell, struct mn_arena *a);
/* Appends one value so that split gives it back. */
void mn_multi_quote(struct mn_buf *cell, struct mn_str value);
/* Appends to a canonical list what is not in it yet; a ';' inside becomes ','. */
void mn_multi_add(struct mn_buf *list, struct mn_str value);

#endif

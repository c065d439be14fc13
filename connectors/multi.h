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
/* All with "; " between, in the arena. */
struct mn_str mn_multi_join(const struct mn_multi *m, struct mn_arena *a);
/* Appends one value so that split gives it back. */
void mn_multi_quote(struct mn_buf *cell, struct mn_str value);
/* Appends to a canonical list what is not in it yet; a ';' inside becomes ','. */
void mn_multi_add(struct mn_buf *list, struct mn_str value);
/* The same for many: what the list holds is remembered in a set with room for `more`
 * values, all of which are added by mn_multi_add_new. NULL, which will do: they are few.
 */
struct mn_multi_set;
struct mn_multi_set *mn_multi_set_new(
    struct mn_arena *a, struct mn_str list, uint32_t more);
void mn_multi_add_new(struct mn_buf *list, struct mn_multi_set *set, struct mn_str value);

/* Cells under construction: values are added one by one to one of n cells. */
struct mn_cells {
	struct mn_arena *a;
	struct mn_cell_value **first, **last;
	size_t *bytes; /* room that the joined cell takes at most */
	uint32_t n;
};
struct mn_cells mn_cells_new(struct mn_arena *a, uint32_t n);
/* quote: value is one value; else it is a cell that may hold several. Borrowed, by the
 * joined cell too. */
void mn_cells_add(struct mn_cells *c, uint32_t at, struct mn_str value, bool quote);
/* The cell as mn_multi_split reads it, in the arena or the only value it has. */
struct mn_str mn_cells_join(const struct mn_cells *c, uint32_t at);

#endif

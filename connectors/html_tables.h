/* Private to the room: the tables of a page, as rows of cells. */
#ifndef MN_CONNECTORS_HTML_TABLES_H
#define MN_CONNECTORS_HTML_TABLES_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

struct mn_html_row {
	struct mn_html_row *next;
	struct mn_str *cell; /* text; a cell over several rows is in each of them, one
			      * over several columns in the first of them */
	uint32_t n;
	uint64_t line;
	bool title; /* one cell over several columns and nothing else */
};

struct mn_html_table {
	struct mn_html_table *next;
	struct mn_html_row *first, *last;
	struct mn_str section; /* the heading above it, or its caption */
	uint32_t n;            /* rows with a cell that is not blank */
	uint64_t line;
};

/* All tables of the page in the order of their beginnings, nested ones too, in the arena.
 * NULL with err NONE when there is none, and NULL with err when it has too many cells. */
struct mn_html_table *mn_html_tables(
    struct mn_arena *a, struct mn_str page, const char *path, struct mn_err *err);

#endif

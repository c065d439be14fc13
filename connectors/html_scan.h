/*
 * Private to the room: a page cut into tags and text, in one pass and without a tree. A
 * parser that builds the tree of HTML 5 takes quadratic time and memory on hostile pages
 * (unclosed formatting elements, deep nesting); tables need neither.
 */
#ifndef MN_CONNECTORS_HTML_SCAN_H
#define MN_CONNECTORS_HTML_SCAN_H

#include "manumit/base/buf.h"

enum mn_html_kind { MN_HTML_END, MN_HTML_TEXT, MN_HTML_OPEN, MN_HTML_CLOSE };

struct mn_html {
	struct mn_str rest;
	uint64_t line; /* of the next byte, from 1 */
};

struct mn_html_token {
	enum mn_html_kind kind;
	struct mn_str
	    text; /* of text: as it stands, entities and all; of a tag: its name */
	struct mn_str attributes;
	uint64_t line;
};

/* The next token. Comments, declarations and what is in script, style, template and
 * textarea are passed over; a tag whose quote is never closed ends at its first '>'. */
struct mn_html_token mn_html_next(struct mn_html *h);
/* The value of a whole-number attribute, or 0; name in lower case. */
uint64_t mn_html_number(struct mn_str attributes, struct mn_str name);
/* Appends text with entities decoded and runs of blanks joined to one; none at the
 * beginning or behind another blank. */
void mn_html_decode(struct mn_str text, struct mn_buf *out);
/* Appends a blank unless out is empty or ends with one. */
void mn_html_blank(struct mn_buf *out);

#endif

/*
 * Private to the room: pieces of XML that need no parser. Sheets and lists of strings are
 * millions of elements that programs write alike; their readers take those whole, and
 * leave every other to expat (xml.h). A function that says no has found what is not
 * plain, or not whole: nothing is known of it then.
 */
#ifndef MN_CONNECTORS_XML_PLAIN_H
#define MN_CONNECTORS_XML_PLAIN_H

#include "manumit/base/buf.h"

#define MN_PLAIN_ATTS 16

struct mn_plain {
	const char *p, *end;
};

struct mn_plain_tag {
	struct mn_str name[MN_PLAIN_ATTS], value[MN_PLAIN_ATTS];
	uint32_t n;
	bool empty; /* "<a/>" */
};

/* Takes the word if the text goes on with it. */
static inline bool
mn_plain_word(struct mn_plain *c, const char *word, size_t n)
{
	if ((size_t)(c->end - c->p) < n || memcmp(c->p, word, n) != 0)
		return false;
	c->p += n;
	return true;
}
#define MN_PLAIN_WORD(c, word) mn_plain_word((c), "" word, sizeof(word) - 1)

/* Blanks between elements. */
static inline void
mn_plain_blanks(struct mn_plain *c)
{
	while (c->p < c->end && (*c->p == ' ' || *c->p == '\n' || *c->p == '\t'))
		c->p++;
}

/* Attributes, and the end of the tag; begins behind the element's name. Values are ASCII
 * without escapes, names occur once. */
bool mn_plain_tag(struct mn_plain *c, struct mn_plain_tag *tag);
/* Text up to the next '<', as a parser gives it; borrowed, or in `room` when it holds
 * "&lt;" and such. Up to most bytes. */
bool mn_plain_text(
    struct mn_plain *c, size_t most, struct mn_buf *room, struct mn_str *out);

#endif

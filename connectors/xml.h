/*
 * Private to the room: XML as events, read as it comes. Document types are refused, and
 * with them every entity of a document's own; nesting and the length of a tag are
 * bounded. Names are without their prefix: workbooks come in two namespaces that say the
 * same, and the prefix is the writer's choice.
 */
#ifndef MN_CONNECTORS_XML_H
#define MN_CONNECTORS_XML_H

#include <sys/types.h>

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

typedef const char *const *mn_xml_atts; /* name, value, ..., NULL */

struct mn_xml_events {
	void (*start)(void *ctx, struct mn_str name, mn_xml_atts atts);
	void (*end)(void *ctx, struct mn_str name);
	void (*text)(void *ctx, struct mn_str text); /* may come in pieces */
	/* Where an element of this name begins, and after each of its children that ends
	 * as `close` says: takes children from the beginning of text, whole ones that are
	 * plain (xml_plain.h), as if by events, and tells the bytes it took. 0: the first
	 * is not plain, or not whole; it comes as events. May pause and refuse, too. */
	size_t (*plain)(void *ctx, struct mn_str text);
	const char *parent, *close; /* "rows", "</row>" */
};
/* Up to n bytes of the document: how many, 0 at its end, -1 err. */
typedef ssize_t mn_xml_read(void *from, char *to, size_t n, struct mn_err *err);

struct mn_xml;
/* what: names the document in messages; borrowed, as is everything else. */
struct mn_xml *mn_xml_new(const struct mn_xml_events *e, void *ctx, mn_xml_read *read,
    void *from, struct mn_str what, struct mn_err *err);
/* From within an event: run returns as soon as it is handled. */
void mn_xml_pause(struct mn_xml *x);
/* From within an event: run fails with this code. */
void mn_xml_refuse(struct mn_xml *x, enum mn_code code, const char *why);
bool mn_xml_refused(const struct mn_xml *x);
/* Events until one pauses: 1; 0 at the end of the document, -1 err. What plain was given
 * stays in its place until then. */
int mn_xml_run(struct mn_xml *x, struct mn_err *err);
void mn_xml_free(struct mn_xml *x); /* NULL is fine */

/* The value of an attribute, by its name without prefix; p NULL: not there. */
struct mn_str mn_xml_att(mn_xml_atts atts, const char *name);
/* Names are short and there are millions of them. */
static inline bool
mn_xml_is(struct mn_str name, const char *word)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] != word[i]) /* word ends where they differ at the latest */
			return false;
	return word[name.n] == 0;
}

#endif

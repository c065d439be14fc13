/* XML: the home of expat. */
#define XML_DTD /* shows what bounds entities in expat.h */
#include <expat.h>
#include <stdio.h>

#include "manumit/base/limits.h"

#include "xml.h"

#define BLOCK 65536

struct mn_xml {
	XML_Parser parser;
	const struct mn_xml_events *events;
	void *ctx;
	mn_xml_read *read;
	void *from;
	struct mn_str what;
	unsigned depth;
	size_t unheard; /* bytes read since the last event */
	bool paused, ended;
	enum mn_code refused;
	const char *why;
};

static struct mn_str
local(const char *name)
{
	size_t from = 0, n = 0;
	for (; name[n]; n++)
		if (name[n] == ':')
			from = n + 1;
	return mn_str(name + from, n - from);
}

struct mn_str
mn_xml_att(mn_xml_atts atts, const char *name)
{
	for (size_t i = 0; atts[i]; i += 2)
		if (mn_xml_is(local(atts[i]), name))
			return mn_str_c(atts[i + 1]);
	return MN_STR_NONE;
}

/* ---- events ---- */

void
mn_xml_refuse(struct mn_xml *x, enum mn_code code, const char *why)
{
	if (x->refused)
		return;
	x->refused = code;
	x->why = why;
	XML_StopParser(x->parser, XML_FALSE);
}

void
mn_xml_pause(struct mn_xml *x)
{
	if (!x->refused && !x->paused)
		XML_StopParser(x->parser, XML_TRUE);
	x->paused = true;
}

static void XMLCALL
on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct mn_xml *x = ctx;
	x->unheard = 0;
	if (x->refused)
		return;
	if (++x->depth > MN_XML_DEPTH)
		mn_xml_refuse(x, MN_E_FILE_LIMIT, "its tags are nested too deep");
	else if (x->events->start)
		x->events->start(x->ctx, local(name), (mn_xml_atts)atts);
}

static void XMLCALL
on_end(void *ctx, const XML_Char *name)
{
	struct mn_xml *x = ctx;
	x->unheard = 0;
	x->depth--;
	if (!x->refused && x->events->end)
		x->events->end(x->ctx, local(name));
}

static void XMLCALL
on_text(void *ctx, const XML_Char *text, int n)
{
	struct mn_xml *x = ctx;
	x->unheard = 0;
	if (!x->refused && x->events->text)
		x->events->text(x->ctx, mn_str(text, (size_t)n));
}

/* No spreadsheet has a document type. It is where entities are declared that unfold to
 * gigabytes or to the content of other files. */
static void XMLCALL
on_doctype(void *ctx, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid,
    int internal)
{
	(void)name;
	(void)sysid;
	(void)pubid;
	(void)internal;
	mn_xml_refuse(
	    ctx, MN_E_FILE_DAMAGED, "it declares a document type, which is refused");
}

/* ---- running ---- */

struct mn_xml *
mn_xml_new(const struct mn_xml_events *e, void *ctx, mn_xml_read *read, void *from,
    struct mn_str what, struct mn_err *err)
{
	struct mn_xml *x = mn_handle_new(sizeof *x);
	XML_Parser p = x ? XML_ParserCreate(NULL) : NULL;
	if (!p) {
		mn_handle_free(x);
		mn_fail(err, MN_E_NOMEM, "%.*s", MN_FMT(what));
		return NULL;
	}
	*x = (struct mn_xml){.parser = p,
	    .events = e,
	    .ctx = ctx,
	    .read = read,
	    .from = from,
	    .what = what};
	XML_SetUserData(p, x);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	XML_SetStartDoctypeDeclHandler(p, on_doctype);
	/* A second line: without document type there is nothing to unfold. */
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(p, 10.0f);
	return x;
}

static int
fail(struct mn_xml *x, struct mn_err *err)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);
	if (x->refused)
		mn_fail(err, x->refused, "%.*s: %s", MN_FMT(x->what), x->why);
	else if (code == XML_ERROR_NO_MEMORY)
		mn_fail(err, MN_E_NOMEM, "%.*s", MN_FMT(x->what));
	else
		mn_fail(err, MN_E_FILE_DAMAGED, "%.*s: %s in its line %llu",
		    MN_FMT(x->what), XML_ErrorString(code),
		    (unsigned long long)XML_GetCurrentLineNumber(x->parser));
	return -1;
}

/* The next block of the document. A tag or comment is kept until it ends, so its length
 * is bounded here. */
static enum XML_Status
feed(struct mn_xml *x, struct mn_err *err, bool *good)
{
	void *room = XML_GetBuffer(x->parser, BLOCK);
	ssize_t n = room ? x->read(x->from, room, BLOCK, err) : 0;
	*good = n >= 0;
	if (!room || n < 0)
		return XML_STATUS_ERROR;
	x->unheard += (size_t)n;
	if (x->unheard > MN_XML_TOKEN) {
		mn_xml_refuse(x, MN_E_FILE_LIMIT, "it has a tag or comment of megabytes");
		return XML_STATUS_ERROR;
	}
	x->ended = n == 0;
	return XML_ParseBuffer(x->parser, (int)n, x->ended);
}

int
mn_xml_run(struct mn_xml *x, struct mn_err *err)
{
	enum XML_Status st = XML_STATUS_OK;
	if (x->refused)
		return fail(x, err);
	if (x->paused) {
		x->paused = false;
		st = XML_ResumeParser(x->parser);
	}
	for (;;) {
		bool good = true;
		if (st == XML_STATUS_SUSPENDED)
			return 1;
		if (st == XML_STATUS_OK && x->ended)
			return 0;
		if (st == XML_STATUS_OK)
			st = feed(x, err, &good);
		if (!good)
			return -1;
		if (st == XML_STATUS_ERROR)
			return fail(x, err);
	}
}

void
mn_xml_free(struct mn_xml *x)
{
	if (x)
		XML_ParserFree(x->parser);
	mn_handle_free(x);
}

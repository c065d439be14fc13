/* XML: the home of expat. */
#define XML_DTD /* shows what bounds entities in expat.h */
#include <expat.h>
#include <stdio.h>

#include "manumit/base/limits.h"

#include "xml.h"

#define ROOM ((size_t)256 << 10) /* what is at hand of a document */
#define BEGINNING 65536          /* bytes in which the parent of plain elements begins */

struct mn_xml {
	XML_Parser parser;
	const struct mn_xml_events *events;
	void *ctx;
	mn_xml_read *read;
	void *from;
	struct mn_str what;
	unsigned depth;
	size_t unheard; /* bytes parsed since the last event */
	bool parsing;   /* events are the parser's, which can be stopped */
	bool paused, suspended, ended;
	/* bytes at hand: those from `at` on are not used yet */
	size_t at, n;
	bool eof;
	char *block;
	/* plain elements */
	enum { SEEKS_PARENT, IN_PARENT, ALL_PARSED } plain;
	unsigned level;  /* IN_PARENT: depth of its children, less one */
	uint64_t parsed; /* bytes */
	uint64_t edge;   /* of them, up to the last tag after which a child can begin */
	uint64_t lines;  /* in what was not parsed */
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
	if (x->parsing)
		XML_StopParser(x->parser, XML_FALSE);
}

bool
mn_xml_refused(const struct mn_xml *x)
{
	return x->refused != MN_E_NONE;
}

void
mn_xml_pause(struct mn_xml *x)
{
	if (!x->refused && !x->paused && x->parsing)
		XML_StopParser(x->parser, XML_TRUE);
	x->paused = true;
}

/* ---- where plain elements are ---- */

/* Behind the tag at hand. */
static uint64_t
behind_tag(const struct mn_xml *x)
{
	return (uint64_t)XML_GetCurrentByteIndex(x->parser) +
	       (uint64_t)XML_GetCurrentByteCount(x->parser);
}

static void
look_for_parent(struct mn_xml *x, const char *name)
{
	if (strcmp(name, x->events->parent) != 0)
		return;
	x->plain = IN_PARENT;
	x->level = x->depth;
	x->edge = behind_tag(x);
}

static void
child_ended(struct mn_xml *x)
{
	if (x->depth == x->level)
		x->edge = behind_tag(x);
	else if (x->depth < x->level)
		x->plain = ALL_PARSED;
}

/* Nothing but UTF-8 is plain. */
static void XMLCALL
on_declaration(void *ctx, const XML_Char *version, const XML_Char *encoding, int alone)
{
	struct mn_xml *x = ctx;
	(void)version;
	(void)alone;
	if (encoding && !mn_str_eq_ascii(mn_str_c(encoding), MN_S("utf-8")))
		x->plain = ALL_PARSED;
}

static void
look_at_first_bytes(struct mn_xml *x)
{
	struct mn_str s = mn_str(x->block, x->n);
	if (!x->events->plain || s.n < 4 ||
	    mn_str_find_byte(mn_str_sub(s, 0, 4), 0) < 4 ||
	    mn_str_starts(s, MN_S("\xff\xfe")) || mn_str_starts(s, MN_S("\xfe\xff")))
		x->plain = ALL_PARSED;
}

/* ---- events of the parser ---- */

static void XMLCALL
on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
	struct mn_xml *x = ctx;
	x->unheard = 0;
	if (x->refused)
		return;
	x->depth++;
	if (x->plain == SEEKS_PARENT)
		look_for_parent(x, name);
	if (x->depth > MN_XML_DEPTH)
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
	if (x->plain == IN_PARENT)
		child_ended(x);
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
	char *block = mn_handle_new(ROOM);
	XML_Parser p = x && block ? XML_ParserCreate(NULL) : NULL;
	if (!p) {
		mn_handle_free(x);
		mn_handle_free(block);
		mn_fail(err, MN_E_NOMEM, "%.*s", MN_FMT(what));
		return NULL;
	}
	*x = (struct mn_xml){.parser = p,
	    .events = e,
	    .ctx = ctx,
	    .read = read,
	    .from = from,
	    .what = what,
	    .block = block};
	XML_SetUserData(p, x);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	XML_SetStartDoctypeDeclHandler(p, on_doctype);
	XML_SetXmlDeclHandler(p, on_declaration);
	/* A second line: without document type there is nothing to unfold. */
	XML_SetBillionLaughsAttackProtectionMaximumAmplification(p, 10.0f);
	return x;
}

/* Where a piece of the file ends decides which of these the parser meets first in a
 * damaged place; what is said of a file must not depend on that. */
static const char *
reason(enum XML_Error code)
{
	static const enum XML_Error DAMAGED[] = {XML_ERROR_SYNTAX,
	    XML_ERROR_INVALID_TOKEN, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
	    XML_ERROR_JUNK_AFTER_DOC_ELEMENT};
	for (size_t i = 0; i < countof(DAMAGED); i++)
		if (code == DAMAGED[i])
			return "not well-formed";
	return XML_ErrorString(code);
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
		    MN_FMT(x->what), reason(code),
		    (unsigned long long)(x->lines + XML_GetCurrentLineNumber(x->parser)));
	return -1;
}

/* More bytes at hand, if there is room; false: they cannot be read. */
static bool
fill(struct mn_xml *x, struct mn_err *err)
{
	bool first = x->n == 0 && x->parsed == 0;
	if (x->at) {
		memmove(x->block, x->block + x->at, x->n - x->at);
		x->n -= x->at;
		x->at = 0;
	}
	if (x->eof || x->n == ROOM)
		return true;
	ssize_t n = x->read(x->from, x->block + x->n, ROOM - x->n, err);
	if (n < 0)
		return false;
	x->eof = n == 0;
	x->n += (size_t)n;
	if (first)
		look_at_first_bytes(x);
	return true;
}

static struct mn_str
at_hand(const struct mn_xml *x)
{
	return mn_str(x->block + x->at, x->n - x->at);
}

/* Hands n bytes to the parser. A tag or comment is kept there until it ends, so its
 * length is bounded here. */
static enum XML_Status
parse(struct mn_xml *x, size_t n)
{
	const char *p = x->block + x->at;
	x->unheard += n;
	if (x->unheard > MN_XML_TOKEN) {
		mn_xml_refuse(x, MN_E_FILE_LIMIT, "it has a tag or comment of megabytes");
		return XML_STATUS_ERROR;
	}
	x->at += n;
	x->parsed += n;
	x->ended = x->eof && x->at == x->n;
	x->parsing = true;
	enum XML_Status st = XML_Parse(x->parser, p, (int)n, x->ended);
	x->parsing = false;
	return st;
}

/* How much the parser gets: all, while nothing is plain; else up to where something may
 * be. */
static size_t
share(struct mn_xml *x)
{
	struct mn_str s = at_hand(x);
	size_t end = SIZE_MAX;
	if (x->plain == SEEKS_PARENT && x->parsed > BEGINNING)
		x->plain = ALL_PARSED;
	if (x->plain == SEEKS_PARENT) {
		end = mn_str_find_byte(s, '>');
		end = end == SIZE_MAX ? end : end + 1;
	} else if (x->plain == IN_PARENT) {
		end = mn_str_find(s, mn_str_c(x->events->close));
		end = end == SIZE_MAX ? end : end + strlen(x->events->close);
	}
	return end < s.n ? end : s.n;
}

static uint64_t
lines_in(struct mn_str s)
{
	uint64_t n = 0;
	for (size_t at; (at = mn_str_find_byte(s, '\n')) != SIZE_MAX; n++)
		s = mn_str_sub(s, at + 1, s.n);
	return n;
}

/* Takes plain elements, if the parser stands where they can be: 1; 0: the parser goes on;
 * -1 err. */
static int
take_plain(struct mn_xml *x, struct mn_err *err)
{
	while (x->plain == IN_PARENT && x->depth == x->level && x->edge == x->parsed) {
		struct mn_str s = at_hand(x);
		size_t n = x->events->plain(x->ctx, s);
		x->lines += lines_in(mn_str_sub(s, 0, n));
		x->at += n;
		if (n)
			return 1;
		/* Perhaps it is not whole. */
		if (x->eof || s.n == ROOM ||
		    mn_str_find(s, mn_str_c(x->events->close)) != SIZE_MAX)
			return 0;
		if (!fill(x, err))
			return -1;
	}
	return 0;
}

static enum XML_Status
parse_on(struct mn_xml *x, struct mn_err *err, bool *good)
{
	*good = x->at < x->n || fill(x, err);
	return *good ? parse(x, share(x)) : XML_STATUS_ERROR;
}

int
mn_xml_run(struct mn_xml *x, struct mn_err *err)
{
	enum XML_Status st = XML_STATUS_OK;
	if (x->refused)
		return fail(x, err);
	x->paused = false;
	x->parsing = x->suspended;
	if (x->suspended)
		st = XML_ResumeParser(x->parser);
	x->parsing = false;
	for (;;) {
		bool good = true;
		x->suspended = st == XML_STATUS_SUSPENDED;
		if (x->suspended)
			return 1;
		if (st == XML_STATUS_ERROR)
			return fail(x, err);
		if (x->ended)
			return 0;
		int taken = take_plain(x, err);
		if (taken < 0)
			return -1;
		if (x->refused)
			return fail(x, err);
		if (x->paused)
			return 1;
		if (taken == 0)
			st = parse_on(x, err, &good);
		if (!good)
			return -1;
	}
}

void
mn_xml_free(struct mn_xml *x)
{
	if (!x)
		return;
	XML_ParserFree(x->parser);
	mn_handle_free(x->block);
	mn_handle_free(x);
}

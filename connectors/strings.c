/* The strings that the cells of a workbook share. */
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "book.h"
#include "xml_plain.h"

struct reading {
	struct mn_strings *s;
	struct mn_xml *xml;
	struct mn_buf text, plain; /* of the string at hand */
	unsigned phonetic;         /* within hints of pronunciation, which are no text */
	bool in_string, in_text;
};

static int
hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* The character that "_xHHHH_" at the beginning of s stands for, or -1. */
static int32_t
escaped(struct mn_str s)
{
	int32_t c = 0;
	if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		if (hex(s.p[i]) < 0)
			return -1;
		c = c * 16 + hex(s.p[i]);
	}
	return c;
}

static void
put_char(struct mn_buf *out, int32_t c)
{
	char utf8[4];
	/* Control characters are blanks here; a carriage return goes with its line feed.
	 */
	if (c == '\r')
		return;
	if (c < 0x20 && c != '\t' && c != '\n')
		c = ' ';
	if (c >= 0xd800 && c < 0xe000)
		c = 0xfffd; /* half a character */
	mn_buf_add(out, mn_str(utf8, mn_utf8_put((uint32_t)c, utf8)));
}

static void
unescape(struct mn_str s, struct mn_buf *out)
{
	for (;;) {
		size_t at = mn_str_find(s, MN_S("_x"));
		if (at == SIZE_MAX)
			break;
		mn_buf_add(out, mn_str_sub(s, 0, at));
		s = mn_str_sub(s, at, s.n);
		int32_t c = escaped(s);
		if (c >= 0)
			put_char(out, c);
		else
			mn_buf_byte(out, '_');
		s = mn_str_sub(s, c >= 0 ? 7 : 1, s.n);
	}
	mn_buf_add(out, s);
}

struct mn_str
mn_strings_plain(struct mn_str s, struct mn_buf *room)
{
	bool marked = mn_str_find(s, MN_S("_x")) != SIZE_MAX;
	bool valid = mn_utf8_valid(s) == s.n;
	if (!marked && valid)
		return s;
	mn_buf_clear(room);
	if (valid)
		unescape(s, room);
	else
		mn_utf8_repair(s, room);
	return mn_buf_str(room);
}

/* ---- reading ---- */

static void
start(void *ctx, struct mn_str name, mn_xml_atts atts)
{
	struct reading *x = ctx;
	(void)atts;
	if (mn_xml_is(name, "si")) {
		mn_buf_clear(&x->text);
		x->in_string = true;
	} else if (mn_xml_is(name, "rPh"))
		x->phonetic++;
	else if (mn_xml_is(name, "t"))
		x->in_text = x->in_string && x->phonetic == 0;
}

static void
text(void *ctx, struct mn_str s)
{
	struct reading *x = ctx;
	/* A cell is cut at MN_MAX_CELL with a note; one byte more shows that it has to.
	 */
	if (x->in_text && x->text.n <= MN_MAX_CELL)
		mn_buf_add(&x->text, mn_str_sub(s, 0, MN_MAX_CELL + 16 - x->text.n));
}

static void
keep(struct reading *x, struct mn_str text)
{
	struct mn_strings *s = x->s;
	uint64_t had = s->n ? ((uint64_t *)(void *)s->end_root.beg)[s->n - 1] : 0;
	struct mn_str t = mn_strings_plain(text, &x->plain);
	bool room = (size_t)(s->text.end - s->text.beg) > t.n &&
		    (size_t)(s->ends.end - s->ends.beg) > sizeof had;
	if (s->n == MN_BOOK_STRINGS || had + t.n > MN_BOOK_TEXT || !room) {
		mn_xml_refuse(x->xml, MN_E_FILE_LIMIT,
		    "the different texts of its cells fill more than 512 MiB");
	} else {
		char *p = mn_arena_alloc(&s->text, 1, 1, t.n);
		memcpy(p, t.p ? t.p : "", t.n);
		*MN_NEW(&s->ends, uint64_t, 1) = had + t.n;
		s->n++;
	}
}

static void
end(void *ctx, struct mn_str name)
{
	struct reading *x = ctx;
	if (mn_xml_is(name, "t"))
		x->in_text = false;
	else if (mn_xml_is(name, "rPh"))
		x->phonetic -= x->phonetic > 0;
	else if (mn_xml_is(name, "si") && x->in_string) {
		keep(x, mn_buf_str(&x->text));
		x->in_string = false;
	}
}

/* Strings of one piece, in turn. */
static size_t
plain(void *ctx, struct mn_str all)
{
	struct reading *x = ctx;
	struct mn_plain c = {all.p, all.p + all.n};
	struct mn_plain_tag tag;
	size_t taken = 0;
	while (!x->in_string && x->phonetic == 0 && !mn_xml_refused(x->xml)) {
		struct mn_str t;
		mn_plain_blanks(&c);
		if (!MN_PLAIN_WORD(&c, "<si><t") || !mn_plain_tag(&c, &tag) ||
		    tag.empty || !mn_plain_text(&c, MN_MAX_CELL, &x->text, &t) ||
		    !MN_PLAIN_WORD(&c, "</t></si>"))
			break;
		keep(x, t);
		taken = (size_t)(c.p - all.p);
	}
	return taken;
}

bool
mn_strings_read(struct mn_book *b, struct mn_err *err)
{
	static const struct mn_xml_events EVENTS = {
	    start, end, text, plain, "sst", "</si>"};
	struct mn_strings *s = &b->strings;
	const struct mn_entry *e = b->shared;
	if (!e)
		return true;
	b->shared = NULL;
	s->text_root = s->text = mn_arena_new(MN_BOOK_TEXT + (1u << 20), NULL);
	s->end_root = s->ends =
	    mn_arena_new((size_t)MN_BOOK_STRINGS * 8 + (1u << 20), NULL);
	struct reading x = {.s = s,
	    .text = mn_buf_new(2 * MN_MAX_CELL),
	    .plain = mn_buf_new(4 * MN_MAX_CELL)};
	bool good = mn_book_part(b, e, &EVENTS, &x, &x.xml, err);
	mn_buf_free(&x.text);
	mn_buf_free(&x.plain);
	return good;
}

struct mn_str
mn_strings_at(const struct mn_strings *s, uint64_t i, bool *there)
{
	const uint64_t *stop = (const uint64_t *)(const void *)s->end_root.beg;
	*there = i < s->n;
	if (!*there)
		return MN_STR_NONE;
	uint64_t from = i ? stop[i - 1] : 0;
	return mn_str(s->text_root.beg + from, stop[i] - from);
}

void
mn_strings_free(struct mn_strings *s)
{
	if (s->text_root.beg) {
		mn_arena_free(s->text_root);
		mn_arena_free(s->end_root);
	}
	*s = (struct mn_strings){0};
}

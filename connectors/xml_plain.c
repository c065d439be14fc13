/* Pieces of XML that need no parser (XML 1.0, fifth edition). */
#include "manumit/text/utf8.h"

#include "xml_plain.h"

/* Any other byte stops text, or has to be looked at. */
static inline bool
letter(char c)
{
	static const bool LETTER[256] = {
	    /* clang-format off */
	    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0,
	    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	    1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    /* clang-format on */
	};
	return LETTER[(unsigned char)c];
}

/* ---- tags ---- */

static bool
of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

static bool
in_name(char c)
{
	return of_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static bool
attribute(struct mn_plain *c, struct mn_plain_tag *tag)
{
	const char *p = c->p, *from = p;
	if (tag->n == MN_PLAIN_ATTS || !of_name(*p))
		return false;
	while (p < c->end && in_name(*p))
		p++;
	struct mn_str name = mn_str(from, (size_t)(p - from));
	if (c->end - p < 2 || *p != '=' || (p[1] != '"' && p[1] != '\''))
		return false;
	char quote = p[1];
	from = p += 2;
	while (p < c->end && *p != quote && letter(*p) && *p >= ' ')
		p++;
	if (p == c->end || *p != quote)
		return false;
	for (uint32_t i = 0; i < tag->n; i++)
		if (mn_str_eq(tag->name[i], name))
			return false;
	tag->name[tag->n] = name;
	tag->value[tag->n++] = mn_str(from, (size_t)(p - from));
	c->p = p + 1;
	return true;
}

bool
mn_plain_tag(struct mn_plain *c, struct mn_plain_tag *tag)
{
	tag->n = 0;
	for (;;) {
		const char *before = c->p;
		mn_plain_blanks(c);
		tag->empty = MN_PLAIN_WORD(c, "/>");
		if (tag->empty || MN_PLAIN_WORD(c, ">"))
			return true;
		if (c->p == before || c->p == c->end || !attribute(c, tag))
			return false;
	}
}

/* ---- text ---- */

/* Behind the character of several bytes at p, or NULL. U+FFFE and U+FFFF are no
 * characters of XML. */
static const char *
past_character(const char *p, const char *end)
{
	unsigned char c = (unsigned char)*p;
	size_t n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if ((size_t)(end - p) < n || mn_utf8_valid(mn_str(p, n)) != n)
		return NULL;
	if (n == 3 && c == 0xef && (unsigned char)p[1] == 0xbf &&
	    (unsigned char)p[2] >= 0xbe)
		return NULL;
	return p + n;
}

static bool
unescape(struct mn_str s, struct mn_buf *room)
{
	static const struct {
		struct mn_str name;
		char c;
	} ENTITIES[] = {{MN_S("&amp;"), '&'}, {MN_S("&lt;"), '<'}, {MN_S("&gt;"), '>'},
	    {MN_S("&quot;"), '"'}, {MN_S("&apos;"), '\''}};
	mn_buf_clear(room);
	while (s.n) {
		size_t at = mn_str_find_byte(s, '&'), i = 0;
		mn_buf_add(room, mn_str_sub(s, 0, at));
		if (at == SIZE_MAX)
			break;
		s = mn_str_sub(s, at, s.n);
		while (i < countof(ENTITIES) && !mn_str_starts(s, ENTITIES[i].name))
			i++;
		if (i == countof(ENTITIES))
			return false;
		mn_buf_byte(room, ENTITIES[i].c);
		s = mn_str_sub(s, ENTITIES[i].name.n, s.n);
	}
	return !room->failed;
}

bool
mn_plain_text(struct mn_plain *c, size_t most, struct mn_buf *room, struct mn_str *out)
{
	const char *p = c->p, *from = p;
	bool escapes = false;
	for (;;) {
		while (p < c->end && letter(*p))
			p++;
		if (p == c->end)
			return false;
		if (*p == '<')
			break;
		if (*p == '&') {
			escapes = true;
			p++;
		} else if ((unsigned char)*p < 0x80 || !(p = past_character(p, c->end))) {
			return false;
		}
	}
	*out = mn_str(from, (size_t)(p - from));
	c->p = p;
	if (out->n > most)
		return false;
	if (!escapes)
		return true;
	bool good = unescape(*out, room);
	*out = mn_buf_str(room);
	return good;
}

/* Tags, text and entities of a page. */
#include "manumit/text/utf8.h"

#include "html_scan.h"

/* ---- cutting ---- */

static bool
letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void
step(struct mn_html *h, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h->line += h->rest.p[i] == '\n';
	h->rest = mn_str_sub(h->rest, n, h->rest.n);
}

/* Where the tag at the beginning of s ends: behind its '>'. Blanks, names and values in
 * quotes; a quote opens a value only behind '='. */
static size_t
tag_bytes(struct mn_str s)
{
	size_t first = mn_str_find_byte(s, '>');
	char quote = 0;
	if (first == SIZE_MAX)
		return s.n;
	/* Values are short: a quote that is open for so long is a slip. */
	for (size_t i = 1; i < s.n && i < first + 65536; i++) {
		char c = s.p[i];
		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '>') {
			return i + 1;
		} else if (c == '"' || c == '\'') {
			size_t k = i;
			while (k > 1 && (s.p[k - 1] == ' ' || s.p[k - 1] == '\n'))
				k--;
			quote = s.p[k - 1] == '=' ? c : 0;
		}
	}
	return first + 1;
}

/* Where the raw text of an element ends: at its end tag, or nowhere. */
static size_t
raw_bytes(struct mn_str s, struct mn_str name)
{
	for (size_t i = 0; i + name.n + 2 <= s.n; i++) {
		const char *p = memchr(s.p + i, '<', s.n - i);
		if (!p)
			break;
		i = (size_t)(p - s.p);
		if (i + 2 + name.n <= s.n && s.p[i + 1] == '/' &&
		    mn_str_eq_ascii(mn_str(s.p + i + 2, name.n), name))
			return i;
	}
	return s.n;
}

/* Comments, declarations, processing instructions. */
static size_t
markup_bytes(struct mn_str s)
{
	bool comment = mn_str_starts(s, MN_S("<!--"));
	size_t end = comment ? mn_str_find(mn_str_sub(s, 4, s.n), MN_S("-->"))
			     : mn_str_find_byte(s, '>');
	if (end == SIZE_MAX)
		return s.n;
	return comment ? end + 7 : end + 1;
}

static struct mn_html_token
tag(struct mn_html *h)
{
	static const struct mn_str RAW[] = {
	    MN_S("script"), MN_S("style"), MN_S("template"), MN_S("textarea")};
	bool close = h->rest.p[1] == '/';
	size_t n = tag_bytes(h->rest), from = close ? 2 : 1, to = from;
	while (to < n && !strchr(" \t\r\n/>", h->rest.p[to]))
		to++;
	struct mn_html_token t = {.kind = close ? MN_HTML_CLOSE : MN_HTML_OPEN,
	    .text = mn_str_sub(h->rest, from, to - from),
	    .attributes = mn_str_sub(h->rest, to, n - to),
	    .line = h->line};
	step(h, n);
	for (size_t i = 0; !close && i < countof(RAW); i++)
		if (mn_str_eq_ascii(t.text, RAW[i]))
			step(h, raw_bytes(h->rest, RAW[i]));
	return t;
}

struct mn_html_token
mn_html_next(struct mn_html *h)
{
	while (h->rest.n) {
		struct mn_str s = h->rest;
		bool tags = s.p[0] == '<' && s.n > 2;
		if (tags && (letter(s.p[1]) || (s.p[1] == '/' && letter(s.p[2]))))
			return tag(h);
		if (tags && (s.p[1] == '!' || s.p[1] == '?' || s.p[1] == '/')) {
			step(h, markup_bytes(s));
			continue;
		}
		size_t n = mn_str_find_byte(mn_str_sub(s, 1, s.n), '<');
		struct mn_html_token t = {.kind = MN_HTML_TEXT,
		    .text = mn_str_sub(s, 0, n == SIZE_MAX ? s.n : n + 1),
		    .line = h->line};
		step(h, t.text.n);
		return t;
	}
	return (struct mn_html_token){.kind = MN_HTML_END, .line = h->line};
}

uint64_t
mn_html_number(struct mn_str a, struct mn_str name)
{
	for (size_t i = 0; i + name.n < a.n; i++) {
		bool starts = i == 0 || strchr(" \t\r\n/\"'", a.p[i - 1]);
		if (!starts || !mn_str_eq_ascii(mn_str_sub(a, i, name.n), name))
			continue;
		uint64_t v = 0;
		size_t at = i + name.n;
		while (at < a.n && strchr(" =\"'\t\r\n", a.p[at]))
			at++;
		for (; at < a.n && a.p[at] >= '0' && a.p[at] <= '9' && v < 1000000; at++)
			v = v * 10 + (uint64_t)(a.p[at] - '0');
		return v;
	}
	return 0;
}

/* ---- text ---- */

/* Named entities of tables: markup, blanks, signs. Letters are composed below. */
static const struct {
	struct mn_str name;
	uint32_t c;
} NAMED[] = {
    {MN_S("amp"), '&'},
    {MN_S("lt"), '<'},
    {MN_S("gt"), '>'},
    {MN_S("quot"), '"'},
    {MN_S("apos"), '\''},
    {MN_S("nbsp"), 0xa0},
    {MN_S("ensp"), ' '},
    {MN_S("emsp"), ' '},
    {MN_S("thinsp"), ' '},
    {MN_S("ndash"), 0x2013},
    {MN_S("mdash"), 0x2014},
    {MN_S("hyphen"), '-'},
    {MN_S("minus"), 0x2212},
    {MN_S("lsquo"), 0x2018},
    {MN_S("rsquo"), 0x2019},
    {MN_S("ldquo"), 0x201c},
    {MN_S("rdquo"), 0x201d},
    {MN_S("sbquo"), 0x201a},
    {MN_S("bdquo"), 0x201e},
    {MN_S("laquo"), 0xab},
    {MN_S("raquo"), 0xbb},
    {MN_S("bull"), 0x2022},
    {MN_S("middot"), 0xb7},
    {MN_S("hellip"), 0x2026},
    {MN_S("euro"), 0x20ac},
    {MN_S("pound"), 0xa3},
    {MN_S("yen"), 0xa5},
    {MN_S("cent"), 0xa2},
    {MN_S("copy"), 0xa9},
    {MN_S("reg"), 0xae},
    {MN_S("trade"), 0x2122},
    {MN_S("sect"), 0xa7},
    {MN_S("deg"), 0xb0},
    {MN_S("ordm"), 0xba},
    {MN_S("ordf"), 0xaa},
    {MN_S("iexcl"), 0xa1},
    {MN_S("iquest"), 0xbf},
    {MN_S("times"), 0xd7},
    {MN_S("shy"), 0xad},
    {MN_S("zwnj"), 0x200c},
    {MN_S("zwj"), 0x200d},
    {MN_S("szlig"), 0xdf},
    {MN_S("AElig"), 0xc6},
    {MN_S("aelig"), 0xe6},
    {MN_S("OElig"), 0x152},
    {MN_S("oelig"), 0x153},
    {MN_S("ETH"), 0xd0},
    {MN_S("eth"), 0xf0},
    {MN_S("THORN"), 0xde},
    {MN_S("thorn"), 0xfe},
    {MN_S("Oslash"), 0xd8},
    {MN_S("oslash"), 0xf8},
    {MN_S("Aring"), 0xc5},
    {MN_S("aring"), 0xe5},
    {MN_S("inodot"), 0x131},
    {MN_S("imath"), 0x131},
    {MN_S("Lstrok"), 0x141},
    {MN_S("lstrok"), 0x142},
    {MN_S("Dstrok"), 0x110},
    {MN_S("dstrok"), 0x111},
};

/* &eacute;, &Ccaron;: a letter and a mark, put behind it as a combining character. */
static const struct {
	struct mn_str name;
	uint32_t mark;
} MARKS[] = {
    {MN_S("grave"), 0x300},
    {MN_S("acute"), 0x301},
    {MN_S("circ"), 0x302},
    {MN_S("tilde"), 0x303},
    {MN_S("uml"), 0x308},
    {MN_S("cedil"), 0x327},
    {MN_S("caron"), 0x30c},
    {MN_S("breve"), 0x306},
    {MN_S("ogon"), 0x328},
    {MN_S("dot"), 0x307},
    {MN_S("dblac"), 0x30b},
    {MN_S("ring"), 0x30a},
    {MN_S("macr"), 0x304},
};

static void
put(uint32_t c, struct mn_buf *out)
{
	char text[4];
	bool valid = c && c < 0x110000 && (c < 0xd800 || c >= 0xe000);
	/* Numbers of the C1 range mean windows-1252, as browsers read them. */
	if (c >= 0x80 && c < 0xa0)
		valid = false;
	if (c == 0xad || c == 0x200b || c == 0xfeff)
		return;
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xa0)
		mn_html_blank(out);
	else
		mn_buf_add(out, mn_str(text, mn_utf8_put(valid ? c : 0xfffd, text)));
}

/* &#123; and &#x7b; */
static bool
numbered(struct mn_str name, uint32_t *c)
{
	bool hex = name.n > 2 && (name.p[1] | 32) == 'x';
	uint32_t v = 0;
	if (name.n < 2 || name.p[0] != '#')
		return false;
	for (size_t i = hex ? 2 : 1; i < name.n; i++) {
		char d = name.p[i];
		int n = d >= '0' && d <= '9'                        ? d - '0'
			: hex && (d | 32) >= 'a' && (d | 32) <= 'f' ? (d | 32) - 'a' + 10
								    : -1;
		if (n < 0 || v > 0x110000)
			return false;
		v = v * (hex ? 16 : 10) + (uint32_t)n;
	}
	*c = v;
	return true;
}

static bool
composed(struct mn_str name, struct mn_buf *out)
{
	for (size_t i = 0; name.n > 2 && letter(name.p[0]) && i < countof(MARKS); i++) {
		if (!mn_str_eq(mn_str_sub(name, 1, name.n), MARKS[i].name))
			continue;
		put((uint32_t)name.p[0], out);
		put(MARKS[i].mark, out);
		return true;
	}
	return false;
}

/* Bytes of the entity at the beginning of s, decoded into out; 0: it is none. */
static size_t
entity(struct mn_str s, struct mn_buf *out)
{
	size_t n = 1;
	uint32_t c;
	while (n < s.n && n < 12 &&
	       (letter(s.p[n]) || s.p[n] == '#' || (s.p[n] >= '0' && s.p[n] <= '9')))
		n++;
	struct mn_str name = mn_str_sub(s, 1, n - 1);
	size_t all = n + (n < s.n && s.p[n] == ';');
	if (numbered(name, &c)) {
		put(c, out);
		return all;
	}
	for (size_t i = 0; i < countof(NAMED); i++)
		if (mn_str_eq(NAMED[i].name, name)) {
			put(NAMED[i].c, out);
			return all;
		}
	return all > n && composed(name, out) ? all : 0;
}

void
mn_html_blank(struct mn_buf *out)
{
	if (out->n && out->p[out->n - 1] != ' ')
		mn_buf_byte(out, ' ');
}

void
mn_html_decode(struct mn_str s, struct mn_buf *out)
{
	for (size_t i = 0; i < s.n;) {
		char c = s.p[i];
		size_t n = c == '&' ? entity(mn_str_sub(s, i, s.n), out) : 0;
		if (n == 0) {
			if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
				mn_html_blank(out);
			else
				mn_buf_byte(out, c);
			n = 1;
		}
		i += n;
	}
}

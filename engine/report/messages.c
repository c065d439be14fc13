/* Pages in other languages: finding texts in markup and looking them up. */
#include "manumit/base/limits.h"
#include "manumit/report/messages.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static struct mn_str
from(struct mn_str s, size_t i)
{
	return mn_str_sub(s, i, s.n);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- keys ---- */

/* Bytes of the conversion that s begins with, "%.*s" or "%%"; 0: none. A sign that begins
 * no known one counts for itself. */
static size_t
conversion(struct mn_str s)
{
	size_t i = 1;
	if (s.n == 0 || s.p[0] != '%')
		return 0;
	while (i < s.n && strchr("-+ #0123456789.*", s.p[i]))
		i++;
	while (i < s.n && strchr("hlzjt", s.p[i]))
		i++;
	return i < s.n && strchr("diucsxX%", s.p[i]) ? i + 1 : 1;
}

/* Two letters side by side that belong to no conversion and no entity. */
static bool
has_words(struct mn_str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		size_t skip = conversion(from(s, i));
		if (s.p[i] == '&') {
			struct mn_str rest = from(s, i);
			size_t end = mn_str_find_byte(rest, ';');
			skip = end < 8 && end < rest.n ? end + 1 : 0;
		}
		if (skip)
			i += skip - 1;
		else if (is_letter(s.p[i]) && is_letter(s.p[i + 1]))
			return true;
	}
	return false;
}

void
mn_message_key(struct mn_str text, struct mn_buf *out)
{
	text = mn_str_trim(text);
	if (!has_words(text))
		return;
	for (size_t i = 0; i < text.n; i++) {
		bool blank = is_blank(text.p[i]);
		if (!blank || !is_blank(text.p[i - 1]))
			mn_buf_add(out, blank ? MN_S(" ") : mn_str(text.p + i, 1));
	}
}

bool
mn_message_fits(struct mn_str english, struct mn_str text)
{
	size_t i = 0, k = 0;
	for (;;) {
		size_t a = 0, b = 0;
		while (i < english.n && !(a = conversion(from(english, i))))
			i++;
		while (k < text.n && !(b = conversion(from(text, k))))
			k++;
		if (a == 0 || b == 0)
			return a == b;
		struct mn_str was = mn_str_sub(english, i, a),
			      is = mn_str_sub(text, k, b);
		bool silent = mn_str_eq(was, MN_S("%s")) && mn_str_eq(is, MN_S("%.0s"));
		if (!silent && !mn_str_eq(was, is))
			return false;
		i += a;
		k += b;
	}
}

/* ---- lookup ---- */

static struct mn_str
find(const struct mn_messages *m, struct mn_str key)
{
	uint32_t lo = 0, hi = m->n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (mn_str_cmp(m->row[mid].english, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	bool found = lo < m->n && mn_str_eq(m->row[lo].english, key);
	return found ? m->row[lo].text : MN_STR_NONE;
}

struct mn_str
mn_message(const struct mn_messages *m, struct mn_str english)
{
	char room[MN_MAX_MESSAGE];
	struct mn_str found = MN_STR_NONE;
	if (!m || english.n == 0 || english.n > sizeof room)
		return english;
	struct mn_buf key = mn_buf_new(MN_MAX_MESSAGE + 1);
	mn_message_key(english, &key);
	if (key.n)
		found = find(m, mn_buf_str(&key));
	mn_buf_free(&key);
	return found.n ? found : english;
}

void
mn_message_text(const struct mn_messages *m, struct mn_str piece, struct mn_buf *out)
{
	struct mn_str said = mn_message(m, piece);
	if (said.p == piece.p) {
		mn_buf_add(out, piece);
		return;
	}
	size_t start = 0, end = piece.n;
	while (is_blank(piece.p[start]))
		start++;
	while (is_blank(piece.p[end - 1]))
		end--;
	mn_buf_add(out, mn_str_sub(piece, 0, start));
	mn_buf_add(out, said);
	mn_buf_add(out, from(piece, end));
}

void
mn_message_vfmt(
    const struct mn_messages *m, struct mn_buf *out, const char *fmt, va_list ap)
{
	struct mn_buf said = mn_buf_new(1u << 20);
	mn_message_text(m, mn_str_c(fmt), &said);
	mn_buf_byte(&said, '\0');
	mn_buf_vfmt(out, mn_buf_str(&said).p, ap);
	mn_buf_free(&said);
}

struct mn_str
mn_message_say(struct mn_arena *a, const struct mn_messages *m, const char *fmt, ...)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	va_list ap;
	va_start(ap, fmt);
	mn_message_vfmt(m, &b, fmt, ap);
	va_end(ap);
	struct mn_str out = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

/* ---- markup ---- */

/* Attributes that are read out or shown. */
static const char *const SPOKEN[] = {" title=\"", " aria-label=\"", " placeholder=\""};

/* Where the first text of an attribute in the tag begins; s.n: nowhere. */
static size_t
spoken(struct mn_str s)
{
	size_t first = s.n;
	for (size_t i = 0; i < countof(SPOKEN); i++) {
		struct mn_str a = mn_str_c(SPOKEN[i]);
		size_t at = mn_str_find(s, a);
		if (at < s.n && at + a.n < first)
			first = at + a.n;
	}
	return first;
}

/* What stands inside a tag up to its end, or up to a text of an attribute. */
static size_t
in_tag(struct mn_str s)
{
	size_t end = mn_str_find_byte(s, '>');
	end = end < s.n ? end + 1 : s.n;
	return spoken(mn_str_sub(s, 0, end));
}

/* A literal may begin within a tag that another has opened. */
bool
mn_message_cut(struct mn_str *markup, struct mn_str *piece, bool *is_text)
{
	struct mn_str s = *markup;
	if (s.n == 0)
		return false;
	size_t open = mn_str_find_byte(s, '<'), close = mn_str_find_byte(s, '>');
	size_t quote = mn_str_find_byte(s, '"');
	bool inside = close < open;
	*is_text = false;
	size_t n;
	if (s.p[0] == '<')
		n = in_tag(s);
	else if (inside && quote > 0 && quote < close && s.p[0] != ' ') {
		n = quote; /* the text of an attribute */
		*is_text = true;
	} else if (inside)
		n = in_tag(s);
	else {
		n = open;
		*is_text = true;
	}
	*piece = mn_str_sub(s, 0, n);
	*markup = from(s, n);
	return true;
}

void
mn_message_markup(const struct mn_messages *m, struct mn_str markup, struct mn_buf *out)
{
	struct mn_str piece;
	bool is_text;
	while (mn_message_cut(&markup, &piece, &is_text)) {
		if (is_text)
			mn_message_text(m, piece, out);
		else
			mn_buf_add(out, piece);
	}
}

/* Writing JSON as it goes. */
#include <stdio.h>

#include "manumit/base/fx.h"
#include "manumit/base/jsonw.h"

static void
put(struct mn_jsonw *w, struct mn_str s)
{
	if (w->out)
		mn_out_write(w->out, s);
	else
		mn_buf_add(w->buf, s);
}

/* Length of the valid UTF-8 character at the beginning of s, 0 when there is none. */
static size_t
character(struct mn_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (p[0] < 0x80)
		return 1;
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || s.n < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	/* Overlong forms, surrogates, beyond U+10FFFF. */
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

static struct mn_str
escape_of(struct mn_str c, char room[8])
{
	static const char HEX[] = "0123456789abcdef";
	unsigned char b = (unsigned char)c.p[0];
	if (b == '"')
		return MN_S("\\\"");
	if (b == '\\')
		return MN_S("\\\\");
	if (b == '\n')
		return MN_S("\\n");
	if (b == '\t')
		return MN_S("\\t");
	if (b < 0x20 || b == '<' || b == 0x7f) {
		memcpy(room, "\\u00", 4);
		room[4] = HEX[b >> 4];
		room[5] = HEX[b & 15];
		return mn_str(room, 6);
	}
	if (mn_str_eq(c, MN_S("\xe2\x80\xa8")))
		return MN_S("\\u2028");
	if (mn_str_eq(c, MN_S("\xe2\x80\xa9")))
		return MN_S("\\u2029");
	return MN_STR_NONE;
}

/* Printable ASCII that stands as it is: nearly every byte that is written. */
static bool
is_plain(unsigned char b)
{
	return b >= 0x20 && b < 0x7f && b != '"' && b != '\\' && b != '<';
}

static void
quoted(struct mn_jsonw *w, struct mn_str s)
{
	size_t from = 0;
	char room[8];
	s = s.p ? s : MN_S("");
	put(w, MN_S("\""));
	for (size_t i = 0; i < s.n;) {
		if (is_plain((unsigned char)s.p[i])) {
			i++;
			continue;
		}
		size_t n = character(mn_str(s.p + i, s.n - i));
		struct mn_str c = mn_str(s.p + i, n ? n : 1);
		struct mn_str e = n ? escape_of(c, room) : MN_S("\xef\xbf\xbd");
		if (e.n) {
			put(w, mn_str(s.p + from, i - from));
			put(w, e);
			from = i + c.n;
		}
		i += c.n;
	}
	put(w, mn_str(s.p + from, s.n - from));
	put(w, MN_S("\""));
}

static void
newline(struct mn_jsonw *w)
{
	if (!w->pretty || w->depth == 0)
		return;
	put(w, MN_S("\n"));
	for (unsigned i = 0; i < w->depth; i++)
		put(w, MN_S("  "));
}

/* Comma, line and key before a value. */
static void
before(struct mn_jsonw *w, struct mn_str key, bool has_key)
{
	if (w->depth > 0) {
		if (w->is_map[w->depth - 1] != has_key)
			w->bad = true;
		if (!w->first[w->depth - 1])
			put(w, MN_S(","));
		w->first[w->depth - 1] = false;
		newline(w);
	} else if (has_key) {
		w->bad = true;
	}
	if (has_key) {
		quoted(w, key);
		put(w, w->pretty ? MN_S(": ") : MN_S(":"));
	}
}

static void
before_c(struct mn_jsonw *w, const char *key)
{
	before(w, mn_str_c(key), key != NULL);
}

static void
open_one(struct mn_jsonw *w, bool is_map)
{
	put(w, is_map ? MN_S("{") : MN_S("["));
	if (w->depth == MN_JSONW_DEPTH) {
		w->bad = true;
		return;
	}
	w->first[w->depth] = true;
	w->is_map[w->depth] = is_map;
	w->depth++;
}

static void
close_one(struct mn_jsonw *w, bool is_map)
{
	if (w->depth == 0 || w->is_map[w->depth - 1] != is_map) {
		w->bad = true;
		return;
	}
	w->depth--;
	if (!w->first[w->depth]) {
		if (w->depth)
			newline(w);
		else if (w->pretty)
			put(w, MN_S("\n"));
	}
	put(w, is_map ? MN_S("}") : MN_S("]"));
}

struct mn_jsonw
mn_jsonw_out(struct mn_out *o, bool pretty)
{
	return (struct mn_jsonw){.out = o, .pretty = pretty};
}

struct mn_jsonw
mn_jsonw_buf(struct mn_buf *b, bool pretty)
{
	return (struct mn_jsonw){.buf = b, .pretty = pretty};
}

void
mn_jsonw_map(struct mn_jsonw *w, const char *key)
{
	before_c(w, key);
	open_one(w, true);
}

void
mn_jsonw_map_k(struct mn_jsonw *w, struct mn_str key)
{
	before(w, key, true);
	open_one(w, true);
}

void
mn_jsonw_end_map(struct mn_jsonw *w)
{
	close_one(w, true);
}

void
mn_jsonw_list(struct mn_jsonw *w, const char *key)
{
	before_c(w, key);
	open_one(w, false);
}

void
mn_jsonw_end_list(struct mn_jsonw *w)
{
	close_one(w, false);
}

void
mn_jsonw_str(struct mn_jsonw *w, const char *key, struct mn_str v)
{
	before_c(w, key);
	quoted(w, v);
}

void
mn_jsonw_c(struct mn_jsonw *w, const char *key, const char *v)
{
	before_c(w, key);
	if (v)
		quoted(w, mn_str_c(v));
	else
		put(w, MN_S("null"));
}

void
mn_jsonw_str_k(struct mn_jsonw *w, struct mn_str key, struct mn_str v)
{
	before(w, key, true);
	quoted(w, v);
}

static void
integer(struct mn_jsonw *w, int64_t v)
{
	char room[24];
	size_t at = sizeof room;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do
		room[--at] = (char)('0' + u % 10);
	while ((u /= 10) > 0);
	if (v < 0)
		room[--at] = '-';
	put(w, mn_str(room + at, sizeof room - at));
}

void
mn_jsonw_int(struct mn_jsonw *w, const char *key, int64_t v)
{
	before_c(w, key);
	integer(w, v);
}

void
mn_jsonw_int_k(struct mn_jsonw *w, struct mn_str key, int64_t v)
{
	before(w, key, true);
	integer(w, v);
}

void
mn_jsonw_bool(struct mn_jsonw *w, const char *key, bool v)
{
	before_c(w, key);
	put(w, v ? MN_S("true") : MN_S("false"));
}

void
mn_jsonw_null(struct mn_jsonw *w, const char *key)
{
	before_c(w, key);
	put(w, MN_S("null"));
}

void
mn_jsonw_decimal(struct mn_jsonw *w, const char *key, int64_t v, unsigned digits)
{
	char text[32];
	uint64_t of = v < 0 ? -(uint64_t)v : (uint64_t)v, scale = 1;
	for (unsigned i = 0; i < digits; i++)
		scale *= 10;
	int n = digits ? snprintf(text, sizeof text, "%s%llu.%0*llu", v < 0 ? "-" : "",
			     (unsigned long long)(of / scale), (int)digits,
			     (unsigned long long)(of % scale))
		       : snprintf(text, sizeof text, "%lld", (long long)v);
	before_c(w, key);
	put(w, mn_str(text, n > 0 ? (size_t)n : 0));
}

void
mn_jsonw_q16(struct mn_jsonw *w, const char *key, int64_t v_q16, unsigned digits)
{
	char room[32];
	before_c(w, key);
	put(w, mn_fx_print(v_q16, digits, room));
}

void
mn_jsonw_line(struct mn_jsonw *w)
{
	if (w->depth)
		w->bad = true;
	put(w, MN_S("\n"));
	w->depth = 0;
}

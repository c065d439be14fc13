/* UTF-8: checking, stepping, repairing (Unicode 15, table 3-7). */
#include "manumit/text/utf8.h"

/* Bytes of the well-formed character at p (p < end), 0 when it is ill-formed or cut. */
static size_t
char_bytes(const unsigned char *p, const unsigned char *end)
{
	size_t room = (size_t)(end - p);
	unsigned char c = p[0];
	unsigned char lo = 0x80, hi = 0xbf;
	size_t n;
	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4)
		return 0;
	n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	/* Overlong forms, surrogates and values past U+10FFFF are cut off here. */
	if (c == 0xe0)
		lo = 0xa0;
	else if (c == 0xed)
		hi = 0x9f;
	else if (c == 0xf0)
		lo = 0x90;
	else if (c == 0xf4)
		hi = 0x8f;
	if (room < n || p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

size_t
mn_utf8_valid(struct mn_str s)
{
	if (s.n == 0)
		return 0;
	const unsigned char *p = (const unsigned char *)s.p, *beg = p;
	const unsigned char *end = p + s.n;
	while (p < end) {
		uint64_t word;
		/* Most text is ASCII: many bytes at a time. */
		while (end - p >= 32) {
			uint64_t w[4];
			memcpy(w, p, 32);
			if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080ULL)
				break;
			p += 32;
		}
		while (end - p >= 8) {
			memcpy(&word, p, 8);
			if (word & 0x8080808080808080ULL)
				break;
			p += 8;
		}
		if (p == end)
			break;
		size_t n = char_bytes(p, end);
		if (n == 0)
			break;
		p += n;
	}
	return (size_t)(p - beg);
}

uint32_t
mn_utf8_next(struct mn_str *s)
{
	static const unsigned char FIRST[5] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const unsigned char *p = (const unsigned char *)s->p;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (n > s->n)
		n = 1;
	uint32_t cp = p[0] & FIRST[n];
	for (size_t i = 1; i < n; i++)
		cp = cp << 6 | (p[i] & 0x3fu);
	*s = mn_str(s->p + n, s->n - n);
	return cp;
}

size_t
mn_utf8_put(uint32_t c, char out[4])
{
	unsigned char *p = (unsigned char *)out;
	if (c < 0x80) {
		p[0] = (unsigned char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char LEAD[5] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		p[i] = (unsigned char)(0x80 | (c & 0x3f));
	p[0] = (unsigned char)(LEAD[n] | c);
	return n;
}

size_t
mn_utf8_repair(struct mn_str s, struct mn_buf *out)
{
	size_t bad = 0;
	while (s.n) {
		size_t good = mn_utf8_valid(s), nul = mn_str_find_byte(s, '\0');
		if (nul < good)
			good = nul;
		mn_buf_add(out, mn_str(s.p, good));
		s = mn_str(s.p + good, s.n - good);
		if (s.n == 0)
			break;
		mn_buf_add(out, MN_S("\xef\xbf\xbd"));
		s = mn_str(s.p + 1, s.n - 1);
		bad++;
	}
	return bad;
}

struct mn_str
mn_utf8_cut(struct mn_str s, size_t max_bytes)
{
	if (s.n <= max_bytes)
		return s;
	while (max_bytes > 0 && ((unsigned char)s.p[max_bytes] & 0xc0) == 0x80)
		max_bytes--;
	return mn_str(s.p, max_bytes);
}

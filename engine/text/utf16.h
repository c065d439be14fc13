/* Private to the room: stepping over ICU's UTF-16, and writing UTF-8. ICU's macros do the
 * same, but with conversions that our warnings refuse. */
#ifndef MN_TEXT_UTF16_H
#define MN_TEXT_UTF16_H

#include <unicode/utypes.h>

#include "manumit/base/buf.h"

/* The code point at *i, which moves behind it; a lone surrogate is U+FFFD. */
static inline uint32_t
mn_utf16_next(const UChar *s, int32_t *i, int32_t n)
{
	uint32_t c = s[(*i)++];
	if (c < 0xd800 || c > 0xdfff)
		return c;
	if (c > 0xdbff || *i == n || s[*i] < 0xdc00 || s[*i] > 0xdfff)
		return 0xfffd;
	return 0x10000 + ((c - 0xd800) << 10) + (s[(*i)++] - 0xdc00u);
}

/* Writes a code point as UTF-16; returns the units written. */
static inline int32_t
mn_utf16_put(UChar *to, uint32_t c)
{
	if (c < 0x10000) {
		to[0] = (UChar)c;
		return 1;
	}
	to[0] = (UChar)(0xd7c0 + (c >> 10));
	to[1] = (UChar)(0xdc00 + (c & 0x3ff));
	return 2;
}

/* Writes a code point as UTF-8; returns the bytes written. */
static inline size_t
mn_utf8_put(char to[4], uint32_t c)
{
	static const unsigned char LEAD[5] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		to[i] = (char)(0x80 | (c & 0x3f));
	to[0] = (char)(LEAD[n] | c);
	return n;
}

#endif

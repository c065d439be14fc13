/* UTF-8: checking, stepping, repairing. Pure functions. */
#ifndef MN_TEXT_UTF8_H
#define MN_TEXT_UTF8_H

#include "manumit/base/buf.h"

/* Length of the longest valid prefix; equals s.n when all of s is valid. A character cut
 * off by the end of s counts as invalid. */
size_t mn_utf8_valid(struct mn_str s);
/* Steps over one character of valid UTF-8: its code point, *s shortened. s->n > 0. */
uint32_t mn_utf8_next(struct mn_str *s);
/* Writes one code point (up to U+10FFFF, no surrogate); returns its length, 1 to 4. */
size_t mn_utf8_put(uint32_t c, char out[4]);
/* Appends s with every invalid byte and every NUL as U+FFFD; returns how many there were.
 */
size_t mn_utf8_repair(struct mn_str s, struct mn_buf *out);
/* The longest prefix of at most max bytes that does not cut a character. */
struct mn_str mn_utf8_cut(struct mn_str s, size_t max_bytes);

#endif

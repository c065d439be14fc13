/*
 * Borrowed byte strings. A value is never NUL-terminated and may hold any byte; the
 * bytes belong to whoever made them and must outlive the slice. Thread rule: pure.
 */
#ifndef MN_BASE_STR_H
#define MN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct mn_str {
	const char *p; /* may be NULL only when n == 0 */
	size_t n;      /* bytes */
};

#define MN_S(lit) ((struct mn_str){"" lit, sizeof(lit) - 1})
#define MN_STR_NONE ((struct mn_str){NULL, 0})
#define countof(a) (sizeof(a) / sizeof((a)[0]))
/* For printf("%.*s", MN_FMT(s)); lengths over INT_MAX are cut there. */
#define MN_FMT(s) (int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n), ((s).p ? (s).p : "")

static inline struct mn_str
mn_str(const char *p, size_t n)
{
	return (struct mn_str){p, n};
}

/* *to = s, in two halves. Compilers copy a slice as one word of 16 bytes; when its halves
 * were written just before, processors wait for them. For where that is felt. */
static inline void
mn_str_set(struct mn_str *to, struct mn_str s)
{
	const char *p = s.p;
	size_t n = s.n;
	__asm__("" : "+r"(p), "+r"(n));
	to->p = p;
	to->n = n;
}

/* A NUL-terminated C string (or NULL: empty) as a slice, without its NUL. */
static inline struct mn_str
mn_str_c(const char *c)
{
	return (struct mn_str){c, c ? strlen(c) : 0};
}

/* Same bytes. */
static inline bool
mn_str_eq(struct mn_str a, struct mn_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Same bytes but for the case of A-Z. */
bool mn_str_eq_ascii(struct mn_str a, struct mn_str b);
/* Byte order, shorter first among prefixes: negative, 0, positive. A total order. */
int mn_str_cmp(struct mn_str a, struct mn_str b);
bool mn_str_starts(struct mn_str s, struct mn_str prefix);
bool mn_str_ends(struct mn_str s, struct mn_str suffix);
/* Offset of the first occurrence, or SIZE_MAX. */
size_t mn_str_find(struct mn_str s, struct mn_str needle);
static inline size_t
mn_str_find_byte(struct mn_str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

/* Neither a blank nor part of one. */
static inline bool
mn_is_solid(char c)
{
	return c > ' ' && c < 0x7f;
}

struct mn_str mn_str_trim_slowly(struct mn_str s);
/* Without blanks (space, tab, CR, LF, U+00A0, U+3000, U+FEFF) at both ends: nearly every
 * cell of a table has none. */
static inline struct mn_str
mn_str_trim(struct mn_str s)
{
	if (s.n && mn_is_solid(s.p[0]) && mn_is_solid(s.p[s.n - 1]))
		return s;
	return s.n ? mn_str_trim_slowly(s) : s;
}

/* Cuts *rest at the first c: returns what stands before it, *rest becomes what stands
 * after it. Without c returns all and leaves *rest empty with p == NULL: the end mark,
 * so `for (struct mn_str r = s; r.p;) { item = mn_str_cut(&r, ';'); ... }` visits each
 * item of a list once, empty ones too. */
struct mn_str mn_str_cut(struct mn_str *rest, char c);
/* s from byte `from`, at most n bytes; out-of-range values are clamped. */
static inline struct mn_str
mn_str_sub(struct mn_str s, size_t from, size_t n)
{
	if (from >= s.n)
		return mn_str(s.p ? s.p + s.n : NULL, 0);
	return mn_str(s.p + from, n < s.n - from ? n : s.n - from);
}

/* Strict decimal integers: optional '-', then 1+ digits and nothing else. False on any
 * other byte or when the value does not fit. */
bool mn_str_i64(struct mn_str s, int64_t *out);
bool mn_str_u64(struct mn_str s, uint64_t *out);
/* A decimal such as "-12.345" as an integer scaled by 10^digits (0..9), rounding half
 * away from zero; '.' is the only separator. False on any other byte or overflow. */
bool mn_str_decimal(struct mn_str s, unsigned digits, int64_t *out);
/* Damerau-Levenshtein distance (bytes, adjacent transposition = 1) up to 64 bytes; longer
 * strings answer their length difference plus one. Used for "did you mean". */
unsigned mn_str_distance(struct mn_str a, struct mn_str b);
/* The candidate nearest to s (distance <= 1 + length/3), or -1. First wins on ties. */
int mn_str_nearest(struct mn_str s, const struct mn_str *candidates, size_t n);

#endif

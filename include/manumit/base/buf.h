/*
 * A growing byte buffer with a ceiling. Invariant: n <= cap <= max; after the first
 * refused growth `failed` is set, further appends do nothing, and the content is only a
 * prefix: check `failed` once, at the end. Owner: whoever made it; free with
 * mn_buf_free. Thread rule: one buffer, one thread.
 */
#ifndef MN_BASE_BUF_H
#define MN_BASE_BUF_H

#include <stdarg.h>
#include <string.h>
#include "manumit/base/str.h"

struct mn_buf {
	char *p;
	size_t n, cap, max;
	bool failed;
};

/* An empty buffer that may hold up to max bytes; allocates nothing yet. */
struct mn_buf mn_buf_new(size_t max_bytes);
void mn_buf_free(struct mn_buf *b);
/* Empty again, memory kept, failed cleared. */
void mn_buf_clear(struct mn_buf *b);
/* Where the next n bytes will be added, to be written there; what was is counted by
 * adding to b->n. NULL when there is no room. */
char *mn_buf_room(struct mn_buf *b, size_t n);
/* Inline: most outputs are made of short pieces. */
static inline void
mn_buf_add(struct mn_buf *b, struct mn_str s)
{
	bool fits = !b->failed && s.n <= b->cap - b->n;
	if (s.n == 0 || !(fits || mn_buf_room(b, s.n)))
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}
static inline void
mn_buf_byte(struct mn_buf *b, char c)
{
	if ((!b->failed && b->n < b->cap) || mn_buf_room(b, 1))
		b->p[b->n++] = c;
}
void mn_buf_fmt(struct mn_buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void mn_buf_vfmt(struct mn_buf *b, const char *fmt, va_list ap);
/* Borrowed view, valid until the next append. */
struct mn_str mn_buf_str(const struct mn_buf *b);

#endif

/* Growing byte buffers with a ceiling. */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/buf.h"

struct mn_buf
mn_buf_new(size_t max_bytes)
{
	return (struct mn_buf){.max = max_bytes};
}

void
mn_buf_free(struct mn_buf *b)
{
	free(b->p);
	*b = (struct mn_buf){.max = b->max};
}

void
mn_buf_clear(struct mn_buf *b)
{
	b->n = 0;
	b->failed = false;
}

/* Room for n more bytes; a buffer over foreign memory (cap == max) never grows. */
static bool
reserve(struct mn_buf *b, size_t n)
{
	if (b->failed)
		return false;
	if (n <= b->cap - b->n)
		return true;
	size_t cap = b->cap ? b->cap : 64;
	while (cap - b->n < n && cap < b->max)
		cap = cap > b->max / 2 ? b->max : 2 * cap;
	cap = cap > b->max ? b->max : cap;
	char *p = cap > b->cap && cap - b->n >= n ? realloc(b->p, cap) : NULL;
	if (!p) {
		b->failed = true;
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

char *
mn_buf_room(struct mn_buf *b, size_t n)
{
	return reserve(b, n) ? b->p + b->n : NULL;
}

void
mn_buf_vfmt(struct mn_buf *b, const char *fmt, va_list ap)
{
	va_list again;
	va_copy(again, ap);
	size_t room = b->failed ? 0 : b->cap - b->n;
	/* vsnprintf wants room for its NUL, which is not kept. Most texts fit at once. */
	int n = vsnprintf(room ? b->p + b->n : NULL, room, fmt, again);
	va_end(again);
	if (n < 0 || !reserve(b, (size_t)n + 1)) {
		b->failed = true;
		return;
	}
	if ((size_t)n >= room)
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	b->n += (size_t)n;
}

void
mn_buf_fmt(struct mn_buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	mn_buf_vfmt(b, fmt, ap);
	va_end(ap);
}

struct mn_str
mn_buf_str(const struct mn_buf *b)
{
	return mn_str(b->p, b->n);
}

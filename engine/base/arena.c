/* Bump arenas over reserved address ranges. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "manumit/base/arena.h"

#define LEAST_BYTES (1u << 20)
#define PAGE_BYTES 4096u

_Noreturn static void
exhausted(const struct mn_oom *oom, size_t asked)
{
	if (oom)
		oom->fn(oom->ctx, asked);
	abort();
}

struct mn_arena
mn_arena_new(size_t max_bytes, const struct mn_oom *oom)
{
	/* Half the address space at most, so that rounding up cannot overflow. */
	size_t n = max_bytes < LEAST_BYTES    ? LEAST_BYTES
		   : max_bytes > SIZE_MAX / 2 ? SIZE_MAX / 2
					      : max_bytes;
	n = (n + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1);
	for (;;) {
		void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (p != MAP_FAILED)
			return (struct mn_arena){p, (char *)p + n, oom};
		if (n == LEAST_BYTES)
			exhausted(oom, max_bytes);
		n = n / 2 < LEAST_BYTES ? LEAST_BYTES
					: (n / 2) & ~(size_t)(PAGE_BYTES - 1);
	}
}

void
mn_arena_free(struct mn_arena root)
{
	if (root.beg)
		munmap(root.beg, (size_t)(root.end - root.beg));
}

struct mn_arena
mn_arena_reset(struct mn_arena root, struct mn_arena now)
{
	size_t used = (size_t)(now.beg - root.beg);
	used = (used + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1);
	if (used)
		madvise(root.beg, used, MADV_DONTNEED);
	return root;
}

void
mn_arena_large_pages(struct mn_arena root)
{
	madvise(root.beg, (size_t)(root.end - root.beg), MADV_HUGEPAGE);
}

void *
mn_arena_alloc(struct mn_arena *a, size_t size, size_t align, size_t count)
{
	size_t pad = -(uintptr_t)a->beg & (align - 1);
	size_t room = (size_t)(a->end - a->beg), bytes;
	if (__builtin_mul_overflow(size, count, &bytes))
		bytes = SIZE_MAX;
	if (bytes > room || pad > room - bytes)
		exhausted(a->oom, bytes);
	char *p = a->beg + pad;
	a->beg = p + bytes;
	/* Scratch use may have left bytes here, so zero them; large blocks are given back
	 * to the system instead, which zeroes pages only when they are touched. */
	if (bytes >= 64 * PAGE_BYTES) {
		char *first = (char *)(((uintptr_t)p + PAGE_BYTES - 1) &
				       ~(uintptr_t)(PAGE_BYTES - 1));
		size_t whole = (size_t)(p + bytes - first) & ~(size_t)(PAGE_BYTES - 1);
		if (madvise(first, whole, MADV_DONTNEED) == 0) {
			memset(p, 0, (size_t)(first - p));
			memset(first + whole, 0, (size_t)(p + bytes - (first + whole)));
			return p;
		}
	}
	return bytes ? memset(p, 0, bytes) : p;
}

struct mn_str
mn_arena_str(struct mn_arena *a, struct mn_str s)
{
	return mn_str(mn_arena_cstr(a, s), s.n);
}

char *
mn_arena_cstr(struct mn_arena *a, struct mn_str s)
{
	char *p = mn_arena_alloc(a, 1, 1, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct mn_str
mn_arena_fmt(struct mn_arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	size_t len = n < 0 ? 0 : (size_t)n;
	char *p = mn_arena_alloc(a, 1, 1, len + 1);
	vsnprintf(p, len + 1, fmt, again);
	va_end(again);
	return mn_str(p, len);
}

void *
mn_handle_new(size_t bytes)
{
	return calloc(1, bytes);
}

void
mn_handle_free(void *handle)
{
	free(handle);
}

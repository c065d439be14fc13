/*
 * Bump arenas. Three lifetimes use them: run, chunk, scratch. A function that takes
 * `struct mn_arena *` keeps what it allocates; one that takes `struct mn_arena` by value
 * uses the rest of the arena as scratch and forgets it on return.
 *
 * The memory of a root arena is one reserved range of addresses; pages cost memory only
 * once they are touched, so roots are made large and never grow or move. Pointers stay
 * valid until the root is freed or reset.
 *
 * Thread rule: one arena, one thread.
 */
#ifndef MN_BASE_ARENA_H
#define MN_BASE_ARENA_H

#include "manumit/base/str.h"

/* Called when an arena is exhausted; must not return (exit or longjmp). */
struct mn_oom {
	void (*fn)(void *ctx, size_t asked_bytes);
	void *ctx;
};

struct mn_arena {
	char *beg, *end;
	const struct mn_oom *oom; /* NULL: abort() */
};

/* Reserves an arena of up to max_bytes (falls back to less when the system refuses, at
 * least 1 MiB). Calls oom when not even that can be had. Free with mn_arena_free, given
 * the value as it was returned here. */
struct mn_arena mn_arena_new(size_t max_bytes, const struct mn_oom *oom);
void mn_arena_free(struct mn_arena root);
/* Gives pages above the mark back to the system: `root` as made, `now` the current value;
 * afterwards use `root` again. For chunk arenas that are reset often. */
struct mn_arena mn_arena_reset(struct mn_arena root, struct mn_arena now);

/* Asks the system for large pages in this arena, where it has them: for arrays of many
 * MiB that are looked up here and there. May cost some MiB more than is used. */
void mn_arena_large_pages(struct mn_arena root);

/* count objects of size bytes, zeroed, aligned (a power of two <= 4096). Never NULL:
 * overflow and exhaustion go to oom. */
void *mn_arena_alloc(struct mn_arena *a, size_t size, size_t align, size_t count);
#define MN_NEW(a, T, n) ((T *)mn_arena_alloc((a), sizeof(T), _Alignof(T), (n)))

/* A copy of s that lives as long as the arena; p is never NULL. */
struct mn_str mn_arena_str(struct mn_arena *a, struct mn_str s);
/* A NUL-terminated copy (embedded NULs stay where they are). */
char *mn_arena_cstr(struct mn_arena *a, struct mn_str s);
/* printf into the arena. */
struct mn_str mn_arena_fmt(struct mn_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* One zeroed object with a life of its own (the opaque handles of other rooms); NULL when
 * there is no memory. Free with mn_handle_free; NULL is fine. */
void *mn_handle_new(size_t bytes);
void mn_handle_free(void *handle);

#endif

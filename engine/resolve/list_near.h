/* Private to the room: words of a list under what is left of them (mn_list_near_keys). */
#ifndef MN_RESOLVE_LIST_NEAR_H
#define MN_RESOLVE_LIST_NEAR_H

#include "list_image.h"

struct mn_near_words {
	const struct mn_ltoken *token;
	const char *text; /* of the tokens */
	uint32_t n, mask; /* tokens; number of buckets - 1, a power of two less one */
	uint32_t *begin;  /* one a bucket and one more, zeroed: see the two functions */
	uint32_t jobs;    /* threads */
	uint64_t all;     /* out: keys of all words */
	const struct mn_near_lot *lot; /* out: the keys, in the arena */
};

/* Computes the keys, in threads, into the arena (8 bytes a key), and leaves in begin
 * where each bucket ends. */
void mn_near_count(struct mn_near_words *w, struct mn_arena *a);
/* Fills near[all] of the buckets from `from` up to `to`; begin then holds where each of
 * them begins. Within a bucket the words stand in falling order. Ranges that do not touch
 * may be filled side by side. */
void mn_near_fill(
    const struct mn_near_words *w, uint32_t from, uint32_t to, struct mn_lnear *near);

#endif

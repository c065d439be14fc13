/*
 * Private to the room: blocking keys of names that are alike without being equal.
 *
 * A key is type, word, '|', country, '|', the name's words. Rows that share type and word
 * are one bucket; within it rows stand by country, those without one first, and rows of
 * like words next to each other:
 *   T a telling word, or the two most telling ones of a name without a brand
 *   S the consonants of all brand words: other spellings, words written as one
 *   F the first letters of a brand word, and the next word or its first letters: a slip
 *     anywhere else
 */
#ifndef MN_RESOLVE_BLOCKS_H
#define MN_RESOLVE_BLOCKS_H

#include "manumit/resolve/name.h"
#include "manumit/resolve/resolve.h"

#define MN_ALIKE_TYPES "FST"
#define MN_UNITING_TYPES "CLORIN" /* a key in common makes two rows one */
#define MN_MAX_ALIKE_KEYS 4       /* 2 words, consonants, first letters */

/* The keys of a supplier's analysed name, into the arena; returns how many. */
size_t mn_block_alike(const struct mn_lexicon *x, const struct mn_name *n,
    struct mn_str country, struct mn_block_key out[MN_MAX_ALIKE_KEYS],
    struct mn_arena *a);

/* The parts of such a key (without what stands behind it). False: not one. */
struct mn_block_parts {
	struct mn_str bucket; /* type and word */
	struct mn_str country;
};
bool mn_block_split(struct mn_str key, struct mn_block_parts *out);

#endif

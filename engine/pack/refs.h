/* Names across the rows of a pack: duplicates and references. Inside the pack room. */
#ifndef MN_PACK_REFS_H
#define MN_PACK_REFS_H

#include "pack_impl.h"

/* Per section with key fields: its rows in the order of their names. Lives as long as the
 * build and the arena it was made in. */
struct mn_pnames {
	const struct mn_pbuild *b;
	const uint32_t *order[MN_PSEC_COUNT];
	uint32_t n[MN_PSEC_COUNT];
};
/* Sorts the names; false (PACK_DUP) when one is there twice. */
bool mn_pnames_build(struct mn_pnames *n, const struct mn_pbuild *b, struct mn_arena *a,
    struct mn_err *err);
/* Every reference leads to a row (PACK_REF). Unless whole, one into a section that these
 * files do not have is let be. */
bool mn_pnames_refs(const struct mn_pnames *n, bool whole, struct mn_err *err);
/* The rows that the program asks for by code are there (PACK_MISSING). */
bool mn_pnames_needed(const struct mn_pnames *n, struct mn_err *err);

#endif

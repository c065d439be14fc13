/* What the rows of one entity say of regions that laws name. Inside the evidence room. */
#ifndef MN_EVIDENCE_PLACES_H
#define MN_EVIDENCE_PLACES_H

#include "manumit/base/limits.h"
#include "manumit/evidence/regions.h"
#include "manumit/store/store.h"

/* By status and content, each once: of more than fit, the same are kept in every order
 * of the rows. The rows are those that the facts were read from. */
struct mn_places {
	struct mn_gate_fact fact[MN_MAX_PLACES];
	struct mn_record rec[MN_MAX_PLACES];
	uint32_t n;
};

/* Reads each row by itself: one company may have its sites in several places. Facts and
 * rows live in the arena or as long as the reader's transaction. */
bool mn_places_read(struct mn_places *p, const struct mn_regions *x, struct mn_reader *r,
    const struct mn_entity *e, int32_t as_of, struct mn_arena *a, struct mn_err *err);

#endif

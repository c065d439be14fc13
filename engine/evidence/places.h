/* What the rows of one entity say of regions and goods that laws name. Inside the
 * evidence room. */
#ifndef MN_EVIDENCE_PLACES_H
#define MN_EVIDENCE_PLACES_H

#include "manumit/base/limits.h"
#include "manumit/evidence/orders.h"
#include "manumit/evidence/regions.h"
#include "manumit/store/store.h"

/* By status and content, each once: of more than fit, the same are kept in every order
 * of the rows. The rows are those that the facts were read from. */
struct mn_places {
	struct mn_gate_fact fact[MN_MAX_PLACES];
	struct mn_record rec[MN_MAX_PLACES];
	uint32_t n;
};
struct mn_placing {
	const struct mn_pack *pack;
	const struct mn_regions *regions;
	const struct mn_goods *goods;
	int32_t as_of;
};

/* Reads each row by itself: one company may have its sites in several places. Facts and
 * rows live in the arena or as long as the reader's transaction. */
bool mn_places_read(struct mn_places *p, const struct mn_placing *x, struct mn_reader *r,
    const struct mn_entity *e, struct mn_arena *a, struct mn_err *err);

/* What the rows of an entity say of what it makes, and where. */
bool mn_places_made(const struct mn_placing *x, struct mn_reader *r,
    const struct mn_entity *e, struct mn_arena *a, struct mn_made *out,
    struct mn_err *err);

#endif

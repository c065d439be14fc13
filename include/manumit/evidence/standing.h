/*
 * What a gate is before anybody is met: not applicable, not checked, or compared and no
 * match. A list that is missing or too old is no check, and a product that is not stated
 * cannot be compared; then the status is "not checked", with its reason, never blank and
 * never a clearance. Pure.
 */
#ifndef MN_EVIDENCE_STANDING_H
#define MN_EVIDENCE_STANDING_H

#include "manumit/model/entity.h"
#include "manumit/model/gate.h"
#include "manumit/model/source.h"
#include "manumit/pack/pack.h"

/* What a run has to compare with, for one gate. */
struct mn_gate_ground {
	bool lists;          /* rows of some list feed it */
	bool goods;          /* rows gate_orders of the packs do */
	struct mn_str stale; /* the first list, or pack of goods, that is too old, in
				words; empty: none */
	struct mn_str goods_stale;
};
/* For each gate of the pack. Words live in the arena. */
void mn_gate_grounds(const struct mn_pack *p, const struct mn_source *source,
    uint32_t n_source, int32_t as_of, struct mn_arena *a,
    struct mn_gate_ground out[MN_MAX_GATES]);

/* The status of a gate without facts, and why it is neither checked nor applicable (empty
 * where it was compared). */
enum mn_gate_status mn_gate_standing(const struct mn_pack *p, uint32_t gate,
    const struct mn_gate_ground *ground, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a, struct mn_str *why);

/* A gate with its facts: the greatest of those that count. For stage score, and for
 * whoever brings facts of other entities along (status UPSTREAM). */
uint8_t mn_gate_raise(uint8_t status, const struct mn_gate_fact *f);

#endif

/*
 * Orders about goods. Rows gate_orders of the packs name a good of a country or region
 * and no firm: a supplier's own row meets them by product, category or HS code and by the
 * country it is made in. An entry of a list that names a firm may be limited to a good as
 * well: then the firm alone is told, and not counted.
 */
#ifndef MN_EVIDENCE_ORDERS_H
#define MN_EVIDENCE_ORDERS_H

#include "manumit/evidence/goods.h"
#include "manumit/evidence/regions.h"

/* At most so many facts of one row are told: the longest list has a good of one country
 * in two rows. */
#define MN_ORDER_FACTS 8

/* The orders that a supplier's row meets; `found` are the facts of mn_regions_of about
 * the same row. Status POSSIBLE; NO_MATCH (told) where the order is over. Facts are made
 * as those of regions are, with the code of the row in entry_id, and mn_regions_entry is
 * what decisions about them bind. */
size_t mn_orders_of(const struct mn_goods *x, const struct mn_pack *p,
    const struct mn_record *rec, const struct mn_gate_fact *found, size_t n_found,
    int32_t as_of, struct mn_arena *a, struct mn_gate_fact out[MN_ORDER_FACTS]);

/* What the rows of an entity say of what it makes and where. */
struct mn_made {
	struct mn_goods_said goods;
	struct mn_str origins;   /* where it is made, codes with ';' between */
	struct mn_str countries; /* where it stands */
};
void mn_made_add(const struct mn_goods *x, const struct mn_record *rec,
    struct mn_arena *a, struct mn_made *to);

/* Holds a fact against the good and country that its entry is limited to (the entry's
 * fields good and country): sets fit and fits. Another good or country makes it told; a
 * hit becomes possible where it is not known and no person decided. Nothing where the
 * entry has no good. */
void mn_gate_limit(const struct mn_goods *x, const struct mn_record *entry,
    const struct mn_made *made, struct mn_arena *a, struct mn_gate_fact *f);

#endif

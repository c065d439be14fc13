/*
 * Gates by place: does a supplier's own row say that the site, or the good, is of a
 * region that a law names? The words are rows of packs (gate_regions). What is found is
 * possible at most: no list was met, and a name of a place is also that of streets and
 * of goods that have nothing to do with it.
 */
#ifndef MN_EVIDENCE_REGIONS_H
#define MN_EVIDENCE_REGIONS_H

#include "manumit/model/entity.h"
#include "manumit/model/gate.h"
#include "manumit/pack/pack.h"

struct mn_regions; /* the words of all rows, found by their first byte */

/* Lives as long as the arena and the pack. */
const struct mn_regions *mn_regions_new(const struct mn_pack *p, struct mn_arena *a);

/* Could the row be concerned at all? Cheap: most rows are of another country and have no
 * word to look at. */
bool mn_regions_concern(const struct mn_regions *x, const struct mn_record *rec);

/* One fact a region and basis (site, good) that the row speaks of; at most
 * MN_REGION_FACTS. Status POSSIBLE; NO_MATCH where the words are told but do not count (a
 * street, another province, "non-..."), and then `why` says so. Sets basis, gate, status,
 * key, entry_id (the region's code), list, entry, listed_as (the words met), why, reason,
 * citation, own_field and rid, all in the arena or borrowed from pack and row. Nothing of
 * gates that are not in force on the day. */
#define MN_REGION_FACTS (2 * MN_MAX_GATES)
size_t mn_regions_of(const struct mn_regions *x, const struct mn_record *rec,
    int32_t as_of, struct mn_arena *a, struct mn_gate_fact out[MN_REGION_FACTS]);

/* Does one of the folded words stand, whole, in a text? */
bool mn_regions_word(struct mn_str text, struct mn_strs words, struct mn_arena scratch);

/* The list entry that such a fact stands for, so that decisions can bind it: the region,
 * with what the row says of its place. When that changes, it is another entry. */
void mn_regions_entry(const struct mn_gate_fact *f, const struct mn_record *rec,
    struct mn_arena *a, struct mn_record *out);

#endif

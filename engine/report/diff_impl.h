/* Private to the room: what of two generations differs at all, and whose doing a changed
 * row is. */
#ifndef MN_REPORT_DIFF_IMPL_H
#define MN_REPORT_DIFF_IMPL_H

#include "manumit/report/diff.h"

struct mn_diff {
	const struct mn_report *was, *now;
	bool differs[MN_CAUSE_COUNT];
	const int16_t *class_now; /* source class of `was` -> of `now`, -1: gone */
};

/* Compares packs, days, versions, sources and heads of the journal. */
void mn_diff_begin(struct mn_diff *d, const struct mn_report *was,
    const struct mn_report *now, struct mn_arena *a);
/* Fills items, likelihoods and bands of an entity that both have. */
void mn_diff_entity(const struct mn_diff *d, const struct mn_view *was,
    const struct mn_view *now, struct mn_arena *a, struct mn_diff_entity *out);

/* Entities of the other generation that are made of the same rows, by their ids. */
#define MN_DIFF_KIN 16
struct mn_kin {
	struct mn_eid eid[MN_DIFF_KIN];
	uint32_t n;
};
bool mn_diff_kin(const struct mn_report *home, const struct mn_view *v,
    const struct mn_report *other, struct mn_kin *out, struct mn_err *err);
/* 1 there is such an entity, 0 there is not, -1 err. */
int mn_diff_has(const struct mn_report *r, struct mn_eid id, struct mn_err *err);
/* The kin of an entity that only `home` has, and the one that it goes on as, or comes
 * from, if there is one that only `other` has. */
bool mn_diff_partner(const struct mn_report *home, const struct mn_view *v,
    const struct mn_report *other, struct mn_arena scratch, struct mn_kin *kin,
    struct mn_eid *out, bool *found, struct mn_err *err);

#endif

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

#endif

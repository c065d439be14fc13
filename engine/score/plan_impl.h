/* Private to the room: the parts of a plan. */
#ifndef MN_SCORE_PLAN_IMPL_H
#define MN_SCORE_PLAN_IMPL_H

#include "manumit/score/plan.h"

/* Days of crews, spent in regions: a flow that is mended when a region wants more than
 * its crews have left, by moving what they do elsewhere to others. */
struct mn_plan_flow {
	uint32_t n_region, n_crew;
	const struct mn_plan_crew *crew;
	const uint8_t *serves;  /* region * n_crew + crew */
	uint32_t *left;         /* by crew */
	uint32_t *spent;        /* region * n_crew + crew */
	uint32_t *from, *queue; /* scratch of the search */
	/* By region: the most that can still be had for it, as far as is known. Spending
	 * elsewhere never makes it more. */
	uint32_t *most;
};
#define MN_PLAN_CELLS (1u << 24) /* regions times crews kept: 64 MiB */

struct mn_plan_flow mn_plan_flow_new(
    const struct mn_plan_in *in, uint32_t n_region, struct mn_arena *a);
struct mn_plan_flow mn_plan_flow_copy(const struct mn_plan_flow *f, struct mn_arena *a);
/* Spends up to `want` in the region; how many there were. */
uint32_t mn_plan_flow_push(struct mn_plan_flow *f, uint32_t region, uint32_t want);
/* All of it or nothing. */
bool mn_plan_flow_take(struct mn_plan_flow *f, uint32_t region, uint32_t want);
/* Gives units of the region back. */
void mn_plan_flow_give(struct mn_plan_flow *f, uint32_t region, uint32_t units);

/* What is chosen among the sites, in order of worth a day. */
struct mn_plan_work {
	const struct mn_plan_in *in;
	const uint32_t *order; /* sites, the best first */
	uint8_t *chosen;       /* by site: stratum + 1, 0 not */
	uint8_t *dim;          /* by site: the class it is there for */
	uint32_t *least[MN_PLAN_DIMS],
	    *has[MN_PLAN_DIMS]; /* by class; has: ranked ones */
	struct mn_plan_flow flow;
	struct mn_arena *a;
};

/* Is the site in the plan whatever the ranking says? */
bool mn_plan_fixed(const struct mn_plan_work *w, uint32_t site);
/* The most that sites not yet chosen can reach with what is left, fractions of visits
 * allowed, from the order's place `at` on. Spends from the flow. */
int64_t mn_plan_bound(
    const struct mn_plan_work *w, struct mn_plan_flow *flow, uint32_t at);
/* plan_exact.c: compares all plans when there are few sites; true: the best is chosen. */
bool mn_plan_exact(
    struct mn_plan_work *w, const struct mn_plan_flow *begin, struct mn_arena scratch);

#endif

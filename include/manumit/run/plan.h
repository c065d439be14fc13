/*
 * Planning visits out of a published generation: what is read, who may be visited, what
 * people changed. The arithmetic is score/plan.h, the pages report/plan.h.
 */
#ifndef MN_RUN_PLAN_H
#define MN_RUN_PLAN_H

#include "manumit/report/plan.h"
#include "manumit/run/run.h"

struct mn_plan_opts {
	const char *data_dir; /* a store, or a report directory */
	const char *out;
	uint32_t visits;             /* capacity as a number of visits, or 0: */
	const char *inspectors;      /* a table of crews */
	const char *never, *seasons; /* NULL: none */
	enum mn_plan_dim by;         /* MN_PLAN_DIMS: not said */
	uint32_t random_percent, reserve_percent, coverage_percent, cool_down;
	uint64_t seed;
	int32_t month; /* first day of the month planned; MN_DAY_NONE: the one after the
			  generation's day */
	/* A change: swap_out leaves and swap_in takes a place; or defer leaves. */
	const char *swap_out, *swap_in, *defer;
	struct mn_str reason, who;
	struct mn_when now;
	bool force, apart;
	const struct mn_countries *countries;
	const struct mn_messages *messages; /* language of the pages; NULL: English */
};

struct mn_plan_result {
	struct mn_visits visits;
	bool changed; /* a change was recorded */
	struct mn_journal_head head;
};
/* Makes the plan and publishes its directory in one step; a change is recorded and
 * journalled first. */
bool mn_run_plan(const struct mn_plan_opts *o, struct mn_arena *a,
    struct mn_plan_result *out, struct mn_err *err);

#endif

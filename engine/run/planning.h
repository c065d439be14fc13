/* Private to the room: a plan in the making. */
#ifndef MN_RUN_PLANNING_H
#define MN_RUN_PLANNING_H

#include "manumit/connectors/plain_table.h"
#include "manumit/report/messages.h"
#include "manumit/run/plan.h"

/* Names with numbers: regions, sectors. Equal when their keys are. */
struct mn_classes {
	struct mn_str *key, *name, *country;
	uint32_t n, cap, *slot, n_slot;
	struct mn_arena *a;
};
struct mn_classes mn_classes_new(struct mn_arena *a);
/* The number of the name, which is new when nobody had its folded form in the country. */
uint32_t mn_classes_of(
    struct mn_classes *c, struct mn_str country, struct mn_str name, struct mn_str shown);

struct mn_place { /* a site that may be visited, beside its mn_plan_site */
	int32_t last_visit;
	int64_t workers;
	bool assumed; /* the sector's usual number, or a guess */
};

struct mn_inspector { /* a row of the table of inspectors */
	struct mn_str name, base, regions, languages;
	uint32_t days;
};
struct mn_season {
	struct mn_str sector, region; /* folded words; empty: any */
	uint32_t from, to; /* months 1..12; from > to goes over the year's end */
};
struct mn_moved { /* a change in force */
	bool swap;
	struct mn_eid out, in;
	struct mn_str reason, by;
	int32_t on;
};

struct mn_planning {
	const struct mn_plan_opts *o;
	struct mn_arena *a;
	struct mn_report r;
	struct mn_visits *v;
	int32_t month;
	struct mn_classes region, sector;
	struct mn_plan_site *site;
	struct mn_place *place;
	uint32_t n_site, cap_site;
	struct mn_eid *never;
	uint32_t n_never;
	struct mn_season *season;
	uint32_t n_season;
	struct mn_inspector *crew;
	uint32_t n_crew;
	struct mn_plan_crew *plan_crew;
	struct mn_moved *moved;
	uint32_t n_moved, cap_moved;
	struct mn_str *remark;
	uint32_t n_remark, cap_remark, n_input_remark; /* of the inputs come first */
	struct mn_inherent_memo *memo;
	struct mn_plan_in in;
	struct mn_plan_out out;
};

/* A sentence for the planning page. */
void mn_planning_remark(struct mn_planning *x, struct mn_str sentence);
/* plan_inputs.c */
bool mn_planning_inputs(struct mn_planning *x, struct mn_err *err);
/* Regions of crews by number, when the sites are known. */
void mn_planning_crews(struct mn_planning *x);
/* plan_sites.c: who may be visited. */
bool mn_planning_sites(struct mn_planning *x, struct mn_err *err);
/* plan.c: who may be visited, and which are, with the changes at hand. */
bool mn_planning_compute(struct mn_planning *x, struct mn_err *err);
/* plan_moves.c: changes in force; and a new one: the plan is made again with it, and it
 * is journalled when that does what it says. */
bool mn_planning_moves(struct mn_planning *x, struct mn_err *err);
bool mn_planning_move(
    struct mn_planning *x, struct mn_plan_result *out, struct mn_err *err);
/* plan_visits.c: what the pages say of each visit. */
bool mn_planning_visits(struct mn_planning *x, struct mn_err *err);

#endif

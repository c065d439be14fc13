/*
 * Which sites to visit with the inspector-days there are. Pure: the same sites, crews and
 * seed give the same plan, in whatever order the sites come.
 *
 * A site is worth severity x likelihood x workers reached, and costs days; crews (an
 * inspector each, or one of so many visits) have days and serve regions. Days of a visit
 * may be shared by crews. First a part of the days is drawn by lot, then a part is kept
 * for complaints, and the rest goes where most is reached per day, with a least number of
 * visits in each region, sector and size class.
 */
#ifndef MN_SCORE_PLAN_H
#define MN_SCORE_PLAN_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"

enum mn_plan_dim { MN_PLAN_REGION, MN_PLAN_SECTOR, MN_PLAN_SIZE, MN_PLAN_DIMS };
enum mn_plan_stratum { MN_PLAN_RANKED, MN_PLAN_RANDOM, MN_PLAN_RESERVE, MN_PLAN_STRATA };

/* Design values. A day reaches so many workers, because interviews in private take half
 * an hour or are samples; larger sites take more days, and reach no more a day. */
#define MN_PLAN_REACH 50
#define MN_PLAN_MOST_DAYS 4
#define MN_PLAN_COOL_DOWN 365 /* days after a visit in which none is planned */
#define MN_PLAN_COVERAGE 30   /* percent of its share that a class gets at least */

struct mn_plan_site {
	struct mn_eid id;
	uint32_t class_of[MN_PLAN_DIMS]; /* region, sector, size: numbers from 0 */
	int64_t value;                   /* of the visit, in Q16 workers; at least 0 */
	uint32_t cost;                   /* at least 1 */
	bool complaint;
	bool wanted; /* somebody put it into the plan: it comes first */
};

struct mn_plan_crew {
	uint32_t units; /* days, or visits */
	const uint32_t *region;
	uint32_t n_region; /* 0: serves all */
};

struct mn_plan_in {
	const struct mn_plan_site *site;
	uint32_t n_site;
	const struct mn_plan_crew *crew;
	uint32_t n_crew;
	uint32_t n_class[MN_PLAN_DIMS];
	uint32_t random_percent, reserve_percent, coverage_percent;
	uint64_t seed;
};

struct mn_plan_pick {
	uint32_t site;
	uint8_t stratum; /* enum mn_plan_stratum */
	uint8_t dim;     /* the class it is there for, MN_PLAN_DIMS: for its worth */
	uint32_t rank;   /* of the site among all by worth a day, from 1 */
};

struct mn_plan_out {
	const struct mn_plan_pick *pick; /* by stratum, then rank */
	uint32_t n_pick;
	uint32_t units;                /* of all crews */
	uint32_t used[MN_PLAN_STRATA]; /* of them */
	uint32_t open;                 /* kept for complaints that are yet to come */
	uint32_t drawn_from;           /* sites that the lot could have fallen on */
	int64_t value,
	    bound;    /* of the ranked: what it reaches, and what no plan exceeds */
	bool optimal; /* every plan was compared, so none is better */
	/* Least visits by class of each dimension, and those that could not be had. */
	const uint32_t *least[MN_PLAN_DIMS];
	uint32_t short_of;
	/* units[region * n_crew + crew] that the crew spends in the region */
	const uint32_t *spent;
};

/* False and err: no crew has a day, or regions times crews is more than is kept. */
bool mn_plan_make(const struct mn_plan_in *in, struct mn_arena *a,
    struct mn_plan_out *out, struct mn_err *err);

/* Days that a visit takes: 1 below 50 workers, 2 below 250, 3 below 1000, else 4. */
uint32_t mn_plan_days(int64_t workers);
/* Workers reached by a visit of so many days. */
int64_t mn_plan_reached(int64_t workers, uint32_t days);
/* Class of size: 0 below 10, 1 below 50, 2 below 250, 3 more, 4 not known (-1). */
#define MN_PLAN_SIZES 5
uint32_t mn_plan_size(int64_t workers);
extern const char *const MN_PLAN_SIZE_NAME[MN_PLAN_SIZES];

#endif

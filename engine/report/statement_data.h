/*
 * Private to the room: what a statement counts, in one pass over entities, evidence and
 * what was done. Counts of suppliers; of workers only sums that the public may see.
 */
#ifndef MN_REPORT_STATEMENT_DATA_H
#define MN_REPORT_STATEMENT_DATA_H

#include "manumit/report/statement.h"

#include "remedy.h"

#define MN_ST_GROUPS 512 /* countries, sectors, tiers; pairs of them */
#define MN_ST_CURRENCIES 16
#define MN_ST_ASKED "ASK-" /* actions of `manumit ask` begin so */
#define MN_ST_LATE 90      /* days after which an open finding is told apart */

/* Names of groups that are words of the program: four of tiers, and what is unknown. */
enum { MN_ST_COUNTRY_UNKNOWN = 4, MN_ST_SECTOR_UNKNOWN, MN_ST_OUR_GROUPS };
extern const char *const MN_ST_OUR_GROUP[MN_ST_OUR_GROUPS];

struct mn_st_group {
	struct mn_str name, more; /* of a pair: country, sector */
	uint64_t n, seen;         /* entities; those with any evidence */
	uint64_t high;            /* of inherent risk 0.5 or more */
	uint64_t open;            /* with an open finding */
	uint64_t migrants, women; /* that say of migrants, of a majority of women */
	uint64_t tier[4];         /* unknown, 1, 2, 3 and below */
	int64_t weight_q16;       /* severity by likelihood, summed */
};
struct mn_st_groups {
	struct mn_st_group *v;
	uint32_t n;
};
struct mn_st_money {
	char currency[4];
	int64_t all_e4, seen_e4, paid_e4, owed_e4;
	uint64_t n, workers; /* workers that something is owed to */
};

struct mn_st_data {
	uint64_t entities, seen, unknown, spend_known;
	uint64_t role[5];
	struct mn_st_groups tier, country, sector, pair;
	struct mn_st_money spend[MN_ST_CURRENCIES], remedy[MN_ST_CURRENCIES];
	uint32_t n_spend, n_remedy;
	/* Suppliers by indicator: open, closed on a claim, verified by workers. */
	uint64_t open[MN_INDICATORS], claimed[MN_INDICATORS], verified[MN_INDICATORS];
	uint64_t findings_open, findings_late, findings_year[2]; /* this year, the last */
	uint64_t with_open;                                      /* suppliers */
	/* What was done, this year and the last. */
	uint64_t activity[6][2], audits_unannounced[2], audits_announced[2], offsite[2];
	uint64_t sessions[2], people[2], trained[5];
	uint64_t plan[MN_PLAN_STATES], actions, done_year[2];
	uint64_t asked, replied; /* questionnaires */
	uint64_t debts, settled, overdue, workers_paid;
	bool profile;
	struct mn_record own; /* the newest profile of the year, or of an earlier one */
};

/* Strings live in the arena. */
bool mn_st_count(const struct mn_report *r, int year, struct mn_arena *a,
    struct mn_st_data *out, struct mn_err *err);

#endif

/*
 * Private to the room: what is to be done about an entity and what was, as one plan and
 * one ledger, for every output that shows them.
 */
#ifndef MN_REPORT_REMEDY_H
#define MN_REPORT_REMEDY_H

#include "manumit/report/view.h"

enum mn_plan_state {
	MN_PLAN_PROPOSED, /* nothing was recorded of it */
	MN_PLAN_OPEN,
	MN_PLAN_IN_PROGRESS,
	MN_PLAN_OVERDUE, /* not done on its due day */
	MN_PLAN_DONE,    /* somebody says so */
	MN_PLAN_VERIFIED,
	MN_PLAN_DROPPED,
	MN_PLAN_STATES
};
const char *mn_plan_state_name(unsigned s);

struct mn_plan_row {
	const char *kind; /* "next step", "remedy", "repay fees", "own" */
	/* "I07-1"; empty: an action of the user's own, known by its words */
	struct mn_str id;
	struct mn_str about; /* indicator, gate, "state" or empty */
	struct mn_str action;
	const struct mn_prov *prov; /* of the pack row, NULL: none */
	struct mn_str verify;       /* proposed way of verification */
	int64_t within_days;        /* proposed deadline, 0: none */
	enum mn_plan_state state;
	const struct mn_done *last; /* what was recorded last; NULL: nothing */
};
/* Proposals in the order to be done, then what the user added; in the arena. */
uint32_t mn_plan_of(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, const struct mn_plan_row **out);

/* Is it the word of workers that verifies? By the packs' table of parties. */
bool mn_verified_by_workers(const struct mn_report *r, struct mn_str by);

/* The state of an action by its last entry. */
enum mn_plan_state mn_plan_state_of(
    const struct mn_report *r, const struct mn_record *rec);

struct mn_ledger_row {
	struct mn_str about, recruiter, origin, destination, currency;
	bool owed_known, paid_known;
	int64_t owed_e4, paid_e4;
	int64_t by_fees_e4; /* owed by the fee ledger, -1: it says nothing of it */
	/* What the fee ledger says before it is rounded for the reader: to see whether it
	 * is settled, never told. -1: nothing of it. */
	int64_t exact_owed_e4, exact_paid_e4;
	bool disagrees;                /* recorded is another sum than the fee ledger's */
	int64_t workers, workers_paid; /* -1: not said */
	int32_t due, last_paid, verified_on;
	struct mn_str owner, verified_by;
	bool verified; /* by workers, or who speaks for them: another's word is a claim */
	bool overdue, settled;
	bool shown; /* false: so few workers that nothing of it may be said */
	const struct mn_done *last; /* NULL: only the fee ledger knows of it */
};
/* What is owed to workers and was paid: recorded rows, and fee ledgers of which none was
 * recorded; in the arena. */
uint32_t mn_ledger_of(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, const struct mn_ledger_row **out);

/* The row that an entry alone makes, without the fee ledgers. */
struct mn_ledger_row mn_ledger_of_record(
    const struct mn_report *r, const struct mn_done *d);

/* Is it a visit or training that the audience is told of? */
bool mn_done_told(const struct mn_report *r, const struct mn_done *d);
/* A field of the last entry, or nothing. */
struct mn_str mn_plan_field(const struct mn_plan_row *p, enum mn_field f);
/* "1200.50 USD" */
struct mn_str mn_ledger_money(int64_t e4, struct mn_str currency, struct mn_arena *a);
/* Calls for the last row of each history of the store, in the order of the table. */
bool mn_done_each_last(const struct mn_report *r,
    void (*fn)(void *ctx, const struct mn_done *d), void *ctx, struct mn_err *err);
/* Rows of the same history before this one, which is the last of it. */
uint32_t mn_done_before(const struct mn_done *last);

#endif

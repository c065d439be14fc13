/*
 * Deciding: what a person says about a pair goes into the state of a data directory and
 * into its journal, in one transaction. It takes effect with the next run.
 */
#ifndef MN_RUN_DECIDE_H
#define MN_RUN_DECIDE_H

#include "manumit/resolve/decision.h"
#include "manumit/run/run.h"

/* Rows of a file that are decided at once, without a word of their own. */
struct mn_decide_bulk {
	bool on;
	struct mn_str list, gate; /* empty: any */
	int64_t min_p_q16;        /* -1: any */
	bool same_country;        /* the entry's is stated and the supplier's */
	uint64_t expect;          /* how many there are; 0: show them, record nothing */
};

struct mn_decide_opts {
	const char *data_dir; /* a store of its own, not a report directory */
	const char *from;     /* file of decisions, "-" standard input; or NULL: */
	struct mn_str entity, candidate; /* one pair, as `explain` takes names */
	bool same;                       /* of the pair */
	/* Of the pair; of a file where a row leaves the cell empty. */
	struct mn_str reason, by;
	int32_t on, expires;
	bool force;                 /* supersede what contradicts */
	struct mn_decide_bulk bulk; /* with `same`, of a file */
	struct mn_when now;
	const struct mn_countries *countries;
	const struct mn_mappings
	    *mappings; /* how files are parsed; NULL: in this process */
};

struct mn_decide_result {
	const struct mn_decision *v; /* recorded, in the arena */
	uint32_t n;
	uint32_t unchanged; /* said the same before: not recorded again */
	uint32_t empty;     /* rows of the file without a decision */
	uint32_t bulk;      /* rows that were decided at once */
	bool shown;         /* nothing was recorded: v is what would be */
	struct mn_journal_head head;
};
/* Records everything or nothing. DECIDED names the decision that is contradicted; DATA
 * the file, line, column and value that cannot be used. */
bool mn_run_decide(const struct mn_decide_opts *o, struct mn_arena *a,
    struct mn_decide_result *out, struct mn_err *err);

/* ---- the journal ---- */
/* The state of a data directory, or of the store inside a report directory. */
struct mn_state *mn_run_state_open(const char *dir, struct mn_err *err);
/* Walks the chain, looks for the head that the current generation names, and compares
 * each stored decision and each entry of `manumit record` with what the journal last said
 * of it. */
bool mn_run_audit(const char *dir, struct mn_arena *a, struct mn_journal_head *head,
    struct mn_err *err);

#endif

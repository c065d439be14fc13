/*
 * Private to the room: fee ledgers. Rows are sorted by (employer, ledger, worker,
 * recruiter, agents, corridor); a ledger is a file with one class and root. Each worker's
 * lines are read together (fee_worker.c) and cut into parts by recruiter and corridor
 * (fees_parts.c). When an employer is through, its parts become aggregates
 * (fees_group.c) and one statement on debt bondage a ledger and recruiter, for the
 * employer and for the recruiter (fees_evidence.c). Nothing about a single worker leaves
 * these files.
 */
#ifndef MN_EVIDENCE_ROOM_FEES_H
#define MN_EVIDENCE_ROOM_FEES_H

#include "manumit/evidence/fees.h"

#include "make.h"

/* The parts of a sorted row's key: employer, then source, class and root, then worker. */
#define MN_FEE_KEY_LEDGER 34
#define MN_FEE_KEY_WORKER 50

struct mn_fee_row {
	struct mn_fee_line line;
	uint32_t workers, match_q16, part;
	bool named_worker;
	struct mn_str recruiter, recruiter_country, agents, source_class, root;
};
void mn_fee_row_put(struct mn_buf *b, const struct mn_fee_row *r);
struct mn_fee_row mn_fee_row_get(struct mn_str value); /* borrows */

struct mn_fee_ledger {
	uint32_t src;
	struct mn_str source_class, root;
	struct mn_key id; /* of class and root */
	uint32_t no_wage, payers;
	mn_rid first_no_wage, first_no_rate;
};

/* What one worker bore by way of one party in one corridor. */
struct mn_fee_part {
	struct mn_str fold, party, country; /* of the recruiter or agent */
	const struct mn_fee_ledger *ledger;
	uint64_t worker; /* number within the employer */
	char origin[3], destination[3];
	bool agent; /* beside the recruiter's part, about the same money */
	bool paid, owed, payer_unknown, no_wage, no_rate, at_cap, no_receipt;
	bool condition[MN_FEE_CONDITIONS];
	uint8_t cap;
	uint32_t workers, rows, match_q16, unclassified;
	int64_t months_q16[MN_FEE_MEASURES]; /* -1 not assessable */
	/* For the bands: what it answers for, still borne and all; a lower bound. */
	int64_t open_q16, all_q16;
	int64_t back_e4; /* something was given back */
	int32_t back_day;
	mn_rid rid;
	struct mn_fee_money *money;
	uint32_t n_money;
};

/* An employer's parts, and where what is made of them goes. */
struct mn_fee_employer {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	const struct mn_ev_sink *ev;
	struct mn_xsort *fee; /* sort key -> u32 length of body, body, pos */
	struct mn_fee_joins *joins;
	struct mn_eid who;
	struct mn_fee_part *part;
	uint32_t n_part, cap_part;
	uint64_t workers;       /* cut so far */
	int64_t own_months_q16; /* from which a party answers for a worker's whole debt */
	struct mn_arena a;
	struct mn_fee_room {
		struct mn_buf key, value, money, fold;
	} * b;
};

/* Cuts the rows of one worker into parts of the employer, and tells of the worker. Rows
 * of one part stand together. */
void mn_fee_cut(struct mn_fee_employer *e, const struct mn_fee_ledger *ledger,
    struct mn_fee_row *row, uint32_t n, struct mn_arena scratch, struct mn_fee_worker *w);

/* Joined recruiters and agents, each asked for once. */
struct mn_fee_joins *mn_fee_joins_new(void);
void mn_fee_joins_free(struct mn_fee_joins *j);
struct mn_fee_who {
	struct mn_eid id;
	uint32_t match_q16; /* 0: no entity, or several */
};
bool mn_fee_join(struct mn_fee_employer *x, struct mn_str fold, struct mn_str name,
    struct mn_str country, struct mn_fee_who *out, struct mn_err *err);

/* Adds what `more` says of the same worker. */
void mn_fee_part_merge(
    struct mn_fee_part *to, const struct mn_fee_part *more, struct mn_arena *a);
/* Of the amounts alone. */
void mn_fee_money_merge(
    struct mn_fee_part *to, const struct mn_fee_part *more, struct mn_arena *a);

/* What parts are grouped by; within a group they stand by worker. */
enum mn_fee_order {
	MN_FEE_BY_WORKER,
	MN_FEE_BY_PARTY, /* agent, party, worker */
	MN_FEE_BY_CORRIDOR,
	MN_FEE_BY_PAIR,  /* agent, party, corridor, worker */
	MN_FEE_BY_LEDGER /* agent, party, ledger, worker */
};
void mn_fee_parts_sort(struct mn_fee_employer *x, enum mn_fee_order order);
bool mn_fee_same_group(
    const struct mn_fee_part *a, const struct mn_fee_part *b, enum mn_fee_order order);

bool mn_fee_groups(struct mn_fee_employer *x, struct mn_err *err);
bool mn_fee_statements(struct mn_fee_employer *x, struct mn_err *err);

/* Reads the spool and adds one record per usable row to `sorted`. */
bool mn_fees_sort(struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_xsort *sorted, struct mn_err *err);
/* Walks the sorted rows: evidence to `ev`, aggregates to `fee`. */
bool mn_fees_reduce(struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_xsort *sorted, const struct mn_ev_sink *ev, struct mn_xsort *fee,
    struct mn_err *err);

#endif

/*
 * What the fee ledgers say of one entity: aggregates only. No worker's reference, hashed
 * or not, is in them.
 *
 * What is owed to workers: the rows of scope MN_FEE_PAIR of an entity partition its
 * ledgers by recruiter and corridor. Walk their amounts with mn_fee_money_next; owed_e4
 * of each is the repayment due in that currency, owed_workers how many it is due to.
 */
#ifndef MN_MODEL_FEE_H
#define MN_MODEL_FEE_H

#include "manumit/model/codec.h"
#include "manumit/model/record.h"

enum mn_fee_scope {
	MN_FEE_ENTITY = 1, /* everything of the entity as the employer */
	/* Only where these say more than the rows by both: */
	MN_FEE_RECRUITER, /* by recruiter, all corridors */
	MN_FEE_CORRIDOR,  /* by corridor, all recruiters */
	MN_FEE_PAIR,      /* by recruiter and corridor */
	MN_FEE_SERVED     /* of a recruiter or agent: by employer and corridor */
};

/* Months, each over the workers of whom they can be computed. */
enum mn_fee_measure {
	MN_FEE_GROSS,  /* cost in months of contractual wage (SDG 10.7.1) */
	MN_FEE_NET,    /* the same without what was given back */
	MN_FEE_ACTUAL, /* net, in months of the wage paid in fact */
	MN_FEE_CLEAR,  /* months to pay off what is still borne */
	MN_FEE_MEASURES
};
/* Of MN_FEE_CLEAR: interest grows faster than the wage pays it off. */
#define MN_FEE_NEVER ((int64_t)INT32_MAX)

struct mn_fee_dist {
	uint32_t n;                   /* workers who paid and are assessable */
	uint32_t over1, over3, over6; /* of them, at or over 1, 3, 6 months */
	int64_t q1_q16, median_q16,
	    q3_q16; /* nearest rank; no largest: that is one worker */
};

enum mn_fee_class {
	MN_FEE_C_FEE,
	MN_FEE_C_COST,
	MN_FEE_C_ILLEGITIMATE,
	MN_FEE_C_UNKNOWN, /* a word that no table knows: counted all the same */
	MN_FEE_C_FINANCE, /* interest and lenders' charges: told apart, no cost */
	MN_FEE_CLASSES
};

/* Amounts in one currency, as they were paid. */
struct mn_fee_money {
	char currency[4];
	uint32_t payers, owed_workers;
	uint32_t class_workers[MN_FEE_CLASSES];
	int64_t by_class_e4[MN_FEE_CLASSES]; /* borne by workers, times 10000 */
	int64_t paid_e4; /* of them, what is a cost: without finance */
	int64_t back_e4; /* given back so far */
	int64_t owed_e4; /* the repayment due */
};

enum { MN_FEE_CONDITIONS = 3 }; /* clear_over_contract, apr_over_ceiling, may_not_leave */

struct mn_fee_stat {
	struct mn_eid who;
	uint8_t scope;       /* enum mn_fee_scope */
	struct mn_str party; /* recruiter; of SERVED the employer; empty: not named */
	struct mn_str
	    party_key;          /* folded, as in the sort key: only of what was decoded */
	struct mn_eid party_id; /* its entity, zero: none */
	char origin[3], destination[3]; /* ISO 3166-1 alpha-2 or "" */
	uint32_t workers;               /* workers with any line */
	uint32_t payers;                /* of them, who bore a cost */
	uint32_t owed_workers;          /* of them, whom something is still owed */
	uint32_t unknown_payer;         /* workers with a line whose payer is not known */
	uint32_t no_wage;               /* payers whose wage is not stated */
	uint32_t no_rate;               /* payers with an amount that no rate converts */
	uint32_t rows;
	uint32_t unclassified; /* lines of a kind that no table knows */
	uint32_t cap_known;    /* payers whom a national cap could be compared with */
	uint32_t over_cap;     /* of them, who paid more */
	uint32_t at_cap;       /* workers with a receipt of just the cap */
	uint32_t no_receipt;   /* payers with a line without receipt */
	uint32_t condition[MN_FEE_CONDITIONS]; /* workers of whom it holds */
	struct mn_fee_dist dist[MN_FEE_MEASURES];
	uint32_t n_money;
	struct mn_str money; /* for mn_fee_money_next */
	mn_rid rid;          /* first row of the ledger */
};

/* Walks the amounts by currency: *at begins at 0; false at the end. */
bool mn_fee_money_next(const struct mn_fee_stat *f, size_t *at, struct mn_fee_money *out);
/* Appends one, in the order of currencies, when a stat is made. */
void mn_fee_money_add(struct mn_buf *money, const struct mn_fee_money *m);

/* who, scope, party (folded by the caller), corridor */
void mn_fee_sort_key(
    const struct mn_fee_stat *f, struct mn_str party_key, struct mn_buf *out);
void mn_fee_encode(const struct mn_fee_stat *f, struct mn_buf *body, struct mn_buf *pos);
bool mn_fee_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_fee_stat *out, struct mn_err *err);

#endif

/*
 * What the fee ledgers say about one (entity, recruiter, corridor): aggregates only. No
 * worker's reference, hashed or not, is in it.
 */
#ifndef MN_MODEL_FEE_H
#define MN_MODEL_FEE_H

#include "manumit/model/record.h"

struct mn_fee_stat {
	struct mn_eid who;
	struct mn_str recruiter;        /* name as most rows write it; empty: not named */
	char origin[3], destination[3]; /* ISO 3166-1 alpha-2 or "" */
	char currency[4];               /* of the amounts below */
	uint32_t workers;               /* workers with any line */
	uint32_t payers;                /* of them, who bore a cost */
	uint32_t assessable;            /* payers whose cost in months of wage is known */
	uint32_t rows;
	int64_t median_q16, q1_q16, q3_q16, max_q16; /* months of wage, over assessable */
	uint32_t over1, over3, over6; /* of the assessable, at or over 1, 3, 6 months */
	int64_t paid_e4;              /* borne by workers, in currency, times 10000 */
	int64_t reimbursed_e4;        /* given back so far */
	mn_rid rid;                   /* first row of the ledger */
};

/* who, recruiter (folded by the caller), corridor, currency */
void mn_fee_sort_key(
    const struct mn_fee_stat *f, struct mn_str recruiter_key, struct mn_buf *out);
void mn_fee_encode(const struct mn_fee_stat *f, struct mn_buf *body, struct mn_buf *pos);
bool mn_fee_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_fee_stat *out, struct mn_err *err);

#endif

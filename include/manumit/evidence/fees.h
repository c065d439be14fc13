/*
 * Recruitment fees of one worker: lines of a ledger in, what they say out. Pure; lines in
 * any order give the same. Nothing is guessed: a wage that is not stated, a payment
 * without a day where one is needed, a currency without a rate make a number not
 * assessable, never 0.
 */
#ifndef MN_EVIDENCE_FEES_H
#define MN_EVIDENCE_FEES_H

#include "manumit/evidence/rates.h"
#include "manumit/model/fee.h"
#include "manumit/pack/pack.h"

/* What a national cap says of a payment, the stronger the larger. */
enum mn_cap_verdict {
	MN_CAP_NONE, /* no cap is known for this corridor and day */
	MN_CAP_WITHIN,
	MN_CAP_UNKNOWN, /* there is one, but it cannot be compared */
	MN_CAP_BREACH
};

struct mn_fee_line {
	mn_rid rid;
	int64_t amount_e4, back_e4; /* per worker; back at most the amount */
	int64_t wage_e4, actual_e4; /* a month; 0 not stated */
	int64_t principal_e4;       /* of the loan, 0 not stated */
	int64_t apr_q16;            /* -1 not stated */
	int64_t contract_months;    /* 0 not stated */
	int32_t paid_day, back_day; /* MN_DAY_NONE */
	int32_t category;           /* row of the pack's fee_categories, -1 unknown */
	char currency[4], wage_currency[4];
	char origin[3], destination[3];
	bool borne; /* by the worker, as far as is known */
	bool payer_unknown;
	int8_t receipt, may_leave; /* 1, 0, -1 not stated */
	/* verdicts, filled by mn_fee_worker_of; kept apart because a cost that national
	 * law allows can still breach the Employer Pays Principle */
	bool epp_breach, at_cap; /* at_cap: a receipt of just the cap */
	uint8_t cap; /* enum mn_cap_verdict: of all that the same caps count together */
};

/* -1: not assessable. Of amounts that no rate converts the rest counts (`whole` false),
 * so that one more fee never lowers a number. */
struct mn_fee_worker {
	int64_t wage_e4, actual_e4; /* the largest stated: that never overstates */
	char currency[4];           /* of the wage */
	int64_t months_q16[MN_FEE_MEASURES];
	int64_t cost_e4, net_e4, debt_e4; /* in the wage's currency */
	bool whole;
	bool paid, owed, payer_unknown;
	uint8_t cap; /* enum mn_cap_verdict, the strongest of the lines */
	bool no_receipt;
	bool condition[MN_FEE_CONDITIONS];
};

/* Fills out and the verdicts of the lines. rates may be NULL. */
void mn_fee_worker_of(const struct mn_pack *p, const struct mn_rates *rates,
    struct mn_fee_line *line, size_t n, struct mn_fee_worker *out);
/* Cost of some of the worker's lines, or net, in months of contractual (else actual)
 * wage; -1 not assessable. */
int64_t mn_fee_part_months(const struct mn_pack *p, const struct mn_rates *rates,
    const struct mn_fee_worker *w, const struct mn_fee_line *line, size_t n, bool net);

/* Months in which `share` of the wage pays off the debt: MN_FEE_NEVER << 16 when interest
 * grows faster, -1 when the wage is not known. apr_q16 < 0: without interest. */
int64_t mn_fee_clear_months(
    int64_t debt_e4, int64_t wage_e4, int64_t share_q16, int64_t apr_q16);
/* The pack's fee constant, 0 where there is none: then its rule is off. */
int64_t mn_fee_constant(const struct mn_pack *p, const char *code);
/* The row of a condition, NULL: the pack has none. i < MN_FEE_CONDITIONS. */
const struct mn_p_fee_condition *mn_fee_condition(const struct mn_pack *p, unsigned i);
/* Sets the cap verdict of each line, and whether its receipt says just the cap. */
void mn_fee_caps(const struct mn_pack *p, const struct mn_rates *rates,
    const struct mn_fee_worker *w, struct mn_fee_line *line, size_t n);

/* ---- words ---- */
struct mn_fee_words;
/* An index of the pack's words, in the arena. */
const struct mn_fee_words *mn_fee_words_new(const struct mn_pack *p, struct mn_arena *a);
/* The row of fee_categories that a ledger's words mean, -1 unknown: a code, the words as
 * a whole, else the longest words of the table that stand in them (never those of
 * interest, which would take the amount out of the cost). fold: room for folding. */
int mn_fee_category(
    const struct mn_fee_words *w, struct mn_str text, struct mn_buf *fold);
/* Who paid: 'w' worker, 'e' employer, 'a' agency, 0 not known. */
char mn_fee_payer(const struct mn_fee_words *w, struct mn_str text, struct mn_buf *fold);

#endif

/* The fees of one worker in a case: a row of a ledger as a line to be judged. */
#ifndef MN_TEST_CASE_FEE_H
#define MN_TEST_CASE_FEE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/fees.h"

static int32_t
case_fee_day(const struct mn_record *rec, enum mn_field f)
{
	int32_t day;
	return mn_record_day(rec, f, &day) ? day : MN_DAY_NONE;
}

static void
case_fee_text(const struct mn_record *rec, enum mn_field f, char *out, size_t most)
{
	if (rec->v[f].n == most)
		memcpy(out, rec->v[f].p, most);
}

static void
case_fee_wage(const struct mn_record *rec, struct mn_fee_line *l)
{
	int period = mn_record_choice(rec, MN_F_WAGE_PERIOD);
	int64_t wage = 0, actual = 0;
	mn_record_e4(rec, MN_F_WAGE, &wage);
	mn_record_e4(rec, MN_F_WAGE_ACTUAL, &actual);
	l->wage_e4 = mn_fee_monthly(wage, period);
	l->actual_e4 = mn_fee_monthly(actual, period);
}

/* As the ledger's words are read: a worker's unless another is known to have paid. */
static void
case_fee_line(const struct mn_pack *p, const struct mn_record *rec, struct mn_fee_line *l,
    struct mn_arena scratch)
{
	const struct mn_fee_words *words = mn_fee_words_new(p, &scratch);
	struct mn_buf fold = mn_buf_new(4096);
	struct mn_str payer = rec->v[MN_F_PAID_BY];
	char who = payer.n ? mn_fee_payer(words, payer, &fold) : 'w';
	*l = (struct mn_fee_line){
	    .apr_q16 = -1,
	    .paid_day = case_fee_day(rec, MN_F_PAID_ON),
	    .back_day = case_fee_day(rec, MN_F_REIMBURSED_ON),
	    .category = mn_fee_category(words, rec->v[MN_F_FEE_CATEGORY], &fold),
	    .borne = who == 'w',
	    .payer_unknown = who == 0,
	    .receipt = (int8_t)mn_record_bool(rec, MN_F_RECEIPT),
	    .may_leave = (int8_t)mn_record_bool(rec, MN_F_MAY_LEAVE),
	};
	mn_buf_free(&fold);
	mn_record_e4(rec, MN_F_AMOUNT, &l->amount_e4);
	mn_record_e4(rec, MN_F_REIMBURSED, &l->back_e4);
	mn_record_e4(rec, MN_F_LOAN_PRINCIPAL, &l->principal_e4);
	mn_record_q16(rec, MN_F_LOAN_APR, &l->apr_q16);
	mn_record_count(rec, MN_F_CONTRACT_MONTHS, &l->contract_months);
	case_fee_wage(rec, l);
	case_fee_text(rec, MN_F_CURRENCY, l->currency, 3);
	case_fee_text(rec, MN_F_CURRENCY, l->wage_currency, 3);
	case_fee_text(rec, MN_F_WAGE_CURRENCY, l->wage_currency, 3);
	case_fee_text(rec, MN_F_ORIGIN, l->origin, 2);
	case_fee_text(rec, MN_F_DESTINATION, l->destination, 2);
}

#endif

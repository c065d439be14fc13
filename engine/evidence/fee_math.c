/* Recruitment fees: the arithmetic of one worker (SDG 10.7.1: cost and wage of one
 * person). */
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/fees.h"

int64_t
mn_fee_months(int64_t net_e4, int64_t wage_month_e4)
{
	if (wage_month_e4 <= 0)
		return -1;
	if (net_e4 <= 0)
		return 0;
	__int128 q = ((__int128)net_e4 * MN_FX_ONE + wage_month_e4 / 2) / wage_month_e4;
	return q > INT32_MAX ? INT32_MAX : (int64_t)q;
}

int64_t
mn_fee_monthly(int64_t wage_e4, int period_choice)
{
	/* wage_period choices: month week day hour year, as numerator and denominator. A
	 * month has 52/12 weeks, 26 paid days, 208 paid hours (8 a day). */
	static const int64_t FACTOR[][2] = {{1, 1}, {52, 12}, {26, 1}, {208, 1}, {1, 12}};
	int64_t out;
	size_t i = period_choice < 0 || period_choice > 4 ? 0 : (size_t)period_choice;
	if (wage_e4 <= 0 || __builtin_mul_overflow(wage_e4, FACTOR[i][0], &out))
		return 0;
	return out / FACTOR[i][1];
}

const struct mn_p_fee_band *
mn_fee_band(const struct mn_pack *p, int64_t months_q16)
{
	const struct mn_p_fee_band *best = NULL;
	for (uint32_t i = 0; months_q16 > 0 && i < p->n_fee_band; i++)
		if (months_q16 >= p->fee_band[i].months_q16)
			best = &p->fee_band[i];
	return best;
}

int64_t
mn_fee_constant(const struct mn_pack *p, const char *code)
{
	for (uint32_t i = 0; i < p->n_fee_constant; i++)
		if (mn_str_eq(p->fee_constant[i].code, mn_str_c(code)))
			return p->fee_constant[i].value_q16;
	return 0;
}

/* Payments at the end of each month; the last one counts as a whole month. Debts that
 * take longer than this are as good as never paid off. */
#define CLEAR_MOST 1200

int64_t
mn_fee_clear_months(int64_t debt_e4, int64_t wage_e4, int64_t share_q16, int64_t apr_q16)
{
	__int128 pay = (__int128)wage_e4 * share_q16 / MN_FX_ONE, debt = debt_e4;
	__int128 apr = apr_q16 > 0 ? apr_q16 : 0;
	if (wage_e4 <= 0 || share_q16 <= 0)
		return -1;
	for (int64_t n = 0; n <= CLEAR_MOST; n++) {
		if (debt <= 0)
			return n << 16;
		__int128 more = debt + debt * apr / ((__int128)12 * MN_FX_ONE);
		if (more - pay >= debt)
			break;
		debt = more - pay;
	}
	return MN_FEE_NEVER << 16;
}

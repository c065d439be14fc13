/*
 * Fixed point: Q16, the value times 65536, in int64_t. Names end in _q16. Everything that
 * is scored, stored or compared is computed here, so two machines give the same bytes.
 * Rounding is half away from zero unless a name says otherwise. All functions are pure.
 * mul and div clamp what does not fit.
 *
 * Accuracy against real arithmetic, checked by tests/unit/test_fx.c: softplus and expm1n
 * within 2 units (0.00003), exp2n within 2 units; all three monotone over their range.
 */
#ifndef MN_BASE_FX_H
#define MN_BASE_FX_H

#include "manumit/base/str.h"

#define MN_FX_ONE 65536
/* A literal as Q16: for compile-time constants only. */
#define MN_Q16(x) ((int64_t)((x)*65536.0 + ((x) < 0 ? -0.5 : 0.5)))

/* The same for operands of any size; mn_fx_mul and mn_fx_div call them when they must. */
int64_t mn_fx_mul_wide(int64_t a_q16, int64_t b_q16);
int64_t mn_fx_div_wide(int64_t a_q16, int64_t b_q16);

/* |v| < 2^30: what nearly every value is, and then 64 bits do. */
static inline bool
mn_fx_is_small(int64_t v)
{
	return (uint64_t)v + (1u << 30) < (uint64_t)1 << 31;
}
/* a * b / 65536; operands up to 2^46. */
static inline int64_t
mn_fx_mul(int64_t a_q16, int64_t b_q16)
{
	if (!mn_fx_is_small(a_q16) || !mn_fx_is_small(b_q16))
		return mn_fx_mul_wide(a_q16, b_q16);
	int64_t n = a_q16 * b_q16;
	return n < 0 ? -((-n + MN_FX_ONE / 2) >> 16) : (n + MN_FX_ONE / 2) >> 16;
}
/* a / b as Q16, b > 0, a up to 2^46. */
static inline int64_t
mn_fx_div(int64_t a_q16, int64_t b_q16)
{
	if (!mn_fx_is_small(a_q16) || !mn_fx_is_small(b_q16))
		return mn_fx_div_wide(a_q16, b_q16);
	int64_t n = a_q16 * MN_FX_ONE, half = b_q16 / 2;
	return n < 0 ? -((-n + half) / b_q16) : (n + half) / b_q16;
}
/* ln(1 + e^x): table of step 1/64, linear between. Monotone, and x - softplus(x) too. */
int64_t mn_fx_softplus(int64_t x_q16);
/* 1 - e^-x for x >= 0 (negative x gives 0): table of step 1/128, linear. 0..65536. */
int64_t mn_fx_expm1n(int64_t x_q16);
/* 2^-x for x >= 0 (negative x gives 65536). */
int64_t mn_fx_exp2n(int64_t x_q16);
/* 2^(-age / half-life): age in days (negative counts as 0), half-life in months of
 * 30.4375 days (1461/48), > 0. */
int64_t mn_fx_decay(int64_t age_days, int64_t halflife_months);
/* "0.5513": the value rounded to `digits` decimals (0..6), with '-' when negative and not
 * zero after rounding. out holds at least 32 bytes; returns the text. */
struct mn_str mn_fx_print(int64_t v_q16, unsigned digits, char out[32]);
/* Decimal text as Q16, e.g. "-4.0"; up to 9 decimals. */
bool mn_fx_parse(struct mn_str s, int64_t *out_q16);

#endif

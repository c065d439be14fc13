/* Fixed point. */
#include "manumit/base/fx.h"

#include "fx_tables.h"

/* n / d rounded half away from zero, d > 0. What does not fit is clamped: a wrapped sign
 * would turn the worst into the best. */
static int64_t
round_div(__int128 n, int64_t d)
{
	__int128 half = d / 2;
	__int128 v = n < 0 ? -((-n + half) / d) : (n + half) / d;
	return v > INT64_MAX ? INT64_MAX : v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

/* n / 65536 rounded half away from zero, for |n| < 2^62: what nearly every value takes,
 * without a division of 128 bits. */
static int64_t
round_q16(int64_t n)
{
	return n < 0 ? -((-n + MN_FX_ONE / 2) >> 16) : (n + MN_FX_ONE / 2) >> 16;
}

/* a * b / 65536, rounded half away from zero. */
static int64_t
times(int64_t a, int64_t b)
{
	int64_t n;
	if (!__builtin_mul_overflow(a, b, &n) && n < INT64_MAX / 2 && n > INT64_MIN / 2)
		return round_q16(n);
	return round_div((__int128)a * b, MN_FX_ONE);
}

int64_t
mn_fx_mul_wide(int64_t a_q16, int64_t b_q16)
{
	return times(a_q16, b_q16);
}

int64_t
mn_fx_div_wide(int64_t a_q16, int64_t b_q16)
{
	return round_div((__int128)a_q16 * MN_FX_ONE, b_q16);
}

/* Linear between table points; x in units of 1/65536, `bits` of them per step. The slope
 * is below one unit a unit, so rounding keeps the result monotone. */
static int64_t
between(const int32_t *table, int64_t x, unsigned bits)
{
	int64_t i = x >> bits, f = x & (((int64_t)1 << bits) - 1);
	int64_t d = table[i + 1] - table[i];
	return table[i] + ((d * f + ((int64_t)1 << (bits - 1))) >> bits);
}

int64_t
mn_fx_softplus(int64_t x_q16)
{
	int64_t x = x_q16 < 0 ? -x_q16 : x_q16;
	/* sp(-x) = sp(x) - x: one table serves both sides. */
	int64_t v = x >= 16 * MN_FX_ONE ? x : between(MN_FX_SOFTPLUS, x, 10);
	return x_q16 < 0 ? v - x : v;
}

int64_t
mn_fx_expm1n(int64_t x_q16)
{
	if (x_q16 <= 0)
		return 0;
	return x_q16 >= 16 * MN_FX_ONE ? MN_FX_ONE : between(MN_FX_EXPM1N, x_q16, 9);
}

int64_t
mn_fx_exp2n(int64_t x_q16)
{
	if (x_q16 <= 0)
		return MN_FX_ONE;
	int64_t whole = x_q16 >> 16, frac = x_q16 & 0xffff;
	if (whole > 17)
		return 0;
	int64_t v = between(MN_FX_EXP2N, frac, 10);
	return whole ? (v + ((int64_t)1 << (whole - 1))) >> whole : v;
}

int64_t
mn_fx_decay(int64_t age_days, int64_t halflife_months)
{
	if (age_days <= 0 || halflife_months <= 0)
		return MN_FX_ONE;
	/* A month has 30.4375 = 1461/48 days. */
	return mn_fx_exp2n(
	    round_div((__int128)age_days * 48 * MN_FX_ONE, 1461 * halflife_months));
}

struct mn_str
mn_fx_print(int64_t v_q16, unsigned digits, char out[32])
{
	static const int64_t POW10[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
	digits = digits > 6 ? 6 : digits;
	int64_t v = times(v_q16, POW10[digits]);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	size_t at = 31;
	out[at] = 0;
	for (unsigned i = 0; i <= digits || u > 0; i++) {
		if (i == digits && digits > 0)
			out[--at] = '.';
		out[--at] = (char)('0' + u % 10);
		u /= 10;
	}
	if (v < 0)
		out[--at] = '-';
	size_t n = 31 - at;
	memmove(out, out + at, n + 1);
	return mn_str(out, n);
}

bool
mn_fx_parse(struct mn_str s, int64_t *out_q16)
{
	int64_t v;
	if (!mn_str_decimal(s, 9, &v))
		return false;
	*out_q16 = round_div((__int128)v * MN_FX_ONE, 1000000000);
	return true;
}

/*
 * Fixed point against real arithmetic. The tables are computed anew here, and every unit
 * of their ranges is visited: a step back anywhere could turn a worse supplier into a
 * better one.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../engine/base/fx_tables.h"
#include "manumit/base/fx.h"

static int32_t
as_q16(long double v)
{
	return (int32_t)roundl(v * MN_FX_ONE);
}

static void
tables_are_what_libm_gives(void **state)
{
	(void)state;
	for (int i = 0; i <= 1024; i++)
		assert_int_equal(MN_FX_SOFTPLUS[i], as_q16(log1pl(expl(i / 64.0L))));
	for (int i = 0; i <= 2048; i++)
		assert_int_equal(MN_FX_EXPM1N[i], as_q16(-expm1l(-i / 128.0L)));
	for (int i = 0; i <= 64; i++)
		assert_int_equal(MN_FX_EXP2N[i], as_q16(exp2l(-i / 64.0L)));
}

static void
near(int64_t got, double want, int64_t x)
{
	if (fabs((double)got - want * MN_FX_ONE) > 2.0)
		fail_msg("x %lld: %lld, not %f", (long long)x, (long long)got,
		    want * MN_FX_ONE);
}

static void
softplus_is_accurate_and_both_sides_are_monotone(void **state)
{
	const int64_t end = 20 * MN_FX_ONE;
	int64_t last = 0, last_rest = INT64_MAX;
	(void)state;
	for (int64_t x = -end; x <= end; x++) {
		double real = (double)x / MN_FX_ONE;
		int64_t v = mn_fx_softplus(x), rest = v - x;
		near(v, real > 0 ? real + log1p(exp(-real)) : log1p(exp(real)), x);
		/* softplus(-x) is softplus(x) - x, so the second is the first mirrored.
		 */
		if (v < last || rest > last_rest || v < 0 || rest < 0)
			fail_msg("not monotone at %lld", (long long)x);
		last = v;
		last_rest = rest;
	}
	assert_int_equal(mn_fx_softplus(-end), 0);
	assert_int_equal(mn_fx_softplus(end), end);
	assert_int_equal(mn_fx_softplus(0), 45426);
	assert_int_equal(mn_fx_softplus((int64_t)1 << 46), (int64_t)1 << 46);
	assert_int_equal(mn_fx_softplus(-((int64_t)1 << 46)), 0);
}

static void
expm1n_is_accurate_monotone_and_capped(void **state)
{
	int64_t last = 0;
	(void)state;
	for (int64_t x = 0; x <= 17 * MN_FX_ONE; x++) {
		int64_t v = mn_fx_expm1n(x);
		near(v, -expm1(-(double)x / MN_FX_ONE), x);
		if (v < last || v > MN_FX_ONE)
			fail_msg("not monotone at %lld", (long long)x);
		last = v;
	}
	assert_int_equal(mn_fx_expm1n(0), 0);
	assert_int_equal(mn_fx_expm1n(-5), 0);
	assert_int_equal(mn_fx_expm1n(INT64_MIN), 0);
	assert_int_equal(mn_fx_expm1n(INT64_MAX), MN_FX_ONE);
}

static void
exp2n_is_accurate_and_monotone(void **state)
{
	int64_t last = MN_FX_ONE;
	(void)state;
	for (int64_t x = 0; x <= 20 * MN_FX_ONE; x++) {
		int64_t v = mn_fx_exp2n(x);
		near(v, exp2(-(double)x / MN_FX_ONE), x);
		if (v > last || v < 0)
			fail_msg("not monotone at %lld", (long long)x);
		last = v;
	}
	for (int i = 0; i <= 16; i++)
		assert_int_equal(mn_fx_exp2n(i * MN_FX_ONE), MN_FX_ONE >> i);
	assert_int_equal(mn_fx_exp2n(-1), MN_FX_ONE);
	assert_int_equal(mn_fx_exp2n(INT64_MIN), MN_FX_ONE);
	assert_int_equal(mn_fx_exp2n(INT64_MAX), 0);
}

static void
decay_halves_in_a_half_life(void **state)
{
	int64_t last = MN_FX_ONE;
	(void)state;
	assert_int_equal(mn_fx_decay(-10, 24), MN_FX_ONE);
	assert_int_equal(mn_fx_decay(0, 24), MN_FX_ONE);
	/* 48 months are 1461 days exactly. */
	assert_int_equal(mn_fx_decay(1461, 48), MN_FX_ONE / 2);
	assert_int_equal(mn_fx_decay(2 * 1461, 48), MN_FX_ONE / 4);
	assert_int_equal(mn_fx_decay(INT64_MAX, 1), 0);
	for (int64_t day = 0; day < 20000; day++) {
		int64_t v = mn_fx_decay(day, 24);
		near(v, exp2(-(double)day / (24 * 30.4375)), day);
		assert_true(v <= last);
		last = v;
	}
}

static void
products_and_quotients_round_half_away_from_zero(void **state)
{
	const int64_t big = (int64_t)1 << 46;
	(void)state;
	assert_int_equal(mn_fx_mul(MN_Q16(1.5), MN_Q16(-2.0)), MN_Q16(-3.0));
	assert_int_equal(mn_fx_mul(1, 32768), 1);
	assert_int_equal(mn_fx_mul(-1, 32768), -1);
	assert_int_equal(mn_fx_mul(1, 32767), 0);
	assert_int_equal(mn_fx_mul(big, MN_FX_ONE), big);
	assert_int_equal(mn_fx_div(MN_Q16(1.0), MN_Q16(3.0)), 21845);
	assert_int_equal(mn_fx_div(MN_Q16(2.0), MN_Q16(3.0)), 43691);
	assert_int_equal(mn_fx_div(MN_Q16(-2.0), MN_Q16(3.0)), -43691);
	assert_int_equal(mn_fx_div(1, 2 * MN_FX_ONE), 1);
	assert_int_equal(mn_fx_div(-1, 2 * MN_FX_ONE), -1);
	assert_int_equal(mn_fx_div(big, 1), big * MN_FX_ONE);
	/* 2^46 squared does not fit: clamped, with its sign. */
	assert_true(mn_fx_mul(big, big) == INT64_MAX);
	assert_true(mn_fx_mul(-big, big) == INT64_MIN);
}

static void
values_print_rounded(void **state)
{
	static const struct {
		int64_t v;
		unsigned digits;
		const char *want;
	} CASES[] = {{MN_Q16(0.5513), 4, "0.5513"}, {0, 0, "0"}, {0, 2, "0.00"},
	    {MN_Q16(-1.5), 0, "-2"}, {MN_Q16(1.5), 0, "2"}, {MN_Q16(0.5), 0, "1"},
	    {-1, 2, "0.00"}, {-328, 2, "-0.01"}, {MN_Q16(12.5), 1, "12.5"},
	    {MN_Q16(-0.25), 6, "-0.250000"}, {MN_Q16(99.999), 2, "100.00"},
	    {MN_Q16(3.0), 9, "3.000000"}};
	char out[32];
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_str s = mn_fx_print(CASES[i].v, CASES[i].digits, out);
		assert_string_equal(out, CASES[i].want);
		assert_int_equal(s.n, strlen(out));
	}
	assert_true(mn_fx_print(INT64_MIN, 6, out).n < 32);
	assert_true(mn_fx_print(INT64_MAX, 0, out).n < 32);
}

static void
printed_values_are_read_back(void **state)
{
	char out[32];
	int64_t v;
	(void)state;
	for (int64_t x = -3 * MN_FX_ONE; x <= 3 * MN_FX_ONE; x++) {
		assert_true(mn_fx_parse(mn_fx_print(x, 6, out), &v));
		assert_int_equal(v, x);
	}
	assert_true(mn_fx_parse(MN_S("-4.0"), &v) && v == -4 * MN_FX_ONE);
	assert_true(mn_fx_parse(MN_S("0.000007629"), &v) && v == 0);
	assert_true(mn_fx_parse(MN_S("0.00000763"), &v) && v == 1);
	assert_false(mn_fx_parse(MN_S("1e3"), &v) || mn_fx_parse(MN_S(""), &v));
	assert_false(mn_fx_parse(MN_S("99999999999"), &v));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables_are_what_libm_gives),
	    cmocka_unit_test(softplus_is_accurate_and_both_sides_are_monotone),
	    cmocka_unit_test(expm1n_is_accurate_monotone_and_capped),
	    cmocka_unit_test(exp2n_is_accurate_and_monotone),
	    cmocka_unit_test(decay_halves_in_a_half_life),
	    cmocka_unit_test(products_and_quotients_round_half_away_from_zero),
	    cmocka_unit_test(values_print_rounded),
	    cmocka_unit_test(printed_values_are_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

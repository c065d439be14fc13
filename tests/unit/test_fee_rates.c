/* Dated exchange rates: straight, inverted, crossed, and never guessed. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/evidence/rates.h"

static bool
add(struct mn_rates *r, const char *day, const char *base, const char *quote,
    const char *rate)
{
	struct mn_record rec = make_record(MN_K_REFERENCE, MN_F_DATE, day, MN_F_RATE_BASE,
	    base, MN_F_CURRENCY, quote, MN_F_RATE, rate, MN_F_NONE);
	return mn_rates_add(r, &rec);
}

static int32_t
day(const char *s)
{
	int32_t d;
	assert_true(mn_day_parse_iso(mn_str_c(s), &d));
	return d;
}

static struct mn_rates
some(void)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_rates r = mn_rates_new();
	assert_true(add(&r, "2025-01-10", "EUR", "USD", "1.25"));
	assert_true(add(&r, "2025-01-03", "EUR", "USD", "1.20"));
	assert_true(add(&r, "2025-01-10", "EUR", "INR", "90"));
	assert_true(add(&r, "2025-01-10", "USD", "IDR", "16000"));
	assert_true(add(&r, "2025-01-10", "IDR", "VND", "1.5000005"));
	assert_true(mn_rates_finish(&r, &err));
	return r;
}

static int64_t
convert(
    const struct mn_rates *r, const char *from, const char *to, const char *on, int max)
{
	int64_t e4;
	return mn_rates_convert(r, 1000000, from, to, day(on), max, &e4) ? e4 : -1;
}

static void
rates_of_the_day_or_the_nearest_before(void **state)
{
	struct mn_rates r = some();
	(void)state;
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-10", 10), 1250000);
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-09", 10), 1200000);
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-20", 10), 1250000);
	/* Too old, or only later: none. */
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-21", 10), -1);
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-02", 10), -1);
	mn_rates_free(&r);
}

static void
inverted_and_by_way_of_a_base(void **state)
{
	struct mn_rates r = some();
	(void)state;
	assert_int_equal(convert(&r, "USD", "EUR", "2025-01-10", 0), 800000);
	assert_int_equal(convert(&r, "USD", "INR", "2025-01-10", 0), 72000000);
	assert_int_equal(convert(&r, "INR", "USD", "2025-01-10", 0), 13889);
	/* Two steps are no longer a rate that a table says. */
	assert_int_equal(convert(&r, "EUR", "IDR", "2025-01-10", 0), -1);
	assert_int_equal(convert(&r, "IDR", "VND", "2025-01-10", 0), 1500001);
	mn_rates_free(&r);
}

static void
nothing_is_guessed(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_rates r = some();
	int64_t e4;
	(void)state;
	assert_false(mn_rates_convert(&r, 1, "EUR", "USD", MN_DAY_NONE, 10, &e4));
	assert_false(mn_rates_convert(&r, 1, "EUR", "", day("2025-01-10"), 10, &e4));
	assert_false(mn_rates_convert(NULL, 1, "EUR", "USD", day("2025-01-10"), 10, &e4));
	/* One currency needs no rate and no day. */
	assert_true(mn_rates_convert(NULL, 7, "NPR", "NPR", MN_DAY_NONE, 0, &e4));
	assert_int_equal(e4, 7);
	mn_rates_free(&r);
	/* Two tables that disagree: none for that day. */
	r = mn_rates_new();
	assert_true(add(&r, "2025-01-10", "EUR", "USD", "1.25"));
	assert_true(add(&r, "2025-01-10", "EUR", "USD", "1.25"));
	assert_true(add(&r, "2025-01-11", "EUR", "USD", "1.26"));
	assert_true(add(&r, "2025-01-11", "EUR", "USD", "1.62"));
	assert_true(mn_rates_finish(&r, &err));
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-11", 0), -1);
	assert_int_equal(convert(&r, "EUR", "USD", "2025-01-11", 1), 1250000);
	mn_rates_free(&r);
}

static void
rows_that_are_no_rate(void **state)
{
	struct mn_rates r = mn_rates_new();
	(void)state;
	assert_false(add(&r, "2025-01-10", "EUR", "USD", "0"));
	assert_false(add(&r, "2025-01-10", "EUR", "USD", "-1"));
	assert_false(add(&r, "2025-01-10", "EUR", "EUR", "1"));
	assert_false(add(&r, "2025-01-10", "EURO", "USD", "1"));
	assert_false(add(&r, "", "EUR", "USD", "1"));
	mn_rates_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rates_of_the_day_or_the_nearest_before),
	    cmocka_unit_test(inverted_and_by_way_of_a_base),
	    cmocka_unit_test(nothing_is_guessed),
	    cmocka_unit_test(rows_that_are_no_rate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Recruitment fees: the arithmetic of one worker, and the bands. */
#include "packs.h"

#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"

/* Published figures of the Bangladesh cost of migration survey 2020: cost, wage, ratio.
 */
static void
test_months_of_wage_reproduce_published_ratios(void **state)
{
	static const struct {
		int64_t cost, wage, ratio_e2;
	} ROWS[] = {{416789, 23693, 1759}, {574241, 38129, 1506}, {308047, 19177, 1606}};
	(void)state;
	for (size_t i = 0; i < countof(ROWS); i++) {
		int64_t q16 = mn_fee_months(ROWS[i].cost * 10000, ROWS[i].wage * 10000);
		int64_t e2 = (q16 * 100 + MN_FX_ONE / 2) / MN_FX_ONE;
		assert_true(e2 - ROWS[i].ratio_e2 <= 1 && ROWS[i].ratio_e2 - e2 <= 1);
	}
}

static void
test_a_missing_wage_is_not_assessable(void **state)
{
	(void)state;
	assert_int_equal(mn_fee_months(5000, 0), -1);
	assert_int_equal(mn_fee_months(5000, -1), -1);
	assert_int_equal(mn_fee_months(0, 5000), 0);
}

static void
test_wages_of_other_periods(void **state)
{
	enum { MONTH, WEEK, DAY, HOUR, YEAR };
	(void)state;
	assert_int_equal(mn_fee_monthly(12000, MONTH), 12000);
	assert_int_equal(mn_fee_monthly(12000, -1), 12000);
	assert_int_equal(mn_fee_monthly(12000, WEEK), 52000);
	assert_int_equal(mn_fee_monthly(100, DAY), 2600);
	assert_int_equal(mn_fee_monthly(100, HOUR), 20800);
	assert_int_equal(mn_fee_monthly(12000, YEAR), 1000);
	assert_int_equal(mn_fee_monthly(INT64_MAX, DAY), 0);
}

static void
test_bands_begin_where_the_pack_says(void **state)
{
	struct mn_arena a = mn_arena_new(64u << 20, NULL), root = a;
	const struct mn_pack *p = shipped_packs(&a);
	(void)state;
	assert_null(mn_fee_band(p, 0));
	assert_string_equal(mn_fee_band(p, 1)->strength.p, "none");
	assert_string_equal(mn_fee_band(p, MN_FX_ONE - 1)->strength.p, "none");
	assert_string_equal(mn_fee_band(p, MN_FX_ONE)->strength.p, "M");
	assert_string_equal(mn_fee_band(p, 6 * MN_FX_ONE - 1)->strength.p, "M");
	assert_string_equal(mn_fee_band(p, 6 * MN_FX_ONE)->strength.p, "S");
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_months_of_wage_reproduce_published_ratios),
	    cmocka_unit_test(test_a_missing_wage_is_not_assessable),
	    cmocka_unit_test(test_wages_of_other_periods),
	    cmocka_unit_test(test_bands_begin_where_the_pack_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

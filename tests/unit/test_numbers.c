/* What identifiers of two records say of each other. */
#include "../../engine/resolve/numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static enum mn_numbers
say(enum mn_field f, const char *a, enum mn_field g, const char *b, const char *country)
{
	struct mn_record x = {.kind = MN_K_SUPPLIERS}, y = {.kind = MN_K_WATCHLIST};
	x.v[f] = mn_str_c(a);
	y.v[g] = mn_str_c(b);
	x.v[MN_F_COUNTRY] = y.v[MN_F_COUNTRY] = mn_str_c(country);
	return mn_numbers_compare(&x, &y);
}

#define ONE "529900AAAABBBBCCCC39"
#define TWO "529900DDDDEEEEFFFF94"

static void
an_lei_decides(void **state)
{
	(void)state;
	assert_int_equal(say(MN_F_LEI, ONE, MN_F_LEI, ONE, ""), MN_NUMBERS_AGREE);
	assert_int_equal(say(MN_F_LEI, ONE, MN_F_LEI, TWO, ""), MN_NUMBERS_WORLD);
}

static void
one_number_that_agrees_is_enough(void **state)
{
	(void)state;
	assert_int_equal(
	    say(MN_F_LEI, ONE, MN_F_IDENTIFIERS, TWO ";" ONE, ""), MN_NUMBERS_AGREE);
}

static void
numbers_of_one_register_differ(void **state)
{
	(void)state;
	assert_int_equal(say(MN_F_TAX_ID, "732829320", MN_F_TAX_ID, "552100554", "FR"),
	    MN_NUMBERS_REGISTER);
}

static void
wrong_check_digits_and_other_schemes_say_nothing(void **state)
{
	(void)state;
	assert_int_equal(say(MN_F_TAX_ID, "732829321", MN_F_TAX_ID, "552100554", "FR"),
	    MN_NUMBERS_SILENT);
	assert_int_equal(
	    say(MN_F_LEI, ONE, MN_F_TAX_ID, "552100554", "FR"), MN_NUMBERS_SILENT);
	assert_int_equal(say(MN_F_LEI, ONE, MN_F_LEI, "", ""), MN_NUMBERS_SILENT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_lei_decides),
	    cmocka_unit_test(one_number_that_agrees_is_enough),
	    cmocka_unit_test(numbers_of_one_register_differ),
	    cmocka_unit_test(wrong_check_digits_and_other_schemes_say_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

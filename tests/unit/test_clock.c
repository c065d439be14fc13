/* Days and dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/clock.h"

static void
every_day_of_the_range_has_one_date(void **state)
{
	int32_t first = mn_day_from(1600, 1, 1), last = mn_day_from(9999, 12, 31);
	int y = 1600, m = 1, d = 1;
	(void)state;
	assert_int_equal(first, -135140);
	assert_int_equal(last, 2932896);
	for (int32_t day = first; day <= last; day++) {
		int gy, gm, gd;
		mn_day_civil(day, &gy, &gm, &gd);
		if (gy != y || gm != m || gd != d || mn_day_from(y, m, d) != day)
			fail_msg("day %d", day);
		d++;
		if (mn_day_from(y, m, d) == MN_DAY_NONE) {
			d = 1;
			y += m == 12;
			m = m == 12 ? 1 : m + 1;
		}
	}
	assert_int_equal(y, 10000);
}

static void
dates_that_do_not_exist_are_none(void **state)
{
	static const int BAD[][3] = {{1599, 12, 31}, {10000, 1, 1}, {2026, 0, 1},
	    {2026, 13, 1}, {2026, 1, 0}, {2026, 1, 32}, {2026, 4, 31}, {2026, 2, 29},
	    {1900, 2, 29}, {2100, 2, 29}, {-1, 1, 1}};
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++)
		assert_int_equal(
		    mn_day_from(BAD[i][0], BAD[i][1], BAD[i][2]), MN_DAY_NONE);
	assert_int_equal(mn_day_from(1970, 1, 1), 0);
	assert_int_equal(mn_day_from(2000, 2, 29), 11016);
}

/* A damaged store may hold any number. */
static void
the_farthest_days_are_handled(void **state)
{
	static const int32_t FAR[] = {
	    INT32_MIN, INT32_MIN + 1, INT32_MAX, -719528, -719529};
	char out[11];
	int y, m, d;
	(void)state;
	for (size_t i = 0; i < countof(FAR); i++) {
		mn_day_civil(FAR[i], &y, &m, &d);
		assert_in_range(m, 1, 12);
		assert_in_range(d, 1, 31);
		assert_true(mn_day_print(FAR[i], out).n <= 10);
	}
	mn_day_civil(-719528, &y, &m, &d);
	assert_true(y == 0 && m == 1 && d == 1);
	mn_day_civil(-719529, &y, &m, &d);
	assert_true(y == -1 && m == 12 && d == 31);
	assert_int_equal(mn_day_print(INT32_MAX, out).n, 0);
}

static void
days_print_as_iso_dates(void **state)
{
	char out[11];
	(void)state;
	assert_string_equal(mn_day_print(mn_day_from(2026, 11, 1), out).p, "2026-11-01");
	assert_string_equal(mn_day_print(mn_day_from(1600, 1, 1), out).p, "1600-01-01");
	assert_int_equal(mn_day_print(MN_DAY_NONE, out).n, 0);
	assert_string_equal(out, "");
}

static void
iso_dates_are_read_strictly(void **state)
{
	static const char *const BAD[] = {"", "2026-11-1", "2026-1-01", "2026/11/01",
	    "20261101", "2026-11-011", "2026-11-01x", "2026-02-30", "+026-11-01",
	    "2026--1-01", " 2026-11-01"};
	int32_t day;
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++)
		assert_false(mn_day_parse_iso(mn_str_c(BAD[i]), &day));
	assert_true(mn_day_parse_iso(MN_S("2026-11-01"), &day));
	assert_int_equal(day, mn_day_from(2026, 11, 1));
	assert_true(mn_day_parse_iso(MN_S("2024-02-29T23:59:59Z"), &day));
	assert_int_equal(day, mn_day_from(2024, 2, 29));
	assert_true(mn_day_parse_iso(MN_S("2024-02-29 00:00"), &day));
}

static void
source_date_epoch_sets_today(void **state)
{
	static const struct {
		const char *epoch;
		int32_t day;
	} CASES[] = {{"0", 0}, {"86399", 0}, {"86400", 1}, {"-1", -1}, {"-86400", -1},
	    {"-86401", -2}, {"253402300799", 2932896}};
	static const char *const BAD[] = {
	    "", "soon", "253402300800", "9223372036854775807", "-9223372036854775808"};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		setenv("SOURCE_DATE_EPOCH", CASES[i].epoch, 1);
		assert_int_equal(mn_day_today(), CASES[i].day);
	}
	unsetenv("SOURCE_DATE_EPOCH");
	int32_t today = mn_day_today();
	assert_true(today > mn_day_from(2020, 1, 1) && today < mn_day_from(9999, 12, 31));
	for (size_t i = 0; i < countof(BAD); i++) {
		setenv("SOURCE_DATE_EPOCH", BAD[i], 1);
		assert_in_range(mn_day_today() - today, 0, 1); /* midnight may pass */
	}
	unsetenv("SOURCE_DATE_EPOCH");
}

static void
measures_move_forward(void **state)
{
	uint64_t us = mn_clock_us(), cpu = mn_clock_cpu_us();
	(void)state;
	assert_true(mn_clock_us() >= us && mn_clock_cpu_us() >= cpu);
	assert_true(mn_peak_kib() > 0);
}

static void
a_moment_is_the_epoch_that_is_set_and_prints_in_utc(void **state)
{
	static const struct {
		const char *epoch, *text;
	} CASES[] = {{"0", "1970-01-01T00:00:00Z"}, {"86399", "1970-01-01T23:59:59Z"},
	    {"-1", "1969-12-31T23:59:59Z"}, {"1793525400", "2026-11-01T09:30:00Z"},
	    {"253402300799", "9999-12-31T23:59:59Z"}};
	char text[21];
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		setenv("SOURCE_DATE_EPOCH", CASES[i].epoch, 1);
		mn_when_print(mn_clock_now(), text);
		assert_string_equal(text, CASES[i].text);
	}
	unsetenv("SOURCE_DATE_EPOCH");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_of_the_range_has_one_date),
	    cmocka_unit_test(dates_that_do_not_exist_are_none),
	    cmocka_unit_test(the_farthest_days_are_handled),
	    cmocka_unit_test(days_print_as_iso_dates),
	    cmocka_unit_test(iso_dates_are_read_strictly),
	    cmocka_unit_test(source_date_epoch_sets_today),
	    cmocka_unit_test(a_moment_is_the_epoch_that_is_set_and_prints_in_utc),
	    cmocka_unit_test(measures_move_forward),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

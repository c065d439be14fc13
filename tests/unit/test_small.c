/* Small numbers of people, and what they could be worked out from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../engine/report/small.h"

#define LEAST 5

/* Groups 1.. are the parts of group 0. */
static void
hide(const uint32_t *workers, uint32_t n, bool *shown)
{
	uint32_t part[16];
	for (uint32_t i = 1; i < n; i++)
		part[i - 1] = i;
	const struct mn_small_sum sum = {0, part, n - 1};
	for (uint32_t i = 0; i < n; i++)
		shown[i] = true;
	mn_small_hide(workers, n, &sum, 1, LEAST, shown);
}

static void
one_small_part_takes_a_second_small_one_along(void **state)
{
	const uint32_t workers[] = {103, 3, 60, 30, 10};
	bool shown[5];
	(void)state;
	hide(workers, 5, shown);
	assert_true(shown[0] && !shown[1] && shown[2] && shown[3] && !shown[4]);
}

static void
or_else_the_sum_goes(void **state)
{
	const uint32_t workers[] = {23, 3, 20};
	bool shown[3];
	(void)state;
	hide(workers, 3, shown);
	assert_true(!shown[0] && !shown[1] && shown[2]);
}

static void
two_small_parts_of_too_few_people_need_a_third(void **state)
{
	const uint32_t workers[] = {104, 2, 2, 80, 20};
	bool shown[5];
	(void)state;
	hide(workers, 5, shown);
	assert_true(shown[0] && !shown[1] && !shown[2] && shown[3] && !shown[4]);
}

static void
nothing_small_nothing_withheld(void **state)
{
	const uint32_t workers[] = {30, 10, 20, 0};
	bool shown[4];
	(void)state;
	hide(workers, 4, shown);
	assert_true(shown[0] && shown[1] && shown[2] && shown[3]);
}

/* Whatever is shown, no withheld group follows from a sum and its other parts. */
static void
no_difference_gives_a_small_group_away(void **state)
{
	uint64_t seed = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint32_t workers[8] = {0}, hidden = 0, people = 0;
		bool shown[8];
		uint32_t n = 2 + (uint32_t)(round % 7);
		for (uint32_t i = 1; i < n; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			workers[i] = (uint32_t)(seed >> 33) % 14;
			workers[0] += workers[i];
		}
		hide(workers, n, shown);
		for (uint32_t i = 1; i < n; i++) {
			assert_true(!shown[i] || workers[i] == 0 || workers[i] >= LEAST);
			hidden += !shown[i];
			people += shown[i] ? 0 : workers[i];
		}
		assert_true(!shown[0] || hidden == 0 || (hidden > 1 && people >= LEAST));
	}
}

static void
shares_of_all_or_of_few_are_not_said(void **state)
{
	(void)state;
	assert_true(mn_small_part(5, 10, LEAST));
	assert_false(mn_small_part(10, 10, LEAST));
	assert_false(mn_small_part(6, 10, LEAST));
	assert_false(mn_small_part(4, 20, LEAST));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_small_part_takes_a_second_small_one_along),
	    cmocka_unit_test(or_else_the_sum_goes),
	    cmocka_unit_test(two_small_parts_of_too_few_people_need_a_third),
	    cmocka_unit_test(nothing_small_nothing_withheld),
	    cmocka_unit_test(no_difference_gives_a_small_group_away),
	    cmocka_unit_test(shares_of_all_or_of_few_are_not_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

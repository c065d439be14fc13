/* UTF-8: validity, steps, repair, cuts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/text/utf8.h"

static void
valid_prefix_ends_at_the_first_ill_formed_byte(void **state)
{
	static const struct {
		struct mn_str s;
		size_t valid;
	} CASES[] = {
	    {{"", 0}, 0},
	    {{"plain ascii, long enough for words", 34}, 34},
	    {{"caf\xc3\xa9", 5}, 5},
	    {{"\xe4\xb8\xad\xe5\x9b\xbd", 6}, 6},
	    {{"\xf0\x9f\x98\x80", 4}, 4},
	    {{"ab\xc0\xaf", 4}, 2},         /* overlong */
	    {{"ab\xe0\x80\x80", 5}, 2},     /* overlong */
	    {{"ab\xed\xa0\x80", 5}, 2},     /* surrogate */
	    {{"ab\xf4\x90\x80\x80", 6}, 2}, /* past U+10FFFF */
	    {{"ab\xe4\xb8", 4}, 2},         /* cut off */
	    {{"ab\x80", 3}, 2},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++)
		assert_int_equal(mn_utf8_valid(CASES[i].s), CASES[i].valid);
}

static void
every_step_gives_a_code_point(void **state)
{
	static const uint32_t WANT[] = {'a', 0xe9, 0x4e2d, 0x1f600};
	struct mn_str s = MN_S("a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80");
	(void)state;
	for (size_t i = 0; i < countof(WANT); i++)
		assert_int_equal(mn_utf8_next(&s), WANT[i]);
	assert_int_equal(s.n, 0);
}

static void
repair_replaces_and_counts(void **state)
{
	struct mn_buf b = mn_buf_new(256);
	(void)state;
	assert_int_equal(mn_utf8_repair(mn_str("a\xff"
					       "b\0c\xe4\xb8",
					    7),
			     &b),
	    4);
	assert_true(mn_str_eq(mn_buf_str(&b), MN_S("a\xef\xbf\xbd"
						   "b\xef\xbf\xbd"
						   "c\xef\xbf\xbd\xef\xbf\xbd")));
	assert_int_equal(mn_utf8_valid(mn_buf_str(&b)), b.n);
	mn_buf_free(&b);
}

static void
cuts_stand_between_characters(void **state)
{
	struct mn_str s = MN_S("\xe4\xb8\xad\xe5\x9b\xbd");
	static const size_t WANT[] = {0, 0, 0, 3, 3, 3, 6, 6};
	(void)state;
	for (size_t max = 0; max < countof(WANT); max++)
		assert_int_equal(mn_utf8_cut(s, max).n, WANT[max]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(valid_prefix_ends_at_the_first_ill_formed_byte),
	    cmocka_unit_test(every_step_gives_a_code_point),
	    cmocka_unit_test(repair_replaces_and_counts),
	    cmocka_unit_test(cuts_stand_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Buffers: they grow to their ceiling and stay a prefix past it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/buf.h"

static void
a_buffer_holds_what_was_added(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	(void)state;
	assert_null(b.p);
	mn_buf_add(&b, MN_STR_NONE);
	mn_buf_add(&b, MN_S("a\0b"));
	mn_buf_byte(&b, '-');
	mn_buf_fmt(&b, "%d%%%s", 42, "z");
	assert_true(mn_str_eq(mn_buf_str(&b), MN_S("a\0b-42%z")));
	for (int i = 0; i < 100000; i++)
		mn_buf_byte(&b, (char)('a' + i % 26));
	assert_int_equal(b.n, 8 + 100000);
	assert_true(b.cap >= b.n && b.cap <= b.max && !b.failed);
	assert_int_equal(mn_buf_str(&b).p[8 + 99999], 'a' + 99999 % 26);
	mn_buf_free(&b);
	assert_null(b.p);
	assert_int_equal(b.max, 1u << 20);
}

static void
the_ceiling_is_exact(void **state)
{
	struct mn_buf b = mn_buf_new(5);
	(void)state;
	mn_buf_add(&b, MN_S("12345"));
	assert_false(b.failed);
	mn_buf_byte(&b, '6');
	assert_true(b.failed);
	mn_buf_add(&b, MN_S(""));
	assert_true(mn_str_eq(mn_buf_str(&b), MN_S("12345")));
	mn_buf_free(&b);
}

static void
after_a_refusal_the_content_is_a_prefix(void **state)
{
	struct mn_buf b = mn_buf_new(8);
	(void)state;
	mn_buf_add(&b, MN_S("abc"));
	mn_buf_add(&b, MN_S("too long"));
	mn_buf_add(&b, MN_S("d"));
	mn_buf_fmt(&b, "%d", 1);
	assert_true(b.failed && mn_str_eq(mn_buf_str(&b), MN_S("abc")));
	mn_buf_clear(&b);
	assert_true(!b.failed && b.n == 0);
	mn_buf_fmt(&b, "%d", 1234567);
	assert_true(!b.failed && mn_str_eq(mn_buf_str(&b), MN_S("1234567")));
	mn_buf_free(&b);
}

static void
foreign_memory_never_grows(void **state)
{
	char room[4];
	struct mn_buf b = {.p = room, .cap = sizeof room, .max = sizeof room};
	(void)state;
	mn_buf_add(&b, MN_S("1234"));
	assert_false(b.failed);
	mn_buf_byte(&b, '5');
	assert_true(b.failed && b.p == room);
}

static void
a_buffer_without_room_refuses(void **state)
{
	struct mn_buf b = mn_buf_new(0), some = mn_buf_new(1u << 20);
	(void)state;
	mn_buf_byte(&b, 'a');
	assert_true(b.failed && b.n == 0);
	mn_buf_add(&some, MN_S("abc"));
	/* No sum of sizes may wrap: refused without touching the source. */
	volatile size_t huge = SIZE_MAX - 16;
	mn_buf_add(&some, mn_str("", huge));
	assert_true(some.failed && mn_str_eq(mn_buf_str(&some), MN_S("abc")));
	mn_buf_free(&b);
	mn_buf_free(&some);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_buffer_holds_what_was_added),
	    cmocka_unit_test(the_ceiling_is_exact),
	    cmocka_unit_test(after_a_refusal_the_content_is_a_prefix),
	    cmocka_unit_test(foreign_memory_never_grows),
	    cmocka_unit_test(a_buffer_without_room_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Records in their stored form: short values and long ones, emptied and decoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/model/record.h"

#define LONGEST 40000

static char text[LONGEST];

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('!' + i * 7 % 90);
	return 0;
}

/* Every third field has a value, one of n bytes and longer ones. */
static void
fill(struct mn_record *r, size_t n)
{
	mn_record_clear(r);
	r->kind = MN_K_WATCHLIST;
	for (unsigned f = (unsigned)(n % 3); f < MN_F_COUNT; f += 3)
		r->v[f] = mn_str(text + f, n + f % 5);
}

static void
same_values(const struct mn_record *a, const struct mn_record *b)
{
	assert_int_equal(a->kind, b->kind);
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		assert_true(mn_str_eq(a->v[f], b->v[f]));
}

static void
what_is_stored_is_read_again(void **state)
{
	static const size_t LENGTHS[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 63,
	    124, 127, 128, 129, 4095, 4096, 16380, 16384, 39000};
	(void)state;
	for (size_t i = 0; i < countof(LENGTHS); i++) {
		struct mn_record r, back;
		struct mn_buf b = mn_buf_new((size_t)16 << 20),
			      taken = mn_buf_new((size_t)16 << 20);
		fill(&r, LENGTHS[i]);
		mn_record_encode(&r, &b);
		assert_true(mn_record_decode(mn_buf_str(&b), 7, &back, NULL));
		same_values(&r, &back);
		assert_int_equal(back.rid, 7);
		mn_record_take(&r, &taken);
		assert_true(mn_str_eq(mn_buf_str(&b), mn_buf_str(&taken)));
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			assert_int_equal(r.v[f].n, 0);
		mn_buf_free(&b);
		mn_buf_free(&taken);
	}
}

static void
a_record_that_does_not_fit_fails_its_buffer(void **state)
{
	struct mn_record r;
	struct mn_buf b = mn_buf_new(200);
	(void)state;
	mn_record_clear(&r);
	r.v[MN_F_NAME] = mn_str(text, 195);
	mn_record_encode(&r, &b);
	assert_false(b.failed);
	assert_int_equal(b.n, 200); /* version, kind, field, a length of two bytes */
	mn_buf_clear(&b);
	r.v[MN_F_NAME] = mn_str(text, 196);
	mn_record_take(&r, &b);
	assert_true(b.failed);
	assert_int_equal(r.v[MN_F_NAME].n, 0);
	mn_buf_free(&b);
}

static void
a_cleared_record_has_nothing(void **state)
{
	struct mn_record r, none;
	(void)state;
	memset(&r, 0xff, sizeof r);
	memset(&none, 0, sizeof none);
	mn_record_clear(&r);
	assert_memory_equal(&r, &none, sizeof r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_stored_is_read_again),
	    cmocka_unit_test(a_record_that_does_not_fit_fails_its_buffer),
	    cmocka_unit_test(a_cleared_record_has_nothing),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}

/* Survey aggregates: the stored form, damage to it, and which counts may be said. */
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "manumit/base/clock.h"
#include "../../engine/report/lenses.h"

static struct mn_lens_stat
some(void)
{
	return (struct mn_lens_stat){.who = {1, 2},
	    .survey = {3, 4},
	    .lens = MN_S("survey"),
	    .age = MN_AGE_CHILD,
	    .interviewed = 40,
	    .assessable = 38,
	    .private_talk = 12,
	    .pattern = 7,
	    .n_dim = 3,
	    .n_case = 4,
	    .dim = {7, 0, 2},
	    .kase = {7, 1, 10, 20},
	    .first_day = 20500,
	    .last_day = MN_DAY_NONE,
	    .period = MN_S("year"),
	    .rid = mn_rid_make(3, 17)};
}

struct stored {
	struct mn_buf key, body, pos;
};

static struct stored
store(const struct mn_lens_stat *s)
{
	struct stored x = {mn_buf_new(256), mn_buf_new(4096), mn_buf_new(64)};
	mn_lens_stat_sort_key(s, &x.key);
	mn_lens_stat_encode(s, &x.body, &x.pos);
	return x;
}

static void
drop(struct stored *x)
{
	mn_buf_free(&x->key);
	mn_buf_free(&x->body);
	mn_buf_free(&x->pos);
}

static void
what_is_stored_comes_back(void **state)
{
	struct mn_lens_stat s = some(), t;
	struct mn_err err = MN_ERR_NONE;
	struct stored x = store(&s);
	(void)state;
	assert_true(mn_lens_stat_decode(
	    mn_buf_str(&x.key), mn_buf_str(&x.body), mn_buf_str(&x.pos), &t, &err));
	assert_true(t.who.hi == 1 && t.who.lo == 2 && t.survey.lo == 4);
	assert_true(mn_str_eq(t.lens, s.lens) && mn_str_eq(t.period, s.period));
	assert_int_equal(t.age, s.age);
	assert_int_equal(t.interviewed, 40);
	assert_int_equal(t.pattern, 7);
	assert_memory_equal(t.dim, s.dim, sizeof s.dim);
	assert_memory_equal(t.kase, s.kase, sizeof s.kase);
	assert_int_equal(t.last_day, MN_DAY_NONE);
	assert_true(t.rid == s.rid);
	drop(&x);
}

static void
damage_is_told(void **state)
{
	struct mn_lens_stat s = some(), t;
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	s.pattern = 39; /* more than were assessable */
	struct stored x = store(&s);
	assert_false(mn_lens_stat_decode(
	    mn_buf_str(&x.key), mn_buf_str(&x.body), mn_buf_str(&x.pos), &t, &err));
	drop(&x);
	s = some();
	x = store(&s);
	for (size_t n = 0; n < x.body.n; n++)
		assert_false(mn_lens_stat_decode(mn_buf_str(&x.key),
		    mn_str_sub(mn_buf_str(&x.body), 0, n), mn_buf_str(&x.pos), &t, &err));
	assert_int_equal(err.code, MN_E_STORE);
	drop(&x);
}

static void
small_parts_are_not_said(void **state)
{
	(void)state;
	assert_true(mn_lens_shown(5, 10, 5));
	assert_false(mn_lens_shown(4, 40, 5));
	assert_false(mn_lens_shown(36, 40, 5)); /* all but four */
	assert_false(mn_lens_shown(40, 40, 5)); /* all of them */
	assert_true(mn_lens_shown(0, 40, 5));
	assert_false(mn_lens_shown(0, 4, 5));
	assert_false(mn_lens_shown(10, 40, 11));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_stored_comes_back),
	    cmocka_unit_test(damage_is_told),
	    cmocka_unit_test(small_parts_are_not_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

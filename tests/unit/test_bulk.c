/* Which rows of review.csv are decided at once. */
#include "packs.h"

#include "manumit/base/fx.h"

#include "../../engine/run/decide.h"

#define ROW \
	{ \
		.pair = MN_S("list"), .state = MN_S("waiting"), \
		.subject = MN_S("0123456789abcdef0123456789abcdef"), \
		.list = MN_S("List A"), .gate = MN_S("G-WRO"), .country = MN_S("CN"), \
		.entry_country = MN_S("CN"), .probability = MN_S("0.9500") \
	}

static const struct mn_decide_bulk ANY = {.on = true, .min_p_q16 = -1};

static void
each_filter_counts(void **state)
{
	struct mn_bulk_row row = ROW;
	struct mn_decide_bulk b = ANY;
	(void)state;
	assert_true(mn_bulk_takes(&b, &row));
	b.list = MN_S("list a");
	b.gate = MN_S("G-WRO");
	b.min_p_q16 = MN_Q16(.95);
	b.same_country = true;
	assert_true(mn_bulk_takes(&b, &row));
	b.min_p_q16 = MN_Q16(.96);
	assert_false(mn_bulk_takes(&b, &row));
	b = ANY;
	b.list = MN_S("List");
	assert_false(mn_bulk_takes(&b, &row));
	b = ANY;
	b.gate = MN_S("G-UFLPA");
	assert_false(mn_bulk_takes(&b, &row));
}

static void
what_is_not_stated_is_not_chosen(void **state)
{
	struct mn_bulk_row row = ROW;
	struct mn_decide_bulk b = ANY;
	(void)state;
	b.same_country = true;
	row.entry_country = MN_STR_NONE;
	assert_false(mn_bulk_takes(&b, &row));
	row.country = MN_STR_NONE;
	assert_false(mn_bulk_takes(&b, &row));
	b = ANY;
	b.min_p_q16 = 0;
	row.probability = MN_STR_NONE;
	assert_false(mn_bulk_takes(&b, &row));
}

static void
only_rows_that_wait_for_the_first_time(void **state)
{
	static const struct mn_str STATES[] = {MN_S("same"), MN_S("different"),
	    MN_S("stale"), MN_S("expired"), MN_S("conflict")};
	struct mn_decide_bulk off = ANY;
	struct mn_bulk_row row = ROW;
	(void)state;
	for (size_t i = 0; i < countof(STATES); i++) {
		row.state = STATES[i];
		assert_false(mn_bulk_takes(&ANY, &row));
	}
	struct mn_bulk_row pair = ROW, licence = ROW;
	pair.pair = MN_S("suppliers");
	assert_false(mn_bulk_takes(&ANY, &pair));
	licence.subject = MN_STR_NONE;
	assert_false(mn_bulk_takes(&ANY, &licence));
	struct mn_bulk_row again = ROW;
	off.on = false;
	assert_false(mn_bulk_takes(&off, &again));
}

static void
the_reason_says_how_it_was_chosen(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 16, NULL), root = a;
	struct mn_decide_bulk b = {.on = true,
	    .list = MN_S("List A"),
	    .min_p_q16 = MN_Q16(.9),
	    .same_country = true};
	(void)state;
	struct mn_str got = mn_bulk_text(&b, MN_S("seen"), 12, &a);
	if (!mn_str_eq(got,
		MN_S("seen (one of 12 decided at once; list List A; P of 0.9000 or more; "
		     "same country)")))
		fail_msg("%.*s", MN_FMT(got));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_filter_counts),
	    cmocka_unit_test(what_is_not_stated_is_not_chosen),
	    cmocka_unit_test(only_rows_that_wait_for_the_first_time),
	    cmocka_unit_test(the_reason_says_how_it_was_chosen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

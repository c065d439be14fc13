/* What was done: which rows are one history, what a row says, and the stored form. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/model/done.h"

static bool
eq(struct mn_key a, struct mn_key b)
{
	return mn_key_cmp(a, b) == 0;
}

static const struct mn_key WHO = {1, 2};

#define ACTION(...) make_record(MN_K_ACTIONS, MN_F_ENTITY, "A1", __VA_ARGS__, MN_F_NONE)
#define DEBT(...) \
	make_record(MN_K_REMEDIATION, MN_F_ENTITY, "A1", MN_F_CURRENCY, "USD", \
	    __VA_ARGS__, MN_F_NONE)

static bool
one_thing(struct mn_record a, struct mn_record b)
{
	return eq(mn_done_thing(&a, WHO), mn_done_thing(&b, WHO));
}

static void
an_action_is_known_by_its_code_or_its_words(void **state)
{
	(void)state;
	assert_true(one_thing(ACTION(MN_F_ACTION_ID, "I07-1", MN_F_ACTION, "return them"),
	    ACTION(MN_F_ACTION_ID, "I07-1", MN_F_ACTION, "give them back")));
	assert_false(
	    one_thing(ACTION(MN_F_ACTION_ID, "I07-1"), ACTION(MN_F_ACTION_ID, "I07-2")));
	assert_true(one_thing(ACTION(MN_F_ACTION, "Return  the passports"),
	    ACTION(MN_F_ACTION, "return the passports", MN_F_OWNER, "buyer")));
	assert_false(one_thing(ACTION(MN_F_ACTION, "a"), ACTION(MN_F_ACTION, "b")));
}

static void
a_debt_is_known_by_recruiter_corridor_and_currency(void **state)
{
	(void)state;
	struct mn_record a = DEBT(MN_F_RECRUITER, "Bluefinch", MN_F_PAID, "1");
	assert_true(one_thing(a, DEBT(MN_F_RECRUITER, "BLUEFINCH", MN_F_PAID, "2")));
	assert_false(one_thing(a, DEBT(MN_F_RECRUITER, "Redfinch", MN_F_PAID, "1")));
	assert_false(one_thing(a, DEBT(MN_F_RECRUITER, "Bluefinch", MN_F_ORIGIN, "NP")));
}

static void
things_of_others_and_of_other_tables_are_others(void **state)
{
	(void)state;
	struct mn_record a = ACTION(MN_F_ACTION_ID, "I07-1");
	assert_false(
	    eq(mn_done_thing(&a, WHO), mn_done_thing(&a, (struct mn_key){1, 3})));
	struct mn_record v = make_record(MN_K_ACTIVITIES, MN_F_ENTITY, "A1", MN_F_NONE);
	struct mn_record t = make_record(MN_K_TRAINING, MN_F_ENTITY, "A1", MN_F_NONE);
	assert_false(one_thing(v, t));
}

static void
how_a_row_names_its_entity_is_nothing_that_it_says(void **state)
{
	(void)state;
	struct mn_record a = ACTION(MN_F_ACTION, "x", MN_F_OWNER, "buyer");
	struct mn_record b = make_record(MN_K_ACTIONS, MN_F_ENTITY_NAME, "Amberfen",
	    MN_F_COUNTRY, "BD", MN_F_ACTION, "x", MN_F_OWNER, "buyer", MN_F_RECORDED_ON,
	    "2026-01-01", MN_F_NONE);
	struct mn_record c = ACTION(MN_F_ACTION, "x", MN_F_OWNER, "seller");
	assert_true(eq(mn_done_says(&a), mn_done_says(&b)));
	assert_false(eq(mn_done_says(&a), mn_done_says(&c)));
	assert_false(eq(mn_done_handle(&a), mn_done_handle(&b)));
	/* Texts do not run into each other. */
	struct mn_record d = ACTION(MN_F_ACTION, "x", MN_F_OWNER, "ab", MN_F_NOTE, "c");
	struct mn_record e = ACTION(MN_F_ACTION, "x", MN_F_OWNER, "a", MN_F_NOTE, "bc");
	assert_false(eq(mn_done_says(&d), mn_done_says(&e)));
}

static void
packs_may_reword_an_action_with_a_code(void **state)
{
	(void)state;
	struct mn_record a =
	    ACTION(MN_F_ACTION_ID, "I07-1", MN_F_ACTION, "old words", MN_F_OWNER, "o");
	struct mn_record b =
	    ACTION(MN_F_ACTION_ID, "I07-1", MN_F_ACTION, "new words", MN_F_OWNER, "o");
	assert_true(eq(mn_done_says(&a), mn_done_says(&b)));
}

static void
a_proposal_without_anything_filled_in_is_no_entry(void **state)
{
	(void)state;
	struct mn_record bare = ACTION(MN_F_ACTION_ID, "I07-1", MN_F_ACTION, "x");
	struct mn_record owned = ACTION(MN_F_ACTION_ID, "I07-1", MN_F_OWNER, "buyer");
	struct mn_record own = ACTION(MN_F_ACTION, "x");
	struct mn_record none = DEBT(MN_F_RECRUITER, "Bluefinch");
	struct mn_record paid = DEBT(MN_F_RECRUITER, "Bluefinch", MN_F_PAID, "0");
	assert_false(mn_done_is_entry(&bare));
	assert_true(mn_done_is_entry(&owned));
	assert_true(mn_done_is_entry(&own));
	assert_false(mn_done_is_entry(&none));
	assert_true(mn_done_is_entry(&paid));
}

static int32_t
day(const char *iso)
{
	int32_t d;
	assert_true(mn_day_parse_iso(mn_str_c(iso), &d));
	return d;
}

static void
a_row_says_so_as_of_its_newest_day(void **state)
{
	(void)state;
	struct mn_record a = ACTION(MN_F_DONE_ON, "2026-03-01", MN_F_VERIFIED_ON,
	    "2026-04-01", MN_F_DUE, "2027-01-01");
	struct mn_record b =
	    ACTION(MN_F_DONE_ON, "2026-03-01", MN_F_RECORDED_ON, "2026-02-01");
	struct mn_record c = ACTION(MN_F_DUE, "2027-01-01");
	assert_int_equal(mn_done_day(&a), day("2026-04-01"));
	assert_int_equal(mn_done_day(&b), day("2026-02-01"));
	assert_int_equal(mn_done_day(&c), MN_DAY_NONE);
	assert_int_equal(mn_done_ahead(&a, day("2026-03-15")), MN_F_VERIFIED_ON);
	assert_int_equal(mn_done_ahead(&a, day("2026-04-01")), MN_F_NONE);
	assert_int_equal(mn_done_ahead(&c, day("2026-01-01")), MN_F_NONE);
}

static void
rows_are_stored_and_damage_is_noticed(void **state)
{
	(void)state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_done d = {.who = {7, 8},
			   .thing = {9, 10},
			   .rank = 3,
			   .contested = true,
			   .day = 20000,
			   .rec = ACTION(MN_F_ACTION, "x")},
		       back;
	struct mn_buf key = mn_buf_new(256), body = mn_buf_new(4096),
		      pos = mn_buf_new(64);
	d.rec.rid = mn_rid_make(2, 17);
	mn_done_sort_key(&d, &key);
	mn_done_encode(&d, &body, &pos);
	assert_true(mn_done_decode(
	    mn_buf_str(&key), mn_buf_str(&body), mn_buf_str(&pos), &back, &err));
	assert_true(mn_eid_cmp(back.who, d.who) == 0 && eq(back.thing, d.thing));
	assert_int_equal(back.rank, 3);
	assert_true(back.contested && back.day == 20000 && back.rec.rid == d.rec.rid);
	assert_true(mn_str_eq(back.rec.v[MN_F_ACTION], MN_S("x")));
	for (size_t n = 0; n < 8; n++)
		assert_false(mn_done_decode(mn_buf_str(&key),
		    mn_str_sub(mn_buf_str(&body), 0, n), mn_buf_str(&pos), &back, &err));
	assert_false(mn_done_decode(mn_buf_str(&key),
	    mn_str_sub(mn_buf_str(&body), 0, body.n - 1), mn_buf_str(&pos), &back, &err));
	key.p[16] = MN_K_SUPPLIERS;
	assert_false(mn_done_decode(
	    mn_buf_str(&key), mn_buf_str(&body), mn_buf_str(&pos), &back, &err));
	assert_int_equal(err.code, MN_E_STORE);
	mn_buf_free(&key);
	mn_buf_free(&body);
	mn_buf_free(&pos);
}

static void
the_last_of_each_history_is_marked(void **state)
{
	(void)state;
	struct mn_done v[] = {
	    {.thing = {1, 1}}, {.thing = {1, 1}, .rank = 1}, {.thing = {1, 2}}};
	mn_done_mark_last(v, 3);
	assert_true(!v[0].last && v[1].last && v[2].last);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_action_is_known_by_its_code_or_its_words),
	    cmocka_unit_test(a_debt_is_known_by_recruiter_corridor_and_currency),
	    cmocka_unit_test(things_of_others_and_of_other_tables_are_others),
	    cmocka_unit_test(how_a_row_names_its_entity_is_nothing_that_it_says),
	    cmocka_unit_test(packs_may_reword_an_action_with_a_code),
	    cmocka_unit_test(a_proposal_without_anything_filled_in_is_no_entry),
	    cmocka_unit_test(a_row_says_so_as_of_its_newest_day),
	    cmocka_unit_test(rows_are_stored_and_damage_is_noticed),
	    cmocka_unit_test(the_last_of_each_history_is_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who sees what: the policy, and what is taken out of a view. */
#include "gen_fixture.h"

static void
nobody_sees_more_than_the_buyer(void **state)
{
	(void)state;
	for (unsigned w = 0; w < MN_SHOWN_COUNT; w++)
		for (unsigned a = 0; a < MN_AUDIENCES; a++)
			assert_true(mn_audience_shows(MN_AUD_INTERNAL, w) ||
				    !mn_audience_shows(a, w));
}

/* A supplier reads what is public as well, so neither copy may tell what the other hides
 * for the workers' sake. */
static void
public_and_supplier_hide_the_same_of_workers(void **state)
{
	static const enum mn_shown OF_WORKERS[] = {MN_SHOW_WORKERS_VOICE,
	    MN_SHOW_FEW_WORKERS, MN_SHOW_SMALL_SITE_DATES, MN_SHOW_INPUTS,
	    MN_SHOW_WORKINGS, MN_SHOW_LENSES, MN_SHOW_ACTIVITIES, MN_SHOW_REMARKS};
	(void)state;
	for (size_t i = 0; i < countof(OF_WORKERS); i++) {
		assert_false(mn_audience_shows(MN_AUD_SUPPLIER, OF_WORKERS[i]));
		assert_false(mn_audience_shows(MN_AUD_PUBLIC, OF_WORKERS[i]));
	}
}

static void
audiences_have_names(void **state)
{
	enum mn_audience a;
	(void)state;
	for (unsigned i = 0; i < MN_AUDIENCES; i++) {
		assert_true(mn_audience_by_name(mn_str_c(mn_audience_name(i)), &a));
		assert_int_equal(a, i);
	}
	assert_false(mn_audience_by_name(MN_S("Public"), &a));
	assert_false(mn_audience_by_name(MN_S(""), &a));
}

static void
minimums_come_with_those_of_whom_more_is_shown(void **state)
{
	struct gen_fix *f = *state;
	int64_t least[MN_AUDIENCES];
	assert_int_equal(mn_pack_min_cells(f->r.pack, MN_AUD_INTERNAL, least), 1);
	assert_int_equal(least[0], 5);
	assert_int_equal(mn_pack_min_cells(f->r.pack, MN_AUD_INSPECTORATE, least), 1);
	assert_int_equal(mn_pack_min_cells(f->r.pack, MN_AUD_SUPPLIER, least), 2);
	assert_int_equal(least[0], 5);
	assert_int_equal(least[1], 11);
	assert_int_equal(mn_pack_min_cell(f->r.pack, MN_AUD_PUBLIC), 11);
}

static void
a_suppliers_view_has_no_days_of_a_small_site(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_view v, in;
	uint32_t days = 0;
	f->r.audience = MN_AUD_INTERNAL;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &in, &err), err);
	f->r.audience = MN_AUD_SUPPLIER;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &v, &err), err);
	assert_int_equal(v.n_ev, in.n_ev);
	bool small = mn_pack_small_site(f->r.pack, &in.ent.rec);
	assert_int_equal(mn_view_days_withheld(&f->r, &v), small);
	for (uint32_t i = 0; i < v.n_ev; i++)
		days += v.ev[i].event_day != MN_DAY_NONE;
	assert_true(days == 0 || !small);
	assert_int_equal(v.ent.rec.v[MN_F_SPEND].n, 0);
	assert_int_equal(v.n_alike, 0);
	f->r.audience = MN_AUD_INTERNAL;
}

static void
a_name_that_only_resembles_one_is_not_passed_on(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_view v;
	f->r.audience = MN_AUD_PUBLIC;
	gf_ok(mn_view_load(&f->r, GF_B, false, &f->a, &v, &err), err);
	for (uint32_t i = 0; i < v.n_gate; i++) {
		assert_int_not_equal(v.gate[i].status, MN_GATE_POSSIBLE);
		assert_int_equal(v.gate[i].decided, MN_DECIDED_NONE);
	}
	assert_true(mn_str_eq(mn_view_cite(&f->r, mn_rid_make(1, 2), MN_F_NONE, &f->a),
	    MN_S("source on file")));
	f->r.audience = MN_AUD_INTERNAL;
}

static void
a_suppliers_copy_asks_only_the_supplier(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_view v;
	const struct mn_p_question *q[64];
	f->r.audience = MN_AUD_SUPPLIER;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &v, &err), err);
	size_t n = mn_view_questions(&f->r, &v, q, countof(q));
	for (size_t i = 0; i < n; i++)
		assert_true(mn_str_eq(q[i]->ask, MN_S("supplier")) ||
			    mn_str_eq(q[i]->ask, MN_S("recruiter")));
	f->r.audience = MN_AUD_INTERNAL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_sees_more_than_the_buyer),
	    cmocka_unit_test(public_and_supplier_hide_the_same_of_workers),
	    cmocka_unit_test(audiences_have_names),
	    cmocka_unit_test(minimums_come_with_those_of_whom_more_is_shown),
	    cmocka_unit_test(a_suppliers_view_has_no_days_of_a_small_site),
	    cmocka_unit_test(a_name_that_only_resembles_one_is_not_passed_on),
	    cmocka_unit_test(a_suppliers_copy_asks_only_the_supplier),
	};
	return cmocka_run_group_tests(tests, gen_fix_setup, gen_fix_teardown);
}

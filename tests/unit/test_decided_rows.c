/* Decisions about two suppliers, as pairs of rows of a run. */
#include "dedup_fixture.h"

#include "manumit/base/clock.h"
#include "manumit/resolve/decision.h"

#define AS_OF 20000
#define LEI1 "529900T8BM49AURSDO55"

struct found {
	const struct mn_decided_pair *v;
	size_t n;
};

static struct mn_decision
decided(const struct dedup_fix *f, uint32_t a, uint32_t b, bool same, int32_t on)
{
	struct mn_key x[MN_HANDLES], y[MN_HANDLES];
	struct mn_decision d = {.same = same,
	    .on = on,
	    .expires = MN_DAY_NONE,
	    .by = MN_S("compliance"),
	    .why = MN_S("two mills")};
	assert_true(mn_decision_subjects(&f->row[a], x) > 0);
	assert_true(mn_decision_subjects(&f->row[b], y) > 0);
	mn_decision_pair_suppliers(&d, x[0], y[0]);
	return d;
}

/* The pairs that n decisions make of the rows written so far. */
static struct found
pairs(struct dedup_fix *f, const struct mn_decision *d, uint32_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_stage st = {.gen = f->gen, .note = dd_note, .ctx = f};
	struct mn_decisions none = {NULL, 0, AS_OF};
	struct found out;
	dd_write(f);
	dd_ok(mn_decided_rows(&st, mn_decisions_with(&none, d, n, &f->a), &f->a, &out.v,
		  &out.n, &err),
	    err);
	return out;
}

static struct mn_key
content(const struct dedup_fix *f, uint32_t row)
{
	return mn_record_key(&f->row[row], 0);
}

static bool
about(const struct dedup_fix *f, const struct mn_decided_pair *p, uint32_t a, uint32_t b)
{
	struct mn_key x = content(f, a), y = content(f, b);
	bool straight = mn_key_cmp(x, y) < 0;
	return mn_key_cmp(p->a, straight ? x : y) == 0 &&
	       mn_key_cmp(p->b, straight ? y : x) == 0;
}

static void
a_decision_becomes_a_pair_of_rows_with_its_reason(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "A1", "Vellmore Mill", "DE", "", "");
	uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
	dd_row(f, "A3", "Larkspur Ropeworks", "DE", "", "");
	struct mn_decision d = decided(f, a, b, false, AS_OF - 30);
	d.expires = AS_OF;
	struct found p = pairs(f, &d, 1);
	assert_int_equal(p.n, 1);
	assert_true(about(f, &p.v[0], a, b));
	assert_false(p.v[0].one);
	assert_true(mn_str_eq(p.v[0].reason,
	    MN_S("decided different by compliance on 2024-09-04, until 2024-10-04: two "
		 "mills")));
	dd_end(f);
}

static void
what_is_expired_or_about_others_is_not_applied(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "A1", "Vellmore Mill", "DE", "", "");
	uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
	struct mn_decision d[2] = {
	    decided(f, a, b, true, AS_OF - 30), decided(f, a, b, true, AS_OF)};
	d[0].expires = AS_OF - 1;
	mn_decision_pair_suppliers(&d[1], d[0].subject, (struct mn_key){7, 7});
	assert_int_equal(pairs(f, d, 2).n, 0);
	dd_end(f);
}

static void
all_handles_are_tried_and_all_rows_are_paired(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "A1", "Vellmore Mill", "DE", "", "");
	uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
	struct mn_decision d = decided(f, a, b, true, AS_OF);
	/* The supplier A1 gains an identifier and a row; one row is said twice. */
	f->row[a] = make_record(MN_K_SUPPLIERS, MN_F_ID, "A1", MN_F_NAME, "Vellmore Mill",
	    MN_F_COUNTRY, "DE", MN_F_LEI, LEI1, MN_F_NONE);
	f->row[a].rid = mn_rid_make(0, 2 + a);
	uint32_t c = dd_row(f, "A1", "Vellmore Mill", "DE", "Essen", "");
	dd_row(f, "A1", "Vellmore Mill", "DE", "Essen", "");
	struct found p = pairs(f, &d, 1);
	assert_int_equal(p.n, 2);
	assert_true(about(f, &p.v[0], a, b) || about(f, &p.v[1], a, b));
	assert_true(about(f, &p.v[0], c, b) || about(f, &p.v[1], c, b));
	dd_end(f);
}

static void
the_latest_stands_and_of_one_day_the_one_that_keeps_apart(void **state)
{
	struct dedup_fix *f = *state;
	for (int32_t later = 0; later < 2; later++) {
		dd_begin(f);
		uint32_t a = dd_row(f, "A1", "Vellmore Mill", "DE", "", "");
		uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
		struct mn_decision d[2] = {decided(f, a, b, false, AS_OF - 5)};
		f->row[a] = make_record(MN_K_SUPPLIERS, MN_F_ID, "A1", MN_F_NAME,
		    "Vellmore Mill", MN_F_COUNTRY, "DE", MN_F_LEI, LEI1, MN_F_NONE);
		f->row[a].rid = mn_rid_make(0, 2 + a);
		d[1] = decided(f, a, b, true, AS_OF - 5 + later);
		struct found p = pairs(f, d, 2);
		assert_int_equal(p.n, 1);
		assert_int_equal(p.v[0].one, later);
		dd_end(f);
	}
}

static void
an_identifier_that_agrees_is_not_decided_away(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "A1", "Vellmore Mill", "DE", "", "");
	uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
	struct mn_decision d = decided(f, a, b, false, AS_OF);
	for (uint32_t i = 0; i < 2; i++) {
		f->row[i] = make_record(MN_K_SUPPLIERS, MN_F_ID, i ? "A2" : "A1",
		    MN_F_NAME, i ? "Velmore Mill" : "Vellmore Mill", MN_F_COUNTRY, "DE",
		    MN_F_LEI, LEI1, MN_F_NONE);
		f->row[i].rid = mn_rid_make(0, 2 + i);
	}
	assert_int_equal(pairs(f, &d, 1).n, 0);
	assert_int_equal(f->noted[MN_E_DECISION_CONFLICT], 1);
	dd_end(f);
}

static void
a_crowd_under_one_handle_is_bounded(void **state)
{
	struct dedup_fix *f = *state;
	char city[16];
	dd_begin(f);
	uint32_t b = dd_row(f, "A2", "Velmore Mill", "DE", "", "");
	for (uint32_t i = 0; i < 200; i++) {
		snprintf(city, sizeof city, "Town %u", i);
		dd_row(f, "A1", "Vellmore Mill", "DE",
		    mn_arena_cstr(&f->a, mn_str_c(city)), "");
	}
	struct mn_decision d = decided(f, b, 1, false, AS_OF);
	assert_int_equal(pairs(f, &d, 1).n, MN_MAX_DECIDED_ROWS);
	dd_end(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_decision_becomes_a_pair_of_rows_with_its_reason),
	    cmocka_unit_test(what_is_expired_or_about_others_is_not_applied),
	    cmocka_unit_test(all_handles_are_tried_and_all_rows_are_paired),
	    cmocka_unit_test(the_latest_stands_and_of_one_day_the_one_that_keeps_apart),
	    cmocka_unit_test(an_identifier_that_agrees_is_not_decided_away),
	    cmocka_unit_test(a_crowd_under_one_handle_is_bounded),
	};
	return cmocka_run_group_tests(tests, dedup_setup, dedup_teardown);
}

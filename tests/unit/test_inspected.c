/* Counts of inspections: what may be compared, stored form, and codes found by their
 * beginning. */
#include "packs.h"

#include "manumit/model/inspected.h"

static const struct mn_inspected *
with(struct mn_inspected *x, uint8_t acts_on, uint8_t selection, uint64_t violation,
    uint64_t none)
{
	*x = (struct mn_inspected){.authority = MN_S("Invented Inspectorate"),
	    .acts_on = acts_on,
	    .selection = selection,
	    .all = {.cases = violation + none, .violation = violation, .none = none}};
	return x;
}

static void
complaints_are_not_compared_with_programmes(void **state)
{
	struct mn_inspected x;
	(void)state;
	assert_null(mn_inspected_why_not(with(&x, 0, MN_SEL_PROGRAMMED, 3, 7)));
	assert_null(mn_inspected_why_not(with(&x, 0, MN_SEL_RANDOM, 3, 7)));
	for (uint8_t s = 0; s < MN_SELECTIONS; s++)
		if (s != MN_SEL_PROGRAMMED && s != MN_SEL_RANDOM)
			assert_non_null(mn_inspected_why_not(with(&x, 0, s, 3, 7)));
}

static void
a_file_of_violations_has_no_rate(void **state)
{
	struct mn_inspected x;
	(void)state;
	assert_non_null(mn_inspected_why_not(with(&x, 0, MN_SEL_RANDOM, 3, 0)));
	assert_non_null(mn_inspected_why_not(with(&x, 0, MN_SEL_RANDOM, 0, 0)));
	assert_null(mn_inspected_why_not(with(&x, 0, MN_SEL_RANDOM, 0, 4)));
}

static void
claims_and_decisions_have_no_rate(void **state)
{
	struct mn_inspected x;
	(void)state;
	for (uint8_t a = MN_ACTS_CLAIMS; a < MN_ACTS_COUNT; a++)
		assert_non_null(mn_inspected_why_not(with(&x, a, MN_SEL_RANDOM, 3, 7)));
}

static void
stored_and_read_again(void **state)
{
	char k[512], b[512];
	struct mn_buf key = {k, 0, sizeof k, sizeof k, false};
	struct mn_buf body = {b, 0, sizeof b, sizeof b, false};
	struct mn_inspected x, got;
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	with(&x, MN_ACTS_CLAIMS, MN_SEL_REFERRAL, 3, 7);
	x.ours = (struct mn_tally){.cases = 2, .sized = 1, .workers = 80, .concerned = 4};
	mn_inspected_key(&x, &key);
	mn_inspected_encode(&x, &body);
	assert_true(mn_inspected_decode(mn_buf_str(&key), mn_buf_str(&body), &got, &err));
	assert_true(mn_str_eq(got.authority, x.authority));
	assert_int_equal(got.acts_on, x.acts_on);
	assert_int_equal(got.selection, x.selection);
	assert_memory_equal(&got.all, &x.all, sizeof x.all);
	assert_memory_equal(&got.ours, &x.ours, sizeof x.ours);
	for (size_t n = 0; n < key.n; n++)
		assert_false(
		    mn_inspected_decode(mn_str(k, n), mn_buf_str(&body), &got, &err));
	for (size_t n = 0; n < body.n; n++)
		assert_false(
		    mn_inspected_decode(mn_buf_str(&key), mn_str(b, n), &got, &err));
}

static void
the_longest_beginning_counts(void **state)
{
	const struct mn_pack *p = *state;
	static const struct {
		const char *code, *row;
	} OF[] = {{"STD_19100142B03", "STD_19100142*"}, {"STD_19260501B13", "STD_19*"},
	    {"STD_19040035B01IV", "STD_19040035B01IV*"}, {"STD_19040029A", "STD_1904*"},
	    {"STD_3395", "STD_*"}, {"S", "S"}, {"MINORS", "MINORS"}};
	for (size_t i = 0; i < countof(OF); i++) {
		const struct mn_p_violation *v =
		    mn_pack_violation(p, MN_S("us-osha"), mn_str_c(OF[i].code));
		assert_non_null(v);
		assert_true(mn_str_eq(v->violation, mn_str_c(OF[i].row)));
	}
	assert_null(mn_pack_violation(p, MN_S("us-osha"), MN_S("XYZ")));
	assert_null(mn_pack_violation(p, MN_S("us-osha"), MN_STR_NONE));
}

int
main(void)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	const struct mn_pack *p = shipped_packs(&a);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(complaints_are_not_compared_with_programmes),
	    cmocka_unit_test(a_file_of_violations_has_no_rate),
	    cmocka_unit_test(claims_and_decisions_have_no_rate),
	    cmocka_unit_test(stored_and_read_again),
	    cmocka_unit_test_prestate(the_longest_beginning_counts, (void *)(uintptr_t)p),
	};
	int failed = cmocka_run_group_tests_name("inspected", tests, NULL, NULL);
	mn_arena_free(root);
	return failed;
}

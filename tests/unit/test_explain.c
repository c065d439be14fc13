/* explain: every number down to rows, with sums that are exact. */
#include "gen_fixture.h"
#include "schema.h"

static struct mn_str
explain(struct gen_fix *f, struct mn_eid id, bool json)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf b = mn_buf_new(1u << 22);
	gf_ok(mn_report_explain(&f->r, id, json, &b, &err), err);
	assert_false(b.failed);
	struct mn_str s = mn_arena_str(&f->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

static struct mn_json *
parsed(struct gen_fix *f, struct mn_eid id)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_json *v = mn_json_parse(explain(f, id, true), "explain", &err);
	gf_ok(v, err);
	return v;
}

static int64_t
number(const struct mn_json *map, const char *key)
{
	int64_t n = 0;
	assert_true(mn_json_int(mn_json_get(map, key), &n));
	return n;
}

static void
it_keeps_the_shipped_schema(void **state)
{
	struct mn_json *schema = schema_load("explain");
	const struct mn_eid all[] = {GF_A, GF_B, GF_C};
	for (size_t i = 0; i < countof(all); i++) {
		struct mn_json *v = parsed(*state, all[i]);
		schema_assert(schema, v);
		mn_json_free(v);
	}
	mn_json_free(schema);
}

static void
integers_add_up_to_the_last_unit(void **state)
{
	struct mn_json *v = parsed(*state, GF_A);
	const struct mn_json *ind = mn_json_get(v, "indicators_q16"),
			     *rows = mn_json_get(v, "rows");
	int64_t sum = number(v, "base_q16");
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		int64_t of_rows = 0;
		for (size_t k = 0; k < mn_json_count(rows); k++) {
			const struct mn_json *row = mn_json_at(rows, k);
			struct mn_str code;
			mn_json_str(mn_json_get(row, "indicator"), &code);
			if (mn_str_eq(code, mn_str_c(mn_indicator_code(i))))
				of_rows += number(row, "share_q16");
		}
		assert_int_equal(of_rows, number(ind, mn_indicator_code(i)));
		sum += of_rows;
	}
	assert_int_equal(sum, number(v, "sum_q16"));
	assert_int_equal(mn_json_count(rows), 7);
	mn_json_free(v);
}

static void
text_has_the_same_integers(void **state)
{
	struct gen_fix *f = *state;
	struct mn_json *v = parsed(f, GF_A);
	struct mn_str text = explain(f, GF_A, false);
	char part[32];
	snprintf(part, sizeof part, "(%lld)", (long long)number(v, "sum_q16"));
	assert_true(gf_has(text, part));
	snprintf(part, sizeof part, "(%lld)", (long long)number(v, "base_q16"));
	assert_true(gf_has(text, part));
	mn_json_free(v);
}

static void
rows_say_why_they_count_or_not(void **state)
{
	struct gen_fix *f = *state;
	struct mn_json *v = parsed(f, GF_A);
	struct mn_str text = explain(f, GF_A, false);
	static const char *const PARTS[] = {"findings.csv:2 Indicator", "counted",
	    "same root", "verified by workers", "closed on claim",
	    "attached to no indicator", "what was found"};
	for (size_t i = 0; i < countof(PARTS); i++)
		if (!gf_has(text, PARTS[i]))
			fail_msg("missing: %s", PARTS[i]);
	mn_json_free(v);
}

static void
text_has_gates_context_and_questions(void **state)
{
	struct mn_str text = explain(*state, GF_B, false);
	static const char *const PARTS[] = {"G-OWN", "possible", "list.csv:5",
	    "countries/DE", "unknown",
	    "neither establishes forced labour nor its absence"};
	for (size_t i = 0; i < countof(PARTS); i++)
		if (!gf_has(text, PARTS[i]))
			fail_msg("missing: %s", PARTS[i]);
}

static void
it_tells_who_was_taken_for_whom(void **state)
{
	struct gen_fix *f = *state;
	struct mn_json *v = parsed(f, GF_C);
	struct mn_str text = explain(f, GF_C, false);
	static const char *const PARTS[] = {
	    "\nRows taken for one entity\n  suppliers.csv:5 \"Cinderwold Orchards",
	    "\n  suppliers.csv:6 \"Cinderwald <Orchards>\", yours S-9, P 0.8750: "
	    "cinderwold=cinderwald (spelling)\n",
	    "\nNot united although alike\n  suppliers.csv:4 \"=Birchlea(1)\", yours S-2, "
	    "P 0.8750: another town; birchlea\n"};
	for (size_t i = 0; i < countof(PARTS); i++)
		if (!gf_has(text, PARTS[i]))
			fail_msg("missing: %s", PARTS[i]);
	assert_int_equal(mn_json_count(mn_json_get(v, "members")), 2);
	assert_int_equal(mn_json_count(mn_json_get(v, "refused")), 1);
	mn_json_free(v);
	text = explain(f, GF_A, false);
	assert_false(gf_has(text, "taken for one") || gf_has(text, "although alike"));
}

static void
it_says_what_is_to_be_done(void **state)
{
	struct gen_fix *f = *state;
	struct mn_str text = explain(f, GF_A, false);
	assert_true(gf_has(text, "\nActions, in the order to be done\n"));
	assert_true(gf_has(text, "I07-1: "));
	assert_true(gf_has(text, "proposed, within 1 day"));
	struct mn_json *v = parsed(f, GF_A);
	assert_true(mn_json_count(mn_json_get(v, "plan")) > 3);
	mn_json_free(v);
}

/* What a copy for them leaves out is left out here, and the card is made without it. */
static void
it_tells_others_what_a_copy_tells(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	static const char *const NEVER[] = {"likelihood", "share", "weight", "Waterfall",
	    "findings.csv", "fees.csv", "suppliers.csv", "list.csv", "action:", "next-",
	    "worker survey", "off-site", "grievance mechanism", "P 0.8"};
	gf_ok(mn_report_for(&f->r, MN_AUD_SUPPLIER, &f->a, &err), err);
	const struct mn_eid all[] = {GF_A, GF_B, GF_C};
	struct mn_json *schema = schema_load("explain");
	for (size_t i = 0; i < countof(all); i++) {
		struct mn_str text = explain(f, all[i], false);
		struct mn_json *v = parsed(f, all[i]);
		assert_true(gf_has(text, "As a copy for audience supplier tells it"));
		for (size_t k = 0; k < countof(NEVER); k++)
			if (gf_has(text, NEVER[k]))
				fail_msg("a supplier is told: %s", NEVER[k]);
		schema_assert(schema, v);
		assert_null(mn_json_get(v, "likelihood"));
		mn_json_free(v);
	}
	mn_json_free(schema);
	/* Of a copy there is no way back to what it left out. */
	assert_false(mn_report_for(&f->r, MN_AUD_INTERNAL, &f->a, &err));
}

static void
words_that_are_never_said_are_not(void **state)
{
	struct mn_str text = explain(*state, GF_A, false);
	assert_false(gf_has(text, "forced labour found"));
	assert_false(gf_has(text, "victim"));
	assert_false(gf_has(text, "trafficking"));
}

static void
an_unknown_entity_is_an_error(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf b = mn_buf_new(4096);
	assert_false(mn_report_explain(&f->r, (struct mn_eid){9, 9}, false, &b, &err));
	assert_int_equal(err.code, MN_E_NOTFOUND);
	mn_buf_free(&b);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(it_keeps_the_shipped_schema),
	    TEST(integers_add_up_to_the_last_unit),
	    TEST(text_has_the_same_integers),
	    TEST(rows_say_why_they_count_or_not),
	    TEST(text_has_gates_context_and_questions),
	    TEST(it_tells_who_was_taken_for_whom),
	    TEST(it_says_what_is_to_be_done),
	    TEST(it_tells_others_what_a_copy_tells),
	    TEST(words_that_are_never_said_are_not),
	    TEST(an_unknown_entity_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

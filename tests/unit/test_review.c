/* review.csv: which list entries wait for a person, and cells that stay text. */
#include "gen_fixture.h"

static struct mn_str
render(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	gf_ok(mn_report_review(&f->r, f->dir, &err), err);
	return gen_fix_read(f, "review.csv");
}

static void
what_waits_is_listed_and_nothing_else(void **state)
{
	struct mn_str text = render(*state), rest = text;
	size_t lines = 0;
	while (rest.p && rest.n) {
		mn_str_cut(&rest, '\n');
		lines++;
	}
	assert_int_equal(lines, 3); /* header, possible, ended with a name basis */
	assert_true(gf_has(text, "G-OWN") || gf_has(text, "possible"));
	assert_true(gf_has(text, "Birchlea, once listed"));
	assert_false(gf_has(text, "not waiting"));
}

static void
a_name_that_is_a_formula_stays_text(void **state)
{
	struct mn_str text = render(*state);
	assert_true(gf_has(text, ",'=Birchlea(1),"));
	assert_false(gf_has(text, ",=Birchlea"));
}

static void
each_line_names_the_entity_the_source_and_leaves_the_decision(void **state)
{
	struct mn_str rest = render(*state);
	char hex[33];
	mn_eid_hex(GF_B, hex);
	struct mn_str head = mn_str_cut(&rest, '\n');
	assert_true(mn_str_ends(
	    head, MN_S(",decision,reason,expires,decided_by,decided_on,state,state_note,"
		       "subject,entry_key,entry_print")));
	assert_true(gf_has(head, "entity_id"));
	while (rest.p && rest.n) {
		struct mn_str line = mn_str_cut(&rest, '\n');
		assert_true(gf_has(line, hex));
		assert_true(gf_has(line, "list.csv,5,"));
		assert_true(gf_has(line, "name and country"));
		/* no keys in the fixture, so nothing that a decision could bind */
		assert_true(mn_str_ends(line, MN_S(",,,,,,waiting,,,,")));
	}
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(what_waits_is_listed_and_nothing_else),
	    TEST(a_name_that_is_a_formula_stays_text),
	    TEST(each_line_names_the_entity_the_source_and_leaves_the_decision),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

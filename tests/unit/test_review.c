/* review.csv: which list entries and pairs of suppliers wait for a person, and cells that
 * stay text. */
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
	    head, MN_S(",probability,listed_as,why,entry_country,pair,decision,reason,"
		       "expires,decided_by,decided_on,state,state_note,"
		       "subject,entry_key,entry_print")));
	assert_true(gf_has(head, "entity_id"));
	while (rest.p && rest.n) {
		struct mn_str line = mn_str_cut(&rest, '\n');
		assert_true(gf_has(line, hex));
		assert_true(gf_has(line, "list.csv,5,"));
		assert_true(gf_has(line, "name and country"));
		/* no keys in the fixture, so nothing that a decision could bind */
		assert_true(mn_str_ends(line, MN_S(",list,,,,,,waiting,,,,")));
	}
}

/* ---- suppliers that may be one ---- */

/* Rows on lines 5 (of C, no id) and 4 (of B, "=Birchlea(1)", S-2), refused for doubt. */
static void
put_open(struct gen_fix *f, struct mn_eid who, struct mn_eid other, uint8_t standing)
{
	bool of_c = mn_eid_cmp(who, GF_C) == 0;
	struct mn_alike x = {.who = who,
	    .refused = true,
	    .order = 1,
	    .p_q16 = MN_Q16(.875),
	    .standing = standing,
	    .other = other,
	    .handle = {of_c ? 1 : 2, 0},
	    .other_handle = {of_c ? 2 : 1, 0},
	    .reason = MN_S("two of your ids, and more: possible duplicate"),
	    .rid = mn_rid_make(0, of_c ? 5 : 4),
	    .other_rid = mn_rid_make(0, of_c ? 4 : 5)};
	struct mn_buf key = mn_buf_new(64), body = mn_buf_new(4096),
		      pos = mn_buf_new(256);
	mn_alike_sort_key(&x, &key);
	mn_alike_encode(&x, &body, &pos);
	gf_put(f, MN_TAB_LINK, &key, &body, &pos);
}

/* What is asked about a pair that B, C or both list. */
static struct mn_str
pairs(struct gen_fix *f, bool by_b, bool by_c, uint8_t standing)
{
	gen_fix_begin(f);
	if (by_b)
		put_open(f, GF_B, GF_C, standing);
	if (by_c)
		put_open(f, GF_C, GF_B, standing);
	gen_fix_open(f);
	return render(f);
}

static size_t
count(struct mn_str text, const char *part)
{
	size_t n = 0, at;
	while ((at = mn_str_find(text, mn_str_c(part))) != SIZE_MAX) {
		text = mn_str_sub(text, at + 1, text.n);
		n++;
	}
	return n;
}

static void
a_possible_duplicate_is_asked_about_with_both_rows(void **state)
{
	struct gen_fix *f = calloc(1, sizeof *f);
	(void)state;
	struct mn_str text = pairs(f, true, true, MN_ALIKE_OPEN);
	assert_int_equal(count(text, ",suppliers,"), 1);
	assert_true(gf_has(text, "\n,possible duplicate,"));
	assert_true(
	    gf_has(text, ",S-2,'=Birchlea(1),,," GF_LONG ",similar name,,suppliers.csv,5,"
			 "Are these two rows one supplier?,0.8750,,"
			 "\"two of your ids, and more: possible duplicate\","
			 ",suppliers,,,,,,waiting,,"
			 "00000000000000020000000000000000,"
			 "00000000000000010000000000000000,\n"));
	gen_fix_end(f);
	free(f);
}

static void
the_other_asks_when_the_list_of_one_was_full(void **state)
{
	struct gen_fix *f = calloc(1, sizeof *f);
	(void)state;
	struct mn_str text = pairs(f, false, true, MN_ALIKE_OPEN);
	assert_int_equal(count(text, ",suppliers,"), 1);
	assert_true(gf_has(text, "one supplier? (the other: S-2),"));
	gen_fix_end(f);
	free(f);
}

static void
what_is_ruled_or_decided_is_not_asked(void **state)
{
	(void)state;
	for (uint8_t s = 0; s < MN_ALIKE_STANDINGS; s++) {
		struct gen_fix *f = calloc(1, sizeof *f);
		size_t asked = count(pairs(f, true, true, s), ",suppliers,");
		assert_int_equal(asked, s == MN_ALIKE_OPEN);
		gen_fix_end(f);
		free(f);
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
	    cmocka_unit_test(a_possible_duplicate_is_asked_about_with_both_rows),
	    cmocka_unit_test(the_other_asks_when_the_list_of_one_was_full),
	    cmocka_unit_test(what_is_ruled_or_decided_is_not_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

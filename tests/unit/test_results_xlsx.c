/* results.xlsx and results.csv: what the dossier says, and nothing that it withholds. */
#include "gen_fixture.h"
#include "manumit/base/limits.h"

#include "unzip.h"

#define PARTS 10
enum {
	P_SUMMARY,
	P_ENTITIES,
	P_EVIDENCE,
	P_QUESTIONS,
	P_GATES,
	P_PATHS,
	P_FEES,
	P_ACTIONS,
	P_REMEDIATION,
	P_DECISIONS
};

struct book {
	struct mn_str zip, workbook, sheet[PARTS];
};

static struct book
render(struct gen_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	struct book b;
	gf_ok(mn_report_results_xlsx(&f->r, f->dir, &err), err);
	b.zip = gen_fix_read(f, "results.xlsx");
	b.workbook = unzip(&f->a, b.zip, "xl/workbook.xml");
	for (unsigned i = 0; i < PARTS; i++) {
		b.sheet[i] = unzip(&f->a, b.zip,
		    mn_arena_fmt(&f->a, "xl/worksheets/sheet%u.xml%c", i + 1, 0).p);
		assert_non_null(b.sheet[i].p);
	}
	return b;
}

static void
the_sheets_stand_in_their_order(void **state)
{
	static const char *const NAMES[PARTS] = {"Summary", "Entities", "Evidence",
	    "Questions", "Gates", "Supply paths", "Fees", "Actions", "Remediation",
	    "Decisions"};
	struct gen_fix *f = *state;
	struct mn_str rest = render(f).workbook;
	for (unsigned i = 0; i < PARTS; i++) {
		size_t at = mn_str_find(
		    rest, mn_arena_fmt(&f->a, "<sheet name=\"%s\"", NAMES[i]));
		assert_true(at != SIZE_MAX);
		rest = mn_str_sub(rest, at, rest.n);
	}
}

static void
every_entity_has_a_row_and_a_relative_link(void **state)
{
	struct gen_fix *f = *state;
	struct book b = render(f);
	struct mn_str s = b.sheet[P_ENTITIES];
	assert_int_equal(unzip_count(s, "<row "), 4);
	assert_true(gf_has(s, "<t>Amberfen Gloves Ltd</t>"));
	assert_true(gf_has(s, "<t>=Birchlea(1)</t>"));
	assert_int_equal(unzip_count(s, "<f>"), 0);
	struct mn_str links = unzip(&f->a, b.zip, "xl/worksheets/_rels/sheet2.xml.rels");
	assert_int_equal(unzip_count(links, "Target=\"entity/"), 3);
	/* What to act on stands first, though a later letter of the alphabet. */
	assert_true(mn_str_find(s, MN_S("Amberfen")) < mn_str_find(s, MN_S("=Birchlea")));
}

static void
every_statement_has_its_source_and_place(void **state)
{
	struct mn_str s = render(*state).sheet[P_EVIDENCE];
	struct gen_fix *f = *state;
	assert_int_equal(unzip_count(s, "<row "), 1 + f->n_ev);
	assert_int_equal(unzip_count(s, "<t>findings.csv</t>"), f->n_ev);
	assert_int_equal(unzip_count(s, "<t>nothing found</t>"), 1);
	assert_true(gf_has(s, "<t>I07</t>") && gf_has(s, "<t>closed on claim</t>"));
}

static void
list_entries_have_status_basis_and_citation(void **state)
{
	struct mn_str s = render(*state).sheet[P_GATES];
	assert_true(gf_has(s, "<t>G-OWN</t>") && gf_has(s, "<t>possible</t>"));
	assert_true(
	    gf_has(s, "<t>name and country</t>") && gf_has(s, "<t>Gazette 1</t>"));
	assert_true(gf_has(s, "<t>Birchlea, once listed</t>"));
	assert_true(gf_has(s, "<t>list.csv</t>"));
}

static void
decisions_are_the_rows_of_review_csv(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str s = render(f).sheet[P_DECISIONS];
	gf_ok(mn_report_review(&f->r, f->dir, &err), err);
	struct mn_str csv = gen_fix_read(f, "review.csv");
	struct mn_str head = mn_str_cut(&csv, '\n'), rest = s;
	assert_int_equal(unzip_count(s, "<row "), 1 + unzip_count(csv, "\n"));
	/* The same columns in the same order: that is what reads them back. */
	while (head.p) {
		struct mn_str name = mn_str_cut(&head, ',');
		size_t at =
		    mn_str_find(rest, mn_arena_fmt(&f->a, "<t>%.*s</t>", MN_FMT(name)));
		assert_true(at != SIZE_MAX);
		rest = mn_str_sub(rest, at + 1, rest.n);
	}
	assert_true(gf_has(s, "\"same,different\""));
}

static void
actions_name_the_next_step_and_the_remedies(void **state)
{
	struct mn_str s = render(*state).sheet[P_ACTIONS];
	assert_true(gf_has(s, "<t>next step</t>") && gf_has(s, "<t>remedy</t>"));
	assert_true(gf_has(s, "<t>verified_by</t>") || gf_has(s, "<t>Verified by</t>"));
	assert_true(gf_has(s, "Repay 1000.00"));
}

static void
small_groups_of_workers_are_withheld(void **state)
{
	struct gen_fix *f = *state;
	struct book b = render(f);
	for (unsigned i = 0; i < PARTS; i++)
		assert_int_equal(
		    gf_has(b.sheet[i], "Small Corridor Agency"), i == P_FEES);
	struct mn_str fees = b.sheet[P_FEES];
	assert_true(gf_has(fees, "<v>1000</v>"));
	/* Of the small group, and of the sum that would give it away, nothing. */
	assert_int_equal(unzip_count(fees, "<v>1000</v>"), 1);
	assert_false(gf_has(fees, "<v>3</v>") || gf_has(fees, "<v>23</v>"));
	/* In public more is small. */
	f->r.audience = MN_AUD_PUBLIC;
	assert_true(mn_view_min_cell(&f->r) > 5);
	assert_true(gf_has(
	    render(f).sheet[P_SUMMARY], "<t>public: a copy made for the public</t>"));
}

static void
few_workers_concerned_are_not_counted_out(void **state)
{
	struct gen_fix *f = calloc(1, sizeof *f);
	(void)state;
	gen_fix_begin(f);
	gf_evidence_of(f, GF_A,
	    (struct gf_finding){1, MN_ADVERSE, MN_WEAK, "ngo_media", MN_OPEN, 8, 77}, 4);
	gf_evidence_of(f, GF_A,
	    (struct gf_finding){1, MN_ADVERSE, MN_WEAK, "ngo_media", MN_OPEN, 9, 78},
	    1234);
	gen_fix_open(f);
	struct mn_str s = render(f).sheet[P_EVIDENCE];
	assert_int_equal(unzip_count(s, "<t>fewer than 5</t>"), 1);
	assert_int_equal(unzip_count(s, "<v>1234</v>"), 1);
	assert_int_equal(unzip_count(s, "<v>4</v>"), 1); /* a line, not the workers */
	gen_fix_end(f);
	free(f);
}

static void
the_first_page_counts_and_says_what_it_is(void **state)
{
	struct gen_fix *f = *state;
	struct mn_str s = render(f).sheet[P_SUMMARY];
	assert_true(gf_has(s, "neither establish forced labour nor its absence"));
	assert_true(gf_has(s, f->r.digest) && gf_has(s, "<t>9.9.9</t>"));
	assert_true(gf_has(s, "<t>G-UFLPA</t>") && gf_has(s, "<t>suppliers.csv</t>"));
	assert_true(gf_has(s, "<t>ilo-11</t>"));
	assert_false(gf_has(s, "This portfolio is large"));
}

static void
in_large_portfolios_it_says_what_is_left_out(void **state)
{
	struct gen_fix *f = *state;
	f->r.entities = MN_XLSX_DETAIL + 1;
	f->r.n_listed = 0;
	struct book b = render(f);
	assert_int_equal(unzip_count(b.sheet[P_ENTITIES], "<row "), 4);
	assert_int_equal(unzip_count(b.sheet[P_EVIDENCE], "<row "), 1);
	assert_int_equal(unzip_count(b.sheet[P_QUESTIONS], "<row "), 1);
	assert_true(unzip_count(b.sheet[P_DECISIONS], "<row ") > 1);
	assert_true(gf_has(b.sheet[P_SUMMARY], "This portfolio is large"));
}

static void
rendering_twice_gives_the_same_bytes(void **state)
{
	struct gen_fix *f = *state;
	struct mn_str one = render(f).zip, two = render(f).zip;
	assert_true(mn_str_eq(one, two));
}

static void
csv_has_the_entities_of_the_workbook(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	gf_ok(mn_report_results_csv(&f->r, f->dir, &err), err);
	struct mn_str s = gen_fix_read(f, "results.csv");
	assert_true(mn_str_starts(s, MN_S("id,name,country,role,band,list,next_step,")));
	assert_int_equal(unzip_count(s, "\n"), 4);
	assert_true(gf_has(s, "\nS-1,Amberfen Gloves Ltd,BD,facility,"));
	assert_true(gf_has(s, "\nS-2,'=Birchlea(1),DE,supplier,"));
	assert_true(gf_has(s, ",entity/S-1-"));
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(the_sheets_stand_in_their_order),
	    TEST(every_entity_has_a_row_and_a_relative_link),
	    TEST(every_statement_has_its_source_and_place),
	    TEST(list_entries_have_status_basis_and_citation),
	    TEST(decisions_are_the_rows_of_review_csv),
	    TEST(actions_name_the_next_step_and_the_remedies),
	    TEST(small_groups_of_workers_are_withheld),
	    cmocka_unit_test(few_workers_concerned_are_not_counted_out),
	    TEST(the_first_page_counts_and_says_what_it_is),
	    TEST(in_large_portfolios_it_says_what_is_left_out),
	    TEST(rendering_twice_gives_the_same_bytes),
	    TEST(csv_has_the_entities_of_the_workbook),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

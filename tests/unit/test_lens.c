/* The lens packs: how many indicators, the truth table, cases, and what counts when. */
#include "manumit/evidence/lens.h"
#include "packs.h"

struct fix {
	struct mn_arena root;
	const struct mn_pack *p;
	const struct mn_lens_plan *plan;
	uint32_t survey, delphi;
};

static int
setup(void **state)
{
	static struct fix f;
	struct mn_arena a = f.root = mn_arena_new(64u << 20, NULL);
	f.p = shipped_packs(&a);
	f.plan = mn_lens_plan(f.p, &a);
	for (uint32_t i = 0; i < f.p->n_lens; i++) {
		if (mn_str_eq(f.p->lens[i].code, MN_S("survey")))
			f.survey = i;
		else
			f.delphi = i;
	}
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	mn_arena_free(((struct fix *)*state)->root);
	return 0;
}

static uint32_t
asked(const struct mn_pack *p, const char *lens, const char *dim, bool child)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < p->n_lens_ind; i++) {
		const struct mn_p_lens_ind *x = &p->lens_ind[i];
		n += mn_str_eq(x->lens, mn_str_c(lens)) &&
		     (!dim || mn_str_eq(x->dimension, mn_str_c(dim))) &&
		     mn_pack_strength(child ? x->child : x->adult) > 0;
	}
	return n;
}

static void
test_counts(void **state)
{
	const struct fix *f = *state;
	assert_int_equal(asked(f->p, "delphi", NULL, false), 67);
	assert_int_equal(asked(f->p, "delphi", NULL, true), 65);
	static const struct {
		const char *dim;
		uint32_t adult, child;
	} DIMS[] = {{"DR", 10, 10}, {"CR", 10, 10}, {"RV", 16, 15}, {"EX", 9, 8},
	    {"CD", 15, 15}, {"AV", 7, 7}};
	for (size_t i = 0; i < countof(DIMS); i++) {
		assert_int_equal(
		    asked(f->p, "delphi", DIMS[i].dim, false), DIMS[i].adult);
		assert_int_equal(asked(f->p, "delphi", DIMS[i].dim, true), DIMS[i].child);
	}
	assert_int_equal(asked(f->p, "survey", NULL, false), 43);
	/* The list for children has no weak indicator; letters of the survey lens are
	 * not checked. */
	for (uint32_t i = 0; i < f->p->n_lens_ind; i++) {
		const struct mn_p_lens_ind *x = &f->p->lens_ind[i];
		bool delphi = mn_str_eq(x->lens, MN_S("delphi"));
		assert_int_equal(x->strength_verified, delphi);
		if (delphi)
			assert_true(mn_pack_strength(x->child) != MN_WEAK);
	}
}

/* The rule as it is published, written out. */
static bool
published(uint32_t s, uint32_t m, uint32_t w)
{
	return s >= 2 || (s == 1 && m + w >= 1) || m >= 3 || (m >= 2 && w >= 1);
}

static void
test_truth_table(void **state)
{
	const struct fix *f = *state;
	for (uint32_t s = 0; s <= 4; s++)
		for (uint32_t m = 0; m <= 4; m++)
			for (uint32_t w = 0; w <= 4; w++) {
				struct mn_lens_counts c = {s, m, w, 0, 0};
				if (mn_lens_positive(f->p, MN_S("delphi"), &c) !=
				    published(s, m, w))
					fail_msg("%u S, %u M, %u W", s, m, w);
			}
	for (uint32_t s = 0; s <= 4; s++)
		for (uint32_t i = 0; i <= 4; i++)
			for (uint32_t n = 0; n <= 4; n++) {
				struct mn_lens_counts c = {s, 1, 0, i, n};
				assert_int_equal(
				    mn_lens_positive(f->p, MN_S("survey"), &c),
				    s >= 1 && i >= 1 && n >= 1);
			}
}

static struct mn_lens_set
set_of(const struct fix *f, const char *codes)
{
	struct mn_lens_set s = {{0}};
	for (struct mn_str rest = mn_str_c(codes); rest.p && rest.n;) {
		uint32_t row;
		struct mn_str code = mn_str_cut(&rest, ' ');
		if (mn_lens_find(f->p, code, &row) != MN_LENS_IND)
			fail_msg("%.*s", MN_FMT(code));
		mn_lens_add(&s, row);
	}
	return s;
}

static void
expect(const struct fix *f, uint32_t lens, const char *codes, bool child,
    const char *dims, const char *kase)
{
	char found[64] = "";
	struct mn_lens_set s = set_of(f, codes);
	struct mn_lens_verdict v = mn_lens_eval(f->plan, lens, &s, child);
	for (uint32_t d = 0; d < f->p->n_lens_dim; d++)
		if (v.positive >> d & 1) {
			strcat(found, *found ? " " : "");
			strncat(found, f->p->lens_dim[d].code.p, 2);
		}
	assert_string_equal(found, dims);
	assert_true(v.kase >= 0);
	if (!mn_str_eq(f->p->lens_case[v.kase].code, mn_str_c(kase)))
		fail_msg("%s: %.*s, not %s", codes, MN_FMT(f->p->lens_case[v.kase].code),
		    kase);
}

static void
test_cases(void **state)
{
	const struct fix *f = *state;
	static const struct {
		const char *codes;
		bool child;
		const char *dims, *kase;
	} ROWS[] = {
	    {"", false, "", "no-exploitation"},
	    {"EX01", false, "", "no-exploitation"},
	    {"DR01 DR02", false, "DR", "no-exploitation"},
	    {"EX01 EX02", false, "EX", "exploitation-only"},
	    {"EX01 EX02 DR01 DR02", false, "DR EX", "deception-exploitation"},
	    {"EX01 EX02 CR01 CR05", false, "CR EX", "coercive-recruitment-exploitation"},
	    {"EX01 EX02 CD01 CD02", false, "EX CD", "coercion-exploitation"},
	    {"EX01 EX02 DR01 DR02 CD01 CD02", false, "DR EX CD", "all-elements"},
	    {"EX01 EX02 CR01 CR05 CD01 CD02", false, "CR EX CD", "all-elements"},
	    {"EX01 EX02 RV01 RV02 RV03 CD01 CD02", false, "RV EX CD",
		"vulnerability-stands-in"},
	    {"EX01 EX02 AV01 AV02 AV03", false, "EX AV", "vulnerability-exploitation"},
	    /* Under 18 no means has to be shown. */
	    {"EX01 EX02", true, "EX", "under-18"},
	    {"", true, "", "no-exploitation"},
	    /* Documents, debt and isolation: medium in recruitment, strong at work. */
	    {"CR04 CR05", false, "", "no-exploitation"},
	    {"CD01 CD02", false, "CD", "no-exploitation"},
	    /* RV08 and EX08 are not in the list for children. */
	    {"EX01 EX08", false, "EX", "exploitation-only"},
	    {"EX01 EX08", true, "", "no-exploitation"},
	};
	for (size_t i = 0; i < countof(ROWS); i++)
		expect(f, f->delphi, ROWS[i].codes, ROWS[i].child, ROWS[i].dims,
		    ROWS[i].kase);
}

static void
test_pattern(void **state)
{
	const struct fix *f = *state;
	static const struct {
		const char *codes, *dims, *kase;
	} ROWS[] = {
	    {"", "", "neither"},
	    {"W01", "", "one-side"},
	    {"P02", "", "one-side"},
	    {"W01 P02", "WL", "both"},
	    {"W05 P17", "", "both-weaker"},
	    {"W05 P02", "WL", "both"},
	    /* Deception counts only beside not being able to leave. */
	    {"U05 P02", "", "both-weaker"},
	    {"U05 L02", "", "one-side"},
	    {"U05 L02 P02", "UR IL", "both"},
	    {"U04 P02", "UR", "both"},
	};
	for (size_t i = 0; i < countof(ROWS); i++)
		expect(f, f->survey, ROWS[i].codes, false, ROWS[i].dims, ROWS[i].kase);
}

static void
test_codes(void **state)
{
	const struct fix *f = *state;
	uint32_t row;
	assert_int_equal(mn_lens_find(f->p, MN_S("delphi"), &row), MN_LENS_ALL);
	assert_int_equal(row, f->delphi);
	assert_int_equal(mn_lens_find(f->p, MN_S("I07"), &row), MN_LENS_ILO);
	assert_int_equal(row, 6);
	assert_int_equal(mn_lens_find(f->p, MN_S("Q99"), &row), MN_LENS_NO_CODE);
	assert_int_equal(mn_lens_find(f->p, MN_S("P02"), &row), MN_LENS_IND);
	assert_int_equal(mn_lens_ilo(f->plan, row), 1u << 6);
	assert_int_equal(mn_lens_of(f->plan, row), f->survey);
}

static void
test_bands(void **state)
{
	const struct fix *f = *state;
	assert_null(mn_survey_band(f->p, 0, 40));
	assert_null(mn_survey_band(f->p, 1, 0));
	assert_true(mn_str_eq(mn_survey_band(f->p, 1, 40)->strength, MN_S("W")));
	assert_true(mn_str_eq(mn_survey_band(f->p, 2, 40)->strength, MN_S("M")));
	assert_true(mn_str_eq(mn_survey_band(f->p, 10, 40)->strength, MN_S("S")));
	assert_true(mn_str_eq(mn_survey_band(f->p, 9, 40)->strength, MN_S("M")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_truth_table),
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_pattern),
	    cmocka_unit_test(test_codes),
	    cmocka_unit_test(test_bands),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

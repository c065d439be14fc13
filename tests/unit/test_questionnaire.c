/* Questions to suppliers: what is asked of whom, in which language, and the workbook. */
#include "gen_fixture.h"
#include "unzip.h"

#include "../../engine/report/questionnaire.h"

static uint32_t
whom(struct gen_fix *f, uint32_t top, struct mn_asked **v)
{
	struct mn_err err = MN_ERR_NONE;
	uint32_t n, not_asked;
	gf_ok(mn_ask_whom(&f->r, top, &f->a, v, &n, &not_asked, &err), err);
	return n;
}

static void
no_more_are_asked_than_wanted_and_each_something(void **state)
{
	struct mn_asked *v;
	uint32_t n = whom(*state, 10, &v);
	assert_in_range(n, 1, 3);
	for (uint32_t i = 0; i < n; i++) {
		assert_in_range(v[i].n, 1, MN_ASK_ITEMS);
		for (uint32_t k = 1; k < v[i].n; k++)
			for (uint32_t b = 0; b < k; b++)
				assert_ptr_not_equal(v[i].item[k], v[i].item[b]);
	}
	assert_int_equal(whom(*state, 1, &v), 1);
}

static void
what_the_list_says_is_not_asked_again(void **state)
{
	struct gen_fix *f = *state;
	struct mn_asked *v;
	uint32_t n = whom(f, 10, &v);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_view view;
		gf_ok(mn_view_load(&f->r, v[i].who, false, &f->a, &view, &err), err);
		for (uint32_t k = 0; k < v[i].n; k++) {
			enum mn_field field = mn_field_by_name(v[i].item[k]->field);
			if (field != MN_F_NONE)
				assert_int_equal(view.ent.rec.v[field].n, 0);
		}
	}
}

static void
phrases_fall_back_to_english(void **state)
{
	struct gen_fix *f = *state;
	assert_true(gf_has(mn_ask_phrase(f->pack, "yes", MN_S("fr")), "oui"));
	assert_true(gf_has(mn_ask_phrase(f->pack, "yes", MN_S("xx")), "yes"));
}

static void
every_question_has_its_text_in_every_language(void **state)
{
	const struct mn_pack *p = ((struct gen_fix *)*state)->pack;
	for (uint32_t i = 0; i < p->n_ask_item; i++)
		for (uint32_t k = 0; k < p->n_ask_text; k++) {
			bool found = false;
			for (uint32_t j = 0; j < p->n_ask_text; j++)
				found = found || (mn_str_eq(p->ask_text[j].item,
						      p->ask_item[i].code) &&
						     mn_str_eq(p->ask_text[j].language,
							 p->ask_text[k].language));
			assert_true(found);
		}
}

static void
places_to_write_are_open_and_the_rest_is_locked(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_ask_opts o = {.language = MN_S("en"), .top = 1, .due = f->as_of + 30};
	struct mn_ask_result out;
	struct mn_asked *v;
	gf_ok(mn_questionnaires(&f->r, &o, f->dir, &out, &err), err);
	assert_int_equal(out.asked, 1);
	assert_true(out.unreviewed);
	whom(f, 1, &v);
	struct mn_str zip =
	    gen_fix_read(f, mn_arena_fmt(&f->a, "%s.xlsx%c", v[0].slug, 0).p);
	struct mn_str sheet = unzip(&f->a, zip, "xl/worksheets/sheet2.xml");
	assert_true(gf_has(sheet, "<sheetProtection sheet=\"1\""));
	assert_true(
	    gf_has(unzip(&f->a, zip, "xl/styles.xml"), "<protection locked=\"0\"/>"));
	assert_true(gf_has(gen_fix_read(f, "asked.csv"), "ASK-" GF_AS_OF));
}

static void
an_unknown_language_names_the_known(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_ask_opts o = {.language = MN_S("xx"), .top = 1, .due = 0};
	struct mn_ask_result out;
	assert_false(mn_questionnaires(&f->r, &o, f->dir, &out, &err));
	assert_non_null(strstr(err.msg, "en, fr"));
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(no_more_are_asked_than_wanted_and_each_something),
	    TEST(what_the_list_says_is_not_asked_again),
	    TEST(phrases_fall_back_to_english),
	    TEST(every_question_has_its_text_in_every_language),
	    TEST(places_to_write_are_open_and_the_rest_is_locked),
	    TEST(an_unknown_language_names_the_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

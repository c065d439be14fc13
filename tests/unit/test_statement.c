/* Statements: only what was counted is said, what was not is a gap; and the Word document
 * that carries them. Entities of the fixture are invented. */
#include "gen_fixture.h"
#include "unzip.h"

#include "../../engine/report/docxw.h"
#include "manumit/report/messages.h"
#include "manumit/report/statement.h"

static bool
looks_personal(struct mn_str s)
{
	return mn_str_find_byte(s, '@') != SIZE_MAX;
}

static void
build(struct gen_fix *f, const char *law, struct mn_statement *s)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_p_law *l = mn_statement_law(&f->r, mn_str_c(law), &err);
	gf_ok(l, err);
	gf_ok(mn_statement_build(&f->r, l, 2026, looks_personal, &f->a, s, &err), err);
}

static bool
says(const struct mn_statement *s, int kind, const char *part)
{
	for (uint32_t i = 0; i < s->n_block; i++)
		if ((kind < 0 || (int)s->block[i].kind == kind) &&
		    gf_has(s->block[i].text, part))
			return true;
	return false;
}

static void
every_law_of_the_packs_has_its_requirements_in_order(void **state)
{
	struct gen_fix *f = *state;
	for (uint32_t i = 0; i < f->pack->n_law; i++) {
		struct mn_statement s;
		struct mn_buf code = mn_buf_new(100);
		mn_buf_fmt(&code, "%.*s%c", MN_FMT(f->pack->law[i].code), 0);
		build(f, code.p, &s);
		assert_true(s.asked >= 4);
		assert_true(s.gaps > 0);
		assert_int_equal(s.block[0].kind, MN_ST_TITLE);
		mn_buf_free(&code);
	}
}

static void
what_was_not_recorded_is_a_gap_and_no_sentence(void **state)
{
	struct gen_fix *f = *state;
	struct mn_statement s;
	build(f, "uk", &s);
	assert_true(says(&s, MN_ST_GAP, "Missing: training: nothing was recorded"));
	assert_true(says(&s, MN_ST_GAP, "Name each policy"));
	assert_true(says(&s, MN_ST_GAP, "The board approves it"));
	assert_false(says(&s, MN_ST_ITEM, "People trained"));
	build(f, "ca", &s);
	assert_true(says(&s, MN_ST_GAP, "families that lost income"));
}

static void
figures_are_counted_and_no_supplier_is_named(void **state)
{
	struct gen_fix *f = *state;
	struct mn_statement s;
	build(f, "uk", &s);
	assert_true(says(&s, MN_ST_ITEM, "Suppliers, sites and recruiters screened: 3"));
	for (uint32_t i = 0; i < s.n_block; i++)
		for (uint32_t k = 0; k < s.block[i].rows * s.block[i].cols; k++)
			assert_false(gf_has(s.block[i].cell[k], "Amberfen"));
	assert_false(says(&s, -1, "Amberfen"));
	assert_false(says(&s, -1, "Birchlea"));
	assert_true(s.n_figure > 0);
}

static void
the_registry_has_its_columns_and_the_unknown_stays_empty(void **state)
{
	struct gen_fix *f = *state;
	struct mn_statement s;
	build(f, "uk", &s);
	assert_int_equal(s.n_cell, 71);
	assert_string_equal(s.cell[0].column, "StatementYear");
	assert_string_equal(s.cell[70].column, "DemonstrateProgress");
	for (uint32_t i = 0; i < s.n_cell; i++) {
		bool empty = s.cell[i].value.n == 0;
		assert_int_equal(empty, strcmp(s.cell[i].state, "human") == 0);
		if (strcmp(s.cell[i].column, "Policies") == 0)
			assert_true(empty);
	}
	build(f, "au", &s);
	assert_int_equal(s.n_cell, 0);
}

static void
an_unknown_law_names_the_nearest(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	assert_null(mn_statement_law(&f->r, MN_S("us-uflp"), &err));
	assert_int_equal(err.code, MN_E_NOTFOUND);
	assert_non_null(strstr(err.msg, "us-uflpa"));
}

static void
the_same_run_gives_the_same_bytes(void **state)
{
	static const char *const FILES[] = {"statement.md", "statement.html",
	    "statement.docx", "evidence-index.csv", "registry.csv", "registry.json"};
	struct gen_fix *f = *state;
	struct mn_statement s;
	struct mn_err err = MN_ERR_NONE;
	build(f, "uk", &s);
	for (size_t i = 0; i < countof(FILES); i++) {
		gf_ok(mn_statement_write(&s, f->dir, &err), err);
		struct mn_str one = gen_fix_read(f, FILES[i]);
		gf_ok(mn_statement_write(&s, f->dir, &err), err);
		assert_true(mn_str_eq(one, gen_fix_read(f, FILES[i])));
		assert_true(mn_statement_has(mn_str_c(FILES[i])));
	}
	assert_false(mn_statement_has(MN_S("mine.txt")));
}

/* Texts as a catalogue has them; of the user and the law as they are. */
static void
a_statement_in_a_language_says_what_its_catalogue_says(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_statement s;
	f->r.messages = mn_messages_load(&f->a, MN_SOURCE_DIR "/connectors", "fr", &err);
	assert_non_null(f->r.messages);
	build(f, "uk", &s);
	assert_true(
	    says(&s, MN_ST_ITEM, "Fournisseurs, sites et recruteurs examinés : 3"));
	assert_true(says(&s, MN_ST_GAP, "Traduction que personne"));
	assert_true(says(&s, MN_ST_GAP, "À rédiger : Name each policy"));
	assert_true(says(&s, MN_ST_LAW, "The steps taken in the financial year"));
	assert_string_equal(s.cell[0].state, "confirm");
	assert_false(says(&s, -1, "Suppliers and sites"));
	gf_ok(mn_statement_write(&s, f->dir, &err), err);
	assert_true(gf_has(gen_fix_read(f, "statement.html"), "<html lang=\"fr\">"));
	assert_true(gf_has(gen_fix_read(f, "statement.md"), "> **LACUNE** "));
	f->r.messages = NULL;
}

/* ---- the Word document ---- */

static void
a_word_document_has_its_parts_and_escapes_its_text(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str cell[] = {MN_S("a"), MN_S("b"), MN_S("1 < 2"), MN_S("x\r\ny")};
	struct mn_docx d = mn_docx_new();
	mn_docx_para(&d, "Title", NULL, MN_S("Tom & Co <b>"));
	mn_docx_para(&d, "Gap", "Gap. ", MN_S("quote \" and \x01 control"));
	mn_docx_table(&d, cell, 2, 2);
	const char *path = mn_arena_fmt(&f->a, "%s/t.docx%c", f->dir, 0).p;
	gf_ok(mn_docx_write(&d, path, &err), err);
	struct mn_str zip = gen_fix_read(f, "t.docx");
	struct mn_str doc = unzip(&f->a, zip, "word/document.xml");
	assert_true(gf_has(doc, "Tom &amp; Co &lt;b&gt;"));
	assert_true(gf_has(doc, "1 &lt; 2"));
	assert_true(gf_has(doc, "x</w:t><w:br/><w:t xml:space=\"preserve\">y"));
	assert_true(gf_has(doc, "<w:tblHeader/>"));
	assert_false(gf_has(doc, "\x01"));
	assert_true(unzip(&f->a, zip, "word/styles.xml").n > 0);
	assert_true(unzip(&f->a, zip, "[Content_Types].xml").n > 0);
	gf_ok(mn_docx_write(&d, path, &err), err);
	assert_true(mn_str_eq(zip, gen_fix_read(f, "t.docx")));
	mn_docx_free(&d);
}

/* Latin letters of a Chinese text are broken between words. */
static void
a_word_document_names_its_language(void **state)
{
	static const struct {
		const char *language, *lang;
	} CASES[] = {{"", "<w:lang w:val=\"en-GB\"/>"}, {"fr", "<w:lang w:val=\"fr\"/>"},
	    {"zh", "<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/>"}};
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	const char *path = mn_arena_fmt(&f->a, "%s/t.docx%c", f->dir, 0).p;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_docx d = mn_docx_new();
		d.language = mn_str_c(CASES[i].language);
		gf_ok(mn_docx_write(&d, path, &err), err);
		struct mn_str styles =
		    unzip(&f->a, gen_fix_read(f, "t.docx"), "word/styles.xml");
		assert_true(gf_has(styles, CASES[i].lang));
		mn_docx_free(&d);
	}
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(every_law_of_the_packs_has_its_requirements_in_order),
	    TEST(what_was_not_recorded_is_a_gap_and_no_sentence),
	    TEST(figures_are_counted_and_no_supplier_is_named),
	    TEST(the_registry_has_its_columns_and_the_unknown_stays_empty),
	    TEST(an_unknown_law_names_the_nearest),
	    TEST(the_same_run_gives_the_same_bytes),
	    TEST(a_statement_in_a_language_says_what_its_catalogue_says),
	    TEST(a_word_document_has_its_parts_and_escapes_its_text),
	    TEST(a_word_document_names_its_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

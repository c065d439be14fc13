/* Names into tokens: what each word is, and that the way it is written does not matter.
 */
#include "match_fixture.h"

static const char *
tokens(struct match_fix *f, const char *text, uint32_t variant)
{
	static char out[2048];
	mn_names_analyse(f->m.analyst, mn_str_c(text), MN_STR_NONE, &f->left.names);
	assert_true(variant < f->left.names.n);
	return mf_tokens(&f->left.names.name[variant], out, sizeof out);
}

struct analysed {
	const char *name, *tokens;
};

static void
are_analysed(struct match_fix *f, const struct analysed *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *got = tokens(f, c[i].name, 0);
		if (strcmp(got, c[i].tokens) != 0)
			fail_msg("\"%s\": %s, wanted %s", c[i].name, got, c[i].tokens);
	}
}
#define ARE_ANALYSED(state, c) are_analysed(*(state), (c), countof(c))

static void
legal_forms_are_one_word_however_dotted(void **state)
{
	static const struct analysed CASE[] = {
	    {"Velmorak B.V.", "velmorak/brand bv/legal form"},
	    {"Velmorak b. v.", "velmorak/brand bv/legal form"},
	    {"Velmorak S.A. de C.V.", "velmorak/brand sadecv/legal form"},
	    {"Velmorak d.o.o.", "velmorak/brand doo/legal form"},
	    {"Velmorak d.0.0.", "velmorak/brand doo/legal form"},
	    {"Velmorak A/S", "velmorak/brand as/legal form"},
	    {"Velmora (P) Ltd", "velmora/brand p/legal form ltd/legal form"},
	    {"OOO Велмора", "ooo/legal form velmora/brand"},
	    {"ООО «Велмора»", "ooo/legal form velmora/brand"},
	    {"Velmora A.Ş.", "velmora/brand as/legal form"},
	    {"Velmora 株式会社", "velmora/brand zhushihuishe/legal form"},
	    {"㈜벨모라", "ju/legal form belmola/brand"}};
	ARE_ANALYSED(state, CASE);
}

static void
short_forms_are_words_away_from_the_ends(void **state)
{
	static const struct analysed CASE[] = {
	    {"Sa Velmora Oy", "sa/legal form velmora/brand oy/legal form"},
	    {"Velmora Sa Quandry", "velmora/brand sa/brand quandry/brand"},
	    {"Velmora AG Quandry", "velmora/brand ag/brand quandry/brand"}};
	ARE_ANALYSED(state, CASE);
}

static void
numbers_are_read_in_any_form(void **state)
{
	static const struct analysed CASE[] = {
	    {"Velmora Unit VIII", "velmora/brand unit/unit 8/number!"},
	    {"Velmora Unit 08", "velmora/brand unit/unit 8/number!"},
	    {"Velmora Unit Eight", "velmora/brand unit/unit 8/number!"},
	    {"Velmora (F6)", "velmora/brand f/unit 6/number!"},
	    {"Velmora No.2", "velmora/brand no/unit 2/number!"},
	    {"Velmora Nr. 3", "velmora/brand nr/unit 3/number!"},
	    {"Velmora #4", "velmora/brand no/unit 4/number!"},
	    {"Velmora V", "velmora/brand 5/number"},
	    {"Velmora V Ltd", "velmora/brand 5/number ltd/legal form"},
	    {"Brigade Forty-Four", "brigade/generic 44/number"},
	    {"Velmora Twenty One", "velmora/brand 21/number"},
	    {"First Velmora Bank", "1/number velmora/brand bank/industry"},
	    {"1st Velmora Bank", "1/number velmora/brand bank/industry"},
	    {"Velmora ٤٤", "velmora/brand 44/number"},
	    {"Velmora ４４", "velmora/brand 44/number"},
	    {"Velmora 0", "velmora/brand 0/number"},
	    {"第二师", "2/number division/generic"}};
	ARE_ANALYSED(state, CASE);
}

static void
what_looks_like_a_number_may_be_a_name(void **state)
{
	static const struct analysed CASE[] = {
	    {"Velmora Plant V.I. Lunin", "velmora/brand plant/unit vi/brand lunin/brand"},
	    {"I.V. Velmora", "iv/brand velmora/brand"},
	    {"VI Velmora", "vi/brand velmora/brand"},
	    {"Velmora V Mills", "velmora/brand v/brand mills/industry"},
	    {"Twelve Velmora", "twelve/brand velmora/brand"}, {"XPCC", "xpcc/brand"},
	    {"Velmora Mix", "velmora/brand mix/brand"}};
	ARE_ANALYSED(state, CASE);
}

static void
function_words_and_articles_weigh_nothing(void **state)
{
	static const struct analysed CASE[] = {
	    {"van der Bilt", "van/function word der/function word bilt/brand"},
	    {"Velmora & Quandry", "velmora/brand and/function word quandry/brand"},
	    {"AL-OMGY", "al/function word omgy/brand"}, {"ALOMGY", "alomgy/brand"},
	    {"Bin Omgy", "bin/function word omgy/brand"},
	    {"النسيج فيلموراك", "alnsyj/industry fylmwrak/brand"}};
	struct match_fix *f = *state;
	ARE_ANALYSED(state, CASE);
	for (size_t i = 0; i < countof(CASE); i++) {
		tokens(f, CASE[i].name, 0);
		const struct mn_name *n = &f->left.names.name[0];
		for (uint32_t k = 0; k < n->n; k++)
			assert_true(n->tok[k].cls == MN_W_STOP ? n->tok[k].w_q16 == 0
							       : n->tok[k].w_q16 > 0);
	}
}

static void
stems_end_where_other_words_begin(void **state)
{
	static const struct analysed CASE[] = {{"Novikombank", "novikombank/brand"},
	    {"Новикомбанк", "novikombank/brand"},
	    {"Новая Велмора", "novaya/generic velmora/brand"},
	    {"Радиофизика", "radiofizika/brand"},
	    {"Тутаевский завод", "tutayevskiy/brand zavod/generic"}};
	ARE_ANALYSED(state, CASE);
}

static void
scripts_without_blanks_are_cut(void **state)
{
	static const struct analysed CASE[] = {
	    {"新疆塔伊纺织有限公司",
		"xinjiang/place tayi/brand fangzhi/industry youxiangongsi/legal form"},
	    {"和田泰达服装有限公司",
		"hetian/place taida/brand fuzhuang/industry youxiangongsi/legal form"},
	    {"ベルモラ工業株式会社",
		"berumora/brand gongye/generic zhushihuishe/legal form"},
	    {"벨모라 주식회사", "belmola/brand jusighoesa/legal form"},
	    {"บริษัท วิลโมรัก จำกัด", "brisath/legal form wilmorak/brand cakad/legal form"},
	    {"บริษัท พีทีทีวี จำกัด", "brisath/legal form pttv/brand cakad/legal form"},
	    {"Velmora（上海）有限公司",
		"velmora/brand shanghai/place youxiangongsi/legal form"}};
	ARE_ANALYSED(state, CASE);
}

static void
a_concept_is_one_whatever_its_language(void **state)
{
	static const char *const WORD[] = {"Velmora Textile", "Velmora TEKSTIL",
	    "Velmora Textiles", "Velmora 纺织", "Velmora النسيج", "Velmora টেক্সটাইল"};
	struct match_fix *f = *state;
	tokens(f, WORD[0], 0);
	uint64_t id = f->left.names.name[0].tok[1].id;
	for (size_t i = 1; i < countof(WORD); i++) {
		tokens(f, WORD[i], 0);
		assert_int_equal(f->left.names.name[0].n, 2);
		assert_true(f->left.names.name[0].tok[1].id == id);
	}
}

static void
the_way_it_is_written_does_not_matter(void **state)
{
	static const char *const SAME[][2] = {{"VELMORA Textile", "velmora textile"},
	    {"Velmor\xc3\xa1 Mills", "Velmora\xcc\x81 Mills"},
	    {"Ｖｅｌｍｏｒａ　Ｍｉｌｌｓ", "Velmora Mills"},
	    {"Velmora\xe2\x80\x99s Mills", "Velmora's Mills"},
	    {"A.B.C. Velmora", "ABC Velmora"}, {"Velmora,Mills", "Velmora  Mills"},
	    {"Straße Velmora", "STRASSE Velmora"}, {"\xcc\x81Velmora", "Velmora"},
	    {"\xef\xbb\xbfVelmora", "Velmora"}, {"\tVelmora\n", "Velmora"},
	    {"\"Velmora\" (Mills)", "Velmora Mills"}};
	char one[2048];
	for (size_t i = 0; i < countof(SAME); i++) {
		snprintf(one, sizeof one, "%s", tokens(*state, SAME[i][0], 0));
		assert_string_equal(tokens(*state, SAME[i][1], 0), one);
		assert_true(one[0]);
	}
}

static void
what_says_nothing_is_no_token(void **state)
{
	static const char *const NOTHING[] = {"", " ", "!!! --- ...", "\xf0\x9f\x99\x82",
	    "\xcc\x81", "\xff\xfe\xfd", "()", "\xe2\x80\x8b"};
	for (size_t i = 0; i < countof(NOTHING); i++)
		if (tokens(*state, NOTHING[i], 0)[0])
			fail_msg("%zu: %s", i, tokens(*state, NOTHING[i], 0));
	struct match_fix *f = *state;
	mn_name_analyse(
	    f->m.analyst, mn_str("Vel\0mora", 8), MN_STR_NONE, &f->left.names.name[0]);
	assert_int_equal(f->left.names.name[0].n, 2);
}

static void
a_name_of_forms_only_weighs_nothing(void **state)
{
	struct match_fix *f = *state;
	tokens(f, "Co., Ltd.", 0);
	const struct mn_name *n = &f->left.names.name[0];
	assert_true(n->all_generic);
	for (uint32_t i = 0; i < n->n; i++)
		assert_int_equal(n->tok[i].w_q16, 0);
	/* But a word long enough to be a name is one. */
	tokens(f, "Limited Company", 0);
	assert_int_equal(n->tok[0].cls, MN_W_GENERIC);
	assert_true(n->tok[0].w_q16 > 0);
}

static void
long_names_keep_their_beginning_and_say_so(void **state)
{
	struct match_fix *f = *state;
	char many[10240], wide[256];
	size_t at = 0;
	for (int i = 0; at + 16 < sizeof many; i++)
		at += (size_t)snprintf(many + at, sizeof many - at, "velmo%c%c ",
		    'a' + i % 26, 'a' + i / 26 % 26);
	tokens(f, many, 0);
	const struct mn_name *n = &f->left.names.name[0];
	assert_int_equal(n->n, MN_NAME_TOKENS);
	assert_true(n->cut);
	assert_string_equal(n->tok[0].text, "velmoaa");
	memset(wide, 'v', 200);
	wide[200] = 0;
	tokens(f, wide, 0);
	assert_int_equal(n->n, 1);
	assert_int_equal(n->tok[0].n, MN_TOKEN_BYTES);
	tokens(f, "Velmora", 0);
	assert_false(n->cut);
}

/* ---- names that hold names ---- */

static void
brackets_at_the_end_may_hold_another_name(void **state)
{
	struct match_fix *f = *state;
	static const struct {
		const char *name, *outside, *inside;
	} CASE[] = {{"Velmora Trading Company (VTC)",
			"velmora/brand trading/generic "
			"company/legal form",
			"vtc/brand"},
	    {"Velmora Mills (Quandry Ltd)", "velmora/brand mills/industry",
		"quandry/brand ltd/legal form"},
	    {"Velmora Mills [Велмора]", "velmora/brand mills/industry", "velmora/brand"},
	    {"Velmora Mills（維爾莫拉）", "velmora/brand mills/industry",
		"weiermola/brand"},
	    {"Velmora Shoe/Quandry Mills", "velmora/brand shoe/industry",
		"quandry/brand mills/industry"}};
	for (size_t i = 0; i < countof(CASE); i++) {
		assert_string_equal(tokens(f, CASE[i].name, 1), CASE[i].outside);
		assert_int_equal(f->left.names.n, 3);
		assert_string_equal(tokens(f, CASE[i].name, 2), CASE[i].inside);
	}
}

static void
other_brackets_and_slashes_tell_one_of_several(void **state)
{
	static const char *const ONE[] = {"Velmora (East) Ltd", "Velmora Mills (East)",
	    "Velmora (China) Ltd", "Velmora Mills (2)", "Velmora (Pvt) Ltd",
	    "Velmora A/S", "Velmora 24/7", "Velmora )(", "Velmora ((((", "(", "/",
	    "Velmora/"};
	struct match_fix *f = *state;
	for (size_t i = 0; i < countof(ONE); i++) {
		tokens(f, ONE[i], 0);
		if (f->left.names.n != 1)
			fail_msg("\"%s\" is %u names", ONE[i], f->left.names.n);
	}
}

/* ---- weights ---- */

static void
rarer_words_tell_more(void **state)
{
	struct match_fix *f = *state;
	tokens(f, "Velmora Textile Hotan Trading 6 Ltd", 0);
	const struct mn_token *t = f->left.names.name[0].tok;
	int32_t brand = t[0].w_q16, industry = t[1].w_q16, place = t[2].w_q16;
	assert_true(brand > place && place > industry && industry > 0);
	assert_int_equal(t[4].cls, MN_W_NUMBER);
	assert_int_equal(t[5].w_q16, 0);
	assert_true(brand <= P(1) && place <= P(.45) && industry <= P(.35));
	for (int i = 0; i < 500; i++)
		mn_freq_count(f->m.analyst, &f->left.names.name[0]);
	assert_int_equal(mn_freq_df(f->m.analyst, t[0].id), 500);
	mn_name_weigh(f->m.analyst, &f->left.names.name[0]);
	assert_true(t[0].w_q16 < brand && t[0].w_q16 >= P(.30));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(legal_forms_are_one_word_however_dotted),
	    cmocka_unit_test(short_forms_are_words_away_from_the_ends),
	    cmocka_unit_test(numbers_are_read_in_any_form),
	    cmocka_unit_test(what_looks_like_a_number_may_be_a_name),
	    cmocka_unit_test(function_words_and_articles_weigh_nothing),
	    cmocka_unit_test(stems_end_where_other_words_begin),
	    cmocka_unit_test(scripts_without_blanks_are_cut),
	    cmocka_unit_test(a_concept_is_one_whatever_its_language),
	    cmocka_unit_test(the_way_it_is_written_does_not_matter),
	    cmocka_unit_test(what_says_nothing_is_no_token),
	    cmocka_unit_test(a_name_of_forms_only_weighs_nothing),
	    cmocka_unit_test(long_names_keep_their_beginning_and_say_so),
	    cmocka_unit_test(brackets_at_the_end_may_hold_another_name),
	    cmocka_unit_test(other_brackets_and_slashes_tell_one_of_several),
	    cmocka_unit_test(rarer_words_tell_more),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

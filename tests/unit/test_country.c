/* Country names, codes and aliases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/text/country.h"

struct fix {
	struct mn_arena root, a;
	const struct mn_countries *c;
};

static int
setup(void **state)
{
	static struct fix f;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	f.root = f.a = mn_arena_new((size_t)64 << 20, NULL);
	assert_true(mn_file_read(
	    &f.a, MN_SOURCE_DIR "/connectors/countries.json", 1u << 20, &text, &err));
	f.c = mn_countries_new(&f.a, text, "countries.json", &err);
	assert_non_null(f.c);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	mn_arena_free(((struct fix *)*state)->root);
	return 0;
}

static void
is(void **state, const char *name, const char *want)
{
	const struct fix *f = *state;
	struct mn_str code = mn_country_find(f->c, mn_str_c(name));
	if (!mn_str_eq(code, mn_str_c(want)))
		fail_msg("\"%s\" is \"%.*s\", not \"%s\"", name, MN_FMT(code), want);
}

static void
codes_of_every_length_are_known(void **state)
{
	is(state, "BD", "BD");
	is(state, " bd ", "BD");
	is(state, "BGD", "BD");
	is(state, "050", "BD");
	is(state, "NA", "NA");
	is(state, "CO", "CO");
}

static void
names_in_several_languages_are_known(void **state)
{
	is(state, "BANGLADESH", "BD");
	is(state, "Allemagne", "DE");
	is(state, "Brasil", "BR");
	is(state, "Türkiye", "TR");
	is(state, "Turkey", "TR");
	is(state, "中国", "CN");
	is(state, "Việt Nam", "VN");
	is(state, "The Netherlands", "NL");
	is(state, "Côte d’Ivoire", "CI");
	is(state, "COTE D'IVOIRE", "CI");
	is(state, "Bosnia and Herzegovina", "BA");
}

static void
spellings_of_real_tables_are_known(void **state)
{
	is(state, "USA", "US");
	is(state, "U.S.A.", "US");
	is(state, "UK", "GB");
	is(state, "England", "GB");
	is(state, "Scotland", "GB");
	is(state, "United Kingdom - UK", "GB");
	is(state, "Viet Nam", "VN");
	is(state, "Vietnam", "VN");
	is(state, "Myanmar/Burma", "MM");
	is(state, "Burma", "MM");
	is(state, "Republic of Korea", "KR");
	is(state, "Taiwan, Province of China", "TW");
	is(state, "Hong Kong SAR", "HK");
	is(state, "Macau", "MO");
	is(state, "Swaziland", "SZ");
}

static void
nothing_is_guessed(void **state)
{
	is(state, "", "");
	is(state, "Atlantis", "");
	is(state, "XX", "");
	is(state, "Asia", "");
	is(state, "China or Vietnam", "");
	is(state, "999", "");
}

static void
codes_have_english_names(void **state)
{
	const struct fix *f = *state;
	assert_true(mn_str_eq(mn_country_name(f->c, MN_S("BD")), MN_S("Bangladesh")));
	assert_true(mn_str_eq(mn_country_name(f->c, MN_S("ZZ")), MN_S("ZZ")));
}

static void
a_wrong_alias_file_says_where(void **state)
{
	static const struct {
		const char *json;
		enum mn_code code;
	} CASES[] = {
	    {"{", MN_E_PACK_JSON},
	    {"{\"alias\": {}}", MN_E_PACK_KEY},
	    {"{\"note\": \"\"}", MN_E_PACK_MISSING},
	    {"{\"aliases\": {\"ZZ\": [\"Nowhere\"]}}", MN_E_PACK_REF},
	    {"{\"aliases\": {\"GB\": [1]}}", MN_E_PACK_TYPE},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_arena a = mn_arena_new((size_t)64 << 20, NULL), root = a;
		struct mn_err err = MN_ERR_NONE;
		assert_null(
		    mn_countries_new(&a, mn_str_c(CASES[i].json), "x.json", &err));
		assert_int_equal(err.code, CASES[i].code);
		assert_non_null(strstr(err.msg, "x.json"));
		mn_arena_free(root);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_of_every_length_are_known),
	    cmocka_unit_test(names_in_several_languages_are_known),
	    cmocka_unit_test(spellings_of_real_tables_are_known),
	    cmocka_unit_test(nothing_is_guessed),
	    cmocka_unit_test(codes_have_english_names),
	    cmocka_unit_test(a_wrong_alias_file_says_where),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* What is refused in pack files, and that the message leads to the place. */
#include "pack_fix.h"

struct refusal {
	struct pack_change change;
	enum mn_code code;
	const char *says[4]; /* fragments of the message */
};

#define IN "a-indicators.json"
#define GA "b-gates.json"
#define CO "c-context.json"
#define VI "d-violations.json"
#define FE "e-fees.json"

static const struct refusal REFUSALS[] = {
    /* JSON itself */
    {{IN, "\"signs\":", "\"signs\""}, MN_E_PACK_JSON, {IN}},
    {{IN, "\"note\":\"small\",", "\"note\":\"a\",\"note\":\"b\","}, MN_E_PACK_JSON, {IN}},
    /* keys */
    {{IN, "\"omega\"", "\"omegga\""}, MN_E_PACK_KEY,
	{IN, "indicators[0]:", "\"omegga\"", "\"omega\""}},
    {{GA, "\"legal\"", "\"xyzzy\""}, MN_E_PACK_KEY,
	{GA, "gates[0]:", "\"xyzzy\"", "known keys: stale_after_days"}},
    {{CO, "\"sectors\"", "\"sector\""}, MN_E_PACK_KEY, {CO, "\"sector\"", "\"sectors\""}},
    {{IN, "\"licence\"", "\"license\""}, MN_E_PACK_KEY,
	{IN, "\"license\"", "\"licence\""}},
    {{GA, "\"gates\":[", "\"levels\":[],\"gates\":["}, MN_E_PACK_KEY,
	{GA, "levels: ", "kind \"context\", not \"gates\""}},
    /* types */
    {{CO, "\"value\":0.7", "\"value\":\"0.7\""}, MN_E_PACK_TYPE,
	{CO, "countries[1].value: ", "expected a number", "\"0.7\""}},
    {{CO, "\"year\":2024", "\"year\":2024.5"}, MN_E_PACK_TYPE,
	{CO, "countries[0].year: ", "expected a whole number", "2024.5"}},
    {{GA, "\"legal\":false", "\"legal\":0"}, MN_E_PACK_TYPE,
	{GA, "gates[0].legal: ", "expected true or false", " 0"}},
    {{GA, "[\"BR\"]", "\"BR\""}, MN_E_PACK_TYPE,
	{GA, "gates[0].countries: ", "list of strings", "\"BR\""}},
    {{GA, "[\"BR\"]", "[\"BR\",7]"}, MN_E_PACK_TYPE,
	{GA, "gates[0].countries[1]: ", "expected a string", " 7"}},
    {{IN, "\"name\":\"weak\"", "\"name\":null"}, MN_E_PACK_TYPE,
	{IN, "strengths[2].name: ", "expected a string"}},
    {{IN, "\"signs\":[{", "\"signs\":[4,{"}, MN_E_PACK_TYPE,
	{IN, "signs[0]: ", "a map", " 4"}},
    {{FE, "\"payers\":[", "\"fee_words\":4,\"payers\":["}, MN_E_PACK_JSON, {FE}},
    /* what must be there */
    {{IN, "\"omega\":1,", ""}, MN_E_PACK_MISSING, {IN, "indicators[0]: ", "\"omega\""}},
    {{CO, ",\"source\":\"test\",\"verified\":true}", ",\"verified\":true}"},
	MN_E_PACK_MISSING, {CO, "channels[0]: ", "\"source\""}},
    {{VI, "\"source\":\"test\",\"verified\":true}", "\"source\":\"test\"}"},
	MN_E_PACK_MISSING, {VI, "authorities[0]: ", "\"verified\""}},
    {{IN, "\"source\":\"test\"", "\"source\":\"\""}, MN_E_PACK_MISSING, {IN, "source: "}},
    {{FE, "[\"worker\",\"employee\"]", "[]"}, MN_E_PACK_MISSING,
	{FE, "payers[0].words: "}},
    {{GA, "\"version\":\"1.0.0\",", ""}, MN_E_PACK_MISSING, {GA, "\"version\""}},
    /* ranges and forms */
    {{CO, "\"value\":0.6", "\"value\":1.5"}, MN_E_PACK_RANGE,
	{CO, "countries[0].value: ", "1.5 is not within 0 to 1"}},
    {{IN, "\"halflife_months\":24", "\"halflife_months\":0"}, MN_E_PACK_RANGE,
	{IN, "indicators[0].halflife_months: ", "0 is not within 1 to 1200"}},
    {{CO, "\"code\":\"VN\"", "\"code\":\"vn\""}, MN_E_PACK_RANGE,
	{CO, "countries[0].code: ", "\"vn\"", "ISO 3166"}},
    {{CO, "\"algodao\"", "\"Algodao\""}, MN_E_PACK_RANGE,
	{CO, "goods[0].words[0]: ", "\"Algodao\"", "folded"}},
    {{CO, "ready made garments", "ready  made garments"}, MN_E_PACK_RANGE,
	{CO, "sectors[0].words[0]: ", "folded"}},
    {{IN, "\"north land\"", "\"north land \""}, MN_E_PACK_RANGE,
	{IN, "state_imposed[0].region: ", "folded"}},
    {{GA, "2022-06-21", "2022-06-31"}, MN_E_PACK_RANGE,
	{GA, "gates[0].in_force_from: ", "\"2022-06-31\"", "YYYY-MM-DD"}},
    {{GA, "\"in_force_from\":\"2022-06-21\"",
	 "\"in_force_from\":\"2022-06-21\",\"in_force_to\":\"2022-06-20\""},
	MN_E_PACK_RANGE, {GA, "gates[0].in_force_to: ", "before"}},
    {{VI, "\"violation\":\"MW\"", "\"violation\":\"mw\""}, MN_E_PACK_RANGE,
	{VI, "violations[1].violation: ", "\"mw\"", "upper case"}},
    {{IN, "\"code\":\"Q-1\"", "\"code\":\"Q 1\""}, MN_E_PACK_RANGE,
	{IN, "questions[0].code: "}},
    {{CO, "[\"13\",\"C\"]", "[\"13\",\"c\"]"}, MN_E_PACK_RANGE,
	{CO, "sectors[0].isic[1]: ", "ISIC"}},
    {{IN, "passports kept", "passports\\u0000"}, MN_E_PACK_JSON, {IN}},
    {{IN, "passports kept", "passports\\u001b[2J"}, MN_E_PACK_RANGE,
	{IN, "signs[0].text: "}},
    /* fixed choices */
    {{IN, "\"role\":\"facility\"", "\"role\":\"facilty\""}, MN_E_PACK_RANGE,
	{IN, "cells[1].role: ", "\"facilty\"", "did you mean \"facility\""}},
    {{IN, "\"band\":\"high\"", "\"band\":\"hihg\""}, MN_E_PACK_RANGE,
	{IN, "floors[0].band: ", "did you mean \"high\""}},
    {{IN, "\"ask\":\"recruiter\"", "\"ask\":\"nobody at all\""}, MN_E_PACK_RANGE,
	{IN, "questions[0].ask: ", "choose from supplier|"}},
    {{IN, "\"kappa_better_if\":\"unannounced\"", "\"kappa_better_if\":\"announced\""},
	MN_E_PACK_RANGE, {IN, "source_classes[1].kappa_better_if: ", "\"unannounced\""}},
    {{FE, "\"payer\":\"worker\"", "\"payer\":\"workers\""}, MN_E_PACK_RANGE,
	{FE, "payers[0].payer: ", "\"worker\""}},
    {{FE, "\"class\":\"fee\"", "\"class\":\"fees\""}, MN_E_PACK_RANGE,
	{FE, "fee_categories[0].class: ", "\"fee\""}},
    {{VI, "\"strength\":\"M\"", "\"strength\":\"L\""}, MN_E_PACK_RANGE,
	{VI, "violations[0].strength: ", "S|M|W|none"}},
    {{CO, "\"kind\":\"context\"", "\"kind\":\"contexts\""}, MN_E_PACK_RANGE,
	{CO, "kind: ", "\"contexts\"", "\"context\""}},
    /* names */
    {{IN, "\"code\":\"Q-2\"", "\"code\":\"Q-1\""}, MN_E_PACK_DUP,
	{IN, "questions[1].code: ", "\"Q-1\"", "questions[0]"}},
    {{CO, "\"code\":\"NO\"", "\"code\":\"VN\""}, MN_E_PACK_DUP,
	{CO, "countries[2].code: ", "\"VN/gov\"", "countries[0]"}},
    {{VI, "\"violation\":\"CL\"", "\"violation\":\"MW\""}, MN_E_PACK_DUP,
	{VI, "violations[2].authority: ", "\"US-WHD/MW\"", "violations[1]"}},
    {{GA, "\"pack\":\"gates\"", "\"pack\":\"ilo\""}, MN_E_PACK_DUP,
	{GA, "pack: ", "\"ilo\"", IN}},
    {{VI, "\"authority\":\"US-WHD\"", "\"authority\":\"US-WHB\""}, MN_E_PACK_REF,
	{VI, "violations[1].authority: ", "\"US-WHB\"", "nearest: \"US-WHD\""}},
    {{VI, "[\"I08\",\"I11\"]", "[\"I08\",\"I12\"]"}, MN_E_PACK_REF,
	{VI, "authorities[0].covers[1]: ", "\"I12\"", "nearest: \"I"}},
    {{IN, "\"subject\":\"G-OWN\"", "\"subject\":\"G-OWM\""}, MN_E_PACK_REF,
	{IN, "questions[1].subject: ", "\"G-OWM\"", "nearest: \"G-OWN\""}},
    {{IN, "\"subject\":\"country\"", "\"subject\":\"contry\""}, MN_E_PACK_REF,
	{IN, "cells[0].subject: ", "\"contry\"", "nearest: \"country\""}},
    {{IN, "\"source_class\":\"survey\"", "\"source_class\":\"zzzzzzzz\""}, MN_E_PACK_REF,
	{IN, "cells[1].source_class: ", "\"zzzzzzzz\"", "source_classes"}},
    {{IN, "[\"court\",\"inspectorate\"]", "[\"court\",\"inspectorat\"]"}, MN_E_PACK_REF,
	{IN, "floors[0].classes[1]: ", "\"inspectorat\"", "nearest: \"inspectorate\""}},
    {{FE, "\"category\":\"RF1\"", "\"category\":\"RF2\""}, MN_E_PACK_REF,
	{FE, "fee_words[0].category: ", "\"RF2\"", "nearest: \"RF1\""}},
    /* constants */
    {{IN, PARAM("swing", "0.25") ",", ""}, MN_E_PACK_MISSING,
	{IN, "parameters: ", "\"swing\""}},
    {{IN, "\"code\":\"swing\"", "\"code\":\"swings\""}, MN_E_PACK_REF,
	{IN, "parameters[7].code: ", "\"swings\"", "\"swing\""}},
    {{IN, "\"code\":\"swing\",\"value\":0.25", "\"code\":\"swing\",\"value\":-0.25"},
	MN_E_PACK_RANGE,
	{IN, "parameters[7].value: ", "swing: -0.25 is not within 0 to 1"}},
    {{IN, "\"code\":\"high_p\",\"value\":0.4", "\"code\":\"high_p\",\"value\":0.1"},
	MN_E_PACK_RANGE,
	{IN, "parameters[10].value: ", "elevated_p 0.1200 is above high_p 0.1000"}},
    /* the spine */
    {{IN, "," IND("I11", "Excessive overtime"), ""}, MN_E_PACK_MISSING,
	{IN, "indicators: ", "\"I11\""}},
    {{IN, IND("I01", "Abuse of vulnerability") "," IND("I02", "Deception"),
	 IND("I02", "Deception") "," IND("I01", "Abuse of vulnerability")},
	MN_E_PACK_RANGE, {IN, "indicators[0].code: ", "\"I02\" where I01"}},
    {{IN, IND("I11", "Excessive overtime"),
	 IND("I11", "Excessive overtime") "," IND("I12", "More")},
	MN_E_PACK_RANGE, {IN, "indicators[11].code: ", "\"I12\"", "I01 to I11"}},
    {{CO, "," CHAN("recruitment", "0.35"), ""}, MN_E_PACK_MISSING,
	{CO, "channels: ", "\"recruitment\""}},
    {{CO, CHAN("sector", "0.35") "," CHAN("good", "0.4"),
	 CHAN("good", "0.4") "," CHAN("sector", "0.35")},
	MN_E_PACK_RANGE, {CO, "channels[1].code: ", "\"good\" where sector"}},
    {{IN, ",{\"code\":\"W\",\"name\":\"weak\",\"nats\":0.8" SV, ""}, MN_E_PACK_MISSING,
	{IN, "strengths: ", "\"W\""}},
    {{IN, "\"nats\":0.8", "\"nats\":2"}, MN_E_PACK_RANGE, {IN, "strengths[2].nats: "}},
    /* channels and their values */
    {{CO, "\"weight\":0.5", "\"weight\":0.51"}, MN_E_PACK_RANGE,
	{CO, "channels[0].weight: ", "0.5"}},
    {{CO, "\"mid\":0.5", "\"mid\":0.95"}, MN_E_PACK_RANGE, {CO, "channels[0].mid: "}},
    {{CO, "\"value\":0.15", "\"value\":0.05"}, MN_E_PACK_RANGE,
	{CO, "countries[2].value: ", "0.0500", "series gov"}},
    {{CO, "\"value\":0.7,\"workers\"", "\"value\":0.95,\"workers\""}, MN_E_PACK_RANGE,
	{CO, "sectors[0].value: ", "channel sector"}},
    {{CO, "\"forced_child\":false,\"value\":0.9", "\"forced_child\":false,\"value\":1"},
	MN_E_PACK_RANGE, {CO, "goods[0].value: ", "channel good"}},
    {{CO, "\"code\":\"recruitment_direct\",\"value\":0.2",
	 "\"code\":\"recruitment_direct\",\"value\":0"},
	MN_E_PACK_RANGE, {CO, "levels[1].value: ", "channel recruitment"}},
    {{CO, "\"weight\":0.5,\"lo\":0,\"mid\":0.2", "\"weight\":0.5,\"lo\":0.3,\"mid\":0.2"},
	MN_E_PACK_RANGE, {CO, "context_parts[0].mid: ", "lo <= mid <= hi"}},
    {{CO, "recruitment_direct", "directly"}, MN_E_PACK_REF, {CO, "levels[1].code: "}},
    {{CO, "\"series\":\"gov\",\"value\":0.7", "\"series\":\"gob\",\"value\":0.7"},
	MN_E_PACK_REF, {CO, "countries[1].series: ", "\"gob\"", "nearest: \"gov\""}},
    {{CO, "\"weight\":1,", "\"weight\":0.9,"}, MN_E_PACK_RANGE,
	{CO, "country_series[0].weight: ", "do not make 1"}},
    /* source classes */
    {{IN, "\"q_clear\":0,\"kappa\":0", "\"q_clear\":0,\"kappa\":0.1"}, MN_E_PACK_RANGE,
	{IN, "source_classes[0].kappa: "}},
    {{IN, "\"q_clear_supplier_paid\":0.5", "\"q_clear_supplier_paid\":0.7"},
	MN_E_PACK_RANGE, {IN, "source_classes[1].q_clear_supplier_paid: "}},
    {{IN, "\"kappa_better\":0.3", "\"kappa_better\":0.05"}, MN_E_PACK_RANGE,
	{IN, "source_classes[1].kappa_better: "}},
    {{IN, "\"kappa_better_if\":\"unannounced\",", ""}, MN_E_PACK_RANGE,
	{IN, "source_classes[1].kappa_better_if: "}},
    {{IN, ",\"else_class\":\"survey_small\"", ""}, MN_E_PACK_RANGE,
	{IN, "source_classes[2].else_class: "}},
    {{IN, "\"else_class\":\"survey_small\"", "\"else_class\":\"survey\""},
	MN_E_PACK_RANGE, {IN, "source_classes[2].else_class: ", "fewer"}},
    /* codes that the program asks for */
    {{IN, "," CLASS("unstated"), ""}, MN_E_PACK_MISSING,
	{IN, "source_classes: ", "\"unstated\""}},
    {{CO, "," LEVEL("recruitment_licensed", "0.3"), ""}, MN_E_PACK_MISSING,
	{CO, "levels: ", "\"recruitment_licensed\""}},
    /* ladders */
    {{IN, "\"workers_from\":0", "\"workers_from\":1"}, MN_E_PACK_RANGE,
	{IN, "scope[0].workers_from: "}},
    {{IN, "\"workers_from\":50", "\"workers_from\":0"}, MN_E_PACK_RANGE,
	{IN, "scope[1].workers_from: "}},
    {{IN, "\"workers_from\":50,\"value\":0.4", "\"workers_from\":50,\"value\":0"},
	MN_E_PACK_RANGE, {IN, "scope[1].value: "}},
    {{FE, "\"months\":6", "\"months\":0"}, MN_E_PACK_RANGE,
	{FE, "fee_bands[1].months: "}},
};

static void
expect_refusal(struct pack_fix *f, const struct refusal *r)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = f->a;
	fix_write_all(f, &r->change);
	const struct mn_pack *p = mn_pack_load(&a, f->dir, &err);
	if (p)
		fail_msg("accepted: %s -> %s", r->change.find, r->change.put);
	if (err.code != r->code)
		fail_msg("%s -> %s: %s: %s", r->change.find, r->change.put,
		    mn_code_name(err.code), err.msg);
	for (size_t i = 0; i < countof(r->says) && r->says[i]; i++)
		if (!strstr(err.msg, r->says[i]))
			fail_msg("\"%s\" is not in: %s", r->says[i], err.msg);
}

static void
refusals_name_file_place_and_value(void **state)
{
	for (size_t i = 0; i < countof(REFUSALS); i++)
		expect_refusal(*state, &REFUSALS[i]);
}

static void
too_many_gates(void **state)
{
	/* given seventeen gates */
	struct pack_fix *f = *state;
	char text[8192];
	int n =
	    snprintf(text, sizeof text, "%s", HEAD_OF("gates", "gates") "\"gates\":[");
	for (int i = 0; i <= MN_MAX_GATES; i++)
		n += snprintf(text + n, sizeof text - (size_t)n,
		    "%s{\"code\":\"G-%d\",\"name\":\"n\",\"jurisdiction\":\"j\",\"law\":"
		    "\"l\","
		    "\"effect\":\"e\",\"legal\":true" SV,
		    i ? "," : "", i);
	n += snprintf(text + n, sizeof text - (size_t)n, "]}");
	fix_write(f, "g.json", text, (size_t)n);
	char path[512];
	snprintf(path, sizeof path, "%s/g.json", f->dir);
	/* when the file is checked alone, then it is refused at the seventeenth */
	struct mn_err err = MN_ERR_NONE;
	assert_false(mn_pack_check_file(f->a, path, &err));
	assert_int_equal(err.code, MN_E_PACK_RANGE);
	assert_non_null(strstr(err.msg, "gates[16]"));
}

static void
a_directory_without_packs(void **state)
{
	struct pack_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	assert_null(mn_pack_load(&f->a, f->dir, &err));
	assert_int_equal(err.code, MN_E_PACK_MISSING);
	assert_non_null(strstr(err.msg, f->dir));
	char none[512];
	snprintf(none, sizeof none, "%s/none", f->dir);
	assert_null(mn_pack_load(&f->a, none, &err));
	assert_int_equal(err.code, MN_E_NOINPUT);
}

static void
a_pack_set_without_its_context(void **state)
{
	struct pack_fix *f = *state;
	char path[512];
	struct mn_err err = MN_ERR_NONE;
	fix_write_all(f, NULL);
	snprintf(path, sizeof path, "%s/" CO, f->dir);
	assert_int_equal(unlink(path), 0);
	assert_null(mn_pack_load(&f->a, f->dir, &err));
	assert_int_equal(err.code, MN_E_PACK_MISSING);
	assert_non_null(strstr(err.msg, "\"channels\""));
}

static void
a_long_path_does_not_hide_the_fault(void **state)
{
	struct pack_fix *f = *state;
	char path[400];
	memset(path, 'd', sizeof path);
	for (size_t i = 20; i < sizeof path; i += 20)
		path[i] = '/';
	memcpy(path + 300, "x/pack.json", sizeof "x/pack.json");
	const char text[] = HEAD_OF("p", "context") "\"countries\":[{\"cod\":1}]}";
	struct mn_err err = MN_ERR_NONE;
	assert_false(mn_pack_check_bytes(f->a, path, mn_str_c(text), &err));
	assert_non_null(
	    strstr(err.msg, "x/pack.json: countries[0]: unknown key \"cod\""));
	assert_non_null(strstr(err.msg, "\"code\""));
}

/* ---- one file alone ---- */

static void
each_file_is_good_alone(void **state)
{
	struct pack_fix *f = *state;
	fix_write_all(f, NULL);
	for (size_t i = 0; i < countof(PACK_FILES); i++) {
		char path[512];
		struct mn_err err = MN_ERR_NONE;
		snprintf(path, sizeof path, "%s/%s", f->dir, PACK_FILES[i].name);
		if (!mn_pack_check_file(f->a, path, &err))
			fail_msg("%s", err.msg);
	}
}

static void
alone_references_within_the_file_still_count(void **state)
{
	struct pack_fix *f = *state;
	static const struct pack_change WRONG[] = {
	    {FE, "\"category\":\"RF1\"", "\"category\":\"RF9\""},
	    {VI, "\"indicator\":\"I08\"", "\"indicator\":\"I18\""},
	};
	for (size_t i = 0; i < countof(WRONG); i++) {
		char path[512];
		struct mn_err err = MN_ERR_NONE;
		fix_write_all(f, &WRONG[i]);
		snprintf(path, sizeof path, "%s/%s", f->dir, WRONG[i].file);
		assert_false(mn_pack_check_file(f->a, path, &err));
		assert_int_equal(err.code, MN_E_PACK_REF);
	}
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fix_setup, fix_teardown)
	const struct CMUnitTest tests[] = {
	    T(refusals_name_file_place_and_value),
	    T(too_many_gates),
	    T(a_directory_without_packs),
	    T(a_pack_set_without_its_context),
	    T(a_long_path_does_not_hide_the_fault),
	    T(each_file_is_good_alone),
	    T(alone_references_within_the_file_still_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

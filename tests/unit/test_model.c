/* Weights from a file, and what they make of features. */
#include "manumit/base/file.h"
#include "match_fixture.h"

struct weights {
	char dir[32], path[64];
	struct mn_arena root;
	struct mn_model m;
	struct mn_err err;
	bool good;
};

static void
load(struct weights *w, const char *text)
{
	*w = (struct weights){.dir = "/tmp/manumit-test-XXXXXX",
	    .root = mn_arena_new(16u << 20, NULL),
	    .err = MN_ERR_NONE};
	struct mn_arena a = w->root;
	assert_non_null(mkdtemp(w->dir));
	snprintf(w->path, sizeof w->path, "%s/model.json", w->dir);
	if (text) {
		struct mn_out *o = mn_out_open(w->path, 0600, &w->err);
		mf_ok(o, w->err);
		mn_out_c(o, text);
		mf_ok(mn_out_commit(o, false, NULL, &w->err), w->err);
	}
	w->good = mn_model_load(&a, w->path, &w->m, &w->err);
	mn_arena_free(w->root);
	assert_true(mn_dir_remove(w->dir, NULL));
}

static void
weights_are_read(void **state)
{
	struct weights w;
	(void)state;
	load(&w, "{\"bias\": -2.5, \"weights\": {\"dice\": 4, \"numconf\": -1.25}}");
	mf_ok(w.good, w.err);
	assert_int_equal(w.m.bias_q16, P(-2.5));
	assert_int_equal(w.m.w_q16[MN_FT_DICE], P(4));
	assert_int_equal(w.m.w_q16[MN_FT_NUMCONF], P(-1.25));
	assert_int_equal(w.m.w_q16[MN_FT_STRICT], 0);
	load(&w, "{\"bias\": 0, \"weights\": {}}");
	mf_ok(w.good, w.err);
}

static void
a_mistake_is_named_with_file_and_weight(void **state)
{
	static const struct {
		const char *text;
		enum mn_code code;
		const char *says;
	} CASE[] = {
	    {"{\"bias\": 0, \"weights\": {\"dise\": 1}}", MN_E_PACK_KEY, "\"dise\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": -1}}", MN_E_PACK_RANGE, "\"dice\""},
	    {"{\"bias\": 0, \"weights\": {\"numconf\": 0.5}}", MN_E_PACK_RANGE,
		"\"numconf\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": 64.5}}", MN_E_PACK_TYPE, "\"dice\""},
	    {"{\"bias\": 0, \"weights\": {\"numconf\": -65}}", MN_E_PACK_TYPE,
		"\"numconf\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": 1e300}}", MN_E_PACK_TYPE, "\"dice\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": \"4\"}}", MN_E_PACK_TYPE, "\"dice\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": null}}", MN_E_PACK_TYPE, "\"dice\""},
	    {"{\"bias\": \"x\", \"weights\": {}}", MN_E_PACK_MISSING, "\"bias\""},
	    {"{\"bias\": 1e6, \"weights\": {}}", MN_E_PACK_MISSING, "\"bias\""},
	    {"{\"weights\": {}}", MN_E_PACK_MISSING, "\"bias\""},
	    {"{\"bias\": 0}", MN_E_PACK_MISSING, "\"weights\""},
	    {"{\"bias\": 0, \"weights\": []}", MN_E_PACK_MISSING, "\"weights\""},
	    {"[]", MN_E_PACK_MISSING, "\"bias\""},
	    {"{\"bias\": 0, \"weights\": {\"dice\": 1, \"dice\": 2}}", MN_E_PACK_JSON,
		"dice"},
	    {"{\"bias\": 0,", MN_E_PACK_JSON, ""}, {"", MN_E_PACK_JSON, ""}};
	(void)state;
	for (size_t i = 0; i < countof(CASE); i++) {
		struct weights w;
		load(&w, CASE[i].text);
		if (w.good || w.err.code != CASE[i].code || !strstr(w.err.msg, w.path) ||
		    !strstr(w.err.msg, CASE[i].says))
			fail_msg("%s: %s: %s", CASE[i].text,
			    w.good ? "accepted" : mn_code_name(w.err.code), w.err.msg);
	}
	struct weights w;
	load(&w, NULL);
	assert_false(w.good);
	assert_non_null(strstr(w.err.msg, w.path));
}

static void
tables_that_are_missing_or_wrong_are_named(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new(64u << 20, NULL), root = a;
	struct mn_matcher m;
	(void)state;
	assert_false(mn_matcher_open(&m, &a, "/nonexistent/names", NULL, &err));
	assert_non_null(strstr(err.msg, "/nonexistent/names"));
	mn_matcher_close(&m);
	mn_arena_free(root);
}

static void
the_shipped_weights_speak_as_their_signs_say(void **state)
{
	struct match_fix *f = *state;
	unsigned set = 0;
	for (unsigned i = 0; i < MN_FT_COUNT; i++) {
		assert_true((int64_t)f->m.model.w_q16[i] * mn_feature_sign(i) >= 0);
		assert_int_equal(abs(mn_feature_sign(i)), 1);
		assert_true(strlen(mn_feature_words(i)) > 5);
		set += f->m.model.w_q16[i] != 0;
	}
	assert_true(set >= 10 && f->m.model.bias_q16 < 0);
	assert_string_equal(mn_feature_name(MN_FT_COUNT), "?");
	assert_string_equal(mn_feature_words(MN_FT_COUNT), "?");
}

static void
countries_take_off_a_bounded_part(void **state)
{
	struct mn_model m = {.bias_q16 = P(1)};
	int32_t f[MN_FT_COUNT] = {0};
	(void)state;
	m.w_q16[MN_FT_CTRY_DIS] = P(-3);
	m.w_q16[MN_FT_STRICT_CTRY] = P(-9);
	m.w_q16[MN_FT_DICE] = P(2);
	assert_int_equal(mn_model_z(&m, f), P(1));
	f[MN_FT_DICE] = P(.5);
	f[MN_FT_CTRY_DIS] = P(1);
	assert_int_equal(mn_model_z(&m, f), P(-1));
	f[MN_FT_STRICT_CTRY] = P(1);
	assert_int_equal(mn_model_z(&m, f), P(-2));
}

static void
probabilities_have_their_ends_and_middle(void **state)
{
	(void)state;
	assert_int_equal(mn_logistic(0), P(.5));
	assert_true(abs(mn_logistic(P(1)) - P(.731059)) <= 4);
	assert_true(abs(mn_logistic(P(-2)) - P(.119203)) <= 4);
	assert_int_equal(mn_logistic((int64_t)1 << 40), P(1));
	assert_int_equal(mn_logistic(-((int64_t)1 << 40)), 0);
	for (int64_t z = 0; z < 20 * MN_FX_ONE; z += 977)
		assert_int_equal(mn_logistic(z) + mn_logistic(-z), P(1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(weights_are_read),
	    cmocka_unit_test(a_mistake_is_named_with_file_and_weight),
	    cmocka_unit_test(tables_that_are_missing_or_wrong_are_named),
	    cmocka_unit_test(the_shipped_weights_speak_as_their_signs_say),
	    cmocka_unit_test(countries_take_off_a_bounded_part),
	    cmocka_unit_test(probabilities_have_their_ends_and_middle),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

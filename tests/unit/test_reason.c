/* Reasons: one line, several lines, JSON; the same verdict always gives the same words.
 */
#include "manumit/base/json.h"
#include "manumit/resolve/reason.h"
#include "match_fixture.h"

static const char *
finish(struct mn_buf *b)
{
	mn_buf_byte(b, 0);
	assert_false(b->failed);
	return b->p;
}

static void
one_line_says_what_agrees_and_what_is_left(void **state)
{
	static const struct {
		struct mf_side a, b;
		const char *line;
	} CASE[] = {
	    {{"Velmora Ltd", NULL, NULL}, {"Velmora Ltd", NULL, NULL}, "velmora, ltd"},
	    {{"Velmora Textile", NULL, NULL}, {"Velmorra Tekstil Mills", NULL, NULL},
		"velmora=velmorra (spelling), textile=tekstil (concept); only right: "
		"mills"},
	    {{"Vel Mora Quandry", NULL, NULL}, {"Velmora Kestrel", NULL, NULL},
		"each name has a more telling word of its own; vel mora=velmora "
		"(joined); only left: quandry; only right: kestrel"},
	    {{"Velmora Group", NULL, NULL}, {"Velmora", NULL, NULL},
		"related: one name is the other's group; velmora; only left: group"},
	    {{"Velmora", NULL, NULL}, {"Quandry", NULL, NULL},
		"no telling word in common; only left: velmora; only right: quandry"},
	    {{"", NULL, NULL}, {"Quandry", NULL, NULL},
		"no telling word in common; only right: quandry"},
	    {{"", NULL, NULL}, {"", NULL, NULL}, "no telling word in common"},
	    {{"Velmora", "BD", NULL}, {"Velmora", "IN", NULL},
		"same name in another country; velmora"},
	    {{"International Trading", NULL, NULL}, {"International Trading", NULL, NULL},
		"generic words only; international, trading"}};
	struct match_fix *f = *state;
	for (size_t i = 0; i < countof(CASE); i++) {
		struct mn_buf b = mn_buf_new(1u << 16);
		const struct mn_verdict *v = mf_compare(f, CASE[i].a, CASE[i].b);
		mn_reason_short(&f->left.party, &f->right.party, v, &b);
		assert_string_equal(finish(&b), CASE[i].line);
		mn_buf_free(&b);
	}
}

static void
lines_say_every_part_of_the_sum(void **state)
{
	static const char *const LINE[] = {"  agrees    velmora = velmora   exact, "
					   "brand, similarity 1.000, weight 1.000\n",
	    "  agrees    textile = tekstil   concept, industry, similarity 1.000",
	    "  left over trading   only on the left, generic, weight 0.",
	    "  left over pellworth   only on the right, brand, weight 1.000\n",
	    " to begin with\n", "  sum       ", "  P         "};
	struct match_fix *f = *state;
	struct mn_buf b = mn_buf_new(1u << 16);
	const char *at;
	mf_compare(f, (struct mf_side){"Velmora Textile Trading", "BD", NULL},
	    (struct mf_side){"Velmora Tekstil Pellworth", "IN", NULL});
	mn_reason_text(&f->m.model, &f->left.party, &f->right.party, &f->v, &b);
	at = finish(&b);
	for (size_t i = 0; i < countof(LINE); i++) {
		const char *found = strstr(at, LINE[i]);
		if (!found)
			fail_msg("no \"%s\" after: %s", LINE[i], at);
		at = found;
	}
	assert_non_null(strstr(b.p, "different countries (ctry_dis 1.000 x "));
	mn_buf_free(&b);
}

static int64_t
number(const struct mn_json *map, const char *key)
{
	int64_t v;
	if (!mn_json_q16(mn_json_get(map, key), &v))
		fail_msg("no number \"%s\"", key);
	return v;
}

/* Printed with four decimals. */
static void
is_near(int64_t printed, int64_t meant, int64_t units)
{
	if (llabs(printed - meant) > units)
		fail_msg("%lld, wanted %lld", (long long)printed, (long long)meant);
}

static void
json(struct match_fix *f, struct mn_buf *b)
{
	struct mn_jsonw w = mn_jsonw_buf(b, true);
	mn_jsonw_map(&w, NULL);
	mn_reason_json(&f->m.model, &f->left.party, &f->right.party, &f->v, &w);
	mn_jsonw_end_map(&w);
	assert_false(w.bad || b->failed);
}

static void
json_parses_and_adds_up(void **state)
{
	static const char *const PAIR[][2] = {
	    {"Velmora Textile", "Velmora Tekstil Mills"}, {"Velmora Group", "Velmora"},
	    {"Velmora", "Quandry"}, {"", ""}, {"Vel Mora Quandry 6", "Velmora Quandry 8"},
	    {"新疆塔伊纺织有限公司", "Xinjiang Tayi Textile Co., Ltd."},
	    {"VKQ", "Velmora Kestrel Quandry"}};
	struct match_fix *f = *state;
	for (size_t i = 0; i < countof(PAIR); i++) {
		struct mn_buf b = mn_buf_new(1u << 16);
		struct mn_err err = MN_ERR_NONE;
		struct mn_str band;
		mf_p(f, PAIR[i][0], PAIR[i][1]);
		json(f, &b);
		struct mn_json *j = mn_json_parse(mn_buf_str(&b), "reason", &err);
		mf_ok(j, err);
		is_near(number(j, "probability"), f->v.p_q16, 4);
		assert_true(mn_json_str(mn_json_get(j, "band"), &band));
		assert_true(mn_str_eq(
		    band, mn_str_c(mn_match_band_name(mn_match_band(f->v.p_q16)))));
		const struct mn_json *parts = mn_json_get(j, "contributions");
		int64_t sum = number(j, "bias");
		for (size_t k = 0; k < mn_json_count(parts); k++)
			sum += number(mn_json_at(parts, k), "z");
		is_near(sum, number(j, "sum"), 4 * ((int64_t)mn_json_count(parts) + 2));
		assert_int_equal(mn_json_count(mn_json_get(j, "tokens")), f->v.align.n);
		assert_int_equal(mn_json_count(mn_json_get(j, "rules")),
		    (size_t)__builtin_popcount(f->v.rules));
		mn_json_free(j);
		mn_buf_free(&b);
	}
}

static void
the_same_pair_has_the_same_words(void **state)
{
	struct match_fix *f = *state;
	struct mn_buf one = mn_buf_new(1u << 16), two = mn_buf_new(1u << 16);
	mf_p(f, "Velmora Textile Trading", "Velmorra Tekstil");
	json(f, &one);
	mf_p(f, "Quandry", "Pellworth");
	mf_p(f, "Velmora Textile Trading", "Velmorra Tekstil");
	json(f, &two);
	assert_string_equal(finish(&one), finish(&two));
	mn_buf_free(&one);
	mn_buf_free(&two);
}

static void
rules_have_words(void **state)
{
	(void)state;
	for (unsigned r = 0; r < MN_RULE_COUNT; r++)
		for (unsigned k = 0; k < r; k++)
			assert_string_not_equal(
			    mn_match_rule_words(r), mn_match_rule_words(k));
	assert_string_equal(mn_match_rule_words(MN_RULE_COUNT), "?");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_line_says_what_agrees_and_what_is_left),
	    cmocka_unit_test(lines_say_every_part_of_the_sum),
	    cmocka_unit_test(json_parses_and_adds_up),
	    cmocka_unit_test(the_same_pair_has_the_same_words),
	    cmocka_unit_test(rules_have_words),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

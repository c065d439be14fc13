/* Verdicts on two names: the rules above the model, the bands, and the names that other
 * matchers trip over. */
#include "match_fixture.h"

#define RULE(id) (1u << MN_RULE_##id)
#define BARE(n) \
	{ \
		n, NULL, NULL \
	}
#define IN(n, c) \
	{ \
		n, c, NULL \
	}
#define AT(n, a) \
	{ \
		n, NULL, a \
	}

static void
bands_begin_where_they_say(void **state)
{
	static const struct {
		int32_t p;
		enum mn_match_band band;
		const char *name;
	} CASE[] = {{0, MN_BAND_NONE, "-"}, {P(.30) - 1, MN_BAND_NONE, "-"},
	    {P(.30), MN_BAND_POSSIBLE, "possible"},
	    {P(.50) - 1, MN_BAND_POSSIBLE, "possible"},
	    {P(.50), MN_BAND_PROBABLE, "probable"},
	    {P(.85) - 1, MN_BAND_PROBABLE, "probable"},
	    {P(.85), MN_BAND_STRONG, "strong"}, {P(1), MN_BAND_STRONG, "strong"}};
	(void)state;
	for (size_t i = 0; i < countof(CASE); i++) {
		assert_int_equal(mn_match_band(CASE[i].p), CASE[i].band);
		assert_string_equal(mn_match_band_name(CASE[i].band), CASE[i].name);
	}
	assert_string_equal(mn_match_band_name(99), "?");
}

/* ---- rules ---- */

struct ruled {
	struct mf_side a, b;
	int32_t at_most;
	uint32_t must, must_not; /* rules */
};

static void
are_ruled(struct match_fix *f, const struct ruled *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct mn_verdict *v = mf_compare(f, c[i].a, c[i].b);
		if (v->p_q16 > c[i].at_most || (v->rules & c[i].must) != c[i].must ||
		    (v->rules & c[i].must_not))
			fail_msg("\"%s\" \"%s\": P %d of at most %d, rules %x",
			    c[i].a.name, c[i].b.name, v->p_q16, c[i].at_most, v->rules);
	}
}
#define ARE_RULED(state, c) are_ruled(*(state), (c), countof(c))

static void
another_unit_is_a_sister_never_the_same(void **state)
{
	static const char DOCK[] = "12 Mirpur Road, Dhaka";
	static const struct ruled CASE[] = {
	    {BARE("Velmora Mills Unit 1"), BARE("Velmora Mills Unit 2"), P(.45), 0, 0},
	    {AT("Velmora Mills Unit 1", DOCK), AT("Velmora Mills Unit 2", DOCK), P(.45),
		RULE(UNIT), 0},
	    {AT("Velmora Mills Unit VIII", DOCK), AT("Velmora Mills Unit 9", DOCK),
		P(.45), RULE(UNIT), 0},
	    {AT("Velmora Mills (F5)", DOCK), AT("Velmora Mills (F6)", DOCK), P(.45),
		RULE(UNIT), 0},
	    {AT("Velmora Plant No. 2", DOCK), AT("Velmora Plant No. 3", DOCK), P(.45),
		RULE(UNIT), 0},
	    /* The same, however it is written, is not capped. */
	    {AT("Velmora Mills Unit VIII", DOCK), AT("Velmora Mills Unit 8", DOCK), P(1),
		0, RULE(UNIT)},
	    {AT("Velmora Mills (F6)", DOCK), AT("Velmora Mills Unit 06", DOCK), P(1), 0,
		RULE(UNIT)},
	    /* Numbers of one among those of the other do not contradict. */
	    {AT("Velmora Mills 1 Unit 2", DOCK), AT("Velmora Mills Unit 2", DOCK), P(1),
		0, RULE(UNIT)}};
	ARE_RULED(state, CASE);
}

static void
another_place_is_not_the_same(void **state)
{
	static const char DOCK[] = "12 Mirpur Road";
	static const struct ruled CASE[] = {
	    {BARE("Velmora Textile Hotan"), BARE("Velmora Textile Kashgar"), P(.49), 0,
		0},
	    {AT("Hotan Velmora Quandry Co", DOCK), AT("Kashgar Velmora Quandry Co", DOCK),
		P(.49), 0, 0},
	    /* A town and its province agree; so do a town and its older name. */
	    {BARE("Velmora Textile Xinjiang"), BARE("Velmora Textile Hotan"), P(1), 0,
		RULE(PLACE)},
	    {BARE("Peking Velmora Textile"), BARE("Beijing Velmora Textile"), P(1), 0,
		RULE(PLACE)}};
	ARE_RULED(state, CASE);
	assert_true(
	    mf_p(*state, "Velmora Textile Xinjiang", "Velmora Textile Hotan") >= P(.50));
	assert_true(
	    mf_p(*state, "Peking Velmora Textile", "Beijing Velmora Textile") >= P(.85));
}

static void
generic_words_need_the_country(void **state)
{
	static const struct ruled CASE[] = {
	    {BARE("International Trading Company"), BARE("International Trading Company"),
		P(.40), RULE(GENERIC), 0},
	    {IN("International Trading Company", "BD"),
		IN("International Trading Company", "IN"), P(.40), 0, 0},
	    {IN("General Trading Company", "BD"),
		IN("International Trading Company", "BD"), P(.40), 0, 0},
	    {BARE("First International Bank"), BARE("1st International Bank"), P(.40),
		RULE(GENERIC), 0},
	    {IN("International Trading Company", "BD"),
		IN("International Trading Company", "BD"), P(1), 0, RULE(GENERIC)}};
	ARE_RULED(state, CASE);
	const struct mn_verdict *v = mf_compare(*state, CASE[4].a, CASE[4].b);
	assert_true(v->p_q16 >= P(.85));
}

static void
a_trade_or_place_in_common_is_no_match(void **state)
{
	static const char *const PAIR[][2] = {{"Velmora Textile", "Pellworth Textile"},
	    {"Dhaka Velmora", "Dhaka Pellworth"},
	    {"Velmora Textile Trading Group", "Pellworth Textile Trading Group"},
	    {"Dhaka Velmora Garments Ltd", "Dhaka Pellworth Garments Ltd"}};
	for (size_t i = 0; i < countof(PAIR); i++)
		assert_true(mf_p(*state, PAIR[i][0], PAIR[i][1]) < P(.30));
	/* Nor with the country: then the rule is what keeps it there. */
	const struct mn_verdict *v = mf_compare(*state,
	    (struct mf_side)IN("Dhaka Velmora Garments Textile Ltd", "BD"),
	    (struct mf_side)IN("Dhaka Pellworth Garments Textile Ltd", "BD"));
	assert_true(v->p_q16 < P(.30));
}

static void
words_of_its_own_on_either_side(void **state)
{
	static const struct ruled CASE[] = {
	    {IN("Asko Quandry Textile", "BD"), IN("Asko Pellworth Textile", "BD"), P(.30),
		RULE(OWN), 0},
	    {BARE("Asko Quandry Textile"), BARE("Asko Pellworth Textile"), P(.30), 0, 0},
	    /* One side's own word is an addition, not a contradiction. */
	    {IN("Velmora Quandry Textile", "BD"), IN("Velmora Textile", "BD"), P(1), 0,
		RULE(OWN)}};
	ARE_RULED(state, CASE);
}

static void
a_group_is_related_not_the_same(void **state)
{
	static const struct ruled CASE[] = {
	    {BARE("Velmora Textile Group"), BARE("Velmora Textile"), P(.70), RULE(GROUP),
		0},
	    {BARE("Velmora Holding"), BARE("Velmora"), P(.70), RULE(GROUP), 0},
	    {BARE("Velmora Group"), BARE("Velmora Gruppe"), P(1), 0, RULE(GROUP)}};
	ARE_RULED(state, CASE);
	assert_true(mf_p(*state, "Velmora Group", "Velmora Gruppe") >= P(.85));
}

static void
a_short_brand_word_needs_support(void **state)
{
	static const char DOCK[] = "12 Mirpur Road";
	static const struct ruled CASE[] = {
	    {BARE("Velk"), BARE("Velk Quandry"), P(.60), RULE(COMMON), 0},
	    {IN("Velk", "BD"), IN("Velk Quandry", "BD"), P(1), 0, RULE(COMMON)},
	    {AT("Velk", DOCK), AT("Velk Quandry", DOCK), P(1), 0, RULE(COMMON)},
	    {BARE("Velmora"), BARE("Velmora Quandry"), P(1), 0, RULE(COMMON)}};
	ARE_RULED(state, CASE);
}

static void
the_same_name_in_another_country(void **state)
{
	static const struct ruled CASE[] = {
	    {IN("Velmora Textile", "BD"), IN("Velmora Textile", "IN"), P(.60),
		RULE(COUNTRY), 0},
	    {IN("Velmora Textile", "BD"), IN("Velmora Textile", "bd"), P(1), 0,
		RULE(COUNTRY)},
	    {IN("Velmora Textile", "BD"), BARE("Velmora Textile"), P(1), 0,
		RULE(COUNTRY)},
	    /* What is no country says nothing. */
	    {IN("Velmora Textile", "BD"), IN("Velmora Textile", "Bangladesh"), P(1), 0,
		RULE(COUNTRY)}};
	ARE_RULED(state, CASE);
	int32_t none = mf_p(*state, "Velmora Textile", "Velmora Textile");
	int32_t same = mf_compare(*state, CASE[1].a, CASE[1].b)->p_q16;
	int32_t other = mf_compare(*state, CASE[0].a, CASE[0].b)->p_q16;
	assert_true(other < none && none < same);
}

static void
nothing_in_common_is_far_below_any_band(void **state)
{
	static const struct ruled CASE[] = {
	    {BARE("Velmora"), BARE("Quandry"), P(.05), RULE(NOTHING), 0},
	    {IN("Velmora", "BD"), IN("Quandry", "BD"), P(.05), RULE(NOTHING), 0},
	    {AT("Velmora", "12 Mirpur Road"), AT("Quandry", "12 Mirpur Road"), P(.05),
		RULE(NOTHING), 0},
	    {BARE(""), BARE("Velmora"), P(.05), RULE(NOTHING), 0},
	    {BARE(""), BARE(""), 0, RULE(NOTHING), 0},
	    {BARE("Co., Ltd."), BARE("Co., Ltd."), 0, RULE(NOTHING), 0},
	    {BARE("???"), BARE("!!!"), 0, RULE(NOTHING), 0}};
	ARE_RULED(state, CASE);
}

static void
addresses_decide_between_like_names(void **state)
{
	struct match_fix *f = *state;
	struct mf_side here = AT("Velmora Textile", "Plot 12, Mirpur Road");
	int32_t none =
	    mf_compare(f, here, (struct mf_side)BARE("Velmora Textile"))->p_q16;
	int32_t same = mf_compare(
	    f, here, (struct mf_side)AT("Velmora Textile", "Plot 12 Mirpur Rd"))
			   ->p_q16;
	int32_t other = mf_compare(
	    f, here, (struct mf_side)AT("Velmora Textile", "House 4, Elm Street"))
			    ->p_q16;
	assert_true(other < none && none <= same);
	assert_true(other < P(.50) && same >= P(.85));
}

/* ---- names that others trip over ---- */

static void
are_at_least(struct match_fix *f, const char *const (*pair)[2], size_t n, int32_t p)
{
	for (size_t i = 0; i < n; i++) {
		int32_t got = mf_p(f, pair[i][0], pair[i][1]);
		if (got < p)
			fail_msg("\"%s\" \"%s\": P %d, wanted %d", pair[i][0], pair[i][1],
			    got, p);
	}
}

static void
are_at_most(struct match_fix *f, const char *const (*pair)[2], size_t n, int32_t p)
{
	for (size_t i = 0; i < n; i++) {
		int32_t got = mf_p(f, pair[i][0], pair[i][1]);
		if (got > p)
			fail_msg("\"%s\" \"%s\": P %d, wanted at most %d", pair[i][0],
			    pair[i][1], got, p);
	}
}

static void
the_same_written_otherwise_is_strong(void **state)
{
	static const char *const PAIR[][2] = {
	    {"Velmorak B.V.", "VELMORAK BV"},
	    {"Velmorak S.A. de C.V.", "Velmorak SA de CV"},
	    {"Velmorak d.0.0.", "Velmorak d.o.o."},
	    {"Velmorak D.O.O.", "Velmorak doo"},
	    {"Velmorak A/S", "Velmorak AS"},
	    {"Velmora (P) Ltd", "Velmora Private Limited"},
	    {"van der Bilt", "Vanderbilt"},
	    {"ALOMGY", "AL-OMGY"},
	    {"Bin Omgy Trading", "Omgy Trading"},
	    {"Al Omgy Trading", "Al-Omgy Trading"},
	    {"Velmora Unit VIII", "Velmora Unit 8"},
	    {"Velmora Mills (F6)", "Velmora Mills Unit 6"},
	    {"Velmora Works, Plant VI", "Velmora Works Plant 6"},
	    {"\xcc\x81Velmora Mills", "Velmora Mills"},
	    {"Velmora Trading Company (VTC)", "VTC"},
	    {"Velmora Trading Company (VTC)", "Velmora Trading Company"},
	    {"Velmora & Quandry", "Velmora and Quandry"},
	    {"Velmorá Tekstil", "Velmora Textile"},
	    {"Ｖｅｌｍｏｒａ　Ｌｔｄ", "Velmora Ltd"},
	};
	are_at_least(*state, PAIR, countof(PAIR), P(.85));
}

static void
other_scripts_meet_their_latin_names(void **state)
{
	static const char *const STRONG[][2] = {
	    {"新疆塔伊纺织有限公司", "Xinjiang Tayi Textile Co., Ltd."},
	    {"株式会社ベルモラ", "Berumora KK"},
	    {"บริษัท วิลโมรัก จำกัด", "Wilmorak Co., Ltd."},
	    {"Велморский завод", "Velmorskiy Zavod"}};
	static const char *const PROBABLE[][2] = {{"Велморский завод", "Velmor Factory"},
	    {"Тутовский завод", "Tutov Factory"},
	    {"شركة فيلموراك المحدودة", "Velmorak Company Limited"},
	    {"บริษัท เวลโมรัก จำกัด", "Velmorak Co., Ltd."}, {"塔伊纺织", "Tayi Fangzhi"}};
	are_at_least(*state, STRONG, countof(STRONG), P(.85));
	are_at_least(*state, PROBABLE, countof(PROBABLE), P(.50));
}

static void
what_looks_alike_is_not_strong(void **state)
{
	static const char *const PAIR[][2] = {
	    {"Velmora (East) Ltd", "Velmora (West) Ltd"},
	    {"Velmora V.I. Lunin Works", "Velmora 6 Lunin Works"},
	    {"Velmora Kestrel Trading", "VKT"},
	    {"Xinjiang Velmora Jifa", "Xinjiang Velmora Jinfa"}};
	static const char *const APART[][2] = {
	    {"Velmora Novy Bank", "Velmora Novikombank"}, {"Novikombank", "New Bank"},
	    {"Brigade Forty-Four", "Brigade 45"},
	    {"Velmora Textile", "Velmora Chemical"}};
	are_at_most(*state, PAIR, countof(PAIR), P(.85) - 1);
	are_at_most(*state, APART, countof(APART), P(.50) - 1);
}

static void
numbers_in_words_are_numbers(void **state)
{
	struct match_fix *f = *state;
	static const char *const SAME[][3] = {
	    {"Brigade Forty-Four", "Brigade 44", "Brigade 45"},
	    {"First International Bank", "1st International Bank",
		"Second International Bank"},
	    {"Velmora Twelve Mills", "Velmora 12 Mills", "Velmora 13 Mills"},
	    {"Velmora Mills ٤٤", "Velmora Mills 44", "Velmora Mills 45"}};
	for (size_t i = 0; i < countof(SAME); i++) {
		mf_compare(f, (struct mf_side)BARE(SAME[i][0]),
		    (struct mf_side)BARE(SAME[i][1]));
		assert_int_equal(f->v.f_q16[MN_FT_NUMCONF], 0);
		assert_int_equal(f->v.f_q16[MN_FT_STRICT], P(1));
		mf_compare(f, (struct mf_side)BARE(SAME[i][0]),
		    (struct mf_side)BARE(SAME[i][2]));
		assert_int_equal(f->v.f_q16[MN_FT_NUMCONF], P(1));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bands_begin_where_they_say),
	    cmocka_unit_test(another_unit_is_a_sister_never_the_same),
	    cmocka_unit_test(another_place_is_not_the_same),
	    cmocka_unit_test(generic_words_need_the_country),
	    cmocka_unit_test(a_trade_or_place_in_common_is_no_match),
	    cmocka_unit_test(words_of_its_own_on_either_side),
	    cmocka_unit_test(a_group_is_related_not_the_same),
	    cmocka_unit_test(a_short_brand_word_needs_support),
	    cmocka_unit_test(the_same_name_in_another_country),
	    cmocka_unit_test(nothing_in_common_is_far_below_any_band),
	    cmocka_unit_test(addresses_decide_between_like_names),
	    cmocka_unit_test(the_same_written_otherwise_is_strong),
	    cmocka_unit_test(other_scripts_meet_their_latin_names),
	    cmocka_unit_test(what_looks_alike_is_not_strong),
	    cmocka_unit_test(numbers_in_words_are_numbers),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

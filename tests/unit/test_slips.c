/* Slips that change which words a name has: a wrong character in a name written without
 * blanks, another way of romanising, a blank set elsewhere. All names are invented. */
#include "../../engine/resolve/list_image.h"
#include "../../engine/resolve/similar.h"
#include "match_fixture.h"

static const char *const LISTED[] = {"上海豪民丰化工有限公司", "喀什湖祥硅业有限公司",
    "厦门硕西电子有限公司", "昌吉安利机械有限公司", "苏州世兴纺织有限公司",
    "Zhelmurova Textile", "Textiles Nordhalvik Brimskeld", "Pellworthanby Shipping",
    "Hotan Larkspur Gloves", "上海通木服装有限公司", "深圳利森纺织有限公司",
    "Quandry Machine Works", "Kestrelmoor Oil and Gas Company"};

struct slip {
	const char *query;
	uint64_t ref;
};

/* Every query's best match is the entry meant. */
static void
are_found(struct match_fix *f, const struct slip *slip, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_list list;
	struct mn_list_build *b = mn_list_build_new(&f->m, NULL, &err);
	mf_ok(b, err);
	for (size_t i = 0; i < countof(LISTED); i++) {
		mn_list_build_entry(b, i, MN_STR_NONE, MN_STR_NONE);
		mn_list_build_name(b, MN_ALIAS_NAME, mn_str_c(LISTED[i]));
	}
	mf_ok(mn_list_open(mn_list_build_finish(b), &list, &err), err);
	struct mn_finder *finder = mn_finder_new(&list, &f->m, 3, &err);
	mf_ok(finder, err);
	for (size_t i = 0; i < n; i++) {
		const struct mn_match *m;
		mn_profile_read(
		    &f->m, mn_str_c(slip[i].query), MN_STR_NONE, MN_STR_NONE, &f->left);
		uint32_t found = mn_find(finder, &f->left, &m);
		struct mn_str text = found ? m[0].text : MN_S("nothing");
		if (found == 0 || m[0].ref != slip[i].ref)
			fail_msg("\"%s\": %.*s, not %s", slip[i].query, MN_FMT(text),
			    LISTED[slip[i].ref]);
	}
	mn_finder_free(finder);
	mn_list_build_free(b);
}

/* Near words are remembered between look-ups: what was looked up before, which threads
 * and the order of rows decide, must not show. */
static void
a_look_up_does_not_depend_on_the_one_before(void **state)
{
	static const char *const NAMES[] = {"喜安食品有限公司", "Xian Foods", "欧鼎电子",
	    "Ouding Toys", "Ou Ding Toys", "Huding Industrial", "Xi An Foods", "Оудинг",
	    "เซียน"};
	struct match_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_list list;
	const struct mn_match *m;
	struct mn_list_build *b = mn_list_build_new(&f->m, NULL, &err);
	mf_ok(b, err);
	for (size_t i = 0; i < countof(NAMES); i++) {
		mn_list_build_entry(b, i, MN_STR_NONE, MN_STR_NONE);
		mn_list_build_name(b, MN_ALIAS_NAME, mn_str_c(NAMES[i]));
	}
	mf_ok(mn_list_open(mn_list_build_finish(b), &list, &err), err);
	for (size_t i = 0; i < countof(NAMES) * countof(NAMES); i++) {
		int32_t p[2][16];
		uint32_t n[2];
		for (unsigned after = 0; after < 2; after++) {
			struct mn_finder *finder = mn_finder_new(&list, &f->m, 16, &err);
			mf_ok(finder, err);
			for (unsigned k = !after; k < 2; k++) {
				const char *q =
				    NAMES[k ? i % countof(NAMES) : i / countof(NAMES)];
				mn_profile_read(&f->m, mn_str_c(q), MN_STR_NONE,
				    MN_STR_NONE, &f->left);
				n[after] = mn_find(finder, &f->left, &m);
			}
			for (uint32_t k = 0; k < n[after]; k++)
				p[after][k] = m[k].p_q16;
			mn_finder_free(finder);
		}
		assert_int_equal(n[0], n[1]);
		assert_memory_equal(p[0], p[1], n[0] * sizeof *p[0]);
	}
	mn_list_build_free(b);
}

static void
one_character_is_wrong(void **state)
{
	static const struct slip SLIP[] = {
	    {"上海豪丰民化工", 0},   /* two changed places */
	    {"上豪民丰化工", 0},     /* one of the town's is missing */
	    {"上海豪民民丰化工", 0}, /* one too many */
	    {"上海豪民丰化山", 0},   /* another one, in the word of trade */
	    {"喀什祥湖硅业", 1},
	    {"厦海硕西电子", 2},
	    {"昌吉吉安利机械", 3},
	    {"苏世兴纺织", 4},
	    {"苏州世兴织纺", 4},
	};
	are_found(*state, SLIP, countof(SLIP));
}

static void
it_is_romanised_otherwise(void **state)
{
	static const struct slip SLIP[] = {
	    {"Jelmurowa Tekstil", 5}, {"Zhelmuroova Textile", 5}, {"Gelmurova Tex", 5}};
	are_found(*state, SLIP, countof(SLIP));
}

static void
blanks_and_letters_are_elsewhere(void **state)
{
	static const struct slip SLIP[] = {{"Textilse Nordhalvik Brmskeld", 6},
	    {"Pell worthanbi Shipping", 7}, {"Pellwort hanby Shiping", 7},
	    {"Hotna Larkspur Glvoes", 8}};
	are_found(*state, SLIP, countof(SLIP));
}

static void
ways_of_romanising_are_made_one(void **state)
{
	static const char *const CASE[][2] = {{"zhelmurova", "jelmurova"},
	    {"khoury", "huri"}, {"shchedrin", "scedrin"}, {"tsukkini", "cukini"},
	    {"philippou", "filipu"}, {"quartz", "kuarc"}, {"velmora", "velmora"},
	    {"", ""}, {"h", "h"}};
	char out[MN_TOKEN_BYTES];
	(void)state;
	for (size_t i = 0; i < countof(CASE); i++) {
		uint32_t n = mn_fold_roman(mn_str_c(CASE[i][0]), out);
		if (!mn_str_eq(mn_str(out, n), mn_str_c(CASE[i][1])))
			fail_msg("%s: %.*s", CASE[i][0], (int)n, out);
	}
}

static void
syllables_are_compared_one_by_one(void **state)
{
	/* Similarity in percent. */
	static const struct {
		const char *a, *b;
		int alike;
	} CASE[] = {{"豪民丰", "豪丰民", 60}, {"湖祥", "祥湖", 45},
	    {"豪民丰", "豪丰", 50}, {"豪民丰", "豪通丰", 45}, {"湖祥", "湖森", 0},
	    {"豪民丰", "丰豪民", 0}, {"豪民丰", "通木西", 0}, {"西通木", "通木", 50},
	    {"西通木森", "西通木", 58}, {"西通木森", "西通凯森", 55}};
	struct match_fix *f = *state;
	struct mn_name *l = &f->left.names.name[0], *r = &f->right.names.name[0];
	for (size_t i = 0; i < countof(CASE); i++) {
		mn_name_analyse(f->m.analyst, mn_str_c(CASE[i].a), MN_STR_NONE, l);
		mn_name_analyse(f->m.analyst, mn_str_c(CASE[i].b), MN_STR_NONE, r);
		int32_t ab = mn_syllables_alike(&l->tok[0], &r->tok[0]);
		assert_int_equal(ab, mn_syllables_alike(&r->tok[0], &l->tok[0]));
		if ((ab * 100 + MN_FX_ONE / 2) / MN_FX_ONE != CASE[i].alike)
			fail_msg("%s %s: %d", CASE[i].a, CASE[i].b, ab);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_look_up_does_not_depend_on_the_one_before),
	    cmocka_unit_test(one_character_is_wrong),
	    cmocka_unit_test(it_is_romanised_otherwise),
	    cmocka_unit_test(blanks_and_letters_are_elsewhere),
	    cmocka_unit_test(ways_of_romanising_are_made_one),
	    cmocka_unit_test(syllables_are_compared_one_by_one),
	};
	return cmocka_run_group_tests(tests, match_setup, match_teardown);
}

/* Sites and goods of a region that a law names, by the shipped words; and why a gate does
 * not concern somebody. All suppliers are invented. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/regions.h"

static struct mn_arena arena, arena_root;
static const struct mn_pack *pack;
static const struct mn_regions *regions;
static int32_t as_of;

static int
setup(void **state)
{
	(void)state;
	arena = arena_root = mn_arena_new(128u << 20, NULL);
	pack = shipped_packs(&arena);
	regions = mn_regions_new(pack, &arena);
	assert_true(mn_day_parse_iso(MN_S("2026-11-01"), &as_of));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(arena_root);
	return 0;
}

/* The one fact of the basis; status "not applicable" when there is none. */
static struct mn_gate_fact
of(enum mn_basis basis, struct mn_record rec)
{
	struct mn_gate_fact fact[MN_REGION_FACTS], out = {.status = 0};
	size_t n = mn_regions_concern(regions, &rec)
		       ? mn_regions_of(regions, &rec, as_of, &arena, fact)
		       : 0;
	for (size_t i = 0; i < n; i++)
		if (fact[i].basis == basis)
			out = fact[i];
	return out;
}

#define SITE(...) of(MN_BASIS_SITE, make_record(MN_K_SUPPLIERS, __VA_ARGS__, MN_F_NONE))
#define GOOD(...) of(MN_BASIS_GOOD, make_record(MN_K_SUPPLIERS, __VA_ARGS__, MN_F_NONE))
#define CN MN_F_COUNTRY, "CN"

static void
assert_possible(struct mn_gate_fact f, enum mn_field field, const char *words)
{
	assert_string_equal(mn_gate_status_name(f.status), "possible");
	assert_int_equal(mn_gate_field(&f), field);
	assert_string_equal(mn_arena_cstr(&arena, f.listed_as), words);
}

/* Told, with a reason that has the words; no effect. */
static void
assert_told(struct mn_gate_fact f, const char *why)
{
	assert_true(mn_gate_only_told(&f));
	if (mn_str_find(f.why, mn_str_c(why)) == SIZE_MAX)
		fail_msg("\"%.*s\" has no \"%s\"", MN_FMT(f.why), why);
}

static void
assert_nothing(struct mn_gate_fact f)
{
	assert_int_equal(f.status, MN_GATE_NOT_APPLICABLE);
}

static void
test_sites_in_every_script(void **state)
{
	(void)state;
	assert_possible(SITE(CN, MN_F_REGION, "XINJIANG"), MN_F_REGION, "\"xinjiang\"");
	assert_possible(SITE(CN, MN_F_REGION, "Xinjiang Uyghur Autonomous Region"),
	    MN_F_REGION, "\"xinjiang uyghur autonomous region\"");
	assert_possible(SITE(CN, MN_F_CITY, "Ürümqi"), MN_F_CITY, "\"urumqi\"");
	assert_possible(SITE(CN, MN_F_ADDRESS, "新疆喀什地区疏附县1号"), MN_F_ADDRESS,
	    "\"新疆\", \"喀什\", \"疏附县\"");
	assert_possible(SITE(CN, MN_F_REGION, "Синьцзян-Уйгурский автономный район"),
	    MN_F_REGION, "\"синьцзян уигурскии автономныи раион\"");
	assert_possible(SITE(CN, MN_F_CITY, "Qeshqer"), MN_F_CITY, "\"qeshqer\"");
	assert_possible(SITE(CN, MN_F_ADDRESS, "ئۈرۈمچى"), MN_F_ADDRESS, "\"ئۈرۈمچى\"");
	/* The region's words also where the country is not known. */
	assert_possible(
	    SITE(MN_F_ADDRESS, "1 Mill Road, Kashgar"), MN_F_ADDRESS, "\"kashgar\"");
}

static void
test_a_street_is_no_place(void **state)
{
	(void)state;
	assert_told(SITE(CN, MN_F_CITY, "Shanghai", MN_F_ADDRESS, "88 Urumqi Road"),
	    "as the name of a street");
	assert_told(SITE(CN, MN_F_ADDRESS, "Urumqi Road, Shanghai"), "street");
	assert_told(SITE(CN, MN_F_ADDRESS, "88 Middle Urumqi Rd., Shanghai"), "street");
	assert_told(SITE(CN, MN_F_ADDRESS, "Wulumuqi Zhong Lu 12"), "street");
	assert_told(SITE(CN, MN_F_ADDRESS, "上海市乌鲁木齐中路12号"), "street");
	assert_told(SITE(CN, MN_F_ADDRESS, "Xinjiang Building, Beijing"), "street");
	/* And a street called after another city leaves the site where it is. */
	assert_possible(SITE(CN, MN_F_ADDRESS, "15 Shanghai Road, Urumqi"), MN_F_ADDRESS,
	    "\"urumqi\"");
	assert_possible(SITE(CN, MN_F_ADDRESS, "Urumqi Road 3, Shihezi"), MN_F_ADDRESS,
	    "\"shihezi\"");
}

static void
test_another_province_in_the_record_decides(void **state)
{
	(void)state;
	assert_told(SITE(CN, MN_F_REGION, "Guangdong", MN_F_ADDRESS, "Kashgar, Xinjiang"),
	    "but region names \"guangdong\"");
	assert_told(SITE(CN, MN_F_CITY, "深圳", MN_F_ADDRESS, "新疆"), "but city names");
	assert_told(SITE(CN, MN_F_ADDRESS, "Kashgar desk, Shenzhen"),
	    "but address names \"shenzhen\"");
	/* Xinjiang is a county of Shanxi as well. */
	assert_told(SITE(CN, MN_F_REGION, "Shanxi", MN_F_CITY, "Xinjiang"), "shanxi");
	assert_possible(SITE(CN, MN_F_REGION, "Xinjiang", MN_F_CITY, "Shanghai"),
	    MN_F_REGION, "\"xinjiang\"");
}

static void
test_whole_words_of_the_country(void **state)
{
	(void)state;
	assert_nothing(SITE(CN, MN_F_ADDRESS, "Xinjiangtown Mill, Hamina"));
	assert_nothing(SITE(MN_F_COUNTRY, "TR", MN_F_REGION, "Xinjiang"));
	/* Namesakes in other countries count only where China is given. */
	assert_nothing(SITE(MN_F_CITY, "Aksu"));
	assert_possible(SITE(CN, MN_F_CITY, "Aksu"), MN_F_CITY, "\"aksu\"");
	assert_nothing(SITE(CN, MN_F_CITY, "Shanghai", MN_F_ADDRESS, "1 Nanjing Road"));
	assert_nothing(SITE(CN, MN_F_NAME, "Xinjiang Invented Mill"));
}

static void
test_goods(void **state)
{
	(void)state;
	struct mn_gate_fact f =
	    GOOD(MN_F_COUNTRY, "BD", MN_F_PRODUCT, "shirts of Xinjiang cotton");
	assert_possible(f, MN_F_PRODUCT, "\"xinjiang\"");
	assert_string_equal(mn_basis_name(f.basis), "good from the region");
	assert_possible(GOOD(CN, MN_F_PRODUCT, "新疆棉"), MN_F_PRODUCT, "\"新疆\"");
	assert_possible(GOOD(MN_F_PRODUCT, "Hami melons", MN_F_ORIGIN_COUNTRY, "CN"),
	    MN_F_PRODUCT, "\"hami\"");
	assert_nothing(GOOD(MN_F_PRODUCT, "Hami melons", MN_F_ORIGIN_COUNTRY, "ES"));
	assert_nothing(GOOD(CN, MN_F_PRODUCT, "cotton"));
	assert_told(GOOD(CN, MN_F_PRODUCT, "non-Xinjiang cotton"), "not of it");
	assert_told(GOOD(CN, MN_F_PRODUCT, "Xinjiang-free cotton"), "not of it");
	assert_told(GOOD(CN, MN_F_PRODUCT, "非新疆棉"), "not of it");
}

static void
test_two_sites_are_two_and_say_where_from(void **state)
{
	(void)state;
	struct mn_record one =
	    make_record(MN_K_SUPPLIERS, CN, MN_F_ADDRESS, "1, Kashgar", MN_F_NONE);
	struct mn_record two =
	    make_record(MN_K_SUPPLIERS, CN, MN_F_ADDRESS, "2, Kashgar", MN_F_NONE);
	struct mn_gate_fact a = of(MN_BASIS_SITE, one), b = of(MN_BASIS_SITE, two);
	struct mn_record entry_a, entry_b, again;
	assert_int_not_equal(mn_key_cmp(a.key, b.key), 0);
	mn_regions_entry(&a, &one, &arena, &entry_a);
	mn_regions_entry(&b, &two, &arena, &entry_b);
	assert_false(mn_str_eq(entry_a.v[MN_F_ID], entry_b.v[MN_F_ID]));
	one.v[MN_F_ADDRESS] = MN_S("1,  KASHGAR");
	mn_regions_entry(&a, &one, &arena, &again);
	assert_true(mn_str_eq(entry_a.v[MN_F_ID], again.v[MN_F_ID]));
	assert_true(a.rid == one.rid && a.citation.n > 0 && a.reason.n > 0);
}

static void
test_no_fact_before_the_law(void **state)
{
	(void)state;
	struct mn_gate_fact fact[MN_REGION_FACTS];
	struct mn_record rec =
	    make_record(MN_K_SUPPLIERS, CN, MN_F_REGION, "Xinjiang", MN_F_NONE);
	int32_t day;
	assert_true(mn_day_parse_iso(MN_S("2022-06-20"), &day));
	assert_int_equal(mn_regions_of(regions, &rec, day, &arena, fact), 0);
	assert_int_equal(mn_regions_of(regions, &rec, day + 1, &arena, fact), 1);
}

static void
test_the_stored_form_keeps_the_field(void **state)
{
	(void)state;
	struct mn_gate_fact f = SITE(CN, MN_F_CITY, "Urumqi"), back;
	struct mn_buf key = mn_buf_new(4096), body = mn_buf_new(1u << 16),
		      pos = mn_buf_new(4096);
	struct mn_err err = MN_ERR_NONE;
	f.path = MN_S("tier 1: buys yarn from A\ntier 2: buys cotton from B");
	mn_gate_sort_key(&f, &key);
	mn_gate_encode(&f, &body, &pos);
	assert_true(mn_gate_decode(
	    mn_buf_str(&key), mn_buf_str(&body), mn_buf_str(&pos), &back, &err));
	assert_int_equal(mn_gate_field(&back), MN_F_CITY);
	assert_true(mn_str_eq(back.path, f.path));
	assert_int_equal(back.basis, MN_BASIS_SITE);
	mn_buf_free(&key);
	mn_buf_free(&body);
	mn_buf_free(&pos);
}

static void
assert_why_not(const char *gate, struct mn_record rec, const char *want)
{
	struct mn_entity e = {.rec = rec};
	const struct mn_p_gate *g = &pack->gate[mn_pack_gate(pack, mn_str_c(gate))];
	struct mn_str got = mn_gate_why_not(g, &e, as_of, &arena);
	assert_string_equal(mn_arena_cstr(&arena, got), want);
}

static void
test_not_applicable_says_why(void **state)
{
	(void)state;
	struct mn_record rec = make_record(MN_K_SUPPLIERS, CN, MN_F_NONE);
	assert_why_not("G-FLR", rec, "applies from 2027-12-14");
	assert_why_not(
	    "G-LICENCE", rec, "concerns the role recruiter; here it is supplier");
	assert_why_not("G-LISTA", rec, "concerns the country BR; here it is CN");
	assert_why_not("G-UFLPA", rec, "");
	/* An unknown country may be the one. */
	rec.v[MN_F_COUNTRY] = MN_STR_NONE;
	assert_why_not("G-LISTA", rec, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sites_in_every_script),
	    cmocka_unit_test(test_a_street_is_no_place),
	    cmocka_unit_test(test_another_province_in_the_record_decides),
	    cmocka_unit_test(test_whole_words_of_the_country),
	    cmocka_unit_test(test_goods),
	    cmocka_unit_test(test_two_sites_are_two_and_say_where_from),
	    cmocka_unit_test(test_no_fact_before_the_law),
	    cmocka_unit_test(test_the_stored_form_keeps_the_field),
	    cmocka_unit_test(test_not_applicable_says_why),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

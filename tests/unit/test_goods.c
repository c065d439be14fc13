/* Goods by words and codes: what fits an order, what differs, and what cannot be told. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/evidence/orders.h"

static struct mn_arena arena, arena_root;
static const struct mn_pack *pack;
static const struct mn_goods *goods;

static int
setup(void **state)
{
	(void)state;
	arena = arena_root = mn_arena_new(256u << 20, NULL);
	pack = shipped_packs(&arena);
	goods = mn_goods_new(pack, &arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(arena_root);
	return 0;
}

static struct mn_goods_said
text(const char *s)
{
	struct mn_goods_said said = {.all = false};
	mn_goods_text(goods, mn_str_c(s), &arena, &said);
	return said;
}

static const char *
fit(const char *order, const char *made)
{
	struct mn_goods_said o = text(order), m = text(made);
	return mn_fit_name(mn_goods_fit(goods, &o, &m));
}

static void
narrower_goods_fit_and_wider_ones_are_unknown(void **state)
{
	(void)state;
	assert_string_equal(fit("Seafood", "frozen tuna"), "fits");
	assert_string_equal(fit("Tuna and tuna products", "seafood"), "unknown");
	assert_string_equal(fit("Garments", "cotton T-shirts"), "fits");
	assert_string_equal(fit("Disposable gloves", "nitrile gloves"), "fits");
	assert_string_equal(fit("All Products", "anything at all"), "fits");
}

static void
unrelated_goods_differ(void **state)
{
	(void)state;
	assert_string_equal(fit("Disposable gloves", "coffee"), "differs");
	assert_string_equal(fit("Sea Salt Products", "furniture"), "differs");
	assert_string_equal(fit("Garments", "bicycles"), "differs");
}

static void
what_may_be_made_of_it_is_unknown(void **state)
{
	(void)state;
	assert_string_equal(fit("Cotton and Processed Cotton", "T-shirts"), "unknown");
	assert_string_equal(fit("Palm oil", "soap"), "unknown");
	assert_string_equal(fit("Raw sugar", "chocolate snacks"), "unknown");
}

static void
what_the_table_does_not_know_is_unknown(void **state)
{
	(void)state;
	assert_string_equal(fit("Disposable gloves", ""), "unknown");
	assert_string_equal(fit("Disposable gloves", "widgets"), "unknown");
	assert_string_equal(fit("Sprockets", "coffee"), "unknown");
	/* Words that both have and no row knows. */
	assert_string_equal(fit("Sprockets", "bicycle sprocket"), "fits");
	/* "products" says nothing. */
	assert_string_equal(fit("Hair Products", "widget products"), "unknown");
}

static void
denied_goods_are_not_made(void **state)
{
	(void)state;
	assert_string_equal(fit("Cotton", "non cotton shirts of wool"), "unknown");
	assert_string_equal(fit("Cotton", "cotton-free padding"), "unknown");
	assert_string_equal(fit("Cotton", "cotton padding"), "fits");
}

static void
other_languages_and_scripts_are_read(void **state)
{
	(void)state;
	assert_string_equal(fit("Cotton", "hilo de algodón"), "fits");
	assert_string_equal(fit("Fresh Tomatoes", "番茄酱"), "fits");
	assert_string_equal(fit("Tobacco", "табак"), "fits");
}

static void
codes_say_the_good_too(void **state)
{
	(void)state;
	struct mn_record rec = {.kind = MN_K_SUPPLIERS};
	struct mn_goods_said made = {.all = false}, order = text("Garments");
	rec.v[MN_F_HS] = MN_S("6109.10");
	mn_goods_record(goods, &rec, &arena, &made);
	assert_int_equal(mn_goods_fit(goods, &order, &made), MN_FIT_FITS);
	order = text("Coffee");
	assert_int_equal(mn_goods_fit(goods, &order, &made), MN_FIT_DIFFERS);
	assert_true(mn_str_eq(made.words, MN_S("\"HS 6109.10\"")));
}

/* Whatever is made, a fit is one of three answers, an order fits its own words, and
 * another text added to what is made never takes a fit away. */
static void
more_goods_take_no_fit_away(void **state)
{
	static const char *const WORDS[] = {"gloves", "coffee", "cotton yarn", "garments",
	    "tuna", "gold", "widgets", "soap", "bricks", "silicon", ""};
	(void)state;
	for (size_t i = 0; i < countof(WORDS); i++)
		for (size_t k = 0; k < countof(WORDS); k++)
			for (size_t m = 0; m < countof(WORDS); m++) {
				struct mn_goods_said o = text(WORDS[i]),
						     one = text(WORDS[k]), two = one;
				mn_goods_text(goods, mn_str_c(WORDS[m]), &arena, &two);
				enum mn_fit a = mn_goods_fit(goods, &o, &one);
				enum mn_fit b = mn_goods_fit(goods, &o, &two);
				if (a == MN_FIT_FITS || (i == k && WORDS[i][0]))
					assert_int_equal(b, MN_FIT_FITS);
				if (a == MN_FIT_UNKNOWN && one.words.n)
					assert_int_not_equal(b, MN_FIT_DIFFERS);
			}
}

/* ---- entries of a firm, limited to a good ---- */

static struct mn_gate_fact
limited(const char *good, const char *country, struct mn_record rec, uint8_t status,
    uint8_t decided)
{
	struct mn_record entry = {.kind = MN_K_WATCHLIST};
	struct mn_made made = {.origins = MN_STR_NONE};
	struct mn_gate_fact f = {.status = status, .decided = decided};
	entry.v[MN_F_GOOD] = mn_str_c(good);
	entry.v[MN_F_COUNTRY] = mn_str_c(country);
	mn_made_add(goods, &rec, &arena, &made);
	mn_gate_limit(goods, &entry, &made, &arena, &f);
	return f;
}

static struct mn_record
row(const char *country, const char *origin, const char *product)
{
	struct mn_record rec = {.kind = MN_K_SUPPLIERS};
	rec.v[MN_F_COUNTRY] = mn_str_c(country);
	rec.v[MN_F_ORIGIN_COUNTRY] = mn_str_c(origin);
	rec.v[MN_F_PRODUCT] = mn_str_c(product);
	return rec;
}

static void
a_firm_with_another_good_is_told_and_not_a_hit(void **state)
{
	(void)state;
	struct mn_gate_fact f = limited("Disposable gloves", "MY",
	    row("MY", "", "furniture"), MN_GATE_HIT, MN_DECIDED_SAME);
	assert_int_equal(f.status, MN_GATE_NO_MATCH);
	assert_int_equal(f.fit, MN_FIT_DIFFERS);
	assert_true(mn_gate_only_told(&f));
	assert_true(mn_str_find(f.fits, MN_S("another good")) != SIZE_MAX);
}

static void
a_firm_whose_good_is_not_known_is_possible(void **state)
{
	(void)state;
	struct mn_record none = row("MY", "", "");
	assert_int_equal(
	    limited("Gloves", "MY", none, MN_GATE_HIT, MN_DECIDED_NONE).status,
	    MN_GATE_POSSIBLE);
	/* Who decided was asked about the good as well. */
	assert_int_equal(
	    limited("Gloves", "MY", none, MN_GATE_HIT, MN_DECIDED_SAME).status,
	    MN_GATE_HIT);
	assert_int_equal(
	    limited("Gloves", "MY", none, MN_GATE_ENDED, MN_DECIDED_NONE).status,
	    MN_GATE_ENDED);
}

static void
the_country_counts_where_the_good_is_made(void **state)
{
	(void)state;
	struct mn_gate_fact made_elsewhere = limited(
	    "Bicycles", "TW", row("VN", "VN", "bicycles"), MN_GATE_HIT, MN_DECIDED_NONE);
	assert_int_equal(made_elsewhere.status, MN_GATE_NO_MATCH);
	struct mn_gate_fact sold_elsewhere = limited(
	    "Bicycles", "TW", row("DE", "", "bicycles"), MN_GATE_HIT, MN_DECIDED_NONE);
	assert_int_equal(sold_elsewhere.status, MN_GATE_POSSIBLE);
	assert_int_equal(limited("Bicycles", "TW", row("DE", "TW", "bicycles"),
			     MN_GATE_HIT, MN_DECIDED_NONE)
			     .status,
	    MN_GATE_HIT);
}

static void
an_entry_without_a_good_is_left_as_it_is(void **state)
{
	(void)state;
	struct mn_gate_fact f =
	    limited("", "CN", row("CN", "", "furniture"), MN_GATE_HIT, MN_DECIDED_NONE);
	assert_int_equal(f.status, MN_GATE_HIT);
	assert_int_equal(f.fit, MN_FIT_NOT_ASKED);
}

/* ---- orders without a firm ---- */

static size_t
orders(struct mn_record rec, struct mn_gate_fact out[MN_ORDER_FACTS])
{
	const struct mn_regions *regions = mn_regions_new(pack, &arena);
	struct mn_gate_fact found[MN_REGION_FACTS];
	int32_t day = mn_day_from(2026, 11, 1);
	size_t n = mn_regions_of(regions, &rec, day, &arena, found);
	return mn_orders_of(goods, pack, &rec, found, n, day, &arena, out);
}

static void
an_order_about_a_good_of_a_country_is_possible(void **state)
{
	(void)state;
	struct mn_gate_fact f[MN_ORDER_FACTS];
	assert_int_equal(orders(row("TR", "TM", "cotton yarn"), f), 1);
	assert_int_equal(f[0].status, MN_GATE_POSSIBLE);
	assert_int_equal(f[0].basis, MN_BASIS_ORDER);
	assert_true(mn_str_eq(f[0].entry_id, MN_S("CBP-2018-05-18-W1")));
	assert_int_equal(orders(row("TM", "TR", "cotton yarn"), f), 0);
	assert_int_equal(orders(row("TM", "", "carpets"), f), 0);
}

static void
an_order_about_a_region_wants_the_region(void **state)
{
	(void)state;
	struct mn_gate_fact f[MN_ORDER_FACTS];
	struct mn_record rec = row("CN", "CN", "tomato paste");
	assert_int_equal(orders(rec, f), 0);
	rec.v[MN_F_REGION] = MN_S("Xinjiang");
	assert_int_equal(orders(rec, f), 1);
	assert_true(mn_str_eq(f[0].entry_id, MN_S("CBP-2021-01-13-W1")));
	rec = row("ZW", "ZW", "rough diamonds");
	assert_int_equal(orders(rec, f), 0);
	rec.v[MN_F_ADDRESS] = MN_S("Marange fields");
	assert_int_equal(orders(rec, f), 1);
}

static void
a_good_taken_off_the_list_is_told(void **state)
{
	(void)state;
	struct mn_gate_fact f[MN_ORDER_FACTS];
	assert_int_equal(orders(row("VN", "VN", "shirts"), f), 1);
	assert_int_equal(f[0].status, MN_GATE_NO_MATCH);
	assert_true(mn_gate_only_told(&f[0]));
	assert_true(mn_str_find(f[0].why, MN_S("until 2024-09-05")) != SIZE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(narrower_goods_fit_and_wider_ones_are_unknown),
	    cmocka_unit_test(unrelated_goods_differ),
	    cmocka_unit_test(what_may_be_made_of_it_is_unknown),
	    cmocka_unit_test(what_the_table_does_not_know_is_unknown),
	    cmocka_unit_test(denied_goods_are_not_made),
	    cmocka_unit_test(other_languages_and_scripts_are_read),
	    cmocka_unit_test(codes_say_the_good_too),
	    cmocka_unit_test(more_goods_take_no_fit_away),
	    cmocka_unit_test(a_firm_with_another_good_is_told_and_not_a_hit),
	    cmocka_unit_test(a_firm_whose_good_is_not_known_is_possible),
	    cmocka_unit_test(the_country_counts_where_the_good_is_made),
	    cmocka_unit_test(an_entry_without_a_good_is_left_as_it_is),
	    cmocka_unit_test(an_order_about_a_good_of_a_country_is_possible),
	    cmocka_unit_test(an_order_about_a_region_wants_the_region),
	    cmocka_unit_test(a_good_taken_off_the_list_is_told),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

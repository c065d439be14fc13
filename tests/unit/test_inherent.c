/* The five channels, and what stays unknown. */
#include "packs.h"

#include "manumit/base/fx.h"
#include "manumit/evidence/inherent.h"

enum { COUNTRY, SECTOR, GOOD, WORKFORCE, RECRUITMENT };

static struct mn_arena arena, arena_root;
static const struct mn_pack *pack;

static int
setup(void **state)
{
	(void)state;
	arena = arena_root = mn_arena_new(128u << 20, NULL);
	pack = shipped_packs(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(arena_root);
	return 0;
}

static struct mn_inherent
of(struct mn_record rec)
{
	static struct mn_inherent_memo memo;
	struct mn_entity e = {.rec = rec};
	struct mn_inherent plain, first, again;
	mn_inherent_of(pack, &e, NULL, &arena, &plain);
	mn_inherent_of(pack, &e, &memo, &arena, &first);
	mn_inherent_of(pack, &e, &memo, &arena, &again);
	for (int c = 0; c < MN_CHANNELS; c++) {
		assert_int_equal(plain.known[c], first.known[c]);
		assert_int_equal(plain.known[c], again.known[c]);
		assert_int_equal(plain.x_q16[c], again.x_q16[c]);
	}
	return plain;
}

#define OF(...) of(make_record(MN_K_SUPPLIERS, __VA_ARGS__, MN_F_NONE))

static void
test_a_bare_name_knows_nothing(void **state)
{
	(void)state;
	struct mn_inherent i = OF(MN_F_NAME, "Silberdistel");
	for (int c = 0; c < MN_CHANNELS; c++)
		assert_false(i.known[c]);
	assert_int_equal(i.workers, -1);
}

static void
test_country_and_sector_words(void **state)
{
	(void)state;
	struct mn_inherent i = OF(
	    MN_F_COUNTRY, "BD", MN_F_SECTOR, "Garment Manufacturing", MN_F_WORKERS, "40");
	assert_true(i.known[COUNTRY] && i.known[SECTOR]);
	assert_true(mn_str_eq(i.row[COUNTRY], MN_S("countries/BD/rule_of_law")));
	assert_true(mn_str_eq(i.row[SECTOR], MN_S("sectors/apparel")));
	assert_int_equal(i.workers, 40);
	assert_true(OF(MN_F_SECTOR, "C14").known[SECTOR]);
	assert_true(OF(MN_F_SECTOR, "1410").known[SECTOR]);
	assert_true(OF(MN_F_SECTOR, "a").known[SECTOR]);
	assert_false(OF(MN_F_SECTOR, "zzz").known[SECTOR]);
}

static void
test_the_good_is_scored_where_it_is_made(void **state)
{
	(void)state;
	struct mn_inherent here = OF(MN_F_COUNTRY, "DE", MN_F_PRODUCT, "Garments for men",
	    MN_F_ORIGIN_COUNTRY, "BD");
	struct mn_inherent elsewhere =
	    OF(MN_F_PRODUCT, "garments", MN_F_ORIGIN_COUNTRY, "NO");
	struct mn_inherent no_origin = OF(MN_F_COUNTRY, "BD", MN_F_PRODUCT, "garments");
	assert_true(here.known[GOOD] && elsewhere.known[GOOD]);
	assert_true(here.x_q16[GOOD] > elsewhere.x_q16[GOOD]);
	assert_false(no_origin.known[GOOD]);
	assert_false(OF(MN_F_PRODUCT, "left-handed widgets", MN_F_ORIGIN_COUNTRY, "BD")
			 .known[GOOD]);
}

static void
test_migrants_by_share_or_by_count(void **state)
{
	(void)state;
	struct mn_inherent share = OF(MN_F_MIGRANT_SHARE, "0.5");
	struct mn_inherent count = OF(MN_F_MIGRANT_WORKERS, "50", MN_F_WORKERS, "100");
	assert_true(share.known[WORKFORCE] && count.known[WORKFORCE]);
	assert_int_equal(share.x_q16[WORKFORCE], count.x_q16[WORKFORCE]);
	assert_false(OF(MN_F_MIGRANT_WORKERS, "50").known[WORKFORCE]);
	assert_true(
	    OF(MN_F_MIGRANT_SHARE, "1", MN_F_AGENCY_SHARE, "1").x_q16[WORKFORCE] <=
	    MN_FX_ONE);
}

static void
test_a_recruiter_without_a_licence_is_worse_than_one_with(void **state)
{
	(void)state;
	struct mn_inherent with =
	    OF(MN_F_ROLE, "recruiter", MN_F_LICENCE_STATUS, "licensed");
	struct mn_inherent unsaid = OF(MN_F_ROLE, "recruiter");
	struct mn_inherent revoked =
	    OF(MN_F_ROLE, "recruiter", MN_F_LICENCE_STATUS, "revoked");
	assert_true(with.x_q16[RECRUITMENT] < unsaid.x_q16[RECRUITMENT]);
	assert_true(unsaid.x_q16[RECRUITMENT] < revoked.x_q16[RECRUITMENT]);
}

static void
test_a_listed_region_is_a_state_imposed_setting(void **state)
{
	(void)state;
	assert_true(OF(MN_F_COUNTRY, "CN", MN_F_REGION, "Xinjiang").state_setting);
	assert_true(OF(MN_F_COUNTRY, "CN", MN_F_ADDRESS, "Road 1, Xinjiang, China")
			.state_setting);
	assert_false(OF(MN_F_COUNTRY, "CN", MN_F_REGION, "Guangdong").state_setting);
	assert_false(OF(MN_F_COUNTRY, "TR", MN_F_REGION, "Xinjiang").state_setting);
	/* A street named after a town is in another one. */
	assert_false(OF(MN_F_COUNTRY, "CN", MN_F_ADDRESS, "12 Urumqi Road, Shanghai")
			 .state_setting);
	assert_false(
	    OF(MN_F_COUNTRY, "CN", MN_F_ADDRESS, "上海市乌鲁木齐中路12号").state_setting);
	assert_true(
	    OF(MN_F_COUNTRY, "CN", MN_F_ADDRESS, "12 Urumqi Road, Urumqi").state_setting);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_bare_name_knows_nothing),
	    cmocka_unit_test(test_country_and_sector_words),
	    cmocka_unit_test(test_the_good_is_scored_where_it_is_made),
	    cmocka_unit_test(test_migrants_by_share_or_by_count),
	    cmocka_unit_test(test_a_recruiter_without_a_licence_is_worse_than_one_with),
	    cmocka_unit_test(test_a_listed_region_is_a_state_imposed_setting),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

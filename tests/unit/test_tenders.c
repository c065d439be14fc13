/* Rows of tenders as suppliers to be screened, and the page of a lot. Everybody is
 * invented. */
#include "gen_fixture.h"

#include "../../engine/report/tender.h"
#include "../../engine/run/tenders.h"

struct fix {
	struct mn_arena root, a;
	const struct mn_pack *pack;
	struct mn_record row, out[MN_TENDER_PARTS];
	uint32_t n;
};

static void
begin(struct fix *f)
{
	*f = (struct fix){.root = mn_arena_new((size_t)1 << 30, NULL)};
	f->a = f->root;
	f->pack = shipped_packs(&f->a);
	f->row = (struct mn_record){.kind = MN_K_TENDERS, .rid = mn_rid_make(3, 7)};
	f->row.v[MN_F_NAME] = MN_S("Brightwater Uniforms Ltd");
	f->row.v[MN_F_COUNTRY] = MN_S("GB");
	f->row.v[MN_F_CPV] = MN_S("99999999;18110000");
}

static void
make(struct fix *f)
{
	f->n = mn_tenders_of(f->pack, &f->row, f->out, &f->a);
}

static void
eq(struct mn_str s, const char *text)
{
	assert_int_equal(s.n, strlen(text));
	assert_memory_equal(s.p, text, s.n);
}

static void
a_bidder_takes_the_place_of_its_row_and_the_row_stays_behind_it(void **state)
{
	struct fix f;
	(void)state;
	begin(&f);
	make(&f);
	assert_int_equal(f.n, 2);
	assert_int_equal(f.out[0].kind, MN_K_SUPPLIERS);
	assert_true(f.out[0].rid == f.row.rid);
	assert_int_equal(f.out[1].kind, MN_K_TENDERS);
	assert_true(f.out[1].rid > f.out[0].rid);
	assert_int_equal(mn_rid_line(f.out[1].rid), 7);
	eq(f.out[0].v[MN_F_ROLE], "bidder");
	mn_arena_free(f.root);
}

static void
a_code_that_is_known_gives_the_sector(void **state)
{
	struct fix f;
	(void)state;
	begin(&f);
	make(&f);
	eq(f.out[0].v[MN_F_SECTOR], "14");
	f.row.v[MN_F_CPV] = MN_S("90910000");
	make(&f);
	eq(f.out[0].v[MN_F_SECTOR], "81"); /* cleaning, not waste */
	f.row.v[MN_F_CPV] = MN_S("00000000");
	make(&f);
	assert_int_equal(f.out[0].v[MN_F_SECTOR].n, 0);
	mn_arena_free(f.root);
}

static void
a_site_is_screened_too_unless_it_is_the_bidder(void **state)
{
	struct fix f;
	(void)state;
	begin(&f);
	f.row.v[MN_F_MAKES_AT_NAME] = MN_S("Padma Stitching Works");
	f.row.v[MN_F_MAKES_AT_COUNTRY] = MN_S("BD");
	make(&f);
	assert_int_equal(f.n, 3);
	eq(f.out[1].v[MN_F_NAME], "Padma Stitching Works");
	eq(f.out[1].v[MN_F_COUNTRY], "BD");
	eq(f.out[1].v[MN_F_ROLE], "facility");
	eq(f.out[0].v[MN_F_ORIGIN_COUNTRY], "BD");
	f.row.v[MN_F_MAKES_AT_NAME] = MN_S("BRIGHTWATER UNIFORMS LIMITED");
	f.row.v[MN_F_MAKES_AT_COUNTRY] = MN_S("GB");
	make(&f);
	assert_int_equal(f.n, 2);
	/* only a country, and another one: a site that nobody names */
	f.row.v[MN_F_MAKES_AT_NAME] = MN_STR_NONE;
	f.row.v[MN_F_MAKES_AT_COUNTRY] = MN_S("BD");
	make(&f);
	assert_int_equal(f.n, 3);
	assert_true(mn_str_starts(f.out[1].v[MN_F_NAME], MN_S("unnamed site of ")));
	mn_arena_free(f.root);
}

static void
a_buyer_is_no_bidder_and_a_void_award_makes_no_supplier(void **state)
{
	struct fix f;
	(void)state;
	begin(&f);
	f.row.v[MN_F_BID_ROLE] = MN_S("buyer");
	make(&f);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.out[0].kind, MN_K_TENDERS);
	f.row.v[MN_F_BID_ROLE] = MN_S("supplier");
	make(&f);
	eq(f.out[0].v[MN_F_ROLE], "supplier");
	f.row.v[MN_F_AWARD_STATUS] = MN_S("cancelled");
	make(&f);
	eq(f.out[0].v[MN_F_ROLE], "bidder");
	mn_arena_free(f.root);
}

/* ---- characteristics ---- */

static const struct mn_p_tender_risk *
risk_of(const struct mn_pack *p, const char *code)
{
	for (uint32_t i = 0; i < p->n_tender_risk; i++)
		if (mn_str_eq(p->tender_risk[i].code, mn_str_c(code)))
			return &p->tender_risk[i];
	fail_msg("no characteristic %s", code);
	return NULL;
}

static void
without_bidders_everything_that_hangs_on_them_is_unknown(void **state)
{
	static const char *const CODES[] = {
	    "workforce", "location", "context", "commodity", "model"};
	struct fix f;
	(void)state;
	begin(&f);
	struct mn_report r = {.pack = f.pack};
	struct mn_tender_page p = {.r = &r};
	for (size_t i = 0; i < countof(CODES); i++) {
		struct mn_risk_answer x =
		    mn_tender_risk(&p, risk_of(f.pack, CODES[i]), &f.a);
		assert_int_equal(x.state, MN_RISK_UNKNOWN);
		assert_true(x.reason.n > 0);
	}
	mn_arena_free(f.root);
}

static struct mn_tender_party
party(const char *name, const char *country, int64_t country_q16)
{
	struct mn_tender_party y = {.roles = 1};
	y.v.ent.rec.v[MN_F_NAME] = mn_str_c(name);
	y.v.ent.rec.v[MN_F_COUNTRY] = mn_str_c(country);
	y.v.inherent.known[0] = country_q16 >= 0;
	y.v.inherent.x_q16[0] = country_q16;
	return y;
}

static void
one_country_that_is_not_told_is_no_no(void **state)
{
	struct fix f;
	(void)state;
	begin(&f);
	struct mn_report r = {.pack = f.pack};
	struct mn_tender_party y[] = {party("A", "GB", MN_Q16(.2)), party("B", "", -1),
	    party("C", "BD", MN_Q16(.7))};
	struct mn_tender_page p = {.r = &r, .party = y, .n_party = 1, .n_bidder = 1};
	const struct mn_p_tender_risk *risk = risk_of(f.pack, "location");
	assert_int_equal(mn_tender_risk(&p, risk, &f.a).state, MN_RISK_NO);
	p.n_party = 2;
	assert_int_equal(mn_tender_risk(&p, risk, &f.a).state, MN_RISK_UNKNOWN);
	p.n_party = 3;
	assert_int_equal(mn_tender_risk(&p, risk, &f.a).state, MN_RISK_YES);
	mn_arena_free(f.root);
}

static void
a_name_alone_is_bare(void **state)
{
	struct mn_tender_party y = party("A", "GB", 0);
	(void)state;
	assert_true(mn_tender_bare(&y));
	y.v.ent.rec.v[MN_F_TAX_ID] = MN_S("01234567");
	assert_false(mn_tender_bare(&y));
	y.v.ent.rec.v[MN_F_TAX_ID] = MN_STR_NONE;
	y.v.ent.rec.v[MN_F_ADDRESS] = MN_S("4 Mill Lane");
	assert_false(mn_tender_bare(&y));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_bidder_takes_the_place_of_its_row_and_the_row_stays_behind_it),
	    cmocka_unit_test(a_code_that_is_known_gives_the_sector),
	    cmocka_unit_test(a_site_is_screened_too_unless_it_is_the_bidder),
	    cmocka_unit_test(a_buyer_is_no_bidder_and_a_void_award_makes_no_supplier),
	    cmocka_unit_test(without_bidders_everything_that_hangs_on_them_is_unknown),
	    cmocka_unit_test(one_country_that_is_not_told_is_no_no),
	    cmocka_unit_test(a_name_alone_is_bare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

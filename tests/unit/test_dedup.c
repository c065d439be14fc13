/* Which supplier rows are taken for one entity, and which are kept apart. */
#include "dedup_fixture.h"

#define BRIGHT "Brightwell Quillon Garments Ltd"
#define BRIGHT2 "Brightwel Quillon Garment Limited"

static void
are(struct dedup_fix *f, uint32_t a, uint32_t b, bool same)
{
	if (dd_same(f, a, b) == same)
		return;
	fail_msg("\"%.*s\" and \"%.*s\" are %s", MN_FMT(f->row[a].v[MN_F_NAME]),
	    MN_FMT(f->row[b].v[MN_F_NAME]), same ? "two" : "one");
}

static void
says(struct mn_str text, const char *part)
{
	if (mn_str_find(text, mn_str_c(part)) == SIZE_MAX)
		fail_msg("\"%.*s\" does not say \"%s\"", MN_FMT(text), part);
}

/* Two rows, and whether they are one. */
struct twins {
	const char *left[5], *right[5]; /* id, name, country, city, address */
	bool one;
	const char *why; /* refused with these words, NULL: not said */
};

static void
check(struct dedup_fix *f, const struct twins *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *const *l = t[i].left, *const *r = t[i].right;
		dd_begin(f);
		uint32_t a = dd_row(f, l[0], l[1], l[2], l[3], l[4]);
		uint32_t b = dd_row(f, r[0], r[1], r[2], r[3], r[4]);
		dd_run(f);
		are(f, a, b, t[i].one);
		if (t[i].why) {
			says(dd_refused(f, a, b), t[i].why);
			says(dd_refused(f, b, a), t[i].why);
		}
		dd_end(f);
	}
}

static void
spelling_twins_unite(void **state)
{
	static const struct twins T[] = {
	    {{"", BRIGHT, "BD", "", ""}, {"", BRIGHT2, "BD", "", ""}, true, NULL},
	    {{"A1", BRIGHT, "BD", "", ""}, {"", BRIGHT2, "BD", "", ""}, true, NULL},
	    {{"", "Blue Sky Kestrelmoor Ltd", "TH", "", ""},
		{"", "Bluesky Kestrelmoor Co., Ltd.", "TH", "", ""}, true, NULL},
	    {{"", "Nordhallvik Textil GmbH", "DE", "", ""},
		{"", "Nordhalvik Textiles GmbH", "DE", "", ""}, true, NULL},
	    {{"", "Kestrelmoor Quandry Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"", "Kestrelmoor Quandry Vellmore Ltd", "BD", "Dhaka",
		    "Plot 12 Mirpur Rd"},
		true, NULL},
	};
	check(*state, T, countof(T));
}

static void
what_tells_two_firms_apart_keeps_them_apart(void **state)
{
	static const struct twins T[] = {
	    {{"", "Brightwell Quillon Garments Unit 1", "BD", "", ""},
		{"", "Brightwel Quillon Garments Unit 2", "BD", "", ""}, false, "unit"},
	    {{"", BRIGHT, "BD", "Gazipur", ""}, {"", BRIGHT2, "BD", "Chattogram", ""},
		false, NULL},
	    {{"", BRIGHT, "BD", "", ""}, {"", BRIGHT2, "IN", "", ""}, false, NULL},
	    {{"", "Brightwell Quillon Dhaka Ltd", "BD", "", ""},
		{"", "Brightwel Quillon Chattogram Ltd", "BD", "", ""}, false, NULL},
	    {{"", "Bako Dorizanta Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"", "Bako Dorimirta Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"}, false,
		NULL},
	    {{"", "Asco Group Ltd", "GB", "", ""}, {"", "Ascot Group Ltd", "GB", "", ""},
		false, NULL},
	    {{"", "Vellmore Printing (Suzhou) Ltd", "CN", "", ""},
		{"", "Quandry Bearings (Suzhou) Ltd", "CN", "", ""}, false, NULL},
	    {{"", "Institute of Larkspur Research", "GB", "", ""},
		{"", "Larkspur Research Technology", "GB", "", ""}, false, NULL},
	    {{"", "Larkspur Apparels Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"", "Larkspur Shirts Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"}, false,
		NULL},
	    {{"", "Kestrelmoor Quandry Ltd", "BD", "", ""},
		{"", "Kestrelmoor Quandry Vellmore Ltd", "BD", "", ""}, false,
		"the names alone do not tell"},
	    {{"", "Textile Trading Co", "BD", "", ""},
		{"", "Garment Trading Co", "BD", "", ""}, false, NULL},
	};
	check(*state, T, countof(T));
}

static void
two_ids_of_the_user_need_one_address(void **state)
{
	static const struct twins T[] = {
	    {{"A1", BRIGHT, "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"A2", BRIGHT2, "BD", "Dhaka", "Plot 12, Mirpur Rd."}, true, NULL},
	    {{"A1", BRIGHT, "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"A2", BRIGHT, "BD", "Dhaka", "Plot 12, Mirpur Rd."}, true, NULL},
	    {{"A1", BRIGHT, "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"A2", BRIGHT2, "BD", "Dhaka", ""}, false, "two of your ids"},
	    {{"A1", BRIGHT, "BD", "Dhaka", ""}, {"A2", BRIGHT2, "BD", "Dhaka", ""}, false,
		"two of your ids"},
	    {{"A1", BRIGHT, "BD", "", ""}, {"A2", BRIGHT, "BD", "", ""}, false,
		"two of your ids"},
	    {{"A1", BRIGHT, "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"A2", BRIGHT2, "BD", "Dhaka", "Plot 90 Mirpur Road"}, false, NULL},
	    {{"A1", "Kestrelmoor Quandry Ltd", "BD", "Dhaka", "Plot 12 Mirpur Road"},
		{"A2", "Kestrelmoor Quandry Vellmore Ltd", "BD", "Dhaka",
		    "Plot 12 Mirpur Rd"},
		false, "the names alone do not tell"},
	};
	check(*state, T, countof(T));
}

static void
identifiers_outrank_spelling(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a =
	    dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, BRIGHT, MN_F_COUNTRY, "BD",
			  MN_F_LEI, "5493001KJTIIGC8Y1R12", MN_F_NONE));
	uint32_t b =
	    dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, BRIGHT2, MN_F_COUNTRY, "BD",
			  MN_F_LEI, "529900T8BM49AURSDO55", MN_F_NONE));
	uint32_t c = dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, BRIGHT,
				   MN_F_COUNTRY, "DE", MN_F_TAX_ID, "99.1", MN_F_NONE));
	uint32_t d = dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, BRIGHT2,
				   MN_F_COUNTRY, "DE", MN_F_TAX_ID, "99.2", MN_F_NONE));
	dd_run(f);
	are(f, a, b, false);
	are(f, c, d, false);
	says(dd_refused(f, a, b), "another LEI");
	says(dd_refused(f, c, d), "another registration number");
	assert_int_equal(f->noted[MN_E_REFUSED_UNION], 0); /* nothing to correct */
	assert_int_equal(f->noted[MN_E_MERGED_SPELLING], 0);
	dd_end(f);
}

/* A is like B and B is like C, but A and C contradict each other: B goes to the one it
 * resembles more, and the other is refused. */
static void
a_chain_does_not_carry_a_contradiction(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a =
	    dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_NAME, BRIGHT, MN_F_COUNTRY, "BD",
			  MN_F_OS_ID, "BD2021001000001", MN_F_NONE));
	uint32_t b = dd_row(f, "", "Brightwell Quillon Garment Co", "BD", "", "");
	uint32_t c = dd_add(
	    f, make_record(MN_K_SUPPLIERS, MN_F_NAME, "Brihtwell Quilon Garments Limited",
		   MN_F_COUNTRY, "BD", MN_F_OS_ID, "BD2021001000002", MN_F_NONE));
	dd_run(f);
	are(f, a, b, true);
	are(f, a, c, false);
	says(dd_refused(f, c, b), "another OS ID");
	dd_end(f);
}

static void
a_row_without_a_country_needs_more(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "", "Vellmore Quandry Kestrelmoor Textiles", "BD", "", "");
	uint32_t b = dd_row(f, "", "Vellmore Quandry Kestrelmor Textile", "", "", "");
	uint32_t c = dd_row(f, "", "Vellmore Quandri Kestrelmoor Textiles", "IN", "", "");
	dd_run(f);
	are(f, a, c, false);
	/* Whichever it joins, it does not bring the two countries together. */
	assert_false(dd_same(f, a, b) && dd_same(f, b, c));
	dd_end(f);
}

/* Chains grow one slip at a time; their ends have nothing in common. */
static void
a_long_chain_is_cut(void **state)
{
	static const char *const STEP[] = {"Abelmarkon", "Abelmarkonto", "Abelmartonto",
	    "Abelvartonto", "Abenvartonto", "Adenvartonto", "Adenvartanto",
	    "Adenvarlanto", "Adenvarlando", "Adenzarlando", "Adengarlando",
	    "Adengarlindo", "Adengorlindo", "Aringorlindo"};
	struct dedup_fix *f = *state;
	char name[64];
	dd_begin(f);
	for (size_t i = 0; i < countof(STEP); i++) {
		snprintf(name, sizeof name, "%s Peltrane Ltd", STEP[i]);
		dd_row(f, "", mn_arena_cstr(&f->a, mn_str_c(name)), "DE", "", "");
	}
	dd_run(f);
	bool cut = false;
	for (uint32_t i = 0; i < f->n_link; i++)
		cut =
		    cut || mn_str_find(f->link[i].reason, MN_S("unlike the middle")) == 0;
	assert_true(cut);
	are(f, 6, 7, true);
	are(f, 0, (uint32_t)countof(STEP) - 1, false);
	dd_end(f);
}

static void
decisions_come_first(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "", BRIGHT, "BD", "", "");
	uint32_t b = dd_row(f, "", BRIGHT2, "BD", "", "");
	uint32_t c = dd_row(f, "", "Larkspur Ropeworks", "BD", "", "");
	uint32_t d = dd_row(f, "", "Thistlemere Cordage", "FR", "", "");
	f->decided[0] = (struct mn_decided_pair){mn_record_key(&f->row[a], 0),
	    mn_record_key(&f->row[b], 0), false, MN_STR_NONE};
	f->decided[1] = (struct mn_decided_pair){mn_record_key(&f->row[c], 0),
	    mn_record_key(&f->row[d], 0), true, MN_STR_NONE};
	f->n_decided = 2;
	dd_run(f);
	are(f, a, b, false);
	are(f, c, d, true);
	says(dd_refused(f, a, b), "a person decided");
	assert_int_equal(f->noted[MN_E_REFUSED_UNION], 0); /* not doubtful any more */
	dd_end(f);
}

/* What a person decided is told of both sides, however little the names are alike. */
static void
decisions_are_told_with_their_reason(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "", "Larkspur Ropeworks", "BD", "", "");
	uint32_t b = dd_row(f, "", "Thistlemere Cordage", "FR", "", "");
	uint32_t c = dd_row(f, "", BRIGHT, "BD", "", "");
	f->decided[0] = (struct mn_decided_pair){mn_record_key(&f->row[a], 0),
	    mn_record_key(&f->row[b], 0), true, MN_S("decided same by x")};
	f->decided[1] = (struct mn_decided_pair){mn_record_key(&f->row[a], 0),
	    mn_record_key(&f->row[c], 0), false, MN_S("decided different by y")};
	f->n_decided = 2;
	dd_run(f);
	says(dd_refused(f, a, c), "decided different by y");
	says(dd_refused(f, c, b), "decided different by y");
	for (uint32_t i = 0; i < f->n_link; i++) {
		assert_int_equal(f->link[i].standing, MN_ALIKE_DECIDED);
		if (!f->link[i].refused)
			says(f->link[i].reason, "decided same by x");
	}
	assert_int_equal(f->n_link, 4); /* two members, refused from both sides */
	dd_end(f);
}

static void
decisions_at_odds_by_way_of_a_third_keep_apart(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "", "Larkspur Ropeworks", "BD", "", "");
	uint32_t b = dd_row(f, "", "Thistlemere Cordage", "FR", "", "");
	uint32_t c = dd_row(f, "", BRIGHT, "BD", "", "");
	const uint32_t pair[3][2] = {{a, b}, {b, c}, {a, c}};
	for (size_t i = 0; i < 3; i++)
		f->decided[i] =
		    (struct mn_decided_pair){mn_record_key(&f->row[pair[i][0]], 0),
			mn_record_key(&f->row[pair[i][1]], 0), i < 2, MN_STR_NONE};
	f->n_decided = 3;
	dd_run(f);
	are(f, a, b, true);
	are(f, a, c, false);
	assert_int_equal(f->noted[MN_E_DECISION_CONFLICT], 1);
	dd_end(f);
}

static void
a_decision_outranks_equal_names(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = dd_row(f, "", BRIGHT, "BD", "", "Plot 1");
	uint32_t b = dd_row(f, "", BRIGHT, "BD", "", "Plot 2");
	f->decided[0] = (struct mn_decided_pair){mn_record_key(&f->row[b], 0),
	    mn_record_key(&f->row[a], 0), false, MN_STR_NONE};
	f->n_decided = 1;
	dd_run(f);
	are(f, a, b, false);
	dd_end(f);
}

static void
members_say_why_they_are_members(void **state)
{
	struct dedup_fix *f = *state;
	uint32_t members = 0;
	dd_begin(f);
	dd_row(f, "A1", BRIGHT, "BD", "", "");
	dd_row(f, "A1", BRIGHT, "BD", "Dhaka", "");
	dd_row(f, "", BRIGHT2, "BD", "", "");
	dd_row(f, "", "Thistlemere Cordage", "BD", "", "");
	dd_run(f);
	for (uint32_t i = 0; i < f->n_link; i++) {
		const struct mn_alike *x = &f->link[i];
		members += !x->refused;
		assert_int_equal(mn_eid_cmp(x->who, f->eid[0]), 0);
		assert_true(x->p_q16 >= MN_Q16(.70));
		if (x->p_q16 < MN_FX_ONE)
			says(x->reason, "brightwel");
	}
	assert_int_equal(members, 3);
	assert_int_equal(f->noted[MN_E_MERGED_SPELLING], 1);
	dd_end(f);
}

static void
a_row_that_nothing_names_is_one_row(void **state)
{
	static const struct twins T[] = {
	    {{"", "---", "BD", "", ""}, {"", "---", "BD", "", ""}, true, NULL},
	    {{"", "---", "BD", "", ""}, {"", "---", "BD", "Dhaka", ""}, false, NULL},
	};
	check(*state, T, countof(T));
}

/* A bucket of many equal or like names is worked through, not multiplied out. */
static void
a_crowd_stays_bounded(void **state)
{
	struct dedup_fix *f = *state;
	char name[64], id[16];
	dd_begin(f);
	for (uint32_t i = 0; i < 1500; i++) {
		snprintf(id, sizeof id, "E%u", i);
		snprintf(name, sizeof name, "Vellmore %c%c%c%coth Textiles",
		    'A' + (int)(i % 7), 'a' + (int)(i % 11), 'a' + (int)(i % 13),
		    'a' + (int)(i % 5));
		dd_row(f, mn_arena_cstr(&f->a, mn_str_c(id)),
		    mn_arena_cstr(&f->a, mn_str_c(name)), "BD", "", "");
	}
	dd_run(f);
	are(f, 0, 1, false);
	dd_end(f);
}

/* The spend of the entity that row i belongs to. */
static void
spends(struct dedup_fix *f, uint32_t i, const char *spend, const char *currency)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body, pos;
	struct mn_entity e;
	struct mn_err err = MN_ERR_NONE;
	mn_put_eid(&key, f->eid[i]);
	assert_int_equal(
	    mn_reader_get(f->r, MN_TAB_ENT, mn_buf_str(&key), &body, &pos, &err), 1);
	struct mn_arena a = f->a;
	dd_ok(mn_entity_decode(f->eid[i], body, pos, &a, &e, &err), err);
	assert_string_equal(mn_arena_cstr(&a, e.rec.v[MN_F_SPEND]), spend);
	assert_string_equal(mn_arena_cstr(&a, e.rec.v[MN_F_CURRENCY]), currency);
}

static uint32_t
bought(struct dedup_fix *f, const char *product, const char *spend, const char *currency)
{
	return dd_add(f, make_record(MN_K_SUPPLIERS, MN_F_ID, "A1", MN_F_NAME, BRIGHT,
			     MN_F_COUNTRY, "BD", MN_F_PRODUCT, product, MN_F_SPEND, spend,
			     MN_F_CURRENCY, currency, MN_F_NONE));
}

static void
spend_of_one_supplier_adds_up(void **state)
{
	struct dedup_fix *f = *state;
	dd_begin(f);
	uint32_t a = bought(f, "shirts", "100000", "EUR");
	bought(f, "trousers", "20000.5", "EUR");
	bought(f, "trousers", "20000.5", "EUR"); /* the same line again */
	bought(f, "caps", "", "");
	dd_run(f);
	spends(f, a, "120000.5", "EUR");
	assert_int_equal(f->noted[MN_E_SPEND_CURRENCY], 0);
	dd_end(f);
	dd_begin(f);
	a = bought(f, "shirts", "100000", "EUR");
	bought(f, "trousers", "20000", "BDT");
	dd_run(f);
	assert_int_equal(f->noted[MN_E_SPEND_CURRENCY], 1);
	dd_end(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(spend_of_one_supplier_adds_up),
	    cmocka_unit_test(spelling_twins_unite),
	    cmocka_unit_test(what_tells_two_firms_apart_keeps_them_apart),
	    cmocka_unit_test(two_ids_of_the_user_need_one_address),
	    cmocka_unit_test(identifiers_outrank_spelling),
	    cmocka_unit_test(a_chain_does_not_carry_a_contradiction),
	    cmocka_unit_test(a_row_without_a_country_needs_more),
	    cmocka_unit_test(a_long_chain_is_cut),
	    cmocka_unit_test(decisions_come_first),
	    cmocka_unit_test(decisions_are_told_with_their_reason),
	    cmocka_unit_test(decisions_at_odds_by_way_of_a_third_keep_apart),
	    cmocka_unit_test(a_decision_outranks_equal_names),
	    cmocka_unit_test(members_say_why_they_are_members),
	    cmocka_unit_test(a_row_that_nothing_names_is_one_row),
	    cmocka_unit_test(a_crowd_stays_bounded),
	};
	return cmocka_run_group_tests(tests, dedup_setup, dedup_teardown);
}

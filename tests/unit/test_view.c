/* Reading one generation: counts, one entity, lists, and the entity a user means. */
#include "gen_fixture.h"

static void
counts_are_of_the_cards(void **state)
{
	struct gen_fix *f = *state;
	uint64_t all = 0;
	int own = mn_pack_gate(f->r.pack, MN_S("G-OWN"));
	assert_int_equal(f->r.entities, 3);
	for (unsigned b = 0; b < MN_BANDS; b++)
		all += f->r.bands[b];
	assert_int_equal(all, 3);
	assert_int_equal(f->r.gates[own][MN_GATE_POSSIBLE], 1);
	assert_int_equal(f->r.gates[own][MN_GATE_NOT_CHECKED], 2);
	assert_int_equal(f->r.n_source, 4);
	assert_int_equal(f->r.as_of, f->as_of);
	assert_string_equal(f->r.version, "9.9.9");
	assert_int_equal(strlen(f->r.digest), MN_HEX256_CHARS);
	assert_int_equal(mn_view_min_cell(&f->r), 5);
	f->r.audience = MN_AUD_PUBLIC;
	assert_int_equal(mn_view_min_cell(&f->r), 11);
}

static void
an_entity_comes_with_its_own_rows_only(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_view v;
	gf_ok(mn_view_load(&f->r, GF_A, true, &f->a, &v, &err), err);
	assert_int_equal(v.n_ev, 7);
	assert_int_equal(v.n_fee, 3);
	assert_int_equal(v.n_gate, 0);
	for (uint32_t i = 0; i < v.n_ev; i++) {
		assert_int_equal(mn_eid_cmp(v.ev[i].who, GF_A), 0);
		assert_true(v.row[i].p_without_q16 >= 0);
		if (v.row[i].s_q16 > 0)
			assert_true(v.row[i].p_without_q16 <= v.card.p_q16);
	}
	gf_ok(mn_view_load(&f->r, GF_B, false, &f->a, &v, &err), err);
	assert_int_equal(v.n_ev, 0);
	assert_int_equal(v.n_gate, 3);
	gf_ok(mn_view_load(&f->r, GF_C, false, &f->a, &v, &err), err);
	assert_int_equal(v.n_ev + v.n_gate + v.n_fee, 0);
	assert_int_equal(v.ent.n_member, 2);
	assert_false(mn_view_load(&f->r, (struct mn_eid){9, 9}, false, &f->a, &v, &err));
	assert_int_equal(err.code, MN_E_NOTFOUND);
}

static void
shares_add_up_to_the_indicator(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_view v;
	gf_ok(mn_view_load(&f->r, GF_A, false, &f->a, &v, &err), err);
	int64_t sum = v.card.base_s_q16;
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		int64_t rows = 0;
		for (uint32_t k = 0; k < v.n_ev; k++)
			if (v.ev[k].indicator == i)
				rows += v.row[k].s_q16;
		assert_int_equal(rows, v.card.ind[i].s_q16);
		sum += rows;
	}
	assert_int_equal(sum, v.card.s_q16);
}

static void
citations_name_file_line_and_column(void **state)
{
	struct gen_fix *f = *state;
	assert_true(
	    mn_str_eq(mn_view_cite(&f->r, mn_rid_make(1, 2), MN_F_INDICATOR, &f->a),
		MN_S("findings.csv:2 Indicator")));
	assert_true(mn_str_eq(mn_view_cite(&f->r, mn_rid_make(3, 5), MN_F_NONE, &f->a),
	    MN_S("list.csv:5")));
	struct mn_str none = mn_view_cite(&f->r, MN_RID_NONE, MN_F_NONE, &f->a);
	assert_false(gf_has(none, ".csv"));
	none = mn_view_cite(&f->r, mn_rid_make(400, 1), MN_F_NONE, &f->a);
	assert_false(gf_has(none, ".csv"));
}

struct walk {
	struct mn_eid seen[8];
	size_t n, most;
};

static bool
note_one(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct walk *w = ctx;
	(void)place;
	w->seen[w->n++] = card->who;
	return w->n < w->most;
}

static void
lists_are_walked_in_their_order(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct walk n = {.most = 8}, q = {.most = 8}, one = {.most = 1};
	gf_ok(mn_view_rank(&f->r, 'N', note_one, &n, &err), err);
	assert_int_equal(n.n, 3);
	assert_int_equal(mn_eid_cmp(n.seen[0], GF_A), 0);
	assert_int_equal(mn_eid_cmp(n.seen[1], GF_B), 0);
	assert_int_equal(mn_eid_cmp(n.seen[2], GF_C), 0);
	gf_ok(mn_view_rank(&f->r, 'Q', note_one, &q, &err), err);
	assert_int_equal(q.n, 2);
	assert_int_equal(mn_eid_cmp(q.seen[0], GF_C), 0);
	gf_ok(mn_view_rank(&f->r, 'N', note_one, &one, &err), err);
	assert_int_equal(one.n, 1);
}

static void
questions_are_asked_once_and_only_of_gaps(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_p_question *q[64];
	struct mn_view v;
	gf_ok(mn_view_load(&f->r, GF_B, false, &f->a, &v, &err), err);
	size_t n = mn_view_questions(&f->r, &v, q, countof(q));
	bool own = false;
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		own = own || mn_str_eq(q[i]->subject, MN_S("G-OWN"));
		assert_false(mn_str_eq(q[i]->subject, MN_S("country")));
		for (size_t k = 0; k < i; k++)
			assert_ptr_not_equal(q[i], q[k]);
	}
	assert_true(own);
	assert_int_equal(mn_view_questions(&f->r, &v, q, 2), 2);
}

static void
finds(struct gen_fix *f, const char *what, struct mn_eid id)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_eid got;
	gf_ok(mn_view_find(&f->r, mn_str_c(what), f->a, &got, &err), err);
	assert_int_equal(mn_eid_cmp(got, id), 0);
}

static void
entities_are_found_by_id_hex_and_name(void **state)
{
	struct gen_fix *f = *state;
	char hex[33];
	mn_eid_hex(GF_C, hex);
	finds(f, "S-1", GF_A);
	finds(f, hex, GF_C);
	finds(f, "AMBERFEN  gloves limited", GF_A);
}

static void
an_unknown_name_gets_the_nearest(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_eid got;
	assert_false(mn_view_find(&f->r, MN_S("Amberfen Glovs"), f->a, &got, &err));
	assert_int_equal(err.code, MN_E_NOTFOUND);
	assert_non_null(strstr(err.msg, "Amberfen Gloves Ltd"));
	assert_null(strstr(err.msg, "Cinderwold"));
	assert_false(mn_view_find(&f->r, MN_S("zzzzzz"), f->a, &got, &err));
	assert_null(strstr(err.msg, "Amberfen"));
}

/* Beyond 64 bytes a distance is only a difference of lengths: names of equal length must
 * not count as near. */
static void
long_names_are_compared_by_their_letters(void **state)
{
	struct gen_fix *f = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_eid got;
	char name[81];
	memset(name, 'q', 80);
	name[80] = 0;
	assert_false(mn_view_find(&f->r, mn_str_c(name), f->a, &got, &err));
	assert_null(strstr(err.msg, "Wyvernholt"));
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, gen_fix_setup, gen_fix_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(counts_are_of_the_cards),
	    TEST(an_entity_comes_with_its_own_rows_only),
	    TEST(shares_add_up_to_the_indicator),
	    TEST(citations_name_file_line_and_column),
	    TEST(lists_are_walked_in_their_order),
	    TEST(questions_are_asked_once_and_only_of_gaps),
	    TEST(entities_are_found_by_id_hex_and_name),
	    TEST(an_unknown_name_gets_the_nearest),
	    TEST(long_names_are_compared_by_their_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Edges and exposures: costs, stored forms, sites, and spreading on small graphs by hand.
 * Every firm is invented. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/edges.h"
#include "manumit/score/spread.h"

#define ONE MN_FX_ONE

/* ---- costs ---- */

static void
a_cost_is_minus_ln(void **state)
{
	(void)state;
	for (int64_t p = 1; p <= ONE; p += 13) {
		double real = -log((double)p / ONE) * ONE;
		assert_true(fabs(real - (double)mn_exposure_cost(p)) < 1.0);
	}
	assert_int_equal(mn_exposure_cost(ONE), 0);
	assert_int_equal(mn_exposure_cost(0), UINT32_MAX);
	assert_int_equal(mn_exposure_cost(-5), UINT32_MAX);
}

static void
and_back_it_is_the_likelihood(void **state)
{
	(void)state;
	for (int64_t p = 64; p <= ONE; p += 97) {
		int64_t again = mn_exposure_q16(mn_exposure_cost(p));
		assert_true(again >= p - 4 && again <= p + 4);
	}
	assert_int_equal(mn_exposure_q16(0), ONE);
}

static void
a_greater_likelihood_never_costs_more(void **state)
{
	(void)state;
	for (int64_t p = 1; p < ONE; p++)
		assert_true(mn_exposure_cost(p + 1) <= mn_exposure_cost(p));
}

/* ---- stored forms ---- */

static struct mn_edge
an_edge(void)
{
	struct mn_edge e = {.to = {1, 2},
	    .from = {3, 4},
	    .kind = MN_EDGE_OWNS,
	    .tier = 2,
	    .match_q16 = 40000,
	    .share_q16 = 39322,
	    .since = 20000,
	    .until = MN_DAY_NONE,
	    .good = MN_S("cotton yarn"),
	    .reference = MN_S("list 7"),
	    .rid = mn_rid_make(3, 17)};
	mn_edge_identify(&e);
	return e;
}

struct form {
	char raw[3][256];
	struct mn_buf key, body, pos;
};

static void
store(struct form *f, const struct mn_edge *e)
{
	f->key = (struct mn_buf){f->raw[0], 0, 256, 256, false};
	f->body = (struct mn_buf){f->raw[1], 0, 256, 256, false};
	f->pos = (struct mn_buf){f->raw[2], 0, 256, 256, false};
	mn_edge_sort_key(e, &f->key);
	mn_edge_encode(e, &f->body, &f->pos);
}

static void
an_edge_comes_back_as_it_was(void **state)
{
	struct form f;
	struct mn_err err;
	struct mn_edge e = an_edge(), got;
	(void)state;
	store(&f, &e);
	assert_int_equal(f.key.n, 41);
	assert_true(mn_edge_decode(
	    mn_buf_str(&f.key), mn_buf_str(&f.body), mn_buf_str(&f.pos), &got, &err));
	assert_true(mn_eid_cmp(got.to, e.to) == 0 && mn_eid_cmp(got.from, e.from) == 0);
	assert_int_equal(got.kind, e.kind);
	assert_int_equal(got.share_q16, e.share_q16);
	assert_int_equal(got.since, e.since);
	assert_int_equal(got.until, MN_DAY_NONE);
	assert_true(mn_str_eq(got.good, e.good) && mn_str_eq(got.reference, e.reference));
	assert_int_equal(got.id, e.id);
	assert_int_equal(got.rid, e.rid);
}

static void
a_damaged_edge_is_refused(void **state)
{
	struct form f;
	struct mn_err err;
	struct mn_edge e = an_edge(), got;
	(void)state;
	store(&f, &e);
	for (size_t n = 0; n < f.body.n; n++)
		assert_false(mn_edge_decode(mn_buf_str(&f.key), mn_str(f.body.p, n),
		    mn_buf_str(&f.pos), &got, &err));
	e.kind = MN_EDGE_KINDS;
	store(&f, &e);
	assert_false(mn_edge_decode(
	    mn_buf_str(&f.key), mn_buf_str(&f.body), mn_buf_str(&f.pos), &got, &err));
}

static void
what_an_edge_says_is_its_identity_and_where_it_stands_is_not(void **state)
{
	struct mn_edge a = an_edge(), b = an_edge(), c = an_edge();
	(void)state;
	b.rid = mn_rid_make(9, 1);
	mn_edge_identify(&b);
	c.share_q16 = MN_SHARE_UNKNOWN;
	mn_edge_identify(&c);
	assert_int_equal(a.id, b.id);
	assert_true(a.id != c.id);
	assert_int_equal(a.id & 0xffff, 0);
}

static void
an_exposure_comes_back_and_a_cut_one_is_refused(void **state)
{
	char raw[4096];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_err err;
	struct mn_exposure got, x = {.who = {7, 8}, .depth = 2, .n = 1, .n_behind = 1};
	(void)state;
	x.of[0] = (struct mn_exposed){
	    {1, 1}, 5000, 3, {{2, 2}, MN_EDGE_SUPPLIES, false, 2, 0x70000}};
	x.behind[0] = (struct mn_behind){.gate = 3,
	    .status = MN_GATE_UPSTREAM,
	    .sure = true,
	    .hops = 3,
	    .source = {1, 1},
	    .step = x.of[0].step};
	mn_exposure_encode(&x, &b);
	assert_true(mn_exposure_decode(x.who, mn_buf_str(&b), &got, &err));
	assert_int_equal(got.of[0].cost_q16, 5000);
	assert_int_equal(got.of[0].step.span, 2);
	assert_int_equal(got.behind[0].status, MN_GATE_UPSTREAM);
	assert_true(got.behind[0].sure);
	for (size_t n = 0; n < b.n; n++)
		assert_false(mn_exposure_decode(x.who, mn_str(raw, n), &got, &err));
}

static void
coverage_comes_back(void **state)
{
	static struct mn_cover c, got;
	char raw[1024];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_err err;
	(void)state;
	c = (struct mn_cover){
	    .edges = 9, .carrying = 8, .direct = 7, .mapped = {5, 2, 1}, .n = 1};
	c.of[0] = (struct mn_cover_spend){"USD", 1000, {620, 90, 0}};
	mn_cover_encode(&c, &b);
	assert_true(mn_cover_decode(mn_buf_str(&b), &got, &err));
	assert_memory_equal(&got.of[0], &c.of[0], sizeof c.of[0]);
	assert_int_equal(got.mapped[1], 2);
	assert_false(mn_cover_decode(mn_str(raw, b.n - 1), &got, &err));
}

/* ---- days, sites ---- */

static void
an_edge_holds_between_its_days_both_included(void **state)
{
	struct mn_edge e = {.since = 100, .until = 200};
	(void)state;
	assert_false(mn_edge_in_force(&e, 99));
	assert_true(mn_edge_in_force(&e, 100));
	assert_true(mn_edge_in_force(&e, 200));
	assert_false(mn_edge_in_force(&e, 201));
	e.since = e.until = MN_DAY_NONE;
	assert_true(mn_edge_in_force(&e, 0));
}

static bool
site(const char *address, const char *city, const char *country, struct mn_key *out)
{
	char room[512];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	struct mn_record rec;
	mn_record_clear(&rec);
	rec.v[MN_F_ADDRESS] = mn_str_c(address);
	rec.v[MN_F_CITY] = mn_str_c(city);
	rec.v[MN_F_COUNTRY] = mn_str_c(country);
	return mn_edge_site(&rec, &b, out);
}

static void
a_site_is_a_house_of_a_country_however_it_is_written(void **state)
{
	struct mn_key a, b;
	(void)state;
	assert_true(site("77 Pier Road", "Rayong", "TH", &a));
	assert_true(site("77,  PIER road.", "rayong", "TH", &b));
	assert_int_equal(mn_key_cmp(a, b), 0);
	assert_true(site("78 Pier Road", "Rayong", "TH", &b));
	assert_true(mn_key_cmp(a, b) != 0);
	assert_true(site("77 Pier Road", "Rayong", "VN", &b));
	assert_true(mn_key_cmp(a, b) != 0);
	/* A town is no house, and who does not say the country says no place. */
	assert_false(site("Rayong", "", "TH", &a));
	assert_false(site("Pier Road", "Rayong", "TH", &a));
	assert_false(site("77", "Rayong", "TH", &a));
	assert_false(site("77 Pier Road", "Rayong", "", &a));
}

/* ---- graphs ---- */

struct made {
	struct mn_arena root, a;
	struct mn_graph g;
};

/* A chain 0 <- 1 <- 2 ... of n nodes, each arc at that cost. */
static struct made
chain(uint32_t n, uint32_t cost)
{
	struct made m = {.root = mn_arena_new((size_t)64 << 20, NULL)};
	m.a = m.root;
	m.g = (struct mn_graph){.n = n, .n_arc = n - 1};
	m.g.first = MN_NEW(&m.a, uint32_t, n + 1);
	m.g.from = MN_NEW(&m.a, uint32_t, n);
	m.g.cost = MN_NEW(&m.a, uint32_t, n);
	m.g.id = MN_NEW(&m.a, uint64_t, n);
	for (uint32_t v = 0; v + 1 < n; v++) {
		m.g.first[v] = v;
		m.g.from[v] = v + 1;
		m.g.cost[v] = cost;
		m.g.id[v] = mn_arc_id(
		    (uint64_t)v << 16, MN_EDGE_SUPPLIES, false, MN_ARC_GATE_UPSTREAM, 1);
	}
	m.g.first[n - 1] = m.g.first[n] = n - 1;
	return m;
}

static struct mn_spread
spread_from(struct made *m, uint32_t source)
{
	uint32_t *own = MN_NEW(&m->a, uint32_t, m->g.n);
	memset(own, 0xff, m->g.n * sizeof *own);
	own[source] = 1000;
	struct mn_spread s = {.g = &m->g, .own = own, .most = UINT32_MAX - 1};
	mn_spread_run(&s, &m->a);
	return s;
}

static void
each_tier_takes_its_part(void **state)
{
	struct made m = chain(4, 500);
	struct mn_spread s = spread_from(&m, 3);
	(void)state;
	for (uint32_t v = 0; v < 4; v++) {
		assert_int_equal(s.n_label[v], 1);
		assert_int_equal(s.label[v * MN_EXPO_KEPT].cost, 1000 + 500 * (3 - v));
		assert_int_equal(s.label[v * MN_EXPO_KEPT].hops, 3 - v);
	}
	mn_arena_free(m.root);
}

static void
a_path_ends_after_twenty_edges(void **state)
{
	struct made m = chain(40, 0);
	struct mn_spread s = spread_from(&m, 39);
	struct mn_reach r;
	bool source[40] = {false};
	(void)state;
	source[39] = true;
	mn_spread_reach(&m.g, MN_ARC_GATE_UPSTREAM, source, &r, &m.a);
	for (uint32_t v = 0; v < 39; v++) {
		bool near = 39 - v <= MN_EXPO_DEPTH;
		assert_int_equal(s.n_label[v], near);
		assert_int_equal(r.arc[v] != MN_ARC_NONE, near);
	}
	assert_int_equal(s.supersteps, MN_EXPO_DEPTH);
	mn_arena_free(m.root);
}

static void
gates_do_not_take_arcs_of_the_other_way(void **state)
{
	struct made m = chain(3, 0);
	struct mn_reach r;
	bool source[3] = {false, false, true};
	(void)state;
	mn_spread_reach(&m.g, MN_ARC_GATE_POSSIBLE, source, &r, &m.a);
	assert_int_equal(r.arc[0], MN_ARC_NONE);
	assert_int_equal(r.arc[1], MN_ARC_NONE);
	mn_arena_free(m.root);
}

static void
a_ring_ends_and_nobody_stands_behind_itself(void **state)
{
	struct made m = chain(5, 100);
	(void)state;
	/* 4 is supplied by 0: a ring of five. */
	m.g.n_arc = 5;
	m.g.from[4] = 0;
	m.g.cost[4] = 0;
	m.g.id[4] = mn_arc_id(0xf0000, MN_EDGE_SUPPLIES, false, MN_ARC_GATE_UPSTREAM, 1);
	m.g.first[5] = 5;
	struct mn_spread s = spread_from(&m, 2);
	for (uint32_t v = 0; v < 5; v++)
		for (unsigned i = 0; i < s.n_label[v]; i++) {
			const struct mn_label *l = &s.label[v * MN_EXPO_KEPT + i];
			assert_true((l->source == v) == (l->arc == MN_ARC_NONE));
		}
	assert_true(s.supersteps <= 6);
	struct mn_depth d = mn_spread_depth_new(&m.g, &m.a);
	for (uint32_t v = 0; v < 5; v++)
		assert_int_equal(mn_spread_depth(&d, v), MN_COVER_TIERS);
	mn_arena_free(m.root);
}

static void
depth_is_the_tiers_known_behind(void **state)
{
	struct made m = chain(6, 0);
	static const unsigned WANT[] = {3, 3, 3, 2, 1, 0};
	struct mn_depth d = mn_spread_depth_new(&m.g, &m.a);
	(void)state;
	for (uint32_t v = 0; v < 6; v++)
		assert_int_equal(mn_spread_depth(&d, v), WANT[v]);
	mn_arena_free(m.root);
}

static void
a_star_of_a_hundred_thousand_keeps_the_five_cheapest(void **state)
{
	enum { N = 100001 };
	struct made m = {.root = mn_arena_new((size_t)64 << 20, NULL)};
	(void)state;
	m.a = m.root;
	m.g = (struct mn_graph){.n = N, .n_arc = N - 1};
	m.g.first = MN_NEW(&m.a, uint32_t, N + 1);
	m.g.from = MN_NEW(&m.a, uint32_t, N);
	m.g.cost = MN_NEW(&m.a, uint32_t, N);
	m.g.id = MN_NEW(&m.a, uint64_t, N);
	uint32_t *own = MN_NEW(&m.a, uint32_t, N);
	own[0] = UINT32_MAX;
	for (uint32_t v = 1; v < N; v++) {
		m.g.first[v] = N - 1;
		m.g.from[v - 1] = v;
		own[v] = 1000 + (v * 7919u) % N;
	}
	m.g.first[N] = N - 1;
	struct mn_spread s = {.g = &m.g, .own = own, .most = UINT32_MAX - 1};
	mn_spread_run(&s, &m.a);
	assert_int_equal(s.n_label[0], MN_EXPO_KEPT);
	for (unsigned i = 0; i < MN_EXPO_KEPT; i++)
		assert_int_equal(s.label[i].cost, 1001 + i);
	assert_int_equal(s.supersteps, 2);
	mn_arena_free(m.root);
}

static void
what_is_too_little_to_tell_is_not_kept(void **state)
{
	struct made m = chain(3, 500);
	uint32_t own[3] = {UINT32_MAX, UINT32_MAX, 1000};
	struct mn_spread s = {.g = &m.g, .own = own, .most = 1600};
	(void)state;
	mn_spread_run(&s, &m.a);
	assert_int_equal(s.n_label[1], 1);
	assert_int_equal(s.n_label[0], 0);
	mn_arena_free(m.root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_cost_is_minus_ln),
	    cmocka_unit_test(and_back_it_is_the_likelihood),
	    cmocka_unit_test(a_greater_likelihood_never_costs_more),
	    cmocka_unit_test(an_edge_comes_back_as_it_was),
	    cmocka_unit_test(a_damaged_edge_is_refused),
	    cmocka_unit_test(
		what_an_edge_says_is_its_identity_and_where_it_stands_is_not),
	    cmocka_unit_test(an_exposure_comes_back_and_a_cut_one_is_refused),
	    cmocka_unit_test(coverage_comes_back),
	    cmocka_unit_test(an_edge_holds_between_its_days_both_included),
	    cmocka_unit_test(a_site_is_a_house_of_a_country_however_it_is_written),
	    cmocka_unit_test(each_tier_takes_its_part),
	    cmocka_unit_test(a_path_ends_after_twenty_edges),
	    cmocka_unit_test(gates_do_not_take_arcs_of_the_other_way),
	    cmocka_unit_test(a_ring_ends_and_nobody_stands_behind_itself),
	    cmocka_unit_test(depth_is_the_tiers_known_behind),
	    cmocka_unit_test(a_star_of_a_hundred_thousand_keeps_the_five_cheapest),
	    cmocka_unit_test(what_is_too_little_to_tell_is_not_kept),
	};
	return cmocka_run_group_tests_name("spread", tests, NULL, NULL);
}

/*
 * Properties of inherent risk over generated suppliers, with the shipped packs: what is
 * not told never narrows, what is old never narrows, a country's refresh moves bases
 * only, and no order says anything. Deterministic: a fixed seed.
 */
#include "../unit/packs.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/score/score.h"

#include "rng.h"

#define CASES 1500

static struct mn_arena root, arena;
static const struct mn_pack *pack;

static int
setup(void **state)
{
	(void)state;
	arena = root = mn_arena_new((size_t)1 << 30, NULL);
	pack = shipped_packs(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

/* ---- suppliers ---- */

struct choice {
	enum mn_field field;
	const char *of[6];
};

/* What a supplier may say of itself; "" is nothing. The role stays: it says which
 * measure holds, and is no channel. */
static const struct choice TOLD[] = {
    {MN_F_COUNTRY, {"MY", "NO", "XK", "ZZ", "TW", ""}},
    {MN_F_SECTOR, {"garments", "NAICS 236220", "18100000-0", "47", "???", ""}},
    {MN_F_PRODUCT, {"rubber gloves", "棉花", "bricks", "steel", "widgets", ""}},
    {MN_F_HS, {"5201", "401512", "30617", "9999", "", ""}},
    {MN_F_ORIGIN_COUNTRY, {"MY", "CN", "DE", "PK", "", ""}},
    {MN_F_MIGRANT_SHARE, {"0", "0.2", "1", "", "", ""}},
    {MN_F_AGENCY_SHARE, {"0", "0.5", "1", "", "", ""}},
    {MN_F_WOMEN_SHARE, {"0", "0.5", "1", "", "", ""}},
    {MN_F_YOUNG_SHARE, {"0", "0.1", "1", "", "", ""}},
    {MN_F_SEASONAL_SHARE, {"0", "0.1", "1", "", "", ""}},
    {MN_F_EMPLOYER_HOUSING, {"yes", "no", "", "", "", ""}},
    {MN_F_TIED_VISAS, {"yes", "no", "", "", "", ""}},
    {MN_F_AGENT_TIERS, {"0", "1", "2", "9", "", ""}},
    {MN_F_WORKERS_FROM, {"BD", "PK;NP", "QQ", "NP", "", ""}},
    {MN_F_LICENCE_STATUS, {"licensed", "revoked", "none", "", "", ""}},
    {MN_F_RECRUITER_USED, {"yes", "no", "", "", "", ""}},
};

static struct mn_entity
any_supplier(struct rng *r)
{
	static const char *const ROLE[] = {
	    "supplier", "facility", "recruiter", "employer"};
	struct mn_entity e = {.rec = {.kind = MN_K_SUPPLIERS}};
	for (size_t i = 0; i < countof(TOLD); i++)
		e.rec.v[TOLD[i].field] = mn_str_c(TOLD[i].of[below(r, 6)]);
	e.rec.v[MN_F_ROLE] = mn_str_c(ROLE[below(r, 4)]);
	return e;
}

static struct mn_inherent
read_as(const struct mn_pack *p, const struct mn_entity *e, int32_t as_of,
    struct mn_arena scratch)
{
	struct mn_inherent in;
	mn_inherent_of(p, e, NULL, &scratch, &in);
	mn_inherent_age(p, as_of, &in);
	return in;
}

static void
assert_holds(const struct mn_inherent *wide, const struct mn_inherent *narrow, unsigned c)
{
	assert_true(
	    mn_inherent_value(pack, wide, c, 0) <= mn_inherent_value(pack, narrow, c, 0));
	assert_true(
	    mn_inherent_value(pack, wide, c, 2) >= mn_inherent_value(pack, narrow, c, 2));
}

static int32_t
any_day(struct rng *r)
{
	return mn_day_from(2024 + (int)below(r, 12), 1 + (int)below(r, 12), 1);
}

/* ---- the properties ---- */

static void
ends_hold_the_middle_and_stay_in_the_channel(void **state)
{
	struct rng r = {1};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_entity e = any_supplier(&r);
		struct mn_inherent in = read_as(pack, &e, any_day(&r), arena);
		for (unsigned c = 0; c < MN_CHANNELS; c++) {
			int64_t v[3];
			for (int end = 0; end < 3; end++)
				v[end] = mn_inherent_value(pack, &in, c, end);
			assert_true(pack->channel[c].lo_q16 <= v[0] && v[0] <= v[1]);
			assert_true(v[1] <= v[2] && v[2] <= pack->channel[c].hi_q16);
			assert_true(in.open_q16[c] >= 0 && in.open_q16[c] <= MN_FX_ONE);
		}
	}
}

/* A part of the workforce or of the corridor that is no longer told: the interval of its
 * channel holds the one before, and no more is known. */
static void
what_is_not_told_never_narrows(void **state)
{
	static const enum mn_field PART[] = {MN_F_COUNTRY, MN_F_SECTOR,
	    MN_F_MIGRANT_SHARE, MN_F_AGENCY_SHARE, MN_F_WOMEN_SHARE, MN_F_YOUNG_SHARE,
	    MN_F_SEASONAL_SHARE, MN_F_EMPLOYER_HOUSING, MN_F_TIED_VISAS, MN_F_AGENT_TIERS,
	    MN_F_WORKERS_FROM};
	struct rng r = {2};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_entity e = any_supplier(&r);
		int32_t day = any_day(&r);
		e.rec.v[MN_F_PRODUCT] = MN_STR_NONE; /* it may name a sector too */
		/* Where nothing else says so, tiers of agents and agency workers tell
		 * that a recruiter is used. */
		e.rec.v[MN_F_RECRUITER_USED] = MN_S("yes");
		struct mn_inherent told = read_as(pack, &e, day, arena);
		e.rec.v[PART[below(&r, countof(PART))]] = MN_STR_NONE;
		struct mn_inherent less = read_as(pack, &e, day, arena);
		for (unsigned c = 0; c < MN_CHANNELS; c++) {
			if (c == 2) /* a service is known to deliver no goods */
				continue;
			assert_holds(&less, &told, c);
			int64_t known = told.known[c] ? MN_FX_ONE - told.open_q16[c] : 0;
			int64_t then = less.known[c] ? MN_FX_ONE - less.open_q16[c] : 0;
			assert_true(then <= known);
		}
	}
}

static void
age_never_narrows_and_moves_no_value(void **state)
{
	struct rng r = {3};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_entity e = any_supplier(&r);
		int32_t day = any_day(&r);
		struct mn_inherent now = read_as(pack, &e, day, arena);
		struct mn_inherent later =
		    read_as(pack, &e, day + (int32_t)below(&r, 3000), arena);
		for (unsigned c = 0; c < MN_CHANNELS; c++) {
			assert_holds(&later, &now, c);
			assert_int_equal(mn_inherent_value(pack, &later, c, 1),
			    mn_inherent_value(pack, &now, c, 1));
			assert_int_equal(later.open_q16[c], now.open_q16[c]);
		}
	}
}

/* Countries as another edition of the series would have them. */
static struct mn_pack
refreshed(struct rng *r, struct mn_arena *a)
{
	struct mn_pack p = *pack;
	struct mn_p_country *rows = MN_NEW(a, struct mn_p_country, p.n_country);
	memcpy(rows, p.country, p.n_country * sizeof *rows);
	for (uint32_t i = 0; i < p.n_country; i++)
		rows[i].value_q16 = MN_Q16(.05) + below(r, MN_Q16(.9));
	p.country = rows;
	return p;
}

static struct mn_card
card_of(const struct mn_pack *p, const struct mn_entity *e, const struct mn_evidence *ev,
    size_t n, struct mn_row_score *rows)
{
	struct mn_card card;
	uint8_t gate[MN_MAX_GATES] = {0};
	struct mn_inherent in = read_as(p, e, mn_day_from(2026, 1, 1), arena);
	struct mn_score_in s = {p, &in, ev, n, mn_day_from(2026, 1, 1), gate, {1, 2}};
	mn_score_entity(&s, &card, rows, false, arena);
	return card;
}

static struct mn_evidence
any_finding(struct rng *r, uint64_t key)
{
	return (struct mn_evidence){.indicator = (uint8_t)below(r, MN_INDICATORS),
	    .strength = (uint8_t)(MN_WEAK + below(r, 3)),
	    .source_class = (uint8_t)below(r, pack->n_source_class),
	    .direction = chance(r, 70) ? MN_ADVERSE : MN_CLEAR,
	    .status = MN_OPEN,
	    .match_q16 = MN_FX_ONE,
	    .event_day = mn_day_from(2025, 1, 1),
	    .closed_day = MN_DAY_NONE,
	    .key = {key, next(r)}};
}

static void
a_refresh_of_countries_moves_bases_only(void **state)
{
	enum { ROWS = 4 };
	struct rng r = {4};
	struct mn_arena a = arena;
	struct mn_pack other = refreshed(&r, &a);
	unsigned moved = 0;
	arena = a;
	(void)state;
	for (int i = 0; i < CASES / 4; i++) {
		struct mn_entity e = any_supplier(&r);
		struct mn_evidence ev[ROWS];
		struct mn_row_score was[ROWS], is[ROWS];
		size_t n = below(&r, ROWS + 1);
		for (size_t k = 0; k < n; k++)
			ev[k] = any_finding(&r, k);
		struct mn_card x = card_of(pack, &e, ev, n, was);
		struct mn_card y = card_of(&other, &e, ev, n, is);
		moved += x.base_s_q16 != y.base_s_q16;
		assert_int_equal(x.s_q16 - x.base_s_q16, y.s_q16 - y.base_s_q16);
		assert_int_equal(x.c_all_q16, y.c_all_q16);
		assert_int_equal(x.c_clear_q16, y.c_clear_q16);
		assert_int_equal(x.severity_q16, y.severity_q16);
		for (unsigned k = 0; k < MN_INDICATORS; k++)
			assert_memory_equal(&x.ind[k], &y.ind[k], sizeof x.ind[k]);
		for (size_t k = 0; k < n; k++) {
			assert_int_equal(was[k].e_q16, is[k].e_q16);
			assert_int_equal(was[k].s_q16, is[k].s_q16);
		}
	}
	assert_true(moved > CASES / 16);
}

/* Whatever a country pack says: with nothing else known, and nothing else assumed. */
static void
country_alone_gives_at_most_a_half(void **state)
{
	struct rng r = {5};
	struct mn_arena a = arena;
	(void)state;
	for (int i = 0; i < 50; i++) {
		struct mn_arena again = a;
		struct mn_pack p = refreshed(&r, &again);
		struct mn_p_channel ch[MN_CHANNELS];
		memcpy(ch, p.channel, sizeof ch);
		ch[0].weight_q16 = MN_FX_ONE / 2; /* the most that packs may say */
		for (unsigned c = 1; c < MN_CHANNELS; c++)
			ch[c].weight_q16 = 0;
		p.channel = ch;
		for (uint32_t k = 0; k < p.n_country; k += 7) {
			struct mn_entity e = {.rec = {.kind = MN_K_SUPPLIERS}};
			int64_t h[3];
			e.rec.v[MN_F_COUNTRY] = p.country[k].code;
			struct mn_inherent in = read_as(&p, &e, any_day(&r), again);
			mn_score_inherent(&p, &in, h);
			for (int end = 0; end < 3; end++)
				assert_true(h[end] >= 0 && h[end] <= MN_FX_ONE / 2);
		}
	}
}

/* Entities in any order through one memo, and origins of workers in any order. */
static void
order_says_nothing(void **state)
{
	enum { MANY = 300 };
	static struct mn_entity e[MANY];
	static struct mn_inherent alone[MANY];
	struct mn_inherent_memo *memo = MN_NEW(&arena, struct mn_inherent_memo, 1);
	struct rng r = {6};
	(void)state;
	for (int i = 0; i < MANY; i++) {
		e[i] = any_supplier(&r);
		mn_inherent_of(pack, &e[i], NULL, &arena, &alone[i]);
	}
	for (int i = 0; i < 4 * MANY; i++) {
		unsigned k = below(&r, MANY);
		struct mn_inherent in;
		struct mn_arena scratch = arena;
		if (mn_str_eq(e[k].rec.v[MN_F_WORKERS_FROM], MN_S("PK;NP")))
			e[k].rec.v[MN_F_WORKERS_FROM] = MN_S("NP;PK");
		mn_inherent_of(pack, &e[k], memo, &scratch, &in);
		for (unsigned c = 0; c < MN_CHANNELS; c++) {
			assert_int_equal(in.known[c], alone[k].known[c]);
			assert_int_equal(in.x_q16[c], alone[k].x_q16[c]);
			assert_int_equal(in.below_q16[c], alone[k].below_q16[c]);
			assert_int_equal(in.above_q16[c], alone[k].above_q16[c]);
			assert_true(mn_str_eq(in.row[c], alone[k].row[c]));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ends_hold_the_middle_and_stay_in_the_channel),
	    cmocka_unit_test(what_is_not_told_never_narrows),
	    cmocka_unit_test(age_never_narrows_and_moves_no_value),
	    cmocka_unit_test(a_refresh_of_countries_moves_bases_only),
	    cmocka_unit_test(country_alone_gives_at_most_a_half),
	    cmocka_unit_test(order_says_nothing),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

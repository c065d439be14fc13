/*
 * Properties of gates over generated entries and suppliers: only an identifier or a
 * person states a hit, what differs never counts, and what was not compared is never "no
 * match". Deterministic. All suppliers are invented.
 */
#include "../unit/packs.h"

#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/orders.h"
#include "manumit/evidence/standing.h"

#include "rng.h"

#define CASES 20000

static struct mn_arena arena, arena_root;
static const struct mn_pack *pack;
static const struct mn_goods *goods;
static int32_t as_of;

static const char *const GOODS[] = {"", "", "nitrile gloves", "cotton yarn", "T-shirts",
    "coffee", "office furniture", "widgets", "tuna", "All Products", "tomato paste"};
static const char *const COUNTRIES[] = {"", "", "CN", "MY", "TM", "BR", "GB"};
#define PICK(r, of) mn_str_c(of[below(r, countof(of))])

static int
setup(void **state)
{
	(void)state;
	arena = arena_root = mn_arena_new((size_t)1 << 30, NULL);
	pack = shipped_packs(&arena);
	goods = mn_goods_new(pack, &arena);
	as_of = mn_day_from(2026, 11, 1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(arena_root);
	return 0;
}

static struct mn_str
any_day(struct rng *r, struct mn_arena *a)
{
	char day[11];
	if (chance(r, 40))
		return MN_STR_NONE;
	return mn_arena_str(a, mn_day_print(as_of - 900 + (int32_t)below(r, 1800), day));
}

static struct mn_entity
any_supplier(struct rng *r, struct mn_arena *a)
{
	static const char *const ROLES[] = {"supplier", "facility", "recruiter"};
	static const char *const STATUS[] = {"", "licensed", "conditional", "applied",
	    "revoked", "refused", "expired", "none"};
	struct mn_entity e = {.rec = {.kind = MN_K_SUPPLIERS}};
	e.rec.v[MN_F_PRODUCT] = PICK(r, GOODS);
	e.rec.v[MN_F_COUNTRY] = PICK(r, COUNTRIES);
	e.rec.v[MN_F_ORIGIN_COUNTRY] = PICK(r, COUNTRIES);
	e.rec.v[MN_F_ROLE] = PICK(r, ROLES);
	e.rec.v[MN_F_LICENCE_STATUS] = PICK(r, STATUS);
	e.rec.v[MN_F_LICENCE_VALID_TO] = any_day(r, a);
	e.rec.v[MN_F_LICENCE_CHECKED_ON] = any_day(r, a);
	return e;
}

static struct mn_record
any_entry(struct rng *r, struct mn_arena *a)
{
	struct mn_record rec = {.kind = MN_K_WATCHLIST};
	rec.v[MN_F_GOOD] = PICK(r, GOODS);
	rec.v[MN_F_COUNTRY] = PICK(r, COUNTRIES);
	rec.v[MN_F_LISTED_ON] = any_day(r, a);
	rec.v[MN_F_ENDED_ON] = any_day(r, a);
	return rec;
}

/* As the stage makes it of an entry. */
static struct mn_gate_fact
met(const struct mn_record *rec, const struct mn_entity *e, uint8_t basis,
    enum mn_decided word, struct mn_arena *a)
{
	const struct mn_key s = {1, 1}, t = {2, 2}, p = {3, 3};
	struct mn_decision d = {.kind = MN_PAIR_LIST,
	    .same = word == MN_DECIDED_SAME,
	    .subject = s,
	    .entry = t,
	    .print = p,
	    .on = as_of,
	    .expires = MN_DAY_NONE};
	const struct mn_decisions all = {&d, word == MN_DECIDED_NONE ? 0 : 1, as_of};
	const struct mn_pair_keys pair = {&s, &t, 1, 1, p};
	struct mn_made made = {.origins = MN_STR_NONE};
	struct mn_gate_fact f = {.basis = basis};
	enum mn_gate_status dates =
	    mn_gate_dates(rec, as_of, &f.listed_day, &f.ended_day);
	f.status = (uint8_t)dates;
	if (dates == MN_GATE_HIT && basis != MN_BASIS_IDENTIFIER)
		f.status = MN_GATE_POSSIBLE;
	mn_gate_decide(&f, dates, &all, &pair);
	mn_made_add(goods, &e->rec, a, &made);
	mn_gate_limit(goods, rec, &made, a, &f);
	return f;
}

static void
only_an_identifier_or_a_person_states_a_hit(void **state)
{
	struct rng r = {2024};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_arena a = arena;
		struct mn_entity e = any_supplier(&r, &a);
		struct mn_record rec = any_entry(&r, &a);
		uint8_t basis =
		    (uint8_t)(chance(&r, 30) ? MN_BASIS_IDENTIFIER
					     : MN_BASIS_SPELLING + below(&r, 3));
		enum mn_decided word = below(&r, 3);
		struct mn_gate_fact f = met(&rec, &e, basis, word, &a);
		if (f.status == MN_GATE_HIT) {
			assert_true(
			    basis == MN_BASIS_IDENTIFIER || word == MN_DECIDED_SAME);
			assert_true(f.fit != MN_FIT_DIFFERS);
			assert_true(f.listed_day == MN_DAY_NONE || f.listed_day <= as_of);
			assert_true(f.ended_day == MN_DAY_NONE || f.ended_day >= as_of);
		}
		if (f.fit == MN_FIT_DIFFERS || f.decided == MN_DECIDED_DIFFERENT)
			for (uint8_t was = 0; was < MN_GATE_STATUS_COUNT; was++)
				assert_int_equal(mn_gate_raise(was, &f), was);
	}
}

/* Saying more of what is made never makes of a told entry a hit without its good. */
static void
a_good_that_is_stated_only_narrows(void **state)
{
	struct rng r = {7};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_arena a = arena;
		struct mn_entity e = any_supplier(&r, &a), bare = e;
		struct mn_record rec = any_entry(&r, &a);
		bare.rec.v[MN_F_PRODUCT] = MN_STR_NONE;
		struct mn_gate_fact f =
		    met(&rec, &e, MN_BASIS_SPELLING, MN_DECIDED_NONE, &a);
		struct mn_gate_fact g =
		    met(&rec, &bare, MN_BASIS_SPELLING, MN_DECIDED_NONE, &a);
		assert_true(f.status <= g.status);
	}
}

static void
nothing_is_no_match_that_was_not_compared(void **state)
{
	struct rng r = {99};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_arena a = arena;
		struct mn_entity e = any_supplier(&r, &a);
		struct mn_gate_ground ground = {.lists = chance(&r, 50),
		    .goods = chance(&r, 50),
		    .stale = chance(&r, 50) ? MN_S("old") : MN_STR_NONE,
		    .goods_stale = chance(&r, 50) ? MN_S("old") : MN_STR_NONE};
		uint32_t gate = below(&r, pack->n_gate);
		struct mn_str why;
		enum mn_gate_status s =
		    mn_gate_standing(pack, gate, &ground, &e, as_of, &a, &why);
		assert_true(s <= MN_GATE_NO_MATCH);
		assert_int_equal(s == MN_GATE_NO_MATCH, why.n == 0);
		if (s != MN_GATE_NO_MATCH)
			continue;
		assert_true(ground.lists || ground.goods);
		assert_true(!ground.lists || ground.stale.n == 0);
		assert_true(ground.lists || e.rec.v[MN_F_PRODUCT].n > 0);
	}
}

/* The check that users enter: who looked on no day states no hit and clears nothing. */
static void
a_licence_nobody_looked_up_is_neither_hit_nor_checked(void **state)
{
	struct rng r = {5};
	(void)state;
	for (int i = 0; i < CASES; i++) {
		struct mn_arena a = arena;
		struct mn_entity e = any_supplier(&r, &a);
		struct mn_gate_fact f;
		int32_t on;
		bool looked = mn_day_parse_iso(e.rec.v[MN_F_LICENCE_CHECKED_ON], &on) &&
			      on <= as_of;
		if (!mn_gate_licence(pack, &e, as_of, &a, &f))
			continue;
		assert_true(f.why.n > 0);
		if (!looked)
			assert_true(f.status == MN_GATE_POSSIBLE ||
				    f.status == MN_GATE_NOT_CHECKED);
		if (mn_str_eq(e.rec.v[MN_F_LICENCE_STATUS], MN_S("none")))
			assert_int_equal(f.status, MN_GATE_POSSIBLE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_an_identifier_or_a_person_states_a_hit),
	    cmocka_unit_test(a_good_that_is_stated_only_narrows),
	    cmocka_unit_test(nothing_is_no_match_that_was_not_compared),
	    cmocka_unit_test(a_licence_nobody_looked_up_is_neither_hit_nor_checked),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

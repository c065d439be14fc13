/*
 * Properties of fee ledgers, over generated workers: the order of lines changes nothing,
 * one more fee never lowers a number that counts, a wage that is not stated never counts
 * as 0, and what is given back never raises. Deterministic.
 */
#include "../unit/packs.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/fees.h"

#include "rng.h"

#define CASES 20000
#define MOST 8

static struct mn_arena root, arena;
static const struct mn_pack *pack;
static struct mn_rates rates;

static void
rate(const char *day, const char *quote, const char *value)
{
	struct mn_record rec = make_record(MN_K_REFERENCE, MN_F_DATE, day, MN_F_RATE_BASE,
	    "USD", MN_F_CURRENCY, quote, MN_F_RATE, value, MN_F_NONE);
	assert_true(mn_rates_add(&rates, &rec));
}

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	arena = root = mn_arena_new(64u << 20, NULL);
	pack = shipped_packs(&arena);
	rates = mn_rates_new();
	rate("2024-06-01", "NPR", "133.1");
	rate("2024-06-01", "QAR", "3.64");
	rate("2024-06-05", "QAR", "3.65");
	return mn_rates_finish(&rates, &err) ? 0 : 1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_rates_free(&rates);
	mn_arena_free(root);
	return 0;
}

static const char *const CURRENCY[] = {"NPR", "QAR", "USD", "XXX"};

static struct mn_fee_line
any_line(struct rng *r)
{
	static const char *const ORIGIN[] = {"NP", "IN", "PH", ""};
	static const char *const DESTINATION[] = {"QA", "MY", ""};
	struct mn_fee_line l = {.amount_e4 = (int64_t)below(r, 5000000) * 100,
	    .paid_day =
		chance(r, 80) ? mn_day_from(2024, 6, 1 + (int)below(r, 25)) : MN_DAY_NONE,
	    .back_day = MN_DAY_NONE,
	    .apr_q16 = chance(r, 30) ? (int64_t)below(r, MN_FX_ONE) : -1,
	    .contract_months = chance(r, 30) ? 12 + (int64_t)below(r, 24) : 0,
	    .category = (int32_t)below(r, pack->n_fee_category + 1) - 1,
	    .borne = chance(r, 85),
	    .payer_unknown = chance(r, 5),
	    .receipt = (int8_t)((int)below(r, 3) - 1),
	    .may_leave = (int8_t)((int)below(r, 3) - 1)};
	if (chance(r, 30))
		l.back_e4 = l.amount_e4 * (int64_t)below(r, 101) / 100;
	strcpy(l.currency, CURRENCY[below(r, countof(CURRENCY))]);
	strcpy(l.wage_currency, "QAR");
	strcpy(l.origin, ORIGIN[below(r, countof(ORIGIN))]);
	strcpy(l.destination, DESTINATION[below(r, countof(DESTINATION))]);
	return l;
}

/* One wage in some line, or none. */
static size_t
any_lines(struct rng *r, struct mn_fee_line *l)
{
	size_t n = 1 + below(r, MOST - 1);
	for (size_t i = 0; i < n; i++)
		l[i] = any_line(r);
	if (chance(r, 80))
		l[below(r, (unsigned)n)].wage_e4 =
		    10000 * (500 + (int64_t)below(r, 2000));
	if (chance(r, 40))
		l[below(r, (unsigned)n)].actual_e4 =
		    10000 * (300 + (int64_t)below(r, 2000));
	return n;
}

static struct mn_fee_worker
worker(struct mn_fee_line *l, size_t n)
{
	struct mn_fee_worker w;
	mn_fee_worker_of(pack, &rates, l, n, &w);
	return w;
}

static void
order_of_lines_changes_nothing(void **state)
{
	struct rng r = {1};
	(void)state;
	for (int c = 0; c < CASES; c++) {
		struct mn_fee_line l[MOST];
		size_t n = any_lines(&r, l);
		struct mn_fee_worker a = worker(l, n);
		for (size_t i = n; i-- > 1;) {
			size_t k = below(&r, (unsigned)i + 1);
			struct mn_fee_line swap = l[i];
			l[i] = l[k];
			l[k] = swap;
		}
		struct mn_fee_worker b = worker(l, n);
		assert_memory_equal(a.months_q16, b.months_q16, sizeof a.months_q16);
		assert_memory_equal(a.condition, b.condition, sizeof a.condition);
		assert_int_equal(a.cap, b.cap);
		assert_int_equal(a.debt_e4, b.debt_e4);
	}
}

/* The strongest of band and conditions, as a ledger's statement has it. */
static int
strength(const struct mn_fee_worker *w, const struct mn_fee_line *l, size_t n)
{
	int64_t q16 = mn_fee_part_months(pack, &rates, w, l, n, true);
	const struct mn_p_fee_band *b = mn_fee_band(pack, q16);
	int s = b ? mn_pack_strength(b->strength) : 0;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++) {
		const struct mn_p_fee_condition *k = mn_fee_condition(pack, i);
		int c = w->condition[i] && k ? mn_pack_strength(k->strength) : 0;
		s = c > s ? c : s;
	}
	return s;
}

static void
one_more_fee_never_lowers(void **state)
{
	struct rng r = {2};
	(void)state;
	for (int c = 0; c < CASES; c++) {
		struct mn_fee_line l[MOST];
		size_t n = any_lines(&r, l);
		struct mn_fee_worker a = worker(l, n);
		int64_t months = mn_fee_part_months(pack, &rates, &a, l, n, true);
		int before = strength(&a, l, n);
		l[n] = any_line(&r);
		struct mn_fee_worker b = worker(l, n + 1);
		/* "Not assessable" after nothing at all is no less than nothing. */
		int64_t more = mn_fee_part_months(pack, &rates, &b, l, n + 1, true);
		assert_true(more >= months || (more < 0 && months == 0));
		assert_true(strength(&b, l, n + 1) >= before);
		assert_true(b.net_e4 >= a.net_e4 && b.cost_e4 >= a.cost_e4);
		assert_true(b.paid >= a.paid && b.owed >= a.owed);
	}
}

static void
a_missing_wage_never_counts_as_nothing(void **state)
{
	struct rng r = {3};
	(void)state;
	for (int c = 0; c < CASES; c++) {
		struct mn_fee_line l[MOST];
		size_t n = any_lines(&r, l);
		for (size_t i = 0; i < n; i++)
			l[i].wage_e4 = l[i].actual_e4 = 0;
		struct mn_fee_worker w = worker(l, n);
		for (unsigned i = 0; i < MN_FEE_MEASURES; i++)
			assert_int_equal(w.months_q16[i], -1);
		assert_int_equal(mn_fee_part_months(pack, &rates, &w, l, n, false), -1);
	}
}

static void
what_is_given_back_never_raises(void **state)
{
	struct rng r = {4};
	(void)state;
	for (int c = 0; c < CASES; c++) {
		struct mn_fee_line l[MOST];
		size_t n = any_lines(&r, l), at = below(&r, (unsigned)n);
		struct mn_fee_worker a = worker(l, n);
		int before = strength(&a, l, n);
		l[at].back_e4 += (l[at].amount_e4 - l[at].back_e4) / 2;
		struct mn_fee_worker b = worker(l, n);
		assert_true(strength(&b, l, n) <= before);
		assert_int_equal(a.months_q16[MN_FEE_GROSS], b.months_q16[MN_FEE_GROSS]);
		assert_true(b.months_q16[MN_FEE_NET] <= a.months_q16[MN_FEE_NET]);
		assert_int_equal(a.cap, b.cap);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(order_of_lines_changes_nothing),
	    cmocka_unit_test(one_more_fee_never_lowers),
	    cmocka_unit_test(a_missing_wage_never_counts_as_nothing),
	    cmocka_unit_test(what_is_given_back_never_raises),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

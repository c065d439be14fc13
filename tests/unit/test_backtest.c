/* Backtests: what they measure, on trials whose figures are known by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/base/fx.h"
#include "manumit/report/backtest.h"

#define N 200

static const uint32_t ONE_EACH[MN_TRIAL_DIMS] = {1, 2, 1, 1};

/* The first 40 by likelihood are violators but for every fourth, of the rest every tenth:
 * 30 and 16. */
static void
make(struct mn_trial *v)
{
	for (uint32_t i = 0; i < N; i++)
		v[i] = (struct mn_trial){.id = {7, i},
		    .p_q16 = MN_FX_ONE - (int64_t)i * 300,
		    .last_violation = i % 2 ? (int32_t)i : MN_DAY_NONE,
		    .hit = i < 40 ? i % 4 != 0 : i % 10 == 0,
		    .random = i % 5 == 0,
		    .class_of = {0, i < 100, 0, 0}};
}

static void
figures(void **state)
{
	struct mn_trial v[N];
	struct mn_backtest t;
	struct mn_arena a = mn_arena_new((size_t)1 << 24, NULL), root = a;
	(void)state;
	make(v);
	mn_backtest_make(v, N, ONE_EACH, 1, &a, &t);
	assert_int_equal(t.n, N);
	assert_int_equal(t.hits, 46);
	assert_int_equal(t.base.e4, 2300);
	assert_int_equal(t.n_at, 5); /* 10, 20, 40, 50, 100 */
	assert_int_equal(t.at[2].k, 40);
	assert_int_equal(t.at[2].hits, 30);
	assert_int_equal(t.at[2].precision.e4, 7500);
	assert_int_equal(t.at[2].lift_e2, 326); /* 30 / (40 * 46 / 200) */
	/* The last violators are those of odd numbers from 199 down: none is one. */
	assert_int_equal(t.at[2].last_hits, 0);
	assert_true(t.at[2].precision.low_e4 < 7500 && t.at[2].precision.high_e4 > 7500);
	assert_true(t.base.low_e4 < 2300 && t.base.high_e4 > 2300);
	assert_int_equal(t.brier_base_e4, 1771);
	/* Drawn by lot are the multiples of five: 5, 10, 15, 25, 30 and 35 of the first
	 * 40 are violators, and then 40, 50, ... 190. */
	assert_int_equal(t.random_n, 40);
	assert_int_equal(t.random_hits, 6 + 16);
	assert_int_equal(t.random_found, 6);
	assert_int_equal(t.random_recall.e4, 2727);
	assert_int_equal(t.group[MN_TD_SECTOR][1].n, 100);
	assert_int_equal(t.group[MN_TD_SECTOR][1].flagged, 40);
	assert_int_equal(t.group[MN_TD_SECTOR][0].flagged, 0);
	uint32_t in_bins = 0;
	for (unsigned i = 0; i < MN_BACKTEST_BINS; i++)
		in_bins += t.bin[i].n;
	assert_int_equal(in_bins, N);
	mn_arena_free(root);
}

static void
perfect_and_certain(void **state)
{
	struct mn_trial v[N];
	struct mn_backtest t;
	struct mn_arena a = mn_arena_new((size_t)1 << 24, NULL), root = a;
	(void)state;
	for (uint32_t i = 0; i < N; i++)
		v[i] = (struct mn_trial){.id = {1, N - i},
		    .p_q16 = i < 50 ? MN_FX_ONE : 0,
		    .last_violation = MN_DAY_NONE,
		    .hit = i < 50};
	mn_backtest_make(v, N, ONE_EACH, 3, &a, &t);
	assert_int_equal(t.brier.e4, 0);
	assert_int_equal(t.at[0].precision.e4, 10000);
	assert_int_equal(t.at[0].lift_e2, 400);
	mn_arena_free(root);
}

static void
order_does_not_matter(void **state)
{
	struct mn_trial v[N], w[N];
	struct mn_backtest x, y;
	struct mn_arena a = mn_arena_new((size_t)1 << 24, NULL), root = a;
	(void)state;
	make(v);
	for (uint32_t i = 0; i < N; i++)
		w[i] = v[N - 1 - i];
	mn_backtest_make(v, N, ONE_EACH, 1, &a, &x);
	mn_backtest_make(w, N, ONE_EACH, 1, &a, &y);
	for (uint32_t i = 0; i < x.n_at; i++) {
		assert_int_equal(x.at[i].hits, y.at[i].hits);
		assert_int_equal(x.at[i].last_hits, y.at[i].last_hits);
	}
	assert_int_equal(x.brier.e4, y.brier.e4);
	mn_arena_free(root);
}

static void
words_and_json(void **state)
{
	struct mn_trial v[N];
	static const struct mn_str NAME[2] = {MN_S("one"), MN_S("two")};
	struct mn_backtest_view view = {.split = 18000, .last_day = 18100, .later = N};
	struct mn_arena a = mn_arena_new((size_t)1 << 24, NULL), root = a;
	struct mn_buf b = mn_buf_new(1u << 20);
	(void)state;
	make(v);
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++) {
		view.class_name[d] = NAME;
		view.n_class[d] = ONE_EACH[d];
	}
	mn_backtest_make(v, N, ONE_EACH, 1, &a, &view.result);
	mn_report_backtest(&view, false, &b);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("SELECTION-BIASED")) == SIZE_MAX);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("75.0 %")) < b.n);
	view.result.random_n = 3;
	mn_buf_clear(&b);
	mn_report_backtest(&view, false, &b);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("SELECTION-BIASED")) < b.n);
	mn_buf_clear(&b);
	mn_report_backtest(&view, true, &b);
	assert_true(
	    mn_str_find(mn_buf_str(&b), MN_S("\"selection_biased\": true")) < b.n);
	mn_buf_free(&b);
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(figures),
	    cmocka_unit_test(perfect_and_certain),
	    cmocka_unit_test(order_does_not_matter),
	    cmocka_unit_test(words_and_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Small numbers of people, and an attacker who tries every table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "manumit/model/withhold.h"

#define LEAST 3
#define MAX 24

/* A table of rows x columns, its margins behind it, the grand total last. */
struct table {
	uint32_t rows, cols, n, n_sum;
	uint32_t count[MAX], part[16][8];
	struct mn_withhold_sum sum[16];
	bool shown[MAX];
};

static struct mn_arena scratch;

static void
add_sum(struct table *t, uint32_t total, uint32_t from, uint32_t step, uint32_t n)
{
	uint32_t *part = t->part[t->n_sum];
	t->count[total] = 0;
	for (uint32_t i = 0; i < n; i++) {
		part[i] = from + i * step;
		t->count[total] += t->count[part[i]];
	}
	t->sum[t->n_sum++] = (struct mn_withhold_sum){total, part, n, false};
}

static void
margins(struct table *t)
{
	uint32_t inner = t->rows * t->cols, grand = inner + t->rows + t->cols;
	t->n = grand + 1;
	t->n_sum = 0;
	for (uint32_t r = 0; r < t->rows; r++)
		add_sum(t, inner + r, r * t->cols, 1, t->cols);
	for (uint32_t c = 0; c < t->cols; c++)
		add_sum(t, inner + t->rows + c, c, t->cols, t->rows);
	add_sum(t, grand, inner, 1, t->rows);
	add_sum(t, grand, inner + t->rows, 1, t->cols);
	for (uint32_t i = 0; i < t->n; i++)
		t->shown[i] = true;
}

static void
hide(struct table *t, const int64_t *least, uint32_t n)
{
	const struct mn_withhold w = {t->count, t->n, t->sum, t->n_sum};
	mn_withhold(&w, least, n, t->shown, scratch);
}

/* ---- the attacker: every table of counts up to a bound that fits what is shown ---- */

struct attack {
	const struct table *t;
	const bool *shown;
	struct table guess;
	int64_t lo[MAX], hi[MAX];
	bool secret[MAX];
	uint64_t tried;
};

static bool
fits(struct attack *x)
{
	struct table *g = &x->guess;
	uint32_t inner = x->t->rows * x->t->cols;
	for (uint32_t s = 0; s < x->t->n_sum; s++) {
		uint32_t sum = 0;
		for (uint32_t i = 0; i < x->t->sum[s].n; i++)
			sum += g->count[x->t->sum[s].part[i]];
		g->count[x->t->sum[s].total] = sum;
	}
	for (uint32_t i = inner; i < x->t->n; i++)
		if (x->shown[i] && g->count[i] != x->t->count[i])
			return false;
	return true;
}

/* Nothing is left to learn once every secret has two values far enough apart. */
static bool
all_safe(const struct attack *x)
{
	for (uint32_t i = 0; i < x->t->n; i++)
		if (x->secret[i] && x->hi[i] - x->lo[i] < LEAST)
			return false;
	return true;
}

static void
look(struct attack *x, uint32_t cell)
{
	uint32_t inner = x->t->rows * x->t->cols;
	if (x->tried > 3000000 || all_safe(x))
		return;
	if (cell == inner) {
		x->tried++;
		if (!fits(x))
			return;
		for (uint32_t i = 0; i < x->t->n; i++) {
			int64_t v = x->guess.count[i];
			x->lo[i] = v < x->lo[i] ? v : x->lo[i];
			x->hi[i] = v > x->hi[i] ? v : x->hi[i];
		}
		return;
	}
	uint32_t v = x->t->count[cell];
	uint32_t from = x->shown[cell] ? v : 0, to = x->shown[cell] ? v : v + LEAST;
	for (v = from; v <= to; v++) {
		x->guess.count[cell] = v;
		look(x, cell + 1);
	}
}

static void
attack(const struct table *t, const bool *shown)
{
	struct attack x = {.t = t, .shown = shown};
	for (uint32_t i = 0; i < t->n; i++) {
		x.lo[i] = x.hi[i] = t->count[i];
		x.secret[i] = t->count[i] > 0 && t->count[i] < LEAST;
		assert_false(x.secret[i] && shown[i]);
	}
	for (uint32_t s = 0; s < t->n_sum; s++)
		for (uint32_t i = 0; t->sum[s].attribute && i < t->sum[s].n; i++) {
			uint32_t p = t->sum[s].part[i];
			if (t->count[p] && t->count[p] == t->count[t->sum[s].total])
				x.secret[p] = true;
		}
	look(&x, 0);
	if (x.tried <= 3000000)
		assert_true(all_safe(&x));
}

static uint64_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

static void
fill(struct table *t, uint64_t *seed, uint32_t rows, uint32_t cols)
{
	*t = (struct table){.rows = rows, .cols = cols};
	for (uint32_t i = 0; i < rows * cols; i++)
		t->count[i] =
		    (uint32_t)(next(seed) % 3 ? next(seed) % 4 : next(seed) % 9);
	margins(t);
}

static void
no_secret_of_two_by_two_follows(void **state)
{
	static const int64_t least[] = {LEAST};
	(void)state;
	for (uint32_t k = 0; k < 7 * 7 * 7 * 7; k++) {
		struct table t = {.rows = 2,
		    .cols = 2,
		    .count = {k % 7, k / 7 % 7, k / 49 % 7, k / 343}};
		margins(&t);
		hide(&t, least, 1);
		attack(&t, t.shown);
	}
}

static void
nor_of_larger_tables(void **state)
{
	static const int64_t least[] = {LEAST};
	uint64_t seed = 7;
	(void)state;
	for (int round = 0; round < 1500; round++) {
		struct table t;
		fill(&t, &seed, 1 + (uint32_t)round % 3, 2 + (uint32_t)round / 3 % 2);
		for (uint32_t s = 0; s < t.n_sum; s++)
			t.sum[s].attribute = round % 5 == 0 && s < t.rows;
		hide(&t, least, 1);
		attack(&t, t.shown);
	}
}

/* What the internal copy shows and what the public one shows, put together, tell no more
 * than the internal one. */
static void
nor_from_the_copies_of_two_audiences(void **state)
{
	static const int64_t both[] = {LEAST, 6};
	uint64_t seed = 11;
	(void)state;
	for (int round = 0; round < 400; round++) {
		struct table t, open;
		bool either[MAX];
		fill(&t, &seed, 2, 2 + (uint32_t)round % 2);
		open = t;
		for (uint32_t s = 0; s < t.n_sum; s++)
			open.sum[s].part = open.part[s];
		hide(&t, both, 1);
		hide(&open, both, 2);
		for (uint32_t i = 0; i < t.n; i++) {
			either[i] = t.shown[i] || open.shown[i];
			assert_false(open.shown[i] && !t.shown[i]);
		}
		attack(&t, either);
	}
}

/* Two tables of the same people: by recruiter, and by corridor. */
static void
two_tables_with_one_total_are_one(void **state)
{
	static const uint32_t one[] = {1, 2}, two[] = {3, 4};
	static const uint32_t count[] = {24, 20, 4, 12, 12};
	static const struct mn_withhold_sum sum[] = {
	    {0, one, 2, false}, {0, two, 2, false}};
	static const int64_t least[] = {5};
	const struct mn_withhold t = {count, 5, sum, 2};
	bool shown[] = {true, true, true, true, true};
	(void)state;
	mn_withhold(&t, least, 1, shown, scratch);
	assert_false(shown[2]);
	/* Either the 20 is withheld, or the total together with a part of the other. */
	assert_true(!shown[1] || (!shown[0] && (!shown[3] || !shown[4])));
}

static void
all_of_them_is_not_said(void **state)
{
	static const uint32_t part[] = {1, 2};
	static const uint32_t count[] = {20, 20, 0};
	static const struct mn_withhold_sum sum[] = {{0, part, 2, true}};
	static const int64_t least[] = {5};
	const struct mn_withhold t = {count, 3, sum, 1};
	bool shown[] = {true, true, true};
	(void)state;
	mn_withhold(&t, least, 1, shown, scratch);
	assert_false(shown[1]);
	assert_true(!shown[2] || !shown[0]);
	assert_true(mn_withhold_part_shown(5, 10, 5));
	assert_false(mn_withhold_part_shown(10, 10, 5));
	assert_false(mn_withhold_part_shown(6, 10, 5));
	assert_false(mn_withhold_part_shown(4, 20, 5));
}

static void
large_numbers_stay(void **state)
{
	static const int64_t least[] = {5, 11};
	struct table t = {.rows = 2, .cols = 3, .count = {11, 40, 0, 12, 50, 13}};
	(void)state;
	margins(&t);
	hide(&t, least, 2);
	for (uint32_t i = 0; i < t.n; i++)
		assert_true(t.shown[i]);
}

/* A small part is given up before a sum, a sum before half of it. */
static void
as_little_as_that_takes(void **state)
{
	static const int64_t least[] = {5};
	static const uint32_t part[] = {1, 2, 3, 4};
	static const struct mn_withhold_sum sum[] = {{0, part, 4, false}};
	static const uint32_t many[] = {103, 3, 60, 30, 10}, few[] = {23, 3, 20, 0, 0};
	const struct mn_withhold a = {many, 5, sum, 1}, b = {few, 5, sum, 1};
	bool shown[] = {true, true, true, true, true};
	bool other[] = {true, true, true, true, true};
	(void)state;
	mn_withhold(&a, least, 1, shown, scratch);
	assert_true(shown[0] && !shown[1] && shown[2] && shown[3] && !shown[4]);
	mn_withhold(&b, least, 1, other, scratch);
	assert_true(!other[0] && !other[1] && other[2] && other[3] && other[4]);
}

/* A small group that is a whole corridor and a whole recruiter: the sum goes, no more. */
static void
margins_that_repeat_a_group_cost_nothing(void **state)
{
	/* 0 all, 1 and 2 by corridor, 3 and 4 by recruiter and corridor */
	static const uint32_t count[] = {26, 3, 23, 23, 3}, corridor[] = {1, 2},
			      pair[] = {3, 4}, first[] = {4}, second[] = {3};
	static const struct mn_withhold_sum sum[] = {{0, NULL, 0, false},
	    {0, corridor, 2, false}, {0, pair, 2, false}, {1, first, 1, false},
	    {2, second, 1, false}};
	static const int64_t least[] = {5};
	const struct mn_withhold t = {count, 5, sum, 5};
	bool shown[] = {true, true, true, true, true};
	(void)state;
	mn_withhold(&t, least, 1, shown, scratch);
	assert_true(!shown[0] && !shown[1] && shown[2] && shown[3] && !shown[4]);
}

/* 1,000 groups with one total: what an employer of very many recruiters has. */
static void
a_long_table_is_quick(void **state)
{
	enum { N = 1000 };
	static uint32_t count[N + 1], part[N];
	static bool shown[N + 1];
	static const int64_t least[] = {5, 11};
	uint64_t seed = 3;
	(void)state;
	for (uint32_t i = 1; i <= N; i++) {
		count[i] = (uint32_t)next(&seed) % 30;
		count[0] += count[i];
		part[i - 1] = i;
		shown[i] = true;
	}
	const struct mn_withhold_sum sum = {0, part, N, false};
	const struct mn_withhold t = {count, N + 1, &sum, 1};
	shown[0] = true;
	mn_withhold(&t, least, 2, shown, scratch);
	assert_true(shown[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_secret_of_two_by_two_follows),
	    cmocka_unit_test(nor_of_larger_tables),
	    cmocka_unit_test(nor_from_the_copies_of_two_audiences),
	    cmocka_unit_test(two_tables_with_one_total_are_one),
	    cmocka_unit_test(all_of_them_is_not_said),
	    cmocka_unit_test(large_numbers_stay),
	    cmocka_unit_test(as_little_as_that_takes),
	    cmocka_unit_test(margins_that_repeat_a_group_cost_nothing),
	    cmocka_unit_test(a_long_table_is_quick),
	};
	scratch = mn_arena_new(64u << 20, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

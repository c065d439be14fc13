/* Plans: against brute force on small cases, against the upper bound on large ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/score/plan.h"

#define REGIONS 3
#define SECTORS 3
#define SMALL 12

static uint64_t
next(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return *s >> 33;
}

struct world {
	struct mn_plan_site site[SMALL];
	struct mn_plan_crew crew[4];
	uint32_t serves[4][REGIONS];
	struct mn_plan_in in;
};

static void
make_small(struct world *w, uint64_t seed)
{
	uint64_t s = seed * 77 + 5;
	memset(w, 0, sizeof *w);
	for (uint32_t i = 0; i < SMALL; i++) {
		struct mn_plan_site *p = &w->site[i];
		p->id = (struct mn_eid){seed, i};
		p->class_of[MN_PLAN_REGION] = (uint32_t)(next(&s) % REGIONS);
		p->class_of[MN_PLAN_SECTOR] = (uint32_t)(next(&s) % SECTORS);
		p->class_of[MN_PLAN_SIZE] = (uint32_t)(next(&s) % MN_PLAN_SIZES);
		p->cost = (uint32_t)(1 + next(&s) % 4);
		p->value = (int64_t)(next(&s) % 100000);
		p->complaint = next(&s) % 6 == 0;
	}
	w->in = (struct mn_plan_in){.site = w->site,
	    .n_site = SMALL,
	    .crew = w->crew,
	    .n_crew = (uint32_t)(1 + next(&s) % 4),
	    .n_class = {REGIONS, SECTORS, MN_PLAN_SIZES},
	    .seed = seed};
	for (uint32_t c = 0; c < w->in.n_crew; c++) {
		struct mn_plan_crew *k = &w->crew[c];
		k->units = (uint32_t)(1 + next(&s) % 5);
		k->region = w->serves[c];
		for (uint32_t r = 0; r < REGIONS; r++)
			if (next(&s) % 2)
				w->serves[c][k->n_region++] = r;
	}
}

static bool
crew_serves(const struct mn_plan_crew *k, uint32_t region)
{
	bool found = k->n_region == 0;
	for (uint32_t i = 0; i < k->n_region; i++)
		found = found || k->region[i] == region;
	return found;
}

/* Hall's condition: no group of regions wants more than the crews that serve any of them
 * have. More units may be wanted by anybody (open). */
static bool
feasible(const struct mn_plan_in *in, const uint32_t *want, uint32_t open)
{
	for (uint32_t group = 1; group < 1u << REGIONS; group++) {
		uint32_t wanted = 0, there = 0;
		for (uint32_t r = 0; r < REGIONS; r++)
			wanted += group >> r & 1 ? want[r] : 0;
		for (uint32_t c = 0; c < in->n_crew; c++) {
			bool any = false;
			for (uint32_t r = 0; r < REGIONS; r++)
				any = any ||
				      (group >> r & 1 && crew_serves(&in->crew[c], r));
			there += any ? in->crew[c].units : 0;
		}
		if (wanted > there)
			return false;
	}
	uint32_t all = open, have = 0;
	for (uint32_t r = 0; r < REGIONS; r++)
		all += want[r];
	for (uint32_t c = 0; c < in->n_crew; c++)
		have += in->crew[c].units;
	return all <= have;
}

static bool
covered(const struct mn_plan_in *in, const struct mn_plan_out *out, uint32_t set)
{
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		for (uint32_t c = 0; c < in->n_class[d]; c++) {
			uint32_t n = 0;
			for (uint32_t i = 0; i < in->n_site; i++)
				n += set >> i & 1 && in->site[i].class_of[d] == c;
			if (n < out->least[d][c])
				return false;
		}
	return true;
}

/* The best of all sets of ranked visits beside what was drawn and kept. */
static int64_t
best(const struct mn_plan_in *in, const struct mn_plan_out *out)
{
	uint32_t taken = 0, base[REGIONS] = {0};
	int64_t most = -1;
	for (uint32_t i = 0; i < out->n_pick; i++)
		if (out->pick[i].stratum != MN_PLAN_RANKED) {
			const struct mn_plan_site *s = &in->site[out->pick[i].site];
			taken |= 1u << out->pick[i].site;
			base[s->class_of[MN_PLAN_REGION]] += s->cost;
		}
	for (uint32_t set = 0; set < 1u << in->n_site; set++) {
		uint32_t want[REGIONS];
		int64_t value = 0;
		if (set & taken)
			continue;
		memcpy(want, base, sizeof want);
		for (uint32_t i = 0; i < in->n_site; i++)
			if (set >> i & 1) {
				value += in->site[i].value;
				want[in->site[i].class_of[MN_PLAN_REGION]] +=
				    in->site[i].cost;
			}
		if (value > most && feasible(in, want, out->open) &&
		    covered(in, out, set))
			most = value;
	}
	return most;
}

static void
small_plans_are_the_best(void **state)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 26, NULL);
	struct mn_err err;
	uint32_t compared = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= 120; seed++) {
		static struct world w;
		struct mn_plan_out out;
		struct mn_arena a = root;
		make_small(&w, seed);
		w.in.random_percent = seed % 3 ? 15 : 0;
		w.in.reserve_percent = seed % 4 ? 25 : 0;
		w.in.coverage_percent = seed % 2 ? 30 : 100;
		assert_true(mn_plan_make(&w.in, &a, &out, &err));
		int64_t most = best(&w.in, &out);
		if (most < 0)
			continue; /* the least of the classes cannot all be had */
		compared++;
		if (!out.optimal || out.short_of || out.value != most)
			fail_msg("seed %llu: %lld, best %lld", (unsigned long long)seed,
			    (long long)out.value, (long long)most);
		assert_true(out.bound >= out.value);
	}
	assert_true(compared > 80);
	mn_arena_free(root);
}

/* What is spent is there, and adds up to the visits. */
static void
account(const struct mn_plan_in *in, const struct mn_plan_out *out)
{
	uint32_t n_region = in->n_class[MN_PLAN_REGION];
	uint32_t all = 0, used = 0;
	for (uint32_t c = 0; c < in->n_crew; c++) {
		uint32_t sum = 0;
		for (uint32_t r = 0; r <= n_region; r++) {
			uint32_t n = out->spent[(size_t)r * in->n_crew + c];
			assert_true(
			    n == 0 || r == n_region || crew_serves(&in->crew[c], r));
			sum += n;
		}
		assert_true(sum <= in->crew[c].units);
		all += sum;
	}
	for (uint32_t i = 0; i < out->n_pick; i++)
		used += in->site[out->pick[i].site].cost;
	assert_int_equal(all, used + out->open);
	assert_int_equal(used, out->used[0] + out->used[1] + out->used[2]);
}

#define MANY 100000
#define MANY_REGIONS 20
#define MANY_SECTORS 30

static struct mn_plan_site *
make_many(struct mn_arena *a)
{
	struct mn_plan_site *v = MN_NEW(a, struct mn_plan_site, MANY);
	uint64_t s = 42;
	for (uint32_t i = 0; i < MANY; i++) {
		int64_t workers = (int64_t)(3 + next(&s) % 40);
		for (unsigned k = 0; k < 3 && next(&s) % 4 == 0; k++)
			workers *= 6;
		/* Few are likely, most hardly. */
		int64_t p = (int64_t)(next(&s) % 65536);
		p = p * p / 65536 * p / 65536;
		v[i] = (struct mn_plan_site){.id = {next(&s), i},
		    .class_of = {(uint32_t)(next(&s) % MANY_REGIONS),
			(uint32_t)(next(&s) % MANY_SECTORS), mn_plan_size(workers)},
		    .cost = mn_plan_days(workers),
		    .complaint = next(&s) % 1000 == 0};
		v[i].value = p / 2 * mn_plan_reached(workers, v[i].cost);
	}
	return v;
}

static void
large_plans_are_near_the_bound(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL), root = a;
	struct mn_plan_crew crew[60];
	uint32_t serves[60][3];
	struct mn_err err;
	struct mn_plan_out out;
	uint64_t s = 7;
	(void)state;
	for (uint32_t c = 0; c < countof(crew); c++) {
		crew[c] = (struct mn_plan_crew){60, serves[c], (uint32_t)(1 + c % 3)};
		for (uint32_t i = 0; i < 3; i++)
			serves[c][i] = (uint32_t)(next(&s) % MANY_REGIONS);
	}
	struct mn_plan_in in = {.site = make_many(&a),
	    .n_site = MANY,
	    .crew = crew,
	    .n_crew = countof(crew),
	    .n_class = {MANY_REGIONS, MANY_SECTORS, MN_PLAN_SIZES},
	    .random_percent = 15,
	    .reserve_percent = 25,
	    .coverage_percent = MN_PLAN_COVERAGE,
	    .seed = 1};
	assert_true(mn_plan_make(&in, &a, &out, &err));
	account(&in, &out);
	assert_int_equal(out.short_of, 0);
	if (out.value < out.bound / 100 * 95)
		fail_msg("%lld of %lld", (long long)out.value, (long long)out.bound);
	assert_true(out.n_pick > 1000);
	mn_arena_free(root);
}

static void
order_of_sites_does_not_matter(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 26, NULL), root = a;
	static struct world w;
	struct mn_plan_site turned[SMALL];
	struct mn_plan_out x, y;
	struct mn_err err;
	(void)state;
	make_small(&w, 9);
	w.in.random_percent = 20;
	assert_true(mn_plan_make(&w.in, &a, &x, &err));
	for (uint32_t i = 0; i < SMALL; i++)
		turned[i] = w.site[SMALL - 1 - i];
	struct mn_plan_in in = w.in;
	in.site = turned;
	assert_true(mn_plan_make(&in, &a, &y, &err));
	assert_int_equal(x.n_pick, y.n_pick);
	for (uint32_t i = 0; i < x.n_pick; i++) {
		assert_int_equal(
		    mn_eid_cmp(w.site[x.pick[i].site].id, turned[y.pick[i].site].id), 0);
		assert_int_equal(x.pick[i].stratum, y.pick[i].stratum);
	}
	mn_arena_free(root);
}

/* Each site is as likely to be drawn, whatever it is worth. */
static void
the_lot_is_fair(void **state)
{
	static struct mn_plan_site v[40];
	uint32_t n[40] = {0};
	struct mn_plan_crew crew = {.units = 20};
	struct mn_arena root = mn_arena_new((size_t)1 << 26, NULL);
	struct mn_err err;
	(void)state;
	for (uint32_t i = 0; i < countof(v); i++)
		v[i] = (struct mn_plan_site){
		    .id = {3, i}, .value = (int64_t)i * 1000, .cost = 1};
	for (uint64_t seed = 0; seed < 400; seed++) {
		struct mn_arena a = root;
		struct mn_plan_out out;
		struct mn_plan_in in = {.site = v,
		    .n_site = countof(v),
		    .crew = &crew,
		    .n_crew = 1,
		    .n_class = {1, 1, MN_PLAN_SIZES},
		    .random_percent = 50,
		    .seed = seed};
		assert_true(mn_plan_make(&in, &a, &out, &err));
		assert_int_equal(out.drawn_from, countof(v));
		for (uint32_t i = 0; i < out.n_pick; i++)
			n[out.pick[i].site] += out.pick[i].stratum == MN_PLAN_RANDOM;
	}
	/* 400 * 10 / 40 = 100 each; five standard deviations are 43. */
	for (uint32_t i = 0; i < countof(v); i++)
		assert_in_range(n[i], 57, 143);
	mn_arena_free(root);
}

static void
small_workplaces_are_not_drowned(void **state)
{
	static struct mn_plan_site v[200];
	struct mn_plan_crew crew = {.units = 20};
	struct mn_arena a = mn_arena_new((size_t)1 << 27, NULL), root = a;
	struct mn_plan_out out;
	struct mn_err err;
	uint32_t small = 0, told = 0;
	(void)state;
	for (uint32_t i = 0; i < countof(v); i++)
		v[i] = (struct mn_plan_site){.id = {4, i},
		    .class_of = {0, 0, i % 2 ? 0 : 3},
		    .value = i % 2 ? 1 + i : 100000 + i,
		    .cost = 1};
	struct mn_plan_in in = {.site = v,
	    .n_site = countof(v),
	    .crew = &crew,
	    .n_crew = 1,
	    .n_class = {1, 1, MN_PLAN_SIZES},
	    .coverage_percent = 30};
	assert_true(mn_plan_make(&in, &a, &out, &err));
	for (uint32_t i = 0; i < out.n_pick; i++) {
		small += v[out.pick[i].site].class_of[MN_PLAN_SIZE] == 0;
		told += out.pick[i].dim == MN_PLAN_SIZE;
	}
	assert_int_equal(out.n_pick, 20);
	assert_int_equal(small, 3); /* 30 % of the half of 20 that they are */
	assert_int_equal(told, 3);
	in.crew = &(struct mn_plan_crew){.units = 0};
	assert_false(mn_plan_make(&in, &a, &out, &err));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(small_plans_are_the_best),
	    cmocka_unit_test(large_plans_are_near_the_bound),
	    cmocka_unit_test(order_of_sites_does_not_matter),
	    cmocka_unit_test(the_lot_is_fair),
	    cmocka_unit_test(small_workplaces_are_not_drowned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

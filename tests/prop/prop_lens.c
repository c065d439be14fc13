/*
 * Properties of the lenses over generated answers: what is added never takes a positive
 * dimension away, every worker has a case, another lens or an unasked age changes
 * nothing. Deterministic: the generator starts from a fixed seed.
 */
#include "../unit/packs.h"

#include "manumit/evidence/lens.h"
#include "../../engine/report/lenses.h"

#include "rng.h"

#define CASES 20000

struct fix {
	struct mn_arena root;
	const struct mn_pack *p;
	const struct mn_lens_plan *plan;
};

static int
setup(void **state)
{
	static struct fix f;
	struct mn_arena a = f.root = mn_arena_new(64u << 20, NULL);
	f.p = shipped_packs(&a);
	f.plan = mn_lens_plan(f.p, &a);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	mn_arena_free(((struct fix *)*state)->root);
	return 0;
}

static struct mn_lens_set
any_answers(struct rng *r, const struct mn_pack *p)
{
	struct mn_lens_set s = {{0}};
	unsigned n = below(r, 12);
	for (unsigned i = 0; i < n; i++)
		mn_lens_add(&s, below(r, p->n_lens_ind));
	return s;
}

static void
adding_an_indicator_takes_nothing_away(void **state)
{
	const struct fix *f = *state;
	struct rng r = {20261101};
	for (unsigned i = 0; i < CASES; i++) {
		struct mn_lens_set s = any_answers(&r, f->p), more = s;
		bool child = chance(&r, 30);
		mn_lens_add(&more, below(&r, f->p->n_lens_ind));
		for (uint32_t lens = 0; lens < f->p->n_lens; lens++) {
			struct mn_lens_verdict a = mn_lens_eval(f->plan, lens, &s, child);
			struct mn_lens_verdict b =
			    mn_lens_eval(f->plan, lens, &more, child);
			assert_int_equal(a.positive & ~b.positive, 0);
			assert_true(b.involuntary || !a.involuntary);
			assert_true(b.penalty || !a.penalty);
		}
	}
}

static void
every_worker_has_a_case_of_the_lens_and_age(void **state)
{
	const struct fix *f = *state;
	struct rng r = {7};
	for (unsigned i = 0; i < CASES; i++) {
		struct mn_lens_set s = any_answers(&r, f->p);
		bool child = chance(&r, 50);
		for (uint32_t lens = 0; lens < f->p->n_lens; lens++) {
			struct mn_lens_verdict v = mn_lens_eval(f->plan, lens, &s, child);
			assert_true(v.kase >= 0);
			const struct mn_p_lens_case *c = &f->p->lens_case[v.kase];
			assert_true(mn_str_eq(c->lens, f->p->lens[lens].code));
			assert_false(
			    mn_str_eq(c->age, child ? MN_S("adult") : MN_S("child")));
		}
	}
}

static void
other_lenses_and_ages_change_nothing(void **state)
{
	const struct fix *f = *state;
	struct rng r = {11};
	for (unsigned i = 0; i < CASES; i++) {
		struct mn_lens_set s = any_answers(&r, f->p), own = {{0}};
		bool child = chance(&r, 50);
		uint32_t lens = below(&r, f->p->n_lens);
		for (uint32_t k = 0; k < f->p->n_lens_ind; k++)
			if (mn_lens_has(&s, k) && mn_lens_of(f->plan, k) == lens &&
			    mn_lens_strength(f->plan, k, child) > 0)
				mn_lens_add(&own, k);
		struct mn_lens_verdict a = mn_lens_eval(f->plan, lens, &s, child);
		struct mn_lens_verdict b = mn_lens_eval(f->plan, lens, &own, child);
		assert_true(a.positive == b.positive && a.kase == b.kase);
	}
}

/* Cases with a known sum: one that is hidden is never what the others leave over, and
 * those hidden together are not few, unless everything is hidden. */
static void
hidden_cells_cannot_be_worked_out(void **state)
{
	const struct fix *f = *state;
	struct rng r = {13};
	struct mn_lens_reader reader = {f->p, {5, 11}, 1, mn_arena_new(1u << 20, NULL)};
	for (unsigned i = 0; i < CASES; i++) {
		struct mn_lens_stat s = {
		    .lens = f->p->lens[0].code, .n_case = 2 + below(&r, 9)};
		struct mn_lens_cells c;
		uint32_t many = 0, workers = 0;
		reader.n_least = 1 + below(&r, 2);
		int64_t least = reader.least[reader.n_least - 1];
		for (uint32_t k = 0; k < s.n_case; k++)
			s.assessable += s.kase[k] = chance(&r, 40) ? 0 : below(&r, 40);
		s.interviewed = s.assessable + (chance(&r, 50) ? 0 : below(&r, 20));
		mn_lens_cells(&reader, &s, 1, 0, &c);
		for (uint32_t k = 0; k < s.n_case; k++) {
			many += !c.kase[k];
			workers += c.kase[k] ? 0 : s.kase[k];
		}
		uint32_t rest = s.interviewed - s.assessable;
		assert_true(
		    !c.interviewed || !c.assessable || rest == 0 || rest >= least);
		assert_true(many == 0 || many == s.n_case || !c.assessable ||
			    (many > 1 && workers >= least));
	}
	mn_arena_free(reader.scratch);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(adding_an_indicator_takes_nothing_away),
	    cmocka_unit_test(every_worker_has_a_case_of_the_lens_and_age),
	    cmocka_unit_test(other_lenses_and_ages_change_nothing),
	    cmocka_unit_test(hidden_cells_cannot_be_worked_out),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

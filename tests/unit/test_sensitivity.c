/* Constants changed one at a time, and the bands that gives. */
#include "packs.h"
#include "score_fixture.h"

#include "manumit/score/sensitivity.h"

struct fix_sens {
	struct mn_arena root, a;
	const struct mn_pack *p;
	const struct mn_variant *v;
	uint32_t n;
};

static int
setup(void **state)
{
	static struct fix_sens f;
	f.root = f.a = mn_arena_new(64u << 20, NULL);
	f.p = shipped_packs(&f.a);
	f.n = mn_variants(f.p, &f.a, &f.v);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	mn_arena_free(((struct fix_sens *)*state)->root);
	return 0;
}

static const struct mn_pack *
variant(const struct fix_sens *f, const char *constant, bool up)
{
	for (uint32_t i = 0; i < f->n; i++)
		if (f->v[i].up == up && mn_str_eq(f->v[i].constant, mn_str_c(constant)))
			return f->v[i].pack;
	fail_msg("no variant of %s", constant);
	return NULL;
}

static void
one_constant_at_a_time(void **state)
{
	const struct fix_sens *f = *state;
	assert_true(f->n > 60 && f->n <= MN_MAX_VARIANTS && f->n % 2 == 0);
	const struct mn_pack *s = variant(f, "strengths/S nats", false);
	assert_int_equal(s->strength_q16[MN_STRONG], 3 << 16);
	assert_int_equal(s->strength_q16[MN_MEDIUM], 2 << 16);
	assert_int_equal(f->p->strength_q16[MN_STRONG], 4 << 16);
	assert_int_equal(variant(f, "parameters/A value", true)->k.A, -(5 << 16));
	const struct mn_pack *h = variant(f, "indicators/I07 halflife_months", true);
	assert_int_equal(h->indicator[6].halflife_months, 45);
	assert_int_equal(
	    h->indicator[7].halflife_months, f->p->indicator[7].halflife_months);
	/* Shares stay shares. */
	assert_int_equal(
	    variant(f, "indicators/I07 omega", true)->indicator[6].omega_q16, 1 << 16);
}

static void
flips_are_what_scoring_says(void **state)
{
	struct fix_sens *f = *state;
	struct mn_inherent in = {
	    .workers = -1, .sector_workers = -1, .sector_severity_q16 = -1};
	struct mn_evidence e = {.who = {1, 1},
	    .indicator = 6,
	    .direction = MN_ADVERSE,
	    .strength = MN_STRONG,
	    .source_class = (uint8_t)mn_pack_source_class(f->p, MN_S("audit_announced")),
	    .status = MN_OPEN,
	    .imposed_by = MN_IMPOSED_UNKNOWN,
	    .event_day = FIX_AS_OF,
	    .closed_day = MN_DAY_NONE,
	    .match_q16 = MN_FX_ONE,
	    .rows = 1,
	    .root = {1, 1},
	    .key = {1, 1}};
	uint8_t gate[MN_MAX_GATES] = {0};
	struct mn_score_in x = {.pack = f->p,
	    .inherent = &in,
	    .ev = &e,
	    .n_ev = 1,
	    .as_of = FIX_AS_OF,
	    .gate = gate,
	    .who = {1, 1}};
	struct mn_card card, then;
	struct mn_flips flips, again;
	struct mn_err err = MN_ERR_NONE;
	mn_score_entity(&x, &card, NULL, false, f->a);
	mn_flips_of(&x, &card, f->v, f->n, &flips, f->a);
	assert_true(flips.n > 0 && flips.n < f->n);
	for (uint32_t i = 0; i < flips.n; i++) {
		struct mn_score_in y = x;
		y.pack = f->v[flips.v[i].variant].pack;
		mn_score_entity(&y, &then, NULL, false, f->a);
		assert_int_equal(then.band, flips.v[i].band);
		assert_true(then.band != card.band);
	}
	struct mn_buf b = mn_buf_new(4096);
	mn_flips_encode(&flips, &b);
	assert_true(mn_flips_decode(mn_buf_str(&b), f->n, &again, &err));
	assert_int_equal(again.n, flips.n);
	assert_memory_equal(again.v, flips.v, flips.n * sizeof *flips.v);
	assert_false(mn_flips_decode(mn_buf_str(&b), 1, &again, &err));
	assert_false(
	    mn_flips_decode(mn_str_sub(mn_buf_str(&b), 0, b.n - 1), f->n, &again, &err));
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_constant_at_a_time),
	    cmocka_unit_test(flips_are_what_scoring_says),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/*
 * Properties of scoring over generated entities: what must hold whatever the evidence.
 * Deterministic: the generator starts from a fixed seed. Rows are drawn from few roots,
 * classes and indicators, so that shared roots, full caps and ties are common.
 */
#include "../unit/score_fixture.h"

#include "rng.h"

#define CASES 12000
#define MOST 12 /* rows of a case */

/* An unknown day, the future, today, or up to seven years ago. */
static int32_t
any_day(struct rng *r)
{
	unsigned what = below(r, 10);
	if (what == 0)
		return MN_DAY_NONE;
	return FIX_AS_OF - (what == 1 ? -30 : what < 4 ? 0 : (int32_t)below(r, 2500));
}

static struct mn_evidence
any_row(struct rng *r, uint64_t key)
{
	static const uint32_t MATCH[] = {MN_FX_ONE, MN_FX_ONE, MN_FX_ONE, MN_FX_ONE,
	    FIX_Q(.9), FIX_Q(.6), FIX_Q(.5), FIX_Q(.4)};
	unsigned indicator = chance(r, 60) ? 6 + below(r, 2) : below(r, 12);
	struct mn_evidence e =
	    fix_adverse(indicator, 1 + below(r, 3), below(r, FIX_CLASSES), below(r, 6));
	if (chance(r, 40)) {
		e.direction = MN_CLEAR;
		e.strength = MN_STRENGTH_NONE;
	}
	e.status = (uint8_t)(chance(r, 40) ? MN_OPEN : below(r, 4));
	e.imposed_by = (uint8_t)(chance(r, 4) ? MN_IMPOSED_STATE : MN_IMPOSED_UNKNOWN);
	e.unannounced = chance(r, 30);
	e.offsite = chance(r, 30);
	e.supplier_paid = chance(r, 20);
	e.event_day = any_day(r);
	e.closed_day = any_day(r);
	e.match_q16 = MATCH[below(r, countof(MATCH))];
	e.workers = chance(r, 30) ? below(r, 6000) : 0;
	e.key = (struct mn_key){next(r), key};
	return e;
}

static void
any_inherent(struct rng *r, struct fix *f)
{
	for (unsigned i = 0; i < MN_CHANNELS; i++) {
		const struct mn_p_channel *c = &f->pack.channel[i];
		int64_t span = c->hi_q16 - c->lo_q16 + 1;
		f->inherent.known[i] = chance(r, 60);
		f->inherent.x_q16[i] = c->lo_q16 + below(r, (unsigned)span);
	}
	f->inherent.role = (enum mn_role)below(r, 4);
	f->inherent.state_setting = chance(r, 4);
	f->inherent.workers = chance(r, 50) ? (int64_t)below(r, 8000) : -1;
	f->inherent.sector_severity_q16 = chance(r, 50) ? FIX_Q(.4) : -1;
}

/* Everything checked lately, and nothing known to be against it. */
static void
well_checked(struct rng *r, struct fix *f)
{
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		struct mn_evidence e = fix_clear(i, FIX_AUDIT_UNANNOUNCED, 40);
		e.offsite = chance(r, 90);
		e.event_day -= (int32_t)below(r, 200);
		fix_add(f, e);
	}
	for (unsigned i = 0; i < MN_CHANNELS; i++) {
		f->inherent.known[i] = chance(r, 95);
		f->inherent.x_q16[i] = f->pack.channel[i].lo_q16 + below(r, 20000);
	}
}

/* No facts, some facts, only clear ones, well checked with or without findings: each kind
 * of entity is met often. */
static void
any_entity(struct rng *r, struct fix *f)
{
	bool checked = chance(r, 25), only_clear = chance(r, 20);
	size_t n = chance(r, checked ? 40 : 15) ? 0 : 1 + below(r, checked ? 3 : MOST);
	f->pack.channel = FIX_CHANNELS;
	any_inherent(r, f);
	f->n = 0;
	for (size_t i = 0; i < n; i++) {
		struct mn_evidence e = any_row(r, i);
		if (!only_clear || e.direction == MN_CLEAR)
			fix_add(f, e);
	}
	if (checked)
		well_checked(r, f);
	for (unsigned i = 0; i < 2; i++)
		f->gate[i] = (uint8_t)below(r, MN_GATE_STATUS_COUNT);
}

static struct mn_card
card_of(struct fix *f, const struct mn_evidence *ev, size_t n)
{
	struct mn_card card;
	struct mn_score_in in = fix_in(f);
	in.ev = ev;
	in.n_ev = n;
	mn_score_entity(&in, &card, NULL, false, f->arena);
	return card;
}

static struct mn_card
card_without(struct fix *f, size_t row)
{
	struct mn_evidence ev[64];
	memcpy(ev, f->ev, sizeof ev);
	memmove(ev + row, ev + row + 1, (f->n - row - 1) * sizeof *ev);
	return card_of(f, ev, f->n - 1);
}

typedef void property(struct rng *r, struct fix *f);

static void
for_all(property *holds, uint64_t seed)
{
	struct rng r = {seed};
	struct fix f;
	fix_begin(&f, 0);
	for (int i = 0; i < CASES; i++) {
		any_entity(&r, &f);
		fix_score(&f);
		holds(&r, &f);
	}
	fix_end(&f);
}

/* ---- the properties ---- */

static void
interval_holds_p(struct rng *r, struct fix *f)
{
	(void)r;
	const struct mn_card *c = &f->card;
	assert_true(c->low_q16 >= 0 && c->low_q16 <= c->p_q16);
	assert_true(c->p_q16 <= c->high_q16 && c->high_q16 <= MN_FX_ONE);
	assert_true(c->p_clear_q16 <= c->p_q16);
	assert_true(c->c_clear_q16 <= c->c_all_q16 && c->c_all_q16 <= MN_FX_ONE);
	assert_true(c->h_q16[0] <= c->h_q16[1] && c->h_q16[1] <= c->h_q16[2]);
}

static void
sums_are_exact(struct rng *r, struct fix *f)
{
	(void)r;
	int64_t s = f->card.base_s_q16, by_indicator[MN_INDICATORS + 1] = {0};
	for (size_t i = 0; i < f->n; i++) {
		assert_true(f->row[i].used || f->row[i].s_q16 == 0);
		assert_true(f->row[i].s_q16 >= 0);
		by_indicator[f->ev[i].indicator] += f->row[i].s_q16;
	}
	for (int i = 0; i < MN_INDICATORS; i++) {
		assert_int_equal(by_indicator[i], f->card.ind[i].s_q16);
		s += f->card.ind[i].s_q16;
	}
	assert_int_equal(s, f->card.s_q16);
}

static void
adverse_rows_never_help(struct rng *r, struct fix *f)
{
	(void)r;
	for (size_t i = 0; i < f->n; i++) {
		if (f->ev[i].direction != MN_ADVERSE)
			continue;
		struct mn_card less = card_without(f, i);
		assert_true(less.p_q16 <= f->card.p_q16);
		assert_true(less.low_q16 <= f->card.low_q16);
		assert_true(less.high_q16 <= f->card.high_q16);
		assert_true(less.band <= f->card.band);
	}
}

static void
clear_rows_never_hurt(struct rng *r, struct fix *f)
{
	(void)r;
	for (size_t i = 0; i < f->n; i++) {
		if (f->ev[i].direction != MN_CLEAR)
			continue;
		struct mn_card less = card_without(f, i);
		assert_true(less.p_q16 >= f->card.p_q16);
		assert_true(less.high_q16 >= f->card.high_q16);
		assert_true(less.band >= f->card.band);
	}
}

static void
unknown_channels_never_narrow(struct rng *r, struct fix *f)
{
	(void)r;
	for (unsigned i = 0; i < MN_CHANNELS; i++) {
		if (!f->inherent.known[i])
			continue;
		f->inherent.known[i] = false;
		struct mn_card less = card_of(f, f->ev, f->n);
		f->inherent.known[i] = true;
		assert_true(less.low_q16 <= f->card.low_q16);
		assert_true(less.high_q16 >= f->card.high_q16);
	}
}

static void
assert_same_card(const struct mn_card *a, const struct mn_card *b)
{
	struct mn_buf x = mn_buf_new(4096), y = mn_buf_new(4096);
	mn_card_encode(a, &x);
	mn_card_encode(b, &y);
	assert_true(mn_str_eq(mn_buf_str(&x), mn_buf_str(&y)));
	mn_buf_free(&x);
	mn_buf_free(&y);
}

static void
order_says_nothing(struct rng *r, struct fix *f)
{
	struct fix g = *f;
	size_t at[64];
	for (size_t i = 0; i < f->n; i++)
		at[i] = i;
	for (size_t i = f->n; i > 1; i--) {
		size_t k = below(r, (unsigned)i), t = at[i - 1];
		at[i - 1] = at[k];
		at[k] = t;
	}
	for (size_t i = 0; i < f->n; i++)
		g.ev[i] = f->ev[at[i]];
	fix_score(&g);
	assert_same_card(&f->card, &g.card);
	for (size_t i = 0; i < f->n; i++) {
		const struct mn_row_score *x = &f->row[at[i]], *y = &g.row[i];
		assert_int_equal(x->e_q16, y->e_q16);
		assert_int_equal(x->s_q16, y->s_q16);
		assert_int_equal(x->used, y->used);
		assert_int_equal(x->p_without_q16, y->p_without_q16);
	}
}

static void
same_root_counts_once(struct rng *r, struct fix *f)
{
	if (f->n == 0)
		return;
	struct mn_evidence again = f->ev[below(r, (unsigned)f->n)];
	again.key.lo += 1000;
	if (again.direction == MN_ADVERSE && chance(r, 50)) {
		/* Told again, and with less weight. */
		again.match_q16 = again.match_q16 > FIX_Q(.5) ? FIX_Q(.5) : 0;
	}
	f->ev[f->n] = again;
	struct mn_card more = card_of(f, f->ev, f->n + 1);
	assert_int_equal(more.p_q16, f->card.p_q16);
	assert_int_equal(more.low_q16, f->card.low_q16);
	assert_int_equal(more.high_q16, f->card.high_q16);
	assert_int_equal(more.s_q16, f->card.s_q16);
	assert_int_equal(more.band, f->card.band);
}

static void
gates_stand_beside(struct rng *r, struct fix *f)
{
	uint8_t kept[MN_MAX_GATES];
	memcpy(kept, f->gate, sizeof kept);
	for (unsigned i = 0; i < 2; i++)
		f->gate[i] = (uint8_t)below(r, MN_GATE_STATUS_COUNT);
	struct mn_card other = card_of(f, f->ev, f->n);
	memcpy(other.gate, f->card.gate, sizeof other.gate);
	/* Nor does any status, a possible match least of all, keep one from a supplier.
	 */
	assert_int_equal(
	    other.action == MN_ACT_PROTECT, f->card.action == MN_ACT_PROTECT);
	other.action = f->card.action;
	assert_same_card(&other, &f->card);
	memcpy(f->gate, kept, sizeof kept);
}

static void
nothing_found_is_at_most_elevated(struct rng *r, struct fix *f)
{
	(void)r;
	if (f->card.n_adverse == 0)
		assert_true(f->card.band <= MN_ELEVATED);
}

static void
open_findings_are_not_laundered(struct rng *r, struct fix *f)
{
	(void)r;
	struct mn_evidence ev[64];
	size_t n = 0;
	if (!f->card.open_strong)
		return;
	for (size_t i = 0; i < f->n; i++)
		if (f->ev[i].direction == MN_ADVERSE)
			ev[n++] = f->ev[i];
	struct mn_card bare = card_of(f, ev, n);
	assert_int_equal(bare.band, f->card.band);
	assert_int_equal(bare.note, f->card.note);
	assert_int_equal(bare.p_q16, f->card.p_q16);
	assert_true(f->card.band != MN_LOW);
}

static void
state_settings_clear_nothing(struct rng *r, struct fix *f)
{
	(void)r;
	bool kept = f->inherent.state_setting;
	f->inherent.state_setting = true;
	struct mn_card c = card_of(f, f->ev, f->n);
	f->inherent.state_setting = kept;
	assert_int_equal(c.c_q16, 0);
	assert_int_equal(c.c_clear_q16, 0);
	assert_true(c.band != MN_LOW);
	assert_true(c.p_q16 >= f->card.p_q16 && c.high_q16 >= f->card.high_q16);
}

static void
counterfactuals_are_true(struct rng *r, struct fix *f)
{
	(void)r;
	for (size_t i = 0; i < f->n; i++)
		assert_int_equal(f->row[i].p_without_q16, card_without(f, i).p_q16);
}

static void
future_rows_do_not_count(struct rng *r, struct fix *f)
{
	struct mn_evidence e = any_row(r, 99);
	e.event_day = FIX_AS_OF + 1;
	f->ev[f->n] = e;
	struct mn_card more = card_of(f, f->ev, f->n + 1);
	more.n_evidence--;
	assert_same_card(&more, &f->card);
}

/* Every other channel silent: then h is the country's part alone. */
static void
country_alone_stays_a_prior(struct rng *r, struct fix *f)
{
	struct mn_inherent kept = f->inherent;
	struct mn_p_channel silent[MN_CHANNELS];
	memcpy(silent, FIX_CHANNELS, sizeof silent);
	for (unsigned i = 1; i < MN_CHANNELS; i++)
		silent[i].lo_q16 = silent[i].mid_q16 = silent[i].hi_q16 = 0;
	f->pack.channel = silent;
	memset(f->inherent.known, 0, sizeof f->inherent.known);
	f->inherent.known[0] = chance(r, 80);
	f->inherent.x_q16[0] = below(r, MN_FX_ONE + 1);
	struct mn_card c = card_of(f, NULL, 0);
	for (int end = 0; end < 3; end++)
		assert_true(c.h_q16[end] <= MN_FX_ONE / 2);
	assert_true(c.band <= MN_ELEVATED);
	f->inherent = kept;
	f->pack.channel = FIX_CHANNELS;
}

#define PROPERTY(name, seed) \
	static void all_##name(void **state) \
	{ \
		(void)state; \
		for_all(name, seed); \
	}
PROPERTY(interval_holds_p, 1)
PROPERTY(sums_are_exact, 2)
PROPERTY(adverse_rows_never_help, 3)
PROPERTY(clear_rows_never_hurt, 4)
PROPERTY(unknown_channels_never_narrow, 5)
PROPERTY(order_says_nothing, 6)
PROPERTY(same_root_counts_once, 7)
PROPERTY(gates_stand_beside, 8)
PROPERTY(nothing_found_is_at_most_elevated, 9)
PROPERTY(open_findings_are_not_laundered, 10)
PROPERTY(state_settings_clear_nothing, 11)
PROPERTY(counterfactuals_are_true, 12)
PROPERTY(future_rows_do_not_count, 13)
PROPERTY(country_alone_stays_a_prior, 14)

/* The generator meets every band often enough for the properties to mean something. */
static void
generator_meets_every_band(void **state)
{
	(void)state;
	struct rng r = {15};
	struct fix f;
	unsigned met[MN_BANDS] = {0};
	fix_begin(&f, 0);
	for (int i = 0; i < CASES; i++) {
		any_entity(&r, &f);
		met[card_of(&f, f.ev, f.n).band]++;
	}
	fix_end(&f);
	for (unsigned b = 0; b < MN_BANDS; b++) {
		print_message("%s: %u\n", mn_band_name(b), met[b]);
		assert_true(met[b] >= CASES / 100);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_interval_holds_p),
	    cmocka_unit_test(all_sums_are_exact),
	    cmocka_unit_test(all_adverse_rows_never_help),
	    cmocka_unit_test(all_clear_rows_never_hurt),
	    cmocka_unit_test(all_unknown_channels_never_narrow),
	    cmocka_unit_test(all_order_says_nothing),
	    cmocka_unit_test(all_same_root_counts_once),
	    cmocka_unit_test(all_gates_stand_beside),
	    cmocka_unit_test(all_nothing_found_is_at_most_elevated),
	    cmocka_unit_test(all_open_findings_are_not_laundered),
	    cmocka_unit_test(all_state_settings_clear_nothing),
	    cmocka_unit_test(all_counterfactuals_are_true),
	    cmocka_unit_test(all_future_rows_do_not_count),
	    cmocka_unit_test(all_country_alone_stays_a_prior),
	    cmocka_unit_test(generator_meets_every_band),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Entities: what a row is worth, roots and caps, bands, notes, actions. */
#include "score_fixture.h"

#define MONTHS_24 731 /* days, about */

static int
begin(void **state)
{
	static struct fix f;
	fix_begin(&f, FIX_Q(.5));
	*state = &f;
	return 0;
}

static int
end(void **state)
{
	fix_end(*state);
	return 0;
}

/* Scores one row alone and gives its worth. */
static int64_t
worth(struct fix *f, struct mn_evidence e)
{
	f->n = 0;
	fix_add(f, e);
	fix_score(f);
	return f->row[0].e_q16;
}

/* ---- what a row is worth ---- */

static void
strength_quality_and_match_multiply(void **state)
{
	struct fix *f = *state;
	struct mn_evidence e = fix_adverse(I09, MN_STRONG, FIX_AUDIT_ANNOUNCED, 1);
	assert_near(worth(f, e), 4 * .7, .001);
	e.strength = MN_MEDIUM;
	assert_near(worth(f, e), 2 * .7, .001);
	e.strength = MN_WEAK;
	e.match_q16 = FIX_Q(.6);
	assert_near(worth(f, e), .8 * .7 * .6, .001);
	assert_true(f->row[0].used);
}

static void
time_runs_from_the_end(void **state)
{
	struct fix *f = *state;
	struct mn_evidence e = fix_adverse(I09, MN_STRONG, FIX_SURVEY, 1);
	e.event_day = FIX_AS_OF - 4 * MONTHS_24;
	assert_near(worth(f, e), 3.0, .001);
	e.status = MN_STATUS_UNKNOWN; /* four half-lives of 24, two of 48 months */
	assert_near(worth(f, e), .75, .002);
	e.event_day = MN_DAY_NONE;
	assert_near(worth(f, e), 3.0, .001);
	e.event_day = FIX_AS_OF - 4 * MONTHS_24;
	e.status = MN_CLOSED_ON_CLAIM;
	e.closed_day = FIX_AS_OF - MONTHS_24;
	assert_near(worth(f, e), 1.5, .002);
	e.status = MN_WORKER_VERIFIED;
	assert_int_equal(worth(f, e), 0);
	assert_int_equal(f->card.n_evidence, 1);
	assert_int_equal(f->card.n_adverse, 0);
}

static void
closing_claim_without_its_day_closes_nothing(void **state)
{
	struct fix *f = *state;
	struct mn_evidence e = fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1);
	e.event_day = FIX_AS_OF - 3 * MONTHS_24;
	e.status = MN_CLOSED_ON_CLAIM;
	assert_near(worth(f, e), 3.6, .001);
	assert_true(f->card.open_strong);
	assert_int_equal(f->card.band, MN_HIGH);
	e.closed_day = FIX_AS_OF + 1; /* not yet, on the as-of day */
	assert_near(worth(f, e), 3.6, .001);
	assert_true(f->card.open_strong);
	e.closed_day = FIX_AS_OF;
	assert_near(worth(f, e), 3.6, .001);
	assert_false(f->card.open_strong);
	/* Said to be closed before it happened: ages from when it happened. */
	e.closed_day = e.event_day - 1000;
	assert_near(worth(f, e), 3.6 / 4, .01);
}

static void
some_rows_are_worth_nothing(void **state)
{
	struct fix *f = *state;
	struct mn_evidence good = fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1);
	struct mn_evidence e = good;
	e.match_q16 = FIX_Q(.5) - 1;
	assert_int_equal(worth(f, e), 0);
	e = good;
	e.event_day = FIX_AS_OF + 1;
	assert_int_equal(worth(f, e), 0);
	e = good;
	e.indicator = MN_INDICATOR_NONE;
	assert_int_equal(worth(f, e), 0);
	e = good;
	e.source_class = FIX_CLASSES;
	assert_int_equal(worth(f, e), 0);
	assert_int_equal(f->card.band, MN_UNKNOWN);
}

static void
clear_rows_weigh_by_how_they_looked(void **state)
{
	struct fix *f = *state;
	struct mn_evidence e = fix_clear(I03, FIX_INSPECTORATE, 1);
	assert_near(worth(f, e), .1 * 4 * .6, .001);
	e.unannounced = true;
	assert_near(worth(f, e), .3 * 4 * .6, .001);
	e = fix_clear(I03, FIX_AUDIT_UNANNOUNCED, 1);
	assert_near(worth(f, e), .15 * 4 * .5, .001);
	e.offsite = true;
	assert_near(worth(f, e), .3 * 4 * .5, .001);
	e = fix_clear(I03, FIX_AUDIT_ANNOUNCED, 1);
	assert_near(worth(f, e), .1 * 4 * .15, .001);
	e.supplier_paid = true;
	assert_near(worth(f, e), .1 * 4 * .05, .001);
	e = fix_clear(I03, FIX_SELF, 1);
	assert_int_equal(worth(f, e), 0);
	assert_int_equal(f->card.ind[I03].state, MN_STATE_UNKNOWN);
}

static void
clear_rows_age_and_need_a_day(void **state)
{
	struct fix *f = *state;
	struct mn_evidence e = fix_clear(I09, FIX_INTERVIEWS, 1);
	e.event_day = FIX_AS_OF - MONTHS_24;
	assert_near(worth(f, e), .3 * 4 * .6 / 2, .001);
	assert_int_equal(f->card.ind[I09].state, MN_STATE_CLEAR);
	e.event_day = MN_DAY_NONE;
	assert_int_equal(worth(f, e), 0);
	e.event_day = FIX_AS_OF + 1;
	assert_int_equal(worth(f, e), 0);
}

static void
best_clear_row_counts(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I09, FIX_AUDIT_ANNOUNCED, 1));
	fix_add(f, fix_clear(I09, FIX_INTERVIEWS, 2));
	fix_score(f);
	assert_near(f->card.ind[I09].k_q16, .72, .001);
	assert_false(f->row[0].used);
	assert_true(f->row[1].used);
	assert_int_equal(f->row[1].s_q16, 0);
	assert_true(f->row[1].p_without_q16 > f->card.p_q16);
	assert_int_equal(f->row[0].p_without_q16, f->card.p_q16);
}

/* ---- the state ---- */

static void
nothing_clears_where_the_state_imposes(void **state)
{
	struct fix *f = *state;
	/* By the row, by the setting, by any finding that stands. */
	struct mn_evidence clear = fix_clear(I09, FIX_INTERVIEWS, 1);
	clear.imposed_by = MN_IMPOSED_STATE;
	assert_int_equal(worth(f, clear), 0);
	assert_int_equal(f->card.c_clear_q16, 0);
	clear.imposed_by = MN_IMPOSED_PRIVATE;
	assert_true(worth(f, clear) > 0);
	f->inherent.state_setting = true;
	assert_int_equal(worth(f, clear), 0);
	assert_int_equal(f->card.note, MN_NOTE_ASK_FIRST);
	f->inherent.state_setting = false;
	struct mn_evidence e = fix_adverse(I10, MN_WEAK, FIX_NGO, 2);
	e.imposed_by = MN_IMPOSED_STATE;
	e.status = MN_STATUS_UNKNOWN;
	fix_add(f, e);
	fix_score(f);
	assert_int_equal(f->row[0].e_q16, 0);
	assert_int_equal(f->card.c_q16, 0);
	assert_int_equal(f->card.c_clear_q16, 0);
	assert_false(f->card.state_imposed); /* not known to be open */
	f->ev[1].status = MN_WORKER_VERIFIED;
	fix_score(f);
	assert_true(f->card.c_q16 > 0);
}

/* ---- roots and caps ---- */

static void
root_counts_once_at_its_best(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_MEDIUM, FIX_INSPECTORATE, 1));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 1));
	fix_add(f, fix_adverse(I07, MN_WEAK, FIX_INSPECTORATE, 1));
	f->ev[2].key.lo++;
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 2.4, .001);
	assert_true(f->row[1].used);
	assert_false(f->row[0].used || f->row[2].used);
	assert_int_equal(f->row[1].s_q16, f->card.ind[I07].s_q16);
	assert_int_equal(f->row[0].s_q16, 0);
}

static void
roots_of_one_class_share_its_cap(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 1));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 2));
	fix_add(f, fix_adverse(I07, MN_WEAK, FIX_NGO, 3));
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 1.25 * 4 * .6, .001);
	int64_t sum = f->row[0].s_q16 + f->row[1].s_q16 + f->row[2].s_q16;
	assert_int_equal(sum, f->card.ind[I07].s_q16);
	assert_true(f->row[0].s_q16 > f->row[2].s_q16);
	fix_add(f, fix_adverse(I07, MN_MEDIUM, FIX_SURVEY, 4));
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 3.0 + 1.5, .001);
}

/* A better source joins a root while the cap of its class is used up: the weight that was
 * there stays. (The best class alone would fall from 6.9 to 4.5.) */
static void
full_class_swallows_no_root(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 2));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 3));
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 4.5 + 2.4, .001);
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 3));
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 4.5 + 2.4, .001);
	assert_true(f->row[3].used && !f->row[2].used);
}

/* Told by two classes, with room in both: once, not twice; and never more than the two
 * caps together. */
static void
root_of_two_classes_counts_once(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 1));
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 3.6, .001);
	for (uint64_t root = 2; root < 6; root++) {
		fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, root));
		fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, root));
	}
	fix_score(f);
	assert_near(f->card.ind[I07].a_q16, 4.5 + 3.0, .001);
}

static void
shares_of_equals_differ_by_one_unit_at_most(void **state)
{
	struct fix *f = *state;
	for (uint64_t root = 1; root <= 7; root++)
		fix_add(f, fix_adverse(I03, MN_WEAK, FIX_NGO, root));
	fix_score(f);
	int64_t sum = 0;
	for (size_t i = 0; i < f->n; i++) {
		sum += f->row[i].s_q16;
		/* The first keys get what is left over. */
		assert_true(i == 0 || f->row[i].s_q16 <= f->row[i - 1].s_q16);
	}
	assert_int_equal(sum, f->card.ind[I03].s_q16);
	assert_true(f->row[0].s_q16 - f->row[6].s_q16 <= 1);
}

/* ---- bands ---- */

static void
likelihood_alone_is_not_severe(void **state)
{
	struct fix *f = *state;
	for (unsigned i = I05; i <= I09; i++)
		fix_add(f, fix_adverse(i, MN_STRONG, FIX_SURVEY, 1));
	fix_score(f);
	assert_true(f->card.p_q16 > FIX_Q(.75));
	assert_int_equal(f->card.band, MN_HIGH);
	f->ev[0].root.lo = 2;
	fix_score(f);
	assert_int_equal(f->card.band, MN_SEVERE);
	assert_int_equal(f->card.floor, 0);
	/* The second root is a weak one: not S-level. */
	f->ev[0].strength = MN_WEAK;
	fix_score(f);
	assert_int_equal(f->card.band, MN_HIGH);
	/* Or not certain. */
	f->ev[0].strength = MN_STRONG;
	f->ev[0].match_q16 = MN_FX_ONE - 1;
	fix_score(f);
	assert_int_equal(f->card.band, MN_HIGH);
}

static void
one_court_suffices_for_severe(void **state)
{
	struct fix *f = *state;
	f->pack.n_floor = 0;
	fix_add(f, fix_adverse(I05, MN_STRONG, FIX_COURT, 1));
	fix_add(f, fix_adverse(I03, MN_STRONG, FIX_COURT, 1));
	fix_score(f);
	assert_int_equal(f->card.band, MN_SEVERE);
}

static void
floors_lift_and_name_their_row(void **state)
{
	struct fix *f = *state;
	f->pack.k.high_p = f->pack.k.severe_p; /* so that P alone is not high */
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1));
	fix_score(f);
	assert_int_equal(f->card.band, MN_HIGH);
	assert_int_equal(f->card.floor, 1);
	fix_add(f, fix_adverse(I11, MN_STRONG, FIX_COURT, 2));
	fix_score(f);
	assert_int_equal(f->card.band, MN_SEVERE);
	assert_int_equal(f->card.floor, 2);
	f->ev[1].root = f->ev[0].root; /* one root, not two */
	fix_score(f);
	assert_int_equal(f->card.floor, 1);
	f->ev[0].status = f->ev[1].status = MN_STATUS_UNKNOWN;
	fix_score(f);
	assert_int_equal(f->card.floor, 0);
	assert_int_equal(f->card.band, MN_ELEVATED);
}

static void
nothing_found_is_never_above_elevated(void **state)
{
	struct fix *f = *state;
	f->pack.k.A = 0; /* a tailored pack that expects the worst */
	fix_score(f);
	assert_true(f->card.p_q16 > FIX_Q(.75));
	assert_int_equal(f->card.band, MN_ELEVATED);
	fix_add(f, fix_adverse(I10, MN_WEAK, FIX_NGO, 1));
	fix_score(f);
	assert_int_equal(f->card.band, MN_HIGH);
}

static void
check_all(struct fix *f, unsigned class)
{
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		fix_add(f, fix_clear(i, class, 90));
}

static void
low_needs_workers_or_surprise(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(0);
	check_all(f, FIX_INSPECTORATE);
	fix_score(f);
	assert_true(f->card.high_q16 < FIX_Q(.12) && f->card.c_all_q16 > FIX_Q(.5));
	assert_int_equal(f->card.band, MN_UNKNOWN);
	assert_int_equal(f->card.note, MN_NOTE_LOW_CONTEXT);
	f->ev[4].unannounced = true;
	fix_score(f);
	assert_int_equal(f->card.band, MN_LOW);
	assert_int_equal(f->card.note, MN_NOTE_NONE);
	f->ev[4] = fix_clear(I05, FIX_INTERVIEWS, 1);
	fix_score(f);
	assert_int_equal(f->card.band, MN_LOW);
	f->ev[4] = fix_clear(I05, FIX_SELF, 1); /* not unannounced, clears nothing */
	fix_score(f);
	assert_int_equal(f->card.band, MN_UNKNOWN);
}

/* An open medium finding too light to move P, and everything else clear: not low, and not
 * "standard terms, sampled" either. */
static void
open_finding_keeps_from_low(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(0);
	check_all(f, FIX_INTERVIEWS);
	fix_score(f);
	assert_int_equal(f->card.band, MN_LOW);
	struct mn_evidence e = fix_adverse(I01, MN_MEDIUM, FIX_NGO, 1);
	e.match_q16 = FIX_Q(.5);
	fix_add(f, e);
	fix_score(f);
	assert_true(f->card.high_q16 < FIX_Q(.12));
	assert_int_equal(f->card.band, MN_UNKNOWN);
	assert_int_equal(f->card.note, MN_NOTE_ASK_FIRST);
	assert_int_equal(f->card.ind[I01].state, MN_STATE_ADVERSE);
}

/* Completeness that only an adverse fact brings does not make an entity low. */
static void
adverse_facts_help_nobody_to_low(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(0);
	f->inherent.known[0] = f->inherent.known[3] = f->inherent.known[4] = false;
	for (unsigned i = I03; i <= I11; i++)
		fix_add(f, fix_clear(i, FIX_INTERVIEWS, 1));
	fix_score(f);
	assert_true(f->card.c_all_q16 < FIX_Q(.5));
	assert_int_equal(f->card.band, MN_UNKNOWN);
	struct mn_evidence e = fix_adverse(I01, MN_WEAK, FIX_COURT, 2);
	fix_add(f, e);
	e = fix_adverse(I02, MN_WEAK, FIX_COURT, 2);
	fix_add(f, e);
	fix_score(f);
	assert_true(f->card.c_all_q16 >= FIX_Q(.5));
	assert_true(f->card.high_q16 < FIX_Q(.12));
	assert_int_equal(f->card.band, MN_UNKNOWN);
}

/* ---- actions ---- */

static void
action_follows_band_and_gates(void **state)
{
	struct fix *f = *state;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ASK);
	f->gate[1] = MN_GATE_ENDED;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ASK);
	f->gate[1] = MN_GATE_POSSIBLE;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ENHANCED);
	f->gate[0] = MN_GATE_HIT;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ESCALATE);
	assert_int_equal(f->card.band, MN_UNKNOWN);
	assert_int_equal(f->card.n_gate, 2);
	assert_int_equal(f->card.gate[0], MN_GATE_HIT);
	f->gate[0] = f->gate[1] = MN_GATE_NO_MATCH;
	fix_add(f, fix_adverse(I09, MN_STRONG, FIX_AUDIT_ANNOUNCED, 1));
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ENHANCED);
	f->ev[0].source_class = FIX_SELF;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ESCALATE);
}

static void
danger_and_the_state_protect_first(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I05, MN_STRONG, FIX_NGO, 1));
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_PROTECT);
	f->ev[0].indicator = I03;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_PROTECT);
	f->ev[0].indicator = I07;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ENHANCED);
	f->ev[0].indicator = I05;
	f->ev[0].status = MN_STATUS_UNKNOWN;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_ENHANCED);
	f->ev[0] = fix_adverse(I10, MN_WEAK, FIX_NGO, 1);
	f->ev[0].imposed_by = MN_IMPOSED_STATE;
	fix_score(f);
	assert_true(f->card.state_imposed);
	assert_int_equal(f->card.action, MN_ACT_PROTECT);
	/* It needs no indicator. */
	f->ev[0].indicator = MN_INDICATOR_NONE;
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_PROTECT);
}

static void
low_band_gets_standard_monitoring(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(0);
	check_all(f, FIX_INTERVIEWS);
	fix_score(f);
	assert_int_equal(f->card.action, MN_ACT_STANDARD);
}

/* ---- the card ---- */

static void
card_tells_channels(void **state)
{
	struct fix *f = *state;
	f->inherent.known[3] = false;
	fix_score(f);
	assert_int_equal(f->card.channel_known, 0x17);
	assert_int_equal(f->card.x_q16[1], FIX_Q(.5));
	assert_int_equal(f->card.x_q16[3], FIX_Q(.5));
	assert_int_equal(f->card.who.lo, 2);
}

/* As many rows as an entity may have, all on one indicator: linear, and exact. */
static void
many_rows_stay_exact(void **state)
{
	enum { N = 20000 };
	struct fix *f = *state;
	struct mn_arena a = mn_arena_new((size_t)1 << 26, NULL), keep = a;
	struct mn_evidence *ev = MN_NEW(&a, struct mn_evidence, N);
	struct mn_row_score *rows = MN_NEW(&a, struct mn_row_score, N);
	for (uint64_t i = 0; i < N; i++) {
		ev[i] = fix_adverse(I07, MN_WEAK, (unsigned)(i % FIX_CLASSES), i / 3);
		ev[i].key.lo = i;
	}
	struct mn_score_in in = fix_in(f);
	in.ev = ev;
	in.n_ev = N;
	mn_score_entity(&in, &f->card, rows, true, a);
	int64_t sum = 0;
	for (size_t i = 0; i < N; i++) {
		sum += rows[i].s_q16;
		assert_int_equal(rows[i].p_without_q16, f->card.p_q16);
	}
	assert_int_equal(sum, f->card.ind[I07].s_q16);
	mn_arena_free(keep);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(strength_quality_and_match_multiply),
	    T(time_runs_from_the_end),
	    T(closing_claim_without_its_day_closes_nothing),
	    T(some_rows_are_worth_nothing),
	    T(clear_rows_weigh_by_how_they_looked),
	    T(clear_rows_age_and_need_a_day),
	    T(best_clear_row_counts),
	    T(nothing_clears_where_the_state_imposes),
	    T(root_counts_once_at_its_best),
	    T(roots_of_one_class_share_its_cap),
	    T(full_class_swallows_no_root),
	    T(root_of_two_classes_counts_once),
	    T(shares_of_equals_differ_by_one_unit_at_most),
	    T(likelihood_alone_is_not_severe),
	    T(one_court_suffices_for_severe),
	    T(floors_lift_and_name_their_row),
	    T(nothing_found_is_never_above_elevated),
	    T(low_needs_workers_or_surprise),
	    T(open_finding_keeps_from_low),
	    T(adverse_facts_help_nobody_to_low),
	    T(action_follows_band_and_gates),
	    T(danger_and_the_state_protect_first),
	    T(low_band_gets_standard_monitoring),
	    T(card_tells_channels),
	    T(many_rows_stay_exact),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

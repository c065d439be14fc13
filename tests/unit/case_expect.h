/* What a case expects of its card. A new kind of expectation is a row of CASE_EXPECTED.
 */
#ifndef MN_TEST_CASE_EXPECT_H
#define MN_TEST_CASE_EXPECT_H

#include "case_run.h"

#include "manumit/report/view.h"

#define EXPECT_TOLERANCE MN_Q16(0.0006) /* the vectors are given to four decimals */

struct case_check {
	struct case_run *x;
	const struct case_set *set;
	/* The case at a place of the set, with its card. */
	const struct case_run *(*of)(unsigned place);
	bool said_remarks;
	struct mn_str word; /* the expectation's own word */
};

static void
expect_near(struct case_run *x, const char *what, int64_t got, struct mn_str want)
{
	char text[32];
	int64_t d = got - run_q16(x, want);
	if (d > EXPECT_TOLERANCE || d < -EXPECT_TOLERANCE)
		run_fail(x, "%s is %.*s, not %.*s", what,
		    MN_FMT(mn_fx_print(got, 5, text)), MN_FMT(want));
}

static void
expect_word(struct case_run *x, const char *what, const char *got, struct mn_str want)
{
	if (!case_is(want, got))
		run_fail(x, "%s is \"%s\", not \"%.*s\"", what, got, MN_FMT(want));
}

/* ---- of the card ---- */

/* p, low and high of a case that states its sums are those of the core, and P is the
 * card's as well. */
static void
expect_number(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	const struct mn_card *c = &x->card;
	const struct mn_core_out *o = x->has_core ? &x->core : NULL;
	struct mn_str want = case_word(&rest);
	const struct {
		const char *name;
		int64_t v;
	} OF[] = {{"p", o ? o->p_q16 : c->p_q16}, {"low", o ? o->low_q16 : c->low_q16},
	    {"high", o ? o->high_q16 : c->high_q16},
	    {"p-clear", o ? o->p_clear_q16 : c->p_clear_q16}, {"c", c->c_q16},
	    {"h", c->h_q16[1]}, {"h-low", c->h_q16[0]}, {"h-high", c->h_q16[2]},
	    {"c-all", c->c_all_q16}, {"c-clear", c->c_clear_q16},
	    {"severity", c->severity_q16}, {"priority", c->priority_q16}};
	for (size_t i = 0; i < countof(OF); i++)
		if (case_is(k->word, OF[i].name))
			expect_near(x, OF[i].name, OF[i].v, want);
	if (o && x->n_ev > 0 && case_is(k->word, "p"))
		expect_near(x, "p of the card", c->p_q16, want);
}

static void
expect_of_card(struct case_check *k, struct mn_str rest)
{
	static const char *const ACTION[] = {
	    "standard", "ask", "enhanced", "escalate", "protect"};
	struct case_run *x = k->x;
	const struct mn_card *c = &x->card;
	struct mn_str want = mn_str_trim(rest);
	const char *floor =
	    c->floor ? mn_arena_cstr(&x->a, x->pack.floor[c->floor - 1].code) : "none";
	const struct {
		const char *name, *v;
	} OF[] = {{"band", mn_band_name(c->band)},
	    {"note", c->note ? mn_band_note_name(c->note) : "none"},
	    {"action", ACTION[c->action]}, {"floor", floor},
	    {"state-imposed", c->state_imposed ? "yes" : "no"},
	    {"open", c->open_strong ? "yes" : "no"},
	    {"list", mn_card_list(c) == 'A'   ? "act"
		     : mn_card_list(c) == 'Q' ? "ask first"
					      : "none"}};
	for (size_t i = 0; i < countof(OF); i++)
		if (case_is(k->word, OF[i].name))
			expect_word(x, OF[i].name, OF[i].v, want);
}

/* I07 adverse 3.6 | I07 clear 0.6 | I07 unknown */
static void
expect_indicator(struct case_check *k, struct mn_str rest)
{
	const struct mn_card_indicator *i = &k->x->card.ind[mn_indicator_parse(k->word)];
	struct mn_str state = case_word(&rest), weight = case_word(&rest);
	expect_word(k->x, "its state", mn_state_name(i->state), state);
	if (weight.n)
		expect_near(k->x, "its weight",
		    i->state == MN_STATE_ADVERSE ? i->a_q16 : i->k_q16, weight);
}

static void
expect_channel(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	int c = mn_channel_parse(case_word(&rest));
	struct mn_str want = case_word(&rest);
	if (c < 0)
		run_fail(x, "no such channel");
	if (x->inherent.known[c] == case_is(want, "unknown"))
		run_fail(
		    x, "the channel is %s", x->inherent.known[c] ? "known" : "unknown");
	if (x->inherent.known[c])
		expect_near(x, "the channel", x->inherent.x_q16[c], want);
}

/* channel-ends country 0.07 0.92 */
static void
expect_channel_ends(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	int c = mn_channel_parse(case_word(&rest));
	if (c < 0)
		run_fail(x, "no such channel");
	for (int end = 0; end < 3; end += 2)
		expect_near(x, end ? "hi of the channel" : "lo of the channel",
		    mn_inherent_value(&x->pack, &x->inherent, (unsigned)c, end),
		    case_word(&rest));
}

/* channel-row good goods/CN:cotton */
static void
expect_channel_row(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	int c = mn_channel_parse(case_word(&rest));
	if (c < 0)
		run_fail(x, "no such channel");
	struct mn_str want = mn_str_trim(rest), got = x->inherent.row[c];
	if (!mn_str_eq(got, want))
		run_fail(x, "the channel is from \"%.*s\", not \"%.*s\"", MN_FMT(got),
		    MN_FMT(want));
}

/* ---- of rows ---- */

static void
expect_rows(struct case_check *k, struct mn_str rest)
{
	uint64_t n;
	if (!mn_str_u64(case_word(&rest), &n) || n != k->x->n_ev)
		run_fail(k->x, "%u rows of evidence were made", k->x->n_ev);
}

static const char *
yes_no(bool b)
{
	return b ? "yes" : "no";
}

static void
expect_of_row(struct case_run *x, unsigned row, struct mn_str key, struct mn_str value)
{
	const struct mn_evidence *e = &x->ev[row];
	const struct mn_row_score *s = &x->row[row];
	const struct {
		const char *name, *v;
	} WORD[] = {{"indicator", mn_indicator_code(e->indicator)},
	    {"direction", mn_direction_name(e->direction)},
	    {"strength", mn_strength_name(e->strength)},
	    {"status", mn_status_name(e->status)},
	    {"imposed_by", mn_imposed_name(e->imposed_by)},
	    {"cooccurrence", mn_cooccurrence_name(e->cooccurrence)},
	    {"class", mn_arena_cstr(&x->a, x->pack.source_class[e->source_class].code)},
	    {"verifier", mn_arena_cstr(&x->a, e->verifier)},
	    {"said_verified", yes_no(e->said_verified)},
	    {"supplier_paid", yes_no(e->supplier_paid)},
	    {"unannounced", yes_no(e->unannounced)}, {"offsite", yes_no(e->offsite)},
	    {"used", yes_no(s->used)}, {"shares", yes_no(s->s_q16 > 0)}};
	const struct {
		const char *name;
		int64_t v;
	} NUMBER[] = {{"weight", s->e_q16}, {"decay", s->decay_q16},
	    {"without", s->p_without_q16}, {"match", e->match_q16}};
	for (size_t i = 0; i < countof(WORD); i++)
		if (case_is(key, WORD[i].name)) {
			expect_word(x, WORD[i].name, WORD[i].v, value);
			return;
		}
	for (size_t i = 0; i < countof(NUMBER); i++)
		if (case_is(key, NUMBER[i].name)) {
			expect_near(x, NUMBER[i].name, NUMBER[i].v, value);
			return;
		}
	run_fail(x, "a row has no %.*s", MN_FMT(key));
}

/* row 1 status="closed on claim" weight=1.8 */
static void
expect_row(struct case_check *k, struct mn_str rest)
{
	struct mn_str key, value;
	uint64_t n;
	if (!mn_str_u64(case_word(&rest), &n) || n < 1 || n > k->x->n_ev)
		run_fail(k->x, "%u rows of evidence were made", k->x->n_ev);
	for (struct mn_str w; (w = case_word(&rest)).n;) {
		if (!case_pair(w, &key, &value))
			run_fail(k->x, "key=value is wanted, not %.*s", MN_FMT(w));
		expect_of_row(k->x, (unsigned)n - 1, key, value);
	}
}

/* Remarks made, in order; a case without this line expects none. */
static void
expect_remarks(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	unsigned i = 0;
	k->said_remarks = true;
	for (struct mn_str w; (w = case_word(&rest)).n; i++) {
		if (i == x->n_remark)
			run_fail(x, "no remark %.*s was made", MN_FMT(w));
		expect_word(x, "the remark", mn_code_name(x->remark[i]), w);
	}
	if (i != x->n_remark)
		run_fail(x, "a remark more: %s", mn_code_name(x->remark[i]));
}

/* Of what is still borne, as the ledger of an entity is read. */
static void
expect_fee_band(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	const struct mn_p_fee_band *b =
	    mn_fee_band(&x->pack, x->worker.months_q16[MN_FEE_NET]);
	struct mn_str code = case_word(&rest), strength = case_word(&rest);
	expect_word(x, "the fee band", b ? mn_arena_cstr(&x->a, b->code) : "none", code);
	if (b && strength.n)
		expect_word(
		    x, "its strength", mn_arena_cstr(&x->a, b->strength), strength);
}

/* fee-months 6.0 | fee-net-months unknown | fee-clear-months never */
static void
expect_fee_months(struct case_check *k, struct mn_str rest)
{
	static const char *const OF[MN_FEE_MEASURES] = {
	    "fee-months", "fee-net-months", "fee-actual-months", "fee-clear-months"};
	struct mn_str want = case_word(&rest);
	for (unsigned i = 0; i < MN_FEE_MEASURES; i++) {
		int64_t got = k->x->worker.months_q16[i];
		if (!case_is(k->word, OF[i]))
			continue;
		if (case_is(want, "unknown") || got < 0)
			expect_word(k->x, OF[i], got < 0 ? "unknown" : "known", want);
		else if (case_is(want, "never") || got >= MN_FEE_NEVER << 16)
			expect_word(k->x, OF[i],
			    got >= MN_FEE_NEVER << 16 ? "never" : "some day", want);
		else
			expect_near(k->x, OF[i], got, want);
	}
}

static void
expect_fee(struct case_check *k, struct mn_str rest)
{
	static const char *const CAP[] = {"none", "within", "unknown", "breach"};
	struct case_run *x = k->x;
	struct mn_str want = case_word(&rest);
	bool epp = false;
	for (unsigned i = 0; i < x->n_fee; i++)
		epp = epp || x->fee[i].epp_breach;
	if (case_is(k->word, "fee-epp"))
		expect_word(
		    x, "the Employer Pays Principle", epp ? "breach" : "kept", want);
	else
		expect_word(x, "the cap", CAP[x->worker.cap], want);
}

/* fee-conditions may_not_leave ... | none: just these hold. */
static void
expect_fee_conditions(struct case_check *k, struct mn_str rest)
{
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++) {
		const struct mn_p_fee_condition *c = mn_fee_condition(&k->x->pack, i);
		bool wanted = false;
		struct mn_str words = rest;
		for (struct mn_str w; c && (w = case_word(&words)).n;)
			wanted = wanted || mn_str_eq(w, c->code);
		if (c && wanted != k->x->worker.condition[i])
			run_fail(k->x, "the condition %.*s %s", MN_FMT(c->code),
			    wanted ? "does not hold" : "holds");
	}
}

/* ---- of gates ---- */

static int
expect_gate_of(struct case_run *x, struct mn_str code)
{
	int gate = mn_pack_gate(&x->pack, code);
	if (gate < 0)
		run_fail(x, "no such gate: %.*s", MN_FMT(code));
	return gate;
}

/* gate G-WRO possible | gate G-FLR not applicable */
static void
expect_gate(struct case_check *k, struct mn_str rest)
{
	int gate = expect_gate_of(k->x, case_word(&rest));
	expect_word(k->x, "the gate", mn_gate_status_name(k->x->card.gate[gate]),
	    mn_str_trim(rest));
}

/* gate-says G-WRO another good: words of its status or of one of its facts. */
static void
expect_gate_says(struct case_check *k, struct mn_str rest)
{
	int gate = expect_gate_of(k->x, case_word(&rest));
	struct mn_str words = mn_str_trim(rest);
	if (!case_gate_says(&k->x->gates, gate, words))
		run_fail(k->x, "the gate says nowhere \"%.*s\"", MN_FMT(words));
}

/* lens survey adult pattern=12 WL=12 both=12: these counts, and all others are none. */
static void
expect_lens(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	struct mn_str lens = case_word(&rest), age = case_word(&rest), key, value;
	if (case_is(age, "unstated"))
		age = mn_str_c(mn_age_name(MN_AGE_UNSTATED));
	const struct mn_lens_stat *s = case_survey_find(&x->survey, lens, age);
	uint32_t got = 0, positive = 0;
	uint64_t want;
	if (!s)
		run_fail(x,
		    "no worker of age \"%.*s\" was interviewed, or no lens is "
		    "called %.*s",
		    MN_FMT(age), MN_FMT(lens));
	for (struct mn_str w; (w = case_word(&rest)).n;) {
		if (!case_pair(w, &key, &value) || !mn_str_u64(value, &want) ||
		    !case_survey_count(&x->pack, s, key, &got))
			run_fail(x, "no count of the lens: %.*s", MN_FMT(w));
		if (got != want)
			run_fail(
			    x, "%.*s is %u, not %.*s", MN_FMT(key), got, MN_FMT(value));
		positive += got > 0 && !case_is(key, "interviewed") &&
			    !case_is(key, "assessable") && !case_is(key, "private") &&
			    !case_is(key, "pattern");
	}
	if (positive != case_survey_counted(s))
		run_fail(x, "a dimension or case counts workers and is not named");
}

/* ---- beside another case ---- */

/* same-as ID | above ID | below ID: P, and for same-as the interval and the band too. */
static void
expect_beside(struct case_check *k, struct mn_str rest)
{
	struct case_run *x = k->x;
	struct mn_str id = case_word(&rest);
	const struct case_text *other = case_find(k->set, id);
	if (!other)
		run_fail(x, "there is no case %.*s", MN_FMT(id));
	const struct mn_card *a = &x->card,
			     *b = &k->of((unsigned)(other - k->set->v))->card;
	bool good = case_is(k->word, "above") ? a->p_q16 > b->p_q16
		    : case_is(k->word, "below")
			? a->p_q16 < b->p_q16
			: a->p_q16 == b->p_q16 && a->low_q16 == b->low_q16 &&
			      a->high_q16 == b->high_q16 && a->band == b->band;
	if (!good)
		run_fail(x, "not %.*s %.*s: P %lld and %lld of 65536", MN_FMT(k->word),
		    MN_FMT(id), (long long)a->p_q16, (long long)b->p_q16);
}

/* ---- what is asked ---- */

static bool
expect_is_asked(struct case_run *x, struct mn_str code)
{
	enum { MOST = 200 };
	static uint8_t cell[4096];
	const struct mn_p_question *q[MOST];
	int64_t all, clear;
	const struct mn_score_in in = {.pack = &x->pack,
	    .inherent = &x->inherent,
	    .ev = x->ev,
	    .n_ev = x->n_ev,
	    .as_of = x->as_of,
	    .gate = x->gate,
	    .who = {1, 2}};
	const struct mn_report r = {
	    .pack = &x->pack, .audience = MN_AUD_INTERNAL, .as_of = x->as_of};
	mn_score_cells(&in, cell, &all, &clear);
	const struct mn_view v = {
	    .ent = x->entity, .card = x->card, .inherent = x->inherent, .cell = cell};
	size_t n = mn_view_questions(&r, &v, q, MOST);
	for (size_t i = 0; i < n; i++)
		if (mn_str_eq(q[i]->code, code))
			return true;
	return false;
}

/* asks Q-G-LISTA-1 Q-workforce-1; asks-not: none of them */
static void
expect_asks(struct case_check *k, struct mn_str rest)
{
	bool want = case_is(k->word, "asks");
	for (struct mn_str code; (code = case_word(&rest)).n;)
		if (expect_is_asked(k->x, code) != want)
			run_fail(
			    k->x, "%.*s is %sasked", MN_FMT(code), want ? "not " : "");
}

/* listing G-LISTA ended: what the register's entry says of its own dates. */
static void
expect_listing(struct case_check *k, struct mn_str rest)
{
	int gate = mn_pack_gate(&k->x->pack, case_word(&rest));
	if (gate < 0)
		run_fail(k->x, "no such gate");
	expect_word(
	    k->x, "the entry", mn_gate_status_name(k->x->gate[gate]), mn_str_trim(rest));
}

static const struct {
	const char *word;
	void (*fn)(struct case_check *k, struct mn_str rest);
} CASE_EXPECTED[] = {
    {"asks", expect_asks},
    {"asks-not", expect_asks},
    {"listing", expect_listing},
    {"p", expect_number},
    {"low", expect_number},
    {"high", expect_number},
    {"p-clear", expect_number},
    {"c", expect_number},
    {"h", expect_number},
    {"h-low", expect_number},
    {"h-high", expect_number},
    {"c-all", expect_number},
    {"c-clear", expect_number},
    {"severity", expect_number},
    {"priority", expect_number},
    {"fee-months", expect_fee_months},
    {"fee-net-months", expect_fee_months},
    {"fee-actual-months", expect_fee_months},
    {"fee-clear-months", expect_fee_months},
    {"fee-epp", expect_fee},
    {"fee-cap", expect_fee},
    {"fee-conditions", expect_fee_conditions},
    {"band", expect_of_card},
    {"note", expect_of_card},
    {"action", expect_of_card},
    {"floor", expect_of_card},
    {"state-imposed", expect_of_card},
    {"open", expect_of_card},
    {"list", expect_of_card},
    {"channel", expect_channel},
    {"channel-ends", expect_channel_ends},
    {"channel-row", expect_channel_row},
    {"rows", expect_rows},
    {"row", expect_row},
    {"remarks", expect_remarks},
    {"fee-band", expect_fee_band},
    {"gate", expect_gate},
    {"gate-says", expect_gate_says},
    {"lens", expect_lens},
    {"same-as", expect_beside},
    {"above", expect_beside},
    {"below", expect_beside},
};

CASE void
case_check(struct case_run *x, const struct case_set *set,
    const struct case_run *(*of)(unsigned place))
{
	struct case_check k = {x, set, of, false, MN_STR_NONE};
	for (unsigned i = 0; i < x->text->n[CASE_EXPECT]; i++) {
		struct mn_str rest = x->text->part[CASE_EXPECT][i].text;
		size_t at = 0;
		x->at = x->text->part[CASE_EXPECT][i];
		k.word = case_word(&rest);
		if (mn_indicator_parse(k.word) >= 0) {
			expect_indicator(&k, rest);
			continue;
		}
		while (at < countof(CASE_EXPECTED) &&
		       !case_is(k.word, CASE_EXPECTED[at].word))
			at++;
		if (at == countof(CASE_EXPECTED))
			run_fail(
			    x, "nothing is expected by the word %.*s", MN_FMT(k.word));
		CASE_EXPECTED[at].fn(&k, rest);
	}
	x->at.no = x->text->line;
	if (!k.said_remarks && x->n_remark > 0)
		run_fail(x, "a remark nobody expects: %s", mn_code_name(x->remark[0]));
}

#endif

/*
 * From the facts of a case to its card, through the public functions of the library:
 * records become evidence by the shipped packs, evidence is scored. Nothing is written.
 * A new kind of fact is a row of CASE_BLOCKS.
 */
#ifndef MN_TEST_CASE_RUN_H
#define MN_TEST_CASE_RUN_H

#include "case_fee.h"
#include "case_file.h"
#include "case_gate.h"
#include "case_survey.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/score/score.h"

#define CASE_ROWS 192
#define CASE_REMARKS 64
#define CASE_FEES 16

struct case_run {
	const struct case_text *text;
	struct case_line at; /* the line at hand */
	struct mn_pack pack; /* a copy: `context` replaces its channels */
	struct mn_arena a, scratch;
	int32_t as_of;
	struct mn_entity entity;
	bool has_context, has_core;
	int64_t context_h;
	struct mn_inherent inherent;
	struct mn_evidence ev[CASE_ROWS];
	unsigned n_ev;
	enum mn_code remark[CASE_REMARKS];
	unsigned n_remark;
	uint8_t gate[MN_MAX_GATES];
	struct case_gates gates;
	struct mn_core_in core_in;
	struct mn_core_out core;
	struct mn_fee_line fee[CASE_FEES];
	unsigned n_fee;
	struct mn_fee_worker worker;
	struct case_survey survey;
	unsigned n_survey; /* workers without a reference so far */
	struct mn_card card;
	struct mn_row_score row[CASE_ROWS];
};

#define run_fail(x, ...) case_fail((x)->text->file, (x)->at.no, __VA_ARGS__)

CASE int64_t
run_q16(struct case_run *x, struct mn_str s)
{
	int64_t v = 0;
	if (!mn_fx_parse(s, &v))
		run_fail(x, "not a number: %.*s", MN_FMT(s));
	return v;
}

CASE int32_t
run_day(struct case_run *x, struct mn_str s)
{
	int32_t day = 0;
	if (!mn_day_parse_iso(s, &day))
		run_fail(x, "not a day: %.*s", MN_FMT(s));
	return day;
}

/* ---- records ---- */

/* key=value words into canonical fields; `own` takes the keys that are no fields. */
static void
run_record(struct case_run *x, struct mn_str rest, struct mn_record *rec,
    bool (*own)(struct case_run *x, void *ctx, struct mn_str key, struct mn_str value),
    void *ctx)
{
	struct mn_str key, value;
	for (struct mn_str w; (w = case_word(&rest)).n;) {
		if (!case_pair(w, &key, &value))
			run_fail(x, "key=value is wanted, not %.*s", MN_FMT(w));
		if (own && own(x, ctx, key, value))
			continue;
		enum mn_field f = mn_field_by_name(key);
		if (f == MN_F_NONE || !mn_field_in(f, rec->kind))
			run_fail(x, "%s have no field %.*s", mn_kind_name(rec->kind),
			    MN_FMT(key));
		rec->v[f] = value;
		if (mn_field_def(f)->type == MN_T_CHOICE && mn_record_choice(rec, f) < 0)
			run_fail(x, "%.*s is none of %s", MN_FMT(value),
			    mn_field_def(f)->choices);
	}
}

static bool
run_add(void *ctx, const struct mn_evidence *e, struct mn_err *err)
{
	struct case_run *x = ctx;
	(void)err;
	if (x->n_ev == CASE_ROWS)
		run_fail(x, "more than %d rows of evidence", CASE_ROWS);
	struct mn_evidence *kept = &x->ev[x->n_ev++];
	*kept = *e;
	kept->label = mn_arena_str(&x->a, e->label);
	kept->source = mn_arena_str(&x->a, e->source);
	kept->pack_row = mn_arena_str(&x->a, e->pack_row);
	return true;
}

static void
run_note(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	struct case_run *x = ctx;
	(void)f;
	(void)value;
	(void)detail;
	if (x->n_remark == CASE_REMARKS)
		run_fail(x, "more than %d remarks", CASE_REMARKS);
	x->remark[x->n_remark++] = code;
}

/* How a row of evidence is given: beside its fields, how sure it means this entity, and
 * several indicators at once: "I01,I02", "all", "all-but-I07". */
struct run_given {
	int64_t match_q16;
	struct mn_str indicators;
};

static bool
run_given(struct case_run *x, void *ctx, struct mn_str key, struct mn_str value)
{
	struct run_given *g = ctx;
	if (case_is(key, "match"))
		g->match_q16 = run_q16(x, value);
	else if (case_is(key, "indicator"))
		g->indicators = value;
	else
		return false;
	return true;
}

static void
run_make(struct case_run *x, struct mn_record *rec, int64_t match_q16)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_ev_sink sink = {run_add, x, run_note};
	const struct mn_ev_in in = {.pack = &x->pack,
	    .rec = rec,
	    .who = {1, 2},
	    .match_q16 = (uint32_t)match_q16,
	    .as_of = x->as_of};
	rec->rid = mn_rid_make(0, x->at.no);
	if (!(rec->kind == MN_K_FINDINGS
		    ? mn_evidence_of_finding
		    : mn_evidence_of_inspection)(&in, &sink, x->scratch, &err))
		run_fail(x, "%s", err.msg);
}

static void
run_finding(struct case_run *x, struct mn_str rest)
{
	struct mn_record rec = {.kind = MN_K_FINDINGS};
	struct run_given g = {MN_FX_ONE, MN_STR_NONE};
	run_record(x, rest, &rec, run_given, &g);
	bool all = mn_str_starts(g.indicators, MN_S("all"));
	struct mn_str but = mn_str_sub(g.indicators, 8, g.indicators.n);
	for (unsigned i = 0; all && i < MN_INDICATORS; i++) {
		rec.v[MN_F_INDICATOR] = mn_str_c(mn_indicator_code(i));
		if (!mn_str_eq(rec.v[MN_F_INDICATOR], but))
			run_make(x, &rec, g.match_q16);
	}
	for (struct mn_str list = g.indicators; !all && list.p && list.n;) {
		rec.v[MN_F_INDICATOR] = mn_str_cut(&list, ',');
		run_make(x, &rec, g.match_q16);
	}
}

static void
run_inspection(struct case_run *x, struct mn_str rest)
{
	struct mn_record rec = {.kind = MN_K_INSPECTIONS};
	struct run_given g = {MN_FX_ONE, MN_STR_NONE};
	run_record(x, rest, &rec, run_given, &g);
	run_make(x, &rec, g.match_q16);
}

/* register-entry gate=G-LISTA list="..." intervals=...: an entry that means the entity by
 * its identifier. */
static void
run_register_entry(struct case_run *x, struct mn_str rest)
{
	struct mn_record rec = {.kind = MN_K_WATCHLIST};
	struct mn_err err = MN_ERR_NONE;
	const struct mn_ev_sink sink = {run_add, x, run_note};
	run_record(x, rest, &rec, NULL, NULL);
	int gate = mn_pack_gate(&x->pack, rec.v[MN_F_GATE]);
	if (gate < 0)
		run_fail(x, "no such gate");
	struct mn_gate_fact f = {.who = {1, 2},
	    .gate = (uint8_t)gate,
	    .basis = MN_BASIS_IDENTIFIER,
	    .list = rec.v[MN_F_LIST]};
	f.status = (uint8_t)mn_gate_dates(&rec, x->as_of, &f.listed_day, &f.ended_day);
	x->gate[gate] = f.status;
	if (!mn_evidence_of_entry(&x->pack, &f, &sink, &err))
		run_fail(x, "%s", err.msg);
}

static void
run_supplier(struct case_run *x, struct mn_str rest)
{
	x->entity.rec.kind = MN_K_SUPPLIERS;
	run_record(x, rest, &x->entity.rec, NULL, NULL);
}

/* ---- what is stated outright ---- */

static void
run_as_of(struct case_run *x, struct mn_str rest)
{
	x->as_of = run_day(x, case_word(&rest));
}

/* context h=0.5: all channels known, and the inherent risk is this. */
static void
run_context(struct case_run *x, struct mn_str rest)
{
	struct mn_str key, value;
	if (!case_pair(case_word(&rest), &key, &value) || !case_is(key, "h"))
		run_fail(x, "h=... is wanted");
	x->has_context = true;
	x->context_h = run_q16(x, value);
}

static void
run_gate(struct case_run *x, struct mn_str rest)
{
	struct mn_str key, value;
	for (struct mn_str w; (w = case_word(&rest)).n;) {
		int gate = -1;
		unsigned status = 0;
		if (case_pair(w, &key, &value))
			gate = mn_pack_gate(&x->pack, key);
		while (status < MN_GATE_STATUS_COUNT &&
		       !case_is(value, mn_gate_status_name(status)))
			status++;
		if (gate < 0 || status == MN_GATE_STATUS_COUNT)
			run_fail(x, "no such gate or status: %.*s", MN_FMT(w));
		x->gate[gate] = (uint8_t)status;
	}
}

/* compared with=G-WRO,G-LISTA stale=G-UFLPA */
static void
run_compared(struct case_run *x, struct mn_str rest)
{
	struct mn_str key, value;
	x->gates.on = true;
	for (struct mn_str w; (w = case_word(&rest)).n;)
		if (!case_pair(w, &key, &value) ||
		    !case_gates_compared(
			&x->gates, &x->pack, value, case_is(key, "stale")))
			run_fail(x, "no such gate: %.*s", MN_FMT(w));
}

static bool
run_listed_own(struct case_run *x, void *ctx, struct mn_str key, struct mn_str value)
{
	(void)ctx;
	unsigned i = x->gates.n_listed;
	if (case_is(key, "gate"))
		x->gates.listed[i].gate = value;
	else if (case_is(key, "basis"))
		x->gates.listed[i].basis = value;
	else if (case_is(key, "decided"))
		x->gates.listed[i].decided = value;
	else
		return false;
	return true;
}

/* An entry of a list that the entity met, by its identifier or only by its name. */
static void
run_listed(struct case_run *x, struct mn_str rest)
{
	struct case_gates *g = &x->gates;
	g->on = true;
	if (g->n_listed == CASE_GATE_FACTS)
		run_fail(x, "more than %d entries", CASE_GATE_FACTS);
	g->listed[g->n_listed].rec = (struct mn_record){.kind = MN_K_WATCHLIST};
	run_record(x, rest, &g->listed[g->n_listed].rec, run_listed_own, NULL);
	if (mn_pack_gate(&x->pack, g->listed[g->n_listed].gate) < 0)
		run_fail(x, "gate= names no gate");
	g->n_listed++;
}

static void
run_per_indicator(struct case_run *x, struct mn_str which, int64_t v, int64_t *out)
{
	bool all = mn_str_starts(which, MN_S("all"));
	int but = mn_indicator_parse(mn_str_sub(which, 8, which.n));
	int one = mn_indicator_parse(which);
	if (!all && one < 0)
		run_fail(x, "no such indicator: %.*s", MN_FMT(which));
	for (int i = 0; i < MN_INDICATORS; i++)
		if (i == one || (all && i != but))
			out[i] = v;
}

/* core h=.5 c_all=.3 c_clear=0 a.I07=3.6 k.all=.6 open=yes: sums already made. */
static void
run_core(struct case_run *x, struct mn_str rest)
{
	struct mn_core_in *c = &x->core_in;
	struct mn_str key, value;
	x->has_core = true;
	for (struct mn_str w; (w = case_word(&rest)).n;) {
		if (!case_pair(w, &key, &value))
			run_fail(x, "key=value is wanted, not %.*s", MN_FMT(w));
		struct mn_str which = mn_str_sub(key, 2, key.n);
		if (case_is(key, "open"))
			c->open_strong = case_is(value, "yes");
		else if (case_is(key, "h"))
			c->h_q16[0] = c->h_q16[1] = c->h_q16[2] = run_q16(x, value);
		else if (case_is(key, "c_all"))
			c->c_all_q16 = run_q16(x, value);
		else if (case_is(key, "c_clear"))
			c->c_clear_q16 = run_q16(x, value);
		else if (mn_str_starts(key, MN_S("a.")))
			run_per_indicator(x, which, run_q16(x, value), c->a_q16);
		else if (mn_str_starts(key, MN_S("k.")))
			run_per_indicator(x, which, run_q16(x, value), c->k_q16);
		else
			run_fail(x, "core has no %.*s", MN_FMT(key));
	}
}

/* One row of a ledger; all of a case are of one worker. */
static void
run_fee(struct case_run *x, struct mn_str rest)
{
	struct mn_record rec = {.kind = MN_K_FEES};
	if (x->n_fee == CASE_FEES)
		run_fail(x, "more than %d rows of a ledger", CASE_FEES);
	run_record(x, rest, &rec, NULL, NULL);
	case_fee_line(&x->pack, &rec, &x->fee[x->n_fee++], x->scratch);
}

static bool
run_survey_own(struct case_run *x, void *ctx, struct mn_str key, struct mn_str value)
{
	uint64_t *n = ctx;
	if (!case_is(key, "n"))
		return false;
	if (!mn_str_u64(value, n) || *n == 0)
		run_fail(x, "n= wants how many workers said so");
	return true;
}

/* n workers who said the same, or one row of the worker that is named. */
static void
run_survey(struct case_run *x, struct mn_str rest)
{
	struct mn_record rec = {.kind = MN_K_SURVEY};
	const struct mn_ev_sink sink = {run_add, x, run_note};
	uint64_t n = 1;
	run_record(x, rest, &rec, run_survey_own, &n);
	struct mn_str named = rec.v[MN_F_WORKER];
	rec.rid = mn_rid_make(0, x->at.no);
	for (uint64_t i = 0; i < n; i++) {
		if (!named.n)
			rec.v[MN_F_WORKER] =
			    mn_arena_fmt(&x->a, "worker %u", x->n_survey++);
		case_survey_row(&x->survey, &x->pack, x->as_of, &rec, &sink, x->scratch);
	}
}

static const struct {
	const char *word;
	void (*fn)(struct case_run *x, struct mn_str rest);
} CASE_BLOCKS[] = {
    {"as-of", run_as_of},
    {"supplier", run_supplier},
    {"context", run_context},
    {"finding", run_finding},
    {"inspection", run_inspection},
    {"register-entry", run_register_entry},
    {"gate", run_gate},
    {"compared", run_compared},
    {"listed", run_listed},
    {"core", run_core},
    {"fee", run_fee},
    {"survey", run_survey},
};

/* ---- scoring ---- */

static const struct mn_p_channel RUN_CHANNELS[MN_CHANNELS] = {
    {.hi_q16 = MN_FX_ONE},
    {.weight_q16 = MN_FX_ONE, .hi_q16 = MN_FX_ONE},
    {.hi_q16 = MN_FX_ONE},
    {.hi_q16 = MN_FX_ONE},
    {.hi_q16 = MN_FX_ONE},
};

CASE void
run_score(struct case_run *x)
{
	const struct mn_ev_sink sink = {run_add, x, run_note};
	case_survey_end(&x->survey, &x->pack, x->as_of, &sink, &x->a, x->scratch);
	mn_inherent_of(&x->pack, &x->entity, NULL, &x->a, &x->inherent);
	mn_inherent_age(&x->pack, x->as_of, &x->inherent);
	if (x->has_context) {
		x->pack.channel = RUN_CHANNELS;
		memset(x->inherent.x_q16, 0, sizeof x->inherent.x_q16);
		memset(x->inherent.below_q16, 0, sizeof x->inherent.below_q16);
		memset(x->inherent.above_q16, 0, sizeof x->inherent.above_q16);
		memset(x->inherent.open_q16, 0, sizeof x->inherent.open_q16);
		x->inherent.x_q16[1] = x->context_h;
		for (unsigned i = 0; i < MN_CHANNELS; i++)
			x->inherent.known[i] = true;
	}
	if (x->gates.on)
		case_gates_make(
		    &x->gates, &x->pack, &x->entity, x->as_of, &x->a, x->gate);
	struct mn_score_in in = {.pack = &x->pack,
	    .inherent = &x->inherent,
	    .ev = x->ev,
	    .n_ev = x->n_ev,
	    .as_of = x->as_of,
	    .gate = x->gate,
	    .who = {1, 2}};
	mn_score_entity(&in, &x->card, x->row, true, x->scratch);
	mn_fee_worker_of(&x->pack, NULL, x->fee, x->n_fee, &x->worker);
	if (x->has_core)
		mn_score_core(&x->pack, &x->core_in, &x->core);
}

CASE void
run_case(struct case_run *x, const struct case_text *text, const struct mn_pack *pack,
    struct mn_arena *a, struct mn_arena scratch)
{
	*x = (struct case_run){.text = text,
	    .pack = *pack,
	    .as_of = mn_day_from(2026, 11, 1),
	    .entity = {.rec = {.kind = MN_K_SUPPLIERS}}};
	x->a = *a;
	x->scratch = scratch;
	memset(x->gate, MN_GATE_NO_MATCH, sizeof x->gate);
	for (unsigned i = 0; i < text->n[CASE_FACTS]; i++) {
		struct mn_str rest = text->part[CASE_FACTS][i].text;
		struct mn_str word = case_word(&rest);
		size_t k = 0;
		x->at = text->part[CASE_FACTS][i];
		while (k < countof(CASE_BLOCKS) && !case_is(word, CASE_BLOCKS[k].word))
			k++;
		if (k == countof(CASE_BLOCKS))
			run_fail(x, "no fact is called %.*s", MN_FMT(word));
		CASE_BLOCKS[k].fn(x, rest);
	}
	x->at.no = text->line;
	run_score(x);
	*a = x->a;
}

#endif

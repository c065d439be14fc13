/* What a copy for somebody else leaves out of an entity. Statements were left out before
 * they were scored; this is about the rest. */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"

#include "coarse.h"
#include "copy.h"

bool
mn_view_shows(const struct mn_report *r, enum mn_shown what)
{
	return mn_audience_shows(r->audience, what);
}

bool
mn_view_days_withheld(const struct mn_report *r, const struct mn_view *v)
{
	return !mn_view_shows(r, MN_SHOW_SMALL_SITE_DATES) &&
	       mn_pack_small_site(r->pack, &v->ent.rec);
}

static void
drop_spend(struct mn_view *v)
{
	static const enum mn_field SPEND[] = {
	    MN_F_SPEND, MN_F_CURRENCY, MN_F_CATEGORY, MN_F_TIER};
	for (size_t i = 0; i < countof(SPEND); i++)
		v->ent.rec.v[SPEND[i]] = MN_STR_NONE;
}

/* How many were asked is not said where few are left over: before anything is rounded. */
static uint32_t
round_asked(const struct mn_report *r, const struct mn_evidence *e)
{
	int64_t least = mn_view_min_cell(r), rest = (int64_t)e->asked - e->workers;
	bool few =
	    e->direction == MN_ADVERSE && ((int64_t)e->workers < least || rest < least);
	return few || (int64_t)e->asked < least ? 0 : mn_coarse_count(r, e->asked);
}

/* Of ledgers and interviews, which change from night to night by a worker; in copies of
 * everything. */
static void
round_workers(const struct mn_report *r, struct mn_view *v, struct mn_arena *a)
{
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, v->n_ev + 1);
	for (uint32_t i = 0; i < v->n_ev; i++) {
		ev[i] = v->ev[i];
		bool own = ev[i].kind != MN_K_FEES && ev[i].kind != MN_K_SURVEY;
		if (own && r->audience == MN_AUD_INTERNAL)
			continue;
		ev[i].asked = round_asked(r, &v->ev[i]);
		if (ev[i].workers >= mn_view_min_cell(r))
			ev[i].workers = mn_coarse_count(r, ev[i].workers);
		if (ev[i].kind == MN_K_FEES)
			ev[i].rows = 1; /* a line more may be a worker more */
	}
	v->ev = ev;
}

static void
drop_days(struct mn_view *v, struct mn_arena *a)
{
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, v->n_ev + 1);
	for (uint32_t i = 0; i < v->n_ev; i++) {
		ev[i] = v->ev[i];
		ev[i].event_day = ev[i].closed_day = MN_DAY_NONE;
	}
	v->ev = ev;
}

/* A finding is shown without its source: whether workers were heard in private tells the
 * employer that they spoke. */
static void
drop_hearing(struct mn_view *v, struct mn_arena *a)
{
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, v->n_ev + 1);
	for (uint32_t i = 0; i < v->n_ev; i++) {
		ev[i] = v->ev[i];
		ev[i].offsite = false;
	}
	v->ev = ev;
}

/* A name that resembles one on a list convicts nobody: it is not passed on. */
static void
drop_possible(struct mn_view *v, struct mn_arena *a)
{
	struct mn_gate_fact *g = MN_NEW(a, struct mn_gate_fact, v->n_gate + 1);
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_gate; i++)
		if (v->gate[i].status == MN_GATE_HIT ||
		    v->gate[i].status == MN_GATE_UPSTREAM ||
		    v->gate[i].status == MN_GATE_ENDED)
			g[n++] = v->gate[i];
	v->gate = g;
	v->n_gate = n;
}

/* Who decided, and in what words, is the user's own affair. */
static void
drop_decisions(struct mn_view *v, struct mn_arena *a)
{
	struct mn_gate_fact *g = MN_NEW(a, struct mn_gate_fact, v->n_gate + 1);
	for (uint32_t i = 0; i < v->n_gate; i++) {
		g[i] = v->gate[i];
		g[i].decided = MN_DECIDED_NONE;
	}
	v->gate = g;
}

/* The card of the statements left; what the run knew of gates and spend stays. */
static void
score_again(const struct mn_report *r, struct mn_arena *a, struct mn_view *v)
{
	uint8_t gate[MN_MAX_GATES];
	int64_t ask = v->card.ask_q16;
	memcpy(gate, v->card.gate, sizeof gate);
	struct mn_score_in in = {.pack = r->pack,
	    .inherent = &v->inherent,
	    .ev = v->ev,
	    .n_ev = v->n_ev,
	    .as_of = r->as_of,
	    .gate = gate,
	    .who = v->ent.id};
	mn_score_entity(&in, &v->card, NULL, false, *a);
	v->card.ask_q16 = ask;
}

void
mn_view_hush(const struct mn_report *r, struct mn_arena *a, struct mn_view *v)
{
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, v->n_ev + 1);
	bool small = mn_pack_small_site(r->pack, &v->ent.rec), ledger = false;
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_ev; i++) {
		struct mn_evidence e = v->ev[i];
		if (!mn_evidence_tell(r->pack, MN_AUD_SUPPLIER, small, &e))
			continue;
		ev[n++] = v->ev[i];
		ledger = ledger || e.kind == MN_K_FEES;
	}
	v->ev = ev;
	v->n_ev = n;
	v->n_fee = ledger ? v->n_fee : 0;
	v->n_lens = 0;
	score_again(r, a, v);
}

void
mn_view_retell(const struct mn_report *r, struct mn_arena *a, struct mn_view *v)
{
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, v->n_ev + 1);
	bool small = mn_pack_small_site(r->pack, &v->ent.rec);
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n_ev; i++) {
		ev[n] = v->ev[i];
		n += mn_evidence_tell(r->pack, r->audience, small, &ev[n]);
	}
	v->ev = ev;
	v->n_ev = n;
	score_again(r, a, v);
	if (!mn_view_shows(r, MN_SHOW_LENSES))
		v->n_lens = 0;
}

void
mn_view_redact(const struct mn_report *r, struct mn_arena *a, struct mn_view *v)
{
	if (!mn_view_shows(r, MN_SHOW_SPEND))
		drop_spend(v);
	if (mn_view_coarse(r))
		round_workers(r, v, a);
	if (mn_view_days_withheld(r, v))
		drop_days(v, a);
	if (!mn_view_shows(r, MN_SHOW_WORKERS_VOICE))
		drop_hearing(v, a);
	if (!mn_view_shows(r, MN_SHOW_POSSIBLE_MATCHES))
		drop_possible(v, a);
	if (!mn_view_shows(r, MN_SHOW_REMARKS))
		drop_decisions(v, a);
	if (!mn_view_shows(r, MN_SHOW_ALIKE))
		v->n_alike = 0;
}

bool
mn_view_table_shown(const struct mn_report *r, enum mn_kind kind)
{
	static const struct {
		enum mn_kind kind;
		enum mn_shown needs;
	} TABLES[] = {{MN_K_ACTIONS, MN_SHOW_ACTIONS},
	    {MN_K_ACTIVITIES, MN_SHOW_ACTIVITIES}, {MN_K_TRAINING, MN_SHOW_ACTIVITIES},
	    {MN_K_REMEDIATION, MN_SHOW_REMEDIATION}, {MN_K_PROFILE, MN_SHOW_WORKINGS}};
	for (size_t i = 0; i < countof(TABLES); i++)
		if (TABLES[i].kind == kind)
			return mn_view_shows(r, TABLES[i].needs);
	return mn_view_shows(r, MN_SHOW_WORKINGS);
}

/* The words of a recorded debt, so that no output has others. */
static void
round_debt(const struct mn_report *r, struct mn_record *rec, struct mn_arena *a)
{
	static const enum mn_field MONEY[] = {MN_F_OWED, MN_F_PAID};
	static const enum mn_field COUNT[] = {MN_F_WORKERS, MN_F_WORKERS_PAID};
	int64_t n, owed = 0, workers = 0;
	mn_record_e4(rec, MN_F_OWED, &owed);
	mn_record_count(rec, MN_F_WORKERS, &workers);
	bool known = workers > 0 && workers < UINT32_MAX;
	int64_t step = mn_coarse_step(owed, known ? (uint32_t)workers : 0);
	for (size_t i = 0; i < countof(MONEY); i++)
		if (mn_record_e4(rec, MONEY[i], &n))
			rec->v[MONEY[i]] = mn_arena_fmt(
			    a, "%lld", (long long)(mn_coarse_money(n, step) / 10000));
	/* Below the minimum it stays, so that the row is withheld. */
	for (size_t i = 0; i < countof(COUNT); i++)
		if (mn_record_count(rec, COUNT[i], &n) && n >= mn_view_min_cell(r) &&
		    n < UINT32_MAX)
			rec->v[COUNT[i]] =
			    mn_arena_fmt(a, "%u", mn_coarse_count(r, (uint32_t)n));
}

uint32_t
mn_view_redact_done(
    const struct mn_report *r, struct mn_done *d, uint32_t n, struct mn_arena *a)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (!mn_view_table_shown(r, d[i].rec.kind))
			continue;
		d[kept] = d[i];
		if (!mn_view_shows(r, MN_SHOW_REMARKS))
			d[kept].rec.v[MN_F_NOTE] = d[kept].rec.v[MN_F_DONE_BY] =
			    MN_STR_NONE;
		/* Your own entries stay as you made them: `record` reads them back. */
		if (r->audience != MN_AUD_INTERNAL && mn_view_coarse(r) &&
		    d[kept].rec.kind == MN_K_REMEDIATION)
			round_debt(r, &d[kept].rec, a);
		kept++;
	}
	return kept;
}

/*
 * Why an entity has its band: every number down to rows of input. The shares printed are
 * the integers that were summed, so they add up to the last unit of 1/65536.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/report/report.h"

#include "alike.h"
#include "behind.h"
#include "explain.h"

#define CHANGES 8

struct explain {
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_buf *out;
	struct mn_arena *a;
};

/* A share: nats with five decimals and the integer behind it. */
static struct mn_str
nats(struct explain *x, int64_t q16)
{
	char room[32];
	return mn_arena_fmt(
	    x->a, "%s (%lld)", mn_fx_print(q16, 5, room).p, (long long)q16);
}

static struct mn_str
dec(struct explain *x, int64_t q16)
{
	char room[32];
	return mn_arena_str(x->a, mn_fx_print(q16, 4, room));
}

static const char *
day(struct explain *x, int32_t d)
{
	char room[11];
	return d == MN_DAY_NONE ? "day unknown"
				: mn_arena_cstr(x->a, mn_day_print(d, room));
}

static bool
shows(const struct explain *x, enum mn_shown what)
{
	return mn_view_shows(x->r, what);
}

static void
who(struct explain *x)
{
	const struct mn_view *v = x->v;
	const struct mn_record *rec = &v->ent.rec;
	char hex[33];
	mn_eid_hex(v->ent.id, hex);
	if (x->r->audience != MN_AUD_INTERNAL)
		mn_buf_fmt(x->out, "As a copy for audience %s tells it\n",
		    mn_audience_name(x->r->audience));
	mn_buf_fmt(x->out, "%.*s", MN_FMT(rec->v[MN_F_NAME]));
	if (rec->v[MN_F_COUNTRY].n)
		mn_buf_fmt(x->out, ", %.*s",
		    MN_FMT(mn_country_name(x->r->countries, rec->v[MN_F_COUNTRY])));
	mn_buf_fmt(x->out, " (%s)\n  id %s", mn_role_name(mn_entity_role(&v->ent)), hex);
	if (rec->v[MN_F_ID].n)
		mn_buf_fmt(x->out, ", yours %.*s", MN_FMT(rec->v[MN_F_ID]));
	if (shows(x, MN_SHOW_INPUTS))
		mn_buf_fmt(x->out, "\n  rows:");
	for (uint32_t i = 0; shows(x, MN_SHOW_INPUTS) && i < v->ent.n_member && i < 8;
	     i++)
		mn_buf_fmt(x->out, " %.*s",
		    MN_FMT(mn_view_cite(x->r, v->ent.member[i], MN_F_NONE, x->a)));
}

static void
scores(struct explain *x)
{
	const struct mn_card *c = &x->v->card;
	mn_buf_fmt(x->out,
	    "  likelihood %.*s, interval %.*s to %.*s; with clear facts counted %.*s\n",
	    MN_FMT(dec(x, c->p_q16)), MN_FMT(dec(x, c->low_q16)),
	    MN_FMT(dec(x, c->high_q16)), MN_FMT(dec(x, c->p_clear_q16)));
	mn_buf_fmt(x->out,
	    "  completeness %.*s (clear %.*s), severity %.*s, priority %.*s\n",
	    MN_FMT(dec(x, c->c_all_q16)), MN_FMT(dec(x, c->c_clear_q16)),
	    MN_FMT(dec(x, c->severity_q16)), MN_FMT(dec(x, c->priority_q16)));
}

static void
head(struct explain *x)
{
	const struct mn_card *c = &x->v->card;
	who(x);
	mn_buf_fmt(x->out, "\n\nBand: %s%s%s", mn_band_name(c->band), c->note ? ", " : "",
	    mn_band_note_name(c->note));
	if (c->floor)
		mn_buf_fmt(x->out, " (lifted by floor %.*s)",
		    MN_FMT(x->r->pack->floor[c->floor - 1].code));
	mn_buf_byte(x->out, '\n');
	if (shows(x, MN_SHOW_SCORES))
		scores(x);
	if (shows(x, MN_SHOW_NEXT_STEP))
		mn_buf_fmt(x->out, "  action: %s\n", mn_action_name(c->action));
	mn_buf_fmt(x->out, "  A screening indication: it neither establishes forced "
			   "labour nor its absence.\n");
}

static void
waterfall(struct explain *x)
{
	const struct mn_card *c = &x->v->card;
	mn_buf_fmt(
	    x->out, "\nWaterfall, nats (units of 1/65536): likelihood = 1 - e^-sum\n");
	mn_buf_fmt(
	    x->out, "  %-34s %.*s\n", "context (base)", MN_FMT(nats(x, c->base_s_q16)));
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		if (c->ind[i].s_q16)
			mn_buf_fmt(x->out, "  %s %-30.*s %.*s\n", mn_indicator_code(i),
			    MN_FMT(x->r->pack->indicator[i].name),
			    MN_FMT(nats(x, c->ind[i].s_q16)));
	mn_buf_fmt(x->out, "  %-34s %.*s\n", "sum", MN_FMT(nats(x, c->s_q16)));
	if (c->c_q16)
		mn_buf_fmt(x->out, "  clear facts lower the base by %.*s%s\n",
		    MN_FMT(nats(x, c->c_q16)),
		    c->open_strong ? "; not used while a strong or medium finding is open"
				   : "");
}

/* What the row weighs; without numbers, why it counts or not. */
static void
weight(struct explain *x, const struct mn_evidence *e, const struct mn_row_score *s)
{
	if (!shows(x, MN_SHOW_SCORES)) {
		mn_buf_fmt(x->out, "\n      %s; read by %.*s\n",
		    mn_view_reason(x->r, e, s), MN_FMT(e->pack_row));
		return;
	}
	mn_buf_fmt(x->out,
	    "\n      weight %.*s (decay %.*s, match %.*s), share %.*s: %s\n",
	    MN_FMT(dec(x, s->e_q16)), MN_FMT(dec(x, s->decay_q16)),
	    MN_FMT(dec(x, e->match_q16)), MN_FMT(nats(x, s->s_q16)),
	    mn_view_reason(x->r, e, s));
	mn_buf_fmt(x->out, "      read by %.*s; likelihood without this row %.*s\n",
	    MN_FMT(e->pack_row), MN_FMT(dec(x, s->p_without_q16)));
}

static void
evidence_row(struct explain *x, uint32_t i)
{
	const struct mn_evidence *e = &x->v->ev[i];
	const struct mn_row_score *s = &x->v->row[i];
	const struct mn_p_source_class *c = &x->r->pack->source_class[e->source_class];
	mn_buf_fmt(
	    x->out, "    %.*s", MN_FMT(mn_view_cite(x->r, e->rid, e->field, x->a)));
	uint32_t rows = mn_view_rows(x->r, e);
	if (rows > 1)
		mn_buf_fmt(x->out, " (and %u more rows)", rows - 1);
	mn_buf_fmt(x->out, "\n      %.*s\n      %s%s%s, %.*s%s%.*s, %s, %s",
	    MN_FMT(e->label), mn_direction_name(e->direction),
	    e->direction == MN_ADVERSE ? ", " : "",
	    e->direction == MN_ADVERSE ? mn_strength_name(e->strength) : "",
	    MN_FMT(c->name), e->source.n ? ": " : "", MN_FMT(e->source),
	    mn_status_name(e->status), day(x, e->event_day));
	if (e->status == MN_CLOSED_ON_CLAIM)
		mn_buf_fmt(x->out, ", closed %s", day(x, e->closed_day));
	if (e->imposed_by == MN_IMPOSED_STATE)
		mn_buf_fmt(x->out, ", imposed by the state");
	struct mn_str about = mn_view_about(x->r, e, x->a);
	if (about.n)
		mn_buf_fmt(x->out, "\n      %.*s", MN_FMT(about));
	if (e->response.n)
		mn_buf_fmt(
		    x->out, "\n      the supplier's answer: %.*s", MN_FMT(e->response));
	weight(x, e, s);
}

static void
evidence(struct explain *x)
{
	const struct mn_pack *p = x->r->pack;
	mn_buf_fmt(x->out, "\nEvidence, %u rows\n", x->v->n_ev);
	for (unsigned i = 0; i <= MN_INDICATORS; i++) {
		bool titled = false;
		for (uint32_t k = 0; k < x->v->n_ev; k++) {
			if (x->v->ev[k].indicator != i)
				continue;
			if (!titled)
				mn_buf_fmt(x->out, "  %s %.*s\n", mn_indicator_code(i),
				    MN_FMT(i < MN_INDICATORS ? p->indicator[i].name
							     : MN_S("")));
			titled = true;
			evidence_row(x, k);
		}
	}
}

/* Where its value comes from, between what it may lie, and why that is not nothing. */
static void
known_channel(struct explain *x, unsigned c)
{
	const struct mn_inherent *in = &x->v->inherent;
	mn_buf_fmt(x->out, "%.*s, from %.*s", MN_FMT(in->row[c]),
	    MN_FMT(
		mn_view_cite(x->r, x->v->ent.n_member ? x->v->ent.member[0] : MN_RID_NONE,
		    in->field[c], x->a)));
	if (shows(x, MN_SHOW_SCORES) && (in->below_q16[c] || in->above_q16[c]))
		mn_buf_fmt(x->out, ", %.*s to %.*s in the interval",
		    MN_FMT(dec(x, mn_inherent_value(x->r->pack, in, c, 0))),
		    MN_FMT(dec(x, mn_inherent_value(x->r->pack, in, c, 2))));
	if (in->assumed[c].n)
		mn_buf_fmt(x->out, "; %.*s", MN_FMT(in->assumed[c]));
	if (shows(x, MN_SHOW_SCORES) && in->stale_q16[c])
		mn_buf_fmt(x->out, "; its source is old: widened by %.*s",
		    MN_FMT(dec(x, in->stale_q16[c])));
	mn_buf_fmt(x->out, "\n");
}

static void
channel(struct explain *x, unsigned c)
{
	const struct mn_view *v = x->v;
	const struct mn_p_channel *of = &x->r->pack->channel[c];
	mn_buf_fmt(x->out, "  %-12s ", mn_channel_code(c));
	if (shows(x, MN_SHOW_SCORES))
		mn_buf_fmt(x->out,
		    "%.*s x weight %.*s: ", MN_FMT(dec(x, v->card.x_q16[c])),
		    MN_FMT(dec(x, of->weight_q16)));
	if (v->inherent.known[c])
		known_channel(x, c);
	else if (shows(x, MN_SHOW_SCORES))
		mn_buf_fmt(x->out,
		    "unknown: the pack's middle value, %.*s to %.*s in the interval\n",
		    MN_FMT(dec(x, of->lo_q16)), MN_FMT(dec(x, of->hi_q16)));
	else
		mn_buf_fmt(x->out, "unknown\n");
}

static void
context(struct explain *x)
{
	const struct mn_view *v = x->v;
	mn_buf_fmt(x->out, "\nContext");
	if (shows(x, MN_SHOW_SCORES))
		mn_buf_fmt(x->out, ": inherent risk %.*s (%.*s to %.*s)",
		    MN_FMT(dec(x, v->card.h_q16[1])), MN_FMT(dec(x, v->card.h_q16[0])),
		    MN_FMT(dec(x, v->card.h_q16[2])));
	mn_buf_byte(x->out, '\n');
	for (unsigned c = 0; c < MN_CHANNELS; c++)
		channel(x, c);
	struct mn_str state = mn_view_state(x->r, v, x->a);
	if (state.n)
		mn_buf_fmt(x->out, "  state-imposed setting (%.*s): nothing clears\n",
		    MN_FMT(state));
}

/* What a person decided about the entry, or that it no longer holds. */
static void
decided(struct explain *x, const struct mn_gate_fact *g)
{
	if (g->decided == MN_DECIDED_NONE)
		return;
	mn_buf_fmt(x->out, "      ");
	mn_gate_decided_text(g, x->out);
	mn_buf_byte(x->out, '\n');
}

static void
alike(struct explain *x, const struct mn_gate_fact *g)
{
	char p[32];
	if (g->p_q16 == 0)
		return;
	mn_fx_print(g->p_q16, 4, p);
	mn_buf_fmt(x->out, "      names alike, P %s, listed as \"%.*s\": %.*s\n", p,
	    MN_FMT(g->listed_as), MN_FMT(g->why));
}

static void
own_fact(struct explain *x, const struct mn_gate_fact *g)
{
	bool counts = !mn_gate_only_told(g);
	mn_buf_fmt(x->out, "    %s: %.*s%s%s: %.*s; %.*s\n",
	    counts ? mn_gate_status_name(g->status) : "not counted", MN_FMT(g->entry),
	    counts ? ", by " : "", counts ? mn_basis_name(g->basis) : "", MN_FMT(g->why),
	    MN_FMT(mn_view_cite(x->r, g->rid, mn_gate_field(g), x->a)));
	if (g->status == MN_GATE_POSSIBLE && mn_gate_decidable(g))
		mn_buf_fmt(x->out, "      waits for a person in review.csv\n");
	decided(x, g);
}

static void
list_fact(struct explain *x, const struct mn_gate_fact *g)
{
	bool ended = g->ended_day != MN_DAY_NONE;
	mn_buf_fmt(x->out, "    %s: \"%.*s\" on %.*s, by %s; listed %s%s%s; %.*s\n",
	    mn_gate_status_name(g->status), MN_FMT(g->entry), MN_FMT(g->list),
	    mn_basis_name(g->basis), day(x, g->listed_day), ended ? ", ended " : "",
	    ended ? day(x, g->ended_day) : "",
	    MN_FMT(mn_view_cite(x->r, g->rid, MN_F_NONE, x->a)));
	alike(x, g);
	if (g->fits.n)
		mn_buf_fmt(x->out, "      %s%.*s\n",
		    g->fit == MN_FIT_DIFFERS ? "not counted, " : "", MN_FMT(g->fits));
	for (struct mn_str rest = g->path; rest.p && rest.n;)
		mn_buf_fmt(
		    x->out, "      upstream: %.*s\n", MN_FMT(mn_str_cut(&rest, '\n')));
	decided(x, g);
}

static void
gates(struct explain *x)
{
	const struct mn_pack *p = x->r->pack;
	mn_buf_fmt(x->out, "\nGates, beside the score\n");
	for (uint32_t i = 0; i < x->v->card.n_gate && i < p->n_gate; i++) {
		struct mn_str why_not = mn_view_gate_why(x->r, x->v, i, x->a);
		mn_buf_fmt(x->out, "  %-10.*s %s%s%.*s\n", MN_FMT(p->gate[i].code),
		    mn_gate_status_name(x->v->card.gate[i]), why_not.n ? ": " : "",
		    MN_FMT(why_not));
		for (uint32_t k = 0; k < x->v->n_gate; k++) {
			const struct mn_gate_fact *g = &x->v->gate[k];
			if (g->gate == i)
				(g->own_field ? own_fact : list_fact)(x, g);
		}
		mn_text_behind_gate(x->out, x->r, x->v, i, x->a);
	}
}

static void
changes(struct explain *x)
{
	const struct mn_view *v = x->v;
	const struct mn_pack *p = x->r->pack;
	struct mn_score_in in = {.pack = p,
	    .inherent = &v->inherent,
	    .ev = v->ev,
	    .n_ev = v->n_ev,
	    .as_of = x->r->as_of,
	    .gate = v->card.gate,
	    .who = v->ent.id};
	struct mn_change ch[CHANGES];
	size_t n = mn_score_changes(&in, &v->card, ch, CHANGES, *x->a);
	if (n)
		mn_buf_fmt(x->out, "\nWhat would change the band\n");
	for (size_t i = 0; i < n; i++) {
		if (ch[i].kind == MN_CHANGE_ROW_WITHOUT)
			mn_buf_fmt(x->out, "  without %.*s",
			    MN_FMT(mn_view_cite(x->r, v->ev[ch[i].index].rid,
				v->ev[ch[i].index].field, x->a)));
		else
			mn_buf_fmt(x->out, "  %.*s answered by %.*s: %s",
			    MN_FMT(p->cell[ch[i].index].subject),
			    MN_FMT(p->cell[ch[i].index].source_class),
			    ch[i].kind == MN_CHANGE_CELL ? "nothing found"
							 : "a medium finding");
		mn_buf_fmt(x->out, " -> %s (%.*s)\n", mn_band_name(ch[i].band),
		    MN_FMT(dec(x, ch[i].p_q16)));
	}
}

static void
gaps(struct explain *x)
{
	const struct mn_p_question *q[16];
	size_t n = mn_view_questions(x->r, x->v, q, countof(q));
	bool wait = x->v->card.action == MN_ACT_PROTECT && shows(x, MN_SHOW_NEXT_STEP);
	mn_buf_fmt(x->out, "\nQuestions to ask%s\n",
	    wait ? "; the supplier none before the workers are safe" : "");
	for (size_t i = 0; i < n; i++)
		mn_buf_fmt(x->out, "  %.*s (ask: %.*s)\n", MN_FMT(q[i]->text),
		    MN_FMT(q[i]->ask));
}

static void
json_scores(struct explain *x, struct mn_jsonw *w)
{
	const struct mn_card *c = &x->v->card;
	mn_jsonw_q16(w, "likelihood", c->p_q16, 4);
	mn_jsonw_int(w, "sum_q16", c->s_q16);
	mn_jsonw_int(w, "base_q16", c->base_s_q16);
	mn_jsonw_map(w, "indicators_q16");
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		mn_jsonw_int(w, mn_indicator_code(i), c->ind[i].s_q16);
	mn_jsonw_end_map(w);
}

static void
json_row(struct explain *x, struct mn_jsonw *w, uint32_t k)
{
	const struct mn_evidence *e = &x->v->ev[k];
	const struct mn_row_score *s = &x->v->row[k];
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "cite", mn_view_cite(x->r, e->rid, e->field, x->a));
	mn_jsonw_c(w, "indicator", mn_indicator_code(e->indicator));
	mn_jsonw_c(w, "direction", mn_direction_name(e->direction));
	if (shows(x, MN_SHOW_SCORES)) {
		mn_jsonw_int(w, "share_q16", s->s_q16);
		mn_jsonw_int(w, "weight_q16", s->e_q16);
		mn_jsonw_q16(w, "likelihood_without", s->p_without_q16, 4);
	}
	mn_jsonw_str(w, "pack_row", e->pack_row);
	mn_jsonw_c(w, "reason", mn_view_reason(x->r, e, s));
	mn_jsonw_end_map(w);
}

/* The JSON form: the integers, so that a program can add them up itself. */
static void
as_json(struct explain *x)
{
	const struct mn_view *v = x->v;
	struct mn_jsonw w = mn_jsonw_buf(x->out, true);
	char hex[33];
	mn_eid_hex(v->ent.id, hex);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "id", hex);
	mn_jsonw_str(&w, "name", v->ent.rec.v[MN_F_NAME]);
	mn_jsonw_c(&w, "band", mn_band_name(v->card.band));
	mn_jsonw_c(&w, "audience", mn_audience_name(x->r->audience));
	if (shows(x, MN_SHOW_SCORES))
		json_scores(x, &w);
	if (shows(x, MN_SHOW_NEXT_STEP))
		mn_jsonw_c(&w, "action", mn_action_name(v->card.action));
	mn_jsonw_list(&w, "rows");
	for (uint32_t k = 0; k < v->n_ev; k++)
		json_row(x, &w, k);
	mn_jsonw_end_list(&w);
	mn_json_alike(&w, x->r, v);
	mn_json_behind(&w, x->r, v, *x->a);
	mn_json_whole_plan(&w, x->r, v, x->a);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
}

bool
mn_report_explain(const struct mn_report *r, struct mn_eid id, bool json,
    struct mn_buf *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct mn_view v;
	bool good = mn_view_load(r, id, true, &a, &v, err);
	struct explain x = {r, &v, out, &a};
	if (good && json) {
		as_json(&x);
	} else if (good) {
		head(&x);
		mn_text_alike(x.out, r, &v, x.a);
		if (shows(&x, MN_SHOW_SCORES))
			waterfall(&x);
		evidence(&x);
		context(&x);
		gates(&x);
		mn_text_behind(x.out, r, &v, x.a);
		/* Days were taken out, and what would change it hangs on them. */
		if (shows(&x, MN_SHOW_SCORES) && !mn_view_days_withheld(r, &v))
			changes(&x);
		gaps(&x);
		mn_text_plan(x.out, r, &v, x.a);
	}
	mn_arena_free(root);
	return good;
}

/* results.jsonl: a header record, one record an entity, a trailer. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"

#include "alike.h"
#include "annex.h"
#include "behind.h"
#include "results_remedy.h"
#include "fee_view.h"
#include "lenses.h"
#include "many.h"

#define QUESTIONS 12 /* in a record; dossiers and explain have them all */

struct results {
	const struct mn_report *r;
	struct mn_out *out;
	struct mn_jsonw w;
	struct mn_arena root;
	struct mn_sha256 sha;
	struct mn_buf line;
};

static void
put_line(struct results *x)
{
	mn_jsonw_line(&x->w);
	mn_sha256_add(&x->sha, mn_buf_str(&x->line));
	mn_out_write(x->out, mn_buf_str(&x->line));
	mn_buf_clear(&x->line);
}

static void
day(struct mn_jsonw *w, const char *key, int32_t d)
{
	char text[11];
	if (d == MN_DAY_NONE)
		mn_jsonw_null(w, key);
	else
		mn_jsonw_str(w, key, mn_day_print(d, text));
}

static void
pair(struct mn_jsonw *w, const char *key, int64_t low, int64_t high)
{
	mn_jsonw_list(w, key);
	mn_jsonw_q16(w, NULL, low, 4);
	mn_jsonw_q16(w, NULL, high, 4);
	mn_jsonw_end_list(w);
}

static void
citation(struct results *x, mn_rid rid, unsigned field)
{
	uint32_t src = mn_rid_src(rid);
	if (rid == MN_RID_NONE || src >= x->r->n_source) {
		mn_jsonw_null(&x->w, "file");
		return;
	}
	if (!mn_view_shows(x->r, MN_SHOW_INPUTS))
		return;
	mn_jsonw_str(&x->w, "file", mn_source_base(&x->r->source[src]));
	mn_jsonw_int(&x->w, "row", (int64_t)mn_rid_line(rid));
	if (field < MN_F_COUNT)
		mn_jsonw_str(&x->w, "column", x->r->source[src].column[field]);
}

static void
inherent(struct results *x, const struct mn_view *v)
{
	struct mn_jsonw *w = &x->w;
	mn_jsonw_map(w, "inherent");
	mn_jsonw_q16(w, "value", v->card.h_q16[1], 4);
	pair(w, "interval", v->card.h_q16[0], v->card.h_q16[2]);
	mn_jsonw_map(w, "channels");
	for (unsigned c = 0; c < MN_CHANNELS; c++) {
		mn_jsonw_map(w, mn_channel_code(c));
		mn_jsonw_bool(w, "known", v->inherent.known[c]);
		mn_jsonw_q16(w, "value", v->card.x_q16[c], 4);
		pair(w, "interval", mn_inherent_value(x->r->pack, &v->inherent, c, 0),
		    mn_inherent_value(x->r->pack, &v->inherent, c, 2));
		if (v->inherent.known[c])
			mn_jsonw_str(w, "pack_row", v->inherent.row[c]);
		if (v->inherent.assumed[c].n)
			mn_jsonw_str(w, "assumed", v->inherent.assumed[c]);
		if (v->inherent.stale_q16[c])
			mn_jsonw_q16(w, "widened_for_age", v->inherent.stale_q16[c], 4);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_map(w);
	mn_jsonw_end_map(w);
}

static void
decision(struct results *x, const struct mn_gate_fact *g)
{
	struct mn_jsonw *w = &x->w;
	if (g->decided == MN_DECIDED_NONE)
		return;
	mn_jsonw_map(w, "decision");
	mn_jsonw_c(w, "state", mn_decided_name(g->decided));
	mn_jsonw_c(w, "verdict", g->decided_same ? "same" : "different");
	mn_jsonw_str(w, "by", g->decided_by);
	day(w, "on", g->decided_day);
	day(w, "expires", g->expires_day);
	mn_jsonw_str(w, "reason", g->decided_why);
	mn_jsonw_end_map(w);
}

/* How alike the names are, where they were compared; which words a place was found by. */
static void
alike(struct mn_jsonw *w, const struct mn_gate_fact *g)
{
	if (g->p_q16 == 0 && g->own_field == 0)
		return;
	if (g->p_q16)
		mn_jsonw_q16(w, "probability", g->p_q16, 4);
	mn_jsonw_str(w, "listed_as", g->listed_as);
	mn_jsonw_str(w, "why", g->why);
}

static void
list_entry(struct results *x, const struct mn_gate_fact *g)
{
	struct mn_jsonw *w = &x->w;
	mn_jsonw_c(w, "basis", mn_basis_name(g->basis));
	alike(w, g);
	mn_jsonw_str(w, "list", g->list);
	mn_jsonw_str(w, "entry", g->entry);
	day(w, "listed_on", g->listed_day);
	day(w, "ended_on", g->ended_day);
	mn_jsonw_str(w, "intervals", g->history);
	mn_jsonw_str(w, "good", g->good);
	if (g->fit) {
		mn_jsonw_c(w, "fit", mn_fit_name(g->fit));
		mn_jsonw_str(w, "fits", g->fits);
	}
	mn_jsonw_str(w, "reason", g->reason);
	mn_jsonw_str(w, "citation", g->citation);
	citation(x, g->rid, mn_gate_field(g));
	decision(x, g);
}

static void
path(struct mn_jsonw *w, struct mn_str steps)
{
	mn_jsonw_list(w, "path");
	for (struct mn_str rest = steps; rest.p && rest.n;)
		mn_jsonw_str(w, NULL, mn_str_cut(&rest, '\n'));
	mn_jsonw_end_list(w);
}

static void
gates(struct results *x, const struct mn_view *v, struct mn_arena *a)
{
	struct mn_jsonw *w = &x->w;
	mn_jsonw_list(w, "gates");
	for (uint32_t i = 0; i < v->card.n_gate && i < x->r->pack->n_gate; i++) {
		bool met = false;
		for (uint32_t k = 0; k < v->n_gate; k++) {
			if (v->gate[k].gate != i)
				continue;
			/* What is only told leaves the gate as it is. */
			met |= !mn_gate_only_told(&v->gate[k]);
			mn_jsonw_map(w, NULL);
			mn_jsonw_str(w, "code", x->r->pack->gate[i].code);
			mn_jsonw_c(w, "status", mn_gate_status_name(v->gate[k].status));
			list_entry(x, &v->gate[k]);
			path(w, v->gate[k].path);
			mn_jsonw_end_map(w);
		}
		met |= mn_json_behind_gate(w, x->r, v, i, *a);
		if (met)
			continue;
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "code", x->r->pack->gate[i].code);
		mn_jsonw_c(w, "status", mn_gate_status_name(v->card.gate[i]));
		struct mn_str why_not = mn_view_gate_why(x->r, v, i, a);
		if (why_not.n)
			mn_jsonw_str(w, "why_not", why_not);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

/* What only an adverse row has to say. Defaults are left out: a portfolio has a million
 * of these rows. */
static void
adverse(struct mn_jsonw *w, const struct mn_evidence *e, const struct mn_row_score *s)
{
	mn_jsonw_c(w, "strength", mn_strength_name(e->strength));
	mn_jsonw_c(w, "status", mn_status_name(e->status));
	day(w, "closed_on", e->closed_day);
	if (e->imposed_by != MN_IMPOSED_UNKNOWN)
		mn_jsonw_c(w, "imposed_by", mn_imposed_name(e->imposed_by));
	mn_jsonw_c(w, "cooccurrence", mn_cooccurrence_name(e->cooccurrence));
	if (e->said_verified)
		mn_jsonw_bool(w, "said_verified", true);
	if (e->verifier.n)
		mn_jsonw_str(w, "verified_by", e->verifier);
	if (e->response.n)
		mn_jsonw_str(w, "supplier_response", e->response);
	mn_jsonw_q16(w, "share", s->s_q16, 4);
}

/* How the check was made, where the row says so. */
static void
check_made(struct results *x, const struct mn_evidence *e)
{
	struct mn_jsonw *w = &x->w;
	if (mn_view_is_admission(x->r, e))
		mn_jsonw_bool(w, "admission", true);
	if (e->unannounced)
		mn_jsonw_bool(w, "unannounced", true);
	if (e->offsite)
		mn_jsonw_bool(w, "offsite", true);
	if (e->supplier_paid)
		mn_jsonw_bool(w, "supplier_paid", true);
	if (e->selection && mn_view_shows(x->r, MN_SHOW_SMALL_SITE_DATES))
		mn_jsonw_c(w, "selection", mn_selection_name(e->selection));
}

static void
contribution(struct results *x, const struct mn_evidence *e, const struct mn_row_score *s)
{
	struct mn_jsonw *w = &x->w;
	mn_jsonw_map(w, NULL);
	citation(x, e->rid, e->field);
	uint32_t rows = mn_view_rows(x->r, e);
	if (rows > 1)
		mn_jsonw_int(w, "rows", rows);
	mn_jsonw_c(w, "direction", mn_direction_name(e->direction));
	mn_jsonw_str(w, "source_class", x->r->pack->source_class[e->source_class].code);
	day(w, "date", e->event_day);
	mn_jsonw_str(w, "label", e->label);
	if (e->source.n)
		mn_jsonw_str(w, "source", e->source);
	if (e->match_q16 != MN_FX_ONE)
		mn_jsonw_q16(w, "match", e->match_q16, 4);
	check_made(x, e);
	if (e->direction == MN_ADVERSE)
		adverse(w, e, s);
	mn_jsonw_q16(w, "weight", s->e_q16, 4);
	mn_jsonw_bool(w, "used", s->used);
	mn_jsonw_str(w, "pack_row", e->pack_row);
	mn_jsonw_end_map(w);
}

static int64_t
swung(const struct mn_pack *p, const struct mn_card_indicator *i, int64_t omega,
    int64_t swing)
{
	int64_t a = mn_fx_mul(i->a_q16, MN_FX_ONE + swing);
	int64_t s = mn_fx_softplus(p->k.alpha + a) - mn_fx_softplus(p->k.alpha);
	return mn_fx_expm1n(mn_fx_mul(omega, s));
}

static void
indicators(struct results *x, const struct mn_view *v)
{
	struct mn_jsonw *w = &x->w;
	const struct mn_pack *p = x->r->pack;
	mn_jsonw_map(w, "indicators");
	for (unsigned i = 0; i <= MN_INDICATORS; i++) {
		const struct mn_card_indicator *c =
		    i < MN_INDICATORS ? &v->card.ind[i] : NULL;
		mn_jsonw_map(w, mn_indicator_code(i));
		if (c) {
			int64_t omega = p->indicator[i].omega_q16;
			mn_jsonw_c(w, "state", mn_state_name(c->state));
			mn_jsonw_q16(w, "p", mn_fx_expm1n(c->s_q16), 4);
			pair(w, "interval", swung(p, c, omega, -p->k.swing),
			    swung(p, c, omega, p->k.swing));
			if (c->k_q16)
				mn_jsonw_q16(w, "clearing", c->k_q16, 4);
			if (c->a_q16)
				mn_jsonw_q16(w, "weight", c->a_q16, 4);
			if (c->s_q16)
				mn_jsonw_q16(w, "share", c->s_q16, 4);
		}
		mn_jsonw_list(w, "contributions");
		for (uint32_t k = 0; k < v->n_ev; k++)
			if (v->ev[k].indicator == i)
				contribution(x, &v->ev[k], &v->row[k]);
		mn_jsonw_end_list(w);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_map(w);
}

static void
matches(struct results *x, const struct mn_view *v)
{
	mn_jsonw_list(&x->w, "matches");
	for (uint32_t k = 0; k < v->n_gate; k++) {
		if (v->gate[k].status != MN_GATE_POSSIBLE)
			continue;
		mn_jsonw_map(&x->w, NULL);
		mn_jsonw_str(&x->w, "gate", x->r->pack->gate[v->gate[k].gate].code);
		mn_jsonw_str(&x->w, "entry", v->gate[k].entry);
		mn_jsonw_c(&x->w, "basis", mn_basis_name(v->gate[k].basis));
		alike(&x->w, &v->gate[k]);
		mn_jsonw_end_map(&x->w);
	}
	mn_jsonw_end_list(&x->w);
}

static void
questions(struct results *x, const struct mn_view *v)
{
	const struct mn_p_question *q[QUESTIONS];
	size_t n = mn_view_questions(x->r, v, q, QUESTIONS);
	mn_jsonw_list(&x->w, "questions");
	for (size_t i = 0; i < n; i++) {
		mn_jsonw_map(&x->w, NULL);
		mn_jsonw_str(&x->w, "code", q[i]->code);
		mn_jsonw_str(&x->w, "ask", q[i]->ask);
		mn_jsonw_end_map(&x->w);
	}
	mn_jsonw_end_list(&x->w);
}

static void
heads(struct results *x, const struct mn_view *v)
{
	struct mn_jsonw *w = &x->w;
	const struct mn_card *c = &v->card;
	char hex[33];
	mn_eid_hex(v->ent.id, hex);
	mn_jsonw_c(w, "type", "entity");
	mn_jsonw_c(w, "id", hex);
	mn_json_source_ids(w, v);
	mn_jsonw_str(w, "name", v->ent.rec.v[MN_F_NAME]);
	mn_jsonw_str(w, "country", v->ent.rec.v[MN_F_COUNTRY]);
	mn_jsonw_c(w, "role", mn_role_name(mn_entity_role(&v->ent)));
	mn_jsonw_c(w, "band", mn_band_name(c->band));
	mn_jsonw_c(w, "band_note", mn_band_note_name(c->note));
	mn_jsonw_str(
	    w, "floor", c->floor ? x->r->pack->floor[c->floor - 1].code : MN_STR_NONE);
	mn_jsonw_q16(w, "likelihood", c->p_q16, 4);
	mn_jsonw_q16(w, "likelihood_with_clear_facts", c->p_clear_q16, 4);
	pair(w, "interval", c->low_q16, c->high_q16);
	mn_jsonw_map(w, "completeness");
	mn_jsonw_q16(w, "all", c->c_all_q16, 4);
	mn_jsonw_q16(w, "clear", c->c_clear_q16, 4);
	mn_jsonw_end_map(w);
	mn_jsonw_q16(w, "severity", c->severity_q16, 4);
	mn_jsonw_q16(w, "priority", c->priority_q16, 4);
	mn_jsonw_q16(w, "base_share", c->base_s_q16, 4);
	mn_jsonw_bool(w, "state_imposed", c->state_imposed);
}

static void
entity(struct results *x, const struct mn_view *v, struct mn_arena *a)
{
	mn_jsonw_map(&x->w, NULL);
	heads(x, v);
	inherent(x, v);
	gates(x, v, a);
	indicators(x, v);
	if (mn_view_shows(x->r, MN_SHOW_LENSES))
		mn_json_lenses(&x->w, x->r, v, a);
	mn_json_fees(&x->w, x->r, v);
	mn_json_behind(&x->w, x->r, v, *a);
	matches(x, v);
	mn_json_alike(&x->w, x->r, v);
	questions(x, v);
	mn_jsonw_list(&x->w, "actions");
	mn_jsonw_c(&x->w, NULL, mn_action_name(v->card.action));
	mn_jsonw_end_list(&x->w);
	mn_json_remedy(&x->w, x->r, v, a);
	if (mn_view_shows(x->r, MN_SHOW_SCORES))
		mn_json_sensitivity_of(&x->w, x->r, v);
	mn_jsonw_end_map(&x->w);
}

static bool
render(const void *ctx, const struct mn_report *r, const struct mn_card *card,
    struct mn_arena a, struct mn_buf *out, struct mn_err *err)
{
	struct results x = {.r = r, .w = mn_jsonw_buf(out, false)};
	struct mn_view v;
	(void)ctx;
	if (!mn_view_load(r, card->who, false, &a, &v, err))
		return false;
	entity(&x, &v, &a);
	mn_jsonw_line(&x.w);
	return !x.w.bad || mn_fail(err, MN_E_BUG, "results.jsonl: malformed record");
}

static void
take(void *ctx, struct mn_str lines)
{
	struct results *x = ctx;
	mn_sha256_add(&x->sha, lines);
	mn_out_write(x->out, lines);
}

bool
mn_report_record(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a,
    struct mn_buf *out, struct mn_err *err)
{
	struct results x = {.r = r, .w = mn_jsonw_buf(out, true)};
	entity(&x, v, a);
	mn_jsonw_line(&x.w);
	return (!x.w.bad && !out->failed) ||
	       mn_fail(err, MN_E_BUG, "the record of an entity is malformed");
}

static void
header(struct results *x)
{
	struct mn_jsonw *w = &x->w;
	struct mn_arena a = x->root;
	mn_jsonw_map(w, NULL);
	mn_jsonw_c(w, "type", "header");
	mn_jsonw_c(w, "program", "manumit");
	mn_jsonw_c(w, "version", x->r->version);
	day(w, "as_of", x->r->as_of);
	mn_jsonw_c(w, "digest", x->r->digest);
	mn_jsonw_c(w, "audience", mn_audience_name(x->r->audience));
	mn_jsonw_c(w, "note",
	    "Screening indications; they neither establish forced labour nor its "
	    "absence.");
	mn_json_tailoring(w, x->r);
	/* The words of the questions once; records carry their codes. */
	mn_jsonw_map(w, "questions");
	for (uint32_t i = 0; i < x->r->pack->n_question; i++)
		mn_jsonw_str_k(
		    w, x->r->pack->question[i].code, x->r->pack->question[i].text);
	mn_jsonw_end_map(w);
	mn_json_user(w, x->r, &a);
	mn_jsonw_end_map(w);
	put_line(x);
}

static void
trailer(struct results *x)
{
	char hex[MN_HEX256_CHARS + 1];
	mn_sha256_hex(&x->sha, hex);
	mn_jsonw_map(&x->w, NULL);
	mn_jsonw_c(&x->w, "type", "trailer");
	mn_jsonw_int(&x->w, "entities", (int64_t)x->r->entities);
	mn_jsonw_c(&x->w, "sha256", hex);
	mn_jsonw_end_map(&x->w);
	mn_jsonw_line(&x->w);
	mn_out_write(x->out, mn_buf_str(&x->line));
}

bool
mn_report_results(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL), path = root;
	struct results x = {.r = r, .line = mn_buf_new((size_t)1 << 30)};
	x.out =
	    mn_out_open(mn_arena_fmt(&path, "%s/results.jsonl%c", dir, 0).p, 0644, err);
	x.root = path;
	x.w = mn_jsonw_buf(&x.line, false);
	mn_sha256_init(&x.sha);
	bool good = x.out != NULL;
	if (good) {
		header(&x);
		const struct mn_many each = {'N', render, take, &x};
		good = mn_view_many(r, &each, err);
		trailer(&x);
		if (x.w.bad || x.line.failed)
			good = mn_fail(err, MN_E_BUG, "results.jsonl: malformed record");
		good = good ? mn_out_commit(x.out, true, NULL, err)
			    : (mn_out_abort(x.out), false);
	}
	mn_buf_free(&x.line);
	mn_arena_free(root);
	return good;
}

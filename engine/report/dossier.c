/* The dossier of one entity: sections 1 to 5, and the files. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/evidence.h"

#include "alike.h"
#include "behind.h"
#include "edition.h"
#include "html.h"
#include "lenses.h"
#include "many.h"
#include "pages.h"

bool
mn_report_in_detail(const struct mn_report *r, const struct mn_card *card)
{
	uint32_t lo = 0, hi = r->n_listed;
	if (r->entities <= MN_DOSSIERS_ALL)
		return true;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (mn_eid_cmp(r->listed[mid], card->who) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < r->n_listed && mn_eid_cmp(r->listed[lo], card->who) == 0;
}

bool
mn_report_has_dossier(const struct mn_report *r, const struct mn_card *card)
{
	return r->dossiers_auto ? mn_report_in_detail(r, card)
				: card->band >= r->dossiers_from;
}

static void
facts(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_record *rec = &v->ent.rec;
	static const struct {
		enum mn_field field;
		const char *label;
	} SHOWN[] = {{MN_F_ID, MN_SAY("Your id")}, {MN_F_CITY, MN_SAY("Place")},
	    {MN_F_REGION, MN_SAY("Region")}, {MN_F_SECTOR, MN_SAY("Sector")},
	    {MN_F_PRODUCT, MN_SAY("Product")}, {MN_F_WORKERS, MN_SAY("Workers")},
	    {MN_F_TIER, MN_SAY("Tier")}, {MN_F_PARENT, MN_SAY("Parent")},
	    {MN_F_LEI, MN_SAY("LEI")}, {MN_F_OS_ID, MN_SAY("OS ID")},
	    {MN_F_TAX_ID, MN_SAY("Registration")}};
	mn_html(o, "<div class=\"facts\">");
	mn_html(o, "<div><b>Role</b>");
	mn_html_c(o, mn_role_name(mn_entity_role(&v->ent)));
	mn_html(o, "</div><div><b>Country</b>");
	if (rec->v[MN_F_COUNTRY].n)
		mn_html_text(o, mn_country_name(r->countries, rec->v[MN_F_COUNTRY]));
	else
		mn_html(o, "unknown");
	mn_html(o, "</div>");
	for (size_t i = 0; i < countof(SHOWN); i++) {
		if (rec->v[SHOWN[i].field].n == 0)
			continue;
		mn_out_fmt(o, "<div><b>%s</b>", mn_html_word(o, SHOWN[i].label));
		mn_html_name(o, rec->v[SHOWN[i].field]);
		mn_html(o, "</div>");
	}
	mn_html(o, "</div>\n");
}

static void
head(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	if (mn_view_shows(r, MN_SHOW_PORTFOLIO))
		mn_html(o, "<nav class=\"noprint\"><a href=\"../index.html\">All "
			   "entities</a></nav>\n");
	mn_html(o, "<header><h1>");
	mn_html_name(o, v->ent.rec.v[MN_F_NAME]);
	mn_html(o, "</h1>\n");
	if (v->ent.rec.v[MN_F_NATIVE_NAME].n) {
		mn_html(o, "<p class=\"lead\">");
		mn_html_name(o, v->ent.rec.v[MN_F_NATIVE_NAME]);
		mn_html(o, "</p>\n");
	}
	if (r->audience != MN_AUD_INTERNAL) {
		mn_html(o, "<p class=\"lead\">");
		mn_html_made_for(o, r);
		mn_html(o, "</p>\n");
	}
	mn_html(o, "<p>");
	mn_html_band(o, &v->card);
	mn_html(o, " ");
	if (mn_view_shows(r, MN_SHOW_SCORES))
		mn_svg_interval(o, r->pack, &v->card);
	if (mn_view_shows(r, MN_SHOW_NEXT_STEP)) {
		mn_html(o, "<br>Next step: <strong>");
		mn_html_c(o, mn_action_name(v->card.action));
		mn_html(o, "</strong>");
	}
	mn_html(o, "</p></header>\n<main>\n");
	facts(o, r, v);
	mn_html(o, "<h2>1 Purpose and limits</h2>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o,
	    "</strong> This dossier gathers what the files of this run say about one "
	    "entity. A finding is an "
	    "indication by a named source, with its date and status. It is not a "
	    "recommendation to exclude "
	    "anybody; decisions are made by people, after hearing the other side.</p>\n");
}

static void
decided(struct mn_out *o, const struct mn_gate_fact *g)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	mn_gate_decided_text(g, &b);
	if (b.n) {
		mn_html(o, "<br><strong>");
		mn_html_text(o, mn_buf_str(&b));
		mn_html(o, "</strong>");
	}
	mn_buf_free(&b);
}

/* How alike the names are and why, in the matcher's words. */
static void
alike(struct mn_out *o, const struct mn_gate_fact *g)
{
	char p[32];
	if (g->p_q16 == 0)
		return;
	mn_html(o, " (P ");
	mn_html_text(o, mn_fx_print(g->p_q16, 2, p));
	if (g->listed_as.n && !mn_str_eq(g->listed_as, g->entry)) {
		mn_html(o, ", listed as ");
		mn_html_text(o, g->listed_as);
	}
	mn_html(o, ": ");
	mn_html_text(o, g->why);
	mn_html(o, ")");
}

/* Of the entity's own row: field, file, line and words, and what a person has to say. */
static void
own_fact(struct mn_out *o, const struct mn_report *r, const struct mn_gate_fact *g,
    struct mn_arena *a)
{
	const struct mn_p_gate_region *of = mn_pack_gate_region(r->pack, g->entry_id);
	const struct mn_p_gate_order *order = mn_pack_gate_order(r->pack, g->entry_id);
	bool counts = !mn_gate_only_told(g);
	mn_html(o, "<br>");
	mn_html_name(o, g->entry);
	mn_html(o, counts ? ", by " : ", not counted: ");
	if (counts) {
		mn_html_c(o, mn_basis_name(g->basis));
		mn_html(o, ": ");
	}
	mn_html_text(o, g->why);
	if (g->status == MN_GATE_POSSIBLE && mn_gate_decidable(g))
		mn_html(o, ". Waits for a person in review.csv: is it meant?");
	if (counts) {
		mn_html(o, " <span class=\"soft\">");
		mn_html_text(o, g->reason);
		mn_html(o, "</span>");
	}
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, g->rid, mn_gate_field(g), a));
	if (counts) {
		mn_html(o, "; ");
		mn_html_text(o, g->citation);
	}
	mn_html(o, "</span>");
	if (of || order)
		mn_html_mark(o, of ? &of->prov : &order->prov);
	decided(o, g);
}

static void
gate_fact(struct mn_out *o, const struct mn_report *r, const struct mn_gate_fact *g,
    struct mn_arena *a)
{
	if (g->own_field) {
		own_fact(o, r, g, a);
		return;
	}
	mn_html(o, "<br>");
	if (g->entry.n)
		mn_html_name(o, g->entry);
	else
		mn_html(o, "an entry");
	mn_html(o, " on ");
	mn_html_text(o, g->list);
	mn_html(o, ", by ");
	mn_html_c(o, mn_basis_name(g->basis));
	alike(o, g);
	if (g->path.n) {
		mn_html(o, ", upstream:<br>");
		mn_html_lines(o, g->path);
		mn_html(o, "<br>listed");
	}
	mn_html(o, ", from ");
	mn_html_day(o, g->listed_day);
	if (g->ended_day != MN_DAY_NONE) {
		mn_html(o, " to ");
		mn_html_day(o, g->ended_day);
	}
	if (g->history.n) {
		mn_html(o, " <span class=\"soft\">(all intervals: ");
		mn_html_text(o, g->history);
		mn_html(o, ")</span>");
	}
	if (g->good.n) {
		mn_html(o, ", limited to ");
		mn_html_text(o, g->good);
	}
	if (g->fits.n) {
		mn_html(o,
		    g->fit == MN_FIT_DIFFERS ? "; <strong>not counted</strong>, " : "; ");
		mn_html_text(o, g->fits);
	}
	if (g->reason.n) {
		mn_html(o, "; ");
		mn_html_text(o, g->reason);
	}
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, g->rid, MN_F_NONE, a));
	if (g->citation.n) {
		mn_html(o, "; ");
		mn_html_text(o, g->citation);
	}
	mn_html(o, "</span>");
	decided(o, g);
}

static bool
feeds(const struct mn_source *s, struct mn_str gate)
{
	for (struct mn_str rest = s->gates; rest.p && rest.n;)
		if (mn_str_eq(mn_str_cut(&rest, ';'), gate))
			return true;
	return false;
}

/* No match is worth as much as the list: nobody gave those that come along, so their age
 * stands here. */
static void
compared(struct mn_out *o, const struct mn_report *r, struct mn_str gate, unsigned status)
{
	bool told = status == MN_GATE_NO_MATCH || status == MN_GATE_NOT_CHECKED;
	for (uint32_t i = 0; i < r->n_source && told; i++) {
		const struct mn_source *s = &r->source[i];
		if (s->edition.n == 0 || !feeds(s, gate))
			continue;
		mn_html(o, "<br><span class=\"soft\">compared with ");
		mn_html_text(o, mn_source_base(s));
		mn_html(o, ", ");
		mn_html_edition(
		    o, r, s->edition, (int64_t)s->stale_after_days, MN_STR_NONE);
		mn_html(o, ", see section 11</span>");
	}
}

static void
why_not(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    uint32_t gate, struct mn_arena *a)
{
	struct mn_str why = mn_view_gate_why(r, v, gate, a);
	if (why.n == 0)
		return;
	mn_html(o, "<br><span class=\"soft\">");
	mn_html_text(o, why);
	mn_html(o, "</span>");
}

static void
law_cited(struct mn_out *o, const struct mn_p_gate *g)
{
	if (g->citation.n == 0)
		return;
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, g->citation);
	if (g->in_force_from.n) {
		mn_html(o, "; in force from ");
		mn_html_text(o, g->in_force_from);
	}
	if (g->in_force_to.n) {
		mn_html(o, " to ");
		mn_html_text(o, g->in_force_to);
	}
	mn_html(o, "</span>");
}

static void
gates(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_pack *p = r->pack;
	mn_html(o, "<h2>2 Legal gates</h2>\n<p>Beside the band, never in it. <em>No "
		   "match</em> means that the lists of "
		   "this run hold nothing that resembles the entity; it is not a "
		   "clearance.</p>\n<div class=\"table\" tabindex=\"0\">"
		   "<table><thead><tr><th scope=\"col\">Gate</th><th "
		   "scope=\"col\">Status</th><th scope=\"col\">What it "
		   "means for you</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < v->card.n_gate && i < p->n_gate; i++) {
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_told(o, p->gate[i].name);
		mn_html(o, "<br><span class=\"soft\">");
		mn_html_text(o, p->gate[i].law);
		mn_html(o, "</span>");
		law_cited(o, &p->gate[i]);
		mn_html_mark(o, &p->gate[i].prov);
		mn_html(o, "</th><td>");
		mn_html_status(o, v->card.gate[i]);
		why_not(o, r, v, i, a);
		for (uint32_t k = 0; k < v->n_gate; k++)
			if (v->gate[k].gate == i)
				gate_fact(o, r, &v->gate[k], a);
		mn_html_behind_gate(o, r, v, i, a);
		compared(o, r, p->gate[i].code, v->card.gate[i]);
		mn_html(o, "</td><td>");
		if (v->card.gate[i] == MN_GATE_ENDED)
			mn_html(o, "<strong>It is over. Ask for proof of remedy</strong> "
				   "(section 7): off the list is not put right. While "
				   "it lasted:<br>");
		if (v->card.gate[i] >= MN_GATE_ENDED)
			mn_html_lines(o, mn_view_effect(r, i, a));
		else if (v->card.gate[i] == MN_GATE_NOT_CHECKED)
			mn_html(o,
			    "Nothing was compared that is a check. It is open, and "
			    "no clearance.");
		mn_html(o, "</td></tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
inherent(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	mn_html_context(o, r, v, a);
	struct mn_str state = mn_view_state(r, v, a);
	if (state.n) {
		mn_html(o,
		    "<p><strong>State-imposed setting.</strong> In such a setting no "
		    "audit, survey or declaration "
		    "clears anything, and no corrective action plan can cure it. <span "
		    "class=\"cite\">");
		mn_html_text(o, state);
		mn_html(o, "</span></p>\n");
	}
	mn_html_facts(o, r, v->ent.rec.v[MN_F_COUNTRY]);
}

/* What the row says of the check and its closing; and the right to reply. */
static void
item_about(struct mn_out *o, const struct mn_report *r, const struct mn_evidence *e,
    struct mn_arena *a)
{
	struct mn_str about = mn_view_about(r, e, a);
	if (about.n) {
		mn_html(o, "<p>");
		mn_html_text(o, about);
		mn_html(o, "</p>");
	}
	if (e->response.n) {
		mn_html(o, "<p><b>The supplier's answer:</b> ");
		mn_html_text(o, e->response);
		mn_html(o, "</p>");
	} else if (e->direction == MN_ADVERSE && e->kind == MN_K_FINDINGS &&
		   !mn_view_is_admission(r, e) &&
		   !r->pack->source_class[e->source_class].worker_sourced) {
		mn_html(o, "<p class=\"soft\">No answer of the supplier is on file.</p>");
	}
}

static void
item(struct mn_out *o, const struct mn_report *r, const struct mn_view *v, uint32_t k,
    struct mn_arena *a)
{
	const struct mn_evidence *e = &v->ev[k];
	const struct mn_p_source_class *c = &r->pack->source_class[e->source_class];
	int64_t least = mn_view_min_cell(r);
	mn_html(o, "<div class=\"item\"><p><strong>");
	mn_html_text(o, e->label);
	mn_html(o, "</strong></p><p>");
	if (e->direction == MN_ADVERSE && e->strength != MN_STRENGTH_NONE) {
		mn_html_c(o, mn_strength_name(e->strength));
		mn_html(o, " · ");
	}
	mn_html_c(
	    o, e->direction == MN_CLEAR ? "nothing found" : mn_status_name(e->status));
	mn_html(o, " · ");
	mn_html_day(o, e->event_day);
	if (e->status == MN_CLOSED_ON_CLAIM && e->closed_day != MN_DAY_NONE) {
		mn_html(o, ", closed ");
		mn_html_day(o, e->closed_day);
	}
	mn_html(o, " · ");
	mn_html_told(o, c->name);
	if (e->source.n) {
		mn_html(o, ": ");
		mn_html_text(o, e->source);
	}
	if (e->imposed_by == MN_IMPOSED_STATE)
		mn_html(o, " · imposed by the state");
	if (e->workers > 0) {
		if ((int64_t)e->workers >= least)
			mn_html_fmt(o, " · %u workers concerned", e->workers);
		else
			mn_html_fmt(
			    o, " · fewer than %lld workers concerned", (long long)least);
	}
	mn_html(o, "</p>");
	item_about(o, r, e, a);
	mn_html(o, "<p class=\"soft\">");
	mn_html_c(o, mn_view_reason(r, e, &v->row[k]));
	mn_html(o, " · <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, e->rid, e->field, a));
	uint32_t rows = mn_view_rows(r, e);
	if (rows > 1)
		mn_html_fmt(o, " and %u more rows", rows - 1);
	mn_html(o, "</span> · ");
	mn_html_text(o, e->pack_row);
	mn_html(o, "</p></div>\n");
}

static uint32_t
rows_on(const struct mn_view *v, unsigned indicator)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < v->n_ev; k++)
		n += v->ev[k].indicator == indicator;
	return n;
}

static void
indicator_head(struct mn_out *o, const struct mn_report *r, unsigned i)
{
	const struct mn_p_indicator *ind = &r->pack->indicator[i];
	mn_html(o, "<h3>");
	mn_html_text(o, ind->code);
	mn_html(o, " ");
	mn_html_told(o, ind->name);
	mn_html(o, "</h3>\n<p class=\"soft\">");
	mn_html_told(o, ind->definition);
	mn_html_mark(o, &ind->prov);
	mn_html(o, "</p>\n");
}

static void
evidence(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	bool first = true;
	mn_html(o, "<h2>4 Evidence by ILO indicator</h2>\n");
	mn_svg_timeline(o, r, v);
	for (unsigned i = 0; i <= MN_INDICATORS; i++) {
		if (rows_on(v, i) == 0)
			continue;
		if (i < MN_INDICATORS)
			indicator_head(o, r, i);
		else
			mn_html(o, "<h3>Without an indicator</h3>\n<p "
				   "class=\"soft\">Listed, not scored.</p>\n");
		for (uint32_t k = 0; k < v->n_ev; k++)
			if (v->ev[k].indicator == i)
				item(o, r, v, k, a);
	}
	mn_html(o, "<p>Nothing is known about: ");
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		if (rows_on(v, i))
			continue;
		mn_html(o, first ? "" : "; ");
		mn_html_told(o, r->pack->indicator[i].name);
		first = false;
	}
	mn_html(o, first ? "no indicator is without a row.</p>\n"
			 : ". Unknown is not low.</p>\n");
}

void
mn_html_dossier(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	mn_html_begin(o, v->ent.rec.v[MN_F_NAME]);
	head(o, r, v);
	mn_html_alike(o, r, v, a);
	gates(o, r, v, a);
	inherent(o, r, v, a);
	mn_html_behind(o, r, v, a);
	evidence(o, r, v, a);
	if (mn_view_shows(r, MN_SHOW_LENSES))
		mn_html_lenses(o, r, v, a);
	mn_html_dossier_rest(o, r, v, a);
	mn_html(o, "</main>\n");
	mn_html_end(o, r);
}

static bool
write_one(const void *ctx, const struct mn_report *r, const struct mn_card *card,
    struct mn_arena a, struct mn_buf *out, struct mn_err *err)
{
	const char *dir = ctx;
	struct mn_view v;
	char slug[80];
	(void)out;
	if (!mn_report_has_dossier(r, card))
		return true;
	if (!mn_view_load(r, card->who, true, &a, &v, err))
		return false;
	const char *path = mn_arena_fmt(
	    &a, "%s/entity/%s.html%c", dir, mn_entity_slug(&v.ent, slug).p, 0)
			       .p;
	struct mn_out *o = mn_html_open(r, path, err);
	if (!o)
		return false;
	mn_html_dossier(o, r, &v, &a);
	return mn_out_commit(o, true, NULL, err);
}

bool
mn_report_dossiers(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 16, NULL), a = root;
	char *to = mn_arena_cstr(&a, mn_str_c(dir));
	const struct mn_many each = {'N', write_one, NULL, to};
	bool good = mn_dir_make(mn_arena_fmt(&a, "%s/entity%c", dir, 0).p, err) &&
		    mn_view_many(r, &each, err);
	mn_arena_free(root);
	return good;
}

/* The page of a lot: what a procurement officer reads, decides by and signs. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/evidence.h"

#include "edition.h"
#include "html.h"
#include "tender.h"

#define QUESTIONS 3
#define FINDINGS 3

static const char STYLE[] =
    ".lot{padding-right:1px}.lot p{max-width:none}.lot table{font-size:.9rem}.lot "
    "th,.lot td{padding:.25rem "
    ".5rem}"
    ".lot .item p{margin:.15rem 0}.lot .item{padding:.5rem .8rem}"
    ".lot dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.15rem .8rem;margin:.3rem "
    "0}"
    ".lot dt{color:var(--soft);font-size:.87rem}.lot dd{margin:0}"
    ".lot dd ol{margin:0;padding-left:1.2rem;max-width:none}.lot dd li{margin:.1rem 0}"
    ".lot h2{margin:1.2rem 0 .4rem;padding-top:.5rem}"
    ".yes{color:var(--high);background:var(--high-bg)}"
    ".no{color:var(--unknown);background:none}"
    ".first{color:var(--elevated);font-weight:600}"
    ".sites{border-left:3px solid var(--line);padding-left:.7rem;margin:.4rem 0}"
    ".sign td,.sign th{border:1px solid var(--soft);height:2.4rem}"
    ".sign th{width:8rem}.sign .s{width:5rem}"
    ".rate{white-space:nowrap}\n"
    "@page{size:A4;margin:11mm 12mm}"
    "@media print{.lot{font-size:8.4pt;line-height:1.28}.lot h1{font-size:13pt;margin:0}"
    ".lot p,.lot .limits{margin:.15rem 0}.lot .lead{font-size:8.4pt}"
    ".lot h2{font-size:10pt;margin:.35rem 0 .15rem;padding-top:.15rem}"
    ".lot table,.lot dt,.lot th{font-size:8pt}.lot .gate{font-size:7.6pt;padding:0 .3rem}"
    ".lot th,.lot td{padding:.08rem .3rem}.lot .item{padding:.2rem .5rem;margin:.2rem 0}"
    ".lot dl{grid-template-columns:6.5rem 1fr;margin:.1rem 0;gap:0 .5rem}"
    ".lot dd li{margin:0}.lot .limits{padding:.15rem .5rem}"
    "footer{margin-top:.3rem;padding-top:.2rem;font-size:7.6pt;line-height:1.2}"
    ".sign{break-inside:avoid}.sign td,.sign th{height:1.9rem}}\n";

/* ---- head ---- */

static void
told(struct mn_out *o, const char *label, struct mn_str value, bool *first)
{
	if (value.n == 0)
		return;
	mn_html(o, *first ? "" : " · ");
	mn_html_c(o, label);
	mn_html_name(o, value);
	*first = false;
}

static void
head(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	const struct mn_str *v = p->lot.v;
	struct mn_str title = mn_tender_title(p, a);
	bool first = true;
	mn_html_begin_styled(o, title, STYLE);
	mn_html(o, "<div class=\"lot\">\n<nav class=\"noprint\"><a "
		   "href=\"../index.html\">All lots</a></nav>\n<header><h1>");
	mn_html_name(o, title);
	mn_html(o, "</h1>\n<p class=\"lead\">");
	if (v[MN_F_LOT_TITLE].n)
		told(o, "", v[MN_F_TENDER_TITLE], &first);
	told(o, MN_SAY("buyer "), v[MN_F_BUYER], &first);
	told(o, MN_SAY("tender "), v[MN_F_TENDER], &first);
	told(o, "", v[MN_F_OCID], &first);
	told(o, "", v[MN_F_PROCUREMENT_METHOD], &first);
	told(o, MN_SAY("status "), v[MN_F_TENDER_STATUS], &first);
	told(o, MN_SAY("bids until "), v[MN_F_TENDER_UNTIL], &first);
	told(o, MN_SAY("CPV "), v[MN_F_CPV], &first);
	if (v[MN_F_DELIVERY_COUNTRY].n)
		told(o, MN_SAY("delivered in "),
		    mn_country_name(p->r->countries, v[MN_F_DELIVERY_COUNTRY]), &first);
	mn_html(o, "</p>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "</strong> No score stands on this page, because a score alone "
		   "excludes nobody.</p></header>\n<main>\n");
}

/* ---- the contract ---- */

static void
risk_row(struct mn_out *o, const struct mn_p_tender_risk *risk,
    const struct mn_risk_answer *answer)
{
	static const char *const STATE[] = {
	    "<span class=\"gate\">" MN_SAY("unknown") "</span>",
	    "<span class=\"gate no\">" MN_SAY("no") "</span>",
	    "<span class=\"gate yes\">" MN_SAY("yes") "</span>"};
	mn_html(o, "<tr><th scope=\"row\">");
	mn_html_told(o, risk->name);
	mn_html(o, "</th><td>");
	mn_html(o, STATE[answer->state]);
	mn_html(o, "</td><td>");
	mn_html_text(o, answer->reason);
	if (answer->state == MN_RISK_UNKNOWN) {
		mn_html(o, ". <em>Ask:</em> ");
		mn_html_told(o, risk->ask);
	}
	mn_html(o, "</td></tr>\n");
}

static void
contract(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	const struct mn_pack *pack = p->r->pack;
	unsigned n[3] = {0};
	mn_html(o, "<h2>1 The contract: six risk characteristics</h2>\n<div "
		   "class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Characteristic</th><th scope=\"col\">Present</th><th "
		   "scope=\"col\">Why</th></tr></thead><tbody>\n");
	for (int64_t order = 1; order <= 100; order++)
		for (uint32_t i = 0; i < pack->n_tender_risk; i++) {
			if (pack->tender_risk[i].order != order)
				continue;
			struct mn_risk_answer x =
			    mn_tender_risk(p, &pack->tender_risk[i], a);
			n[x.state]++;
			risk_row(o, &pack->tender_risk[i], &x);
		}
	mn_html(o, "</tbody></table></div>\n<p>");
	mn_html_fmt(o, "%u present, %u not, %u unknown.", n[MN_RISK_YES], n[MN_RISK_NO],
	    n[MN_RISK_UNKNOWN]);
	mn_html(o, n[MN_RISK_YES] > 1
		       ? " <strong>More than one is present: rate the contract.</strong>"
		       : " If more than one is found to be present, rate the contract.");
	mn_html(o, " <span class=\"rate\">&#9744; high &#9744; medium &#9744; "
		   "low</span> <span class=\"soft\">Characteristics: ");
	mn_html_told(o, pack->n_tender_risk ? pack->tender_risk[0].prov.source
					    : mn_str_c(MN_SAY("none in the packs")));
	mn_html(o, ".</span></p>\n");
}

/* ---- who takes part ---- */

static void
roles(struct mn_out *o, const struct mn_tender_party *y)
{
	static const char *const ROLE[MN_TENDER_ROLES] = {MN_SAY("tenderer"),
	    MN_SAY("supplier"), MN_SAY("lead of a consortium"),
	    MN_SAY("member of a consortium"), MN_SAY("subcontractor"), MN_SAY("buyer")};
	bool first = true;
	for (unsigned i = 0; i < MN_TENDER_ROLES; i++) {
		if (!(y->roles >> i & 1u))
			continue;
		mn_html(o, first ? "" : ", ");
		mn_html_c(o, ROLE[i]);
		first = false;
	}
}

static void
name(struct mn_out *o, const struct mn_report *r, const struct mn_tender_party *y)
{
	const struct mn_str *v = y->v.ent.rec.v;
	char slug[80];
	bool link = mn_report_has_dossier(r, &y->v.card);
	mn_html(o, y->site ? "<p>Made at <strong>" : "<p><strong>");
	if (link)
		mn_out_fmt(o, "<a href=\"../entity/%s.html\">",
		    mn_entity_slug(&y->v.ent, slug).p);
	mn_html_name(o, v[MN_F_NAME]);
	mn_html(o, link ? "</a></strong>" : "</strong>");
	mn_html(o, " <span class=\"soft\">");
	if (!y->site)
		roles(o, y);
	mn_html(o, y->site ? "" : " · ");
	if (v[MN_F_COUNTRY].n)
		mn_html_text(o, mn_country_name(r->countries, v[MN_F_COUNTRY]));
	else
		mn_html(o, "country unknown");
	if (v[MN_F_TAX_ID].n) {
		mn_html(o, " · no. ");
		mn_html_name(o, v[MN_F_TAX_ID]);
	}
	if (y->award.n) {
		mn_html(o, " · award ");
		mn_html_name(o, y->award);
	}
	mn_html(o, "</span>");
	if (mn_tender_bare(y))
		mn_html(o, "<br><span class=\"first\">Identify first:</span> a name "
			   "alone says not who it is. Ask for the registration number "
			   "and the address; until then no match is more than possible.");
	mn_html(o, "</p>\n");
}

static void
fact(struct mn_out *o, const struct mn_gate_fact *g)
{
	mn_html(o, ": ");
	if (g->entry.n)
		mn_html_name(o, g->entry);
	else
		mn_html(o, "an entry");
	if (!g->own_field) {
		mn_html(o, " on ");
		mn_html_text(o, g->list);
		mn_html(o, ", listed ");
		mn_html_day(o, g->listed_day);
		if (g->ended_day != MN_DAY_NONE) {
			mn_html(o, ", ended ");
			mn_html_day(o, g->ended_day);
		}
	}
	mn_html(o, ", by ");
	mn_html_c(o, mn_basis_name(g->basis));
	if (g->own_field && g->why.n) { /* which day, which words of the row */
		mn_html(o, ": ");
		mn_html_text(o, g->why);
	}
	if (g->decided) {
		struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
		mn_gate_decided_text(g, &b);
		mn_html(o, " (");
		mn_html_text(o, mn_buf_str(&b));
		mn_html(o, ")");
		mn_buf_free(&b);
	}
}

/* The fact that the gate's status comes from. */
static const struct mn_gate_fact *
strongest(const struct mn_view *v, uint32_t gate)
{
	for (uint32_t k = 0; k < v->n_gate; k++)
		if (v->gate[k].gate == gate && v->gate[k].status == v->card.gate[gate])
			return &v->gate[k];
	return NULL;
}

/* A gate that comes along the supply graph: from whom, and by which way. */
static void
behind(struct mn_out *o, const struct mn_view *v, uint32_t gate, struct mn_arena *a)
{
	for (uint32_t i = 0; i < v->behind.n_gate; i++) {
		const struct mn_path_gate *g = &v->behind.gate[i];
		if (g->gate != gate || g->status != v->card.gate[gate] || g->path.n == 0)
			continue;
		mn_html(o, ": ");
		mn_html_text(o, mn_path_text(&g->path, a));
		mn_html(o, g->sure ? ", which is listed"
				   : ", which may be meant and waits "
				     "for a person");
		if (g->fact.list.n) {
			mn_html(o, " (");
			mn_html_text(o, g->fact.list);
			mn_html(o, ")");
		}
		return;
	}
}

static void
gates(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	bool any = false;
	mn_html(o, "<dt>Legal gates</dt><dd>");
	for (uint32_t i = 0; i < v->card.n_gate && i < r->pack->n_gate; i++) {
		if (v->card.gate[i] < MN_GATE_ENDED)
			continue;
		const struct mn_gate_fact *g = strongest(v, i);
		mn_html(o, any ? "<br>" : "");
		any = true;
		mn_html_status(o, v->card.gate[i]);
		mn_html(o, " ");
		mn_html_told(o, r->pack->gate[i].name);
		if (g)
			fact(o, g);
		else
			behind(o, v, i, a);
		mn_html(o, ". <em>For you:</em> ");
		mn_html_lines(o, mn_view_effect(r, i, a));
	}
	if (!any)
		mn_html(o, "none met");
	mn_html(o, "</dd>\n");
}

static bool
is_open(const struct mn_evidence *e)
{
	return e->direction == MN_ADVERSE && e->status != MN_WORKER_VERIFIED;
}

/* The open finding of most weight below `below` (of one weight the first). */
static uint32_t
next_open(const struct mn_view *v, uint32_t last)
{
	uint32_t best = UINT32_MAX;
	for (uint32_t k = 0; k < v->n_ev; k++) {
		int64_t w = v->row[k].e_q16;
		bool later = last == UINT32_MAX || w < v->row[last].e_q16 ||
			     (w == v->row[last].e_q16 && k > last);
		if (is_open(&v->ev[k]) && later &&
		    (best == UINT32_MAX || w > v->row[best].e_q16))
			best = k;
	}
	return best;
}

static void
findings(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	uint32_t open = 0, shown = 0;
	for (uint32_t k = 0; k < v->n_ev; k++)
		open += is_open(&v->ev[k]);
	mn_html(o, "<dt>Open findings</dt><dd>");
	if (open == 0)
		mn_html(o, "none in the files of this run");
	for (uint32_t k = next_open(v, UINT32_MAX); k != UINT32_MAX && shown < FINDINGS;
	     k = next_open(v, k), shown++) {
		const struct mn_evidence *e = &v->ev[k];
		mn_html(o, shown ? "<br>" : "");
		mn_html_text(o, e->label);
		mn_html(o, " <span class=\"soft\">(");
		if (e->indicator < MN_INDICATORS &&
		    !mn_str_eq(e->label, r->pack->indicator[e->indicator].name)) {
			mn_html_told(o, r->pack->indicator[e->indicator].name);
			mn_html(o, "; ");
		}
		mn_html_told(o, r->pack->source_class[e->source_class].name);
		mn_html(o, ", ");
		mn_html_day(o, e->event_day);
		mn_html(o, ", ");
		mn_html_c(o, e->status == MN_CLOSED_ON_CLAIM
				 ? "closed on somebody's claim"
			     : e->status == MN_OPEN ? "open"
						    : "status unknown");
		mn_html(o, e->response.n ? "; the supplier answered, see dossier)</span>"
					 : ")</span>");
	}
	if (open > shown)
		mn_html_fmt(o, " and %u more", open - shown);
	mn_html(o, "</dd>\n");
}

/* How much anybody looked: rows by class of source, and the part of what should be known
 * that they fill. */
static void
looked(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_pack *p = r->pack;
	unsigned n = 0;
	mn_html(o, "<dt>To look at</dt><dd>");
	for (uint32_t c = 0; c < p->n_source_class; c++) {
		unsigned rows = 0;
		for (uint32_t k = 0; k < v->n_ev; k++)
			rows += v->ev[k].source_class == c;
		if (rows == 0)
			continue;
		mn_html_fmt(o, "%s%u ", n++ ? ", " : "", rows);
		mn_html_told(o, p->source_class[c].name);
	}
	if (v->n_fee)
		mn_html(o, n++ ? ", fee ledgers" : "fee ledgers");
	if (n == 0)
		mn_html(o, "lists only. No inspection, audit, survey or ledger names "
			   "it: silence is no clearance");
	else
		mn_html_fmt(o, "; %lld %% of what should be known",
		    (long long)((v->card.c_all_q16 * 100 + 32768) >> 16));
	mn_html(o, "</dd>\n");
}

static void
questions(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_p_question *q[QUESTIONS];
	size_t n = mn_view_questions(r, v, q, countof(q));
	if (v->card.action == MN_ACT_PROTECT) {
		mn_html(o, "<dt>Ask the bidder</dt><dd><strong>Nothing yet: workers "
			   "first.</strong> ");
		mn_html(o, v->card.state_imposed
			       ? "In a setting imposed by a state a question can harm "
				 "workers, and no answer clears. "
			       : "What was found here is grave, and a question can bring "
				 "workers into danger. ");
		mn_html(o, "Take advice of the labour inspectorate or a union before you "
			   "contact the employer; hear the bidder on the documents "
			   "named above alone.</dd>\n");
		return;
	}
	if (n == 0)
		return;
	mn_html(o, "<dt>Ask the bidder</dt><dd><ol>");
	for (size_t i = 0; i < n; i++) {
		mn_html(o, "<li>");
		mn_html_told(o, q[i]->text);
		if (!mn_str_eq(q[i]->ask, MN_S("supplier"))) {
			mn_html(o, " <span class=\"soft\">(");
			mn_html_c(o, mn_view_whom(q[i]->ask));
			mn_html(o, ")</span>");
		}
		mn_html(o, "</li>");
	}
	mn_html(o, "</ol></dd>\n");
}

static void
party(struct mn_out *o, const struct mn_report *r, const struct mn_tender_party *y,
    struct mn_arena *a)
{
	if (y->site)
		mn_html(o, "<div class=\"sites\">");
	name(o, r, y);
	mn_html(o, "<dl>");
	gates(o, r, &y->v, a);
	findings(o, r, &y->v);
	looked(o, r, &y->v);
	if (!y->site)
		questions(o, r, &y->v);
	mn_html(o, "</dl>\n");
	mn_html(o, y->site ? "</div>\n" : "");
}

/* Which lists stood behind the gates of everybody here; age is what no match is worth. */
static void
compared(
    struct mn_out *o, const struct mn_tender_page *p, bool checked, const char *before)
{
	const struct mn_pack *pack = p->r->pack;
	unsigned n = 0;
	for (uint32_t i = 0; i < pack->n_gate; i++) {
		bool any = false;
		for (uint32_t k = 0; k < p->n_party && !any; k++) {
			const struct mn_card *c = &p->party[k].v.card;
			any = i < c->n_gate &&
			      (checked ? c->gate[i] >= MN_GATE_NO_MATCH
				       : c->gate[i] == MN_GATE_NOT_CHECKED);
		}
		if (!any)
			continue;
		mn_html(o, n++ ? "; " : before);
		mn_html_told(o, pack->gate[i].name);
	}
	mn_html(o, n ? ". " : "");
}

static void
lists(struct mn_out *o, const struct mn_tender_page *p)
{
	const struct mn_report *r = p->r;
	unsigned n = 0;
	mn_html(o, "<p class=\"soft\">");
	mn_html(o,
	    "What is not told below met nothing, which is no clearance. What workers "
	    "said stands on no page of a lot, because the bidder is heard on it: the "
	    "dossiers have it, and it is never put to an employer. ");
	compared(o, p, true, MN_SAY("Compared: "));
	compared(o, p, false, MN_SAY("Not checked, because this run had no list: "));
	for (uint32_t i = 0; i < r->n_source; i++) {
		const struct mn_source *s = &r->source[i];
		if (s->kind != MN_K_WATCHLIST)
			continue;
		mn_html(o, n++ ? "; " : "Lists: ");
		mn_html_text(o, mn_source_base(s));
		if (s->edition.n) {
			mn_html(o, " ");
			mn_html_edition(
			    o, r, s->edition, (int64_t)s->stale_after_days, MN_STR_NONE);
		}
	}
	mn_html(o, n ? ".</p>\n" : "</p>\n");
}

static void
parties(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	mn_html_say(o, "<h2>2 Bidders, in alphabetical order: %u</h2>\n", p->n_bidder);
	if (p->n_bidder == 0)
		mn_html(o, "<p>The file names no bidder for this lot, so nobody was "
			   "screened. Give the bids, or the list of who asked to take "
			   "part, to the same command.</p>\n");
	else
		lists(o, p);
	for (uint32_t i = 0; i < p->n_party; i++) {
		bool last = i + 1 == p->n_party || !p->party[i + 1].site;
		mn_html(o, p->party[i].site ? "" : "<div class=\"item\">");
		party(o, p->r, &p->party[i], a);
		mn_html(o, last ? "</div>\n" : "");
	}
}

/* ---- what follows ---- */

static void
decision(struct mn_out *o, const char *manifest)
{
	mn_html(o,
	    "<h2>3 Before anybody is excluded</h2>\n<p class=\"limits\">Exclusion is a "
	    "decision by a person, under the law of this procurement, on facts that were "
	    "checked, and in proportion. A possible match is not the bidder until "
	    "somebody has confirmed it. Tell the bidder what is held against it, hear "
	    "its reply and what it did to put things right, and keep both with this "
	    "page. Treat all bidders alike: ask all of them what one is asked.</p>\n"
	    "<h2>4 Decision</h2>\n<div class=\"table\" tabindex=\"0\"><table "
	    "class=\"sign\"><tbody>\n"
	    "<tr><th scope=\"row\">Decision</th><td colspan=\"5\"></td></tr>\n"
	    "<tr><th scope=\"row\">Reason</th><td colspan=\"5\"></td></tr>\n"
	    "<tr><th scope=\"row\">Name and role</th><td></td><th scope=\"row\" "
	    "class=\"s\">Date</th><td></td><th scope=\"row\" "
	    "class=\"s\">Signature</th><td></td></tr>\n");
	mn_html(o, "</tbody></table></div>\n<p class=\"soft\">This page belongs to "
		   "manifest.json, SHA-256 <code>");
	mn_html_text(o, mn_str_c(manifest));
	mn_html(o, "</code></p>\n</main>\n");
}

void
mn_html_lot(struct mn_out *o, const struct mn_tender_page *p, const char *manifest,
    struct mn_arena *a)
{
	head(o, p, a);
	contract(o, p, a);
	parties(o, p, a);
	decision(o, manifest);
	mn_html(o, "</div>\n");
	mn_html_end(o, p->r);
}

/* Who takes part in a lot: bidders, and the sites where they make the goods. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/evidence.h"

#include "edition.h"
#include "html.h"
#include "tender.h"

enum { QUESTIONS = 3, FINDINGS = 3, ENTRIES = 3 };
/* Of all questions those to the bidder are taken; a list that long holds three of them.
 */
enum { QUESTIONS_LOOKED_AT = 64 };
/* With more bidders, whose questions are much the same, each question stands once and
 * bidders have its number: a page is signed, so it has to stay one. */
enum { BIDDERS_APART = 2 };

/* Questions to the bidders of a lot, each once, in the order of the bidders. */
struct asked {
	const struct mn_p_question **q;
	uint32_t n;
};

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

/* What else of the gate counts: a person who rules the strongest out has to see what
 * remains. */
static void
others(struct mn_out *o, const struct mn_view *v, const struct mn_gate_fact *told)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < v->n_gate; k++) {
		const struct mn_gate_fact *g = &v->gate[k];
		if (g == told || g->gate != told->gate || g->status < MN_GATE_ENDED ||
		    mn_gate_only_told(g) || ++n > ENTRIES)
			continue;
		mn_html(o, "; also");
		fact(o, g);
	}
	if (n > ENTRIES)
		mn_html_fmt(o, " and %u more", n - ENTRIES);
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
		if (g) {
			fact(o, g);
			others(o, v, g);
		} else
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
nothing_yet(struct mn_out *o, const struct mn_card *card)
{
	mn_html(o, "<dt>Ask the bidder</dt><dd><strong>Nothing yet: workers "
		   "first.</strong> ");
	mn_html(o, card->state_imposed
		       ? "In a setting imposed by a state a question can harm "
			 "workers, and no answer clears. "
		       : "What was found here is grave, and a question can bring "
			 "workers into danger. ");
	mn_html(o, "Take advice of the labour inspectorate or a union before you "
		   "contact the employer; hear the bidder on the documents "
		   "named above alone.</dd>\n");
}

static void
question(struct mn_out *o, const struct mn_p_question *q)
{
	mn_html(o, "<li>");
	mn_html_told(o, q->text);
	mn_html(o, "</li>");
}

/* Its number in the list of all, where it is put if it is new. */
static uint32_t
number(struct asked *all, const struct mn_p_question *q)
{
	uint32_t i = 0;
	while (i < all->n && all->q[i] != q)
		i++;
	if (i == all->n)
		all->q[all->n++] = q;
	return i + 1;
}

/* The most useful questions that the bidder can answer: what stands in the buyer's own
 * files, or workers alone may be asked, is for the dossier. */
static size_t
to_bidder(const struct mn_report *r, const struct mn_view *v,
    const struct mn_p_question *out[QUESTIONS])
{
	const struct mn_p_question *q[QUESTIONS_LOOKED_AT];
	size_t n = mn_view_questions(r, v, q, countof(q)), kept = 0;
	for (size_t i = 0; i < n && kept < QUESTIONS; i++)
		if (mn_str_eq(q[i]->ask, MN_S("supplier")))
			out[kept++] = q[i];
	return kept;
}

/* all: of the lot, when questions stand once; NULL: they stand here. */
static void
questions(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct asked *all)
{
	const struct mn_p_question *q[QUESTIONS];
	size_t n = to_bidder(r, v, q);
	if (v->card.action == MN_ACT_PROTECT) {
		nothing_yet(o, &v->card);
		return;
	}
	if (n == 0)
		return;
	mn_html(o, "<dt>Ask the bidder</dt><dd>");
	if (all)
		mn_html(o, "of the questions below ");
	else
		mn_html(o, "<ol>");
	for (size_t i = 0; i < n; i++)
		if (all)
			mn_out_fmt(o, "%s%u", i ? ", " : "", number(all, q[i]));
		else
			question(o, q[i]);
	mn_html(o, all ? "</dd>\n" : "</ol></dd>\n");
}

/* A row of facts for each kind; who has none of any kind gets one row that says so. */
static void
known(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	bool any = v->n_ev > 0 || v->n_fee > 0;
	for (uint32_t i = 0; i < v->card.n_gate && i < r->pack->n_gate; i++)
		any |= v->card.gate[i] >= MN_GATE_ENDED;
	if (!any) {
		mn_html(o, "<dt>Known</dt><dd>no gate met and no finding. No inspection, "
			   "audit, survey or ledger names it: silence is no "
			   "clearance</dd>\n");
		return;
	}
	gates(o, r, v, a);
	findings(o, r, v);
	looked(o, r, v);
}

/* That the bidder was heard, by the days that it knows itself. What was said stays in the
 * dossier, and of talks with workers, off site or in private, not even the day is told.
 */
static void
heard(struct mn_out *o, const struct mn_view *v)
{
	static const char ENGAGEMENT[] = "engagement";
	uint32_t n = 0;
	for (uint32_t k = 0; k < v->n_done; k++) {
		const struct mn_record *rec = &v->done[k].rec;
		int32_t day;
		if (!v->done[k].last || rec->kind != MN_K_ACTIVITIES ||
		    rec->v[MN_F_OFFSITE].n || rec->v[MN_F_INTERVIEWED_PRIVATELY].n ||
		    !mn_str_eq(rec->v[MN_F_ACTIVITY], mn_str_c(ENGAGEMENT)) ||
		    !mn_record_day(rec, MN_F_DATE, &day))
			continue;
		mn_html(o, n++ ? ", " : "<dt>Engagement on record</dt><dd>");
		mn_html_day(o, day);
	}
	mn_html(o, n ? "</dd>\n" : "");
}

static void
party(struct mn_out *o, const struct mn_report *r, const struct mn_tender_party *y,
    struct asked *all, struct mn_arena *a)
{
	if (y->site)
		mn_html(o, "<div class=\"sites\">");
	name(o, r, y);
	mn_html(o, "<dl>");
	known(o, r, &y->v, a);
	if (!y->site) {
		questions(o, r, &y->v, all);
		heard(o, &y->v);
	}
	mn_html(o, "</dl>\n");
	mn_html(o, y->site ? "</div>\n" : "");
}

/* What became of a gate for everybody here: a match counts only against its own bidder,
 * and what no list of the run could tell is no check of the others. */
enum checked { C_COMPARED, C_STALE, C_NO_LIST, C_OF_NO_CONCERN };

static enum checked
checked(const struct mn_tender_page *p, uint32_t gate)
{
	const struct mn_gate_ground *g = &p->r->ground[gate];
	bool any = false, open = false;
	for (uint32_t k = 0; k < p->n_party; k++) {
		const struct mn_card *c = &p->party[k].v.card;
		any |= gate < c->n_gate && c->gate[gate] >= MN_GATE_NO_MATCH;
		open |= gate < c->n_gate && c->gate[gate] == MN_GATE_NOT_CHECKED;
	}
	if (!open)
		return any ? C_COMPARED : C_OF_NO_CONCERN;
	return g->stale.n || g->goods_stale.n ? C_STALE : C_NO_LIST;
}

static void
compared(
    struct mn_out *o, const struct mn_tender_page *p, enum checked is, const char *before)
{
	const struct mn_pack *pack = p->r->pack;
	unsigned n = 0;
	for (uint32_t i = 0; i < pack->n_gate; i++) {
		if (checked(p, i) != is)
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
	compared(o, p, C_COMPARED, MN_SAY("Compared: "));
	compared(o, p, C_STALE, MN_SAY("Lists too old, so no match is no check: "));
	compared(o, p, C_NO_LIST,
	    MN_SAY("Not checked, for want of a list in this run or of what it asks: "));
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

/* What everybody is asked, once. */
static void
asked_list(struct mn_out *o, const struct asked *all)
{
	if (all->n == 0)
		return;
	mn_html(o, "<div class=\"asked\"><h3>Questions to bidders</h3>\n<ol>");
	for (uint32_t i = 0; i < all->n; i++)
		question(o, all->q[i]);
	mn_html(o, "</ol></div>\n");
}

void
mn_html_lot_parties(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	struct asked all = {
	    .q = MN_NEW(a, const struct mn_p_question *, p->n_party *QUESTIONS)};
	bool once = p->n_bidder > BIDDERS_APART;
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
		party(o, p->r, &p->party[i], once ? &all : NULL, a);
		mn_html(o, last ? "</div>\n" : "");
	}
	asked_list(o, &all);
}

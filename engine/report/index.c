/* index.html: the portfolio on one page, with two lists. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/evidence.h"

#include "annex.h"
#include "behind.h"
#include "edition.h"
#include "html.h"
#include "pages.h"

struct page {
	const struct mn_report *r;
	struct mn_out *o;
	struct mn_arena root;
	struct mn_err *err;
	uint64_t shown, skipped;
	bool good;
};

static void
top(struct page *x)
{
	struct mn_out *o = x->o;
	mn_html_begin(o, mn_str_c(mn_html_word(o, MN_SAY("Supply-chain screening"))));
	mn_html(o, "<header><h1>Supply-chain screening for forced-labour risk</h1>\n<p "
		   "class=\"lead\">");
	mn_html_made_for(o, x->r);
	mn_html_fmt(o, "%llu suppliers, sites and recruiters, as of ",
	    (unsigned long long)x->r->entities);
	mn_html_day(o, x->r->as_of);
	mn_html(o, "</p>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "</strong> A band says how far the evidence at hand points; "
		   "<em>unknown</em> means that nobody "
		   "has looked enough, which is a reason to ask and never low. Legal "
		   "gates stand beside the band "
		   "and add nothing to it.</p></header>\n");
}

static uint64_t
with_status(const struct mn_report *r, unsigned status)
{
	uint64_t n = 0;
	for (uint32_t i = 0; i < r->pack->n_gate; i++)
		n += r->gates[i][status];
	return n;
}

static void
decided(struct mn_out *o, const struct mn_report *r)
{
	const uint64_t *n = r->decided;
	uint64_t again =
	    n[MN_DECIDED_STALE] + n[MN_DECIDED_EXPIRED] + n[MN_DECIDED_CONFLICT];
	if (n[MN_DECIDED_SAME] + n[MN_DECIDED_DIFFERENT] + again == 0)
		return;
	mn_html_say(o,
	    "<p>Decisions on list entries: %llu the same, %llu different; %llu wait for "
	    "a person again, because the entry changed, the time is over, or decisions "
	    "contradict each other.</p>\n",
	    (unsigned long long)n[MN_DECIDED_SAME],
	    (unsigned long long)n[MN_DECIDED_DIFFERENT], (unsigned long long)again);
}

/* Why a gate does not concern some or all. */
static void
scope(struct mn_out *o, const struct mn_report *r, uint32_t gate)
{
	uint64_t n = r->gates[gate][MN_GATE_NOT_APPLICABLE];
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	if (n) {
		mn_html_say(o, "<br><span class=\"soft\">not applicable to %llu: ",
		    (unsigned long long)n);
		mn_html_text(o, mn_gate_scope(&r->pack->gate[gate], r->as_of, &a));
		mn_html(o, "</span>");
	}
	mn_arena_free(root);
}

static void
summary(struct page *x)
{
	struct mn_out *o = x->o;
	const struct mn_report *r = x->r;
	bool workings = mn_view_shows(r, MN_SHOW_WORKINGS);
	mn_html(o, "<h2>At a glance</h2>\n");
	mn_svg_bands(o, r);
	mn_html(o, "\n<div class=\"table\" tabindex=\"0\"><table><caption>Legal gates: "
		   "entities by "
		   "status. A name alone is a "
		   "possible match; only an identifier or a person's decision states a "
		   "hit.</caption><thead><tr>"
		   "<th scope=\"col\">Gate</th><th scope=\"col\" class=\"n\">hit</th><th "
		   "scope=\"col\" "
		   "class=\"n\">possible</th><th scope=\"col\" "
		   "class=\"n\">upstream</th><th scope=\"col\" class=\"n\">ended</th><th "
		   "scope=\"col\" "
		   "class=\"n\">no match</th><th scope=\"col\" class=\"n\">not "
		   "checked</th></tr></thead><tbody>\n");
	static const unsigned SHOWN[] = {MN_GATE_HIT, MN_GATE_POSSIBLE, MN_GATE_UPSTREAM,
	    MN_GATE_ENDED, MN_GATE_NO_MATCH, MN_GATE_NOT_CHECKED};
	for (uint32_t i = 0; i < r->pack->n_gate; i++) {
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_told(o, r->pack->gate[i].name);
		mn_html(o, " <span class=\"soft\">");
		mn_html_text(o, r->pack->gate[i].code);
		mn_html(o, "</span>");
		scope(o, r, i);
		mn_html(o, "</th>");
		for (size_t k = 0; k < countof(SHOWN); k++)
			mn_out_fmt(o, "<td class=\"n\">%llu</td>",
			    (unsigned long long)r->gates[i][SHOWN[k]]);
		mn_html(o, "</tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
	if (with_status(r, MN_GATE_POSSIBLE))
		mn_html(o, workings ? "<p>Possible matches wait for a person in <a "
				      "href=\"review.csv\">review.csv</a>.</p>\n"
				    : "<p>A possible match is a name that resembles one "
				      "on a list; nobody has confirmed it.</p>\n");
	if (workings)
		decided(o, r);
}

/* The reason in words: the strongest indicator, a floor, a gate. */
static void
reason(struct page *x, const struct mn_view *v, struct mn_arena *a)
{
	const struct mn_card *c = &v->card;
	const struct mn_pack *p = x->r->pack;
	unsigned n, best = mn_view_strongest(c, &n);
	if (best < MN_INDICATORS) {
		mn_html_told(x->o, p->indicator[best].name);
		if (n > 1)
			mn_html_fmt(x->o, " and %u more", n - 1);
	} else {
		mn_html(x->o, "<span class=\"soft\">");
		mn_html_text(x->o, mn_view_no_weight(x->r, v, a));
		mn_html(x->o, "</span>");
	}
	if (c->floor)
		mn_html(x->o, " <span class=\"soft\">(open strong finding of a court or "
			      "inspectorate)</span>");
	for (uint32_t i = 0; i < c->n_gate && i < p->n_gate; i++) {
		if (c->gate[i] < MN_GATE_ENDED)
			continue;
		mn_html(x->o, "<br>");
		mn_html_text(x->o, p->gate[i].code);
		mn_html(x->o, " ");
		mn_html_status(x->o, c->gate[i]);
	}
}

static void
who(struct page *x, const struct mn_entity *e, const struct mn_card *c)
{
	char slug[80];
	bool link = mn_report_has_dossier(x->r, c);
	if (link) {
		mn_out_fmt(
		    x->o, "<a href=\"entity/%s.html\">", mn_entity_slug(e, slug).p);
		mn_html_name(x->o, e->rec.v[MN_F_NAME]);
		mn_html(x->o, "</a>");
	} else {
		mn_html_name(x->o, e->rec.v[MN_F_NAME]);
	}
	mn_html(x->o, "<br><span class=\"soft\">");
	if (e->rec.v[MN_F_ID].n) {
		mn_html_name(x->o, e->rec.v[MN_F_ID]);
		mn_html(x->o, " · ");
	}
	if (e->rec.v[MN_F_COUNTRY].n)
		mn_html_text(
		    x->o, mn_country_name(x->r->countries, e->rec.v[MN_F_COUNTRY]));
	else
		mn_html(x->o, "country unknown");
	mn_html(x->o, " · ");
	mn_html_c(x->o, mn_role_name(mn_entity_role(e)));
	mn_html(x->o, "</span>");
}

static bool
row(void *ctx, uint64_t place, const struct mn_card *c)
{
	struct page *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	if (x->shown == MN_LIST_ROWS) {
		x->skipped++;
		return true;
	}
	x->good = mn_view_load(x->r, c->who, false, &a, &v, x->err);
	if (!x->good)
		return false;
	x->shown++;
	c = &v.card; /* with what reaches it along edges */
	mn_out_fmt(
	    x->o, "<tr><td class=\"n\">%llu</td><td>", (unsigned long long)place + 1);
	who(x, &v.ent, c);
	mn_html(x->o, "</td><td>");
	mn_html_band(x->o, c);
	mn_html(x->o, "<br>");
	mn_svg_interval(x->o, x->r->pack, c);
	mn_html(x->o, "</td><td>");
	reason(x, &v, &a);
	mn_html(x->o, "</td><td>");
	mn_html_c(x->o, mn_action_name(c->action));
	mn_html(x->o, "</td></tr>\n");
	return true;
}

static bool
list(struct page *x, char which, const char *title, const char *lead)
{
	x->shown = x->skipped = 0;
	mn_out_fmt(x->o, "<h2 id=\"%c\">%s</h2>\n<p>%s</p>\n", which == 'A' ? 'a' : 'q',
	    mn_html_word(x->o, title), mn_html_word(x->o, lead));
	mn_html(x->o,
	    "<div class=\"table\" tabindex=\"0\"><table class=\"list\"><thead><tr><th "
	    "scope=\"col\" class=\"n\">#</th>"
	    "<th scope=\"col\">Who</th><th scope=\"col\">Band and "
	    "interval</th><th scope=\"col\">Because"
	    "</th><th scope=\"col\">Next step</th></tr></thead><tbody>\n");
	if (!mn_view_rank(x->r, which, row, x, x->err) || !x->good)
		return false;
	if (x->shown == 0)
		mn_html(x->o, "<tr><td colspan=\"5\">none</td></tr>\n");
	mn_html(x->o, "</tbody></table></div>\n");
	if (x->skipped) {
		mn_html(x->o, "<p>");
		mn_html_index_more(x->o, x->r, x->skipped);
		mn_html(x->o, "</p>\n");
	}
	return true;
}

/* Which list nobody asked for was used, how old it is, where a fresh one is. */
static void
comes_along(struct mn_out *o, const struct mn_report *r, const struct mn_source *s)
{
	if (s->edition.n == 0)
		return;
	mn_html(o, "<br><span class=\"soft\">comes along with manumit, ");
	mn_html_edition(o, r, s->edition, (int64_t)s->stale_after_days, s->missing);
	mn_html(o, ". A fresh copy: ");
	mn_html_text(o, s->url);
	mn_html(o, ", given with --watchlist</span>");
}

/* Evidence that was given and is nowhere: the reader has to know. */
static void
unjoined(struct page *x)
{
	uint64_t n = 0;
	for (uint32_t i = 0; i < x->r->n_source; i++)
		n += x->r->source[i].unjoined;
	if (n == 0)
		return;
	mn_html(x->o, "<p><strong>");
	mn_html_fmt(x->o,
	    "%llu row%s of evidence %s not used: the supplier %s name%s is not in this "
	    "run, or may be one of several.",
	    (unsigned long long)n, n == 1 ? "" : "s",
	    n == 1 ? mn_html_word(x->o, MN_SAY("is")) : mn_html_word(x->o, MN_SAY("are")),
	    n == 1 ? mn_html_word(x->o, MN_SAY("it"))
		   : mn_html_word(x->o, MN_SAY("they")),
	    n == 1 ? "s" : "");
	mn_html(x->o,
	    "</strong> They stand in <a href=\"issues.csv\">issues.csv</a> under "
	    "the codes UNJOINED and AMBIGUOUS; by file: ");
	bool any = false;
	for (uint32_t i = 0; i < x->r->n_source; i++) {
		const struct mn_source *s = &x->r->source[i];
		if (s->unjoined == 0)
			continue;
		mn_html(x->o, any ? ", " : "");
		mn_html_text(x->o, mn_source_base(s));
		mn_html_fmt(x->o, " %llu", (unsigned long long)s->unjoined);
		any = true;
	}
	mn_html(x->o, ".</p>\n");
}

static void
inputs(struct page *x)
{
	struct mn_out *o = x->o;
	if (!mn_view_shows(x->r, MN_SHOW_WORKINGS))
		return;
	mn_html(o,
	    "<h2>What went in</h2>\n<p>Every row is accepted, noted or quarantined; "
	    "<a href=\"issues.csv\">issues.csv</a> says which and why.</p>\n");
	unjoined(x);
	mn_html(o,
	    "<div class=\"table\" tabindex=\"0\"><table>"
	    "<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Read as</th><th "
	    "scope=\"col\" "
	    "class=\"n\">rows</th><th scope=\"col\" class=\"n\">accepted</th><th "
	    "scope=\"col\" class=\"n\">"
	    "noted</th><th scope=\"col\" class=\"n\">quarantined</th><th "
	    "scope=\"col\">Encoding</th></tr>"
	    "</thead><tbody>\n");
	for (uint32_t i = 0; i < x->r->n_source; i++) {
		const struct mn_source *s = &x->r->source[i];
		mn_html(o, "<tr>");
		mn_html_el(o, "th scope=\"row\"", mn_source_base(s));
		mn_html(o, "<td>");
		mn_html_c(o, mn_kind_name(s->kind));
		if (s->title.n) {
			mn_html(o, "<br><span class=\"soft\">");
			mn_html_text(o, s->title);
			mn_html(o, "</span>");
		}
		comes_along(o, x->r, s);
		mn_out_fmt(o,
		    "</td><td class=\"n\">%llu</td><td class=\"n\">%llu</td><td "
		    "class=\"n\">%llu</td>"
		    "<td class=\"n\">%llu</td>",
		    (unsigned long long)s->rows, (unsigned long long)s->accepted,
		    (unsigned long long)s->noted, (unsigned long long)s->quarantined);
		mn_html_el(o, "td", s->encoding);
		mn_html(o, "</tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
method(struct page *x)
{
	struct mn_out *o = x->o;
	const struct mn_pack *p = x->r->pack;
	mn_html(o, "<h2>Method and hashes</h2>\n<p>Bands have fixed anchors: no entity's "
		   "band moves because others "
		   "were added. The weights are design values of this project, kept as "
		   "data; the ILO publishes no "
		   "numeric score. Context alone never lifts an entity above "
		   "elevated.</p>\n<div class=\"table\" tabindex=\"0\">"
		   "<table><thead><tr><th scope=\"col\">Pack</th><th "
		   "scope=\"col\">Version</th><th scope=\"col\">"
		   "Licence</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < p->n_file; i++) {
		mn_html(o, "<tr>");
		mn_html(o, "<th scope=\"row\">");
		mn_html_text(o, p->file[i].id);
		if (p->file[i].edition.n) {
			mn_html(o, "<br><span class=\"soft\">");
			mn_html_edition(o, x->r, p->file[i].edition,
			    p->file[i].stale_after_days, p->file[i].missing);
			mn_html(o, "</span>");
		}
		mn_html(o, "</th>");
		mn_html_el(o, "td", p->file[i].version);
		mn_html_el(o, "td", p->file[i].licence);
		mn_out_fmt(o, "<td><code>%s</code></td></tr>\n", p->file[i].sha256);
	}
	mn_html_say(o,
	    "</tbody></table></div>\n<p>Digest of the results: <code>%s</code></p>\n",
	    x->r->digest);
	mn_html_tailoring(o, x->r);
	mn_html_sensitivity(o, x->r);
	mn_html_inspected(o, x->r);
	mn_html(o, "<p>In a spreadsheet: <a href=\"results.xlsx\">results.xlsx</a>, "
		   "<a href=\"results.csv\">results.csv</a>.</p>\n");
	mn_html(o, "<p>For programs: <a href=\"results.jsonl\">results.jsonl</a>, "
		   "<a href=\"manifest.json\">manifest.json</a>.</p>\n");
}

static bool
write_page(struct page *x)
{
	top(x);
	mn_html(x->o, "<main>\n");
	summary(x);
	mn_html(x->o, "<p class=\"noprint\" hidden><label>Filter both lists: <input "
		      "id=\"f\" type=\"search\" "
		      "placeholder=\"name, country, band ...\"></label> <span id=\"n\" "
		      "role=\"status\"></span></p>\n");
	if (!list(x, 'A', MN_SAY("Act"),
		MN_SAY("Evidence or a list speaks of these. Ordered by priority: "
		       "severity (how "
		       "grave, how many people, how "
		       "hard to put right) times likelihood.")) ||
	    !list(x, 'Q', MN_SAY("Ask first"),
		MN_SAY("Too little is known of these. Ordered by inherent risk and your "
		       "spend; "
		       "each dossier says what to "
		       "ask, and whom.")))
		return false;
	if (x->skipped && !mn_html_index_groups(x->o, x->r, x->err))
		return false;
	if (!mn_html_index_spread(x->o, x->r, x->err))
		return false;
	if (x->r->bands[MN_LOW])
		mn_html_say(x->o,
		    "<p>%llu more have a low indication: checks that heard workers or "
		    "came unannounced "
		    "found nothing.</p>\n",
		    (unsigned long long)x->r->bands[MN_LOW]);
	if (!mn_html_index_supply(x->o, x->r, x->err) ||
	    !mn_html_index_done(x->o, x->r, x->err))
		return false;
	inputs(x);
	method(x);
	mn_html(x->o, "</main>\n");
	mn_out_c(x->o, MN_HTML_SCRIPT);
	mn_html_end(x->o, x->r);
	return true;
}

bool
mn_report_index(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL), a = root;
	struct page x = {.r = r, .err = err, .good = true};
	x.o = mn_html_open(r, mn_arena_fmt(&a, "%s/index.html%c", dir, 0).p, err);
	x.root = a;
	bool good = x.o && write_page(&x);
	if (x.o && good)
		good = mn_out_commit(x.o, true, NULL, err);
	else
		mn_out_abort(x.o);
	mn_arena_free(root);
	return good;
}

/* plan.html: the plan for those who answer for it. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "html.h"
#include "plan_table.h"

static void
cell(struct mn_out *o, uint64_t n)
{
	mn_out_fmt(o, "<td class=\"n\">%llu</td>", (unsigned long long)n);
}

/* A script without blanks would break short cells after each sign. */
static const char UNBROKEN[] = "th,td:nth-child(5){word-break:keep-all}\n";

/* A class is the user's word, but for what nobody stated. */
static void
class_name(struct mn_out *o, struct mn_str name)
{
	static const char *const OURS[] = {MN_SAY("not stated"), MN_SAY("not known")};
	for (size_t i = 0; i < countof(OURS); i++)
		if (mn_str_eq(name, mn_str_c(OURS[i]))) {
			mn_html_c(o, OURS[i]);
			return;
		}
	mn_html_text(o, name);
}

static void
top(struct mn_out *o, const struct mn_visits *v, const char *style)
{
	mn_html_begin_styled(
	    o, mn_str_c(mn_html_word(o, MN_SAY("Plan of visits"))), style);
	mn_html(o, "<header><h1>Plan of visits, ");
	mn_html_text(o, v->period);
	mn_html(o, "</h1>\n<p class=\"lead\">");
	mn_html_fmt(o,
	    v->by_visits ? "%u visits with %u visits."
			 : "%u visits with %u inspector-days.",
	    v->n, v->units);
	mn_html(o, "</p>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "</strong> A place in this plan is no accusation. This page, plan.csv "
		   "and plan.xlsx stay in the planning office; <a href=\"field/\">field "
		   "sheets</a> go along to the visit, and say neither rank nor reason."
		   "</p></header>\n<main>\n<div class=\"facts\">");
	for (unsigned s = 0; s < MN_PLAN_STRATA; s++) {
		mn_html(o, "<div><b>");
		mn_html_c(o, MN_STRATUM_NAME[s]);
		mn_html_c(o, v->by_visits ? ", visits" : ", inspector-days");
		mn_html(o, "</b>");
		mn_html_fmt(o, "%u", v->used[s]);
		mn_html(o, "</div>");
	}
	mn_html(o, "<div><b>kept open for complaints</b>");
	mn_html_fmt(o, "%u", v->open);
	mn_html(o, "</div></div>\n");
}

/* What the plan reaches beside what no plan could exceed. */
static void
quality(struct mn_out *o, const struct mn_visits *v)
{
	mn_html(o, "<p>");
	if (v->optimal)
		mn_html_c(o,
		    "All plans of the ranked visits were compared: none with the "
		    "same coverage reaches more.");
	else if (v->bound > 0)
		mn_html_fmt(o,
		    "The ranked visits reach %lld.%lld %% of what no plan could exceed, "
		    "with or without coverage.",
		    (long long)(v->value * 1000 / v->bound / 10),
		    (long long)(v->value * 1000 / v->bound % 10));
	if (v->short_of)
		mn_html_fmt(
		    o, " Coverage is short of %u visits: see below.", v->short_of);
	mn_html(o, "</p>\n");
}

static void
visit_row(struct mn_out *o, const struct mn_visits *v, const struct mn_visit *x)
{
	mn_html(o, "<tr>");
	cell(o, x->rank);
	mn_html(o, "<th scope=\"row\"><a href=\"field/");
	mn_html_text(o, x->sheet);
	mn_html(o, "\">");
	mn_html_name(o, x->name);
	mn_html(o, "</a><br><span class=\"soft\">");
	mn_html_text(o, x->id);
	mn_html(o, x->id.n ? " " : "");
	mn_html_text(o, x->place);
	mn_html(o, "</span></th><td>");
	class_name(o, x->sector);
	mn_html(o, "<br><span class=\"soft\">");
	if (x->workers >= 0)
		mn_html_fmt(o, "%lld workers", (long long)x->workers);
	else
		mn_html_c(o, "workers not stated");
	mn_html(o, "</span></td>");
	cell(o, x->days);
	mn_html(o, "<td>");
	mn_html_c(o, MN_STRATUM_NAME[x->stratum]);
	mn_html(o, "</td><td>");
	mn_html_text(o, x->said.reason);
	mn_html(o, "<br><span class=\"soft\">Look for: ");
	mn_html_text(o, x->said.look_for);
	mn_html(o, "</span></td><td>");
	if (!v->by_visits)
		mn_html_text(o, x->said.crew);
	mn_html(o, v->by_visits ? "" : "<br>");
	mn_html_text(o, x->languages);
	if (x->interpreter.n) {
		mn_html(o, "<br><span class=\"soft\">interpreter: ");
		mn_html_text(o, x->interpreter);
		mn_html(o, "</span>");
	}
	mn_html(o, "</td></tr>\n");
}

static void
visit_table(struct mn_out *o, const struct mn_visits *v, const struct mn_str *only)
{
	mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\" class=\"n\">No."
		   "</th><th scope=\"col\">Site</th><th scope=\"col\">Sector</th><th "
		   "scope=\"col\" class=\"n\">Days</th><th scope=\"col\">Stratum</th><th "
		   "scope=\"col\">Why</th><th scope=\"col\">Who goes, languages</th></tr>"
		   "</thead><tbody>\n");
	for (uint32_t i = 0; i < v->n; i++) {
		const struct mn_visit *x = &v->visit[i];
		struct mn_str class = v->by == MN_PLAN_REGION   ? x->region
				      : v->by == MN_PLAN_SECTOR ? x->sector
								: x->size;
		/* Names of classes are one string each, so the pointer tells them. */
		if (!only || class.p == only->p)
			visit_row(o, v, x);
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
visits(struct mn_out *o, const struct mn_visits *v)
{
	mn_html(o, "<h2>Visits</h2>\n");
	if (v->by == MN_PLAN_DIMS) {
		visit_table(o, v, NULL);
		return;
	}
	for (uint32_t i = 0; i < v->n_of[v->by]; i++) {
		const struct mn_visit_class *c = &v->of[v->by][i];
		if (c->visits == 0)
			continue;
		mn_html(o, "<h3>");
		class_name(o, c->name);
		mn_html(o, "</h3>\n");
		visit_table(o, v, &c->name);
	}
}

static void
coverage(struct mn_out *o, const struct mn_visits *v)
{
	static const char *const TITLE[] = {
	    MN_SAY("By region"), MN_SAY("By sector"), MN_SAY("By size")};
	mn_html(o, "<h2>Coverage</h2>\n<p>");
	mn_html_fmt(o,
	    "Each region, sector and size class gets at least %u %% of its share of the "
	    "ranked visits, so that small workplaces and remote regions are not left "
	    "out.",
	    v->coverage_percent);
	mn_html(o, "</p>\n");
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++) {
		mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><caption>");
		mn_html_c(o, TITLE[d]);
		mn_html(o, "</caption><thead><tr><th scope=\"col\">Class</th><th "
			   "scope=\"col\" class=\"n\">Sites</th><th scope=\"col\" "
			   "class=\"n\">Visits</th><th scope=\"col\" class=\"n\">at "
			   "least</th><th scope=\"col\" class=\"n\">Days ranked</th><th "
			   "scope=\"col\" class=\"n\">random</th><th scope=\"col\" "
			   "class=\"n\">reserve</th></tr></thead><tbody>\n");
		for (uint32_t i = 0; i < v->n_of[d]; i++) {
			const struct mn_visit_class *c = &v->of[d][i];
			if (c->sites == 0)
				continue;
			mn_html(o, "<tr>");
			mn_html(o, "<th scope=\"row\">");
			class_name(o, c->name);
			mn_html(o, "</th>");
			cell(o, c->sites);
			cell(o, c->visits);
			cell(o, c->least);
			for (unsigned s = 0; s < MN_PLAN_STRATA; s++)
				cell(o, c->by_stratum[s]);
			mn_html(o, "</tr>\n");
		}
		mn_html(o, "</tbody></table></div>\n");
	}
}

static void
crews(struct mn_out *o, const struct mn_visits *v)
{
	if (v->n_crew == 0)
		return;
	mn_html(o, "<h2>Inspectors</h2>\n<div class=\"table\" "
		   "tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Inspector</th><th scope=\"col\">Base</th><th "
		   "scope=\"col\">Languages</th><th scope=\"col\" class=\"n\">Days</th>"
		   "<th scope=\"col\" class=\"n\">planned</th><th scope=\"col\" "
		   "class=\"n\">kept open</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < v->n_crew; i++) {
		const struct mn_visit_crew *c = &v->crew[i];
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_text(o, c->name);
		mn_html(o, "</th><td>");
		mn_html_text(o, c->base);
		mn_html(o, "</td><td>");
		mn_html_text(o, c->languages);
		mn_html(o, "</td>");
		cell(o, c->days);
		cell(o, c->used);
		cell(o, c->open);
		mn_html(o, "</tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
sentences(struct mn_out *o, const char *title, const struct mn_str *v, uint32_t n)
{
	if (n == 0)
		return;
	mn_html(o, "<h2>");
	mn_html_c(o, title);
	mn_html(o, "</h2>\n<ul>\n");
	for (uint32_t i = 0; i < n; i++) {
		mn_html_el(o, "li", v[i]);
		mn_html(o, "\n");
	}
	mn_html(o, "</ul>\n");
}

static void
method(struct mn_out *o, const struct mn_visits *v)
{
	mn_html(o, "<h2>How it was made</h2>\n<ul>\n<li>");
	mn_html_fmt(o,
	    "A visit is worth severity times likelihood times the workers it reaches: up "
	    "to %u a day, 1 day below 50 workers, 2 below 250, 3 below 1,000, else %u. "
	    "These are design values. Sites are ranked by what a day reaches.",
	    MN_PLAN_REACH, MN_PLAN_MOST_DAYS);
	mn_html(o, "</li>\n<li>");
	mn_html_fmt(o,
	    "%u %% of the capacity is drawn by lot from %u sites (seed %llu), before "
	    "anything is ranked: only these visits measure how good the ranking is.",
	    v->random_percent, v->drawn_from, (unsigned long long)v->seed);
	mn_html(o, "</li>\n<li>");
	mn_html_fmt(o,
	    "%u %% is kept for complaints: sites of which a grievance stands come first, "
	    "the rest stays open for those that arrive.",
	    v->reserve_percent);
	mn_html(o, "</li>\n<li>");
	mn_html_fmt(o, "%u sites were looked at. Not eligible:", v->sites);
	for (unsigned i = 0; i < MN_LEFT_COUNT; i++)
		mn_html_fmt(o, "%s %u %s", i ? "," : "", v->left[i],
		    mn_html_word(o, MN_LEFT_WHY[i]));
	mn_html_fmt(o, ". No visit within %u days of the last.", v->cool_down);
	mn_html(o, "</li>\n<li>Languages are likely ones, by country; ask before the "
		   "visit.</li>\n</ul>\n");
}

bool
mn_visits_page(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 16, NULL), root = a;
	struct mn_out *o =
	    mn_html_open(r, mn_arena_fmt(&a, "%s/plan.html%c", dir, 0).p, err);
	mn_arena_free(root);
	if (!o)
		return false;
	top(o, v, r->messages ? UNBROKEN : "");
	quality(o, v);
	sentences(o, MN_SAY("Remarks"), v->remark, v->n_remark);
	sentences(o, MN_SAY("Changes"), v->change, v->n_change);
	visits(o, v);
	crews(o, v);
	coverage(o, v);
	method(o, v);
	mn_html(o, "</main>\n");
	mn_html_end(o, r);
	return mn_out_commit(o, true, NULL, err);
}

/* The dossier's part about the supply graph: what stands behind the entity. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "behind.h"

static void
cited(struct mn_out *o, const struct mn_report *r, const struct mn_path_edge *e,
    struct mn_arena *a)
{
	static const char *const BY[MN_EDGE_ORIGINS] = {
	    "", MN_SAY(" names it as its parent"), MN_SAY(" has the same address")};
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, e->edge.rid, MN_F_NONE, a));
	mn_html_c(o, BY[e->edge.origin < MN_EDGE_ORIGINS ? e->edge.origin : 0]);
	if (e->edge.reference.n) {
		mn_html(o, "; ");
		mn_html_text(o, e->edge.reference);
	}
	mn_html(o, "</span>");
}

static void
steps(struct mn_out *o, const struct mn_report *r, const struct mn_path *p,
    struct mn_arena *a)
{
	mn_html(o, "<ol>");
	for (uint32_t i = 0; i < p->n; i++) {
		mn_html(o, "<li>");
		mn_html_text(o, mn_path_edge_text(&p->edge[i], a));
		cited(o, r, &p->edge[i], a);
		mn_html(o, "</li>");
	}
	mn_html(o, "</ol>");
}

/* Since when, by which words of law, and where the entry stands. */
static void
listing(struct mn_out *o, const struct mn_report *r, const struct mn_path_gate *g,
    struct mn_arena *a)
{
	const struct mn_gate_fact *f = &g->fact;
	if (f->listed_day != MN_DAY_NONE) {
		mn_html(o, f->own_field ? ", checked " : ", listed ");
		mn_html_day(o, f->listed_day);
	}
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, f->rid, mn_gate_field(f), a));
	if (f->citation.n) {
		mn_html(o, "; ");
		mn_html_text(o, f->citation);
	}
	mn_html(o, "</span>");
}

void
mn_html_behind_gate(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    uint32_t gate, struct mn_arena *a)
{
	for (uint32_t i = 0; i < v->behind.n_gate; i++) {
		const struct mn_path_gate *g = &v->behind.gate[i];
		if (g->gate != gate)
			continue;
		if (g->path.n == 0) {
			mn_html(o, "<br><span class=\"soft\">reached along the supply "
				   "graph; this copy names nobody</span>");
			continue;
		}
		mn_html(o, "<br>");
		mn_html_c(o, mn_gate_status_name(g->status));
		mn_html(o, ": ");
		mn_html_name(o, g->path.name);
		mn_html(o, g->sure ? " is listed, " : " may be meant, ");
		mn_html_text(o, g->fact.list);
		listing(o, r, g, a);
		mn_html(o, g->sure ? "." : "; that waits for a person.");
		if (g->status == MN_GATE_POSSIBLE)
			mn_html(o, " Along ownership or one address this is a possible "
				   "match to be looked at, no hit.");
		steps(o, r, &g->path, a);
	}
}

static void
row(struct mn_out *o, const struct mn_report *r, const struct mn_path *p, bool best,
    struct mn_arena *a)
{
	char e[32], l[32];
	mn_html_say(o, "<tr><td class=\"n\">%s%s%s</td><td>",
	    mn_fx_print(p->exposure_q16, 2, e).p, best ? " " : "",
	    best ? mn_html_word(o, MN_SAY("(best)")) : "");
	mn_html_name(o, p->name);
	mn_html_say(o,
	    "<br><span class=\"band b-%s\">%s</span> <span class=\"soft\">likelihood "
	    "%s%s</span></td><td>",
	    mn_band_name(p->band), mn_html_word(o, mn_band_name(p->band)),
	    mn_fx_print(p->p_q16, 2, l).p,
	    p->state_imposed
		? mn_html_word(
		      o, MN_SAY(", state-imposed setting: no contact with the employer"))
		: "");
	steps(o, r, p, a);
	mn_html(o, "</td></tr>\n");
}

void
mn_html_behind(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_view_behind *b = &v->behind;
	char own[32], behind[32];
	if (!mn_view_shows(r, MN_SHOW_PATHS) || b->n_path + b->n_gate == 0)
		return;
	mn_html_say(o,
	    "<h2 id=\"behind\">Behind it: the supply graph</h2>\n<p>Own likelihood "
	    "<strong>%s</strong>; exposure to what stands behind it "
	    "<strong>%s</strong>. Two numbers, never one: the band ignores exposure. "
	    "Exposure is the greatest product, over the paths that are known, of the "
	    "likelihood at the far end and of what each edge leaves of it. Gates do "
	    "not fade on the way.</p>\n",
	    mn_fx_print(v->card.p_q16, 2, own).p,
	    mn_fx_print(b->exposure_q16, 2, behind).p);
	mn_svg_paths(o, r, v, a);
	mn_html(o,
	    "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\" "
	    "class=\"n\">Exposure</th><th scope=\"col\">To</th><th "
	    "scope=\"col\">Path, edge by edge</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < b->n_path; i++)
		row(o, r, &b->path[i], i == 0, a);
	if (b->n_path == 0)
		mn_html(o, "<tr><td colspan=\"3\">none worth telling; see the gates in "
			   "section 2</td></tr>\n");
	mn_html(o, "</tbody></table></div>\n<p class=\"soft\">What one edge leaves is a "
		   "design value of this project (indicators/graph.json). Whom nobody "
		   "named is not in it: unknown is not low.</p>\n");
}

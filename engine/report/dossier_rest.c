/* The dossier of one entity: sections 6 to 11. */
#include "manumit/base/fx.h"

#include "coarse.h"
#include "annex.h"
#include "edition.h"
#include "fee_view.h"

#define CHANGES 6
#define QUESTIONS 60
#define FIRST_QUESTIONS 10 /* shown at once; an officer asks ten, not forty */

static void
change(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    const struct mn_change *ch, struct mn_arena *a)
{
	mn_html(o, "<li>");
	if (ch->kind == MN_CHANGE_ROW_WITHOUT) {
		mn_html(o, "If ");
		mn_html_text(o, v->ev[ch->index].label);
		mn_html(o, " <span class=\"cite\">");
		mn_html_text(
		    o, mn_view_cite(r, v->ev[ch->index].rid, v->ev[ch->index].field, a));
		mn_html(o, "</span> were remedied and verified by workers");
	} else {
		const struct mn_p_cell *cell = &r->pack->cell[ch->index];
		int i = mn_indicator_parse(cell->subject);
		mn_html(o, "If ");
		if (i >= 0)
			mn_html_told(o, r->pack->indicator[i].name);
		else
			mn_html_text(o, cell->subject);
		mn_html_c(o, ch->kind == MN_CHANGE_CELL
				 ? " were checked and nothing found"
				 : " were checked and a medium finding made");
	}
	mn_html(o, ": ");
	mn_out_fmt(o, "<span class=\"band b-%s\">%s</span></li>\n",
	    mn_band_name(ch->band), mn_html_word(o, mn_band_name(ch->band)));
}

static void
band(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_card *c = &v->card;
	char p[32], lo[32], hi[32], clear[32];
	struct mn_change ch[CHANGES];
	struct mn_score_in in = {.pack = r->pack,
	    .inherent = &v->inherent,
	    .ev = v->ev,
	    .n_ev = v->n_ev,
	    .as_of = r->as_of,
	    .gate = c->gate,
	    .who = v->ent.id};
	size_t n = mn_score_changes(&in, c, ch, CHANGES, *a);
	mn_html(o, "<h2>6 The band and what it is made of</h2>\n<p>");
	mn_html_band(o, c);
	if (!mn_view_shows(r, MN_SHOW_SCORES)) {
		mn_html(o, "</p>\n<p class=\"soft\">This copy has the band in words "
			   "only. It rests on the statements in section 4 and on no "
			   "other.</p>\n");
		return;
	}
	mn_html(o, " ");
	mn_svg_interval(o, r->pack, c);
	mn_html(o, "</p>\n");
	if (c->floor) {
		mn_html(o, "<p>Lifted by a floor: an open strong finding of a court or "
			   "inspectorate is at least high, "
			   "from two sources severe.</p>\n");
	}
	mn_svg_waterfall(o, r->pack, c);
	mn_html(o, "<p class=\"soft\">Shares add up exactly. Design values of this "
		   "project, no probability of guilt: "
		   "likelihood ");
	mn_html_say(o, "%s, interval %s to %s; with clear facts counted %s. ",
	    mn_fx_print(c->p_q16, 4, p).p, mn_fx_print(c->low_q16, 4, lo).p,
	    mn_fx_print(c->high_q16, 4, hi).p, mn_fx_print(c->p_clear_q16, 4, clear).p);
	if (c->open_strong)
		mn_html(o, "While a strong or medium finding is open, clear facts do not "
			   "move the band.");
	mn_html(o, "</p>\n");
	/* Days were taken out, and what would change it hangs on them. */
	if (n && !mn_view_days_withheld(r, v)) {
		mn_html(o, "<h3>What would change it</h3>\n<ul>\n");
		for (size_t i = 0; i < n; i++)
			change(o, r, v, &ch[i], a);
		mn_html(o, "</ul>\n");
	}
}

static void
gaps(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	const struct mn_p_question *q[QUESTIONS];
	size_t n = mn_view_questions(r, v, q, QUESTIONS);
	mn_html(o, "<h2>7 Questions to ask</h2>\n<p>What is not known, in the order in "
		   "which the answers would tell "
		   "most. Do not ask workers in the presence, or through the channels, "
		   "of their employer.");
	if (v->card.action == MN_ACT_PROTECT && mn_view_shows(r, MN_SHOW_NEXT_STEP))
		mn_html(o, " <strong>Ask the supplier none of them before the workers "
			   "are safe: section 8 has the order.</strong>");
	mn_html(o, "</p>\n<ol>\n");
	for (size_t i = 0; i < n; i++) {
		if (i == FIRST_QUESTIONS)
			mn_html_say(o,
			    "</ol>\n<details><summary>%zu more questions</summary>\n<ol "
			    "start=\"%d\">\n",
			    n - i, FIRST_QUESTIONS + 1);
		mn_html(o, "<li>");
		mn_html_told(o, q[i]->text);
		mn_html(o, " <span class=\"soft\">(");
		mn_html_c(o, mn_view_whom(q[i]->ask));
		mn_html(o, ")</span></li>\n");
	}
	mn_html(o, n > FIRST_QUESTIONS ? "</ol>\n</details>\n" : "</ol>\n");
}

static void
actions(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	mn_html(o, "<h2>8 Actions</h2>\n");
	if (mn_view_shows(r, MN_SHOW_NEXT_STEP)) {
		mn_html(o, "<p>Proposed next step: <strong>");
		mn_html_c(o, mn_action_name(v->card.action));
		mn_html(o, "</strong>.</p>\n");
	}
	mn_html_order(o, r, v);
	mn_html_fees(o, r, v, a);
	mn_html_remedy_so_far(o, r, v, a);
	mn_html_plan(o, r, v, a);
	if (!mn_view_shows(r, MN_SHOW_ACTIVITIES))
		return;
	mn_html(o, "<h3>What was done</h3>\n");
	if (!mn_html_done(o, r, v->done, v->n_done, a))
		mn_html(
		    o, "<p>No visit, audit, interview or training was recorded.</p>\n");
}

static void
protection(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	mn_html(o, "<h2>9 Protecting workers</h2>\n<ul><li>Never pass on a complaint in "
		   "a form that lets the employer "
		   "see who spoke.</li><li>Small numbers are withheld: ");
	mn_html_fmt(
	    o, "fewer than %lld workers are not shown.", (long long)mn_view_min_cell(r));
	if (mn_view_coarse(r))
		mn_html_fmt(o,
		    " Numbers of workers in fees and interviews are rounded up to the "
		    "next %lld and their money to a step of two workers' mean or more, "
		    "so that no two reports can be subtracted.",
		    (long long)mn_coarse_to(r));
	mn_html(o, "</li>\n");
	mn_html_referral(o, r, v->ent.rec.v[MN_F_COUNTRY]);
	mn_html(o, "</ul>\n");
}

static void
crosswalk(struct mn_out *o)
{
	static const char *const ROWS[][2] = {
	    {"UK Modern Slavery Act 2015, s. 54(5)(c), (d)",
		MN_SAY("sections 2, 3, 4 and 8")},
	    {"Australia Modern Slavery Act 2018, s. 16(1)(c), (d)",
		MN_SAY("sections 3, 4, 7 and 8")},
	    {"Canada S.C. 2023 c. 9, s. 11",
		MN_SAY("sections 3, 4 and 8; no personal data is in this page")},
	    {"US UFLPA and 19 U.S.C. 1307", MN_SAY("section 2")},
	    {"Germany LkSG, ss. 5 to 7 and 10",
		MN_SAY("sections 3 to 8; keep with the manifest")},
	};
	mn_html(o,
	    "<h2>10 Where laws ask for this</h2>\n<div "
	    "class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">Law</th>"
	    "<th scope=\"col\">This dossier</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < countof(ROWS); i++)
		mn_out_fmt(o, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n",
		    ROWS[i][0], mn_html_word(o, ROWS[i][1]));
	mn_html(o, "</tbody></table></div>\n<p class=\"soft\">A pointer for the writer "
		   "of a statement, not legal "
		   "advice.</p>\n");
}

static void
sources(struct mn_out *o, const struct mn_report *r)
{
	const struct mn_pack *p = r->pack;
	mn_html(o, "<h2>11 Method and sources</h2>\n<p>Facts are read by the packs "
		   "below; rows marked <span "
		   "class=\"mark\">unverified source</span> rest on a text that has not "
		   "been checked at its "
		   "origin.</p>\n<ul>\n");
	for (uint32_t i = 0; i < p->n_file; i++) {
		mn_html(o, "<li>");
		mn_html_text(o, p->file[i].id);
		mn_html(o, " ");
		mn_html_text(o, p->file[i].version);
		mn_html(o, ", ");
		mn_html_text(o, p->file[i].licence);
		mn_html_say(o, ", sha256 <code>%.16s</code>", p->file[i].sha256);
		if (p->file[i].edition.n)
			mn_html(o, "; ");
		mn_html_edition(o, r, p->file[i].edition, p->file[i].stale_after_days,
		    p->file[i].missing);
		mn_html(o, "</li>\n");
	}
	for (uint32_t i = 0; i < r->n_source; i++) {
		if (r->source[i].edition.n == 0 && !mn_view_shows(r, MN_SHOW_INPUTS))
			continue;
		mn_html(o, "<li>");
		mn_html_text(o, mn_source_base(&r->source[i]));
		if (r->source[i].title.n) {
			mn_html(o, " (");
			mn_html_text(o, r->source[i].title);
			mn_html(o, "; ");
			mn_html_text(o, r->source[i].licence);
			mn_html(o, ")");
		}
		if (r->source[i].kind == MN_K_OWN_CODES)
			mn_html(o, " (what your own codes of findings mean)");
		mn_html(o, ", sha256 <code>");
		mn_html_text(o, mn_str_sub(r->source[i].sha256, 0, 16));
		mn_html(o, "</code>");
		if (r->source[i].edition.n)
			mn_html(o, "; comes along with manumit, ");
		mn_html_edition(o, r, r->source[i].edition,
		    (int64_t)r->source[i].stale_after_days, r->source[i].missing);
		mn_html(o, "</li>\n");
	}
	mn_html(o, "</ul>\n");
}

void
mn_html_dossier_rest(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	band(o, r, v, a);
	gaps(o, r, v);
	actions(o, r, v, a);
	protection(o, r, v);
	crosswalk(o);
	sources(o, r);
	mn_html_tailoring(o, r);
	if (mn_view_shows(r, MN_SHOW_SCORES))
		mn_html_sensitivity_of(o, r, v);
}

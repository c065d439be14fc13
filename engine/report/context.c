/* The section on inherent context: per channel what is known, how well, and from where.
 */
#include "manumit/base/fx.h"

#include "edition.h"
#include "html.h"

/* A value in words: thirds of the scale. */
static const char *
in_words(int64_t x_q16)
{
	return x_q16 < MN_FX_ONE / 3       ? MN_SAY("lower")
	       : x_q16 < 2 * MN_FX_ONE / 3 ? MN_SAY("middling")
					   : MN_SAY("higher");
}

static void
number(struct mn_out *o, int64_t x_q16)
{
	char text[32];
	mn_html_text(o, mn_fx_print(x_q16, 2, text));
}

/* "higher risk, 0.67 (0.55 to 1.00)": numbers where the reader is shown any. */
static void
value(struct mn_out *o, const struct mn_report *r, const struct mn_view *v, unsigned c)
{
	bool known = v->inherent.known[c];
	if (known) {
		mn_html_c(o, in_words(v->card.x_q16[c]));
		mn_html(o, " risk");
	} else
		mn_html(o, "<strong>unknown</strong>: a question, see section 7");
	if (!mn_view_shows(r, MN_SHOW_SCORES))
		return;
	mn_html(o, known ? ", " : "; we assumed the middle, ");
	number(o, v->card.x_q16[c]);
	mn_html(o, " (");
	number(o, mn_inherent_value(r->pack, &v->inherent, c, 0));
	mn_html(o, " to ");
	number(o, mn_inherent_value(r->pack, &v->inherent, c, 2));
	mn_html(o, ")");
}

/* What of it rests on nothing that was told, and what its age adds. */
static void
doubts(struct mn_out *o, const struct mn_view *v, unsigned c)
{
	const struct mn_inherent *in = &v->inherent;
	if (in->assumed[c].n) {
		mn_html(o, "<br><span class=\"soft\">");
		mn_html_text(o, in->assumed[c]);
		mn_html(o, ": we assumed the usual</span>");
	}
	if (in->stale_q16[c] > 0) {
		mn_html(o, "<br><span class=\"soft\">its source is old: widened by ");
		number(o, in->stale_q16[c]);
		mn_html(o, "</span>");
	}
}

static void
from(struct mn_out *o, const struct mn_report *r, const struct mn_view *v, unsigned c,
    struct mn_arena *a)
{
	if (!v->inherent.known[c])
		return;
	mn_html_text(o, v->inherent.row[c]);
	mn_html(o, " <span class=\"cite\">");
	mn_html_text(o, mn_view_cite(r, v->ent.n_member ? v->ent.member[0] : MN_RID_NONE,
			    v->inherent.field[c], a));
	mn_html(o, "</span>");
}

static void
sources(struct mn_out *o, const struct mn_report *r, const struct mn_view *v, unsigned c)
{
	for (unsigned i = 0; i < v->inherent.n_source[c]; i++) {
		uint32_t file = v->inherent.source[c][i].file;
		if (file >= r->pack->n_file)
			continue;
		const struct mn_pack_file *f = &r->pack->file[file];
		mn_html(o, i ? "<br>" : "");
		mn_html_text(o, f->id);
		mn_html(o, ", ");
		mn_html_text(o, f->licence);
		if (f->edition.n)
			mn_html(o, ", ");
		mn_html_edition(o, r, f->edition, f->stale_after_days, MN_STR_NONE);
	}
}

void
mn_html_context(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	const struct mn_pack *p = r->pack;
	mn_html(o, "<h2>3 Inherent context</h2>\n<p>What is known before any finding. It "
		   "sets where the band begins, "
		   "multiplies no evidence and convicts nobody.</p>\n<div "
		   "class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Channel</th><th scope=\"col\">Here</th><th "
		   "scope=\"col\">From</th><th scope=\"col\">Source and "
		   "age</th></tr></thead>"
		   "<tbody>\n");
	for (unsigned c = 0; c < MN_CHANNELS; c++) {
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_told(o, p->channel[c].name);
		mn_html(o, "</th><td>");
		value(o, r, v, c);
		doubts(o, v, c);
		mn_html(o, "</td><td>");
		from(o, r, v, c, a);
		mn_html(o, "</td><td>");
		sources(o, r, v, c);
		mn_html(o, "</td></tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

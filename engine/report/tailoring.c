/* Numbers that a tailoring file replaced: who, when, why. */
#include "annex.h"
#include "html.h"

static struct mn_str
file_of(const struct mn_pack *p, const struct mn_p_tailored *t)
{
	return t->prov.pack < p->n_file ? p->file[t->prov.pack].file : MN_STR_NONE;
}

static void
row(struct mn_out *o, const struct mn_pack *p, const struct mn_p_tailored *t)
{
	mn_html(o, "<tr><th scope=\"row\">");
	mn_html_fmt(
	    o, "%.*s/%.*s %.*s", MN_FMT(t->section), MN_FMT(t->code), MN_FMT(t->member));
	mn_html(o, "</th><td class=\"n\">");
	mn_html_text(o, t->was);
	mn_html(o, "</td><td class=\"n\">");
	mn_html_text(o, t->value);
	mn_html(o, "</td><td>");
	mn_html_text(o, t->reason);
	mn_html(o, "</td><td>");
	mn_html_text(o, t->author);
	mn_html(o, ", ");
	mn_html_text(o, t->date);
	mn_html(o, "; ");
	mn_html_text(o, file_of(p, t));
	mn_html(o, "</td></tr>\n");
}

void
mn_html_tailoring(struct mn_out *o, const struct mn_report *r)
{
	const struct mn_pack *p = r->pack;
	if (p->n_tailored == 0)
		return;
	mn_html(o, "<h3>Numbers replaced by the user</h3>\n<p>This run was made with "
		   "other numbers than those that come with the program. Bands of runs "
		   "with other numbers cannot be compared.</p>\n<div "
		   "class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Number</th><th "
		   "scope=\"col\" class=\"n\">Was</th><th scope=\"col\" "
		   "class=\"n\">Is</th><th scope=\"col\">Reason</th><th "
		   "scope=\"col\">By</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < p->n_tailored; i++)
		row(o, p, &p->tailored[i]);
	mn_html(o, "</tbody></table></div>\n");
}

void
mn_json_tailoring(struct mn_jsonw *w, const struct mn_report *r)
{
	const struct mn_pack *p = r->pack;
	if (p->n_tailored == 0)
		return;
	mn_jsonw_list(w, "tailoring");
	for (uint32_t i = 0; i < p->n_tailored; i++) {
		const struct mn_p_tailored *t = &p->tailored[i];
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "file", file_of(p, t));
		mn_jsonw_str(w, "section", t->section);
		mn_jsonw_str(w, "code", t->code);
		mn_jsonw_str(w, "member", t->member);
		mn_jsonw_str(w, "was", t->was);
		mn_jsonw_str(w, "value", t->value);
		mn_jsonw_str(w, "reason", t->reason);
		mn_jsonw_str(w, "author", t->author);
		mn_jsonw_str(w, "date", t->date);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

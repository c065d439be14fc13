/* What the reference packs know of a country: to read beside the scored context. */
#include "html.h"

static void
head(struct mn_out *o, const struct mn_report *r, struct mn_str country)
{
	mn_html(o, "<h3>Known of ");
	mn_html_text(o, mn_country_name(r->countries, country));
	mn_html(o, ", not scored</h3>\n<div class=\"table\" "
		   "tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Topic</th><th scope=\"col\">What is known</th><th "
		   "scope=\"col\">Source</th></tr></thead><tbody>\n");
}

void
mn_html_facts(struct mn_out *o, const struct mn_report *r, struct mn_str country)
{
	const struct mn_pack *p = r->pack;
	bool any = false;
	for (uint32_t i = 0; country.n && i < p->n_fact; i++) {
		const struct mn_p_fact *f = &p->fact[i];
		if (!mn_str_eq(f->country, country))
			continue;
		if (!any)
			head(o, r, country);
		any = true;
		mn_html(o, "<tr>");
		mn_html(o, "<th scope=\"row\">");
		mn_html_told(o, f->topic);
		mn_html(o, "</th>");
		mn_html_el(o, "td", f->text);
		mn_html(o, "<td>");
		mn_html_text(o, f->prov.source);
		mn_html_mark(o, &f->prov);
		mn_html(o, "</td></tr>\n");
	}
	if (any)
		mn_html(o,
		    "</tbody></table></div>\n<p class=\"soft\">What a state "
		    "ratified, or how it is rated, is no evidence about a firm; the "
		    "channel of the country holds a little of it. How "
		    "old these tables are and what they lack is in section "
		    "11.</p>\n");
}

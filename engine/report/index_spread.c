/* The portfolio page: entities by country and by sector; and the way to those that it has
 * no room for. */
#include "manumit/base/limits.h"

#include "pages.h"

struct spreading {
	const struct mn_report *r;
	struct mn_spread *s;
	struct mn_arena kept, root;
	struct mn_err *err;
	bool good;
};

static bool
add(void *ctx, uint64_t place, const struct mn_card *c)
{
	struct spreading *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	(void)place;
	x->good = mn_view_brief(x->r, c, &a, &v, x->err);
	if (x->good)
		mn_spread_add(x->s, x->r, &v, &x->kept, &a);
	return x->good;
}

static void
row(struct mn_out *o, const struct mn_spread_group *g, bool linked)
{
	char name[24];
	mn_html(o, "<tr><th scope=\"row\">");
	if (linked)
		mn_out_fmt(
		    o, "<a href=\"list/%s-1.html\">", mn_country_pages(g->key, name).p);
	mn_html_text(o, g->name);
	mn_html(o, linked ? "</a></th>" : "</th>");
	mn_out_fmt(o, "<td class=\"n\">%llu</td>", (unsigned long long)g->n);
	for (unsigned b = MN_BANDS; b-- > 0;)
		mn_out_fmt(
		    o, "<td class=\"n\">%llu</td>", (unsigned long long)g->bands[b]);
	mn_html(o, "</tr>\n");
}

static void
table(struct mn_out *o, const struct mn_spread_of *of, const char *what, bool linked)
{
	mn_html_say(o,
	    "<details><summary>The same as a table, all of them</summary>\n<div "
	    "class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">%s</th>"
	    "<th scope=\"col\" class=\"n\">entities</th>",
	    mn_html_word(o, what));
	for (unsigned b = MN_BANDS; b-- > 0;)
		mn_out_fmt(o, "<th scope=\"col\" class=\"n\">%s</th>",
		    mn_html_word(o, mn_band_name(b)));
	mn_html(o, "</tr></thead><tbody>\n");
	for (uint32_t i = 0; i < of->n; i++)
		row(o, &of->group[i], linked);
	mn_html(o, "</tbody></table></div></details>\n");
}

static void
write(struct mn_out *o, const struct mn_report *r, const struct mn_spread *s)
{
	mn_html(o, "<h2 id=\"spread\">Where they are, and what they do</h2>\n<p>Sorted "
		   "by the number that is elevated or above. A long bar is many "
		   "entities, not much risk.</p>\n"
		   "<h3>By country</h3>\n");
	mn_svg_spread(o, &s->country, MN_SAY("entities by country and band"));
	table(o, &s->country, MN_SAY("Country"), mn_report_paged(r));
	mn_html(o, "<h3>By sector</h3>\n");
	mn_svg_spread(o, &s->sector, MN_SAY("entities by sector and band"));
	table(o, &s->sector, MN_SAY("Sector"), false);
}

bool
mn_html_index_spread(struct mn_out *o, const struct mn_report *r, struct mn_err *err)
{
	struct spreading x = {.r = r, .err = err, .good = true};
	struct mn_arena kept = mn_arena_new(1u << 20, NULL);
	x.kept = kept;
	x.root = mn_arena_new(64u << 20, NULL);
	x.s = MN_NEW(&x.kept, struct mn_spread, 1);
	bool good = mn_view_rank(r, 'N', add, &x, err) && x.good;
	if (good && r->entities) {
		mn_spread_order(&x.s->country, x.root);
		mn_spread_order(&x.s->sector, x.root);
		write(o, r, x.s);
	}
	mn_arena_free(kept);
	mn_arena_free(x.root);
	return good;
}

bool
mn_report_paged(const struct mn_report *r)
{
	return !r->tender && r->entities > MN_LIST_ROWS;
}

void
mn_html_index_more(struct mn_out *o, const struct mn_report *r, uint64_t skipped)
{
	mn_html_fmt(o, "%llu more: this page shows the first %d. ",
	    (unsigned long long)skipped, MN_LIST_ROWS);
	if (mn_report_paged(r))
		mn_html(o, "All are in <a href=\"list/index.html\">the full lists</a>, "
			   "in this order, by country and by name; for programs in ");
	else
		mn_html(o, "All are in ");
	mn_html(o, "<a href=\"results.jsonl\">results.jsonl</a>.");
}

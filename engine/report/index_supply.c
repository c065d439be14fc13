/* The portfolio page: how much of the supply chain is mapped, and who is most exposed. */
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"

#include "behind.h"

#define SHOWN 12 /* the most exposed: the page has two longer lists */

struct top {
	struct mn_eid who;
	uint32_t cost;
};

static int
share_of(int64_t part, int64_t all)
{
	return all > 0 ? (int)(((__int128)part * 200 + all) / (2 * (__int128)all)) : 0;
}

/* "62 % of spend at tier 1 mapped, 9 % beyond" */
static void
spend(struct mn_out *o, const struct mn_cover_spend *s)
{
	mn_html(o, "<li>");
	mn_html_say(o, "<strong>%d %% of spend at tier 1 mapped, %d %% beyond</strong>",
	    share_of(s->mapped_e4[0], s->spend_e4),
	    share_of(s->mapped_e4[1], s->spend_e4));
	if (s->currency[0]) {
		mn_html(o, " <span class=\"soft\">(spend in ");
		mn_html_text(o, mn_str_c(s->currency));
		mn_html(o, ")</span>");
	}
	mn_html(o, "</li>\n");
}

static void
tiers(struct mn_out *o, const struct mn_cover *c)
{
	static const char *const KNOWN[MN_COVER_TIERS] = {
	    MN_SAY("their own suppliers are known (tier 2)"),
	    MN_SAY("and those of these (tier 3)"),
	    MN_SAY("and further (tier 4 and beyond)")};
	mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Suppliers of "
		   "tier 1</th><th scope=\"col\" class=\"n\">number</th><th "
		   "scope=\"col\" class=\"n\">share</th>");
	for (uint32_t i = 0; i < c->n; i++) {
		mn_html(o, "<th scope=\"col\" class=\"n\">of spend ");
		mn_html_text(o, mn_str_c(c->of[i].currency));
		mn_html(o, "</th>");
	}
	mn_html_say(o,
	    "</tr></thead><tbody>\n<tr><th scope=\"row\">all</th><td "
	    "class=\"n\">%llu</td><td class=\"n\">100 %%</td>",
	    (unsigned long long)c->direct);
	for (uint32_t i = 0; i < c->n; i++)
		mn_html(o, "<td class=\"n\">100 %</td>");
	mn_html(o, "</tr>\n");
	for (unsigned t = 0; t < MN_COVER_TIERS; t++) {
		mn_out_fmt(o,
		    "<tr><th scope=\"row\">%s</th><td class=\"n\">%llu</td><td "
		    "class=\"n\">%d %%</td>",
		    mn_html_word(o, KNOWN[t]), (unsigned long long)c->mapped[t],
		    share_of((int64_t)c->mapped[t], (int64_t)c->direct));
		for (uint32_t i = 0; i < c->n; i++)
			mn_out_fmt(o, "<td class=\"n\">%d %%</td>",
			    share_of(c->of[i].mapped_e4[t], c->of[i].spend_e4));
		mn_html(o, "</tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
coverage(struct mn_out *o, const struct mn_report *r, struct mn_cover *c)
{
	mn_html(o, "<h2 id=\"supply\">The supply chain behind them</h2>\n<ul>\n");
	for (uint32_t i = 0; mn_view_shows(r, MN_SHOW_SPEND) && i < c->n; i++)
		spend(o, &c->of[i]);
	if (!mn_view_shows(r, MN_SHOW_SPEND))
		c->n = 0;
	mn_html_say(o, "<li>%llu edges, %llu of them in force on the day of this report",
	    (unsigned long long)c->edges, (unsigned long long)c->carrying);
	if (c->loose)
		mn_html_say(o,
		    "; %llu suppliers of tier 2 or beyond supply nobody that an edge "
		    "names",
		    (unsigned long long)c->loose);
	mn_html(o,
	    "</li></ul>\n<p class=\"soft\">Mapped: at least one supplier of theirs "
	    "is in this run. What is not mapped is unknown, and unknown is not "
	    "low.</p>\n");
	tiers(o, c);
}

/* ---- the most exposed ---- */

static bool
before(const struct top *a, const struct top *b)
{
	return a->cost != b->cost ? a->cost < b->cost : mn_eid_cmp(a->who, b->who) < 0;
}

static void
keep(struct top *v, uint32_t *n, const struct mn_exposure *x)
{
	struct top t = {x->who, x->of[0].cost_q16};
	uint32_t at = *n;
	while (at > 0 && before(&t, &v[at - 1]))
		at--;
	if (at == SHOWN)
		return;
	*n += *n < SHOWN;
	memmove(&v[at + 1], &v[at], (*n - 1 - at) * sizeof *v);
	v[at] = t;
}

static bool
most_exposed(const struct mn_report *r, struct top *v, uint32_t *n, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_EXPO, MN_STR_NONE, err);
	struct mn_eid last = {UINT64_MAX, UINT64_MAX};
	struct mn_str key, body;
	struct mn_exposure x;
	int more = -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1) {
		struct mn_get g = mn_get(key);
		struct mn_eid id = mn_get_eid(&g);
		if (mn_eid_cmp(id, last) == 0)
			continue; /* the coverage */
		if (!mn_exposure_decode(id, body, &x, err)) {
			more = -1;
			break;
		}
		if (x.n)
			keep(v, n, &x);
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
row(struct mn_out *o, const struct mn_report *r, struct mn_eid who, struct mn_arena a,
    struct mn_err *err)
{
	struct mn_view v;
	char p[32], e[32], slug[80];
	if (!mn_view_load(r, who, false, &a, &v, err))
		return false;
	const struct mn_path *best = &v.behind.path[0];
	mn_html(o, "<tr><td>");
	bool link = mn_report_has_dossier(r, &v.card);
	if (link)
		mn_out_fmt(o, "<a href=\"entity/%s.html#behind\">",
		    mn_entity_slug(&v.ent, slug).p);
	mn_html_name(o, v.ent.rec.v[MN_F_NAME]);
	mn_html(o, link ? "</a>" : "");
	mn_out_fmt(o, "</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>",
	    mn_fx_print(v.card.p_q16, 2, p).p,
	    mn_fx_print(v.behind.exposure_q16, 2, e).p);
	if (v.behind.n_path)
		mn_html_text(o, mn_path_text(best, &a));
	mn_html(o, "</td></tr>\n");
	return true;
}

static bool
exposed(
    struct mn_out *o, const struct mn_report *r, struct mn_arena *a, struct mn_err *err)
{
	struct top top[SHOWN + 1];
	uint32_t n = 0;
	if (!mn_view_shows(r, MN_SHOW_PATHS) || !most_exposed(r, top, &n, err) || n == 0)
		return err->code == MN_E_NONE;
	mn_html(o, "<div class=\"table\" tabindex=\"0\"><table><caption>Most exposed to "
		   "what stands "
		   "behind them. Own likelihood and exposure are two numbers; bands "
		   "ignore exposure.</caption><thead><tr><th "
		   "scope=\"col\">Entity</th><th scope=\"col\" class=\"n\">own "
		   "likelihood</th><th scope=\"col\" class=\"n\">exposure</th><th "
		   "scope=\"col\">best path</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < n; i++)
		if (!row(o, r, top[i].who, *a, err))
			return false;
	mn_html(o, "</tbody></table></div>\n");
	return true;
}

bool
mn_html_index_supply(struct mn_out *o, const struct mn_report *r, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct mn_cover *c = MN_NEW(&a, struct mn_cover, 1);
	int any = mn_behind_cover(r, c, err);
	bool good = any >= 0;
	if (any == 1) {
		coverage(o, r, c);
		good = exposed(o, r, &a, err);
	}
	mn_arena_free(root);
	return good;
}

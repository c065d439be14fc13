/*
 * list/: every entity of a portfolio that one page does not hold, a thousand a page: in
 * the order of the lists, by country, and by name. Nothing of it needs a script, and what
 * is kept in memory does not grow with the portfolio: the pages of all countries are open
 * at once, and each is written as its rows come by.
 */
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "pages.h"

/* Numbers large enough for a finger; reasons that do not become a column of words. */
static const char STYLE[] =
    ".pages a{display:inline-block;min-width:1.75rem;padding:.15rem "
    ".2rem}.list td:nth-child(6):not(.n){min-width:16rem}\n";

struct pager {
	struct mn_out *o;
	struct mn_str code;  /* "order", "country-bd", "name": of its files */
	struct mn_str title; /* "In order", a country, "By name" */
	uint64_t rows, all;  /* written, and how many there will be */
};

struct name {
	struct mn_str from, to;
};

struct listing {
	const struct mn_report *r;
	const char *dir;
	struct mn_arena kept, root;
	struct mn_spread *spread;
	struct pager order, names, *country; /* countries by group */
	struct name *name;                   /* of each page: first and last name */
	uint32_t n_name;
	char list; /* being walked: 'A', 'Q'; 'N' for those in neither */
	struct mn_buf row;
	struct mn_err *err;
	bool good;
};

static unsigned
pages(uint64_t rows)
{
	return (unsigned)((rows + MN_PAGE_ROWS - 1) / MN_PAGE_ROWS);
}

struct mn_str
mn_country_pages(struct mn_str code, char out[24])
{
	int n = code.n == 2 ? snprintf(out, 24, "country-%c%c", code.p[0] | 0x20,
				  code.p[1] | 0x20)
			    : snprintf(out, 24, "country-unknown");
	return mn_str(out, (size_t)n);
}

/* ---- one page ---- */

static void
ways(struct mn_out *o, const struct pager *p, unsigned page, unsigned of)
{
	mn_html(o, "<nav class=\"noprint\" aria-label=\"pages\"><a "
		   "href=\"../index.html\">Portfolio</a> · <a "
		   "href=\"index.html\">All lists</a>");
	if (page > 1)
		mn_html_say(o, " · <a href=\"%.*s-%u.html\">Page %u</a>", MN_FMT(p->code),
		    page - 1, page - 1);
	if (of > 1)
		mn_html_say(o, " · page %u of %u", page, of);
	if (page < of)
		mn_html_say(o, " · <a href=\"%.*s-%u.html\">Page %u</a>", MN_FMT(p->code),
		    page + 1, page + 1);
	mn_html(o, "</nav>\n");
}

static void
begin(struct mn_out *o, const struct pager *p, unsigned page, const struct mn_report *r)
{
	unsigned of = pages(p->all);
	struct mn_buf title = mn_buf_new(1u << 16);
	mn_buf_fmt(&title, "%.*s, page %u of %u", MN_FMT(p->title), page, of);
	mn_html_begin_styled(o, mn_buf_str(&title), STYLE);
	mn_buf_free(&title);
	mn_html(o, "<header>");
	ways(o, p, page, of);
	mn_html(o, "<h1>");
	mn_html_text(o, p->title);
	mn_html(o, "</h1>\n<p class=\"lead\">");
	mn_html_made_for(o, r);
	uint64_t first = (uint64_t)(page - 1) * MN_PAGE_ROWS;
	uint64_t last = first + MN_PAGE_ROWS < p->all ? first + MN_PAGE_ROWS : p->all;
	mn_html_fmt(o, "Entities %llu to %llu of %llu, as of ",
	    (unsigned long long)first + 1, (unsigned long long)last,
	    (unsigned long long)p->all);
	mn_html_day(o, r->as_of);
	mn_html(o,
	    ".</p></header>\n<main>\n<p class=\"noprint\" hidden><label>Filter this "
	    "page: <input id=\"f\" type=\"search\" placeholder=\"name, id, band "
	    "...\"></label> <span id=\"n\" role=\"status\"></span></p>\n<div "
	    "class=\"table\" tabindex=\"0\"><table class=\"list\"><thead><tr><th "
	    "scope=\"col\">Place</th><th scope=\"col\">Name</th><th scope=\"col\">Id</th>"
	    "<th scope=\"col\">Country</th><th scope=\"col\">Band</th><th "
	    "scope=\"col\">Because</th><th scope=\"col\">Next step</th></tr></thead>"
	    "<tbody>\n");
}

static bool
finish(struct listing *x, struct pager *p)
{
	struct mn_out *o = p->o;
	if (!o)
		return true;
	p->o = NULL;
	mn_html(o, "</tbody></table></div>\n");
	mn_html(o, "</main>\n");
	mn_out_c(o, MN_HTML_SCRIPT);
	mn_html_end(o, x->r);
	return mn_out_commit(o, true, NULL, x->err);
}

/* A row into the page it belongs to; the page is opened and closed as rows come by. */
static bool
put(struct listing *x, struct pager *p, struct mn_str row)
{
	if (p->rows % MN_PAGE_ROWS == 0) {
		unsigned page = (unsigned)(p->rows / MN_PAGE_ROWS) + 1;
		struct mn_arena a = x->root;
		if (!finish(x, p))
			return false;
		p->o = mn_html_open(x->r,
		    mn_arena_fmt(
			&a, "%s/list/%.*s-%u.html%c", x->dir, MN_FMT(p->code), page, 0)
			.p,
		    x->err);
		if (!p->o)
			return false;
		begin(p->o, p, page, x->r);
	}
	p->rows++;
	mn_out_write(p->o, row);
	return true;
}

/* ---- one row ---- */

static void
escaped(struct mn_buf *b, struct mn_str s)
{
	static const struct {
		char c;
		const char *as;
	} AS[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"},
	    {'\'', "&#39;"}, {'\n', " "}, {'\t', " "}};
	for (size_t i = 0; i < s.n; i++) {
		const char *as = NULL;
		unsigned char c = (unsigned char)s.p[i];
		for (size_t k = 0; k < countof(AS) && !as; k++)
			as = AS[k].c == s.p[i] ? AS[k].as : NULL;
		if (as || c < 0x20 || c == 0x7f)
			mn_buf_add(b, mn_str_c(as ? as : "\xef\xbf\xbd"));
		else
			mn_buf_add(b, mn_str_sub(s, i, 1));
	}
}

/* The strongest indicator, a gate, or the context. */
static void
because(const struct mn_report *r, const struct mn_view *v, struct mn_buf *b,
    struct mn_arena *a)
{
	const struct mn_card *c = &v->card;
	unsigned n, best = mn_view_strongest(c, &n);
	if (best < MN_INDICATORS) {
		escaped(b, r->pack->indicator[best].name);
		if (n > 1)
			mn_buf_fmt(b, " and %u more", n - 1);
	} else {
		escaped(b, mn_view_no_weight(r, v, a));
	}
	for (uint32_t i = 0; i < c->n_gate && i < r->pack->n_gate; i++)
		if (c->gate[i] >= MN_GATE_ENDED)
			mn_buf_fmt(b, "; %.*s %s", MN_FMT(r->pack->gate[i].code),
			    mn_gate_status_name(c->gate[i]));
}

static void
write_row(
    struct listing *x, const struct mn_view *v, const char *place, struct mn_arena *a)
{
	struct mn_buf *b = &x->row;
	const struct mn_str *f = v->ent.rec.v;
	const char *band = mn_band_name(v->card.band);
	char slug[80];
	bool link = mn_report_has_dossier(x->r, &v->card);
	mn_buf_clear(b);
	mn_buf_fmt(b, "<tr><td>%s</td><td>", place);
	if (link)
		mn_buf_fmt(
		    b, "<a href=\"../entity/%s.html\">", mn_entity_slug(&v->ent, slug).p);
	mn_buf_add(b, MN_S("<bdi>"));
	escaped(b, f[MN_F_NAME]);
	mn_buf_add(
	    b, link ? MN_S("</bdi></a></td><td><bdi>") : MN_S("</bdi></td><td><bdi>"));
	escaped(b, f[MN_F_ID]);
	mn_buf_add(b, MN_S("</bdi></td><td>"));
	if (f[MN_F_COUNTRY].n)
		escaped(b, mn_country_name(x->r->countries, f[MN_F_COUNTRY]));
	else
		mn_buf_add(b, MN_S("unknown"));
	mn_buf_fmt(
	    b, "</td><td><span class=\"band b-%s\">%s</span></td><td>", band, band);
	because(x->r, v, b, a);
	mn_buf_fmt(b, "</td><td>%s</td></tr>\n", mn_action_name(v->card.action));
}

/* ---- all of them ---- */

/* First by name, which counts what stands in the other pages. */
static bool
by_name(void *ctx, uint64_t place, const struct mn_card *c)
{
	struct listing *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	char list = mn_card_list(c);
	if (!(x->good = mn_view_brief(x->r, c, &a, &v, x->err)))
		return false;
	mn_spread_add(x->spread, x->r, &v, &x->kept, &a);
	write_row(x, &v, list == 'A' ? "act" : list == 'Q' ? "ask first" : "–", &a);
	if (place / MN_PAGE_ROWS >= x->n_name)
		return x->good = mn_fail(x->err, MN_E_STORE, "more names than entities");
	struct name *n = &x->name[place / MN_PAGE_ROWS];
	struct mn_str name = mn_utf8_cut(v.ent.rec.v[MN_F_NAME], MN_PAGE_NAME);
	if (place % MN_PAGE_ROWS == 0)
		n->from = mn_arena_str(&x->kept, name);
	else if ((place + 1) % MN_PAGE_ROWS == 0 || place + 1 == x->r->entities)
		n->to = mn_arena_str(&x->kept, name);
	return x->good = put(x, &x->names, mn_buf_str(&x->row));
}

static bool
in_order(void *ctx, uint64_t place, const struct mn_card *c)
{
	struct listing *x = ctx;
	struct mn_arena a = x->root;
	struct mn_view v;
	char words[40];
	if (x->list == 'N' && mn_card_list(c))
		return true;
	if (!(x->good = mn_view_brief(x->r, c, &a, &v, x->err)))
		return false;
	if (x->list == 'N')
		snprintf(words, sizeof words, "–");
	else
		snprintf(words, sizeof words, "%s %llu",
		    x->list == 'A' ? "act" : "ask first", (unsigned long long)place + 1);
	write_row(x, &v, words, &a);
	struct mn_spread_group *g =
	    mn_spread_country(x->spread, x->r, v.ent.rec.v[MN_F_COUNTRY], &x->kept);
	struct mn_str row = mn_buf_str(&x->row);
	x->good = put(x, &x->order, row) &&
		  put(x, &x->country[g - x->spread->country.group], row);
	return x->good;
}

static void
countries(struct listing *x)
{
	char name[24];
	x->country = MN_NEW(&x->kept, struct pager, MN_SPREAD_GROUPS);
	for (uint32_t i = 0; i < x->spread->country.n; i++) {
		const struct mn_spread_group *g = &x->spread->country.group[i];
		x->country[i].code =
		    mn_arena_str(&x->kept, mn_country_pages(g->key, name));
		x->country[i].title = g->name;
		x->country[i].all = g->n;
	}
}

static bool
write_pages(struct listing *x)
{
	bool good = mn_view_rank(x->r, 'N', by_name, x, x->err) && x->good &&
		    finish(x, &x->names);
	countries(x);
	for (const char *list = "AQN"; *list && good; list++) {
		x->list = *list;
		good = mn_view_rank(x->r, *list, in_order, x, x->err) && x->good;
	}
	good = good && finish(x, &x->order);
	for (uint32_t i = 0; i < x->spread->country.n && good; i++)
		good = finish(x, &x->country[i]);
	mn_out_abort(x->order.o);
	mn_out_abort(x->names.o);
	for (uint32_t i = 0; i < x->spread->country.n; i++)
		mn_out_abort(x->country[i].o);
	return good;
}

/* ---- the page that leads to the others ---- */

static void
country_row(struct mn_out *o, const struct mn_spread_group *g)
{
	char name[24];
	unsigned of = pages(g->n);
	struct mn_str code = mn_country_pages(g->key, name);
	mn_out_fmt(o, "<tr><th scope=\"row\"><a href=\"%.*s-1.html\">", MN_FMT(code));
	mn_html_text(o, g->name);
	mn_out_fmt(o, "</a></th><td class=\"n\">%llu</td>", (unsigned long long)g->n);
	for (unsigned b = MN_BANDS; b-- > 0;)
		mn_out_fmt(
		    o, "<td class=\"n\">%llu</td>", (unsigned long long)g->bands[b]);
	mn_html(o, "<td class=\"pages\">");
	for (unsigned i = 2; i <= of; i++)
		mn_out_fmt(o, "<a href=\"%.*s-%u.html\">%u</a> ", MN_FMT(code), i, i);
	mn_html(o, "</td></tr>\n");
}

static void
order_links(struct mn_out *o, const struct mn_report *r)
{
	mn_html(o, "<h2>In order</h2>\n<p>The list Act, then Ask first, then those with "
		   "a low indication; a thousand a page.</p>\n<p class=\"pages\">");
	for (unsigned i = 1; i <= pages(r->entities); i++)
		mn_out_fmt(o, "<a href=\"order-%u.html\">%u</a> ", i, i);
	mn_html(o, "</p>\n");
}

static void
name_links(struct mn_out *o, const struct listing *x)
{
	mn_html(o, "<h2>By name</h2>\n<ol class=\"pages\">\n");
	for (uint32_t i = 0; i < x->n_name; i++) {
		mn_out_fmt(o, "<li><a href=\"name-%u.html\">", i + 1);
		mn_html_name(o, x->name[i].from);
		if (x->name[i].to.n) {
			mn_html(o, " – ");
			mn_html_name(o, x->name[i].to);
		}
		mn_html(o, "</a></li>\n");
	}
	mn_html(o, "</ol>\n");
}

static void
front(struct mn_out *o, struct listing *x)
{
	mn_html_begin_styled(o, mn_str_c(mn_html_word(o, MN_SAY("All entities"))), STYLE);
	mn_html(o, "<header><nav class=\"noprint\"><a href=\"../index.html\">Portfolio"
		   "</a></nav><h1>All entities</h1>\n<p class=\"lead\">");
	mn_html_made_for(o, x->r);
	mn_html_fmt(o, "%llu of them, by country, in order and by name, as of ",
	    (unsigned long long)x->r->entities);
	mn_html_day(o, x->r->as_of);
	mn_html(o,
	    ".</p></header>\n<main>\n<p class=\"noprint\" hidden><label>Filter "
	    "countries: <input id=\"f\" type=\"search\"></label> <span id=\"n\" "
	    "role=\"status\"></span></p>\n<h2>By country</h2>\n<p>Within a country "
	    "in the order of the lists: those to act on first.</p>\n<div "
	    "class=\"table\" tabindex=\"0\"><table class=\"list\"><thead><tr><th "
	    "scope=\"col\">Country</th><th scope=\"col\" "
	    "class=\"n\">entities</th>");
	for (unsigned b = MN_BANDS; b-- > 0;)
		mn_out_fmt(o, "<th scope=\"col\" class=\"n\">%s</th>",
		    mn_html_word(o, mn_band_name(b)));
	mn_html(o, "<th scope=\"col\">further pages</th></tr></thead><tbody>\n");
	mn_spread_order(&x->spread->country, x->root);
	for (uint32_t i = 0; i < x->spread->country.n; i++)
		country_row(o, &x->spread->country.group[i]);
	mn_html(o, "</tbody></table></div>\n");
	order_links(o, x->r);
	name_links(o, x);
	mn_html(o, "</main>\n");
	mn_out_c(o, MN_HTML_SCRIPT);
	mn_html_end(o, x->r);
}

static bool
write_all(struct listing *x)
{
	struct mn_arena a = x->root;
	if (!mn_dir_make(mn_arena_fmt(&a, "%s/list%c", x->dir, 0).p, x->err) ||
	    !write_pages(x))
		return false;
	struct mn_out *o = mn_html_open(
	    x->r, mn_arena_fmt(&a, "%s/list/index.html%c", x->dir, 0).p, x->err);
	if (!o)
		return false;
	front(o, x);
	return mn_out_commit(o, true, NULL, x->err);
}

bool
mn_report_pages(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct listing x = {.r = r, .dir = dir, .err = err, .good = true};
	if (!mn_report_paged(r))
		return true;
	struct mn_arena kept = mn_arena_new((size_t)1 << 30, NULL);
	x.kept = kept;
	x.root = mn_arena_new((size_t)1 << 32, NULL);
	x.row = mn_buf_new(1u << 20);
	x.spread = MN_NEW(&x.kept, struct mn_spread, 1);
	x.n_name = pages(r->entities);
	x.name = MN_NEW(&x.kept, struct name, x.n_name);
	x.order = (struct pager){.code = MN_S("order"),
	    .title = mn_message(r->messages, mn_str_c(MN_SAY("In order"))),
	    .all = r->entities};
	x.names = (struct pager){.code = MN_S("name"),
	    .title = mn_message(r->messages, mn_str_c(MN_SAY("By name"))),
	    .all = r->entities};
	bool good = write_all(&x);
	mn_buf_free(&x.row);
	mn_arena_free(kept);
	mn_arena_free(x.root);
	return good;
}

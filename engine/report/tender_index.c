/* The lots of a run: a page each, and index.html that leads to them. */
#include "html.h"
#include "tender.h"

struct writing {
	const struct mn_report *r;
	const char *dir;
	struct mn_out *index;
	char manifest[MN_HEX256_CHARS + 1];
	struct mn_arena root;
};

static void
begin(struct mn_out *o, const struct mn_report *r, uint32_t n)
{
	mn_html_begin(o, mn_str_c(mn_html_word(o, MN_SAY("Tender screening"))));
	mn_html(o, "<header><h1>Tender screening for forced-labour risk</h1>\n<p "
		   "class=\"lead\">");
	mn_html_fmt(o, "%u lots, %llu bidders and sites, as of ", n,
	    (unsigned long long)r->entities);
	mn_html_day(o, r->as_of);
	mn_html(o, "</p>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "</strong> Each lot has a page to print, decide and sign. Lots stand "
		   "in the order of the files, bidders in that of the alphabet: nothing "
		   "here is a ranking.</p></header>\n<main>\n");
	if (n == 0) {
		mn_html(o,
		    "<p>The files name no lot and no bidder. <a "
		    "href=\"issues.csv\">issues.csv</a> says what was read.</p>\n");
		return;
	}
	mn_html(o,
	    "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
	    "scope=\"col\">Lot</th><th "
	    "scope=\"col\" class=\"n\">Bidders</th><th scope=\"col\">Legal "
	    "gates</th><th scope=\"col\" class=\"n\">Open findings</th><th "
	    "scope=\"col\" class=\"n\">To identify first</th></tr></thead><tbody>\n");
}

static void
lot_gates(struct mn_out *o, const struct mn_tender_page *p)
{
	static const unsigned TOLD[] = {
	    MN_GATE_HIT, MN_GATE_UPSTREAM, MN_GATE_POSSIBLE, MN_GATE_ENDED};
	bool any = false;
	for (size_t s = 0; s < countof(TOLD); s++) {
		unsigned n = 0;
		for (uint32_t i = 0; i < p->n_party; i++)
			for (uint32_t g = 0; g < p->party[i].v.card.n_gate; g++)
				n += p->party[i].v.card.gate[g] == TOLD[s];
		if (n == 0)
			continue;
		mn_html(o, any ? " " : "");
		mn_html_fmt(o, "%u ", n);
		mn_html_status(o, TOLD[s]);
		any = true;
	}
	mn_html(o, any ? "" : "<span class=\"soft\">none met</span>");
}

void
mn_html_lot_row(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	unsigned open = 0, bare = 0, protect = 0;
	for (uint32_t i = 0; i < p->n_party; i++) {
		const struct mn_view *v = &p->party[i].v;
		bare += !p->party[i].site && mn_tender_bare(&p->party[i]);
		protect += p->party[i].protect;
		for (uint32_t k = 0; k < v->n_ev; k++)
			open += v->ev[k].direction == MN_ADVERSE &&
				v->ev[k].status != MN_WORKER_VERIFIED;
	}
	mn_out_fmt(o, "<tr><td><a href=\"lot/%s.html\">", p->slug);
	mn_html_name(o, mn_tender_title(p, a));
	mn_html(o, "</a>");
	if (p->lot.v[MN_F_BUYER].n) {
		mn_html(o, "<br><span class=\"soft\">");
		mn_html_name(o, p->lot.v[MN_F_BUYER]);
		mn_html(o, "</span>");
	}
	if (protect)
		mn_html_say(o,
		    "<br><strong>Workers first:</strong> of %u the dossier says not to "
		    "contact the employer. Read it before you ask; this page stays in "
		    "the office.",
		    protect);
	mn_out_fmt(o, "</td><td class=\"n\">%u</td><td>", p->n_bidder);
	lot_gates(o, p);
	mn_out_fmt(
	    o, "</td><td class=\"n\">%u</td><td class=\"n\">%u</td></tr>\n", open, bare);
}

static bool
write_lot(struct writing *x, const struct mn_tender_lot *lot, struct mn_err *err)
{
	struct mn_arena a = x->root;
	struct mn_tender_page p;
	if (!mn_tender_load(x->r, lot, &a, &p, err))
		return false;
	struct mn_out *o = mn_html_open(
	    x->r, mn_arena_fmt(&a, "%s/lot/%s.html%c", x->dir, p.slug, 0).p, err);
	if (!o)
		return false;
	mn_html_lot(o, &p, x->manifest, &a);
	mn_html_lot_row(x->index, &p, &a);
	return mn_out_commit(o, true, NULL, err);
}

bool
mn_report_tender(const struct mn_report *r, const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 34, NULL), a = root;
	struct writing x = {.r = r, .dir = dir};
	struct mn_tender_lot *lot;
	uint64_t bytes;
	uint32_t n;
	bool good = mn_tender_lots(r, &a, &lot, &n, err) &&
		    mn_dir_make(mn_arena_fmt(&a, "%s/lot%c", dir, 0).p, err) &&
		    mn_file_sha256(mn_arena_fmt(&a, "%s/manifest.json%c", dir, 0).p,
			x.manifest, &bytes, err) &&
		    (x.index = mn_html_open(
			 r, mn_arena_fmt(&a, "%s/index.html%c", dir, 0).p, err)) != NULL;
	x.root = a;
	if (good)
		begin(x.index, r, n);
	for (uint32_t i = 0; good && i < n; i++)
		good = write_lot(&x, &lot[i], err);
	if (good) {
		mn_html(x.index, n ? "</tbody></table></div>\n</main>\n" : "</main>\n");
		mn_html_end(x.index, r);
		good = mn_out_commit(x.index, true, NULL, err);
	} else {
		mn_out_abort(x.index);
	}
	mn_arena_free(root);
	return good;
}

/* The page of a lot: what a procurement officer reads, decides by and signs. */
#include "html.h"
#include "tender.h"

static const char STYLE[] =
    ".lot{padding-right:1px}.lot p{max-width:none}.lot table{font-size:.9rem}.lot "
    "th,.lot td{padding:.25rem "
    ".5rem}"
    ".lot .item p{margin:.15rem 0}.lot .item{padding:.5rem .8rem}"
    ".lot dl{display:grid;grid-template-columns:8.5rem 1fr;gap:.15rem .8rem;margin:.3rem "
    "0}"
    ".lot dt{color:var(--soft);font-size:.87rem}.lot dd{margin:0}"
    ".lot dd ol{margin:0;padding-left:1.2rem;max-width:none}.lot dd li{margin:.1rem 0}"
    ".asked ol{max-width:none;margin:.2rem 0}"
    ".lot h2{margin:1.2rem 0 .4rem;padding-top:.5rem}"
    ".yes{color:var(--high);background:var(--high-bg)}"
    ".no{color:var(--unknown);background:none}"
    ".first{color:var(--elevated);font-weight:600}"
    ".sites{border-left:3px solid var(--line);padding-left:.7rem;margin:.4rem 0}"
    ".sign td,.sign th{border:1px solid var(--soft);height:2.4rem}"
    ".sign th{width:8rem}.sign .s{width:5rem}"
    ".rate{white-space:nowrap}\n"
    "@page{size:A4;margin:11mm 12mm}"
    "@media print{.lot{font-size:8.1pt;line-height:1.24}.lot h1{font-size:13pt;margin:0}"
    ".lot p,.lot .limits{margin:.15rem 0}.lot .lead{font-size:8.1pt}"
    ".lot h2{font-size:10pt;margin:.35rem 0 .15rem;padding-top:.15rem}"
    ".lot table,.lot dt,.lot th{font-size:7.8pt}.lot .gate{font-size:7.6pt;padding:0 "
    ".3rem}"
    ".lot th,.lot td{padding:.08rem .3rem}.lot .item{padding:.1rem .5rem;margin:.12rem 0}"
    ".lot dl{grid-template-columns:5.2rem 1fr;margin:.1rem 0;gap:0 .5rem}"
    ".lot dd li,.asked li{margin:0}.asked h3{font-size:8.1pt;margin:.2rem 0 0}"
    ".asked,.asked li{break-inside:avoid}.asked ol{columns:2;column-gap:1.4rem}"
    ".lot .soft{font-size:7.6pt;line-height:1.22}.lot .limits{padding:.15rem .5rem}"
    "footer{margin-top:.3rem;padding-top:.2rem;font-size:7.6pt;line-height:1.2}.again{"
    "display:none}"
    ".sign{break-inside:avoid}.sign td,.sign th{height:1.7rem}}\n";

/* ---- head ---- */

static void
told(struct mn_out *o, const char *label, struct mn_str value, bool *first)
{
	if (value.n == 0)
		return;
	mn_html(o, *first ? "" : " · ");
	mn_html_c(o, label);
	mn_html_name(o, value);
	*first = false;
}

static void
head(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	const struct mn_str *v = p->lot.v;
	struct mn_str title = mn_tender_title(p, a);
	bool first = true;
	mn_html_begin_styled(o, title, STYLE);
	mn_html(o, "<div class=\"lot\">\n<nav class=\"noprint\"><a "
		   "href=\"../index.html\">All lots</a></nav>\n<header><h1>");
	mn_html_name(o, title);
	mn_html(o, "</h1>\n<p class=\"lead\">");
	if (v[MN_F_LOT_TITLE].n)
		told(o, "", v[MN_F_TENDER_TITLE], &first);
	told(o, MN_SAY("buyer "), v[MN_F_BUYER], &first);
	told(o, MN_SAY("tender "), v[MN_F_TENDER], &first);
	told(o, "", v[MN_F_OCID], &first);
	told(o, "", v[MN_F_PROCUREMENT_METHOD], &first);
	told(o, MN_SAY("status "), v[MN_F_TENDER_STATUS], &first);
	told(o, MN_SAY("bids until "), v[MN_F_TENDER_UNTIL], &first);
	told(o, MN_SAY("CPV "), v[MN_F_CPV], &first);
	if (v[MN_F_DELIVERY_COUNTRY].n)
		told(o, MN_SAY("delivered in "),
		    mn_country_name(p->r->countries, v[MN_F_DELIVERY_COUNTRY]), &first);
	mn_html(o, "</p>\n<p class=\"limits\"><strong>");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "</strong> No score stands on this page, because a score alone "
		   "excludes nobody.</p></header>\n<main>\n");
}

/* ---- the contract ---- */

static void
risk_row(struct mn_out *o, const struct mn_p_tender_risk *risk,
    const struct mn_risk_answer *answer)
{
	static const char *const STATE[] = {
	    "<span class=\"gate\">" MN_SAY("unknown") "</span>",
	    "<span class=\"gate no\">" MN_SAY("no") "</span>",
	    "<span class=\"gate yes\">" MN_SAY("yes") "</span>"};
	mn_html(o, "<tr><th scope=\"row\">");
	mn_html_told(o, risk->name);
	mn_html(o, "</th><td>");
	mn_html(o, STATE[answer->state]);
	mn_html(o, "</td><td>");
	mn_html_text(o, answer->reason);
	if (answer->state == MN_RISK_UNKNOWN) {
		mn_html(o, ". <em>Ask:</em> ");
		mn_html_told(o, risk->ask);
	}
	mn_html(o, "</td></tr>\n");
}

static void
contract(struct mn_out *o, const struct mn_tender_page *p, struct mn_arena *a)
{
	const struct mn_pack *pack = p->r->pack;
	unsigned n[3] = {0};
	mn_html(o, "<h2>1 The contract: six risk characteristics</h2>\n<div "
		   "class=\"table\" tabindex=\"0\"><table><thead><tr><th "
		   "scope=\"col\">Characteristic</th><th scope=\"col\">Present</th><th "
		   "scope=\"col\">Why</th></tr></thead><tbody>\n");
	for (int64_t order = 1; order <= 100; order++)
		for (uint32_t i = 0; i < pack->n_tender_risk; i++) {
			if (pack->tender_risk[i].order != order)
				continue;
			struct mn_risk_answer x =
			    mn_tender_risk(p, &pack->tender_risk[i], a);
			n[x.state]++;
			risk_row(o, &pack->tender_risk[i], &x);
		}
	mn_html(o, "</tbody></table></div>\n<p>");
	mn_html_fmt(o, "%u present, %u not, %u unknown.", n[MN_RISK_YES], n[MN_RISK_NO],
	    n[MN_RISK_UNKNOWN]);
	mn_html(o, n[MN_RISK_YES] > 1
		       ? " <strong>More than one is present: rate the contract.</strong>"
		       : " If more than one is found to be present, rate the contract.");
	mn_html(o, " <span class=\"rate\">&#9744; high &#9744; medium &#9744; "
		   "low</span> <span class=\"soft\">Characteristics: ");
	mn_html_told(o, pack->n_tender_risk ? pack->tender_risk[0].prov.source
					    : mn_str_c(MN_SAY("none in the packs")));
	mn_html(o, ".</span></p>\n");
}

/* ---- what follows ---- */

static void
decision(struct mn_out *o, const char *manifest)
{
	mn_html(o,
	    "<h2>3 Before anybody is excluded</h2>\n<p class=\"limits\">Exclusion is a "
	    "decision by a person, under the law of this procurement, on facts that were "
	    "checked, and in proportion. A possible match is not the bidder until "
	    "somebody has confirmed it. Tell the bidder what is held against it, hear "
	    "its reply and what it did to put things right, and keep both with this "
	    "page. Treat all bidders alike: ask all of them what one is asked.</p>\n"
	    "<h2>4 Decision</h2>\n<div class=\"table\" tabindex=\"0\"><table "
	    "class=\"sign\"><tbody>\n"
	    "<tr><th scope=\"row\">Decision</th><td colspan=\"5\"></td></tr>\n"
	    "<tr><th scope=\"row\">Reason</th><td colspan=\"5\"></td></tr>\n"
	    "<tr><th scope=\"row\">Name and role</th><td></td><th scope=\"row\" "
	    "class=\"s\">Date</th><td></td><th scope=\"row\" "
	    "class=\"s\">Signature</th><td></td></tr>\n");
	mn_html(o, "</tbody></table></div>\n<p class=\"soft\">This page belongs to "
		   "manifest.json, SHA-256 <code>");
	mn_html_text(o, mn_str_c(manifest));
	mn_html(o, "</code></p>\n</main>\n");
}

void
mn_html_lot(struct mn_out *o, const struct mn_tender_page *p, const char *manifest,
    struct mn_arena *a)
{
	head(o, p, a);
	contract(o, p, a);
	mn_html_lot_parties(o, p, a);
	decision(o, manifest);
	mn_html(o, "</div>\n");
	mn_html_end(o, p->r);
}

/* The annex on inspections: how often what was found, by authority and by why it came. */
#include "manumit/model/inspected.h"

#include "annex.h"
#include "html.h"

struct rows {
	struct mn_scan *scan;
	struct mn_err ignored;
};

/* What led to a visit is not for every audience. */
static bool
begin(const struct mn_report *r, struct rows *x)
{
	x->ignored = MN_ERR_NONE;
	x->scan = NULL;
	if (mn_view_shows(r, MN_SHOW_SMALL_SITE_DATES))
		x->scan = mn_scan_open(r->reader, MN_TAB_INSP, MN_STR_NONE, &x->ignored);
	return x->scan != NULL;
}

static bool
next(struct rows *x, struct mn_inspected *out)
{
	struct mn_str key, body;
	return mn_scan_next(x->scan, &key, &body, NULL, &x->ignored) == 1 &&
	       mn_inspected_decode(key, body, out, &x->ignored);
}

/* Percent of cases with a violation among those with a result; -1: none has one. */
static int64_t
percent(const struct mn_tally *t)
{
	uint64_t known = t->violation + t->none;
	return known ? (int64_t)((t->violation * 100 + known / 2) / known) : -1;
}

/* Workers concerned per 100 at the sites, of cases that tell both; -1: none does, or of
 * so few, or of all but so few, that the share tells how many. */
static int64_t
per_100(const struct mn_report *r, const struct mn_tally *t)
{
	int64_t least = mn_view_min_cell(r), all = (int64_t)t->workers,
		some = (int64_t)t->concerned;
	bool few = (some > 0 && some < least) || (all - some < least);
	return all && !few ? (some * 100 + all / 2) / all : -1;
}

static void
number(struct mn_out *o, int64_t v, const char *unit)
{
	if (v < 0)
		mn_html(o, "<td class=\"n\">not stated</td>");
	else
		mn_out_fmt(o, "<td class=\"n\">%lld%s</td>", (long long)v, unit);
}

static void
cells(struct mn_out *o, const struct mn_tally *t, bool rate)
{
	mn_out_fmt(o, "<td class=\"n\">%llu</td><td class=\"n\">%llu</td>",
	    (unsigned long long)t->cases, (unsigned long long)t->violation);
	if (rate)
		number(o, percent(t), " %");
	else
		mn_html(o, "<td class=\"n\">no rate</td>");
}

static void
row(struct mn_out *o, const struct mn_report *r, const struct mn_inspected *x)
{
	const char *why_not = mn_inspected_why_not(x);
	bool rate = x->all.none > 0 && x->acts_on == MN_ACTS_INSPECTIONS;
	mn_html(o, "<tr><th scope=\"row\">");
	if (x->authority.n)
		mn_html_name(o, x->authority);
	else
		mn_html(o, "authority not stated");
	if (x->acts_on != MN_ACTS_INSPECTIONS)
		mn_out_fmt(o, " <span class=\"soft\">(%s)</span>",
		    mn_html_word(o, mn_acts_name(x->acts_on)));
	mn_out_fmt(
	    o, "</th><td>%s</td>", mn_html_word(o, mn_selection_name(x->selection)));
	cells(o, &x->ours, rate);
	cells(o, &x->all, rate);
	number(o, rate ? per_100(r, &x->all) : -1, "");
	mn_html_say(o, "<td>%s</td></tr>\n",
	    mn_html_word(o, why_not
				? why_not
				: MN_SAY("with other programmed and random ones of it")));
}

void
mn_html_inspected(struct mn_out *o, const struct mn_report *r)
{
	struct mn_inspected x;
	struct rows rows;
	if (!begin(r, &rows))
		return;
	bool any = next(&rows, &x);
	if (any)
		mn_html(o,
		    "<h3 id=\"inspected\">Annex: inspections, by authority and by why "
		    "the site was chosen</h3>\n<p>A case counts once, however many rows "
		    "tell of it. Rates are of cases with a stated result. A site that "
		    "was visited because somebody complained is found in violation more "
		    "often than one drawn at random: compare rows only where the last "
		    "column says so. An entity without an inspection is unknown, not "
		    "clean.</p>\n<div class=\"table\" tabindex=\"0\"><table><thead><tr>"
		    "<th scope=\"col\">Authority</th><th scope=\"col\">Why chosen</th>"
		    "<th scope=\"col\" class=\"n\">Yours</th><th scope=\"col\" "
		    "class=\"n\">with violation</th><th scope=\"col\" "
		    "class=\"n\">share</th><th scope=\"col\" class=\"n\">All in the "
		    "files</th><th scope=\"col\" class=\"n\">with violation</th><th "
		    "scope=\"col\" class=\"n\">share</th><th scope=\"col\" "
		    "class=\"n\">concerned, per 100 workers there</th><th "
		    "scope=\"col\">May its rate be compared?</th></tr></thead><tbody>\n");
	for (bool more = any; more; more = next(&rows, &x))
		row(o, r, &x);
	if (any)
		mn_html(o, "</tbody></table></div>\n");
	mn_scan_close(rows.scan);
}

static void
json_tally(struct mn_jsonw *w, const struct mn_report *r, const char *key,
    const struct mn_tally *t, bool rate)
{
	mn_jsonw_map(w, key);
	mn_jsonw_int(w, "cases", (int64_t)t->cases);
	mn_jsonw_int(w, "with_violation", (int64_t)t->violation);
	mn_jsonw_int(w, "found_none", (int64_t)t->none);
	if (rate && percent(t) >= 0)
		mn_jsonw_int(w, "percent", percent(t));
	if (rate && per_100(r, t) >= 0)
		mn_jsonw_int(w, "concerned_per_100_workers", per_100(r, t));
	mn_jsonw_end_map(w);
}

void
mn_json_inspected(struct mn_jsonw *w, const struct mn_report *r)
{
	struct mn_inspected x;
	struct rows rows;
	if (!begin(r, &rows))
		return;
	bool any = next(&rows, &x);
	if (any)
		mn_jsonw_list(w, "inspections");
	for (bool more = any; more; more = next(&rows, &x)) {
		const char *why_not = mn_inspected_why_not(&x);
		bool rate = x.all.none > 0 && x.acts_on == MN_ACTS_INSPECTIONS;
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "authority", x.authority);
		mn_jsonw_c(w, "rows_are", mn_acts_name(x.acts_on));
		mn_jsonw_c(w, "selection", mn_selection_name(x.selection));
		json_tally(w, r, "ours", &x.ours, rate);
		json_tally(w, r, "all", &x.all, rate);
		mn_jsonw_bool(w, "comparable", !why_not);
		if (why_not)
			mn_jsonw_c(w, "why_not", why_not);
		mn_jsonw_end_map(w);
	}
	if (any)
		mn_jsonw_end_list(w);
	mn_scan_close(rows.scan);
}

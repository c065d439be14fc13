/*
 * Field sheets: what an inspector takes along. They are read at the gate and left on
 * desks, so nothing on them tells why the site was chosen: no rank, stratum, score,
 * finding or complaint; the checklist has all eleven indicators for everybody.
 */
#include <stdio.h>

#include "manumit/base/clock.h"

#include "html.h"
#include "manumit/report/plan.h"

static void
fact(struct mn_out *o, const char *name, struct mn_str value, const char *otherwise)
{
	mn_html(o, "<div><b>");
	mn_html_c(o, name);
	mn_html(o, "</b>");
	if (value.n)
		mn_html_text(o, value);
	else
		mn_html_c(o, otherwise);
	mn_html(o, "</div>");
}

static void
facts(struct mn_out *o, const struct mn_visit *v)
{
	static const char UNKNOWN[] = MN_SAY("not stated");
	char day[11], workers[32];
	mn_html(o, "<div class=\"facts\">");
	fact(o, MN_SAY("Address"), v->place, UNKNOWN);
	fact(o, MN_SAY("Sector"),
	    mn_str_eq(v->sector, mn_str_c(UNKNOWN)) ? MN_STR_NONE : v->sector, UNKNOWN);
	int n = snprintf(workers, sizeof workers, "%lld", (long long)v->workers);
	fact(o, MN_SAY("Workers"),
	    v->workers < 0 ? MN_STR_NONE : mn_str(workers, (size_t)n), UNKNOWN);
	fact(o, MN_SAY("Last visit"),
	    v->last_visit == MN_DAY_NONE ? MN_STR_NONE : mn_day_print(v->last_visit, day),
	    MN_SAY("none on record"));
	n = snprintf(workers, sizeof workers, "%u", v->days);
	fact(o, MN_SAY("Days"), mn_str(workers, (size_t)n), UNKNOWN);
	fact(o, MN_SAY("Languages to expect"), v->languages, UNKNOWN);
	fact(o, MN_SAY("Interpreter needed for"), v->interpreter,
	    MN_SAY("ask before the visit"));
	mn_html(o, "</div>\n");
}

static void
checklist(struct mn_out *o, const struct mn_pack *p)
{
	mn_html(o,
	    "<h2>Checklist by indicator</h2>\n<p>The same for every site. Tick what "
	    "was looked at; write what was seen, not what it may mean.</p>\n<div "
	    "class=\"table\" tabindex=\"0\"><table><thead><tr><th "
	    "scope=\"col\">Indicator</th>"
	    "<th scope=\"col\">Signs</th><th scope=\"col\">looked at</th><th "
	    "scope=\"col\">seen</th></tr></thead><tbody>\n");
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		unsigned n = 0;
		mn_html(o, "<tr><th scope=\"row\">");
		mn_html_told(o, p->indicator[i].name);
		mn_html(o, "</th><td>");
		for (uint32_t k = 0; k < p->n_sign && n < MN_FIELD_SIGNS; k++)
			if (mn_str_eq(p->sign[k].indicator, p->indicator[i].code)) {
				mn_html(o, n++ ? "<br>" : "");
				mn_html_told(o, p->sign[k].text);
			}
		mn_html(o, "</td><td>&#9744;</td><td></td></tr>\n");
	}
	mn_html(o, "</tbody></table></div>\n");
}

static void
prompts(struct mn_out *o)
{
	static const char *const ASK[] = {
	    MN_SAY("Choose workers yourself, from all shifts, sexes and origins; do not "
		   "let the "
		   "employer choose or be told who was heard."),
	    MN_SAY("Speak alone, where nobody hears or sees it, off site where it can be "
		   "done; "
		   "bring your own interpreter, never a colleague or supervisor."),
	    MN_SAY(
		"Say who you are, that taking part is free, and that no name is written "
		"down."),
	    MN_SAY("How did you come to this work, and what did it cost? Who was paid, "
		   "and is "
		   "anything still owed?"),
	    MN_SAY("Where are your passport and papers? Could you have them today?"),
	    MN_SAY("Can you leave the site and the housing when you like? What would "
		   "happen if "
		   "you gave notice?"),
	    MN_SAY("What was promised, and what is it like? Hours, rest days, pay, "
		   "deductions."),
	    MN_SAY("Has anybody been threatened, hit, insulted or reported?"),
	    MN_SAY("Whom can you turn to, and did you ever?"),
	    MN_SAY(
		"Stop at once when a worker is afraid. Leave a number that can be called "
		"later."),
	};
	mn_html(o, "<h2>Interviews in private</h2>\n<ul>\n");
	for (size_t i = 0; i < countof(ASK); i++) {
		mn_html(o, "<li>");
		mn_html_c(o, ASK[i]);
		mn_html(o, "</li>\n");
	}
	mn_html(o, "</ul>\n");
}

static void
unreviewed(struct mn_out *o, const struct mn_messages *m)
{
	if (!m || m->reviewed)
		return;
	mn_html(o, "<footer>");
	mn_html_text(o, m->unreviewed);
	mn_html(o, "</footer>\n");
}

static bool
sheet(const struct mn_report *r, const struct mn_visit *v, const char *path,
    struct mn_err *err)
{
	struct mn_out *o = mn_html_open(r, path, err);
	if (!o)
		return false;
	mn_html_begin(o, v->name);
	mn_html(o, "<header><h1>");
	mn_html_name(o, v->name);
	mn_html(o, "</h1>\n<p class=\"lead\">Field sheet");
	if (v->id.n) {
		mn_html(o, " ");
		mn_html_text(o, v->id);
	}
	mn_html(o, "</p></header>\n<main>\n");
	facts(o, v);
	checklist(o, r->pack);
	prompts(o);
	mn_html(o, "<h2>Where to turn to for a worker</h2>\n<ul>\n");
	mn_html_referral(o, r, v->country);
	mn_html(o, "</ul>\n<h2>After the visit</h2>\n<p>Day, access (full, partial, "
		   "denied), workers seen, heard in private, violations, referred: into "
		   "the sheet <em>");
	mn_html_text(o, MN_S("Inspections")); /* as it is called in the workbook */
	mn_html(o, "</em> of plan.xlsx, for <code>manumit record</code>.</p>\n</main>\n");
	unreviewed(o, r->messages);
	mn_html(o, "</body>\n</html>\n");
	return mn_out_commit(o, true, NULL, err);
}

bool
mn_visits_field(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	bool good = mn_dir_make(mn_arena_fmt(&a, "%s/field%c", dir, 0).p, err);
	for (uint32_t i = 0; good && i < v->n; i++) {
		struct mn_arena b = a;
		good = sheet(r, &v->visit[i],
		    mn_arena_fmt(&b, "%s/field/%.*s%c", dir, MN_FMT(v->visit[i].sheet), 0)
			.p,
		    err);
	}
	mn_arena_free(root);
	return good;
}

bool
mn_report_visits(const struct mn_report *r, const struct mn_visits *v, const char *dir,
    struct mn_err *err)
{
	return mn_visits_csv(v, dir, err) && mn_visits_xlsx(r, v, dir, err) &&
	       mn_visits_field(r, v, dir, err) && mn_visits_page(r, v, dir, err);
}

/* The dossier of one entity: what is to be done about it, in which order, and what was.
 */
#include "manumit/base/clock.h"

#include "html.h"
#include "remedy.h"

#define FINDINGS 8 /* told of an indicator here; section 4 has all */

struct remedying {
	struct mn_out *o;
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_arena *a;
};

/* ---- the order that harms nobody ---- */

/* Rows of the pack on how to go about it, in their order. */
static bool
steps(struct remedying *x, const char *subject)
{
	const struct mn_pack *p = x->r->pack;
	bool any = false;
	for (uint32_t i = 0; i < p->n_remedy; i++) {
		if (!mn_str_eq(p->remedy[i].subject, mn_str_c(subject)))
			continue;
		mn_html(x->o, any ? "" : "<ol>\n");
		any = true;
		mn_html(x->o, "<li>");
		mn_html_told(x->o, p->remedy[i].text);
		mn_html_mark(x->o, &p->remedy[i].prov);
		mn_html(x->o, "</li>\n");
	}
	mn_html(x->o, any ? "</ol>\n" : "");
	return any;
}

void
mn_html_order(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	struct remedying x = {o, r, v, NULL};
	mn_html(o, "<h3>The order that harms nobody</h3>\n");
	if (v->card.action == MN_ACT_PROTECT && mn_view_shows(r, MN_SHOW_NEXT_STEP))
		mn_html(o,
		    "<p><strong>The workers come first here: do not contact the "
		    "employer before the first two steps are done.</strong></p>\n");
	if (v->card.state_imposed && steps(&x, "state"))
		mn_html(o, "<p>For workers who can be reached elsewhere:</p>\n");
	steps(&x, "any");
}

/* ---- history ---- */

static void
cite(struct remedying *x, const struct mn_done *d)
{
	mn_html(x->o, " <span class=\"cite\">");
	mn_html_text(x->o, mn_view_cite(x->r, d->rec.rid, MN_F_NONE, x->a));
	mn_html(x->o, "</span>");
}

/* "owner site manager, due 2026-11-15": what an entry says, but whom it is about. */
static void
entry(struct remedying *x, const struct mn_done *d, bool workers_shown)
{
	static const enum mn_field SAID[] = {MN_F_OWNER, MN_F_DUE, MN_F_ACTION_STATUS,
	    MN_F_DONE_ON, MN_F_OWED, MN_F_PAID, MN_F_CURRENCY, MN_F_WORKERS,
	    MN_F_WORKERS_PAID, MN_F_LAST_PAID_ON, MN_F_VERIFY_HOW, MN_F_VERIFIED_BY,
	    MN_F_VERIFIED_ON, MN_F_NOTE};
	bool any = false;
	for (size_t i = 0; i < countof(SAID); i++) {
		enum mn_field f = SAID[i];
		bool counts = f == MN_F_WORKERS || f == MN_F_WORKERS_PAID;
		if (d->rec.v[f].n == 0 || (counts && !workers_shown))
			continue;
		mn_html(x->o, any ? ", " : "");
		any = true;
		for (const char *p = mn_field_def(f)->name; *p; p++)
			mn_out_fmt(x->o, "%c", *p == '_' ? ' ' : *p);
		mn_html(x->o, " ");
		mn_html_text(x->o, d->rec.v[f]);
	}
}

static void
day_of_entry(struct remedying *x, const struct mn_done *d)
{
	mn_html(x->o, "as of ");
	mn_html_day(x->o, d->day);
	if (d->contested)
		mn_html(x->o, " <span class=\"mark\">two entries of one day "
			      "disagree</span>");
}

/* Earlier entries are kept and told, the newest first. */
static void
history(struct remedying *x, const struct mn_done *last, bool workers_shown)
{
	uint32_t n = mn_done_before(last);
	if (!last)
		return;
	mn_html(x->o, "<br><span class=\"soft\">");
	day_of_entry(x, last);
	mn_html(x->o, "</span>");
	cite(x, last);
	if (n == 0)
		return;
	mn_html_say(x->o, "<details><summary>%u earlier</summary><ul>", n);
	for (uint32_t k = 1; k <= n; k++) {
		mn_html(x->o, "<li>");
		day_of_entry(x, last - k);
		mn_html(x->o, ": ");
		entry(x, last - k, workers_shown);
		cite(x, last - k);
		mn_html(x->o, "</li>");
	}
	mn_html(x->o, "</ul></details>");
}

/* ---- the corrective action plan ---- */

static void
day_text(struct remedying *x, struct mn_str day)
{
	if (day.n) {
		mn_html(x->o, "<time>");
		mn_html_text(x->o, day);
		mn_html(x->o, "</time>");
	}
}

static void
deadline(struct remedying *x, const struct mn_plan_row *p)
{
	day_text(x, mn_plan_field(p, MN_F_DUE));
	if (p->state == MN_PLAN_OVERDUE)
		mn_html(x->o, " <strong>overdue</strong>");
	else if (p->within_days && mn_plan_field(p, MN_F_DUE).n == 0)
		mn_html_say(x->o,
		    "<span class=\"soft\">proposed: within %lld day%s</span>",
		    (long long)p->within_days, p->within_days == 1 ? "" : "s");
}

static void
verified(struct remedying *x, struct mn_str by, struct mn_str on)
{
	if (by.n == 0)
		return;
	bool workers = mn_verified_by_workers(x->r, by);
	mn_html(x->o, workers ? "<br>verified by "
			      : "<br>called verified, but not by workers: by ");
	mn_html_text(x->o, by);
	mn_html(x->o, on.n ? " on " : "");
	day_text(x, on);
}

static void
plan_row(struct remedying *x, const struct mn_plan_row *p)
{
	struct mn_str how = mn_plan_field(p, MN_F_VERIFY_HOW);
	mn_html(x->o, "<tr><th scope=\"row\">");
	/* Of the packs, or as somebody recorded it: then it is looked up in vain. */
	mn_html_told(x->o, p->action);
	if (p->prov)
		mn_html_mark(x->o, p->prov);
	if (mn_plan_field(p, MN_F_NOTE).n) {
		mn_html(x->o, "<br><span class=\"soft\">");
		mn_html_text(x->o, mn_plan_field(p, MN_F_NOTE));
		mn_html(x->o, "</span>");
	}
	mn_html(x->o, "</th>");
	mn_html_el(x->o, "td", mn_plan_field(p, MN_F_OWNER));
	mn_html(x->o, "<td>");
	deadline(x, p);
	mn_html(x->o, "</td><td>");
	mn_html_c(x->o, mn_plan_state_name(p->state));
	if (mn_plan_field(p, MN_F_DONE_ON).n)
		mn_html(x->o, " ");
	day_text(x, mn_plan_field(p, MN_F_DONE_ON));
	history(x, p->last, true);
	mn_html(x->o, "</td><td>");
	mn_html_told(x->o, how.n ? how : p->verify);
	verified(
	    x, mn_plan_field(p, MN_F_VERIFIED_BY), mn_plan_field(p, MN_F_VERIFIED_ON));
	mn_html(x->o, "</td></tr>\n");
}

static void
finding(struct remedying *x, const struct mn_evidence *e)
{
	mn_html(x->o, "<li>");
	mn_html_text(x->o, e->label);
	mn_html(x->o, " <span class=\"soft\">(");
	mn_html_c(x->o, mn_status_name(e->status));
	if (e->event_day != MN_DAY_NONE) {
		mn_html(x->o, ", ");
		mn_html_day(x->o, e->event_day);
	}
	mn_html(x->o, ")</span> <span class=\"cite\">");
	mn_html_text(x->o, mn_view_cite(x->r, e->rid, e->field, x->a));
	mn_html(x->o, "</span></li>\n");
}

/* The findings that the actions are to end. */
static void
findings(struct remedying *x, int indicator)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < x->v->n_ev; k++) {
		const struct mn_evidence *e = &x->v->ev[k];
		if (e->indicator != indicator || e->direction != MN_ADVERSE ||
		    e->status == MN_WORKER_VERIFIED)
			continue;
		if (n++ == 0)
			mn_html(x->o, "<ul>\n");
		if (n <= FINDINGS)
			finding(x, e);
	}
	if (n > FINDINGS)
		mn_html_say(x->o, "<li>and %u more, see section 4</li>\n", n - FINDINGS);
	mn_html(x->o, n ? "</ul>\n" : "");
}

/* Actions about one subject; indicator -1: what is about none. */
static void
plan_about(struct remedying *x, int indicator, const struct mn_plan_row *p, uint32_t n)
{
	bool any = false;
	for (uint32_t i = 0; i < n; i++) {
		if (mn_indicator_parse(p[i].about) != indicator ||
		    (!p[i].last && strcmp(p[i].kind, "next step") == 0))
			continue;
		if (!any && indicator >= 0) {
			mn_html(x->o, "<h4>");
			mn_html_text(x->o, x->r->pack->indicator[indicator].code);
			mn_html(x->o, " ");
			mn_html_told(x->o, x->r->pack->indicator[indicator].name);
			mn_html(x->o, "</h4>\n");
			findings(x, indicator);
		} else if (!any) {
			mn_html(x->o, "<h4>Other actions</h4>\n");
		}
		if (!any)
			mn_html(x->o,
			    "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th "
			    "scope=\"col\">Action</th><th "
			    "scope=\"col\">Owner</th><th "
			    "scope=\"col\">Deadline</th><th "
			    "scope=\"col\">State</th><th scope=\"col\">How workers "
			    "verify it</th></tr></thead><tbody>\n");
		any = true;
		plan_row(x, &p[i]);
	}
	mn_html(x->o, any ? "</tbody></table></div>\n" : "");
}

void
mn_html_plan(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	struct remedying x = {o, r, v, a};
	const struct mn_plan_row *p;
	uint32_t n = mn_plan_of(r, v, a, &p), told = 0;
	for (uint32_t i = 0; i < n; i++)
		told += p[i].last || strcmp(p[i].kind, "next step") != 0;
	if (told == 0)
		return;
	mn_html(o,
	    "<h3>Corrective action plan</h3>\n<p>To be filled in and agreed with "
	    "workers or their union: the sheet <em>Actions</em> of results.xlsx has "
	    "the same rows, and <code>manumit record</code> reads it back. An action "
	    "that is done closes no finding; a finding that workers verified as "
	    "ended does.</p>\n");
	if (v->card.state_imposed)
		mn_html(o, "<p><strong>No plan cures work that a state imposes.</strong> "
			   "What follows is for leaving without harm.</p>\n");
	for (int i = 0; i < MN_INDICATORS; i++)
		plan_about(&x, i, p, n);
	plan_about(&x, -1, p, n);
}

/* ---- remedy so far ---- */

static void
money(struct remedying *x, bool known, int64_t e4, struct mn_str currency)
{
	mn_html(x->o, "<td class=\"n\">");
	if (known)
		mn_html_text(x->o, mn_ledger_money(e4, currency, x->a));
	else
		mn_html(x->o, "not stated");
	mn_html(x->o, "</td>");
}

/* How many were paid is told when it points at nobody, on either side. */
static void
workers(struct remedying *x, const struct mn_ledger_row *l)
{
	int64_t least = mn_view_min_cell(x->r);
	int64_t rest = l->workers - l->workers_paid;
	if (l->workers < 0) {
		mn_html(x->o, "not stated");
		return;
	}
	mn_html_fmt(x->o, "%lld", (long long)l->workers);
	if (l->workers_paid >= 0 && (rest == 0 || rest >= least) &&
	    (l->workers_paid == 0 || l->workers_paid >= least))
		mn_html_fmt(x->o, ", %lld paid", (long long)l->workers_paid);
}

static void
ledger_head(struct remedying *x, const struct mn_ledger_row *l)
{
	mn_html(x->o, "<tr><th scope=\"row\">");
	if (l->recruiter.n)
		mn_html_name(x->o, l->recruiter);
	else
		mn_html_told(x->o, l->about.n ? l->about : MN_S("not stated"));
	if (l->origin.n || l->destination.n)
		mn_html_fmt(x->o, ", %.*s to %.*s",
		    MN_FMT(l->origin.n ? l->origin : MN_S("?")),
		    MN_FMT(l->destination.n ? l->destination : MN_S("?")));
	if (!l->last)
		mn_html(x->o, "<br><span class=\"soft\">by the fee ledger; nothing was "
			      "recorded</span>");
	mn_html(x->o, "</th>");
}

static void
ledger_row(struct remedying *x, const struct mn_ledger_row *l)
{
	char day[11];
	ledger_head(x, l);
	if (!l->shown) {
		mn_html_say(x->o,
		    "<td colspan=\"6\">fewer than %lld workers: not shown</td></tr>\n",
		    (long long)mn_view_min_cell(x->r));
		return;
	}
	money(x, l->owed_known, l->owed_e4, l->currency);
	money(x, l->paid_known, l->paid_e4, l->currency);
	int64_t rest = l->settled ? 0 : l->owed_e4 - l->paid_e4;
	money(x, l->owed_known && l->paid_known, rest, l->currency);
	mn_html(x->o, "<td>");
	workers(x, l);
	mn_html(x->o, "</td><td>");
	if (l->due != MN_DAY_NONE)
		day_text(x, mn_day_print(l->due, day));
	mn_html(x->o, l->overdue ? " <strong>overdue</strong>" : "");
	mn_html(x->o, "</td><td>");
	mn_html(x->o, l->verified_by.n ? "" : "not verified");
	if (l->verified_by.n) {
		mn_html(x->o, l->verified ? "" : "not by workers: called verified by ");
		mn_html_text(x->o, l->verified_by);
		mn_html(x->o, l->verified_on == MN_DAY_NONE ? "" : ", ");
		if (l->verified_on != MN_DAY_NONE)
			day_text(x, mn_day_print(l->verified_on, day));
	}
	if (l->disagrees) {
		mn_html(x->o, "<br><span class=\"mark\">the fee ledger says ");
		mn_html_text(x->o, mn_ledger_money(l->by_fees_e4, l->currency, x->a));
		mn_html(x->o, " owed</span>");
	}
	history(x, l->last, false);
	mn_html(x->o, "</td></tr>\n");
}

void
mn_html_remedy_so_far(struct mn_out *o, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a)
{
	struct remedying x = {o, r, v, a};
	const struct mn_ledger_row *l;
	uint32_t n = mn_ledger_of(r, v, a, &l);
	if (n == 0)
		return;
	mn_html(o,
	    "<h3>Remedy so far</h3>\n<div class=\"table\" "
	    "tabindex=\"0\"><table><caption>What is "
	    "owed to workers in all, and what they were paid so far. Paid is what "
	    "somebody says; workers, their union or who heard them off site verify "
	    "it.</caption><thead><tr><th scope=\"col\">Owed for</th><th "
	    "scope=\"col\" class=\"n\">Owed</th><th scope=\"col\" "
	    "class=\"n\">Paid</th><th scope=\"col\" class=\"n\">Still owed</th><th "
	    "scope=\"col\">Workers</th><th scope=\"col\">Due</th><th "
	    "scope=\"col\">Verified</th></tr></thead><tbody>\n");
	for (uint32_t i = 0; i < n; i++)
		ledger_row(&x, &l[i]);
	mn_html(o, "</tbody></table></div>\n");
}

/* ---- what was done ---- */

static struct mn_str
in_words(struct mn_str choice, struct mn_arena *a)
{
	char *out = mn_arena_alloc(a, 1, 1, choice.n + 1);
	for (size_t i = 0; i < choice.n; i++)
		out[i] = choice.p[i] == '_' ? ' ' : choice.p[i];
	return mn_str(out, choice.n);
}

static void
deed(struct remedying *x, const struct mn_done *d)
{
	static const enum mn_field SAID[] = {MN_F_TOPIC, MN_F_DESCRIPTION, MN_F_DONE_BY,
	    MN_F_ABOUT, MN_F_REFERENCE, MN_F_NOTE};
	const struct mn_str *v = d->rec.v;
	int64_t least = mn_view_min_cell(x->r), people;
	mn_html(x->o, "<li>");
	day_text(x, v[MN_F_DATE]);
	mn_html(x->o, v[MN_F_DATE].n ? " " : "");
	if (d->rec.kind == MN_K_TRAINING) {
		mn_html(x->o, "training of ");
		if (mn_record_count(&d->rec, MN_F_PEOPLE, &people) && people >= least)
			mn_html_fmt(x->o, "%lld ", (long long)people);
		if (v[MN_F_TRAINED].n)
			mn_html_text(x->o, in_words(v[MN_F_TRAINED], x->a));
		else
			mn_html(x->o, "people");
	} else {
		mn_html_text(x->o, v[MN_F_ACTIVITY]);
	}
	for (size_t i = 0; i < countof(SAID); i++)
		if (v[SAID[i]].n) {
			mn_html(x->o, SAID[i] == MN_F_DONE_BY ? "; by " : "; ");
			mn_html_text(x->o, v[SAID[i]]);
		}
	if (mn_record_bool(&d->rec, MN_F_OFFSITE) == 1)
		mn_html(x->o, "; workers were heard off site");
	if (mn_record_bool(&d->rec, MN_F_ANNOUNCED) >= 0)
		mn_html(x->o, mn_record_bool(&d->rec, MN_F_ANNOUNCED) ? "; announced"
								      : "; unannounced");
	if (mn_done_before(d) || d->contested)
		history(x, d, false);
	else
		cite(x, d);
	mn_html(x->o, "</li>\n");
}

bool
mn_html_done(struct mn_out *o, const struct mn_report *r, const struct mn_done *d,
    uint32_t n, struct mn_arena *a)
{
	struct remedying x = {o, r, NULL, a};
	bool any = false;
	for (uint32_t i = 0; i < n; i++) {
		if (!mn_done_told(r, &d[i]))
			continue;
		mn_html(o, any ? "" : "<ul>\n");
		any = true;
		deed(&x, &d[i]);
	}
	mn_html(o, any ? "</ul>\n" : "");
	return any;
}

/* ---- whom to turn to ---- */

void
mn_html_referral(struct mn_out *o, const struct mn_report *r, struct mn_str country)
{
	const struct mn_pack *p = r->pack;
	uint32_t shown = 0, waiting = 0;
	for (uint32_t i = 0; i < p->n_contact; i++) {
		const struct mn_p_contact *c = &p->contact[i];
		if (country.n == 0 || !mn_str_eq(c->country, country))
			continue;
		waiting += !c->prov.verified;
		if (!c->prov.verified)
			continue;
		mn_html(o, shown++ ? "; " : "<li>Referral: ");
		mn_html_text(o, c->name);
		mn_html(o, " (");
		mn_html_text(o, c->what);
		mn_html(o, "), ");
		mn_html_text(o, c->contact);
		if (c->checked_on.n) {
			mn_html(o, ", checked on ");
			mn_html_text(o, c->checked_on);
		}
	}
	if (shown)
		mn_html(o, ".</li>\n");
	else
		mn_html(o,
		    "<li>Referral: unknown. No verified contact is loaded for this "
		    "country. Ask the national referral mechanism, the labour "
		    "inspectorate or a trade union before an interview takes place, "
		    "not after.</li>\n");
	if (!shown && waiting)
		mn_html_say(o,
		    "<li>%u contact%s for this country wait%s for somebody to call and "
		    "verify: indicators/referral-contacts.json.</li>\n",
		    waiting, waiting == 1 ? "" : "s", waiting == 1 ? "s" : "");
}

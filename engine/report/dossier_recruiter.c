/* The dossier of a recruiter or agent: its licence check, and what workers paid by way of
 * it; and the national caps of its corridors. */
#include "manumit/base/fx.h"

#include "dossier_fees.h"

/* ---- caps ---- */

static bool
cap_concerns(const struct mn_fee_page *x, const struct mn_p_fee_cap *c)
{
	for (uint32_t i = 0; i < x->v->n_fee; i++) {
		const struct mn_fee_stat *f = &x->v->fee[i];
		bool origin = mn_str_eq(c->side, MN_S("origin"));
		struct mn_str here = mn_str_c(origin ? f->origin : f->destination);
		struct mn_str there = mn_str_c(origin ? f->destination : f->origin);
		if ((f->scope == MN_FEE_PAIR || f->scope == MN_FEE_SERVED) && here.n &&
		    mn_str_eq(c->country, here) &&
		    (c->other.n == 0 || mn_str_eq(c->other, there)))
			return true;
	}
	return false;
}

static void
cap(struct mn_fee_page *x, const struct mn_p_fee_cap *c)
{
	char value[32];
	bool months = mn_str_eq(c->basis, MN_S("months_wage"));
	mn_html(x->o, "<li>");
	mn_html_text(x->o, mn_country_name(x->r->countries, c->country));
	mn_html_fmt(x->o, ": %s ", mn_fx_print(c->value_q16, 0, value).p);
	if (months)
		mn_html_c(x->o, MN_SAY("month(s) of wage"));
	else
		mn_html_text(x->o, c->currency);
	mn_html_c(x->o, mn_str_eq(c->basis, MN_S("per_job_order"))      ? " per job order"
			: mn_str_eq(c->basis, MN_S("amount_per_month")) ? " a month"
			: mn_str_eq(c->basis, MN_S("amount_per_year"))  ? " a year"
									: "");
	mn_html_fmt(x->o, "; %.*s", MN_FMT(c->instrument));
	mn_html(x->o, c->from.n ? ", from " : "");
	mn_html_text(x->o, c->from);
	mn_html(x->o, c->to.n ? ", to " : "");
	mn_html_text(x->o, c->to);
	if (!mn_str_eq(c->state, MN_S("in_force")))
		mn_html_fmt(x->o, " (%.*s)", MN_FMT(c->state));
	if (c->only.n)
		mn_html_fmt(x->o, "; only for %.*s", MN_FMT(c->only));
	mn_html(x->o, ". ");
	mn_html_text(x->o, c->note);
	mn_html(x->o, " <span class=\"cite\">");
	mn_html_text(x->o, c->prov.source);
	if (c->as_of.n)
		mn_html_fmt(x->o, ", as of %.*s", MN_FMT(c->as_of));
	mn_html(x->o, "</span>");
	mn_html_mark(x->o, &c->prov);
	mn_html(x->o, "</li>\n");
}

void
mn_fee_caps_list(struct mn_fee_page *x)
{
	const struct mn_pack *p = x->r->pack;
	bool any = false;
	for (uint32_t i = 0; i < p->n_fee_cap; i++) {
		if (!cap_concerns(x, &p->fee_cap[i]))
			continue;
		if (!any)
			mn_html(x->o,
			    "<p>What the law of these corridors allows workers to be "
			    "charged, as far as is known here. Rules change: look "
			    "them up.</p>\n<ul>\n");
		any = true;
		cap(x, &p->fee_cap[i]);
	}
	mn_html(x->o, any ? "</ul>\n" : "");
}

/* ---- recruiters ---- */

void
mn_fee_licence(struct mn_fee_page *x)
{
	const struct mn_record *rec = &x->v->ent.rec;
	static const struct {
		enum mn_field field;
		const char *label;
	} SHOWN[] = {{MN_F_LICENCE_SCHEME, MN_SAY("Scheme")},
	    {MN_F_LICENCE_NO, MN_SAY("Number")}, {MN_F_LICENCE_STATUS, MN_SAY("Status")},
	    {MN_F_LICENCE_VALID_TO, MN_SAY("Valid to")},
	    {MN_F_LICENCE_CHECKED_ON, MN_SAY("Checked on")},
	    {MN_F_LICENCE_CHECKED_BY, MN_SAY("Checked by")}};
	bool any = false;
	for (size_t i = 0; i < countof(SHOWN); i++)
		any = any || rec->v[SHOWN[i].field].n;
	if (!any && mn_entity_role(&x->v->ent) != MN_ROLE_RECRUITER)
		return;
	mn_html(x->o, "<h3>Licence check, as entered</h3>\n<div class=\"facts\">");
	for (size_t i = 0; i < countof(SHOWN); i++) {
		mn_out_fmt(x->o, "<div><b>%s</b>", mn_html_word(x->o, SHOWN[i].label));
		if (rec->v[SHOWN[i].field].n)
			mn_html_text(x->o, rec->v[SHOWN[i].field]);
		else
			mn_html(x->o, "not entered");
		mn_html(x->o, "</div>");
	}
	mn_html(x->o, "</div>\n");
	if (rec->v[MN_F_LICENCE_CHECKED_ON].n == 0)
		mn_html(x->o,
		    "<p>No check with a day is entered. Not found in a register is "
		    "not unlicensed, and a number is not a check: look it up and "
		    "enter scheme, number, status, day and who checked.</p>\n");
}

void
mn_fee_as_recruiter(struct mn_fee_page *x)
{
	if (mn_fee_rows_of(x->v, MN_FEE_SERVED) == 0)
		return;
	mn_html(x->o, "<h3>What workers paid by way of this recruiter, by the ledgers of "
		      "employers</h3>\n");
	mn_fee_cost_table(x, true);
	mn_fee_due_table(x, true);
}

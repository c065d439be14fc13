/* The dossier's section on recruitment fees: what was borne, by way of whom, what is to
 * be repaid; and the licence check of a recruiter as it was entered. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "fee_view.h"

#define SMALL "<span class=\"soft\">not shown</span>"

struct fees {
	struct mn_out *o;
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_arena *a;
	int64_t least;
};

/* ---- cells ---- */

static void
begin_table(struct mn_out *o, const char *caption, const char *const *head, size_t n)
{
	mn_out_fmt(
	    o, "<div class=\"table\"><table><caption>%s</caption><thead><tr>", caption);
	for (size_t i = 0; i < n; i++)
		mn_out_fmt(o, "<th scope=\"col\"%s>%s</th>", i > 1 ? " class=\"n\"" : "",
		    head[i]);
	mn_html(o, "</tr></thead><tbody>\n");
}

static void
end_table(struct mn_out *o)
{
	mn_html(o, "</tbody></table></div>\n");
}

static void
begin_row(struct fees *x, const struct mn_fee_stat *f)
{
	mn_html(x->o, "<tr><th scope=\"row\">");
	if (f->scope == MN_FEE_ENTITY)
		mn_html(x->o, "all recruiters");
	else if (f->scope == MN_FEE_CORRIDOR)
		mn_html(x->o, "any recruiter");
	else
		mn_html_name(x->o, mn_fee_party(f));
	mn_html(x->o, "</th><td>");
	if (f->scope == MN_FEE_PAIR || f->scope == MN_FEE_CORRIDOR ||
	    f->scope == MN_FEE_SERVED)
		mn_html_text(x->o, mn_fee_corridor(f, x->a));
	else
		mn_html(x->o, "all corridors");
	mn_html(x->o, "</td>");
}

static void
withheld(struct fees *x, const struct mn_fee_stat *f, unsigned columns)
{
	begin_row(x, f);
	mn_out_fmt(x->o, "<td colspan=\"%u\">not shown: %s</td></tr>\n", columns,
	    f->payers && (int64_t)f->payers < x->least ? "too few workers"
						       : "the rest could be worked out");
}

static void
count(struct fees *x, int64_t n, int64_t of)
{
	mn_html(x->o, "<td class=\"n\">");
	if (n == 0 && of >= x->least)
		mn_html(x->o, "0");
	else if (mn_small_part(n, of, x->least))
		mn_out_fmt(x->o, "%lld", (long long)n);
	else
		mn_html(x->o, SMALL);
	mn_html(x->o, "</td>");
}

/* Median and quartiles; of few workers they would be somebody's. */
static void
spread(struct fees *x, const struct mn_fee_dist *d)
{
	mn_html(x->o, "<td class=\"n\">");
	if (d->n == 0) {
		mn_html(x->o, "not assessable");
	} else if ((int64_t)d->n < x->least) {
		mn_html(x->o, SMALL);
	} else {
		mn_html_text(x->o, mn_fee_months_text(d->median_q16, x->a));
		mn_html(x->o, " <span class=\"soft\">(");
		mn_html_text(x->o, mn_fee_months_text(d->q1_q16, x->a));
		mn_html(x->o, " to ");
		mn_html_text(x->o, mn_fee_months_text(d->q3_q16, x->a));
		mn_html(x->o, ")</span>");
	}
	mn_html(x->o, "</td>");
}

static void
over(struct fees *x, const struct mn_fee_dist *d)
{
	count(x, d->over1, d->n);
	count(x, d->over3, d->n);
	count(x, d->over6, d->n);
}

/* ---- tables ---- */

static void
cost_rows(struct fees *x, enum mn_fee_scope scope)
{
	bool shown;
	const struct mn_fee_stat *f;
	for (uint32_t at = 0; (f = mn_fee_next(x->v, scope, &at, &shown)) != NULL;) {
		if (!shown) {
			withheld(x, f, 9);
			continue;
		}
		begin_row(x, f);
		if (f->payers == 0) {
			mn_out_fmt(x->o, "<td colspan=\"9\">%s</td></tr>\n",
			    f->unknown_payer ? "who paid is not known"
					     : "nothing borne by workers");
			continue;
		}
		mn_out_fmt(x->o, "<td class=\"n\">%u</td>", f->payers);
		count(x, f->dist[MN_FEE_GROSS].n, f->payers);
		spread(x, &f->dist[MN_FEE_GROSS]);
		spread(x, &f->dist[MN_FEE_NET]);
		spread(x, &f->dist[MN_FEE_ACTUAL]);
		spread(x, &f->dist[MN_FEE_CLEAR]);
		over(x, &f->dist[MN_FEE_NET]);
		mn_html(x->o, "</tr>\n");
	}
}

static uint32_t
rows_of(const struct mn_view *v, enum mn_fee_scope scope)
{
	bool shown;
	uint32_t at = 0, n = 0;
	while (mn_fee_next(v, scope, &at, &shown))
		n++;
	return n;
}

static const char *const COST_HEAD[] = {"Recruiter", "Corridor", "Workers who paid",
    "Assessable", "Cost, months of wage", "Still borne, months of wage",
    "Still borne, months of the wage paid", "Months to pay off", "1 month or more",
    "3 or more", "6 or more"};

static void
costs(struct fees *x)
{
	begin_table(x->o,
	    "Median, and where the middle half lies. A month is a month of the "
	    "contractual "
	    "wage of the same worker; a wage or an exchange rate that is not stated "
	    "makes "
	    "a worker not assessable, never zero. Paying off: at the part of the wage "
	    "that "
	    "the method names, with the interest stated.",
	    COST_HEAD, countof(COST_HEAD));
	cost_rows(x, MN_FEE_PAIR);
	/* A margin of one row says the same again. */
	uint32_t pairs = rows_of(x->v, MN_FEE_PAIR);
	if (rows_of(x->v, MN_FEE_RECRUITER) < pairs)
		cost_rows(x, MN_FEE_RECRUITER);
	if (rows_of(x->v, MN_FEE_CORRIDOR) < pairs)
		cost_rows(x, MN_FEE_CORRIDOR);
	if (pairs > 1)
		cost_rows(x, MN_FEE_ENTITY);
	end_table(x->o);
}

static void
money(struct fees *x, int64_t e4, const char *currency, bool strong)
{
	mn_out_fmt(x->o, "<td class=\"n\">%s", strong ? "<strong>" : "");
	mn_html_text(x->o, mn_fee_amount(e4, currency, x->a));
	mn_out_fmt(x->o, "%s</td>", strong ? "</strong>" : "");
}

static void class(struct fees *x, const struct mn_fee_money *m, enum mn_fee_class c)
{
	if (mn_fee_class_shown(m, c, x->least))
		money(x, m->by_class_e4[c], m->currency, false);
	else
		mn_html(x->o, "<td class=\"n\">" SMALL "</td>");
}

static void
due_rows(struct fees *x, enum mn_fee_scope scope)
{
	bool shown;
	const struct mn_fee_stat *f;
	for (uint32_t at = 0; (f = mn_fee_next(x->v, scope, &at, &shown)) != NULL;) {
		uint32_t place = 0;
		struct mn_fee_money m;
		if (f->payers == 0)
			continue;
		if (!shown) {
			withheld(x, f, 6);
			continue;
		}
		for (size_t k = 0; mn_fee_amounts(x->v, f, &k, &place, &m);) {
			begin_row(x, f);
			money(x, m.paid_e4, m.currency, false);
			class(x, &m, MN_FEE_C_UNKNOWN);
			class(x, &m, MN_FEE_C_FINANCE);
			money(x, m.back_e4, m.currency, false);
			money(x, m.owed_e4, m.currency, true);
			/* Where nothing was given back, the amounts say it already. */
			if (m.back_e4 == 0)
				mn_out_fmt(
				    x->o, "<td class=\"n\">%u</td>", m.owed_workers);
			else
				count(x, m.owed_workers, m.payers);
			mn_html(x->o, "</tr>\n");
		}
	}
}

static const char *const DUE_HEAD[] = {"Recruiter", "Corridor", "Borne by workers",
    "of it of a kind not recognised", "Interest and lenders' charges, beside it",
    "Repaid so far", "Repayment due", "Workers it is due to"};

static void
due(struct fees *x)
{
	begin_table(x->o,
	    "Repayment due under the Employer Pays Principle: no recruitment fee or cost "
	    "is "
	    "borne by a worker, also where national law allows it.",
	    DUE_HEAD, countof(DUE_HEAD));
	due_rows(x, MN_FEE_PAIR);
	if (rows_of(x->v, MN_FEE_PAIR) > 1)
		due_rows(x, MN_FEE_ENTITY);
	end_table(x->o);
}

/* ---- sentences ---- */

static void
sentence(struct fees *x, int64_t n, int64_t of, const char *what)
{
	if (n == 0)
		return;
	mn_html(x->o, "<li>");
	if (mn_small_part(n, of, x->least))
		mn_html_fmt(
		    x->o, "%lld of %lld workers who paid: ", (long long)n, (long long)of);
	else
		mn_html(x->o, "Of workers who paid, how many is not shown: ");
	mn_html_c(x->o, what);
	mn_html(x->o, ".</li>\n");
}

/* Two counts whose difference is few people are not said side by side. */
static void
coverage(struct fees *x, const struct mn_fee_stat *f)
{
	int64_t site, rest = (int64_t)f->workers - f->payers;
	bool whole = rest == 0 || rest >= x->least;
	mn_html_fmt(x->o, "The ledgers have data on %s%u workers; ",
	    whole ? "" : "more than ", whole ? f->workers : f->payers);
	if (mn_record_count(&x->v->ent.rec, MN_F_WORKERS, &site) && site > 0)
		mn_html_fmt(x->o, "%lld work here.", (long long)site);
	else
		mn_html(x->o, "how many work here is not stated.");
}

static void
conditions(struct fees *x, const struct mn_fee_stat *f)
{
	static const char *const CODE[MN_FEE_CONDITIONS] = {
	    "clear_over_contract", "apr_over_ceiling", "may_not_leave"};
	const struct mn_pack *p = x->r->pack;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		for (uint32_t k = 0; k < p->n_fee_condition; k++)
			if (mn_str_eq(p->fee_condition[k].code, mn_str_c(CODE[i])))
				sentence(x, f->condition[i], f->payers,
				    mn_arena_fmt(x->a, "%.*s%c",
					MN_FMT(p->fee_condition[k].text), 0)
					.p);
}

/* The receipts of a country whose cap they equal say less than nothing. */
static void
receipts(struct fees *x, const struct mn_fee_stat *f)
{
	int64_t enough = 0;
	for (uint32_t i = 0; i < x->r->pack->n_fee_constant; i++)
		if (mn_str_eq(x->r->pack->fee_constant[i].code, MN_S("cap_alike")))
			enough = x->r->pack->fee_constant[i].value_q16 >> 16;
	if (enough > 0 && (int64_t)f->at_cap >= enough)
		sentence(x, f->at_cap, f->payers,
		    "a receipt of just the national cap. Receipts that are all alike are "
		    "no comfort: ask what was paid beside them");
	sentence(x, f->no_receipt, f->payers, "a payment without a receipt");
}

static void
said(struct fees *x, const struct mn_fee_stat *f)
{
	mn_html(x->o, "<p>");
	if (f->scope == MN_FEE_PAIR) {
		mn_html_name(x->o, mn_fee_party(f));
		mn_html(x->o, ", ");
		mn_html_text(x->o, mn_fee_corridor(f, x->a));
		mn_html(x->o, ": ");
	}
	coverage(x, f);
	mn_html(x->o, "</p>\n<ul>\n");
	sentence(x, f->over_cap, f->payers,
	    "more than the national cap (told apart from the principle above)");
	conditions(x, f);
	receipts(x, f);
	sentence(x, f->no_wage, f->payers,
	    "no wage is stated, so that months of wage are not assessable: ask for the "
	    "contractual monthly wage");
	sentence(x, f->no_rate, f->payers,
	    "an amount in a currency for which no exchange rate of its day is at hand: "
	    "give "
	    "a table of dated rates (--rates)");
	if (f->unknown_payer)
		mn_html(x->o,
		    "<li>In some rows it is not known who paid; they are not "
		    "counted as borne by workers, nor as borne by others.</li>\n");
	if (f->unclassified)
		mn_html(x->o,
		    "<li>Costs of a kind that is not recognised are counted all "
		    "the same; issues.csv has their words.</li>\n");
	mn_html(x->o, "</ul>\n");
}

/* Of everything; where that is withheld, of what is not. */
static void
sentences(struct fees *x)
{
	bool shown;
	uint32_t at = 0;
	const struct mn_fee_stat *f = mn_fee_next(x->v, MN_FEE_ENTITY, &at, &shown);
	mn_html(x->o, "<p>A fee alone is a precursor of debt bondage, not debt bondage. "
		      "What is not repaid stays open.</p>\n");
	if (f && shown) {
		said(x, f);
		return;
	}
	for (at = 0; (f = mn_fee_next(x->v, MN_FEE_PAIR, &at, &shown)) != NULL;)
		if (shown && f->payers)
			said(x, f);
}

/* ---- caps ---- */

static bool
cap_concerns(const struct fees *x, const struct mn_p_fee_cap *c)
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
cap(struct fees *x, const struct mn_p_fee_cap *c)
{
	char value[32];
	bool months = mn_str_eq(c->basis, MN_S("months_wage"));
	mn_html(x->o, "<li>");
	mn_html_text(x->o, mn_country_name(x->r->countries, c->country));
	mn_html_fmt(x->o, ": %s ", mn_fx_print(c->value_q16, 0, value).p);
	mn_html_text(x->o, months ? MN_S("month(s) of wage") : c->currency);
	mn_html_fmt(x->o, "%s",
	    mn_str_eq(c->basis, MN_S("per_job_order"))      ? " per job order"
	    : mn_str_eq(c->basis, MN_S("amount_per_month")) ? " a month"
	    : mn_str_eq(c->basis, MN_S("amount_per_year"))  ? " a year"
							    : "");
	mn_html_fmt(x->o, "; %.*s%s%.*s%s%.*s", MN_FMT(c->instrument),
	    c->from.n ? ", from " : "", MN_FMT(c->from), c->to.n ? ", to " : "",
	    MN_FMT(c->to));
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

static void
caps(struct fees *x)
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

static void
licence(struct fees *x)
{
	const struct mn_record *rec = &x->v->ent.rec;
	static const struct {
		enum mn_field field;
		const char *label;
	} SHOWN[] = {{MN_F_LICENCE_SCHEME, "Scheme"}, {MN_F_LICENCE_NO, "Number"},
	    {MN_F_LICENCE_STATUS, "Status"}, {MN_F_LICENCE_VALID_TO, "Valid to"},
	    {MN_F_LICENCE_CHECKED_ON, "Checked on"},
	    {MN_F_LICENCE_CHECKED_BY, "Checked by"}};
	bool any = false;
	for (size_t i = 0; i < countof(SHOWN); i++)
		any = any || rec->v[SHOWN[i].field].n;
	if (!any && mn_entity_role(&x->v->ent) != MN_ROLE_RECRUITER)
		return;
	mn_html(x->o, "<h3>Licence check, as entered</h3>\n<div class=\"facts\">");
	for (size_t i = 0; i < countof(SHOWN); i++) {
		mn_out_fmt(x->o, "<div><b>%s</b>", SHOWN[i].label);
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

static void
as_recruiter(struct fees *x)
{
	if (rows_of(x->v, MN_FEE_SERVED) == 0)
		return;
	mn_html(x->o, "<h3>What workers paid by way of this recruiter</h3>\n");
	begin_table(x->o,
	    "By employer, from the employers' ledgers. Median, and where the middle half "
	    "lies, in months of the worker's wage.",
	    (const char *[]){"Employer", COST_HEAD[1], COST_HEAD[2], COST_HEAD[3],
		COST_HEAD[4], COST_HEAD[5], COST_HEAD[6], COST_HEAD[7], COST_HEAD[8],
		COST_HEAD[9], COST_HEAD[10]},
	    countof(COST_HEAD));
	cost_rows(x, MN_FEE_SERVED);
	end_table(x->o);
	begin_table(x->o, "Repayment due, by employer.",
	    (const char *[]){"Employer", DUE_HEAD[1], DUE_HEAD[2], DUE_HEAD[3],
		DUE_HEAD[4], DUE_HEAD[5], DUE_HEAD[6], DUE_HEAD[7]},
	    countof(DUE_HEAD));
	due_rows(x, MN_FEE_SERVED);
	end_table(x->o);
}

void
mn_html_fees(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	struct fees x = {o, r, v, a, mn_view_min_cell(r)};
	bool shown = false;
	uint32_t at = 0;
	const struct mn_fee_stat *all = mn_fee_next(v, MN_FEE_ENTITY, &at, &shown);
	licence(&x);
	if (all) {
		mn_html(o, "<h3>Recruitment fees and repayment due</h3>\n");
		if (all->payers)
			sentences(&x);
		costs(&x);
		if (all->payers)
			due(&x);
	}
	as_recruiter(&x);
	if (v->n_fee)
		caps(&x);
}

/* Tables of the dossier's section on fees: months of wage, repayment due. */
#include "dossier_fees.h"

#define SMALL "<span class=\"soft\">" MN_SAY("not shown") "</span>"

/* ---- cells ---- */

static void
begin_table(
    struct mn_out *o, const char *caption, bool served, const char *const *head, size_t n)
{
	mn_out_fmt(o,
	    "<div class=\"table\" tabindex=\"0\"><table><caption>%s</caption><thead><tr>",
	    mn_html_word(o, caption));
	for (size_t i = 0; i < n; i++)
		mn_out_fmt(o, "<th scope=\"col\"%s>%s</th>", i > 1 ? " class=\"n\"" : "",
		    mn_html_word(o, i == 0 && served ? MN_SAY("Employer") : head[i]));
	mn_html(o, "</tr></thead><tbody>\n");
}

static void
end_table(struct mn_out *o)
{
	mn_html(o, "</tbody></table></div>\n");
}

static void
begin_row(struct mn_fee_page *x, const struct mn_fee_stat *f)
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
withheld(struct mn_fee_page *x, const struct mn_fee_stat *f, unsigned columns)
{
	begin_row(x, f);
	mn_html_say(x->o, "<td colspan=\"%u\">not shown: %s</td></tr>\n", columns,
	    mn_html_word(x->o, f->payers && (int64_t)f->payers < x->least
				   ? MN_SAY("too few workers")
				   : MN_SAY("the rest could be worked out")));
}

static void
count(struct mn_fee_page *x, int64_t n, int64_t of)
{
	mn_html(x->o, "<td class=\"n\">");
	if (n == 0 && of >= x->least)
		mn_html(x->o, "0");
	else if (mn_withhold_part_shown(n, of, x->least))
		mn_out_fmt(x->o, "%lld", (long long)n);
	else
		mn_html(x->o, SMALL);
	mn_html(x->o, "</td>");
}

/* Median and quartiles; of few workers they would be somebody's. */
static void
spread(struct mn_fee_page *x, const struct mn_fee_dist *d)
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
over(struct mn_fee_page *x, const struct mn_fee_dist *d)
{
	count(x, d->over1, d->n);
	count(x, d->over3, d->n);
	count(x, d->over6, d->n);
}

/* ---- tables ---- */

static void
cost_rows(struct mn_fee_page *x, enum mn_fee_scope scope)
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
			mn_html_say(x->o, "<td colspan=\"9\">%s</td></tr>\n",
			    mn_html_word(x->o, f->unknown_payer
						   ? MN_SAY("who paid is not known")
						   : MN_SAY("nothing borne by workers")));
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

uint32_t
mn_fee_rows_of(const struct mn_view *v, enum mn_fee_scope scope)
{
	bool shown;
	uint32_t at = 0, n = 0;
	while (mn_fee_next(v, scope, &at, &shown))
		n++;
	return n;
}

static const char *const COST_HEAD[] = {MN_SAY("Recruiter"), MN_SAY("Corridor"),
    MN_SAY("Workers who paid"), MN_SAY("Assessable"), MN_SAY("Cost, months of wage"),
    MN_SAY("Still borne, months of wage"), MN_SAY("Still borne, months of the wage paid"),
    MN_SAY("Months to pay off"), MN_SAY("1 month or more"), MN_SAY("3 or more"),
    MN_SAY("6 or more")};

static const char COST_CAPTION[] = MN_SAY(
    "Median, and where the middle half lies. A month is a month of the contractual wage "
    "of "
    "the same worker; a wage or an exchange rate that is not stated makes a worker not "
    "assessable, never zero. Paying off: at the part of the wage that the method names, "
    "with the interest stated.");

void
mn_fee_cost_table(struct mn_fee_page *x, bool served)
{
	begin_table(x->o, COST_CAPTION, served, COST_HEAD, countof(COST_HEAD));
	cost_rows(x, served ? MN_FEE_SERVED : MN_FEE_PAIR);
	/* A margin of one row says the same again. */
	uint32_t pairs = served ? 0 : mn_fee_rows_of(x->v, MN_FEE_PAIR);
	if (mn_fee_rows_of(x->v, MN_FEE_RECRUITER) < pairs)
		cost_rows(x, MN_FEE_RECRUITER);
	if (mn_fee_rows_of(x->v, MN_FEE_CORRIDOR) < pairs)
		cost_rows(x, MN_FEE_CORRIDOR);
	if (pairs > 1)
		cost_rows(x, MN_FEE_ENTITY);
	end_table(x->o);
}

static void
money(struct mn_fee_page *x, int64_t e4, const char *currency, bool strong)
{
	mn_out_fmt(x->o, "<td class=\"n\">%s", strong ? "<strong>" : "");
	mn_html_text(x->o, mn_fee_amount(e4, currency, x->a));
	mn_out_fmt(x->o, "%s</td>", strong ? "</strong>" : "");
}

static void class(
    struct mn_fee_page *x, const struct mn_fee_money *m, enum mn_fee_class c)
{
	if (mn_fee_class_shown(m, c, x->least))
		money(x, m->by_class_e4[c], m->currency, false);
	else
		mn_html(x->o, "<td class=\"n\">" SMALL "</td>");
}

static void
due_rows(struct mn_fee_page *x, enum mn_fee_scope scope)
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

static const char *const DUE_HEAD[] = {MN_SAY("Recruiter"), MN_SAY("Corridor"),
    MN_SAY("Borne by workers"), MN_SAY("of it of a kind not recognised"),
    MN_SAY("Interest and lenders' charges, beside it"), MN_SAY("Repaid so far"),
    MN_SAY("Repayment due"), MN_SAY("Workers it is due to")};

void
mn_fee_due_table(struct mn_fee_page *x, bool served)
{
	begin_table(x->o,
	    MN_SAY("Repayment due under the Employer Pays Principle: no recruitment fee "
		   "or cost "
		   "is "
		   "borne by a worker, also where national law allows it."),
	    served, DUE_HEAD, countof(DUE_HEAD));
	due_rows(x, served ? MN_FEE_SERVED : MN_FEE_PAIR);
	if (!served && mn_fee_rows_of(x->v, MN_FEE_PAIR) > 1)
		due_rows(x, MN_FEE_ENTITY);
	end_table(x->o);
}

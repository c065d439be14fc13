/* The dossier's section on recruitment fees: what was borne, by way of whom, what is to
 * be repaid. */
#include "dossier_fees.h"

static void
sentence(struct mn_fee_page *x, int64_t n, int64_t of, const char *what)
{
	if (n == 0)
		return;
	mn_html(x->o, "<li>");
	mn_html_c(x->o, what);
	if (mn_withhold_part_shown(n, of, x->least))
		mn_html_fmt(x->o, ": %lld of %lld workers who paid.", (long long)n,
		    (long long)of);
	else
		mn_html(x->o, ": some of the workers who paid; how many is not shown.");
	mn_html(x->o, "</li>\n");
}

/* Two counts whose difference is few people are not said side by side. */
static void
coverage(struct mn_fee_page *x, const struct mn_fee_stat *f)
{
	int64_t site, rest = (int64_t)f->workers - f->payers;
	bool whole = rest == 0 || rest >= x->least;
	mn_html_fmt(x->o, "The ledgers have data on %s%s%u workers; ",
	    whole ? "" : mn_html_word(x->o, MN_SAY("more than")), whole ? "" : " ",
	    whole ? f->workers : f->payers);
	if (mn_record_count(&x->v->ent.rec, MN_F_WORKERS, &site) && site > 0)
		mn_html_fmt(x->o, "%lld work here.", (long long)site);
	else
		mn_html(x->o, "how many work here is not stated.");
}

static void
conditions(struct mn_fee_page *x, const struct mn_fee_stat *f)
{
	static const char *const CODE[MN_FEE_CONDITIONS] = {
	    "clear_over_contract", "apr_over_ceiling", "may_not_leave"};
	const struct mn_pack *p = x->r->pack;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		for (uint32_t k = 0; k < p->n_fee_condition; k++)
			if (mn_str_eq(p->fee_condition[k].code, mn_str_c(CODE[i])))
				sentence(x, f->condition[i], f->payers,
				    mn_arena_fmt(x->a, MN_SAY("%.*s%c"),
					MN_FMT(p->fee_condition[k].text), 0)
					.p);
}

/* The receipts of a country whose cap they equal say less than nothing. */
static void
receipts(struct mn_fee_page *x, const struct mn_fee_stat *f)
{
	int64_t enough = 0;
	for (uint32_t i = 0; i < x->r->pack->n_fee_constant; i++)
		if (mn_str_eq(x->r->pack->fee_constant[i].code, MN_S("cap_alike")))
			enough = x->r->pack->fee_constant[i].value_q16 >> 16;
	if (enough > 0 && (int64_t)f->at_cap >= enough)
		sentence(x, f->at_cap, f->payers,
		    MN_SAY("A receipt of just the national cap, which is no comfort: ask "
			   "what "
			   "was "
			   "paid beside it"));
	sentence(x, f->no_receipt, f->payers, MN_SAY("A payment without a receipt"));
}

static void
said(struct mn_fee_page *x, const struct mn_fee_stat *f)
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
	    MN_SAY("More than the national cap, which is told apart from the principle"));
	conditions(x, f);
	receipts(x, f);
	sentence(x, f->no_wage, f->payers,
	    MN_SAY("No wage is stated, so that months of wage are not assessable (ask "
		   "for the "
		   "contractual monthly wage)"));
	sentence(x, f->no_rate, f->payers,
	    MN_SAY("An amount in a currency for which no exchange rate of its day is at "
		   "hand: "
		   "give "
		   "a table of dated rates (--rates)"));
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
sentences(struct mn_fee_page *x)
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

void
mn_html_fees(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	struct mn_fee_page x = {o, r, v, a, mn_view_min_cell(r)};
	bool shown = false;
	uint32_t at = 0;
	const struct mn_fee_stat *all = mn_fee_next(v, MN_FEE_ENTITY, &at, &shown);
	mn_fee_licence(&x);
	if (all) {
		mn_html(o, "<h3>Recruitment fees and repayment due</h3>\n");
		if (all->payers)
			sentences(&x);
		mn_fee_cost_table(&x, false);
		if (all->payers)
			mn_fee_due_table(&x, false);
	}
	mn_fee_as_recruiter(&x);
	if (v->n_fee)
		mn_fee_caps_list(&x);
}

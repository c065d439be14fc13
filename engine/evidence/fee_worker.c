/* One worker's lines: cost in months of wage, debt, conditions, verdicts. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/fees.h"

static const char *const CONDITION[MN_FEE_CONDITIONS] = {
    "clear_over_contract", "apr_over_ceiling", "may_not_leave"};

const struct mn_p_fee_condition *
mn_fee_condition(const struct mn_pack *p, unsigned i)
{
	for (uint32_t k = 0; k < p->n_fee_condition && i < MN_FEE_CONDITIONS; k++)
		if (mn_str_eq(p->fee_condition[k].code, mn_str_c(CONDITION[i])))
			return &p->fee_condition[k];
	return NULL;
}

static bool
is_finance(const struct mn_pack *p, const struct mn_fee_line *l)
{
	return l->category >= 0 &&
	       mn_str_eq(p->fee_category[l->category].class, MN_S("finance"));
}

/* What counts as recruitment cost: everything the worker bore but interest. */
static bool
is_cost(const struct mn_pack *p, const struct mn_fee_line *l)
{
	return l->borne && l->amount_e4 > 0 && !is_finance(p, l);
}

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Wages may be stated in several currencies: one is taken, the first by its code, because
 * which line comes first must not matter. */
static void
wages(struct mn_fee_worker *w, const struct mn_fee_line *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct mn_fee_line *l = &line[i];
		if ((l->wage_e4 > 0 || l->actual_e4 > 0) && l->wage_currency[0] &&
		    (!w->currency[0] || memcmp(l->wage_currency, w->currency, 4) < 0))
			memcpy(w->currency, l->wage_currency, 4);
	}
	for (size_t i = 0; i < n; i++) {
		if (!w->currency[0] || memcmp(line[i].wage_currency, w->currency, 4) != 0)
			continue;
		w->wage_e4 = larger(w->wage_e4, line[i].wage_e4);
		w->actual_e4 = larger(w->actual_e4, line[i].actual_e4);
	}
}

struct sums {
	const struct mn_pack *p;
	const struct mn_rates *rates;
	const char *currency;
	int32_t days;
};

static void
add(int64_t *sum, int64_t e4)
{
	if (__builtin_add_overflow(*sum, e4, sum))
		*sum = INT64_MAX;
}

/* False: some amount has no rate, and the sum is of the rest. *any: some had. */
static bool
sum_cost(const struct sums *x, const struct mn_fee_line *line, size_t n, bool net,
    int64_t *sum, bool *any)
{
	bool whole = true;
	*sum = 0;
	*any = false;
	for (size_t i = 0; i < n; i++) {
		const struct mn_fee_line *l = &line[i];
		int64_t e4 = l->amount_e4 - (net ? l->back_e4 : 0);
		if (!is_cost(x->p, l) || e4 <= 0)
			continue;
		bool good = mn_rates_convert(
		    x->rates, e4, l->currency, x->currency, l->paid_day, x->days, &e4);
		whole = whole && good;
		*any = *any || good;
		if (good)
			add(sum, e4);
	}
	return whole;
}

static struct sums
sums_of(
    const struct mn_pack *p, const struct mn_rates *rates, const struct mn_fee_worker *w)
{
	return (struct sums){
	    p, rates, w->currency, (int32_t)(mn_fee_constant(p, "rate_days") >> 16)};
}

int64_t
mn_fee_part_months(const struct mn_pack *p, const struct mn_rates *rates,
    const struct mn_fee_worker *w, const struct mn_fee_line *line, size_t n, bool net)
{
	const struct sums x = sums_of(p, rates, w);
	int64_t cost;
	bool any;
	bool whole = sum_cost(&x, line, n, net, &cost, &any);
	if (!whole && !any)
		return -1;
	return mn_fee_months(cost, w->wage_e4 > 0 ? w->wage_e4 : w->actual_e4);
}

/* The debt is what is still borne, or the loan when more was borrowed. */
static void
debt(const struct sums *x, struct mn_fee_worker *w, const struct mn_fee_line *line,
    size_t n, int64_t *apr_q16, int64_t *contract)
{
	*apr_q16 = -1;
	*contract = 0;
	w->debt_e4 = w->net_e4;
	for (size_t i = 0; i < n; i++) {
		int64_t e4;
		*apr_q16 = larger(*apr_q16, line[i].apr_q16);
		/* The shortest stated: one more line must not take a condition away. */
		int64_t months = line[i].contract_months;
		if (months > 0 && (*contract == 0 || months < *contract))
			*contract = months;
		if (w->owed && line[i].principal_e4 > 0 &&
		    mn_rates_convert(x->rates, line[i].principal_e4, line[i].currency,
			x->currency, line[i].paid_day, x->days, &e4))
			w->debt_e4 = larger(w->debt_e4, e4);
	}
}

static bool
over_ceiling(const struct mn_pack *p, const struct mn_fee_line *l)
{
	for (uint32_t i = 0; i < p->n_fee_ceiling && l->apr_q16 >= 0; i++) {
		const struct mn_p_fee_ceiling *c = &p->fee_ceiling[i];
		int32_t from, to;
		bool begins = mn_day_parse_iso(c->from, &from);
		bool ends = mn_day_parse_iso(c->to, &to);
		if (!mn_str_eq(c->country, mn_str_c(l->origin)) &&
		    !mn_str_eq(c->country, mn_str_c(l->destination)))
			continue;
		if (l->paid_day == MN_DAY_NONE
			? begins || ends
			: (begins && l->paid_day < from) || (ends && l->paid_day > to))
			continue;
		if (l->apr_q16 > c->apr_q16)
			return true;
	}
	return false;
}

/* Conditions of debt bondage; none without a debt that is still open. */
static void
conditions(const struct mn_pack *p, struct mn_fee_worker *w,
    const struct mn_fee_line *line, size_t n, int64_t clear_q16, int64_t contract)
{
	const struct mn_p_fee_condition *slow = mn_fee_condition(p, 0);
	if (!w->owed)
		return;
	if (slow && contract > 0 && clear_q16 >= 0)
		w->condition[0] =
		    (__int128)clear_q16 > (__int128)contract * slow->value_q16;
	for (size_t i = 0; i < n; i++) {
		w->condition[1] = w->condition[1] || over_ceiling(p, &line[i]);
		w->condition[2] = w->condition[2] || line[i].may_leave == 0;
	}
	for (unsigned i = 1; i < MN_FEE_CONDITIONS; i++)
		w->condition[i] = w->condition[i] && mn_fee_condition(p, i);
}

/* Verdict one: under the Employer Pays Principle no cost of recruitment is the worker's,
 * whatever it is called. */
static void
principle(
    const struct mn_pack *p, struct mn_fee_worker *w, struct mn_fee_line *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct mn_fee_line *l = &line[i];
		bool cost = is_cost(p, l);
		l->epp_breach = cost && (l->category < 0 ||
					    p->fee_category[l->category].employer_pays);
		w->paid = w->paid || cost;
		w->owed = w->owed || (cost && l->back_e4 < l->amount_e4);
		w->payer_unknown = w->payer_unknown || l->payer_unknown;
		w->no_receipt = w->no_receipt || (cost && l->receipt == 0);
	}
}

void
mn_fee_worker_of(const struct mn_pack *p, const struct mn_rates *rates,
    struct mn_fee_line *line, size_t n, struct mn_fee_worker *w)
{
	int64_t apr, contract, clear;
	bool any;
	*w = (struct mn_fee_worker){.whole = true};
	for (size_t i = 0; i < MN_FEE_MEASURES; i++)
		w->months_q16[i] = -1;
	principle(p, w, line, n);
	wages(w, line, n);
	const struct sums x = sums_of(p, rates, w);
	if (w->currency[0]) {
		w->whole = sum_cost(&x, line, n, false, &w->cost_e4, &any);
		sum_cost(&x, line, n, true, &w->net_e4, &any);
	}
	debt(&x, w, line, n, &apr, &contract);
	clear =
	    mn_fee_clear_months(w->debt_e4, w->actual_e4 > 0 ? w->actual_e4 : w->wage_e4,
		mn_fee_constant(p, "repay_share"), apr);
	if (w->whole) {
		w->months_q16[MN_FEE_GROSS] = mn_fee_months(w->cost_e4, w->wage_e4);
		w->months_q16[MN_FEE_NET] = mn_fee_months(w->net_e4, w->wage_e4);
		w->months_q16[MN_FEE_ACTUAL] = mn_fee_months(w->net_e4, w->actual_e4);
		w->months_q16[MN_FEE_CLEAR] = clear;
	}
	conditions(p, w, line, n, clear, contract);
	mn_fee_caps(p, rates, w, line, n);
	for (size_t i = 0; i < n; i++)
		w->cap = line[i].cap > w->cap ? line[i].cap : w->cap;
}

/* "fees" of a record of results.jsonl. Counts below the minimum, and everything from
 * which they could be worked out, are withheld. */
#include "fee_view.h"

static void
amount(struct mn_jsonw *w, const char *key, int64_t e4)
{
	char text[48];
	struct mn_buf b = {text, 0, sizeof text, sizeof text, false};
	mn_buf_fmt(
	    &b, "%lld.%02lld", (long long)(e4 / 10000), (long long)(e4 % 10000 / 100));
	mn_jsonw_str(w, key, mn_buf_str(&b));
}

/* Zeros are left out: a portfolio has a million of these rows. null: withheld. */
static void
count(struct mn_jsonw *w, const char *key, int64_t n, int64_t of, int64_t least)
{
	if (mn_small_part(n, of, least))
		mn_jsonw_int(w, key, n);
	else if (n)
		mn_jsonw_null(w, key);
}

static void
distribution(
    struct mn_jsonw *w, const char *key, const struct mn_fee_dist *d, int64_t least)
{
	if (d->n == 0 || (int64_t)d->n < least)
		return;
	mn_jsonw_map(w, key);
	mn_jsonw_q16(w, "median", d->median_q16, 2);
	mn_jsonw_q16(w, "q1", d->q1_q16, 2);
	mn_jsonw_q16(w, "q3", d->q3_q16, 2);
	count(w, "over_1", d->over1, d->n, least);
	count(w, "over_3", d->over3, d->n, least);
	count(w, "over_6", d->over6, d->n, least);
	mn_jsonw_end_map(w);
}

static void
money(struct mn_jsonw *w, const struct mn_view *v, const struct mn_fee_stat *f,
    int64_t least)
{
	static const char *const CLASS[MN_FEE_CLASSES] = {
	    "fees", "costs", "illegitimate", "not_recognised", "interest_beside"};
	struct mn_fee_money m;
	uint32_t place = 0;
	mn_jsonw_list(w, "amounts");
	for (size_t at = 0; mn_fee_amounts(v, f, &at, &place, &m);) {
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "currency", m.currency);
		amount(w, "borne_by_workers", m.paid_e4);
		for (unsigned c = 0; c < MN_FEE_CLASSES; c++)
			if (m.by_class_e4[c] && mn_fee_class_shown(&m, c, least))
				amount(w, CLASS[c], m.by_class_e4[c]);
		amount(w, "repaid", m.back_e4);
		amount(w, "to_be_repaid", m.owed_e4);
		if (m.back_e4 == 0)
			mn_jsonw_int(w, "workers_owed", m.owed_workers);
		else
			count(w, "workers_owed", m.owed_workers, m.payers, least);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static void
counts(struct mn_jsonw *w, const struct mn_fee_stat *f, int64_t least)
{
	static const char *const CONDITION[MN_FEE_CONDITIONS] = {
	    "clear_over_contract", "apr_over_ceiling", "may_not_leave"};
	mn_jsonw_int(w, "workers", f->workers);
	if (f->payers == 0)
		mn_jsonw_int(w, "paid", 0);
	count(w, "paid", f->payers, f->workers, least);
	if (f->payers == 0)
		return;
	count(w, "assessable", f->dist[MN_FEE_GROSS].n, f->payers, least);
	count(w, "no_wage", f->no_wage, f->payers, least);
	count(w, "no_rate", f->no_rate, f->payers, least);
	count(w, "cap_known", f->cap_known, f->payers, least);
	count(w, "over_cap", f->over_cap, f->payers, least);
	count(w, "receipt_of_just_the_cap", f->at_cap, f->payers, least);
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		count(w, CONDITION[i], f->condition[i], f->payers, least);
}

static void
row(struct mn_jsonw *w, const struct mn_view *v, uint32_t i, int64_t least)
{
	const struct mn_fee_stat *f = &v->fee[i];
	static const struct mn_eid NOBODY;
	char hex[33];
	mn_jsonw_map(w, NULL);
	mn_jsonw_c(w, "scope", mn_fee_scope_name(f->scope));
	if (f->scope != MN_FEE_ENTITY && f->scope != MN_FEE_CORRIDOR)
		mn_jsonw_str(
		    w, f->scope == MN_FEE_SERVED ? "employer" : "recruiter", f->party);
	if (mn_eid_cmp(f->party_id, NOBODY) != 0) {
		mn_eid_hex(f->party_id, hex);
		mn_jsonw_c(w, "party_id", hex);
	}
	if (f->scope != MN_FEE_ENTITY && f->scope != MN_FEE_RECRUITER) {
		mn_jsonw_c(w, "origin", f->origin);
		mn_jsonw_c(w, "destination", f->destination);
	}
	mn_jsonw_bool(w, "suppressed", !v->fee_shown[i]);
	if (v->fee_shown[i]) {
		counts(w, f, least);
		for (unsigned m = 0; m < MN_FEE_MEASURES; m++)
			distribution(w, mn_fee_measure_name(m), &f->dist[m], least);
		if (v->fee_money[i])
			money(w, v, f, least);
	}
	mn_jsonw_end_map(w);
}

void
mn_json_fees(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v)
{
	int64_t least = mn_view_min_cell(r);
	mn_jsonw_list(w, "fees");
	for (uint32_t i = 0; i < v->n_fee; i++)
		row(w, v, i, least);
	mn_jsonw_end_list(w);
}

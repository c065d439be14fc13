/* The sheet Fees of results.xlsx: one row an amount; rows without one where amounts are
 * withheld or nothing was borne. */
#include "fee_view.h"
#include "sheets.h"

#define COLUMN(key, head, style, width, note) \
	{ \
#key, head, MN_ST_##style, width, note, NULL, false \
	}

static const struct mn_column FEE[] = {COLUMN(id, "Your id", ID, 12, NULL),
    COLUMN(name, "Name", WRAP, 32, NULL), COLUMN(country, "Country", ID, 9, NULL),
    COLUMN(band, "Band", TONE, 10, NULL),
    COLUMN(about, "About", TEXT, 24,
	"The whole ledger; by recruiter; by corridor; by both; or, of a recruiter, an "
	"employer that it served."),
    COLUMN(party, "Recruiter, or employer served", WRAP, 30, NULL),
    COLUMN(origin, "From", ID, 7, NULL), COLUMN(destination, "To", ID, 7, NULL),
    COLUMN(workers_paid, "Workers who paid", INT, 10,
	"Small numbers, and what they could be worked out from, are not shown."),
    COLUMN(assessable, "Assessable", INT, 11,
	"Workers whose cost in months of wage is known: nothing is guessed."),
    COLUMN(cost_median, "Cost, months (median)", Q16, 10,
	"In months of the contractual wage of the same worker (SDG 10.7.1)."),
    COLUMN(cost_q1, "lower quartile", Q16, 9, NULL),
    COLUMN(cost_q3, "upper quartile", Q16, 9, NULL),
    COLUMN(net_median, "Still borne, months (median)", Q16, 10, NULL),
    COLUMN(actual_median, "Still borne, months of wage paid (median)", Q16, 10, NULL),
    COLUMN(clear_median, "Months to pay off (median)", TEXT, 10, NULL),
    COLUMN(over_1, "1 month or more", INT, 9, "Workers, by what is still borne."),
    COLUMN(over_3, "3 or more", INT, 9, NULL), COLUMN(over_6, "6 or more", INT, 9, NULL),
    COLUMN(over_cap, "Over the national cap", INT, 10,
	"Beside the Employer Pays Principle, under which no worker pays."),
    COLUMN(at_cap, "Receipt of just the cap", INT, 10,
	"Receipts that are all alike are no comfort."),
    COLUMN(currency, "Currency", ID, 9, NULL),
    COLUMN(borne, "Borne by workers", MONEY, 16, NULL),
    COLUMN(repaid, "Repaid so far", MONEY, 16, NULL),
    COLUMN(due, "Repayment due", MONEY, 16, NULL),
    COLUMN(workers_due, "Workers it is due to", INT, 10, NULL)};

const struct mn_xlsxw_spec MN_SHEET_FEE_SPEC = {
    "Fees", FEE, countof(FEE), 2, false, false};

static struct mn_val
count(int64_t n, int64_t of, int64_t least)
{
	if (n == 0 || mn_small_part(n, of, least))
		return mn_val_num(MN_VAL_INT, n);
	return mn_val_c("not shown");
}

static struct mn_val
months(int64_t q16, const struct mn_fee_dist *d, int64_t least)
{
	if ((int64_t)d->n < least)
		return mn_val_c(d->n ? "not shown" : "not assessable");
	return mn_val_num(MN_VAL_Q16, q16);
}

static void
measures(struct mn_val *c, const struct mn_fee_stat *f, int64_t least, struct mn_arena *a)
{
	const struct mn_fee_dist *cost = &f->dist[MN_FEE_GROSS],
				 *net = &f->dist[MN_FEE_NET];
	const struct mn_fee_dist *actual = &f->dist[MN_FEE_ACTUAL];
	const struct mn_fee_dist *clear = &f->dist[MN_FEE_CLEAR];
	*c++ = mn_val_num(MN_VAL_INT, f->payers);
	*c++ = count(cost->n, f->payers, least);
	*c++ = months(cost->median_q16, cost, least);
	*c++ = months(cost->q1_q16, cost, least);
	*c++ = months(cost->q3_q16, cost, least);
	*c++ = months(net->median_q16, net, least);
	*c++ = months(actual->median_q16, actual, least);
	*c++ = (int64_t)clear->n >= least
		   ? mn_val_text(mn_fee_months_text(clear->median_q16, a))
		   : months(0, clear, least);
	*c++ = count(net->over1, net->n, least);
	*c++ = count(net->over3, net->n, least);
	*c++ = count(net->over6, net->n, least);
	*c++ = count(f->over_cap, f->payers, least);
	*c++ = count(f->at_cap, f->payers, least);
}

static void
amounts(struct mn_xlsxw_sheet *s, const struct mn_view *v, const struct mn_fee_stat *f,
    int64_t least, struct mn_val *row)
{
	struct mn_val *c = row + countof(FEE) - 5;
	struct mn_fee_money m;
	uint32_t place = 0;
	bool any = false;
	for (size_t at = 0; mn_fee_amounts(v, f, &at, &place, &m);) {
		char code[4];
		memcpy(code, m.currency, sizeof code);
		c[0] = mn_val_c(code);
		c[1] = mn_val_num(MN_VAL_E4, m.paid_e4);
		c[2] = mn_val_num(MN_VAL_E4, m.back_e4);
		c[3] = mn_val_num(MN_VAL_E4, m.owed_e4);
		c[4] = m.back_e4 == 0 ? mn_val_num(MN_VAL_INT, m.owed_workers)
				      : count(m.owed_workers, m.payers, least);
		mn_xlsxw_row(s, row, countof(FEE));
		any = true;
	}
	if (!any)
		mn_xlsxw_row(s, row, countof(FEE));
}

void
mn_sheet_fees(const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a)
{
	static const char *const ABOUT[] = {"", "whole ledger", "by recruiter",
	    "by corridor", "by recruiter and corridor", "employer served"};
	int64_t least = mn_view_min_cell(s->r);
	for (uint32_t i = 0; i < v->n_fee; i++) {
		const struct mn_fee_stat *f = &v->fee[i];
		bool party = f->scope != MN_FEE_ENTITY && f->scope != MN_FEE_CORRIDOR;
		struct mn_val row[countof(FEE)] = {mn_val_text(v->ent.rec.v[MN_F_ID]),
		    mn_val_text(v->ent.rec.v[MN_F_NAME]),
		    mn_val_text(v->ent.rec.v[MN_F_COUNTRY]),
		    mn_val_c(mn_band_name(v->card.band)), mn_val_c(ABOUT[f->scope]),
		    party ? mn_val_text(mn_fee_party(f)) : (struct mn_val){0},
		    mn_val_c(f->origin), mn_val_c(f->destination)};
		/* A recruiter's small employers would be many rows that say nothing. */
		if (!v->fee_shown[i] && f->scope == MN_FEE_SERVED)
			continue;
		if (!v->fee_shown[i]) {
			row[8] = mn_val_c("not shown");
			mn_xlsxw_row(s->at[MN_SHEET_FEES], row, countof(FEE));
			continue;
		}
		measures(row + 8, f, least, a);
		amounts(s->at[MN_SHEET_FEES], v, f, least, row);
	}
}

/* Numbers that two copies cannot be subtracted by. */
#include "coarse.h"

#define HALF_MONTH 0x8000 /* Q16 */

int64_t
mn_coarse_to(const struct mn_report *r)
{
	bool own = r->audience == MN_AUD_INTERNAL;
	int64_t step = (own ? r->pack->k.round_internal : r->pack->k.round_copies) >> 16;
	return step > 1 ? step : 1;
}

bool
mn_view_coarse(const struct mn_report *r)
{
	return mn_coarse_to(r) > 1;
}

uint32_t
mn_coarse_count(const struct mn_report *r, uint32_t n)
{
	uint32_t step = (uint32_t)mn_coarse_to(r);
	if (!mn_view_coarse(r) || n > UINT32_MAX - step)
		return n;
	return (n + step - 1) / step * step;
}

int64_t
mn_coarse_step(int64_t total_e4, uint32_t workers)
{
	int64_t want = workers ? total_e4 / workers : total_e4, step = 10000;
	want = want > INT64_MAX / 32 ? INT64_MAX / 16 : 2 * want;
	while (step < want && step < INT64_MAX / 32) {
		if (2 * step >= want)
			return 2 * step;
		if (5 * step >= want)
			return 5 * step;
		step *= 10;
	}
	return step;
}

int64_t
mn_coarse_money(int64_t e4, int64_t step)
{
	if (step <= 1 || e4 < 0)
		return e4;
	int64_t rest = e4 % step;
	bool up = rest >= step - rest && e4 <= INT64_MAX - step;
	return e4 - rest + (up ? step : 0);
}

static int64_t
months(int64_t q16)
{
	return q16 >= MN_FEE_NEVER << 16
		   ? q16
		   : (q16 + HALF_MONTH / 2) / HALF_MONTH * HALF_MONTH;
}

static void
amounts(const struct mn_report *r, struct mn_fee_stat *f, struct mn_arena *a)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_fee_money m;
	for (size_t at = 0; mn_fee_money_next(f, &at, &m);) {
		int64_t step = mn_coarse_step(m.paid_e4, m.payers);
		for (unsigned c = 0; c < MN_FEE_CLASSES; c++) {
			m.class_workers[c] = mn_coarse_count(r, m.class_workers[c]);
			m.by_class_e4[c] = mn_coarse_money(m.by_class_e4[c], step);
		}
		m.payers = mn_coarse_count(r, m.payers);
		m.owed_workers = mn_coarse_count(r, m.owed_workers);
		m.paid_e4 = mn_coarse_money(m.paid_e4, step);
		m.back_e4 = mn_coarse_money(m.back_e4, step);
		m.owed_e4 = mn_coarse_money(m.owed_e4, step);
		mn_fee_money_add(&b, &m);
	}
	f->money = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
}

void
mn_fee_coarsen(const struct mn_report *r, struct mn_fee_stat *f, struct mn_arena *a)
{
	uint32_t *const count[] = {&f->workers, &f->payers, &f->owed_workers,
	    &f->unknown_payer, &f->no_wage, &f->no_rate, &f->rows, &f->unclassified,
	    &f->cap_known, &f->over_cap, &f->at_cap, &f->no_receipt};
	for (size_t i = 0; i < countof(count); i++)
		*count[i] = mn_coarse_count(r, *count[i]);
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		f->condition[i] = mn_coarse_count(r, f->condition[i]);
	for (unsigned i = 0; i < MN_FEE_MEASURES; i++) {
		struct mn_fee_dist *d = &f->dist[i];
		d->n = mn_coarse_count(r, d->n);
		d->over1 = mn_coarse_count(r, d->over1);
		d->over3 = mn_coarse_count(r, d->over3);
		d->over6 = mn_coarse_count(r, d->over6);
		d->q1_q16 = months(d->q1_q16);
		d->median_q16 = months(d->median_q16);
		d->q3_q16 = months(d->q3_q16);
	}
	amounts(r, f, a);
}

/* Which fee aggregates may be shown: small numbers, and what they could be worked out
 * from.
 */
#include "fee_view.h"

/* People whom the numbers of a row are about. */
static uint32_t
people(const struct mn_fee_stat *f)
{
	return f->payers ? f->payers : f->workers;
}

static bool
one_corridor(const struct mn_fee_stat *a, const struct mn_fee_stat *b)
{
	return memcmp(a->origin, b->origin, sizeof a->origin) == 0 &&
	       memcmp(a->destination, b->destination, sizeof a->destination) == 0;
}

struct hiding {
	const struct mn_fee_stat *fee;
	uint32_t n;
	struct mn_withhold_sum *sum;
	uint32_t n_sum;
	struct mn_arena *a;
};

/* The sum of row `total` over rows from..to, or over those of them of its corridor. */
static void
add_sum(struct hiding *h, uint32_t total, uint32_t from, uint32_t to, bool corridor)
{
	uint32_t n = 0, *part;
	for (uint32_t i = from; i < to; i++)
		n += !corridor || one_corridor(&h->fee[total], &h->fee[i]);
	part = MN_NEW(h->a, uint32_t, n + 1);
	n = 0;
	for (uint32_t i = from; i < to; i++)
		if (!corridor || one_corridor(&h->fee[total], &h->fee[i]))
			part[n++] = i;
	h->sum[h->n_sum++] = (struct mn_withhold_sum){total, part, n, false};
}

static bool *
all_true(uint32_t n, struct mn_arena *a)
{
	bool *v = MN_NEW(a, bool, n + 1);
	for (uint32_t i = 0; i < n; i++)
		v[i] = true;
	return v;
}

/* An employer's rows: every margin is a sum of those by recruiter and corridor. They
 * stand in the order of scopes, those by recruiter in the order of recruiters. */
bool *
mn_fee_shown_of_employer(const struct mn_fee_stat *fee, uint32_t n, const int64_t *least,
    uint32_t n_least, struct mn_arena *a)
{
	bool *shown = all_true(n, a);
	struct mn_arena scratch = *a;
	uint32_t *workers = MN_NEW(&scratch, uint32_t, n + 1), begin[MN_FEE_SERVED + 1];
	struct hiding h = {
	    fee, n, MN_NEW(&scratch, struct mn_withhold_sum, n + 4), 0, &scratch};
	for (unsigned s = 0; s <= MN_FEE_SERVED; s++)
		for (begin[s] = 0; begin[s] < n && fee[begin[s]].scope < s;)
			begin[s]++;
	for (uint32_t i = 0; i < n; i++)
		workers[i] = people(&fee[i]);
	for (uint32_t i = begin[MN_FEE_ENTITY]; i < begin[MN_FEE_RECRUITER]; i++)
		for (unsigned s = MN_FEE_RECRUITER; s < MN_FEE_SERVED; s++)
			add_sum(&h, i, begin[s], begin[s + 1], false);
	uint32_t at = begin[MN_FEE_PAIR], end;
	for (uint32_t i = begin[MN_FEE_RECRUITER]; i < begin[MN_FEE_CORRIDOR]; i++) {
		for (end = at; end < begin[MN_FEE_SERVED] &&
			       mn_str_eq(fee[end].party_key, fee[i].party_key);)
			end++;
		add_sum(&h, i, at, end, false);
		at = end;
	}
	for (uint32_t i = begin[MN_FEE_CORRIDOR]; i < begin[MN_FEE_PAIR]; i++)
		add_sum(&h, i, begin[MN_FEE_PAIR], begin[MN_FEE_SERVED], true);
	const struct mn_withhold table = {workers, n, h.sum, h.n_sum};
	mn_withhold(&table, least, n_least, shown, scratch);
	return shown;
}

/* The place of a currency among a row's amounts, and who paid in it; -1: nobody. */
static int
place_of(const struct mn_fee_stat *f, const char *currency, uint32_t *payers)
{
	struct mn_fee_money m;
	int place = 0;
	*payers = 0;
	for (size_t at = 0; mn_fee_money_next(f, &at, &m); place++)
		if (memcmp(m.currency, currency, 4) == 0) {
			*payers = m.payers;
			return place;
		}
	return -1;
}

/* Amounts in one currency are a sum of those by recruiter and corridor, too. */
static void
show_currency(const struct mn_fee_stat *fee, uint32_t n, const bool *row,
    const int64_t *least, uint32_t n_least, const char *currency, struct mn_arena a,
    uint64_t *mask)
{
	uint32_t *payers = MN_NEW(&a, uint32_t, n + 1),
		 *part = MN_NEW(&a, uint32_t, n + 1);
	struct mn_withhold_sum sum = {0, part, 0, false};
	bool *shown = all_true(n, &a);
	for (uint32_t i = 0; i < n; i++) {
		int place = place_of(&fee[i], currency, &payers[i]);
		bool whole = fee[i].scope == MN_FEE_ENTITY;
		shown[i] = row[i] && place >= 0 && place < 64;
		if (whole)
			sum.total = i;
		else if (fee[i].scope == MN_FEE_PAIR && place >= 0)
			part[sum.n++] = i;
	}
	const struct mn_withhold table = {payers, n, &sum, 1};
	mn_withhold(&table, least, n_least, shown, a);
	for (uint32_t i = 0; i < n; i++) {
		int place = place_of(&fee[i], currency, &payers[i]);
		/* Margins have no amounts of their own in any output. */
		bool told = fee[i].scope == MN_FEE_ENTITY || fee[i].scope == MN_FEE_PAIR;
		if (shown[i] && told && place >= 0)
			mask[i] |= (uint64_t)1 << place;
	}
}

uint64_t *
mn_fee_money_of_employer(const struct mn_fee_stat *fee, uint32_t n, const bool *shown,
    const int64_t *least, uint32_t n_least, struct mn_arena *a)
{
	uint64_t *mask = MN_NEW(a, uint64_t, n + 1);
	struct mn_fee_money m;
	if (n && fee[0].scope == MN_FEE_ENTITY)
		for (size_t at = 0; mn_fee_money_next(&fee[0], &at, &m);)
			show_currency(
			    fee, n, shown, least, n_least, m.currency, *a, mask);
	return mask;
}

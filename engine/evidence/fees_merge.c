/* Parts of one worker put together, and the orders that parts are grouped in. */
#include "manumit/base/sort.h"

#include "fees.h"

/* ---- parts of one worker ---- */

void
mn_fee_money_merge(
    struct mn_fee_part *to, const struct mn_fee_part *more, struct mn_arena *a)
{
	struct mn_fee_money *out =
	    MN_NEW(a, struct mn_fee_money, to->n_money + more->n_money);
	uint32_t i = 0, k = 0, n = 0;
	while (i < to->n_money || k < more->n_money) {
		int c = i == to->n_money ? 1
			: k == more->n_money
			    ? -1
			    : memcmp(to->money[i].currency, more->money[k].currency, 4);
		struct mn_fee_money *m = &out[n++];
		*m = c <= 0 ? to->money[i++] : more->money[k++];
		if (c != 0)
			continue;
		const struct mn_fee_money *b = &more->money[k++];
		for (unsigned j = 0; j < MN_FEE_CLASSES; j++) {
			m->by_class_e4[j] += b->by_class_e4[j];
			m->class_workers[j] = m->class_workers[j] || b->class_workers[j];
		}
		m->paid_e4 += b->paid_e4;
		m->back_e4 += b->back_e4;
		m->owed_e4 += b->owed_e4;
		m->payers = m->payers || b->payers;
		m->owed_workers = m->owed_workers || b->owed_workers;
	}
	to->money = out;
	to->n_money = n;
}

static void
merge_months(struct mn_fee_part *to, const struct mn_fee_part *more)
{
	for (unsigned i = 0; i < MN_FEE_MEASURES && more->paid; i++) {
		int64_t *m = &to->months_q16[i], b = more->months_q16[i];
		if (!to->paid)
			*m = b;
		else if (*m < 0 || b < 0)
			*m = -1;
		else if (i == MN_FEE_CLEAR) /* of the worker's whole debt */
			*m = *m > b ? *m : b;
		else
			*m += b;
	}
}

void
mn_fee_part_merge(
    struct mn_fee_part *to, const struct mn_fee_part *more, struct mn_arena *a)
{
	mn_fee_money_merge(to, more, a);
	merge_months(to, more);
	to->paid = to->paid || more->paid;
	to->owed = to->owed || more->owed;
	to->payer_unknown = to->payer_unknown || more->payer_unknown;
	to->no_wage = to->no_wage || more->no_wage;
	to->no_rate = to->no_rate || more->no_rate;
	to->at_cap = to->at_cap || more->at_cap;
	to->no_receipt = to->no_receipt || more->no_receipt;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		to->condition[i] = to->condition[i] || more->condition[i];
	to->cap = more->cap > to->cap ? more->cap : to->cap;
	to->rows += more->rows;
	to->unclassified += more->unclassified;
	to->match_q16 = more->match_q16 < to->match_q16 ? more->match_q16 : to->match_q16;
	to->open_q16 = more->open_q16 > to->open_q16 ? more->open_q16 : to->open_q16;
	to->all_q16 = more->all_q16 > to->all_q16 ? more->all_q16 : to->all_q16;
	to->back_e4 += more->back_e4;
	to->back_day = more->back_day > to->back_day ? more->back_day : to->back_day;
	to->rid = more->rid < to->rid ? more->rid : to->rid;
	if (more->party.n && (to->party.n == 0 || mn_str_cmp(more->party, to->party) < 0))
		to->party = more->party;
	if (more->country.n &&
	    (to->country.n == 0 || mn_str_cmp(more->country, to->country) < 0))
		to->country = more->country;
}

/* ---- order ---- */

static int
cmp_corridor(const struct mn_fee_part *a, const struct mn_fee_part *b)
{
	int c = memcmp(a->origin, b->origin, sizeof a->origin);
	return c ? c : memcmp(a->destination, b->destination, sizeof a->destination);
}

/* By pointer first: parts of one ledger share their texts. */
static int
cmp_party(const struct mn_fee_part *a, const struct mn_fee_part *b)
{
	if (a->agent != b->agent)
		return a->agent ? 1 : -1;
	return a->fold.p == b->fold.p ? 0 : mn_str_cmp(a->fold, b->fold);
}

static int
cmp_ledger(const struct mn_fee_part *a, const struct mn_fee_part *b)
{
	const struct mn_fee_ledger *la = a->ledger, *lb = b->ledger;
	if (la->src != lb->src)
		return la->src < lb->src ? -1 : 1;
	return mn_key_cmp(la->id, lb->id);
}

static int
cmp_group(const struct mn_fee_part *a, const struct mn_fee_part *b, enum mn_fee_order o)
{
	int c = 0;
	if (o == MN_FEE_BY_WORKER || o == MN_FEE_BY_CORRIDOR)
		c = (int)a->agent - (int)b->agent;
	else
		c = cmp_party(a, b);
	if (c == 0 && (o == MN_FEE_BY_CORRIDOR || o == MN_FEE_BY_PAIR))
		c = cmp_corridor(a, b);
	if (c == 0 && o == MN_FEE_BY_LEDGER)
		c = cmp_ledger(a, b);
	return c;
}

bool
mn_fee_same_group(
    const struct mn_fee_part *a, const struct mn_fee_part *b, enum mn_fee_order order)
{
	return cmp_group(a, b, order) == 0;
}

static int
by_order(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_fee_part *a = pa, *b = pb;
	int c = cmp_group(a, b, *(const enum mn_fee_order *)ctx);
	return c ? c : (a->worker > b->worker) - (a->worker < b->worker);
}

void
mn_fee_parts_sort(struct mn_fee_employer *x, enum mn_fee_order order)
{
	if (x->n_part > 1)
		mn_sort(x->part, x->n_part, sizeof *x->part, by_order, &order, x->a);
}

/* The parts of one employer as aggregates: in all, by recruiter, by corridor, by both,
 * and the recruiters' own. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/model/entity.h"

#include "fees.h"

/* ---- a group ---- */

struct months {
	int64_t q16;
	uint32_t workers;
};

struct group {
	struct mn_fee_stat f;
	struct months *months[MN_FEE_MEASURES];
	struct mn_fee_money *money;
	uint32_t n_months[MN_FEE_MEASURES], n_money, match_q16;
	struct mn_str fold, party, country;
	bool agent;
};

static int
by_months(const void *pa, const void *pb, const void *ctx)
{
	const struct months *a = pa, *b = pb;
	(void)ctx;
	return (a->q16 > b->q16) - (a->q16 < b->q16);
}

static void
times(int64_t *sum, int64_t e4, uint32_t n)
{
	int64_t product;
	if (__builtin_mul_overflow(e4, (int64_t)n, &product) ||
	    __builtin_add_overflow(*sum, product, sum))
		*sum = INT64_MAX;
}

/* Adds the amounts of one worker, or of as many as the line stands for. */
static void
tally_money(struct group *g, const struct mn_fee_part *p, struct mn_arena *a)
{
	struct mn_fee_part sum = {.money = g->money, .n_money = g->n_money};
	for (uint32_t i = 0; i < p->n_money; i++) {
		const struct mn_fee_money *m = &p->money[i];
		uint32_t at = 0;
		while (at < sum.n_money &&
		       memcmp(sum.money[at].currency, m->currency, 4) != 0)
			at++;
		if (at == sum.n_money) {
			struct mn_fee_money zero = {0};
			memcpy(zero.currency, m->currency, 4);
			struct mn_fee_part one = {.money = &zero, .n_money = 1};
			mn_fee_money_merge(&sum, &one, a);
			for (at = 0; memcmp(sum.money[at].currency, m->currency, 4) != 0;)
				at++;
		}
		struct mn_fee_money *to = &sum.money[at];
		for (unsigned k = 0; k < MN_FEE_CLASSES; k++) {
			times(&to->by_class_e4[k], m->by_class_e4[k], p->workers);
			to->class_workers[k] += m->class_workers[k] ? p->workers : 0;
		}
		times(&to->paid_e4, m->paid_e4, p->workers);
		times(&to->back_e4, m->back_e4, p->workers);
		times(&to->owed_e4, m->owed_e4, p->workers);
		to->payers += m->payers ? p->workers : 0;
		to->owed_workers += m->owed_workers ? p->workers : 0;
	}
	g->money = sum.money;
	g->n_money = sum.n_money;
}

static void
tally(struct group *g, const struct mn_fee_part *p, uint32_t most, struct mn_arena *a)
{
	struct mn_fee_stat *f = &g->f;
	uint32_t n = p->workers;
	f->workers += n;
	f->rows += p->rows;
	f->unclassified += p->unclassified;
	f->unknown_payer += p->payer_unknown ? n : 0;
	f->rid = p->rid < f->rid ? p->rid : f->rid;
	g->match_q16 = p->match_q16 < g->match_q16 ? p->match_q16 : g->match_q16;
	if (p->party.n && (g->party.n == 0 || mn_str_cmp(p->party, g->party) < 0))
		g->party = p->party;
	if (p->country.n && (g->country.n == 0 || mn_str_cmp(p->country, g->country) < 0))
		g->country = p->country;
	tally_money(g, p, a);
	f->at_cap += p->at_cap ? n : 0;
	if (!p->paid)
		return;
	f->payers += n;
	f->owed_workers += p->owed ? n : 0;
	f->no_wage += p->no_wage ? n : 0;
	f->no_rate += p->no_rate ? n : 0;
	f->no_receipt += p->no_receipt ? n : 0;
	f->cap_known += p->cap == MN_CAP_WITHIN || p->cap == MN_CAP_BREACH ? n : 0;
	f->over_cap += p->cap == MN_CAP_BREACH ? n : 0;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		f->condition[i] += p->condition[i] ? n : 0;
	for (unsigned i = 0; i < MN_FEE_MEASURES; i++) {
		if (p->months_q16[i] < 0)
			continue;
		if (!g->months[i])
			g->months[i] = MN_NEW(a, struct months, most);
		g->months[i][g->n_months[i]++] = (struct months){p->months_q16[i], n};
	}
}

/* The smallest value that at least num/den of the workers do not exceed. */
static int64_t
quantile(const struct months *m, uint32_t n, uint64_t workers, uint64_t num, uint64_t den)
{
	uint64_t rank = (num * workers + den - 1) / den, seen = 0;
	for (uint32_t i = 0; i < n; i++) {
		seen += m[i].workers;
		if (seen >= rank)
			return m[i].q16;
	}
	return n ? m[n - 1].q16 : 0;
}

static void
distribution(struct group *g, unsigned i, struct mn_arena a)
{
	struct mn_fee_dist *d = &g->f.dist[i];
	struct months *m = g->months[i];
	uint32_t n = g->n_months[i];
	if (n == 0)
		return;
	mn_sort(m, n, sizeof *m, by_months, NULL, a);
	for (uint32_t k = 0; k < n; k++) {
		d->n += m[k].workers;
		d->over1 += m[k].q16 >= 1 * MN_FX_ONE ? m[k].workers : 0;
		d->over3 += m[k].q16 >= 3 * MN_FX_ONE ? m[k].workers : 0;
		d->over6 += m[k].q16 >= 6 * MN_FX_ONE ? m[k].workers : 0;
	}
	d->q1_q16 = quantile(m, n, d->n, 1, 4);
	d->median_q16 = quantile(m, n, d->n, 1, 2);
	d->q3_q16 = quantile(m, n, d->n, 3, 4);
}

/* ---- what is stored ---- */

static bool
put(struct mn_fee_employer *x, const struct group *g, struct mn_str fold,
    struct mn_err *err)
{
	struct mn_buf pos = mn_buf_new(64);
	mn_buf_clear(&x->b->key);
	mn_buf_clear(&x->b->value);
	mn_buf_clear(&x->b->money);
	mn_fee_sort_key(&g->f, fold, &x->b->key);
	mn_fee_encode(&g->f, &x->b->money, &pos);
	mn_put_str(&x->b->value, mn_buf_str(&x->b->money));
	mn_buf_add(&x->b->value, mn_buf_str(&pos));
	mn_buf_free(&pos);
	return mn_xsort_add(
	    x->fee, mn_buf_str(&x->b->key), mn_buf_str(&x->b->value), err);
}

static struct mn_str
encode_money(struct group *g, struct mn_fee_employer *x, struct mn_arena *a)
{
	mn_buf_clear(&x->b->money);
	for (uint32_t i = 0; i < g->n_money; i++)
		mn_fee_money_add(&x->b->money, &g->money[i]);
	g->f.n_money = g->n_money;
	return mn_arena_str(a, mn_buf_str(&x->b->money));
}

static bool
employer_name(struct mn_fee_employer *x, struct mn_arena *a, struct mn_str *name,
    struct mn_err *err)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body, pos;
	struct mn_entity e;
	*name = MN_STR_NONE;
	mn_put_eid(&key, x->who);
	int found = mn_reader_get(x->r, MN_TAB_ENT, mn_buf_str(&key), &body, &pos, err);
	if (found == 1 && !mn_entity_decode(x->who, body, pos, a, &e, err))
		return false;
	if (found == 1)
		*name = e.rec.v[MN_F_NAME];
	return found >= 0;
}

/* The same from the side of the recruiter or agent, when it is an entity: two employers
 * of one name are told apart by their ids. */
static bool
served(struct mn_fee_employer *x, struct group *g, const struct mn_fee_who *who,
    struct mn_err *err)
{
	struct mn_arena a = x->a;
	char hex[33];
	if (who->match_q16 == 0 || mn_eid_cmp(who->id, x->who) == 0)
		return true;
	struct group own = *g;
	own.f.scope = MN_FEE_SERVED;
	own.f.who = who->id;
	own.f.party_id = x->who;
	mn_eid_hex(x->who, hex);
	return employer_name(x, &a, &own.f.party, err) &&
	       put(x, &own, mn_str(hex, 32), err);
}

static bool
emit(struct mn_fee_employer *x, struct group *g, struct mn_err *err)
{
	struct mn_arena a = x->a;
	struct mn_fee_who who;
	for (unsigned i = 0; i < MN_FEE_MEASURES; i++)
		distribution(g, i, a);
	g->f.money = encode_money(g, x, &a);
	g->f.who = x->who;
	g->f.party = g->party;
	if (g->f.scope == MN_FEE_ENTITY || g->f.scope == MN_FEE_CORRIDOR)
		g->f.party = g->fold = MN_STR_NONE;
	if (!mn_fee_join(x, g->fold, g->f.party, g->country, &who, err))
		return false;
	g->f.party_id = who.id;
	struct mn_fee_employer inner = *x;
	inner.a = a;
	if (!g->agent && !put(x, g, g->fold, err))
		return false;
	return g->f.scope != MN_FEE_PAIR || served(&inner, g, &who, err);
}

/* The parts from `from` that are one group, each worker once. */
static uint32_t
gather(struct mn_fee_employer *x, uint32_t from, enum mn_fee_order order, struct group *g,
    struct mn_arena *a)
{
	const struct mn_fee_part *first = &x->part[from];
	uint32_t end = from;
	while (end < x->n_part && mn_fee_same_group(first, &x->part[end], order))
		end++;
	*g = (struct group){.f = {.rid = MN_RID_NONE},
	    .match_q16 = MN_FX_ONE,
	    .fold = first->fold,
	    .agent = first->agent};
	if (order == MN_FEE_BY_CORRIDOR || order == MN_FEE_BY_PAIR) {
		memcpy(g->f.origin, first->origin, sizeof g->f.origin);
		memcpy(g->f.destination, first->destination, sizeof g->f.destination);
	}
	for (uint32_t i = from, k; i < end; i = k) {
		struct mn_fee_part worker = x->part[i];
		for (k = i + 1; k < end && x->part[k].worker == worker.worker; k++)
			mn_fee_part_merge(&worker, &x->part[k], a);
		tally(g, &worker, end - from, a);
	}
	return end;
}

/* Do margins of this kind say more than the rows that they sum up? Not when each
 * recruiter has one corridor, nor when all have the same. Parts stand by pair. */
static bool
says_more(const struct mn_fee_employer *x, uint8_t margin)
{
	bool more = false;
	for (uint32_t i = 1; i < x->n_part && !x->part[i].agent && !more; i++) {
		const struct mn_fee_part *a = &x->part[i - 1], *b = &x->part[i];
		more = margin == MN_FEE_CORRIDOR
			   ? !mn_fee_same_group(a, b, MN_FEE_BY_CORRIDOR)
			   : mn_fee_same_group(a, b, MN_FEE_BY_PARTY) &&
				 !mn_fee_same_group(a, b, MN_FEE_BY_PAIR);
	}
	return more;
}

static bool
scope(
    struct mn_fee_employer *x, enum mn_fee_order order, uint8_t scope, struct mn_err *err)
{
	mn_fee_parts_sort(x, order);
	for (uint32_t from = 0; from < x->n_part;) {
		struct mn_fee_employer inner = *x;
		struct group g;
		from = gather(x, from, order, &g, &inner.a);
		g.f.scope = scope;
		if (g.agent && scope != MN_FEE_PAIR)
			continue;
		if (!emit(&inner, &g, err))
			return false;
	}
	return true;
}

bool
mn_fee_groups(struct mn_fee_employer *x, struct mn_err *err)
{
	if (!scope(x, MN_FEE_BY_PAIR, MN_FEE_PAIR, err))
		return false;
	bool recruiters = says_more(x, MN_FEE_RECRUITER);
	bool corridors = says_more(x, MN_FEE_CORRIDOR);
	return (!recruiters || scope(x, MN_FEE_BY_PARTY, MN_FEE_RECRUITER, err)) &&
	       (!corridors || scope(x, MN_FEE_BY_CORRIDOR, MN_FEE_CORRIDOR, err)) &&
	       scope(x, MN_FEE_BY_WORKER, MN_FEE_ENTITY, err);
}

/* Fee aggregates: sort key and stored form. */
#include "manumit/model/codec.h"
#include "manumit/model/fee.h"

#define VERSION 2
#define COUNTS (13 + MN_FEE_CONDITIONS)

void
mn_fee_sort_key(const struct mn_fee_stat *f, struct mn_str party_key, struct mn_buf *out)
{
	mn_put_eid(out, f->who);
	mn_put_u8(out, f->scope);
	mn_buf_add(out, mn_str_sub(party_key, 0, 200));
	mn_buf_byte(out, 0);
	mn_buf_add(out, mn_str_c(f->origin));
	mn_buf_byte(out, 0);
	mn_buf_add(out, mn_str_c(f->destination));
}

/* The counts in stored order. */
static void
counts(struct mn_fee_stat *f, uint32_t *out[COUNTS])
{
	uint32_t *const list[] = {&f->workers, &f->payers, &f->owed_workers,
	    &f->unknown_payer, &f->no_wage, &f->no_rate, &f->rows, &f->unclassified,
	    &f->cap_known, &f->over_cap, &f->at_cap, &f->no_receipt, &f->n_money,
	    &f->condition[0], &f->condition[1], &f->condition[2]};
	_Static_assert(countof(list) == COUNTS, "every count is stored");
	memcpy(out, list, sizeof list);
}

void
mn_fee_money_add(struct mn_buf *money, const struct mn_fee_money *m)
{
	mn_put_str(money, mn_str_c(m->currency));
	mn_put_u32(money, m->payers);
	mn_put_u32(money, m->owed_workers);
	for (size_t i = 0; i < MN_FEE_CLASSES; i++) {
		mn_put_u32(money, m->class_workers[i]);
		mn_put_i64(money, m->by_class_e4[i]);
	}
	mn_put_i64(money, m->paid_e4);
	mn_put_i64(money, m->back_e4);
	mn_put_i64(money, m->owed_e4);
}

static void
get_code(struct mn_get *g, char *to, size_t size)
{
	struct mn_str s = mn_get_str(g);
	if (s.n >= size) {
		g->bad = true;
		return;
	}
	memset(to, 0, size);
	if (s.n)
		memcpy(to, s.p, s.n);
}

static bool
get_money(struct mn_get *g, struct mn_fee_money *m)
{
	get_code(g, m->currency, sizeof m->currency);
	m->payers = mn_get_u32(g);
	m->owed_workers = mn_get_u32(g);
	for (size_t i = 0; i < MN_FEE_CLASSES; i++) {
		m->class_workers[i] = mn_get_u32(g);
		m->by_class_e4[i] = mn_get_i64(g);
	}
	m->paid_e4 = mn_get_i64(g);
	m->back_e4 = mn_get_i64(g);
	m->owed_e4 = mn_get_i64(g);
	return !g->bad;
}

bool
mn_fee_money_next(const struct mn_fee_stat *f, size_t *at, struct mn_fee_money *out)
{
	struct mn_get g = mn_get(mn_str_sub(f->money, *at, f->money.n));
	if (*at >= f->money.n || !get_money(&g, out))
		return false;
	*at = f->money.n - (size_t)(g.end - g.p);
	return true;
}

static void
put_dist(struct mn_buf *b, const struct mn_fee_dist *d)
{
	mn_put_u32(b, d->n);
	mn_put_u32(b, d->over1);
	mn_put_u32(b, d->over3);
	mn_put_u32(b, d->over6);
	mn_put_i64(b, d->q1_q16);
	mn_put_i64(b, d->median_q16);
	mn_put_i64(b, d->q3_q16);
}

static void
get_dist(struct mn_get *g, struct mn_fee_dist *d)
{
	d->n = mn_get_u32(g);
	d->over1 = mn_get_u32(g);
	d->over3 = mn_get_u32(g);
	d->over6 = mn_get_u32(g);
	d->q1_q16 = mn_get_i64(g);
	d->median_q16 = mn_get_i64(g);
	d->q3_q16 = mn_get_i64(g);
}

void
mn_fee_encode(const struct mn_fee_stat *f, struct mn_buf *body, struct mn_buf *pos)
{
	struct mn_fee_stat copy = *f;
	uint32_t *count[COUNTS];
	counts(&copy, count);
	mn_put_u8(body, VERSION);
	mn_put_u8(body, f->scope);
	mn_put_str(body, f->party);
	mn_put_eid(body, f->party_id);
	mn_put_str(body, mn_str_c(f->origin));
	mn_put_str(body, mn_str_c(f->destination));
	for (size_t i = 0; i < COUNTS; i++)
		mn_put_u32(body, *count[i]);
	for (size_t i = 0; i < MN_FEE_MEASURES; i++)
		put_dist(body, &f->dist[i]);
	mn_put_str(body, f->money);
	mn_put_u64(pos, f->rid);
}

/* The amounts are as many as the row says, and none is cut. */
static bool
money_whole(const struct mn_fee_stat *f)
{
	struct mn_get g = mn_get(f->money);
	struct mn_fee_money m;
	uint32_t n = 0;
	while (g.p < g.end && get_money(&g, &m))
		n++;
	return !g.bad && n == f->n_money;
}

bool
mn_fee_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_fee_stat *out, struct mn_err *err)
{
	struct mn_get k = mn_get(mn_str_sub(sort_key, 0, 16)), g = mn_get(body),
		      p = mn_get(pos);
	*out = (struct mn_fee_stat){.who = mn_get_eid(&k)};
	uint32_t *count[COUNTS];
	counts(out, count);
	uint8_t version = mn_get_u8(&g);
	out->scope = mn_get_u8(&g);
	out->party = mn_get_str(&g);
	out->party_id = mn_get_eid(&g);
	get_code(&g, out->origin, sizeof out->origin);
	get_code(&g, out->destination, sizeof out->destination);
	for (size_t i = 0; i < COUNTS; i++)
		*count[i] = mn_get_u32(&g);
	for (size_t i = 0; i < MN_FEE_MEASURES; i++)
		get_dist(&g, &out->dist[i]);
	out->money = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	out->party_key = mn_str_sub(sort_key, 17, sort_key.n);
	out->party_key.n = out->party_key.n ? mn_str_find_byte(out->party_key, 0) : 0;
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    out->scope >= MN_FEE_ENTITY && out->scope <= MN_FEE_SERVED &&
	    money_whole(out))
		return true;
	return mn_fail(err, MN_E_STORE, "damaged fee row");
}

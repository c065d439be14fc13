/* The rows of an entity, asked one by one for places and goods that laws name. */
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"

#include "places.h"

static int
by_status(const struct mn_gate_fact *a, const struct mn_gate_fact *b)
{
	if (a->status != b->status)
		return a->status > b->status ? -1 : 1;
	return mn_key_cmp(a->key, b->key);
}

/* Rows of one entity often say the same, and then it is said once. */
static void
keep(struct mn_places *p, const struct mn_gate_fact *f, const struct mn_record *rec)
{
	uint32_t at = 0;
	while (at < p->n && by_status(&p->fact[at], f) < 0)
		at++;
	if (at == MN_MAX_PLACES || (at < p->n && by_status(&p->fact[at], f) == 0))
		return;
	p->n += p->n < MN_MAX_PLACES;
	for (uint32_t i = p->n - 1; i > at; i--) {
		p->fact[i] = p->fact[i - 1];
		p->rec[i] = p->rec[i - 1];
	}
	p->fact[at] = *f;
	p->rec[at] = *rec;
}

struct ask {
	struct mn_places *p;
	const struct mn_placing *x;
	const struct mn_entity *e;
	struct mn_arena *a;
};

/* A row without a country is of the entity's. */
static struct mn_record
placed(struct mn_record rec, const struct mn_entity *e)
{
	if (rec.v[MN_F_COUNTRY].n == 0)
		rec.v[MN_F_COUNTRY] = e->rec.v[MN_F_COUNTRY];
	return rec;
}

static void
keep_all(
    const struct ask *q, struct mn_gate_fact *fact, size_t n, const struct mn_record *rec)
{
	for (size_t i = 0; i < n; i++) {
		fact[i].who = q->e->id;
		keep(q->p, &fact[i], rec);
	}
}

static void
ask_row(const struct ask *q, struct mn_record rec)
{
	const struct mn_placing *x = q->x;
	struct mn_gate_fact fact[MN_REGION_FACTS], order[MN_ORDER_FACTS];
	size_t n = 0;
	rec = placed(rec, q->e);
	if (mn_regions_concern(x->regions, &rec))
		n = mn_regions_of(x->regions, &rec, x->as_of, q->a, fact);
	size_t n_order =
	    mn_orders_of(x->goods, x->pack, &rec, fact, n, x->as_of, q->a, order);
	keep_all(q, fact, n, &rec);
	keep_all(q, order, n_order, &rec);
}

/* Most entities are one row, which is what they were merged into. */
static bool
each_row(struct mn_reader *r, const struct mn_entity *e,
    void (*fn)(void *ctx, const struct mn_record *rec), void *ctx, struct mn_err *err)
{
	if (e->n_member == 1) {
		struct mn_record rec = e->rec;
		rec.rid = e->member[0];
		fn(ctx, &rec);
		return true;
	}
	for (uint32_t i = 0; i < e->n_member; i++) {
		struct mn_record rec;
		if (!mn_row_record(r, e->member[i], &rec, err))
			return false;
		fn(ctx, &rec);
	}
	return true;
}

static void
ask_one(void *ctx, const struct mn_record *rec)
{
	ask_row(ctx, *rec);
}

bool
mn_places_read(struct mn_places *p, const struct mn_placing *x, struct mn_reader *r,
    const struct mn_entity *e, struct mn_arena *a, struct mn_err *err)
{
	struct ask q = {p, x, e, a};
	p->n = 0;
	return each_row(r, e, ask_one, &q, err);
}

struct making {
	const struct mn_placing *x;
	const struct mn_entity *e;
	struct mn_arena *a;
	struct mn_made *out;
};

static void
make_one(void *ctx, const struct mn_record *rec)
{
	struct making *m = ctx;
	struct mn_record row = placed(*rec, m->e);
	mn_made_add(m->x->goods, &row, m->a, m->out);
}

bool
mn_places_made(const struct mn_placing *x, struct mn_reader *r, const struct mn_entity *e,
    struct mn_arena *a, struct mn_made *out, struct mn_err *err)
{
	struct making m = {x, e, a, out};
	*out = (struct mn_made){.origins = MN_STR_NONE};
	return each_row(r, e, make_one, &m, err);
}

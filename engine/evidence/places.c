/* The rows of an entity, asked one by one for places of regions that laws name. */
#include "manumit/model/codec.h"

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
	const struct mn_regions *x;
	const struct mn_entity *e;
	int32_t as_of;
	struct mn_arena *a;
};

static void
ask_row(const struct ask *q, struct mn_record rec)
{
	struct mn_gate_fact fact[MN_REGION_FACTS];
	/* A row without a country is of the entity's. */
	if (rec.v[MN_F_COUNTRY].n == 0)
		rec.v[MN_F_COUNTRY] = q->e->rec.v[MN_F_COUNTRY];
	if (!mn_regions_concern(q->x, &rec))
		return;
	size_t n = mn_regions_of(q->x, &rec, q->as_of, q->a, fact);
	for (size_t i = 0; i < n; i++) {
		fact[i].who = q->e->id;
		keep(q->p, &fact[i], &rec);
	}
}

static bool
row_of(struct mn_reader *r, mn_rid rid, struct mn_record *rec, struct mn_err *err)
{
	char raw[8];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	mn_put_u64(&key, rid);
	return mn_reader_get(r, MN_TAB_REC, mn_buf_str(&key), &body, NULL, err) == 1 &&
	       mn_record_decode(body, rid, rec, err);
}

bool
mn_places_read(struct mn_places *p, const struct mn_regions *x, struct mn_reader *r,
    const struct mn_entity *e, int32_t as_of, struct mn_arena *a, struct mn_err *err)
{
	const struct ask q = {p, x, e, as_of, a};
	p->n = 0;
	/* Most entities are one row, which is what they were merged into. */
	if (e->n_member == 1) {
		struct mn_record rec = e->rec;
		rec.rid = e->member[0];
		ask_row(&q, rec);
		return true;
	}
	for (uint32_t i = 0; i < e->n_member; i++) {
		struct mn_record rec;
		if (!row_of(r, e->member[i], &rec, err))
			return false;
		ask_row(&q, rec);
	}
	return true;
}

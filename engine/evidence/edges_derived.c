/*
 * Edges that no row of edges states: the parent that a supplier row names, and one
 * address of two suppliers.
 *
 * An address is a weak sign: business parks and agents who register hundreds of firms
 * have one too. So it must name a house, and more entities than the pack says make it the
 * address of nobody.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "edges.h"

/* Rows of ledgers name an agent's recruiter there: that is whom it recruits for. */
static uint8_t
parent_kind(const struct mn_entity *e)
{
	bool named = e->n_member > 0;
	for (uint32_t i = 0; i < e->n_member; i++)
		named = named && mn_rid_named(e->member[i]);
	return named ? MN_EDGE_RECRUITS_FOR : MN_EDGE_OWNS;
}

static struct mn_edge
derived(const struct mn_entity *e, enum mn_edge_origin origin)
{
	return (struct mn_edge){.origin = (uint8_t)origin,
	    .share_q16 = MN_SHARE_UNKNOWN,
	    .since = MN_DAY_NONE,
	    .until = MN_DAY_NONE,
	    .match_q16 = 65536,
	    .rid = e->n_member ? e->member[0] : MN_RID_NONE};
}

/* A parent that is nobody of the run, or could be several, makes no edge: the row is
 * about the supplier and has no fault. */
static bool
parent(struct mn_edging *x, const struct mn_entity *e)
{
	struct mn_record as;
	struct mn_join j;
	struct mn_str name = e->rec.v[MN_F_PARENT];
	if (name.n == 0)
		return true;
	mn_record_clear(&as);
	as.kind = MN_K_FINDINGS;
	as.v[MN_F_ENTITY] = mn_str_sub(name, 0, MN_MAX_NAME);
	if (name.n == 20)
		as.v[MN_F_LEI] = name;
	if (!mn_join_row(x->r, x->pack, &as, x->scratch, &j, x->err))
		return false;
	if (j.n != 1 || j.match_q16 < x->pack->k.attach_m ||
	    mn_eid_cmp(j.who, e->id) == 0)
		return true;
	struct mn_edge edge = derived(e, MN_EDGE_PARENT);
	edge.kind = parent_kind(e);
	bool owned = edge.kind == MN_EDGE_OWNS;
	edge.from = owned ? j.who : e->id;
	edge.to = owned ? e->id : j.who;
	edge.match_q16 = j.match_q16;
	return mn_edging_add(x, &edge);
}

/* ---- sites ---- */

static bool
has_number(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

bool
mn_edge_site(const struct mn_record *rec, struct mn_buf *room, struct mn_key *out)
{
	struct mn_str address = rec->v[MN_F_ADDRESS];
	if (rec->v[MN_F_COUNTRY].n == 0 || !has_number(address))
		return false;
	mn_buf_clear(room);
	mn_fold_words(address, room);
	bool words = mn_str_find_byte(mn_buf_str(room), ' ') != SIZE_MAX;
	mn_buf_byte(room, '|');
	mn_fold_words(rec->v[MN_F_CITY], room);
	struct mn_str part[] = {MN_S("site"), mn_buf_str(room), rec->v[MN_F_COUNTRY]};
	*out = mn_hash128(part, countof(part));
	return words && !room->failed;
}

static bool
site(struct mn_edging *x, const struct mn_entity *e, struct mn_buf *room)
{
	struct mn_key key;
	if (!mn_edge_site(&e->rec, room, &key))
		return true;
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->pos);
	mn_put_key(&x->key, key);
	mn_put_eid(&x->key, e->id);
	mn_put_u64(&x->pos, e->n_member ? e->member[0] : MN_RID_NONE);
	return mn_xsort_add(x->sites, mn_buf_str(&x->key), mn_buf_str(&x->pos), x->err);
}

#define SHARING 32 /* looked at; the pack's number is smaller */

struct shared {
	struct mn_key key;
	struct mn_entity who[SHARING]; /* id and first row only */
	mn_rid rid[SHARING];
	uint32_t n; /* all of them */
};

/* Each pair once: the edge carries both ways. */
static bool
flush(struct mn_edging *x, struct shared *s)
{
	int64_t most = mn_edge_constant(x->pack, "same_site_most") >> 16;
	most = most > SHARING ? SHARING : most;
	for (uint32_t i = 0; s->n <= most && i < s->n; i++)
		for (uint32_t k = i + 1; k < s->n; k++) {
			struct mn_edge e = derived(&s->who[i], MN_EDGE_ADDRESS);
			e.kind = MN_EDGE_SAME_SITE;
			e.from = s->who[i].id;
			e.to = s->who[k].id;
			e.rid = s->rid[i];
			if (!mn_edging_add(x, &e))
				return false;
		}
	s->n = 0;
	return true;
}

static bool
sites(struct mn_edging *x)
{
	struct shared *s = MN_NEW(&x->scratch, struct shared, 1);
	struct mn_str k, v;
	int more = mn_xsort_finish(x->sites, x->err) ? 1 : -1;
	while (more == 1 && (more = mn_xsort_next(x->sites, &k, &v, x->err)) == 1) {
		struct mn_get g = mn_get(k), p = mn_get(v);
		struct mn_key key = mn_get_key(&g);
		if (s->n && mn_key_cmp(key, s->key) != 0 && !flush(x, s))
			return false;
		s->key = key;
		if (s->n < SHARING) {
			s->who[s->n].id = mn_get_eid(&g);
			s->rid[s->n] = mn_get_u64(&p);
		}
		s->n++;
	}
	return more == 0 && flush(x, s);
}

bool
mn_edging_parents_and_sites(struct mn_edging *x)
{
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_ENT, MN_STR_NONE, x->err);
	struct mn_buf room = mn_buf_new(1u << 17);
	struct mn_str k, body, pos;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, &pos, x->err)) == 1) {
		struct mn_arena a = x->scratch;
		struct mn_entity e;
		struct mn_get g = mn_get(k);
		if (!mn_entity_decode(mn_get_eid(&g), body, pos, &a, &e, x->err) ||
		    !parent(x, &e) || !site(x, &e, &room))
			break;
	}
	mn_scan_close(scan);
	mn_buf_free(&room);
	return more == 0 && sites(x);
}

/*
 * The graph that stage spread works on. Nodes are numbered by their place in CARD, that
 * is by content, and arcs by that of their edge in EDGE, so that the result is the same
 * for any order of rows.
 */
#include "manumit/base/fx.h"
#include "manumit/evidence/edges.h"
#include "manumit/model/codec.h"

#include "spreading.h"

#define OWN_TIER 0x80

uint32_t
mn_spreading_node(const struct mn_spreading *x, struct mn_eid id)
{
	uint32_t lo = 0, hi = x->n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (mn_eid_cmp(x->eid[mid], id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < x->n && mn_eid_cmp(x->eid[lo], id) == 0 ? lo : UINT32_MAX;
}

/* ---- nodes ---- */

static bool
read_cards(struct mn_spreading *x)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_CARD, MN_STR_NONE, x->err);
	struct mn_str key, body;
	struct mn_card c;
	uint32_t i = 0;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, x->err)) == 1) {
		struct mn_get g = mn_get(key);
		if (i == x->n || !mn_card_decode(mn_get_eid(&g), body, &c, x->err)) {
			more = -1;
			break;
		}
		x->eid[i] = c.who;
		x->own[i] = mn_exposure_cost(c.p_q16);
		x->list[i] = mn_card_list(&c);
		for (unsigned k = 0; k < c.n_gate; k++)
			x->hit[i] |= (uint16_t)((c.gate[k] == MN_GATE_HIT) << k);
		i++;
	}
	mn_scan_close(scan);
	return more == 0;
}

/* A place that an entity states of itself is a fact of its own row, not a resemblance of
 * names: what waits for a person is what it means. It travels, and says that it waits. */
static bool
read_places(struct mn_spreading *x)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_GATE, MN_STR_NONE, x->err);
	struct mn_str key, body, pos;
	struct mn_gate_fact f;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, &pos, x->err)) == 1) {
		if (!mn_gate_decode(key, body, pos, &f, x->err))
			break;
		if (f.status != MN_GATE_POSSIBLE || f.own_field == 0)
			continue;
		uint32_t v = mn_spreading_node(x, f.who);
		if (v < x->n)
			x->waits[v] |= (uint16_t)(1u << f.gate);
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
nodes(struct mn_spreading *x)
{
	uint64_t n;
	if (!mn_gen_count(x->r->gen, MN_TAB_CARD, &n, x->err))
		return false;
	if (n >= MN_ARC_NONE)
		return mn_fail(x->err, MN_E_DATA, "more entities than a graph can have");
	x->n = (uint32_t)n;
	x->eid = MN_NEW(&x->a, struct mn_eid, n);
	x->own = MN_NEW(&x->a, uint32_t, n);
	x->hit = MN_NEW(&x->a, uint16_t, n);
	x->waits = MN_NEW(&x->a, uint16_t, n);
	x->list = MN_NEW(&x->a, char, n);
	x->tier = MN_NEW(&x->a, uint8_t, n);
	x->supplies = MN_NEW(&x->a, bool, n);
	x->owns = MN_NEW(&x->a, bool, n);
	return read_cards(x) && read_places(x);
}

/* ---- edges ---- */

typedef void edge_fn(
    struct mn_spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to);

/* Edges in force between entities that are there. */
static bool
each_edge(struct mn_spreading *x, edge_fn *fn)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_EDGE, MN_STR_NONE, x->err);
	struct mn_str key, body, pos;
	struct mn_edge e;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, &pos, x->err)) == 1) {
		if (!mn_edge_decode(key, body, pos, &e, x->err))
			break;
		uint32_t from = mn_spreading_node(x, e.from),
			 to = mn_spreading_node(x, e.to);
		if (from < x->n && to < x->n && mn_edge_in_force(&e, x->r->o->as_of))
			fn(x, &e, from, to);
	}
	mn_scan_close(scan);
	return more == 0;
}

static const struct mn_p_edge_kind *
kind_of(const struct mn_pack *p, unsigned kind)
{
	for (uint32_t i = 0; i < p->n_edge_kind; i++)
		if (mn_str_eq(p->edge_kind[i].code, mn_str_c(mn_edge_kind_name(kind))))
			return &p->edge_kind[i];
	return NULL;
}

static enum mn_arc_gate
gate_way(struct mn_str word)
{
	return mn_str_eq(word, MN_S("upstream"))   ? MN_ARC_GATE_UPSTREAM
	       : mn_str_eq(word, MN_S("possible")) ? MN_ARC_GATE_POSSIBLE
						   : MN_ARC_GATE_NONE;
}

/* Tiers that a supply edge crosses: a row may name a tier-3 supplier of whoever is known
 * to be tier 1, with what lies between unknown. */
static unsigned
span_of(const struct mn_spreading *x, const struct mn_edge *e, uint32_t to)
{
	unsigned base = x->tier[to] & 0x7fu;
	base = base ? base : 1;
	if (e->kind != MN_EDGE_SUPPLIES)
		return 0;
	return e->tier > base ? e->tier - base : 1;
}

/* What one direction of an edge leaves, as a cost; UINT32_MAX: nothing. */
static uint32_t
cost_of(const struct mn_edge *e, int64_t left_q16, unsigned span)
{
	uint64_t cost = mn_exposure_cost(left_q16);
	bool by_share = e->kind == MN_EDGE_OWNS && e->share_q16 != MN_SHARE_UNKNOWN;
	if (cost == UINT32_MAX || (by_share && e->share_q16 == 0))
		return UINT32_MAX;
	cost = cost * (span ? span : 1) + mn_exposure_cost(e->match_q16);
	if (by_share)
		cost += mn_exposure_cost(e->share_q16);
	return cost < UINT32_MAX ? (uint32_t)cost : UINT32_MAX;
}

/* A minority owner that is listed makes nothing of what it owns a part of. */
static enum mn_arc_gate
arc_gate(const struct mn_spreading *x, const struct mn_edge *e, struct mn_str word)
{
	int64_t least = mn_edge_constant(x->r->pack, "own_share");
	if (e->kind == MN_EDGE_OWNS && e->share_q16 != MN_SHARE_UNKNOWN &&
	    e->share_q16 < least)
		return MN_ARC_GATE_NONE;
	return gate_way(word);
}

/* The arcs of an edge: with it, and against it. */
struct arc {
	uint32_t from, to, cost;
	uint64_t id;
};
static unsigned
arcs_of(const struct mn_spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to,
    struct arc out[2])
{
	const struct mn_p_edge_kind *k = kind_of(x->r->pack, e->kind);
	unsigned n = 0;
	for (unsigned back = 0; k && back < 2; back++) {
		unsigned span = back ? 0 : span_of(x, e, to);
		uint32_t cost = cost_of(e, back ? k->back_q16 : k->forward_q16, span);
		enum mn_arc_gate gate =
		    arc_gate(x, e, back ? k->gate_back : k->gate_forward);
		if (cost == UINT32_MAX && gate == MN_ARC_GATE_NONE)
			continue;
		out[n++] = (struct arc){back ? to : from, back ? from : to, cost,
		    mn_arc_id(e->id, e->kind, back, gate, span)};
	}
	return n;
}

/* Of suppliers that say no tier themselves, the nearest that an edge gives them. */
static void
note_tier(struct mn_spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
{
	(void)to;
	if (e->kind == MN_EDGE_OWNS || e->kind == MN_EDGE_CONTROLS)
		x->owns[from] = true;
	if (e->kind != MN_EDGE_SUPPLIES)
		return;
	x->supplies[from] = true;
	if (e->tier && !(x->tier[from] & OWN_TIER) &&
	    (x->tier[from] == 0 || e->tier < x->tier[from]))
		x->tier[from] = e->tier;
}

static void
count_arcs(struct mn_spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
{
	struct arc arc[2];
	unsigned n = arcs_of(x, e, from, to, arc);
	x->cover->carrying++;
	for (unsigned i = 0; i < n; i++)
		x->g.first[arc[i].to + 1]++;
}

/* Counting sort: EDGE is in the order of its keys, and that order stays. */
static void
put_arcs(struct mn_spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
{
	struct arc arc[2];
	unsigned n = arcs_of(x, e, from, to, arc);
	for (unsigned i = 0; i < n; i++) {
		uint32_t at = x->g.first[arc[i].to]++;
		x->g.from[at] = arc[i].from;
		x->g.cost[at] = arc[i].cost;
		x->g.id[at] = arc[i].id;
	}
}

static bool
arcs(struct mn_spreading *x)
{
	struct mn_graph *g = &x->g;
	uint64_t sum = 0;
	g->n = x->n;
	g->first = MN_NEW(&x->a, uint32_t, (size_t)x->n + 2);
	if (!mn_gen_count(x->r->gen, MN_TAB_EDGE, &x->cover->edges, x->err) ||
	    !each_edge(x, note_tier))
		return false;
	if (x->cover->edges >= MN_ARC_NONE / 2)
		return mn_fail(x->err, MN_E_DATA, "more edges than a graph can have");
	if (!each_edge(x, count_arcs))
		return false;
	for (uint32_t v = 0; v < x->n; v++)
		g->first[v + 1] += g->first[v];
	sum = g->first[x->n];
	g->n_arc = (uint32_t)sum;
	g->from = MN_NEW(&x->a, uint32_t, sum);
	g->cost = MN_NEW(&x->a, uint32_t, sum);
	g->id = MN_NEW(&x->a, uint64_t, sum);
	if (!each_edge(x, put_arcs))
		return false;
	/* Each first[v] has moved to the end of its arcs: the beginning of the next. */
	for (uint32_t v = x->n; v > 0; v--)
		g->first[v] = g->first[v - 1];
	g->first[0] = 0;
	return true;
}

static bool
note_own_tier(struct mn_spreading *x, uint32_t v, const struct mn_entity *e, void *ctx)
{
	int64_t tier;
	(void)ctx;
	if (mn_record_count(&e->rec, MN_F_TIER, &tier) && tier > 0)
		x->tier[v] =
		    (uint8_t)(OWN_TIER |
			      (tier > MN_EDGE_MAX_TIER ? MN_EDGE_MAX_TIER : tier));
	return true;
}

bool
mn_spreading_each(struct mn_spreading *x,
    bool (*fn)(struct mn_spreading *, uint32_t, const struct mn_entity *, void *),
    void *ctx)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_ENT, MN_STR_NONE, x->err);
	struct mn_str k, body, pos;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, &pos, x->err)) == 1) {
		struct mn_arena a = x->a;
		struct mn_entity e;
		struct mn_get g = mn_get(k);
		if (!mn_entity_decode(mn_get_eid(&g), body, pos, &a, &e, x->err))
			break;
		uint32_t v = mn_spreading_node(x, e.id);
		if (v < x->n && !fn(x, v, &e, ctx))
			break;
	}
	mn_scan_close(scan);
	return more == 0;
}

bool
mn_spreading_graph(struct mn_spreading *x)
{
	return nodes(x) && mn_spreading_each(x, note_own_tier, NULL) && arcs(x);
}

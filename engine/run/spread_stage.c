/*
 * Stages edges and spread. Spreading reads cards, gates and edges, and writes what stands
 * behind each entity; it changes no card. Nodes are numbered by their place in CARD, that
 * is by content, so the result is the same for any order of rows.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/edges.h"
#include "manumit/model/codec.h"
#include "manumit/score/spread.h"

#include "stages.h"

bool
mn_run_edges(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	return mn_stage_edges(&r->stage, r->pack, r->source, r->n_input, err) &&
	       mn_gen_count(r->gen, MN_TAB_EDGE, rows, err);
}

#define OWN_TIER 0x80

/* A gate and the way it travels. */
struct carried {
	uint8_t gate;
	enum mn_arc_gate way;
	struct mn_reach reach;
};

struct spreading {
	struct mn_run *r;
	struct mn_reader *reader;
	struct mn_arena a; /* of the stage */
	uint32_t n;        /* entities */
	struct mn_eid *eid;
	uint32_t *own;         /* cost of each by itself */
	uint16_t *hit, *waits; /* gates: hits; places that wait for a person */
	uint8_t *tier;         /* OWN_TIER: its own row says so */
	bool *supplies;        /* somebody of the run, along an edge in force */
	struct mn_graph g;
	struct mn_spread s;
	struct carried carried[2 * MN_MAX_GATES];
	uint32_t n_carried;
	struct mn_cover *cover;
	struct mn_err *err;
};

static uint32_t
node_of(const struct spreading *x, struct mn_eid id)
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
read_cards(struct spreading *x)
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
read_places(struct spreading *x)
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
		uint32_t v = node_of(x, f.who);
		if (v < x->n)
			x->waits[v] |= (uint16_t)(1u << f.gate);
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
nodes(struct spreading *x)
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
	x->tier = MN_NEW(&x->a, uint8_t, n);
	x->supplies = MN_NEW(&x->a, bool, n);
	return read_cards(x) && read_places(x);
}

/* ---- edges ---- */

typedef void edge_fn(
    struct spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to);

/* Edges in force between entities that are there. */
static bool
each_edge(struct spreading *x, edge_fn *fn)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_EDGE, MN_STR_NONE, x->err);
	struct mn_str key, body, pos;
	struct mn_edge e;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, &pos, x->err)) == 1) {
		if (!mn_edge_decode(key, body, pos, &e, x->err))
			break;
		uint32_t from = node_of(x, e.from), to = node_of(x, e.to);
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
span_of(const struct spreading *x, const struct mn_edge *e, uint32_t to)
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
arc_gate(const struct spreading *x, const struct mn_edge *e, struct mn_str word)
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
arcs_of(const struct spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to,
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
note_tier(struct spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
{
	(void)to;
	if (e->kind != MN_EDGE_SUPPLIES)
		return;
	x->supplies[from] = true;
	if (e->tier && !(x->tier[from] & OWN_TIER) &&
	    (x->tier[from] == 0 || e->tier < x->tier[from]))
		x->tier[from] = e->tier;
}

static void
count_arcs(struct spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
{
	struct arc arc[2];
	unsigned n = arcs_of(x, e, from, to, arc);
	x->cover->carrying++;
	for (unsigned i = 0; i < n; i++)
		x->g.first[arc[i].to + 1]++;
}

/* Counting sort: EDGE is in the order of its keys, and that order stays. */
static void
put_arcs(struct spreading *x, const struct mn_edge *e, uint32_t from, uint32_t to)
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
graph(struct spreading *x)
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

/* ---- what comes of it ---- */

static void
carry(struct spreading *x, unsigned gate, enum mn_arc_gate way, bool *source)
{
	bool any = false;
	for (uint32_t v = 0; v < x->n; v++) {
		bool place = way == MN_ARC_GATE_UPSTREAM && (x->waits[v] >> gate & 1u);
		source[v] = (x->hit[v] >> gate & 1u) || place;
		any = any || source[v];
	}
	if (!any)
		return;
	struct carried *c = &x->carried[x->n_carried++];
	c->gate = (uint8_t)gate;
	c->way = way;
	mn_spread_reach(&x->g, way, source, &c->reach, &x->a);
}

static struct mn_step
step_of(const struct spreading *x, uint32_t arc)
{
	uint64_t id = x->g.id[arc];
	return (struct mn_step){.next = x->eid[x->g.from[arc]],
	    .kind = (uint8_t)mn_arc_kind(id),
	    .back = mn_arc_back(id),
	    .span = (uint8_t)mn_arc_span(id),
	    .id = mn_arc_edge(id)};
}

static void
exposures(const struct spreading *x, uint32_t v, struct mn_exposure *out)
{
	const struct mn_label *l = &x->s.label[(size_t)v * MN_EXPO_KEPT];
	for (unsigned i = 0; i < x->s.n_label[v]; i++) {
		if (l[i].arc == MN_ARC_NONE)
			continue;
		out->of[out->n++] = (struct mn_exposed){.source = x->eid[l[i].source],
		    .cost_q16 = l[i].cost,
		    .hops = (uint8_t)l[i].hops,
		    .step = step_of(x, l[i].arc)};
	}
}

static void
gates_behind(const struct spreading *x, uint32_t v, struct mn_exposure *out)
{
	for (uint32_t i = 0; i < x->n_carried; i++) {
		const struct carried *c = &x->carried[i];
		uint32_t from = c->reach.source[v];
		if (c->reach.arc[v] == MN_ARC_NONE)
			continue;
		out->behind[out->n_behind++] = (struct mn_behind){.gate = c->gate,
		    .status = c->way == MN_ARC_GATE_UPSTREAM ? MN_GATE_UPSTREAM
							     : MN_GATE_POSSIBLE,
		    .sure = x->hit[from] >> c->gate & 1u,
		    .hops = c->reach.hops[v],
		    .source = x->eid[from],
		    .step = step_of(x, c->reach.arc[v])};
	}
}

static struct mn_cover_spend *
spend_of(struct mn_cover *c, struct mn_str currency)
{
	if (currency.n > 3)
		return NULL;
	for (uint32_t i = 0; i < c->n; i++)
		if (mn_str_eq(mn_str_c(c->of[i].currency), currency))
			return &c->of[i];
	if (c->n == MN_MAX_COVERS)
		return NULL;
	struct mn_cover_spend *s = &c->of[c->n++];
	memcpy(s->currency, currency.n ? currency.p : "", currency.n);
	return s;
}

/* Tier 1 is whom the user buys from: who says so, and who says no tier and supplies
 * nobody else of the run. */
static void
count_cover(struct spreading *x, uint32_t v, const struct mn_entity *e, unsigned depth)
{
	struct mn_cover *c = x->cover;
	int64_t tier = 0, spend;
	bool said = mn_record_count(&e->rec, MN_F_TIER, &tier) && tier > 0;
	enum mn_role role = mn_entity_role(e);
	bool direct = said ? tier == 1 : !x->supplies[v];
	if (role == MN_ROLE_RECRUITER)
		return;
	if (!direct) {
		c->loose += !x->supplies[v];
		return;
	}
	c->direct++;
	for (unsigned t = 0; t < depth; t++)
		c->mapped[t]++;
	struct mn_cover_spend *s = mn_record_e4(&e->rec, MN_F_SPEND, &spend) && spend > 0
				       ? spend_of(c, e->rec.v[MN_F_CURRENCY])
				       : NULL;
	if (!s || __builtin_add_overflow(s->spend_e4, spend, &s->spend_e4))
		return;
	for (unsigned t = 0; t < depth; t++)
		s->mapped_e4[t] += spend;
}

static bool
note_own_tier(struct spreading *x, uint32_t v, const struct mn_entity *e, void *ctx)
{
	int64_t tier;
	(void)ctx;
	if (mn_record_count(&e->rec, MN_F_TIER, &tier) && tier > 0)
		x->tier[v] =
		    (uint8_t)(OWN_TIER |
			      (tier > MN_EDGE_MAX_TIER ? MN_EDGE_MAX_TIER : tier));
	return true;
}

struct writing {
	struct mn_load *l;
	struct mn_depth depth;
	struct mn_buf key, body;
};

static bool
put(struct spreading *x, struct writing *w, struct mn_eid who)
{
	mn_buf_clear(&w->key);
	mn_put_eid(&w->key, who);
	return mn_load_put(
	    w->l, mn_buf_str(&w->key), mn_buf_str(&w->body), MN_STR_NONE, x->err);
}

static bool
write_one(struct spreading *x, uint32_t v, const struct mn_entity *e, void *ctx)
{
	struct writing *w = ctx;
	struct mn_exposure out = {.who = e->id};
	out.depth = (uint8_t)mn_spread_depth(&w->depth, v);
	count_cover(x, v, e, out.depth);
	exposures(x, v, &out);
	gates_behind(x, v, &out);
	if (out.n + out.n_behind + out.depth == 0)
		return true;
	mn_buf_clear(&w->body);
	mn_exposure_encode(&out, &w->body);
	return put(x, w, e->id);
}

static bool
each_entity(struct spreading *x,
    bool (*fn)(struct spreading *, uint32_t, const struct mn_entity *, void *), void *ctx)
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
		uint32_t v = node_of(x, e.id);
		if (v < x->n && !fn(x, v, &e, ctx))
			break;
	}
	mn_scan_close(scan);
	return more == 0;
}

/* The coverage stands under everybody: it is known when all have been counted, and its
 * key is behind all others. */
static bool
write_all(struct spreading *x)
{
	struct writing w = {.l = mn_load_begin(x->r->gen, MN_TAB_EXPO, x->err),
	    .depth = mn_spread_depth_new(&x->g, &x->a),
	    .key = mn_buf_new(64),
	    .body = mn_buf_new(1u << 16)};
	bool good = w.l && each_entity(x, write_one, &w);
	mn_buf_clear(&w.body);
	mn_cover_encode(x->cover, &w.body);
	good = good && put(x, &w, (struct mn_eid){UINT64_MAX, UINT64_MAX});
	mn_buf_free(&w.key);
	mn_buf_free(&w.body);
	if (good)
		return mn_load_end(w.l, x->err);
	mn_load_abort(w.l);
	return false;
}

static bool
spread(struct spreading *x)
{
	const struct mn_pack *p = x->r->pack;
	if (!nodes(x) || !each_entity(x, note_own_tier, NULL) || !graph(x))
		return false;
	uint32_t most = mn_exposure_cost(mn_edge_constant(p, "least_exposure"));
	x->s = (struct mn_spread){.g = &x->g,
	    .own = x->own,
	    .most = most == UINT32_MAX ? UINT32_MAX - 1 : most};
	if (x->g.n_arc)
		mn_spread_run(&x->s, &x->a);
	else /* nothing to spread along: nobody is exposed to anything */
		x->s.n_label = MN_NEW(&x->a, uint8_t, x->n);
	bool *source = MN_NEW(&x->a, bool, x->n);
	for (unsigned g = 0; x->g.n_arc && g < p->n_gate; g++) {
		carry(x, g, MN_ARC_GATE_UPSTREAM, source);
		carry(x, g, MN_ARC_GATE_POSSIBLE, source);
	}
	return write_all(x);
}

bool
mn_run_spread(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 36, NULL);
	struct mn_arena a = root;
	struct spreading *x = MN_NEW(&a, struct spreading, 1);
	x->a = a;
	x->r = r;
	x->err = err;
	x->cover = MN_NEW(&x->a, struct mn_cover, 1);
	x->reader = mn_reader_open(r->gen, err);
	bool good =
	    x->reader && spread(x) && mn_gen_count(r->gen, MN_TAB_EXPO, rows, err);
	mn_reader_close(x->reader);
	mn_arena_free(root);
	return good;
}

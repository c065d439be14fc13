/*
 * Stages edges and spread. Spreading reads cards, gates and edges, and writes what stands
 * behind each entity; it changes no card.
 */
#include "manumit/base/limits.h"
#include "manumit/evidence/edges.h"
#include "manumit/model/codec.h"

#include "spreading.h"

bool
mn_run_edges(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	return mn_stage_edges(&r->stage, r->pack, r->source, r->n_input, err) &&
	       mn_gen_count(r->gen, MN_TAB_EDGE, rows, err);
}

/* ---- what comes of it ---- */

static void
carry(struct mn_spreading *x, unsigned gate, enum mn_arc_gate way, bool *source)
{
	bool any = false;
	for (uint32_t v = 0; v < x->n; v++) {
		bool place =
		    way == MN_ARC_GATE_UPSTREAM && (x->waits[v] >> gate & 1) != 0;
		source[v] = (x->hit[v] >> gate & 1) != 0 || place;
		any = any || source[v];
	}
	if (!any)
		return;
	struct mn_carried *c = &x->carried[x->n_carried++];
	c->gate = (uint8_t)gate;
	c->way = way;
	mn_spread_reach(&x->g, way, source, &c->reach, &x->a);
}

static struct mn_step
step_of(const struct mn_spreading *x, uint32_t arc)
{
	uint64_t id = x->g.id[arc];
	return (struct mn_step){.next = x->eid[x->g.from[arc]],
	    .kind = (uint8_t)mn_arc_kind(id),
	    .back = mn_arc_back(id),
	    .span = (uint8_t)mn_arc_span(id),
	    .id = mn_arc_edge(id)};
}

static void
exposures(const struct mn_spreading *x, uint32_t v, struct mn_exposure *out)
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
gates_behind(const struct mn_spreading *x, uint32_t v, struct mn_exposure *out)
{
	for (uint32_t i = 0; i < x->n_carried; i++) {
		const struct mn_carried *c = &x->carried[i];
		uint32_t from = c->reach.source[v];
		if (c->reach.arc[v] == MN_ARC_NONE)
			continue;
		out->behind[out->n_behind++] = (struct mn_behind){.gate = c->gate,
		    .status = c->way == MN_ARC_GATE_UPSTREAM ? MN_GATE_UPSTREAM
							     : MN_GATE_POSSIBLE,
		    .sure = (x->hit[from] >> c->gate & 1) != 0,
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

/* Tier 1 is whom the user buys from: who says so, or whom money goes to, or who says no
 * tier, supplies nobody else of the run and is no mere owner of others. */
static bool
is_direct(const struct mn_spreading *x, uint32_t v, const struct mn_entity *e)
{
	int64_t tier = 0;
	if (mn_record_count(&e->rec, MN_F_TIER, &tier) && tier > 0)
		return tier == 1;
	return e->rec.v[MN_F_SPEND].n || (!x->supplies[v] && !x->owns[v]);
}

static void
count_cover(struct mn_spreading *x, uint32_t v, const struct mn_entity *e, unsigned depth)
{
	struct mn_cover *c = x->cover;
	int64_t spend;
	if (mn_entity_role(e) == MN_ROLE_RECRUITER)
		return;
	if (!is_direct(x, v, e)) {
		c->loose += !x->supplies[v] && !x->owns[v];
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

/* ---- the lists ---- */

/* Who reads a copy without possible matches is not called to act by one. */
static bool
is_called(const struct mn_spreading *x, uint32_t v)
{
	bool all = mn_audience_shows(x->r->o->audience, MN_SHOW_POSSIBLE_MATCHES);
	for (uint32_t i = 0; i < x->n_carried; i++) {
		const struct mn_carried *c = &x->carried[i];
		bool sure = c->way == MN_ARC_GATE_UPSTREAM &&
			    c->reach.arc[v] != MN_ARC_NONE &&
			    (x->hit[c->reach.source[v]] >> c->gate & 1) != 0;
		if (c->reach.arc[v] != MN_ARC_NONE && (all || sure))
			return true;
	}
	return false;
}

static bool
card_of(const struct mn_spreading *x, struct mn_eid who, struct mn_card *out)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	mn_put_eid(&key, who);
	return mn_reader_get(
		   x->reader, MN_TAB_CARD, mn_buf_str(&key), &body, NULL, x->err) == 1 &&
	       mn_card_decode(who, body, out, x->err);
}

/* Who is reached by a gate is to be acted on, as who is named by a list itself; where it
 * stands there, its own card says. */
static bool
add_called(struct mn_spreading *x, uint32_t v, const struct mn_entity *e)
{
	struct mn_card c;
	if (!is_called(x, v))
		return true;
	x->r->result->upstream++;
	return x->list[v] == 'A' ||
	       (card_of(x, e->id, &c) &&
		   mn_rank_add(x->r->rank, 'A', &c, e->rec.v[MN_F_NAME], x->err));
}

static bool
load_lists(struct mn_spreading *x)
{
	struct mn_str key, value;
	struct mn_load *l = mn_xsort_finish(x->r->rank, x->err)
				? mn_load_begin(x->r->gen, MN_TAB_RANK, x->err)
				: NULL;
	int more = l ? 1 : -1;
	while (l && (more = mn_xsort_next(x->r->rank, &key, &value, x->err)) == 1) {
		struct mn_get g = mn_get(mn_str_sub(key, key.n - 16, 16));
		if (key.p[0] == 'Q' && x->n_carried &&
		    is_called(x, mn_spreading_node(x, mn_get_eid(&g))))
			continue;
		if (!mn_load_put(l, key, value, MN_STR_NONE, x->err))
			break;
	}
	if (more == 0)
		return mn_load_end(l, x->err);
	mn_load_abort(l);
	return false;
}

struct writing {
	struct mn_load *l;
	struct mn_depth depth;
	struct mn_buf key, body;
};

static bool
put(struct mn_spreading *x, struct writing *w, struct mn_eid who)
{
	mn_buf_clear(&w->key);
	mn_put_eid(&w->key, who);
	return mn_load_put(
	    w->l, mn_buf_str(&w->key), mn_buf_str(&w->body), MN_STR_NONE, x->err);
}

static bool
write_one(struct mn_spreading *x, uint32_t v, const struct mn_entity *e, void *ctx)
{
	struct writing *w = ctx;
	struct mn_exposure out = {.who = e->id};
	out.depth = (uint8_t)mn_spread_depth(&w->depth, v);
	count_cover(x, v, e, out.depth);
	if (!add_called(x, v, e))
		return false;
	exposures(x, v, &out);
	gates_behind(x, v, &out);
	if (out.n + out.n_behind + out.depth == 0)
		return true;
	mn_buf_clear(&w->body);
	mn_exposure_encode(&out, &w->body);
	return put(x, w, e->id);
}

/* The coverage stands under everybody: it is known when all have been counted, and its
 * key is behind all others. */
static bool
write_all(struct mn_spreading *x)
{
	struct writing w = {.l = mn_load_begin(x->r->gen, MN_TAB_EXPO, x->err),
	    .depth = mn_spread_depth_new(&x->g, &x->a),
	    .key = mn_buf_new(64),
	    .body = mn_buf_new(1u << 16)};
	bool good = w.l && (x->n == 0 || mn_spreading_each(x, write_one, &w));
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
spread(struct mn_spreading *x)
{
	const struct mn_pack *p = x->r->pack;
	uint64_t edges;
	if (!mn_gen_count(x->r->gen, MN_TAB_EDGE, &edges, x->err))
		return false;
	if (edges == 0) /* nothing stands behind anybody, and most runs are such */
		return write_all(x) && load_lists(x);
	if (!mn_spreading_graph(x))
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
	return write_all(x) && load_lists(x);
}

bool
mn_run_spread(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 36, NULL);
	struct mn_arena a = root;
	struct mn_spreading *x = MN_NEW(&a, struct mn_spreading, 1);
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

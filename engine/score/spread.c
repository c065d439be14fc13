/* Supersteps over a graph in CSR form. */
#include <string.h>

#include "manumit/score/spread.h"

/* Arcs that one question about depth looks at: a hub of 10^5 suppliers is deep enough
 * after far fewer. */
#define DEPTH_ARCS 20000

/* By cost, then fewer edges, then content: total, and kept by adding an arc to both. */
static inline bool
before(const struct mn_label *a, const struct mn_label *b)
{
	if (a->cost != b->cost)
		return a->cost < b->cost;
	if (a->hops != b->hops)
		return a->hops < b->hops;
	if (a->source != b->source)
		return a->source < b->source;
	return a->arc < b->arc;
}

/* Puts a label among those kept, one a source. */
static void
offer(struct mn_label *kept, uint8_t *n, const struct mn_label *l)
{
	unsigned at = *n;
	for (unsigned i = 0; i < *n; i++)
		if (kept[i].source == l->source) {
			if (!before(l, &kept[i]))
				return;
			at = i; /* what it improves on goes */
			break;
		}
	if (at == *n) {
		if (*n == MN_EXPO_KEPT && !before(l, &kept[*n - 1]))
			return;
		at = *n == MN_EXPO_KEPT ? *n - 1u : (*n)++;
	}
	while (at > 0 && before(l, &kept[at - 1])) {
		kept[at] = kept[at - 1];
		at--;
	}
	kept[at] = *l;
}

void
mn_spread_begin(struct mn_spread *s, struct mn_arena *a)
{
	uint32_t n = s->g->n;
	s->label = MN_NEW(a, struct mn_label, (size_t)n * MN_EXPO_KEPT);
	s->was = MN_NEW(a, struct mn_label, (size_t)n * MN_EXPO_KEPT);
	s->n_label = MN_NEW(a, uint8_t, n);
	s->n_was = MN_NEW(a, uint8_t, n);
	s->changed = MN_NEW(a, uint8_t, 2 * (size_t)n);
	s->supersteps = 0;
	for (uint32_t v = 0; v < n; v++) {
		if (s->own[v] > s->most)
			continue;
		s->label[(size_t)v * MN_EXPO_KEPT] =
		    (struct mn_label){v, s->own[v], MN_ARC_NONE, 0};
		s->n_label[v] = 1;
		s->changed[v] = 1;
	}
}

/* What node v knows after this superstep, from what its neighbours knew before. */
static void
gather(const struct mn_spread *s, uint32_t v, struct mn_label *kept, uint8_t *n)
{
	const struct mn_graph *g = s->g;
	*n = 0;
	if (s->own[v] <= s->most)
		offer(kept, n, &(struct mn_label){v, s->own[v], MN_ARC_NONE, 0});
	for (uint32_t e = g->first[v]; e < g->first[v + 1]; e++) {
		uint32_t u = g->from[e], cost = g->cost[e];
		const struct mn_label *l = &s->was[(size_t)u * MN_EXPO_KEPT];
		for (unsigned i = 0; i < s->n_was[u]; i++) {
			uint64_t sum = (uint64_t)l[i].cost + cost;
			if (sum > s->most)
				break; /* the rest costs more */
			if (l[i].source == v || l[i].hops >= MN_EXPO_DEPTH)
				continue;
			offer(kept, n,
			    &(struct mn_label){
				l[i].source, (uint32_t)sum, e, l[i].hops + 1});
		}
	}
}

static bool
news(const struct mn_spread *s, uint32_t v)
{
	const struct mn_graph *g = s->g;
	for (uint32_t e = g->first[v]; e < g->first[v + 1]; e++)
		if (s->changed[g->from[e]])
			return true;
	return false;
}

bool
mn_spread_step(struct mn_spread *s)
{
	uint32_t n = s->g->n;
	uint8_t *next = s->changed + n;
	bool any = false;
	memcpy(s->was, s->label, (size_t)n * MN_EXPO_KEPT * sizeof *s->was);
	memcpy(s->n_was, s->n_label, n);
	for (uint32_t v = 0; v < n; v++) {
		struct mn_label kept[MN_EXPO_KEPT];
		uint8_t k;
		next[v] = 0;
		if (!news(s, v))
			continue;
		gather(s, v, kept, &k);
		struct mn_label *to = &s->label[(size_t)v * MN_EXPO_KEPT];
		if (k == s->n_label[v] && memcmp(to, kept, k * sizeof *to) == 0)
			continue;
		memcpy(to, kept, k * sizeof *to);
		s->n_label[v] = k;
		next[v] = 1;
		any = true;
	}
	memcpy(s->changed, next, n);
	s->supersteps++;
	return any;
}

void
mn_spread_run(struct mn_spread *s, struct mn_arena *a)
{
	mn_spread_begin(s, a);
	while (s->supersteps < MN_EXPO_DEPTH && mn_spread_step(s))
		;
}

/* ---- gates ---- */

/* The nodes that a gate reaches in this superstep. */
static bool
reach_step(
    const struct mn_graph *g, enum mn_arc_gate gate, struct mn_reach *r, unsigned hops)
{
	bool any = false;
	for (uint32_t v = 0; v < g->n; v++) {
		if (r->source[v] != MN_ARC_NONE)
			continue;
		for (uint32_t e = g->first[v]; e < g->first[v + 1]; e++) {
			uint32_t u = g->from[e];
			if (mn_arc_gate(g->id[e]) != gate ||
			    r->source[u] == MN_ARC_NONE || r->hops[u] != hops - 1)
				continue;
			if (r->arc[v] != MN_ARC_NONE &&
			    r->source[g->from[r->arc[v]]] <= r->source[u])
				continue;
			r->arc[v] = e;
			any = true;
		}
	}
	/* Only now, so that a superstep does not read what it writes. */
	for (uint32_t v = 0; v < g->n; v++)
		if (r->source[v] == MN_ARC_NONE && r->arc[v] != MN_ARC_NONE) {
			r->source[v] = r->source[g->from[r->arc[v]]];
			r->hops[v] = (uint8_t)hops;
		}
	return any;
}

void
mn_spread_reach(const struct mn_graph *g, enum mn_arc_gate gate, const bool *source,
    struct mn_reach *out, struct mn_arena *a)
{
	out->source = MN_NEW(a, uint32_t, g->n);
	out->arc = MN_NEW(a, uint32_t, g->n);
	out->hops = MN_NEW(a, uint8_t, g->n);
	for (uint32_t v = 0; v < g->n; v++) {
		out->source[v] = source[v] ? v : MN_ARC_NONE;
		out->arc[v] = MN_ARC_NONE;
	}
	for (unsigned h = 1; h <= MN_EXPO_DEPTH && reach_step(g, gate, out, h); h++)
		;
}

/* ---- depth ---- */

struct mn_depth
mn_spread_depth_new(const struct mn_graph *g, struct mn_arena *a)
{
	return (struct mn_depth){.g = g,
	    .seen = MN_NEW(a, uint32_t, g->n),
	    .queue = MN_NEW(a, uint32_t, (size_t)g->n + 1)};
}

unsigned
mn_spread_depth(struct mn_depth *d, uint32_t node)
{
	const struct mn_graph *g = d->g;
	uint32_t head = 0, tail = 0, looked = 0;
	unsigned depth = 0;
	d->seen[node] = ++d->round;
	d->queue[tail++] = node;
	while (head < tail && depth < MN_COVER_TIERS) {
		uint32_t end = tail;
		for (; head < end; head++) {
			uint32_t v = d->queue[head];
			for (uint32_t e = g->first[v]; e < g->first[v + 1]; e++) {
				bool supply = mn_arc_kind(g->id[e]) == MN_EDGE_SUPPLIES &&
					      !mn_arc_back(g->id[e]);
				if (++looked > DEPTH_ARCS)
					return depth + (tail > end);
				if (!supply || d->seen[g->from[e]] == d->round)
					continue;
				d->seen[g->from[e]] = d->round;
				d->queue[tail++] = g->from[e];
			}
		}
		depth += tail > end;
	}
	return depth;
}

/*
 * Spreading over a graph: pure, integers only, single-threaded, and the same for any
 * order of rows, because nodes and arcs are numbered by content.
 *
 * Likelihoods are costs in nats (-ln p), so the greatest product over paths is the least
 * sum (min-plus). Each superstep is one pass over the arcs of the nodes behind which
 * something changed, and reads only what the one before wrote: after t supersteps a node
 * knows the best over all walks of up to t edges. Costs are not negative, so a walk round
 * a cycle never wins.
 *
 * Memory: 16 bytes an arc (from, cost, id) and 8 a node for the graph, 164 a node for the
 * labels, 9 a node and gate that somebody is listed under.
 */
#ifndef MN_SCORE_SPREAD_H
#define MN_SCORE_SPREAD_H

#include "manumit/base/arena.h"
#include "manumit/model/exposure.h"

#define MN_ARC_NONE UINT32_MAX

/* What an arc's id holds in its low 16 bits, which are 0 in an edge's. */
enum mn_arc_gate { MN_ARC_GATE_NONE, MN_ARC_GATE_POSSIBLE, MN_ARC_GATE_UPSTREAM };
static inline uint64_t
mn_arc_id(uint64_t edge, unsigned kind, bool back, enum mn_arc_gate gate, unsigned span)
{
	return edge | kind | (unsigned)back << 3 | (unsigned)gate << 4 | span << 6;
}
static inline unsigned
mn_arc_kind(uint64_t id)
{
	return id & 7;
}
static inline bool
mn_arc_back(uint64_t id)
{
	return id >> 3 & 1;
}
static inline enum mn_arc_gate
mn_arc_gate(uint64_t id)
{
	return (enum mn_arc_gate)(id >> 4 & 3);
}
static inline unsigned
mn_arc_span(uint64_t id)
{
	return id >> 6 & 15;
}
static inline uint64_t
mn_arc_edge(uint64_t id)
{
	return id & ~UINT64_C(0xffff);
}

/* Arcs by the node that they lead to, in CSR form: those into node v are first[v] up to
 * first[v + 1]. What stands behind `from` reaches v at that cost. */
struct mn_graph {
	uint32_t n, n_arc;
	uint32_t *first;       /* n + 1 */
	uint32_t *from, *cost; /* cost UINT32_MAX: gates only */
	uint64_t *id;
};

struct mn_label {
	uint32_t source, cost, arc; /* arc MN_ARC_NONE: the node itself */
	uint32_t hops;
};

struct mn_spread {
	const struct mn_graph *g;
	const uint32_t
	    *own;      /* cost of each node by itself; UINT32_MAX: it is no source */
	uint32_t most; /* labels that cost more are not kept */
	struct mn_label *label; /* MN_EXPO_KEPT a node, the cheapest first */
	uint8_t *n_label;
	uint32_t supersteps; /* made; the last one of them changed nothing, or it is
				MN_EXPO_DEPTH */
	/* private */
	struct mn_label *was;
	uint8_t *n_was, *changed;
};
/* g, own and most are set; the rest is made in the arena, as long as it. */
void mn_spread_begin(struct mn_spread *s, struct mn_arena *a);
/* One superstep; false: nothing changed. */
bool mn_spread_step(struct mn_spread *s);
/* All of them, at most MN_EXPO_DEPTH. */
void mn_spread_run(struct mn_spread *s, struct mn_arena *a);

/* One gate, along the arcs of one kind, from the nodes where source[v] is true: by the
 * fewest edges, undecayed. reached: MN_ARC_NONE where it does not come. */
struct mn_reach {
	uint32_t *source, *arc;
	uint8_t *hops;
};
void mn_spread_reach(const struct mn_graph *g, enum mn_arc_gate gate, const bool *source,
    struct mn_reach *out, struct mn_arena *a);

/* How many tiers of supply are known behind a node, up to MN_COVER_TIERS: the greatest
 * distance from it, by the shortest ways. */
struct mn_depth {
	const struct mn_graph *g;
	uint32_t *seen, *queue; /* per node: when it was last seen */
	uint32_t round;
};
struct mn_depth mn_spread_depth_new(const struct mn_graph *g, struct mn_arena *a);
unsigned mn_spread_depth(struct mn_depth *d, uint32_t node);

#endif

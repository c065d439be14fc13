/*
 * Spreading over a large graph: seconds and arcs a superstep, memory an arc and a node.
 * Arguments: edges, nodes, seed. A tenth of the edges lead to one buyer, the star that
 * hubs of real registers are. `make bench-graph`
 */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/clock.h"
#include "manumit/score/spread.h"

static uint64_t
next(uint64_t *s)
{
	uint64_t z = *s += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static uint32_t
node(uint64_t *s, uint32_t n)
{
	return (uint32_t)(next(s) % n);
}

/* Counting sort of random edges by where they lead. */
static void
build(struct mn_graph *g, uint64_t seed, struct mn_arena *a)
{
	uint32_t *from = MN_NEW(a, uint32_t, g->n_arc),
		 *to = MN_NEW(a, uint32_t, g->n_arc);
	g->first = MN_NEW(a, uint32_t, (size_t)g->n + 2);
	g->from = MN_NEW(a, uint32_t, g->n_arc);
	g->cost = MN_NEW(a, uint32_t, g->n_arc);
	g->id = MN_NEW(a, uint64_t, g->n_arc);
	for (uint32_t i = 0; i < g->n_arc; i++) {
		from[i] = node(&seed, g->n);
		to[i] = i % 10 ? node(&seed, g->n) : 0;
		g->first[to[i] + 1]++;
	}
	for (uint32_t v = 0; v < g->n; v++)
		g->first[v + 1] += g->first[v];
	for (uint32_t i = 0; i < g->n_arc; i++) {
		uint32_t at = g->first[to[i]]++;
		g->from[at] = from[i];
		g->cost[at] = 23000 + (uint32_t)(next(&seed) % 30000);
		g->id[at] = mn_arc_id(
		    next(&seed) & ~UINT64_C(0xffff), 0, false, MN_ARC_GATE_UPSTREAM, 1);
	}
	for (uint32_t v = g->n; v > 0; v--)
		g->first[v] = g->first[v - 1];
	g->first[0] = 0;
}

static void
labels(const struct mn_graph *g, uint64_t seed, struct mn_arena a)
{
	struct mn_spread s = {.g = g, .most = UINT32_MAX - 1};
	uint32_t *own = MN_NEW(&a, uint32_t, g->n);
	uint64_t worst = 0, all = 0;
	for (uint32_t v = 0; v < g->n; v++)
		own[v] = (uint32_t)(next(&seed) % 300000);
	s.own = own;
	char *before = a.beg;
	mn_spread_begin(&s, &a);
	size_t bytes = (size_t)(a.beg - before) + g->n * sizeof *own;
	bool more = true;
	while (more && s.supersteps < MN_EXPO_DEPTH) {
		uint64_t cpu = mn_clock_cpu_us();
		more = mn_spread_step(&s);
		cpu = mn_clock_cpu_us() - cpu;
		worst = cpu > worst ? cpu : worst;
		all += cpu;
		printf("  superstep %2u %8.3f s cpu\n", s.supersteps, (double)cpu / 1e6);
	}
	printf(
	    "  exposure: %u supersteps, worst %.3f s, all %.3f s cpu; %zu bytes a node\n",
	    s.supersteps, (double)worst / 1e6, (double)all / 1e6, bytes / g->n);
}

static void
gates(const struct mn_graph *g, uint64_t seed, struct mn_arena a)
{
	bool *source = MN_NEW(&a, bool, g->n);
	struct mn_reach r;
	uint32_t reached = 0;
	for (uint32_t i = 0; i < 50; i++)
		source[node(&seed, g->n)] = true;
	uint64_t cpu = mn_clock_cpu_us();
	mn_spread_reach(g, MN_ARC_GATE_UPSTREAM, source, &r, &a);
	cpu = mn_clock_cpu_us() - cpu;
	for (uint32_t v = 0; v < g->n; v++)
		reached += r.arc[v] != MN_ARC_NONE;
	printf("  one gate, 50 sources: %u reached, %.3f s cpu\n", reached,
	    (double)cpu / 1e6);
}

int
main(int argc, char **argv)
{
	uint32_t edges = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
	uint32_t nodes = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 200000;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	struct mn_arena root = mn_arena_new((size_t)1 << 34, NULL), a = root;
	struct mn_graph g = {.n = nodes ? nodes : 1, .n_arc = edges};
	build(&g, seed, &a);
	size_t arc = sizeof *g.from + sizeof *g.cost + sizeof *g.id;
	printf("%u edges between %u entities, %u of them to one; %zu bytes an arc\n",
	    edges, g.n, g.first[1] - g.first[0], arc);
	labels(&g, seed, a);
	gates(&g, seed, a);
	mn_arena_free(root);
	return 0;
}

/* Private to the room: edges while they are made. */
#ifndef MN_EVIDENCE_EDGES_IMPL_H
#define MN_EVIDENCE_EDGES_IMPL_H

#include "manumit/base/sort.h"
#include "manumit/evidence/edges.h"

struct mn_edging {
	const struct mn_stage *st;
	const struct mn_pack *pack;
	const struct mn_source *source;
	struct mn_reader *r;
	struct mn_xsort *sort, *sites;
	struct mn_buf key, body, pos, value;
	struct mn_arena scratch;
	uint32_t n_source;
	uint64_t *apart; /* by source: rows that concern nobody of the run */
	struct mn_err *err;
};

/* Adds an edge; its id is filled in. */
bool mn_edging_add(struct mn_edging *x, struct mn_edge *e);
/* Edges that no row of edges states. */
bool mn_edging_parents_and_sites(struct mn_edging *x);

#endif

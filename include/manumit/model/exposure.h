/*
 * What stands behind an entity, along the edges of the supply graph. Beside the card and
 * never in it.
 *
 * A row names, for each of the sources that reach the entity best, the first step towards
 * it; the next step stands in the row of the entity that the step leads to. So a row
 * stays small however long the path is.
 */
#ifndef MN_MODEL_EXPOSURE_H
#define MN_MODEL_EXPOSURE_H

#include "manumit/model/edge.h"
#include "manumit/model/gate.h"

/* Sources kept of one entity: the best path, three runners-up, and one more, because an
 * entity that is reached through this one may be a source itself. */
#define MN_EXPO_KEPT 5
#define MN_EXPO_DEPTH 20  /* edges of a path */
#define MN_COVER_TIERS 3  /* tiers behind a supplier that coverage tells apart */
#define MN_MAX_COVERS 200 /* currencies */

/* The first edge towards a source, seen from `who`. */
struct mn_step {
	struct mn_eid next; /* where it leads: one edge nearer to the source */
	uint8_t kind;       /* enum mn_edge_kind */
	bool back;          /* against the direction of the edge */
	uint8_t span;       /* tiers of supply that it crosses */
	uint64_t id;        /* of the edge */
};

struct mn_exposed {
	struct mn_eid source;
	uint32_t cost_q16; /* nats: the exposure is e^-cost */
	uint8_t hops;
	struct mn_step step;
};

struct mn_behind { /* a list entry at the other end */
	uint8_t gate;
	uint8_t status; /* MN_GATE_UPSTREAM, or MN_GATE_POSSIBLE along ownership */
	bool sure;      /* the source is a hit; else a place that waits for a person */
	uint8_t hops;
	struct mn_eid source;
	struct mn_step step;
};

struct mn_exposure {
	struct mn_eid who;
	uint8_t depth; /* tiers of supply known behind it, up to MN_COVER_TIERS */
	uint8_t n, n_behind;
	struct mn_exposed of[MN_EXPO_KEPT]; /* the greatest first */
	struct mn_behind behind[2 * MN_MAX_GATES];
};

/* e^-cost. */
int64_t mn_exposure_q16(uint32_t cost_q16);
/* -ln p, rounded; p > 0. UINT32_MAX for 0 and less. */
uint32_t mn_exposure_cost(int64_t p_q16);
/* The key of the step's edge, seen from `who`. */
void mn_step_key(struct mn_eid who, const struct mn_step *s, struct mn_buf *out);

void mn_exposure_encode(const struct mn_exposure *x, struct mn_buf *out);
bool mn_exposure_decode(
    struct mn_eid who, struct mn_str bytes, struct mn_exposure *out, struct mn_err *err);

/* How much of the portfolio is mapped: one row of table EXPO, under nobody. */
struct mn_cover {
	uint64_t edges, carrying;        /* rows of EDGE; those in force */
	uint64_t direct;                 /* suppliers of tier 1, or that say no tier */
	uint64_t mapped[MN_COVER_TIERS]; /* of them, with so many tiers known behind */
	uint64_t loose; /* of tier 2 and beyond, with no edge to whom they supply */
	uint32_t n;     /* currencies */
	struct mn_cover_spend {
		char currency[4];
		int64_t spend_e4; /* with suppliers of tier 1 */
		int64_t mapped_e4[MN_COVER_TIERS];
	} of[MN_MAX_COVERS];
};
void mn_cover_encode(const struct mn_cover *c, struct mn_buf *out);
bool mn_cover_decode(struct mn_str bytes, struct mn_cover *out, struct mn_err *err);

#endif

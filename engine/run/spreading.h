/* Private to the room: the graph of a run, and what is known of its nodes. */
#ifndef MN_RUN_SPREADING_H
#define MN_RUN_SPREADING_H

#include "manumit/score/spread.h"

#include "stages.h"

/* A gate and the way it travels. */
struct mn_carried {
	uint8_t gate;
	enum mn_arc_gate way;
	struct mn_reach reach;
};

struct mn_spreading {
	struct mn_run *r;
	struct mn_reader *reader;
	struct mn_arena a; /* of the stage */
	uint32_t n;        /* entities */
	struct mn_eid *eid;
	uint32_t *own;         /* cost of each by itself */
	uint16_t *hit, *waits; /* gates: hits; places that wait for a person */
	char *list;            /* of the card: A, Q, 0 */
	uint8_t *tier;         /* OWN_TIER: its own row says so */
	bool *supplies;        /* somebody of the run, along an edge in force */
	bool *owns;            /* the same, or controls */
	struct mn_graph g;
	struct mn_spread s;
	struct mn_carried carried[2 * MN_MAX_GATES];
	uint32_t n_carried;
	struct mn_cover *cover;
	struct mn_err *err;
};

/* Entities, their cards and gates as nodes; edges in force as arcs. */
bool mn_spreading_graph(struct mn_spreading *x);
/* The node of an entity; UINT32_MAX: none. */
uint32_t mn_spreading_node(const struct mn_spreading *x, struct mn_eid id);
/* Walks over the entities in the order of nodes until fn returns false, with err. */
bool mn_spreading_each(struct mn_spreading *x,
    bool (*fn)(struct mn_spreading *, uint32_t, const struct mn_entity *, void *),
    void *ctx);

#endif

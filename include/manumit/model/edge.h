/*
 * An edge of the supply graph: who supplies, owns, controls, recruits for whom, or shares
 * a site. Both ends are entities of the run.
 */
#ifndef MN_MODEL_EDGE_H
#define MN_MODEL_EDGE_H

#include "manumit/model/record.h"

enum mn_edge_kind { /* in the order of the choices of field kind */
	MN_EDGE_SUPPLIES,
	MN_EDGE_OWNS,
	MN_EDGE_CONTROLS,
	MN_EDGE_RECRUITS_FOR,
	MN_EDGE_SAME_SITE,
	MN_EDGE_KINDS
};

/* Where an edge is from. */
enum mn_edge_origin {
	MN_EDGE_ROW,     /* a row of edges */
	MN_EDGE_PARENT,  /* field parent of a supplier row */
	MN_EDGE_ADDRESS, /* one address of two suppliers */
	MN_EDGE_ORIGINS
};

#define MN_SHARE_UNKNOWN (-1)
#define MN_EDGE_MAX_TIER 9 /* higher ones are read as this: nobody knows a tenth tier */

struct mn_edge {
	struct mn_eid to, from;
	uint8_t kind;         /* enum mn_edge_kind */
	uint8_t origin;       /* enum mn_edge_origin */
	uint8_t tier;         /* of `from`, as the row counts it; 0: not said */
	uint32_t match_q16;   /* how surely both ends are meant */
	int64_t share_q16;    /* MN_SHARE_UNKNOWN: not said */
	int32_t since, until; /* MN_DAY_NONE: open */
	struct mn_str good, reference;
	uint64_t id; /* of what the row says: tells edges of one pair apart; its low 16
			bits are 0 */
	mn_rid rid;  /* citation: the row of edges, or of the supplier */
};

const char *mn_edge_kind_name(unsigned k);   /* "supplies", "owns", ... */
const char *mn_edge_origin_name(unsigned o); /* "row", "parent", "address" */
/* Is it so on that day? */
bool mn_edge_in_force(const struct mn_edge *e, int32_t as_of);

/* to, from, kind, id: 41 bytes. */
void mn_edge_sort_key(const struct mn_edge *e, struct mn_buf *out);
/* Fills e->id from what the edge says. */
void mn_edge_identify(struct mn_edge *e);
void mn_edge_encode(const struct mn_edge *e, struct mn_buf *body, struct mn_buf *pos);
/* Borrows from body. */
bool mn_edge_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_edge *out, struct mn_err *err);

#endif

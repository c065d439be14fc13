/*
 * What stands behind an entity, for its reader: the paths of the supply graph, edge by
 * edge, with names. Own likelihood and exposure are two numbers and never one.
 */
#ifndef MN_REPORT_BEHIND_H
#define MN_REPORT_BEHIND_H

#include "manumit/model/exposure.h"

struct mn_report;
struct mn_view;

#define MN_BEHIND_PATHS 4 /* the best, and three runners-up */

/* One edge of a path, seen from the entity that the path begins at. */
struct mn_path_edge {
	struct mn_eid who; /* whom it leads to */
	struct mn_str name, country;
	bool back;     /* against the direction of the edge */
	unsigned tier; /* of whom it leads to; 0: no edge of supply */
	struct mn_edge edge;
};

struct mn_path {
	const struct mn_path_edge *edge;
	uint32_t n;
	int64_t exposure_q16;
	/* At its far end. */
	struct mn_eid source;
	struct mn_str name, country;
	uint8_t band;
	bool state_imposed;
	int64_t p_q16;
};

struct mn_path_gate {
	uint8_t gate;
	uint8_t status; /* MN_GATE_UPSTREAM, MN_GATE_POSSIBLE */
	bool sure;      /* false: at the far end a place waits for a person */
	struct mn_path path;
	/* What is said at the far end: list, entry, days, citation. Empty where the
	 * reader may not see the path. */
	struct mn_gate_fact fact;
};

/* Part of a view. */
struct mn_view_behind {
	struct mn_path path[MN_BEHIND_PATHS]; /* the greatest exposure first */
	uint32_t n_path;
	const struct mn_path_gate *gate;
	uint32_t n_gate;
	int64_t exposure_q16; /* of the best path; 0: nothing */
	unsigned depth;       /* tiers of supply known behind it */
};

/* Loads what the reader may see, and raises the view's own copy of the card to it: a gate
 * that is reached is upstream (or possible, along ownership), and so the next step is
 * enhanced due diligence at least. runners_up: not only the best path. */
bool mn_view_behind(const struct mn_report *r, bool runners_up, struct mn_arena *a,
    struct mn_view *v, struct mn_err *err);
/* The raising only: for tables of many. */
bool mn_view_raise(const struct mn_report *r, struct mn_view *v, struct mn_err *err);
/* Counts gates that are reached instead of what their cards say, over all entities. */
bool mn_behind_count(struct mn_report *r, struct mn_err *err);
/* 1 and the coverage, 0 there are no edges, -1 err. */
int mn_behind_cover(const struct mn_report *r, struct mn_cover *out, struct mn_err *err);

/* "tier 3: ginned cotton from Silver Dune Spinning (CN)", "owned (60 %) by ...". */
struct mn_str mn_path_edge_text(const struct mn_path_edge *e, struct mn_arena *a);
/* All of it, "; " between. */
struct mn_str mn_path_text(const struct mn_path *p, struct mn_arena *a);

#endif

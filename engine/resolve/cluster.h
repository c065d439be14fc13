/*
 * Private to the room: supplier rows and their union into entities. Rows are numbered in
 * rid order; every array has one element a row.
 */
#ifndef MN_RESOLVE_CLUSTER_H
#define MN_RESOLVE_CLUSTER_H

#include "manumit/resolve/resolve.h"

struct mn_cluster {
	uint64_t n;
	mn_rid *rid; /* ascending */
	uint32_t *parent;
	/* Hashes of what must not differ within one entity; 0: not stated. Kept at roots.
	 */
	uint64_t *lei, *os_id, *reg, *user_id;
	uint16_t *country;
	bool *contested; /* a union was refused: its id needs more than the least key */
	bool *conflict;  /* per row: noted as carrying another's name */
	struct mn_key *content;
	/* Pairs of rows that people keep apart. The ends of pair i are 2i (a) and 2i+1
	 * (b); those in one entity form a ring, so that asking about two entities looks
	 * at the decisions about one of them, not at all (15 k decisions: .9 s of 2.4).
	 */
	struct mn_apart {
		uint32_t a, b;
		uint32_t next[2];     /* ends */
		struct mn_str reason; /* never empty */
	} * apart;
	size_t n_apart;
	uint32_t *ring;      /* at roots: one end + 1, or 0 */
	struct mn_str *same; /* per row: why people say it is another one too, or empty;
				NULL: nobody decided anything */
};

#define MN_BY_DECISION '!' /* in place of a blocking key's type */

uint32_t mn_cluster_root(struct mn_cluster *c, uint32_t row);
/* Row number of a rid, or UINT32_MAX. */
uint32_t mn_cluster_row(const struct mn_cluster *c, mn_rid rid);
/* Unites two rows unless what they state differs; type is the blocking key's. Returns
 * whether they are one entity now. */
bool mn_cluster_unite(struct mn_cluster *c, char type, uint32_t a, uint32_t b);
/* What two entities state of themselves and cannot both be true of one; NULL: nothing. */
const char *mn_cluster_conflict(const struct mn_cluster *c, uint32_t a, uint32_t b);
/* Different ids of the user. */
bool mn_cluster_two_ids(const struct mn_cluster *c, uint32_t a, uint32_t b);
/* Makes two roots one without asking; the first stays the root. */
void mn_cluster_merge(struct mn_cluster *c, uint32_t a, uint32_t b);

/* Decisions of people (stage->decided): prepares what must stay apart, before anything is
 * united; unites what must be one, after exact keys and before spellings. */
void mn_decided_apart(
    const struct mn_stage *st, struct mn_cluster *c, struct mn_arena *a);
void mn_decided_one(const struct mn_stage *st, struct mn_cluster *c, struct mn_arena *a);
/* Adds the ring of root b to that of root a. */
void mn_decided_splice(struct mn_cluster *c, uint32_t a, uint32_t b);
/* The decision by which two roots may not be one, or NULL; of several the first. */
const struct mn_apart *mn_decided_against(struct mn_cluster *c, uint32_t a, uint32_t b);

/* Reads all supplier rows and unites them by the KEY table. Lives in the arena. */
bool mn_cluster_build(const struct mn_stage *st, struct mn_reader *r, struct mn_arena *a,
    struct mn_cluster *out, struct mn_err *err);

#endif

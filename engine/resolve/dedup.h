/*
 * Private to the room: de-duplication by spelling, in three steps. Pairs of a bucket are
 * scored; what is alike is sorted, the surest first, ties by content; one sequential pass
 * unites unless a guard refuses. Nothing here depends on where rows stand.
 */
#ifndef MN_RESOLVE_DEDUP_H
#define MN_RESOLVE_DEDUP_H

#include "manumit/base/sort.h"

#include "cluster.h"
#include "rows.h"

/* Two rows that are alike. Sorted form: key (1 - P, both contents, ascending), value. */
struct mn_edge {
	int32_t p_q16;
	uint32_t a, b;        /* rows; a has the smaller content key */
	bool same_country;    /* both state it */
	bool same_address;    /* both state one, and the two agree */
	bool left_over;       /* a telling word that the other lacks, or none at all */
	bool barred;          /* a rule above the model says what they are instead */
	uint8_t standing;     /* enum mn_alike_standing, once it is refused */
	struct mn_str reason; /* borrowed */
};

struct mn_joined {
	int32_t p_q16; /* 0: by an exact key, or alone */
	struct mn_str reason;
};

struct mn_dedup {
	const struct mn_stage *st;
	struct mn_reader *r;
	struct mn_cluster *c;
	struct mn_arena *a;
	struct mn_rows *rows;
	struct mn_xsort *edge, *refused;
	struct mn_joined *joined; /* per row: the comparison that brought it in */
};

/* Opens the sorters; false and err on failure. Close whatever happened. */
bool mn_dedup_open(struct mn_dedup *d, const struct mn_stage *st, struct mn_reader *r,
    struct mn_cluster *c, struct mn_arena *a, struct mn_err *err);
void mn_dedup_close(struct mn_dedup *d);
bool mn_edge_put(
    struct mn_dedup *d, struct mn_xsort *to, const struct mn_edge *e, struct mn_err *err);
/* 1, 0 at the end, -1 err. The reason is valid until the next call. */
int mn_edge_next(struct mn_xsort *from, struct mn_edge *e, struct mn_err *err);

/* Scores the pairs of all buckets: the edges. */
bool mn_dedup_pairs(struct mn_dedup *d, struct mn_err *err);
/* Unites along the edges; what was refused is sorted for mn_dedup_load. */
bool mn_dedup_unite(struct mn_dedup *d, struct mn_err *err);
/* Members of one entity, in their order, for the LINK table. */
bool mn_dedup_members(struct mn_dedup *d, struct mn_xsort *out, struct mn_eid who,
    const uint32_t *row, uint32_t n, struct mn_err *err);
/* Adds what was refused (eid: per row), and writes the table. */
bool mn_dedup_load(struct mn_dedup *d, struct mn_xsort *links, const struct mn_eid *eid,
    struct mn_err *err);

#endif

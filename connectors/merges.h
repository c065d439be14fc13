/*
 * Private to the room: merged ranges that span rows. The value of such a range stands in
 * its first row only; it means all of them when it is a label, so it is carried down in
 * the range's first column (sheet.h). A sheet lists its ranges behind its rows, so they
 * are looked up in the bytes before the rows are read.
 */
#ifndef MN_CONNECTORS_MERGES_H
#define MN_CONNECTORS_MERGES_H

#include "archive.h"

struct mn_merge {
	uint32_t top, bottom; /* rows, from 1 */
	uint32_t column;      /* its first, from 0 */
};
struct mn_merges {
	struct mn_merge *v; /* by top row, then column */
	uint32_t n;
};

bool mn_merges_read(const struct mn_archive *z, const struct mn_entry *e,
    struct mn_arena *a, struct mn_merges *out, struct mn_err *err);
/* Column (from 0) and row (from 1) of "BC12", taken from the beginning of *s; false: it
 * does not begin with such a name, or past what any sheet has. */
bool mn_cell_name(struct mn_str *s, uint32_t *column, uint32_t *row);

#endif

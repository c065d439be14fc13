/*
 * Several editions of one register (two files of one layout) tell when an entry ended:
 * whoever stands in an older one and not in a newer is delisted by the newer one's day.
 * Inside the evidence room.
 */
#ifndef MN_EVIDENCE_EDITIONS_H
#define MN_EVIDENCE_EDITIONS_H

#include "manumit/evidence/evidence.h"
#include "manumit/store/store.h"

struct mn_editions;

/* NULL with good: no layout has more than one edition. A file with fewer than half of the
 * rows of the largest is an extract and ends nothing. Lives in the arena. */
bool mn_editions_read(const struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_arena *a, const struct mn_editions **out, struct mn_err *err);

/* What all editions together say of a row's entry: *told false when a row of a newer (or
 * fuller) one says it; else, where editions differ, *intervals is the whole history and
 * *ended_by a remark on what ended it. Both in the arena; empty: the row stands for
 * itself. */
bool mn_editions_of(const struct mn_editions *x, const struct mn_record *rec,
    struct mn_arena *a, bool *told, struct mn_str *intervals, struct mn_str *ended_by,
    struct mn_err *err);

/* ---- pure part, for tests ---- */
struct mn_edition_span {
	uint32_t rank;    /* of the edition that has it */
	int32_t from, to; /* MN_DAY_NONE: open on that side */
};
/* The spans of one entry over editions 0..n_edition-1 (oldest first) with their days, as
 * canonical intervals. closes[i]: may an absence in it end what came before? *gone: the
 * edition that ended the last one, UINT32_MAX none. */
struct mn_str mn_editions_merge(const struct mn_edition_span *span, uint32_t n,
    const int32_t *day, const bool *closes, uint32_t n_edition, struct mn_arena *a,
    uint32_t *gone);

#endif

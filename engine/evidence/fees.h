/*
 * Private to the room: fee ledgers. Rows are sorted by (entity, recruiter, corridor,
 * currency, ledger, class, root, worker); each worker's lines are summed, each ledger
 * gives one evidence row (one root per employer, recruiter and file), each recruiter and
 * corridor one aggregate. Nothing about a single worker leaves this file.
 */
#ifndef MN_EVIDENCE_FEES_H
#define MN_EVIDENCE_FEES_H

#include "make.h"

/* Reads the spool and adds one record per usable row to `sorted`. */
bool mn_fees_sort(struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_xsort *sorted, struct mn_err *err);
/* Walks the sorted rows: evidence to `ev` (sort key -> body, pos), aggregates to `l`. */
bool mn_fees_reduce(struct mn_evidence_run *run, struct mn_xsort *sorted,
    const struct mn_ev_sink *ev, struct mn_load *l, struct mn_err *err);

#endif

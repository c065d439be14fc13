/* Private to the room: entries of `manumit record` as inputs of a run. */
#ifndef MN_RUN_RECORDED_H
#define MN_RUN_RECORDED_H

#include "stages.h"

/* Puts them behind the other inputs: a source a kind, its rows by put. The lines that
 * citations name are the numbers of the journal's records. */
bool mn_recorded_read(struct mn_run *r,
    bool (*put)(void *ctx, const struct mn_record *rec, struct mn_err *err), void *ctx,
    uint64_t *rows, struct mn_err *err);

#endif

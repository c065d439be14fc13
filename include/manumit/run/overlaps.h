/*
 * An overlap table: a column of 0 and 1 for each list of known cases, and how many cases
 * have that history. Read whole or refused; the first mistake is told with its place.
 */
#ifndef MN_RUN_OVERLAPS_H
#define MN_RUN_OVERLAPS_H

#include "manumit/score/estimate.h"

/* apart: in a cage. Names of lists live as long as the arena. */
bool mn_overlaps_read(struct mn_arena *a, const char *path, bool apart,
    struct mn_overlaps *out, struct mn_err *err);
/* "LA:NG,NG:GP" as pairs of the lists of o; "main": none. */
bool mn_overlaps_model(const struct mn_overlaps *o, struct mn_str text,
    struct mn_mse_model *out, struct mn_err *err);

#endif

/*
 * Backtesting: a generation that was screened as of a day holds the inspections that came
 * after it too, unused. They are what its likelihoods are measured by.
 */
#ifndef MN_RUN_BACKTEST_H
#define MN_RUN_BACKTEST_H

#include "manumit/report/backtest.h"
#include "manumit/run/run.h"

/* split: has to be the generation's day;
 * MN_DAY_NONE: it is. DATA when nothing was inspected after it, or inspections found only
 * violations, or none. */
bool mn_run_backtest(const char *dir, int32_t split, enum mn_backtest_sites which,
    uint64_t seed, const struct mn_countries *countries, struct mn_arena *a,
    struct mn_backtest_view *out, struct mn_err *err);

#endif

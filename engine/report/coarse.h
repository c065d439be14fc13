/*
 * Private to the room: numbers of people and their money. Whoever has the reports of two
 * nights, or the copies, could subtract: one worker more must not show as what that
 * worker paid or answered. So counts are rounded up to a step, and money to a step of
 * more than the mean of two workers. Rounding alone does it for any number of nights and
 * for reports of different stores; holding back what changed since the last report would
 * not, and would hide corrections. Who holds the ledgers may set the step of the internal
 * report to 1 by tailoring, which every report names.
 */
#ifndef MN_REPORT_COARSE_H
#define MN_REPORT_COARSE_H

#include "manumit/report/view.h"

/* The step for this reader; 1: numbers as they are. */
int64_t mn_coarse_to(const struct mn_report *r);
bool mn_view_coarse(const struct mn_report *r);
/* Up to the next step of the pack; nobody stays nobody. */
uint32_t mn_coarse_count(const struct mn_report *r, uint32_t n);
/* 1, 2 or 5 times a power of ten: the least that is two workers' mean or more. */
int64_t mn_coarse_step(int64_t total_e4, uint32_t workers);
int64_t mn_coarse_money(int64_t e4, int64_t step);
/* All numbers of a fee row. */
void mn_fee_coarsen(const struct mn_report *r, struct mn_fee_stat *f, struct mn_arena *a);

#endif

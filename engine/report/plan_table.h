/* Private to the room: the columns of a plan, shared by plan.csv and plan.xlsx. */
#ifndef MN_REPORT_PLAN_TABLE_H
#define MN_REPORT_PLAN_TABLE_H

#include "manumit/report/plan.h"

#include "cells.h"

/* X(key, head, style, width, note) */
#define MN_PLAN_COLUMNS(X) \
	X(rank, "Rank", INT, 6, NULL) \
	X(id, "Id", ID, 12, NULL) \
	X(name, "Name", TEXT, 34, NULL) \
	X(address, "Address", WRAP, 34, NULL) \
	X(region, "Region", TEXT, 18, NULL) \
	X(sector, "Sector", TEXT, 22, NULL) \
	X(workers, "Workers", INT, 9, NULL) \
	X(last_visit, "Last visit", DAY, 12, NULL) \
	X(days, "Days", INT, 6, NULL) \
	X(languages, "Languages", TEXT, 20, \
	    "Likely ones, by country and by where workers were recruited") \
	X(stratum, "Stratum", TEXT, 10, "ranked, random or reserve") \
	X(reason, "Reason", WRAP, 60, NULL) \
	X(look_for, "Look for", WRAP, 40, NULL) \
	X(inspectors, "Inspectors", TEXT, 24, NULL) \
	X(interpreter, "Interpreter", TEXT, 18, NULL) \
	X(size, "Size", TEXT, 10, "Workers, by class") \
	X(severity, "Severity", Q16, 9, NULL) \
	X(likelihood, "Likelihood", Q16, 10, NULL)

enum {
#define MN_X(key, head, style, width, note) MN_PC_##key,
	MN_PLAN_COLUMNS(MN_X)
#undef MN_X
	    MN_PC_COUNT
};
extern const struct mn_column MN_PLAN_COLUMN[MN_PC_COUNT];
extern const char *const MN_STRATUM_NAME[MN_PLAN_STRATA];

void mn_visit_row(const struct mn_visit *v, struct mn_val out[MN_PC_COUNT]);

#endif

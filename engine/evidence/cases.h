/*
 * Private to the room: inspections by case. Rows that name no establishment find it by
 * the number of their case, and cases are counted by authority and selection.
 */
#ifndef MN_EVIDENCE_CASES_H
#define MN_EVIDENCE_CASES_H

#include "make.h"

struct mn_cases {
	struct mn_evidence_run *run;
	struct mn_xsort *rows; /* NULL: no inspections so far */
};

/* A row that waits for its case: it names nobody. */
bool mn_case_waits(const struct mn_record *rec);
/* Takes a row; join->n != 1: it belongs to nobody of the run. */
bool mn_cases_add(struct mn_cases *c, const struct mn_record *rec,
    const struct mn_join *join, struct mn_err *err);

/* What becomes of a row that waited: an entity, or none (join->n as in mn_join_row). */
struct mn_case_sink {
	bool (*found)(void *ctx, mn_rid rid, const struct mn_join *join,
	    unsigned selection, struct mn_err *err);
	void *ctx;
};
/* Tells what became of the rows that waited, and loads INSP. */
bool mn_cases_load(
    struct mn_cases *c, const struct mn_case_sink *sink, struct mn_err *err);
void mn_cases_free(struct mn_cases *c);

#endif

/*
 * What a row of inspections is and what it says was found: one answer for all who count
 * violations. A certificate, a dismissed claim or a code without an indicator is none.
 */
#ifndef MN_EVIDENCE_INSPECTION_H
#define MN_EVIDENCE_INSPECTION_H

#include "manumit/model/inspected.h"
#include "manumit/model/record.h"
#include "manumit/pack/pack.h"

/* Worst last: of several rows about one case the largest counts. */
enum mn_found {
	MN_FOUND_UNSTATED,
	MN_FOUND_UNDECIDED,
	MN_FOUND_NONE,
	MN_FOUND_VIOLATION
};

struct mn_inspection_says {
	enum mn_acts_on acts_on;
	enum mn_found found;
};
struct mn_inspection_says mn_inspection_says(
    const struct mn_pack *p, const struct mn_record *rec);

#endif

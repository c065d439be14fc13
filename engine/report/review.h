/*
 * Private to the room: the rows of review.csv, for the other tables that have them.
 */
#ifndef MN_REPORT_REVIEW_H
#define MN_REPORT_REVIEW_H

#include "manumit/report/report.h"

/* New columns go before `decision`: readers count the last ones from the end, the first
 * ones from the beginning. */
#define MN_REVIEW(X) \
	X(gate) \
	X(status) \
	X(entity_id) \
	X(source_id) \
	X(name) \
	X(country) \
	X(list) \
	X(entry) \
	X(basis) \
	X(listed_on) \
	X(file) \
	X(row) \
	X(question) \
	X(probability) \
	X(listed_as) \
	X(why) \
	X(entry_country) \
	X(pair) \
	X(decision) \
	X(reason) \
	X(expires) \
	X(decided_by) \
	X(decided_on) \
	X(state) \
	X(state_note) \
	X(subject) \
	X(entry_key) \
	X(entry_print)

enum mn_review_column {
#define MN_X(name) MN_R_##name,
	MN_REVIEW(MN_X)
#undef MN_X
	    MN_REVIEW_COLUMNS
};
extern const char *const MN_REVIEW_COLUMN[MN_REVIEW_COLUMNS];

/* Calls fn with the cells of every row, MN_REVIEW_COLUMNS of them, valid for the call. */
bool mn_review_each(const struct mn_report *r,
    void (*fn)(void *ctx, const struct mn_str *cell), void *ctx, struct mn_err *err);

#endif

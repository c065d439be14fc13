/*
 * Remarks about rows: where every room below `run` reports trouble it survives. The sink
 * decides what becomes of them (issues.csv, a terminal, a test's list).
 */
#ifndef MN_BASE_DIAG_H
#define MN_BASE_DIAG_H

#include "manumit/base/err.h"

struct mn_issue {
	enum mn_code code;
	struct mn_str file;   /* as the user named it */
	uint64_t row;         /* line in the file where the record begins, 0: the file */
	struct mn_str column; /* the user's column name, or empty */
	struct mn_str value;  /* the cell; columns about workers pass "(masked)" */
	struct mn_str detail; /* more than the catalogue's text says, or empty */
};

/* Invariant: count[c] is the number of issues emitted with code c. */
struct mn_diag {
	void (*emit)(void *ctx, const struct mn_issue *issue); /* NULL: count only */
	void *ctx;
	uint64_t count[MN_E_COUNT];
};

/* Counts and emits. All slices are borrowed for the call only. */
void mn_diag_emit(struct mn_diag *d, const struct mn_issue *issue);

#endif

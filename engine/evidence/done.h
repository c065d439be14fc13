/* Private to the room: rows of what was done, joined to entities and put into order. */
#ifndef MN_EVIDENCE_DONE_H
#define MN_EVIDENCE_DONE_H

#include "manumit/evidence/evidence.h"
#include "manumit/model/done.h"

struct mn_doing {
	struct mn_xsort *sort;
	struct mn_buf key, value;
};
struct mn_doing_row {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	const struct mn_record *rec;
	struct mn_arena scratch;
};

bool mn_done_begin(
    struct mn_doing *x, const struct mn_evidence_run *run, struct mn_err *err);
/* A row of one of the tables, or a remark about it. */
bool mn_done_add(struct mn_doing *x, const struct mn_doing_row *row, struct mn_err *err);
/* Loads DONE: each history in order, what is said twice once. */
bool mn_done_load(
    struct mn_doing *x, const struct mn_evidence_run *run, struct mn_err *err);
void mn_done_free(struct mn_doing *x);

#endif

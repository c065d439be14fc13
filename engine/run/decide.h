/* Private to the room: decisions gathered before any is recorded. */
#ifndef MN_RUN_DECIDE_PRIVATE_H
#define MN_RUN_DECIDE_PRIVATE_H

#include "manumit/run/decide.h"

struct mn_deciding {
	const struct mn_decide_opts *o;
	struct mn_arena *a;
	struct mn_decision *v;
	uint64_t *line; /* by decision: where it stands in the file */
	uint32_t n, cap, empty;
	struct mn_gen *gen; /* opened when a pair is given by names */
	struct mn_report report;
	bool open;
};

/* Fails unless dir holds a store of its own: that of a report goes with the report. */
bool mn_run_keeps(const char *dir, struct mn_arena scratch, struct mn_err *err);

void mn_deciding_add(struct mn_deciding *x, struct mn_decision d, uint64_t line);
/* The pair that two names mean, into kind, handles and names of *out. */
bool mn_deciding_pair(struct mn_deciding *x, struct mn_str entity,
    struct mn_str candidate, bool same, struct mn_decision *out, struct mn_err *err);
/* Reads a file of decisions. */
bool mn_deciding_read(struct mn_deciding *x, const char *path, struct mn_err *err);

#endif

/* Private to the room: decisions gathered before any is recorded. */
#ifndef MN_RUN_DECIDE_PRIVATE_H
#define MN_RUN_DECIDE_PRIVATE_H

#include "manumit/run/decide.h"

struct mn_deciding {
	const struct mn_decide_opts *o;
	struct mn_arena *a;
	struct mn_decision *v;
	uint64_t *line; /* by decision: where it stands in the file */
	bool *bulk;     /* by decision: one of those decided at once */
	uint32_t n, cap, empty, n_bulk;
	struct mn_gen *gen; /* opened when a pair is given by names */
	struct mn_report report;
	bool open;
};

/* Cells of a row of review.csv that choose it. */
struct mn_bulk_row {
	struct mn_str pair, state, subject, list, gate, country, entry_country,
	    probability;
};
bool mn_bulk_takes(const struct mn_decide_bulk *b, const struct mn_bulk_row *row);
/* The reason, with how the row was chosen. */
struct mn_str mn_bulk_text(
    const struct mn_decide_bulk *b, struct mn_str reason, uint64_t n, struct mn_arena *a);
/* Is their number the one that was expected? Writes their reasons. */
bool mn_bulk_check(struct mn_deciding *x, struct mn_err *err);

/* Fails unless dir holds a store of its own: that of a report goes with the report. */
bool mn_run_keeps(const char *dir, struct mn_arena scratch, struct mn_err *err);

void mn_deciding_add(struct mn_deciding *x, struct mn_decision d, uint64_t line);
/* The pair that two names mean, into kind, handles and names of *out. */
bool mn_deciding_pair(struct mn_deciding *x, struct mn_str entity,
    struct mn_str candidate, bool same, struct mn_decision *out, struct mn_err *err);
/* Reads a file of decisions. */
bool mn_deciding_read(struct mn_deciding *x, const char *path, struct mn_err *err);

#endif

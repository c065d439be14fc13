/*
 * Recording: rows of what was done go into the state of a data directory and into its
 * journal, in one transaction. They are an input of the next run. Nothing is ever
 * replaced: a later row about one thing supersedes the earlier one, and both are kept.
 */
#ifndef MN_RUN_RECORD_H
#define MN_RUN_RECORD_H

#include "manumit/connectors/mapping.h"
#include "manumit/store/journal.h"

struct mn_record_opts {
	const char *data_dir; /* a store of its own, not a report directory */
	const char *const *file;
	uint32_t n_file;
	enum mn_kind kind; /* of all files; MN_K_COUNT: as their columns or sheets say */
	struct mn_str by;
	int32_t on; /* the day of rows that do not say recorded_on */
	/* Keep rows of suppliers that are not in the current run, and rows that were said
	 * before and superseded. */
	bool force;
	struct mn_when now;
	const struct mn_mappings *mappings;
};

/* A row that cannot be recorded, or one that is told of; slices in the arena. */
struct mn_record_told {
	struct mn_str file, column, value, why;
	uint64_t line;
};
struct mn_record_result {
	uint32_t by_kind[MN_K_COUNT]; /* recorded */
	uint32_t n;                   /* of all tables */
	uint32_t superseding; /* of them, rows after an earlier one of the same thing */
	uint32_t unchanged;   /* said the same before: not recorded again */
	uint32_t empty;       /* proposed actions about which nothing was filled in */
	const struct mn_record_told *rejected, *told;
	uint32_t n_rejected, n_told;
	struct mn_journal_head head;
};
/* Records everything or nothing: RECORD when rows were rejected (in the result), and
 * nothing of any file is kept then. */
bool mn_run_record(const struct mn_record_opts *o, struct mn_arena *a,
    struct mn_record_result *out, struct mn_err *err);

#endif

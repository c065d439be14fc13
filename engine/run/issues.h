/*
 * Private to the room: remarks about rows, gathered from all stages, written once in the
 * order of file and line. The counts of the manifest come from the same pass, so that
 * rows = accepted + noted + quarantined cannot drift from what issues.csv says.
 */
#ifndef MN_RUN_ISSUES_H
#define MN_RUN_ISSUES_H

#include "manumit/base/diag.h"
#include "manumit/base/sort.h"
#include "manumit/model/source.h"
#include "manumit/run/run.h"

struct mn_issues {
	struct mn_diag diag; /* for connectors: ctx is this struct */
	struct mn_xsort *sort;
	uint32_t src; /* file being read */
	struct mn_buf key, line;
	struct mn_err err; /* first failure */
};

bool mn_issues_init(
    struct mn_issues *x, const char *work_dir, size_t bytes, struct mn_err *err);
/* A remark of a later stage about a row. */
void mn_issues_add(struct mn_issues *x, uint32_t src, const struct mn_issue *issue);
/* Writes issues.csv and sets accepted, noted and quarantined of every source. Rows up to
 * header_line, and remarks about a whole file, count for nothing. Of the first n_own
 * sources, the user's, `told` gets what a terminal names. */
bool mn_issues_finish(struct mn_issues *x, const char *path, struct mn_source *source,
    uint32_t n_source, uint32_t n_own, struct mn_run_result *told, struct mn_err *err);
void mn_issues_free(struct mn_issues *x);

#endif

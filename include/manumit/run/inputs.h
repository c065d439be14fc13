/*
 * From the files a user names to the tables that are read: a workbook has several.
 */
#ifndef MN_RUN_INPUTS_H
#define MN_RUN_INPUTS_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/model/field.h"

struct mn_run_input {
	enum mn_kind kind;
	const char *path;
	struct mn_str part;  /* sheet of a workbook, or empty */
	int64_t stale_days;  /* a list older than it should be: how old; 0: not so */
	int64_t stale_limit; /* and how old it should be at most */
	bool book; /* of a workbook all sheets are meant, each as its name says */
};

/* A sheet that is not read, and why. */
struct mn_run_unused {
	const char *path;
	struct mn_str part, why;
};

struct mn_run_inputs {
	struct mn_run_input *v; /* suppliers first */
	struct mn_run_unused *unused;
	uint32_t n, n_unused;
};

/* Paths may name a sheet ("book.xlsx#Fees"). Everything lives as long as the arena and
 * what `in` points to. */
bool mn_run_inputs_expand(struct mn_arena *a, const char *share_dir, bool no_sandbox,
    const struct mn_run_input *in, uint32_t n, struct mn_run_inputs *out,
    struct mn_err *err);

#endif

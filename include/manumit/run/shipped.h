/*
 * Lists that come along with the program: SHARE/connectors/lists/lists.json names the
 * files, their edition and what they are known to lack. They are used beside the user's
 * own inputs, so that a list of suppliers alone is compared with something.
 */
#ifndef MN_RUN_SHIPPED_H
#define MN_RUN_SHIPPED_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

#define MN_MAX_SHIPPED 16 /* lists; more would be a download, not a companion */

struct mn_shipped {
	const char *path;
	struct mn_str file, title, licence, url;
	struct mn_str edition; /* day it is complete as of, ISO */
	struct mn_str missing; /* what it is known to lack */
	int64_t stale_after_days;
	/* A file of the user in one of these layouts, with at least so many rows, takes
	 * its place. Fewer rows could be an extract, which must not hide the rest. */
	const struct mn_str *instead;
	uint32_t n_instead;
	int64_t instead_from_rows;
};

/* All lists, in the order of lists.json; none when there is no such file. */
bool mn_shipped_load(struct mn_arena *a, const char *share_dir,
    const struct mn_shipped **list, uint32_t *n, struct mn_err *err);
/* Does a file of this layout and so many rows take its place? */
bool mn_shipped_replaced(const struct mn_shipped *s, struct mn_str layout, uint64_t rows);

#endif

/*
 * Private to the room: texts of the user's own tables (purchasing groups, codes of
 * checklists) by number, however they are spelled: folded, each once.
 */
#ifndef MN_RUN_FOLDED_H
#define MN_RUN_FOLDED_H

#include "manumit/base/arena.h"

struct mn_folded {
	struct mn_arena root, a; /* what is kept of the rows lies there too */
	struct mn_str *text;
	uint32_t n, most;
	uint32_t *slot; /* by hash of the text: number + 1, 0 free */
};

struct mn_folded mn_folded_new(uint32_t most);
/* Its number, or -1. */
int64_t mn_folded_find(const struct mn_folded *m, struct mn_str text);
/* Its number; fresh: it was not there. -1: there are too many. */
int64_t mn_folded_add(struct mn_folded *m, struct mn_str text, bool *fresh);
void mn_folded_free(struct mn_folded *m);

#endif

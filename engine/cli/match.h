/* Private to the room: the ways of `manumit match`. */
#ifndef MN_CLI_MATCH_H
#define MN_CLI_MATCH_H

#include "manumit/connectors/input.h"
#include "manumit/resolve/match.h"

#include "cli.h"

struct mn_matching {
	struct mn_cli *c;
	const struct mn_mappings *maps;
	struct mn_matcher m;
	struct mn_buf out; /* printed and cleared now and then */
};

/* One line a pair: P <tab> band <tab> reason. */
int mn_match_pairs(struct mn_matching *x);
/* Prints what has gathered when there is much of it; exit status. */
int mn_match_flush(struct mn_matching *x, size_t more_than);

#endif

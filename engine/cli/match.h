/* Private to the room: the ways of `manumit match`. */
#ifndef MN_CLI_MATCH_H
#define MN_CLI_MATCH_H

#include "manumit/connectors/input.h"
#include "manumit/resolve/list.h"

#include "cli.h"

/* What is shown of a list entry besides its names. */
struct mn_listed {
	struct mn_str id, name, list, country, file;
};

struct mn_matching {
	struct mn_cli *c;
	const struct mn_mappings *maps;
	struct mn_matcher m;
	struct mn_crew crew;
	struct mn_buf out; /* printed and cleared now and then */
	/* with watchlists */
	struct mn_list_build *build;
	struct mn_list list;
	struct mn_arena listed; /* struct mn_listed by entry number, from its beginning */
	struct mn_arena listed_root;
	struct mn_arena text;
	struct mn_str file[MN_MAX_INPUTS]; /* names of the lists, by source */
	/* with a store */
	struct mn_gen *gen;
	struct mn_reader *reader;
	struct mn_str map;
};

/* One line a pair: P <tab> band <tab> reason. */
int mn_match_pairs(struct mn_matching *x);
/* Reads all watchlists and compiles them; exit status. */
int mn_match_lists(struct mn_matching *x);
/* CSV: the best entries for each name of a file. */
int mn_match_names(struct mn_matching *x);
/* One name, with reasons. */
int mn_match_name(struct mn_matching *x, const char *name);

/* What the store, through this reader, or the files say of a match; borrowed. */
struct mn_listed mn_match_listed(
    const struct mn_matching *x, struct mn_reader *r, const struct mn_match *m);
/* The band a match may have in screening: a bare name, without identifier or address, is
 * never more than possible. *bare tells that this is why. */
enum mn_match_band mn_match_screen_band(
    const struct mn_profile *query, bool identified, int32_t p_q16, bool *bare);
/* Prints what has gathered when there is much of it; exit status. */
int mn_match_flush(struct mn_matching *x, size_t more_than);

#endif

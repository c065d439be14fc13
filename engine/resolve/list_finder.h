/* Private to the room: a finder, and what gathers names for it. */
#ifndef MN_RESOLVE_LIST_FINDER_H
#define MN_RESOLVE_LIST_FINDER_H

#include "list_image.h"

#define CANDIDATES 48
#define MN_AHEAD 8 /* what the next turns of a loop need is asked for this early */

#define SIMILAR 24 /* near words followed per word of the query */

struct near {
	uint64_t id;
	int32_t sim;
};

struct memo { /* near words of a word met before */
	uint64_t key;
	uint32_t n;
	struct near near[SIMILAR];
};
#define MEMO 16384u

struct sum {
	uint32_t stamp;
	uint16_t what;  /* word or run of the query that gave last, and what it gave: it
			   counts once, by what it is nearest to */
	uint16_t words; /* bits of the words that gave: no run gives again */
	int32_t last, w;
};

/* A word that the query has, or nearly has, and too many names have: it is counted for
 * names that are found otherwise. */
struct often {
	uint64_t id;
	uint32_t word;
	int32_t w;
};
#define OFTEN 64

struct mn_finder {
	const struct mn_list *l;
	const struct mn_matcher *m;
	const struct mn_ltoken *token;
	const struct mn_lname *name;
	const struct mn_lentry *entry;
	const uint32_t *use, *post, *bucket;
	const uint64_t *addr;
	const struct mn_lkey *key;
	const struct mn_lnear *near;
	const char *text;
	uint64_t n_key, n_bucket;
	uint32_t max_posts, max, compared, stamp;
	struct mn_arena root;
	struct sum *sum;   /* per name of the list */
	uint32_t *touched; /* names with a sum of this look-up */
	uint32_t n_touched;
	int32_t most; /* the greatest sum */
	struct memo *memo;
	const struct mn_name *query;
	bool frequent[MN_NAME_TOKENS]; /* words of the query that were not followed */
	struct often often[OFTEN];     /* by word */
	uint32_t n_often;
	struct mn_profile right;
	struct mn_match best[CANDIDATES];
};

/* Sums up, per name of the list, the weight of the query's words that it has or nearly
 * has: f->sum of the names f->touched. */
void mn_finder_gather(
    struct mn_finder *f, const struct mn_name *q, const struct mn_address *address);
/* The same by the Han characters that stand together; weights are the sum of how rare
 * they are together. */
void mn_finder_gather_han(struct mn_finder *f, const struct mn_name *q);

#endif

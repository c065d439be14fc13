/*
 * Was the order right? Sites with a likelihood as of a day, and what inspections found
 * afterwards. Pure, in whole numbers; the bootstrap is seeded, so that the same trials
 * give the same intervals. It measures among those who were inspected: of the others
 * nobody knows.
 */
#ifndef MN_SCORE_BACKTEST_H
#define MN_SCORE_BACKTEST_H

#include "manumit/base/arena.h"
#include "manumit/base/clock.h"
#include "manumit/base/hash.h"

enum mn_trial_dim {
	MN_TD_AUTHORITY,
	MN_TD_SECTOR,
	MN_TD_SIZE,
	MN_TD_REGION,
	MN_TRIAL_DIMS
};

struct mn_trial { /* one site that was inspected after the day */
	struct mn_eid id;
	int64_t p_q16;
	int32_t last_violation; /* before the day; MN_DAY_NONE: none known */
	bool hit;               /* a violation was found */
	bool random;            /* the visit was drawn by lot */
	uint32_t class_of[MN_TRIAL_DIMS];
};

/* Shares are in parts of 10,000. */
struct mn_share {
	int64_t e4, low_e4, high_e4; /* with its 95 % interval */
};
struct mn_at_k {
	uint32_t k, hits, last_hits; /* last_hits: of the last violators first */
	struct mn_share precision;
	int64_t last_e4;
	int64_t lift_e2, lift_last_e2; /* over chance, over last violators; hundredths */
};
struct mn_bin {
	int64_t from_q16, to_q16, mean_e4, seen_e4;
	uint32_t n, hits;
};
struct mn_group {
	uint32_t n, hits, flagged, flagged_hits;
	int64_t mean_e4; /* likelihood */
};
#define MN_BACKTEST_K 6
#define MN_BACKTEST_BINS 6
#define MN_BACKTEST_TOP 20 /* percent of the order that counts as flagged */

struct mn_backtest {
	uint32_t n, hits;
	struct mn_share base;
	struct mn_at_k at[MN_BACKTEST_K];
	uint32_t n_at;
	struct mn_share brier; /* mean square of likelihood less outcome */
	int64_t brier_base_e4; /* of one who always says the base rate */
	struct mn_bin bin[MN_BACKTEST_BINS];
	/* Of the visits drawn by lot, how many of the violators stand in the top part. */
	uint32_t random_n, random_hits, random_found;
	struct mn_share random_recall;
	const struct mn_group *group[MN_TRIAL_DIMS]; /* by class */
};
void mn_backtest_make(const struct mn_trial *v, uint32_t n,
    const uint32_t n_class[MN_TRIAL_DIMS], uint64_t seed, struct mn_arena *a,
    struct mn_backtest *out);

#endif

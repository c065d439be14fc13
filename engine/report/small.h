/*
 * Private to the room: small numbers of people. A count below the audience's minimum is
 * withheld, and so is what it could be worked out from: of a sum that is shown, either no
 * part is withheld or so many that they tell of nobody.
 */
#ifndef MN_REPORT_SMALL_H
#define MN_REPORT_SMALL_H

#include "manumit/base/str.h"

/* A sum and its parts, as numbers of groups. */
struct mn_small_sum {
	uint32_t total;
	const uint32_t *part;
	uint32_t n;
};

/* workers: of each group; shown: which groups may be (what is false already stays so).
 * least: the audience's minimum. A group of nobody is shown. A sum with fewer than two
 * withheld parts, or with withheld parts of fewer than `least` people, gives up its
 * smallest other part when that is at most a quarter of it, else the sum itself. */
void mn_small_hide(const uint32_t *workers, uint32_t n, const struct mn_small_sum *sum,
    uint32_t n_sum, int64_t least, bool *shown);

/* May n of `of` workers be said? Not when either part is smaller than the minimum: the
 * rest could be worked out, and "all of them" says it of each. */
bool mn_small_part(int64_t n, int64_t of, int64_t least);

#endif

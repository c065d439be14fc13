/*
 * Small numbers of people: which cells of a table may be shown, and which are withheld so
 * that nobody can work the small ones out. A table is a list of counts and of sums over
 * them; margins are cells too, and a cell may stand in sums of several tables, so two
 * tables about the same people are given as one. Pure.
 */
#ifndef MN_MODEL_WITHHOLD_H
#define MN_MODEL_WITHHOLD_H

#include "manumit/base/arena.h"

/* count[total] is the sum of count[part[i]], or differs from it by what readers may know.
 * A cell stands at most once in a sum; a sum of no parts is none. */
struct mn_withhold_sum {
	uint32_t total;
	const uint32_t *part;
	uint32_t n;
	/* The parts are answers (paid, did not): "all of them" says it of each, so a part
	 * that is the whole is withheld too. */
	bool attribute;
};

struct mn_withhold {
	const uint32_t *count;
	uint32_t n;
	const struct mn_withhold_sum *sum;
	uint32_t n_sum;
};

/* shown: in, what may be shown at all (what is false stays so); out, what is. least: the
 * minimums of all audiences up to the one that reads, in ascending order: what the most
 * trusted does not see, nobody sees, so copies for two audiences together tell no more
 * than the fuller one. After it, for every cell of 1 to least-1 people and every whole,
 * there are two tables of non-negative counts that agree with all that is shown and
 * differ in that cell by at least the minimum. Larger cells are withheld where that takes
 * it: a part of at most a quarter of its sum rather than the sum. Zeros stay unless
 * needed. */
void mn_withhold(const struct mn_withhold *t, const int64_t *least, uint32_t n_least,
    bool *shown, struct mn_arena scratch);

/* May n of `of` people be said? Not when either part is smaller than the minimum: the
 * rest could be worked out, and "all of them" says it of each. */
bool mn_withhold_part_shown(int64_t n, int64_t of, int64_t least);

#endif

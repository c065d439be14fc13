/* Small numbers of people, and what they could be worked out from. */
#include "small.h"

bool
mn_small_part(int64_t n, int64_t of, int64_t least)
{
	return n >= least && of - n >= least;
}

/* A part of at most this share of its sum is given up for the sum. */
#define SMALL_PART 4

/* The withheld parts of a sum, and the smallest that is still shown. */
struct look {
	uint32_t hidden, smallest;
	uint64_t workers;
};

static struct look
look(const uint32_t *workers, const struct mn_small_sum *s, const bool *shown)
{
	struct look l = {0, UINT32_MAX, 0};
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t at = s->part[i];
		if (workers[at] == 0)
			continue;
		if (!shown[at]) {
			l.hidden++;
			l.workers += workers[at];
		} else if (l.smallest == UINT32_MAX ||
			   workers[at] < workers[l.smallest]) {
			l.smallest = at;
		}
	}
	return l;
}

/* True: something more was withheld. */
static bool
protect(const uint32_t *workers, const struct mn_small_sum *s, int64_t least, bool *shown)
{
	struct look l = look(workers, s, shown);
	if (!shown[s->total] || l.hidden == 0 ||
	    (l.hidden > 1 && (int64_t)l.workers >= least))
		return false;
	/* Rather a small part than the sum of all; rather the sum than half of what it is
	 * of. */
	bool small = l.smallest != UINT32_MAX &&
		     (uint64_t)workers[l.smallest] * SMALL_PART <= workers[s->total];
	shown[small ? l.smallest : s->total] = false;
	return true;
}

void
mn_small_hide(const uint32_t *workers, uint32_t n, const struct mn_small_sum *sum,
    uint32_t n_sum, int64_t least, bool *shown)
{
	for (uint32_t i = 0; i < n; i++)
		shown[i] = shown[i] && (workers[i] == 0 || (int64_t)workers[i] >= least);
	/* Withholding here may uncover a sum elsewhere; each round withholds something.
	 */
	for (bool more = true; more;) {
		more = false;
		for (uint32_t i = 0; i < n_sum; i++)
			more = protect(workers, &sum[i], least, shown) || more;
	}
}

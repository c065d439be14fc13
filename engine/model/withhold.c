/* Small numbers of people: what is withheld so that they cannot be worked out. */
#include "manumit/model/withhold.h"

/* A part of at most this share of its sum is given up rather than the sum. */
#define SMALL_PART 4
/* Ways tried to change a withheld cell by one; past that it counts as known, and more is
 * withheld. Tables of a report need a handful. */
#define MAX_TRIES 4096

struct work {
	const struct mn_withhold *t;
	bool *shown;
	uint32_t *first, *of; /* sums of cell i: of[first[i]] to of[first[i + 1] - 1] */
	int64_t *value;       /* another table that looks the same */
	int8_t *delta;        /* the change being tried, by cell */
	int32_t *off;         /* by sum: parts less total, of the change */
	uint32_t tries;
};

bool
mn_withhold_part_shown(int64_t n, int64_t of, int64_t least)
{
	return n >= least && of - n >= least;
}

static void
index_sums(struct work *w, struct mn_arena *a)
{
	const struct mn_withhold *t = w->t;
	w->first = MN_NEW(a, uint32_t, t->n + 2);
	for (uint32_t s = 0; s < t->n_sum; s++) {
		w->first[t->sum[s].total + 1] += t->sum[s].n > 0;
		for (uint32_t i = 0; i < t->sum[s].n; i++)
			w->first[t->sum[s].part[i] + 1]++;
	}
	for (uint32_t i = 0; i < t->n; i++)
		w->first[i + 1] += w->first[i];
	uint32_t *at = MN_NEW(a, uint32_t, t->n + 1);
	w->of = MN_NEW(a, uint32_t, w->first[t->n] + 1);
	memcpy(at, w->first, t->n * sizeof *at);
	for (uint32_t s = 0; s < t->n_sum; s++) {
		if (t->sum[s].n)
			w->of[at[t->sum[s].total]++] = s;
		for (uint32_t i = 0; i < t->sum[s].n; i++)
			w->of[at[t->sum[s].part[i]]++] = s;
	}
}

/* Puts d on a cell of the change; by what its sums are off follows. */
static void
change(struct work *w, uint32_t cell, int d)
{
	w->delta[cell] = (int8_t)(w->delta[cell] + d);
	for (uint32_t i = w->first[cell]; i < w->first[cell + 1]; i++) {
		uint32_t s = w->of[i];
		w->off[s] += w->t->sum[s].total == cell ? -d : d;
	}
}

static bool repair(struct work *w, uint32_t from);

/* Tries to mend a sum by a withheld cell of it that the change has not touched. */
static bool
mend_by(struct work *w, uint32_t s, uint32_t cell)
{
	bool total = w->t->sum[s].total == cell;
	int d = (w->off[s] > 0) == total ? 1 : -1;
	if (w->shown[cell] || w->delta[cell] || w->value[cell] + d < 0)
		return false;
	if (++w->tries > MAX_TRIES)
		return false;
	change(w, cell, d);
	if (repair(w, cell))
		return true;
	change(w, cell, -d);
	return false;
}

static bool
mend(struct work *w, uint32_t s)
{
	const struct mn_withhold_sum *sum = &w->t->sum[s];
	if (mend_by(w, s, sum->total))
		return true;
	for (uint32_t i = 0; i < sum->n; i++)
		if (mend_by(w, s, sum->part[i]))
			return true;
	return false;
}

static bool
balanced(const struct work *w, uint32_t *which)
{
	for (*which = 0; *which < w->t->n_sum; (*which)++)
		if (w->off[*which])
			return false;
	return true;
}

/* Makes all sums right again; those of the cell changed last first. */
static bool
repair(struct work *w, uint32_t from)
{
	uint32_t s;
	for (uint32_t i = w->first[from]; i < w->first[from + 1]; i++)
		if (w->off[w->of[i]])
			return mend(w, w->of[i]);
	return balanced(w, &s) || mend(w, s);
}

/* Another table that agrees with what is shown, with one person more (d = 1) or fewer in
 * the cell. */
static bool
step(struct work *w, uint32_t cell, int d)
{
	if (w->value[cell] + d < 0)
		return false;
	w->tries = 0;
	change(w, cell, d);
	bool good = repair(w, cell);
	if (!good)
		change(w, cell, -d);
	for (uint32_t i = 0; good && i < w->t->n; i++)
		if (w->delta[i]) {
			w->value[i] += w->delta[i];
			change(w, i, -w->delta[i]);
		}
	return good;
}

static void
start(struct work *w)
{
	for (uint32_t i = 0; i < w->t->n; i++)
		w->value[i] = w->t->count[i];
}

/* Could the cell, for all that is shown, have values that lie `least` apart? */
static bool
safe(struct work *w, uint32_t cell, int64_t least)
{
	int64_t apart = 0;
	for (int d = -1; d <= 1; d += 2) {
		start(w);
		while (apart < least && step(w, cell, d))
			apart++;
	}
	return apart >= least;
}

#define NOBODY UINT32_MAX

/* The cell of a sum to give up: a small part, else the total, else any part. */
static uint32_t
victim(const struct work *w, uint32_t s)
{
	const struct mn_withhold_sum *sum = &w->t->sum[s];
	const uint32_t *count = w->t->count;
	uint32_t least = NOBODY, zero = NOBODY;
	for (uint32_t i = 0; i < sum->n; i++) {
		uint32_t c = sum->part[i];
		if (!w->shown[c])
			continue;
		if (count[c] == 0)
			zero = zero == NOBODY ? c : zero;
		else if (least == NOBODY || count[c] < count[least])
			least = c;
	}
	bool small =
	    least != NOBODY && (uint64_t)count[least] * SMALL_PART <= count[sum->total];
	if (small)
		return least;
	if (w->shown[sum->total])
		return sum->total;
	return least != NOBODY ? least : zero;
}

/* The sum that pins the cell gives something up; where its sums are all withheld already,
 * any sum that still holds something withheld. False: nothing is left to withhold. */
static bool
give_up(struct work *w, uint32_t cell)
{
	for (uint32_t i = w->first[cell]; i < w->first[cell + 1]; i++) {
		const struct mn_withhold_sum *sum = &w->t->sum[w->of[i]];
		uint32_t c = victim(w, w->of[i]);
		bool alone = w->shown[sum->total] || sum->total == cell;
		if (alone && c != NOBODY) {
			w->shown[c] = false;
			return true;
		}
	}
	for (uint32_t s = 0; s < w->t->n_sum; s++) {
		uint32_t c = victim(w, s);
		bool touched = !w->shown[w->t->sum[s].total];
		for (uint32_t i = 0; i < w->t->sum[s].n && !touched; i++)
			touched = !w->shown[w->t->sum[s].part[i]];
		if (touched && c != NOBODY) {
			w->shown[c] = false;
			return true;
		}
	}
	return false;
}

static void
mark(const struct mn_withhold *t, int64_t least, bool *secret)
{
	for (uint32_t i = 0; i < t->n; i++)
		secret[i] = secret[i] || (t->count[i] > 0 && t->count[i] < least);
	for (uint32_t s = 0; s < t->n_sum; s++)
		for (uint32_t i = 0; t->sum[s].attribute && i < t->sum[s].n; i++) {
			uint32_t part = t->sum[s].part[i];
			if (t->count[part] && t->count[part] == t->count[t->sum[s].total])
				secret[part] = true;
		}
}

void
mn_withhold(const struct mn_withhold *t, const int64_t *least, uint32_t n_least,
    bool *shown, struct mn_arena scratch)
{
	struct work w = {.t = t, .shown = shown};
	bool *secret = MN_NEW(&scratch, bool, t->n + 1);
	index_sums(&w, &scratch);
	w.value = MN_NEW(&scratch, int64_t, t->n + 1);
	w.delta = MN_NEW(&scratch, int8_t, t->n + 1);
	w.off = MN_NEW(&scratch, int32_t, t->n_sum + 1);
	for (uint32_t k = 0; k < n_least; k++) {
		mark(t, least[k], secret);
		for (uint32_t i = 0; i < t->n; i++)
			shown[i] = shown[i] && !secret[i];
		/* More withheld never uncovers anything, so one pass is enough. */
		for (uint32_t i = 0; i < t->n; i++)
			while (secret[i] && !safe(&w, i, least[k]) && give_up(&w, i))
				continue;
	}
}

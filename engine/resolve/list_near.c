/* Words of a list under what is left of them. The keys are computed by threads, a lot of
 * words each, and counted in the order of the words; then each takes its place. */
#include "list_near.h"
#include "manumit/base/ordered.h"

#define LOT_TOKENS 64
#define AHEAD 12 /* keys: what is asked of the memory before it is needed */

struct found {
	uint32_t bucket, check;
};

/* Keys of a run of words, each word's after another's: kept as short as they are needed.
 */
struct mn_near_lot {
	const struct mn_near_lot *next;
	uint32_t from, n, all; /* words; keys */
	uint16_t n_key[LOT_TOKENS];
	struct found key[];
};

#define UNIT_BYTES \
	(sizeof(struct mn_near_lot) + sizeof(struct found) * LOT_TOKENS * MN_NEAR_KEYS)

struct keys {
	struct mn_near_words *w;
	struct mn_arena *a;
	const struct mn_near_lot **end;
};

static void
find_keys(void *tool, void *p)
{
	const struct mn_near_words *w = ((const struct keys *)tool)->w;
	struct mn_near_lot *u = p;
	uint64_t key[MN_NEAR_KEYS];
	u->all = 0;
	for (uint32_t i = 0; i < u->n; i++) {
		struct mn_token t = mn_list_token(&w->token[u->from + i], w->text);
		uint32_t n = mn_list_has_near(&t) ? mn_list_near_keys(&t, false, key) : 0;
		for (uint32_t k = 0; k < n; k++)
			u->key[u->all++] = (struct found){
			    (uint32_t)key[k] & w->mask, (uint32_t)(key[k] >> 32)};
		u->n_key[i] = (uint16_t)n;
	}
}

static bool
count(void *ctx, void *p, struct mn_err *err)
{
	struct keys *k = ctx;
	const struct mn_near_lot *u = p;
	(void)err;
	size_t bytes = sizeof *u + u->all * sizeof *u->key;
	struct mn_near_lot *lot =
	    mn_arena_alloc(k->a, bytes, _Alignof(struct mn_near_lot), 1);
	memcpy(lot, u, bytes);
	lot->next = NULL;
	for (uint32_t i = 0; i < u->all; i++) {
		if (i + AHEAD < u->all)
			__builtin_prefetch(&k->w->begin[u->key[i + AHEAD].bucket], 1);
		k->w->begin[u->key[i].bucket]++;
	}
	k->w->all += u->all;
	*k->end = lot;
	k->end = &lot->next;
	return true;
}

static void
all_lots(struct keys *k, struct mn_ordered *o, struct mn_near_lot *alone)
{
	struct mn_err never; /* counting does not fail */
	for (uint32_t i = 0; i < k->w->n; i += LOT_TOKENS) {
		struct mn_near_lot *u = o ? mn_ordered_unit(o, &never) : alone;
		u->from = i;
		u->n = k->w->n - i < LOT_TOKENS ? k->w->n - i : LOT_TOKENS;
		if (o) {
			mn_ordered_put(o);
		} else {
			find_keys(k, u);
			count(k, u, &never);
		}
	}
	if (o)
		mn_ordered_finish(o, &never);
}

void
mn_near_count(struct mn_near_words *w, struct mn_arena *a)
{
	struct keys k = {w, a, &w->lot};
	struct mn_arena units = mn_arena_new((size_t)1 << 30, a->oom);
	uint32_t n_unit = w->jobs * MN_UNITS_PER_JOB;
	void *unit[MN_MAX_JOBS * MN_UNITS_PER_JOB], *tool[MN_MAX_JOBS];
	struct mn_arena at = units;
	for (uint32_t i = 0; i < n_unit; i++)
		unit[i] = mn_arena_alloc(&at, UNIT_BYTES, 64, 1);
	for (uint32_t i = 0; i < w->jobs; i++)
		tool[i] = &k;
	struct mn_err err; /* without threads it works as well */
	struct mn_ordered *o = mn_ordered_new(&(struct mn_ordered_job){.map = find_keys,
						  .commit = count,
						  .ctx = &k,
						  .jobs = w->jobs,
						  .tool = tool,
						  .unit = unit,
						  .n_unit = n_unit},
	    &err);
	all_lots(&k, o, unit[0]);
	mn_ordered_free(o);
	mn_arena_free(units);
	for (uint64_t i = 1; i <= (uint64_t)w->mask + 1; i++)
		w->begin[i] += w->begin[i - 1];
}

static struct mn_lnear
near_of(const struct mn_near_words *w, uint32_t token, uint32_t check)
{
	const struct mn_ltoken *t = &w->token[token];
	const char *text = w->text + t->text;
	return (struct mn_lnear){.letters = t->letters,
	    .n = t->n,
	    .script = t->script,
	    .first = {text[0], text[1]},
	    .check = check,
	    .token = token};
}

static bool
is_mine(const struct found *f, uint32_t from, uint32_t to)
{
	return f->bucket >= from && f->bucket < to;
}

void
mn_near_fill(
    const struct mn_near_words *w, uint32_t from, uint32_t to, struct mn_lnear *near)
{
	for (const struct mn_near_lot *lot = w->lot; lot; lot = lot->next) {
		const struct found *f = lot->key, *end = lot->key + lot->all;
		for (uint32_t i = 0; i < lot->n; i++)
			for (uint32_t k = 0; k < lot->n_key[i]; k++, f++) {
				if (f + AHEAD < end && is_mine(f + AHEAD, from, to))
					__builtin_prefetch(
					    &near[w->begin[f[AHEAD].bucket] - 1], 1);
				if (is_mine(f, from, to))
					near[--w->begin[f->bucket]] =
					    near_of(w, lot->from + i, f->check);
			}
	}
}

/* Measuring an order against what was found afterwards. */
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"
#include "manumit/score/backtest.h"

#define RESAMPLES 400
#define WHOLE 10000

/* ---- orders ---- */

static int
by_likelihood(const void *a, const void *b, const void *ctx)
{
	const struct mn_trial *v = ctx;
	const struct mn_trial *x = &v[*(const uint32_t *)a];
	const struct mn_trial *y = &v[*(const uint32_t *)b];
	if (x->p_q16 != y->p_q16)
		return x->p_q16 > y->p_q16 ? -1 : 1;
	return mn_eid_cmp(x->id, y->id);
}

static int
by_last_violation(const void *a, const void *b, const void *ctx)
{
	const struct mn_trial *v = ctx;
	const struct mn_trial *x = &v[*(const uint32_t *)a];
	const struct mn_trial *y = &v[*(const uint32_t *)b];
	if (x->last_violation != y->last_violation)
		return x->last_violation > y->last_violation ? -1 : 1;
	return mn_eid_cmp(x->id, y->id);
}

static const uint32_t *
order(const struct mn_trial *v, uint32_t n, mn_cmp_fn *by, struct mn_arena *a)
{
	uint32_t *o = MN_NEW(a, uint32_t, n + 1);
	for (uint32_t i = 0; i < n; i++)
		o[i] = i;
	mn_sort(o, n, sizeof *o, by, v, *a);
	return o;
}

/* ---- shares ---- */

static int64_t
share(int64_t part, int64_t of)
{
	return of ? (2 * part * WHOLE + of) / (2 * of) : 0;
}

static uint64_t
draw(uint64_t *s)
{
	uint64_t z = *s += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static int
by_number(const void *a, const void *b, const void *ctx)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	(void)ctx;
	return (x > y) - (x < y);
}

static void
interval(int64_t *v, struct mn_share *out, struct mn_arena a)
{
	mn_sort(v, RESAMPLES, sizeof *v, by_number, NULL, a);
	out->low_e4 = v[RESAMPLES / 40];
	out->high_e4 = v[RESAMPLES - 1 - RESAMPLES / 40];
}

/* ---- one sample ---- */

struct sample {
	const struct mn_trial *v;
	uint32_t n;
	const uint32_t *ours;
	const uint32_t *times; /* how often each trial is in it; NULL: once */
};

static uint32_t
times(const struct sample *s, uint32_t i)
{
	return s->times ? s->times[i] : 1;
}

/* Violations among the first k of an order. */
static uint32_t
found(const struct sample *s, const uint32_t *o, uint32_t k)
{
	uint32_t hits = 0;
	for (uint32_t i = 0; i < s->n && k; i++) {
		uint32_t m = times(s, o[i]);
		m = m < k ? m : k;
		hits += s->v[o[i]].hit ? m : 0;
		k -= m;
	}
	return hits;
}

static int64_t
brier(const struct sample *s)
{
	int64_t sum = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		int64_t d = s->v[i].p_q16 - (s->v[i].hit ? MN_FX_ONE : 0);
		sum += times(s, i) * mn_fx_mul(d, d);
	}
	return sum * WHOLE / ((int64_t)s->n * MN_FX_ONE);
}

static int64_t
base(const struct sample *s)
{
	int64_t hits = 0;
	for (uint32_t i = 0; i < s->n; i++)
		hits += s->v[i].hit ? times(s, i) : 0;
	return share(hits, s->n);
}

/* Recall among visits drawn by lot: their violators in the top part of the order. */
static int64_t
recall(const struct sample *s, uint32_t top)
{
	int64_t in = 0, all = 0;
	for (uint32_t i = 0; i < s->n; i++) {
		const struct mn_trial *t = &s->v[s->ours[i]];
		if (!t->random || !t->hit)
			continue;
		all += times(s, s->ours[i]);
		in += i < top ? times(s, s->ours[i]) : 0;
	}
	return share(in, all);
}

/* ---- the bootstrap ---- */

static void
bootstrap(const struct sample *s, uint32_t top, uint64_t seed, struct mn_arena a,
    struct mn_backtest *out)
{
	uint32_t *count = MN_NEW(&a, uint32_t, s->n);
	int64_t *b = MN_NEW(&a, int64_t, (3 + MN_BACKTEST_K) * RESAMPLES);
	struct sample r = *s;
	r.times = count;
	for (uint32_t i = 0; i < RESAMPLES; i++) {
		memset(count, 0, s->n * sizeof *count);
		for (uint32_t k = 0; k < s->n; k++)
			count[draw(&seed) % s->n]++;
		b[i] = base(&r);
		b[RESAMPLES + i] = brier(&r);
		b[2 * RESAMPLES + i] = recall(&r, top);
		for (uint32_t k = 0; k < out->n_at; k++)
			b[(3 + k) * RESAMPLES + i] =
			    share(found(&r, s->ours, out->at[k].k), out->at[k].k);
	}
	interval(b, &out->base, a);
	interval(b + RESAMPLES, &out->brier, a);
	interval(b + 2 * RESAMPLES, &out->random_recall, a);
	for (uint32_t k = 0; k < out->n_at; k++)
		interval(b + (3 + k) * RESAMPLES, &out->at[k].precision, a);
}

/* ---- tables ---- */

/* 10, 50, 100 and 1000 of them, a tenth and a fifth: where there are so many. */
static void
at_k(const struct sample *s, const uint32_t *last, struct mn_backtest *out)
{
	uint32_t K[MN_BACKTEST_K] = {10, 50, 100, 1000, s->n / 10, s->n / 5};
	for (unsigned i = 1; i < MN_BACKTEST_K; i++)
		for (unsigned k = i; k > 0 && K[k] < K[k - 1]; k--) {
			uint32_t t = K[k];
			K[k] = K[k - 1];
			K[k - 1] = t;
		}
	for (unsigned i = 0; i < MN_BACKTEST_K; i++) {
		struct mn_at_k *x = &out->at[out->n_at];
		bool known = K[i] == 0 || K[i] > s->n / 2;
		for (uint32_t j = 0; j < out->n_at; j++)
			known = known || out->at[j].k == K[i];
		if (known)
			continue;
		*x = (struct mn_at_k){.k = K[i]};
		x->hits = found(s, s->ours, x->k);
		x->last_hits = found(s, last, x->k);
		x->precision.e4 = share(x->hits, x->k);
		x->last_e4 = share(x->last_hits, x->k);
		/* Hits of chance are k * hits / n. */
		if (out->hits)
			x->lift_e2 =
			    (int64_t)x->hits * 100 * s->n / ((int64_t)x->k * out->hits);
		if (x->last_hits)
			x->lift_last_e2 = (int64_t)x->hits * 100 / x->last_hits;
		out->n_at++;
	}
}

static void
calibration(const struct sample *s, struct mn_backtest *out)
{
	static const int64_t EDGE[MN_BACKTEST_BINS + 1] = {0, MN_Q16(.05), MN_Q16(.12),
	    MN_Q16(.25), MN_Q16(.40), MN_Q16(.75), MN_FX_ONE + 1};
	for (unsigned b = 0; b < MN_BACKTEST_BINS; b++) {
		struct mn_bin *x = &out->bin[b];
		int64_t sum = 0;
		x->from_q16 = EDGE[b];
		x->to_q16 = EDGE[b + 1] > MN_FX_ONE ? MN_FX_ONE : EDGE[b + 1];
		for (uint32_t i = 0; i < s->n; i++) {
			int64_t p = s->v[i].p_q16;
			if (p < EDGE[b] || p >= EDGE[b + 1])
				continue;
			x->n++;
			x->hits += s->v[i].hit;
			sum += p;
		}
		x->mean_e4 = x->n ? sum * WHOLE / ((int64_t)x->n * MN_FX_ONE) : 0;
		x->seen_e4 = share(x->hits, x->n);
	}
}

static void
groups(const struct sample *s, uint32_t top, const uint32_t n_class[MN_TRIAL_DIMS],
    struct mn_arena *a, struct mn_backtest *out)
{
	for (unsigned d = 0; d < MN_TRIAL_DIMS; d++) {
		struct mn_group *g = MN_NEW(a, struct mn_group, n_class[d] + 1);
		for (uint32_t i = 0; i < s->n; i++) {
			const struct mn_trial *t = &s->v[s->ours[i]];
			struct mn_group *x = &g[t->class_of[d]];
			x->n++;
			x->hits += t->hit;
			x->flagged += i < top;
			x->flagged_hits += i < top && t->hit;
			x->mean_e4 += t->p_q16;
		}
		for (uint32_t c = 0; c < n_class[d]; c++)
			if (g[c].n)
				g[c].mean_e4 =
				    g[c].mean_e4 * WHOLE / ((int64_t)g[c].n * MN_FX_ONE);
		out->group[d] = g;
	}
}

void
mn_backtest_make(const struct mn_trial *v, uint32_t n,
    const uint32_t n_class[MN_TRIAL_DIMS], uint64_t seed, struct mn_arena *a,
    struct mn_backtest *out)
{
	uint32_t top = (uint32_t)((uint64_t)n * MN_BACKTEST_TOP / 100);
	struct sample s = {.v = v, .n = n, .ours = order(v, n, by_likelihood, a)};
	*out = (struct mn_backtest){.n = n};
	groups(&s, top, n_class, a, out);
	if (n == 0)
		return;
	for (uint32_t i = 0; i < n; i++) {
		const struct mn_trial *t = &v[s.ours[i]];
		out->hits += t->hit;
		out->random_n += t->random;
		out->random_hits += t->random && t->hit;
		out->random_found += t->random && t->hit && i < top;
	}
	out->base.e4 = base(&s);
	out->brier.e4 = brier(&s);
	out->brier_base_e4 = out->base.e4 * (WHOLE - out->base.e4) / WHOLE;
	out->random_recall.e4 = recall(&s, top);
	at_k(&s, order(v, n, by_last_violation, a), out);
	calibration(&s, out);
	bootstrap(&s, top, seed, *a, out);
}

/* Making a plan: the lot, the reserve, the ranking, the least of each class. */
#include <stdio.h>

#include "manumit/base/sort.h"

#include "plan_impl.h"

const char *const MN_PLAN_SIZE_NAME[MN_PLAN_SIZES] = {
    "1-9", "10-49", "50-249", "250+", "not known"};

uint32_t
mn_plan_size(int64_t workers)
{
	return workers < 0     ? 4
	       : workers < 10  ? 0
	       : workers < 50  ? 1
	       : workers < 250 ? 2
			       : 3;
}

uint32_t
mn_plan_days(int64_t workers)
{
	return workers < 50 ? 1 : workers < 250 ? 2 : workers < 1000 ? 3 : 4;
}

int64_t
mn_plan_reached(int64_t workers, uint32_t days)
{
	int64_t most = (int64_t)days * MN_PLAN_REACH;
	return workers < most ? workers : most;
}

/* ---- orders ---- */

static int
by_worth(const void *a, const void *b, const void *ctx)
{
	const struct mn_plan_site *v = ctx;
	const struct mn_plan_site *x = &v[*(const uint32_t *)a];
	const struct mn_plan_site *y = &v[*(const uint32_t *)b];
	int64_t l = x->value * y->cost, r = y->value * x->cost;
	return l != r ? (l < r) - (l > r) : mn_eid_cmp(x->id, y->id);
}

struct lot {
	struct mn_key key;
	uint32_t site;
};

static int
by_lot(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_key_cmp(((const struct lot *)a)->key, ((const struct lot *)b)->key);
}

static const uint32_t *
order_by_worth(const struct mn_plan_in *in, struct mn_arena *a)
{
	uint32_t *v = MN_NEW(a, uint32_t, in->n_site + 1);
	for (uint32_t i = 0; i < in->n_site; i++)
		v[i] = i;
	mn_sort(v, in->n_site, sizeof *v, by_worth, in->site, *a);
	return v;
}

static const struct lot *
order_by_lot(const struct mn_plan_in *in, struct mn_arena *a)
{
	struct lot *v = MN_NEW(a, struct lot, in->n_site + 1);
	char seed[24];
	int n = snprintf(seed, sizeof seed, "%llu", (unsigned long long)in->seed);
	for (uint32_t i = 0; i < in->n_site; i++) {
		char id[33];
		mn_eid_hex(in->site[i].id, id);
		const struct mn_str parts[] = {
		    MN_S("plan"), mn_str(seed, (size_t)n), mn_str(id, 32)};
		v[i] = (struct lot){mn_hash128(parts, countof(parts)), i};
	}
	mn_sort(v, in->n_site, sizeof *v, by_lot, NULL, *a);
	return v;
}

/* ---- choosing ---- */

static bool
take(struct mn_plan_work *w, uint32_t site, enum mn_plan_stratum stratum)
{
	const struct mn_plan_site *s = &w->in->site[site];
	if (w->chosen[site] ||
	    !mn_plan_flow_take(&w->flow, s->class_of[MN_PLAN_REGION], s->cost))
		return false;
	w->chosen[site] = (uint8_t)(stratum + 1);
	for (unsigned d = 0; stratum == MN_PLAN_RANKED && d < MN_PLAN_DIMS; d++)
		w->has[d][s->class_of[d]]++;
	return true;
}

static void
drop(struct mn_plan_work *w, uint32_t site)
{
	const struct mn_plan_site *s = &w->in->site[site];
	mn_plan_flow_give(&w->flow, s->class_of[MN_PLAN_REGION], s->cost);
	w->chosen[site] = 0;
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		w->has[d][s->class_of[d]]--;
}

static bool
served(const struct mn_plan_flow *f, uint32_t region)
{
	for (uint32_t c = 0; c < f->n_crew; c++)
		if (f->serves[(size_t)region * f->n_crew + c])
			return true;
	return false;
}

/* Draws until the part is used: the last one may take a day more, because leaving it for
 * a smaller one would favour small sites. */
static void
draw(struct mn_plan_work *w, uint32_t want, struct mn_plan_out *out)
{
	struct mn_arena a = *w->a;
	const struct lot *lot = order_by_lot(w->in, &a);
	for (uint32_t i = 0; i < w->in->n_site; i++) {
		uint32_t s = lot[i].site;
		if (!served(&w->flow, w->in->site[s].class_of[MN_PLAN_REGION]))
			continue;
		out->drawn_from++;
		if (out->used[MN_PLAN_RANDOM] < want && take(w, s, MN_PLAN_RANDOM))
			out->used[MN_PLAN_RANDOM] += w->in->site[s].cost;
	}
}

/* Complaints first come out of the part kept for them; what is left of it stays open. */
static void
keep_reserve(struct mn_plan_work *w, uint32_t want, struct mn_plan_out *out)
{
	for (uint32_t i = 0; i < w->in->n_site; i++) {
		const struct mn_plan_site *s = &w->in->site[w->order[i]];
		if (s->complaint && out->used[MN_PLAN_RESERVE] + s->cost <= want &&
		    take(w, w->order[i], MN_PLAN_RESERVE))
			out->used[MN_PLAN_RESERVE] += s->cost;
	}
	out->open = mn_plan_flow_push(
	    &w->flow, w->in->n_class[MN_PLAN_REGION], want - out->used[MN_PLAN_RESERVE]);
}

static void
fill(struct mn_plan_work *w)
{
	for (uint32_t i = 0; i < w->in->n_site; i++)
		take(w, w->order[i], MN_PLAN_RANKED);
}

int64_t
mn_plan_bound(const struct mn_plan_work *w, struct mn_plan_flow *flow, uint32_t at)
{
	int64_t sum = 0;
	for (uint32_t i = at; i < w->in->n_site; i++) {
		const struct mn_plan_site *s = &w->in->site[w->order[i]];
		uint32_t region = s->class_of[MN_PLAN_REGION];
		if (mn_plan_fixed(w, w->order[i]) || flow->most[region] == 0)
			continue;
		uint32_t had = mn_plan_flow_push(flow, region, s->cost);
		sum += (s->value * had + s->cost - 1) / s->cost;
	}
	return sum;
}

bool
mn_plan_fixed(const struct mn_plan_work *w, uint32_t site)
{
	uint8_t c = w->chosen[site];
	return c && (c != MN_PLAN_RANKED + 1 || w->in->site[site].wanted);
}

static int64_t
worth(const struct mn_plan_work *w)
{
	int64_t sum = 0;
	for (uint32_t i = 0; i < w->in->n_site; i++)
		if (w->chosen[i] == MN_PLAN_RANKED + 1 && !w->in->site[i].wanted)
			sum += w->in->site[i].value;
	return sum;
}

/* ---- the least of each class ---- */

/* Of the ranked visits, a class gets that percentage of what its sites are of all sites
 * that can be visited. */
static void
set_least(struct mn_plan_work *w)
{
	uint64_t ranked = 0, all = 0;
	for (uint32_t i = 0; i < w->in->n_site; i++) {
		const struct mn_plan_site *s = &w->in->site[i];
		ranked += w->chosen[i] == MN_PLAN_RANKED + 1;
		if (!served(&w->flow, s->class_of[MN_PLAN_REGION]))
			continue;
		all++;
		for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
			w->least[d][s->class_of[d]]++;
	}
	for (unsigned d = 0; all && d < MN_PLAN_DIMS; d++)
		for (uint32_t c = 0; c < w->in->n_class[d]; c++)
			w->least[d][c] =
			    (uint32_t)((uint64_t)w->least[d][c] * ranked *
				       w->in->coverage_percent / (100 * all));
}

/* May the site go without leaving a class short? */
static bool
spare(const struct mn_plan_work *w, uint32_t site)
{
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++) {
		uint32_t c = w->in->site[site].class_of[d];
		if (w->has[d][c] <= w->least[d][c])
			return false;
	}
	return !w->in->site[site].wanted;
}

/* Takes the site in, giving up the least worthy that can be spared; all or nothing. */
#define MOST_GIVEN_UP 8
static bool
take_for(struct mn_plan_work *w, uint32_t site)
{
	uint32_t gone[MOST_GIVEN_UP], n = 0;
	bool in = take(w, site, MN_PLAN_RANKED);
	for (uint32_t i = w->in->n_site; !in && i-- > 0 && n < MOST_GIVEN_UP;) {
		uint32_t s = w->order[i];
		if (w->chosen[s] != MN_PLAN_RANKED + 1 || !spare(w, s))
			continue;
		drop(w, s);
		in = take(w, site, MN_PLAN_RANKED);
		if (in || w->in->site[s].class_of[MN_PLAN_REGION] ==
			      w->in->site[site].class_of[MN_PLAN_REGION])
			gone[n++] = s;
		else
			take(w, s, MN_PLAN_RANKED); /* it made no room here */
	}
	while (!in && n)
		take(w, gone[--n], MN_PLAN_RANKED);
	return in;
}

static void
cover_class(struct mn_plan_work *w, unsigned dim, uint32_t class)
{
	for (uint32_t i = 0;
	     i < w->in->n_site && w->has[dim][class] < w->least[dim][class]; i++) {
		uint32_t s = w->order[i];
		if (w->in->site[s].class_of[dim] == class && !w->chosen[s])
			take_for(w, s);
	}
}

static uint32_t
short_of(const struct mn_plan_work *w)
{
	uint32_t n = 0;
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		for (uint32_t c = 0; c < w->in->n_class[d]; c++)
			if (w->has[d][c] < w->least[d][c])
				n += w->least[d][c] - w->has[d][c];
	return n;
}

static void
cover(struct mn_plan_work *w)
{
	set_least(w);
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		for (uint32_t c = 0; c < w->in->n_class[d]; c++)
			if (w->has[d][c] < w->least[d][c])
				cover_class(w, d, c);
	fill(w);
}

/* Which picks would not be there for their worth alone: those beyond as many places as
 * there are ranked picks, in a class that has no more than its least. */
static void
tell_why(const struct mn_plan_work *w)
{
	uint32_t ranked = 0, place = 0;
	for (uint32_t i = 0; i < w->in->n_site; i++)
		ranked += w->chosen[i] == MN_PLAN_RANKED + 1;
	for (uint32_t i = 0; i < w->in->n_site; i++) {
		uint32_t s = w->order[i];
		bool other = w->chosen[s] && w->chosen[s] != MN_PLAN_RANKED + 1;
		w->dim[s] = MN_PLAN_DIMS;
		place += !other;
		if (w->chosen[s] != MN_PLAN_RANKED + 1 || place <= ranked)
			continue;
		for (unsigned d = MN_PLAN_DIMS; d-- > 0;) {
			uint32_t c = w->in->site[s].class_of[d];
			if (w->has[d][c] <= w->least[d][c])
				w->dim[s] = (uint8_t)d;
		}
	}
}

/* ---- all of it ---- */

static void
list_picks(const struct mn_plan_work *w, struct mn_plan_out *out)
{
	struct mn_plan_pick *v = MN_NEW(w->a, struct mn_plan_pick, w->in->n_site + 1);
	for (unsigned s = 0; s < MN_PLAN_STRATA; s++)
		for (uint32_t i = 0; i < w->in->n_site; i++) {
			uint32_t site = w->order[i];
			if (w->chosen[site] == s + 1)
				v[out->n_pick++] = (struct mn_plan_pick){.site = site,
				    .stratum = (uint8_t)s,
				    .dim = w->dim[site],
				    .rank = i + 1};
		}
	out->pick = v;
	out->used[MN_PLAN_RANKED] = 0;
	for (uint32_t i = 0; i < out->n_pick; i++)
		if (v[i].stratum == MN_PLAN_RANKED)
			out->used[MN_PLAN_RANKED] += w->in->site[v[i].site].cost;
}

static void
rank(struct mn_plan_work *w, struct mn_plan_out *out)
{
	struct mn_arena a = *w->a;
	struct mn_plan_flow begin = mn_plan_flow_copy(&w->flow, w->a);
	struct mn_plan_flow spend = mn_plan_flow_copy(&w->flow, w->a);
	out->bound = mn_plan_bound(w, &spend, 0);
	fill(w);
	cover(w);
	struct mn_arena scratch = mn_arena_new((size_t)1 << 28, a.oom), rest = scratch;
	out->optimal = mn_plan_exact(w, &begin, rest);
	mn_arena_free(scratch);
	out->value = worth(w);
	out->short_of = short_of(w);
	tell_why(w);
}

static struct mn_plan_work
begin(const struct mn_plan_in *in, struct mn_arena *a)
{
	struct mn_plan_work w = {.in = in, .a = a};
	w.order = order_by_worth(in, a);
	w.chosen = MN_NEW(a, uint8_t, in->n_site + 1);
	w.dim = MN_NEW(a, uint8_t, in->n_site + 1);
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++) {
		w.least[d] = MN_NEW(a, uint32_t, in->n_class[d] + 1);
		w.has[d] = MN_NEW(a, uint32_t, in->n_class[d] + 1);
	}
	w.flow = mn_plan_flow_new(in, in->n_class[MN_PLAN_REGION] + 1, a);
	return w;
}

static uint32_t
part(uint32_t units, uint32_t percent)
{
	return (uint32_t)((uint64_t)units * percent / 100);
}

bool
mn_plan_make(const struct mn_plan_in *in, struct mn_arena *a, struct mn_plan_out *out,
    struct mn_err *err)
{
	*out = (struct mn_plan_out){.n_pick = 0};
	for (uint32_t c = 0; c < in->n_crew; c++)
		out->units += in->crew[c].units;
	if (out->units == 0)
		return mn_fail(err, MN_E_DATA, "no inspector has a day to plan with");
	if ((uint64_t)(in->n_class[MN_PLAN_REGION] + 1) * in->n_crew > MN_PLAN_CELLS)
		return mn_fail(err, MN_E_DATA,
		    "%u regions times %u inspectors are more than are planned at once; "
		    "plan by province",
		    in->n_class[MN_PLAN_REGION], in->n_crew);
	struct mn_plan_work w = begin(in, a);
	uint32_t lot = part(out->units, in->random_percent);
	/* A small plan has one, or it could not be measured at all. */
	if (in->random_percent && lot == 0 && out->units >= 4)
		lot = 1;
	for (uint32_t i = 0; i < in->n_site; i++)
		if (in->site[w.order[i]].wanted)
			take(&w, w.order[i], MN_PLAN_RANKED);
	draw(&w, lot, out);
	keep_reserve(&w, part(out->units, in->reserve_percent), out);
	rank(&w, out);
	list_picks(&w, out);
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		out->least[d] = w.least[d];
	out->spent = w.flow.spent;
	return true;
}

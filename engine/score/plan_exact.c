/* Comparing all plans of few sites: depth first, in order of worth a day, cut where even
 * fractions of visits could not do better. */
#include "plan_impl.h"

#define MOST_SITES 40
#define MOST_CELLS 1024 /* regions times crews */
#define MOST_NODES 200000

struct tree {
	struct mn_plan_work *w;
	uint32_t at[MOST_SITES]; /* sites that may be chosen, best first */
	uint32_t n;
	uint64_t now, best; /* bit sets of places in at[] */
	int64_t best_value;
	uint32_t nodes;
};

/* Enough of each class, when what is still to come may all be chosen. */
static bool
covers(const struct tree *t, uint64_t set, uint32_t from)
{
	const struct mn_plan_work *w = t->w;
	for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
		for (uint32_t c = 0; c < t->w->in->n_class[d]; c++) {
			uint32_t n = 0, least = t->w->least[d][c];
			for (uint32_t i = 0; least && i < w->in->n_site; i++)
				n += w->chosen[i] == MN_PLAN_RANKED + 1 &&
				     w->in->site[i].wanted &&
				     w->in->site[i].class_of[d] == c;
			for (uint32_t i = 0; least && i < t->n && n < least; i++)
				n += (i >= from || set >> i & 1) &&
				     t->w->in->site[t->at[i]].class_of[d] == c;
			if (n < least)
				return false;
		}
	return true;
}

/* The most that the sites from place `from` on add, with fractions. */
static int64_t
rest(const struct tree *t, const struct mn_plan_flow *flow, uint32_t from,
    struct mn_arena a)
{
	struct mn_plan_flow f = mn_plan_flow_copy(flow, &a);
	int64_t sum = 0;
	for (uint32_t i = from; i < t->n; i++) {
		const struct mn_plan_site *s = &t->w->in->site[t->at[i]];
		uint32_t had =
		    mn_plan_flow_push(&f, s->class_of[MN_PLAN_REGION], s->cost);
		sum += (s->value * had + s->cost - 1) / s->cost;
	}
	return sum;
}

static void
descend(struct tree *t, const struct mn_plan_flow *flow, uint32_t i, int64_t value,
    struct mn_arena a)
{
	if (++t->nodes > MOST_NODES || !covers(t, t->now, i))
		return;
	if (value > t->best_value && covers(t, t->now, t->n)) {
		t->best_value = value;
		t->best = t->now;
	}
	if (i == t->n || value + rest(t, flow, i, a) <= t->best_value)
		return;
	const struct mn_plan_site *s = &t->w->in->site[t->at[i]];
	struct mn_plan_flow with = mn_plan_flow_copy(flow, &a);
	if (mn_plan_flow_take(&with, s->class_of[MN_PLAN_REGION], s->cost)) {
		t->now |= (uint64_t)1 << i;
		descend(t, &with, i + 1, value + s->value, a);
		t->now &= ~((uint64_t)1 << i);
	}
	descend(t, flow, i + 1, value, a);
}

static void
choose(struct tree *t)
{
	struct mn_plan_work *w = t->w;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct mn_plan_site *s = &w->in->site[t->at[i]];
		bool in = t->best >> i & 1;
		for (unsigned d = 0; d < MN_PLAN_DIMS; d++)
			w->has[d][s->class_of[d]] +=
			    (uint32_t)in - (w->chosen[t->at[i]] != 0);
		w->chosen[t->at[i]] = in ? MN_PLAN_RANKED + 1 : 0;
		if (in)
			mn_plan_flow_take(&w->flow, s->class_of[MN_PLAN_REGION], s->cost);
	}
}

bool
mn_plan_exact(struct mn_plan_work *w, const struct mn_plan_flow *begin, struct mn_arena a)
{
	struct tree t = {.w = w, .best_value = -1};
	if ((uint64_t)begin->n_region * begin->n_crew > MOST_CELLS)
		return false;
	for (uint32_t i = 0; i < w->in->n_site; i++) {
		if (mn_plan_fixed(w, w->order[i]))
			continue;
		if (t.n == MOST_SITES)
			return false;
		t.at[t.n++] = w->order[i];
	}
	descend(&t, begin, 0, 0, a);
	if (t.nodes > MOST_NODES || t.best_value < 0)
		return false;
	w->flow = mn_plan_flow_copy(begin, w->a);
	choose(&t);
	return true;
}

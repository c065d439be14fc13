/* Days of crews and the regions they are spent in. */
#include "plan_impl.h"

#define NONE UINT32_MAX

struct mn_plan_flow
mn_plan_flow_new(const struct mn_plan_in *in, uint32_t n_region, struct mn_arena *a)
{
	size_t cells = (size_t)n_region * in->n_crew;
	uint8_t *serves = MN_NEW(a, uint8_t, cells + 1);
	struct mn_plan_flow f = {.n_region = n_region,
	    .n_crew = in->n_crew,
	    .crew = in->crew,
	    .serves = serves,
	    .left = MN_NEW(a, uint32_t, in->n_crew + 1),
	    .spent = MN_NEW(a, uint32_t, cells + 1),
	    .from = MN_NEW(a, uint32_t, n_region + in->n_crew + 1),
	    .queue = MN_NEW(a, uint32_t, n_region + in->n_crew + 1),
	    .most = MN_NEW(a, uint32_t, n_region + 1)};
	memset(f.most, 0xff, (n_region + 1) * sizeof *f.most);
	for (uint32_t c = 0; c < in->n_crew; c++) {
		const struct mn_plan_crew *crew = &in->crew[c];
		f.left[c] = crew->units;
		for (uint32_t r = 0; r < n_region; r++)
			serves[(size_t)r * in->n_crew + c] = crew->n_region == 0;
		for (uint32_t i = 0; i < crew->n_region; i++)
			if (crew->region[i] < n_region)
				serves[(size_t)crew->region[i] * in->n_crew + c] = 1;
	}
	/* What stands behind the regions of sites is open to every crew. */
	for (uint32_t r = in->n_class[MN_PLAN_REGION]; r < n_region; r++)
		memset(serves + (size_t)r * in->n_crew, 1, in->n_crew);
	return f;
}

struct mn_plan_flow
mn_plan_flow_copy(const struct mn_plan_flow *f, struct mn_arena *a)
{
	struct mn_plan_flow c = *f;
	size_t cells = (size_t)f->n_region * f->n_crew;
	c.left = MN_NEW(a, uint32_t, f->n_crew + 1);
	c.spent = MN_NEW(a, uint32_t, cells + 1);
	c.most = MN_NEW(a, uint32_t, f->n_region + 1);
	memcpy(c.left, f->left, f->n_crew * sizeof *c.left);
	memcpy(c.spent, f->spent, cells * sizeof *c.spent);
	memcpy(c.most, f->most, f->n_region * sizeof *c.most);
	return c;
}

/* A way from the region to a crew with days left: over crews that serve it, and regions
 * in which these could be replaced. from[]: regions, then crews. */
static uint32_t
reach(struct mn_plan_flow *f, uint32_t region)
{
	uint32_t head = 0, tail = 0;
	for (uint32_t i = 0; i < f->n_region + f->n_crew; i++)
		f->from[i] = NONE;
	f->from[region] = region;
	f->queue[tail++] = region;
	while (head < tail) {
		uint32_t r = f->queue[head++];
		for (uint32_t c = 0; c < f->n_crew; c++) {
			if (!f->serves[(size_t)r * f->n_crew + c] ||
			    f->from[f->n_region + c] != NONE)
				continue;
			f->from[f->n_region + c] = r;
			if (f->left[c])
				return c;
			for (uint32_t o = 0; o < f->n_region; o++)
				if (f->from[o] == NONE &&
				    f->spent[(size_t)o * f->n_crew + c]) {
					f->from[o] = c;
					f->queue[tail++] = o;
				}
		}
	}
	return NONE;
}

/* Spends along the way to the crew; how many. */
static uint32_t
augment(struct mn_plan_flow *f, uint32_t region, uint32_t crew, uint32_t want)
{
	uint32_t n = want < f->left[crew] ? want : f->left[crew];
	for (uint32_t c = crew, r; (r = f->from[f->n_region + c]) != region;) {
		c = f->from[r];
		uint32_t can = f->spent[(size_t)r * f->n_crew + c];
		n = can < n ? can : n;
	}
	f->left[crew] -= n;
	for (uint32_t c = crew;;) {
		uint32_t r = f->from[f->n_region + c];
		f->spent[(size_t)r * f->n_crew + c] += n;
		if (r == region)
			return n;
		c = f->from[r];
		f->spent[(size_t)r * f->n_crew + c] -= n;
	}
}

uint32_t
mn_plan_flow_push(struct mn_plan_flow *f, uint32_t region, uint32_t want)
{
	uint32_t had = 0;
	if (f->most[region] == 0)
		return 0;
	/* Crews that are there need no search. */
	for (uint32_t c = 0; c < f->n_crew && had < want; c++) {
		size_t at = (size_t)region * f->n_crew + c;
		uint32_t n = f->serves[at] ? f->left[c] : 0;
		n = n < want - had ? n : want - had;
		f->left[c] -= n;
		f->spent[at] += n;
		had += n;
	}
	while (had < want) {
		uint32_t crew = reach(f, region);
		if (crew == NONE) {
			f->most[region] = 0;
			return had;
		}
		had += augment(f, region, crew, want - had);
	}
	if (f->most[region] != NONE)
		f->most[region] -= had;
	return had;
}

static void
give(struct mn_plan_flow *f, uint32_t region, uint32_t units)
{
	for (uint32_t c = f->n_crew; c-- > 0 && units;) {
		uint32_t *spent = &f->spent[(size_t)region * f->n_crew + c];
		uint32_t n = *spent < units ? *spent : units;
		*spent -= n;
		f->left[c] += n;
		units -= n;
	}
}

void
mn_plan_flow_give(struct mn_plan_flow *f, uint32_t region, uint32_t units)
{
	give(f, region, units);
	memset(f->most, 0xff, f->n_region * sizeof *f->most);
}

bool
mn_plan_flow_take(struct mn_plan_flow *f, uint32_t region, uint32_t want)
{
	if (want > f->most[region])
		return false;
	uint32_t had = mn_plan_flow_push(f, region, want);
	if (had == want)
		return true;
	give(f, region, had);
	f->most[region] = had;
	return false;
}

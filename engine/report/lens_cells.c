/* Which counts of a survey may be said, and their names. */
#include "manumit/model/withhold.h"

#include "lenses.h"

bool
mn_lens_shown(uint32_t n, uint32_t of, int64_t least)
{
	return n == 0 ? (int64_t)of >= least : mn_withhold_part_shown(n, of, least);
}

const struct mn_p_lens_dim *
mn_lens_nth_dim(const struct mn_pack *p, struct mn_str lens, uint32_t n)
{
	for (uint32_t i = 0; i < p->n_lens_dim; i++)
		if (mn_str_eq(p->lens_dim[i].lens, lens) && n-- == 0)
			return &p->lens_dim[i];
	return NULL;
}

const struct mn_p_lens_case *
mn_lens_nth_case(const struct mn_pack *p, struct mn_str lens, uint32_t n)
{
	for (uint32_t i = 0; i < p->n_lens_case; i++)
		if (mn_str_eq(p->lens_case[i].lens, lens) && n-- == 0)
			return &p->lens_case[i];
	return NULL;
}

/* A case that asks for nothing to be there tells nothing of anybody, also when it is the
 * case of all. */
static bool
is_plain(const struct mn_p_lens_case *c)
{
	return c && c->all.n == 0 && c->any.n == 0;
}

/* The answers of one survey and age group as one table: all lenses were asked of the same
 * workers, so what one shows could tell what another withholds. */
struct table {
	const struct mn_pack *p;
	struct mn_withhold t;
	uint32_t *count;
	struct mn_withhold_sum *sum;
	bool *shown;
	int64_t least;
	struct mn_arena *a;
};

/* Per row of a lens: assessable, the rest, a pair a dimension, the cases. */
#define CELLS (2 + 2 * MN_LENS_DIMS + MN_LENS_CASES)
#define SUMS (2 + MN_LENS_DIMS)

static uint32_t
cell(struct table *x, uint32_t n, bool shown)
{
	x->count[x->t.n] = n;
	x->shown[x->t.n] = shown;
	return x->t.n++;
}

static void
add_up(struct table *x, uint32_t total, const uint32_t *part, uint32_t n, bool attribute)
{
	uint32_t *kept = MN_NEW(x->a, uint32_t, n + 1);
	memcpy(kept, part, n * sizeof *kept);
	x->sum[x->t.n_sum++] = (struct mn_withhold_sum){total, kept, n, attribute};
}

/* n of the cell `of`, and those who are left; only the first is told. */
static uint32_t
part_of(struct table *x, uint32_t of, uint32_t n, bool shown, bool attribute)
{
	uint32_t pair[2];
	pair[0] = cell(x, n, shown);
	pair[1] = cell(x, x->count[of] - n, false);
	add_up(x, of, pair, 2, attribute);
	return pair[0];
}

/* Where the cells of a row of a lens stand in the table. */
struct places {
	uint32_t assessable, dim[MN_LENS_DIMS], kase[MN_LENS_CASES];
};

/* Where all are of one case that says something, none is told: that nobody is of the
 * others would say it. */
static void
add_cases(struct table *x, const struct mn_lens_stat *s, bool enough, struct places *at)
{
	bool all_of_one = false, may[MN_LENS_CASES];
	for (uint32_t i = 0; i < s->n_case; i++) {
		bool whole = s->kase[i] == s->assessable;
		bool plain = is_plain(mn_lens_nth_case(x->p, s->lens, i));
		may[i] = (whole && plain) ||
			 mn_lens_shown(s->kase[i], s->assessable, x->least);
		all_of_one = all_of_one || (whole && !plain);
	}
	for (uint32_t i = 0; i < s->n_case; i++)
		at->kase[i] = cell(x, s->kase[i], enough && may[i] && !all_of_one);
	if (s->n_case)
		add_up(x, at->assessable, at->kase, s->n_case, false);
}

/* The number interviewed is given up for a small rest of those who could not be judged:
 * what they said matters more. */
static void
add_lens(struct table *x, const struct mn_lens_stat *s, uint32_t all, struct places *at)
{
	uint32_t rest = s->interviewed - s->assessable;
	bool group = (int64_t)s->interviewed >= x->least;
	bool enough = (int64_t)s->assessable >= x->least;
	at->assessable = part_of(
	    x, all, s->assessable, group && (enough || s->assessable == 0), false);
	if (rest > 0 && (int64_t)rest < x->least)
		x->shown[all] = false;
	for (uint32_t i = 0; i < s->n_dim; i++)
		at->dim[i] = part_of(x, at->assessable, s->dim[i],
		    enough && mn_lens_shown(s->dim[i], s->assessable, x->least),
		    s->dim[i] > 0);
	add_cases(x, s, enough, at);
}

static bool
same_people(const struct mn_lens_stat *a, const struct mn_lens_stat *b)
{
	return a->age == b->age && a->interviewed == b->interviewed &&
	       a->survey.hi == b->survey.hi && a->survey.lo == b->survey.lo;
}

static void
read_out(const struct table *x, const struct mn_lens_stat *s, const struct places *at,
    struct mn_lens_cells *out)
{
	out->assessable = x->shown[at->assessable];
	out->pattern = out->group;
	for (uint32_t i = 0; i < s->n_dim; i++)
		out->dim[i] = x->shown[at->dim[i]];
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *c = mn_lens_nth_case(x->p, s->lens, i);
		out->kase[i] = x->shown[at->kase[i]];
		out->pattern = out->pattern && (out->kase[i] || !c || !c->pattern);
	}
	out->pattern = out->pattern && (int64_t)s->assessable >= x->least;
}

void
mn_lens_cells(const struct mn_lens_reader *r, const struct mn_lens_stat *all, uint32_t n,
    uint32_t which, struct mn_lens_cells *out)
{
	const struct mn_lens_stat *s = &all[which];
	struct mn_arena a = r->scratch;
	struct places *mine = MN_NEW(&a, struct places, 1), *at;
	struct table x = {.p = r->pack, .least = r->least[r->n_least - 1], .a = &a};
	*out = (struct mn_lens_cells){.group = (int64_t)s->interviewed >= x.least};
	if (!out->group)
		return;
	uint32_t rows = 1; /* those that interviewed and talks take */
	for (uint32_t i = 0; i < n; i++)
		rows += same_people(s, &all[i]);
	x.count = MN_NEW(&a, uint32_t, (size_t)rows * CELLS);
	x.shown = MN_NEW(&a, bool, (size_t)rows *CELLS);
	x.sum = MN_NEW(&a, struct mn_withhold_sum, (size_t)rows * SUMS);
	uint32_t people = cell(&x, s->interviewed, true);
	bool talk = s->private_talk == s->interviewed ||
		    mn_lens_shown(s->private_talk, s->interviewed, x.least);
	uint32_t heard = part_of(&x, people, s->private_talk, talk, false);
	for (uint32_t i = 0; i < n; i++) {
		if (!same_people(s, &all[i]))
			continue;
		at = i == which ? mine : MN_NEW(&a, struct places, 1);
		add_lens(&x, &all[i], people, at);
	}
	if (!x.shown[people] && s->private_talk == s->interviewed)
		x.shown[heard] = false;
	x.t.count = x.count;
	x.t.sum = x.sum;
	mn_withhold(&x.t, r->least, r->n_least, x.shown, a);
	out->interviewed = x.shown[people];
	out->private_talk = x.shown[heard];
	read_out(&x, s, mine, out);
}

void
mn_lens_reader(const struct mn_report *r, struct mn_arena *a, struct mn_lens_reader *out)
{
	*out = (struct mn_lens_reader){.pack = r->pack, .scratch = *a};
	out->n_least = mn_pack_min_cells(r->pack, r->audience, out->least);
}

unsigned
mn_lens_together(const struct mn_view *v, unsigned *level)
{
	unsigned n = 0;
	*level = MN_CO_ENTITY;
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		n += v->card.ind[i].state == MN_STATE_ADVERSE;
	for (uint32_t k = 0; k < v->n_ev; k++)
		if (v->ev[k].direction == MN_ADVERSE && v->ev[k].cooccurrence > *level)
			*level = v->ev[k].cooccurrence;
	return n;
}

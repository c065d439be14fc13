/* Which counts of a survey may be said, and their names. */
#include "manumit/model/withhold.h"

#include "lenses.h"

bool
mn_lens_shown(uint32_t n, uint32_t of, int64_t least)
{
	return n == 0 ? (int64_t)of >= least : mn_withhold_part_shown(n, of, least);
}

/* The smallest cell in sight; those of nobody last, because they hide nothing. */
static uint32_t
smallest(const uint32_t *cell, const bool *hidden, uint32_t n)
{
	uint32_t best = n;
	for (uint32_t i = 0; i < n; i++) {
		bool better = best == n || (cell[i] && cell[best] == 0) ||
			      (cell[i] && cell[i] < cell[best]);
		if (!hidden[i] && better)
			best = i;
	}
	return best;
}

void
mn_lens_complement(const uint32_t *cell, bool *hidden, uint32_t n, int64_t least)
{
	for (;;) {
		uint32_t many = 0, next = smallest(cell, hidden, n);
		int64_t workers = 0;
		for (uint32_t i = 0; i < n; i++) {
			many += hidden[i];
			workers += hidden[i] ? cell[i] : 0;
		}
		if (many == 0 || next == n || (many > 1 && workers >= least))
			return;
		hidden[next] = true;
	}
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

/* Cases add up to the assessable, so what is hidden must not be what is left over. */
static void
cases(const struct mn_pack *p, const struct mn_lens_stat *s, int64_t least,
    struct mn_lens_cells *out)
{
	bool hidden[MN_LENS_CASES] = {false};
	out->pattern = true;
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *c = mn_lens_nth_case(p, s->lens, i);
		bool all = s->kase[i] == s->assessable && is_plain(c);
		hidden[i] = !all && !mn_lens_shown(s->kase[i], s->assessable, least);
	}
	mn_lens_complement(s->kase, hidden, s->n_case, least);
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *c = mn_lens_nth_case(p, s->lens, i);
		out->kase[i] = !hidden[i];
		out->pattern = out->pattern && !(hidden[i] && c && c->pattern);
	}
}

void
mn_lens_cells(const struct mn_pack *p, const struct mn_lens_stat *s, int64_t least,
    struct mn_lens_cells *out)
{
	uint32_t rest = s->interviewed - s->assessable;
	*out = (struct mn_lens_cells){.group = (int64_t)s->interviewed >= least};
	if (!out->group)
		return;
	out->private_talk = s->private_talk == s->interviewed ||
			    mn_lens_shown(s->private_talk, s->interviewed, least);
	out->assessable =
	    (int64_t)s->assessable >= least && (rest == 0 || (int64_t)rest >= least);
	if ((int64_t)s->assessable < least)
		return;
	for (uint32_t i = 0; i < s->n_dim; i++)
		out->dim[i] = mn_lens_shown(s->dim[i], s->assessable, least);
	cases(p, s, least, out);
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

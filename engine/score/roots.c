/*
 * Adverse weight of one indicator. A root source counts once. Roots that speak in one
 * class share the cap of that class; a root that several classes report counts at its
 * best, and all together stay within what the classes may say. README.md, "Roots and
 * caps", says why this and not the best class alone.
 */
#include "score_impl.h"

struct tally {
	const struct mn_sums *s;
	int64_t *one; /* per class: roots of that class alone */
	int64_t *all; /* per class: every root that it reports */
	int64_t many; /* roots of several classes, at their best */
};

static const struct mn_evidence *
row_at(const struct mn_sums *s, uint32_t at)
{
	return &s->in->ev[s->order[at]];
}

static int64_t
worth_at(const struct mn_sums *s, uint32_t at)
{
	return s->row[s->order[at]].worth_q16;
}

uint32_t
mn_roots_end(const struct mn_sums *s, uint32_t at, uint32_t end)
{
	struct mn_key root = row_at(s, at)->root;
	while (at < end && mn_key_cmp(row_at(s, at)->root, root) == 0)
		at++;
	return at;
}

uint32_t
mn_roots_best(const struct mn_sums *s, uint32_t beg, uint32_t end)
{
	uint32_t best = s->order[beg];
	for (uint32_t at = beg + 1; at < end; at++) {
		uint32_t r = s->order[at];
		int64_t more = s->row[r].worth_q16 - s->row[best].worth_q16;
		if (more > 0 || (more == 0 && mn_row_tie(s->in, r, best) < 0))
			best = r;
	}
	return best;
}

static struct tally
tally_new(const struct mn_sums *s, struct mn_arena *a)
{
	uint32_t n = s->in->pack->n_source_class;
	return (struct tally){
	    .s = s, .one = MN_NEW(a, int64_t, n), .all = MN_NEW(a, int64_t, n)};
}

/* Adds (sign 1) or takes away (-1) the root of order[beg..end), as if row `skip` were not
 * there. Within a class the first row is the best. */
static void
tally_root(struct tally *t, uint32_t beg, uint32_t end, uint32_t skip, int sign)
{
	int last = -1, classes = 0;
	int64_t best = 0;
	for (uint32_t at = beg; at < end; at++) {
		int class = row_at(t->s, at)->source_class;
		if (at == skip || class == last)
			continue;
		int64_t e = worth_at(t->s, at);
		t->all[class] += sign * e;
		best = e > best ? e : best;
		last = class;
		classes++;
	}
	if (classes == 1)
		t->one[last] += sign * best;
	else
		t->many += sign * best;
}

/* What all roots of a class may say together. */
static int64_t
class_cap(const struct mn_pack *p, uint32_t class)
{
	return mn_fx_mul(mn_fx_mul(p->k.class_cap, p->strength_q16[MN_STRONG]),
	    p->source_class[class].q_adverse_q16);
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
tally_sum(const struct tally *t)
{
	const struct mn_pack *p = t->s->in->pack;
	int64_t once = t->many, capped = 0;
	for (uint32_t c = 0; c < p->n_source_class; c++) {
		if (t->all[c] == 0)
			continue;
		int64_t cap = class_cap(p, c);
		once += least(cap, t->one[c]);
		capped += least(cap, t->all[c]);
	}
	return least(once, capped);
}

static void
tally_all(struct tally *t, uint32_t beg, uint32_t end)
{
	for (uint32_t at = beg, next; at < end; at = next) {
		next = mn_roots_end(t->s, at, end);
		tally_root(t, at, next, UINT32_MAX, 1);
	}
}

int64_t
mn_roots_sum(const struct mn_sums *s, unsigned indicator, struct mn_arena scratch)
{
	struct tally t = tally_new(s, &scratch);
	tally_all(&t, s->first[2 * indicator], s->first[2 * indicator + 1]);
	return tally_sum(&t);
}

/* Only the best row of a root within a class can be missed. */
static void
root_without(struct tally *t, uint32_t beg, uint32_t end, int64_t sum, int64_t *out_q16)
{
	int last = -1;
	for (uint32_t at = beg; at < end; at++) {
		int class = row_at(t->s, at)->source_class;
		int64_t without = sum;
		if (class != last) {
			tally_root(t, beg, end, UINT32_MAX, -1);
			/* Of its class the next row leads when this one is gone. */
			tally_root(t, beg, end, at, 1);
			without = tally_sum(t);
			tally_root(t, beg, end, at, -1);
			tally_root(t, beg, end, UINT32_MAX, 1);
		}
		out_q16[t->s->order[at]] = without;
		last = class;
	}
}

void
mn_roots_without(const struct mn_sums *s, unsigned indicator, int64_t *a_without_q16,
    struct mn_arena scratch)
{
	uint32_t beg = s->first[2 * indicator], end = s->first[2 * indicator + 1];
	struct tally t = tally_new(s, &scratch);
	tally_all(&t, beg, end);
	int64_t sum = tally_sum(&t);
	for (uint32_t at = beg, next; at < end; at = next) {
		next = mn_roots_end(s, at, end);
		root_without(&t, at, next, sum, a_without_q16);
	}
}

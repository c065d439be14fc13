/* One worker's answers under the rules of the lens packs. */
#include "manumit/base/fx.h"
#include "manumit/evidence/lens.h"
#include "manumit/model/evidence.h"

#define NONE UINT32_MAX

struct ind {
	uint32_t lens, dim, only_with; /* rows; NONE */
	uint16_t ilo;
	uint8_t strength[2]; /* adult, child: enum mn_strength */
	bool involuntary, penalty;
};

/* A case as masks of dimensions and sides. */
struct kase {
	uint32_t row, lens;
	uint64_t all, any, none;
	bool all_side[2], any_side[2], none_side[2], has_any;
	bool age[2];
};

struct mn_lens_plan {
	const struct mn_pack *p;
	struct ind *ind;
	struct kase *kase; /* by order */
	uint32_t *dim_lens;
};

void
mn_lens_add(struct mn_lens_set *s, uint32_t row)
{
	s->bit[row / 64] |= UINT64_C(1) << row % 64;
}

bool
mn_lens_has(const struct mn_lens_set *s, uint32_t row)
{
	return s->bit[row / 64] >> row % 64 & 1;
}

bool
mn_lens_empty(const struct mn_lens_set *s)
{
	for (size_t i = 0; i < MN_LENS_WORDS; i++)
		if (s->bit[i])
			return false;
	return true;
}

void
mn_lens_unite(struct mn_lens_set *a, const struct mn_lens_set *b)
{
	for (size_t i = 0; i < MN_LENS_WORDS; i++)
		a->bit[i] |= b->bit[i];
}

/* ---- rules ---- */

/* Every condition is "at least": what is added can only help. */
bool
mn_lens_rule_met(const struct mn_p_lens_rule *r, const struct mn_lens_counts *c)
{
	int64_t medium = (int64_t)c->medium - r->medium,
		weak = (int64_t)c->weak - r->weak;
	return c->strong >= r->strong && medium >= 0 && weak >= 0 &&
	       medium + weak >= r->medium_or_weak && c->involuntary >= r->involuntary &&
	       c->penalty >= r->penalty;
}

bool
mn_lens_positive(
    const struct mn_pack *p, struct mn_str lens, const struct mn_lens_counts *c)
{
	for (uint32_t i = 0; i < p->n_lens_rule; i++)
		if (mn_str_eq(p->lens_rule[i].lens, lens) &&
		    mn_lens_rule_met(&p->lens_rule[i], c))
			return true;
	return false;
}

/* ---- the plan ---- */

static uint32_t
find_lens(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_lens; i++)
		if (mn_str_eq(p->lens[i].code, code))
			return i;
	return NONE;
}

static uint32_t
find_dim(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; code.n && i < p->n_lens_dim; i++)
		if (mn_str_eq(p->lens_dim[i].code, code))
			return i;
	return NONE;
}

static void
plan_ind(const struct mn_pack *p, const struct mn_p_lens_ind *x, struct ind *out)
{
	*out = (struct ind){.lens = find_lens(p, x->lens),
	    .dim = find_dim(p, x->dimension),
	    .only_with = find_dim(p, x->only_with),
	    .strength = {(uint8_t)mn_pack_strength(x->adult),
		(uint8_t)mn_pack_strength(x->child)},
	    .involuntary = mn_str_eq(x->side, MN_S("involuntary")),
	    .penalty = mn_str_eq(x->side, MN_S("penalty"))};
	for (uint32_t i = 0; i < x->ilo11.n; i++) {
		int at = mn_indicator_parse(x->ilo11.v[i]);
		if (at >= 0)
			out->ilo |= (uint16_t)(1u << at);
	}
}

static void
plan_list(
    const struct mn_pack *p, struct mn_strs list, uint64_t *dims, bool side[static 2])
{
	for (uint32_t i = 0; i < list.n; i++) {
		uint32_t d = find_dim(p, list.v[i]);
		side[0] = side[0] || mn_str_eq(list.v[i], MN_S("involuntary"));
		side[1] = side[1] || mn_str_eq(list.v[i], MN_S("penalty"));
		*dims |= d == NONE ? 0 : UINT64_C(1) << d;
	}
}

static void
plan_case(const struct mn_pack *p, uint32_t row, struct kase *out)
{
	const struct mn_p_lens_case *c = &p->lens_case[row];
	bool any = mn_str_eq(c->age, MN_S("any"));
	*out = (struct kase){.row = row,
	    .lens = find_lens(p, c->lens),
	    .has_any = c->any.n > 0,
	    .age = {any || mn_str_eq(c->age, MN_S("adult")),
		any || mn_str_eq(c->age, MN_S("child"))}};
	plan_list(p, c->all, &out->all, out->all_side);
	plan_list(p, c->any, &out->any, out->any_side);
	plan_list(p, c->none, &out->none, out->none_side);
}

const struct mn_lens_plan *
mn_lens_plan(const struct mn_pack *p, struct mn_arena *a)
{
	struct mn_lens_plan *plan = MN_NEW(a, struct mn_lens_plan, 1);
	plan->p = p;
	plan->ind = MN_NEW(a, struct ind, p->n_lens_ind + 1);
	plan->kase = MN_NEW(a, struct kase, p->n_lens_case + 1);
	plan->dim_lens = MN_NEW(a, uint32_t, p->n_lens_dim + 1);
	for (uint32_t i = 0; i < p->n_lens_ind; i++)
		plan_ind(p, &p->lens_ind[i], &plan->ind[i]);
	for (uint32_t i = 0; i < p->n_lens_dim; i++)
		plan->dim_lens[i] = find_lens(p, p->lens_dim[i].lens);
	/* Tens of rows: placed one by one where their order says. */
	for (uint32_t i = 0; i < p->n_lens_case; i++) {
		uint32_t at = i;
		while (at > 0 && p->lens_case[plan->kase[at - 1].row].order >
				     p->lens_case[i].order) {
			plan->kase[at] = plan->kase[at - 1];
			at--;
		}
		plan_case(p, i, &plan->kase[at]);
	}
	return plan;
}

/* ---- one worker ---- */

static bool
any_of(const struct mn_lens_plan *plan, const struct mn_lens_set *seen, uint32_t dim,
    bool child)
{
	for (uint32_t i = 0; i < plan->p->n_lens_ind; i++)
		if (plan->ind[i].dim == dim && plan->ind[i].strength[child] &&
		    mn_lens_has(seen, i))
			return true;
	return false;
}

static bool
counts_now(const struct mn_lens_plan *plan, uint32_t i, const struct mn_lens_set *seen,
    bool child)
{
	const struct ind *x = &plan->ind[i];
	return mn_lens_has(seen, i) && x->strength[child] != MN_STRENGTH_NONE &&
	       (x->only_with == NONE || any_of(plan, seen, x->only_with, child));
}

static struct mn_lens_counts
count(const struct mn_lens_plan *plan, uint32_t lens, uint32_t dim,
    const struct mn_lens_set *seen, bool child)
{
	struct mn_lens_counts c = {0};
	for (uint32_t i = 0; i < plan->p->n_lens_ind; i++) {
		const struct ind *x = &plan->ind[i];
		if (x->lens != lens || (x->dim != dim && x->dim != NONE) ||
		    !counts_now(plan, i, seen, child))
			continue;
		c.strong += x->strength[child] == MN_STRONG;
		c.medium += x->strength[child] == MN_MEDIUM;
		c.weak += x->strength[child] == MN_WEAK;
		c.involuntary += x->involuntary;
		c.penalty += x->penalty;
	}
	return c;
}

static bool
fits(const struct kase *c, const struct mn_lens_verdict *v)
{
	const bool side[2] = {v->involuntary, v->penalty};
	bool any = !c->has_any || (v->positive & c->any);
	for (size_t i = 0; i < 2; i++) {
		if ((c->all_side[i] && !side[i]) || (c->none_side[i] && side[i]))
			return false;
		any = any || (c->any_side[i] && side[i]);
	}
	return any && (v->positive & c->all) == c->all && !(v->positive & c->none);
}

struct mn_lens_verdict
mn_lens_eval(const struct mn_lens_plan *plan, uint32_t lens,
    const struct mn_lens_set *seen, bool child)
{
	const struct mn_pack *p = plan->p;
	struct mn_lens_verdict v = {.kase = -1};
	for (uint32_t d = 0; d < p->n_lens_dim; d++) {
		if (plan->dim_lens[d] != lens)
			continue;
		struct mn_lens_counts c = count(plan, lens, d, seen, child);
		if (mn_lens_positive(p, p->lens[lens].code, &c))
			v.positive |= UINT64_C(1) << d;
	}
	for (uint32_t i = 0; i < p->n_lens_ind; i++) {
		if (plan->ind[i].lens != lens || !plan->ind[i].strength[child] ||
		    !mn_lens_has(seen, i))
			continue;
		v.involuntary = v.involuntary || plan->ind[i].involuntary;
		v.penalty = v.penalty || plan->ind[i].penalty;
	}
	for (uint32_t i = 0; i < p->n_lens_case && v.kase < 0; i++) {
		const struct kase *c = &plan->kase[i];
		if (c->lens == lens && c->age[child] && fits(c, &v))
			v.kase = (int32_t)c->row;
	}
	return v;
}

/* ---- codes ---- */

enum mn_lens_code
mn_lens_find(const struct mn_pack *p, struct mn_str code, uint32_t *row)
{
	int ilo = mn_indicator_parse(code);
	for (uint32_t i = 0; i < p->n_lens_ind; i++)
		if (mn_str_eq_ascii(p->lens_ind[i].code, code)) {
			*row = i;
			return MN_LENS_IND;
		}
	for (uint32_t i = 0; i < p->n_lens; i++)
		if (mn_str_eq_ascii(p->lens[i].code, code)) {
			*row = i;
			return MN_LENS_ALL;
		}
	*row = ilo < 0 ? 0 : (uint32_t)ilo;
	return ilo < 0 ? MN_LENS_NO_CODE : MN_LENS_ILO;
}

uint32_t
mn_lens_of(const struct mn_lens_plan *plan, uint32_t ind)
{
	return plan->ind[ind].lens;
}

uint16_t
mn_lens_ilo(const struct mn_lens_plan *plan, uint32_t ind)
{
	return plan->ind[ind].ilo;
}

int
mn_lens_strength(const struct mn_lens_plan *plan, uint32_t ind, bool child)
{
	return plan->ind[ind].strength[child];
}

const struct mn_p_survey_band *
mn_survey_band(const struct mn_pack *p, uint32_t n, uint32_t of)
{
	const struct mn_p_survey_band *found = NULL;
	if (n == 0 || of == 0)
		return NULL;
	/* To the nearest: the packs' decimals are rounded so too. */
	int64_t share = (((int64_t)n << 17) + of) / (2 * (int64_t)of);
	for (uint32_t i = 0; i < p->n_survey_band; i++)
		if (share >= p->survey_band[i].share_q16)
			found = &p->survey_band[i];
	return found;
}

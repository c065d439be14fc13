/* Multiple systems estimation: designs, the two checks, the search for pairs. */
#include <math.h>

#include "estimate_impl.h"

#define P_ENTERS 0.02
#define NORMAL_975 1.959963984540054

/* ---- designs ---- */

static uint64_t
both(const struct mn_overlaps *o, const uint8_t pair[2])
{
	uint32_t mask = 1u << pair[0] | 1u << pair[1];
	uint64_t n = 0;
	for (uint32_t h = 1; h < 1u << o->n_list; h++)
		n += (h & mask) == mask ? o->count[h] : 0;
	return n;
}

static bool
dropped(const struct mn_mse_model *m, const bool *sparse, uint32_t history)
{
	for (uint32_t k = 0; k < m->n_pair; k++)
		if (sparse[k] && history >> m->pair[k][0] & 1 &&
		    history >> m->pair[k][1] & 1)
			return true;
	return false;
}

static void
add_cell(const struct mn_overlaps *o, const struct mn_mse_model *m, const bool *sparse,
    uint32_t history, struct mn_mse_design *d)
{
	struct mn_mse_cell *c = &d->cell[d->n_cell];
	uint32_t column = 1 + o->n_list;
	c->history = history;
	c->column[c->n++] = 0;
	for (uint32_t i = 0; i < o->n_list; i++)
		if (history >> i & 1)
			c->column[c->n++] = (uint8_t)(1 + i);
	for (uint32_t k = 0; k < m->n_pair; k++) {
		if (sparse[k])
			continue;
		if (history >> m->pair[k][0] & 1 && history >> m->pair[k][1] & 1)
			c->column[c->n++] = (uint8_t)column;
		column++;
	}
	d->y[d->n_cell++] = (double)o->count[history];
}

/* A pair of the model that never overlaps has the effect minus infinity: its histories
 * leave the table, and it the model. */
static void
design(const struct mn_overlaps *o, const struct mn_mse_model *m, struct mn_arena *a,
    bool *sparse, struct mn_mse_design *d)
{
	uint32_t n = 1u << o->n_list;
	*d = (struct mn_mse_design){.n_column = 1 + o->n_list,
	    .y = MN_NEW(a, double, n),
	    .cell = MN_NEW(a, struct mn_mse_cell, n)};
	for (uint32_t k = 0; k < m->n_pair; k++) {
		sparse[k] = both(o, m->pair[k]) == 0;
		d->n_column += !sparse[k];
	}
	for (uint32_t h = 1; h < n; h++)
		if (!dropped(m, sparse, h))
			add_cell(o, m, sparse, h, d);
}

static enum mn_mse_status
check(const struct mn_mse_design *d, struct mn_arena a)
{
	bool exists = mn_mse_exists(d, a), full = mn_mse_full_rank(d, a);
	return (enum mn_mse_status)(
	    (exists ? 0 : MN_MSE_NO_MLE) | (full ? 0 : MN_MSE_NO_IDENT));
}

enum mn_mse_status
mn_mse_check(const struct mn_overlaps *o, const struct mn_mse_model *m, struct mn_arena a)
{
	bool sparse[MN_MSE_PAIRS];
	struct mn_mse_design d;
	design(o, m, &a, sparse, &d);
	return check(&d, a);
}

/* ---- the search ---- */

static bool
has_pair(const struct mn_mse_model *m, uint32_t i, uint32_t j)
{
	for (uint32_t k = 0; k < m->n_pair; k++)
		if (m->pair[k][0] == i && m->pair[k][1] == j)
			return true;
	return false;
}

static void
add_pair(struct mn_mse_model *m, uint32_t i, uint32_t j)
{
	m->pair[m->n_pair][0] = (uint8_t)i;
	m->pair[m->n_pair++][1] = (uint8_t)j;
}

/* AIC of a model, sparse pairs counted among its parameters; false: no fit. */
static bool
fit_aic(const struct mn_overlaps *o, const struct mn_mse_model *m, struct mn_arena a,
    struct mn_mse_design *d, struct mn_mse_fit *f, double *aic)
{
	bool sparse[MN_MSE_PAIRS];
	uint32_t n_sparse = 0;
	design(o, m, &a, sparse, d);
	f->mu = MN_NEW(&a, double, d->n_cell);
	for (uint32_t k = 0; k < m->n_pair; k++)
		n_sparse += sparse[k];
	if (!mn_mse_fit(d, false, false, a, f))
		return false;
	*aic = mn_mse_minus2loglik(d, f) + 2.0 * (d->n_column + n_sparse);
	return true;
}

/* How good a pair not in the model would be: the smaller, the better. */
struct pick {
	uint8_t i, j;
	double worth;
};

static double
expected(const struct mn_mse_design *d, const struct mn_mse_fit *f, uint32_t mask)
{
	double sum = 0;
	for (uint32_t c = 0; c < d->n_cell; c++)
		if ((d->cell[c].history & mask) == mask)
			sum += f->mu[c];
	return sum;
}

/* What the search starts a round from. */
struct round {
	const struct mn_overlaps *o;
	const struct mn_mse_model *m;
	enum mn_mse_how how;
	struct mn_mse_design d;
	struct mn_mse_fit f;
	double aic;
};

/* Fills p->worth; false: the pair is not to be added. */
static bool
weigh(const struct round *r, struct mn_arena a, struct pick *p)
{
	const uint8_t pair[2] = {p->i, p->j};
	uint64_t k = both(r->o, pair);
	struct mn_mse_model with = *r->m;
	struct mn_mse_design d;
	struct mn_mse_fit f;
	double aic;
	if (has_pair(r->m, p->i, p->j))
		return false;
	if (r->how == MN_MSE_STEPWISE) {
		p->worth =
		    mn_mse_poisson_p(k, expected(&r->d, &r->f, 1u << p->i | 1u << p->j));
		return p->worth < P_ENTERS;
	}
	add_pair(&with, p->i, p->j);
	if (k == 0 || !fit_aic(r->o, &with, a, &d, &f, &aic))
		return false;
	p->worth = aic - r->aic;
	return p->worth < -1e-9;
}

/* Pairs that could be added. */
static uint32_t
candidates(const struct mn_overlaps *o, const struct mn_mse_model *m, enum mn_mse_how how,
    struct mn_arena a, struct pick *v)
{
	struct round r = {.o = o, .m = m, .how = how};
	bool sparse[MN_MSE_PAIRS];
	uint32_t n = 0;
	design(o, m, &a, sparse, &r.d);
	r.f.mu = MN_NEW(&a, double, r.d.n_cell);
	if (!mn_mse_fit(&r.d, false, false, a, &r.f))
		return 0;
	r.aic = mn_mse_minus2loglik(&r.d, &r.f) + 2.0 * r.d.n_column;
	for (uint32_t i = 0; i < o->n_list; i++)
		for (uint32_t j = i + 1; j < o->n_list; j++) {
			v[n] = (struct pick){.i = (uint8_t)i, .j = (uint8_t)j};
			n += weigh(&r, a, &v[n]);
		}
	return n;
}

/* The best first; ties keep the order of the lists. */
static void
in_order(struct pick *v, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		for (uint32_t k = i; k > 0 && v[k].worth < v[k - 1].worth; k--) {
			struct pick t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

static void
search(const struct mn_overlaps *o, enum mn_mse_how how, struct mn_arena a,
    struct mn_mse_model *m)
{
	struct pick v[MN_MSE_PAIRS + 1];
	bool added = true;
	while (added) {
		uint32_t n = candidates(o, m, how, a, v);
		in_order(v, n);
		added = false;
		for (uint32_t i = 0; i < n && !added; i++) {
			struct mn_mse_model with = *m;
			add_pair(&with, v[i].i, v[i].j);
			added = mn_mse_check(o, &with, a) == MN_MSE_OK;
			if (added)
				*m = with;
		}
	}
}

/* ---- the result ---- */

static bool
sound(const struct mn_overlaps *o, const struct mn_mse_model *given, struct mn_err *err)
{
	if (o->n_list < MN_MSE_LEAST_LISTS)
		return mn_fail(err, MN_E_DATA,
		    "%u lists: an estimate needs at least %u, because two cannot tell "
		    "people that neither knows from lists that depend on each other",
		    o->n_list, MN_MSE_LEAST_LISTS);
	for (uint32_t i = 0; i < o->n_list; i++) {
		uint64_t n = 0;
		for (uint32_t h = 1; h < 1u << o->n_list; h++)
			n += h >> i & 1 ? o->count[h] : 0;
		if (n < MN_MSE_LEAST_CASES)
			return mn_fail(err, MN_E_DATA,
			    "list %.*s has %llu cases; at least %u are needed: join it "
			    "with another list, or leave it out",
			    MN_FMT(o->list[i]), (unsigned long long)n,
			    MN_MSE_LEAST_CASES);
	}
	for (uint32_t k = 0; given && k < given->n_pair; k++)
		if (given->pair[k][0] >= given->pair[k][1] ||
		    given->pair[k][1] >= o->n_list)
			return mn_fail(
			    err, MN_E_DATA, "pair %u names no two lists", k + 1);
	return true;
}

static void
interval(double observed, double low, double high, double out[2])
{
	out[0] = observed + exp(low);
	out[1] = observed + exp(high);
}

static void
tell(const struct mn_overlaps *o, const struct mn_mse_design *d,
    const struct mn_mse_fit *f, struct mn_arena a, struct mn_mse_result *out)
{
	double seen = (double)out->observed, alpha[2];
	uint32_t column = 1 + o->n_list;
	out->alpha = f->coef[0];
	out->se = f->se_alpha;
	memcpy(out->beta, f->coef + 1, o->n_list * sizeof(double));
	for (uint32_t k = 0; k < out->model.n_pair; k++)
		if (!out->sparse[k])
			out->gamma[k] = f->coef[column++];
	out->deviance = f->deviance;
	out->df = d->n_cell - d->n_column;
	out->aic = mn_mse_minus2loglik(d, f) + 2.0 * (d->n_column + out->n_sparse);
	out->hidden = exp(out->alpha);
	out->total = seen + out->hidden;
	interval(seen, out->alpha - NORMAL_975 * out->se,
	    out->alpha + NORMAL_975 * out->se, out->wald);
	out->has_profile = mn_mse_profile(d, f, a, alpha);
	if (out->has_profile)
		interval(seen, alpha[0], alpha[1], out->profile);
}

bool
mn_mse_estimate(const struct mn_overlaps *o, enum mn_mse_how how,
    const struct mn_mse_model *given, struct mn_arena a, struct mn_mse_result *out,
    struct mn_err *err)
{
	struct mn_mse_design d;
	struct mn_mse_fit f;
	memset(out, 0, sizeof *out);
	if (!sound(o, given, err))
		return false;
	for (uint32_t h = 1; h < 1u << o->n_list; h++)
		out->observed += o->count[h];
	if (given)
		out->model = *given;
	if (how != MN_MSE_GIVEN && mn_mse_check(o, &out->model, a) == MN_MSE_OK)
		search(o, how, a, &out->model);
	design(o, &out->model, &a, out->sparse, &d);
	for (uint32_t k = 0; k < out->model.n_pair; k++)
		out->n_sparse += out->sparse[k];
	out->status = check(&d, a);
	if (out->status != MN_MSE_OK)
		return true;
	f.mu = MN_NEW(&a, double, d.n_cell);
	if (!mn_mse_fit(&d, false, false, a, &f))
		return mn_fail(err, MN_E_DATA,
		    "the fit does not converge, although an estimate exists; choose "
		    "fewer pairs");
	tell(o, &d, &f, a, out);
	return true;
}

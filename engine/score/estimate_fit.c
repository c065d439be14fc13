/* Fitting the log-linear model; the home of GSL. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "estimate_impl.h"

#define STEPS 200
#define CONVERGED 1e-13 /* of the deviance, relative */
#define CHI2_95 3.841458820694124
#define REACH 60 /* standard errors within which a bound of the profile is looked for */

/* ---- one fit ---- */

struct work {
	const struct mn_mse_design *d;
	uint32_t from, n;     /* columns fitted: from..from+n */
	double *h, *g, *step; /* information, right side, solution */
};

static double
predictor(const struct mn_mse_cell *c, const double *coef)
{
	double eta = 0;
	for (uint32_t k = 0; k < c->n; k++)
		eta += coef[c->column[k]];
	return eta;
}

static double
deviance(const struct mn_mse_design *d, const double *coef, double *mu)
{
	double sum = 0;
	for (uint32_t i = 0; i < d->n_cell; i++) {
		double eta = predictor(&d->cell[i], coef), y = d->y[i];
		mu[i] = exp(eta);
		sum += 2 * ((y > 0 ? y * (log(y) - eta) : 0) - (y - mu[i]));
	}
	return sum;
}

/* X'WX and X'Wr with weights w and residuals r, of the columns that are fitted. */
static void
equations(struct work *x, const double *w, const double *r)
{
	memset(x->h, 0, (size_t)x->n * x->n * sizeof(double));
	memset(x->g, 0, x->n * sizeof(double));
	for (uint32_t i = 0; i < x->d->n_cell; i++) {
		const struct mn_mse_cell *c = &x->d->cell[i];
		for (uint32_t k = 0; k < c->n; k++) {
			uint32_t row = c->column[k] - x->from;
			if (c->column[k] < x->from)
				continue;
			x->g[row] += w[i] * r[i];
			for (uint32_t l = 0; l < c->n; l++)
				if (c->column[l] >= x->from)
					x->h[row * x->n + c->column[l] - x->from] += w[i];
		}
	}
}

static bool
factor(struct work *x)
{
	gsl_matrix_view h = gsl_matrix_view_array(x->h, x->n, x->n);
	return gsl_linalg_cholesky_decomp1(&h.matrix) == GSL_SUCCESS;
}

static bool
solve(struct work *x)
{
	gsl_matrix_view h = gsl_matrix_view_array(x->h, x->n, x->n);
	gsl_vector_view g = gsl_vector_view_array(x->g, x->n);
	gsl_vector_view s = gsl_vector_view_array(x->step, x->n);
	return factor(x) &&
	       gsl_linalg_cholesky_solve(&h.matrix, &g.vector, &s.vector) == GSL_SUCCESS;
}

/* Least squares on the logarithms, a tenth added to every count. */
static bool
begin(struct work *x, double *coef, double *w, double *r)
{
	for (uint32_t i = 0; i < x->d->n_cell; i++) {
		w[i] = x->d->y[i] + 0.1;
		r[i] = log(w[i]) - (x->from ? coef[0] : 0);
	}
	/* Where alpha is held, every cell has it. */
	equations(x, w, r);
	if (!solve(x))
		return false;
	memcpy(coef + x->from, x->step, x->n * sizeof(double));
	return true;
}

/* One step of Newton's method, halved while it makes matters worse. */
static bool
advance(struct work *x, struct mn_mse_fit *f, double *r)
{
	double next[MN_MSE_COLUMNS], old = f->deviance, by = 1;
	for (uint32_t i = 0; i < x->d->n_cell; i++)
		r[i] = (x->d->y[i] - f->mu[i]) / (f->mu[i] > 1e-300 ? f->mu[i] : 1e-300);
	equations(x, f->mu, r);
	if (!solve(x))
		return false;
	memcpy(next, f->coef, sizeof next);
	for (unsigned half = 0; half < 40; half++, by /= 2) {
		for (uint32_t k = 0; k < x->n; k++)
			next[x->from + k] = f->coef[x->from + k] + by * x->step[k];
		f->deviance = deviance(x->d, next, f->mu);
		if (isfinite(f->deviance) &&
		    f->deviance <= old + CONVERGED * (fabs(old) + 0.1))
			break;
	}
	memcpy(f->coef, next, sizeof next);
	return isfinite(f->deviance);
}

/* The standard error of alpha: the first entry of the inverse information. */
static bool
error_of_alpha(struct work *x, struct mn_mse_fit *f)
{
	double *zero = x->g;
	equations(x, f->mu, f->mu);
	memset(zero, 0, x->n * sizeof(double));
	zero[0] = 1;
	if (!solve(x) || !(x->step[0] > 0))
		return false;
	f->se_alpha = sqrt(x->step[0]);
	return true;
}

bool
mn_mse_fit(const struct mn_mse_design *d, bool fixed, bool warm, struct mn_arena a,
    struct mn_mse_fit *f)
{
	gsl_error_handler_t *old = gsl_set_error_handler_off();
	struct work x = {.d = d, .from = fixed, .n = d->n_column - fixed};
	double *r = MN_NEW(&a, double, d->n_cell);
	x.h = MN_NEW(&a, double, (size_t)x.n *x.n);
	x.g = MN_NEW(&a, double, x.n);
	x.step = MN_NEW(&a, double, x.n);
	bool good = warm || begin(&x, f->coef, f->mu, r), settled = false;
	if (good)
		f->deviance = deviance(d, f->coef, f->mu);
	for (unsigned i = 0; good && !settled && i < STEPS; i++) {
		double before = f->deviance;
		good = advance(&x, f, r);
		settled = fabs(f->deviance - before) < CONVERGED * (fabs(before) + 0.1);
	}
	good = good && settled && (fixed || error_of_alpha(&x, f));
	gsl_set_error_handler(old);
	return good;
}

double
mn_mse_minus2loglik(const struct mn_mse_design *d, const struct mn_mse_fit *f)
{
	double sum = 0;
	for (uint32_t i = 0; i < d->n_cell; i++)
		sum += d->y[i] * predictor(&d->cell[i], f->coef) - f->mu[i] -
		       gsl_sf_lngamma(d->y[i] + 1);
	return -2 * sum;
}

/* ---- rank ---- */

bool
mn_mse_full_rank(const struct mn_mse_design *d, struct mn_arena a)
{
	gsl_error_handler_t *old = gsl_set_error_handler_off();
	size_t n = d->n_column;
	double *h = MN_NEW(&a, double, n *n), *v = MN_NEW(&a, double, n *n);
	double *s = MN_NEW(&a, double, n), *w = MN_NEW(&a, double, n);
	for (uint32_t i = 0; i < d->n_cell; i++)
		for (uint32_t k = 0; k < d->cell[i].n; k++)
			for (uint32_t l = 0; l < d->cell[i].n; l++)
				h[d->cell[i].column[k] * n + d->cell[i].column[l]] += 1;
	gsl_matrix_view hm = gsl_matrix_view_array(h, n, n);
	gsl_matrix_view vm = gsl_matrix_view_array(v, n, n);
	gsl_vector_view sv = gsl_vector_view_array(s, n),
			wv = gsl_vector_view_array(w, n);
	bool full = gsl_linalg_SV_decomp(
			&hm.matrix, &vm.matrix, &sv.vector, &wv.vector) == GSL_SUCCESS &&
		    s[n - 1] > 1e-10 * s[0];
	gsl_set_error_handler(old);
	return full;
}

/* ---- the profile of alpha ---- */

struct profile {
	const struct mn_mse_design *d;
	const struct mn_mse_fit *best;
	struct mn_mse_fit f;
	struct mn_arena a;
	bool failed;
};

/* How far the deviance at this alpha lies above the bound. */
static double
excess(double alpha, void *ctx)
{
	struct profile *p = ctx;
	memcpy(p->f.coef, p->best->coef, sizeof p->f.coef);
	p->f.coef[0] = alpha;
	/* What alpha gains the lists lose: a start near the end. */
	if (!mn_mse_fit(p->d, true, true, p->a, &p->f)) {
		p->failed = true;
		return CHI2_95;
	}
	return p->f.deviance - p->best->deviance - CHI2_95;
}

static bool
bound(struct profile *p, double side, double *out)
{
	double in = p->best->coef[0], step = side * p->best->se_alpha, to = in;
	unsigned n = 0;
	do {
		in = to;
		to += step;
	} while (excess(to, p) < 0 && !p->failed && ++n < REACH);
	if (n == REACH || p->failed)
		return false;
	gsl_function f = {.function = excess, .params = p};
	gsl_root_fsolver *s = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
	double lo = side < 0 ? to : in, hi = side < 0 ? in : to;
	bool good = s && gsl_root_fsolver_set(s, &f, lo, hi) == GSL_SUCCESS;
	for (unsigned i = 0; good && i < 100; i++) {
		good = gsl_root_fsolver_iterate(s) == GSL_SUCCESS;
		lo = gsl_root_fsolver_x_lower(s);
		hi = gsl_root_fsolver_x_upper(s);
		if (gsl_root_test_interval(lo, hi, 0, 1e-11) == GSL_SUCCESS)
			break;
	}
	*out = good ? gsl_root_fsolver_root(s) : 0;
	if (s)
		gsl_root_fsolver_free(s);
	return good && !p->failed;
}

bool
mn_mse_profile(const struct mn_mse_design *d, const struct mn_mse_fit *best,
    struct mn_arena a, double alpha[2])
{
	gsl_error_handler_t *old = gsl_set_error_handler_off();
	struct profile p = {.d = d, .best = best};
	p.f.mu = MN_NEW(&a, double, d->n_cell);
	p.a = a;
	bool good = bound(&p, -1, &alpha[0]) && bound(&p, 1, &alpha[1]);
	gsl_set_error_handler(old);
	return good;
}

double
mn_mse_poisson_p(uint64_t k, double mean)
{
	double below = gsl_cdf_poisson_P((unsigned)k, mean);
	double above = k == 0 ? 1 : gsl_cdf_poisson_Q((unsigned)k - 1, mean);
	return below < above ? below : above;
}

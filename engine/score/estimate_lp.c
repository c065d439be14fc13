/*
 * Does a maximum likelihood estimate exist? It does if and only if some table of strictly
 * positive cells has the same sufficient statistics as the one observed (Fienberg and
 * Rinaldo 2012). As a linear program: the largest s with A'x = A'y and x >= s; put z = x
 * - s, so A'z + s A'1 = A'y with z, s >= 0. Solved by the simplex method on a dense
 * table; all data are small whole numbers, which keeps what rounding does far below TINY.
 */
#include <math.h>

#include "estimate_impl.h"

#define TINY 1e-9
#define POSITIVE 1e-6 /* s is 0 or a ratio of small whole numbers */
#define DANTZIG 4000  /* pivots by steepest cost; then by Bland's rule, which ends */
#define MOST 40000

struct lp {
	uint32_t rows, cols; /* cols: z by cell, then s; the right side stands behind */
	double *t;           /* rows + 1 (costs) of cols + 1 */
	uint32_t *basis;     /* by row; cols and more: an artificial variable */
};

static double *
at(const struct lp *p, uint32_t row, uint32_t col)
{
	return &p->t[(size_t)row * (p->cols + 1) + col];
}

static void
pivot(struct lp *p, uint32_t row, uint32_t col)
{
	double *pr = at(p, row, 0), by = 1 / pr[col];
	for (uint32_t c = 0; c <= p->cols; c++)
		pr[c] *= by;
	for (uint32_t r = 0; r <= p->rows; r++) {
		double *other = at(p, r, 0), f = other[col];
		if (r == row || f == 0)
			continue;
		for (uint32_t c = 0; c <= p->cols; c++)
			other[c] -= f * pr[c];
		other[col] = 0;
	}
	p->basis[row] = col;
}

/* A column whose cost says that more of it helps, or cols. */
static uint32_t
entering(const struct lp *p, bool bland)
{
	const double *cost = at(p, p->rows, 0);
	uint32_t best = p->cols;
	for (uint32_t c = 0; c < p->cols; c++) {
		if (cost[c] >= -TINY)
			continue;
		if (bland)
			return c;
		if (best == p->cols || cost[c] < cost[best])
			best = c;
	}
	return best;
}

static uint32_t
leaving(const struct lp *p, uint32_t col)
{
	uint32_t best = p->rows;
	double least = 0;
	for (uint32_t r = 0; r < p->rows; r++) {
		double v = *at(p, r, col);
		if (v <= TINY)
			continue;
		double ratio = *at(p, r, p->cols) / v;
		if (best == p->rows || ratio < least - TINY ||
		    (ratio < least + TINY && p->basis[r] < p->basis[best])) {
			best = r;
			least = ratio;
		}
	}
	return best;
}

/* False: no end was reached. */
static bool
improve(struct lp *p)
{
	for (uint32_t i = 0; i < MOST; i++) {
		uint32_t col = entering(p, i >= DANTZIG);
		if (col == p->cols)
			return true;
		uint32_t row = leaving(p, col);
		if (row == p->rows) /* unbounded: cannot be, the sums bound every cell */
			return false;
		pivot(p, row, col);
	}
	return false;
}

static void
fill(struct lp *p, const struct mn_mse_design *d)
{
	for (uint32_t i = 0; i < d->n_cell; i++)
		for (uint32_t k = 0; k < d->cell[i].n; k++) {
			uint32_t r = d->cell[i].column[k];
			*at(p, r, i) = 1;
			*at(p, r, d->n_cell) += 1;
			*at(p, r, p->cols) += d->y[i];
		}
	for (uint32_t r = 0; r < p->rows; r++)
		p->basis[r] = p->cols + r;
}

/* Begins with an artificial variable a row, and makes them all zero. */
static bool
phase_one(struct lp *p)
{
	for (uint32_t r = 0; r < p->rows; r++)
		for (uint32_t c = 0; c <= p->cols; c++)
			*at(p, p->rows, c) -= *at(p, r, c);
	if (!improve(p))
		return false;
	/* Those still there are zero: put another variable in, or the row says nothing.
	 */
	for (uint32_t r = 0; r < p->rows; r++)
		for (uint32_t c = 0; p->basis[r] >= p->cols && c < p->cols; c++)
			if (fabs(*at(p, r, c)) > 1e-7)
				pivot(p, r, c);
	return true;
}

bool
mn_mse_exists(const struct mn_mse_design *d, struct mn_arena a)
{
	struct lp p = {.rows = d->n_column, .cols = d->n_cell + 1};
	p.t = MN_NEW(&a, double, (size_t)(p.rows + 1) * (p.cols + 1));
	p.basis = MN_NEW(&a, uint32_t, p.rows);
	fill(&p, d);
	if (!phase_one(&p))
		return false;
	/* Now as much of s as there can be: its cost, without the part of the basis. */
	uint32_t s = d->n_cell;
	memset(at(&p, p.rows, 0), 0, (p.cols + 1) * sizeof(double));
	*at(&p, p.rows, s) = -1;
	for (uint32_t r = 0; r < p.rows; r++)
		for (uint32_t c = 0; p.basis[r] == s && c <= p.cols; c++)
			*at(&p, p.rows, c) += *at(&p, r, c);
	return improve(&p) && *at(&p, p.rows, p.cols) > POSITIVE;
}

/* Private to the room: the parts of multiple systems estimation. */
#ifndef MN_SCORE_ESTIMATE_IMPL_H
#define MN_SCORE_ESTIMATE_IMPL_H

#include "manumit/score/estimate.h"

#define MN_MSE_COLUMNS (1 + MN_MSE_LISTS + MN_MSE_PAIRS)

/* The design: cells that are used, and which columns are 1 in each. Column 0 is alpha,
 * then the lists, then the pairs that are not sparse. */
struct mn_mse_design {
	uint32_t n_cell, n_column;
	double *y;
	struct mn_mse_cell {
		uint32_t history;
		uint8_t column[MN_MSE_COLUMNS], n;
	} * cell;
};

struct mn_mse_fit {
	double coef[MN_MSE_COLUMNS];
	double *mu; /* by cell */
	double deviance, se_alpha;
};

/* estimate_fit.c, the home of GSL. Fits; fixed: alpha is held at coef[0]. Starts from
 * coef when `warm`. False: it did not converge. */
bool mn_mse_fit(const struct mn_mse_design *d, bool fixed, bool warm,
    struct mn_arena scratch, struct mn_mse_fit *f);
/* -2 log likelihood of it. */
double mn_mse_minus2loglik(const struct mn_mse_design *d, const struct mn_mse_fit *f);
/* Are the columns of the design independent? */
bool mn_mse_full_rank(const struct mn_mse_design *d, struct mn_arena scratch);
/* Where the profile deviance rises by the 95 % point of chi-squared: alpha below and
 * above. False: it does not on one side. */
bool mn_mse_profile(const struct mn_mse_design *d, const struct mn_mse_fit *best,
    struct mn_arena scratch, double alpha[2]);
/* One-sided p of k cases where mean were expected: the smaller tail. */
double mn_mse_poisson_p(uint64_t k, double mean);

/* estimate_lp.c: is there a table with every cell positive and the sums of this one? */
bool mn_mse_exists(const struct mn_mse_design *d, struct mn_arena scratch);

#endif

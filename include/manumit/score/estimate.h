/*
 * Multiple systems estimation: how many people no list knows, from how lists of known
 * cases overlap (SDG indicator 16.2.2). A statistical annex about a country or region:
 * nothing of it belongs to an entity, and no card is computed from it.
 *
 * Model: the number of cases that are on exactly the lists of history w is Poisson with
 * log mean alpha + sum of beta_i over lists in w + sum of gamma_ij over pairs in w that
 * the model names. exp(alpha) are the hidden cases. Histories that no case has count
 * zero. Floating point is confined to here and to what is printed of it: nothing is
 * stored. The search is deterministic.
 */
#ifndef MN_SCORE_ESTIMATE_H
#define MN_SCORE_ESTIMATE_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

#define MN_MSE_LISTS 10 /* 1,023 histories; published studies have 3 to 8 lists */
#define MN_MSE_PAIRS (MN_MSE_LISTS * (MN_MSE_LISTS - 1) / 2)
#define MN_MSE_LEAST_LISTS 3 /* two lists cannot tell dependence from hidden cases */
#define MN_MSE_LEAST_CASES 5 /* cases of a list below which it says next to nothing */

struct mn_overlaps {
	uint32_t n_list;
	struct mn_str list[MN_MSE_LISTS];   /* names */
	uint64_t count[1u << MN_MSE_LISTS]; /* by history: bit i is list i; [0] unused */
};

enum mn_mse_how {
	MN_MSE_GIVEN,    /* main effects and the pairs given */
	MN_MSE_STEPWISE, /* adds the pair of smallest p while p < .02 */
	MN_MSE_AIC       /* adds the pair that lowers AIC most while one does */
};

struct mn_mse_model {
	uint32_t n_pair;
	uint8_t pair[MN_MSE_PAIRS][2]; /* lists i < j */
};

/* 0 ok, 1 no maximum likelihood estimate exists, 2 not identifiable, 3 both. */
enum mn_mse_status { MN_MSE_OK, MN_MSE_NO_MLE, MN_MSE_NO_IDENT, MN_MSE_NEITHER };

struct mn_mse_result {
	enum mn_mse_status status; /* other than OK: nothing below `sparse` is set */
	uint64_t observed;
	struct mn_mse_model model;
	bool sparse[MN_MSE_PAIRS]; /* pair k never overlaps: its effect is minus infinity
				    */
	uint32_t n_sparse;
	double alpha, se;           /* of alpha */
	double beta[MN_MSE_LISTS];  /* of the lists */
	double gamma[MN_MSE_PAIRS]; /* of the pairs; sparse ones are not estimated */
	double deviance, aic;
	uint32_t df;
	double hidden, total;
	double wald[2], profile[2]; /* 95 % intervals of the total */
	bool has_profile;           /* the likelihood falls far enough on both sides */
};

/* Estimates. False and err (DATA): too few lists, too few cases on one of them, or pairs
 * that are none. A status other than OK is a result. */
bool mn_mse_estimate(const struct mn_overlaps *o, enum mn_mse_how how,
    const struct mn_mse_model *given, struct mn_arena scratch, struct mn_mse_result *out,
    struct mn_err *err);

/* The two checks of a model, as its status. */
enum mn_mse_status mn_mse_check(
    const struct mn_overlaps *o, const struct mn_mse_model *m, struct mn_arena scratch);

#endif

/*
 * What the files of this room share. A row is weighed alone (rows.c), rows worth
 * something are put in order and summed by root source and class (roots.c), the sums go
 * through the core (core.c) and the result is read as a band (bands.c).
 */
#ifndef MN_SCORE_IMPL_H
#define MN_SCORE_IMPL_H

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/score/score.h"

/* One evidence row alone. */
struct mn_srow {
	int64_t worth_q16; /* adverse: e; clear: k, whatever other rows say; nats */
	int64_t decay_q16;
	bool open;   /* adverse and not known to be closed on the as-of day */
	bool strong; /* open, of strength S or M, and worth something */
	bool state;  /* adverse, imposed by the state, not verified as remedied */
};

/* All rows of one entity. order holds the rows that are worth something: by indicator,
 * adverse before clear; adverse ones by root, class, worth falling, key; clear ones by
 * worth falling, key. first[2 i + d] is where direction d of indicator i begins. */
struct mn_sums {
	const struct mn_score_in *in;
	struct mn_srow *row; /* parallel to in->ev */
	uint32_t *order;
	uint32_t n_order;
	uint32_t first[2 * MN_INDICATORS + 1];
	uint32_t n_adverse; /* adverse rows that weigh */
	uint32_t n_strong, n_state;
	bool nothing_clears;          /* a state-imposed setting, by pack or by finding */
	int64_t k_raw[MN_INDICATORS]; /* clearing weights had nothing_clears not held */
	struct mn_core_in core;
};

/* rows.c */
/* 2^(-age / half-life) of a row. Time runs from the end: an open finding does not age. */
int64_t mn_row_decay(
    const struct mn_score_in *in, const struct mn_evidence *e, int64_t halflife_months);
/* The row means this entity, is not of the future, and its class and indicator exist. */
bool mn_row_live(const struct mn_score_in *in, const struct mn_evidence *e);
int64_t mn_row_q_clear(const struct mn_pack *p, const struct mn_evidence *e);
/* The row says that the setting is imposed by the state, and stands. */
bool mn_row_state(const struct mn_score_in *in, const struct mn_evidence *e);
/* Keys, then place in the input: a total order. */
int mn_row_tie(const struct mn_score_in *in, uint32_t a, uint32_t b);
/* Weighs, orders and sums; fills all of s but core.h and core.c_*. */
void mn_sums_make(struct mn_sums *s, const struct mn_score_in *in, struct mn_arena *a);

/* roots.c */
/* Adverse weight of an indicator, after the class caps. */
int64_t mn_roots_sum(
    const struct mn_sums *s, unsigned indicator, struct mn_arena scratch);
/* The same without each of its rows; parallel to in->ev, other entries untouched. */
void mn_roots_without(const struct mn_sums *s, unsigned indicator, int64_t *a_without_q16,
    struct mn_arena scratch);
/* The end of the rows of order that share a root with row `at`. */
uint32_t mn_roots_end(const struct mn_sums *s, uint32_t at, uint32_t end);
/* The row of order[beg..end) that counts: the most worth, ties by key. */
uint32_t mn_roots_best(const struct mn_sums *s, uint32_t beg, uint32_t end);

/* shares.c */
/* What each row is worth, its share of S, and (with_counterfactual) P without it. */
void mn_shares(const struct mn_sums *s, const struct mn_core_out *out,
    struct mn_row_score *rows, bool with_counterfactual, struct mn_arena scratch);

/* cells.c */
struct mn_completeness {
	int64_t all_q16, clear_q16;
	int64_t sure_q16; /* of cells with a clear fact or a known channel */
};
/* cell_state may be NULL. */
struct mn_completeness mn_cells_sum(
    const struct mn_score_in *in, bool nothing_clears, uint8_t *cell_state);

/* bands.c */
/* Band, note, floor and action of a card whose numbers stand. */
void mn_bands(const struct mn_sums *s, int64_t sure_q16, struct mn_card *card,
    struct mn_arena scratch);

/* severity.c */
int64_t mn_severity(const struct mn_sums *s);

#endif

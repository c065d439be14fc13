/*
 * Scoring: a pure function of (pack, inherent facts, evidence, as-of day) to a card. All
 * arithmetic is Q16 (fx.h); rows may come in any order. Formulas: engine/score/README.md.
 * Thread rule: pure; scratch is the caller's.
 */
#ifndef MN_SCORE_SCORE_H
#define MN_SCORE_SCORE_H

#include "manumit/model/card.h"
#include "manumit/evidence/inherent.h"
#include "manumit/pack/pack.h"

/* The core of scoring.md section 2 from sums already made, in Q16: what the test vectors
 * name. a and k per indicator; h lo, mid, hi. */
struct mn_core_in {
	int64_t h_q16[3];
	int64_t c_all_q16, c_clear_q16;
	int64_t a_q16[MN_INDICATORS], k_q16[MN_INDICATORS];
	bool open_strong; /* an open strong or medium adverse item stands */
};
struct mn_core_out {
	int64_t s_q16, base_s_q16,
	    ind_s_q16[MN_INDICATORS]; /* with c = 0 if open_strong */
	int64_t p_q16, p_clear_q16, low_q16, high_q16, c_q16;
};
void mn_score_core(
    const struct mn_pack *p, const struct mn_core_in *in, struct mn_core_out *out);

/* h = 1 - prod(1 - w_c x_c) over the five channels; unknown ones take the pack's lo, mid,
 * hi. out[0..2] = lo, mid, hi. */
void mn_score_inherent(
    const struct mn_pack *p, const struct mn_inherent *in, int64_t out_q16[3]);

/* What one evidence row is worth and why; parallel to the rows given. */
struct mn_row_score {
	int64_t e_q16;     /* adverse: s q m decay; clear: kappa 4 q m decay; nats */
	int64_t decay_q16; /* the factor 2^(-age/half-life) used */
	bool used;     /* the root's best row (adverse), the indicator's best (clear) */
	int64_t s_q16; /* the row's share of S, largest remainder; 0 for losing rows */
	int64_t p_without_q16; /* P were this row not there; filled only on request */
};

struct mn_score_in {
	const struct mn_pack *pack;
	const struct mn_inherent *inherent;
	const struct mn_evidence *ev; /* rows of one entity, any order */
	size_t n_ev;
	int32_t as_of;
	const uint8_t *gate; /* enum mn_gate_status per gate of the pack */
	struct mn_eid who;
};

/* Fills the card; rows (n_ev entries, may be NULL) gets what each row is worth. spend
 * and ask_q16 are the caller's. with_counterfactual also fills p_without (costs n_ev
 * scorings; for explain and dossiers). */
void mn_score_entity(const struct mn_score_in *in, struct mn_card *card,
    struct mn_row_score *rows, bool with_counterfactual, struct mn_arena scratch);

/* Is this row S-level: strong, q >= s_level_q, certain match (scoring.md section 2). */
bool mn_score_s_level(const struct mn_pack *p, const struct mn_evidence *e);
/* The class that counts: a survey that asked fewer than min_asked workers falls to its
 * else_class when evidence is made; here classes are taken as they are. */

/* Completeness: which expected cells of the role are filled. Parallel to p->cell: 0 not
 * expected of this role, 1 expected and empty, 2 filled with an adverse or unclear fact,
 * 3 filled with a clear fact. Returns C_all and C_clear. */
void mn_score_cells(const struct mn_score_in *in, uint8_t *cell_state, int64_t *c_all_q16,
    int64_t *c_clear_q16);

/* What would change the band: the least facts that move it, as short rows. */
struct mn_change {
	enum mn_change_kind {
		MN_CHANGE_ROW_WITHOUT, /* without (or remedied) evidence row `index` */
		MN_CHANGE_CELL,        /* expected cell `index` answered clear */
		MN_CHANGE_CELL_BAD /* expected cell `index` answered adversely (medium) */
	} kind;
	uint32_t index;
	uint8_t band; /* then */
	int64_t p_q16;
};
/* Up to max rows, in a fixed order; returns how many. */
size_t mn_score_changes(const struct mn_score_in *in, const struct mn_card *card,
    struct mn_change *out, size_t max, struct mn_arena scratch);

#endif

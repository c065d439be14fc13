/*
 * How much hangs on one number: every design constant of scoring a quarter smaller and a
 * quarter larger, one at a time. Pure and deterministic; packs decide which constants
 * there are.
 */
#ifndef MN_SCORE_SENSITIVITY_H
#define MN_SCORE_SENSITIVITY_H

#include "manumit/base/arena.h"
#include "manumit/model/codec.h"
#include "manumit/score/score.h"

struct mn_variant {
	struct mn_str constant; /* "strengths/S nats" */
	bool up;                /* x 1.25, else x 0.75 */
	const struct mn_pack *pack;
};
#define MN_MAX_VARIANTS 256
/* All variants, in a fixed order; at most MN_MAX_VARIANTS. */
uint32_t mn_variants(
    const struct mn_pack *p, struct mn_arena *a, const struct mn_variant **out);
const char *mn_variant_factor(const struct mn_variant *v); /* "0.75" or "1.25" */

/* The bands that change. Stored form: band, then (variant, band) each. */
struct mn_flips {
	uint8_t band; /* as it is */
	uint32_t n;
	struct mn_flip {
		uint8_t variant, band;
	} v[MN_MAX_VARIANTS];
};
void mn_flips_of(const struct mn_score_in *in, const struct mn_card *card,
    const struct mn_variant *variant, uint32_t n, struct mn_flips *out,
    struct mn_arena scratch);
void mn_flips_encode(const struct mn_flips *f, struct mn_buf *out);
bool mn_flips_decode(
    struct mn_str body, uint32_t variants, struct mn_flips *out, struct mn_err *err);

#endif

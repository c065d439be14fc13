/*
 * Lenses: rules for the answers of one worker, as the lens packs state them. Nothing here
 * knows a code, a dimension or a number of its own. Pure.
 */
#ifndef MN_EVIDENCE_LENS_H
#define MN_EVIDENCE_LENS_H

#include "manumit/base/arena.h"
#include "manumit/base/limits.h"
#include "manumit/pack/pack.h"

#define MN_LENS_WORDS (MN_LENS_INDICATORS / 64)

/* Indicators by their row in pack->lens_ind. */
struct mn_lens_set {
	uint64_t bit[MN_LENS_WORDS];
};
void mn_lens_add(struct mn_lens_set *s, uint32_t row);
bool mn_lens_has(const struct mn_lens_set *s, uint32_t row);
bool mn_lens_empty(const struct mn_lens_set *s);
/* a becomes what is in either. */
void mn_lens_unite(struct mn_lens_set *a, const struct mn_lens_set *b);

/* What was seen of one worker in one dimension. */
struct mn_lens_counts {
	uint32_t strong, medium, weak;
	uint32_t involuntary, penalty;
};
bool mn_lens_rule_met(const struct mn_p_lens_rule *r, const struct mn_lens_counts *c);
/* By any rule of the lens. */
bool mn_lens_positive(
    const struct mn_pack *p, struct mn_str lens, const struct mn_lens_counts *c);

/* The pack with its references looked up. */
struct mn_lens_plan;
const struct mn_lens_plan *mn_lens_plan(const struct mn_pack *p, struct mn_arena *a);

struct mn_lens_verdict {
	uint64_t positive; /* bit per row of pack->lens_dim */
	bool involuntary, penalty;
	int32_t kase; /* row of pack->lens_case, -1: none fits */
};
/* One worker under one lens (row of pack->lens). */
struct mn_lens_verdict mn_lens_eval(const struct mn_lens_plan *plan, uint32_t lens,
    const struct mn_lens_set *seen, bool child);

/* What a code of a survey means: an indicator's row, all of a lens, or one of the eleven.
 */
enum mn_lens_code { MN_LENS_NO_CODE, MN_LENS_IND, MN_LENS_ALL, MN_LENS_ILO };
enum mn_lens_code mn_lens_find(
    const struct mn_pack *p, struct mn_str code, uint32_t *row);
/* Lens of an indicator (row of pack->lens), the ILO indicators it speaks for (bit per
 * indicator), and its strength at that age. */
uint32_t mn_lens_of(const struct mn_lens_plan *plan, uint32_t ind);
uint16_t mn_lens_ilo(const struct mn_lens_plan *plan, uint32_t ind);
int mn_lens_strength(const struct mn_lens_plan *plan, uint32_t ind, bool child);

/* The band of a share of workers who reported something (n of `of`, n > 0), or NULL. */
const struct mn_p_survey_band *mn_survey_band(
    const struct mn_pack *p, uint32_t n, uint32_t of);

#endif

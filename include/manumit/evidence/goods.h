/*
 * Is what a supplier makes the good that an order is about? Words and HS codes mean goods
 * by the rows gate_goods of the packs. Three answers: two goods that the table knows and
 * that have nothing to do with each other differ; whatever it does not know is unknown,
 * and unknown is never another good. Pure.
 */
#ifndef MN_EVIDENCE_GOODS_H
#define MN_EVIDENCE_GOODS_H

#include "manumit/base/limits.h"
#include "manumit/model/gate.h"
#include "manumit/model/record.h"
#include "manumit/pack/pack.h"

struct mn_goods; /* the words of all rows, found by their first byte */

/* Lives as long as the arena and the pack. */
const struct mn_goods *mn_goods_new(const struct mn_pack *p, struct mn_arena *a);

#define MN_GOODS_WORDS (MN_MAX_GATE_GOODS / 64)
/* What texts speak of: rows of gate_goods, and the words of the texts that no row has. */
struct mn_goods_said {
	uint64_t set[MN_GOODS_WORDS];
	bool all;            /* every product */
	struct mn_str words; /* met in the texts, quoted, for people */
	struct mn_str rest;  /* folded words that mean no row, '\n' between */
};

/* Adds what a text says ("disposable gloves"), what an HS code says, or what the fields
 * product, category and hs of a supplier's row say. */
void mn_goods_text(const struct mn_goods *x, struct mn_str text, struct mn_arena *a,
    struct mn_goods_said *to);
void mn_goods_hs(const struct mn_goods *x, struct mn_str hs, struct mn_goods_said *to);
void mn_goods_record(const struct mn_goods *x, const struct mn_record *rec,
    struct mn_arena *a, struct mn_goods_said *to);
/* Adds a row of gate_goods by its code. */
void mn_goods_code(
    const struct mn_goods *x, struct mn_str code, struct mn_goods_said *to);
/* Does the row or text say anything of a good? */
bool mn_goods_any(const struct mn_goods_said *s);

/* Does what is made fit what the order is about? A narrower good fits a wider order; a
 * wider good, or one that may be made of it, is unknown. */
enum mn_fit mn_goods_fit(const struct mn_goods *x, const struct mn_goods_said *order,
    const struct mn_goods_said *made);

#endif

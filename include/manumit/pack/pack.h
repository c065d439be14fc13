/*
 * Packs: indicators, gates, context, violation codes and fee words as data. Each file
 * under indicators/ is validated, compiled into rows, stored in LMDB with its SHA-256,
 * version and licence, and read back from there into struct mn_pack, which is immutable:
 * evidence and scoring see nothing else. A new indicator text, code, gate, weight or
 * question is a row in a JSON file, never C.
 *
 * A pack file:
 *   {"pack": id, "kind": text, "version": "1.0.0", "licence": text, "source": text,
 *    "note": text, "edition": day, "stale_after_days": number, "missing": text,
 *    "<section>": [ {row}, ... ], ...}
 * The sections and the keys of their rows are the tables below, one X row a key:
 *   X(member, "key", TYPE, flags)
 * TYPE: CODE unique within its section (over all packs), TEXT, TEXTS list of texts,
 *   Q16 decimal number, INT, BOOL, ENUM(list), REF(section) a code of another section,
 *   REFS(section) a list of them. Every row may also carry
 *   "source" (citation with its paragraph; REQ) and "verified" (bool; REQ): verified
 * false means that the primary text has not been checked, and reports print the mark.
 */
#ifndef MN_PACK_PACK_H
#define MN_PACK_PACK_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"
#include "manumit/pack/rows.h"
#include "manumit/store/store.h"

/* One row a section: X(member, "json key", struct, kind). The keys of its rows are in
 * engine/pack/schema.c. */
#define MN_PACK_SECTIONS(X) \
	X(param, "parameters", mn_p_param, "indicators") \
	X(strength, "strengths", mn_p_strength, "indicators") \
	X(source_class, "source_classes", mn_p_source_class, "indicators") \
	X(indicator, "indicators", mn_p_indicator, "indicators") \
	X(sign, "signs", mn_p_sign, "indicators") \
	X(cell, "cells", mn_p_cell, "indicators") \
	X(question, "questions", mn_p_question, "any") \
	X(remedy, "remediation", mn_p_remedy, "indicators") \
	X(floor, "floors", mn_p_floor, "indicators") \
	X(scope, "scope", mn_p_scope, "indicators") \
	X(state, "state_imposed", mn_p_state, "indicators") \
	X(party, "parties", mn_p_party, "indicators") \
	X(gate, "gates", mn_p_gate, "gates") \
	X(gate_region, "gate_regions", mn_p_gate_region, "gates") \
	X(channel, "channels", mn_p_channel, "context") \
	X(country_series, "country_series", mn_p_country_series, "context") \
	X(country, "countries", mn_p_country, "context") \
	X(sector_word, "sector_words", mn_p_sector_word, "context") \
	X(sector_code, "sector_codes", mn_p_sector_code, "context") \
	X(good_word, "good_words", mn_p_good_word, "context") \
	X(good_code, "good_codes", mn_p_good_code, "context") \
	X(context_part, "context_parts", mn_p_context_part, "context") \
	X(corridor, "corridors", mn_p_corridor, "context") \
	X(context_rule, "context_rules", mn_p_context_rule, "context") \
	X(sector, "sectors", mn_p_sector, "context") \
	X(good, "goods", mn_p_good, "context") \
	X(level, "levels", mn_p_level, "context") \
	X(authority, "authorities", mn_p_authority, "violations") \
	X(violation, "violations", mn_p_violation, "violations") \
	X(fee_category, "fee_categories", mn_p_fee_category, "fees") \
	X(fee_word, "fee_words", mn_p_fee_word, "fees") \
	X(fee_band, "fee_bands", mn_p_fee_band, "fees") \
	X(payer, "payers", mn_p_payer, "fees") \
	X(fact, "facts", mn_p_fact, "reference") \
	X(contact, "contacts", mn_p_contact, "reference") \
	X(fee_condition, "fee_conditions", mn_p_fee_condition, "fees") \
	X(fee_cap, "fee_caps", mn_p_fee_cap, "fees") \
	X(fee_ceiling, "fee_ceilings", mn_p_fee_ceiling, "fees") \
	X(fee_constant, "fee_constants", mn_p_fee_constant, "fees") \
	X(lens, "lenses", mn_p_lens, "lens") \
	X(lens_dim, "lens_dimensions", mn_p_lens_dim, "lens") \
	X(lens_ind, "lens_indicators", mn_p_lens_ind, "lens") \
	X(lens_rule, "lens_rules", mn_p_lens_rule, "lens") \
	X(lens_case, "lens_cases", mn_p_lens_case, "lens") \
	X(survey_band, "survey_bands", mn_p_survey_band, "lens") \
	X(tailored, "tailored", mn_p_tailored, "tailoring") \
	X(gate_good, "gate_goods", mn_p_gate_good, "gates") \
	X(gate_order, "gate_orders", mn_p_gate_order, "gates") \
	X(edge_kind, "edge_kinds", mn_p_edge_kind, "graph") \
	X(edge_constant, "edge_constants", mn_p_edge_constant, "graph") \
	X(cpv, "cpv", mn_p_cpv, "tender") \
	X(tender_risk, "tender_risks", mn_p_tender_risk, "tender") \
	X(law, "laws", mn_p_law, "law") \
	X(requirement, "requirements", mn_p_requirement, "law") \
	X(ask_item, "ask_items", mn_p_ask_item, "ask") \
	X(ask_text, "ask_texts", mn_p_ask_text, "ask") \
	X(ask_phrase, "ask_phrases", mn_p_ask_phrase, "ask")

struct mn_pack_file {
	struct mn_str id, kind, version, licence, source, note, file;
	/* Of packs that follow a publication: the day they are complete as of, what they
	 * are known to lack, and when they want another look (0: never). */
	struct mn_str edition, missing;
	int64_t stale_after_days;
	char sha256[MN_HEX256_CHARS + 1];
};

struct mn_pack {
	const struct mn_pack_file *file;
	uint32_t n_file;
#define MN_X(member, key, type, kind) \
	const struct type *member; \
	uint32_t n_##member;
	MN_PACK_SECTIONS(MN_X)
#undef MN_X
	/* The scoring constants by name, resolved once (parameters that are missing are
	 * errors at compile time). */
	struct {
		int64_t A, B, alpha, delta, class_cap, unknown_halflife_factor, c_floor,
		    swing, severe_p, high_p, elevated_p, low_high, low_c_all, s_level_q,
		    attach_m, match_name_country, match_name, unknown_spend,
		    min_cell_public, min_cell_internal, min_cell_supplier,
		    min_cell_inspectorate, small_site, round_copies, round_internal;
	} k;                     /* Q16 */
	int64_t strength_q16[4]; /* by enum mn_strength */
};

/* Reads and validates every *.json of a directory (name order), compiles and cross-checks
 * them. All of the result lives in the arena. Errors carry file, JSON path
 * ("indicators[3] .omega") and the nearest known name. */
const struct mn_pack *mn_pack_load(
    struct mn_arena *a, const char *dir, struct mn_err *err);
/* The same, with numbers replaced by n tailoring files, in their order. A section, code
 * or number that is not there is an error that names the nearest one; so is a number set
 * twice. */
const struct mn_pack *mn_pack_load_tailored(struct mn_arena *a, const char *dir,
    const char *const *tailor, uint32_t n, struct mn_err *err);
/* The same; country, unless NULL, is a pack file whose country_series take the place of
 * those of the directory: they are one channel, and two indices of countries are never
 * added. */
const struct mn_pack *mn_pack_load_country(struct mn_arena *a, const char *dir,
    const char *country, const char *const *tailor, uint32_t n, struct mn_err *err);
/* Validates one file alone (no cross-references to other packs): `pack check FILE`. */
bool mn_pack_check_file(struct mn_arena scratch, const char *path, struct mn_err *err);

/* Stored form: rows in key order under "file|", then one per section row; the same bytes
 * for the same pack. Put into a generation (table PACK) and into the state. */
bool mn_pack_store(const struct mn_pack *p, struct mn_gen *g, struct mn_err *err);
bool mn_pack_store_state(const struct mn_pack *p, struct mn_state *s, struct mn_err *err);
/* Reads a compiled pack back; everything is validated again. */
const struct mn_pack *mn_pack_open(
    struct mn_arena *a, struct mn_reader *r, struct mn_err *err);
const struct mn_pack *mn_pack_open_state(
    struct mn_arena *a, struct mn_state *s, struct mn_err *err);

/* Visits the rows of a pack file as text for `pack show`: fn(section, code or number,
 * key, value as text). */
void mn_pack_each(const struct mn_pack *p, uint32_t file,
    void (*fn)(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
	struct mn_str value),
    void *ctx, struct mn_arena scratch);

/* Look-ups; -1 or NULL when absent. All pure. */
int mn_pack_source_class(const struct mn_pack *p, struct mn_str code);
int mn_pack_gate(const struct mn_pack *p, struct mn_str code);
const struct mn_p_gate_region *mn_pack_gate_region(
    const struct mn_pack *p, struct mn_str code);
const struct mn_p_gate_order *mn_pack_gate_order(
    const struct mn_pack *p, struct mn_str code);
const struct mn_p_country *mn_pack_country(
    const struct mn_pack *p, struct mn_str series, struct mn_str alpha2);
/* The number of a context rule; a rule whose row is missing is off: 0. */
int64_t mn_pack_context_rule(const struct mn_pack *p, struct mn_str code);
/* How two series of countries go together: r, over the countries that both have. Pairs
 * with fewer than MN_SERIES_COMMON in common have none. Integers only. */
#define MN_SERIES_COMMON 10
struct mn_series_pair {
	uint32_t a, b; /* rows of country_series, a < b */
	uint32_t n;    /* countries */
	int64_t r_q16;
	bool known;
};
/* All pairs, in order; the array has room for n (n - 1) / 2. Returns how many. */
uint32_t mn_pack_series_pairs(
    const struct mn_pack *p, struct mn_series_pair *out, uint32_t max);
/* The authority whose code or folded name this is; NULL: none (generic serves). */
const struct mn_p_authority *mn_pack_authority(
    const struct mn_pack *p, struct mn_str folded);
/* The row for a code under an authority: of that code, else of its longest beginning that
 * ends in '*' in the table; else the same under "generic". */
const struct mn_p_violation *mn_pack_violation(
    const struct mn_pack *p, struct mn_str authority, struct mn_str code);
/* Smallest number of workers that an audience may be shown. */
int64_t mn_pack_min_cell(const struct mn_pack *p, enum mn_audience audience);
/* The minimums of all audiences that are shown more, in ascending order, its own last:
 * what mn_withhold wants. Returns how many. */
uint32_t mn_pack_min_cells(
    const struct mn_pack *p, enum mn_audience audience, int64_t out[MN_AUDIENCES]);
/* Is the site so small that a day tells who was there? Unknown sizes are small. */
bool mn_pack_small_site(const struct mn_pack *p, const struct mn_record *entity);
/* Are those statements heard from workers themselves? */
bool mn_pack_workers_voice(const struct mn_pack *p, int source_class);
/* The row of the first of the codes (';' between) that is known, by its longest prefix;
 * NULL: none is. */
const struct mn_p_cpv *mn_pack_cpv(const struct mn_pack *p, struct mn_str codes);
/* "S" "M" "W" "none" -> enum mn_strength, -1 otherwise. */
int mn_pack_strength(struct mn_str code);

#endif

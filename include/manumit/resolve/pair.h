/*
 * Two analysed names compared: alignment of tokens, features, probability, reasons.
 *
 * P = 1 / (1 + e^-z), z = bias + sum of weight x feature, all in integers (Q16), so two
 * machines give the same bytes. Weights that speak for a match are never negative and
 * those against never positive (sign-constrained logistic regression, fitted by
 * tests/match/fit on labelled pairs), so more agreement never lowers P. Rules above the
 * model cap or set P where a name alone cannot decide: identifiers, units, places,
 * generic words.
 *
 * Thread rule: a model is immutable; comparing is pure.
 */
#ifndef MN_RESOLVE_PAIR_H
#define MN_RESOLVE_PAIR_H

#include "manumit/resolve/name.h"

/* ---- alignment ---- */

enum mn_link_kind {
	MN_LINK_EXACT,
	MN_LINK_CONCEPT,      /* another word for the same thing */
	MN_LINK_SPELLING,     /* a few letters differ */
	MN_LINK_SOUND,        /* the same consonants */
	MN_LINK_CROSS_SCRIPT, /* the same consonants in another script */
	MN_LINK_JOINED,       /* several words written as one */
	MN_LINK_ABBREVIATION, /* the beginning of the word */
	MN_LINK_INITIALS,     /* the first letters of several words */
	MN_LINK_KIND_COUNT
};
const char *mn_link_kind_name(unsigned k);

struct mn_link {
	uint8_t left, n_left, right, n_right; /* runs of tokens */
	uint8_t kind;
	int32_t sim_q16;
	int32_t w_q16; /* the smaller side's weight */
};

struct mn_align {
	struct mn_link link[MN_NAME_TOKENS];
	uint32_t n;
	int8_t of_left[MN_NAME_TOKENS], of_right[MN_NAME_TOKENS]; /* link, or -1 */
};

void mn_align(const struct mn_name *a, const struct mn_name *b, struct mn_align *out);

/* ---- features ---- */

/* X(ID, name, sign, words): sign 1: speaks for a match, -1: against it. */
#define MN_FEATURES(X) \
	X(DICE, "dice", 1, "share of both names' weight that agrees") \
	X(DICE2, "dice2", 1, "the same, squared") \
	X(COVER, "cover", 1, "the shorter name is found in the longer") \
	X(STRICT, "strict", 1, "all telling words agree") \
	X(SKEL, "skel", 1, "the names sound alike") \
	X(NGRAM, "ngram", 1, "the names are spelled alike") \
	X(EVID, "evid", 1, "how rare the agreeing words are") \
	X(DICE_EVID, "dice_evid", 1, "rare words agree and little else stands") \
	X(BRANDSIM, "brandsim", 1, "how well the agreeing brand words agree") \
	X(FIRSTB, "firstb", 1, "the first brand words agree") \
	X(CTRY_EQ, "ctry_eq", 1, "same country") \
	X(ADDR_POS, "addr_pos", 1, "addresses agree") \
	X(ADDR_NUM, "addr_num", 1, "numbers of the addresses agree") \
	X(UB_MIN, "ub_min", -1, "brand words left over on both sides") \
	X(UB_MAX, "ub_max", -1, "brand words left over") \
	X(OWN, "own", -1, "each name has a more telling word of its own") \
	X(UG_MIN, "ug_min", -1, "industry words left over on both sides") \
	X(UG_MAX, "ug_max", -1, "industry words left over") \
	X(GENDIFF, "gendiff", -1, "each name has an industry word that the other lacks") \
	X(NUMCONF, "numconf", -1, "numbers differ") \
	X(NUMONE, "numone", -1, "only one name has a number") \
	X(PLCONF, "plconf", -1, "places differ") \
	X(PLONE, "plone", -1, "only one name has a place") \
	X(LEGCONF, "legconf", -1, "legal forms differ") \
	X(GENCONF, "genconf", -1, "industries differ") \
	X(CTRY_DIS, "ctry_dis", -1, "different countries") \
	X(ALLGEN, "allgen", -1, "a name of generic words only") \
	X(SHORT, "short", -1, "very short name") \
	X(INITIAL, "initial", -1, "rests on initials") \
	X(ONESIDED, "onesided", -1, "only one name is used up") \
	X(INV, "inv", -1, "brand words in another order") \
	X(ADDR_DIS, "addr_dis", -1, "addresses differ") \
	X(ADDR_NUMDIS, "addr_numdis", -1, "numbers of the addresses differ") \
	X(DICE_NUMCONF, "dice_numconf", -1, "numbers differ in like names") \
	X(DICE_NUMONE, "dice_numone", -1, "a number on one side of like names") \
	X(DICE_PLCONF, "dice_plconf", -1, "places differ in like names") \
	X(DICE_UB_MIN, "dice_ub_min", -1, "like names, other brand words") \
	X(STRICT_CTRY, "strict_ctry", -1, "same name in another country") \
	X(FIRSTB_GEN, "firstb_gen", -1, "same brand, other industry") \
	X(ALLGEN_DICE, "allgen_dice", -1, "agreement of generic words only") \
	X(GRPONE, "grpone", -1, "only one name is a group or holding") \
	X(CROSS, "cross", -1, "rests on sound across scripts")

enum mn_feature {
#define MN_X(id, name, sign, words) MN_FT_##id,
	MN_FEATURES(MN_X)
#undef MN_X
	    MN_FT_COUNT
};
const char *mn_feature_name(unsigned f);  /* "dice" */
const char *mn_feature_words(unsigned f); /* what it says, for people */
int mn_feature_sign(unsigned f);

#define MN_ADDR_TOKENS 32
struct mn_address { /* the words of an address as a set, ascending */
	uint64_t word[MN_ADDR_TOKENS], number[MN_ADDR_TOKENS];
	uint32_t n_word, n_number;
};
void mn_address_read(struct mn_analyst *s, struct mn_str text, struct mn_address *out);

/* One side of a pair. */
struct mn_party {
	const struct mn_name *name;
	char country[3];                  /* lower-case alpha-2 or empty */
	const struct mn_address *address; /* NULL: unknown */
};
/* Sets the country from any case; anything but two letters is unknown. */
void mn_party_country(struct mn_party *p, struct mn_str country);

void mn_features(const struct mn_lexicon *x, const struct mn_party *a,
    const struct mn_party *b, const struct mn_align *al, int32_t f_q16[MN_FT_COUNT]);

/* ---- model ---- */

struct mn_model {
	int32_t bias_q16, w_q16[MN_FT_COUNT];
};
/* Reads the weights (JSON: {"bias": n, "weights": {name: n}}); unknown names and wrong
 * signs are errors. */
bool mn_model_load(
    struct mn_arena *a, const char *path, struct mn_model *out, struct mn_err *err);
int64_t mn_model_z(const struct mn_model *m, const int32_t f_q16[MN_FT_COUNT]);
/* 1 / (1 + e^-z), Q16, 0..65536, monotone. */
int32_t mn_logistic(int64_t z_q16);

/* ---- verdict ---- */

enum mn_match_band { MN_BAND_NONE, MN_BAND_POSSIBLE, MN_BAND_PROBABLE, MN_BAND_STRONG };
/* Strong from .85, probable from .50, possible from .30. */
enum mn_match_band mn_match_band(int32_t p_q16);
const char *mn_match_band_name(unsigned b); /* "strong", "probable", "possible", "-" */

/* Rules above the model, X(ID, words). */
#define MN_MATCH_RULES(X) \
	X(OTHER_ID, "identifiers differ") \
	X(UNIT, "sister unit: another unit number") \
	X(PLACE, "same brand, other place") \
	X(GENERIC, "generic words only") \
	X(COMMON, "one short or common brand word") \
	X(COUNTRY, "same name in another country") \
	X(WEAK, "weak alias") \
	X(FORMER, "former name") \
	X(GROUP, "related: one name is the other's group") \
	X(OWN, "each name has a more telling word of its own") \
	X(NOTHING, "no telling word in common")
enum mn_match_rule {
#define MN_X(id, words) MN_RULE_##id,
	MN_MATCH_RULES(MN_X)
#undef MN_X
	    MN_RULE_COUNT
};
const char *mn_match_rule_words(unsigned r);

struct mn_verdict {
	int32_t p_q16;
	int64_t z_q16;
	uint32_t rules; /* bits of enum mn_match_rule */
	struct mn_align align;
	int32_t f_q16[MN_FT_COUNT];
};
/* The verdict on two names; the order of the two changes nothing but the sides. */
void mn_pair_compare(const struct mn_analyst *s, const struct mn_model *m,
    const struct mn_party *a, const struct mn_party *b, struct mn_verdict *out);
/* The best verdict over the variants of both names; a->name and b->name are set to the
 * variants it belongs to. */
void mn_pair_best(const struct mn_analyst *s, const struct mn_model *m,
    struct mn_party *a, const struct mn_names *na, struct mn_party *b,
    const struct mn_names *nb, struct mn_verdict *out);

#endif

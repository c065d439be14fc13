/*
 * A name analysed once: tokens with their class, weight and consonant skeleton. Pairs are
 * compared on this form only (pair.h), so a list is analysed when it is loaded and a
 * query when it comes.
 *
 * Weights are integers, Q16: how telling a token is, from the frequencies of tokens in a
 * background file and the loaded lists, frozen per epoch.
 */
#ifndef MN_RESOLVE_NAME_H
#define MN_RESOLVE_NAME_H

#include "manumit/base/hash.h"
#include "manumit/resolve/lexicon.h"

#define MN_NAME_TOKENS 16 /* longer names keep their first, and are marked cut */
#define MN_TOKEN_BYTES 63 /* one machine word of Myers' bit vectors */
#define MN_SKELETON 12
#define MN_SYLLABLES 8
#define MN_NAME_HAN 24 /* Han characters of a name that are kept */

struct mn_token {
	const char *text; /* lower-case ASCII; owner: the name or the index */
	uint8_t n;
	uint8_t cls;               /* enum mn_word_class */
	uint8_t script;            /* enum mn_script it was written in */
	uint8_t legal;             /* bits of enum mn_legal */
	bool pinyin;               /* reads as Chinese syllables */
	uint8_t n_syl;             /* how many of them */
	uint8_t syl[MN_SYLLABLES]; /* where each ends */
	bool unit;                 /* a number that counts units: unit 6, plant no. 2 */
	uint8_t n_base; /* bytes before the ending of an adjective (-skiy), else n */
	uint8_t n_skel;
	uint8_t skel[MN_SKELETON]; /* consonants, each a set of classes (skeleton.h) */
	uint32_t row;              /* of the lexicon, 0: none */
	int32_t w_q16;
	uint32_t letters; /* which letters occur: bounds the edit distance */
	uint64_t id;      /* equal for equal tokens, and for words of one concept */
};

struct mn_name {
	struct mn_token tok[MN_NAME_TOKENS];
	uint32_t n;
	uint8_t legal;    /* union of the legal forms' bits */
	bool chinese;     /* Han, or a Chinese place */
	bool all_generic; /* no token is a brand */
	bool cut;
	uint8_t script; /* of most of its letters */
	uint8_t n_han;
	uint16_t han[MN_NAME_HAN]; /* its Han, simplified, without legal forms */
	char text[MN_NAME_TOKENS * (MN_TOKEN_BYTES + 1)];
};

struct mn_freq;    /* how frequent tokens are */
struct mn_analyst; /* lexicon, romaniser, frequencies: what analysis needs */

/* Reads DIR (connectors/names). countries may be NULL. NULL and err on failure. */
struct mn_analyst *mn_analyst_new(struct mn_arena *a, const char *dir,
    const struct mn_countries *countries, struct mn_err *err);
/* Another analyst of the same tables and frequencies for another thread; `of` must
 * outlive it, and must not count while it is used. Count with `of`, then follow. */
struct mn_analyst *mn_analyst_share(const struct mn_analyst *of, struct mn_err *err);
/* Takes over what `of` has counted since. */
void mn_analyst_follow(struct mn_analyst *s, const struct mn_analyst *of);
void mn_analyst_free(struct mn_analyst *s); /* closes the romaniser; NULL is fine */
const struct mn_lexicon *mn_analyst_lexicon(const struct mn_analyst *s);

/* Analyses any bytes; country: alpha-2 in any case, or empty. Never fails: a name without
 * letters has no tokens. Thread rule: one analyst, one thread. */
void mn_name_analyse(
    struct mn_analyst *s, struct mn_str name, struct mn_str country, struct mn_name *out);

/* One name may hold several: "Full Name (Short Name)", "Name LLC/Name Company". The first
 * is the whole; others are added only when each part says more than a form, a place or a
 * number, so that "Foo (China) Ltd" stays one name. */
#define MN_VARIANTS 3
struct mn_names {
	struct mn_name name[MN_VARIANTS];
	uint32_t n; /* at least 1 */
};
void mn_names_analyse(struct mn_analyst *s, struct mn_str name, struct mn_str country,
    struct mn_names *out);

/* ---- frequencies ---- */
/* Counts a name's tokens, each once, in addition to the background. */
void mn_freq_count(struct mn_analyst *s, const struct mn_name *n);
/* The same for counts made elsewhere: df more names hold the token; n more names in all.
 */
void mn_freq_add(struct mn_analyst *s, uint64_t id, uint32_t df);
void mn_freq_names(struct mn_analyst *s, uint64_t n);
/* Weight of a token of a class (enum mn_word_class), by its id. */
int32_t mn_freq_weight(const struct mn_analyst *s, const struct mn_token *t);
/* In how many names the token was met. */
uint32_t mn_freq_df(const struct mn_analyst *s, uint64_t id);
/* Sets the weights of all tokens again, after counting. */
void mn_name_weigh(const struct mn_analyst *s, struct mn_name *n);
/* SHA-256 (hex) of the tables and the background: the epoch of the frequencies. */
const char *mn_analyst_epoch(const struct mn_analyst *s);

#endif

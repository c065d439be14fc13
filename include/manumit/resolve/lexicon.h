/*
 * The words of organisations' names: legal forms, concepts (industry words that mean the
 * same in every language), places, and what Han words stand for. All of it is data under
 * connectors/names/, read once. A concept has one identity whatever language it is
 * written in: tekstil = textil = 纺织.
 *
 * Thread rule: immutable after loading, shared.
 */
#ifndef MN_RESOLVE_LEXICON_H
#define MN_RESOLVE_LEXICON_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/text/country.h"
#include "manumit/text/roman.h"

/* What a word does in a name. BRAND is every word no table knows. */
enum mn_word_class {
	MN_W_BRAND,
	MN_W_LEGAL,    /* legal form */
	MN_W_INDUSTRY, /* says what is made or done */
	MN_W_GENERIC,  /* says nothing: group, international, trade */
	MN_W_PLACE,
	MN_W_NUMBER,
	MN_W_UNIT, /* unit, plant no., factory no. */
	MN_W_STOP, /* and, of, de */
	MN_W_COUNT
};
const char *mn_word_class_name(unsigned c); /* "brand", "legal form", ... */

/* Kinds of legal form, as bits; a form that only says "company" has none. */
enum mn_legal {
	MN_LEGAL_LLC = 1,
	MN_LEGAL_JSC = 2,
	MN_LEGAL_PRIVATE = 4,
	MN_LEGAL_SOLE = 8,
	MN_LEGAL_COOP = 16,
	MN_LEGAL_STATE = 32
};

struct mn_lex_row {
	struct mn_str id; /* "textile", "cn-hotan", "country:cn" */
	uint8_t cls;      /* enum mn_word_class */
	uint8_t legal;    /* bits of enum mn_legal */
	char country[3];  /* of a place, lower case, or empty */
	bool nation;      /* a country by its name, or by another spelling of it */
	bool group;       /* group, holding */
	uint32_t parent;  /* row of the place that holds this one, 0: none */
	struct mn_str up; /* id of the parent while loading */
};

/* What a Han word stands for: rows of concepts, or a number. */
#define MN_GLOSS_MAX 4
struct mn_gloss {
	uint32_t row[MN_GLOSS_MAX]; /* 0: end; none: the word is dropped */
	int32_t number;             /* > 0: the word is this number */
};

struct mn_lex_slot {
	struct mn_str key; /* words joined by ' ', in their own script; p NULL: free */
	uint64_t hash;
	uint32_t word, place, stem; /* rows, 0: none */
	uint32_t gloss;             /* number of a gloss + 1, 0: none */
	uint8_t max_words;          /* longest phrase that begins with this word */
};

struct mn_lexicon {
	struct mn_lex_slot *slot; /* 2^bits, open addressing */
	uint32_t mask, n_slot;
	/* Bits of the hashes of all keys, and of the first bytes of all stems: most words
	 * of names are in no table, and are told so without a look at the slots. */
	uint64_t *seen, *stem_begins;
	struct mn_lex_row *row; /* row 0 is nothing */
	uint32_t n_row;
	struct mn_gloss *gloss;
	uint32_t n_gloss;
	uint32_t stem_bytes;              /* bit n: there is a stem of n bytes */
	uint8_t longest[MN_SCRIPT_COUNT]; /* bytes of the longest word, per script */
	struct mn_str letter[128];        /* spellings of Latin letters in Thai */
	char letter_of[128];
	uint32_t n_letter;
};

/* Reads DIR/{legal,concepts,places,han,acronyms,letters}.txt; countries (may be NULL) add
 * the names of countries. NULL and err (file, line, reason) when a file cannot be used.
 */
const struct mn_lexicon *mn_lexicon_load(struct mn_arena *a, const char *dir,
    const struct mn_countries *countries, struct mn_roman *roman, struct mn_err *err);
/* The slot of a key, or NULL. */
const struct mn_lex_slot *mn_lexicon_find(const struct mn_lexicon *x, struct mn_str key);
/* The row of the longest stem that the word begins with, or 0. */
uint32_t mn_lexicon_stem(const struct mn_lexicon *x, struct mn_str word);

#endif

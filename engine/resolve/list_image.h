/*
 * Private to the room: the layout of a compiled list. Every reference is a number or an
 * offset; sections follow each other, aligned to a cache line.
 */
#ifndef MN_RESOLVE_LIST_IMAGE_H
#define MN_RESOLVE_LIST_IMAGE_H

#include "manumit/resolve/list.h"

#define MN_LIST_ALIGN 64
#define MN_LIST_MAGIC "mnlist04"

enum mn_list_section {
	MN_LS_TEXT,   /* char: token texts and names as written */
	MN_LS_TOKEN,  /* struct mn_ltoken: the vocabulary */
	MN_LS_NAME,   /* struct mn_lname */
	MN_LS_USE,    /* uint32: token number * 2 + (counts units) */
	MN_LS_ENTRY,  /* struct mn_lentry */
	MN_LS_ADDR,   /* uint64: counts, then hashes of words and numbers */
	MN_LS_KEY,    /* struct mn_lkey: open addressing, a power of two */
	MN_LS_POST,   /* uint32: names under a key, ascending */
	MN_LS_BUCKET, /* uint32: where each bucket of NEAR begins; one more than buckets
		       */
	MN_LS_NEAR,   /* struct mn_lnear: tokens by what is left of them */
	MN_LS_COUNT
};

struct mn_lhead {
	char magic[8];
	char epoch[MN_HEX256_CHARS];
	uint64_t counted; /* names that were counted */
	struct {
		uint64_t at, n; /* offset in bytes, number of elements */
	} sec[MN_LS_COUNT];
};

struct mn_ltoken {
	uint64_t id;
	uint32_t text, row, letters;
	uint32_t df; /* names of the list that count it, once each */
	int32_t w_q16;
	uint8_t n, cls, script, legal, n_base, n_skel, n_syl;
	uint8_t skel[MN_SKELETON], syl[MN_SYLLABLES];
	uint8_t spare[9]; /* a cache line: a look-up reads words from all over */
};

enum { MN_LN_CHINESE = 1, MN_LN_ALL_GENERIC = 2, MN_LN_CUT = 4 };

struct mn_lname {
	uint32_t use, entry, raw;
	uint16_t n_raw;
	uint8_t n, legal, flags, script, kind, spare;
	int32_t w_q16; /* of all its tokens */
};

#define MN_LIST_NO_ADDR UINT32_MAX
struct mn_lentry {
	uint64_t ref;
	uint32_t addr; /* element of ADDR */
	char country[4];
};

struct mn_lkey {
	uint64_t hash; /* 0: free */
	uint32_t post, n;
};

/* What a look-up wants to know of a word before it touches it: measured, most of the time
 * went into fetching words that were thrown away at once. */
struct mn_lnear {
	uint32_t check, token, letters;
	uint8_t n, script;
	char first[2]; /* letters */
};

static inline const void *
mn_list_section(struct mn_str image, enum mn_list_section s)
{
	return image.p + ((const struct mn_lhead *)image.p)->sec[s].at;
}

/* How a text stands under a key. A word is under its id. Words run together and initials
 * have kinds of their own, so that they meet single words but not each other: the
 * initials of two names say nothing. */
enum mn_list_kind {
	MN_LK_WORD,
	MN_LK_JOINED,
	MN_LK_INITIALS,
	MN_LK_PAIR,
	MN_LK_SOUND,
	MN_LK_ADDRESS,
	MN_LK_GRAM,
	MN_LK_KINDS
};
uint64_t mn_list_key(enum mn_list_kind kind, struct mn_str text);

/* What several words of a name make together: fn is called with the kind, the text (of a
 * pair: 8 bytes that name it) and the tokens it covers. */
typedef void mn_list_run_fn(
    void *ctx, enum mn_list_kind kind, struct mn_str text, uint32_t from, uint32_t n);
void mn_list_runs(const struct mn_name *n, mn_list_run_fn *fn, void *ctx);

/* Consonants of words run together, for names of other scripts that write them as one;
 * and of one word, whole and with one left out, as such a name asks for them. */
uint32_t mn_list_sounds(const struct mn_token *t, uint64_t out[MN_SKELETON + 1]);
/* A number of an address with a word of it: what two records of one site share. */
#define MN_ADDR_KEYS 8
uint32_t mn_list_address_keys(const struct mn_address *a, uint64_t out[MN_ADDR_KEYS]);

/* Two Han characters that stand next to each other, in either order, or with one between:
 * what is left of a name of which one character is wrong, missing or too many. */
#define MN_GRAMS (2 * MN_NAME_HAN)
uint32_t mn_list_grams(const struct mn_name *n, uint64_t out[MN_GRAMS]);

/* A token as comparing wants it; text: the section TEXT. */
struct mn_token mn_list_token(const struct mn_ltoken *l, const char *text);

/* What is left of a word: the word, the word without one letter, its beginning, its
 * consonants (without one). fn is called with each; most are wrong for a given pair and
 * are weeded out by the true similarity. */
#define MN_NEAR_KEYS 320
uint32_t mn_list_near_keys(
    const struct mn_token *t, bool query, uint64_t out[MN_NEAR_KEYS]);
/* The near key of a word as other ways of romanising spell it. */
uint64_t mn_list_folded_key(struct mn_str word);
/* Words that are looked up by near keys at all. */
bool mn_list_has_near(const struct mn_token *t);

#endif

/*
 * Private to the room: cells that hold several names. A grammar is the marker words of a
 * list (connectors/names.json); with it a cell such as
 *   "Ash Mills Co., Ltd. (also known as Ash; and formerly known as Elm) and subsidiaries"
 * becomes entities with their other names. Nothing of a cell is left out: what no marker
 * explains stays part of a name.
 */
#ifndef MN_CONNECTORS_NAMES_H
#define MN_CONNECTORS_NAMES_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/base/json.h"

enum mn_mark {
	MN_MARK_NAME, /* no marker: the name itself */
	MN_MARK_ALSO,
	MN_MARK_FORMER,
	MN_MARK_WEAK,   /* a name for all of the cell together */
	MN_MARK_PARTS,  /* subsidiaries, named or not */
	MN_MARK_PLACE,  /* where the entity is */
	MN_MARK_LEAD,   /* words between "subsidiaries" and their names */
	MN_MARK_FILLER, /* the same, with all words up to the next comma */
	MN_MARK_VESSEL, /* a name that begins so is a vessel's */
	MN_MARK_OWNER,  /* the name of a vessel's owner follows */
	MN_MARK_GOODS,  /* a name that holds this is a region or a good */
	MN_MARK_COUNT
};

struct mn_pattern {
	enum mn_mark mark;
	bool bracket;              /* an opening bracket stands before it */
	const struct mn_str *word; /* folded; empty: up to MN_STAR_WORDS words */
	uint32_t n;
};
#define MN_STAR_WORDS 4

struct mn_words {
	const struct mn_str *word; /* folded */
	uint32_t n;
};

struct mn_grammar {
	struct mn_str id;
	const struct mn_pattern *pattern;
	uint32_t n_pattern;
	struct mn_words forms; /* words that end a company's name, and only that */
	struct mn_words joiners, numbers, towns;
};

/* Reads {"id": {"also": [...], ...}, "note": text}; the grammars live in the arena. */
bool mn_grammars_read(struct mn_arena *a, const struct mn_json *root, const char *file,
    const struct mn_grammar **out, uint32_t *n, struct mn_err *err);

enum mn_named_kind { MN_NAMED_ORGANISATION, MN_NAMED_VESSEL, MN_NAMED_GOODS };

struct mn_named {
	enum mn_named_kind kind;
	struct mn_str name;
	struct mn_str aliases, former, weak; /* canonical lists */
	struct mn_str place;
	struct mn_str scope; /* words that widen the entry: "and its subsidiaries" */
	struct mn_str of;    /* a subsidiary: the name before it */
};

#define MN_MAX_NAMED 128 /* entities of one cell; the longest known names 9 */

struct mn_names {
	struct mn_named *e;
	uint32_t n;
	bool cut; /* longer than one of the bounds: the rest is left out */
};
/* Bounds of one cell; the longest known has 60 words and 8 names. They also bound what a
 * hostile cell can make the row's arena hold. */
#define MN_NAME_BYTES (16u << 10)
#define MN_NAME_WORDS 1024
#define MN_NAME_GROUPS 16 /* names for all entities of a cell together */
#define MN_NAME_SCOPE 256 /* bytes of scope kept */

/* Everything in the result lives in the arena or in the cell. n is 0 only for a cell
 * without words. */
struct mn_names mn_names_cut(
    const struct mn_grammar *g, struct mn_str cell, struct mn_arena *a);

/* ---- words of a cell, shared by the two files ---- */

struct mn_token {
	size_t at, n;       /* its bytes in the text */
	struct mn_str fold; /* ASCII lower case, without signs */
	uint16_t depth;     /* brackets open round it */
	uint16_t low;       /* fewest brackets open since the word before */
	bool semi, comma;   /* such a sign, outside deeper brackets, stands before it */
	bool open;          /* a bracket opens directly before it */
};

/* At most MN_NAME_WORDS. */
uint32_t mn_tokens(struct mn_str text, struct mn_arena *a, struct mn_token **out);
struct mn_str mn_token_fold(struct mn_str word, struct mn_arena *a);
/* Words of w from `at` on that a pattern of this mark takes, the longest; 0: none.
 * *count is the number a '*' took in, else 0. */
uint32_t mn_grammar_match(const struct mn_grammar *g, enum mn_mark mark,
    const struct mn_token *w, uint32_t at, uint32_t n, uint32_t *count);
bool mn_words_have(const struct mn_words *list, struct mn_str fold);

#endif

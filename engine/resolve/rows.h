/*
 * Private to the room: supplier rows as the matcher sees them. A row is read and analysed
 * the first time a bucket needs it; rows that say the same of name, country and address
 * share one analysis. Kept packed: a profile as it is used has 6 KiB, packed about 400
 * bytes.
 */
#ifndef MN_RESOLVE_ROWS_H
#define MN_RESOLVE_ROWS_H

#include "manumit/resolve/match.h"
#include "manumit/resolve/resolve.h"

struct mn_place_fact {
	uint64_t id;  /* 0: not stated */
	uint32_t row; /* of the lexicon, 0: a place it does not know */
};

/* What a row says that a union must not contradict (besides identifiers). */
struct mn_row_facts {
	uint64_t numbers;           /* of the numbers in its name, 0: none */
	struct mn_place_fact place; /* in its name, the innermost */
	struct mn_place_fact city;
	bool address; /* has one, not only a city */
};

struct mn_rows;

/* n rows with their positions. Lives in the arena; the analyses too. */
struct mn_rows *mn_rows_new(struct mn_arena *a, struct mn_reader *r, struct mn_matcher *m,
    const mn_rid *rid, uint64_t n);
/* The profile of a row, unpacked into out. Returns a number that is equal for rows that
 * share an analysis (from 1), 0 and err on failure. */
uint32_t mn_rows_profile(
    struct mn_rows *s, uint32_t row, struct mn_profile *out, struct mn_err *err);
/* A shorter word that differs is another word: Asco is not Ascot. */
#define MN_WORD_TO_SLIP 6

/* Could two rows be alike? 0 when the brand words that the two do not share differ in
 * more than a quarter of their letters: then each has a word of its own. Spares most
 * comparisons at a twentieth of their cost. -1: err. */
int mn_rows_near(struct mn_rows *s, uint32_t a, uint32_t b, struct mn_err *err);
/* Reads what a row with this profile states; once is enough. */
bool mn_rows_state(struct mn_rows *s, uint32_t row, const struct mn_profile *profile,
    struct mn_err *err);
/* Of a row that has been read by mn_rows_state, or shares its analysis; else NULL. */
const struct mn_row_facts *mn_rows_facts(const struct mn_rows *s, uint32_t row);
/* Two places, both stated, neither of which lies in the other. */
bool mn_places_differ(const struct mn_rows *s, const struct mn_place_fact *a,
    const struct mn_place_fact *b);

#endif

/*
 * A name cut into words: step one of matching names. Folding (fold.h) comes first; then
 * apostrophes inside words vanish, dotted and slashed letters join (S.A. -> sa, s/a ->
 * sa, d.0.0. -> doo), "&" and "+" become "and", digits of any script become ASCII, and
 * words end where the script changes or digits meet letters (f6 -> f, 6).
 * Pure but for the output; thread-safe.
 */
#ifndef MN_TEXT_SPLIT_H
#define MN_TEXT_SPLIT_H

#include "manumit/base/str.h"

enum mn_script {
	MN_SCRIPT_NONE, /* digits */
	MN_SCRIPT_LATIN,
	MN_SCRIPT_GREEK,
	MN_SCRIPT_CYRILLIC,
	MN_SCRIPT_ARABIC,
	MN_SCRIPT_HEBREW,
	MN_SCRIPT_INDIC, /* Devanagari, Bengali and their relatives */
	MN_SCRIPT_THAI,  /* and Lao, Khmer, Myanmar: no spaces between words */
	MN_SCRIPT_HANGUL,
	MN_SCRIPT_KANA,
	MN_SCRIPT_HAN,
	MN_SCRIPT_OTHER,
	MN_SCRIPT_COUNT
};
const char *mn_script_name(enum mn_script s); /* "latin", "han", ... */

#define MN_SPLIT_BYTES 1024 /* folded text kept of a name: longer ones are cut */
#define MN_SPLIT_WORDS 64

struct mn_word {
	uint16_t at, n; /* its bytes in mn_split.text */
	uint8_t script; /* enum mn_script */
	bool bracket;   /* stood inside round or square brackets */
	bool dotted;    /* single letters joined over dots: A.B. */
	bool glued;     /* no blank or sign before it: a script or digit boundary */
};

struct mn_split {
	char text[MN_SPLIT_BYTES];
	struct mn_word word[MN_SPLIT_WORDS];
	uint32_t n;
	bool cut; /* the name was longer than what is kept */
};

/* Words of valid or invalid UTF-8 of any length; bytes that mean nothing separate. */
void mn_split_name(struct mn_str name, struct mn_split *out);
static inline struct mn_str
mn_split_word(const struct mn_split *s, size_t i)
{
	return mn_str(s->text + s->word[i].at, s->word[i].n);
}

#endif

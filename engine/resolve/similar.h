/* Similarity of two tokens (matching.md section 3). Pure, integers. */
#ifndef MN_RESOLVE_SIMILAR_H
#define MN_RESOLVE_SIMILAR_H

#include "manumit/resolve/pair.h"

/* Edit distance (insert, delete, substitute, adjacent transposition), both up to
 * MN_TOKEN_BYTES. */
uint32_t mn_edit(struct mn_str a, struct mn_str b);
/* Q16 similarity and how it came about; 0: none. chinese: both names are. */
int32_t mn_similar(
    const struct mn_token *a, const struct mn_token *b, bool chinese, uint8_t *kind);
/* Words of several syllables of pinyin, each a character of a Chinese name, of which one
 * is another, missing, or has changed places with the next. 0: not so. */
int32_t mn_syllables_alike(const struct mn_token *a, const struct mn_token *b);
/* Which letters a word of lower-case ASCII has, one bit a letter; digits share the rest.
 */
uint32_t mn_letters(struct mn_str s);
/* A word as it would be spelled by one way of romanising, where there are several: zh and
 * j, sh and s, kh and h, y and i, ou and u; doubled letters once. Returns its bytes. */
uint32_t mn_fold_roman(struct mn_str word, char out[MN_TOKEN_BYTES]);
/* Bits set, without a call where the machine is not known to count them itself. */
static inline uint32_t
mn_bits(uint32_t x)
{
	x -= x >> 1 & 0x55555555u;
	x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
	return ((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}
/* The edit distance is at least this: every letter that only one word has costs one. */
static inline uint32_t
mn_edit_least(uint32_t letters_a, uint32_t letters_b)
{
	uint32_t a = mn_bits(letters_a & ~letters_b), b = mn_bits(letters_b & ~letters_a);
	return a > b ? a : b;
}
/* Words of two scripts, of which the one that is not Latin writes every vowel: consonants
 * alone do not do. */
static inline bool
mn_is_lettered(uint8_t script_a, uint8_t script_b)
{
	uint8_t s = script_a == MN_SCRIPT_LATIN ? script_b : script_a;
	return s == MN_SCRIPT_CYRILLIC || s == MN_SCRIPT_GREEK;
}
/* Han read as pinyin and pinyin written in Latin letters are one alphabet. */
static inline bool
mn_same_alphabet(const struct mn_token *a, const struct mn_token *b)
{
	bool han = a->script == MN_SCRIPT_HAN || b->script == MN_SCRIPT_HAN;
	return a->script == b->script || (han && a->pinyin && b->pinyin);
}
static inline struct mn_str
mn_token_text(const struct mn_token *t)
{
	return mn_str(t->text, t->n);
}

#endif

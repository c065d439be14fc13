/*
 * Consonant skeletons: what two spellings of one sound have in common in any script.
 * Each position is a set of classes, because some letters have two readings (ph, soft g).
 */
#ifndef MN_RESOLVE_SKELETON_H
#define MN_RESOLVE_SKELETON_H

#include "manumit/resolve/name.h"

enum {
	MN_SK_K = 1,
	MN_SK_S = 2,
	MN_SK_T = 4,
	MN_SK_P = 8,
	MN_SK_F = 16,
	MN_SK_L = 32,
	MN_SK_M = 64,
	MN_SK_N = 128
};

/* Of lower-case ASCII letters; returns the number of positions, at most MN_SKELETON. */
uint8_t mn_skeleton(struct mn_str roman, uint8_t out[MN_SKELETON]);
/* Of a word in Thai letters. */
uint8_t mn_skeleton_thai(struct mn_str word, uint8_t out[MN_SKELETON]);
/* Edit distance of two skeletons; positions are equal when their sets meet. */
uint32_t mn_skeleton_distance(
    const uint8_t *a, uint32_t na, const uint8_t *b, uint32_t nb);
/* Cuts a word into syllables of pinyin, the longest first wherever the rest still can be
 * cut; end[i] is the end of the i-th. Returns how many, 0: it is no pinyin. */
uint32_t mn_pinyin_cut(struct mn_str roman, uint8_t end[MN_SYLLABLES]);

#endif

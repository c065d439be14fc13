/* Consonant skeletons. */
#include "manumit/text/utf8.h"

#include "skeleton.h"

/* Classes of single letters; 0: vowels and what is often not written (h, w, y). */
static const uint8_t LETTER[26] = {
    ['b' - 'a'] = MN_SK_P,
    ['c' - 'a'] = MN_SK_K,
    ['d' - 'a'] = MN_SK_T,
    ['f' - 'a'] = MN_SK_F,
    ['g' - 'a'] = MN_SK_K,
    ['j' - 'a'] = MN_SK_S,
    ['k' - 'a'] = MN_SK_K,
    ['l' - 'a'] = MN_SK_L,
    ['m' - 'a'] = MN_SK_M,
    ['n' - 'a'] = MN_SK_N,
    ['p' - 'a'] = MN_SK_P,
    ['q' - 'a'] = MN_SK_K,
    ['r' - 'a'] = MN_SK_L,
    ['s' - 'a'] = MN_SK_S,
    ['t' - 'a'] = MN_SK_T,
    ['v' - 'a'] = MN_SK_F,
    ['x' - 'a'] = MN_SK_K,
    ['z' - 'a'] = MN_SK_S,
};

static bool
soft(char next)
{
	return next == 'e' || next == 'i' || next == 'y';
}

static bool
vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* The class set of the letter at i and how many letters it takes. */
static uint8_t
reading(struct mn_str s, size_t i, size_t *took)
{
	char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
	char after = i + 2 < s.n ? s.p[i + 2] : 0;
	*took = 1;
	if (c < 'a' || c > 'z')
		return 0;
	if (next == 'h' && strchr("cszkgptd", c)) {
		*took = 2;
		if (c == 'p')
			return MN_SK_P | MN_SK_F;
		return c == 'c' || c == 's' || c == 'z' ? MN_SK_S : LETTER[c - 'a'];
	}
	if (c == 't' && next == 's') {
		*took = 2;
		return MN_SK_S;
	}
	if (c == 'n' && next == 'g' && !vowel(after)) {
		*took = 2;
		return MN_SK_N;
	}
	if ((c == 'c' || c == 'g') && soft(next))
		return MN_SK_K | MN_SK_S;
	return LETTER[c - 'a'];
}

static void
push(uint8_t *out, uint8_t *n, uint8_t set)
{
	if (*n < MN_SKELETON)
		out[(*n)++] = set;
}

uint8_t
mn_skeleton(struct mn_str s, uint8_t out[MN_SKELETON])
{
	uint8_t n = 0, last = 0;
	for (size_t i = 0, took; i < s.n; i += took) {
		uint8_t set = reading(s, i, &took);
		/* Doubled consonants sound once. */
		if (set && set != last)
			push(out, &n, set);
		if (s.p[i] == 'x')
			push(out, &n, MN_SK_S);
		last = s.p[i] == 'x' ? MN_SK_S : set;
	}
	return n;
}

/* U+0E01 to U+0E2E. */
static const uint8_t THAI[46] = {MN_SK_K, MN_SK_K, MN_SK_K, MN_SK_K, MN_SK_K, MN_SK_K,
    MN_SK_N, MN_SK_S, MN_SK_S, MN_SK_S, MN_SK_S, MN_SK_S, MN_SK_N, MN_SK_T, MN_SK_T,
    MN_SK_T, MN_SK_T, MN_SK_T, MN_SK_N, MN_SK_T, MN_SK_T, MN_SK_T, MN_SK_T, MN_SK_T,
    MN_SK_N, MN_SK_P, MN_SK_P, MN_SK_P, MN_SK_F, MN_SK_P, MN_SK_F, MN_SK_P, MN_SK_M, 0,
    MN_SK_L, 0, MN_SK_L, 0, 0, MN_SK_S, MN_SK_S, MN_SK_S, 0, MN_SK_L, 0, 0};

uint8_t
mn_skeleton_thai(struct mn_str s, uint8_t out[MN_SKELETON])
{
	uint8_t n = 0, last = 0;
	while (s.n) {
		uint32_t c = mn_utf8_next(&s);
		uint8_t set =
		    c >= 0xe01 && c < 0xe01 + countof(THAI) ? THAI[c - 0xe01] : 0;
		if (set && set != last)
			push(out, &n, set);
		last = set;
	}
	return n;
}

/* Edit distance, a column of the table in one machine word (Hyyro 2003, see similar.c); a
 * position of b meets every position of a that shares a class with it. */
uint32_t
mn_skeleton_distance(const uint8_t *a, uint32_t na, const uint8_t *b, uint32_t nb)
{
	uint32_t at[8] = {0}, vp = ~0u, vn = 0, distance = na;
	if (na == 0)
		return nb;
	for (uint32_t i = 0; i < na; i++)
		for (uint32_t set = a[i]; set; set &= set - 1)
			at[__builtin_ctz(set)] |= 1u << i;
	uint32_t last = 1u << (na - 1);
	for (uint32_t j = 0; j < nb; j++) {
		uint32_t pm = 0;
		for (uint32_t set = b[j]; set; set &= set - 1)
			pm |= at[__builtin_ctz(set)];
		uint32_t d0 = (((pm & vp) + vp) ^ vp) | pm | vn;
		uint32_t hp = vn | ~(d0 | vp), hn = d0 & vp;
		distance += (hp & last) != 0;
		distance -= (hn & last) != 0;
		hp = hp << 1 | 1;
		hn <<= 1;
		vp = hn | ~(d0 | hp);
		vn = hp & d0;
	}
	return distance;
}

/* ---- pinyin ---- */

static const char *const FINAL[] = {"iang", "iong", "uang", "ang", "eng", "ong", "ian",
    "iao", "ing", "uai", "uan", "ai", "an", "ao", "ei", "en", "er", "ia", "ie", "in",
    "iu", "ou", "ua", "ue", "ui", "un", "uo", "ve", "a", "e", "i", "o", "u", "v"};

static bool
consonant(char c)
{
	return c >= 'a' && c <= 'z' && !strchr("aeiouv", c);
}

/* What most words of other languages fail, in one pass: a consonant stands before a
 * vowel, in zh, ch, sh, or is the n, ng or r that ends a syllable. */
static bool
may_be_pinyin(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0;
		if (c < 'a' || c > 'z')
			return false;
		if (!consonant(c) || (next && !consonant(next)) || strchr("ngr", c))
			continue;
		if (next != 'h' || !strchr("zcs", c))
			return false;
	}
	return true;
}

/* The finals that begin with each letter stand together in FINAL, so most are passed by
 * one comparison. Bit e: a final of e letters begins the text. */
static uint32_t
finals(struct mn_str s)
{
	uint32_t ends = 0;
	if (s.n == 0 || consonant(s.p[0]))
		return 0;
	for (size_t f = 0; f < countof(FINAL); f++)
		if (s.p[0] == FINAL[f][0] && mn_str_starts(s, mn_str_c(FINAL[f])))
			ends |= 1u << strlen(FINAL[f]);
	return ends;
}

/* Bit e: a syllable of e letters begins at i; with zh, ch, sh, one letter or no initial.
 */
static uint32_t
syllables(struct mn_str s, size_t i)
{
	struct mn_str at = mn_str_sub(s, i, s.n);
	if (!consonant(at.p[0]))
		return finals(at);
	uint32_t ends = finals(mn_str_sub(at, 1, at.n)) << 1;
	if (at.n > 1 && at.p[1] == 'h' && strchr("zcs", at.p[0]))
		ends |= finals(mn_str_sub(at, 2, at.n)) << 2;
	return ends;
}

uint32_t
mn_pinyin_cut(struct mn_str s, uint8_t out[MN_SYLLABLES])
{
	bool good[MN_TOKEN_BYTES + 8] = {false}; /* the rest from here can be cut */
	uint8_t longest[MN_TOKEN_BYTES + 1];
	uint32_t n = 0;
	if (s.n == 0 || s.n > MN_TOKEN_BYTES || !may_be_pinyin(s))
		return 0;
	good[s.n] = true;
	for (size_t i = s.n; i-- > 0;) {
		uint32_t ends = syllables(s, i);
		for (size_t e = 1; ends >> e; e++)
			if (ends >> e & 1 && good[i + e]) {
				good[i] = true;
				longest[i] = (uint8_t)(i + e);
			}
	}
	for (size_t at = 0; good[0] && at < s.n && n < MN_SYLLABLES; at = longest[at])
		out[n++] = longest[at];
	return n;
}

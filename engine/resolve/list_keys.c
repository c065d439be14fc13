/* The keys under which names and words are found again; one place for list and query. */
#include "list_image.h"
#include "similar.h"
#include "skeleton.h"

#define RUN_MAX 3
#define RUN_LEAST 4 /* letters of words run together that are worth a key */

uint64_t
mn_list_key(enum mn_list_kind kind, struct mn_str text)
{
	return (mn_hash64(text) + (uint64_t)kind * 0x9e3779b97f4a7c15u) | 1;
}

/* Positions with two readings keep the first: the query leaves one out anyway. */
static uint64_t
sound_key(const uint8_t *skel, uint32_t n)
{
	char s[2 * MN_SKELETON];
	for (uint32_t i = 0; i < n; i++)
		s[i] = (char)(skel[i] & -skel[i]);
	return mn_list_key(MN_LK_SOUND, mn_str(s, n));
}

#define SOUND_RUN 4 /* consonants of a run that are worth a key */

uint32_t
mn_list_sounds(const struct mn_token *t, uint64_t out[MN_SKELETON + 1])
{
	uint8_t less[MN_SKELETON];
	uint32_t n = 0;
	/* Pinyin meets pinyin letter by letter. */
	if (t->script == MN_SCRIPT_LATIN || t->pinyin || t->n_skel < SOUND_RUN)
		return 0;
	out[n++] = sound_key(t->skel, t->n_skel);
	for (uint32_t i = 0; t->n_skel > SOUND_RUN && i < t->n_skel; i++) {
		memcpy(less, t->skel, i);
		memcpy(less + i, t->skel + i + 1, t->n_skel - i - 1u);
		out[n++] = sound_key(less, t->n_skel - 1u);
	}
	return n;
}

uint32_t
mn_list_address_keys(const struct mn_address *a, uint64_t out[MN_ADDR_KEYS])
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < a->n_number; i++)
		for (uint32_t k = 0; k < a->n_word && n < MN_ADDR_KEYS; k++) {
			uint64_t both = a->number[i] ^ (a->word[k] * 0x9e3779b97f4a7c15u);
			out[n++] = mn_list_key(
			    MN_LK_ADDRESS, mn_str((const char *)&both, sizeof both));
		}
	return n;
}

uint32_t
mn_list_grams(const struct mn_name *n, uint64_t out[MN_GRAMS])
{
	uint32_t made = 0;
	for (uint32_t i = 0; i < n->n_han; i++)
		for (uint32_t k = i + 1; k < n->n_han && k <= i + 2; k++) {
			uint16_t a = n->han[i], b = n->han[k];
			uint16_t both[2] = {a < b ? a : b, a < b ? b : a};
			out[made++] = mn_list_key(
			    MN_LK_GRAM, mn_str((const char *)both, sizeof both));
		}
	return made;
}

static bool
joins(const struct mn_token *t)
{
	return t->cls != MN_W_LEGAL && t->n > 0;
}

static void
joined_sound(const struct mn_token *a, const struct mn_token *b, uint32_t from,
    mn_list_run_fn *fn, void *ctx)
{
	char s[2 * MN_SKELETON];
	uint32_t n = 0;
	if (a->script != MN_SCRIPT_LATIN || b->script != MN_SCRIPT_LATIN)
		return;
	for (uint32_t i = 0; i < a->n_skel; i++)
		s[n++] = (char)(a->skel[i] & -a->skel[i]);
	for (uint32_t i = 0; i < b->n_skel; i++)
		if (n == 0 || (uint8_t)s[n - 1] != (b->skel[i] & -b->skel[i]))
			s[n++] = (char)(b->skel[i] & -b->skel[i]);
	if (n >= SOUND_RUN && n <= MN_SKELETON)
		fn(ctx, MN_LK_SOUND, mn_str(s, n), from, 2);
}

static void
joined_words(const struct mn_name *n, mn_list_run_fn *fn, void *ctx)
{
	for (uint32_t i = 0; i + 1 < n->n; i++) {
		char text[MN_TOKEN_BYTES];
		size_t used = 0;
		for (uint32_t k = 0; k < RUN_MAX && i + k < n->n; k++) {
			const struct mn_token *t = &n->tok[i + k];
			if (!joins(t) || used + t->n > sizeof text)
				break;
			memcpy(text + used, t->text, t->n);
			used += t->n;
			if (k > 0 && used >= RUN_LEAST)
				fn(ctx, MN_LK_JOINED, mn_str(text, used), i, k + 1);
			if (k == 1)
				joined_sound(&n->tok[i], t, i, fn, ctx);
		}
	}
}

#define INITIALS_LEAST 3
#define INITIALS_MOST 7

/* Initials of the first words, as far as they go: all prefixes of at least three. */
static void
initials(const struct mn_name *n, mn_list_run_fn *fn, void *ctx)
{
	char text[INITIALS_MOST];
	uint32_t used = 0;
	for (uint32_t i = 0; i < n->n && used < INITIALS_MOST; i++) {
		const struct mn_token *t = &n->tok[i];
		if (t->cls == MN_W_STOP || t->n == 0)
			continue;
		if (t->cls == MN_W_NUMBER || t->cls == MN_W_LEGAL)
			break;
		text[used++] = t->text[0];
		if (used >= INITIALS_LEAST)
			fn(ctx, MN_LK_INITIALS, mn_str(text, used), 0, i + 1);
	}
}

/* Pairs of words one or two places apart: for names of frequent words only, whose own
 * postings are too long to follow. A name of one word is found by it alone. */
static void
pairs(const struct mn_name *n, mn_list_run_fn *fn, void *ctx)
{
	uint32_t at[MN_NAME_TOKENS], used = 0;
	for (uint32_t i = 0; i < n->n; i++)
		if (n->tok[i].w_q16 > 0)
			at[used++] = i;
	if (used == 1)
		fn(ctx, MN_LK_PAIR, mn_str((const char *)&n->tok[at[0]].id, 8), at[0], 1);
	for (uint32_t i = 0; i < used; i++)
		for (uint32_t k = i + 1; k < used && k <= i + 2; k++) {
			uint64_t both = n->tok[at[i]].id ^ n->tok[at[k]].id;
			fn(ctx, MN_LK_PAIR, mn_str((const char *)&both, sizeof both),
			    at[i], at[k] - at[i] + 1);
		}
}

void
mn_list_runs(const struct mn_name *n, mn_list_run_fn *fn, void *ctx)
{
	joined_words(n, fn, ctx);
	initials(n, fn, ctx);
	pairs(n, fn, ctx);
}

/* ---- near words ---- */

#define NEAR_LEAST 4 /* letters: a shorter word's neighbours are other words */
#define PREFIX 4
#define ENDING 5 /* of longer words: two slips near the beginning */
#define ENDING_FROM 8
#define SKELETON_LEAST 2

bool
mn_list_has_near(const struct mn_token *t)
{
	return (t->cls == MN_W_BRAND || t->cls == MN_W_PLACE || t->cls == MN_W_INDUSTRY ||
		   t->cls == MN_W_GENERIC) &&
	       t->n >= NEAR_LEAST;
}

static uint64_t
near_key(char kind, const char *p, size_t n)
{
	char text[MN_TOKEN_BYTES + 1];
	text[0] = kind;
	memcpy(text + 1, p, n);
	return mn_hash64(mn_str(text, n + 1));
}

uint64_t
mn_list_folded_key(struct mn_str word)
{
	char text[MN_TOKEN_BYTES];
	return near_key('d', text, mn_fold_roman(word, text));
}

#define DELETIONS 40

/* A word, and the word without one letter. */
static uint32_t
deletions(struct mn_str w, uint64_t *out)
{
	char less[MN_TOKEN_BYTES];
	uint32_t n = 0;
	out[n++] = near_key('d', w.p, w.n);
	for (size_t i = 0; i < w.n && n < DELETIONS; i++) {
		if (i > 0 && w.p[i] == w.p[i - 1])
			continue; /* the same word is left */
		memcpy(less, w.p, i);
		memcpy(less + i, w.p + i + 1, w.n - i - 1);
		out[n++] = near_key('d', less, w.n - 1);
	}
	return n;
}

#define SYLLABLES_LEAST 3 /* of fewer too little is left */

/* Pinyin without one syllable: one character of a Chinese name is another. */
static uint32_t
syllables(const struct mn_token *t, uint64_t *out)
{
	char less[MN_TOKEN_BYTES];
	uint8_t from = 0;
	uint32_t n = 0;
	for (uint32_t i = 0; t->n_syl >= SYLLABLES_LEAST && i < t->n_syl;
	     from = t->syl[i++]) {
		size_t rest = (size_t)t->n - t->syl[i];
		memcpy(less, t->text, from);
		memcpy(less + from, t->text + t->syl[i], rest);
		out[n++] = near_key('y', less, from + rest);
	}
	return n;
}

/* A position of a skeleton may be one of two classes; its key has one of them, and words
 * get a key for each of the first two such positions' readings. */
static void
reading_of(const struct mn_token *t, uint32_t choice, char out[MN_SKELETON])
{
	uint32_t bit = 0;
	for (uint32_t i = 0; i < t->n_skel; i++) {
		uint8_t set = t->skel[i];
		uint8_t low = (uint8_t)(set & -set), high = (uint8_t)(set & ~low);
		bool second = high && bit < 2 && (choice >> bit++ & 1);
		out[i] = (char)(second ? high : low);
	}
}

#define SKELETON_ONE 4 /* positions from which one may be missing, two from TWO */
#define SKELETON_TWO 6

/* A skeleton with `drop` more positions left out, from `from` on. */
static uint32_t
shortened(
    char kind, const char *s, uint32_t n, uint32_t from, uint32_t drop, uint64_t *out)
{
	char less[MN_SKELETON];
	uint32_t made = 0;
	out[made++] = near_key(kind, s, n);
	for (uint32_t i = from; drop > 0 && i < n; i++) {
		if (i > from && s[i] == s[i - 1])
			continue; /* the same is left */
		memcpy(less, s, i);
		memcpy(less + i, s + i + 1, n - i - 1u);
		made += shortened(kind, less, n - 1, i, drop - 1, out + made);
	}
	return made;
}

static uint32_t
skeletons(const struct mn_token *t, char kind, bool whole, uint64_t *out)
{
	uint32_t n = 0, doubtful = 0,
		 drop = t->n_skel < SKELETON_ONE   ? 0
			: t->n_skel < SKELETON_TWO ? 1
						   : 2;
	char s[MN_SKELETON];
	for (uint32_t i = 0; i < t->n_skel; i++)
		doubtful += (t->skel[i] & (t->skel[i] - 1)) != 0;
	uint32_t choices = doubtful == 0 ? 1 : drop == 2 || doubtful == 1 ? 2 : 4;
	for (uint32_t c = 0; t->n_skel >= SKELETON_LEAST && c < choices; c++) {
		reading_of(t, c, s);
		n += shortened(kind, s, t->n_skel, 0, whole ? 0 : drop, out + n);
	}
	return n;
}

#define SOUND_LEAST 4 /* same script: shorter skeletons are shared by too many words */

#define SOUND_HAN 3 /* consonants that a foreign name in Han keeps at least */

/* Latin words have keys of kind 'S', Han of kind 'h', others of kind 's': across scripts
 * every skeleton counts, within one script only a whole and long one. Han has few
 * consonants that many words share: only a whole one. */
static uint32_t
sounds(const struct mn_token *t, bool query, uint64_t *out)
{
	bool latin = t->script == MN_SCRIPT_LATIN, han = t->script == MN_SCRIPT_HAN;
	char own = latin ? 'S' : han ? 'h' : 's', other = latin ? 's' : 'S';
	if (han && t->n_skel < SOUND_HAN)
		return 0;
	if (!query)
		return skeletons(t, own, han, out);
	uint32_t n = skeletons(t, other, han, out);
	if (latin && t->n_skel >= SOUND_HAN)
		n += skeletons(t, 'h', true, out + n);
	return n + (t->n_skel >= SOUND_LEAST ? skeletons(t, own, true, out + n) : 0);
}

uint32_t
mn_list_near_keys(const struct mn_token *t, bool query, uint64_t out[MN_NEAR_KEYS])
{
	char text[MN_TOKEN_BYTES];
	struct mn_str plain = mn_token_text(t),
		      folded = mn_str(text, mn_fold_roman(plain, text));
	uint32_t n = deletions(plain, out);
	if (!mn_str_eq(folded, plain))
		n += deletions(folded, out + n);
	if (folded.n >= ENDING_FROM)
		out[n++] = near_key('e', folded.p + folded.n - ENDING, ENDING);
	if (t->n >= PREFIX)
		out[n++] = near_key('p', t->text, PREFIX);
	if (t->n_base >= NEAR_LEAST && t->n_base < t->n)
		out[n++] = near_key('d', t->text, t->n_base);
	n += syllables(t, out + n);
	return n + sounds(t, query, out + n);
}

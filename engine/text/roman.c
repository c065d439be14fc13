/* Romanisation: one ICU transliterator per group of scripts, opened when first met. */
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "manumit/base/arena.h"
#include "manumit/base/hash.h"
#include "manumit/text/roman.h"
#include "manumit/text/utf8.h"

#define UNITS 2048

/* Names English-language lists use follow BGN for Cyrillic, not ISO 9. */
enum rule { ASCII, CYRILLIC, HAN, ANY, SIMPLIFY, RULES };
static const char *const RULE_ID[RULES] = {
    [ASCII] = "Latin-ASCII",
    [CYRILLIC] = "Russian-Latin/BGN; Any-Latin; Latin-ASCII",
    [HAN] = "Han-Latin; Latin-ASCII",
    [ANY] = "Any-Latin; Latin-ASCII",
    [SIMPLIFY] = "Traditional-Simplified",
};
static const uint8_t RULE_OF[MN_SCRIPT_COUNT] = {
    [MN_SCRIPT_NONE] = ASCII,
    [MN_SCRIPT_LATIN] = ASCII,
    [MN_SCRIPT_GREEK] = ANY,
    [MN_SCRIPT_CYRILLIC] = CYRILLIC,
    [MN_SCRIPT_ARABIC] = ANY,
    [MN_SCRIPT_HEBREW] = ANY,
    [MN_SCRIPT_INDIC] = ANY,
    [MN_SCRIPT_THAI] = ANY,
    [MN_SCRIPT_HANGUL] = ANY,
    [MN_SCRIPT_KANA] = ANY,
    [MN_SCRIPT_HAN] = HAN,
    [MN_SCRIPT_OTHER] = ANY,
};

/* Words recur from name to name and transliterating one costs some ten microseconds, so
 * the last result for each of these places is kept. A result depends on the word only. */
#define MEMO 16384u
#define MEMO_WORD 60

struct memo {
	uint8_t rule, n_word, n_text; /* n_word 0: free */
	char word[MEMO_WORD], text[MEMO_WORD + 1];
};

struct mn_roman {
	UTransliterator *rule[RULES];
	bool failed[RULES];
	struct memo memo[MEMO];
};

struct mn_roman *
mn_roman_new(struct mn_err *err)
{
	struct mn_roman *r = mn_handle_new(sizeof *r);
	if (!r)
		mn_fail(err, MN_E_NOMEM, "romaniser");
	return r;
}

void
mn_roman_free(struct mn_roman *r)
{
	for (size_t i = 0; r && i < RULES; i++)
		if (r->rule[i])
			utrans_close(r->rule[i]);
	mn_handle_free(r);
}

static UTransliterator *
rule(struct mn_roman *r, enum rule which)
{
	if (!r->rule[which] && !r->failed[which]) {
		UChar id[64];
		UErrorCode st = U_ZERO_ERROR;
		u_uastrcpy(id, RULE_ID[which]);
		r->rule[which] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &st);
		if (U_FAILURE(st)) {
			r->rule[which] = NULL;
			r->failed[which] = true;
		}
	}
	return r->rule[which];
}

static int32_t
transliterate(
    struct mn_roman *r, enum rule which, struct mn_str word, char *out, int32_t room)
{
	UChar u[UNITS];
	int32_t n = 0, limit, bytes = 0;
	UErrorCode st = U_ZERO_ERROR;
	UTransliterator *t = rule(r, which);
	if (!t || word.n > UNITS / 4)
		return -1;
	u_strFromUTF8WithSub(u, UNITS, &n, word.p, (int32_t)word.n, 0xfffd, NULL, &st);
	limit = n;
	utrans_transUChars(t, u, &n, UNITS, 0, &limit, &st);
	u_strToUTF8WithSub(out, room, &bytes, u, n, 0xfffd, NULL, &st);
	return U_SUCCESS(st) ? bytes : -1;
}

/* The word after the rule, as UTF-8 in out; -1 when there is no rule or no room. */
static int32_t
apply(struct mn_roman *r, enum rule which, struct mn_str word, char *out, int32_t room)
{
	struct memo *m = &r->memo[(mn_hash64(word) + which) % MEMO];
	if (word.n > 0 && m->n_word == word.n && m->rule == which &&
	    memcmp(m->word, word.p, word.n) == 0) {
		memcpy(out, m->text, m->n_text);
		return m->n_text;
	}
	int32_t n = transliterate(r, which, word, out, room);
	if (word.n == 0 || word.n > MEMO_WORD || n < 0 || n > MEMO_WORD)
		return n;
	m->rule = (uint8_t)which;
	m->n_word = (uint8_t)word.n;
	m->n_text = (uint8_t)n;
	memcpy(m->word, word.p, word.n);
	memcpy(m->text, out, (size_t)n);
	return n;
}

/* Han character by character: its readings do not depend on the neighbours, so a few
 * thousand of them serve for all words. */
static int32_t
han(struct mn_roman *r, enum rule which, struct mn_str word, char *out, int32_t room)
{
	int32_t n = 0;
	while (word.n && n + MEMO_WORD < room) {
		struct mn_str at = word;
		mn_utf8_next(&word);
		int32_t got =
		    apply(r, which, mn_str(at.p, at.n - word.n), out + n, room - n);
		n += got > 0 ? got : 0;
	}
	return n;
}

void
mn_roman_word(
    struct mn_roman *r, enum mn_script script, struct mn_str word, struct mn_buf *out)
{
	char text[4 * UNITS];
	enum rule which = (enum rule)RULE_OF[script];
	int32_t n = which == HAN ? han(r, which, word, text, sizeof text)
				 : apply(r, which, word, text, sizeof text);
	for (int32_t i = 0; i < n; i++) {
		char c = text[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			mn_buf_byte(out, c);
	}
}

void
mn_roman_simplify(struct mn_roman *r, struct mn_str word, struct mn_buf *out)
{
	char text[4 * UNITS];
	mn_buf_add(out, mn_str(text, (size_t)han(r, SIMPLIFY, word, text, sizeof text)));
}

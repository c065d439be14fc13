/* Names into words. One pass over the characters of the folded name. */
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "manumit/text/fold.h"
#include "manumit/text/split.h"
#include "manumit/text/utf8.h"

/* Far more than any name; what follows cannot change a verdict. */
#define CHARS_MAX 1000
#define RAW_BYTES 4000

/* "S.A." and "S. A." are one word each, "B.V. S.A." are two. */
enum dotted { PLAIN, TIGHT, SPACED };
enum kind { GAP, LETTER, DIGIT, MARK, QUOTE, DOT, SLASH, PLUS, HASH, OPEN, CLOSE };

struct ch {
	uint32_t c;
	uint8_t kind, script;
};

struct cutter {
	struct ch
	    ch[CHARS_MAX + 3]; /* three GAPs at the end, so that a look-ahead is safe */
	size_t n;
	struct mn_split *out;
	size_t used;          /* bytes of out->text */
	struct mn_word *open; /* the word being built, or NULL */
	uint32_t letters;     /* its characters so far */
	uint8_t dotted;       /* enum dotted: how its single letters were joined */
	int depth;            /* brackets */
	bool after_gap;
};

static const char *const NAMES[MN_SCRIPT_COUNT] = {"none", "latin", "greek", "cyrillic",
    "arabic", "hebrew", "indic", "thai", "hangul", "kana", "han", "other"};

const char *
mn_script_name(enum mn_script s)
{
	return (unsigned)s < MN_SCRIPT_COUNT ? NAMES[s] : "other";
}

static uint8_t
script_of(uint32_t c)
{
	UErrorCode st = U_ZERO_ERROR;
	if (c < 0x250)
		return MN_SCRIPT_LATIN;
	if (c >= 0x900 && c < 0xe00)
		return MN_SCRIPT_INDIC;
	switch (uscript_getScript((UChar32)c, &st)) {
	case USCRIPT_LATIN:
		return MN_SCRIPT_LATIN;
	case USCRIPT_GREEK:
		return MN_SCRIPT_GREEK;
	case USCRIPT_CYRILLIC:
		return MN_SCRIPT_CYRILLIC;
	case USCRIPT_ARABIC:
		return MN_SCRIPT_ARABIC;
	case USCRIPT_HEBREW:
		return MN_SCRIPT_HEBREW;
	case USCRIPT_THAI:
	case USCRIPT_LAO:
	case USCRIPT_KHMER:
	case USCRIPT_MYANMAR:
		return MN_SCRIPT_THAI;
	case USCRIPT_HANGUL:
		return MN_SCRIPT_HANGUL;
	case USCRIPT_HIRAGANA:
	case USCRIPT_KATAKANA:
		return MN_SCRIPT_KANA;
	case USCRIPT_HAN:
		return MN_SCRIPT_HAN;
	case USCRIPT_INHERITED:
	case USCRIPT_COMMON:
		return MN_SCRIPT_NONE; /* takes the script of what stands before it */
	default:
		return MN_SCRIPT_OTHER;
	}
}

static enum kind
kind_ascii(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return LETTER;
	if (c >= '0' && c <= '9')
		return DIGIT;
	switch (c) {
	case '\'':
	case '`':
		return QUOTE;
	case '.':
		return DOT;
	case '/':
		return SLASH;
	case '&':
	case '+':
		return PLUS;
	case '#':
		return HASH;
	case '(':
	case '[':
		return OPEN;
	case ')':
	case ']':
		return CLOSE;
	default:
		return GAP;
	}
}

static enum kind
kind_of(uint32_t c)
{
	if (c < 0x80)
		return kind_ascii(c);
	if (c == 0x2019 || c == 0x2018 || c == 0xb4 || (c >= 0x2b9 && c <= 0x2bf) ||
	    c == 0x5f3)
		return QUOTE;
	if (c == 0x2116) /* the numero sign */
		return HASH;
	if (c == 0x3010)
		return OPEN;
	if (c == 0x3011)
		return CLOSE;
	/* The prolonged sound mark and its like are letters to Unicode as well. */
	uint32_t mask = U_GET_GC_MASK((UChar32)c);
	if (u_charDigitValue((UChar32)c) >= 0)
		return DIGIT;
	if (mask & U_GC_M_MASK)
		return MARK;
	return mask & (U_GC_L_MASK | U_GC_N_MASK) ? LETTER : GAP;
}

/* One letter, several code points: Persian and Arabic keyboards write some letters
 * differently, and hamza carriers and ta marbuta come and go. 0: drop the character. */
static uint32_t
arabic(uint32_t c)
{
	switch (c) {
	case 0x622:
	case 0x623:
	case 0x625:
	case 0x671:
		return 0x627; /* alef */
	case 0x629:
	case 0x6c0:
	case 0x6d5:
		return 0x647; /* heh */
	case 0x649:
	case 0x6cc:
	case 0x626:
		return 0x64a; /* yeh */
	case 0x643:
		return 0x6a9; /* kaf */
	case 0x624:
		return 0x648; /* waw */
	case 0x640:           /* tatweel */
		return 0;
	default:
		return c >= 0x64b && c <= 0x65f ? 0 : c; /* vowel signs are optional */
	}
}

static bool
all_ascii(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The path of most names: no folding needed but of case. */
static void
read_ascii(struct cutter *k, struct mn_str s)
{
	for (size_t i = 0; i < s.n && k->n < CHARS_MAX; i++) {
		uint32_t c = (unsigned char)s.p[i];
		if (c >= 'A' && c <= 'Z')
			c += 32;
		enum kind kind = kind_ascii(c);
		k->ch[k->n++] = (struct ch){
		    c, (uint8_t)kind, kind == LETTER ? MN_SCRIPT_LATIN : MN_SCRIPT_NONE};
	}
	k->out->cut = s.n > CHARS_MAX;
}

static void
read_chars(struct cutter *k, struct mn_str s)
{
	while (s.n && k->n < CHARS_MAX) {
		uint32_t c = mn_utf8_next(&s);
		struct ch *h = &k->ch[k->n];
		if (c >= 0x600 && c < 0x700 && (c = arabic(c)) == 0)
			continue;
		*h = (struct ch){c, (uint8_t)kind_of(c), MN_SCRIPT_NONE};
		if (h->kind == DIGIT && c >= 0x80)
			h->c = '0' + (uint32_t)u_charDigitValue((UChar32)c);
		if (h->kind == LETTER)
			h->script = script_of(c);
		if (h->kind == MARK || (h->kind == LETTER && h->script == MN_SCRIPT_NONE))
			h->script = k->n ? k->ch[k->n - 1].script : MN_SCRIPT_OTHER;
		k->n++;
	}
	k->out->cut = s.n > 0;
}

/* ---- building words ---- */

static void
close_word(struct cutter *k)
{
	if (k->open)
		k->out->n++;
	k->open = NULL;
	k->letters = 0;
	k->dotted = PLAIN;
}

static void
put(struct cutter *k, uint32_t c, uint8_t script)
{
	struct mn_split *o = k->out;
	if (k->used + 4 > sizeof o->text || o->n == MN_SPLIT_WORDS) {
		o->cut = true;
		return;
	}
	if (!k->open) {
		k->open = &o->word[o->n];
		*k->open = (struct mn_word){.at = (uint16_t)k->used,
		    .script = script,
		    .bracket = k->depth > 0,
		    .glued = !k->after_gap};
	}
	k->used += mn_utf8_put(c, o->text + k->used);
	k->open->n = (uint16_t)(k->used - k->open->at);
	k->letters++;
	k->after_gap = false;
}

static void
whole_word(struct cutter *k, const char *word)
{
	close_word(k);
	k->after_gap = true;
	for (; *word; word++)
		put(k, (uint8_t)*word, MN_SCRIPT_LATIN);
	close_word(k);
	k->after_gap = true;
}

static bool
is_word(const struct ch *h)
{
	return h->kind == LETTER || h->kind == DIGIT || h->kind == MARK;
}

/* A letter, or a nought that was meant as one, that stands alone at i. */
static bool
lone_at(const struct cutter *k, size_t i)
{
	const struct ch *h = &k->ch[i];
	return (h->kind == LETTER || (h->kind == DIGIT && h->c == '0')) &&
	       !is_word(&k->ch[i + 1]);
}

/* After a single letter: "." or ". " and another single letter with a dot go on with the
 * word. Returns where that letter is, or 0. */
static size_t
dotted_next(const struct cutter *k, size_t dot)
{
	if (!k->open || k->open->script > MN_SCRIPT_CYRILLIC)
		return 0;
	if (k->letters != 1 && k->dotted == PLAIN)
		return 0;
	if (lone_at(k, dot + 1) && k->dotted != SPACED)
		return dot + 1;
	bool spaced = k->dotted != TIGHT && k->ch[dot + 1].c == ' ' &&
		      lone_at(k, dot + 2) && k->ch[dot + 3].kind == DOT &&
		      k->ch[dot + 2].kind == LETTER;
	return spaced ? dot + 2 : 0;
}

/* "s/a", "a/s": one or two letters on both sides. */
static bool
slashed(const struct cutter *k, size_t slash)
{
	size_t n = 0;
	while (n < 3 && k->ch[slash + 1 + n].kind == LETTER)
		n++;
	return k->open && k->letters <= 2 && n >= 1 && n <= 2 &&
	       !is_word(&k->ch[slash + 1 + n]);
}

static void
gap(struct cutter *k)
{
	close_word(k);
	k->after_gap = true;
}

/* One character of a word; a change of script or between digits and letters cuts. */
static void
word_char(struct cutter *k, const struct ch *h)
{
	uint8_t script = h->kind == DIGIT ? MN_SCRIPT_NONE : h->script;
	if (h->kind == MARK && (!k->open || k->open->script == MN_SCRIPT_NONE))
		return; /* a mark on nothing, or on a digit */
	if (k->open && h->kind != MARK && script != k->open->script)
		close_word(k);
	put(k, h->c, script);
}

/* Handles the sign at i; returns the last character it used. */
static size_t
sign(struct cutter *k, size_t i)
{
	size_t next;
	switch ((enum kind)k->ch[i].kind) {
	case QUOTE:
		if (!(k->open && is_word(&k->ch[i + 1])))
			gap(k);
		return i;
	case DOT:
		if ((next = dotted_next(k, i)) > 0) {
			k->dotted = next == i + 1 ? TIGHT : SPACED;
			k->open->dotted = true;
			put(k, k->ch[next].kind == DIGIT ? 'o' : k->ch[next].c,
			    k->open->script);
			return next;
		}
		gap(k);
		return i;
	case SLASH:
		if (!slashed(k, i))
			gap(k);
		return i;
	case PLUS:
		whole_word(k, "and");
		return i;
	case HASH:
		whole_word(k, "no");
		return i;
	case OPEN:
	case CLOSE:
		gap(k);
		k->depth += k->ch[i].kind == OPEN ? 1 : k->depth > 0 ? -1 : 0;
		return i;
	default:
		gap(k);
		return i;
	}
}

static void
cut(struct cutter *k)
{
	for (size_t i = 0; i < k->n; i++) {
		if (is_word(&k->ch[i]))
			word_char(k, &k->ch[i]);
		else
			i = sign(k, i);
	}
	close_word(k);
}

void
mn_split_name(struct mn_str name, struct mn_split *out)
{
	struct cutter k; /* the characters are filled as they come: not zeroed first */
	k.n = k.used = 0;
	k.out = out;
	k.open = NULL;
	k.letters = 0;
	k.dotted = PLAIN;
	k.depth = 0;
	k.after_gap = true;
	bool longer = name.n > RAW_BYTES;
	out->n = 0;
	name = mn_utf8_cut(name, RAW_BYTES);
	if (all_ascii(name)) {
		read_ascii(&k, name);
	} else {
		struct mn_buf text = mn_buf_new(32 * RAW_BYTES + 64);
		mn_fold_letters(name, &text);
		read_chars(&k, mn_buf_str(&text));
		mn_buf_free(&text);
	}
	memset(&k.ch[k.n], 0, 3 * sizeof k.ch[0]);
	out->cut = out->cut || longer;
	cut(&k);
}

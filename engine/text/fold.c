/*
 * Folding by ICU's NFKC_Casefold, then marks off Latin, Greek and Cyrillic letters.
 * ASCII, nine cells of ten, never reaches ICU.
 */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

/* Longer texts are folded piecewise at a blank: names and cells are far shorter. */
#define UNITS_MAX 4096
#define PIECE_BYTES 1024
/* NFKC can make 18 units of one (U+FDFA); no UTF-8 sequence gives more than 9 per byte.
 */

/* Letters that have no decomposition but a usual ASCII spelling. */
static const struct {
	uint16_t from;
	char to[3];
} SPELLED[] = {{0xe6, "ae"}, {0xf0, "d"}, {0xf8, "o"}, {0xfe, "th"}, {0x111, "d"},
    {0x127, "h"}, {0x131, "i"}, {0x138, "k"}, {0x142, "l"}, {0x14b, "n"}, {0x153, "oe"},
    {0x167, "t"}, {0x192, "f"}, {0x1dd, "e"}, {0x259, "e"}, {0x253, "b"}, {0x257, "d"},
    {0x199, "k"}, {0x1b4, "y"}, {0x268, "i"}};

struct units {
	UChar u[UNITS_MAX];
	int32_t n;
};

static bool
is_ascii(struct mn_str s)
{
	size_t i = 0;
	uint64_t word;
	for (; i + 8 <= s.n; i += 8) {
		memcpy(&word, s.p + i, 8);
		if (word & 0x8080808080808080ULL)
			return false;
	}
	for (; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static void
fold_ascii(struct mn_str s, struct mn_buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		mn_buf_byte(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
	}
}

/* Which letters lose their marks: for joining, Cyrillic ones too; for romanising they
 * keep them, because й and ё are letters of their own there. */
enum strip { STRIP_ALL, STRIP_LATIN };

static bool
loses_marks(UChar32 base, enum strip how)
{
	UErrorCode st = U_ZERO_ERROR;
	UScriptCode sc = uscript_getScript(base, &st);
	return sc == USCRIPT_LATIN || sc == USCRIPT_GREEK ||
	       (how == STRIP_ALL && sc == USCRIPT_CYRILLIC);
}

/* From in (decomposed) to out: marks off, letters spelled. */
static void
strip_marks(const struct units *in, struct units *out, enum strip how)
{
	bool strip = false;
	out->n = 0;
	for (int32_t i = 0; i < in->n && out->n < UNITS_MAX - 2;) {
		UChar unit = in->u[i++];
		UChar32 c = unit;
		if ((unit & 0xfc00) == 0xd800 && i < in->n)
			c = 0x10000 + ((unit & 0x3ff) << 10) + (in->u[i++] & 0x3ff);
		if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) {
			if (strip)
				continue;
		} else {
			strip = loses_marks(c, how);
		}
		const char *to = NULL;
		for (size_t k = 0; k < countof(SPELLED) && strip; k++)
			if (SPELLED[k].from == c)
				to = SPELLED[k].to;
		for (; to && *to; to++)
			out->u[out->n++] = (UChar)*to;
		if (!to)
			U16_APPEND_UNSAFE(out->u, out->n, c);
	}
}

static void
add_utf16(const struct units *in, struct mn_buf *out)
{
	char bytes[3 * UNITS_MAX];
	int32_t n = 0;
	UErrorCode st = U_ZERO_ERROR;
	u_strToUTF8WithSub(
	    bytes, (int32_t)sizeof bytes, &n, in->u, in->n, 0xfffd, NULL, &st);
	if (U_SUCCESS(st))
		mn_buf_add(out, mn_str(bytes, (size_t)n));
}

/* One piece of at most PIECE_BYTES. The normalizers are ICU's own constant singletons. */
static void
fold_piece(struct mn_str s, struct mn_buf *out, enum strip how)
{
	struct units a, b;
	UErrorCode st = U_ZERO_ERROR;
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&st);
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&st);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&st);
	u_strFromUTF8WithSub(a.u, UNITS_MAX, &a.n, s.p, (int32_t)s.n, 0xfffd, NULL, &st);
	b.n = unorm2_normalize(fold, a.u, a.n, b.u, UNITS_MAX, &st);
	a.n = unorm2_normalize(nfd, b.u, b.n, a.u, UNITS_MAX, &st);
	if (U_FAILURE(st))
		return;
	strip_marks(&a, &b, how);
	a.n = unorm2_normalize(nfc, b.u, b.n, a.u, UNITS_MAX, &st);
	if (U_SUCCESS(st))
		add_utf16(&a, out);
}

/* Compatibility form, case, marks; punctuation and blanks stay. */
static void
fold_text(struct mn_str s, struct mn_buf *out, enum strip how)
{
	if (is_ascii(s)) {
		fold_ascii(s, out);
		return;
	}
	while (s.n) {
		/* Half of the room, because a few characters grow; the rare piece that
		 * still does not fit (a page of U+FDFA) is halved until it does. */
		struct mn_str piece = mn_utf8_cut(s, PIECE_BYTES);
		size_t before = out->n;
		if (piece.n == 0) /* not UTF-8 after all: ICU repairs it */
			piece = mn_str_sub(s, 0, PIECE_BYTES);
		for (size_t at = piece.n; at > 0 && piece.n < s.n; at--)
			if (piece.p[at - 1] == ' ') {
				piece.n = at;
				break;
			}
		fold_piece(piece, out, how);
		while (out->n == before && !out->failed && piece.n > 64) {
			piece = mn_utf8_cut(piece, piece.n / 2);
			fold_piece(piece, out, how);
		}
		s = mn_str(s.p + piece.n, s.n - piece.n);
	}
}

void
mn_fold_letters(struct mn_str s, struct mn_buf *out)
{
	fold_text(s, out, STRIP_LATIN);
}

/* Letters, digits and marks make words; an apostrophe that Unicode calls a letter does
 * not. */
static bool
in_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       (c >= 'A' && c <= 'Z');
	if (c >= 0x2b9 && c <= 0x2bf)
		return false;
	return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) !=
	       0;
}

/* Appends the words of folded text, `gap` between them. */
static void
add_words(struct mn_str s, char gap, struct mn_buf *out)
{
	bool some = false, pending = false;
	while (s.n) {
		struct mn_str at = s;
		uint32_t c = mn_utf8_next(&s);
		if (!in_word(c)) {
			pending = some;
			continue;
		}
		if (pending)
			mn_buf_byte(out, gap);
		mn_buf_add(out, mn_str(at.p, at.n - s.n));
		some = true;
		pending = false;
	}
}

/* ASCII words without a buffer between: the path of nearly every cell. */
static void
ascii_words(struct mn_str s, char gap, struct mn_buf *out)
{
	bool some = false, pending = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
			pending = some;
			continue;
		}
		if (pending)
			mn_buf_byte(out, gap);
		mn_buf_byte(out, c);
		some = true;
		pending = false;
	}
}

static void
words(struct mn_str s, char gap, struct mn_buf *out)
{
	if (is_ascii(s)) {
		ascii_words(s, gap, out);
		return;
	}
	struct mn_buf text = mn_buf_new(32 * s.n + 64);
	fold_text(s, &text, STRIP_ALL);
	add_words(mn_buf_str(&text), gap, out);
	mn_buf_free(&text);
}

void
mn_fold_words(struct mn_str s, struct mn_buf *out)
{
	words(s, ' ', out);
}

void
mn_fold_key(struct mn_str s, struct mn_buf *out)
{
	words(s, '_', out);
}

void
mn_fold_id(struct mn_str s, struct mn_buf *out)
{
	struct mn_buf text = mn_buf_new(32 * s.n + 64);
	fold_text(s, &text, STRIP_ALL);
	for (struct mn_str rest = mn_buf_str(&text); rest.n;) {
		struct mn_str at = rest;
		uint32_t c = mn_utf8_next(&rest);
		if (c >= 'a' && c <= 'z')
			mn_buf_byte(out, (char)(c - 32));
		else if (in_word(c) &&
			 (c < 0x80 || !(U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK)))
			mn_buf_add(out, mn_str(at.p, at.n - rest.n));
	}
	mn_buf_free(&text);
}

/* ---- names ---- */

static bool
letter_at(struct mn_str s)
{
	return s.n && in_word(mn_utf8_next(&s));
}

/* "&" and "+" become words, dots between single letters vanish: "s.a." -> "sa". */
static void
spell_out(struct mn_str s, struct mn_buf *out)
{
	bool single = false; /* the last character was a letter standing alone so far */
	bool inside = false; /* the last character belonged to a word */
	while (s.n) {
		struct mn_str at = s;
		uint32_t c = mn_utf8_next(&s);
		if (c == '&' || c == '+') {
			mn_buf_add(out, MN_S(" and "));
			single = inside = false;
		} else if (c == '.' && single && letter_at(s)) {
			struct mn_str next = s;
			mn_utf8_next(&next);
			/* Only when the next letter stands alone too: "j.smith" stays
			 * two. */
			if (letter_at(next))
				mn_buf_byte(out, ' ');
			inside = false;
		} else {
			mn_buf_add(out, mn_str(at.p, at.n - s.n));
			single = in_word(c) && !inside;
			inside = in_word(c);
		}
	}
}

static const struct {
	struct mn_str from, to;
} FORM[] = {
    {MN_S("limited"), MN_S("ltd")},
    {MN_S("company"), MN_S("co")},
    {MN_S("corporation"), MN_S("corp")},
    {MN_S("incorporated"), MN_S("inc")},
    {MN_S("private"), MN_S("pvt")},
    {MN_S("ltd"), MN_S("ltd")},
    {MN_S("co"), MN_S("co")},
    {MN_S("corp"), MN_S("corp")},
    {MN_S("inc"), MN_S("inc")},
    {MN_S("pvt"), MN_S("pvt")},
};

static int
legal_form(struct mn_str word)
{
	for (size_t i = 0; i < countof(FORM); i++)
		if (mn_str_eq(FORM[i].from, word))
			return (int)i;
	return -1;
}

/* Where the run of legal forms at the end of the name begins. */
static size_t
forms_at(struct mn_str name)
{
	size_t at = name.n;
	while (at > 0) {
		size_t beg = at;
		while (beg > 0 && name.p[beg - 1] != ' ')
			beg--;
		if (legal_form(mn_str(name.p + beg, at - beg)) < 0)
			break;
		at = beg > 0 ? beg - 1 : 0;
	}
	return at;
}

static void
add_name(struct mn_str name, struct mn_buf *out)
{
	while (mn_str_starts(name, MN_S("the ")))
		name = mn_str_sub(name, 4, name.n);
	size_t at = forms_at(name);
	mn_buf_add(out, mn_str(name.p, at));
	struct mn_str rest = mn_str_sub(name, at, name.n);
	while (rest.p && rest.n) {
		struct mn_str word = mn_str_cut(&rest, ' ');
		if (word.n == 0) {
			mn_buf_byte(out, ' ');
			continue;
		}
		mn_buf_add(out, FORM[legal_form(word)].to);
		if (rest.n)
			mn_buf_byte(out, ' ');
	}
}

void
mn_fold_name(struct mn_str s, struct mn_buf *out)
{
	struct mn_buf text = mn_buf_new(32 * s.n + 64),
		      spelled = mn_buf_new(96 * s.n + 64);
	fold_text(s, &text, STRIP_ALL);
	spell_out(mn_buf_str(&text), &spelled);
	mn_buf_clear(&text);
	add_words(mn_buf_str(&spelled), ' ', &text);
	add_name(mn_buf_str(&text), out);
	mn_buf_free(&text);
	mn_buf_free(&spelled);
}

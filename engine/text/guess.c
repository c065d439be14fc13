/*
 * Which encoding makes most sense of a sample. Each row of the table is a language in an
 * encoding: the sample is decoded and its letters counted for and against it. Letters the
 * language uses speak for it, others, signs inside words and capitals behind small
 * letters against it. What a row must beat is windows-1252, by a margin: a wrong guess of
 * a rare encoding is worse than the common one.
 */
#include <stdio.h>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include "manumit/base/arena.h"
#include "manumit/text/utf8.h"

#include "encoding.h"

#define LETTERS_LIKELY 8 /* fewer make no guess likely */
#define LETTERS_LEAST 4  /* fewer say nothing against windows-1252 */
#define WEIGHTS 0x2100   /* code points with a weight of their own */

/* Tenths of a point a byte. */
enum {
	FREQUENT = 10,
	KNOWN = 6,
	FOREIGN = -12,
	SIGN_INSIDE = -20,
	CASE = -20,
	MIXED = -25,
	NOTHING = -60
};

struct row {
	enum mn_encoding e;
	const char *language;
	const char *frequent; /* letters, both cases where there are two */
	const char *known;
};

static const struct row ROWS[] = {
    {MN_ENC_CP1252, "French", "éèàêçôîÉÈÀÊÇÔÎ", "âëïùûüœÂËÏÙÛÜŒ"},
    {MN_ENC_CP1252, "Spanish", "áéíóúñÁÉÍÓÚÑ", "üÜºª"},
    {MN_ENC_CP1252, "Portuguese", "ãõçáéíóúÃÕÇÁÉÍÓÚ", "âêôàÂÊÔÀºª"},
    {MN_ENC_CP1252, "German", "äöüßÄÖÜ", "éàè"},
    {MN_ENC_CP1252, "Italian", "àèéìòùÀÈÉÌÒÙ", ""},
    {MN_ENC_CP1252, "Nordic", "åäöæøÅÄÖÆØ", "éüÉÜ"},
    {MN_ENC_CP1252, "Icelandic", "áéíóúýþæðöÁÉÍÓÚÝÞÆÐÖ", ""},
    {MN_ENC_CP1252, "Western European", "",
	"éèàêçôîâëïùûüœáíóúñãõäößåæøÉÈÀÊÇÔÎÂËÏÙÛÜŒÁÍÓÚÑÃÕÄÖÅÆØìòÿºª"},
    {MN_ENC_CP1250, "Polish", "łąęśżóćńźŁĄĘŚŻÓĆŃŹ", ""},
    {MN_ENC_CP1250, "Czech or Slovak", "áčéěíňřšůúýžôľťďÁČÉĚÍŇŘŠŮÚÝŽÔĽŤĎ", "ĺŕäöü"},
    {MN_ENC_CP1250, "Hungarian", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", ""},
    {MN_ENC_CP1250, "Romanian", "ăâîşţĂÂÎŞŢ", ""},
    {MN_ENC_CP1250, "Croatian or Slovene", "čćđšžČĆĐŠŽ", ""},
    {MN_ENC_ISO2, "Polish", "łąęśżóćńźŁĄĘŚŻÓĆŃŹ", ""},
    {MN_ENC_ISO2, "Czech or Slovak", "áčéěíňřšůúýžôľťďÁČÉĚÍŇŘŠŮÚÝŽÔĽŤĎ", "ĺŕäöü"},
    {MN_ENC_ISO2, "Croatian or Slovene", "čćđšžČĆĐŠŽ", ""},
    {MN_ENC_CP852, "Polish", "łąęśżóćńźŁĄĘŚŻÓĆŃŹ", ""},
    {MN_ENC_CP850, "Western European", "éàçãõñüöäóíáÉÀÇÃÕÑÜÖÄÓÍÁ", "êôâèúß"},
    {MN_ENC_MACROMAN, "Western European", "éàçãõñüöäóíáÉÀÇÃÕÑÜÖÄÓÍÁ", "êôâèúß"},
    {MN_ENC_CP1254, "Turkish", "ışğçöüİŞĞÇÖÜ", "âîûÂÎÛ"},
    {MN_ENC_CP1257, "Latvian", "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ", ""},
    {MN_ENC_CP1257, "Lithuanian", "ąčęėįšųūžĄČĘĖĮŠŲŪŽ", ""},
    {MN_ENC_CP1258, "Vietnamese", "ăâđêôơưĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323",
	"àáãèéìíòóõùúýÀÁÃÈÉÌÍÒÓÕÙÚÝ"},
    {MN_ENC_CP1251, "Cyrillic", "оеаинтсрвлкмОЕАИНТСРВЛКМ",
	"дпуяыьгзбчйхжшюцщэфъёіїєґўДПУЯЫЬГЗБЧЙХЖШЮЦЩЭФЪЁІЇЄҐЎ№«»"},
    {MN_ENC_KOI8R, "Cyrillic", "оеаинтсрвлкмОЕАИНТСРВЛКМ",
	"дпуяыьгзбчйхжшюцщэфъёДПУЯЫЬГЗБЧЙХЖШЮЦЩЭФЪЁ"},
    {MN_ENC_KOI8U, "Ukrainian", "оеаинтсрвлкміОЕАИНТСРВЛКМІ",
	"дпуяьгзбчйхжшюцщфїєґДПУЯЬГЗБЧЙХЖШЮЦЩФЇЄҐ"},
    {MN_ENC_CP866, "Cyrillic", "оеаинтсрвлкмОЕАИНТСРВЛКМ",
	"дпуяыьгзбчйхжшюцщэфъёДПУЯЫЬГЗБЧЙХЖШЮЦЩЭФЪЁ№"},
    {MN_ENC_ISO5, "Cyrillic", "оеаинтсрвлкмОЕАИНТСРВЛКМ",
	"дпуяыьгзбчйхжшюцщэфъёДПУЯЫЬГЗБЧЙХЖШЮЦЩЭФЪЁ"},
    {MN_ENC_CP1253, "Greek", "αοιετσνηυρπκΑΟΙΕΤΣΝΗΥΡΠΚς",
	"λμγδθβχφξζψωάέήίόύώϊΛΜΓΔΘΒΧΦΞΖΨΩΆΈΉΊΌΎΏ"},
    {MN_ENC_ISO7, "Greek", "αοιετσνηυρπκΑΟΙΕΤΣΝΗΥΡΠΚς",
	"λμγδθβχφξζψωάέήίόύώϊΛΜΓΔΘΒΧΦΞΖΨΩΆΈΉΊΌΎΏ"},
    {MN_ENC_CP1255, "Hebrew", "יוהלאמרבתשנ", "עםקדחפטצגכסזןךףץ"},
    {MN_ENC_CP1256, "Arabic", "الميونرتبةعدسفه", "كقحجشطصخضذزثغظءأإىئآؤپچژگ،"},
    {MN_ENC_ISO6, "Arabic", "الميونرتبةعدسفه", "كقحجشطصخضذزثغظءأإىئآؤ،"},
    {MN_ENC_CP874, "Thai", "านรอกเงมยลวดทสตะปบคห\u0e31\u0e35\u0e34\u0e49\u0e48\u0e01",
	"แพชจขใไถผซธโณญฟศภษฎฏฐฑฒฌฆฉฝฤๆฯ\u0e37\u0e38\u0e39\u0e4c\u0e47\u0e36\u0e33\u0e4a"},
    {MN_ENC_GB18030, "Chinese",
	"有限公司中国厂市省区路号工业制造科技电子服装贸易集团股份县", NULL},
    {MN_ENC_BIG5, "traditional Chinese",
	"有限公司中國廠市省區路號工業製造科技電子服裝貿易集團股份縣樓香港台灣", NULL},
    {MN_ENC_CP932, "Japanese", "株式会社有限工業製作所商事東京都大阪市区の県", NULL},
    {MN_ENC_EUCJP, "Japanese", "株式会社有限工業製作所商事東京都大阪市区の県", NULL},
    {MN_ENC_EUCKR, "Korean", "주식회사유한산업전자공업시기구동로서울경부이", NULL},
};

struct letter {
	uint32_t c;    /* 0xfffd: no meaning */
	uint8_t bytes; /* it took */
	uint8_t lead;  /* the first of them */
};

struct sample {
	struct letter at[MN_SNIFF_SAMPLE];
	size_t n, high;  /* letters; bytes of those outside ASCII */
	uint64_t digest; /* of all letters */
};

/* ---- decoding ---- */

static bool
decode(struct mn_str s, enum mn_encoding e, struct sample *out)
{
	UErrorCode st = U_ZERO_ERROR;
	UConverter *u = ucnv_open(mn_encoding_row(e)->icu, &st);
	const char *p = s.p, *end = s.p + s.n;
	out->n = out->high = 0;
	out->digest = 0;
	if (U_FAILURE(st))
		return false;
	ucnv_setToUCallBack(u, UCNV_TO_U_CALLBACK_SUBSTITUTE, NULL, NULL, NULL, &st);
	while (p < end && out->n < MN_SNIFF_SAMPLE) {
		const char *from = p;
		st = U_ZERO_ERROR;
		UChar32 c = ucnv_getNextUChar(u, &p, end, &st);
		if (p == from)
			break;
		bool lost = U_FAILURE(st) || (c >= 0x7f && c < 0xa0) ||
			    (c >= 0xe000 && c < 0xf900);
		out->at[out->n++] = (struct letter){.c = lost ? 0xfffd : (uint32_t)c,
		    .bytes = (uint8_t)(p - from),
		    .lead = (uint8_t)*from};
		out->digest = (out->digest ^ out->at[out->n - 1].c) * 0x100000001b3ULL;
		out->high += c >= 0x80 || lost ? (size_t)(p - from) : 0;
	}
	ucnv_close(u);
	return true;
}

/* ---- weighing ---- */

static void
weigh(int8_t *weight, const char *letters, int8_t w)
{
	for (struct mn_str s = mn_str_c(letters); s.n;) {
		uint32_t c = mn_utf8_next(&s);
		if (c < WEIGHTS)
			weight[c] = w;
	}
}

static bool
is_letter(uint32_t c)
{
	return c < 0x80
		   ? (c | 32) >= 'a' && (c | 32) <= 'z'
		   : c != 0xfffd && (u_isalpha((UChar32)c) ||
					u_charType((UChar32)c) == U_NON_SPACING_MARK);
}

/* Latin letters and marks go together; other scripts do not mix with them in a word. */
static bool
is_latin(uint32_t c)
{
	return c < 0x250 || (c >= 0x300 && c < 0x370) || (c >= 0x1e00 && c < 0x1f00);
}

/* What the letter at i says, beside its own weight, by its neighbours. */
static int
by_neighbours(const struct sample *s, size_t i)
{
	uint32_t c = s->at[i].c;
	uint32_t before = i > 0 ? s->at[i - 1].c : ' ';
	uint32_t after = i + 1 < s->n ? s->at[i + 1].c : ' ';
	bool in_word = is_letter(before) || is_letter(after);
	/* A mark needs a letter to sit on. */
	if (u_charType((UChar32)c) == U_NON_SPACING_MARK && !is_letter(before))
		return SIGN_INSIDE;
	if (!is_letter(c))
		return is_letter(before) && is_letter(after) && c != 0x2019 &&
			       c != 0xb7 && c != 0xb4 && c != 0x2013 && c != 0xa0 &&
			       c != 0x2018
			   ? SIGN_INSIDE
			   : 0;
	/* Quotation marks of one encoding are lone letters of another. */
	if (!in_word && !is_latin(c))
		return 2 * FOREIGN;
	if (in_word && ((is_letter(before) && is_latin(before) != is_latin(c)) ||
			   (is_letter(after) && is_latin(after) != is_latin(c))))
		return MIXED;
	if (is_letter(before) && u_isupper((UChar32)c) && u_islower((UChar32)before))
		return CASE;
	return 0;
}

static int
score_letters(const struct row *r, const struct sample *s, size_t *letters)
{
	int8_t weight[WEIGHTS];
	int sum = 0;
	memset(weight, 0, sizeof weight);
	weigh(weight, r->known, KNOWN);
	weigh(weight, r->frequent, FREQUENT);
	for (size_t i = 0; i < s->n; i++) {
		uint32_t c = s->at[i].c;
		if (c < 0x80)
			continue;
		int w = c < WEIGHTS ? weight[c] : 0;
		*letters += w > 0;
		if (c == 0xfffd)
			sum += NOTHING;
		else
			sum += (w ? w : is_letter(c) ? FOREIGN : 0) + by_neighbours(s, i);
	}
	return sum;
}

/* Characters of the first level of a standard, ordered by use, by their first byte. */
static bool
first_level(enum mn_encoding e, struct letter l)
{
	switch (e) {
	case MN_ENC_GB18030:
		return l.lead >= 0xb0 && l.lead <= 0xd7;
	case MN_ENC_BIG5:
		return l.lead >= 0xa4 && l.lead <= 0xc6;
	case MN_ENC_CP932:
		return (l.c >= 0x3040 && l.c < 0x3100) ||
		       (l.lead >= 0x88 && l.lead <= 0x97);
	case MN_ENC_EUCJP:
		return l.lead == 0xa4 || l.lead == 0xa5 ||
		       (l.lead >= 0xb0 && l.lead <= 0xcf);
	default:
		return l.c >= 0xac00 && l.c < 0xd7a4 && l.lead >= 0xb0 && l.lead <= 0xc8;
	}
}

static int
score_han(const struct row *r, const struct sample *s, size_t *letters)
{
	bool japanese = r->e == MN_ENC_CP932 || r->e == MN_ENC_EUCJP, kana = false;
	int sum = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct letter l = s->at[i];
		char text[4];
		if (l.c < 0x80)
			continue;
		struct mn_str c = mn_str(text, mn_utf8_put(l.c, text));
		bool half_kana = l.c >= 0xff61 && l.c < 0xffa0;
		bool is_kana = l.c >= 0x3040 && l.c < 0x3100;
		int w = l.c == 0xfffd                                       ? NOTHING
			: mn_str_find(mn_str_c(r->frequent), c) != SIZE_MAX ? 2 * FREQUENT
			: is_kana && japanese  ? FREQUENT + KNOWN
			: first_level(r->e, l) ? FREQUENT
			: half_kana            ? FOREIGN
			: !is_letter(l.c)      ? 0
					       : FOREIGN;
		*letters += w > 0;
		sum += w * l.bytes;
		kana = kana || is_kana;
	}
	/* Han alone is more often Chinese. */
	return japanese && !kana && sum > 0 ? sum / 2 : sum;
}

struct best {
	const struct row *row;
	int score; /* tenths of a point a byte outside ASCII, times 100 */
	size_t letters;
	uint64_t digest;
};

static struct best
weigh_row(const struct row *r, const struct sample *s, enum mn_encoding declared)
{
	struct best b = {.row = r, .digest = s->digest};
	int sum =
	    r->known ? score_letters(r, s, &b.letters) : score_han(r, s, &b.letters);
	b.score = s->high ? (int)((int64_t)sum * 100 / (int64_t)s->high) : -10000;
	/* What a file says of itself counts as much as all its letters. */
	if (r->e == declared)
		b.score += 100 * FREQUENT;
	return b;
}

static void
explain(struct mn_guess *g, const struct best *b, const struct best *next)
{
	bool clear = b->score >= 300 && b->score - next->score >= 150;
	g->encoding = b->row->e;
	g->trust =
	    clear && b->letters >= LETTERS_LIKELY ? MN_TRUST_LIKELY : MN_TRUST_GUESS;
	snprintf(g->why, sizeof g->why, "%zu letters look %s; next best %s", b->letters,
	    b->row->language, mn_encoding_name(next->row->e));
}

void
mn_guess_letters(struct mn_str sample, enum mn_encoding declared, struct mn_guess *g)
{
	struct sample *s = mn_handle_new(sizeof *s);
	struct best best = {.score = INT32_MIN}, next = best;
	enum mn_encoding decoded = MN_ENC_COUNT;
	uint64_t plain = 0; /* digest of the sample as windows-1252 */
	for (size_t i = 0; s && i < countof(ROWS); i++) {
		const struct row *r = &ROWS[i];
		if (r->e != decoded && !decode(sample, r->e, s))
			continue;
		decoded = r->e;
		struct best b = weigh_row(r, s, declared);
		/* What reads the same is the same. */
		plain = i == 0 ? s->digest : plain;
		if (r->e != MN_ENC_CP1252 && s->digest == plain)
			continue;
		bool same = best.row && best.digest == b.digest;
		/* The margin by which windows-1252 is left. */
		int margin = best.row && !same && best.row->e == MN_ENC_CP1252 ? 150 : 0;
		if (!best.row || b.score > best.score + margin) {
			if (!same && best.row)
				next = best;
			best = b;
		} else if (!same && (!next.row || b.score > next.score)) {
			next = b;
		}
	}
	mn_handle_free(s);
	if (best.row && next.row && best.letters >= LETTERS_LEAST) {
		explain(g, &best, &next);
	} else {
		g->encoding = MN_ENC_CP1252;
		g->trust = MN_TRUST_GUESS;
		snprintf(g->why, sizeof g->why, "no UTF-8, and too few letters to tell");
	}
	if (declared != MN_ENC_COUNT &&
	    (g->encoding == declared || best.letters < LETTERS_LEAST)) {
		g->encoding = declared;
		g->trust = MN_TRUST_LIKELY;
		snprintf(g->why, sizeof g->why, "the file says so");
	}
}

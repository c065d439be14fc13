/* Units of numbers, out of headers and lines above them. */
#include <ctype.h>

#include "manumit/connectors/mapping.h"
#include "manumit/text/fold.h"

#include "number.h"
#include "unit.h"

#define WORDS_MOST 24 /* of a header or line that says a unit */
#define TEXT_MOST 400 /* bytes of one: longer is a paragraph */

/* What stands for words of a unit. */
static const struct {
	struct mn_str sign, word;
} SIGNS[] = {{MN_S("US$"), MN_S(" usd ")}, {MN_S("R$"), MN_S(" brl ")},
    {MN_S("HK$"), MN_S(" hkd ")}, {MN_S("A$"), MN_S(" aud ")},
    {MN_S("C$"), MN_S(" cad ")}, {MN_S("S$"), MN_S(" sgd ")}, {MN_S("$"), MN_S(" $ ")},
    {MN_S("€"), MN_S(" eur ")}, {MN_S("£"), MN_S(" gbp ")}, {MN_S("₹"), MN_S(" inr ")},
    {MN_S("₽"), MN_S(" rub ")}, {MN_S("₺"), MN_S(" try ")}, {MN_S("₫"), MN_S(" vnd ")},
    {MN_S("₩"), MN_S(" krw ")}, {MN_S("฿"), MN_S(" thb ")}, {MN_S("¥"), MN_S(" $ ")},
    {MN_S("# of"), MN_S(" number of ")}, {MN_S("#"), MN_S(" number of ")},
    {MN_S("1,000"), MN_S(" 000 ")}, {MN_S("1.000"), MN_S(" 000 ")},
    {MN_S("1 000"), MN_S(" 000 ")}, {MN_S("'000"), MN_S(" 000 ")},
    {MN_S("’000"), MN_S(" 000 ")}, {MN_S("‘000"), MN_S(" 000 ")},
    {MN_S("%"), MN_S(" percent ")}, {MN_S("单位"), MN_S(" unit ")},
    {MN_S("單位"), MN_S(" unit ")}, {MN_S("単位"), MN_S(" unit ")},
    {MN_S("단위"), MN_S(" unit ")}, {MN_S("人民币"), MN_S(" cny ")},
    {MN_S("人民幣"), MN_S(" cny ")}};

/* Folded words that multiply. Those of one letter, and "mm", mean it beside money only.
 */
static const struct {
	struct mn_str word;
	uint8_t tens;
	bool beside;
	char currency[4];
} SCALES[] = {{MN_S("k"), 3, true, ""}, {MN_S("t"), 3, true, ""},
    {MN_S("tsd"), 3, false, ""}, {MN_S("th"), 3, true, ""}, {MN_S("000"), 3, false, ""},
    {MN_S("000s"), 3, false, ""}, {MN_S("1000"), 3, true, ""},
    {MN_S("thousand"), 3, false, ""}, {MN_S("thousands"), 3, false, ""},
    {MN_S("tausend"), 3, false, ""}, {MN_S("milliers"), 3, false, ""},
    {MN_S("miles"), 3, true, ""}, {MN_S("milhares"), 3, false, ""},
    {MN_S("migliaia"), 3, false, ""}, {MN_S("duizend"), 3, false, ""},
    {MN_S("duizenden"), 3, false, ""}, {MN_S("tys"), 3, false, ""},
    {MN_S("tis"), 3, true, ""}, {MN_S("тыс"), 3, false, ""},
    {MN_S("тысяч"), 3, false, ""}, {MN_S("тис"), 3, false, ""},
    {MN_S("ribu"), 3, true, ""}, {MN_S("nghin"), 3, true, ""}, {MN_S("bin"), 3, true, ""},
    {MN_S("千元"), 3, false, ""}, {MN_S("千円"), 3, false, "JPY"},
    {MN_S("천원"), 3, false, "KRW"}, {MN_S("พันบาท"), 3, false, "THB"},
    {MN_S("万元"), 4, false, ""}, {MN_S("萬元"), 4, false, ""},
    {MN_S("万円"), 4, false, "JPY"}, {MN_S("만원"), 4, false, "KRW"},
    {MN_S("lakh"), 5, false, ""}, {MN_S("lakhs"), 5, false, ""},
    {MN_S("lacs"), 5, false, ""}, {MN_S("m"), 6, true, ""}, {MN_S("mm"), 6, true, ""},
    {MN_S("mn"), 6, true, ""}, {MN_S("mln"), 6, false, ""}, {MN_S("mio"), 6, false, ""},
    {MN_S("million"), 6, false, ""}, {MN_S("millions"), 6, false, ""},
    {MN_S("millionen"), 6, false, ""}, {MN_S("millones"), 6, false, ""},
    {MN_S("milhoes"), 6, false, ""}, {MN_S("milioni"), 6, false, ""},
    {MN_S("miljoen"), 6, false, ""}, {MN_S("млн"), 6, false, ""},
    {MN_S("juta"), 6, true, ""}, {MN_S("trieu"), 6, true, ""},
    {MN_S("百万元"), 6, false, ""}, {MN_S("百萬元"), 6, false, ""},
    {MN_S("百万円"), 6, false, "JPY"}, {MN_S("백만원"), 6, false, "KRW"},
    {MN_S("ล้านบาท"), 6, false, "THB"}, {MN_S("crore"), 7, false, ""},
    {MN_S("crores"), 7, false, ""}, {MN_S("cr"), 7, true, ""},
    {MN_S("亿元"), 8, false, ""}, {MN_S("億元"), 8, false, ""},
    {MN_S("億円"), 8, false, "JPY"}, {MN_S("억원"), 8, false, "KRW"},
    {MN_S("bn"), 9, true, ""}, {MN_S("billion"), 9, false, ""},
    {MN_S("billions"), 9, false, ""}, {MN_S("mrd"), 9, false, ""},
    {MN_S("milliarden"), 9, false, ""}, {MN_S("млрд"), 9, false, ""}};

/* Words of a currency that are no code. */
static const struct {
	struct mn_str word;
	char code[4];
} MONEY[] = {{MN_S("euro"), "EUR"}, {MN_S("euros"), "EUR"}, {MN_S("руб"), "RUB"},
    {MN_S("рублей"), "RUB"}, {MN_S("грн"), "UAH"}, {MN_S("円"), "JPY"},
    {MN_S("원"), "KRW"}, {MN_S("kc"), "CZK"}, {MN_S("zl"), "PLN"}, {MN_S("tl"), "TRY"},
    {MN_S("dong"), "VND"}, {MN_S("rmb"), "CNY"}, {MN_S("baht"), "THB"},
    {MN_S("บาท"), "THB"}, {MN_S("元"), ""}, {MN_S("dollar"), ""}, {MN_S("dollars"), ""},
    {MN_S("rs"), ""}, {MN_S("kr"), ""}, {MN_S("usd"), "USD"}};

/* Codes of currencies that are words of headers. */
static const struct mn_str NO_CODES[] = {MN_S("all"), MN_S("cup"), MN_S("sos")};

/* Behind a header these say nothing of what it means. */
static const struct mn_str SILENT[] = {MN_S("in"), MN_S("of"), MN_S("fte"), MN_S("ftes"),
    MN_S("required"), MN_S("optional"), MN_S("mandatory"), MN_S("iso"), MN_S("iso2"),
    MN_S("iso3"), MN_S("dd"), MN_S("mm"), MN_S("yy"), MN_S("yyyy"), MN_S("tt"),
    MN_S("jjjj"), MN_S("aaaa"), MN_S("jj"), MN_S("ytd"), MN_S("fy"), MN_S("total"),
    MN_S("expressed"), MN_S("figures")};

/* Words that make a line one about the unit of its table. */
static const struct mn_str ABOUT[] = {MN_S("unit"), MN_S("units"), MN_S("in"),
    MN_S("amount"), MN_S("amounts"), MN_S("figures"), MN_S("values"), MN_S("expressed"),
    MN_S("all"), MN_S("are"), MN_S("betrage"), MN_S("angaben"), MN_S("alle"),
    MN_S("werte"), MN_S("montants"), MN_S("en"), MN_S("importes"), MN_S("valores"),
    MN_S("cifras"), MN_S("importi"), MN_S("bedragen"), MN_S("kwoty"), MN_S("w"),
    MN_S("v"), MN_S("в"), MN_S("ед"), MN_S("изм"), MN_S("единица"), MN_S("измерения"),
    MN_S("don"), MN_S("vi"), MN_S("tinh"), MN_S("currency"), MN_S("of"), MN_S("de"),
    MN_S("the"), MN_S("numbers"), MN_S("note"), MN_S("spend"), MN_S("reported"),
    MN_S("shown"), MN_S("stated"), MN_S("em"), MN_S("dalam"), MN_S("หน่วย")};

/* Before a unit in the middle of a sentence. */
static const struct mn_str IN[] = {MN_S("in"), MN_S("en"), MN_S("em"), MN_S("w"),
    MN_S("v"), MN_S("в"), MN_S("dalam"), MN_S("unit")};

/* Before the name of a column of the supplier. */
static const struct mn_str OWNERS[] = {MN_S("supplier_"), MN_S("vendor_"),
    MN_S("company_"), MN_S("factory_"), MN_S("facility_"), MN_S("site_"),
    MN_S("primary_address_"), MN_S("main_address_"), MN_S("address_"), MN_S("sum_of_"),
    MN_S("sum_"), MN_S("summe_von_"), MN_S("somme_de_"), MN_S("suma_de_"),
    MN_S("soma_de_")};

static bool
among(const struct mn_str *list, size_t n, struct mn_str s)
{
	for (size_t i = 0; i < n; i++)
		if (mn_str_eq(list[i], s))
			return true;
	return false;
}

/* ---- words ---- */

/* Signs as words, and a blank where a small letter meets a capital: "vendorName". */
static void
spell(struct mn_str s, struct mn_buf *out)
{
	for (size_t i = 0; i < s.n;) {
		struct mn_str rest = mn_str_sub(s, i, s.n);
		size_t k = 0;
		while (k < countof(SIGNS) && !mn_str_starts(rest, SIGNS[k].sign))
			k++;
		if (k < countof(SIGNS)) {
			mn_buf_add(out, SIGNS[k].word);
			i += SIGNS[k].sign.n;
			continue;
		}
		if (i > 0 && isupper((unsigned char)s.p[i]) &&
		    islower((unsigned char)s.p[i - 1]))
			mn_buf_byte(out, ' ');
		mn_buf_byte(out, s.p[i++]);
	}
}

struct words {
	struct mn_str w[WORDS_MOST];
	size_t n;
	bool dollar; /* "$" stood among them, which folding drops */
};

static bool
read_words(struct mn_arena *a, struct mn_str s, struct words *out)
{
	struct mn_buf b = mn_buf_new(4 * TEXT_MOST), f = mn_buf_new(8 * TEXT_MOST);
	out->n = 0;
	out->dollar = false;
	if (s.n <= TEXT_MOST) {
		spell(s, &b);
		out->dollar = mn_str_find_byte(mn_buf_str(&b), '$') != SIZE_MAX;
		mn_fold_key(mn_buf_str(&b), &f);
	}
	struct mn_str rest = mn_arena_str(a, mn_buf_str(&f));
	bool good = !b.failed && !f.failed;
	mn_buf_free(&b);
	mn_buf_free(&f);
	while (good && rest.n) {
		if (out->n == WORDS_MOST)
			return false;
		out->w[out->n++] = mn_str_cut(&rest, '_');
	}
	return good && out->n > 0;
}

/* ---- units ---- */

static bool
is_money(struct mn_str w, char code[4])
{
	for (size_t i = 0; i < countof(MONEY); i++)
		if (mn_str_eq(MONEY[i].word, w)) {
			memcpy(code, MONEY[i].code, 4);
			return true;
		}
	return w.n == 3 && !among(NO_CODES, countof(NO_CODES), w) &&
	       mn_currency_of(w, code);
}

/* "teur", "kusd", "eurm": a letter that multiplies and a code. */
static bool
is_compact(struct mn_str w, uint8_t *tens, char code[4])
{
	if (w.n != 4)
		return false;
	char first = w.p[0], last = w.p[3];
	bool before = (first == 't' || first == 'k' || first == 'm') &&
		      mn_currency_of(mn_str_sub(w, 1, 3), code);
	if (!before &&
	    !((last == 'k' || last == 'm') && mn_currency_of(mn_str_sub(w, 0, 3), code)))
		return false;
	*tens = (before ? first : last) == 'm' ? 6 : 3;
	return true;
}

static bool
is_year(struct mn_str w)
{
	uint64_t n;
	if (w.n > 2 && w.p[0] == 'f' && w.p[1] == 'y')
		return mn_str_u64(mn_str_sub(w, 2, w.n), &n);
	return w.n == 4 && mn_str_u64(w, &n) && n >= 1980 && n < 2060;
}

/* One word of a unit, taken into u. `money`: an amount of money is spoken of. */
static bool
take_word(struct mn_str w, bool money, struct mn_unit *u)
{
	char code[4] = "";
	uint8_t tens;
	if (is_money(w, code)) {
		if (code[0])
			memcpy(u->currency, code, 4);
		return true;
	}
	if (is_compact(w, &tens, code)) {
		memcpy(u->currency, code, 4);
		u->tens = tens;
		return true;
	}
	for (size_t i = 0; i < countof(SCALES); i++) {
		if (!mn_str_eq(SCALES[i].word, w) || (SCALES[i].beside && !money))
			continue;
		/* "thousand million": one multiplies the other */
		u->tens = (uint8_t)(u->tens + SCALES[i].tens);
		if (SCALES[i].currency[0])
			memcpy(u->currency, SCALES[i].currency, 4);
		return true;
	}
	return false;
}

static bool
speaks_of_money(const struct words *x)
{
	char code[4];
	uint8_t tens;
	bool money = x->dollar;
	for (size_t i = 0; i < x->n; i++)
		money =
		    money || is_money(x->w[i], code) || is_compact(x->w[i], &tens, code);
	return money;
}

/* "in EUR thousand, unless ..." */
static bool
said_within(const struct words *x, bool money, struct mn_unit *out)
{
	for (size_t i = 0; i + 1 < x->n; i++) {
		if (!among(IN, countof(IN), x->w[i]))
			continue;
		*out = (struct mn_unit){0};
		for (size_t k = i + 1; k < x->n; k++)
			if (!take_word(x->w[k], money, out) &&
			    !mn_str_eq(x->w[k], MN_S("of")))
				break;
		if (out->tens)
			return true;
	}
	return false;
}

/* "Suppliers by spend (k EUR)": the last bracket, with nothing else in it. Words of a
 * sentence that end in a unit are an amount: "with more than a million EUR". */
static bool
said_in_brackets(struct mn_arena *a, struct mn_str text, bool money, struct mn_unit *out)
{
	struct words x;
	size_t open = text.n;
	*out = (struct mn_unit){0};
	if (!money || !mn_str_ends(text, MN_S(")")))
		return false;
	while (open > 0 && text.p[open - 1] != '(')
		open--;
	if (open == 0 || !read_words(a, mn_str_sub(text, open, text.n), &x))
		return false;
	for (size_t i = 0; i < x.n; i++)
		if (!take_word(x.w[i], money, out))
			return false;
	return out->tens > 0;
}

bool
mn_unit_said(struct mn_arena *a, struct mn_str text, struct mn_unit *out)
{
	struct words x;
	*out = (struct mn_unit){0};
	if (!read_words(a, text, &x))
		return false;
	bool money = speaks_of_money(&x), all = true;
	for (size_t i = 0; i < x.n && all; i++)
		all =
		    take_word(x.w[i], money, out) || among(ABOUT, countof(ABOUT), x.w[i]);
	bool said = (all && out->tens) || said_within(&x, money, out) ||
		    said_in_brackets(a, mn_str_trim(text), money, out);
	return said && out->tens <= 9;
}

static struct mn_str
join(struct mn_arena *a, const struct words *x, size_t from, size_t to)
{
	struct mn_str s = MN_STR_NONE;
	for (size_t i = from; i < to; i++)
		s = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(s), i > from ? "_" : "", MN_FMT(x->w[i]));
	return s;
}

/* Without "[<Supplier>] " and the brackets of "sum(Amount)". */
static struct mn_str
without_frame(struct mn_str s)
{
	size_t end = mn_str_find(s, MN_S("] "));
	return s.n && s.p[0] == '[' && end != SIZE_MAX ? mn_str_sub(s, end + 2, s.n) : s;
}

static bool
is_share(const struct words *x)
{
	static const struct mn_str WORDS[] = {
	    MN_S("percent"), MN_S("percentage"), MN_S("pct"), MN_S("prozent")};
	for (size_t i = 0; i < x->n; i++)
		if (among(WORDS, countof(WORDS), x->w[i]))
			return true;
	return false;
}

static struct mn_str
without_owner(struct mn_str word)
{
	for (size_t i = 0; i < countof(OWNERS); i++)
		if (mn_str_starts(word, OWNERS[i]))
			return mn_str_sub(word, OWNERS[i].n, word.n);
	return MN_STR_NONE;
}

void
mn_heading_read(
    struct mn_arena *a, struct mn_str header, struct mn_str folded, struct mn_heading *h)
{
	struct words x;
	*h = (struct mn_heading){.word = MN_STR_NONE};
	if (!read_words(a, without_frame(mn_str_trim(header)), &x))
		return;
	bool money = speaks_of_money(&x), unit = false;
	size_t from = 0, to = x.n;
	for (; to > 0; to--) {
		struct mn_str w = x.w[to - 1];
		bool taken = take_word(w, money, &h->unit);
		unit = unit || taken;
		/* Salesforce's own columns end in "__c". */
		bool own = mn_str_ends(header, MN_S("__c")) && mn_str_eq(w, MN_S("c"));
		if (!taken && !own && !is_year(w) && !among(SILENT, countof(SILENT), w))
			break;
	}
	while (!unit && from < to && take_word(x.w[from], money, &h->unit))
		from++;
	if (from >= to || h->unit.tens > 9) {
		h->unit = (struct mn_unit){0};
		from = 0;
		to = x.n;
	}
	h->unit.share = is_share(&x);
	h->word = join(a, &x, from, to);
	h->rest = without_owner(h->word);
	if (mn_str_eq(h->word, folded))
		h->word = MN_STR_NONE;
}

bool
mn_heading_rest_field(enum mn_field f)
{
	return f == MN_F_COUNTRY || f == MN_F_ADDRESS || f == MN_F_CITY ||
	       f == MN_F_REGION || f == MN_F_TAX_ID || f == MN_F_WORKERS ||
	       f == MN_F_SECTOR || f == MN_F_SPEND || f == MN_F_CURRENCY ||
	       f == MN_F_LEI || f == MN_F_ENTITY_COUNTRY || f == MN_F_AMOUNT;
}

/* ---- numbers ---- */

struct mn_str
mn_unit_scale(struct mn_str number, unsigned tens, struct mn_arena *a)
{
	size_t dot = mn_str_find_byte(number, '.');
	struct mn_str whole = mn_str_sub(number, 0, dot), part = MN_STR_NONE;
	int64_t e4;
	if (dot != SIZE_MAX)
		part = mn_str_sub(number, dot + 1, number.n);
	char text[64];
	size_t n = 0;
	if (number.n + tens >= sizeof text)
		return MN_STR_NONE;
	for (size_t i = 0; i < whole.n; i++)
		text[n++] = whole.p[i];
	for (size_t i = 0; i < tens; i++)
		text[n++] = i < part.n ? part.p[i] : '0';
	if (part.n > tens) {
		text[n++] = '.';
		for (size_t i = tens; i < part.n; i++)
			text[n++] = part.p[i];
	}
	/* "0.25" times a thousand is "0250". */
	size_t sign = n && text[0] == '-', zeros = sign;
	while (zeros + 1 < n && text[zeros] == '0' && text[zeros + 1] != '.')
		zeros++;
	if (sign && zeros > sign)
		text[zeros - 1] = '-';
	struct mn_str s = mn_str(text + zeros - sign, n - zeros + sign);
	return mn_str_decimal(s, 4, &e4) ? mn_arena_str(a, s) : MN_STR_NONE;
}

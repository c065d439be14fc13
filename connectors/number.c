/* Numbers: signs and words around the digits, marks inside them. */
#include "manumit/text/utf8.h"

#include "number.h"

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* ---- currencies ---- */

/* Signs and words of one currency only: "$", "kr", "Rs" and the yen sign are of several.
 */
static const struct {
	struct mn_str sign;
	char code[4];
} SIGNS[] = {
    {MN_S("US$"), "USD"},
    {MN_S("U$S"), "USD"},
    {MN_S("A$"), "AUD"},
    {MN_S("AU$"), "AUD"},
    {MN_S("C$"), "CAD"},
    {MN_S("CA$"), "CAD"},
    {MN_S("HK$"), "HKD"},
    {MN_S("NT$"), "TWD"},
    {MN_S("NZ$"), "NZD"},
    {MN_S("S$"), "SGD"},
    {MN_S("R$"), "BRL"},
    {MN_S("MX$"), "MXN"},
    {MN_S("€"), "EUR"},
    {MN_S("£"), "GBP"},
    {MN_S("৳"), "BDT"},
    {MN_S("₹"), "INR"},
    {MN_S("₫"), "VND"},
    {MN_S("đ"), "VND"},
    {MN_S("₩"), "KRW"},
    {MN_S("원"), "KRW"},
    {MN_S("฿"), "THB"},
    {MN_S("₱"), "PHP"},
    {MN_S("₺"), "TRY"},
    {MN_S("₽"), "RUB"},
    {MN_S("₦"), "NGN"},
    {MN_S("₴"), "UAH"},
    {MN_S("₪"), "ILS"},
    {MN_S("₸"), "KZT"},
    {MN_S("₵"), "GHS"},
    {MN_S("₾"), "GEL"},
    {MN_S("₼"), "AZN"},
    {MN_S("៛"), "KHR"},
    {MN_S("円"), "JPY"},
    {MN_S("zł"), "PLN"},
    {MN_S("Kč"), "CZK"},
    {MN_S("Tk"), "BDT"},
    {MN_S("Tk."), "BDT"},
    {MN_S("taka"), "BDT"},
    {MN_S("RM"), "MYR"},
    {MN_S("Rp"), "IDR"},
    {MN_S("Rp."), "IDR"},
    {MN_S("baht"), "THB"},
    {MN_S("RMB"), "CNY"},
    {MN_S("euro"), "EUR"},
    {MN_S("euros"), "EUR"},
    {MN_S("dong"), "VND"},
};

/* Codes that stand beside amounts; another three letters are no currency here. */
static const char CODES[] =
    "AED AFN ALL AMD AOA ARS AUD AZN BAM BDT BGN BHD BIF BOB BRL BTN BWP BYN CAD CDF CHF "
    "CLP CNY COP CRC CUP CZK DKK DOP DZD EGP ETB EUR FJD GBP GEL GHS GMD GNF GTQ HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KRW KWD KZT LAK LBP LKR LSL "
    "LYD MAD MDL MGA MKD MMK MNT MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR "
    "PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SDG SEK SGD SLE SOS SZL THB TJS "
    "TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND XAF XCD XOF XPF YER ZAR ZMW";

bool
mn_currency_of(struct mn_str word, char out[4])
{
	word = mn_str_trim(word);
	for (size_t i = 0; i < countof(SIGNS); i++)
		if (mn_str_eq(SIGNS[i].sign, word) ||
		    (word.n > 3 && mn_str_eq_ascii(SIGNS[i].sign, word))) {
			memcpy(out, SIGNS[i].code, 4);
			return true;
		}
	if (word.n != 3)
		return false;
	for (struct mn_str rest = mn_str_c(CODES); rest.p;) {
		struct mn_str code = mn_str_cut(&rest, ' ');
		if (mn_str_eq_ascii(code, word)) {
			memcpy(out, code.p, 3);
			out[3] = 0;
			return true;
		}
	}
	return false;
}

/* What may stand before or behind a number without changing it: a currency, "$", or a
 * unit of up to three letters that is no scale. */
static bool
harmless(struct mn_str word, bool before, struct mn_number *out)
{
	static const struct mn_str SCALES[] = {MN_S("k"), MN_S("m"), MN_S("mn"),
	    MN_S("bn"), MN_S("b"), MN_S("mio"), MN_S("mil"), MN_S("mrd"), MN_S("cr"),
	    MN_S("l"), MN_S("e"), MN_S("th"), MN_S("tr"), MN_S("mln"), MN_S("of"),
	    MN_S("or"), MN_S("to")};
	static const struct mn_str UNITS[] = {MN_S("¥"), MN_S("人"), MN_S("名"),
	    MN_S("元"), MN_S("명"), MN_S("रु"), MN_S("रू"), MN_S("₨"), MN_S("%"), MN_S("٪"),
	    MN_S("$"), MN_S("people"), MN_S("workers"), MN_S("persons"),
	    MN_S("employees")};
	word = mn_str_trim(word);
	if (word.n == 0 || mn_currency_of(word, out->currency))
		return true;
	for (size_t i = 0; i < countof(UNITS); i++)
		if (mn_str_eq_ascii(UNITS[i], word))
			return true;
	if (word.n > (before ? 4u : 3u))
		return false;
	for (size_t i = 0; i < word.n; i++)
		if (!letter(word.p[i]) && word.p[i] != '$' &&
		    !(before && i && word.p[i] == '.'))
			return false;
	for (size_t i = 0; i < countof(SCALES); i++)
		if (mn_str_eq_ascii(word, SCALES[i]))
			return false;
	return true;
}

/* ---- digits ---- */

/* Zeros of scripts whose digits stand in a row. */
static const uint32_t ZEROS[] = {0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6,
    0x0e50, 0x0ed0, 0x1040, 0x17e0, 0xff10};

char
mn_number_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9' ? (char)c : 0;
	for (size_t i = 0; i < countof(ZEROS); i++)
		if (c >= ZEROS[i] && c < ZEROS[i] + 10)
			return (char)('0' + (c - ZEROS[i]));
	return 0;
}

/* The ASCII that a character of a number stands for, 0: none. Blanks inside a number are
 * apostrophes: both part thousands. */
static char
plain(uint32_t c)
{
	static const struct {
		uint32_t c;
		char as;
	} SAME[] = {{0xa0, ' '}, {0x202f, ' '}, {0x2009, ' '}, {0x3000, ' '},
	    {0x2019, '\''}, {0x2018, '\''}, {0xff0c, ','}, {0xff0e, '.'}, {0x066b, '.'},
	    {0x066c, ','}, {0x2212, '-'}, {0xff0d, '-'}};
	if (c < 0x80)
		return strchr("0123456789.,'- ", (int)c) ? (char)c : 0;
	if (mn_number_digit(c))
		return mn_number_digit(c);
	for (size_t i = 0; i < countof(SAME); i++)
		if (SAME[i].c == c)
			return SAME[i].as;
	return 0;
}

/* Thousands in threes, or as in India a three and then twos; "1,2,3" is a list. */
static bool
grouped(struct mn_str s, char mark)
{
	size_t run = 0, groups = 0, twos = 0, end = s.n;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == mark)
			end = i;
	for (size_t i = end; i-- > 0;) {
		if (digit(s.p[i])) {
			run++;
			continue;
		}
		if (s.p[i] == '-')
			break;
		if (run != 3 && !(run == 2 && groups > 0))
			return false;
		if (run == 3 && twos)
			return false;
		twos += run == 2;
		groups++;
		run = 0;
	}
	return groups == 0 || (run >= 1 && run <= (twos ? 2u : 3u));
}

/* Which of '.' and ',' is the decimal mark: the last one, when it occurs once and not
 * before a group of three that could be thousands; the mapping may say. */
static char
decimal_mark(struct mn_str s, bool decimal_comma)
{
	size_t dots = 0, commas = 0, last = SIZE_MAX;
	for (size_t i = 0; i < s.n; i++) {
		dots += s.p[i] == '.';
		commas += s.p[i] == ',';
		if (s.p[i] == '.' || s.p[i] == ',')
			last = i;
	}
	if (last == SIZE_MAX)
		return '.';
	if (dots && commas)
		return s.p[last];
	if (dots + commas > 1)
		return s.p[last] == '.' ? ',' : '.';
	size_t after = s.n - last - 1;
	if (s.p[last] == ',')
		return decimal_comma || after != 3 ? ',' : '.';
	return decimal_comma && after == 3 ? ',' : '.';
}

enum mn_marks
mn_number_marks(struct mn_str s)
{
	size_t dots = 0, commas = 0, last = 0, first = SIZE_MAX;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '.' && s.p[i] != ',')
			continue;
		dots += s.p[i] == '.';
		commas += s.p[i] == ',';
		first = first == SIZE_MAX ? i : first;
		last = i;
	}
	if (dots + commas == 0)
		return MN_MARKS_NONE;
	bool comma = s.p[last] == ',';
	if (dots && commas)
		return comma ? MN_MARKS_COMMA : MN_MARKS_POINT;
	if (dots + commas > 1) /* of thousands: the other one is the decimal mark */
		return comma ? MN_MARKS_POINT : MN_MARKS_COMMA;
	bool group = s.n - last == 4 && first <= 3 && s.p[0] != '0';
	if (!group)
		return comma ? MN_MARKS_COMMA : MN_MARKS_POINT;
	return comma ? MN_MARKS_NONE : MN_MARKS_POINT_EITHER;
}

/* Digits and marks to a plain decimal; 0 bytes: no number. */
static size_t
plain_number(struct mn_str bare, bool decimal_comma, char out[static 64])
{
	size_t n = 0;
	char mark = decimal_mark(bare, decimal_comma);
	if (bare.n > 40 || !grouped(bare, mark))
		return 0;
	for (size_t i = 0; i < bare.n; i++) {
		char c = bare.p[i];
		if (c == mark)
			out[n++] = '.';
		else if (digit(c) || (c == '-' && i == 0))
			out[n++] = c;
		else if (c == '-')
			return 0;
	}
	return n - (n > 0 && out[n - 1] == '.');
}

/* ---- reading ---- */

struct reader {
	struct mn_str rest;
	struct mn_number *out;
	size_t n; /* of room used */
	bool decimal_comma;
};

/* The digits at the beginning of rest, in ASCII; a blank between digits is a mark. */
static struct mn_str
take_digits(struct reader *r)
{
	size_t from = r->n;
	while (r->rest.n && r->n < sizeof r->out->room) {
		struct mn_str after = r->rest;
		char c = plain(mn_utf8_next(&after));
		if (c == ' ') {
			struct mn_str next = after;
			char d = next.n ? plain(mn_utf8_next(&next)) : 0;
			if (!digit(d) || r->n == from || !digit(r->out->room[r->n - 1]))
				break;
			c = '\'';
		}
		if (!c)
			break;
		r->out->room[r->n++] = c;
		r->rest = after;
	}
	return mn_str(r->out->room + from, r->n - from);
}

/* What is not part of a number, up to the next digit. */
static struct mn_str
take_word(struct reader *r)
{
	struct mn_str from = r->rest;
	while (r->rest.n) {
		struct mn_str after = r->rest;
		char c = plain(mn_utf8_next(&after));
		if (digit(c) || c == '-')
			break;
		/* A point before digits belongs to them: ".5", but not "Rs.500". */
		if (c == '.' && after.n && digit(after.p[0]) &&
		    (from.n == r->rest.n || r->rest.p[-1] == ' '))
			break;
		r->rest = after;
	}
	return mn_str(from.p, from.n - r->rest.n);
}

/* Tens to which a word multiplies, 0: it does not. Words of one meaning only. */
static unsigned
scale_of(struct mn_str word)
{
	static const struct {
		struct mn_str word;
		unsigned tens;
	} WORDS[] = {{MN_S("thousand"), 3}, {MN_S("lakh"), 5}, {MN_S("lakhs"), 5},
	    {MN_S("lac"), 5}, {MN_S("lacs"), 5}, {MN_S("crore"), 7}, {MN_S("crores"), 7},
	    {MN_S("million"), 6}, {MN_S("millions"), 6}, {MN_S("mio"), 6},
	    {MN_S("mio."), 6}, {MN_S("mln"), 6}, {MN_S("tausend"), 3}, {MN_S("mille"), 3},
	    {MN_S("লাখ"), 5}, {MN_S("लाख"), 5}, {MN_S("करोड़"), 7}, {MN_S("কোটি"), 7},
	    {MN_S("万"), 4}, {MN_S("萬"), 4}, {MN_S("만"), 4}, {MN_S("億"), 8},
	    {MN_S("亿"), 8}};
	for (size_t i = 0; i < countof(WORDS); i++)
		if (mn_str_eq_ascii(WORDS[i].word, word))
			return WORDS[i].tens;
	return 0;
}

/* A word between or behind numbers: a scale first, then what is harmless. */
static bool
after_number(struct reader *r, struct mn_str word, unsigned *tens)
{
	struct mn_str rest = mn_str_trim(word), first = mn_str_cut(&rest, ' ');
	*tens = scale_of(first);
	if (!*tens)
		rest = mn_str_trim(word);
	return harmless(rest, false, r->out);
}

static bool
scaled(int64_t e4, unsigned tens, int64_t *sum)
{
	for (; tens; tens--)
		if (__builtin_mul_overflow(e4, 10, &e4))
			return false;
	return !__builtin_add_overflow(*sum, e4, sum);
}

/* "5 lakh 74 thousand 241", after its first number. */
static bool
with_scales(struct reader *r, struct mn_str first, unsigned tens, int64_t *sum)
{
	char text[64];
	struct mn_str digits = first;
	unsigned least = 99;
	*sum = 0;
	for (;;) {
		int64_t e4;
		size_t n = plain_number(digits, r->decimal_comma, text);
		if (n == 0 || tens >= least || !mn_str_decimal(mn_str(text, n), 4, &e4) ||
		    e4 < 0 || !scaled(e4, tens, sum))
			return false;
		least = tens;
		if (r->rest.n == 0)
			return true;
		digits = take_digits(r);
		if (digits.n == 0 || !after_number(r, take_word(r), &tens))
			return false;
	}
}

static struct mn_str
print_e4(int64_t e4, struct mn_arena *a)
{
	long long whole = e4 / 10000, part = e4 % 10000;
	return part ? mn_arena_fmt(a, "%lld.%04lld", whole, part)
		    : mn_arena_fmt(a, "%lld", whole);
}

/* Digits, perhaps with one point that cannot part thousands: most are. */
static bool
is_bare(struct mn_str s)
{
	size_t whole = 0, all;
	if (s.n > 12)
		return false;
	while (whole < s.n && digit(s.p[whole]))
		whole++;
	all = whole;
	if (whole && whole < s.n && s.p[whole] == '.' && s.n - whole != 4)
		for (all++; all < s.n && digit(s.p[all]);)
			all++;
	return all && all == s.n && s.p[all - 1] != '.';
}

/* Without what says that there are no pence, "35000/-"; noughts in place of what says it
 * behind a mark, "500.000,-", "1'500.--". *minus: the sign stood behind. */
static struct mn_str
without_tail(struct mn_str s, struct mn_arena *a, bool *minus)
{
	static const struct {
		struct mn_str tail;
		const char *pence;
	} TAILS[] = {{MN_S("/-"), ""}, {MN_S("/="), ""}, {MN_S(",--"), ",00"},
	    {MN_S(".--"), ".00"}, {MN_S(",-"), ",00"}, {MN_S(".-"), ".00"},
	    {MN_S(",–"), ",00"}, {MN_S(".–"), ".00"}, {MN_S(",—"), ",00"},
	    {MN_S(".—"), ".00"}};
	*minus = false;
	for (size_t i = 0; i < countof(TAILS); i++)
		if (mn_str_ends(s, TAILS[i].tail) && s.n > TAILS[i].tail.n &&
		    digit(s.p[s.n - TAILS[i].tail.n - 1]))
			return mn_arena_fmt(a, "%.*s%s",
			    MN_FMT(mn_str_sub(s, 0, s.n - TAILS[i].tail.n)),
			    TAILS[i].pence);
	*minus = s.n > 1 && s.p[s.n - 1] == '-' && digit(s.p[s.n - 2]);
	return mn_str_sub(s, 0, s.n - *minus);
}

/* Apart, because what it needs on the stack costs more than reading a bare number. */
__attribute__((noinline)) static void
read_dressed(
    struct mn_str s, bool decimal_comma, struct mn_arena *a, struct mn_number *out)
{
	bool behind; /* the sign, as SAP writes it: "1.234,50-" */
	s = without_tail(s, a, &behind);
	struct reader r = {.rest = s, .out = out, .decimal_comma = decimal_comma};
	char text[65];
	unsigned tens = 0;
	int64_t e4;
	out->text = out->digits = MN_STR_NONE;
	bool bracket = s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';
	if (bracket)
		r.rest = mn_str_sub(s, 1, s.n - 2);
	if (!harmless(take_word(&r), true, out))
		return;
	struct mn_str digits = take_digits(&r);
	/* "-$5": the sign before the currency. */
	bool minus = digits.n == 1 && digits.p[0] == '-';
	if (minus && behind)
		return;
	if (minus) {
		if (!harmless(take_word(&r), true, out))
			return;
		digits = take_digits(&r);
	}
	if (digits.n == 0 || !after_number(&r, take_word(&r), &tens))
		return;
	if (tens) {
		if (bracket || minus || behind || !with_scales(&r, digits, tens, &e4))
			return;
		out->text = print_e4(e4, a);
		return;
	}
	size_t sign = bracket || minus || behind,
	       n = plain_number(digits, decimal_comma, text + 1);
	text[0] = '-';
	if (n == 0 || (sign && text[1] == '-') || (r.rest.n && mn_str_trim(r.rest).n))
		return;
	struct mn_str t = mn_str(text + 1 - sign, n + sign);
	if (!mn_str_decimal(t, 4, &e4))
		return;
	out->digits = digits;
	out->text = mn_arena_str(a, t);
}

void
mn_number_read(
    struct mn_str s, bool decimal_comma, struct mn_arena *a, struct mn_number *out)
{
	out->currency[0] = 0;
	if (is_bare(s)) {
		mn_str_set(&out->text, s);
		mn_str_set(&out->digits, s);
		return;
	}
	read_dressed(s, decimal_comma, a, out);
}

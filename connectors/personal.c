/*
 * Free text that looks like personal data: addresses of mail, numbers of telephones and
 * papers, days of birth. What looks like it is not kept, so a doubt costs a remark and
 * nobody's safety.
 */
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "cell.h"

/* Nine digits are a number of somebody's; dates have eight. */
#define MANY_DIGITS 9
/* Behind one or two capitals, as in passports. */
#define PASSPORT_DIGITS 6
/* Behind a word for a paper. */
#define PAPER_DIGITS 5
/* The years in which workers were born of whom files are made. */
#define BORN_FROM 1930
#define BORN_TO 2012

/* Words behind which a number is a paper's, and those behind which a day is of birth;
 * folded. */
static const char *const PAPERS[] = {"passport", "passeport", "pasaporte", "passaporte",
    "reisepass", "paszport", "pasaport", "paspor", "паспорт", "паспорта", "aadhaar",
    "aadhar", "cpf", "nric", "iqama", "cnic", "nik", "ktp", "curp", "dni", "nid",
    "national id", "id card", "id no", "id number", "work permit", "visa no",
    "citizenship no", "ho chieu", "cccd", "护照", "身份证", "身份证号", "パスポート",
    "여권", "جواز", "جواز سفر", "राहदानी", "पासपोर्ट", "পাসপোর্ট"};
static const char *const BIRTH[] = {"born", "dob", "d o b", "date of birth", "birth date",
    "birthday", "geboren", "ne le", "nee le", "date de naissance", "nacido", "nacida",
    "nacimiento", "nascido", "nascida", "nascimento", "nato il", "nata il", "dogum",
    "lahir", "ngay sinh", "sinh ngay", "родился", "родилась", "дата рождения", "出生",
    "生年月日", "생년월일", "مواليد", "تاريخ الميلاد", "जन्म", "জন্ম", "วันเกิด"};

/* First code points of runs of ten digits. */
static const uint32_t TENS[] = {'0', 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6,
    0xc66, 0xe50, 0x1040, 0x17e0, 0xff10};

static int
digit(uint32_t c)
{
	for (size_t i = 0; i < countof(TENS); i++)
		if (c >= TENS[i] && c < TENS[i] + 10)
			return (int)(c - TENS[i]);
	return -1;
}

static bool
between(uint32_t c)
{
	return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/' ||
	       c == 0xa0 || c == 0x2010 || c == 0x2011 || c == 0x2013;
}

static bool
has_mail(struct mn_str s)
{
	for (size_t i = 1; i + 3 < s.n; i++)
		if (s.p[i] == '@' && s.p[i - 1] != ' ' && s.p[i + 1] != ' ')
			return true;
	return false;
}

/* "+880 1712-345678", "AB1234567" */
static bool
has_number(struct mn_str s)
{
	size_t run = 0, solid = 0, letters = 0;
	while (s.n) {
		uint32_t c = mn_utf8_next(&s);
		if (digit(c) >= 0) {
			run++;
			solid++;
		} else if (run && between(c)) {
			solid = 0;
		} else {
			run = solid = 0;
			letters = c >= 'A' && c <= 'Z' ? letters + 1 : 0;
		}
		bool papers = letters >= 1 && letters <= 2 && solid == run &&
			      run >= PASSPORT_DIGITS;
		if (run >= MANY_DIGITS || papers)
			return true;
	}
	return false;
}

/* Where the word ends in folded text, or SIZE_MAX. Scripts without blanks have words
 * without ends. */
static size_t
after_word(struct mn_str s, size_t from, const char *word)
{
	struct mn_str w = mn_str_c(word);
	size_t at = mn_str_find(mn_str_sub(s, from, s.n), w);
	if (at == SIZE_MAX)
		return SIZE_MAX;
	at += from;
	size_t end = at + w.n;
	bool whole = (at == 0 || s.p[at - 1] == ' ') && (end == s.n || s.p[end] == ' ');
	bool latin = (unsigned char)word[0] < 0x80;
	return whole || !latin ? end : after_word(s, end, word);
}

/* Digits within a few characters behind one of the words. */
static bool
follows(struct mn_str folded, const char *const *word, size_t n, size_t digits)
{
	for (size_t i = 0; i < n; i++) {
		size_t at = after_word(folded, 0, word[i]);
		if (at == SIZE_MAX)
			continue;
		struct mn_str rest = mn_str_sub(folded, at, at + 40);
		size_t have = 0;
		while (rest.n)
			have += digit(mn_utf8_next(&rest)) >= 0;
		if (have >= digits)
			return true;
	}
	return false;
}

struct run {
	uint32_t value;
	unsigned digits;
};

/* "Ram Bahadur, 12.03.1991": two words with capitals, then a day in years of birth. */
static bool
named_day(struct mn_str s)
{
	unsigned names = 0, n = 0;
	bool word = false, capital = false;
	struct run part[3] = {{0, 0}, {0, 0}, {0, 0}};
	while (s.n) {
		uint32_t c = mn_utf8_next(&s);
		int d = digit(c);
		if (d >= 0) {
			if (n == 0 || part[n - 1].digits == 0)
				n += n < 3 && n == 0;
			if (part[n - 1].digits < 4)
				part[n - 1].value = part[n - 1].value * 10 + (uint32_t)d;
			part[n - 1].digits++;
			word = false;
		} else if (n && n < 3 && part[n - 1].digits &&
			   (c == '.' || c == '/' || c == '-')) {
			n++;
		} else if (between(c) || c == ',' || c == ';' || c == ':') {
			names += word && capital;
			names = word && !capital ? 0 : names;
			word = false;
		} else {
			if (!word)
				capital = (c >= 'A' && c <= 'Z') || c >= 0xc0;
			word = true;
			memset(part, 0, sizeof part);
			n = 0;
		}
		for (unsigned i = 0; i < 3 && n == 3; i += 2)
			if (part[i].digits == 4 && part[2].digits &&
			    part[i].value >= BORN_FROM && part[i].value <= BORN_TO &&
			    names >= 2)
				return true;
	}
	return false;
}

bool
mn_cell_identifies(struct mn_str s)
{
	struct mn_buf b = mn_buf_new(4 * s.n + 64);
	mn_fold_words(s, &b);
	bool yes = has_mail(s) ||
		   follows(mn_buf_str(&b), PAPERS, countof(PAPERS), PAPER_DIGITS) ||
		   follows(mn_buf_str(&b), BIRTH, countof(BIRTH), 4) || named_day(s);
	mn_buf_free(&b);
	return yes;
}

bool
mn_cell_personal(struct mn_str s)
{
	return has_number(s) || mn_cell_identifies(s);
}

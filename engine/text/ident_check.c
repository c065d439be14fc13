/*
 * Check digits of identifiers, each by its published rule. The sums are of at most twenty
 * terms, so nothing overflows.
 */
#include "ident_check.h"

#include "manumit/base/str.h"

/* 0-9, then A = 10 ... Z = 35. */
static unsigned
value(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static unsigned
weighted(const char *s, const unsigned char *weight, unsigned n)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < n; i++)
		sum += weight[i] * value(s[i]);
	return sum;
}

static unsigned
number_mod(const char *s, unsigned n, unsigned m)
{
	unsigned rest = 0;
	for (unsigned i = 0; i < n; i++)
		rest = (rest * 10 + value(s[i])) % m;
	return rest;
}

/* ISO 7064 MOD 97-10 with letters as two digits: the remainder. */
static unsigned
mod97(const char *s, unsigned n, unsigned rest)
{
	for (unsigned i = 0; i < n; i++)
		rest = (rest * (s[i] > '9' ? 100 : 10) + value(s[i])) % 97;
	return rest;
}

/* ISO/IEC 7812-1 annex B (Luhn), the check digit last. */
static bool
luhn(const char *s, unsigned n)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < n; i++) {
		unsigned d = value(s[n - 1 - i]) << (i & 1);
		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

/* All digits alike pass many sums and are nobody's number. */
static bool
one_digit_repeated(const char *s, unsigned n)
{
	unsigned i = 1;
	while (i < n && s[i] == s[0])
		i++;
	return i == n;
}

bool
mn_check_lei(const char *s)
{
	return mod97(s, 20, 0) == 1;
}

/* Country, year, day of year, five base-32 symbols, and a symbol over all before it. */
bool
mn_check_osid(const char *s)
{
	static const char SYMBOL[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned sum = (unsigned char)s[0] + (unsigned)(unsigned char)s[1];
	for (unsigned i = 2; i < 14; i++) {
		const char *at = strchr(SYMBOL, s[i]);
		if (!at)
			return false;
		sum += (unsigned)(at - SYMBOL);
	}
	return s[14] == SYMBOL[sum % 32];
}

bool
mn_check_uscc(const char *s)
{
	static const char SYMBOL[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	unsigned sum = 0, weight = 1;
	for (unsigned i = 0; i < 17; i++, weight = weight * 3 % 31) {
		const char *at = strchr(SYMBOL, s[i]);
		if (!at)
			return false;
		sum += (unsigned)(at - SYMBOL) * weight;
	}
	return s[17] == SYMBOL[(31 - sum % 31) % 31];
}

/* A character counts its ASCII code less 48, so digits count themselves. */
static unsigned
cnpj_digit(const char *s, unsigned n)
{
	unsigned sum = 0, weight = 2;
	for (unsigned i = n; i-- > 0; weight = weight == 9 ? 2 : weight + 1)
		sum += (unsigned)(s[i] - '0') * weight;
	return sum % 11 < 2 ? 0 : 11 - sum % 11;
}

bool
mn_check_cnpj(const char *s)
{
	return !one_digit_repeated(s, 14) && value(s[12]) == cnpj_digit(s, 12) &&
	       value(s[13]) == cnpj_digit(s, 13);
}

static unsigned
cpf_digit(const char *s, unsigned n)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < n; i++)
		sum += value(s[i]) * (n + 1 - i);
	return sum * 10 % 11 % 10;
}

bool
mn_check_cpf(const char *s)
{
	return value(s[9]) == cpf_digit(s, 9) && value(s[10]) == cpf_digit(s, 10);
}

bool
mn_check_siren(const char *s)
{
	return luhn(s, 9) && !one_digit_repeated(s, 9);
}

/* The post office (SIREN 356 000 000) has more sites than numbers: the digits of its
 * SIRETs sum to a multiple of five. */
bool
mn_check_siret(const char *s)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < 14; i++)
		sum += value(s[i]);
	if (memcmp(s, "356000000", 9) == 0 && sum % 5 == 0)
		return true;
	return luhn(s, 14) && mn_check_siren(s);
}

bool
mn_check_fr_vat(const char *s)
{
	return mn_check_siren(s + 2) &&
	       number_mod(s, 2, 97) == (12 + 3 * number_mod(s + 2, 9, 97)) % 97;
}

/* Numbers given out since 2010 are 55 further. */
bool
mn_check_gb_vat(const char *s)
{
	static const unsigned char W[] = {8, 7, 6, 5, 4, 3, 2, 10, 1};
	unsigned rest = weighted(s, W, 9) % 97;
	return !one_digit_repeated(s, 9) && (rest == 0 || (rest + 55) % 97 == 0);
}

bool
mn_check_be_vat(const char *s)
{
	return s[0] <= '1' && 97 - number_mod(s, 8, 97) == number_mod(s + 8, 2, 100);
}

/* ISO 7064 MOD 11,10. */
bool
mn_check_de_vat(const char *s)
{
	unsigned product = 10;
	for (unsigned i = 0; i < 8; i++) {
		unsigned sum = (value(s[i]) + product) % 10;
		product = 2 * (sum ? sum : 10) % 11;
	}
	return s[0] != '0' && value(s[8]) == (11 - product) % 10;
}

/* A letter for the kind of body, seven digits, a digit or the letter for it. */
bool
mn_check_es_nif(const char *s)
{
	unsigned sum = 0;
	for (unsigned i = 1; i < 8; i++) {
		unsigned d = value(s[i]) << (i & 1);
		sum += d > 9 ? d - 9 : d;
	}
	unsigned check = (10 - sum % 10) % 10;
	bool letter = s[8] == "JABCDEFGHI"[check], digit = value(s[8]) == check;
	if (!strchr("ABCDEFGHJNPQRSUVW", s[0]))
		return false;
	return strchr("NPQRSW", s[0]) ? letter
	       : strchr("ABEH", s[0]) ? digit
				      : letter || digit;
}

bool
mn_check_es_dni(const char *s)
{
	char number[8];
	memcpy(number, s, 8);
	if (s[0] >= 'X' && s[0] <= 'Z')
		number[0] = (char)('0' + (s[0] - 'X'));
	else if (s[0] > '9')
		return false;
	return s[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[number_mod(number, 8, 23)];
}

bool
mn_check_it_vat(const char *s)
{
	return luhn(s, 11) && !one_digit_repeated(s, 11);
}

/* Six letters of the names, the day and place of birth, a letter over them. */
bool
mn_check_it_cf(const char *s)
{
	static const unsigned char ODD[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18,
	    20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
	unsigned sum = 0;
	for (unsigned i = 0; i < 15; i++) {
		unsigned v = s[i] <= '9' ? value(s[i]) : value(s[i]) - 10;
		sum += i & 1 ? v : ODD[v];
	}
	return s[15] == (char)('A' + sum % 26);
}

/* Legal persons have a number with a digit MOD 11; since 2020 sole traders have one that
 * is right MOD 97 with the letters NL before it. */
bool
mn_check_nl_vat(const char *s)
{
	static const unsigned char W[] = {9, 8, 7, 6, 5, 4, 3, 2};
	if (s[9] != 'B')
		return false;
	return weighted(s, W, 8) % 11 == value(s[8]) ||
	       mod97(s, 12, mod97("NL", 2, 0)) == 1;
}

bool
mn_check_pl_nip(const char *s)
{
	static const unsigned char W[] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
	return weighted(s, W, 9) % 11 == value(s[9]) && !one_digit_repeated(s, 10);
}

bool
mn_check_pt_nif(const char *s)
{
	static const unsigned char W[] = {9, 8, 7, 6, 5, 4, 3, 2};
	unsigned rest = weighted(s, W, 8) % 11;
	return value(s[8]) == (rest < 2 ? 0 : 11 - rest);
}

/* Luhn's way in base 36, from the left. */
bool
mn_check_gstin(const char *s)
{
	unsigned sum = 0;
	for (unsigned i = 0; i < 14; i++) {
		unsigned d = value(s[i]) << (i & 1);
		sum += d / 36 + d % 36;
	}
	return s[13] == 'Z' && value(s[14]) == (36 - sum % 36) % 36;
}

bool
mn_check_inn10(const char *s)
{
	static const unsigned char W[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
	return weighted(s, W, 9) % 11 % 10 == value(s[9]) && !one_digit_repeated(s, 10);
}

bool
mn_check_inn12(const char *s)
{
	static const unsigned char W[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
	return weighted(s, W + 1, 10) % 11 % 10 == value(s[10]) &&
	       weighted(s, W, 11) % 11 % 10 == value(s[11]);
}

bool
mn_check_ogrn(const char *s)
{
	return number_mod(s, 12, 11) % 10 == value(s[12]) && strchr("123456789", s[0]);
}

bool
mn_check_ogrnip(const char *s)
{
	return number_mod(s, 14, 13) % 10 == value(s[14]) && (s[0] == '3' || s[0] == '4');
}

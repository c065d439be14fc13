/* Identifiers of organisations: which scheme a number is of, and what it names. */
#include "manumit/text/fold.h"
#include "manumit/text/ident.h"

#include "ident_check.h"

/*
 * The schemes. Shape: one letter a character, 9 a digit, A a letter, X either. With
 * `prefix` a country code may stand before it, as in VAT numbers; `anywhere`: the shape
 * and check cannot be confused, so no country is needed. Schemes of one family share
 * roots.
 */
struct scheme {
	const char *name, *country, *shape;
	bool (*check)(const char *s); /* NULL: the scheme has no check digit */
	uint8_t root_at, root_n;
	enum mn_ident_scheme family;
	bool prefix, anywhere;
	uint8_t pad; /* digits to which leading zeros are put back */
	bool person; /* always a natural person's */
	const char *rule;
};

static const struct scheme SCHEMES[MN_IDENT_COUNT] = {
    [MN_IDENT_LEI] = {"LEI", "", "XXXXXXXXXXXXXXXXXX99", mn_check_lei, 0, 20,
	MN_IDENT_LEI, false, true, 0, false, "ISO 17442-1; ISO/IEC 7064 MOD 97-10"},
    [MN_IDENT_OSID] = {"OS ID", "", "AA9999999XXXXXX", mn_check_osid, 0, 15,
	MN_IDENT_OSID, false, true, 0, false, "Open Supply Hub, os_id.py"},
    [MN_IDENT_CN_USCC] = {"USCC (China)", "CN", "XX999999XXXXXXXXXX", mn_check_uscc, 0,
	18, MN_IDENT_CN_USCC, false, true, 0, false, "GB 32100-2015, MOD 31"},
    [MN_IDENT_BR_CNPJ] = {"CNPJ (Brazil)", "BR", "XXXXXXXXXXXX99", mn_check_cnpj, 0, 8,
	MN_IDENT_BR_CNPJ, false, false, 14, false,
	"Receita Federal, IN RFB 2.119/2022; with letters IN RFB 2.229/2024: MOD 11"},
    [MN_IDENT_BR_CPF] = {"CPF (Brazil)", "BR", "99999999999", mn_check_cpf, 0, 11,
	MN_IDENT_BR_CPF, false, false, 0, true, "Receita Federal: MOD 11 twice"},
    [MN_IDENT_FR_SIREN] = {"SIREN (France)", "FR", "999999999", mn_check_siren, 0, 9,
	MN_IDENT_FR_SIREN, false, false, 0, false,
	"Code de commerce R123-220; ISO/IEC 7812-1"},
    [MN_IDENT_FR_SIRET] = {"SIRET (France)", "FR", "99999999999999", mn_check_siret, 0, 9,
	MN_IDENT_FR_SIREN, false, false, 0, false,
	"Code de commerce R123-221; ISO/IEC 7812-1"},
    [MN_IDENT_FR_VAT] = {"VAT (France)", "FR", "99999999999", mn_check_fr_vat, 2, 9,
	MN_IDENT_FR_SIREN, true, false, 0, false, "CGI art. 286 ter; key MOD 97"},
    [MN_IDENT_GB_COMPANY] = {"company number (UK)", "GB", "XX999999", NULL, 0, 8,
	MN_IDENT_GB_COMPANY, false, false, 8, false, "Companies Act 2006 s. 1066"},
    [MN_IDENT_GB_VAT] = {"VAT (UK)", "GB", "999999999", mn_check_gb_vat, 0, 9,
	MN_IDENT_GB_VAT, true, false, 0, false, "HMRC, MOD 97 and MOD 97 + 55"},
    [MN_IDENT_GB_VAT_BRANCH] = {"VAT (UK, branch)", "GB", "999999999999", mn_check_gb_vat,
	0, 9, MN_IDENT_GB_VAT, true, false, 0, false, "HMRC, MOD 97 and MOD 97 + 55"},
    [MN_IDENT_BE_VAT] = {"enterprise number (Belgium)", "BE", "9999999999",
	mn_check_be_vat, 0, 10, MN_IDENT_BE_VAT, true, false, 10, false,
	"Arrete royal 24.6.2003 (BCE/KBO), MOD 97"},
    [MN_IDENT_DE_VAT] = {"VAT (Germany)", "DE", "999999999", mn_check_de_vat, 0, 9,
	MN_IDENT_DE_VAT, true, false, 0, false, "UStG s. 27a; ISO/IEC 7064 MOD 11,10"},
    [MN_IDENT_ES_NIF] = {"NIF of a body (Spain)", "ES", "A9999999X", mn_check_es_nif, 0,
	9, MN_IDENT_ES_NIF, true, false, 0, false, "Orden EHA/451/2008"},
    [MN_IDENT_ES_DNI] = {"NIF of a person (Spain)", "ES", "X9999999A", mn_check_es_dni, 0,
	9, MN_IDENT_ES_DNI, true, false, 0, true, "RD 1065/2007 art. 19-20, MOD 23"},
    [MN_IDENT_IT_VAT] = {"partita IVA (Italy)", "IT", "99999999999", mn_check_it_vat, 0,
	11, MN_IDENT_IT_VAT, true, false, 0, false, "DPR 633/1972 art. 35; Luhn"},
    [MN_IDENT_IT_CF] = {"codice fiscale (Italy)", "IT", "AAAAAAXXAXXAXXXA",
	mn_check_it_cf, 0, 16, MN_IDENT_IT_CF, false, false, 0, true, "DM 23.12.1976"},
    [MN_IDENT_NL_VAT] = {"VAT (Netherlands)", "NL", "999999999A99", mn_check_nl_vat, 0, 9,
	MN_IDENT_NL_VAT, true, false, 0, false, "Belastingdienst: MOD 11, or MOD 97-10"},
    [MN_IDENT_PL_NIP] = {"NIP (Poland)", "PL", "9999999999", mn_check_pl_nip, 0, 10,
	MN_IDENT_PL_NIP, true, false, 0, false, "Act of 13.10.1995 on NIP, MOD 11"},
    [MN_IDENT_PT_NIF] = {"NIF (Portugal)", "PT", "999999999", mn_check_pt_nif, 0, 9,
	MN_IDENT_PT_NIF, true, false, 0, false, "DL 14/2013, MOD 11"},
    [MN_IDENT_IN_GSTIN] = {"GSTIN (India)", "IN", "99AAAAA9999AXAX", mn_check_gstin, 2,
	10, MN_IDENT_IN_GSTIN, false, true, 0, false, "CGST Rules 2017 r. 10, MOD 36"},
    [MN_IDENT_RU_INN] = {"INN (Russia)", "RU", "9999999999", mn_check_inn10, 0, 10,
	MN_IDENT_RU_INN, false, false, 0, false, "FNS order ED-7-14/559 (2020), MOD 11"},
    [MN_IDENT_RU_INN_PERSON] = {"INN of a person (Russia)", "RU", "999999999999",
	mn_check_inn12, 0, 12, MN_IDENT_RU_INN_PERSON, false, false, 0, true,
	"FNS order ED-7-14/559 (2020), MOD 11 twice"},
    [MN_IDENT_RU_OGRN] = {"OGRN (Russia)", "RU", "9999999999999", mn_check_ogrn, 0, 13,
	MN_IDENT_RU_OGRN, false, false, 0, false, "Minfin order 165n (2017), MOD 11"},
    [MN_IDENT_RU_OGRNIP] = {"OGRNIP (Russia)", "RU", "999999999999999", mn_check_ogrnip,
	0, 15, MN_IDENT_RU_OGRNIP, false, false, 0, true,
	"Minfin order 165n (2017), MOD 13"},
};

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
has_shape(const char *shape, struct mn_str s)
{
	if (strlen(shape) != s.n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(shape[i] == '9'     ? digit(s.p[i])
			: shape[i] == 'A' ? letter(s.p[i])
					  : digit(s.p[i]) || letter(s.p[i])))
			return false;
	return true;
}

bool
mn_ident_valid(enum mn_ident_scheme scheme, struct mn_str canonical)
{
	const struct scheme *k = &SCHEMES[scheme];
	return scheme != MN_IDENT_NONE && has_shape(k->shape, canonical) &&
	       (!k->check || k->check(canonical.p));
}

/* Numbers whose scheme has persons and bodies, told apart by a character: Portugal's 1,
 * 2, 3 and 45 are persons, the fourth letter P of an Indian PAN is an individual. */
static bool
is_person(enum mn_ident_scheme scheme, const char *s)
{
	if (scheme == MN_IDENT_PT_NIF)
		return strchr("123", s[0]) || (s[0] == '4' && s[1] == '5');
	if (scheme == MN_IDENT_IN_GSTIN)
		return s[5] == 'P';
	return SCHEMES[scheme].person;
}

/* Leading zeros that a spreadsheet took off; only numbers lose them. */
static struct mn_str
padded(const struct scheme *k, struct mn_str s, char room[MN_IDENT_MAX])
{
	size_t digits = 0;
	while (digits < s.n && digit(s.p[digits]))
		digits++;
	/* Twelve digits and more of a CNPJ: less could be anything, a CPF has eleven. */
	size_t least = k->pad == 14 ? 12 : k->pad == 10 ? 9 : 1;
	if (digits < s.n || s.n >= k->pad || s.n < least)
		return s;
	memset(room, '0', k->pad - s.n);
	memcpy(room + k->pad - s.n, s.p, s.n);
	return mn_str(room, k->pad);
}

static bool
try_scheme(enum mn_ident_scheme scheme, struct mn_str s, struct mn_ident *out)
{
	const struct scheme *k = &SCHEMES[scheme];
	char room[MN_IDENT_MAX];
	s = padded(k, s, room);
	if (!mn_ident_valid(scheme, s))
		return false;
	*out = (struct mn_ident){.scheme = scheme,
	    .checked = k->check != NULL,
	    .person = is_person(scheme, s.p)};
	if (out->person)
		return true;
	out->n = (uint8_t)s.n;
	out->root_at = k->root_at;
	out->root_n = k->root_n;
	memcpy(out->text, s.p, s.n);
	return true;
}

/* A CPF as Brazilian portals print it: six digits between stars. */
static bool
masked_cpf(struct mn_str text, struct mn_str country)
{
	size_t stars = 0, digits = 0;
	for (size_t i = 0; i < text.n; i++) {
		stars += text.p[i] == '*';
		digits += digit(text.p[i]);
	}
	return mn_str_eq(country, MN_S("BR")) && stars >= 3 && stars + digits == 11;
}

static bool
fits(enum mn_ident_scheme scheme, struct mn_str s, struct mn_str country,
    struct mn_ident *out)
{
	const struct scheme *k = &SCHEMES[scheme];
	struct mn_str own = mn_str_c(k->country);
	bool here = own.n > 0 && mn_str_eq(own, country);
	if (k->prefix && mn_str_starts(s, own) &&
	    try_scheme(scheme, mn_str_sub(s, 2, s.n), out))
		return true;
	return (here || k->anywhere) && try_scheme(scheme, s, out);
}

bool
mn_ident_read(struct mn_str text, struct mn_str country, struct mn_ident *out)
{
	char room[64];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	*out = (struct mn_ident){0};
	if (masked_cpf(text, country)) {
		*out = (struct mn_ident){.scheme = MN_IDENT_BR_CPF, .person = true};
		return true;
	}
	if (text.n > sizeof room)
		return false;
	mn_fold_id(text, &b);
	/* The order of the table decides where two fit: the surer first. */
	for (unsigned i = 1; i < MN_IDENT_COUNT && !b.failed; i++)
		if (fits((enum mn_ident_scheme)i, mn_buf_str(&b), country, out))
			return true;
	return false;
}

enum mn_ident_cmp
mn_ident_compare(const struct mn_ident *a, const struct mn_ident *b)
{
	bool alike = SCHEMES[a->scheme].family == SCHEMES[b->scheme].family;
	if (!alike || a->n == 0 || b->n == 0)
		return MN_IDENT_INCOMPARABLE;
	if (a->scheme == b->scheme && a->n == b->n && memcmp(a->text, b->text, a->n) == 0)
		return MN_IDENT_SAME;
	bool root = a->root_n == b->root_n &&
		    memcmp(a->text + a->root_at, b->text + b->root_at, a->root_n) == 0;
	return root ? MN_IDENT_SAME_ROOT : MN_IDENT_DIFFERENT;
}

const char *
mn_ident_name(enum mn_ident_scheme scheme)
{
	return scheme == MN_IDENT_NONE ? "none" : SCHEMES[scheme].name;
}

const char *
mn_ident_rule(enum mn_ident_scheme scheme)
{
	return scheme == MN_IDENT_NONE ? "" : SCHEMES[scheme].rule;
}

/*
 * Numbers that identify an organisation: registration, tax and entity identifiers whose
 * rules are public. Reading one says which scheme it is of, whether its check digits are
 * right, and which part names the organisation (the rest names a branch). A number of a
 * natural person is recognised so that it can be left out. Pure functions; thread-safe.
 */
#ifndef MN_TEXT_IDENT_H
#define MN_TEXT_IDENT_H

#include "manumit/base/str.h"

enum mn_ident_scheme {
	MN_IDENT_NONE,
	MN_IDENT_LEI,
	MN_IDENT_OSID,
	MN_IDENT_CN_USCC,
	MN_IDENT_BR_CNPJ,
	MN_IDENT_BR_CPF, /* a natural person: never kept */
	MN_IDENT_FR_SIREN,
	MN_IDENT_FR_SIRET,
	MN_IDENT_FR_VAT,
	MN_IDENT_GB_COMPANY,
	MN_IDENT_GB_VAT,
	MN_IDENT_GB_VAT_BRANCH,
	MN_IDENT_BE_VAT,
	MN_IDENT_DE_VAT,
	MN_IDENT_ES_NIF,
	MN_IDENT_ES_DNI, /* a natural person */
	MN_IDENT_IT_VAT,
	MN_IDENT_IT_CF, /* a natural person */
	MN_IDENT_NL_VAT,
	MN_IDENT_PL_NIP,
	MN_IDENT_PT_NIF,
	MN_IDENT_IN_GSTIN,
	MN_IDENT_RU_INN,
	MN_IDENT_RU_INN_PERSON, /* a natural person or sole trader */
	MN_IDENT_RU_OGRN,
	MN_IDENT_RU_OGRNIP, /* a sole trader */
	MN_IDENT_COUNT
};

#define MN_IDENT_MAX 20 /* characters of the longest, the LEI */

/* Invariant: n characters of text are used, root_at + root_n <= n. */
struct mn_ident {
	enum mn_ident_scheme scheme;
	uint8_t n, root_at, root_n; /* the root names the organisation */
	bool checked;               /* check digits or symbol were there, and right */
	bool person;                /* of a natural person: text is empty */
	char text[MN_IDENT_MAX];    /* upper case, no punctuation, no country prefix */
};

/* Reads an identifier as people write it. country: ISO alpha-2 of the row, or empty; then
 * only schemes that cannot be confused with others are tried. False: of no scheme known
 * here, or with wrong check digits; *out says NONE. */
bool mn_ident_read(struct mn_str text, struct mn_str country, struct mn_ident *out);

/* Has canonical text (as in mn_ident) the shape of this scheme and right check digits? */
bool mn_ident_valid(enum mn_ident_scheme scheme, struct mn_str canonical);

enum mn_ident_cmp {
	MN_IDENT_SAME,
	MN_IDENT_SAME_ROOT, /* one organisation, other branches or other numbers of it */
	MN_IDENT_DIFFERENT, /* two organisations of one scheme */
	MN_IDENT_INCOMPARABLE /* other schemes, or a person's */
};
enum mn_ident_cmp mn_ident_compare(const struct mn_ident *a, const struct mn_ident *b);

/* "LEI", "CNPJ (Brazil)", ...; the standard or law that gives the rule. Static. */
const char *mn_ident_name(enum mn_ident_scheme scheme);
const char *mn_ident_rule(enum mn_ident_scheme scheme);

#endif

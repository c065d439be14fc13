/* Codes of the standard and of registers, as far as they decide what becomes of a value.
 */
#include "ocds.h"

/* partyRole (OCDS 1.2) and codes that publishers add to it; compared without case. Roles
 * not here (payer, reviewBody ...) have no part in what is screened. */
static const struct {
	struct mn_str code;
	enum mn_bid_role role;
} ROLES[] = {
    {MN_S("tenderer"), MN_BID_TENDERER},
    {MN_S("bidder"), MN_BID_TENDERER},
    {MN_S("supplier"), MN_BID_SUPPLIER},
    {MN_S("leadTenderer"), MN_BID_LEAD},
    {MN_S("leadBidder"), MN_BID_LEAD},
    {MN_S("consortiumLeader"), MN_BID_LEAD},
    {MN_S("consortium"), MN_BID_CONSORTIUM},
    {MN_S("consortiumMember"), MN_BID_CONSORTIUM},
    {MN_S("subcontractor"), MN_BID_SUBCONTRACTOR},
    {MN_S("subContractor"), MN_BID_SUBCONTRACTOR},
    {MN_S("buyer"), MN_BID_BUYER},
    {MN_S("procuringEntity"), MN_BID_BUYER},
    {MN_S("centralPurchasingBody"), MN_BID_BUYER},
};
static const char *const ROLE_NAMES[MN_BID_COUNT + 1] = {
    "tenderer", "supplier", "lead", "consortium", "subcontractor", "buyer", ""};

enum mn_bid_role
mn_bid_role_of(struct mn_str code)
{
	for (size_t i = 0; i < countof(ROLES); i++)
		if (mn_str_eq_ascii(ROLES[i].code, code))
			return ROLES[i].role;
	return MN_BID_COUNT;
}

const char *
mn_bid_role_name(enum mn_bid_role r)
{
	return ROLE_NAMES[r];
}

/* ---- identifiers of organisations ---- */

/* Words that publishers write where a code of org-id.guide is due. A scheme of natural
 * persons is recognised so that its number is dropped; "C\xc3\xa9dula" also as exports
 * with a broken letter have it. */
static const struct {
	struct mn_str word; /* the scheme begins with it */
	enum mn_id_kind kind;
	struct mn_str country;
} SCHEMES[] = {
    {MN_S("XI-LEI"), MN_ID_LEI, MN_S("")},
    {MN_S("LEI"), MN_ID_LEI, MN_S("")},
    {MN_S("C\xc3\xa9"
	  "dula"),
	MN_ID_PERSON, MN_S("")},
    {MN_S("Cedula"), MN_ID_PERSON, MN_S("")},
    {MN_S("C\xef\xbf\xbd"
	  "dula"),
	MN_ID_PERSON, MN_S("")},
    {MN_S("BR-CPF"), MN_ID_PERSON, MN_S("BR")},
    {MN_S("CPF"), MN_ID_PERSON, MN_S("BR")},
    {MN_S("MX-CURP"), MN_ID_PERSON, MN_S("MX")},
    {MN_S("CURP"), MN_ID_PERSON, MN_S("MX")},
    {MN_S("DNI"), MN_ID_PERSON, MN_S("")},
    {MN_S("AR-CUIL"), MN_ID_PERSON, MN_S("AR")},
    {MN_S("passport"), MN_ID_PERSON, MN_S("")},
    {MN_S("NIT"), MN_ID_REGISTER, MN_S("CO")},
    {MN_S("CNPJ"), MN_ID_REGISTER, MN_S("BR")},
    {MN_S("Registro \xc3\x9anico de Contribuyente"), MN_ID_REGISTER, MN_S("PY")},
};

/* Codes of org-id.guide: a country, '-', a register. Prefixes without a country: XI, XM
 * and XR are international. */
static bool
org_id(struct mn_str s)
{
	size_t n = 0;
	if (s.n < 5 || s.p[2] != '-')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool upper = s.p[i] >= 'A' && s.p[i] <= 'Z';
		if (i < 2 && !upper)
			return false;
		if (i > 2 && !upper && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_')
			return false;
		n += i > 2 && upper;
	}
	return n >= 2 && s.n <= 16 && s.p[0] != 'X';
}

enum mn_id_kind
mn_id_scheme(struct mn_str scheme, struct mn_str *country)
{
	*country = MN_STR_NONE;
	for (size_t i = 0; i < countof(SCHEMES); i++) {
		struct mn_str word = SCHEMES[i].word;
		if (mn_str_eq_ascii(mn_str_sub(scheme, 0, word.n), word)) {
			*country = SCHEMES[i].country;
			return SCHEMES[i].kind;
		}
	}
	if (!org_id(scheme))
		return MN_ID_NONE;
	*country = mn_str_sub(scheme, 0, 2);
	return MN_ID_REGISTER;
}

bool
mn_id_placeholder(struct mn_str number)
{
	static const struct mn_str WORDS[] = {MN_S("0"), MN_S("-"), MN_S("n/a"),
	    MN_S("na"), MN_S("none"), MN_S("null"), MN_S("unknown"),
	    MN_S("not applicable"), MN_S("not available"), MN_S("tbc"), MN_S("tba"),
	    MN_S("no definido")};
	bool zeros = number.n > 0;
	for (size_t i = 0; i < number.n; i++)
		zeros = zeros && number.p[i] == '0';
	for (size_t i = 0; i < countof(WORDS); i++)
		if (mn_str_eq_ascii(WORDS[i], number))
			return true;
	return zeros;
}

/* ---- codes of goods ---- */

/* itemClassificationScheme, and tariffs whose first six digits are the Harmonized
 * System's. */
enum mn_goods_code
mn_goods_scheme(struct mn_str scheme)
{
	static const struct {
		struct mn_str word;
		enum mn_goods_code code;
	} WORDS[] = {
	    {MN_S("CPV"), MN_GOODS_CPV},
	    {MN_S("UNSPSC"), MN_GOODS_UNSPSC},
	    {MN_S("HS"), MN_GOODS_HS},
	    {MN_S("Harmonized System"), MN_GOODS_HS},
	    {MN_S("TARIC"), MN_GOODS_HS},
	    {MN_S("NCM"), MN_GOODS_HS},
	};
	if (mn_str_eq_ascii(mn_str_sub(scheme, 0, 4), MN_S("CPVS")))
		return MN_GOODS_OTHER; /* the supplementary vocabulary: no goods */
	for (size_t i = 0; i < countof(WORDS); i++)
		if (mn_str_eq_ascii(
			mn_str_sub(scheme, 0, WORDS[i].word.n), WORDS[i].word))
			return WORDS[i].code;
	return MN_GOODS_OTHER;
}

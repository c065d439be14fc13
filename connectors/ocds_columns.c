/* The columns of Open Contracting data: where each comes from, and its cell in a row. */
#include "manumit/base/limits.h"

#include "multi.h"
#include "ocds.h"

#define PRODUCT_BYTES 2000u /* of what a bidder offers, half of it is enough */

static struct mn_org *
org_of(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	return &x->org[r->claim->org];
}

static const struct mn_bought *
bought(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	return mn_ocds_bought(x, r->claim->lot, r->claim->award);
}

#define ORG_CELL(name) \
	static struct mn_str org_##name(struct mn_ocds *x, const struct mn_ocds_row *r) \
	{ \
		return org_of(x, r)->name; \
	}
ORG_CELL(name)
ORG_CELL(country)
ORG_CELL(region)
ORG_CELL(city)
ORG_CELL(address)
ORG_CELL(tax_id)
ORG_CELL(lei)
ORG_CELL(scheme)

#define GOODS_CELL(name) \
	static struct mn_str goods_##name( \
	    struct mn_ocds *x, const struct mn_ocds_row *r) \
	{ \
		return bought(x, r)->name; \
	}
GOODS_CELL(cpv)
GOODS_CELL(unspsc)
GOODS_CELL(hs)
GOODS_CELL(items)
GOODS_CELL(place)
GOODS_CELL(country)

/* Ids of publishers mean a firm within their own file only ("1", "2"); one that is made
 * of a register's code and number is the firm's everywhere. */
static struct mn_str
org_id(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct mn_org *o = org_of(x, r);
	struct mn_str country;
	for (size_t at = 3; at < o->id.n && at <= 16; at++)
		if (o->id.p[at] == '-' &&
		    mn_id_scheme(mn_str_sub(o->id, 0, at), &country) == MN_ID_REGISTER)
			return o->id;
	return MN_STR_NONE;
}

static struct mn_str
org_alias(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct mn_org *o = org_of(x, r);
	bool same =
	    mn_str_eq(mn_map_fold(&x->a, o->name), mn_map_fold(&x->a, o->legal_name));
	return same ? MN_STR_NONE : o->legal_name;
}

static struct mn_str
org_path(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	return org_of(x, r)->v.path;
}

/* An award that came to nothing makes nobody a supplier. */
static bool
supplies(const struct mn_ocds *x, const struct mn_claim *c)
{
	static const struct mn_str VOID[] = {
	    MN_S("unsuccessful"), MN_S("cancelled"), MN_S("withdrawn"), MN_S("pending")};
	for (size_t i = 0; c->award && i < countof(VOID); i++)
		if (mn_str_eq_ascii(x->award[c->award - 1].status, VOID[i]))
			return false;
	return c->role == MN_BID_SUPPLIER || c->role == MN_BID_SUBCONTRACTOR;
}

/* Of the claims that name an award those decide; else what the party says of itself. */
static struct mn_str
bidder(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	bool awarded = false, by_award = false, by_role = false;
	for (uint32_t i = 0; i < r->n; i++) {
		bool yes = supplies(x, &r->claim[i]);
		awarded = awarded || r->claim[i].award;
		by_award = by_award || (yes && r->claim[i].award);
		by_role = by_role || yes;
	}
	return (awarded ? by_award : by_role) ? MN_S("supplier") : MN_S("bidder");
}

/* What the claims of a supplier are about: those in a lot or with an award when there are
 * any, because one in the tender as a whole says less. */
static struct mn_str
product(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct mn_buf b = mn_buf_new(PRODUCT_BYTES);
	bool narrow = false;
	for (uint32_t i = 0; i < r->n; i++)
		narrow = narrow || r->claim[i].lot || r->claim[i].award;
	for (uint32_t i = 0; i < r->n && b.n < PRODUCT_BYTES / 2; i++) {
		const struct mn_claim *c = &r->claim[i];
		if (narrow && !c->lot && !c->award)
			continue;
		struct mn_multi m = mn_multi_split(
		    mn_ocds_bought(x, c->lot, c->award)->items, &x->in->row);
		for (uint32_t k = 0; k < m.n && b.n < PRODUCT_BYTES / 2; k++)
			mn_multi_add(&b, m.item[k]);
	}
	struct mn_str out = mn_arena_str(&x->in->row, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

static struct mn_str
role(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)x;
	return mn_str_c(mn_bid_role_name((enum mn_bid_role)r->claim->role));
}

static struct mn_str
ocid(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return x->ocid;
}

static struct mn_str
lot(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	return x->lot[r->claim->lot].id;
}

static struct mn_str
lot_title(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	return x->lot[r->claim->lot].title;
}

static struct mn_str
buyer(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return x->buyer_name;
}

static struct mn_str
tender_id(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return mn_view_id(x, x->tender, "id");
}

static struct mn_str
title(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return mn_view_text(x, x->tender, "title");
}

static struct mn_str
status(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return mn_view_text(x, x->tender, "status");
}

static struct mn_str
method(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	struct mn_str s = mn_view_text(x, x->tender, "procurementMethod");
	return s.n ? s : mn_view_text(x, x->tender, "procurementMethodDetails");
}

static struct mn_str
opens(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	struct mn_str s =
	    mn_view_day(x, mn_view_map(x, x->tender, "tenderPeriod"), "startDate");
	return s.n ? s : mn_view_day(x, x->release, "date");
}

static struct mn_str
closes(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	(void)r;
	return mn_view_day(x, mn_view_map(x, x->tender, "tenderPeriod"), "endDate");
}

/* ---- awards of a row ---- */

/* The next award of a row from *i on, or NULL. */
static const struct mn_award *
next_award(const struct mn_ocds *x, const struct mn_ocds_row *r, uint32_t *i)
{
	for (; *i < r->n; (*i)++) {
		uint32_t a = r->claim[*i].award;
		bool repeated = *i > 0 && r->claim[*i - 1].award == a;
		if (a && !repeated)
			return &x->award[r->claim[(*i)++].award - 1];
	}
	return NULL;
}

static struct mn_str
award_ids(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct mn_str s = MN_STR_NONE;
	const struct mn_award *w;
	for (uint32_t i = 0; (w = next_award(x, r, &i)) && s.n < MN_MAX_NAME;)
		s = s.n ? mn_arena_fmt(
			      &x->in->row, "%.*s; %.*s", MN_FMT(s), MN_FMT(w->id))
			: w->id;
	return s;
}

/* Of several awards: what they agree in, else nothing; the last day. */
static struct mn_str
award_status(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	uint32_t i = 0;
	const struct mn_award *w = next_award(x, r, &i);
	struct mn_str s = w ? w->status : MN_STR_NONE;
	while ((w = next_award(x, r, &i)) != NULL)
		if (!mn_str_eq(w->status, s))
			return MN_S("several");
	return s;
}

static struct mn_str
award_date(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct mn_str s = MN_STR_NONE;
	const struct mn_award *w;
	for (uint32_t i = 0; (w = next_award(x, r, &i)) != NULL;)
		s = mn_str_cmp(w->date, s) > 0 ? w->date : s;
	return s;
}

/* The sum of amounts in one currency; empty when they are in several. */
struct sum {
	struct mn_str currency, one;
	int64_t e4;
	uint32_t n;
	bool bad;
};

static void
add_amount(struct sum *s, struct mn_str amount, struct mn_str currency)
{
	int64_t e4;
	if (amount.n == 0)
		return;
	s->bad = s->bad || (s->n && !mn_str_eq(s->currency, currency)) ||
		 !mn_str_decimal(amount, 4, &e4) ||
		 __builtin_add_overflow(s->e4, e4, &s->e4);
	s->currency = currency;
	s->one = amount;
	s->n++;
}

static struct sum
amounts(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct sum s = {0};
	const struct mn_award *w;
	for (uint32_t i = 0; (w = next_award(x, r, &i)) != NULL;)
		add_amount(&s, w->amount, w->currency);
	for (uint32_t i = 0; i < r->n && s.n == 0; i++)
		add_amount(&s, r->claim[i].amount, r->claim[i].currency);
	return s;
}

static struct mn_str
amount(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct sum s = amounts(x, r);
	if (s.n == 1)
		return s.one;
	if (s.n == 0 || s.bad)
		return MN_STR_NONE;
	int64_t magnitude = s.e4 < 0 ? -s.e4 : s.e4;
	struct mn_str out =
	    mn_arena_fmt(&x->in->row, "%s%lld.%04lld", s.e4 < 0 ? "-" : "",
		(long long)(magnitude / 10000), (long long)(magnitude % 10000));
	while (out.p[out.n - 1] == '0')
		out.n--;
	out.n -= out.p[out.n - 1] == '.';
	return out;
}

static struct mn_str
currency(struct mn_ocds *x, const struct mn_ocds_row *r)
{
	struct sum s = amounts(x, r);
	return s.n == 1 || !s.bad ? s.currency : MN_STR_NONE;
}

static const struct mn_ocds_column TENDERS[] = {
    {MN_F_OCID, "ocid", ocid},
    {MN_F_LOT, "tender/lots/id", lot},
    {MN_F_LOT_TITLE, "tender/lots/title", lot_title},
    {MN_F_TENDER, "tender/id", tender_id},
    {MN_F_TENDER_TITLE, "tender/title", title},
    {MN_F_TENDER_STATUS, "tender/status", status},
    {MN_F_PROCUREMENT_METHOD, "tender/procurementMethod", method},
    {MN_F_TENDER_FROM, "tender/tenderPeriod/startDate", opens},
    {MN_F_TENDER_UNTIL, "tender/tenderPeriod/endDate", closes},
    {MN_F_BUYER, "buyer/name", buyer},
    {MN_F_BID_ROLE, "parties/roles", role},
    {MN_F_ID, "parties/id", org_id},
    {MN_F_NAME, "parties/name", org_name},
    {MN_F_ALIASES, "parties/identifier/legalName", org_alias},
    {MN_F_ID_SCHEME, "parties/identifier/scheme", org_scheme},
    {MN_F_TAX_ID, "parties/identifier/id", org_tax_id},
    {MN_F_LEI, "parties/additionalIdentifiers", org_lei},
    {MN_F_COUNTRY, "parties/address/countryName", org_country},
    {MN_F_REGION, "parties/address/region", org_region},
    {MN_F_CITY, "parties/address/locality", org_city},
    {MN_F_ADDRESS, "parties/address/streetAddress", org_address},
    {MN_F_AWARD, "awards/id", award_ids},
    {MN_F_AWARD_STATUS, "awards/status", award_status},
    {MN_F_AWARD_DATE, "awards/date", award_date},
    {MN_F_TENDER_AMOUNT, "awards/value/amount", amount},
    {MN_F_CURRENCY, "awards/value/currency", currency},
    {MN_F_CPV, "items/classification (CPV)", goods_cpv},
    {MN_F_UNSPSC, "items/classification (UNSPSC)", goods_unspsc},
    {MN_F_HS, "items/classification (HS)", goods_hs},
    {MN_F_ITEMS, "items/description", goods_items},
    {MN_F_DELIVERY_PLACE, "items/deliveryAddress", goods_place},
    {MN_F_DELIVERY_COUNTRY, "items/deliveryAddress/countryName", goods_country},
    {MN_F_SOURCE_PATH, "(place in the document)", org_path},
};

static const struct mn_ocds_column SUPPLIERS[] = {
    {MN_F_ID, "parties/id", org_id},
    {MN_F_NAME, "parties/name", org_name},
    {MN_F_ALIASES, "parties/identifier/legalName", org_alias},
    {MN_F_TAX_ID, "parties/identifier/id", org_tax_id},
    {MN_F_LEI, "parties/additionalIdentifiers", org_lei},
    {MN_F_COUNTRY, "parties/address/countryName", org_country},
    {MN_F_REGION, "parties/address/region", org_region},
    {MN_F_CITY, "parties/address/locality", org_city},
    {MN_F_ADDRESS, "parties/address/streetAddress", org_address},
    {MN_F_ROLE, "parties/roles", bidder},
    {MN_F_PRODUCT, "items/description", product},
};

const struct mn_ocds_column *
mn_ocds_columns(const struct mn_ocds *x, uint32_t *n)
{
	*n = x->suppliers ? countof(SUPPLIERS) : countof(TENDERS);
	return x->suppliers ? SUPPLIERS : TENDERS;
}

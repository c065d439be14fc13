/* Rows of tenders: whom they name, as suppliers to be screened. */
#include "manumit/base/limits.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "tenders.h"

/* What a bidder's row says of itself, under the same name in both tables. */
static const enum mn_field SAME[] = {MN_F_ID, MN_F_NAME, MN_F_NATIVE_NAME, MN_F_ALIASES,
    MN_F_FORMER_NAMES, MN_F_COUNTRY, MN_F_REGION, MN_F_CITY, MN_F_ADDRESS, MN_F_HS,
    MN_F_WORKERS, MN_F_LEI, MN_F_OS_ID, MN_F_TAX_ID, MN_F_AGENCY_USED};

/* What is bought, in the words nearest to the bidder. */
static struct mn_str
product(const struct mn_record *row, const struct mn_p_cpv *cpv)
{
	static const enum mn_field FROM[] = {
	    MN_F_ITEMS, MN_F_LOT_TITLE, MN_F_TENDER_TITLE};
	for (size_t i = 0; i < countof(FROM); i++)
		if (row->v[FROM[i]].n)
			return mn_utf8_cut(row->v[FROM[i]], MN_MAX_NAME);
	return cpv ? cpv->name : MN_STR_NONE;
}

static bool
same_name(struct mn_str x, struct mn_str y)
{
	struct mn_buf b = mn_buf_new(8 * (size_t)MN_MAX_CELL), c = b;
	mn_fold_name(x, &b);
	mn_fold_name(y, &c);
	bool same = mn_str_eq(mn_buf_str(&b), mn_buf_str(&c));
	mn_buf_free(&b);
	mn_buf_free(&c);
	return same;
}

/* Does the bidder make it itself, in the country where it is? */
static bool
makes_itself(const struct mn_record *row)
{
	struct mn_str name = row->v[MN_F_MAKES_AT_NAME],
		      country = row->v[MN_F_MAKES_AT_COUNTRY];
	bool here = country.n == 0 || row->v[MN_F_COUNTRY].n == 0 ||
		    mn_str_eq(country, row->v[MN_F_COUNTRY]);
	return here && (name.n == 0 || same_name(name, row->v[MN_F_NAME]));
}

static void
bought(struct mn_record *rec, const struct mn_record *row, const struct mn_p_cpv *cpv)
{
	rec->v[MN_F_PRODUCT] = product(row, cpv);
	rec->v[MN_F_SECTOR] = cpv ? cpv->isic : MN_STR_NONE;
	rec->v[MN_F_ORIGIN_COUNTRY] = row->v[MN_F_MAKES_AT_COUNTRY];
	rec->v[MN_F_HS] = row->v[MN_F_HS];
}

static bool
has_award(const struct mn_record *row)
{
	static const char *const VOID[] = {
	    "unsuccessful", "cancelled", "withdrawn", "pending"};
	for (size_t i = 0; i < countof(VOID); i++)
		if (mn_str_eq_ascii(row->v[MN_F_AWARD_STATUS], mn_str_c(VOID[i])))
			return false;
	return true;
}

static struct mn_record
bidder(const struct mn_record *row, const struct mn_p_cpv *cpv)
{
	struct mn_record rec = {.kind = MN_K_SUPPLIERS, .rid = row->rid};
	struct mn_str role = row->v[MN_F_BID_ROLE];
	for (size_t i = 0; i < countof(SAME); i++)
		rec.v[SAME[i]] = row->v[SAME[i]];
	if (rec.v[MN_F_NAME].n == 0)
		rec.v[MN_F_NAME] =
		    row->v[MN_F_TAX_ID].n ? row->v[MN_F_TAX_ID] : row->v[MN_F_LEI];
	bought(&rec, row, cpv);
	bool supplies = mn_str_eq(role, MN_S("supplier")) && has_award(row);
	rec.v[MN_F_ROLE] = supplies ? MN_S("supplier") : MN_S("bidder");
	return rec;
}

static struct mn_record
site(const struct mn_record *row, const struct mn_p_cpv *cpv, struct mn_arena *a)
{
	struct mn_record rec = {
	    .kind = MN_K_SUPPLIERS, .rid = mn_rid_part(row->rid, MN_TENDER_SITE)};
	rec.v[MN_F_NAME] = row->v[MN_F_MAKES_AT_NAME];
	if (rec.v[MN_F_NAME].n == 0)
		rec.v[MN_F_NAME] =
		    mn_arena_fmt(a, "unnamed site of %.*s", MN_FMT(row->v[MN_F_NAME]));
	rec.v[MN_F_COUNTRY] = row->v[MN_F_MAKES_AT_COUNTRY];
	rec.v[MN_F_ROLE] = MN_S("facility");
	bought(&rec, row, cpv);
	return rec;
}

uint32_t
mn_tenders_of(const struct mn_pack *p, const struct mn_record *row,
    struct mn_record out[MN_TENDER_PARTS], struct mn_arena *a)
{
	const struct mn_p_cpv *cpv = mn_pack_cpv(p, row->v[MN_F_CPV]);
	uint32_t n = 0;
	if (!mn_str_eq(row->v[MN_F_BID_ROLE], MN_S("buyer"))) {
		out[n++] = bidder(row, cpv);
		if (!makes_itself(row))
			out[n++] = site(row, cpv, a);
	}
	out[n] = *row;
	out[n++].rid = mn_rid_part(row->rid, MN_TENDER_ROW);
	return n;
}

/* One lot: what its rows say of it, and everything about who takes part. */
#include <stdio.h>

#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#include "tender.h"

/* A title as long as that is a description. */
#define TITLE_BYTES 160

struct loading {
	const struct mn_report *r;
	struct mn_arena *a;
	struct mn_tender_page *page;
	struct mn_tender_party *party;
	uint32_t n;
	struct mn_err *err;
};

static bool
same(struct mn_eid a, struct mn_eid b)
{
	return mn_eid_cmp(a, b) == 0;
}

static bool
read_row(struct loading *x, mn_rid rid, struct mn_record *rec)
{
	char raw[8];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	mn_put_u64(&key, rid);
	if (mn_reader_get(
		x->r->reader, MN_TAB_REC, mn_buf_str(&key), &body, NULL, x->err) != 1)
		return mn_fail(x->err, MN_E_STORE, "a row of a lot is missing");
	return mn_record_decode(mn_arena_str(x->a, body), rid, rec, x->err);
}

/* Of each field the first row that has it; of the bidder's own none. */
static void
say_of_lot(struct mn_record *lot, const struct mn_record *row)
{
	static const enum mn_field OF_LOT[] = {MN_F_OCID, MN_F_LOT, MN_F_LOT_TITLE,
	    MN_F_TENDER, MN_F_TENDER_TITLE, MN_F_TENDER_STATUS, MN_F_PROCUREMENT_METHOD,
	    MN_F_TENDER_FROM, MN_F_TENDER_UNTIL, MN_F_CPV, MN_F_UNSPSC, MN_F_HS,
	    MN_F_ITEMS, MN_F_DELIVERY_PLACE, MN_F_DELIVERY_COUNTRY, MN_F_BUYER};
	for (size_t i = 0; i < countof(OF_LOT); i++)
		if (lot->v[OF_LOT[i]].n == 0)
			lot->v[OF_LOT[i]] = row->v[OF_LOT[i]];
}

static struct mn_tender_party *
party_of(struct loading *x, struct mn_eid id, const struct mn_tender_party *of)
{
	bool site = of != NULL;
	for (uint32_t i = 0; i < x->n; i++)
		if (same(x->party[i].v.ent.id, id) && x->party[i].site == site &&
		    x->party[i].of == of)
			return &x->party[i];
	struct mn_tender_party *p = &x->party[x->n];
	if (!mn_view_load(x->r, id, false, x->a, &p->v, x->err))
		return NULL;
	p->protect = p->v.card.action == MN_ACT_PROTECT;
	mn_view_for_hearing(x->r, x->a, &p->v);
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_fold_name(p->v.ent.rec.v[MN_F_NAME], &b);
	p->order = mn_arena_str(x->a, mn_buf_str(&b));
	mn_buf_free(&b);
	p->site = site;
	p->of = of;
	x->n++;
	return p;
}

static bool
add_row(struct loading *x, const struct mn_tender_row *row)
{
	struct mn_record rec;
	struct mn_eid none = {0, 0};
	if (!read_row(x, row->rid, &rec))
		return false;
	say_of_lot(&x->page->lot, &rec);
	if (same(row->who, none))
		return true;
	struct mn_tender_party *p = party_of(x, row->who, NULL);
	if (!p)
		return false;
	int role = mn_record_choice(&rec, MN_F_BID_ROLE);
	p->roles |= 1u << (role < 0 ? 0 : role);
	if (p->award.n == 0)
		p->award = rec.v[MN_F_AWARD];
	return same(row->site, none) || same(row->site, row->who) ||
	       party_of(x, row->site, p) != NULL;
}

/* Bidders by name; a site stands behind whose it is. */
static int
by_name(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_tender_party *a = pa, *b = pb;
	const struct mn_tender_party *x = a->of ? a->of : a, *y = b->of ? b->of : b;
	(void)ctx;
	int c = mn_str_cmp(x->order, y->order);
	if (c == 0)
		c = mn_eid_cmp(x->v.ent.id, y->v.ent.id);
	if (c == 0)
		c = a->site - b->site;
	if (c == 0)
		c = mn_str_cmp(a->order, b->order);
	return c ? c : mn_eid_cmp(a->v.ent.id, b->v.ent.id);
}

/* What is bought, as if somebody supplied it from where it is delivered: only what does
 * not depend on who makes it is read of that. */
static void
about(struct loading *x)
{
	struct mn_tender_page *p = x->page;
	const struct mn_p_cpv *cpv = mn_pack_cpv(x->r->pack, p->lot.v[MN_F_CPV]);
	struct mn_entity e = {.rec = {.kind = MN_K_SUPPLIERS}};
	struct mn_str what = p->lot.v[MN_F_ITEMS];
	what = what.n ? what : p->lot.v[MN_F_LOT_TITLE];
	e.rec.v[MN_F_SECTOR] = cpv ? cpv->isic : MN_STR_NONE;
	e.rec.v[MN_F_PRODUCT] = what.n ? what : p->lot.v[MN_F_TENDER_TITLE];
	mn_inherent_of(x->r->pack, &e, NULL, x->a, &p->about);
}

/* A file name of what the lot is called and what it is. */
static void
slug(struct mn_tender_page *p, struct mn_key key)
{
	static const enum mn_field FROM[] = {MN_F_LOT, MN_F_TENDER, MN_F_OCID};
	char hex[33], word[41];
	size_t n = 0;
	for (size_t i = 0; i < countof(FROM) && n == 0; i++) {
		struct mn_str s = p->lot.v[FROM[i]];
		for (size_t k = 0; k < s.n && n < sizeof word - 1; k++) {
			char c = s.p[k];
			bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
				     (c >= 'a' && c <= 'z');
			if (plain || (n > 0 && word[n - 1] != '-'))
				word[n++] = plain ? c : '-';
		}
	}
	word[n] = 0;
	mn_key_hex(key, hex);
	snprintf(p->slug, sizeof p->slug, "%s%s%.8s", word, n ? "-" : "lot-", hex);
}

bool
mn_tender_load(const struct mn_report *r, const struct mn_tender_lot *lot,
    struct mn_arena *a, struct mn_tender_page *out, struct mn_err *err)
{
	struct loading x = {.r = r, .a = a, .page = out, .err = err};
	*out = (struct mn_tender_page){.r = r};
	x.party = MN_NEW(a, struct mn_tender_party, 2 * (size_t)lot->n);
	for (uint32_t i = 0; i < lot->n; i++)
		if (!add_row(&x, &lot->row[i]))
			return false;
	/* Sites know whose they are by address, so the bidders stay where they are. */
	struct mn_tender_party *sorted = MN_NEW(a, struct mn_tender_party, x.n);
	if (x.n)
		memcpy(sorted, x.party, x.n * sizeof *sorted);
	mn_sort(sorted, x.n, sizeof *sorted, by_name, NULL, *a);
	for (uint32_t i = 0; i < x.n; i++)
		out->n_bidder += !sorted[i].site;
	out->party = sorted;
	out->n_party = x.n;
	about(&x);
	slug(out, lot->row->lot);
	return true;
}

struct mn_str
mn_tender_title(const struct mn_tender_page *p, struct mn_arena *a)
{
	const struct mn_str *v = p->lot.v;
	struct mn_str title =
	    v[MN_F_LOT_TITLE].n ? v[MN_F_LOT_TITLE] : v[MN_F_TENDER_TITLE];
	struct mn_str of = v[MN_F_LOT];
	bool lot = of.n > 0;
	if (!lot)
		of = v[MN_F_TENDER].n ? v[MN_F_TENDER] : v[MN_F_OCID];
	const char *kind = lot ? "Lot " : "Tender ";
	title = mn_utf8_cut(title, TITLE_BYTES);
	if (of.n == 0)
		return title.n ? title : MN_S("Tender without a number");
	return mn_arena_fmt(a, "%s%.*s%s%.*s", kind, MN_FMT(mn_utf8_cut(of, 60)),
	    title.n ? ": " : "", MN_FMT(title));
}

bool
mn_tender_bare(const struct mn_tender_party *party)
{
	static const enum mn_field TOLD[] = {
	    MN_F_TAX_ID, MN_F_LEI, MN_F_OS_ID, MN_F_ADDRESS, MN_F_CITY};
	for (size_t i = 0; i < countof(TOLD); i++)
		if (party->v.ent.rec.v[TOLD[i]].n)
			return false;
	return true;
}

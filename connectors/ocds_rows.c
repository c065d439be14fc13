/* A release as rows: who takes part in which lot, as what. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "ocds.h"

#define MOST_CLAIMS \
	(1u << 18) /* of a release: 65,536 organisations in four lots each \
		    */

/* ---- lots ---- */

uint32_t
mn_ocds_lot(struct mn_ocds *x, struct mn_str id, struct mn_view v)
{
	uint32_t at = mn_ocds_find(x, 'l', id);
	if (id.n == 0 || at != UINT32_MAX || x->n_lot >= MN_OCDS_LIST)
		return at == UINT32_MAX ? 0 : at;
	if (x->n_lot == x->cap_lot) {
		uint32_t cap = 2 * x->cap_lot;
		struct mn_lot *more = MN_NEW(&x->a, struct mn_lot, cap);
		memcpy(more, x->lot, x->n_lot * sizeof *more);
		x->lot = more;
		x->cap_lot = cap;
	}
	x->lot[x->n_lot] =
	    (struct mn_lot){.id = id, .title = mn_view_text(x, v, "title"), .v = v};
	mn_ocds_name(x, 'l', id, x->n_lot);
	return x->n_lot++;
}

static void
read_lots(struct mn_ocds *x)
{
	struct mn_view *lot;
	x->cap_lot = 16;
	x->lot = MN_NEW(&x->a, struct mn_lot, x->cap_lot);
	x->n_lot = 1;
	uint32_t n = mn_view_list(x, x->tender, "lots", &lot);
	for (uint32_t i = 0; i < n; i++)
		mn_ocds_lot(x, mn_view_id(x, lot[i], "id"), lot[i]);
	x->count[MN_N_LOTS].n += n;
}

/* ---- claims ---- */

static void
claim(struct mn_ocds *x, const struct mn_claim *c)
{
	if (c->org == UINT32_MAX)
		return;
	if (x->n_claim == MOST_CLAIMS) {
		mn_ocds_full(x, x->org[c->org].v.path);
		return;
	}
	x->org[c->org].claimed = true;
	if (x->n_claim == x->cap_claim) {
		uint32_t cap = x->cap_claim ? 2 * x->cap_claim : 64;
		struct mn_claim *more = MN_NEW(&x->a, struct mn_claim, cap);
		if (x->n_claim)
			memcpy(more, x->claim, x->n_claim * sizeof *more);
		x->claim = more;
		x->cap_claim = cap;
	}
	x->claim[x->n_claim] = *c;
	x->claim[x->n_claim].seq = x->n_claim;
	x->n_claim++;
}

/* A claim in every lot that v names; false: it names none. */
static bool
claim_lots(struct mn_ocds *x, struct mn_claim *c, struct mn_view v)
{
	static const char *const ONE[] = {"relatedLot", "lotID"};
	const struct mn_json *m = mn_view_get(v, "relatedLots");
	struct mn_view none = {0};
	struct mn_str s;
	bool any = false;
	for (size_t i = 0; i < mn_json_count(m); i++) {
		if (!mn_json_str(mn_json_at(m, i), &s))
			continue;
		c->lot = mn_ocds_lot(x, mn_str_trim(s), none);
		claim(x, c);
		any = true;
	}
	for (size_t i = 0; i < countof(ONE) && !any; i++) {
		s = mn_view_id(x, v, ONE[i]);
		if (s.n == 0)
			continue;
		c->lot = mn_ocds_lot(x, s, none);
		claim(x, c);
		any = true;
	}
	return any;
}

/* Lots named by v, else by its items, else none. */
static void
claim_for(struct mn_ocds *x, struct mn_claim *c, struct mn_view v)
{
	struct mn_view *item;
	bool any = claim_lots(x, c, v);
	uint32_t n = any ? 0 : mn_view_list(x, v, "items", &item);
	for (uint32_t i = 0; i < n; i++)
		any = claim_lots(x, c, item[i]) || any;
	c->lot = 0;
	if (!any)
		claim(x, c);
}

static void
read_tenderers(struct mn_ocds *x)
{
	struct mn_view *who;
	uint32_t n = mn_view_list(x, x->tender, "tenderers", &who);
	for (uint32_t i = 0; i < n; i++)
		claim(x, &(struct mn_claim){
			     .org = mn_ocds_org(x, who[i]), .role = MN_BID_TENDERER});
}

static void
read_bids(struct mn_ocds *x)
{
	struct mn_view *bid, *who;
	struct mn_view bids = mn_view_map(x, x->release, "bids");
	uint32_t n = mn_view_list(x, bids, "details", &bid);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_view value = mn_view_map(x, bid[i], "value");
		uint32_t m = mn_view_list(x, bid[i], "tenderers", &who);
		for (uint32_t k = 0; k < m; k++) {
			struct mn_claim c = {.org = mn_ocds_org(x, who[k]),
			    .role = MN_BID_TENDERER,
			    .amount = mn_view_id(x, value, "amount"),
			    .currency = mn_view_text(x, value, "currency")};
			claim_for(x, &c, bid[i]);
		}
	}
}

static void
claim_suppliers(struct mn_ocds *x, struct mn_view v, struct mn_view lots, uint32_t award)
{
	struct mn_view *who;
	uint32_t n = mn_view_list(x, v, "suppliers", &who);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_claim c = {.org = mn_ocds_org(x, who[i]),
		    .role = MN_BID_SUPPLIER,
		    .award = award};
		claim_for(x, &c, lots);
	}
}

static void
read_awards(struct mn_ocds *x)
{
	struct mn_view *award;
	x->n_award = mn_view_list(x, x->release, "awards", &award);
	x->award = MN_NEW(&x->a, struct mn_award, x->n_award);
	for (uint32_t i = 0; i < x->n_award; i++) {
		struct mn_view value = mn_view_map(x, award[i], "value");
		x->award[i] = (struct mn_award){.v = award[i],
		    .id = mn_view_id(x, award[i], "id"),
		    .status = mn_view_text(x, award[i], "status"),
		    .date = mn_view_day(x, award[i], "date"),
		    .amount = mn_view_id(x, value, "amount"),
		    .currency = mn_view_text(x, value, "currency")};
		mn_ocds_name(x, 'a', x->award[i].id, i);
		claim_suppliers(x, award[i], award[i], i + 1);
	}
	x->count[MN_N_AWARDS].n += x->n_award;
}

/* Contracts of 1.0 and of some publishers name their suppliers themselves. */
static void
read_contracts(struct mn_ocds *x)
{
	struct mn_view *contract;
	uint32_t n = mn_view_list(x, x->release, "contracts", &contract);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = mn_ocds_find(x, 'a', mn_view_id(x, contract[i], "awardID"));
		bool known = at != UINT32_MAX;
		if (known && x->award[at].contract.n == 0)
			x->award[at].contract = contract[i];
		claim_suppliers(x, contract[i], known ? x->award[at].v : contract[i],
		    known ? at + 1 : 0);
	}
}

static void
read_buyers(struct mn_ocds *x)
{
	struct mn_view v[] = {x->buyer, mn_view_map(x, x->tender, "procuringEntity")};
	for (size_t i = 0; i < countof(v); i++) {
		if (v[i].n == 0)
			continue;
		uint32_t org = mn_ocds_org(x, v[i]);
		claim(x, &(struct mn_claim){.org = org, .role = MN_BID_BUYER});
		if (org != UINT32_MAX && x->buyer_name.n == 0)
			x->buyer_name = x->org[org].name;
	}
}

/* Roles that only the party itself states. One that is in no list and states none takes
 * part in it all the same. */
static void
read_roles(struct mn_ocds *x)
{
	for (uint32_t i = 0; i < x->n_org; i++) {
		struct mn_org *o = &x->org[i];
		for (uint32_t r = 0; r < MN_BID_COUNT; r++) {
			if (!(o->roles & 1u << r))
				continue;
			claim(x, &(struct mn_claim){.org = i, .role = r});
			if (r == MN_BID_BUYER && x->buyer_name.n == 0)
				x->buyer_name = o->name;
		}
		if (o->claimed || !o->silent)
			continue;
		x->notes = &o->notes;
		mn_ocds_remark(x, MN_E_JSON_SHAPE, o->v.path, "roles",
		    "no role is stated: read as one that takes part");
		x->notes = NULL;
		claim(x, &(struct mn_claim){.org = i, .role = MN_BID_COUNT});
	}
}

/* ---- rows ---- */

static int
by_org(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_claim *a = pa, *b = pb;
	(void)ctx;
	if (a->org != b->org)
		return a->org < b->org ? -1 : 1;
	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	if (a->lot != b->lot)
		return a->lot < b->lot ? -1 : 1;
	if (!a->award != !b->award)
		return a->award ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

/* The claims from i on that are one row. Of suppliers all of one organisation are, but
 * those of buyers. */
static uint32_t
same_row(const struct mn_ocds *x, uint32_t i)
{
	const struct mn_claim *c = x->claim;
	uint32_t n = 1;
	while (i + n < x->n_claim && c[i + n].org == c[i].org &&
	       (x->suppliers ? c[i + n].role != MN_BID_BUYER
			     : c[i + n].role == c[i].role && c[i + n].lot == c[i].lot))
		n++;
	return n;
}

/* Of the tender as a whole, when the same organisation in the same role is in a lot of
 * it: says nothing more. */
static bool
said_by_lot(const struct mn_ocds *x, uint32_t i, uint32_t n)
{
	const struct mn_claim *c = x->claim;
	bool awarded = c[i].award != 0, next = i + n < x->n_claim;
	return c[i].lot == 0 && !awarded && next && c[i + n].org == c[i].org &&
	       c[i + n].role == c[i].role;
}

static void
make_rows(struct mn_ocds *x)
{
	mn_sort(x->claim, x->n_claim, sizeof *x->claim, by_org, NULL, x->a);
	x->row = MN_NEW(&x->a, struct mn_ocds_row, x->n_claim);
	for (uint32_t i = 0, n; i < x->n_claim; i += n) {
		n = same_row(x, i);
		if (x->suppliers && x->claim[i].role == MN_BID_BUYER)
			continue;
		if (x->suppliers || !said_by_lot(x, i, n))
			x->row[x->n_row++] = (struct mn_ocds_row){&x->claim[i], n};
	}
}

void
mn_ocds_read(struct mn_ocds *x)
{
	x->n_key = x->cap_key = x->n_org = x->cap_org = x->n_claim = x->cap_claim = 0;
	x->n_row = x->at_row = 0;
	x->full = false;
	x->buyer_name = MN_STR_NONE;
	x->tender = mn_view_map(x, x->release, "tender");
	x->buyer = mn_view_map(x, x->release, "buyer");
	x->ocid = mn_view_id(x, x->release, "ocid");
	mn_ocds_parties(x);
	read_lots(x);
	mn_ocds_goods(x);
	read_buyers(x);
	read_bids(x);
	read_tenderers(x);
	read_awards(x);
	read_contracts(x);
	read_roles(x);
	make_rows(x);
	x->count[MN_N_RELEASES].n++;
	x->count[MN_N_ORGS].n += x->n_org;
}

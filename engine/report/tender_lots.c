/* Which lots the files name, and who takes part in each. */
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"

#include "tender.h"

/* Records of one row: the bidder, its site, the row (run/tenders.h writes them so). */
enum { BIDDER, SITE, ROW };

struct gathering {
	const struct mn_report *r;
	struct mn_tender_row *row;
	uint32_t n, cap;
	struct mn_arena *a;
};

static bool
is_none(struct mn_eid id)
{
	return id.hi == 0 && id.lo == 0;
}

/* Whom the record of a row became; zero: there is no such record. */
static bool
entity_at(const struct mn_report *r, mn_rid rid, unsigned part, struct mn_eid *out,
    struct mn_err *err)
{
	char raw[8];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	*out = (struct mn_eid){0, 0};
	mn_put_u64(&key, mn_rid_part(rid & ~(mn_rid)0xff, part));
	int found =
	    mn_reader_get(r->reader, MN_TAB_OF, mn_buf_str(&key), &body, NULL, err);
	if (found == 1) {
		struct mn_get g = mn_get(body);
		*out = mn_get_eid(&g);
	}
	return found >= 0;
}

/* Without a number of its own a tender is one with its file. */
static struct mn_key
tender_key(const struct mn_report *r, const struct mn_record *rec)
{
	uint32_t src = mn_rid_src(rec->rid);
	bool named = rec->v[MN_F_OCID].n || rec->v[MN_F_TENDER].n;
	struct mn_str file =
	    named || src >= r->n_source ? MN_STR_NONE : mn_source_base(&r->source[src]);
	struct mn_str part[] = {rec->v[MN_F_OCID], rec->v[MN_F_TENDER], file};
	return mn_hash128(part, countof(part));
}

static struct mn_key
lot_key(struct mn_key tender, struct mn_str lot)
{
	struct mn_str part[] = {mn_str((const char *)&tender, sizeof tender), lot};
	return mn_hash128(part, countof(part));
}

static bool
add(struct gathering *x, const struct mn_record *rec, struct mn_err *err)
{
	if (x->n == x->cap) {
		uint32_t cap = x->cap ? 2 * x->cap : 256;
		struct mn_tender_row *more = MN_NEW(x->a, struct mn_tender_row, cap);
		if (x->n)
			memcpy(more, x->row, x->n * sizeof *more);
		x->row = more;
		x->cap = cap;
	}
	struct mn_tender_row *row = &x->row[x->n++];
	row->rid = rec->rid;
	row->tender = tender_key(x->r, rec);
	row->lot = lot_key(row->tender, rec->v[MN_F_LOT]);
	row->numbered = rec->v[MN_F_LOT].n > 0;
	return entity_at(x->r, rec->rid, BIDDER, &row->who, err) &&
	       entity_at(x->r, rec->rid, SITE, &row->site, err);
}

static bool
gather(struct gathering *x, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(x->r->reader, MN_TAB_REC, MN_STR_NONE, err);
	struct mn_str key, body;
	bool good = scan != NULL;
	int more = -1;
	while (good && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(key);
		good = mn_record_decode(body, mn_get_u64(&g), &rec, err);
		if (good && rec.kind == MN_K_TENDERS)
			good = add(x, &rec, err);
	}
	mn_scan_close(scan);
	return good && more == 0;
}

/* ---- groups ---- */

static int
by_lot(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_tender_row *a = pa, *b = pb;
	(void)ctx;
	int c = mn_key_cmp(a->lot, b->lot);
	return c ? c : (a->rid > b->rid) - (a->rid < b->rid);
}

static int
by_place(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_tender_lot *a = pa, *b = pb;
	(void)ctx;
	return (a->row->rid > b->row->rid) - (a->row->rid < b->row->rid);
}

static bool
has_bidder(const struct mn_tender_lot *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (!is_none(l->row[i].who))
			return true;
	return false;
}

static int
by_key(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_key_cmp(*(const struct mn_key *)a, *(const struct mn_key *)b);
}

static bool
holds(const struct mn_key *k, uint32_t n, struct mn_key what)
{
	uint32_t lo = 0, hi = n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (mn_key_cmp(k[mid], what) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < n && mn_key_cmp(k[lo], what) == 0;
}

/* Where lots have bidders, the tender as a whole, which names the buyer only, is none; a
 * lot of its own that nobody bid for is told. */
static uint32_t
drop_buyers(struct mn_tender_lot *lot, uint32_t n, struct mn_arena scratch)
{
	struct mn_key *busy = MN_NEW(&scratch, struct mn_key, n + 1);
	uint32_t n_busy = 0, kept = 0;
	for (uint32_t i = 0; i < n; i++)
		if (has_bidder(&lot[i]))
			busy[n_busy++] = lot[i].row->tender;
	mn_sort(busy, n_busy, sizeof *busy, by_key, NULL, scratch);
	for (uint32_t i = 0; i < n; i++)
		if (has_bidder(&lot[i]) || lot[i].row->numbered ||
		    !holds(busy, n_busy, lot[i].row->tender))
			lot[kept++] = lot[i];
	return kept;
}

bool
mn_tender_lots(const struct mn_report *r, struct mn_arena *a, struct mn_tender_lot **out,
    uint32_t *n, struct mn_err *err)
{
	struct gathering x = {.r = r, .a = a};
	if (!gather(&x, err))
		return false;
	mn_sort(x.row, x.n, sizeof *x.row, by_lot, NULL, *a);
	struct mn_tender_lot *lot = MN_NEW(a, struct mn_tender_lot, x.n + 1);
	*n = 0;
	for (uint32_t i = 0; i < x.n; i++) {
		if (i == 0 || mn_key_cmp(x.row[i].lot, x.row[i - 1].lot) != 0)
			lot[(*n)++] = (struct mn_tender_lot){&x.row[i], 0};
		lot[*n - 1].n++;
	}
	*n = drop_buyers(lot, *n, *a);
	mn_sort(lot, *n, sizeof *lot, by_place, NULL, *a);
	*out = lot;
	return true;
}

/*
 * Union of supplier rows. An identifier or the user's id unites; a name with its country
 * unites only where nothing contradicts it; what people decided outranks both. Keys are
 * visited in the order of (blocking key, content key), never of positions.
 */
#include "manumit/model/codec.h"

#include "blocks.h"
#include "cluster.h"

uint32_t
mn_cluster_root(struct mn_cluster *c, uint32_t row)
{
	while (c->parent[row] != row) {
		c->parent[row] = c->parent[c->parent[row]];
		row = c->parent[row];
	}
	return row;
}

uint32_t
mn_cluster_row(const struct mn_cluster *c, mn_rid rid)
{
	uint64_t lo = 0, hi = c->n;
	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;
		if (c->rid[mid] < rid)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->rid[lo] == rid ? (uint32_t)lo : UINT32_MAX;
}

static bool
differ(uint64_t a, uint64_t b)
{
	return a && b && a != b;
}

/* What forbids a union on a key of this type. An identifier issued to one body outranks
 * what a supplier list says of it; the user's id is only wrong when the countries differ.
 */
static bool
forbidden(struct mn_cluster *c, char type, uint32_t a, uint32_t b)
{
	if (mn_decided_against(c, a, b))
		return true;
	if (type == MN_BY_DECISION || type == 'C' || type == 'L' || type == 'O' ||
	    type == 'R')
		return false;
	if (type == 'I')
		return differ(c->country[a], c->country[b]);
	return differ(c->lei[a], c->lei[b]) || differ(c->os_id[a], c->os_id[b]) ||
	       differ(c->reg[a], c->reg[b]) || differ(c->user_id[a], c->user_id[b]);
}

static void
inherit(uint64_t *v, uint32_t to, uint32_t from)
{
	if (v[to] == 0)
		v[to] = v[from];
}

bool
mn_cluster_unite(struct mn_cluster *c, char type, uint32_t a, uint32_t b)
{
	a = mn_cluster_root(c, a);
	b = mn_cluster_root(c, b);
	if (a == b)
		return true;
	if (forbidden(c, type, a, b)) {
		c->contested[a] = c->contested[b] = true;
		return false;
	}
	mn_cluster_merge(c, a, b);
	return true;
}

void
mn_cluster_merge(struct mn_cluster *c, uint32_t a, uint32_t b)
{
	c->parent[b] = a;
	inherit(c->lei, a, b);
	inherit(c->os_id, a, b);
	inherit(c->reg, a, b);
	inherit(c->user_id, a, b);
	if (c->country[a] == 0)
		c->country[a] = c->country[b];
	c->contested[a] = c->contested[a] || c->contested[b];
	mn_decided_splice(c, a, b);
}

const char *
mn_cluster_conflict(const struct mn_cluster *c, uint32_t a, uint32_t b)
{
	if (differ(c->lei[a], c->lei[b]))
		return "another LEI";
	if (differ(c->os_id[a], c->os_id[b]))
		return "another OS ID";
	if (differ(c->country[a], c->country[b]))
		return "another country";
	return differ(c->reg[a], c->reg[b]) ? "another registration number" : NULL;
}

bool
mn_cluster_two_ids(const struct mn_cluster *c, uint32_t a, uint32_t b)
{
	return differ(c->user_id[a], c->user_id[b]);
}

static uint64_t
stated(struct mn_str s)
{
	return s.n ? mn_hash64(s) | 1 : 0;
}

static void
read_row(struct mn_cluster *c, const struct mn_record *rec)
{
	uint64_t i = c->n++;
	struct mn_str cc = rec->v[MN_F_COUNTRY];
	c->rid[i] = rec->rid;
	c->content[i] = mn_record_key(rec, 0);
	c->parent[i] = (uint32_t)i;
	c->lei[i] = stated(rec->v[MN_F_LEI]);
	c->os_id[i] = stated(rec->v[MN_F_OS_ID]);
	c->reg[i] = stated(rec->v[MN_F_TAX_ID]);
	c->user_id[i] = stated(rec->v[MN_F_ID]);
	c->country[i] =
	    cc.n == 2 ? (uint16_t)((unsigned)(uint8_t)cc.p[0] << 8 | (uint8_t)cc.p[1])
		      : 0;
}

static bool
read_rows(struct mn_reader *r, struct mn_cluster *c, uint64_t max, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r, MN_TAB_REC, MN_STR_NONE, err);
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, NULL, err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		if (!mn_record_decode(body, mn_get_u64(&g), &rec, err)) {
			more = -1;
			break;
		}
		if (rec.kind == MN_K_SUPPLIERS && c->n < max)
			read_row(c, &rec);
	}
	mn_scan_close(scan);
	return more == 0;
}

/* The rows met so far under the current blocking key, one for each entity they make. A
 * key that more entities share than this says little about any of them. */
#define MAX_SHARING 16

struct sharing {
	struct mn_buf key;
	uint32_t row[MAX_SHARING], n;
};

/* The remark goes to the later of the two rows. */
static void
remark(
    const struct mn_stage *st, mn_rid a, mn_rid b, enum mn_code code, struct mn_str key)
{
	mn_rid rid = a > b ? a : b;
	struct mn_str value = key.p[0] == 'C' ? MN_STR_NONE : mn_str_sub(key, 1, key.n);
	code = key.p[0] == 'C' ? MN_E_DUP_ROW : code;
	/* A ledger names its recruiter: that the list has it too is no remark on a row.
	 */
	if (mn_rid_named(a) || mn_rid_named(b))
		return;
	st->note(st->ctx, rid, code, MN_STR_NONE, value, MN_STR_NONE);
}

/* One row of KEY: unite with the first row of the same blocking key that it may join. */
static void
visit_key(
    const struct mn_stage *st, struct mn_cluster *c, struct mn_str key, struct sharing *s)
{
	struct mn_str block = mn_str_sub(key, 0, key.n - 25);
	struct mn_get g = mn_get(mn_str_sub(key, key.n - 8, 8));
	uint32_t row = mn_cluster_row(c, mn_get_u64(&g));
	if (row == UINT32_MAX || !strchr(MN_UNITING_TYPES, block.p[0]))
		return;
	if (!mn_str_eq(block, mn_buf_str(&s->key))) {
		mn_buf_clear(&s->key);
		mn_buf_add(&s->key, block);
		s->n = 0;
	}
	for (uint32_t i = 0; i < s->n; i++) {
		if (mn_cluster_root(c, s->row[i]) == mn_cluster_root(c, row))
			return;
		if (mn_cluster_unite(c, block.p[0], s->row[i], row)) {
			remark(st, c->rid[s->row[i]], c->rid[row], MN_E_MERGED, block);
			return;
		}
	}
	/* What a person decided is told as that, in LINK. */
	bool decided = s->n > 0 && mn_decided_against(c, mn_cluster_root(c, s->row[0]),
				       mn_cluster_root(c, row));
	c->conflict[row] = c->conflict[row] || (s->n > 0 && !decided);
	if (s->n > 0 && !decided)
		remark(st, c->rid[s->row[0]], c->rid[row], MN_E_CONFLICT_ID, block);
	if (s->n < MAX_SHARING)
		s->row[s->n++] = row;
}

static bool
unite_all(const struct mn_stage *st, struct mn_reader *r, struct mn_cluster *c,
    struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r, MN_TAB_KEY, MN_STR_NONE, err);
	struct sharing s = {.key = mn_buf_new(4096)};
	struct mn_str k;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, NULL, NULL, err)) == 1)
		if (k.n > 26)
			visit_key(st, c, k, &s);
	mn_scan_close(scan);
	mn_buf_free(&s.key);
	return more == 0;
}

bool
mn_cluster_build(const struct mn_stage *st, struct mn_reader *r, struct mn_arena *a,
    struct mn_cluster *out, struct mn_err *err)
{
	uint64_t max = 0;
	if (!mn_gen_count(st->gen, MN_TAB_REC, &max, err))
		return false;
	if (max >= UINT32_MAX)
		return mn_fail(err, MN_E_DATA, "more than 4 billion rows in one run");
	*out = (struct mn_cluster){
	    .rid = MN_NEW(a, mn_rid, max),
	    .parent = MN_NEW(a, uint32_t, max),
	    .lei = MN_NEW(a, uint64_t, max),
	    .os_id = MN_NEW(a, uint64_t, max),
	    .reg = MN_NEW(a, uint64_t, max),
	    .user_id = MN_NEW(a, uint64_t, max),
	    .country = MN_NEW(a, uint16_t, max),
	    .contested = MN_NEW(a, bool, max),
	    .conflict = MN_NEW(a, bool, max),
	    .ring = MN_NEW(a, uint32_t, max),
	    .content = MN_NEW(a, struct mn_key, max),
	};
	if (!read_rows(r, out, max, err))
		return false;
	mn_decided_apart(st, out, a);
	if (!unite_all(st, r, out, err))
		return false;
	mn_decided_one(st, out, a);
	return true;
}

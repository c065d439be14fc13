/*
 * Stage resolve: clusters of supplier rows become entities with an id that only depends
 * on what the rows say, and the table that other rows are joined by.
 */
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"

#include "blocks.h"
#include "dedup.h"

/* A row's part in its entity, sorted by (entity's root, fullness, content). */
struct member {
	uint32_t root, row;
	uint32_t fields; /* non-empty ones */
	struct mn_key content;
};

struct build {
	const struct mn_stage *st;
	struct mn_reader *r;
	struct mn_cluster c;
	struct mn_dedup dedup;
	struct mn_xsort *links; /* rows of the LINK table */
	struct mn_arena *a;
	struct member *member;
	struct mn_eid *eid; /* per row: of its entity, filled at roots, then at all */
};

/* The kinds of keys an id may come from, best first (architecture: LEI, OS ID,
 * registration, user's id, name|country). */
static const char ID_ORDER[] = "LORIN";

static int
by_root(const void *pa, const void *pb, const void *ctx)
{
	const struct member *a = pa, *b = pb;
	(void)ctx;
	if (a->root != b->root)
		return a->root < b->root ? -1 : 1;
	if (a->fields != b->fields)
		return a->fields > b->fields ? -1 : 1;
	int c = mn_key_cmp(a->content, b->content);
	return c ? c : (a->row > b->row) - (a->row < b->row);
}

static bool
list_members(struct build *b, struct mn_err *err)
{
	for (uint32_t i = 0; i < b->c.n; i++) {
		struct mn_record rec;
		struct member *m = &b->member[i];
		if (!mn_row_record(b->r, b->c.rid[i], &rec, err))
			return false;
		*m = (struct member){mn_cluster_root(&b->c, i), i, 0, b->c.content[i]};
		for (size_t f = 0; f < MN_F_COUNT; f++)
			m->fields += rec.v[f].n > 0;
	}
	struct mn_arena scratch =
	    mn_arena_new(b->c.n * sizeof *b->member + (1u << 20), NULL);
	mn_sort(b->member, b->c.n, sizeof *b->member, by_root, NULL, scratch);
	mn_arena_free(scratch);
	return true;
}

/* Keeps the better of two id keys: earlier kind, then smaller bytes. */
static void
better_key(struct mn_str *best, struct mn_str key, struct mn_arena *a)
{
	const char *kind = strchr(ID_ORDER, key.p[0]);
	if (!kind)
		return;
	const char *have = best->n ? strchr(ID_ORDER, best->p[0]) : NULL;
	if (!have || kind < have || (kind == have && mn_str_cmp(key, *best) < 0))
		*best = mn_arena_str(a, key);
}

/* The id: hash of the least key of all members; where a union was refused, of the least
 * content too, because the neighbour may carry the same key. */
static struct mn_eid
entity_id(
    struct build *b, const struct mn_record *rec, const struct member *m, uint32_t n)
{
	struct mn_arena scratch = *b->a;
	struct mn_str least = MN_STR_NONE;
	struct mn_key content = m[0].content;
	for (uint32_t i = 0; i < n; i++) {
		struct mn_block_key key[MN_MAX_KEYS];
		size_t n_key = mn_block_keys(&rec[i], key, countof(key), &scratch);
		for (size_t k = 0; k < n_key; k++)
			better_key(&least, key[k].key, &scratch);
		if (mn_key_cmp(m[i].content, content) < 0)
			content = m[i].content;
	}
	bool need_content = least.n == 0 || b->c.contested[m[0].root];
	struct mn_str part[2] = {least, mn_str((const char *)&content, sizeof content)};
	struct mn_key h = mn_hash128(part, need_content ? 2 : 1);
	return (struct mn_eid){h.hi, h.lo};
}

static void
merge(struct mn_entity *e, const struct mn_record *rec, uint32_t n)
{
	e->rec = rec[0];
	for (uint32_t i = 1; i < n; i++)
		for (size_t f = 0; f < MN_F_COUNT; f++)
			if (e->rec.v[f].n == 0)
				e->rec.v[f] = rec[i].v[f];
}

static bool
told_before(const struct mn_key *key, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (mn_key_cmp(key[k], key[i]) == 0)
			return true;
	return false;
}

/* Lines of one supplier add up: what is bought from it is the sum, the same line once. A
 * spend in another currency cannot be added, and is told. */
static void
sum_spend(const struct mn_stage *st, struct mn_entity *e, const struct mn_record *rec,
    const mn_rid *rid, uint32_t n, struct mn_arena *a)
{
	struct mn_key *key = MN_NEW(a, struct mn_key, n);
	struct mn_str currency = MN_STR_NONE;
	int64_t sum = 0, v;
	bool some = false;
	for (uint32_t i = 0; i < n; i++) {
		key[i] = mn_record_key(&rec[i], 0);
		if (!mn_record_e4(&rec[i], MN_F_SPEND, &v) || told_before(key, i))
			continue;
		if (some && !mn_str_eq(currency, rec[i].v[MN_F_CURRENCY])) {
			st->note(st->ctx, rid[i], MN_E_SPEND_CURRENCY, MN_S("spend"),
			    rec[i].v[MN_F_SPEND], rec[i].v[MN_F_CURRENCY]);
			continue;
		}
		some = true;
		currency = rec[i].v[MN_F_CURRENCY];
		if (__builtin_add_overflow(sum, v, &sum))
			sum = INT64_MAX;
	}
	if (!some)
		return;
	e->rec.v[MN_F_CURRENCY] = currency;
	e->rec.v[MN_F_SPEND] = mn_e4_text(a, sum);
}

/* More rows than this in one entity are members without adding fields to it: a cluster
 * so large is one record repeated. */
#define MAX_MERGED 256

static bool
make_entity(struct build *b, const struct member *m, uint32_t n, struct mn_xsort *out,
    struct mn_buf *body, struct mn_err *err)
{
	struct mn_arena scratch = *b->a;
	uint32_t n_rec = n < MAX_MERGED ? n : MAX_MERGED;
	struct mn_record *rec = MN_NEW(&scratch, struct mn_record, n_rec);
	mn_rid *rid = MN_NEW(&scratch, mn_rid, n);
	for (uint32_t i = 0; i < n_rec; i++)
		if (!mn_row_record(b->r, b->c.rid[m[i].row], &rec[i], err))
			return false;
	uint32_t *row = MN_NEW(&scratch, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		rid[i] = b->c.rid[row[i] = m[i].row];
	struct mn_entity e = {.member = rid, .n_member = n};
	merge(&e, rec, n_rec);
	if (n_rec > 1)
		sum_spend(b->st, &e, rec, rid, n_rec, &scratch);
	struct build inner = *b;
	inner.a = &scratch;
	e.id = entity_id(&inner, rec, m, n_rec);
	for (uint32_t i = 0; i < n; i++)
		b->eid[m[i].row] = e.id;
	if (!mn_dedup_members(&b->dedup, b->links, e.id, row, n, err))
		return false;

	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_eid(&key, e.id);
	mn_buf_clear(body);
	struct mn_buf pos = mn_buf_new(MN_MAX_RECORD);
	mn_buf_add(body, mn_str("\0\0\0\0", 4));
	mn_entity_encode(&e, body, &pos);
	uint32_t split = (uint32_t)body->n - 4;
	for (int i = 0; i < 4; i++)
		body->p[i] = (char)(split >> (24 - 8 * i));
	mn_buf_add(body, mn_buf_str(&pos));
	mn_buf_free(&pos);
	return mn_xsort_add(out, mn_buf_str(&key), mn_buf_str(body), err);
}

static bool
make_entities(struct build *b, struct mn_xsort *out, struct mn_err *err)
{
	struct mn_buf body = mn_buf_new(MN_MAX_RECORD);
	bool good = true;
	for (uint64_t i = 0, n; good && i < b->c.n; i += n) {
		for (n = 1; i + n < b->c.n && b->member[i + n].root == b->member[i].root;)
			n++;
		good = make_entity(b, &b->member[i], (uint32_t)n, out, &body, err);
	}
	mn_buf_free(&body);
	return good && mn_xsort_finish(out, err);
}

static bool
load_entities(struct build *b, struct mn_xsort *in, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(b->st->gen, MN_TAB_ENT, err);
	struct mn_str key, value;
	int more = -1;
	if (!l)
		return false;
	while ((more = mn_xsort_next(in, &key, &value, err)) == 1) {
		struct mn_get g = mn_get(value);
		uint32_t split = mn_get_u32(&g);
		struct mn_str body = mn_str_sub(value, 4, split);
		struct mn_str pos = mn_str_sub(value, 4 + (size_t)split, value.n);
		if (!mn_load_put(l, key, body, pos, err))
			break;
	}
	if (more == 0)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

static bool
load_of(struct build *b, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(b->st->gen, MN_TAB_OF, err);
	bool good = l != NULL;
	char raw[8], id[16];
	for (uint64_t i = 0; good && i < b->c.n; i++) {
		struct mn_buf k = {raw, 0, sizeof raw, sizeof raw, false};
		struct mn_buf v = {id, 0, sizeof id, sizeof id, false};
		mn_put_u64(&k, b->c.rid[i]);
		mn_put_eid(&v, b->eid[i]);
		good = mn_load_put(l, mn_buf_str(&k), mn_buf_str(&v), MN_STR_NONE, err);
	}
	if (good)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

/* The entities under one blocking key, each once, ascending: KEY is sorted by content, so
 * they are inserted in place; a key that more than this many share identifies nobody. */
#define MAX_JOIN 64

struct join_row {
	struct mn_buf key;
	struct mn_eid eid[MAX_JOIN];
	uint32_t n;
};

static void
join_insert(struct join_row *j, struct mn_eid id)
{
	uint32_t at = 0;
	while (at < j->n && mn_eid_cmp(j->eid[at], id) < 0)
		at++;
	if (j->n == MAX_JOIN || (at < j->n && mn_eid_cmp(j->eid[at], id) == 0))
		return;
	memmove(&j->eid[at + 1], &j->eid[at], (j->n - at) * sizeof j->eid[0]);
	j->eid[at] = id;
	j->n++;
}

static bool
join_flush(struct mn_load *l, struct join_row *j, struct mn_err *err)
{
	char raw[16 * MAX_JOIN];
	struct mn_buf v = {raw, 0, sizeof raw, sizeof raw, false};
	if (j->n == 0)
		return true;
	for (uint32_t i = 0; i < j->n; i++)
		mn_put_eid(&v, j->eid[i]);
	j->n = 0;
	return mn_load_put(l, mn_buf_str(&j->key), mn_buf_str(&v), MN_STR_NONE, err);
}

static bool
join_visit(struct build *b, struct mn_load *l, struct join_row *j, struct mn_str key,
    struct mn_err *err)
{
	struct mn_str block = mn_str_sub(key, 0, key.n - 25);
	struct mn_get g = mn_get(mn_str_sub(key, key.n - 8, 8));
	uint32_t row = mn_cluster_row(&b->c, mn_get_u64(&g));
	if (!mn_str_eq(block, mn_buf_str(&j->key))) {
		if (!join_flush(l, j, err))
			return false;
		mn_buf_clear(&j->key);
		mn_buf_add(&j->key, block);
	}
	if (row != UINT32_MAX)
		join_insert(j, b->eid[row]);
	return true;
}

static bool
load_join(struct build *b, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(b->st->gen, MN_TAB_JOIN, err);
	struct mn_scan *scan =
	    l ? mn_scan_open(b->r, MN_TAB_KEY, MN_STR_NONE, err) : NULL;
	struct join_row j = {.key = mn_buf_new(4096)};
	struct mn_str k;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, NULL, NULL, err)) == 1)
		if (k.n > 26 && !strchr("C" MN_ALIKE_TYPES, k.p[0]) &&
		    !join_visit(b, l, &j, k, err))
			break;
	bool good = more == 0 && join_flush(l, &j, err);
	mn_scan_close(scan);
	mn_buf_free(&j.key);
	if (good)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

/* Exact keys first, then spellings: a pair that one identifier unites needs no score. */
static bool
find_entities(struct build *b, struct mn_err *err)
{
	struct mn_dedup *d = &b->dedup;
	if (!mn_cluster_build(b->st, b->r, b->a, &b->c, err) ||
	    !mn_dedup_open(d, b->st, b->r, &b->c, b->a, err))
		return false;
	b->member = MN_NEW(b->a, struct member, b->c.n);
	b->eid = MN_NEW(b->a, struct mn_eid, b->c.n);
	return !d->rows || (mn_dedup_pairs(d, err) && mn_dedup_unite(d, err));
}

bool
mn_stage_resolve(const struct mn_stage *st, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 36, NULL), root = a;
	struct build b = {.st = st, .a = &a, .r = mn_reader_open(st->gen, err)};
	struct mn_xsort *sort =
	    b.r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	b.links = sort ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	bool good = b.links && find_entities(&b, err) && list_members(&b, err) &&
		    make_entities(&b, sort, err) && load_entities(&b, sort, err) &&
		    load_of(&b, err) && load_join(&b, err) &&
		    mn_dedup_load(&b.dedup, b.links, b.eid, err);
	mn_dedup_close(&b.dedup);
	mn_xsort_free(b.links);
	mn_xsort_free(sort);
	mn_reader_close(b.r);
	mn_arena_free(root);
	return good;
}

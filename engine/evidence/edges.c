/* Rows of edges: both ends joined, then sorted and loaded. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "edges.h"

int64_t
mn_edge_constant(const struct mn_pack *p, const char *code)
{
	for (uint32_t i = 0; i < p->n_edge_constant; i++)
		if (mn_str_eq(p->edge_constant[i].code, mn_str_c(code)))
			return p->edge_constant[i].value_q16;
	return 0;
}

bool
mn_edging_add(struct mn_edging *x, struct mn_edge *e)
{
	mn_edge_identify(e);
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->body);
	mn_buf_clear(&x->pos);
	mn_buf_clear(&x->value);
	mn_edge_sort_key(e, &x->key);
	mn_edge_encode(e, &x->body, &x->pos);
	mn_put_str(&x->value, mn_buf_str(&x->body));
	mn_buf_add(&x->value, mn_buf_str(&x->pos));
	return mn_xsort_add(x->sort, mn_buf_str(&x->key), mn_buf_str(&x->value), x->err);
}

/* ---- ends ---- */

struct end {
	enum mn_field id, name, country;
};
static const struct end FROM = {MN_F_FROM, MN_F_FROM_NAME, MN_F_FROM_COUNTRY};
static const struct end TO = {MN_F_TO, MN_F_TO_NAME, MN_F_TO_COUNTRY};

static enum mn_field
said_by(const struct mn_record *rec, const struct end *e)
{
	return rec->v[e->id].n ? e->id : e->name;
}

/* An end as the rows of other tables name their entity. One cell takes the user's id, an
 * LEI, an OS ID or a number of a register: each is tried as what it could be. */
static bool
join_end(struct mn_edging *x, const struct mn_record *rec, const struct end *e,
    struct mn_join *out)
{
	struct mn_record as;
	struct mn_str id = rec->v[e->id];
	mn_record_clear(&as);
	as.kind = MN_K_FINDINGS;
	as.rid = rec->rid;
	as.v[MN_F_ENTITY] = as.v[MN_F_TAX_ID] = id;
	as.v[MN_F_ENTITY_NAME] = rec->v[e->name];
	as.v[MN_F_COUNTRY] = rec->v[e->country];
	if (id.n == 20)
		as.v[MN_F_LEI] = id;
	if (id.n == 15)
		as.v[MN_F_OS_ID] = id;
	return mn_join_row(x->r, x->pack, &as, x->scratch, out, x->err);
}

static void
remark(struct mn_edging *x, const struct mn_record *rec, enum mn_code code,
    enum mn_field f, struct mn_str detail)
{
	const struct mn_source *src = &x->source[mn_rid_src(rec->rid)];
	x->st->note(x->st->ctx, rec->rid, code, src->column[f], rec->v[f], detail);
}

/* True: the one entity that is meant. */
static bool
is_one(struct mn_edging *x, const struct mn_record *rec, const struct end *e,
    const struct mn_join *j)
{
	if (j->n == 1 && j->match_q16 >= x->pack->k.attach_m)
		return true;
	remark(
	    x, rec, j->n ? MN_E_AMBIGUOUS : MN_E_UNJOINED, said_by(rec, e), MN_STR_NONE);
	return false;
}

/* Registers tell of the whole world: what concerns nobody here is counted. */
static bool
is_apart(struct mn_edging *x, const struct mn_record *rec, const struct mn_join *from,
    const struct mn_join *to)
{
	uint32_t src = mn_rid_src(rec->rid);
	if (from->n || to->n || x->source[src].layout.n == 0)
		return false;
	x->apart[src]++;
	return true;
}

static int32_t
day_of(const struct mn_record *rec, enum mn_field f)
{
	int32_t day;
	return mn_record_day(rec, f, &day) ? day : MN_DAY_NONE;
}

static struct mn_edge
edge_of(const struct mn_record *rec)
{
	int kind = mn_record_choice(rec, MN_F_EDGE_KIND);
	int64_t tier = 0, share;
	struct mn_edge e = {.kind = (uint8_t)(kind < 0 ? MN_EDGE_SUPPLIES : kind),
	    .origin = MN_EDGE_ROW,
	    .share_q16 = MN_SHARE_UNKNOWN,
	    .since = day_of(rec, MN_F_SINCE),
	    .until = day_of(rec, MN_F_UNTIL),
	    .good = mn_str_sub(rec->v[MN_F_GOOD], 0, MN_MAX_NAME),
	    .reference = mn_str_sub(rec->v[MN_F_REFERENCE], 0, MN_MAX_NAME),
	    .rid = rec->rid};
	if (mn_record_q16(rec, MN_F_SHARE, &share) && share >= 0 && share <= 65536)
		e.share_q16 = share;
	if (mn_record_count(rec, MN_F_TIER, &tier))
		e.tier = (uint8_t)(tier > MN_EDGE_MAX_TIER ? MN_EDGE_MAX_TIER
				   : tier < 0              ? 0
							   : tier);
	return e;
}

static bool
row(struct mn_edging *x, const struct mn_record *rec)
{
	struct mn_join from, to;
	if (!join_end(x, rec, &FROM, &from) || !join_end(x, rec, &TO, &to))
		return false;
	if (is_apart(x, rec, &from, &to))
		return true;
	bool one = is_one(x, rec, &FROM, &from);
	one = is_one(x, rec, &TO, &to) && one;
	if (!one)
		return true;
	if (mn_eid_cmp(from.who, to.who) == 0) {
		remark(x, rec, MN_E_EDGE_SELF, said_by(rec, &TO), MN_STR_NONE);
		return true;
	}
	struct mn_edge e = edge_of(rec);
	e.from = from.who;
	e.to = to.who;
	e.match_q16 =
	    (uint32_t)((uint64_t)from.match_q16 * to.match_q16 / (uint64_t)65536);
	if (e.since != MN_DAY_NONE && e.since > x->st->as_of)
		remark(x, rec, MN_E_FUTURE, MN_F_SINCE, MN_STR_NONE);
	else if (!mn_edge_in_force(&e, x->st->as_of))
		remark(x, rec, MN_E_EDGE_OVER, MN_F_UNTIL, MN_STR_NONE);
	return mn_edging_add(x, &e);
}

/* Records stand in the order of their files. */
static bool
rows_of(struct mn_edging *x, uint32_t src)
{
	char raw[8];
	struct mn_buf from = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_u64(&from, mn_rid_make(src, 0));
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_REC, mn_buf_str(&from), x->err);
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, NULL, x->err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		mn_rid rid = mn_get_u64(&g);
		if (mn_rid_src(rid) != src) {
			more = 0;
			break;
		}
		if (!mn_record_decode(body, rid, &rec, x->err) ||
		    (rec.kind == MN_K_EDGES && !row(x, &rec))) {
			more = -1;
			break;
		}
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
rows(struct mn_edging *x)
{
	for (uint32_t i = 0; i < x->n_source; i++)
		if (x->source[i].kind == MN_K_EDGES && !rows_of(x, i))
			return false;
	return true;
}

static void
tell_apart(struct mn_edging *x)
{
	for (uint32_t i = 0; i < x->n_source; i++) {
		char text[64];
		struct mn_buf b = {text, 0, sizeof text, sizeof text, false};
		if (x->apart[i] == 0)
			continue;
		mn_buf_fmt(&b, "%llu of its rows", (unsigned long long)x->apart[i]);
		x->st->note(x->st->ctx, mn_rid_make(i, 0), MN_E_EDGE_APART, MN_STR_NONE,
		    MN_STR_NONE, mn_buf_str(&b));
	}
}

/* ---- loading ---- */

static bool
load(struct mn_edging *x)
{
	struct mn_str key, value;
	struct mn_buf last = mn_buf_new(64);
	struct mn_load *l = mn_load_begin(x->st->gen, MN_TAB_EDGE, x->err);
	int more = l ? 1 : -1;
	while (l && (more = mn_xsort_next(x->sort, &key, &value, x->err)) == 1) {
		struct mn_get g = mn_get(value);
		struct mn_str body = mn_get_str(&g);
		struct mn_str pos = mn_str_sub(value, 4 + body.n, value.n);
		if (mn_str_eq(key, mn_buf_str(&last))) {
			struct mn_get p = mn_get(pos);
			x->st->note(x->st->ctx, mn_get_u64(&p), MN_E_DUP_ROW, MN_STR_NONE,
			    MN_STR_NONE, MN_STR_NONE);
			continue;
		}
		mn_buf_clear(&last);
		mn_buf_add(&last, key);
		if (!mn_load_put(l, key, body, pos, x->err))
			break;
	}
	mn_buf_free(&last);
	if (more == 0)
		return mn_load_end(l, x->err);
	mn_load_abort(l);
	return false;
}

bool
mn_stage_edges(const struct mn_stage *st, const struct mn_pack *p,
    const struct mn_source *source, uint32_t n_source, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL);
	struct mn_edging x = {.st = st,
	    .pack = p,
	    .source = source,
	    .key = mn_buf_new(256),
	    .body = mn_buf_new(1u << 16),
	    .pos = mn_buf_new(64),
	    .value = mn_buf_new(1u << 17),
	    .scratch = root,
	    .n_source = n_source,
	    .err = err};
	x.apart = MN_NEW(&x.scratch, uint64_t, (size_t)n_source + 1);
	x.r = mn_reader_open(st->gen, err);
	x.sort = x.r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	x.sites = x.sort ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	bool good = x.sites && rows(&x) && mn_edging_parents_and_sites(&x) &&
		    mn_xsort_finish(x.sort, err) && load(&x);
	if (good)
		tell_apart(&x);
	mn_xsort_free(x.sort);
	mn_xsort_free(x.sites);
	mn_reader_close(x.r);
	mn_buf_free(&x.key);
	mn_buf_free(&x.body);
	mn_buf_free(&x.pos);
	mn_buf_free(&x.value);
	mn_arena_free(root);
	return good;
}

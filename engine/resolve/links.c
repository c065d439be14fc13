/* Edges as they are sorted, and the table of what was united and what was not. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/alike.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/decision.h"

#include "dedup.h"

bool
mn_dedup_open(struct mn_dedup *d, const struct mn_stage *st, struct mn_reader *r,
    struct mn_cluster *c, struct mn_arena *a, struct mn_err *err)
{
	*d = (struct mn_dedup){.st = st, .r = r, .c = c, .a = a};
	d->joined = MN_NEW(a, struct mn_joined, c->n);
	if (st->matcher)
		d->rows = mn_rows_new(a, r, st->matcher, c->rid, c->n);
	for (uint32_t i = 0; c->same && i < c->n; i++)
		if (c->same[i].n)
			d->joined[i] = (struct mn_joined){MN_FX_ONE, c->same[i]};
	d->edge = mn_xsort_new(st->work_dir, st->sort_bytes, err);
	d->refused = d->edge ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	return d->refused != NULL;
}

void
mn_dedup_close(struct mn_dedup *d)
{
	mn_xsort_free(d->edge);
	mn_xsort_free(d->refused);
	d->edge = d->refused = NULL;
}

/* ---- edges ---- */

bool
mn_edge_put(
    struct mn_dedup *d, struct mn_xsort *to, const struct mn_edge *e, struct mn_err *err)
{
	char raw[36];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_buf value = mn_buf_new(1u << 16);
	mn_put_u32(&key, (uint32_t)(MN_FX_ONE - e->p_q16));
	mn_put_key(&key, d->c->content[e->a]);
	mn_put_key(&key, d->c->content[e->b]);
	mn_put_u32(&value, e->a);
	mn_put_u32(&value, e->b);
	mn_put_u8(&value, e->same_country);
	mn_put_u8(&value, e->same_address);
	mn_put_u8(&value, e->left_over);
	mn_put_u8(&value, e->barred);
	mn_put_u8(&value, e->standing);
	mn_put_str(&value, e->reason);
	bool good = mn_xsort_add(to, mn_buf_str(&key), mn_buf_str(&value), err);
	mn_buf_free(&value);
	return good;
}

int
mn_edge_next(struct mn_xsort *from, struct mn_edge *e, struct mn_err *err)
{
	struct mn_str key, value;
	int more = mn_xsort_next(from, &key, &value, err);
	if (more != 1)
		return more;
	struct mn_get k = mn_get(key), g = mn_get(value);
	e->p_q16 = MN_FX_ONE - (int32_t)mn_get_u32(&k);
	e->a = mn_get_u32(&g);
	e->b = mn_get_u32(&g);
	e->same_country = mn_get_u8(&g);
	e->same_address = mn_get_u8(&g);
	e->left_over = mn_get_u8(&g);
	e->barred = mn_get_u8(&g);
	e->standing = mn_get_u8(&g);
	e->reason = mn_get_str(&g);
	return 1;
}

/* ---- the table ---- */

/* Sorted as (key of the table, or what stands for its order), value: body length, body,
 * positions. */
static bool
put_link(struct mn_xsort *out, const struct mn_alike *x, struct mn_err *err)
{
	char raw[64];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_buf body = mn_buf_new(1u << 16), pos = mn_buf_new(64);
	struct mn_buf value = mn_buf_new(1u << 17);
	mn_alike_sort_key(x, &key);
	if (x->refused)
		mn_put_eid(&key, x->other);
	mn_alike_encode(x, &body, &pos);
	mn_put_str(&value, mn_buf_str(&body));
	mn_buf_add(&value, mn_buf_str(&pos));
	bool good = mn_xsort_add(out, mn_buf_str(&key), mn_buf_str(&value), err);
	mn_buf_free(&body);
	mn_buf_free(&pos);
	mn_buf_free(&value);
	return good;
}

bool
mn_dedup_members(struct mn_dedup *d, struct mn_xsort *out, struct mn_eid who,
    const uint32_t *row, uint32_t n, struct mn_err *err)
{
	for (uint32_t i = 0; n > 1 && i < n && i < MN_MAX_MEMBERS; i++) {
		const struct mn_joined *j = &d->joined[row[i]];
		bool exact = j->p_q16 == 0;
		bool decided = d->c->same && d->c->same[row[i]].n;
		struct mn_alike x = {.who = who,
		    .order = i,
		    .p_q16 = exact ? MN_FX_ONE : j->p_q16,
		    .standing = decided ? MN_ALIKE_DECIDED : MN_ALIKE_RULED,
		    .row = d->c->content[row[i]],
		    .reason = exact ? MN_S("same identifier, or same name and country")
				    : j->reason,
		    .rid = d->c->rid[row[i]],
		    .other_rid = MN_RID_NONE};
		if (!put_link(out, &x, err))
			return false;
	}
	return true;
}

/* The handles by which a person may decide the pair; two rows may have none that tells
 * them apart, and then it is for their list to say who they are. */
static bool
name_pair(struct mn_dedup *d, struct mn_alike *x, struct mn_err *err)
{
	struct mn_record rec;
	struct mn_key mine[MN_HANDLES], theirs[MN_HANDLES];
	if (!mn_row_record(d->r, x->rid, &rec, err))
		return false;
	size_t n = mn_decision_subjects(&rec, mine);
	if (!mn_row_record(d->r, x->other_rid, &rec, err))
		return false;
	if (n && mn_decision_subjects(&rec, theirs) &&
	    mn_key_cmp(mine[0], theirs[0]) != 0) {
		x->handle = mine[0];
		x->other_handle = theirs[0];
	} else {
		x->standing = MN_ALIKE_RULED;
	}
	return true;
}

/* Said of both entities; the order is that of likeness until the table is written, with
 * what people decided before all else: a crowd must not hide it. */
static bool
put_refused(struct mn_dedup *d, struct mn_xsort *links, const struct mn_eid *eid,
    const struct mn_edge *e, struct mn_err *err)
{
	const struct mn_cluster *c = d->c;
	bool decided = e->standing == MN_ALIKE_DECIDED;
	struct mn_alike x = {.who = eid[e->a],
	    .refused = true,
	    .order = decided ? 0 : (uint32_t)(MN_FX_ONE - e->p_q16),
	    .p_q16 = e->p_q16,
	    .standing = e->standing,
	    .row = c->content[e->a],
	    .other = eid[e->b],
	    .other_row = c->content[e->b],
	    .reason = e->reason,
	    .rid = c->rid[e->a],
	    .other_rid = c->rid[e->b]};
	if (x.standing == MN_ALIKE_OPEN && !name_pair(d, &x, err))
		return false;
	struct mn_alike y = x;
	y.who = x.other;
	y.row = x.other_row;
	y.rid = x.other_rid;
	y.other = x.who;
	y.other_row = x.row;
	y.other_rid = x.rid;
	y.handle = x.other_handle;
	y.other_handle = x.handle;
	return put_link(links, &x, err) && put_link(links, &y, err);
}

/* The entities refused for the one at hand: each is listed once, by its likest row. */
struct listed {
	struct mn_eid who, other[MN_MAX_REFUSED];
	uint32_t n;
};

static bool
list_refused(struct listed *l, const struct mn_alike *x)
{
	if (l->n == 0 || mn_eid_cmp(l->who, x->who) != 0) {
		l->who = x->who;
		l->n = 0;
	}
	for (uint32_t i = 0; i < l->n; i++)
		if (mn_eid_cmp(l->other[i], x->other) == 0)
			return false;
	if (l->n == MN_MAX_REFUSED)
		return false;
	l->other[l->n++] = x->other;
	return true;
}

static bool
load_link(struct mn_load *l, struct listed *seen, struct mn_str key, struct mn_str value,
    struct mn_err *err)
{
	char raw[64];
	struct mn_buf k = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_get g = mn_get(value);
	struct mn_str body = mn_get_str(&g);
	struct mn_str pos = mn_str((const char *)g.p, (size_t)(g.end - g.p));
	struct mn_alike x;
	if (!mn_alike_decode(mn_str_sub(key, 0, 21), body, pos, &x, err))
		return false;
	if (x.refused && !list_refused(seen, &x))
		return true;
	if (x.refused)
		x.order = seen->n - 1;
	mn_alike_sort_key(&x, &k);
	return mn_load_put(l, mn_buf_str(&k), body, pos, err);
}

bool
mn_dedup_load(struct mn_dedup *d, struct mn_xsort *links, const struct mn_eid *eid,
    struct mn_err *err)
{
	struct mn_edge e;
	struct listed seen = {.n = 0};
	struct mn_str key, value;
	int more = d->rows ? 1 : 0;
	while (d->rows && (more = mn_edge_next(d->refused, &e, err)) == 1)
		if (mn_eid_cmp(eid[e.a], eid[e.b]) != 0 &&
		    !put_refused(d, links, eid, &e, err))
			return false;
	if (more != 0 || !mn_xsort_finish(links, err))
		return false;
	struct mn_load *l = mn_load_begin(d->st->gen, MN_TAB_LINK, err);
	if (!l)
		return false;
	while ((more = mn_xsort_next(links, &key, &value, err)) == 1)
		if (!load_link(l, &seen, key, value, err))
			break;
	if (more == 0)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

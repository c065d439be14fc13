/*
 * The sequential pass over rows that are alike: the surest pair first, each asks the
 * guards and is united or refused. An entity carries legal gates and findings, so a wrong
 * union is worse than a missed one: what is in doubt stays apart and is reported.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/alike.h"
#include "manumit/model/codec.h"

#include "dedup.h"

#define STRONG ((int32_t)MN_Q16(.85))
/* Clusters above this size are chains as often as families: a row that joins one must
 * resemble its middle too (matching.md 6). */
#define SMALL_CLUSTER 8
#define LIKE_THE_MIDDLE ((int32_t)MN_Q16(.50))

/* What guards know of an entity, at its root. */
struct around {
	struct mn_row_facts facts;
	uint32_t size;   /* united entities and rows */
	uint32_t middle; /* the row with the most likeness to others */
};

struct pass {
	struct mn_dedup *d;
	struct around *at;
	int64_t *likeness; /* per row: sum of P over its accepted pairs */
	struct mn_buf reason;
	struct mn_profile *left, *right;
	struct mn_arena *a;
	struct mn_err *err;
	bool good;
};

/* ---- facts of entities ---- */

static struct mn_place_fact
lesser_place(struct mn_place_fact a, struct mn_place_fact b)
{
	return a.id == 0 || (b.id && b.id < a.id) ? b : a;
}

/* Does not depend on the order in which rows are added. */
static void
add_facts(struct mn_row_facts *to, const struct mn_row_facts *from)
{
	if (to->numbers == 0 || (from->numbers && from->numbers < to->numbers))
		to->numbers = from->numbers;
	to->place = lesser_place(to->place, from->place);
	to->city = lesser_place(to->city, from->city);
}

static void
begin(struct pass *p)
{
	struct mn_cluster *c = p->d->c;
	for (uint32_t i = 0; i < c->n; i++) {
		struct around *r = &p->at[mn_cluster_root(c, i)];
		if (r->size == 0 || mn_key_cmp(c->content[i], c->content[r->middle]) < 0)
			r->middle = i;
		r->size = 1; /* rows with one key say one thing */
		if (mn_rows_facts(p->d->rows, i))
			add_facts(&r->facts, mn_rows_facts(p->d->rows, i));
	}
}

/* ---- guards ---- */

/* An edge comes after all surer ones, so it is the weakest of the cluster it would make:
 * asking before the union is the same as cutting after it. The middle is the row with the
 * most accepted likeness, which costs nothing to know; the true medoid would cost every
 * pair of the cluster each time it grows. */
static bool
far_from_middle(struct pass *p, uint32_t row, const struct around *cluster)
{
	struct mn_verdict v;
	if (!mn_rows_profile(p->d->rows, row, p->left, p->err) ||
	    !mn_rows_profile(p->d->rows, cluster->middle, p->right, p->err))
		return p->good = false;
	mn_profile_compare(p->d->st->matcher, p->left, p->right, &v);
	return v.p_q16 < LIKE_THE_MIDDLE;
}

/* A user's two ids usually mean two accounts on purpose, and yet lists that need
 * de-duplication carry two ids for one firm. A word of its own is a sister firm as
 * often as a longer form of the name. The name alone does not tell which; a strong name
 * with the same address in the same country does, unless both doubts come together. */
static const char *
doubt(const struct pass *p, const struct mn_edge *e, uint32_t a, uint32_t b)
{
	bool strong = e->p_q16 >= STRONG;
	bool sure = strong && e->same_country && e->same_address;
	bool two_ids = mn_cluster_two_ids(p->d->c, a, b);
	if (two_ids && e->left_over)
		return "two of your ids, and the names alone do not tell: possible "
		       "duplicate";
	if (two_ids && !sure)
		return "two of your ids, and no address that says the same: possible "
		       "duplicate";
	if (e->left_over && !sure)
		return "the names alone do not tell, and no address says the same: "
		       "possible "
		       "duplicate";
	if (!e->same_country && !strong)
		return "country not stated: possible duplicate";
	return NULL;
}

static const char *
refusal(struct pass *p, const struct mn_edge *e, uint32_t a, uint32_t b)
{
	const struct around *x = &p->at[a], *y = &p->at[b];
	const char *why = NULL;
	if (e->barred)
		return ""; /* the reason begins with the rule */
	if ((why = mn_cluster_conflict(p->d->c, a, b)))
		return why;
	if (x->facts.numbers && y->facts.numbers && x->facts.numbers != y->facts.numbers)
		return "another unit number";
	if (mn_places_differ(p->d->rows, &x->facts.place, &y->facts.place))
		return "another place in the name";
	if (mn_places_differ(p->d->rows, &x->facts.city, &y->facts.city))
		return "another town";
	if ((why = doubt(p, e, a, b)))
		return why;
	if (x->size + y->size > SMALL_CLUSTER) {
		bool far = x->size >= y->size ? far_from_middle(p, e->b, x)
					      : far_from_middle(p, e->a, y);
		if (far)
			return "unlike the middle of the group";
	}
	return NULL;
}

/* ---- outcomes ---- */

/* The remark goes to the row whose content comes second and shows the other's name: which
 * rows are noted does not depend on where they stand. */
static void
remark(struct pass *p, const struct mn_edge *e, enum mn_code code, struct mn_str reason)
{
	const struct mn_stage *st = p->d->st;
	const mn_rid *rid = p->d->c->rid;
	struct mn_record other;
	if (mn_rid_named(rid[e->a]) || mn_rid_named(rid[e->b]))
		return;
	p->good = p->good && mn_row_record(p->d->r, rid[e->a], &other, p->err);
	if (p->good)
		st->note(
		    st->ctx, rid[e->b], code, MN_STR_NONE, other.v[MN_F_NAME], reason);
}

static void
joined(struct pass *p, uint32_t row, const struct mn_edge *e, struct mn_str reason)
{
	struct mn_joined *j = &p->d->joined[row];
	p->likeness[row] += e->p_q16;
	if (j->p_q16 == 0)
		*j = (struct mn_joined){e->p_q16, reason};
}

static uint32_t
more_in_the_middle(const struct pass *p, uint32_t a, uint32_t b)
{
	if (p->likeness[a] != p->likeness[b])
		return p->likeness[a] > p->likeness[b] ? a : b;
	return mn_key_cmp(p->d->c->content[a], p->d->c->content[b]) <= 0 ? a : b;
}

static void
unite(struct pass *p, const struct mn_edge *e, uint32_t a, uint32_t b)
{
	struct mn_str reason = mn_arena_str(p->a, e->reason);
	struct around *x = &p->at[a], *y = &p->at[b];
	mn_cluster_merge(p->d->c, a, b);
	joined(p, e->a, e, reason);
	joined(p, e->b, e, reason);
	x->size += y->size;
	add_facts(&x->facts, &y->facts);
	x->middle = more_in_the_middle(p, x->middle, y->middle);
	x->middle = more_in_the_middle(p, x->middle, e->a);
	x->middle = more_in_the_middle(p, x->middle, e->b);
	remark(p, e, MN_E_MERGED_SPELLING, reason);
}

static bool
doubtful(const char *why)
{
	return mn_str_find(mn_str_c(why), MN_S("possible duplicate")) != SIZE_MAX;
}

/* One remark a row: a row that resembles many says so in its dossier. No remark where a
 * rule or an identifier says what the two are instead: there is nothing to correct. */
static bool
refuse(struct pass *p, const struct mn_edge *e, struct mn_str why, uint8_t standing)
{
	struct mn_edge said = *e;
	bool *noted = p->d->c->conflict;
	mn_buf_clear(&p->reason);
	mn_buf_add(&p->reason, why);
	mn_buf_fmt(
	    &p->reason, "%s%.*s", why.n && e->reason.n ? "; " : "", MN_FMT(e->reason));
	said.reason = mn_buf_str(&p->reason);
	said.standing = standing;
	if (standing == MN_ALIKE_OPEN) {
		if (!noted[e->a] && !noted[e->b])
			remark(p, e, MN_E_REFUSED_UNION, said.reason);
		noted[e->a] = noted[e->b] = true;
	}
	return p->good && mn_edge_put(p->d, p->d->refused, &said, p->err);
}

static bool
visit(struct pass *p, const struct mn_edge *e)
{
	uint32_t a = mn_cluster_root(p->d->c, e->a);
	uint32_t b = mn_cluster_root(p->d->c, e->b);
	if (a == b)
		return true;
	const struct mn_apart *apart = mn_decided_against(p->d->c, a, b);
	if (apart)
		return refuse(p, e, apart->reason, MN_ALIKE_DECIDED);
	const char *why = refusal(p, e, a, b);
	if (!p->good)
		return false;
	if (why)
		return refuse(
		    p, e, mn_str_c(why), doubtful(why) ? MN_ALIKE_OPEN : MN_ALIKE_RULED);
	unite(p, e, a, b);
	return p->good;
}

bool
mn_dedup_unite(struct mn_dedup *d, struct mn_err *err)
{
	struct mn_arena scratch = mn_arena_new((size_t)1 << 36, NULL), root = scratch;
	struct pass p = {.d = d,
	    .at = MN_NEW(&scratch, struct around, d->c->n + 1),
	    .likeness = MN_NEW(&scratch, int64_t, d->c->n + 1),
	    .left = MN_NEW(&scratch, struct mn_profile, 1),
	    .right = MN_NEW(&scratch, struct mn_profile, 1),
	    .reason = mn_buf_new(1u << 15),
	    .a = d->a,
	    .err = err,
	    .good = true};
	struct mn_edge e;
	int more = 0;
	begin(&p);
	while (p.good && (more = mn_edge_next(d->edge, &e, err)) == 1)
		p.good = visit(&p, &e);
	mn_buf_free(&p.reason);
	mn_arena_free(root);
	return p.good && more == 0 && mn_xsort_finish(d->refused, err);
}

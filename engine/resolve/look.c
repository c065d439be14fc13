/*
 * Entities looked up in a compiled list, by as many threads as the crew has. Each has its
 * own finder and its own view of the store.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/resolve/reason.h"

#include "listed.h"
#include "look.h"
#include "numbers.h"
#include "rows.h"

#define NAMES_MOST 16       /* names of one entity that are looked up */
#define MATCHES_MOST 24     /* entries kept of one look-up */
#define LEAST_P MN_Q16(.30) /* the band "possible" */
#define ENTITIES 32         /* of a lot: some milliseconds' work */

struct lot {
	struct mn_arena root, a; /* of the entities */
	uint32_t n;
	struct mn_entity entity[ENTITIES];
	struct mn_buf found; /* keys and values, each after its length */
	bool failed;
	struct mn_err err;
};

/* What a thread works with. */
struct looking {
	struct mn_matcher *m;
	struct mn_finder *finder;
	struct mn_reader *r;
	struct mn_profile query, right;
	struct mn_buf why;
};

struct all {
	struct mn_xsort *found;
	struct mn_ordered *ordered;
	uint32_t jobs, n_lot;
	struct looking looking[MN_MAX_JOBS];
	void *tools[MN_MAX_JOBS], *lots[MN_MAX_JOBS * MN_UNITS_PER_JOB];
};

/* ---- one entity, in any thread ---- */

/* Room for a length, filled in when what follows is written. */
static size_t
put_gap(struct mn_buf *b)
{
	mn_put_u32(b, 0);
	return b->n;
}

static void
put_length(struct mn_buf *b, size_t from)
{
	uint32_t n = (uint32_t)(b->n - from);
	for (size_t i = 0; i < 4 && !b->failed; i++)
		b->p[from - 4 + i] = (char)(n >> (24 - 8 * i));
}

/* A bare name, without an address or an identifier, is never more than possible. */
static bool
is_bare(const struct mn_record *rec)
{
	return !rec->v[MN_F_ADDRESS].n && !rec->v[MN_F_LEI].n && !rec->v[MN_F_OS_ID].n &&
	       !rec->v[MN_F_TAX_ID].n;
}

/* Rules above the model that need both records (matching.md, rule 1): numbers of one
 * register that differ speak against, LEI or OS ID that differ leave little. */
#define REGISTER_Z MN_Q16(3)
#define WORLD_P MN_Q16(.40)

static int32_t
weigh_numbers(int32_t p, int64_t z, enum mn_numbers said)
{
	int64_t less = p;
	if (said == MN_NUMBERS_REGISTER)
		less = mn_logistic(z - REGISTER_Z);
	else if (said == MN_NUMBERS_WORLD)
		less = WORLD_P;
	return less < p ? (int32_t)less : p;
}

static void
reason(struct looking *x, const struct mn_record *rec, struct mn_verdict *v,
    enum mn_numbers said)
{
	mn_buf_clear(&x->why);
	if (is_bare(rec))
		mn_buf_add(&x->why, MN_S("identify first: a bare name; "));
	if (said >= MN_NUMBERS_REGISTER)
		v->rules |= 1u << MN_RULE_OTHER_ID;
	mn_reason_short(&x->query.party, &x->right.party, v, &x->why);
}

static bool
keep(
    struct looking *x, struct lot *l, const struct mn_entity *e, const struct mn_match *m)
{
	struct mn_record listed;
	struct mn_verdict v;
	if (!mn_row_record(x->r, m->ref, &listed, &l->err))
		return false;
	enum mn_numbers said = mn_numbers_compare(&e->rec, &listed);
	mn_find_explain(x->finder, &x->query, m, &x->right, &v);
	int32_t p = weigh_numbers(m->p_q16, v.z_q16, said);
	reason(x, &e->rec, &v, said);
	size_t at = put_gap(&l->found);
	mn_put_u64(&l->found, m->ref);
	mn_put_eid(&l->found, e->id);
	mn_put_u32(&l->found, (uint32_t)(MN_FX_ONE - p)); /* the best first */
	put_length(&l->found, at);
	at = put_gap(&l->found);
	mn_matched_put(
	    &l->found, &(struct mn_matched){e->id, p, said >= MN_NUMBERS_REGISTER,
			   m->text, mn_buf_str(&x->why)});
	put_length(&l->found, at);
	return true;
}

static bool
look_up(struct looking *x, struct lot *l, const struct mn_entity *e, struct mn_str name)
{
	const struct mn_match *m;
	const struct mn_str *v = e->rec.v;
	mn_profile_read(x->m, name, v[MN_F_COUNTRY], v[MN_F_ADDRESS], &x->query);
	uint32_t n = mn_find(x->finder, &x->query, &m);
	for (uint32_t i = 0; i < n && m[i].p_q16 >= LEAST_P; i++)
		if (!keep(x, l, e, &m[i]))
			return false;
	return true;
}

static bool
look_up_all(struct looking *x, struct lot *l, const struct mn_entity *e)
{
	uint32_t names = 0;
	for (size_t i = 0; i < MN_ENTRY_NAMES_N; i++)
		for (struct mn_str rest = e->rec.v[MN_ENTRY_NAMES[i].field];
		     rest.p && rest.n && names < NAMES_MOST; names++)
			if (!look_up(x, l, e, mn_str_trim(mn_str_cut(&rest, ';'))))
				return false;
	return true;
}

static void
map(void *tool, void *unit)
{
	struct lot *l = unit;
	for (uint32_t i = 0; i < l->n && !l->failed; i++)
		l->failed = !look_up_all(tool, l, &l->entity[i]);
}

/* ---- all of them, in order ---- */

static bool
commit(void *ctx, void *unit, struct mn_err *err)
{
	struct all *all = ctx;
	struct lot *l = unit;
	struct mn_get g = mn_get(mn_buf_str(&l->found));
	if (l->failed) {
		*err = l->err;
		return false;
	}
	if (l->found.failed)
		return mn_fail(err, MN_E_NOMEM, "matches of %u entities", l->n);
	while (g.p < g.end) {
		struct mn_str key = mn_get_str(&g), value = mn_get_str(&g);
		if (!mn_xsort_add(all->found, key, value, err))
			return false;
	}
	mn_buf_clear(&l->found);
	l->n = 0;
	l->a = l->root;
	return true;
}

static bool
each_entity(struct all *all, struct mn_reader *r, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r, MN_TAB_ENT, MN_STR_NONE, err);
	struct mn_str k, body, pos;
	struct lot *l = NULL;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, &pos, err)) == 1) {
		struct mn_get g = mn_get(k);
		if (!l && !(l = mn_ordered_unit(all->ordered, err)))
			break;
		if (!mn_entity_decode(
			mn_get_eid(&g), body, pos, &l->a, &l->entity[l->n], err))
			break;
		if (++l->n == ENTITIES) {
			mn_ordered_put(all->ordered);
			l = NULL;
		}
	}
	mn_scan_close(scan);
	if (more == 0 && l && l->n)
		mn_ordered_put(all->ordered);
	return more == 0 && mn_ordered_finish(all->ordered, err);
}

#define ENTITY_BYTES ((size_t)64 << 20) /* room, not memory: most take a kilobyte */

static bool
open_all(struct all *all, const struct mn_stage *st, const struct mn_list *list,
    struct mn_crew *crew, struct mn_arena *a, struct mn_err *err)
{
	all->jobs = crew->jobs;
	all->n_lot = all->jobs == 1 ? 1 : all->jobs * MN_UNITS_PER_JOB;
	struct lot *lot = MN_NEW(a, struct lot, all->n_lot);
	for (uint32_t i = 0; i < all->n_lot; i++) {
		lot[i].root = lot[i].a = mn_arena_new(ENTITIES * ENTITY_BYTES, NULL);
		lot[i].found = mn_buf_new((size_t)1 << 31);
		all->lots[i] = &lot[i];
	}
	for (uint32_t i = 0; i < all->jobs; i++) {
		struct looking *t = &all->looking[i];
		*t = (struct looking){.m = &crew->m[i], .why = mn_buf_new(MN_MAX_CELL)};
		all->tools[i] = t;
		t->finder = mn_finder_new(list, t->m, MATCHES_MOST, err);
		t->r = t->finder ? mn_reader_open(st->gen, err) : NULL;
		if (!t->r)
			return false;
	}
	all->ordered = mn_ordered_new(&(struct mn_ordered_job){.map = map,
					  .commit = commit,
					  .ctx = all,
					  .jobs = all->jobs,
					  .tool = all->tools,
					  .unit = all->lots,
					  .n_unit = all->n_lot},
	    err);
	return all->ordered != NULL;
}

static void
close_all(struct all *all)
{
	mn_ordered_free(all->ordered);
	for (uint32_t i = 0; i < all->jobs; i++) {
		mn_finder_free(all->looking[i].finder);
		mn_reader_close(all->looking[i].r);
		mn_buf_free(&all->looking[i].why);
	}
	for (uint32_t i = 0; i < all->n_lot; i++) {
		struct lot *l = all->lots[i];
		mn_arena_free(l->root);
		mn_buf_free(&l->found);
	}
}

bool
mn_look_up_entities(const struct mn_stage *st, struct mn_reader *r,
    const struct mn_list *l, struct mn_crew *crew, struct mn_xsort *found,
    struct mn_err *err)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct all *all = MN_NEW(&a, struct all, 1);
	all->found = found;
	bool good = open_all(all, st, l, crew, &a, err) && each_entity(all, r, err);
	close_all(all);
	mn_arena_free(root);
	return good;
}

/*
 * Stage match: the names of all watchlists compiled, and every entity's names looked up
 * among them. What is found goes through a sorter, because it is found by entity and
 * wanted by list row.
 */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/resolve/list.h"
#include "manumit/resolve/reason.h"
#include "manumit/resolve/resolve.h"

#include "listed.h"
#include "numbers.h"
#include "rows.h"

#define NAMES_MOST 16       /* names of one entity that are looked up */
#define MATCHES_MOST 24     /* entries kept of one look-up */
#define LEAST_P MN_Q16(.30) /* the band "possible" */

struct screening {
	const struct mn_stage *st;
	struct mn_reader *r;
	struct mn_list_build *build;
	struct mn_list list;
	struct mn_finder *finder;
	struct mn_xsort *found;
	struct mn_profile query, right;
	struct mn_buf key, value, why;
	const char *lists_path;
	struct mn_err *err;
};

/* ---- the lists ---- */

static const struct {
	enum mn_field field;
	enum mn_alias kind;
} NAMES[] = {{MN_F_NAME, MN_ALIAS_NAME}, {MN_F_NATIVE_NAME, MN_ALIAS_OTHER},
    {MN_F_ALIASES, MN_ALIAS_OTHER}, {MN_F_FORMER_NAMES, MN_ALIAS_FORMER},
    {MN_F_WEAK_ALIASES, MN_ALIAS_WEAK}};

void
mn_list_build_record(struct mn_list_build *b, const struct mn_record *rec)
{
	mn_list_build_entry(b, rec->rid, rec->v[MN_F_COUNTRY], rec->v[MN_F_ADDRESS]);
	for (size_t i = 0; i < countof(NAMES); i++)
		for (struct mn_str rest = rec->v[NAMES[i].field]; rest.p && rest.n;)
			mn_list_build_name(
			    b, NAMES[i].kind, mn_str_trim(mn_str_cut(&rest, ';')));
}

static bool
read_lists(struct screening *x)
{
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_REC, MN_STR_NONE, x->err);
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, NULL, x->err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		if (!mn_record_decode(body, mn_get_u64(&g), &rec, x->err))
			break;
		if (rec.kind == MN_K_WATCHLIST)
			mn_list_build_record(x->build, &rec);
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
compile(struct screening *x)
{
	x->build = mn_list_build_new(x->st->matcher, x->err);
	if (!x->build || !read_lists(x) ||
	    !mn_list_open(mn_list_build_finish(x->build), &x->list, x->err))
		return false;
	/* It goes with the generation, so that names can be looked up later. */
	if (x->list.n_name && !mn_list_write(x->list.image, x->lists_path, x->err))
		return false;
	x->finder = mn_finder_new(&x->list, x->st->matcher, MATCHES_MOST, x->err);
	return x->finder != NULL;
}

/* ---- the entities ---- */

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
reason(struct screening *x, const struct mn_record *rec, struct mn_verdict *v,
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
keep(struct screening *x, const struct mn_entity *e, const struct mn_match *m)
{
	struct mn_record listed;
	struct mn_verdict v;
	if (!mn_row_record(x->r, m->ref, &listed, x->err))
		return false;
	enum mn_numbers said = mn_numbers_compare(&e->rec, &listed);
	mn_find_explain(x->finder, &x->query, m, &x->right, &v);
	int32_t p = weigh_numbers(m->p_q16, v.z_q16, said);
	reason(x, &e->rec, &v, said);
	mn_buf_clear(&x->key);
	mn_put_u64(&x->key, m->ref);
	mn_put_eid(&x->key, e->id);
	mn_put_u32(&x->key, (uint32_t)(MN_FX_ONE - p)); /* the best first */
	mn_buf_clear(&x->value);
	mn_matched_put(
	    &x->value, &(struct mn_matched){e->id, p, said >= MN_NUMBERS_REGISTER,
			   m->text, mn_buf_str(&x->why)});
	return mn_xsort_add(x->found, mn_buf_str(&x->key), mn_buf_str(&x->value), x->err);
}

static bool
look_up(struct screening *x, const struct mn_entity *e, struct mn_str name)
{
	const struct mn_match *m;
	const struct mn_str *v = e->rec.v;
	mn_profile_read(
	    x->st->matcher, name, v[MN_F_COUNTRY], v[MN_F_ADDRESS], &x->query);
	uint32_t n = mn_find(x->finder, &x->query, &m);
	for (uint32_t i = 0; i < n && m[i].p_q16 >= LEAST_P; i++)
		if (!keep(x, e, &m[i]))
			return false;
	return true;
}

static bool
look_up_all(struct screening *x, const struct mn_entity *e)
{
	uint32_t names = 0;
	for (size_t i = 0; i < countof(NAMES); i++)
		for (struct mn_str rest = e->rec.v[NAMES[i].field];
		     rest.p && rest.n && names < NAMES_MOST; names++)
			if (!look_up(x, e, mn_str_trim(mn_str_cut(&rest, ';'))))
				return false;
	return true;
}

static bool
each_entity(struct screening *x)
{
	struct mn_arena a = mn_arena_new(64u << 20, NULL);
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_ENT, MN_STR_NONE, x->err);
	struct mn_str k, body, pos;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, &pos, x->err)) == 1) {
		struct mn_arena scratch = a;
		struct mn_entity e;
		struct mn_get g = mn_get(k);
		if (!mn_entity_decode(mn_get_eid(&g), body, pos, &scratch, &e, x->err) ||
		    !look_up_all(x, &e))
			break;
	}
	mn_scan_close(scan);
	mn_arena_free(a);
	return more == 0;
}

/* ---- loading: one row a list row, one match an entity ---- */

struct loading {
	struct mn_load *l;
	char raw[8];
	struct mn_buf rid, body;
	struct mn_eid last;
	uint32_t n;
};

static bool
flush(struct loading *o, struct mn_err *err)
{
	bool good = o->body.n == 0 || mn_load_put(o->l, mn_buf_str(&o->rid),
					  mn_buf_str(&o->body), MN_STR_NONE, err);
	mn_buf_clear(&o->body);
	o->n = 0;
	return good;
}

static bool
add_found(struct loading *o, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	struct mn_str rid = mn_str_sub(key, 0, 8);
	struct mn_get g = mn_get(mn_str_sub(key, 8, 24));
	struct mn_eid who = mn_get_eid(&g);
	if (!mn_str_eq(rid, mn_buf_str(&o->rid))) {
		if (!flush(o, err))
			return false;
		mn_buf_clear(&o->rid);
		mn_buf_add(&o->rid, rid);
	} else if (mn_eid_cmp(who, o->last) == 0) {
		return true; /* another name of the same entity, less alike */
	}
	o->last = who;
	if (o->n++ < MN_MAX_MET)
		mn_buf_add(&o->body, value);
	return true;
}

static bool
load(struct screening *x)
{
	struct loading o = {.l = mn_load_begin(x->st->gen, MN_TAB_MATCH, x->err),
	    .body = mn_buf_new(MN_MAX_RECORD)};
	o.rid = (struct mn_buf){o.raw, 0, sizeof o.raw, sizeof o.raw, false};
	struct mn_str key, value;
	int more = o.l ? 1 : -1;
	while (o.l && (more = mn_xsort_next(x->found, &key, &value, x->err)) == 1)
		if (!add_found(&o, key, value, x->err))
			break;
	bool good = more == 0 && flush(&o, x->err);
	mn_buf_free(&o.body);
	if (good)
		return mn_load_end(o.l, x->err);
	mn_load_abort(o.l);
	return false;
}

static bool
screen(struct screening *x)
{
	if (x->st->matcher && (!compile(x) || (x->list.n_name > 0 && !each_entity(x))))
		return false;
	return mn_xsort_finish(x->found, x->err) && load(x);
}

bool
mn_stage_match(const struct mn_stage *st, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct screening *x = MN_NEW(&a, struct screening, 1);
	x->st = st;
	x->err = err;
	x->lists_path = mn_gen_lists_path(st->gen, &a);
	x->key = mn_buf_new(64);
	x->value = mn_buf_new(MN_MAX_RECORD);
	x->why = mn_buf_new(MN_MAX_CELL);
	x->r = mn_reader_open(st->gen, err);
	x->found = x->r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	bool good = x->found && screen(x);
	mn_finder_free(x->finder);
	mn_list_build_free(x->build);
	mn_xsort_free(x->found);
	mn_reader_close(x->r);
	mn_buf_free(&x->key);
	mn_buf_free(&x->value);
	mn_buf_free(&x->why);
	mn_arena_free(root);
	return good;
}

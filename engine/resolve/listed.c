/*
 * Stage match: the names of all watchlists compiled, and every entity's names looked up
 * among them (look.c). What is found goes through a sorter, because it is found by entity
 * and wanted by list row.
 */
#include "manumit/base/limits.h"

#include "listed.h"
#include "look.h"

struct screening {
	const struct mn_stage *st;
	struct mn_reader *r;
	struct mn_list_build *build;
	struct mn_list list;
	struct mn_crew crew;
	struct mn_xsort *found;
	const char *lists_path;
	struct mn_err *err;
};

/* ---- the lists ---- */

const struct mn_entry_name MN_ENTRY_NAMES[MN_ENTRY_NAMES_N] = {{MN_F_NAME, MN_ALIAS_NAME},
    {MN_F_NATIVE_NAME, MN_ALIAS_OTHER}, {MN_F_ALIASES, MN_ALIAS_OTHER},
    {MN_F_FORMER_NAMES, MN_ALIAS_FORMER}, {MN_F_WEAK_ALIASES, MN_ALIAS_WEAK}};

void
mn_list_build_record(struct mn_list_build *b, const struct mn_record *rec)
{
	mn_list_build_entry(b, rec->rid, rec->v[MN_F_COUNTRY], rec->v[MN_F_ADDRESS]);
	for (size_t i = 0; i < MN_ENTRY_NAMES_N; i++)
		for (struct mn_str rest = rec->v[MN_ENTRY_NAMES[i].field];
		     rest.p && rest.n;)
			mn_list_build_name(b, MN_ENTRY_NAMES[i].kind,
			    mn_str_trim(mn_str_cut(&rest, ';')));
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
	x->build = mn_list_build_new(x->st->matcher, &x->crew, x->err);
	if (!x->build || !read_lists(x) ||
	    !mn_list_open(mn_list_build_finish(x->build), &x->list, x->err))
		return false;
	/* It goes with the generation, so that names can be looked up later. */
	if (x->list.n_name && !mn_list_write(x->list.image, x->lists_path, x->err))
		return false;
	mn_crew_follow(&x->crew);
	return true;
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
look_up(struct screening *x)
{
	return compile(x) &&
	       (x->list.n_name == 0 || mn_look_up_entities(x->st, x->r, &x->list,
					   &x->crew, x->found, x->err));
}

static bool
screen(struct screening *x)
{
	if (x->st->matcher &&
	    (!mn_crew_open(&x->crew, x->st->matcher, x->st->jobs, x->err) || !look_up(x)))
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
	x->r = mn_reader_open(st->gen, err);
	x->found = x->r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	bool good = x->found && screen(x);
	mn_list_build_free(x->build);
	mn_crew_close(&x->crew);
	mn_xsort_free(x->found);
	mn_reader_close(x->r);
	mn_arena_free(root);
	return good;
}

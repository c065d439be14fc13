/* The lists of `manumit match`: read and compiled in memory, or those of a store. */
#include "manumit/model/codec.h"
#include "manumit/run/run.h"

#include "match.h"

static void
remark(void *ctx, const struct mn_issue *i)
{
	struct mn_matching *x = ctx;
	if (!x->c->verbose)
		return;
	fprintf(stderr, "%.*s:%llu: %s: \"%.*s\"\n", MN_FMT(i->file),
	    (unsigned long long)i->row, mn_code_text(i->code),
	    MN_FMT(mn_str_sub(i->value, 0, 60)));
}

/* ---- from files ---- */

static void
add_entry(struct mn_matching *x, const struct mn_record *rec)
{
	const struct mn_str *v = rec->v;
	struct mn_listed *l = MN_NEW(&x->listed, struct mn_listed, 1);
	l->id = mn_arena_str(&x->text, v[MN_F_ID]);
	l->name = mn_arena_str(&x->text, v[MN_F_NAME]);
	l->list = mn_arena_str(&x->text, v[MN_F_LIST]);
	l->country = mn_arena_str(&x->text, v[MN_F_COUNTRY]);
	mn_list_build_record(x->build, rec);
}

static bool
read_list(struct mn_matching *x, const char *path, uint32_t src, struct mn_err *err)
{
	struct mn_diag diag = {.emit = remark, .ctx = x};
	struct mn_record rec;
	bool noted;
	int more = -1;
	struct mn_input *in =
	    mn_input_open(&x->text, x->maps, path, MN_K_WATCHLIST, &diag, err);
	if (in && src < MN_MAX_INPUTS)
		x->file[src] = mn_arena_str(&x->text, mn_input_info(in)->file);
	while (in && (more = mn_input_next(in, src, &rec, &noted, err)) == 1)
		add_entry(x, &rec);
	if (in)
		mn_input_close(in);
	return more == 0;
}

static bool
compile_files(struct mn_matching *x, struct mn_err *err)
{
	x->listed = x->listed_root = mn_arena_new((size_t)1 << 34, x->c->arena.oom);
	x->build = mn_list_build_new(&x->m, &x->crew, err);
	for (uint32_t i = 0; x->build && i < x->c->n_input;
	     mn_list_build_rest(x->build), i++)
		if (!read_list(x, x->c->input[i].path, i, err))
			return false;
	return x->build && mn_list_open(mn_list_build_finish(x->build), &x->list, err);
}

/* ---- from a store ---- */

static bool
read_source(
    struct mn_matching *x, struct mn_str key, struct mn_str body, struct mn_err *err)
{
	struct mn_get g = mn_get(key);
	struct mn_source s;
	uint32_t src = mn_get_u32(&g);
	if (!mn_source_decode(body, &s, err))
		return false;
	if (src < MN_MAX_INPUTS)
		x->file[src] = mn_arena_str(&x->text, s.file);
	return true;
}

static bool
read_sources(struct mn_matching *x, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_SOURCE, MN_STR_NONE, err);
	struct mn_str key, body;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, NULL, err)) == 1)
		if (!read_source(x, key, body, err))
			break;
	mn_scan_close(scan);
	return more == 0;
}

static bool
map_store(struct mn_matching *x, struct mn_err *err)
{
	x->gen = mn_run_open(x->c->data_dir, 0, err);
	x->reader = x->gen ? mn_reader_open(x->gen, err) : NULL;
	if (!x->reader || !read_sources(x, err))
		return false;
	const char *path = mn_gen_lists_path(x->gen, &x->text);
	if (!mn_path_exists(path))
		return mn_fail(err, MN_E_NOTFOUND,
		    "%s: the run was made without a watchlist", x->c->data_dir);
	if (!mn_file_map(path, &x->map, err) || !mn_list_open(x->map, &x->list, err))
		return false;
	if (!mn_list_is_of(&x->list, &x->m))
		return mn_fail(err, MN_E_STORE,
		    "%s: its lists were compiled with other name tables; run screen "
		    "again",
		    x->c->data_dir);
	mn_list_count(&x->list, &x->m);
	return true;
}

/* What the store says of an entry; borrowed until the reader is closed. */
static struct mn_listed
of_store(struct mn_reader *r, uint64_t rid)
{
	struct mn_str body;
	struct mn_record rec;
	struct mn_err ignored;
	if (mn_reader_row(r, rid, &body, &ignored) != 1 ||
	    !mn_record_decode(body, rid, &rec, &ignored))
		return (struct mn_listed){.name = MN_S("?")};
	return (struct mn_listed){.id = rec.v[MN_F_ID],
	    .name = rec.v[MN_F_NAME],
	    .list = rec.v[MN_F_LIST],
	    .country = rec.v[MN_F_COUNTRY]};
}

/* ---- those that come along ---- */

static void
tell_age(const struct mn_cli *c, const struct mn_shipped *s)
{
	int32_t today = c->as_of == MN_DAY_NONE ? mn_day_today() : c->as_of, edition;
	fprintf(stderr, "against a list that comes along: %.*s of %.*s", MN_FMT(s->file),
	    MN_FMT(s->edition));
	if (mn_day_parse_iso(s->edition, &edition) && edition <= today) {
		bool stale = s->stale_after_days && today - edition > s->stale_after_days;
		fprintf(stderr, ", %d days old%s", today - edition,
		    stale ? ": stale, fetch a newer one (manumit fetch)" : "");
	}
	fputc('\n', stderr);
}

/* Takes them as if they had been named, and says so. */
static bool
shipped_lists(struct mn_matching *x, struct mn_err *err)
{
	const struct mn_shipped *list;
	uint32_t n;
	if (!mn_shipped_load(&x->text, mn_cli_share(x->c), &list, &n, err))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		x->c->input[x->c->n_input++] =
		    (struct mn_run_input){.kind = MN_K_WATCHLIST, .path = list[i].path};
		if (!x->c->quiet)
			tell_age(x->c, &list[i]);
	}
	return true;
}

/* ---- either ---- */

int
mn_match_lists(struct mn_matching *x)
{
	struct mn_err err;
	x->text = mn_arena_new((size_t)1 << 35, x->c->arena.oom);
	x->shipped = x->c->n_input == 0 && !x->c->data_dir;
	if (x->shipped && !shipped_lists(x, &err))
		return mn_cli_fail(&err);
	if ((x->c->n_input > 0) == (x->c->data_dir != NULL)) {
		fprintf(stderr,
		    "manumit: match wants lists: --watchlist FILE, once or more, "
		    "or -d DIR, the store or\nthe report directory of a run\n");
		return 64;
	}
	if (!mn_crew_open(&x->crew, &x->m, (uint32_t)x->c->jobs, &err) ||
	    !(x->c->data_dir ? map_store(x, &err) : compile_files(x, &err)))
		return mn_cli_fail(&err);
	mn_crew_follow(&x->crew);
	return 0;
}

struct mn_listed
mn_match_listed(
    const struct mn_matching *x, struct mn_reader *r, const struct mn_match *m)
{
	uint32_t src = mn_rid_src(m->ref);
	struct mn_listed l =
	    x->gen
		? of_store(r, m->ref)
		: ((const struct mn_listed *)(const void *)x->listed_root.beg)[m->entry];
	l.file = src < MN_MAX_INPUTS ? x->file[src] : MN_STR_NONE;
	if (x->shipped) /* where the program keeps them helps nobody */
		l.file = mn_source_base(&(struct mn_source){.file = l.file});
	return l;
}

enum mn_match_band
mn_match_screen_band(
    const struct mn_profile *query, bool identified, int32_t p_q16, bool *bare)
{
	enum mn_match_band b = mn_match_band(p_q16);
	*bare = !identified && !query->party.address && b > MN_BAND_POSSIBLE;
	return *bare ? MN_BAND_POSSIBLE : b;
}

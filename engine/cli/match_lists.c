/* The watchlists of `manumit match`, read and compiled in memory. */
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

static void
add_list(struct mn_list_build *b, enum mn_alias kind, struct mn_str names)
{
	while (names.p && names.n)
		mn_list_build_name(b, kind, mn_str_trim(mn_str_cut(&names, ';')));
}

static void
add_entry(struct mn_matching *x, const struct mn_record *rec)
{
	const struct mn_str *v = rec->v;
	struct mn_listed *l = MN_NEW(&x->listed, struct mn_listed, 1);
	l->id = mn_arena_str(&x->text, v[MN_F_ID]);
	l->name = mn_arena_str(&x->text, v[MN_F_NAME]);
	l->list = mn_arena_str(&x->text, v[MN_F_LIST]);
	if (v[MN_F_COUNTRY].n == 2)
		memcpy(l->country, v[MN_F_COUNTRY].p, 2);
	mn_list_build_entry(x->build, rec->rid, v[MN_F_COUNTRY], v[MN_F_ADDRESS]);
	mn_list_build_name(x->build, MN_ALIAS_NAME, v[MN_F_NAME]);
	mn_list_build_name(x->build, MN_ALIAS_OTHER, v[MN_F_NATIVE_NAME]);
	add_list(x->build, MN_ALIAS_OTHER, v[MN_F_ALIASES]);
	add_list(x->build, MN_ALIAS_FORMER, v[MN_F_FORMER_NAMES]);
	add_list(x->build, MN_ALIAS_WEAK, v[MN_F_WEAK_ALIASES]);
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
	while (in && (more = mn_input_next(in, src, &rec, &noted, err)) == 1)
		add_entry(x, &rec);
	if (in)
		mn_input_close(in);
	return more == 0;
}

int
mn_match_lists(struct mn_matching *x)
{
	struct mn_err err;
	x->listed = x->listed_root = mn_arena_new((size_t)1 << 34, NULL);
	x->text = mn_arena_new((size_t)1 << 35, NULL);
	x->build = mn_list_build_new(&x->m, &err);
	if (!x->build)
		return mn_cli_fail(&err);
	uint32_t lists = 0;
	for (uint32_t i = 0; i < x->c->n_input; i++, lists++)
		if (!read_list(x, x->c->input[i].path, i, &err))
			return mn_cli_fail(&err);
	if (lists == 0) {
		mn_fail(&err, MN_E_USAGE,
		    "match wants lists: --watchlist FILE, once or "
		    "more");
		return mn_cli_fail(&err);
	}
	if (!mn_list_open(mn_list_build_finish(x->build), &x->list, &err))
		return mn_cli_fail(&err);
	uint32_t keep = x->c->top ? (uint32_t)x->c->top : 5;
	x->finder = mn_finder_new(&x->list, &x->m, keep, &err);
	return x->finder ? 0 : mn_cli_fail(&err);
}

const struct mn_listed *
mn_match_listed(const struct mn_matching *x, uint32_t entry)
{
	return (const struct mn_listed *)(const void *)x->listed_root.beg + entry;
}

enum mn_match_band
mn_match_screen_band(const struct mn_profile *query, int32_t p_q16, bool *bare)
{
	enum mn_match_band b = mn_match_band(p_q16);
	*bare = !query->party.address && b > MN_BAND_POSSIBLE;
	return *bare ? MN_BAND_POSSIBLE : b;
}

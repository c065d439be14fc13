/* manumit pack: list, show and check the indicator packs. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "lists.h"

/* The packs of a store when -d is given, else those that a run would use. */
const struct mn_pack *
mn_cli_packs(struct mn_cli *c, struct mn_err *err)
{
	if (!c->data_dir)
		return mn_pack_load_country(&c->arena,
		    mn_arena_fmt(&c->arena, "%s/indicators%c", mn_cli_share(c), 0).p,
		    c->country_pack, NULL, 0, err);
	const char *inner = mn_arena_fmt(&c->arena, "%s/store%c", c->data_dir, 0).p;
	struct mn_state *s =
	    mn_state_open(mn_path_exists(inner) ? inner : c->data_dir, false, err);
	const struct mn_pack *p = s ? mn_pack_open_state(&c->arena, s, err) : NULL;
	mn_state_close(s);
	return p;
}

static int
list(struct mn_cli *c, const struct mn_pack *p)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&b, true);
	if (c->json)
		mn_jsonw_list(&w, NULL);
	for (uint32_t i = 0; i < p->n_file; i++) {
		const struct mn_pack_file *f = &p->file[i];
		if (!c->json) {
			mn_buf_fmt(&b, "%-14.*s %-11.*s %-8.*s %.16s  %.*s\n",
			    MN_FMT(f->id), MN_FMT(f->kind), MN_FMT(f->version), f->sha256,
			    MN_FMT(f->licence));
			continue;
		}
		mn_jsonw_map(&w, NULL);
		mn_jsonw_str(&w, "id", f->id);
		mn_jsonw_str(&w, "kind", f->kind);
		mn_jsonw_str(&w, "version", f->version);
		mn_jsonw_c(&w, "sha256", f->sha256);
		mn_jsonw_str(&w, "licence", f->licence);
		mn_jsonw_str(&w, "source", f->source);
		mn_jsonw_end_map(&w);
	}
	if (c->json) {
		mn_jsonw_end_list(&w);
		mn_buf_byte(&b, '\n');
	}
	int status = mn_cli_print(&b);
	mn_buf_free(&b);
	return status;
}

struct show {
	struct mn_buf b;
	struct mn_arena a;
	struct mn_str section, row; /* copies: the visitor's slices live for a call */
};

static void
show_value(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
    struct mn_str value)
{
	struct show *x = ctx;
	if (!mn_str_eq(section, x->section)) {
		x->section = mn_arena_str(&x->a, section);
		x->row = MN_STR_NONE;
		mn_buf_fmt(&x->b, "\n%.*s\n", MN_FMT(section));
	}
	if (!mn_str_eq(row, x->row)) {
		x->row = mn_arena_str(&x->a, row);
		mn_buf_fmt(&x->b, "  %.*s\n", MN_FMT(row));
	}
	mn_buf_fmt(&x->b, "    %-22.*s %.*s\n", MN_FMT(key), MN_FMT(value));
}

static int
show(struct mn_cli *c, const struct mn_pack *p, const char *id)
{
	struct mn_err err;
	struct mn_str name[64];
	struct mn_arena root = mn_arena_new(64u << 20, c->arena.oom);
	struct show x = {.b = mn_buf_new((size_t)1 << 28), .a = root};
	for (uint32_t i = 0; i < p->n_file && i < countof(name); i++) {
		name[i] = p->file[i].id;
		if (!mn_str_eq(p->file[i].id, mn_str_c(id)))
			continue;
		mn_buf_fmt(&x.b, "%.*s %.*s\nsha256 %s\nlicence %.*s\nsource %.*s\n",
		    MN_FMT(p->file[i].id), MN_FMT(p->file[i].version), p->file[i].sha256,
		    MN_FMT(p->file[i].licence), MN_FMT(p->file[i].source));
		mn_pack_each(p, i, show_value, &x, c->arena);
		int status = mn_cli_print(&x.b);
		mn_buf_free(&x.b);
		mn_arena_free(root);
		return status;
	}
	int at = mn_str_nearest(
	    mn_str_c(id), name, p->n_file < countof(name) ? p->n_file : countof(name));
	mn_fail(&err, MN_E_NOTFOUND, "no pack \"%s\"%s%.*s", id,
	    at < 0 ? "" : "; did you mean ", at < 0 ? 0 : (int)name[at].n,
	    at < 0 ? "" : name[at].p);
	mn_buf_free(&x.b);
	mn_arena_free(root);
	return mn_cli_fail(&err);
}

/* What series of countries tell the same twice: each pair and its r, and a warning. */
static void
print_series(const struct mn_pack *p)
{
	struct mn_series_pair pair[MN_MAX_SERIES * MN_MAX_SERIES];
	uint32_t n = mn_pack_series_pairs(p, pair, countof(pair));
	int64_t warn = mn_pack_context_rule(p, MN_S("series_warn_r"));
	for (uint32_t i = 0; i < n; i++) {
		char r[32];
		int64_t most = pair[i].r_q16 < 0 ? -pair[i].r_q16 : pair[i].r_q16;
		printf(
		    "series %.*s and %.*s: ", MN_FMT(p->country_series[pair[i].a].code),
		    MN_FMT(p->country_series[pair[i].b].code));
		if (!pair[i].known)
			printf("fewer than %d countries in common, or all alike\n",
			    MN_SERIES_COMMON);
		else
			printf("r %.*s over %u countries%s\n",
			    MN_FMT(mn_fx_print(pair[i].r_q16, 3, r)), pair[i].n,
			    warn > 0 && most > warn
				? ": WARNING, they tell much of the same"
				: "");
	}
}

/* Without files: the whole set with its cross-references. */
static int
check(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_pack *p;
	const char *how;
	for (uint32_t i = 1; i < c->n_arg; i++) {
		if (!mn_pack_check_file(c->arena, c->arg[i], &err) ||
		    !mn_cli_pack_signed(c, c->arg[i], &how, &err))
			return mn_cli_fail(&err);
		printf("%s: valid%s\n", c->arg[i], how);
	}
	if (c->n_arg > 1)
		return 0;
	if (!(p = mn_cli_packs(c, &err)))
		return mn_cli_fail(&err);
	printf("%u packs valid: %u indicators, %u signs, %u cells, %u gates, %u "
	       "violation codes\n",
	    p->n_file, p->n_indicator, p->n_sign, p->n_cell, p->n_gate, p->n_violation);
	print_series(p);
	return 0;
}

int
mn_cmd_pack(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str verb = mn_str_c(c->n_arg ? c->arg[0] : "");
	if (mn_str_eq(verb, MN_S("check")))
		return check(c);
	if (mn_str_eq(verb, MN_S("import")) && c->n_arg == 2 && c->output)
		return mn_cli_pack_import(c);
	bool is_list = mn_str_eq(verb, MN_S("list")) && c->n_arg == 1;
	bool is_show = mn_str_eq(verb, MN_S("show")) && c->n_arg == 2;
	if (!is_list && !is_show) {
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_pack *p = mn_cli_packs(c, &err);
	if (!p)
		return mn_cli_fail(&err);
	return is_list ? list(c, p) : show(c, p, c->arg[1]);
}

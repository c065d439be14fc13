/* Fetched lists: where they are, and what is known of them. */
#include <stdlib.h>

#include "lists.h"

const char *
mn_cli_lists_dir(struct mn_cli *c)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (c->data_dir)
		return mn_arena_fmt(&c->arena, "%s/lists%c", c->data_dir, 0).p;
	if (cache && cache[0] == '/')
		return mn_arena_fmt(&c->arena, "%s/manumit/lists%c", cache, 0).p;
	return home && home[0]
		   ? mn_arena_fmt(&c->arena, "%s/.cache/manumit/lists%c", home, 0).p
		   : NULL;
}

/* ---- as inputs ---- */

static int
use_copy(struct mn_cli *c, const struct mn_mappings *m, const char *dir,
    struct mn_run_input *in)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_fetch_status s;
	size_t i;
	if (!mn_fetch_find(m, mn_str_c(in->path + 1), &i, &err) ||
	    !mn_fetch_status(&c->arena, m, i, dir, mn_clock_now(), c->max_age, &s, &err))
		return mn_cli_fail(&err);
	if (!s.there) {
		mn_fail(&err, MN_E_UNAVAILABLE,
		    "%.*s was not fetched yet: manumit fetch %.*s", MN_FMT(s.source),
		    MN_FMT(s.source));
		return mn_cli_fail(&err);
	}
	if (s.stale && !c->allow_stale) {
		mn_fail(&err, MN_E_UNAVAILABLE,
		    "%.*s is %lld days old and may be %lld: manumit fetch %.*s, or "
		    "--allow-stale",
		    MN_FMT(s.source), (long long)s.age, (long long)s.limit,
		    MN_FMT(s.source));
		return mn_cli_fail(&err);
	}
	in->path = s.path;
	in->stale_days = s.stale ? s.age : 0;
	in->stale_limit = s.limit;
	if (s.stale && !c->quiet)
		fprintf(stderr, "manumit: %.*s is %lld days old: used all the same\n",
		    MN_FMT(s.source), (long long)s.age);
	return -1;
}

int
mn_cli_lists_inputs(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_mappings *m = NULL;
	const char *dir = NULL;
	for (uint32_t i = 0; i < c->n_input; i++) {
		if (c->input[i].path[0] != '@')
			continue;
		if (!m) {
			m = mn_cli_mappings(c, &err);
			dir = mn_cli_lists_dir(c);
		}
		/* A store without lists of its own uses those of the user. */
		if (m && c->data_dir && dir && !mn_path_exists(dir)) {
			const char *keep = c->data_dir;
			c->data_dir = NULL;
			dir = mn_cli_lists_dir(c);
			c->data_dir = keep;
		}
		if (m && !dir)
			mn_fail(&err, MN_E_NOINPUT, "no directory of lists: give -d DIR");
		if (!m || !dir)
			return mn_cli_fail(&err);
		int status = use_copy(c, m, dir, &c->input[i]);
		if (status >= 0)
			return status;
	}
	return -1;
}

/* ---- the list of lists ---- */

static void
print_change(struct mn_buf *b, const struct mn_fetch_status *s)
{
	char day[11];
	if (s->there && s->rows >= 0)
		mn_buf_fmt(b, "%9lld rows", (long long)s->rows);
	else
		mn_buf_fmt(b, "%14s", s->there ? "not counted" : "");
	if (s->there && s->rows >= 0 && s->rows_before >= 0)
		mn_buf_fmt(
		    b, "  %+lld since then", (long long)(s->rows - s->rows_before));
	if (s->there)
		mn_buf_fmt(b, "  changed %s", mn_day_print(s->changed.day, day).p);
}

static void
print_text(struct mn_buf *b, const struct mn_fetch_status *s)
{
	char moment[21];
	mn_buf_fmt(b, "%-32.*s ", MN_FMT(s->source));
	if (s->there)
		mn_buf_fmt(b, "%4lld days  %-6s", (long long)s->age,
		    s->stale ? "STALE" : "fresh");
	else
		mn_buf_fmt(b, "%9s  %-6s", "", "none");
	print_change(b, s);
	mn_buf_fmt(b, "\n");
	if (s->error.n)
		mn_buf_fmt(b, "    last attempt failed: %.*s\n", MN_FMT(s->error));
	if (s->quiet)
		mn_buf_fmt(b,
		    "    its publisher changed nothing since %s, longer than usual: see "
		    "whether it moved\n",
		    mn_when_print(s->changed, moment).p);
	if (s->there && s->rows < 0)
		mn_buf_fmt(b,
		    "    rows of this format are not counted yet: only its type was "
		    "checked\n");
}

static void
json_when(struct mn_jsonw *w, const char *key, struct mn_when t)
{
	char moment[21];
	if (t.day == MN_DAY_NONE)
		mn_jsonw_null(w, key);
	else
		mn_jsonw_str(w, key, mn_when_print(t, moment));
}

static void
json_rows(struct mn_jsonw *w, const char *key, int64_t rows)
{
	if (rows < 0)
		mn_jsonw_null(w, key);
	else
		mn_jsonw_int(w, key, rows);
}

static void
print_json(struct mn_jsonw *w, const struct mn_fetch_status *s)
{
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "source", s->source);
	mn_jsonw_str(w, "title", s->title);
	mn_jsonw_c(w, "kind", mn_kind_name(s->kind));
	mn_jsonw_str(w, "url", s->url);
	mn_jsonw_c(w, "file", s->path);
	mn_jsonw_bool(w, "there", s->there);
	mn_jsonw_c(w, "sha256", s->there ? s->sha256 : NULL);
	mn_jsonw_int(w, "bytes", (int64_t)s->bytes);
	json_rows(w, "rows", s->rows);
	json_rows(w, "rows_before", s->rows_before);
	json_when(w, "fetched_at", s->fetched);
	json_when(w, "checked_at", s->checked);
	json_when(w, "changed_at", s->changed);
	json_rows(w, "age_days", s->age);
	mn_jsonw_int(w, "max_age_days", s->limit);
	mn_jsonw_bool(w, "stale", s->stale);
	mn_jsonw_bool(w, "quiet", s->quiet);
	mn_jsonw_str(w, "version", s->version);
	mn_jsonw_str(w, "error", s->error);
	mn_jsonw_end_map(w);
}

int
mn_cli_lists_print(
    struct mn_cli *c, const struct mn_mappings *m, const size_t *which, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf b = mn_buf_new(64u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&b, true);
	const char *dir = mn_cli_lists_dir(c);
	int status = 0;
	if (c->json)
		mn_jsonw_list(&w, NULL);
	for (size_t i = 0; i < n; i++) {
		struct mn_fetch_status s;
		if (!mn_fetch_status(&c->arena, m, which[i], dir, mn_clock_now(),
			c->max_age, &s, &err)) {
			status = mn_cli_fail(&err);
			continue;
		}
		if (c->json)
			print_json(&w, &s);
		else
			print_text(&b, &s);
	}
	if (c->json) {
		mn_jsonw_end_list(&w);
		mn_buf_byte(&b, '\n');
	}
	int printed = mn_cli_print(&b);
	mn_buf_free(&b);
	return status ? status : printed;
}

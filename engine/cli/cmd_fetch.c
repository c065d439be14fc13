/* manumit fetch: lists from their publishers, kept fresh. */
#include <stdlib.h>

#include "lists.h"

/* One run over several sources. */
struct fetch {
	struct mn_cli *c;
	const struct mn_mappings *m;
	struct mn_fetch *f;
	const char *dir;
	struct mn_when now;
	/* what went wrong, by the worst */
	bool refused, local, missing, unlike, later;
	int local_status;
	uint32_t n_new, n_same, n_failed;
};

static const char *
environment(const char *name)
{
	return getenv(name);
}

/* The first of the names that is set. */
static const char *
first_set(const char *given, const char *const *name)
{
	for (; !given && *name; name++)
		given = getenv(*name);
	return given && given[0] ? given : NULL;
}

static struct mn_http_rules
rules(const struct mn_cli *c)
{
	static const char *const PROXY[] = {
	    "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", NULL};
	static const char *const NO[] = {"no_proxy", "NO_PROXY", NULL};
	static const char *const CA[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", NULL};
	struct mn_http_rules r = mn_http_rules_usual();
	r.loopback = c->loopback;
	r.proxy = first_set(c->proxy, PROXY);
	r.no_proxy = first_set(NULL, NO);
	r.ca_file = first_set(c->ca_file, CA);
	if (c->loopback) /* tests have no time */
		r.backoff_ms = r.apart_ms = 1;
	return r;
}

/* ---- results ---- */

static void
note_failure(struct fetch *x, const struct mn_err *err)
{
	int status = mn_code_exit(err->code);
	x->n_failed++;
	switch (status) {
	case 76:
		x->refused = true;
		break;
	case 65:
		x->unlike = true;
		break;
	case 69:
		x->later = true;
		break;
	case 75:
		x->later = true;
		break;
	default:
		x->local = true;
		x->local_status = status;
	}
}

static void
say(const struct fetch *x, const struct mn_fetch_status *s, enum mn_fetch_outcome o)
{
	if (x->c->quiet || x->c->json)
		return;
	printf("%-32.*s %s", MN_FMT(s->source),
	    o == MN_FETCH_NEW    ? "new"
	    : o == MN_FETCH_SAME ? "unchanged"
				 : "failed");
	if (s->there && s->rows >= 0)
		printf(", %lld rows", (long long)s->rows);
	if (o == MN_FETCH_NEW && s->rows >= 0 && s->rows_before >= 0)
		printf(" (%+lld)", (long long)(s->rows - s->rows_before));
	if (o == MN_FETCH_FAILED)
		printf(s->there ? "; the copy of %lld days stays" : "; there is no copy",
		    (long long)s->age);
	printf("\n");
	fflush(stdout);
}

static void
one(struct fetch *x, size_t i)
{
	struct mn_err err = MN_ERR_NONE, other = MN_ERR_NONE;
	struct mn_fetch_status s;
	if (x->c->progress && !x->c->quiet)
		fprintf(stderr, "  ...\r");
	enum mn_fetch_outcome o = mn_fetch_source(x->f, i, &err);
	if (o == MN_FETCH_FAILED)
		note_failure(x, &err);
	x->n_new += o == MN_FETCH_NEW;
	x->n_same += o == MN_FETCH_SAME;
	if (!mn_fetch_status(
		&x->c->arena, x->m, i, x->dir, x->now, x->c->max_age, &s, &other)) {
		mn_cli_fail(&other);
		x->missing = true;
		return;
	}
	/* With --allow-stale any good copy will do. */
	x->missing = x->missing || !s.there || (s.stale && !x->c->allow_stale);
	say(x, &s, o);
	if (o == MN_FETCH_FAILED)
		mn_cli_fail(&err);
	else if (s.stale && !x->c->quiet)
		fprintf(stderr, "manumit: %.*s is %lld days old and may be %lld\n",
		    MN_FMT(s.source), (long long)s.age, (long long)s.limit);
	if (o == MN_FETCH_NEW)
		mn_cli_hook(x->c->on_update, &s, "new", "");
	if (o == MN_FETCH_FAILED)
		mn_cli_hook(x->c->on_error, &s, "failed", err.msg);
}

/* What is unsafe comes first, then what a run would lack, then what can wait. */
static int
status_of(const struct fetch *x)
{
	if (x->local)
		return x->local_status;
	if (x->refused)
		return 76;
	if (x->missing)
		return 69;
	if (x->c->allow_stale)
		return 0;
	return x->unlike ? 65 : x->later ? 75 : 0;
}

/* ---- the command ---- */

static int
run(struct fetch *x, const size_t *which, size_t n)
{
	struct mn_cli *c = x->c;
	struct mn_err err = MN_ERR_NONE;
	struct mn_sign_keys keys = {.n = 0};
	struct mn_fetch_opts o = {.mappings = x->m,
	    .dir = x->dir,
	    .now = x->now,
	    .offline = c->offline,
	    .mirror = c->mirror,
	    .keys = &keys,
	    .http = rules(c),
	    .env = environment,
	    .force = c->force,
	    .keep = c->keep,
	    .max_age = c->max_age};
	if (!mn_cli_keys(c, &keys, &err) || !(x->f = mn_fetch_open(&o, &err)))
		return mn_cli_fail(&err);
	if ((c->mirror || c->offline) && keys.n == 0 && !c->quiet)
		fprintf(stderr,
		    "manumit: no keys are pinned, so nothing proves who made these "
		    "files (--key FILE)\n");
	for (size_t i = 0; i < n; i++)
		one(x, which[i]);
	mn_fetch_close(x->f);
	if (c->json)
		mn_cli_lists_print(c, x->m, which, n);
	else if (!c->quiet)
		printf("%u new, %u unchanged, %u failed; copies in %s\n", x->n_new,
		    x->n_same, x->n_failed, x->dir);
	return status_of(x);
}

/* The sources named, or all that can be fetched. */
static bool
choose(struct mn_cli *c, const struct mn_mappings *m, size_t *which, size_t *n,
    struct mn_err *err)
{
	*n = 0;
	for (uint32_t i = 0; i < c->n_arg; i++)
		if (!mn_fetch_find(m, mn_str_c(c->arg[i]), &which[(*n)++], err))
			return false;
	for (size_t i = 0; c->n_arg == 0 && i < mn_fetch_sources(m); i++)
		if (mn_fetch_has(m, i))
			which[(*n)++] = i;
	return true;
}

int
mn_cmd_fetch(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	size_t n = 0;
	struct fetch x = {.c = c, .now = mn_clock_now(), .dir = mn_cli_lists_dir(c)};
	if (c->offline && c->mirror) {
		fprintf(stderr, "manumit: give --offline or --mirror, not both\n");
		return 64;
	}
	if (!x.dir)
		return mn_fail(&err, MN_E_USAGE,
			   "no place for the lists: give -d DIR, or set HOME"),
		       mn_cli_fail(&err);
	if (!(x.m = mn_cli_mappings(c, &err)))
		return mn_cli_fail(&err);
	size_t *which = MN_NEW(&c->arena, size_t, mn_fetch_sources(x.m) + MN_MAX_INPUTS);
	if (!choose(c, x.m, which, &n, &err))
		return mn_cli_fail(&err);
	return c->list ? mn_cli_lists_print(c, x.m, which, n) : run(&x, which, n);
}

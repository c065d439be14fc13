/* manumit decide: what a person says about a pair is remembered. */
#include "manumit/connectors/mapping.h"
#include "manumit/run/decide.h"

#include "cli.h"

static int
usage(const struct mn_cli *c, const char *what)
{
	fprintf(stderr, "manumit: decide wants %s\n\n", what);
	mn_cli_usage(stderr, c->command);
	return 64;
}

/* What is wrong with the call, or NULL. */
static const char *
missing(const struct mn_cli *c, int32_t on)
{
	if (!c->data_dir)
		return "-d DIR, the store whose runs shall know the decision";
	if (c->expires != MN_DAY_NONE && c->expires < on)
		return "a day for --expires that is not past";
	if (c->from)
		return c->n_arg || c->same || c->different
			   ? "either --from FILE or a pair with --same or --different"
			   : NULL;
	if (c->n_arg != 2)
		return "ENTITY and CANDIDATE, or --from FILE";
	if (c->same == c->different)
		return "one of --same and --different";
	return c->reason && c->reason[0] ? NULL : "--reason TEXT: why";
}

static void
tell(const struct mn_cli *c, const struct mn_decide_result *r)
{
	for (uint32_t i = 0; i < r->n && (i < 20 || c->verbose); i++) {
		const struct mn_decision *d = &r->v[i];
		printf("\"%.*s\" is %s \"%.*s\"%s%.*s\n", MN_FMT(d->subject_name),
		    d->same ? "the same as" : "not", MN_FMT(d->entry_name),
		    d->list.n ? " on " : "", MN_FMT(d->list));
	}
	printf("%u decision%s recorded", r->n, r->n == 1 ? "" : "s");
	if (r->unchanged)
		printf(", %u known already", r->unchanged);
	if (r->empty)
		printf(", %u rows without one", r->empty);
	printf("\njournal: record %llu, head %s\n", (unsigned long long)r->head.n,
	    r->head.hash);
	if (r->n)
		printf("in force from the next screen -d %s\n", c->data_dir);
}

static int
decide(struct mn_cli *c, const struct mn_decide_opts *o)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_decide_result r;
	if (!mn_run_decide(o, &c->arena, &r, &err)) {
		int status = mn_cli_fail(&err);
		fprintf(stderr, "  nothing was recorded\n");
		return status;
	}
	if (!c->quiet)
		tell(c, &r);
	return 0;
}

int
mn_cmd_decide(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_when now = mn_clock_now();
	int32_t on = c->as_of == MN_DAY_NONE ? now.day : c->as_of;
	const char *wanted = missing(c, on);
	if (wanted)
		return usage(c, wanted);
	const char *dir =
	    mn_arena_fmt(&c->arena, "%s/connectors%c", mn_cli_share(c), 0).p;
	const struct mn_mappings *m = mn_mappings_load(&c->arena, dir, &err);
	if (!m)
		return mn_cli_fail(&err);
	struct mn_decide_opts o = {.data_dir = c->data_dir,
	    .from = c->from,
	    .entity = mn_str_c(c->from ? NULL : c->arg[0]),
	    .candidate = mn_str_c(c->from ? NULL : c->arg[1]),
	    .same = c->same,
	    .reason = mn_str_c(c->reason),
	    .by = mn_str_c(c->by && c->by[0] ? c->by : "not stated"),
	    .on = on,
	    .expires = c->expires,
	    .force = c->force,
	    .now = now,
	    .countries = mn_mappings_countries(m),
	    .mappings = c->no_sandbox ? m : mn_mappings_apart(&c->arena, m)};
	return decide(c, &o);
}

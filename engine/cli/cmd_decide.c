/* manumit decide: what a person says about a pair is remembered. */
#include "manumit/base/fx.h"
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

/* Are rows of a file chosen, to be decided at once? */
static bool
is_chosen(const struct mn_cli *c)
{
	return c->on_list || c->gate || c->min_p || c->same_country || c->expect;
}

static const char *
missing_of_bulk(const struct mn_cli *c)
{
	if (c->same == c->different)
		return "one of --same and --different, for the rows that are chosen";
	if (!c->on_list && !c->gate && !c->min_p && !c->same_country)
		return "--on-list, --gate, --min-p or --same-country with --from and "
		       "--same or --different: which rows";
	return c->reason && c->reason[0] ? NULL : "--reason TEXT: why";
}

/* What is wrong with the call, or NULL. */
static const char *
missing(const struct mn_cli *c, int32_t on)
{
	if (!c->data_dir)
		return "-d DIR, the store whose runs shall know the decision";
	if (c->expires != MN_DAY_NONE && c->expires < on)
		return "a day for --expires that is not past";
	if (c->from && c->n_arg)
		return "either --from FILE or a pair";
	if (c->from && (c->same || c->different || is_chosen(c)))
		return missing_of_bulk(c);
	if (c->from)
		return NULL;
	if (is_chosen(c))
		return "--from FILE, where --on-list, --gate, --min-p and --same-country "
		       "choose rows";
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
	if (r->shown && r->bulk == 0) {
		printf("no row that waits is chosen by that; nothing is recorded\n");
		return;
	}
	if (r->shown) {
		printf("%u row%s chosen; nothing is recorded yet: the same again with "
		       "--expect %u\n",
		    r->bulk, r->bulk == 1 ? " is" : "s are", r->bulk);
		return;
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
	int64_t min_p = -1;
	if (c->min_p &&
	    (!mn_fx_parse(mn_str_c(c->min_p), &min_p) || min_p < 0 || min_p > MN_FX_ONE))
		return usage(c, "a number from 0 to 1 for --min-p");
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
	    .bulk = {.on = c->from && (c->same || c->different),
		.list = mn_str_c(c->on_list),
		.gate = mn_str_c(c->gate),
		.min_p_q16 = min_p,
		.same_country = c->same_country,
		.expect = c->expect},
	    .now = now,
	    .countries = mn_mappings_countries(m),
	    .mappings = c->no_sandbox ? m : mn_mappings_apart(&c->arena, m)};
	return decide(c, &o);
}

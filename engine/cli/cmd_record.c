/* manumit record: what was done is kept, and is an input of the next run. */
#include "manumit/run/record.h"

#include "cli.h"

#define SHOWN 20 /* rows told of without -v */

static void
tell_rows(const struct mn_cli *c, FILE *to, const struct mn_record_told *v, uint32_t n)
{
	for (uint32_t i = 0; i < n && (i < SHOWN || c->verbose); i++) {
		fprintf(to, "  %.*s:%llu: ", MN_FMT(v[i].file),
		    (unsigned long long)v[i].line);
		if (v[i].column.n)
			fprintf(to, "column %.*s: \"%.*s\" ", MN_FMT(v[i].column),
			    MN_FMT(mn_str_sub(v[i].value, 0, 60)));
		fprintf(to, "%.*s\n", MN_FMT(v[i].why));
	}
	if (n > SHOWN && !c->verbose)
		fprintf(to, "  ... and %u more (-v prints all)\n", n - SHOWN);
}

static void
tell(const struct mn_cli *c, const struct mn_record_result *r)
{
	printf("%u row%s recorded", r->n, r->n == 1 ? "" : "s");
	for (unsigned k = 0, any = 0; k < MN_K_COUNT; k++)
		if (r->by_kind[k])
			printf("%s%s %u", any++ ? ", " : ": ",
			    mn_kind_name((enum mn_kind)k), r->by_kind[k]);
	if (r->superseding)
		printf("; %u of them after an earlier row about the same thing",
		    r->superseding);
	printf("\n");
	if (r->unchanged)
		printf("%u known already\n", r->unchanged);
	if (r->empty)
		printf("%u proposed action%s or visit%s without anything filled in\n",
		    r->empty, r->empty == 1 ? "" : "s", r->empty == 1 ? "" : "s");
	tell_rows(c, stdout, r->told, r->n_told);
	printf("journal: record %llu, head %s\n", (unsigned long long)r->head.n,
	    r->head.hash);
	if (r->n)
		printf("told from the next screen -d %s\n", c->data_dir);
}

int
mn_cmd_record(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_record_result r = {.n = 0};
	struct mn_when now = mn_clock_now();
	if (!c->data_dir || c->n_arg == 0) {
		fprintf(stderr, "manumit: record wants %s\n\n",
		    c->data_dir ? "FILE..."
				: "-d DIR, the store whose runs shall know of it");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_mappings *m = mn_cli_mappings(c, &err);
	if (!m)
		return mn_cli_fail(&err);
	struct mn_record_opts o = {.data_dir = c->data_dir,
	    .file = c->arg,
	    .n_file = c->n_arg,
	    .kind = c->kind,
	    .by = mn_str_c(c->by && c->by[0] ? c->by : "not stated"),
	    .on = c->as_of == MN_DAY_NONE ? now.day : c->as_of,
	    .force = c->force,
	    .now = now,
	    .mappings = m};
	if (c->kind < MN_K_COUNT && !mn_kind_is_kept(c->kind)) {
		fprintf(stderr,
		    "manumit: record keeps inspections, activities, actions, training, "
		    "remediation and profile, not %s\n",
		    mn_kind_name(c->kind));
		return 64;
	}
	if (!mn_run_record(&o, &c->arena, &r, &err)) {
		int status = mn_cli_fail(&err);
		tell_rows(c, stderr, r.rejected, r.n_rejected);
		fprintf(stderr, "  nothing was recorded\n");
		return status;
	}
	if (!c->quiet)
		tell(c, &r);
	return 0;
}

/* manumit audit export: what a dossier rests on, in one archive. */
#include "manumit/base/clock.h"
#include "manumit/run/export.h"

#include "cli.h"

int
mn_cli_audit_export(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_export_result r;
	if (c->n_arg != 2 || !c->output) {
		fprintf(stderr, "manumit: audit export wants one entity (id or name), -d "
				"STORE and -o FILE.zip\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_countries *countries = mn_cli_countries(c, &err);
	if (!countries)
		return mn_cli_fail(&err);
	struct mn_export_opts o = {.data_dir = c->data_dir,
	    .entity = mn_str_c(c->arg[1]),
	    .out = c->output,
	    .force = c->force,
	    .by = mn_str_c(c->by),
	    .now = mn_clock_now(),
	    .countries = countries};
	if (!mn_run_export(&o, &c->arena, &r, &err))
		return mn_cli_fail(&err);
	if (!c->quiet && r.withheld)
		printf("%u recorded rows tell how many workers: they are named by their "
		       "number only\n",
		    r.withheld);
	if (!c->quiet)
		printf("%s: %.*s as of generation %llu, %u records of the journal, %u of "
		       "them decisions\n  sha256 %s; record %llu of the journal tells of "
		       "it\n",
		    c->output, MN_FMT(r.name), (unsigned long long)r.generation,
		    r.records, r.decisions, r.sha256, (unsigned long long)r.head.n);
	return 0;
}

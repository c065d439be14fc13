/* manumit screen: the main job in one line. */
#include "manumit/base/clock.h"

#include "cli.h"

static void
progress(void *ctx, const char *stage, uint64_t rows, bool done)
{
	(void)ctx;
	if (done)
		fprintf(
		    stderr, "\r  %-10s %12llu rows\n", stage, (unsigned long long)rows);
	else
		fprintf(stderr, "  %-10s ...", stage);
}

/* Positional arguments are supplier lists; they come before everything else. */
static void
order_inputs(struct mn_cli *c, struct mn_run_input *out, uint32_t *n)
{
	*n = 0;
	for (uint32_t i = 0; i < c->n_arg; i++)
		out[(*n)++] = (struct mn_run_input){MN_K_SUPPLIERS, c->arg[i]};
	for (unsigned pass = 0; pass < 2; pass++)
		for (uint32_t i = 0; i < c->n_input; i++)
			if ((c->input[i].kind == MN_K_SUPPLIERS) == (pass == 0))
				out[(*n)++] = c->input[i];
}

static void
summary(
    const struct mn_cli *c, const struct mn_run_opts *o, const struct mn_run_result *r)
{
	char day[11];
	printf("%llu entities as of %s\n", (unsigned long long)r->entities,
	    mn_day_print(o->as_of, day).p);
	printf("  bands:");
	for (int b = MN_BANDS - 1; b >= 0; b--)
		printf(" %s %llu%s", mn_band_name((unsigned)b),
		    (unsigned long long)r->bands[b], b ? "," : "\n");
	printf("  gates: hit %llu, possible match %llu, ended %llu (entities, by their "
	       "strongest)\n",
	    (unsigned long long)r->gates[MN_GATE_HIT],
	    (unsigned long long)r->gates[MN_GATE_POSSIBLE],
	    (unsigned long long)r->gates[MN_GATE_ENDED]);
	printf("  rows: %llu = %llu accepted + %llu noted + %llu quarantined (see "
	       "issues.csv)\n",
	    (unsigned long long)r->rows, (unsigned long long)r->accepted,
	    (unsigned long long)r->noted, (unsigned long long)r->quarantined);
	printf("  report: %s/index.html\n", o->out);
	if (c->verbose || c->stats)
		for (uint32_t i = 0; i < r->n_stage; i++) {
			const struct mn_stage_metric *m = &r->stage[i];
			double wall = (double)m->wall_us / 1e6;
			printf("  %-10s %10llu rows %10.0f rows/s %8.3f s %8.3f s cpu "
			       "%8llu KiB "
			       "anonymous at its end\n",
			    m->name, (unsigned long long)m->rows,
			    wall > 0 ? (double)m->rows / wall : 0, wall,
			    (double)m->cpu_us / 1e6, (unsigned long long)m->anon_kib);
		}
}

int
mn_cmd_screen(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_run_input input[2 * MN_MAX_INPUTS];
	struct mn_run_result result;
	struct mn_run_opts o = {
	    .input = input,
	    .out = c->output,
	    .data_dir = c->data_dir,
	    .share_dir = mn_cli_share(c),
	    .said = {.mapping = c->mapping, .encoding = c->encoding},
	    .jobs = (uint32_t)c->jobs,
	    .as_of = c->as_of == MN_DAY_NONE ? mn_day_today() : c->as_of,
	    .now = mn_clock_now(),
	    .force = c->force,
	    .no_sandbox = c->no_sandbox,
	    .stats = c->stats,
	    .audience = c->audience,
	    .dossiers_from = c->dossiers_from,
	    .dossiers_auto = c->dossiers_auto,
	    .progress = c->progress && !c->quiet ? progress : NULL,
	};
	order_inputs(c, input, &o.n_input);
	if (o.n_input == 0 || input[0].kind != MN_K_SUPPLIERS || !o.out) {
		fprintf(stderr, "manumit: screen wants a supplier list and -o DIR\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if (!mn_run_screen(&o, &result, &err)) {
		int status = mn_cli_fail(&err);
		fprintf(stderr, "  nothing was published\n");
		return status;
	}
	if (!c->quiet)
		summary(c, &o, &result);
	return c->fail_on < MN_BANDS && result.worst >= c->fail_on ? 10 : 0;
}

/* manumit screen: the main job in one line. A tender is screened alike, from tables of
 * bidders. */
#include "manumit/base/clock.h"
#include "manumit/base/file.h"
#include "manumit/connectors/tables.h"

#include "lists.h"
#include "night.h"
#include "screening.h"

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

/* A profile that comes along goes by its name: --profile uk-public. A file of the user's
 * of that name is meant first. */
static const char *
profile_path(struct mn_cli *c, const char *path)
{
	const char *shipped = mn_arena_fmt(
	    &c->arena, "%s/connectors/profiles/%s.csv%c", mn_cli_share(c), path, 0)
				  .p;
	bool name = !strchr(path, '/') && !mn_path_exists(path);
	return name && mn_path_exists(shipped) ? shipped : path;
}

/* Positional arguments are supplier lists, or workbooks with everything; or tables of
 * bidders. */
static uint32_t
all_inputs(struct mn_cli *c, enum mn_kind kind, struct mn_run_input *out)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->n_arg; i++)
		out[n++] = (struct mn_run_input){
		    .kind = kind, .path = c->arg[i], .book = kind == MN_K_SUPPLIERS};
	for (uint32_t i = 0; i < c->n_input; i++) {
		out[n] = c->input[i];
		if (out[n].kind == MN_K_PROFILE)
			out[n].path = profile_path(c, out[n].path);
		n++;
	}
	return n;
}

/* Which sheets of workbooks were taken, which were not. */
static void
tell_sheets(const struct mn_run_inputs *in)
{
	for (uint32_t i = 0; i < in->n; i++)
		if (in->v[i].part.n && mn_path_is_workbook(in->v[i].path))
			fprintf(stderr, "  %s: sheet \"%.*s\" is read as %s\n",
			    in->v[i].path, MN_FMT(in->v[i].part),
			    mn_kind_name(in->v[i].kind));
	for (uint32_t i = 0; i < in->n_unused; i++)
		fprintf(stderr, "  %s: sheet \"%.*s\" is not used: %.*s\n",
		    in->unused[i].path, MN_FMT(in->unused[i].part),
		    MN_FMT(in->unused[i].why));
}

static void
shipped_lists(const struct mn_run_result *r)
{
	for (uint32_t i = 0; i < r->n_list; i++) {
		const struct mn_run_list *l = &r->list[i];
		if (l->replaced)
			printf("  list that comes along: %s of %s, replaced by yours\n",
			    l->file, l->edition);
		else
			printf("  list that comes along: %s of %s, %lld days old%s\n",
			    l->file, l->edition, (long long)l->days,
			    l->stale ? ": stale, the report says what it lacks" : "");
	}
}

static void
tell_key(const char *path)
{
	fprintf(stderr,
	    "  %s: a new key for the pseudonyms of workers, readable by you only. Keep "
	    "it\n  apart from the data and its backups: with both, references can be "
	    "guessed.\n",
	    path);
}

static void
tell_copy(const struct mn_run_opts *o)
{
	bool one_each = !mn_audience_shows(o->audience, MN_SHOW_PORTFOLIO);
	printf("  copy for audience %s: %s%s\n", mn_audience_name(o->audience), o->out,
	    one_each ? "/entity, one page each: give nobody the page of another"
		     : "/index.html");
	printf("  it replaces no generation, and comes without store, issues.csv and "
	       "review.csv\n");
	if (one_each)
		printf("  hand none to an employer of whom your own report says: protect "
		       "workers first\n");
}

/* What was not used stands where nobody can overlook it: a finding that is quarantined
 * leaves a supplier that looks well. */
static void
tell_unused(const struct mn_run_result *r)
{
	for (uint32_t i = 0; i < r->n_told; i++)
		printf("    not used: %s: %s\n", r->told[i].row, r->told[i].why);
	if (r->quarantined > r->n_told)
		printf("    and %llu more\n",
		    (unsigned long long)(r->quarantined - r->n_told));
	if (r->n_columns == 0)
		return;
	printf("  columns not used: %s", r->columns);
	if (r->n_columns > MN_MAX_TOLD)
		printf(" and %u more", r->n_columns - MN_MAX_TOLD);
	printf(" (manumit check FILE says how each is read)\n");
}

static void
tell_waiting(const struct mn_run_opts *o, const struct mn_run_result *r)
{
	if (r->gates[MN_GATE_POSSIBLE] == 0)
		return;
	printf("  possible matches wait for a person: fill in decision and reason in "
	       "%s/review.csv, then manumit decide --from %s/review.csv -d %s\n",
	    o->out, o->out, o->data_dir ? o->data_dir : "STORE");
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
	if (r->upstream)
		printf("  upstream: %llu entities that a gate behind them reaches\n",
		    (unsigned long long)r->upstream);
	printf("  rows: %llu = %llu accepted + %llu noted + %llu quarantined%s\n",
	    (unsigned long long)r->rows, (unsigned long long)r->accepted,
	    (unsigned long long)r->noted, (unsigned long long)r->quarantined,
	    o->audience == MN_AUD_INTERNAL ? " (see issues.csv)" : "");
	if (o->audience == MN_AUD_INTERNAL)
		tell_unused(r);
	if (r->unjoined && o->audience == MN_AUD_INTERNAL)
		printf(
		    "  not used: %llu row%s of evidence that belong%s to no supplier of "
		    "the run, or may belong to several; see issues.csv, codes UNJOINED "
		    "and AMBIGUOUS\n",
		    (unsigned long long)r->unjoined, r->unjoined == 1 ? "" : "s",
		    r->unjoined == 1 ? "s" : "");
	shipped_lists(r);
	if (o->audience == MN_AUD_INTERNAL) {
		printf("  report: %s/index.html\n", o->out);
		tell_waiting(o, r);
	} else
		tell_copy(o);
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

static bool
has_any(const struct mn_run_input *in, uint32_t n, enum mn_kind kind)
{
	for (uint32_t i = 0; i < n; i++)
		if (in[i].kind == kind)
			return true;
	return false;
}

static int
nothing_published(const struct mn_err *err)
{
	int status = mn_cli_fail(err);
	fprintf(stderr, "  nothing was published\n");
	return status;
}

/* A run in the night must not look well because what it was given was empty. */
static int
verdict(const struct mn_cli *c, const struct mn_run_result *r, bool tender)
{
	if (r->entities == 0 && tender) {
		fprintf(stderr, "manumit: the files name no bidder: the page of each lot "
				"says so\n");
		return 0;
	}
	if (r->entities == 0) {
		fprintf(stderr, "manumit: no company was found in the input: see "
				"issues.csv, or manumit check FILE\n");
		return 65;
	}
	return c->fail_on < MN_BANDS && r->worst >= c->fail_on ? 10 : 0;
}

int
mn_cmd_screen(struct mn_cli *c)
{
	return mn_cli_screen(c, MN_K_SUPPLIERS);
}

/* What the command line says of the run, but for its inputs. */
static struct mn_run_opts
said(struct mn_cli *c, bool tender)
{
	return (struct mn_run_opts){
	    .out = c->output,
	    .country_pack = c->country_pack,
	    .tailor = c->tailor,
	    .n_tailor = c->n_tailor,
	    .sensitivity = c->sensitivity,
	    .tender = tender,
	    .data_dir = c->data_dir,
	    .share_dir = mn_cli_share(c),
	    .said = {.mapping = c->mapping, .encoding = c->encoding},
	    .jobs = (uint32_t)c->jobs,
	    .as_of = c->as_of == MN_DAY_NONE ? mn_day_today() : c->as_of,
	    .now = mn_clock_now(),
	    .shipped = !c->no_shipped,
	    .force = c->force,
	    .no_sandbox = c->no_sandbox,
	    .stats = c->stats,
	    .compare = c->night != NULL,
	    .compare_with = c->night ? c->night->told : 0,
	    .generations = c->night ? c->night->generations : 0,
	    .audience = c->audience,
	    .worker_key = c->worker_key,
	    .dossiers_from = c->dossiers_from,
	    .dossiers_auto = c->dossiers_auto,
	    .progress = c->progress && !c->quiet ? progress : NULL,
	};
}

int
mn_cli_screen(struct mn_cli *c, enum mn_kind kind)
{
	bool tender = kind == MN_K_TENDERS;
	struct mn_err err = MN_ERR_NONE;
	struct mn_run_input named[2 * MN_MAX_INPUTS];
	struct mn_run_inputs in;
	struct mn_run_result result;
	struct mn_run_opts o = said(c, tender);
	int stale = mn_cli_lists_inputs(c);
	if (stale >= 0)
		return stale;
	uint32_t n = all_inputs(c, kind, named);
	if (!o.out || !has_any(named, n, kind)) {
		fprintf(stderr, "manumit: %s wants %s and -o DIR\n\n", c->command->name,
		    tender ? "a table of bidders, or Open Contracting data,"
			   : "a supplier list");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if (!mn_run_inputs_expand(
		&c->arena, o.share_dir, o.no_sandbox, named, n, &in, &err))
		return nothing_published(&err);
	if (!c->quiet)
		tell_sheets(&in);
	o.input = in.v;
	o.n_input = in.n;
	o.unused = in.unused;
	o.n_unused = in.n_unused;
	if (!mn_cli_messages(c, &o.messages, &err))
		return nothing_published(&err);
	bool good = mn_run_screen(&o, &result, &err);
	if (result.key_made)
		tell_key(o.worker_key);
	if (!good)
		return nothing_published(&err);
	if (c->night) {
		c->night->result = result;
		c->night->done = true;
	}
	if (!c->quiet)
		summary(c, &o, &result);
	return verdict(c, &result, tender);
}

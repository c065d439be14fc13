/* manumit ask, answers: questions to suppliers, and what came back. */
#include "manumit/base/clock.h"
#include "manumit/report/questionnaire.h"
#include "manumit/run/answers.h"
#include "manumit/text/utf8.h"

#include "lists.h"

/* Days that a supplier has to answer, and suppliers asked, where nobody says. */
#define DUE_DAYS 30
#define TOP 60

/* A folder beside the one that is asked for; it takes its place when all is written. The
 * place must be free: replies may lie there. */
static const char *
claim(struct mn_cli *c, struct mn_err *err)
{
	const char *tmp = mn_arena_fmt(&c->arena, "%s.tmp%c", c->output, 0).p;
	if (mn_path_exists(c->output)) {
		mn_fail(err, MN_E_EXISTS, "%s", c->output);
		return NULL;
	}
	return mn_dir_remove(tmp, err) && mn_dir_make(tmp, err) ? tmp : NULL;
}

static bool
settle(struct mn_cli *c, const char *tmp, bool good, struct mn_err *err)
{
	struct mn_err ignored;
	if (good && mn_tree_sync(tmp, err) && mn_dir_publish(tmp, c->output, err))
		return true;
	mn_dir_remove(tmp, &ignored);
	return false;
}

/* ---- ask ---- */

static int
ask(struct mn_cli *c, struct mn_gen *g, const struct mn_countries *countries)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_report r;
	struct mn_ask_result out;
	char day[11];
	if (!mn_report_open(&r, g, countries, &c->arena, &err))
		return mn_cli_fail(&err);
	struct mn_ask_opts o = {.language = c->lang ? mn_str_c(c->lang) : MN_S("en"),
	    .top = c->top_said ? (uint32_t)c->top : TOP,
	    .due = c->due == MN_DAY_NONE ? r.as_of + DUE_DAYS : c->due};
	const char *tmp = claim(c, &err);
	bool good =
	    tmp && settle(c, tmp, mn_questionnaires(&r, &o, tmp, &out, &err), &err);
	mn_report_close(&r);
	if (!good)
		return mn_cli_fail(&err);
	if (c->quiet)
		return 0;
	printf("%u questions to %u suppliers, due %.*s: %s\n", out.questions, out.asked,
	    MN_FMT(mn_day_print(o.due, day)), c->output);
	if (out.protected)
		printf("  %u not asked: protect workers first, do not contact the "
		       "employer\n",
		    out.protected);
	if (out.unreviewed)
		printf("  no native speaker has reviewed the questions in \"%.*s\" yet: "
		       "have one read them\n",
		    MN_FMT(o.language));
	printf("  keep asked.csv; manumit record %s/asked.csv -d %s remembers who was "
	       "asked\n",
	    c->output, c->data_dir);
	return 0;
}

int
mn_cmd_ask(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	if (c->n_arg || !c->data_dir || !c->output) {
		fprintf(stderr, "manumit: ask wants -d DIR (the store or the report of a "
				"run) and -o DIR\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_countries *countries;
	struct mn_gen *g = mn_cli_run(c, &countries, &err);
	if (!g)
		return mn_cli_fail(&err);
	int status = ask(c, g, countries);
	mn_gen_close(g);
	return status;
}

/* ---- answers ---- */

static void
remark(void *ctx, const struct mn_issue *i)
{
	(void)ctx;
	fprintf(stderr, "  %.*s:%llu: \"%.*s\": %.*s\n", MN_FMT(i->file),
	    (unsigned long long)i->row, MN_FMT(mn_utf8_cut(i->value, 60)),
	    MN_FMT(i->detail));
}

static void
tell(const struct mn_cli *c, const struct mn_answers_result *r, bool asked)
{
	printf("%u files: %u facts, %u admissions, %u said to be in order (which clears "
	       "nothing), %u not known, %u empty, %u not understood\n",
	    r->files, r->facts, r->admissions, r->denials, r->unknown, r->empty,
	    r->refused);
	if (asked)
		printf("  asked %u, replied %u, past the day and without reply %u: "
		       "%s/reminders.csv\n",
		    r->asked, r->replied, r->late, c->output);
	/* A run tells who replied as of its day: what is recorded after it is not in it.
	 */
	if (asked)
		printf("  first: manumit record %s/actions.csv -d STORE\n", c->output);
	printf("  %s: manumit screen YOURS --suppliers %s/suppliers.csv --findings "
	       "%s/findings.csv -d STORE -o REPORT\n",
	    asked ? "then" : "next", c->output, c->output);
}

int
mn_cmd_answers(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_answers_result r;
	const char *asked = c->n_input ? c->input[0].path : NULL;
	if (c->n_arg == 0 || !c->output || c->n_input > 1) {
		fprintf(stderr, "manumit: answers wants the workbooks that came back, "
				"-o DIR, and --actions asked.csv\nof manumit ask to know "
				"who has not replied\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_mappings *m = mn_cli_mappings(c, &err);
	const char *packs =
	    mn_arena_fmt(&c->arena, "%s/indicators%c", mn_cli_share(c), 0).p;
	const struct mn_pack *p = m ? mn_pack_load(&c->arena, packs, &err) : NULL;
	const char *tmp = p ? claim(c, &err) : NULL;
	struct mn_answers_opts o = {.file = c->arg,
	    .n_file = c->n_arg,
	    .asked = asked,
	    .dir = tmp,
	    .mappings = m,
	    .pack = p,
	    .as_of = c->as_of == MN_DAY_NONE ? mn_day_today() : c->as_of,
	    .tell = remark};
	if (!tmp || !settle(c, tmp, mn_answers(&o, &r, &err), &err))
		return mn_cli_fail(&err);
	if (!c->quiet)
		tell(c, &r, asked != NULL);
	return 0;
}

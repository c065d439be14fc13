/* manumit statement: what a law asks to be said, from a published run. */
#include "manumit/base/clock.h"
#include "manumit/connectors/personal.h"
#include "manumit/report/statement.h"
#include "manumit/text/utf8.h"

#include "cli.h"

/* It is replaced as a whole, so a folder with anything else in it is not one. */
static bool
is_statement(struct mn_arena a, const char *dir, struct mn_err *err)
{
	struct mn_str *name;
	size_t n;
	if (!mn_dir_list(&a, dir, &name, &n, err))
		return mn_fail(
		    err, MN_E_FOREIGN, "%s: it cannot be read as a folder", dir);
	for (size_t i = 0; i < n; i++)
		if (!mn_statement_has(name[i]))
			return mn_fail(err, MN_E_FOREIGN, "%s: \"%.*s\" is in it", dir,
			    MN_FMT(mn_utf8_cut(name[i], 60)));
	return true;
}

/* Written beside its place, and put there in one step. */
static bool
publish(struct mn_cli *c, const struct mn_statement *s, struct mn_err *err)
{
	const char *out = c->output;
	const char *tmp = mn_arena_fmt(&c->arena, "%s.tmp%c", out, 0).p;
	if (mn_path_exists(out) && !c->force)
		return mn_fail(err, MN_E_EXISTS, "%s", out);
	if (mn_path_exists(out) && !is_statement(c->arena, out, err))
		return false;
	if (mn_dir_remove(tmp, err) && mn_dir_make(tmp, err) &&
	    mn_statement_write(s, tmp, err) && mn_tree_sync(tmp, err) &&
	    mn_dir_publish(tmp, out, err))
		return true;
	struct mn_err ignored;
	mn_dir_remove(tmp, &ignored);
	return false;
}

static void
tell(const struct mn_cli *c, const struct mn_statement *s)
{
	char day[11];
	printf("%.*s, %d, from the run as of %s\n", MN_FMT(s->law->name), s->year,
	    mn_day_print(s->r->as_of, day).p);
	printf("  requirements: %u; %u have figures of the run, %u gaps are marked for a "
	       "human\n",
	    s->asked, s->data, s->gaps);
	if (s->withheld)
		printf("  %u text%s withheld: %s like personal data\n", s->withheld,
		    s->withheld == 1 ? "" : "s",
		    s->withheld == 1 ? "it looks" : "they look");
	printf("  %s/statement.docx, .html, .md; evidence-index.csv%s%s\n", c->output,
	    s->n_cell ? "; registry.csv, registry.json" : "",
	    s->traces ? "; tracing.csv" : "");
}

static int
year_of(int32_t day)
{
	char text[11];
	int64_t year = 0;
	mn_str_i64(mn_str_sub(mn_day_print(day, text), 0, 4), &year);
	return (int)year;
}

static int
state(struct mn_cli *c, struct mn_gen *g, const struct mn_countries *countries)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_report r;
	struct mn_statement s;
	const struct mn_messages *messages;
	if (!mn_cli_messages(c, &messages, &err) ||
	    !mn_report_open(&r, g, countries, &c->arena, &err))
		return mn_cli_fail(&err);
	r.messages = messages;
	int year = c->year ? (int)c->year : year_of(r.as_of);
	const struct mn_p_law *law = mn_statement_law(&r, mn_str_c(c->law), &err);
	bool good =
	    law &&
	    mn_statement_build(&r, law, year, mn_cell_personal, &c->arena, &s, &err) &&
	    publish(c, &s, &err);
	if (good && !c->quiet)
		tell(c, &s);
	int status = good ? 0 : mn_cli_fail(&err);
	mn_report_close(&r);
	return status;
}

int
mn_cmd_statement(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	if (c->n_arg || !c->law || !c->data_dir || !c->output ||
	    (c->year && c->year < 1990)) {
		fprintf(stderr,
		    "manumit: statement wants --law CODE, -d DIR (the store or the "
		    "report of a run)\nand -o DIR; --year is one from 1990 on\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_countries *countries;
	struct mn_gen *g = mn_cli_run(c, &countries, &err);
	if (!g)
		return mn_cli_fail(&err);
	int status = state(c, g, countries);
	mn_gen_close(g);
	return status;
}

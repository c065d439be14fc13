/* manumit explain: why an entity has its band. */

#include "cli.h"

static int
explain(struct mn_cli *c, struct mn_gen *g, const struct mn_countries *countries)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_report r;
	struct mn_eid id;
	const struct mn_messages *messages;
	struct mn_buf out = mn_buf_new((size_t)1 << 30);
	if (!mn_cli_messages(c, &messages, &err) ||
	    !mn_report_open(&r, g, countries, &c->arena, &err))
		return mn_cli_fail(&err);
	r.messages = messages; /* of the dossier; the rest is in English */
	bool good = mn_report_for(&r, c->audience, &c->arena, &err) &&
		    mn_view_find(&r, mn_str_c(c->arg[0]), c->arena, &id, &err) &&
		    (c->markdown ? mn_report_markdown(&r, id, &out, &err)
				 : mn_report_explain(&r, id, c->json, &out, &err));
	int status = good ? mn_cli_print(&out) : mn_cli_fail(&err);
	mn_report_close(&r);
	mn_buf_free(&out);
	return status;
}

int
mn_cmd_explain(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	if (c->n_arg != 1 || !c->data_dir || (c->json && c->markdown) ||
	    (c->lang && !c->markdown)) {
		fprintf(stderr, "manumit: explain wants one entity (id or name) and -d "
				"DIR, the store or the\n"
				"report directory of the run; --json or --markdown, "
				"not both;\n--lang goes with --markdown\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const struct mn_countries *countries;
	struct mn_gen *g = mn_cli_run(c, &countries, &err);
	if (!g)
		return mn_cli_fail(&err);
	int status = explain(c, g, countries);
	mn_gen_close(g);
	return status;
}

/* manumit explain: why an entity has its band. */
#include "manumit/connectors/mapping.h"

#include "cli.h"

static int
explain(struct mn_cli *c, struct mn_gen *g, const struct mn_countries *countries)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_report r;
	struct mn_eid id;
	struct mn_buf out = mn_buf_new((size_t)1 << 30);
	if (!mn_report_open(&r, g, countries, &c->arena, &err))
		return mn_cli_fail(&err);
	bool good = mn_report_for(&r, c->audience, &c->arena, &err) &&
		    mn_view_find(&r, mn_str_c(c->arg[0]), c->arena, &id, &err) &&
		    mn_report_explain(&r, id, c->json, &out, &err);
	int status = good ? mn_cli_print(&out) : mn_cli_fail(&err);
	mn_report_close(&r);
	mn_buf_free(&out);
	return status;
}

int
mn_cmd_explain(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	if (c->n_arg != 1 || !c->data_dir) {
		fprintf(stderr, "manumit: explain wants one entity (id or name) and -d "
				"DIR, the store or the\n"
				"report directory of the run\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	const char *dir =
	    mn_arena_fmt(&c->arena, "%s/connectors%c", mn_cli_share(c), 0).p;
	const struct mn_mappings *m = mn_mappings_load(&c->arena, dir, &err);
	struct mn_gen *g = m ? mn_run_open(c->data_dir, 0, &err) : NULL;
	if (!g)
		return mn_cli_fail(&err);
	int status = explain(c, g, mn_mappings_countries(m));
	mn_gen_close(g);
	return status;
}

/* manumit estimate: how many cases no list knows, from an overlap table. */
#include "manumit/report/estimate.h"
#include "manumit/run/overlaps.h"

#include "cli.h"

static enum mn_mse_how
how_of(struct mn_str model)
{
	return mn_str_eq(model, MN_S("stepwise")) ? MN_MSE_STEPWISE
	       : mn_str_eq(model, MN_S("aic"))    ? MN_MSE_AIC
						  : MN_MSE_GIVEN;
}

int
mn_cmd_estimate(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_overlaps *o = MN_NEW(&c->arena, struct mn_overlaps, 1);
	struct mn_mse_result *r = MN_NEW(&c->arena, struct mn_mse_result, 1);
	struct mn_mse_model m = {.n_pair = 0};
	struct mn_str model = mn_str_c(c->model ? c->model : "main");
	enum mn_mse_how how = how_of(model);
	if (c->n_arg != 1) {
		fprintf(stderr, "manumit: estimate wants one overlap table\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if (!mn_overlaps_read(&c->arena, c->arg[0], !c->no_sandbox, o, &err) ||
	    (how == MN_MSE_GIVEN && !mn_overlaps_model(o, model, &m, &err)) ||
	    !mn_mse_estimate(o, how, &m, c->arena, r, &err))
		return mn_cli_fail(&err);
	struct mn_buf out = mn_buf_new(1u << 20);
	mn_report_estimate(o, how, r, c->json, &out);
	int status = mn_cli_print(&out);
	mn_buf_free(&out);
	return status ? status : r->status == MN_MSE_OK ? 0 : 65;
}

/* manumit backtest: was the order right? */
#include "manumit/run/backtest.h"

#include "cli.h"

int
mn_cmd_backtest(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	int32_t split = MN_DAY_NONE;
	uint64_t seed = 1;
	enum mn_backtest_sites which = c->sites ? MN_BT_SITES : MN_BT_INSPECTED;
	if (c->n_arg || !c->data_dir) {
		fprintf(stderr,
		    "manumit: backtest wants -d DIR, the store or report of a run as of "
		    "the day that\nis tested, with inspections of before and after "
		    "it\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if ((c->split && !mn_day_parse_iso(mn_str_c(c->split), &split)) ||
	    (c->seed && !mn_str_u64(mn_str_c(c->seed), &seed))) {
		fprintf(stderr, "manumit: backtest: --split wants a day as YYYY-MM-DD, "
				"--seed a number\nsee manumit backtest --help\n");
		return 64;
	}
	for (unsigned i = 0; c->sites && i < MN_BT_SITES; i++)
		if (mn_str_eq(mn_str_c(c->sites), mn_str_c(MN_BACKTEST_SITES_NAME[i])))
			which = (enum mn_backtest_sites)i;
	if (which == MN_BT_SITES) {
		fprintf(stderr,
		    "manumit: backtest: --sites wants inspected, known or all: "
		    "%s\n",
		    c->sites);
		return 64;
	}
	const struct mn_countries *countries = mn_cli_countries(c, &err);
	struct mn_backtest_view v;
	if (!countries || !mn_run_backtest(c->data_dir, split, which, seed, countries,
			      &c->arena, &v, &err))
		return mn_cli_fail(&err);
	struct mn_buf out = mn_buf_new(64u << 20);
	mn_report_backtest(&v, c->json, &out);
	int status = mn_cli_print(&out);
	mn_buf_free(&out);
	return status;
}

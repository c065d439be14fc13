/* manumit plan: next month's visits. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/run/plan.h"

#include "cli.h"

static int
wrong(const char *option, const char *value, const char *wanted)
{
	fprintf(stderr, "manumit: --%s wants %s: %s\nsee manumit plan --help\n", option,
	    wanted, value);
	return 64;
}

/* ".15", "0.15" or "15%" as percent. */
static bool
percent(const char *text, uint32_t otherwise, uint32_t *out)
{
	struct mn_str s = mn_str_c(text);
	int64_t e4;
	*out = otherwise;
	if (!text)
		return true;
	bool sign = s.n && s.p[s.n - 1] == '%';
	if (!mn_str_decimal(mn_str_sub(s, 0, s.n - sign), 4, &e4) || e4 < 0 ||
	    e4 > (sign ? 1000000 : 10000))
		return false;
	*out = (uint32_t)((e4 + (sign ? 5000 : 50)) / (sign ? 10000 : 100));
	return true;
}

static bool
number(const char *text, uint64_t otherwise, uint64_t most, uint64_t *out)
{
	*out = otherwise;
	return !text || (mn_str_u64(mn_str_c(text), out) && *out <= most);
}

static bool
month(struct mn_cli *c, int32_t *out)
{
	*out = MN_DAY_NONE;
	return !c->month ||
	       mn_day_parse_iso(mn_arena_fmt(&c->arena, "%s-01", c->month), out);
}

/* Parts of the capacity and numbers; -1: go on. */
static int
shares(struct mn_cli *c, struct mn_plan_opts *o)
{
	static const char SHARE[] = "a share such as 0.15 or 15%";
	uint64_t days;
	if (!percent(c->random_share, 15, &o->random_percent))
		return wrong("random-share", c->random_share, SHARE);
	if (!percent(c->reserve, 25, &o->reserve_percent))
		return wrong("reserve-complaints", c->reserve, SHARE);
	if (!percent(c->coverage, MN_PLAN_COVERAGE, &o->coverage_percent))
		return wrong("coverage", c->coverage, SHARE);
	if (o->random_percent + o->reserve_percent > 100)
		return wrong("reserve-complaints", c->reserve ? c->reserve : "0.25",
		    "a share that leaves room beside the random one");
	if (!number(c->cool_down, MN_PLAN_COOL_DOWN, 36500, &days))
		return wrong("cool-down", c->cool_down, "a number of days");
	if (!number(c->seed, 1, UINT64_MAX, &o->seed))
		return wrong("seed", c->seed, "a whole number");
	if (!month(c, &o->month))
		return wrong("month", c->month, "a month as YYYY-MM");
	o->cool_down = (uint32_t)days;
	return -1;
}

static int
order(const char *by, enum mn_plan_dim *out)
{
	static const char *const NAME[] = {"region", "sector", "size"};
	*out = MN_PLAN_DIMS;
	for (unsigned i = 0; by && i < countof(NAME); i++)
		if (mn_str_eq(mn_str_c(by), mn_str_c(NAME[i])))
			*out = (enum mn_plan_dim)i;
	return by && *out == MN_PLAN_DIMS ? wrong("by", by, "region, sector or size")
					  : -1;
}

static int
change(struct mn_cli *c, struct mn_plan_opts *o)
{
	if (!c->swap && !c->defer)
		return -1;
	if (c->swap && c->defer)
		return wrong(
		    "defer", c->defer, "no --swap beside it; one change at a time");
	if (!c->reason || !c->reason[0])
		return wrong(c->swap ? "swap" : "defer", c->swap ? c->swap : c->defer,
		    "--reason: why the plan is changed");
	o->defer = c->defer;
	if (c->swap) {
		struct mn_str in = mn_str_c(c->swap), out = mn_str_cut(&in, '=');
		if (!in.p || in.n == 0 || out.n == 0)
			return wrong("swap", c->swap, "two sites, as OUT=IN");
		o->swap_out = mn_arena_cstr(&c->arena, out);
		o->swap_in = mn_arena_cstr(&c->arena, in);
	}
	o->reason = mn_str_c(c->reason);
	o->who = mn_str_c(c->who && c->who[0] ? c->who : "not stated");
	return -1;
}

static void
tell(const struct mn_plan_opts *o, const struct mn_plan_result *r)
{
	const struct mn_visits *v = &r->visits;
	const char *unit = v->by_visits ? "visits" : "days";
	if (r->changed)
		printf("journal: record %llu, head %s\n", (unsigned long long)r->head.n,
		    r->head.hash);
	printf("%.*s: %u visits; of %u %s %u ranked, %u random, %u for complaints, %u "
	       "kept open\n",
	    MN_FMT(v->period), v->n, v->units, unit, v->used[MN_PLAN_RANKED],
	    v->used[MN_PLAN_RANDOM], v->used[MN_PLAN_RESERVE], v->open);
	for (uint32_t i = 0; i < v->n_remark; i++)
		printf("  %.*s\n", MN_FMT(v->remark[i]));
	if (v->short_of)
		printf("  coverage is short of %u visits: see the page\n", v->short_of);
	printf("%s/plan.html, plan.csv, plan.xlsx; field/ goes out with the inspectors\n",
	    o->out);
}

int
mn_cmd_plan(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	uint64_t visits = 0;
	struct mn_plan_opts o = {.data_dir = c->data_dir,
	    .out = c->output ? c->output : "plan",
	    .never = c->never,
	    .seasons = c->seasons,
	    .now = mn_clock_now(),
	    .force = c->force,
	    .apart = !c->no_sandbox};
	if (c->n_arg || !c->data_dir || !c->capacity) {
		fprintf(stderr,
		    "manumit: plan wants --capacity, and -d DIR, the store or "
		    "the report of a run\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	int status = shares(c, &o);
	status = status >= 0 ? status : order(c->by, &o.by);
	status = status >= 0 ? status : change(c, &o);
	if (status >= 0)
		return status;
	if (!mn_str_u64(mn_str_c(c->capacity), &visits))
		o.inspectors = c->capacity;
	else if (visits == 0 || visits > 1000000)
		return wrong("capacity", c->capacity, "1 to 1000000 visits, or a file");
	o.visits = (uint32_t)visits;
	struct mn_plan_result r;
	o.countries = mn_cli_countries(c, &err);
	if (!o.countries || !mn_cli_messages(c, &o.messages, &err) ||
	    !mn_run_plan(&o, &c->arena, &r, &err))
		return mn_cli_fail(&err);
	if (!c->quiet)
		tell(&o, &r);
	return 0;
}

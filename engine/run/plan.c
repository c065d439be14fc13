/* The stages of a plan, from a generation to a published folder. */
#include "manumit/base/clock.h"
#include "manumit/run/decide.h"

#include "planning.h"

void
mn_planning_remark(struct mn_planning *x, struct mn_str sentence)
{
	if (x->n_remark == x->cap_remark) {
		uint32_t cap = x->cap_remark ? 2 * x->cap_remark : 16;
		struct mn_str *v = MN_NEW(x->a, struct mn_str, cap);
		if (x->n_remark)
			memcpy(v, x->remark, x->n_remark * sizeof *v);
		x->remark = v;
		x->cap_remark = cap;
	}
	x->remark[x->n_remark++] = sentence;
}

/* The month after the day, unless one was named. */
static int32_t
month_of(const struct mn_plan_opts *o, int32_t as_of)
{
	int year, month, day;
	if (o->month != MN_DAY_NONE)
		return o->month;
	mn_day_civil(as_of, &year, &month, &day);
	return month == 12 ? mn_day_from(year + 1, 1, 1)
			   : mn_day_from(year, month + 1, 1);
}

static bool
make(struct mn_planning *x, struct mn_err *err)
{
	struct mn_visits *v = x->v;
	x->in.site = x->site;
	x->in.n_site = x->n_site;
	x->in.n_class[MN_PLAN_REGION] = x->region.n;
	x->in.n_class[MN_PLAN_SECTOR] = x->sector.n;
	x->in.n_class[MN_PLAN_SIZE] = MN_PLAN_SIZES;
	x->in.random_percent = v->random_percent = x->o->random_percent;
	x->in.reserve_percent = v->reserve_percent = x->o->reserve_percent;
	x->in.coverage_percent = v->coverage_percent = x->o->coverage_percent;
	x->in.seed = v->seed = x->o->seed;
	mn_planning_crews(x);
	if (!mn_plan_make(&x->in, x->a, &x->out, err))
		return false;
	v->by_visits = x->o->visits > 0;
	v->units = x->out.units;
	memcpy(v->used, x->out.used, sizeof v->used);
	v->open = x->out.open;
	v->drawn_from = x->out.drawn_from;
	v->value = x->out.value;
	v->bound = x->out.bound;
	v->optimal = x->out.optimal;
	v->short_of = x->out.short_of;
	return true;
}

static struct mn_str
name_of(struct mn_planning *x, struct mn_eid id)
{
	struct mn_view v;
	struct mn_err none;
	struct mn_arena scratch = mn_arena_new((size_t)1 << 30, x->a->oom),
			root = scratch;
	struct mn_str name = MN_S("an entity that is no longer there");
	if (mn_view_load(&x->r, id, false, &scratch, &v, &none))
		name = mn_arena_str(x->a, v.ent.rec.v[MN_F_NAME]);
	mn_arena_free(root);
	return name;
}

static void
tell_changes(struct mn_planning *x)
{
	struct mn_str *v = MN_NEW(x->a, struct mn_str, x->n_moved + 1);
	char day[11];
	for (uint32_t i = 0; i < x->n_moved; i++) {
		const struct mn_moved *m = &x->moved[i];
		struct mn_str out = name_of(x, m->out);
		const char *on = mn_day_print(m->on, day).p;
		if (m->swap)
			v[i] = mn_message_say(x->a, x->r.messages,
			    "%s, %.*s: %.*s was replaced by %.*s. Reason: %.*s", on,
			    MN_FMT(m->by), MN_FMT(out), MN_FMT(name_of(x, m->in)),
			    MN_FMT(m->reason));
		else
			v[i] = mn_message_say(x->a, x->r.messages,
			    "%s, %.*s: %.*s was deferred. Reason: %.*s", on,
			    MN_FMT(m->by), MN_FMT(out), MN_FMT(m->reason));
	}
	x->v->change = v;
	x->v->n_change = x->n_moved;
}

bool
mn_planning_compute(struct mn_planning *x, struct mn_err *err)
{
	x->n_remark = x->n_input_remark;
	x->n_site = 0;
	x->v->sites = 0;
	memset(x->v->left, 0, sizeof x->v->left);
	return mn_planning_sites(x, err) && make(x, err);
}

static bool
plan(struct mn_planning *x, struct mn_plan_result *out, struct mn_err *err)
{
	char month[11];
	x->month = month_of(x->o, x->r.as_of);
	x->v->period = mn_arena_str(x->a, mn_str(mn_day_print(x->month, month).p, 7));
	x->v->by = x->o->by;
	x->v->cool_down = x->o->cool_down;
	if (x->r.audience != MN_AUD_INTERNAL)
		return mn_fail(err, MN_E_DATA,
		    "%s holds a copy for others; plan from the store it was made from",
		    x->o->data_dir);
	if (!mn_planning_inputs(x, err))
		return false;
	x->n_input_remark = x->n_remark;
	if (!mn_planning_moves(x, err) || !mn_planning_compute(x, err))
		return false;
	if ((x->o->swap_out || x->o->defer) && !mn_planning_move(x, out, err))
		return false;
	tell_changes(x);
	x->v->remark = x->remark;
	x->v->n_remark = x->n_remark;
	return mn_planning_visits(x, err);
}

/* ---- the folder ---- */

static bool
is_plan(struct mn_arena a, const char *dir, struct mn_err *err)
{
	static const char *const OURS[] = {"plan.html", "plan.csv", "plan.xlsx", "field"};
	struct mn_str *name;
	size_t n;
	if (!mn_dir_list(&a, dir, &name, &n, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		bool ours = false;
		for (size_t k = 0; k < countof(OURS); k++)
			ours = ours || mn_str_eq(name[i], mn_str_c(OURS[k]));
		if (!ours)
			return mn_fail(
			    err, MN_E_FOREIGN, "%s/%.*s", dir, MN_FMT(name[i]));
	}
	return true;
}

static bool
claim(struct mn_arena a, const struct mn_plan_opts *o, struct mn_err *err)
{
	if (!mn_path_exists(o->out))
		return true;
	if (!o->force)
		return mn_fail(err, MN_E_EXISTS, "%s", o->out);
	return is_plan(a, o->out, err);
}

static bool
publish(struct mn_planning *x, struct mn_err *err)
{
	const char *tmp = mn_arena_fmt(x->a, "%s.tmp%c", x->o->out, 0).p;
	struct mn_err ignored;
	if (mn_dir_remove(tmp, err) && mn_dir_make(tmp, err) &&
	    mn_report_visits(&x->r, x->v, tmp, err) && mn_tree_sync(tmp, err) &&
	    mn_dir_publish(tmp, x->o->out, err))
		return true;
	mn_dir_remove(tmp, &ignored);
	return false;
}

bool
mn_run_plan(const struct mn_plan_opts *o, struct mn_arena *a, struct mn_plan_result *out,
    struct mn_err *err)
{
	struct mn_planning x = {.o = o, .a = a, .v = &out->visits};
	*out = (struct mn_plan_result){.changed = false};
	if (!claim(*a, o, err))
		return false;
	struct mn_gen *g = mn_run_open(o->data_dir, 0, err);
	if (!g)
		return false;
	bool good = mn_report_open(&x.r, g, o->countries, a, err);
	if (good) {
		x.r.messages = o->messages;
		good = plan(&x, out, err) && publish(&x, err);
		mn_report_close(&x.r);
	}
	mn_gen_close(g);
	return good;
}

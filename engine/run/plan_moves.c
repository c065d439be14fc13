/*
 * Changes that people make to a plan: a swap or a deferral, each with its reason. They
 * are rows of state.mdb under "plan|", the month and the number of the journal's record,
 * and take effect whenever that month is planned.
 */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/run/decide.h"

#include "decide.h"
#include "planning.h"

#define MOVE_VERSION 1

static struct mn_str
month_key(const struct mn_planning *x, uint64_t seq)
{
	char day[11];
	struct mn_str d = mn_day_print(x->month, day);
	return seq ? mn_arena_fmt(x->a, "plan|%.7s|%016llx", d.p, (unsigned long long)seq)
		   : mn_arena_fmt(x->a, "plan|%.7s|", d.p);
}

static void
encode(const struct mn_moved *m, struct mn_buf *b)
{
	mn_put_u8(b, MOVE_VERSION);
	mn_put_u8(b, m->swap);
	mn_put_eid(b, m->out);
	mn_put_eid(b, m->in);
	mn_put_i64(b, m->on);
	mn_put_str(b, m->reason);
	mn_put_str(b, m->by);
}

struct loading {
	struct mn_planning *x;
	struct mn_err *err;
	bool bad;
};

static void
push(struct mn_planning *x, struct mn_moved m)
{
	if (x->n_moved == x->cap_moved) {
		uint32_t cap = x->cap_moved ? 2 * x->cap_moved : 16;
		struct mn_moved *v = MN_NEW(x->a, struct mn_moved, cap);
		if (x->n_moved)
			memcpy(v, x->moved, x->n_moved * sizeof *v);
		x->moved = v;
		x->cap_moved = cap;
	}
	x->moved[x->n_moved++] = m;
}

static bool
load_one(void *ctx, struct mn_str key, struct mn_str value)
{
	struct loading *l = ctx;
	struct mn_planning *x = l->x;
	struct mn_get g = mn_get(value);
	struct mn_moved m = {0};
	uint8_t version = mn_get_u8(&g);
	m.swap = mn_get_u8(&g) != 0;
	m.out = mn_get_eid(&g);
	m.in = mn_get_eid(&g);
	m.on = (int32_t)mn_get_i64(&g);
	m.reason = mn_arena_str(x->a, mn_get_str(&g));
	m.by = mn_arena_str(x->a, mn_get_str(&g));
	if (!mn_get_done(&g) || version != MOVE_VERSION) {
		mn_fail(l->err, MN_E_STORE, "a change of a plan is damaged: %.*s",
		    MN_FMT(key));
		l->bad = true;
		return false;
	}
	push(x, m);
	return true;
}

bool
mn_planning_moves(struct mn_planning *x, struct mn_err *err)
{
	struct loading l = {.x = x, .err = err};
	/* A report's private store has a state too, without changes. */
	struct mn_state *s = mn_run_state_open(x->o->data_dir, err);
	bool good = s && mn_state_each(s, month_key(x, 0), load_one, &l, err) && !l.bad;
	mn_state_close(s);
	return good;
}

/* ---- a new one ---- */

static bool
planned(const struct mn_planning *x, struct mn_eid id)
{
	for (uint32_t i = 0; i < x->out.n_pick; i++)
		if (mn_eid_cmp(x->site[x->out.pick[i].site].id, id) == 0)
			return true;
	return false;
}

static bool
may_be(const struct mn_planning *x, struct mn_eid id)
{
	for (uint32_t i = 0; i < x->n_site; i++)
		if (mn_eid_cmp(x->site[i].id, id) == 0)
			return true;
	return false;
}

static bool
fits(struct mn_planning *x, struct mn_moved *m, struct mn_err *err)
{
	const struct mn_plan_opts *o = x->o;
	const char *out = o->defer ? o->defer : o->swap_out;
	if (!mn_view_find(&x->r, mn_str_c(out), *x->a, &m->out, err))
		return false;
	if (!planned(x, m->out))
		return mn_fail(err, MN_E_DATA,
		    "%s is not in the plan; give the same options as when it was made",
		    out);
	if (!m->swap)
		return true;
	if (!mn_view_find(&x->r, mn_str_c(o->swap_in), *x->a, &m->in, err))
		return false;
	if (planned(x, m->in))
		return mn_fail(err, MN_E_DATA, "%s is in the plan already", o->swap_in);
	return may_be(x, m->in) ||
	       mn_fail(err, MN_E_DATA,
		   "%s cannot be visited in this plan: it is on the never list, was "
		   "visited too short a time ago, was moved or is out of season",
		   o->swap_in);
}

static struct mn_str
as_json(struct mn_planning *x, const struct mn_moved *m)
{
	char id[33], month[11];
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	struct mn_str d = mn_day_print(x->month, month);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "change", m->swap ? "swap" : "defer");
	mn_jsonw_str(&w, "month", mn_str(d.p, 7));
	mn_eid_hex(m->out, id);
	mn_jsonw_c(&w, "out", id);
	if (m->swap) {
		mn_eid_hex(m->in, id);
		mn_jsonw_c(&w, "in", id);
	}
	mn_jsonw_str(&w, "reason", m->reason);
	mn_jsonw_end_map(&w);
	struct mn_str s = mn_arena_str(x->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

static bool
append(struct mn_planning *x, const struct mn_moved *m, struct mn_plan_result *out,
    struct mn_err *err)
{
	struct mn_state *s = mn_state_open(x->o->data_dir, true, err);
	struct mn_buf b = mn_buf_new(1u << 20);
	bool good = s && mn_journal_head(s, &out->head, err);
	encode(m, &b);
	struct mn_journal_note note = {"plan", m->by, as_json(x, m)};
	struct mn_state_row row = {.key = month_key(x, out->head.n + 1),
	    .value = mn_arena_str(x->a, mn_buf_str(&b))};
	mn_buf_free(&b);
	good =
	    good && mn_journal_append(s, x->o->now, &note, 1, &row, 1, &out->head, err);
	mn_state_close(s);
	return good;
}

/* The plan with it. Who was put in has to be in it. */
static bool
does_it(struct mn_planning *x, const struct mn_moved *m, struct mn_err *err)
{
	push(x, *m);
	if (!mn_planning_compute(x, err))
		return false;
	return !m->swap || planned(x, m->in) ||
	       mn_fail(err, MN_E_DATA,
		   "%s cannot take the place: no inspector who serves its region has the "
		   "days; nothing was changed",
		   x->o->swap_in);
}

bool
mn_planning_move(struct mn_planning *x, struct mn_plan_result *out, struct mn_err *err)
{
	const struct mn_plan_opts *o = x->o;
	struct mn_lock lock = {.fd = -1};
	struct mn_moved m = {.swap = o->defer == NULL,
	    .on = o->now.day,
	    .reason = o->reason,
	    .by = o->who};
	bool good =
	    mn_run_keeps(o->data_dir, *x->a, err) && fits(x, &m, err) &&
	    does_it(x, &m, err) &&
	    mn_lock_file(mn_arena_fmt(x->a, "%s/lock%c", o->data_dir, 0).p, &lock, err) &&
	    append(x, &m, out, err);
	mn_lock_release(&lock);
	out->changed = good;
	return good;
}

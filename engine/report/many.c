/* Entities in the order of a list, rendered side by side: each thread reads with a reader
 * and remembers in memos of its own, so that it sees nothing that another writes. */
#include "manumit/base/ordered.h"

#include "fee_view.h"
#include "many.h"

#define ENTITIES 8 /* of a unit: some milliseconds' work */
#define ENTITY_BYTES ((size_t)1 << 30)

struct unit {
	struct mn_card card[ENTITIES];
	uint32_t n;
	struct mn_buf out;
	struct mn_err err;
	bool failed;
};

struct tool {
	const struct mn_many *m;
	struct mn_report r;
	struct mn_arena root, each; /* each: what is left for an entity */
};

struct many {
	const struct mn_many *m;
	struct mn_ordered *ordered;
	struct unit *unit; /* being filled, or NULL */
	struct mn_err *err;
	bool good;
	uint32_t jobs, n_unit;
	void *tools[MN_MAX_JOBS], *all[MN_MAX_JOBS * MN_UNITS_PER_JOB];
	struct tool tool[MN_MAX_JOBS];
	struct unit units[MN_MAX_JOBS * MN_UNITS_PER_JOB];
};

static void
render(void *tool, void *p)
{
	struct tool *t = tool;
	struct unit *u = p;
	mn_buf_clear(&u->out);
	for (uint32_t i = 0; i < u->n && !u->failed; i++)
		u->failed = !t->m->render(
		    t->m->ctx, &t->r, &u->card[i], t->each, &u->out, &u->err);
}

static bool
take(void *ctx, void *p, struct mn_err *err)
{
	struct many *x = ctx;
	struct unit *u = p;
	u->n = 0;
	if (u->failed) {
		*err = u->err;
		return false;
	}
	if (u->out.failed)
		return mn_fail(err, MN_E_BUG, "an entity needs more than %zu MiB",
		    ENTITY_BYTES >> 20);
	if (x->m->take)
		x->m->take(x->m->ctx, mn_buf_str(&u->out));
	return true;
}

static bool
put(struct many *x)
{
	if (x->unit && x->unit->n)
		mn_ordered_put(x->ordered);
	x->unit = NULL;
	return true;
}

static bool
add(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct many *x = ctx;
	(void)place;
	if (x->unit && x->unit->n == ENTITIES)
		put(x);
	if (!x->unit)
		x->unit = mn_ordered_unit(x->ordered, x->err);
	if (!x->unit)
		return x->good = false;
	x->unit->card[x->unit->n++] = *card;
	return true;
}

static bool
open_tool(struct many *x, const struct mn_report *r, struct tool *t, struct mn_err *err)
{
	t->m = x->m;
	t->r = *r;
	t->root = t->each = mn_arena_new((size_t)1 << 32, NULL);
	t->r.memo = MN_NEW(&t->each, struct mn_inherent_memo, 1);
	t->r.fee_memo = mn_fee_memo_new(&t->each);
	t->r.reader = mn_reader_open(r->gen, err);
	return t->r.reader != NULL;
}

static bool
start(struct many *x, const struct mn_report *r, struct mn_err *err)
{
	x->n_unit = x->jobs * MN_UNITS_PER_JOB;
	for (uint32_t i = 0; i < x->jobs; i++) {
		x->tools[i] = &x->tool[i];
		if (!open_tool(x, r, &x->tool[i], err))
			return false;
	}
	for (uint32_t i = 0; i < x->n_unit; i++) {
		x->all[i] = &x->units[i];
		x->units[i].out = mn_buf_new(ENTITY_BYTES);
	}
	x->ordered = mn_ordered_new(&(struct mn_ordered_job){.map = render,
					.commit = take,
					.ctx = x,
					.jobs = x->jobs,
					.tool = x->tools,
					.unit = x->all,
					.n_unit = x->n_unit},
	    err);
	return x->ordered != NULL;
}

static void
end(struct many *x)
{
	mn_ordered_free(x->ordered);
	for (uint32_t i = 0; i < x->n_unit; i++)
		mn_buf_free(&x->units[i].out);
	for (uint32_t i = 0; i < x->jobs && x->tool[i].m; i++) {
		mn_fee_memo_free(x->tool[i].r.fee_memo);
		mn_reader_close(x->tool[i].r.reader);
		mn_arena_free(x->tool[i].root);
	}
	mn_handle_free(x);
}

bool
mn_view_many(const struct mn_report *r, const struct mn_many *m, struct mn_err *err)
{
	struct many *x = mn_handle_new(sizeof *x);
	if (!x)
		return mn_fail(err, MN_E_NOMEM, "report");
	x->m = m;
	x->err = err;
	x->good = true;
	x->jobs = r->jobs < 1 ? 1 : r->jobs > MN_MAX_JOBS ? MN_MAX_JOBS : r->jobs;
	bool good = start(x, r, err) && mn_view_rank(r, m->list, add, x, err) &&
		    x->good && put(x) && mn_ordered_finish(x->ordered, err);
	end(x);
	return good;
}

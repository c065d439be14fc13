/* Sorted fee rows to workers, ledgers and employers: one pass, one of each at a time. */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "fees.h"

struct reduce {
	struct mn_fee_employer e;
	struct mn_arena employer_root;  /* parts: reset with each employer */
	struct mn_arena worker_root, w; /* lines: reset with each worker */
	struct mn_buf last;             /* key of the row before */
	struct mn_fee_row *row;
	uint32_t n_row, cap_row;
	struct mn_fee_ledger *ledger;
	uint32_t part; /* number of the part that the row at hand is of */
};

/* One remark a ledger, at its first such row: a remark a worker would drown the rest. */
static void
note_worker(struct reduce *x, const struct mn_fee_worker *w)
{
	struct mn_fee_ledger *l = x->ledger;
	mn_rid rid = MN_RID_NONE;
	for (uint32_t i = 0; i < x->n_row; i++)
		rid = x->row[i].line.rid < rid ? x->row[i].line.rid : rid;
	if (!w->paid)
		return;
	if (w->wage_e4 <= 0 && w->actual_e4 <= 0)
		l->first_no_wage = rid < l->first_no_wage ? rid : l->first_no_wage;
	else if (!w->whole)
		l->first_no_rate = rid < l->first_no_rate ? rid : l->first_no_rate;
}

static void
end_worker(struct reduce *x)
{
	struct mn_fee_worker w;
	if (x->n_row == 0)
		return;
	mn_fee_cut(&x->e, x->ledger, x->row, x->n_row, x->w, &w);
	note_worker(x, &w);
	x->n_row = x->cap_row = 0;
	x->row = NULL;
	x->w = x->worker_root;
}

/* ---- the walk ---- */

static void
remark_ledger(struct reduce *x)
{
	const struct mn_stage *st = x->e.run->stage;
	const struct mn_fee_ledger *l = x->ledger;
	const struct mn_source *src = &x->e.run->source[l->src];
	if (l->first_no_wage != MN_RID_NONE)
		st->note(st->ctx, l->first_no_wage, MN_E_FEE_NO_WAGE,
		    src->column[MN_F_WAGE], MN_STR_NONE,
		    MN_S("the first such row of this ledger"));
	if (l->first_no_rate != MN_RID_NONE)
		st->note(st->ctx, l->first_no_rate, MN_E_FEE_CURRENCY,
		    src->column[MN_F_CURRENCY], MN_STR_NONE,
		    MN_S("the first such row of this ledger"));
}

static void
begin_ledger(struct reduce *x, struct mn_str key, const struct mn_fee_row *r)
{
	struct mn_get g = mn_get(mn_str_sub(key, 16, 18));
	struct mn_fee_ledger *l = MN_NEW(&x->e.a, struct mn_fee_ledger, 1);
	l->src = mn_get_u16(&g);
	l->id = mn_get_key(&g);
	l->source_class = mn_arena_str(&x->e.a, r->source_class);
	l->root = mn_arena_str(&x->e.a, r->root);
	l->first_no_wage = l->first_no_rate = MN_RID_NONE;
	x->ledger = l;
}

static bool
end_employer(struct reduce *x, struct mn_err *err)
{
	struct mn_fee_employer *e = &x->e;
	if (e->n_part && (!mn_fee_groups(e, err) || !mn_fee_statements(e, err)))
		return false;
	e->part = NULL;
	e->n_part = e->cap_part = 0;
	e->a = x->employer_root;
	e->workers = 0;
	return true;
}

/* Closes what the new key does not continue: worker, then ledger, then employer. */
static bool
close_groups(struct reduce *x, struct mn_str key, struct mn_err *err)
{
	struct mn_str last = mn_buf_str(&x->last);
	if (last.n == 0)
		return true;
	bool whole = key.n >= MN_FEE_KEY_WORKER;
	bool employer = whole && memcmp(key.p, last.p, 16) == 0;
	bool ledger = employer && memcmp(key.p, last.p, MN_FEE_KEY_LEDGER) == 0;
	bool worker = ledger && memcmp(key.p, last.p, MN_FEE_KEY_WORKER) == 0;
	if (!worker)
		end_worker(x);
	if (!ledger) {
		remark_ledger(x);
		x->ledger = NULL;
	}
	return employer || end_employer(x, err);
}

static void
keep_row(struct reduce *x, const struct mn_fee_row *r)
{
	if (x->n_row == x->cap_row) {
		uint32_t cap = x->cap_row ? 2 * x->cap_row : 8;
		struct mn_fee_row *more = MN_NEW(&x->w, struct mn_fee_row, cap);
		if (x->n_row)
			memcpy(more, x->row, x->n_row * sizeof *more);
		x->row = more;
		x->cap_row = cap;
	}
	struct mn_fee_row *to = &x->row[x->n_row++];
	const struct mn_fee_row *before = x->n_row > 1 ? to - 1 : NULL;
	*to = *r;
	struct mn_str *const texts[] = {&to->recruiter, &to->recruiter_country,
	    &to->agents, &to->source_class, &to->root};
	for (size_t i = 0; i < countof(texts); i++) {
		size_t at = (size_t)((const char *)texts[i] - (const char *)to);
		struct mn_str had = MN_STR_NONE;
		if (before)
			memcpy(&had, (const char *)before + at, sizeof had);
		*texts[i] = before && mn_str_eq(had, *texts[i])
				? had
				: mn_arena_str(&x->w, *texts[i]);
	}
}

static bool
visit(struct reduce *x, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	const struct mn_stage *st = x->e.run->stage;
	struct mn_fee_row r = mn_fee_row_get(value);
	bool again = x->last.n && mn_str_eq(key, mn_buf_str(&x->last));
	if (again && r.named_worker) {
		st->note(st->ctx, r.line.rid, MN_E_DUP_ROW, MN_STR_NONE, MN_STR_NONE,
		    MN_STR_NONE);
		return true;
	}
	/* Lines without a worker's reference are workers of their own even when alike. */
	if (again)
		end_worker(x);
	if (!close_groups(x, key, err))
		return false;
	if (!x->ledger)
		begin_ledger(x, key, &r);
	struct mn_get g = mn_get(mn_str_sub(key, 0, 16));
	x->e.who = mn_get_eid(&g);
	/* All but the content: rows of one worker, recruiter, chain of agents and
	 * corridor. */
	x->part += !mn_str_eq(mn_str_sub(key, 0, key.n - 16),
	    mn_str_sub(mn_buf_str(&x->last), 0, x->last.n > 16 ? x->last.n - 16 : 0));
	r.part = x->part;
	keep_row(x, &r);
	mn_buf_clear(&x->last);
	mn_buf_add(&x->last, key);
	return true;
}

bool
mn_fees_reduce(struct mn_evidence_run *run, struct mn_reader *r, struct mn_xsort *sorted,
    const struct mn_ev_sink *ev, struct mn_xsort *fee, struct mn_err *err)
{
	struct reduce x = {.last = mn_buf_new(4096),
	    .employer_root = mn_arena_new((size_t)1 << 36, NULL),
	    .worker_root = mn_arena_new((size_t)1 << 34, NULL)};
	struct mn_fee_room room = {mn_buf_new(4096), mn_buf_new(MN_MAX_RECORD),
	    mn_buf_new(MN_MAX_RECORD), mn_buf_new(4 * (size_t)MN_MAX_CELL)};
	x.e = (struct mn_fee_employer){.run = run,
	    .r = r,
	    .ev = ev,
	    .fee = fee,
	    .joins = mn_fee_joins_new(),
	    .a = x.employer_root,
	    .own_months_q16 = mn_fee_constant(run->pack, "own_months"),
	    .b = &room};
	x.w = x.worker_root;
	struct mn_str key, value;
	int more;
	while ((more = mn_xsort_next(sorted, &key, &value, err)) == 1)
		if (!visit(&x, key, value, err))
			break;
	bool good = more == 0 && close_groups(&x, MN_STR_NONE, err);
	mn_fee_joins_free(x.e.joins);
	mn_buf_free(&x.last);
	mn_buf_free(&room.key);
	mn_buf_free(&room.value);
	mn_buf_free(&room.money);
	mn_buf_free(&room.fold);
	mn_arena_free(x.employer_root);
	mn_arena_free(x.worker_root);
	return good;
}

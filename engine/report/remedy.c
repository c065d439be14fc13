/* What is to be done and what was, put together from packs, fee ledgers and records. */
#include "manumit/base/clock.h"

#include "manumit/evidence/evidence.h"

#include "copy.h"
#include "fee_view.h"
#include "remedy.h"

const char *
mn_plan_state_name(unsigned s)
{
	static const char *const NAMES[MN_PLAN_STATES] = {"proposed", "open",
	    "in progress", "overdue", "done, not verified", "done and verified",
	    "dropped"};
	return NAMES[s < MN_PLAN_STATES ? s : 0];
}

struct mn_str
mn_plan_field(const struct mn_plan_row *p, enum mn_field f)
{
	return p->last ? p->last->rec.v[f] : MN_STR_NONE;
}

struct mn_str
mn_ledger_money(int64_t e4, struct mn_str currency, struct mn_arena *a)
{
	return mn_arena_fmt(a, "%lld.%02lld%s%.*s", (long long)(e4 / 10000),
	    (long long)(e4 % 10000 / 100), currency.n ? " " : "", MN_FMT(currency));
}

uint32_t
mn_done_before(const struct mn_done *last)
{
	return last ? last->rank : 0;
}

bool
mn_done_told(const struct mn_report *r, const struct mn_done *d)
{
	bool table = d->rec.kind == MN_K_ACTIVITIES || d->rec.kind == MN_K_TRAINING;
	return d->last && table && mn_view_table_shown(r, d->rec.kind);
}

/* ---- the plan ---- */

struct planning {
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_arena *a;
	struct mn_plan_row *row;
	uint32_t n;
	bool *used; /* by row of v->done: a proposal took it */
};

bool
mn_verified_by_workers(const struct mn_report *r, struct mn_str by)
{
	return by.n && mn_make_said_by(r->pack, by).workers;
}

enum mn_plan_state
mn_plan_state_of(const struct mn_report *r, const struct mn_record *rec)
{
	enum { OPEN, IN_PROGRESS, DONE, DROPPED };
	int said = mn_record_choice(rec, MN_F_ACTION_STATUS);
	int32_t due;
	if (said == DROPPED)
		return MN_PLAN_DROPPED;
	if (mn_verified_by_workers(r, rec->v[MN_F_VERIFIED_BY]))
		return MN_PLAN_VERIFIED;
	if (said == DONE || rec->v[MN_F_DONE_ON].n || rec->v[MN_F_VERIFIED_BY].n)
		return MN_PLAN_DONE;
	if (mn_record_day(rec, MN_F_DUE, &due) && due < r->as_of)
		return MN_PLAN_OVERDUE;
	return said == IN_PROGRESS ? MN_PLAN_IN_PROGRESS : MN_PLAN_OPEN;
}

/* The last entry about the action of this code. */
static const struct mn_done *
recorded(struct planning *x, struct mn_str id)
{
	struct mn_record rec = {.kind = MN_K_ACTIONS};
	if (x->v->n_done == 0)
		return NULL;
	rec.v[MN_F_ACTION_ID] = id;
	struct mn_key thing =
	    mn_done_thing(&rec, (struct mn_key){x->v->ent.id.hi, x->v->ent.id.lo});
	for (uint32_t i = 0; i < x->v->n_done; i++)
		if (x->v->done[i].last && mn_key_cmp(x->v->done[i].thing, thing) == 0) {
			x->used[i] = true;
			return &x->v->done[i];
		}
	return NULL;
}

static void
propose(struct planning *x, struct mn_plan_row row)
{
	row.last = recorded(x, row.id);
	row.state = row.last ? mn_plan_state_of(x->r, &row.last->rec) : MN_PLAN_PROPOSED;
	x->row[x->n++] = row;
}

/* Rows that do not say it themselves take it from the first of their subject that does.
 */
static struct mn_str
verification(const struct mn_pack *p, const struct mn_p_remedy *of)
{
	for (uint32_t i = 0; of->verify.n == 0 && i < p->n_remedy; i++)
		if (p->remedy[i].verify.n && mn_str_eq(p->remedy[i].subject, of->subject))
			return p->remedy[i].verify;
	return of->verify;
}

static void
propose_remedies(struct planning *x)
{
	const struct mn_pack *p = x->r->pack;
	for (uint32_t i = 0; i < p->n_remedy; i++) {
		const struct mn_p_remedy *m = &p->remedy[i];
		if (mn_view_remedy_fits(x->v, m))
			propose(x, (struct mn_plan_row){.kind = "remedy",
				       .id = mn_arena_fmt(x->a, "%.*s-%lld",
					   MN_FMT(m->subject), (long long)m->order),
				       .about = m->subject,
				       .action = m->text,
				       .prov = &m->prov,
				       .verify = verification(p, m),
				       .within_days = m->within_days});
	}
}

/* Only sums that the dossier shows. The code is that of recruiter and corridor, so that
 * it stays when sums change. */
static void
propose_repayment(struct planning *x, const struct mn_fee_stat *f)
{
	struct mn_fee_money m;
	uint32_t place = 0;
	char hex[33];
	if (f->scope != MN_FEE_PAIR)
		return;
	for (size_t at = 0; mn_fee_amounts(x->v, f, &at, &place, &m);) {
		const struct mn_str part[] = {f->party, mn_str_c(f->origin),
		    mn_str_c(f->destination), mn_str_c(m.currency)};
		if (m.owed_e4 <= 0)
			continue;
		mn_key_hex(mn_hash128(part, countof(part)), hex);
		propose(x,
		    (struct mn_plan_row){.kind = "repay fees",
			.id = mn_arena_fmt(x->a, "repay-%.8s", hex),
			.about = MN_S("I09"),
			.action = mn_arena_fmt(x->a,
			    "Repay %.*s of recruitment fees and costs to the "
			    "workers who bore them (%.*s, %.*s).",
			    MN_FMT(mn_fee_amount(m.owed_e4, m.currency, x->a)),
			    MN_FMT(mn_fee_party(f)), MN_FMT(mn_fee_corridor(f, x->a)))});
	}
}

static void
add_own(struct planning *x)
{
	for (uint32_t i = 0; i < x->v->n_done; i++) {
		const struct mn_done *d = &x->v->done[i];
		if (d->rec.kind != MN_K_ACTIONS || !d->last || x->used[i])
			continue;
		x->row[x->n++] = (struct mn_plan_row){.kind = "own",
		    .id = d->rec.v[MN_F_ACTION_ID],
		    .about = d->rec.v[MN_F_ABOUT],
		    .action = d->rec.v[MN_F_ACTION],
		    .state = mn_plan_state_of(x->r, &d->rec),
		    .last = d};
	}
}

/* A code of its own for each, so that what was done about one is not done about another.
 */
static void
propose_next_step(struct planning *x)
{
	static const char *const ID[] = {[MN_ACT_ASK] = "next-ask",
	    [MN_ACT_ENHANCED] = "next-enhanced",
	    [MN_ACT_ESCALATE] = "next-escalate",
	    [MN_ACT_PROTECT] = "next-protect"};
	unsigned action = x->v->card.action;
	if (action < countof(ID) && ID[action] && mn_view_shows(x->r, MN_SHOW_NEXT_STEP))
		propose(x, (struct mn_plan_row){.kind = "next step",
			       .id = mn_str_c(ID[action]),
			       .action = mn_str_c(mn_action_name(action))});
}

static size_t
count_amounts(const struct mn_view *v)
{
	size_t n = 0;
	for (uint32_t i = 0; i < v->n_fee; i++)
		n += v->fee[i].n_money;
	return n;
}

uint32_t
mn_plan_of(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a,
    const struct mn_plan_row **out)
{
	struct planning x = {.r = r, .v = v, .a = a};
	size_t most = 1 + (size_t)r->pack->n_remedy + count_amounts(v) + v->n_done;
	x.row = MN_NEW(a, struct mn_plan_row, most);
	x.used = MN_NEW(a, bool, v->n_done + 1);
	propose_next_step(&x);
	propose_remedies(&x);
	for (uint32_t i = 0; i < v->n_fee; i++)
		propose_repayment(&x, &v->fee[i]);
	add_own(&x);
	*out = x.row;
	return x.n;
}

/* ---- the ledger ---- */

static int64_t
count_of(const struct mn_record *rec, enum mn_field f)
{
	int64_t n;
	return mn_record_count(rec, f, &n) ? n : -1;
}

static int32_t
day_of(const struct mn_record *rec, enum mn_field f)
{
	int32_t day;
	return mn_record_day(rec, f, &day) ? day : MN_DAY_NONE;
}

static struct mn_ledger_row
from_record(const struct mn_report *r, const struct mn_done *d)
{
	const struct mn_record *rec = &d->rec;
	struct mn_ledger_row row = {.about = rec->v[MN_F_ABOUT],
	    .recruiter = rec->v[MN_F_RECRUITER],
	    .origin = rec->v[MN_F_ORIGIN],
	    .destination = rec->v[MN_F_DESTINATION],
	    .currency = rec->v[MN_F_CURRENCY],
	    .by_fees_e4 = -1,
	    .exact_owed_e4 = -1,
	    .exact_paid_e4 = -1,
	    .workers = count_of(rec, MN_F_WORKERS),
	    .workers_paid = count_of(rec, MN_F_WORKERS_PAID),
	    .due = day_of(rec, MN_F_DUE),
	    .last_paid = day_of(rec, MN_F_LAST_PAID_ON),
	    .verified_on = day_of(rec, MN_F_VERIFIED_ON),
	    .owner = rec->v[MN_F_OWNER],
	    .verified_by = rec->v[MN_F_VERIFIED_BY],
	    .verified = mn_verified_by_workers(r, rec->v[MN_F_VERIFIED_BY]),
	    .last = d};
	row.owed_known = mn_record_e4(rec, MN_F_OWED, &row.owed_e4);
	row.paid_known = mn_record_e4(rec, MN_F_PAID, &row.paid_e4);
	return row;
}

/* The seam to the fee ledgers: what one recruiter and corridor owes by them in one
 * currency. Repayment under other rules (former workers, interest) comes in here and
 * nowhere else. */
static struct mn_ledger_row
from_fees(const struct mn_fee_stat *f, const struct mn_fee_money *m,
    const struct mn_fee_money *exact, bool shown, struct mn_arena *a)
{
	return (struct mn_ledger_row){.about = MN_S("I09"),
	    .exact_owed_e4 = exact->paid_e4,
	    .exact_paid_e4 = exact->back_e4,
	    .recruiter = f->party,
	    .origin = mn_str_c(f->origin),
	    .destination = mn_str_c(f->destination),
	    .currency = mn_arena_str(a, mn_str_c(m->currency)),
	    .owed_known = true,
	    .paid_known = true,
	    .owed_e4 = m->paid_e4,
	    .paid_e4 = m->back_e4,
	    .by_fees_e4 = m->paid_e4,
	    .workers = m->payers,
	    .workers_paid = -1,
	    .due = MN_DAY_NONE,
	    .last_paid = MN_DAY_NONE,
	    .verified_on = MN_DAY_NONE,
	    .shown = shown};
}

static bool
same_debt(const struct mn_ledger_row *x, const struct mn_ledger_row *y)
{
	bool about = x->about.n == 0 || y->about.n == 0 || mn_str_eq(x->about, y->about);
	return about && mn_str_eq_ascii(x->recruiter, y->recruiter) &&
	       mn_str_eq(x->origin, y->origin) &&
	       mn_str_eq(x->destination, y->destination) &&
	       mn_str_eq(x->currency, y->currency);
}

/* Few workers could be told apart; of how many, others are told or nothing is said. */
static bool
may_show(const struct mn_report *r, const struct mn_ledger_row *row)
{
	return row->workers < 0 ? mn_view_shows(r, MN_SHOW_FEW_WORKERS)
				: row->workers >= mn_view_min_cell(r);
}

static void
settle(const struct mn_report *r, struct mn_ledger_row *row)
{
	int64_t owed = row->exact_owed_e4 >= 0 ? row->exact_owed_e4 : row->owed_e4;
	int64_t paid = row->exact_paid_e4 >= 0 ? row->exact_paid_e4 : row->paid_e4;
	row->settled = row->owed_known && row->paid_known && paid >= owed;
	row->overdue = !row->settled && row->due != MN_DAY_NONE && row->due < r->as_of;
}

struct mn_ledger_row
mn_ledger_of_record(const struct mn_report *r, const struct mn_done *d)
{
	struct mn_ledger_row row = from_record(r, d);
	row.shown = may_show(r, &row);
	settle(r, &row);
	return row;
}

/* What was recorded counts; the fee ledger fills in what was not. What it withholds is
 * not told beside it either. */
static void
beside(struct mn_ledger_row *recorded, const struct mn_ledger_row *fees)
{
	recorded->shown = recorded->shown && fees->shown;
	if (!fees->shown)
		return;
	recorded->by_fees_e4 = fees->by_fees_e4;
	recorded->disagrees =
	    recorded->owed_known && recorded->owed_e4 != fees->exact_owed_e4;
	if (!recorded->owed_known) {
		recorded->owed_e4 = fees->owed_e4;
		recorded->exact_owed_e4 = fees->exact_owed_e4;
	}
	recorded->owed_known = true;
	if (recorded->workers < 0)
		recorded->workers = fees->workers;
}

/* Joins it with what was recorded of the same debt, or adds it. */
static void
join(struct mn_ledger_row *row, uint32_t recorded, uint32_t *n, struct mn_ledger_row fees)
{
	uint32_t at = 0;
	while (at < recorded && !same_debt(&row[at], &fees))
		at++;
	if (at < recorded)
		beside(&row[at], &fees);
	else
		row[(*n)++] = fees;
}

uint32_t
mn_ledger_of(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a,
    const struct mn_ledger_row **out)
{
	struct mn_ledger_row *row =
	    MN_NEW(a, struct mn_ledger_row, v->n_done + count_amounts(v) + 1);
	uint32_t n = 0, recorded = 0;
	for (uint32_t i = 0; i < v->n_done; i++)
		if (v->done[i].rec.kind == MN_K_REMEDIATION && v->done[i].last)
			row[n++] = mn_ledger_of_record(r, &v->done[i]);
	recorded = n;
	for (uint32_t i = 0; i < v->n_fee; i++) {
		const struct mn_fee_stat *f = &v->fee[i];
		struct mn_fee_money m, exact;
		uint32_t k = 0;
		size_t there = 0;
		for (size_t at = 0;
		     f->scope == MN_FEE_PAIR && mn_fee_money_next(f, &at, &m) &&
		     mn_fee_money_next(&v->fee_exact[i], &there, &exact);
		     k++)
			if (m.payers > 0)
				join(row, recorded, &n,
				    from_fees(
					f, &m, &exact, mn_fee_amount_shown(v, i, k), a));
	}
	for (uint32_t i = 0; i < n; i++)
		settle(r, &row[i]);
	*out = row;
	return n;
}

/* The last row of a history is the one before another thing begins. */
bool
mn_done_each_last(const struct mn_report *r,
    void (*fn)(void *ctx, const struct mn_done *d), void *ctx, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(r->reader, MN_TAB_DONE, MN_STR_NONE, err);
	struct mn_str key, body, pos;
	struct mn_done d, last = {.rank = 0};
	bool any = false;
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1) {
		if (!mn_done_decode(key, body, pos, &d, err)) {
			more = -1;
			break;
		}
		last.last = true;
		if (any && mn_key_cmp(last.thing, d.thing) != 0)
			fn(ctx, &last);
		last = d;
		any = true;
	}
	last.last = true;
	if (any && more == 0)
		fn(ctx, &last);
	mn_scan_close(scan);
	return more == 0;
}

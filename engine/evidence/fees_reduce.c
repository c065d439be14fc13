/* Sorted fee rows to workers, and each worker to parts by recruiter and corridor. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "fees.h"

struct reduce {
	struct mn_fee_employer e;
	const struct mn_pack *pack;
	const struct mn_rates *rates;
	struct mn_arena employer_root;  /* parts: reset with each employer */
	struct mn_arena worker_root, w; /* lines: reset with each worker */
	struct mn_buf last;             /* key of the row before */
	struct mn_fee_row *row;
	uint32_t n_row, cap_row;
	struct mn_fee_ledger *ledger;
	uint64_t workers; /* of the employer so far */
	uint32_t part;    /* number of the part that the row at hand is of */
	int64_t own_months_q16;
};

void
mn_fee_row_put(struct mn_buf *b, const struct mn_fee_row *r)
{
	const struct mn_fee_line *l = &r->line;
	const int64_t numbers[] = {l->amount_e4, l->back_e4, l->wage_e4, l->actual_e4,
	    l->principal_e4, l->apr_q16, l->contract_months};
	const char *const codes[] = {
	    l->currency, l->wage_currency, l->origin, l->destination};
	const struct mn_str texts[] = {
	    r->recruiter, r->recruiter_country, r->agents, r->source_class, r->root};
	mn_put_u64(b, l->rid);
	for (size_t i = 0; i < countof(numbers); i++)
		mn_put_i64(b, numbers[i]);
	mn_put_u32(b, (uint32_t)l->paid_day);
	mn_put_u32(b, (uint32_t)l->back_day);
	mn_put_u32(b, (uint32_t)l->category);
	mn_put_u8(b, l->borne);
	mn_put_u8(b, l->payer_unknown);
	mn_put_u8(b, (uint8_t)l->receipt);
	mn_put_u8(b, (uint8_t)l->may_leave);
	mn_put_u32(b, r->workers);
	mn_put_u32(b, r->match_q16);
	mn_put_u8(b, r->named_worker);
	for (size_t i = 0; i < countof(codes); i++)
		mn_put_str(b, mn_str_c(codes[i]));
	for (size_t i = 0; i < countof(texts); i++)
		mn_put_str(b, texts[i]);
}

static void
get_code(struct mn_get *g, char *to, size_t size)
{
	struct mn_str s = mn_get_str(g);
	memset(to, 0, size);
	if (s.n && s.n < size)
		memcpy(to, s.p, s.n);
}

struct mn_fee_row
mn_fee_row_get(struct mn_str value)
{
	struct mn_get g = mn_get(value);
	struct mn_fee_row r = {.line = {.rid = mn_get_u64(&g)}};
	struct mn_fee_line *l = &r.line;
	int64_t *const numbers[] = {&l->amount_e4, &l->back_e4, &l->wage_e4,
	    &l->actual_e4, &l->principal_e4, &l->apr_q16, &l->contract_months};
	struct mn_str *const texts[] = {
	    &r.recruiter, &r.recruiter_country, &r.agents, &r.source_class, &r.root};
	for (size_t i = 0; i < countof(numbers); i++)
		*numbers[i] = mn_get_i64(&g);
	l->paid_day = (int32_t)mn_get_u32(&g);
	l->back_day = (int32_t)mn_get_u32(&g);
	l->category = (int32_t)mn_get_u32(&g);
	l->borne = mn_get_u8(&g);
	l->payer_unknown = mn_get_u8(&g);
	l->receipt = (int8_t)mn_get_u8(&g);
	l->may_leave = (int8_t)mn_get_u8(&g);
	r.workers = mn_get_u32(&g);
	r.match_q16 = mn_get_u32(&g);
	r.named_worker = mn_get_u8(&g);
	get_code(&g, l->currency, sizeof l->currency);
	get_code(&g, l->wage_currency, sizeof l->wage_currency);
	get_code(&g, l->origin, sizeof l->origin);
	get_code(&g, l->destination, sizeof l->destination);
	for (size_t i = 0; i < countof(texts); i++)
		*texts[i] = mn_get_str(&g);
	return r;
}

/* ---- parts ---- */

/* A sum given back may stand in one line and be meant for all: what is more than its line
 * counts for the others of its currency, and never for more than was paid. */
static void
spread_back(struct mn_fee_row *row, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t more = row[i].line.back_e4 - row[i].line.amount_e4;
		if (more <= 0)
			continue;
		row[i].line.back_e4 = row[i].line.amount_e4;
		for (uint32_t k = 0; k < n && more > 0; k++) {
			struct mn_fee_line *l = &row[k].line;
			int64_t room = l->amount_e4 - l->back_e4;
			if (k == i || room <= 0 || !l->borne ||
			    memcmp(l->currency, row[i].line.currency, 4) != 0)
				continue;
			int64_t moved = room < more ? room : more;
			l->back_e4 += moved;
			l->back_day = row[i].line.back_day > l->back_day
					  ? row[i].line.back_day
					  : l->back_day;
			more -= moved;
		}
	}
}

static enum mn_fee_class
class_of(const struct mn_pack *p, int32_t category)
{
	static const struct mn_str NAME[] = {MN_S("fee"), MN_S("cost"),
	    MN_S("illegitimate"), MN_S("unknown"), MN_S("finance")};
	for (unsigned i = 0; i < MN_FEE_CLASSES && category >= 0; i++)
		if (mn_str_eq(p->fee_category[category].class, NAME[i]))
			return (enum mn_fee_class)i;
	return MN_FEE_C_UNKNOWN;
}

static void
add(int64_t *sum, int64_t e4)
{
	if (__builtin_add_overflow(*sum, e4, sum))
		*sum = INT64_MAX;
}

static struct mn_fee_money *
money_of(struct mn_fee_part *p, const char *currency, struct mn_arena *a)
{
	uint32_t at = 0;
	while (at < p->n_money && memcmp(p->money[at].currency, currency, 4) < 0)
		at++;
	if (at < p->n_money && memcmp(p->money[at].currency, currency, 4) == 0)
		return &p->money[at];
	struct mn_fee_money *more = MN_NEW(a, struct mn_fee_money, p->n_money + 1);
	if (at)
		memcpy(more, p->money, at * sizeof *more);
	if (at < p->n_money)
		memcpy(more + at + 1, p->money + at, (p->n_money - at) * sizeof *more);
	memcpy(more[at].currency, currency, 4);
	p->money = more;
	p->n_money++;
	return &more[at];
}

static void
add_line(struct reduce *x, struct mn_fee_part *p, const struct mn_fee_row *row)
{
	const struct mn_fee_line *l = &row->line;
	p->rows++;
	p->rid = l->rid < p->rid ? l->rid : p->rid;
	p->match_q16 = row->match_q16 < p->match_q16 ? row->match_q16 : p->match_q16;
	p->payer_unknown = p->payer_unknown || l->payer_unknown;
	p->cap = l->cap > p->cap ? l->cap : p->cap;
	p->at_cap = p->at_cap || l->at_cap;
	if (!l->borne || l->amount_e4 <= 0)
		return;
	enum mn_fee_class class = class_of(x->pack, l->category);
	struct mn_fee_money *m = money_of(p, l->currency, &x->e.a);
	add(&m->by_class_e4[class], l->amount_e4);
	m->class_workers[class] = 1;
	if (class == MN_FEE_C_FINANCE)
		return;
	p->unclassified += class == MN_FEE_C_UNKNOWN;
	p->paid = true;
	p->owed = p->owed || l->back_e4 < l->amount_e4;
	p->no_receipt = p->no_receipt || l->receipt == 0;
	add(&m->paid_e4, l->amount_e4);
	add(&m->back_e4, l->back_e4);
	add(&p->back_e4, l->back_e4);
	if (l->back_e4 > 0 && l->back_day > p->back_day)
		p->back_day = l->back_day;
}

static struct mn_fee_part *
new_part(struct reduce *x)
{
	struct mn_fee_employer *e = &x->e;
	if (e->n_part == e->cap_part) {
		uint32_t cap = e->cap_part ? 2 * e->cap_part : 16;
		struct mn_fee_part *more = MN_NEW(&e->a, struct mn_fee_part, cap);
		if (e->n_part)
			memcpy(more, e->part, e->n_part * sizeof *more);
		e->part = more;
		e->cap_part = cap;
	}
	return &e->part[e->n_part++];
}

/* Texts of the part before are used again: a ledger repeats its recruiter. */
static void
name_part(
    struct reduce *x, struct mn_fee_part *p, struct mn_str name, struct mn_str country)
{
	struct mn_fee_employer *e = &x->e;
	const struct mn_fee_part *before = e->n_part > 1 ? p - 1 : NULL;
	if (before && mn_str_eq(before->party, name) &&
	    mn_str_eq(before->country, country)) {
		p->party = before->party;
		p->country = before->country;
		p->fold = before->fold;
		return;
	}
	mn_buf_clear(&e->b->fold);
	mn_fold_name(name, &e->b->fold);
	p->party = mn_arena_str(&e->a, name);
	p->country = mn_arena_str(&e->a, country);
	p->fold = mn_arena_str(&e->a, mn_str_sub(mn_buf_str(&e->b->fold), 0, 200));
}

/* What a party answers for: the worker's whole debt where it took a month of wage or
 * more, else what it took. So a debt that was paid in parts is not small, and a clinic
 * does not answer for an agency. */
static int64_t
answers_for(const struct reduce *x, int64_t part, int64_t whole)
{
	return part >= x->own_months_q16 && whole > part ? whole : part;
}

static void
measure(struct reduce *x, struct mn_fee_part *p, const struct mn_fee_worker *w,
    const struct mn_fee_line *line, uint32_t n, const int64_t whole_q16[2])
{
	int64_t all = mn_fee_part_months(x->pack, x->rates, w, line, n, false);
	int64_t open = mn_fee_part_months(x->pack, x->rates, w, line, n, true);
	bool part_of_it = all < 0 || all >= x->own_months_q16;
	p->all_q16 = answers_for(x, all, whole_q16[0]);
	p->open_q16 = answers_for(x, open, whole_q16[1]);
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		p->condition[i] = p->owed && part_of_it && w->condition[i];
	p->no_wage = p->paid && w->wage_e4 <= 0 && w->actual_e4 <= 0;
	p->no_rate = p->paid && !w->whole;
	bool contract = w->wage_e4 > 0 && w->whole;
	p->months_q16[MN_FEE_GROSS] = contract ? all : -1;
	p->months_q16[MN_FEE_NET] = contract ? open : -1;
	/* By the wage paid: the part's share of the worker's. */
	struct mn_fee_worker actual = *w;
	actual.wage_e4 = w->actual_e4;
	p->months_q16[MN_FEE_ACTUAL] =
	    w->whole && w->actual_e4 > 0
		? mn_fee_part_months(x->pack, x->rates, &actual, line, n, true)
		: -1;
	p->months_q16[MN_FEE_CLEAR] = w->months_q16[MN_FEE_CLEAR];
}

/* The agents of a chain had their hands on the same money: each gets the part too. */
static void
agents(struct reduce *x, const struct mn_fee_part *of, struct mn_str list)
{
	const struct mn_fee_part own = *of;
	for (struct mn_str rest = list; rest.p && rest.n;) {
		struct mn_str name = mn_str_trim(mn_str_cut(&rest, ';'));
		if (name.n == 0)
			continue;
		struct mn_fee_part *p = new_part(x);
		*p = own;
		p->agent = true;
		name_part(x, p, name, MN_STR_NONE);
	}
}

/* Of several spellings the first in order, so that no order of rows shows. */
static struct mn_str
least_text(const struct mn_fee_row *row, uint32_t n, size_t at)
{
	struct mn_str least = MN_STR_NONE, one;
	for (uint32_t i = 0; i < n; i++) {
		memcpy(&one, (const char *)&row[i] + at, sizeof one);
		if (one.n && (least.n == 0 || mn_str_cmp(one, least) < 0))
			least = one;
	}
	return least;
}

static void
cut_part(struct reduce *x, const struct mn_fee_worker *w, const struct mn_fee_line *line,
    const struct mn_fee_row *row, uint32_t n, const int64_t whole_q16[2])
{
	struct mn_fee_part *p = new_part(x);
	*p = (struct mn_fee_part){.ledger = x->ledger,
	    .worker = x->workers,
	    .match_q16 = MN_FX_ONE,
	    .workers = row->named_worker ? 1 : row->workers,
	    .back_day = MN_DAY_NONE,
	    .rid = MN_RID_NONE};
	memcpy(p->origin, row->line.origin, sizeof p->origin);
	memcpy(p->destination, row->line.destination, sizeof p->destination);
	for (uint32_t i = 0; i < n; i++)
		add_line(x, p, &row[i]);
	for (uint32_t i = 0; i < p->n_money; i++) {
		struct mn_fee_money *m = &p->money[i];
		m->owed_e4 = m->paid_e4 - m->back_e4;
		m->payers = m->paid_e4 > 0;
		m->owed_workers = m->owed_e4 > 0;
	}
	name_part(x, p, least_text(row, n, offsetof(struct mn_fee_row, recruiter)),
	    least_text(row, n, offsetof(struct mn_fee_row, recruiter_country)));
	measure(x, p, w, line, n, whole_q16);
	if (row->agents.n)
		agents(x, p, row->agents);
}

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
	uint32_t n = x->n_row;
	if (n == 0)
		return;
	for (uint32_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && x->row[i].part == x->row[k].part;)
			k++;
		spread_back(x->row + i, k - i);
	}
	struct mn_fee_line *line = MN_NEW(&x->w, struct mn_fee_line, n);
	for (uint32_t i = 0; i < n; i++)
		line[i] = x->row[i].line;
	mn_fee_worker_of(x->pack, x->rates, line, n, &w);
	for (uint32_t i = 0; i < n; i++)
		x->row[i].line = line[i];
	const int64_t whole[2] = {
	    mn_fee_part_months(x->pack, x->rates, &w, line, n, false),
	    mn_fee_part_months(x->pack, x->rates, &w, line, n, true)};
	for (uint32_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && x->row[i].part == x->row[k].part;)
			k++;
		cut_part(x, &w, line + i, x->row + i, k - i, whole);
	}
	note_worker(x, &w);
	x->workers++;
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
	x->workers = 0;
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
	struct reduce x = {.pack = run->pack,
	    .rates = run->rates,
	    .own_months_q16 = mn_fee_constant(run->pack, "own_months"),
	    .last = mn_buf_new(4096),
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

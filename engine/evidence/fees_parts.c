/* What one worker bore, cut into parts by recruiter and corridor. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "fees.h"

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
add_line(struct mn_fee_employer *e, struct mn_fee_part *p, const struct mn_fee_row *row)
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
	enum mn_fee_class class = class_of(e->run->pack, l->category);
	struct mn_fee_money *m = money_of(p, l->currency, &e->a);
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
new_part(struct mn_fee_employer *e)
{
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
name_part(struct mn_fee_employer *e, struct mn_fee_part *p, struct mn_str name,
    struct mn_str country)
{
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
answers_for(const struct mn_fee_employer *e, int64_t part, int64_t whole)
{
	return part >= e->own_months_q16 && whole > part ? whole : part;
}

static void
measure(struct mn_fee_employer *e, struct mn_fee_part *p, const struct mn_fee_worker *w,
    const struct mn_fee_line *line, uint32_t n, const int64_t whole_q16[2])
{
	int64_t all = mn_fee_part_months(e->run->pack, e->run->rates, w, line, n, false);
	int64_t open = mn_fee_part_months(e->run->pack, e->run->rates, w, line, n, true);
	bool part_of_it = all < 0 || all >= e->own_months_q16;
	p->all_q16 = answers_for(e, all, whole_q16[0]);
	p->open_q16 = answers_for(e, open, whole_q16[1]);
	/* How long a debt lasts is laid to those who made it; that it binds, to all of
	 * them. */
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		p->condition[i] = p->owed && w->condition[i] && (part_of_it || i > 0);
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
		? mn_fee_part_months(e->run->pack, e->run->rates, &actual, line, n, true)
		: -1;
	p->months_q16[MN_FEE_CLEAR] = w->months_q16[MN_FEE_CLEAR];
}

/* The agents of a chain had their hands on the same money: each gets the part too. */
static void
agents(struct mn_fee_employer *e, const struct mn_fee_part *of, struct mn_str list)
{
	const struct mn_fee_part own = *of;
	for (struct mn_str rest = list; rest.p && rest.n;) {
		struct mn_str name = mn_str_trim(mn_str_cut(&rest, ';'));
		if (name.n == 0)
			continue;
		struct mn_fee_part *p = new_part(e);
		*p = own;
		p->agent = true;
		name_part(e, p, name, MN_STR_NONE);
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
cut_part(struct mn_fee_employer *e, const struct mn_fee_ledger *ledger,
    const struct mn_fee_worker *w, const struct mn_fee_line *line,
    const struct mn_fee_row *row, uint32_t n, const int64_t whole_q16[2])
{
	struct mn_fee_part *p = new_part(e);
	*p = (struct mn_fee_part){.ledger = ledger,
	    .worker = e->workers,
	    .match_q16 = MN_FX_ONE,
	    .workers = row->named_worker ? 1 : row->workers,
	    .back_day = MN_DAY_NONE,
	    .rid = MN_RID_NONE};
	memcpy(p->origin, row->line.origin, sizeof p->origin);
	memcpy(p->destination, row->line.destination, sizeof p->destination);
	for (uint32_t i = 0; i < n; i++)
		add_line(e, p, &row[i]);
	for (uint32_t i = 0; i < p->n_money; i++) {
		struct mn_fee_money *m = &p->money[i];
		m->owed_e4 = m->paid_e4 - m->back_e4;
		m->payers = m->paid_e4 > 0;
		m->owed_workers = m->owed_e4 > 0;
	}
	name_part(e, p, least_text(row, n, offsetof(struct mn_fee_row, recruiter)),
	    least_text(row, n, offsetof(struct mn_fee_row, recruiter_country)));
	measure(e, p, w, line, n, whole_q16);
	if (row->agents.n)
		agents(e, p, row->agents);
}

static uint32_t
end_of_part(const struct mn_fee_row *row, uint32_t n, uint32_t from)
{
	uint32_t end = from + 1;
	while (end < n && row[from].part == row[end].part)
		end++;
	return end;
}

void
mn_fee_cut(struct mn_fee_employer *e, const struct mn_fee_ledger *ledger,
    struct mn_fee_row *row, uint32_t n, struct mn_arena scratch, struct mn_fee_worker *w)
{
	const struct mn_pack *p = e->run->pack;
	const struct mn_rates *rates = e->run->rates;
	for (uint32_t i = 0, end; i < n; i = end) {
		end = end_of_part(row, n, i);
		spread_back(row + i, end - i);
	}
	struct mn_fee_line *line = MN_NEW(&scratch, struct mn_fee_line, n);
	for (uint32_t i = 0; i < n; i++)
		line[i] = row[i].line;
	mn_fee_worker_of(p, rates, line, n, w);
	for (uint32_t i = 0; i < n; i++)
		row[i].line = line[i];
	const int64_t whole[2] = {mn_fee_part_months(p, rates, w, line, n, false),
	    mn_fee_part_months(p, rates, w, line, n, true)};
	for (uint32_t i = 0, end; i < n; i = end) {
		end = end_of_part(row, n, i);
		cut_part(e, ledger, w, line + i, row + i, end - i, whole);
	}
	e->workers++;
}

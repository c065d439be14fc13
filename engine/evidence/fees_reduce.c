/* Sorted fee rows to workers, ledgers and aggregates; one pass, one group at a time. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"

#include "fees.h"

#define LEDGER_PART \
	18 /* u16 source, 16 bytes of class and root: end of the ledger's key */
#define WORKER_PART 16
#define ROW_PART 16

/* Sums over workers; of one ledger, or of one recruiter and corridor. */
struct tally {
	uint32_t workers, payers, rows;
	uint32_t match_q16; /* of the row least surely joined */
	int64_t paid_e4, back_e4;
	int32_t back_day; /* last reimbursement */
	mn_rid first;     /* least rid: the citation */
	int64_t *months;  /* of assessable payers, Q16 */
	uint32_t n_months, cap;
	uint32_t no_wage;        /* payers whose wage is not stated */
	mn_rid first_no_wage;    /* least rid of such a worker */
	struct mn_str recruiter; /* the least spelling, so that no order shows */
};

#define TALLY_NONE \
	((struct tally){.match_q16 = MN_FX_ONE, \
	    .back_day = MN_DAY_NONE, \
	    .first = MN_RID_NONE, \
	    .first_no_wage = MN_RID_NONE})

struct row {
	mn_rid rid;
	int64_t amount, back, wage;
	uint32_t workers, match_q16;
	int32_t back_day;
	bool named_worker;
	struct mn_str recruiter, source_class, root;
};

struct reduce {
	struct mn_evidence_run *run;
	const struct mn_ev_sink *ev;
	struct mn_load *load;
	struct mn_arena a, root_arena;
	struct mn_buf last; /* key of the row before */
	/* The worker, the ledger and the aggregate being summed. */
	struct row worker;
	uint32_t worker_rows;
	struct tally ledger, all;
	struct mn_str source_class, root; /* of the ledger, in the arena */
	bool open;
};

static int
by_value(const void *pa, const void *pb, const void *ctx)
{
	const int64_t *a = pa, *b = pb;
	(void)ctx;
	return (*a > *b) - (*a < *b);
}

static void
tally_month(struct tally *t, struct mn_arena *a, int64_t months)
{
	if (t->n_months == t->cap) {
		uint32_t cap = t->cap ? 2 * t->cap : 64;
		int64_t *more = MN_NEW(a, int64_t, cap);
		if (t->n_months)
			memcpy(more, t->months, t->n_months * sizeof *more);
		t->months = more;
		t->cap = cap;
	}
	t->months[t->n_months++] = months;
}

/* Nearest-rank quantile of the sorted months: the smallest value that at least
 * num/den of the workers do not exceed. */
static int64_t
quantile(const struct tally *t, uint64_t num, uint64_t den)
{
	if (t->n_months == 0)
		return 0;
	uint64_t rank = (num * t->n_months + den - 1) / den;
	return t->months[rank ? rank - 1 : 0];
}

/* sum + a * n, held at the largest amount that can be written down. */
static int64_t
add_times(int64_t sum, int64_t a, uint32_t n)
{
	int64_t product, out;
	if (__builtin_mul_overflow(a, (int64_t)n, &product) ||
	    __builtin_add_overflow(sum, product, &out))
		return INT64_MAX;
	return out;
}

static void
tally_worker(struct reduce *x, struct tally *t)
{
	const struct row *w = &x->worker;
	t->rows += x->worker_rows;
	t->match_q16 = w->match_q16 < t->match_q16 ? w->match_q16 : t->match_q16;
	t->workers += w->workers;
	if (w->rid < t->first)
		t->first = w->rid;
	if (!t->recruiter.p || mn_str_cmp(w->recruiter, t->recruiter) < 0)
		t->recruiter = w->recruiter;
	if (w->amount <= 0)
		return;
	t->payers += w->workers;
	t->paid_e4 = add_times(t->paid_e4, w->amount, w->workers);
	t->back_e4 = add_times(t->back_e4, w->back, w->workers);
	if (w->wage <= 0) {
		t->no_wage += w->workers;
		t->first_no_wage = w->rid < t->first_no_wage ? w->rid : t->first_no_wage;
	}
	if (w->back > 0 && (t->back_day == MN_DAY_NONE || w->back_day > t->back_day))
		t->back_day = w->back_day;
	/* What was given back counts; a debt repaid in full keeps its size as the size of
	 * what happened, and the ledger's status says that it is closed. */
	int64_t net = w->amount - w->back > 0 ? w->amount - w->back : w->amount;
	int64_t months = mn_fee_months(net, w->wage);
	for (uint32_t i = 0; months >= 0 && i < w->workers; i++)
		tally_month(t, &x->a, months);
}

static void
end_worker(struct reduce *x)
{
	if (x->worker_rows == 0)
		return;
	tally_worker(x, &x->ledger);
	tally_worker(x, &x->all);
	x->worker_rows = 0;
}

static struct mn_eid
eid_of(struct mn_str key)
{
	struct mn_get g = mn_get(mn_str_sub(key, 0, 16));
	return mn_get_eid(&g);
}

/* Position among the fee files, so that a ledger's root does not depend on its name. */
static uint32_t
ledger_number(const struct mn_evidence_run *run, uint32_t src)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < src; i++)
		n += run->source[i].kind == MN_K_FEES;
	return n;
}

static struct mn_key
ledger_root(struct reduce *x, struct mn_str key)
{
	size_t name_end = 16 + mn_str_find_byte(mn_str_sub(key, 16, key.n), 0);
	struct mn_get g = mn_get(mn_str_sub(key, key.n - LEDGER_PART, 2));
	char number = (char)ledger_number(x->run, mn_get_u16(&g));
	if (x->root.n)
		return mn_hash128((struct mn_str[]){MN_S("root"), x->root}, 2);
	return mn_hash128((struct mn_str[]){MN_S("ledger"), mn_str_sub(key, 0, name_end),
			      mn_str(&number, 1)},
	    3);
}

/* One remark a ledger, at its first such row: a remark a worker would drown the rest. */
static void
remark_wages(struct reduce *x)
{
	const struct mn_stage *st = x->run->stage;
	const struct tally *t = &x->ledger;
	if (t->no_wage)
		st->note(st->ctx, t->first_no_wage, MN_E_FEE_NO_WAGE,
		    x->run->source[mn_rid_src(t->first_no_wage)].column[MN_F_WAGE],
		    MN_STR_NONE,
		    mn_arena_fmt(&x->a, "%u of %u workers who paid in this ledger",
			t->no_wage, t->payers));
}

static struct mn_str
ledger_label(struct reduce *x, const struct mn_p_fee_band *band)
{
	const struct tally *t = &x->ledger;
	if (t->payers == 0)
		return MN_S("asked about recruitment fees: none borne by workers");
	if (!band)
		return MN_S(
		    "workers paid for their recruitment; months of wage not assessable");
	return mn_arena_fmt(
	    &x->a, "workers paid for their recruitment: %.*s", MN_FMT(band->text));
}

/* One ledger of one employer and recruiter becomes one statement on debt bondage (I09).
 * The band is that of the upper quartile: what at least a quarter of the workers who paid
 * have borne (design value; the median would let a minority's debt vanish). */
static bool
ledger_evidence(struct reduce *x, struct mn_str key, struct mn_err *err)
{
	struct tally *t = &x->ledger;
	struct mn_record none = {.kind = MN_K_FEES, .rid = t->first};
	struct mn_ev_in in = {
	    x->run->pack, &none, eid_of(key), t->match_q16, x->run->stage->as_of};
	struct mn_evidence e = mn_make_base(&in);
	mn_sort(t->months, t->n_months, sizeof *t->months, by_value, NULL, x->a);
	const struct mn_p_fee_band *band = mn_fee_band(x->run->pack, quantile(t, 3, 4));
	struct mn_str class = x->source_class.n ? x->source_class : MN_S("fee_ledger");
	bool repaid = t->paid_e4 > 0 && t->back_e4 >= t->paid_e4;
	e.indicator = 8;
	e.direction = t->payers ? MN_ADVERSE : MN_CLEAR;
	e.strength = band ? (uint8_t)mn_pack_strength(band->strength) : MN_STRENGTH_NONE;
	e.source_class = mn_make_class(&in, x->ev, class, t->workers);
	e.status = repaid ? MN_CLOSED_ON_CLAIM : MN_OPEN;
	e.closed_day = repaid ? t->back_day : MN_DAY_NONE;
	e.cooccurrence = MN_CO_ENTITY;
	e.workers = t->payers;
	e.rows = t->rows;
	e.root = ledger_root(x, key);
	e.key = mn_hash128((struct mn_str[]){mn_str_sub(key, 0, key.n - LEDGER_PART),
			       mn_str_sub(key, key.n - LEDGER_PART + 2, 16)},
	    2);
	e.label = ledger_label(x, band);
	e.source = t->recruiter.n
		       ? mn_arena_fmt(&x->a, "recruiter %.*s", MN_FMT(t->recruiter))
		       : MN_S("recruiter not named");
	remark_wages(x);
	e.pack_row = band ? mn_arena_fmt(&x->a, "fee_bands/%.*s", MN_FMT(band->code))
			  : MN_S("fee_bands");
	e.field = MN_F_AMOUNT;
	return x->ev->add(x->ev->ctx, &e, err);
}

static uint32_t
at_or_over(const struct tally *t, int64_t months)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->n_months; i++)
		n += t->months[i] >= months << 16;
	return n;
}

static void
copy_code(char *to, size_t size, struct mn_str *rest)
{
	struct mn_str s = mn_str_cut(rest, 0);
	for (size_t i = 0; i < size; i++)
		to[i] = i + 1 < size && i < s.n ? s.p[i] : 0;
}

static bool
aggregate(struct reduce *x, struct mn_str key, struct mn_err *err)
{
	struct tally *t = &x->all;
	mn_sort(t->months, t->n_months, sizeof *t->months, by_value, NULL, x->a);
	struct mn_fee_stat f = {
	    .who = eid_of(key),
	    .recruiter = t->recruiter,
	    .workers = t->workers,
	    .payers = t->payers,
	    .assessable = t->n_months,
	    .rows = t->rows,
	    .median_q16 = quantile(t, 1, 2),
	    .q1_q16 = quantile(t, 1, 4),
	    .q3_q16 = quantile(t, 3, 4),
	    .max_q16 = quantile(t, 1, 1),
	    .over1 = at_or_over(t, 1),
	    .over3 = at_or_over(t, 3),
	    .over6 = at_or_over(t, 6),
	    .paid_e4 = t->paid_e4,
	    .reimbursed_e4 = t->back_e4,
	    .rid = t->first,
	};
	struct mn_str rest = mn_str_sub(key, 16, key.n - 16 - LEDGER_PART);
	struct mn_str folded = mn_str_cut(&rest, 0);
	copy_code(f.origin, sizeof f.origin, &rest);
	copy_code(f.destination, sizeof f.destination, &rest);
	copy_code(f.currency, sizeof f.currency, &rest);
	struct mn_buf k = mn_buf_new(1024), body = mn_buf_new(4096), pos = mn_buf_new(64);
	mn_fee_sort_key(&f, folded, &k);
	mn_fee_encode(&f, &body, &pos);
	bool good = mn_load_put(
	    x->load, mn_buf_str(&k), mn_buf_str(&body), mn_buf_str(&pos), err);
	mn_buf_free(&k);
	mn_buf_free(&body);
	mn_buf_free(&pos);
	return good;
}

static struct mn_str
ledger_key(struct mn_str key)
{
	return mn_str_sub(key, 0, key.n - WORKER_PART - ROW_PART);
}

/* Closes what the new key does not continue: worker, then ledger, then aggregate. */
static bool
close_groups(struct reduce *x, struct mn_str key, struct mn_err *err)
{
	struct mn_str last = mn_buf_str(&x->last);
	if (!x->open)
		return true;
	bool ledger = key.n && mn_str_eq(ledger_key(key), ledger_key(last));
	bool worker = ledger && mn_str_eq(mn_str_sub(key, 0, key.n - ROW_PART),
				    mn_str_sub(last, 0, last.n - ROW_PART));
	struct mn_str group =
	    mn_str_sub(last, 0, last.n - LEDGER_PART - WORKER_PART - ROW_PART);
	bool all = key.n == last.n && mn_str_starts(key, group);
	if (!worker)
		end_worker(x);
	if (!ledger && !ledger_evidence(x, ledger_key(last), err))
		return false;
	if (!all && !aggregate(x, ledger_key(last), err))
		return false;
	if (!all)
		x->a = x->root_arena;
	x->open = worker || ledger || all;
	if (!ledger)
		x->ledger = TALLY_NONE;
	if (!all)
		x->all = TALLY_NONE;
	return true;
}

static struct row
read_row(struct mn_str value)
{
	struct mn_get g = mn_get(value);
	struct row r = {.rid = mn_get_u64(&g)};
	r.amount = mn_get_i64(&g);
	r.back = mn_get_i64(&g);
	r.wage = mn_get_i64(&g);
	r.workers = mn_get_u32(&g);
	r.back_day = (int32_t)mn_get_u32(&g);
	r.match_q16 = mn_get_u32(&g);
	r.named_worker = mn_get_u8(&g);
	r.recruiter = mn_get_str(&g);
	r.source_class = mn_get_str(&g);
	r.root = mn_get_str(&g);
	return r;
}

static void
add_row(struct reduce *x, const struct row *r, bool new_ledger)
{
	struct row *w = &x->worker;
	if (new_ledger) {
		x->source_class = mn_arena_str(&x->a, r->source_class);
		x->root = mn_arena_str(&x->a, r->root);
	}
	if (x->worker_rows++ == 0) {
		*w = *r;
		w->recruiter = mn_arena_str(&x->a, r->recruiter);
		return;
	}
	w->amount += r->amount;
	w->back += r->back;
	w->wage = r->wage > w->wage ? r->wage : w->wage; /* the larger never overstates */
	w->back_day = r->back_day > w->back_day ? r->back_day : w->back_day;
	w->match_q16 = r->match_q16 < w->match_q16 ? r->match_q16 : w->match_q16;
	w->rid = r->rid < w->rid ? r->rid : w->rid;
}

static bool
visit(struct reduce *x, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	const struct mn_stage *st = x->run->stage;
	struct row r = read_row(value);
	if (x->open && r.named_worker && mn_str_eq(key, mn_buf_str(&x->last))) {
		st->note(
		    st->ctx, r.rid, MN_E_DUP_ROW, MN_STR_NONE, MN_STR_NONE, MN_STR_NONE);
		return true;
	}
	/* Lines without a worker's reference are workers of their own even when alike. */
	if (x->open && !r.named_worker && mn_str_eq(key, mn_buf_str(&x->last)))
		end_worker(x);
	bool new_ledger =
	    !x->open || !mn_str_eq(ledger_key(key), ledger_key(mn_buf_str(&x->last)));
	if (!close_groups(x, key, err))
		return false;
	add_row(x, &r, new_ledger);
	x->open = true;
	mn_buf_clear(&x->last);
	mn_buf_add(&x->last, key);
	return true;
}

bool
mn_fees_reduce(struct mn_evidence_run *run, struct mn_xsort *sorted,
    const struct mn_ev_sink *ev, struct mn_load *l, struct mn_err *err)
{
	struct reduce x = {.run = run, .ev = ev, .load = l, .last = mn_buf_new(4096)};
	x.a = x.root_arena = mn_arena_new((size_t)1 << 32, NULL);
	x.ledger = x.all = TALLY_NONE;
	struct mn_str key, value;
	int more;
	while ((more = mn_xsort_next(sorted, &key, &value, err)) == 1)
		if (!visit(&x, key, value, err))
			break;
	bool good = more == 0 && close_groups(&x, MN_STR_NONE, err);
	mn_buf_free(&x.last);
	mn_arena_free(x.root_arena);
	return good;
}

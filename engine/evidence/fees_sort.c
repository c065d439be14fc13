/* Fee rows, read and joined, one sorted record a row. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "fees.h"

#define RECRUITER_BYTES 200 /* of its folded name in a key */
#define AGENTS_BYTES 120

struct reading {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	struct mn_xsort *sorted;
	struct mn_buf fold, key, value;
	struct mn_arena scratch;
	const struct mn_fee_words *words;
};

static void
remark(struct reading *x, const struct mn_record *rec, enum mn_code code, enum mn_field f,
    struct mn_str detail)
{
	const struct mn_stage *st = x->run->stage;
	struct mn_str column =
	    f < MN_F_COUNT ? x->run->source[mn_rid_src(rec->rid)].column[f] : MN_STR_NONE;
	struct mn_str value = f < MN_F_COUNT ? rec->v[f] : MN_STR_NONE;
	st->note(st->ctx, rec->rid, code, column, value, detail);
}

/* Who bore the cost: an empty cell means the worker, because that is what a fee ledger is
 * a list of; a word that the pack does not know leaves the payer open. */
static void
payer(struct reading *x, const struct mn_record *rec, struct mn_fee_line *l)
{
	char who = 'w';
	if (rec->v[MN_F_PAID_BY].n)
		who = mn_fee_payer(x->words, rec->v[MN_F_PAID_BY], &x->fold);
	l->borne = who == 'w';
	l->payer_unknown = who == 0;
	if (who == 0)
		remark(x, rec, MN_E_CELL_VALUE, MN_F_PAID_BY,
		    MN_S("payer not known: not counted as the worker's"));
}

/* The kind of the cost by its own column, else by the description. */
static int32_t
category(struct reading *x, const struct mn_record *rec)
{
	static const enum mn_field TEXT[] = {MN_F_FEE_CATEGORY, MN_F_DESCRIPTION};
	enum mn_field told = MN_F_NONE;
	for (size_t i = 0; i < countof(TEXT); i++) {
		struct mn_str text = rec->v[TEXT[i]];
		int row = text.n ? mn_fee_category(x->words, text, &x->fold) : -1;
		if (row >= 0)
			return row;
		if (text.n && told == MN_F_NONE)
			told = TEXT[i];
	}
	if (told != MN_F_NONE)
		remark(x, rec, MN_E_FEE_WORD, told, MN_STR_NONE);
	return -1;
}

static void
copy_code(char *to, size_t size, struct mn_str s)
{
	memset(to, 0, size);
	if (s.n && s.n < size)
		memcpy(to, s.p, s.n);
}

static int64_t
wage(const struct mn_record *rec, enum mn_field f)
{
	int64_t e4;
	if (!mn_record_e4(rec, f, &e4) || e4 <= 0)
		return 0;
	return mn_fee_monthly(e4, mn_record_choice(rec, MN_F_WAGE_PERIOD));
}

static void
loan(const struct mn_record *rec, struct mn_fee_line *l)
{
	if (!mn_record_e4(rec, MN_F_LOAN_PRINCIPAL, &l->principal_e4) ||
	    l->principal_e4 < 0)
		l->principal_e4 = 0;
	if (!mn_record_q16(rec, MN_F_LOAN_APR, &l->apr_q16))
		l->apr_q16 = -1;
	if (!mn_record_count(rec, MN_F_CONTRACT_MONTHS, &l->contract_months) ||
	    l->contract_months > 1200)
		l->contract_months = 0;
	l->may_leave = (int8_t)mn_record_bool(rec, MN_F_MAY_LEAVE);
	l->receipt = (int8_t)mn_record_bool(rec, MN_F_RECEIPT);
}

/* False: the row is of the future, and not used. */
static bool
line_of(struct reading *x, const struct mn_record *rec, struct mn_fee_line *l)
{
	struct mn_str wc = rec->v[MN_F_WAGE_CURRENCY];
	*l = (struct mn_fee_line){
	    .rid = rec->rid, .paid_day = MN_DAY_NONE, .back_day = MN_DAY_NONE};
	if (mn_record_day(rec, MN_F_PAID_ON, &l->paid_day) &&
	    l->paid_day > x->run->stage->as_of) {
		remark(x, rec, MN_E_FUTURE, MN_F_PAID_ON, MN_STR_NONE);
		return false;
	}
	if (!mn_record_e4(rec, MN_F_AMOUNT, &l->amount_e4) || l->amount_e4 < 0)
		l->amount_e4 = 0;
	if (!mn_record_e4(rec, MN_F_REIMBURSED, &l->back_e4) || l->back_e4 < 0)
		l->back_e4 = 0;
	mn_record_day(rec, MN_F_REIMBURSED_ON, &l->back_day);
	payer(x, rec, l);
	l->category = category(x, rec);
	copy_code(l->currency, sizeof l->currency, rec->v[MN_F_CURRENCY]);
	copy_code(
	    l->wage_currency, sizeof l->wage_currency, wc.n ? wc : rec->v[MN_F_CURRENCY]);
	copy_code(l->origin, sizeof l->origin, rec->v[MN_F_ORIGIN]);
	copy_code(l->destination, sizeof l->destination, rec->v[MN_F_DESTINATION]);
	l->wage_e4 = wage(rec, MN_F_WAGE);
	l->actual_e4 = wage(rec, MN_F_WAGE_ACTUAL);
	loan(rec, l);
	return true;
}

static void
put_folded(struct reading *x, struct mn_str name, size_t most)
{
	mn_buf_clear(&x->fold);
	mn_fold_name(name, &x->fold);
	mn_buf_add(&x->key, mn_str_sub(mn_buf_str(&x->fold), 0, most));
	mn_buf_byte(&x->key, 0);
}

/* The row's content without its worker: pseudonyms are drawn anew for each run, and no
 * order may depend on them but that of workers. */
static struct mn_key
content(const struct mn_record *rec)
{
	struct mn_record bare = *rec;
	bare.v[MN_F_WORKER] = MN_STR_NONE;
	return mn_record_key(&bare, 0);
}

static void
put_key(struct reading *x, const struct mn_record *rec, struct mn_eid who)
{
	struct mn_buf *k = &x->key;
	struct mn_str ledger[2] = {rec->v[MN_F_SOURCE_CLASS], rec->v[MN_F_ROOT]};
	struct mn_str worker = rec->v[MN_F_WORKER];
	struct mn_key own = content(rec);
	mn_buf_clear(k);
	mn_put_eid(k, who);
	mn_put_u16(k, (uint16_t)mn_rid_src(rec->rid));
	mn_put_key(k, mn_hash128(ledger, 2));
	/* A line without a worker's reference stands for workers of its own. */
	mn_put_key(k, worker.n ? mn_hash128(&worker, 1) : own);
	put_folded(x, rec->v[MN_F_RECRUITER], RECRUITER_BYTES);
	put_folded(x, rec->v[MN_F_AGENTS], AGENTS_BYTES);
	mn_buf_add(k, mn_str_sub(rec->v[MN_F_ORIGIN], 0, 2));
	mn_buf_byte(k, 0);
	mn_buf_add(k, mn_str_sub(rec->v[MN_F_DESTINATION], 0, 2));
	mn_buf_byte(k, 0);
	mn_put_key(k, own);
}

static bool
put_row(struct reading *x, const struct mn_record *rec, const struct mn_join *join,
    struct mn_err *err)
{
	int64_t workers = 1;
	struct mn_fee_row row = {.match_q16 = join->match_q16,
	    .named_worker = rec->v[MN_F_WORKER].n > 0,
	    .recruiter = rec->v[MN_F_RECRUITER],
	    .recruiter_country = rec->v[MN_F_RECRUITER_COUNTRY],
	    .agents = rec->v[MN_F_AGENTS],
	    .source_class = rec->v[MN_F_SOURCE_CLASS],
	    .root = rec->v[MN_F_ROOT]};
	if (!line_of(x, rec, &row.line))
		return true;
	if (!row.named_worker && mn_record_count(rec, MN_F_WORKERS, &workers) &&
	    workers < 1)
		workers = 1;
	row.workers = (uint32_t)(workers > 1000000 ? 1000000 : workers);
	put_key(x, rec, join->who);
	mn_buf_clear(&x->value);
	mn_fee_row_put(&x->value, &row);
	return mn_xsort_add(x->sorted, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

static bool
one_row(struct reading *x, struct mn_str spooled, mn_rid rid, struct mn_err *err)
{
	struct mn_record rec;
	struct mn_join join;
	if (!mn_record_decode(mn_str_sub(spooled, 1, spooled.n), rid, &rec, err) ||
	    !mn_join_row(x->r, x->run->pack, &rec, x->scratch, &join, err))
		return false;
	if (join.n != 1 || join.match_q16 < x->run->pack->k.attach_m) {
		remark(x, &rec, join.n ? MN_E_AMBIGUOUS : MN_E_UNJOINED, MN_F_ENTITY,
		    rec.v[MN_F_ENTITY_NAME]);
		return true;
	}
	return put_row(x, &rec, &join, err);
}

bool
mn_fees_sort(struct mn_evidence_run *run, struct mn_reader *r, struct mn_xsort *sorted,
    struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(8u << 20, NULL);
	struct reading x = {.run = run,
	    .r = r,
	    .sorted = sorted,
	    .fold = mn_buf_new(4 * (size_t)MN_MAX_CELL),
	    .key = mn_buf_new(4096),
	    .value = mn_buf_new(MN_MAX_RECORD),
	    .scratch = root};
	x.words = mn_fee_words_new(run->pack, &x.scratch);
	struct mn_str key, value;
	int more;
	while ((more = mn_xsort_next(run->fees, &key, &value, err)) == 1) {
		struct mn_get g = mn_get(key);
		if (!one_row(&x, value, mn_get_u64(&g), err))
			break;
	}
	mn_buf_free(&x.fold);
	mn_buf_free(&x.key);
	mn_buf_free(&x.value);
	mn_arena_free(root);
	return more == 0 && mn_xsort_finish(sorted, err);
}

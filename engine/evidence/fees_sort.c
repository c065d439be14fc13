/* Fee rows, read and joined, one sorted record a row. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/text/fold.h"

#include "fees.h"

struct reading {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	struct mn_xsort *sorted;
	struct mn_buf fold, key, value;
	struct mn_arena scratch;
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
static bool
worker_paid(struct reading *x, const struct mn_record *rec)
{
	const struct mn_pack *p = x->run->pack;
	if (rec->v[MN_F_PAID_BY].n == 0)
		return true;
	mn_buf_clear(&x->fold);
	mn_fold_words(rec->v[MN_F_PAID_BY], &x->fold);
	for (uint32_t i = 0; i < p->n_payer; i++)
		for (uint32_t k = 0; k < p->payer[i].words.n; k++)
			if (mn_str_eq(p->payer[i].words.v[k], mn_buf_str(&x->fold)))
				return mn_str_eq(p->payer[i].payer, MN_S("worker"));
	remark(x, rec, MN_E_CELL_VALUE, MN_F_PAID_BY,
	    MN_S("payer not known: not counted as the worker's"));
	return false;
}

/* The ILO category of a line, or NULL. Codes are taken as they are, words by the table.
 */
static const struct mn_p_fee_category *
category(struct reading *x, struct mn_str text)
{
	const struct mn_pack *p = x->run->pack;
	struct mn_str code = MN_STR_NONE;
	mn_buf_clear(&x->fold);
	mn_fold_words(text, &x->fold);
	for (uint32_t i = 0; i < p->n_fee_word && !code.n; i++)
		for (uint32_t k = 0; k < p->fee_word[i].words.n; k++)
			if (mn_str_eq(p->fee_word[i].words.v[k], mn_buf_str(&x->fold)))
				code = p->fee_word[i].category;
	for (uint32_t i = 0; i < p->n_fee_category; i++)
		if (mn_str_eq_ascii(p->fee_category[i].code, code.n ? code : text))
			return &p->fee_category[i];
	return NULL;
}

/* Interest and lenders' charges are no recruitment cost (SDG 10.7.1); everything else is.
 */
static bool
is_cost(struct reading *x, const struct mn_record *rec)
{
	struct mn_str text = rec->v[MN_F_FEE_CATEGORY];
	if (text.n == 0)
		text = rec->v[MN_F_DESCRIPTION];
	const struct mn_p_fee_category *c = text.n ? category(x, text) : NULL;
	if (!c && rec->v[MN_F_FEE_CATEGORY].n)
		remark(x, rec, MN_E_FEE_WORD, MN_F_FEE_CATEGORY, MN_STR_NONE);
	return !c || !mn_str_eq(c->class, MN_S("finance"));
}

/* Monthly wage in the currency of the fee, 0 unknown. Another line of the same worker may
 * state it, so only a wage that cannot be compared is remarked on here. */
static int64_t
wage_of(struct reading *x, const struct mn_record *rec)
{
	struct mn_str wc = rec->v[MN_F_WAGE_CURRENCY], fc = rec->v[MN_F_CURRENCY];
	int64_t wage;
	if (!mn_record_e4(rec, MN_F_WAGE, &wage) || wage <= 0)
		return 0;
	if (wc.n && !mn_str_eq(wc, fc)) {
		remark(x, rec, MN_E_FEE_CURRENCY, MN_F_WAGE_CURRENCY, MN_STR_NONE);
		return 0;
	}
	return mn_fee_monthly(wage, mn_record_choice(rec, MN_F_WAGE_PERIOD));
}

static void
put_key(struct reading *x, const struct mn_record *rec, struct mn_eid who)
{
	struct mn_buf *k = &x->key;
	static const enum mn_field PART[] = {
	    MN_F_ORIGIN, MN_F_DESTINATION, MN_F_CURRENCY};
	mn_buf_clear(k);
	mn_put_eid(k, who);
	mn_buf_clear(&x->fold);
	mn_fold_name(rec->v[MN_F_RECRUITER], &x->fold);
	mn_buf_add(k, mn_str_sub(mn_buf_str(&x->fold), 0, 200));
	mn_buf_byte(k, 0);
	for (size_t i = 0; i < countof(PART); i++) {
		mn_buf_add(k, mn_str_sub(rec->v[PART[i]], 0, 3));
		mn_buf_byte(k, 0);
	}
	struct mn_str ledger[2] = {rec->v[MN_F_SOURCE_CLASS], rec->v[MN_F_ROOT]};
	mn_put_u16(k, (uint16_t)mn_rid_src(rec->rid));
	mn_put_key(k, mn_hash128(ledger, 2));
	/* A line without a worker's reference stands for workers of its own. */
	struct mn_key own = mn_record_key(rec, 0);
	struct mn_str worker = rec->v[MN_F_WORKER];
	mn_put_key(k, worker.n ? mn_hash128(&worker, 1) : own);
	mn_put_key(k, own);
}

static bool
put_row(struct reading *x, const struct mn_record *rec, const struct mn_join *join,
    struct mn_err *err)
{
	struct mn_buf *v = &x->value;
	int64_t amount = 0, back = 0, workers = 1;
	int32_t day = MN_DAY_NONE, back_day = MN_DAY_NONE;
	mn_record_e4(rec, MN_F_AMOUNT, &amount);
	if (mn_record_day(rec, MN_F_PAID_ON, &day) && day > x->run->stage->as_of) {
		remark(x, rec, MN_E_FUTURE, MN_F_PAID_ON, MN_STR_NONE);
		return true;
	}
	bool borne = worker_paid(x, rec) && is_cost(x, rec);
	if (mn_record_e4(rec, MN_F_REIMBURSED, &back) && back > amount)
		back = amount;
	mn_record_day(rec, MN_F_REIMBURSED_ON, &back_day);
	if (rec->v[MN_F_WORKER].n == 0 && mn_record_count(rec, MN_F_WORKERS, &workers) &&
	    workers < 1)
		workers = 1;
	put_key(x, rec, join->who);
	mn_buf_clear(v);
	mn_put_u64(v, rec->rid);
	mn_put_i64(v, borne ? amount : 0);
	mn_put_i64(v, borne ? back : 0);
	mn_put_i64(v, borne ? wage_of(x, rec) : 0);
	mn_put_u32(v, (uint32_t)(workers > 1000000 ? 1000000 : workers));
	mn_put_u32(v, (uint32_t)back_day);
	mn_put_u32(v, join->match_q16);
	mn_put_u8(v, rec->v[MN_F_WORKER].n > 0);
	mn_put_str(v, rec->v[MN_F_RECRUITER]);
	mn_put_str(v, rec->v[MN_F_SOURCE_CLASS]);
	mn_put_str(v, rec->v[MN_F_ROOT]);
	return mn_xsort_add(x->sorted, mn_buf_str(&x->key), mn_buf_str(v), err);
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
	struct reading x = {run, r, sorted, mn_buf_new(MN_MAX_CELL), mn_buf_new(4096),
	    mn_buf_new(MN_MAX_RECORD), mn_arena_new(1u << 20, NULL)};
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
	mn_arena_free(x.scratch);
	return more == 0 && mn_xsort_finish(sorted, err);
}

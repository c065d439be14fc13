/*
 * Stage evidence: rows of inspections, findings, watchlists and fee ledgers, joined to
 * entities, sorted, and loaded as EV, FEE and GATE.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"

#include "fees.h"
#include "stage.h"
#include "survey.h"
#include "told.h"

/* ---- sorting and loading: value = u32 length of body, body, pos ---- */

bool
mn_stage_sorted(struct stage *x, struct mn_xsort *s, struct mn_err *err)
{
	mn_buf_clear(&x->value);
	mn_put_str(&x->value, mn_buf_str(&x->body));
	mn_buf_add(&x->value, mn_buf_str(&x->pos));
	return mn_xsort_add(s, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

void
mn_stage_clear(struct stage *x)
{
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->body);
	mn_buf_clear(&x->pos);
}

bool
mn_stage_say(void *ctx, const struct mn_evidence *e, struct mn_err *err)
{
	struct stage *x = ctx;
	struct mn_evidence told = *e;
	bool shown;
	if (!mn_evidence_told(x->run, x->r, x->lookup, &told, &shown, err))
		return false;
	if (!shown)
		return true;
	mn_stage_clear(x);
	mn_evidence_sort_key(&told, &x->key);
	mn_evidence_encode(&told, &x->body, &x->pos);
	return mn_stage_sorted(x, x->ev, err);
}

void
mn_stage_remark(struct stage *x, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	const struct mn_stage *st = x->run->stage;
	if (!x->rec)
		return;
	const struct mn_source *src = &x->run->source[mn_rid_src(x->rec->rid)];
	st->note(st->ctx, x->rec->rid, code,
	    f < MN_F_COUNT ? src->column[f] : MN_STR_NONE, value, detail);
}

void
mn_stage_note(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	mn_stage_remark(ctx, code, f, value, detail);
}

/* Of two rows of one key, which are the same statement, the later in its file is told. */
static void
remark_again(struct stage *x, struct mn_str pos)
{
	const struct mn_stage *st = x->run->stage;
	struct mn_get g = mn_get(pos);
	st->note(
	    st->ctx, mn_get_u64(&g), MN_E_DUP_ROW, MN_STR_NONE, MN_STR_NONE, MN_STR_NONE);
}

/* Loads sorted rows, each statement once. */
static bool
load_sorted(struct stage *x, struct mn_xsort *s, enum mn_table t, struct mn_err *err)
{
	struct mn_load *l = mn_load_begin(x->run->stage->gen, t, err);
	struct mn_str key, value;
	struct mn_buf last = mn_buf_new(4096);
	int more = -1;
	while (l && (more = mn_xsort_next(s, &key, &value, err)) == 1) {
		struct mn_get g = mn_get(value);
		struct mn_str body = mn_get_str(&g);
		struct mn_str pos = mn_str_sub(value, 4 + body.n, value.n);
		if (last.n && mn_str_eq(key, mn_buf_str(&last))) {
			remark_again(x, pos);
			continue;
		}
		if (!mn_load_put(l, key, body, pos, err))
			break;
		mn_buf_clear(&last);
		mn_buf_add(&last, key);
	}
	mn_buf_free(&last);
	if (more == 0)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

/* ---- rows ---- */

typedef bool evidence_fn(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err);

static bool
with_join(struct stage *x, const struct mn_join *join, enum mn_field f, evidence_fn *fn)
{
	const struct mn_pack *p = x->run->pack;
	const struct mn_ev_sink sink = {mn_stage_say, x, mn_stage_note};
	if (join->n == 0) {
		mn_stage_remark(x, MN_E_UNJOINED, f, x->rec->v[f], MN_STR_NONE);
		return true;
	}
	if (join->n > 1 || join->match_q16 < p->k.attach_m) {
		mn_stage_remark(x, MN_E_AMBIGUOUS, f, x->rec->v[f], MN_STR_NONE);
		return true;
	}
	struct mn_ev_in in = {
	    p, x->rec, join->who, join->match_q16, x->run->stage->as_of};
	return fn(&in, &sink, x->scratch, x->err);
}

static enum mn_field
whom_field(const struct mn_record *rec)
{
	return rec->v[MN_F_ENTITY].n ? MN_F_ENTITY : MN_F_ENTITY_NAME;
}

static bool
finding(struct stage *x)
{
	struct mn_join join;
	return mn_join_row(x->r, x->run->pack, x->rec, x->scratch, &join, x->err) &&
	       with_join(x, &join, whom_field(x->rec), mn_evidence_of_finding);
}

static bool
inspection(struct stage *x)
{
	struct mn_join join = {.n = 0};
	bool waits = mn_case_waits(x->rec);
	if (!waits && !mn_join_row(x->r, x->run->pack, x->rec, x->scratch, &join, x->err))
		return false;
	return mn_cases_add(&x->cases, x->rec, &join, x->err) &&
	       (waits ||
		   with_join(x, &join, whom_field(x->rec), mn_evidence_of_inspection));
}

bool
mn_stage_row(struct stage *x, mn_rid rid, struct mn_record *rec)
{
	return mn_row_record(x->r, rid, rec, x->err);
}

/* A row that names nobody, once its case is known. Why the site was chosen stands with
 * the inspection. */
static bool
case_found(void *ctx, mn_rid rid, const struct mn_join *join, unsigned selection,
    struct mn_err *err)
{
	struct stage *x = ctx;
	struct mn_record rec;
	(void)err; /* the stage's own */
	if (!mn_stage_row(x, rid, &rec))
		return false;
	if (rec.v[MN_F_SELECTION].n == 0 && selection != MN_SEL_UNSTATED)
		rec.v[MN_F_SELECTION] = mn_str_c(mn_selection_name(selection));
	x->rec = &rec;
	bool good = with_join(x, join, MN_F_CASE_ID, mn_evidence_of_inspection);
	x->rec = NULL;
	return good;
}

static bool
cases(struct stage *x)
{
	const struct mn_case_sink sink = {case_found, x};
	return mn_cases_load(&x->cases, &sink, x->err);
}

static bool
done(struct stage *x)
{
	const struct mn_doing_row row = {x->run, x->r, x->rec, x->scratch};
	return mn_done_add(&x->done, &row, x->err);
}

/* By enum mn_kind. */
static bool (*const ROW_FN[MN_K_COUNT])(struct stage *) = {
    [MN_K_INSPECTIONS] = inspection,
    [MN_K_FINDINGS] = finding,
    [MN_K_WATCHLIST] = mn_stage_entry,
    [MN_K_ACTIVITIES] = done,
    [MN_K_ACTIONS] = done,
    [MN_K_TRAINING] = done,
    [MN_K_REMEDIATION] = done,
    [MN_K_PROFILE] = done,
};

static bool
rows(struct stage *x)
{
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_REC, MN_STR_NONE, x->err);
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, NULL, x->err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		if (!mn_record_decode(body, mn_get_u64(&g), &rec, x->err))
			break;
		x->rec = &rec;
		if (ROW_FN[rec.kind] && !ROW_FN[rec.kind](x))
			break;
	}
	x->rec = NULL;
	mn_scan_close(scan);
	return more == 0;
}

/* ---- what entities say themselves ---- */

static bool
entities(struct stage *x)
{
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_ENT, MN_STR_NONE, x->err);
	struct mn_str k, body, pos;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &k, &body, &pos, x->err)) == 1) {
		struct mn_arena a = x->scratch;
		struct mn_entity e;
		struct mn_get g = mn_get(k);
		if (!mn_entity_decode(mn_get_eid(&g), body, pos, &a, &e, x->err) ||
		    !mn_stage_licence(x, &e, &a) || !mn_stage_regions(x, &e, &a))
			break;
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
fees(struct stage *x)
{
	const struct mn_stage *st = x->run->stage;
	const struct mn_ev_sink sink = {mn_stage_say, x, mn_stage_note};
	struct mn_xsort *sorted = mn_xsort_new(st->work_dir, st->sort_bytes, x->err);
	struct mn_xsort *fee =
	    sorted ? mn_xsort_new(st->work_dir, st->sort_bytes, x->err) : NULL;
	bool good = fee && mn_fees_sort(x->run, x->r, sorted, x->err) &&
		    mn_fees_reduce(x->run, x->r, sorted, &sink, fee, x->err) &&
		    mn_xsort_finish(fee, x->err) &&
		    load_sorted(x, fee, MN_TAB_FEE, x->err);
	mn_xsort_free(sorted);
	mn_xsort_free(fee);
	return good;
}

static bool
put_lens(void *ctx, const struct mn_lens_stat *s, struct mn_err *err)
{
	struct mn_buf k = mn_buf_new(256), body = mn_buf_new(4096), pos = mn_buf_new(64);
	mn_lens_stat_sort_key(s, &k);
	mn_lens_stat_encode(s, &body, &pos);
	bool good =
	    mn_load_put(ctx, mn_buf_str(&k), mn_buf_str(&body), mn_buf_str(&pos), err);
	mn_buf_free(&k);
	mn_buf_free(&body);
	mn_buf_free(&pos);
	return good;
}

static bool
surveys(struct stage *x)
{
	const struct mn_stage *st = x->run->stage;
	const struct mn_ev_sink sink = {mn_stage_say, x, mn_stage_note};
	if (!x->run->surveys)
		return true;
	struct mn_arena a = x->lookup;
	const struct mn_lens_plan *plan = mn_lens_plan(x->run->pack, &a);
	struct mn_xsort *sorted = mn_xsort_new(st->work_dir, st->sort_bytes, x->err);
	bool good = sorted && mn_survey_sort(x->run, x->r, plan, sorted, x->err);
	struct mn_load *l = good ? mn_load_begin(st->gen, MN_TAB_LENS, x->err) : NULL;
	const struct mn_lens_sink lens = {put_lens, l};
	good = l && mn_survey_reduce(x->run, plan, sorted, &sink, &lens, x->err);
	mn_xsort_free(sorted);
	if (good)
		return mn_load_end(l, x->err);
	mn_load_abort(l);
	return false;
}

bool
mn_stage_evidence(struct mn_evidence_run *run, struct mn_err *err)
{
	const struct mn_stage *st = run->stage;
	struct stage x = {.run = run,
	    .err = err,
	    .key = mn_buf_new(4096),
	    .body = mn_buf_new(MN_MAX_RECORD),
	    .pos = mn_buf_new(4096),
	    .value = mn_buf_new(MN_MAX_RECORD),
	    .r = mn_reader_open(st->gen, err)};
	struct mn_arena scratch = mn_arena_new(64u << 20, NULL);
	struct mn_arena lookup = mn_arena_new(64u << 20, NULL);
	x.scratch = scratch;
	x.lookup = lookup;
	x.placing = (struct mn_placing){run->pack, mn_regions_new(run->pack, &x.scratch),
	    mn_goods_new(run->pack, &x.scratch), st->as_of};
	x.places = MN_NEW(&x.scratch, struct mn_places, 1);
	x.ev = x.r ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	x.gate = x.ev ? mn_xsort_new(st->work_dir, st->sort_bytes, err) : NULL;
	x.cases.run = run;
	bool good = x.gate && mn_editions_read(run, x.r, &x.scratch, &x.editions, err) &&
		    mn_done_begin(&x.done, run, err) && rows(&x) && cases(&x) &&
		    entities(&x) && fees(&x) && surveys(&x) &&
		    mn_done_load(&x.done, run, err) && mn_xsort_finish(x.ev, err) &&
		    mn_xsort_finish(x.gate, err) &&
		    load_sorted(&x, x.ev, MN_TAB_EV, err) &&
		    load_sorted(&x, x.gate, MN_TAB_GATE, err);
	mn_done_free(&x.done);
	mn_cases_free(&x.cases);
	mn_xsort_free(x.ev);
	mn_xsort_free(x.gate);
	mn_arena_free(scratch);
	mn_arena_free(lookup);
	mn_buf_free(&x.key);
	mn_buf_free(&x.body);
	mn_buf_free(&x.pos);
	mn_buf_free(&x.value);
	mn_reader_close(x.r);
	return good;
}

/* Survey rows, read and joined, one sorted record a row. */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "survey.h"

struct reading {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	const struct mn_lens_plan *plan;
	struct mn_xsort *sorted;
	struct mn_buf key, value;
	struct mn_arena scratch;
	const struct mn_record *rec; /* the row at hand */
	uint32_t
	    no_period_src; /* of the file whose lack was told last; a remark a file */
};

static void
remark(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	struct reading *x = ctx;
	const struct mn_stage *st = x->run->stage;
	mn_rid rid = x->rec->rid;
	struct mn_str column =
	    f < MN_F_COUNT ? x->run->source[mn_rid_src(rid)].column[f] : MN_STR_NONE;
	st->note(st->ctx, rid, code, column, value, detail);
}

/* ---- keys ---- */

/* Position among the survey files, so that a survey does not depend on its name. */
static char
file_number(const struct mn_evidence_run *run, uint32_t src)
{
	unsigned n = 0;
	for (uint32_t i = 0; i < src; i++)
		n += run->source[i].kind == MN_K_SURVEY;
	return (char)n;
}

static struct mn_key
survey_of(const struct mn_evidence_run *run, const struct mn_record *rec)
{
	char number = file_number(run, mn_rid_src(rec->rid));
	struct mn_str class = rec->v[MN_F_SOURCE_CLASS], root = rec->v[MN_F_ROOT];
	if (root.n)
		return mn_hash128((struct mn_str[]){MN_S("survey root"), root, class}, 3);
	return mn_hash128(
	    (struct mn_str[]){MN_S("survey file"), mn_str(&number, 1), class}, 3);
}

void
mn_answer_key(const struct mn_evidence_run *run, const struct mn_record *rec,
    struct mn_eid who, struct mn_buf *key)
{
	struct mn_str worker = rec->v[MN_F_WORKER];
	mn_put_eid(key, who);
	mn_put_key(key, survey_of(run, rec));
	/* A row without a worker's reference is a worker of its own. */
	mn_put_u8(key, worker.n > 0);
	mn_put_key(key, worker.n ? mn_hash128(&worker, 1) : (struct mn_key){0, rec->rid});
}

static bool
put_row(struct reading *x, const struct mn_join *join, struct mn_err *err)
{
	struct mn_answer w;
	const struct mn_record *rec = x->rec;
	const struct mn_ev_sink sink = {NULL, x, remark};
	if (!mn_answer_read(x->run->pack, x->plan, x->run->stage->as_of, rec, &sink, &w))
		return true;
	if (w.period == 0 && x->no_period_src != mn_rid_src(rec->rid)) {
		x->no_period_src = mn_rid_src(rec->rid);
		remark(x, MN_E_SURVEY_PERIOD, MN_F_REFERENCE_PERIOD, MN_STR_NONE,
		    MN_STR_NONE);
	}
	w.match_q16 = join->match_q16;
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->value);
	mn_answer_key(x->run, rec, join->who, &x->key);
	mn_answer_put(&w, &x->value);
	return mn_xsort_add(x->sorted, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

static bool
one_row(struct reading *x, struct mn_str spooled, mn_rid rid, struct mn_err *err)
{
	struct mn_record rec;
	struct mn_join join;
	if (!mn_record_decode(spooled, rid, &rec, err) ||
	    !mn_join_row(x->r, x->run->pack, &rec, x->scratch, &join, err))
		return false;
	x->rec = &rec;
	if (join.n == 1 && join.match_q16 >= x->run->pack->k.attach_m)
		return put_row(x, &join, err);
	enum mn_field f = rec.v[MN_F_ENTITY].n ? MN_F_ENTITY : MN_F_ENTITY_NAME;
	remark(x, join.n ? MN_E_AMBIGUOUS : MN_E_UNJOINED, f, rec.v[f], MN_STR_NONE);
	return true;
}

bool
mn_survey_sort(struct mn_evidence_run *run, struct mn_reader *r,
    const struct mn_lens_plan *plan, struct mn_xsort *sorted, struct mn_err *err)
{
	struct reading x = {.run = run,
	    .r = r,
	    .plan = plan,
	    .sorted = sorted,
	    .key = mn_buf_new(256),
	    .value = mn_buf_new(MN_MAX_RECORD),
	    .scratch = mn_arena_new(1u << 20, NULL),
	    .no_period_src = UINT32_MAX};
	struct mn_str key, value;
	int more;
	while ((more = mn_xsort_next(run->surveys, &key, &value, err)) == 1) {
		struct mn_get g = mn_get(key);
		if (!one_row(&x, value, mn_get_u64(&g), err))
			break;
	}
	mn_buf_free(&x.key);
	mn_buf_free(&x.value);
	mn_arena_free(x.scratch);
	return more == 0 && mn_xsort_finish(sorted, err);
}

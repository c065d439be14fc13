/*
 * Stage evidence: rows of inspections, findings, watchlists and fee ledgers, joined to
 * entities, sorted, and loaded as EV, FEE and GATE.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "cases.h"
#include "done.h"
#include "editions.h"
#include "fees.h"
#include "places.h"
#include "told.h"
#include "survey.h"

struct stage {
	struct mn_evidence_run *run;
	struct mn_reader *r;
	struct mn_doing done;
	struct mn_xsort *ev, *gate;
	struct mn_cases cases;
	const struct mn_record *rec; /* the row at hand */
	struct mn_placing placing;
	const struct mn_editions *editions; /* NULL: no register has several */
	struct mn_places *places;
	struct mn_buf key, body, pos, value;
	struct mn_arena scratch;
	struct mn_arena lookup; /* scratch inside a visit, while `scratch` is lent out */
	struct mn_err *err;
};

/* ---- sorting and loading: value = u32 length of body, body, pos ---- */

static bool
add_sorted(struct stage *x, struct mn_xsort *s, struct mn_err *err)
{
	mn_buf_clear(&x->value);
	mn_put_str(&x->value, mn_buf_str(&x->body));
	mn_buf_add(&x->value, mn_buf_str(&x->pos));
	return mn_xsort_add(s, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

static void
clear(struct stage *x)
{
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->body);
	mn_buf_clear(&x->pos);
}

static bool
add_evidence(void *ctx, const struct mn_evidence *e, struct mn_err *err)
{
	struct stage *x = ctx;
	struct mn_evidence told = *e;
	bool shown;
	if (!mn_evidence_told(x->run, x->r, x->lookup, &told, &shown, err))
		return false;
	if (!shown)
		return true;
	clear(x);
	mn_evidence_sort_key(&told, &x->key);
	mn_evidence_encode(&told, &x->body, &x->pos);
	return add_sorted(x, x->ev, err);
}

static void
remark(struct stage *x, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	const struct mn_stage *st = x->run->stage;
	if (!x->rec)
		return;
	const struct mn_source *src = &x->run->source[mn_rid_src(x->rec->rid)];
	st->note(st->ctx, x->rec->rid, code,
	    f < MN_F_COUNT ? src->column[f] : MN_STR_NONE, value, detail);
}

static void
note_evidence(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	remark(ctx, code, f, value, detail);
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
	const struct mn_ev_sink sink = {add_evidence, x, note_evidence};
	if (join->n == 0) {
		remark(x, MN_E_UNJOINED, f, x->rec->v[f], MN_STR_NONE);
		return true;
	}
	if (join->n > 1 || join->match_q16 < p->k.attach_m) {
		remark(x, MN_E_AMBIGUOUS, f, x->rec->v[f], MN_STR_NONE);
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

static bool row_of(struct stage *x, mn_rid rid, struct mn_record *rec);

/* A row that names nobody, once its case is known. Why the site was chosen stands with
 * the inspection. */
static bool
case_found(void *ctx, mn_rid rid, const struct mn_join *join, unsigned selection,
    struct mn_err *err)
{
	struct stage *x = ctx;
	struct mn_record rec;
	(void)err; /* the stage's own */
	if (!row_of(x, rid, &rec))
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

struct entry {
	struct stage *x;
	struct mn_gate_fact fact;
	enum mn_gate_status dates;
	struct mn_key key[MN_HANDLES];
	size_t n_key; /* 0: not yet asked for */
};

struct subject {
	struct mn_key *key; /* handles, that of the merged record first */
	size_t n;
	struct mn_str name;
};

static bool
row_of(struct stage *x, mn_rid rid, struct mn_record *rec)
{
	char raw[8];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body;
	mn_put_u64(&key, rid);
	return mn_reader_get(x->r, MN_TAB_REC, mn_buf_str(&key), &body, NULL, x->err) ==
		   1 &&
	       mn_record_decode(body, rid, rec, x->err);
}

static bool
row_handles(struct stage *x, mn_rid rid, struct subject *s)
{
	struct mn_record rec;
	if (!row_of(x, rid, &rec))
		return false;
	s->n += mn_decision_subjects(&rec, s->key + s->n);
	return true;
}

static bool
entity_of(struct stage *x, struct mn_eid who, struct mn_arena *a, struct mn_entity *e)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body, pos;
	mn_put_eid(&key, who);
	return mn_reader_get(x->r, MN_TAB_ENT, mn_buf_str(&key), &body, &pos, x->err) ==
		   1 &&
	       mn_entity_decode(who, body, pos, a, e, x->err);
}

/* The merged record takes its id from the fullest row, and which that is may change: so
 * where there are decisions, the handles of all rows are tried. */
static bool
subject_of(struct stage *x, struct mn_eid who, bool all_rows, struct mn_arena *a,
    struct subject *s)
{
	struct mn_entity e;
	if (!entity_of(x, who, a, &e))
		return false;
	uint32_t rows = all_rows && e.n_member > 1 ? e.n_member : 0;
	s->key = MN_NEW(a, struct mn_key, MN_HANDLES * (1 + (size_t)rows));
	s->n = mn_decision_subjects(&e.rec, s->key);
	s->name = e.rec.v[MN_F_NAME];
	for (uint32_t i = 0; i < rows; i++)
		if (!row_handles(x, e.member[i], s))
			return false;
	return true;
}

static void
remark_decision(
    struct stage *x, enum mn_code code, const struct mn_gate_fact *f, struct mn_str name)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	mn_buf_fmt(&b, "%.*s: ", MN_FMT(name));
	mn_gate_decided_text(f, &b);
	remark(x, code, MN_F_NAME, f->entry, mn_buf_str(&b));
	mn_buf_free(&b);
}

/* Most entries meet nobody and need no keys. */
static void
key_entry(struct stage *x, struct entry *e)
{
	if (e->n_key)
		return;
	e->n_key = mn_decision_entries(x->rec, e->key);
	e->fact.entry_key = e->key[0];
	e->fact.entry_print = mn_decision_print(x->rec, x->lookup);
}

static bool
decide(struct stage *x, struct entry *e)
{
	static const struct mn_decisions NO_DECISIONS;
	const struct mn_decisions *d =
	    x->run->decisions ? x->run->decisions : &NO_DECISIONS;
	struct mn_arena a = x->lookup;
	struct subject s = {.n = 0};
	key_entry(x, e);
	if (!subject_of(x, e->fact.who, d->n > 0, &a, &s))
		return false;
	e->fact.subject = s.n ? s.key[0] : (struct mn_key){0, 0};
	const struct mn_pair_keys pair = {
	    s.key, e->key, s.n, e->n_key, e->fact.entry_print};
	enum mn_code code = mn_gate_decide(&e->fact, e->dates, d, &pair);
	if (code != MN_E_NONE)
		remark_decision(x, code, &e->fact, s.name);
	return true;
}

/* An entry of a firm may be about some of its goods only. The words live until the next
 * fact. */
static bool
limit(struct stage *x, struct mn_gate_fact *f, struct mn_arena *a)
{
	struct mn_entity e;
	struct mn_made made;
	if (x->rec->v[MN_F_GOOD].n == 0)
		return true;
	if (!entity_of(x, f->who, a, &e) ||
	    !mn_places_made(&x->placing, x->r, &e, a, &made, x->err))
		return false;
	mn_gate_limit(x->placing.goods, x->rec, &made, a, f);
	return true;
}

/* Who is in a register of licences is told apart by the number, where both have it. */
static bool
numbered(struct stage *x, struct entry *e, struct mn_arena *a)
{
	struct mn_entity ent;
	if (!x->run->pack->gate[e->fact.gate].licences)
		return true;
	if (!entity_of(x, e->fact.who, a, &ent))
		return false;
	mn_licence_number(x->rec, &ent.rec, e->dates, a, &e->fact);
	return true;
}

static bool
put_fact(struct stage *x, const struct mn_gate_fact *f)
{
	clear(x);
	mn_gate_sort_key(f, &x->key);
	mn_gate_encode(f, &x->body, &x->pos);
	const struct mn_ev_sink sink = {add_evidence, x, note_evidence};
	return add_sorted(x, x->gate, x->err) &&
	       mn_evidence_of_entry(x->run->pack, f, &sink, x->err);
}

static bool
entry_met(void *ctx, const struct mn_met *met)
{
	struct entry *e = ctx;
	struct stage *x = e->x;
	e->fact.who = met->who;
	e->fact.basis = met->basis;
	e->fact.p_q16 = met->p_q16;
	e->fact.listed_as = met->listed_as;
	e->fact.why = met->why;
	e->fact.status = (uint8_t)e->dates;
	if (e->dates == MN_GATE_HIT && met->basis != MN_BASIS_IDENTIFIER)
		e->fact.status = MN_GATE_POSSIBLE;
	/* Less sure than evidence has to be: no effect, but it waits in review.csv. */
	if (met->basis < MN_BASIS_DECISION && met->other &&
	    met->p_q16 < (int64_t)x->run->pack->k.attach_m)
		e->fact.status = MN_GATE_NO_MATCH;
	if (met->basis == MN_BASIS_SPELLING &&
	    met->p_q16 < (int64_t)x->run->pack->k.attach_m)
		e->fact.status = MN_GATE_NO_MATCH;
	e->fact.fit = MN_FIT_NOT_ASKED;
	e->fact.fits = MN_STR_NONE;
	struct mn_arena a = x->lookup;
	return decide(x, e) && numbered(x, e, &a) && limit(x, &e->fact, &a) &&
	       put_fact(x, &e->fact);
}

/* Which gate a list row feeds: its own column, else the user's own list. */
static int
gate_of(struct stage *x)
{
	struct mn_str code = x->rec->v[MN_F_GATE];
	int gate = mn_pack_gate(x->run->pack, code.n ? code : MN_S("G-OWN"));
	if (gate < 0)
		remark(x, MN_E_CELL_VALUE, MN_F_GATE, code,
		    MN_S("gate not in the gates pack: row not used"));
	return gate;
}

/* The history of an entry over several editions of its register. */
static bool
over_editions(struct stage *x, struct mn_arena *a, struct mn_gate_fact *f, bool *told)
{
	struct mn_str intervals, ended_by;
	if (!mn_editions_of(x->editions, x->rec, a, told, &intervals, &ended_by, x->err))
		return false;
	if (intervals.n)
		f->history = intervals;
	if (ended_by.n)
		f->reason = mn_arena_fmt(a, "%.*s%s%.*s", MN_FMT(f->reason),
		    f->reason.n ? "; " : "", MN_FMT(ended_by));
	return true;
}

static bool
entry(struct stage *x)
{
	const struct mn_record *rec = x->rec;
	int gate = gate_of(x);
	if (gate < 0)
		return true;
	x->run->gate_fed[gate] = 1;
	struct entry e = {.x = x,
	    .fact = {.gate = (uint8_t)gate,
		.rid = rec->rid,
		.key = mn_record_key(rec, 0),
		.list = rec->v[MN_F_LIST],
		.entry = rec->v[MN_F_NAME],
		.entry_id = rec->v[MN_F_ID],
		.history = rec->v[MN_F_INTERVALS],
		.citation = rec->v[MN_F_CITATION],
		.reason = rec->v[MN_F_REASON],
		.good = rec->v[MN_F_GOOD]}};
	struct mn_arena a = x->scratch;
	bool told;
	if (!over_editions(x, &a, &e.fact, &told))
		return false;
	if (!told)
		return true;
	struct mn_record dated = *rec;
	dated.v[MN_F_INTERVALS] = e.fact.history;
	e.dates = mn_gate_dates(
	    &dated, x->run->stage->as_of, &e.fact.listed_day, &e.fact.ended_day);
	if (x->run->pack->gate[gate].licences && e.dates == MN_GATE_HIT)
		e.dates = mn_licence_listed(rec, x->run->stage->as_of);
	if (e.dates == MN_GATE_NOT_APPLICABLE) {
		remark(
		    x, MN_E_FUTURE, MN_F_LISTED_ON, rec->v[MN_F_LISTED_ON], MN_STR_NONE);
		return true;
	}
	return mn_join_entry(x->r, rec, a, entry_met, &e, x->err);
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
    [MN_K_WATCHLIST] = entry,
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

/* The licence checks that users entered with their recruiters. */
static bool
licence(struct stage *x, const struct mn_entity *e, struct mn_arena *a)
{
	struct mn_gate_fact fact;
	return !mn_gate_licence(x->run->pack, e, x->run->stage->as_of, a, &fact) ||
	       put_fact(x, &fact);
}

/* Only a person says that the place is meant: as with a name on a list. */
static bool
regions(struct stage *x, const struct mn_entity *e, struct mn_arena *a)
{
	struct mn_places *p = x->places;
	bool good = mn_places_read(p, &x->placing, x->r, e, a, x->err);
	for (uint32_t i = 0; good && i < p->n; i++) {
		struct mn_record listed;
		struct entry entry = {.x = x, .fact = p->fact[i], .dates = MN_GATE_HIT};
		mn_regions_entry(&entry.fact, &p->rec[i], a, &listed);
		x->rec = &listed;
		good = (entry.fact.status != MN_GATE_POSSIBLE || decide(x, &entry)) &&
		       put_fact(x, &entry.fact);
	}
	x->rec = NULL;
	return good;
}

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
		    !licence(x, &e, &a) || !regions(x, &e, &a))
			break;
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
fees(struct stage *x)
{
	const struct mn_stage *st = x->run->stage;
	const struct mn_ev_sink sink = {add_evidence, x, note_evidence};
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
	const struct mn_ev_sink sink = {add_evidence, x, note_evidence};
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
	x.scratch = mn_arena_new(64u << 20, NULL);
	x.lookup = mn_arena_new(64u << 20, NULL);
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
	mn_arena_free(x.scratch);
	mn_arena_free(x.lookup);
	mn_buf_free(&x.key);
	mn_buf_free(&x.body);
	mn_buf_free(&x.pos);
	mn_buf_free(&x.value);
	mn_reader_close(x.r);
	return good;
}

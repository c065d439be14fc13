/*
 * What was done, from rows to histories. Rows are sorted by entity, table, thing, day,
 * and within a day by the number of the journal's record, so that of two entries of one
 * day the later stands; rows of files come before them, in the order of what they say.
 * The numbers of records are not stored: a history has ranks, the same in every store.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "done.h"

bool
mn_done_begin(struct mn_doing *x, const struct mn_evidence_run *run, struct mn_err *err)
{
	const struct mn_stage *st = run->stage;
	x->key = mn_buf_new(4096);
	x->value = mn_buf_new(MN_MAX_RECORD);
	x->sort = mn_xsort_new(st->work_dir, st->sort_bytes, err);
	return x->sort != NULL;
}

static void
remark(const struct mn_evidence_run *run, mn_rid rid, enum mn_code code, enum mn_field f,
    struct mn_str value, struct mn_str detail)
{
	const struct mn_stage *st = run->stage;
	const struct mn_source *src = &run->source[mn_rid_src(rid)];
	st->note(st->ctx, rid, code, f < MN_F_COUNT ? src->column[f] : MN_STR_NONE, value,
	    detail);
}

static bool
names_nobody(const struct mn_record *rec)
{
	return rec->v[MN_F_ENTITY].n == 0 && rec->v[MN_F_ENTITY_NAME].n == 0 &&
	       rec->v[MN_F_LEI].n == 0 && rec->v[MN_F_OS_ID].n == 0 &&
	       rec->v[MN_F_TAX_ID].n == 0;
}

/* Whom the row is about: 1, 0 nobody who is there (remarked), -1 err. */
static int
about_whom(const struct mn_doing_row *x, struct mn_eid *who, struct mn_err *err)
{
	struct mn_join join;
	const struct mn_record *rec = x->rec;
	enum mn_field f = rec->v[MN_F_ENTITY].n ? MN_F_ENTITY : MN_F_ENTITY_NAME;
	*who = (struct mn_eid){0, 0};
	if (rec->kind == MN_K_PROFILE ||
	    (rec->kind == MN_K_TRAINING && names_nobody(rec)))
		return 1;
	if (!mn_join_row(x->r, x->run->pack, rec, x->scratch, &join, err))
		return -1;
	bool one = join.n == 1 && join.match_q16 >= x->run->pack->k.attach_m;
	if (!one)
		remark(x->run, rec->rid, join.n ? MN_E_AMBIGUOUS : MN_E_UNJOINED, f,
		    rec->v[f], MN_STR_NONE);
	*who = join.who;
	return one;
}

/* The number of the journal's record behind a row; 0: a row of a file. */
static uint64_t
journal_seq(const struct mn_evidence_run *run, mn_rid rid)
{
	bool journal =
	    mn_str_eq(run->source[mn_rid_src(rid)].layout, MN_S(MN_JOURNAL_LAYOUT));
	return journal ? mn_rid_line(rid) : 0;
}

/* who, kind, thing, day, record of the journal, what it says */
static void
sort_key(struct mn_doing *x, const struct mn_evidence_run *run, const struct mn_done *d)
{
	mn_buf_clear(&x->key);
	mn_put_eid(&x->key, d->who);
	mn_put_u8(&x->key, (uint8_t)d->rec.kind);
	mn_put_key(&x->key, d->thing);
	mn_put_i64(&x->key, d->day);
	mn_put_u64(&x->key, journal_seq(run, d->rec.rid));
	mn_put_key(&x->key, mn_done_says(&d->rec));
}

/* Whoever owes a remedy has an interest in its being done: only workers' word that it is
 * makes it verified. The words may name a person and are not repeated. */
static void
check_verifier(const struct mn_doing_row *x)
{
	const struct mn_record *rec = x->rec;
	struct mn_said_by by = mn_make_said_by(x->run->pack, rec->v[MN_F_VERIFIED_BY]);
	bool told = rec->kind == MN_K_ACTIONS || rec->kind == MN_K_REMEDIATION;
	if (told && rec->v[MN_F_VERIFIED_BY].n && !by.workers)
		remark(x->run, rec->rid, MN_E_REMEDY_UNVERIFIED, MN_F_VERIFIED_BY,
		    MN_STR_NONE,
		    by.name.n ? by.name
			      : MN_S("the words in verified_by name nobody known here"));
}

bool
mn_done_add(struct mn_doing *x, const struct mn_doing_row *row, struct mn_err *err)
{
	const struct mn_record *rec = row->rec;
	int32_t as_of = row->run->stage->as_of;
	struct mn_done d = {.rec = *rec, .day = mn_done_day(rec)};
	enum mn_field ahead = mn_done_ahead(rec, as_of);
	if (ahead != MN_F_NONE) {
		remark(
		    row->run, rec->rid, MN_E_FUTURE, ahead, rec->v[ahead], MN_STR_NONE);
		return true;
	}
	if (!mn_done_is_entry(rec))
		return true;
	int joined = about_whom(row, &d.who, err);
	check_verifier(row);
	if (joined < 1)
		return joined == 0;
	d.thing = mn_done_thing(rec, (struct mn_key){d.who.hi, d.who.lo});
	sort_key(x, row->run, &d);
	mn_buf_clear(&x->value);
	mn_put_u64(&x->value, rec->rid);
	mn_record_encode(rec, &x->value);
	return mn_xsort_add(x->sort, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

/* ---- loading ---- */

struct history {
	const struct mn_evidence_run *run;
	struct mn_load *load;
	struct mn_buf key, body, pos;
	struct mn_done last; /* of which only what is compared is kept */
	struct mn_key said;
	int64_t paid_e4; /* -1: not said */
	uint32_t n;
};

static bool
read_sorted(struct mn_str key, struct mn_str value, struct mn_done *d, struct mn_err *err)
{
	struct mn_get k = mn_get(key), v = mn_get(value);
	*d = (struct mn_done){.who = mn_get_eid(&k)};
	mn_get_u8(&k);
	d->thing = mn_get_key(&k);
	d->day = (int32_t)mn_get_i64(&k);
	mn_rid rid = mn_get_u64(&v);
	return mn_record_decode(mn_str_sub(value, 8, value.n), rid, &d->rec, err);
}

static int64_t
paid(const struct mn_record *rec)
{
	int64_t e4;
	return mn_record_e4(rec, MN_F_PAID, &e4) ? e4 : -1;
}

/* Compares with the row before it in its history. False: it says the same. */
static bool
is_new(struct history *h, struct mn_done *d)
{
	struct mn_key says = mn_done_says(&d->rec);
	bool same_thing = h->n > 0 && mn_key_cmp(h->last.thing, d->thing) == 0;
	int64_t e4 = paid(&d->rec);
	if (same_thing && mn_key_cmp(h->said, says) == 0) {
		remark(h->run, d->rec.rid, MN_E_DUP_ROW, MN_F_NONE, MN_STR_NONE,
		    MN_STR_NONE);
		return false;
	}
	d->rank = same_thing ? h->last.rank + 1 : 0;
	d->contested = same_thing && h->last.day == d->day;
	if (d->contested)
		remark(h->run, d->rec.rid, MN_E_DONE_CONFLICT, MN_F_RECORDED_ON,
		    d->rec.v[MN_F_RECORDED_ON], MN_STR_NONE);
	if (same_thing && e4 >= 0 && e4 < h->paid_e4)
		remark(h->run, d->rec.rid, MN_E_DONE_LESS, MN_F_PAID, d->rec.v[MN_F_PAID],
		    MN_STR_NONE);
	h->last = *d;
	h->said = says;
	h->paid_e4 = e4;
	h->n++;
	return true;
}

static bool
load_one(struct history *h, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	struct mn_done d;
	if (!read_sorted(key, value, &d, err))
		return false;
	if (!is_new(h, &d))
		return true;
	mn_buf_clear(&h->key);
	mn_buf_clear(&h->body);
	mn_buf_clear(&h->pos);
	mn_done_sort_key(&d, &h->key);
	mn_done_encode(&d, &h->body, &h->pos);
	return mn_load_put(
	    h->load, mn_buf_str(&h->key), mn_buf_str(&h->body), mn_buf_str(&h->pos), err);
}

bool
mn_done_load(struct mn_doing *x, const struct mn_evidence_run *run, struct mn_err *err)
{
	struct mn_str key, value;
	struct history h = {.run = run,
	    .key = mn_buf_new(4096),
	    .body = mn_buf_new(MN_MAX_RECORD),
	    .pos = mn_buf_new(64)};
	int more = -1;
	h.load = mn_xsort_finish(x->sort, err)
		     ? mn_load_begin(run->stage->gen, MN_TAB_DONE, err)
		     : NULL;
	while (h.load && (more = mn_xsort_next(x->sort, &key, &value, err)) == 1)
		if (!load_one(&h, key, value, err))
			break;
	mn_buf_free(&h.key);
	mn_buf_free(&h.body);
	mn_buf_free(&h.pos);
	if (more == 0)
		return mn_load_end(h.load, err);
	mn_load_abort(h.load);
	return false;
}

void
mn_done_free(struct mn_doing *x)
{
	mn_xsort_free(x->sort);
	mn_buf_free(&x->key);
	mn_buf_free(&x->value);
}

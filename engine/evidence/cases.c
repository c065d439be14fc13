/*
 * Inspections by case. All rows are sorted by authority and case; a case is counted once,
 * however many rows tell of it.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/inspection.h"
#include "manumit/model/codec.h"
#include "manumit/text/utf8.h"

#include "cases.h"

#define NAME_BYTES 200 /* of an authority, so that a key fits */

/* A row, and at the end its case. */
struct one {
	struct mn_str authority;
	uint8_t acts_on, selection, result;
	bool ours;  /* some row of it is of an entity of the run */
	uint32_t n; /* entities it may mean */
	struct mn_eid who;
	uint32_t match_q16, workers, concerned;
};

bool
mn_case_waits(const struct mn_record *rec)
{
	static const enum mn_field NAMES[] = {
	    MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_LEI, MN_F_OS_ID, MN_F_TAX_ID};
	for (size_t i = 0; i < countof(NAMES); i++)
		if (rec->v[NAMES[i]].n)
			return false;
	return rec->v[MN_F_CASE_ID].n > 0;
}

/* Does one of the codes say that something was violated? Codes that no table knows do. */
static bool
tells_violation(const struct mn_pack *p, struct mn_str authority, struct mn_str codes)
{
	for (struct mn_str rest = codes; rest.p && rest.n;) {
		struct mn_str code = mn_str_trim(mn_str_cut(&rest, ';'));
		const struct mn_p_violation *v = mn_pack_violation(p, authority, code);
		if (code.n && (!v || mn_indicator_parse(v->indicator) >= 0))
			return true;
	}
	return false;
}

static enum mn_found
found(const struct mn_pack *p, struct mn_str authority, const struct mn_record *rec)
{
	static const enum mn_found BY_OUTCOME[] = {
	    MN_FOUND_VIOLATION, MN_FOUND_NONE, MN_FOUND_UNDECIDED};
	int64_t wages, minors;
	int c = mn_record_choice(rec, MN_F_OUTCOME);
	if (c >= 0 && (size_t)c < countof(BY_OUTCOME))
		return BY_OUTCOME[c];
	bool paid = mn_record_e4(rec, MN_F_BACK_WAGES, &wages) && wages > 0;
	bool young = mn_record_count(rec, MN_F_MINORS, &minors) && minors > 0;
	bool told = tells_violation(p, authority, rec->v[MN_F_VIOLATION]);
	return paid || young || told ? MN_FOUND_VIOLATION : MN_FOUND_UNSTATED;
}

struct mn_inspection_says
mn_inspection_says(const struct mn_pack *p, const struct mn_record *rec)
{
	const struct mn_p_authority *a = mn_authority_of(p, rec);
	uint8_t acts_on = MN_ACTS_INSPECTIONS;
	if (a && a->acts_on.n)
		mn_acts_by_name(a->acts_on, &acts_on);
	return (struct mn_inspection_says){
	    (enum mn_acts_on)acts_on, found(p, a ? a->code : MN_S("generic"), rec)};
}

static uint32_t
count_of(const struct mn_record *rec, enum mn_field f)
{
	int64_t n;
	return mn_record_count(rec, f, &n) && n > 0 && n < INT32_MAX ? (uint32_t)n : 0;
}

static bool
is_future(const struct mn_record *rec, int32_t as_of)
{
	int32_t day;
	return (mn_record_day(rec, MN_F_CLOSED, &day) ||
		   mn_record_day(rec, MN_F_OPENED, &day)) &&
	       day > as_of;
}

static void
put(const struct one *o, struct mn_buf *b)
{
	mn_put_str(b, o->authority);
	mn_put_u8(b, o->acts_on);
	mn_put_u8(b, o->selection);
	mn_put_u8(b, o->result);
	mn_put_u8(b, o->ours);
	mn_put_u32(b, o->n);
	mn_put_eid(b, o->who);
	mn_put_u32(b, o->match_q16);
	mn_put_u32(b, o->workers);
	mn_put_u32(b, o->concerned);
}

static struct one
get(struct mn_str value)
{
	struct mn_get g = mn_get(value);
	struct one o = {.authority = mn_get_str(&g)};
	o.acts_on = mn_get_u8(&g);
	o.selection = mn_get_u8(&g);
	o.result = mn_get_u8(&g);
	o.ours = mn_get_u8(&g);
	o.n = mn_get_u32(&g);
	o.who = mn_get_eid(&g);
	o.match_q16 = mn_get_u32(&g);
	o.workers = mn_get_u32(&g);
	o.concerned = mn_get_u32(&g);
	return o;
}

static struct one
row_of(const struct mn_pack *p, const struct mn_record *rec, const struct mn_join *join)
{
	const struct mn_p_authority *a = mn_authority_of(p, rec);
	struct mn_inspection_says says = mn_inspection_says(p, rec);
	struct one o = {.acts_on = (uint8_t)says.acts_on,
	    .selection = (uint8_t)(mn_record_choice(rec, MN_F_SELECTION) + 1),
	    .result = (uint8_t)says.found,
	    .n = join->n,
	    .who = join->who,
	    .match_q16 = join->match_q16,
	    .workers = count_of(rec, MN_F_WORKERS_SEEN),
	    .concerned = count_of(rec, MN_F_WORKERS_AFFECTED)};
	if (join->n == 1 && join->match_q16 < p->k.attach_m)
		o.n = 2; /* not sure enough of whom */
	o.ours = o.n == 1;
	bool named = a && !mn_str_eq(a->code, MN_S("generic"));
	o.authority = named ? a->name : mn_utf8_cut(rec->v[MN_F_AUTHORITY], NAME_BYTES);
	o.authority = mn_utf8_cut(o.authority, NAME_BYTES);
	return o;
}

/* Rows without a number are cases of their own; the same row twice is one. */
static struct mn_key
case_key(const struct one *o, const struct mn_record *rec)
{
	if (rec->v[MN_F_CASE_ID].n)
		return mn_hash128(
		    (struct mn_str[]){MN_S("case"), o->authority, rec->v[MN_F_CASE_ID]},
		    3);
	return mn_record_key(rec, 0);
}

bool
mn_cases_add(struct mn_cases *c, const struct mn_record *rec, const struct mn_join *join,
    struct mn_err *err)
{
	const struct mn_stage *st = c->run->stage;
	char key_room[32], room[NAME_BYTES + 64];
	struct mn_buf key = {key_room, 0, sizeof key_room, sizeof key_room, false};
	struct mn_buf value = {room, 0, sizeof room, sizeof room, false};
	struct one o = row_of(c->run->pack, rec, join);
	if (!c->rows)
		c->rows = mn_xsort_new(st->work_dir, st->sort_bytes, err);
	if (!c->rows)
		return false;
	if (is_future(rec, st->as_of) && !mn_case_waits(rec))
		return true;
	mn_put_key(&key, case_key(&o, rec));
	mn_put_u8(&key, mn_case_waits(rec)); /* behind those that name somebody */
	mn_put_u64(&key, rec->rid);
	put(&o, &value);
	return mn_xsort_add(c->rows, mn_buf_str(&key), mn_buf_str(&value), err);
}

/* ---- cases ---- */

struct reading {
	struct mn_cases *c;
	const struct mn_case_sink *sink;
	struct mn_xsort *counts; /* authority, selection -> cases */
	struct mn_buf key, value;
	char name[NAME_BYTES];
	struct one now; /* the case so far */
	struct mn_key id;
	bool any;
};

/* A case of two entities belongs to neither: its number is not theirs alone. */
static void
join_case(struct one *now, const struct one *o)
{
	if (o->n == 0)
		return;
	bool other = now->n && (now->n > 1 || o->n > 1 || mn_eid_cmp(now->who, o->who));
	uint32_t n = other ? 2 : o->n;
	if (!now->n || o->match_q16 > now->match_q16)
		now->match_q16 = o->match_q16;
	now->who = o->who;
	now->n = n;
}

static void
add_to_case(struct reading *x, const struct one *o)
{
	struct one *now = &x->now;
	join_case(now, o);
	now->ours = now->ours || o->ours;
	if (now->selection == MN_SEL_UNSTATED)
		now->selection = o->selection;
	if (o->result > now->result)
		now->result = o->result;
	now->workers = o->workers > now->workers ? o->workers : now->workers;
	now->concerned = o->concerned > now->concerned ? o->concerned : now->concerned;
}

static bool
end_case(struct reading *x, struct mn_err *err)
{
	/* A copy that shows no counts of cases stores none: its digest, too, would tell
	 * of a claim. */
	if (!x->any || !mn_audience_shows(x->c->run->audience, MN_SHOW_SMALL_SITE_DATES))
		return true;
	const struct mn_inspected in = {.authority = x->now.authority,
	    .acts_on = x->now.acts_on,
	    .selection = x->now.selection};
	mn_buf_clear(&x->key);
	mn_buf_clear(&x->value);
	mn_inspected_key(&in, &x->key);
	put(&x->now, &x->value);
	return mn_xsort_add(x->counts, mn_buf_str(&x->key), mn_buf_str(&x->value), err);
}

static void
begin_case(struct reading *x, struct mn_key id, const struct one *o)
{
	x->any = true;
	x->id = id;
	x->now = *o;
	memcpy(x->name, o->authority.p ? o->authority.p : "", o->authority.n);
	x->now.authority = mn_str(x->name, o->authority.n);
}

static bool
read_row(struct reading *x, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	struct mn_get g = mn_get(key);
	struct mn_key id = mn_get_key(&g);
	bool waits = mn_get_u8(&g);
	mn_rid rid = mn_get_u64(&g);
	struct one o = get(value);
	if (x->any && mn_key_cmp(id, x->id) == 0) {
		add_to_case(x, &o);
	} else {
		if (!end_case(x, err))
			return false;
		begin_case(x, id, &o);
	}
	if (!waits)
		return true;
	const struct mn_join join = {
	    .who = x->now.who, .match_q16 = x->now.match_q16, .n = x->now.n};
	return x->sink->found(x->sink->ctx, rid, &join, x->now.selection, err);
}

static bool
read_cases(struct reading *x, struct mn_err *err)
{
	struct mn_str key, value;
	int more;
	if (!mn_xsort_finish(x->c->rows, err))
		return false;
	while ((more = mn_xsort_next(x->c->rows, &key, &value, err)) == 1)
		if (!read_row(x, key, value, err))
			return false;
	return more == 0 && end_case(x, err);
}

/* ---- counts ---- */

static void
count(struct mn_tally *t, const struct one *o)
{
	t->cases++;
	t->violation += o->result == MN_FOUND_VIOLATION;
	t->none += o->result == MN_FOUND_NONE;
	if (o->workers == 0 || (o->concerned == 0 && o->result != MN_FOUND_NONE))
		return;
	t->sized++;
	t->workers += o->workers;
	t->concerned += o->concerned < o->workers ? o->concerned : o->workers;
}

static bool
put_count(struct reading *x, const struct mn_inspected *sum, struct mn_load *l,
    struct mn_err *err)
{
	mn_buf_clear(&x->value);
	mn_inspected_encode(sum, &x->value);
	return mn_load_put(
	    l, mn_buf_str(&x->key), mn_buf_str(&x->value), MN_STR_NONE, err);
}

static bool
load_counts(struct reading *x, struct mn_load *l, struct mn_err *err)
{
	static const struct mn_inspected NOTHING;
	struct mn_inspected sum = NOTHING;
	struct mn_str key, value;
	int more = mn_xsort_finish(x->counts, err) ? 1 : -1;
	mn_buf_clear(&x->key);
	while (more == 1 && (more = mn_xsort_next(x->counts, &key, &value, err)) == 1) {
		struct one o = get(value);
		bool other = x->key.n && !mn_str_eq(key, mn_buf_str(&x->key));
		if (other && !put_count(x, &sum, l, err))
			return false;
		if (other)
			sum = NOTHING;
		mn_buf_clear(&x->key);
		mn_buf_add(&x->key, key);
		count(&sum.all, &o);
		if (o.ours)
			count(&sum.ours, &o);
	}
	return more == 0 && (x->key.n == 0 || put_count(x, &sum, l, err));
}

bool
mn_cases_load(struct mn_cases *c, const struct mn_case_sink *sink, struct mn_err *err)
{
	const struct mn_stage *st = c->run->stage;
	struct reading x = {.c = c, .sink = sink};
	if (!c->rows)
		return true;
	x.key = mn_buf_new(MN_MAX_KEY);
	x.value = mn_buf_new(4096);
	x.counts = mn_xsort_new(st->work_dir, st->sort_bytes, err);
	struct mn_load *l = NULL;
	bool good = x.counts && read_cases(&x, err) &&
		    (l = mn_load_begin(st->gen, MN_TAB_INSP, err)) &&
		    load_counts(&x, l, err);
	if (good)
		good = mn_load_end(l, err);
	else
		mn_load_abort(l);
	mn_xsort_free(x.counts);
	mn_buf_free(&x.key);
	mn_buf_free(&x.value);
	return good;
}

void
mn_cases_free(struct mn_cases *c)
{
	mn_xsort_free(c->rows);
	c->rows = NULL;
}

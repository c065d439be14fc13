/* Recording: gather rows, compare with what is known, keep all in one transaction. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "decide.h"
#include "record.h"

/* ---- lists that grow ---- */

static void
push(struct mn_arena *a, struct mn_record_told **v, uint32_t *n, uint32_t *cap,
    struct mn_record_told t)
{
	if (*n == *cap) {
		uint32_t more = *cap ? 2 * *cap : 16;
		struct mn_record_told *bigger = MN_NEW(a, struct mn_record_told, more);
		if (*n)
			memcpy(bigger, *v, *n * sizeof **v);
		*v = bigger;
		*cap = more;
	}
	(*v)[(*n)++] = t;
}

void
mn_recording_reject(struct mn_recording *x, struct mn_record_told t)
{
	push(x->a, &x->rejected, &x->out->n_rejected, &x->cap_rejected, t);
	x->out->rejected = x->rejected;
}

void
mn_recording_tell(struct mn_recording *x, struct mn_record_told t)
{
	push(x->a, &x->told, &x->out->n_told, &x->cap_told, t);
	x->out->told = x->told;
}

void
mn_recording_add(
    struct mn_recording *x, const struct mn_record *rec, struct mn_str file, bool dated)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	if (x->n == x->cap) {
		uint32_t cap = x->cap ? 2 * x->cap : 64;
		struct mn_recorded_row *v = MN_NEW(x->a, struct mn_recorded_row, cap);
		if (x->n)
			memcpy(v, x->row, x->n * sizeof *v);
		x->row = v;
		x->cap = cap;
	}
	mn_record_encode(rec, &b);
	x->row[x->n++] =
	    (struct mn_recorded_row){.rec = mn_arena_str(x->a, mn_buf_str(&b)),
		.file = file,
		.line = mn_rid_line(rec->rid),
		.dated = dated,
		.thing = mn_done_thing(rec, mn_done_handle(rec)),
		.says = mn_done_says(rec),
		.day = mn_done_day(rec),
		.keep = true};
	mn_buf_free(&b);
}

/* ---- what is known already, and what contradicts itself ---- */

/* One statement: of the store (row UINT32_MAX) or of a file. */
struct said {
	struct mn_key thing, says;
	int32_t day;
	uint64_t seq; /* of the store; rows of files come after all of these */
	uint32_t row;
};

static int
by_thing(const void *a, const void *b, const void *ctx)
{
	const struct said *x = a, *y = b;
	(void)ctx;
	int c = mn_key_cmp(x->thing, y->thing);
	if (c == 0)
		c = (x->row != UINT32_MAX) - (y->row != UINT32_MAX);
	if (c == 0)
		c = (x->day > y->day) - (x->day < y->day);
	if (c == 0)
		c = (x->seq > y->seq) - (x->seq < y->seq);
	return c ? c : (x->row > y->row) - (x->row < y->row);
}

static bool
gather_said(struct mn_recording *x, const struct mn_entries *have, struct said *v,
    struct mn_err *err)
{
	for (uint32_t i = 0; i < have->n; i++) {
		struct mn_entry e;
		if (!mn_entry_decode(have->v[i].seq, have->v[i].value, &e, err))
			return false;
		v[i] = (struct said){mn_done_thing(&e.rec, mn_done_handle(&e.rec)),
		    mn_done_says(&e.rec), mn_done_day(&e.rec), e.seq, UINT32_MAX};
	}
	for (uint32_t i = 0; i < x->n; i++)
		v[have->n + i] =
		    (struct said){x->row[i].thing, x->row[i].says, x->row[i].day, 0, i};
	return true;
}

static void
at_odds(struct mn_recording *x, uint32_t row, uint32_t other)
{
	const struct mn_recorded_row *r = &x->row[row], *o = &x->row[other];
	char day[11];
	mn_recording_reject(x,
	    (struct mn_record_told){.file = r->file,
		.line = r->line,
		.why = mn_arena_fmt(x->a,
		    "says otherwise than line %llu of %.*s about the same thing and day "
		    "(%s); keep one of them, or give each its recorded_on",
		    (unsigned long long)o->line, MN_FMT(o->file),
		    mn_day_print(r->day, day).p)});
}

static void
tell_old(struct mn_recording *x, uint32_t row, int32_t since)
{
	char day[11];
	mn_recording_tell(
	    x, (struct mn_record_told){.file = x->row[row].file,
		   .line = x->row[row].line,
		   .why = mn_arena_fmt(x->a,
		       "was said before, and superseded on %s: not recorded; if it holds "
		       "again, give it a later recorded_on, or -f",
		       mn_day_print(since, day).p)});
}

/* The newest statement before i that says the same (of its very day, where the row names
 * one), or i: it is new. */
static uint32_t
said_at(const struct said *v, uint32_t i, bool dated)
{
	for (uint32_t k = i; k-- > 0;)
		if (mn_key_cmp(v[k].says, v[i].says) == 0 &&
		    (!dated || v[k].day == v[i].day))
			return k;
	return i;
}

/* Of one history, v[0..i] about one thing: is the row at i kept? */
static void
compare(struct mn_recording *x, const struct said *v, uint32_t i)
{
	struct mn_recorded_row *r = &x->row[v[i].row];
	bool after_row = i > 0 && v[i - 1].row != UINT32_MAX;
	uint32_t same = said_at(v, i, r->dated);
	if (after_row && v[i - 1].day == v[i].day && same + 1 != i) {
		at_odds(x, v[i].row, v[i - 1].row);
		return;
	}
	bool superseded = same + 1 < i && !r->dated;
	if (superseded && !x->o->force)
		tell_old(x, v[i].row, v[i - 1].day);
	r->keep = same == i || (superseded && x->o->force);
	x->out->unchanged += !r->keep;
	x->out->superseding += r->keep && i > 0;
}

static bool
compare_all(struct mn_recording *x, const struct mn_entries *have, struct mn_err *err)
{
	size_t n = (size_t)have->n + x->n;
	struct said *v = MN_NEW(x->a, struct said, n + 1);
	if (!gather_said(x, have, v, err))
		return false;
	mn_sort(v, n, sizeof *v, by_thing, NULL, *x->a);
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i; to < n && mn_key_cmp(v[i].thing, v[to].thing) == 0; to++)
			if (v[to].row != UINT32_MAX)
				compare(x, v + i, (uint32_t)(to - i));
	}
	return true;
}

/* ---- keeping ---- */

static struct mn_str
taken(struct mn_recording *x, struct mn_buf *b)
{
	struct mn_str s = mn_arena_str(x->a, mn_buf_str(b));
	mn_buf_clear(b);
	return s;
}

/* The last part of a path: what outputs and the journal print. */
static struct mn_str
base_of(struct mn_str path)
{
	struct mn_source s = {.file = path};
	return mn_source_base(&s);
}

static bool
keep(struct mn_recording *x, struct mn_state *state, struct mn_err *err)
{
	struct mn_record_result *out = x->out;
	struct mn_journal_note *note = MN_NEW(x->a, struct mn_journal_note, x->n + 1);
	struct mn_state_row *row = MN_NEW(x->a, struct mn_state_row, x->n + 1);
	struct mn_buf key = mn_buf_new(64), b = mn_buf_new(MN_MAX_RECORD);
	bool good = mn_journal_head(state, &out->head, err);
	for (uint32_t i = 0; good && i < x->n; i++) {
		struct mn_entry e = {.seq = out->head.n + out->n + 1,
		    .file = base_of(x->row[i].file),
		    .line = x->row[i].line,
		    .by = x->o->by};
		if (!x->row[i].keep)
			continue;
		good = mn_record_decode(x->row[i].rec, 0, &e.rec, err);
		if (!good)
			break;
		mn_entry_encode(&e, &key, &b);
		row[out->n].key = taken(x, &key);
		row[out->n].value = taken(x, &b);
		mn_entry_json(&e, &b);
		note[out->n++] = (struct mn_journal_note){"record", e.by, taken(x, &b)};
		out->by_kind[e.rec.kind]++;
	}
	mn_buf_free(&key);
	mn_buf_free(&b);
	return good && (out->n == 0 || mn_journal_append(state, x->o->now, note, out->n,
					   row, out->n, &out->head, err));
}

static bool
reject_all(const struct mn_recording *x, struct mn_err *err)
{
	if (x->out->n_rejected == 0)
		return true;
	return mn_fail(err, MN_E_RECORD, "%u row%s", x->out->n_rejected,
	    x->out->n_rejected == 1 ? "" : "s");
}

static bool
record(struct mn_recording *x, struct mn_err *err)
{
	struct mn_state *state = mn_state_open(x->o->data_dir, true, err);
	const struct mn_entries *have = state ? mn_entries_load(x->a, state, err) : NULL;
	bool good = have && compare_all(x, have, err) && reject_all(x, err) &&
		    keep(x, state, err);
	mn_state_close(state);
	return good;
}

/* The run that is current; a store without one has no suppliers to compare with. */
static bool
open_current(struct mn_recording *x, struct mn_err *err)
{
	struct mn_err none = MN_ERR_NONE;
	x->gen = mn_gen_open(x->o->data_dir, 0, &none);
	if (!x->gen)
		return none.code == MN_E_NOTFOUND || (*err = none, false);
	x->reader = mn_reader_open(x->gen, err);
	x->pack = x->reader ? mn_pack_open(x->a, x->reader, err) : NULL;
	return x->pack != NULL;
}

bool
mn_run_record(const struct mn_record_opts *o, struct mn_arena *a,
    struct mn_record_result *out, struct mn_err *err)
{
	struct mn_recording x = {.o = o, .a = a, .out = out};
	struct mn_lock lock = {.fd = -1};
	*out = (struct mn_record_result){.n = 0};
	bool good =
	    mn_run_keeps(o->data_dir, *a, err) &&
	    mn_lock_file(mn_arena_fmt(a, "%s/lock%c", o->data_dir, 0).p, &lock, err) &&
	    open_current(&x, err) && mn_recording_read(&x, err) && record(&x, err);
	mn_reader_close(x.reader);
	mn_gen_close(x.gen);
	mn_lock_release(&lock);
	return good;
}

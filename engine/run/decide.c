/* Deciding: gather, look for contradictions, record all in one transaction. */
#include "manumit/base/limits.h"

#include "decide.h"

void
mn_deciding_add(struct mn_deciding *x, struct mn_decision d, uint64_t line)
{
	if (x->n == x->cap) {
		uint32_t cap = x->cap ? 2 * x->cap : 16;
		struct mn_decision *v = MN_NEW(x->a, struct mn_decision, cap);
		uint64_t *l = MN_NEW(x->a, uint64_t, cap);
		bool *bulk = MN_NEW(x->a, bool, cap);
		if (x->n) {
			memcpy(v, x->v, x->n * sizeof *v);
			memcpy(l, x->line, x->n * sizeof *l);
			memcpy(bulk, x->bulk, x->n * sizeof *bulk);
		}
		x->v = v;
		x->line = l;
		x->bulk = bulk;
		x->cap = cap;
	}
	x->v[x->n] = d;
	x->line[x->n++] = line;
}

static bool
gather(struct mn_deciding *x, struct mn_err *err)
{
	const struct mn_decide_opts *o = x->o;
	struct mn_decision d = {.same = o->same,
	    .on = o->on,
	    .expires = o->expires,
	    .by = o->by,
	    .why = o->reason};
	if (o->from)
		return mn_deciding_read(x, o->from, err);
	if (!mn_deciding_pair(x, o->entity, o->candidate, o->same, &d, err))
		return false;
	mn_deciding_add(x, d, 0);
	return true;
}

static const char *
verdict(const struct mn_decision *d)
{
	return d->same ? "same" : "different";
}

/* "review.csv:7: ", or nothing for a pair of the command line. */
static struct mn_str
place(const struct mn_deciding *x, uint32_t i)
{
	return x->line[i] ? mn_arena_fmt(x->a, "%s:%llu: ", x->o->from,
				(unsigned long long)x->line[i])
			  : MN_STR_NONE;
}

static bool
contradicted(const struct mn_deciding *x, uint32_t i, const struct mn_decision *by,
    struct mn_err *err)
{
	char day[11];
	const struct mn_decision *d = &x->v[i];
	mn_day_print(by->on, day);
	return mn_fail(err, MN_E_DECIDED,
	    "%.*s\"%.*s\" and \"%.*s\" %s: \"%.*s\" and \"%.*s\" were decided %s by %.*s "
	    "on %s (%.*s)",
	    MN_FMT(place(x, i)), MN_FMT(d->subject_name), MN_FMT(d->entry_name),
	    verdict(d), MN_FMT(by->subject_name), MN_FMT(by->entry_name), verdict(by),
	    MN_FMT(by->by), day, MN_FMT(by->why));
}

/* Two rows of one file about one pair that disagree: both lines are named. */
static bool
against_itself(const struct mn_deciding *x, const struct mn_decisions *own, uint32_t i,
    struct mn_err *err)
{
	const struct mn_decision *last = mn_decisions_exact(own, &x->v[i]);
	if (!last || last->same == x->v[i].same)
		return true;
	uint32_t k = x->n - 1;
	while (k > 0 && mn_decisions_exact(own, &x->v[k]) != last)
		k--;
	return mn_fail(err, MN_E_DECIDED,
	    "%.*s\"%.*s\" and \"%.*s\" %s, but %s in line %llu", MN_FMT(place(x, i)),
	    MN_FMT(x->v[i].subject_name), MN_FMT(x->v[i].entry_name), verdict(&x->v[i]),
	    verdict(last), (unsigned long long)x->line[k]);
}

static bool
check(const struct mn_deciding *x, const struct mn_decisions *have, struct mn_err *err)
{
	const struct mn_decisions none = {NULL, 0, have->as_of};
	const struct mn_decisions *own = mn_decisions_with(&none, x->v, x->n, x->a);
	const struct mn_decisions *all = mn_decisions_with(have, x->v, x->n, x->a);
	for (uint32_t i = 0; i < x->n; i++) {
		const struct mn_decision *by = mn_decisions_against(have, &x->v[i]);
		if (!against_itself(x, own, i, err))
			return false;
		if (by || (by = mn_decisions_against(all, &x->v[i])) != NULL)
			return contradicted(x, i, by, err);
	}
	return true;
}

static bool
said_before(const struct mn_decisions *have, const struct mn_decision *d)
{
	const struct mn_decision *h = mn_decisions_exact(have, d);
	return h && h->same == d->same && h->expires == d->expires &&
	       mn_str_eq(h->by, d->by) && mn_str_eq(h->why, d->why);
}

static struct mn_str
taken(struct mn_deciding *x, struct mn_buf *b)
{
	struct mn_str s = mn_arena_str(x->a, mn_buf_str(b));
	mn_buf_clear(b);
	return s;
}

static bool
record(struct mn_deciding *x, struct mn_state *state, const struct mn_decisions *have,
    struct mn_decide_result *out, struct mn_err *err)
{
	struct mn_journal_note *note = MN_NEW(x->a, struct mn_journal_note, x->n);
	struct mn_state_row *row = MN_NEW(x->a, struct mn_state_row, x->n);
	struct mn_decision *v = MN_NEW(x->a, struct mn_decision, x->n);
	struct mn_buf key = mn_buf_new(256), b = mn_buf_new(MN_MAX_RECORD);
	out->v = v;
	for (uint32_t i = 0; i < x->n; i++) {
		if (said_before(have, &x->v[i])) {
			out->unchanged++;
			continue;
		}
		v[out->n] = x->v[i];
		mn_decision_encode(&x->v[i], &key, &b);
		row[out->n].key = taken(x, &key);
		row[out->n].value = taken(x, &b);
		mn_decision_json(&x->v[i], &b);
		note[out->n++] =
		    (struct mn_journal_note){"decision", x->v[i].by, taken(x, &b)};
	}
	mn_buf_free(&key);
	mn_buf_free(&b);
	if (out->n == 0)
		return mn_journal_head(state, &out->head, err);
	return mn_journal_append(
	    state, x->o->now, note, out->n, row, out->n, &out->head, err);
}

/* With -f the later of two contradicting decisions stands, and of one that is
 * contradicted by way of a third both stand: the run then tells the conflict. */
static bool
decide(struct mn_deciding *x, struct mn_decide_result *out, struct mn_err *err)
{
	struct mn_state *state = mn_state_open(x->o->data_dir, true, err);
	const struct mn_decisions *have =
	    state ? mn_decisions_load(x->a, state, x->o->on, err) : NULL;
	bool good = have && (x->o->force || check(x, have, err)) &&
		    record(x, state, have, out, err);
	mn_state_close(state);
	return good;
}

/* A report directory's store is replaced with the report: decisions would go with it. */
bool
mn_run_keeps(const char *dir, struct mn_arena scratch, struct mn_err *err)
{
	const char *inner = mn_arena_fmt(&scratch, "%s/store%c", dir, 0).p;
	const char *state = mn_arena_fmt(&scratch, "%s/state.mdb%c", dir, 0).p;
	if (mn_path_exists(inner))
		return mn_fail(err, MN_E_USAGE,
		    "%s is a report, which the next screen -f replaces with all that is "
		    "in it; keep this in a store: screen -d STORE, then again with -d "
		    "STORE",
		    dir);
	return mn_path_exists(state) ||
	       mn_fail(err, MN_E_NOTFOUND, "%s holds no store; screen with -d %s first",
		   dir, dir);
}

bool
mn_run_decide(const struct mn_decide_opts *o, struct mn_arena *a,
    struct mn_decide_result *out, struct mn_err *err)
{
	struct mn_deciding x = {.o = o, .a = a};
	struct mn_lock lock = {.fd = -1};
	*out = (struct mn_decide_result){.n = 0};
	bool good =
	    mn_run_keeps(o->data_dir, *a, err) &&
	    mn_lock_file(mn_arena_fmt(a, "%s/lock%c", o->data_dir, 0).p, &lock, err) &&
	    gather(&x, err) && mn_bulk_check(&x, err);
	out->shown = good && o->bulk.on && o->bulk.expect == 0;
	if (out->shown) {
		out->v = x.v;
		out->n = x.n;
	} else {
		good = good && decide(&x, out, err);
	}
	out->empty = x.empty;
	out->bulk = x.n_bulk;
	if (x.open)
		mn_report_close(&x.report);
	mn_gen_close(x.gen);
	mn_lock_release(&lock);
	return good;
}

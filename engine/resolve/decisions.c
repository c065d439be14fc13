/* A table of decisions: loaded once, looked up by handle, asked for contradictions. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/resolve/decision.h"

static int
compare(const struct mn_decision *a, const struct mn_decision *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int c = mn_key_cmp(a->subject, b->subject);
	c = c ? c : mn_key_cmp(a->entry, b->entry);
	return c ? c : mn_key_cmp(a->print, b->print);
}

struct loading {
	struct mn_arena *a;
	struct mn_decision *v;
	uint32_t n, cap;
	struct mn_err *err;
	bool good;
};

static void
add(struct loading *l, struct mn_decision d)
{
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? 2 * l->cap : 64;
		struct mn_decision *more = MN_NEW(l->a, struct mn_decision, cap);
		if (l->n)
			memcpy(more, l->v, l->n * sizeof *more);
		l->v = more;
		l->cap = cap;
	}
	l->v[l->n++] = d;
}

static bool
load_one(void *ctx, struct mn_str key, struct mn_str value)
{
	struct loading *l = ctx;
	struct mn_decision d;
	l->good =
	    l->n < MN_MAX_DECISIONS
		? mn_decision_decode(key, mn_arena_str(l->a, value), &d, l->err)
		: mn_fail(l->err, MN_E_STORE, "more than %u decisions", MN_MAX_DECISIONS);
	if (l->good)
		add(l, d);
	return l->good;
}

const struct mn_decisions *
mn_decisions_load(
    struct mn_arena *a, struct mn_state *s, int32_t as_of, struct mn_err *err)
{
	struct mn_decisions *d = MN_NEW(a, struct mn_decisions, 1);
	struct loading l = {.a = a, .err = err, .good = true};
	if (!mn_state_each(s, MN_S(MN_DECISION_PREFIX), load_one, &l, err) || !l.good)
		return NULL;
	*d = (struct mn_decisions){l.v, l.n, as_of};
	return d;
}

struct placed {
	struct mn_decision d;
	uint32_t place; /* later ones win */
};

static int
by_pair(const void *a, const void *b, const void *ctx)
{
	const struct placed *x = a, *y = b;
	(void)ctx;
	int c = compare(&x->d, &y->d);
	return c ? c : (x->place > y->place) - (x->place < y->place);
}

const struct mn_decisions *
mn_decisions_with(const struct mn_decisions *d, const struct mn_decision *more,
    uint32_t n, struct mn_arena *a)
{
	uint32_t total = d->n + n, kept = 0;
	struct mn_decisions *out = MN_NEW(a, struct mn_decisions, 1);
	struct mn_decision *v = MN_NEW(a, struct mn_decision, total);
	struct mn_arena scratch = *a;
	struct placed *all = MN_NEW(&scratch, struct placed, total);
	for (uint32_t i = 0; i < total; i++)
		all[i] = (struct placed){i < d->n ? d->v[i] : more[i - d->n], i};
	mn_sort(all, total, sizeof *all, by_pair, NULL, scratch);
	for (uint32_t i = 0; i < total; i++)
		if (i + 1 == total || compare(&all[i].d, &all[i + 1].d) != 0)
			v[kept++] = all[i].d;
	*out = (struct mn_decisions){v, kept, d->as_of};
	return out;
}

/* The first decision not before x. */
static uint32_t
lower(const struct mn_decisions *d, const struct mn_decision *x)
{
	uint32_t lo = 0, hi = d->n;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (compare(&d->v[mid], x) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
same_key(struct mn_key a, struct mn_key b)
{
	return mn_key_cmp(a, b) == 0;
}

const struct mn_decision *
mn_decisions_find(
    const struct mn_decisions *d, struct mn_key subject, struct mn_key entry)
{
	struct mn_decision x = {.kind = MN_PAIR_LIST, .subject = subject, .entry = entry};
	uint32_t at = lower(d, &x);
	return at < d->n && d->v[at].kind == x.kind &&
		       same_key(d->v[at].subject, subject) &&
		       same_key(d->v[at].entry, entry)
		   ? &d->v[at]
		   : NULL;
}

const struct mn_decision *
mn_decisions_exact(const struct mn_decisions *d, const struct mn_decision *x)
{
	uint32_t at = lower(d, x);
	return at < d->n && compare(&d->v[at], x) == 0 ? &d->v[at] : NULL;
}

void
mn_decisions_each(const struct mn_decisions *d, char kind,
    bool (*fn)(void *ctx, const struct mn_decision *x), void *ctx)
{
	uint32_t at = lower(d, &(struct mn_decision){.kind = kind});
	while (at < d->n && d->v[at].kind == kind && fn(ctx, &d->v[at]))
		at++;
}

bool
mn_decision_expired(const struct mn_decisions *d, const struct mn_decision *x)
{
	return x->expires != MN_DAY_NONE && x->expires < d->as_of;
}

/* ---- verdicts ---- */

/* Weighs one more decision about the pair: one in force beats one that is not, of those
 * not in force the newer is told, and two in force that disagree are a conflict. */
static void
weigh(struct mn_ruling *v, enum mn_decided state, const struct mn_decision *d)
{
	bool in_force = state == MN_DECIDED_SAME || state == MN_DECIDED_DIFFERENT;
	bool had_force = v->state == MN_DECIDED_SAME ||
			 v->state == MN_DECIDED_DIFFERENT ||
			 v->state == MN_DECIDED_CONFLICT;
	if (in_force && had_force && d->same != v->d->same)
		v->state = MN_DECIDED_CONFLICT;
	if (had_force || (!in_force && v->d && v->d->on >= d->on))
		return;
	*v = (struct mn_ruling){state, d};
}

static bool
is_about(const struct mn_pair_keys *p, const struct mn_decision *x)
{
	for (size_t i = 0; i < p->n_entry; i++)
		if (same_key(p->entry[i], x->entry))
			return true;
	return false;
}

static void
weigh_subject(struct mn_ruling *v, const struct mn_decisions *d,
    const struct mn_pair_keys *p, struct mn_key subject)
{
	struct mn_decision from = {.kind = MN_PAIR_LIST, .subject = subject};
	for (uint32_t i = lower(d, &from); i < d->n; i++) {
		const struct mn_decision *x = &d->v[i];
		if (x->kind != MN_PAIR_LIST || !same_key(x->subject, subject))
			return;
		if (!is_about(p, x))
			continue;
		weigh(v,
		    !same_key(x->print, p->print) ? MN_DECIDED_STALE
		    : mn_decision_expired(d, x)   ? MN_DECIDED_EXPIRED
		    : x->same                     ? MN_DECIDED_SAME
						  : MN_DECIDED_DIFFERENT,
		    x);
	}
}

struct mn_ruling
mn_decisions_ruling(const struct mn_decisions *d, const struct mn_pair_keys *pair)
{
	struct mn_ruling v = {MN_DECIDED_NONE, NULL};
	for (size_t i = 0; i < pair->n_subject; i++)
		weigh_subject(&v, d, pair, pair->subject[i]);
	return v;
}

/* ---- contradictions ---- */

/* Of two suppliers that are (or are not) the same, what each is to one entry: they must
 * not differ (or not both be it). */
static bool
at_odds(bool suppliers_same, bool a_is, bool b_is)
{
	return suppliers_same ? a_is != b_is : a_is && b_is;
}

/* x is about a supplier and an entry: look at the supplier's decided pairs. */
static const struct mn_decision *
against_by_suppliers(const struct mn_decisions *d, const struct mn_decision *x)
{
	struct mn_decision other = *x;
	uint32_t at = lower(d, &(struct mn_decision){.kind = MN_PAIR_SUPPLIERS});
	for (; at < d->n && d->v[at].kind == MN_PAIR_SUPPLIERS; at++) {
		const struct mn_decision *s = &d->v[at];
		bool first = same_key(s->subject, x->subject);
		if ((!first && !same_key(s->entry, x->subject)) ||
		    mn_decision_expired(d, s))
			continue;
		other.subject = first ? s->entry : s->subject;
		const struct mn_decision *o = mn_decisions_exact(d, &other);
		if (o && !mn_decision_expired(d, o) && at_odds(s->same, x->same, o->same))
			return o;
	}
	return NULL;
}

/* x is about two suppliers: look at the entries both were compared with. */
static const struct mn_decision *
against_by_entries(const struct mn_decisions *d, const struct mn_decision *x)
{
	struct mn_decision from = {.kind = MN_PAIR_LIST, .subject = x->subject};
	for (uint32_t i = lower(d, &from); i < d->n; i++) {
		struct mn_decision other = d->v[i];
		if (other.kind != MN_PAIR_LIST || !same_key(other.subject, x->subject))
			return NULL;
		other.subject = x->entry;
		const struct mn_decision *o = mn_decisions_exact(d, &other);
		if (o && !mn_decision_expired(d, o) &&
		    !mn_decision_expired(d, &d->v[i]) &&
		    at_odds(x->same, d->v[i].same, o->same))
			return o;
	}
	return NULL;
}

const struct mn_decision *
mn_decisions_against(const struct mn_decisions *d, const struct mn_decision *x)
{
	const struct mn_decision *have = mn_decisions_exact(d, x);
	if (have && have->same != x->same && !mn_decision_expired(d, have))
		return have;
	return x->kind == MN_PAIR_LIST ? against_by_suppliers(d, x)
				       : against_by_entries(d, x);
}

/*
 * Decisions about two suppliers name them by handles; clustering wants rows. One scan of
 * the supplier rows finds who of this run carries a handle that was decided on. Who is
 * not in this run is not found, and the decision waits for a run that has them.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/decision.h"
#include "manumit/resolve/resolve.h"

/* A row under one of the handles that were decided on. */
struct hit {
	struct mn_key handle, content;
	mn_rid rid;
	/* Handles by identifiers issued to one body: a decision does not undo these. */
	struct mn_key own[MN_HANDLES];
	uint32_t n_own;
};

/* A pair on its way to the table: of several about one pair of rows, the first in order
 * stands. */
struct found {
	struct mn_decided_pair pair; /* a is the lesser */
	int32_t on;
};

struct finding {
	const struct mn_stage *st;
	const struct mn_decisions *d;
	struct mn_arena *a;
	struct mn_key *handle; /* sorted, each once */
	size_t n_handle;
	struct hit *hit; /* by handle, content; one content once */
	size_t n_hit, cap_hit;
	struct found *found;
	size_t n_found, cap_found;
};

/* Room for one more at the end of a list in the arena. */
static void *
grown(struct mn_arena *a, void *list, size_t size, size_t n, size_t *cap)
{
	if (n < *cap)
		return list;
	*cap = *cap ? 2 * *cap : 64;
	void *more = mn_arena_alloc(a, size, 16, *cap);
	if (n)
		memcpy(more, list, size * n);
	return more;
}

/* ---- the handles ---- */

static int
by_key(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_key_cmp(*(const struct mn_key *)a, *(const struct mn_key *)b);
}

static bool
add_handles(void *ctx, const struct mn_decision *x)
{
	struct finding *f = ctx;
	if (!mn_decision_expired(f->d, x)) {
		f->handle[f->n_handle++] = x->subject;
		f->handle[f->n_handle++] = x->entry;
	}
	return true;
}

static void
list_handles(struct finding *f)
{
	size_t kept = 0;
	f->handle = MN_NEW(f->a, struct mn_key, 2 * (size_t)f->d->n);
	mn_decisions_each(f->d, MN_PAIR_SUPPLIERS, add_handles, f);
	mn_sort(f->handle, f->n_handle, sizeof *f->handle, by_key, NULL, *f->a);
	for (size_t i = 0; i < f->n_handle; i++)
		if (i == 0 || mn_key_cmp(f->handle[i], f->handle[i - 1]) != 0)
			f->handle[kept++] = f->handle[i];
	f->n_handle = kept;
}

static bool
decided_on(const struct finding *f, struct mn_key handle)
{
	size_t lo = 0, hi = f->n_handle;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (mn_key_cmp(f->handle[mid], handle) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->n_handle && mn_key_cmp(f->handle[lo], handle) == 0;
}

/* ---- the rows ---- */

static void
try_row(struct finding *f, const struct mn_record *rec)
{
	struct hit h = {.rid = rec->rid};
	struct mn_key handle[MN_HANDLES];
	size_t n = mn_decision_subjects(rec, handle);
	/* Best first: handles by identifiers stand before all others. */
	h.n_own = (rec->v[MN_F_LEI].n > 0 ? 1u : 0u) +
		  (rec->v[MN_F_OS_ID].n > 0 ? 1u : 0u) +
		  (rec->v[MN_F_TAX_ID].n > 0 ? 1u : 0u);
	memcpy(h.own, handle, h.n_own * sizeof *handle);
	for (size_t i = 0; i < n; i++) {
		if (!decided_on(f, handle[i]))
			continue;
		h.handle = handle[i];
		h.content = mn_record_key(rec, 0);
		f->hit = grown(f->a, f->hit, sizeof h, f->n_hit, &f->cap_hit);
		f->hit[f->n_hit++] = h;
	}
}

static bool
scan_rows(struct finding *f, struct mn_err *err)
{
	struct mn_reader *r = mn_reader_open(f->st->gen, err);
	struct mn_scan *scan = r ? mn_scan_open(r, MN_TAB_REC, MN_STR_NONE, err) : NULL;
	struct mn_str k, body;
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &k, &body, NULL, err)) == 1) {
		struct mn_record rec;
		struct mn_get g = mn_get(k);
		if (!mn_record_decode(body, mn_get_u64(&g), &rec, err))
			more = -1;
		else if (rec.kind == MN_K_SUPPLIERS)
			try_row(f, &rec);
	}
	mn_scan_close(scan);
	mn_reader_close(r);
	return more == 0;
}

static int
by_handle(const void *pa, const void *pb, const void *ctx)
{
	const struct hit *a = pa, *b = pb;
	(void)ctx;
	int c = mn_key_cmp(a->handle, b->handle);
	c = c ? c : mn_key_cmp(a->content, b->content);
	return c ? c : (a->rid > b->rid) - (a->rid < b->rid);
}

/* Rows with one content are one row said twice (decided.c). */
static void
sort_rows(struct finding *f)
{
	size_t kept = 0;
	mn_sort(f->hit, f->n_hit, sizeof *f->hit, by_handle, NULL, *f->a);
	for (size_t i = 0; i < f->n_hit; i++) {
		const struct hit *h = &f->hit[i], *last = kept ? &f->hit[kept - 1] : NULL;
		if (!last || mn_key_cmp(h->handle, last->handle) != 0 ||
		    mn_key_cmp(h->content, last->content) != 0)
			f->hit[kept++] = *h;
	}
	f->n_hit = kept;
}

/* The first rows under a handle, at most MN_MAX_DECIDED_ROWS. */
static const struct hit *
rows_of(const struct finding *f, struct mn_key handle, size_t *n)
{
	size_t lo = 0, hi = f->n_hit;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (mn_key_cmp(f->hit[mid].handle, handle) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; *n < MN_MAX_DECIDED_ROWS && lo + *n < f->n_hit; ++*n)
		if (mn_key_cmp(f->hit[lo + *n].handle, handle) != 0)
			break;
	return f->hit + lo;
}

/* ---- the pairs ---- */

static bool
one_identifier(const struct hit *a, const struct hit *b)
{
	for (uint32_t i = 0; i < a->n_own; i++)
		for (uint32_t k = 0; k < b->n_own; k++)
			if (mn_key_cmp(a->own[i], b->own[k]) == 0)
				return true;
	return false;
}

/* The words of a decision about a list entry (mn_gate_decided_text), so that people read
 * one language. */
static struct mn_str
in_words(struct finding *f, const struct mn_decision *x)
{
	char on[11], until[11];
	bool ends = x->expires != MN_DAY_NONE;
	mn_day_print(x->on, on);
	mn_day_print(x->expires, until);
	return mn_arena_fmt(f->a, "decided %s by %.*s on %s%s%s: %.*s",
	    x->same ? "same" : "different", MN_FMT(x->by), on, ends ? ", until " : "",
	    ends ? until : "", MN_FMT(x->why));
}

static void
add_pair(struct finding *f, const struct mn_decision *x, const struct hit *a,
    const struct hit *b, struct mn_str reason)
{
	int order = mn_key_cmp(a->content, b->content);
	const struct hit *left = order <= 0 ? a : b, *right = order <= 0 ? b : a;
	if (order == 0) /* one row that carries both: nothing is left to decide */
		return;
	if (!x->same && one_identifier(a, b)) {
		f->st->note(f->st->ctx, right->rid, MN_E_DECISION_CONFLICT, MN_STR_NONE,
		    x->entry_name, reason);
		return;
	}
	f->found = grown(f->a, f->found, sizeof *f->found, f->n_found, &f->cap_found);
	f->found[f->n_found++] =
	    (struct found){{left->content, right->content, x->same, reason}, x->on};
}

static bool
add_pairs(void *ctx, const struct mn_decision *x)
{
	struct finding *f = ctx;
	size_t n_left, n_right;
	if (mn_decision_expired(f->d, x))
		return true;
	const struct hit *left = rows_of(f, x->subject, &n_left);
	const struct hit *right = rows_of(f, x->entry, &n_right);
	struct mn_str reason = n_left && n_right ? in_words(f, x) : MN_STR_NONE;
	for (size_t i = 0; i < n_left; i++)
		for (size_t k = 0; k < n_right; k++)
			add_pair(f, x, &left[i], &right[k], reason);
	return true;
}

/* Who was decided on under several handles has several decisions: the latest stands, and
 * of one day the one that keeps apart. */
static int
by_pair(const void *pa, const void *pb, const void *ctx)
{
	const struct found *a = pa, *b = pb;
	(void)ctx;
	int c = mn_key_cmp(a->pair.a, b->pair.a);
	c = c ? c : mn_key_cmp(a->pair.b, b->pair.b);
	c = c ? c : (a->on < b->on) - (a->on > b->on);
	c = c ? c : (a->pair.one > b->pair.one) - (a->pair.one < b->pair.one);
	return c ? c : mn_str_cmp(a->pair.reason, b->pair.reason);
}

static size_t
take_pairs(struct finding *f, const struct mn_decided_pair **out)
{
	size_t n = 0;
	struct mn_decided_pair *pair = MN_NEW(f->a, struct mn_decided_pair, f->n_found);
	mn_sort(f->found, f->n_found, sizeof *f->found, by_pair, NULL, *f->a);
	for (size_t i = 0; i < f->n_found; i++) {
		const struct mn_decided_pair *p = &f->found[i].pair;
		if (n == 0 || mn_key_cmp(p->a, pair[n - 1].a) != 0 ||
		    mn_key_cmp(p->b, pair[n - 1].b) != 0)
			pair[n++] = *p;
	}
	*out = pair;
	return n;
}

bool
mn_decided_rows(const struct mn_stage *st, const struct mn_decisions *d,
    struct mn_arena *a, const struct mn_decided_pair **out, size_t *n, struct mn_err *err)
{
	struct finding f = {.st = st, .d = d, .a = a};
	*out = NULL;
	*n = 0;
	list_handles(&f);
	if (f.n_handle == 0)
		return true;
	if (!scan_rows(&f, err))
		return false;
	sort_rows(&f);
	mn_decisions_each(d, MN_PAIR_SUPPLIERS, add_pairs, &f);
	*n = take_pairs(&f, out);
	return true;
}

/* Editions of one register, read against each other. */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/resolve.h"

#include "editions.h"

struct row {
	struct mn_key key;
	uint32_t family, rank;
	mn_rid rid;
};

struct edition {
	uint32_t src, family, rank;
	int32_t day; /* the newest on which somebody was listed */
	uint64_t rows;
};

struct mn_editions {
	struct mn_reader *r;
	const struct edition *of; /* by family, day, content */
	uint32_t n_of;
	const struct row *row; /* by family, key, rank, rid */
	uint32_t n_row;
	uint32_t *by_src; /* edition + 1; 0: none */
	uint32_t n_src;
};

/* ---- days of a row ---- */

static int32_t
day_or_none(struct mn_str s)
{
	int32_t day;
	return mn_day_parse_iso(s, &day) ? day : MN_DAY_NONE;
}

static uint32_t
spans_of(
    const struct mn_record *rec, uint32_t rank, struct mn_edition_span *out, uint32_t max)
{
	uint32_t n = 0;
	for (struct mn_str rest = rec->v[MN_F_INTERVALS]; rest.p && rest.n && n < max;) {
		struct mn_str to = mn_str_cut(&rest, ';');
		struct mn_str from = mn_str_cut(&to, '/');
		out[n++] =
		    (struct mn_edition_span){rank, day_or_none(from), day_or_none(to)};
	}
	if (rec->v[MN_F_INTERVALS].n == 0 && n < max)
		out[n++] =
		    (struct mn_edition_span){rank, day_or_none(rec->v[MN_F_LISTED_ON]),
			day_or_none(rec->v[MN_F_ENDED_ON])};
	return n;
}

/* ---- which files are editions of one register ---- */

static bool
same_register(const struct mn_source *a, const struct mn_source *b)
{
	return a->kind == MN_K_WATCHLIST && b->kind == MN_K_WATCHLIST && a->layout.n &&
	       mn_str_eq(a->layout, b->layout) && !mn_str_eq(a->sha256, b->sha256);
}

static uint32_t
find_editions(const struct mn_evidence_run *run, struct edition *out)
{
	uint32_t n = 0, n_source = run->n_source;
	for (uint32_t i = 0; i < n_source; i++) {
		uint32_t family = n_source;
		for (uint32_t k = 0; k < n_source; k++)
			if (k != i && same_register(&run->source[i], &run->source[k]))
				family = k < family ? k : family;
		if (family == n_source)
			continue;
		out[n++] = (struct edition){
		    .src = i, .family = family < i ? family : i, .day = MN_DAY_NONE};
	}
	return n;
}

static int
by_day(const void *pa, const void *pb, const void *ctx)
{
	const struct edition *a = pa, *b = pb;
	const struct mn_source *source = ctx;
	int c = (a->family > b->family) - (a->family < b->family);
	c = c ? c : (a->day > b->day) - (a->day < b->day);
	return c ? c : mn_str_cmp(source[a->src].sha256, source[b->src].sha256);
}

/* Editions of one day are one: nobody knows which was first. */
static void
rank(struct edition *e, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		bool first = i == 0 || e[i].family != e[i - 1].family;
		e[i].rank = first ? 0 : e[i - 1].rank + (e[i].day > e[i - 1].day);
	}
}

/* ---- their rows ---- */

struct reading {
	struct mn_reader *r;
	struct mn_arena *a;
	struct row *row;
	uint32_t n, cap;
	struct mn_err *err;
};

static void
add_row(struct reading *x, const struct mn_record *rec, const struct edition *e)
{
	struct mn_key key[MN_HANDLES];
	if (mn_decision_entries(rec, key) == 0)
		return;
	if (x->n == x->cap) {
		uint32_t cap = x->cap ? 2 * x->cap : 1024;
		struct row *more = MN_NEW(x->a, struct row, cap);
		if (x->n)
			memcpy(more, x->row, x->n * sizeof *more);
		x->row = more;
		x->cap = cap;
	}
	x->row[x->n++] = (struct row){key[0], e->family, e->src, rec->rid};
}

static bool
read_edition(struct reading *x, struct edition *e)
{
	char raw[8];
	struct mn_buf from = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str key, body;
	mn_put_u64(&from, mn_rid_make(e->src, 0));
	struct mn_scan *scan = mn_scan_open(x->r, MN_TAB_REC, mn_buf_str(&from), x->err);
	int more = scan ? 1 : -1;
	while (more == 1 && (more = mn_scan_next(scan, &key, &body, NULL, x->err)) == 1) {
		struct mn_edition_span span[MN_MAX_SPANS];
		struct mn_record rec;
		struct mn_get g = mn_get(key);
		mn_rid rid = mn_get_u64(&g);
		if (mn_rid_src(rid) != e->src) {
			more = 0;
			break;
		}
		if (!mn_record_decode(body, rid, &rec, x->err)) {
			more = -1;
			break;
		}
		uint32_t n = spans_of(&rec, 0, span, countof(span));
		for (uint32_t i = 0; i < n; i++)
			if (span[i].from != MN_DAY_NONE && span[i].from > e->day)
				e->day = span[i].from;
		e->rows++;
		add_row(x, &rec, e);
	}
	mn_scan_close(scan);
	return more == 0;
}

static int
by_key(const void *pa, const void *pb, const void *ctx)
{
	const struct row *a = pa, *b = pb;
	(void)ctx;
	int c = (a->family > b->family) - (a->family < b->family);
	c = c ? c : mn_key_cmp(a->key, b->key);
	c = c ? c : (a->rank > b->rank) - (a->rank < b->rank);
	return c ? c : (a->rid > b->rid) - (a->rid < b->rid);
}

bool
mn_editions_read(const struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_arena *a, const struct mn_editions **out, struct mn_err *err)
{
	struct edition *e = MN_NEW(a, struct edition, run->n_source + 1);
	uint32_t n = find_editions(run, e);
	struct reading x = {.r = r, .a = a, .err = err};
	*out = NULL;
	for (uint32_t i = 0; i < n; i++)
		if (!read_edition(&x, &e[i]))
			return false;
	if (n == 0)
		return true;
	mn_sort(e, n, sizeof *e, by_day, run->source, *a);
	rank(e, n);
	struct mn_editions *all = MN_NEW(a, struct mn_editions, 1);
	all->by_src = MN_NEW(a, uint32_t, run->n_source + 1);
	for (uint32_t i = 0; i < n; i++)
		all->by_src[e[i].src] = i + 1;
	/* Until now the rank of a row was the number of its file. */
	for (uint32_t i = 0; i < x.n; i++)
		x.row[i].rank = e[all->by_src[x.row[i].rank] - 1].rank;
	mn_sort(x.row, x.n, sizeof *x.row, by_key, NULL, *a);
	all->r = r;
	all->of = e;
	all->n_of = n;
	all->row = x.row;
	all->n_row = x.n;
	all->n_src = run->n_source;
	*out = all;
	return true;
}

/* ---- one entry ---- */

static int
by_from(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_edition_span *a = pa, *b = pb;
	(void)ctx;
	int c = (a->from > b->from) - (a->from < b->from);
	c = c ? c : (a->rank > b->rank) - (a->rank < b->rank);
	return c ? c : (a->to > b->to) - (a->to < b->to);
}

static void
put_span(struct mn_str *list, int32_t from, int32_t to, struct mn_arena *a)
{
	char f[11], t[11];
	struct mn_str begin = from == MN_DAY_NONE ? MN_STR_NONE : mn_day_print(from, f);
	struct mn_str end = to == MN_DAY_NONE ? MN_STR_NONE : mn_day_print(to, t);
	*list = mn_arena_fmt(a, "%.*s%s%.*s/%.*s", MN_FMT(*list), list->n ? ";" : "",
	    MN_FMT(begin), MN_FMT(end));
}

/* The first edition after one that could have had it and has not. */
static uint32_t
absent_after(const struct mn_edition_span *span, uint32_t n, uint32_t after,
    const bool *closes, uint32_t n_edition)
{
	for (uint32_t e = after + 1; e < n_edition; e++) {
		bool has = false;
		for (uint32_t i = 0; i < n; i++)
			has |= span[i].rank == e;
		if (!has && closes[e])
			return e;
	}
	return UINT32_MAX;
}

static uint32_t
present_after(const struct mn_edition_span *span, uint32_t n, uint32_t after)
{
	uint32_t first = UINT32_MAX;
	for (uint32_t i = 0; i < n; i++)
		if (span[i].rank > after && span[i].rank < first)
			first = span[i].rank;
	return first;
}

/* One beginning, as the editions have it: open until one has an end or lacks it; back
 * from the day of the edition that has it again. */
static void
put_one(const struct mn_edition_span *span, uint32_t n, const int32_t *day,
    const bool *closes, uint32_t n_edition, struct mn_arena *a, struct mn_str *out,
    uint32_t *gone)
{
	const struct mn_edition_span *last = &span[n - 1];
	int32_t from = span[0].from;
	uint32_t at = span[0].rank;
	*gone = UINT32_MAX;
	/* The register's own last day says more than any absence. */
	if (last->to != MN_DAY_NONE) {
		put_span(out, from, last->to, a);
		return;
	}
	for (;;) {
		uint32_t absent = absent_after(span, n, at, closes, n_edition);
		uint32_t again =
		    absent == UINT32_MAX ? absent : present_after(span, n, absent);
		if (again == UINT32_MAX) {
			*gone = absent;
			put_span(out, from,
			    absent == UINT32_MAX ? MN_DAY_NONE : day[absent], a);
			return;
		}
		put_span(out, from, day[absent], a);
		from = day[again];
		at = again;
	}
}

struct mn_str
mn_editions_merge(const struct mn_edition_span *span, uint32_t n, const int32_t *day,
    const bool *closes, uint32_t n_edition, struct mn_arena *a, uint32_t *gone)
{
	struct mn_edition_span *s = MN_NEW(a, struct mn_edition_span, n + 1);
	struct mn_str out = MN_STR_NONE;
	*gone = UINT32_MAX;
	memcpy(s, span, n * sizeof *s);
	mn_sort(s, n, sizeof *s, by_from, NULL, *a);
	for (uint32_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && s[k].from == s[i].from;)
			k++;
		put_one(s + i, k - i, day, closes, n_edition, a, &out, gone);
	}
	return out;
}

/* The rows of a key, which stand together. */
static const struct row *
group(const struct mn_editions *x, uint32_t family, struct mn_key key, uint32_t *n)
{
	uint32_t lo = 0, hi = x->n_row;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const struct row *m = &x->row[mid];
		bool less = m->family != family ? m->family < family
						: mn_key_cmp(m->key, key) < 0;
		lo = less ? mid + 1 : lo;
		hi = less ? hi : mid;
	}
	for (*n = 0; lo + *n < x->n_row && x->row[lo + *n].family == family &&
		     mn_key_cmp(x->row[lo + *n].key, key) == 0;)
		++*n;
	return &x->row[lo];
}

struct family {
	int32_t *day; /* by rank */
	bool *closes;
	uint32_t n;
};

static struct family
family_of(const struct mn_editions *x, uint32_t family, struct mn_arena *a)
{
	struct family f = {MN_NEW(a, int32_t, x->n_of), MN_NEW(a, bool, x->n_of), 0};
	uint64_t most = 0;
	for (uint32_t i = 0; i < x->n_of; i++)
		if (x->of[i].family == family && x->of[i].rows > most)
			most = x->of[i].rows;
	for (uint32_t i = 0; i < x->n_of; i++) {
		const struct edition *e = &x->of[i];
		if (e->family != family)
			continue;
		f.day[e->rank] = e->day;
		f.closes[e->rank] |= 2 * e->rows >= most;
		f.n = e->rank + 1 > f.n ? e->rank + 1 : f.n;
	}
	return f;
}

bool
mn_editions_of(const struct mn_editions *x, const struct mn_record *rec,
    struct mn_arena *a, bool *told, struct mn_str *intervals, struct mn_str *ended_by,
    struct mn_err *err)
{
	struct mn_edition_span span[MN_MAX_SPANS];
	struct mn_key key[MN_HANDLES], best = {0, 0};
	uint32_t src = mn_rid_src(rec->rid), n, n_span = 0, gone;
	*told = true;
	*intervals = *ended_by = MN_STR_NONE;
	if (!x || src >= x->n_src || x->by_src[src] == 0 ||
	    mn_decision_entries(rec, key) == 0)
		return true;
	uint32_t family = x->of[x->by_src[src] - 1].family;
	struct family f = family_of(x, family, a);
	const struct row *row = group(x, family, key[0], &n);
	uint32_t last = n ? row[n - 1].rank : 0;
	/* In the newest alone: each row stands for itself. */
	if (n == 0 || (row[0].rank == last && last + 1 == f.n))
		return true;
	for (uint32_t i = 0; i < n; i++) {
		struct mn_record r;
		if (!mn_row_record(x->r, row[i].rid, &r, err))
			return false;
		n_span += spans_of(&r, row[i].rank, span + n_span, MN_MAX_SPANS - n_span);
		struct mn_key k = mn_record_key(&r, 0);
		if (row[i].rank == last && (best.hi == 0 || mn_key_cmp(k, best) < 0))
			best = k;
	}
	*told = row[n - 1].rank == x->of[x->by_src[src] - 1].rank &&
		mn_key_cmp(mn_record_key(rec, 0), best) == 0;
	if (!*told)
		return true;
	*intervals = mn_editions_merge(span, n_span, f.day, f.closes, f.n, a, &gone);
	char day[11];
	if (gone != UINT32_MAX)
		*ended_by = mn_arena_fmt(a, "not in the edition of %.*s, ended by then",
		    MN_FMT(mn_day_print(f.day[gone], day)));
	return true;
}

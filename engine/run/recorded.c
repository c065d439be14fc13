/* What `manumit record` kept, read as tables of a run. */
#include "manumit/base/sort.h"

#include "entries.h"
#include "recorded.h"

/* The table as an input: its hash is over the rows as they are stored. */
static void
describe(struct mn_run *r, uint32_t src, const struct mn_stored *v, uint32_t n)
{
	char hex[MN_HEX256_CHARS + 1];
	struct mn_sha256 h;
	struct mn_source *s = &r->source[src];
	*s = (struct mn_source){.src = src,
	    .kind = v->kind,
	    .file = MN_S("journal"),
	    .layout = MN_S(MN_JOURNAL_LAYOUT),
	    .title = MN_S("entries of manumit record; the line is the record of the "
			  "journal (manumit audit show)"),
	    .licence = MN_S("yours"),
	    .encoding = MN_S("utf-8"),
	    .rows = n};
	mn_sha256_init(&h);
	for (uint32_t i = 0; i < n; i++) {
		mn_sha256_add(&h, v[i].value);
		s->bytes += v[i].value.n;
	}
	mn_sha256_hex(&h, hex);
	s->sha256 = mn_arena_str(&r->arena, mn_str_c(hex));
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_field_in((enum mn_field)f, v->kind))
			s->column[f] = mn_str_c(mn_field_def((enum mn_field)f)->name);
}

/* ---- inspections ---- */

struct visit {
	struct mn_key thing;
	int32_t day;
	uint32_t at; /* its place, which is the order of recording */
};

static int
by_thing(const void *a, const void *b, const void *ctx)
{
	const struct visit *x = a, *y = b;
	(void)ctx;
	int c = mn_key_cmp(x->thing, y->thing);
	if (c == 0)
		c = (x->day > y->day) - (x->day < y->day);
	return c ? c : (x->at > y->at) - (x->at < y->at);
}

/* Of rows about one visit the last counts: evidence has no histories, so the others are
 * no input. They stay in the journal. Moves what counts to the front; how many. */
static bool
current_visits(struct mn_run *r, struct mn_stored *v, uint32_t *n, struct mn_err *err)
{
	struct mn_arena a = r->arena;
	struct visit *w = MN_NEW(&a, struct visit, *n + 1);
	bool *last = MN_NEW(&a, bool, *n + 1);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < *n; i++) {
		struct mn_entry e;
		if (!mn_entry_decode(v[i].seq, v[i].value, &e, err))
			return false;
		w[i] = (struct visit){mn_done_thing(&e.rec, mn_done_handle(&e.rec)),
		    mn_done_day(&e.rec), i};
	}
	mn_sort(w, *n, sizeof *w, by_thing, NULL, a);
	for (uint32_t i = 0; i < *n; i++)
		last[w[i].at] =
		    i + 1 == *n || mn_key_cmp(w[i].thing, w[i + 1].thing) != 0;
	for (uint32_t i = 0; i < *n; i++)
		if (last[i])
			v[kept++] = v[i];
	*n = kept;
	return true;
}

bool
mn_recorded_read(struct mn_run *r,
    bool (*put)(void *ctx, const struct mn_record *rec, struct mn_err *err), void *ctx,
    uint64_t *rows, struct mn_err *err)
{
	const struct mn_entries *all = r->entries;
	for (uint32_t i = 0, to; i < all->n; i = to) {
		uint32_t src = r->n_input++;
		for (to = i + 1; to < all->n && all->v[to].kind == all->v[i].kind;)
			to++;
		uint32_t n = to - i;
		struct mn_stored *v = MN_NEW(&r->arena, struct mn_stored, n);
		memcpy(v, &all->v[i], n * sizeof *v);
		if (v->kind == MN_K_INSPECTIONS && !current_visits(r, v, &n, err))
			return false;
		describe(r, src, v, n);
		for (uint32_t k = 0; k < n; k++) {
			struct mn_entry e;
			if (!mn_entry_decode(v[k].seq, v[k].value, &e, err))
				return false;
			e.rec.rid = mn_rid_make(src, e.seq);
			if (!put(ctx, &e.rec, err))
				return false;
		}
		*rows += n;
	}
	return true;
}

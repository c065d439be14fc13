/* Auditing: is the journal whole, and do the stored decisions and entries stand in it? */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "manumit/run/decide.h"

#include "entries.h"

struct mn_state *
mn_run_state_open(const char *dir, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	const char *inner = mn_arena_fmt(&a, "%s/store%c", dir, 0).p;
	struct mn_state *s =
	    mn_state_open(mn_path_exists(inner) ? inner : dir, false, err);
	mn_arena_free(root);
	return s;
}

/* What the journal said of each row, the last word counting: a row of the store is good
 * when it has the hash of that word, so an older row put back is found too. Rows are
 * called by the pair of a decision, or by the number of an entry. */
struct audit {
	struct mn_arena *a;
	struct mn_str want; /* head that the generation names, empty: none */
	bool found;
	struct said {
		struct mn_str row, hash;
		uint64_t seq;
	} * v;
	uint64_t n, cap, rows;
	struct mn_err *err;
	bool good;
};

static struct mn_str
text_of(struct mn_arena *a, const struct mn_json *map, const char *key)
{
	struct mn_str s = MN_STR_NONE;
	mn_json_str(mn_json_get(map, key), &s);
	return mn_arena_str(a, s);
}

static void
remember(struct audit *x, struct mn_str row, const struct mn_json *payload, uint64_t seq)
{
	if (x->n == x->cap) {
		uint64_t cap = x->cap ? 2 * x->cap : 256;
		struct said *v = MN_NEW(x->a, struct said, cap);
		if (x->n)
			memcpy(v, x->v, x->n * sizeof *v);
		x->v = v;
		x->cap = cap;
	}
	x->v[x->n++] = (struct said){row, text_of(x->a, payload, "row_sha256"), seq};
}

static struct mn_str
named_pair(struct audit *x, const struct mn_json *payload)
{
	struct mn_str pair[] = {text_of(x->a, payload, "subject"),
	    text_of(x->a, payload, "entry_key"), text_of(x->a, payload, "entry_print")};
	return mn_arena_fmt(
	    x->a, "%.*s %.*s %.*s", MN_FMT(pair[0]), MN_FMT(pair[1]), MN_FMT(pair[2]));
}

static struct mn_str
entry_row(struct mn_arena *a, uint64_t seq)
{
	return mn_arena_fmt(a, "entry %llu", (unsigned long long)seq);
}

static bool
hear(void *ctx, const struct mn_journal_record *r)
{
	struct audit *x = ctx;
	struct mn_str kind = MN_STR_NONE;
	if (x->want.n && mn_str_eq(r->hash, x->want))
		x->found = true;
	struct mn_json *j = mn_json_parse(r->text, "journal", x->err);
	if (!j)
		return x->good = false;
	mn_json_str(mn_json_get(j, "kind"), &kind);
	if (mn_str_eq(kind, MN_S("decision")))
		remember(x, named_pair(x, mn_json_get(j, "payload")),
		    mn_json_get(j, "payload"), r->seq);
	if (mn_str_eq(kind, MN_S("record")))
		remember(x, entry_row(x->a, r->seq), mn_json_get(j, "payload"), r->seq);
	mn_json_free(j);
	return true;
}

static int
by_row(const void *a, const void *b, const void *ctx)
{
	const struct said *x = a, *y = b;
	(void)ctx;
	int c = mn_str_cmp(x->row, y->row);
	return c ? c : (x->seq > y->seq) - (x->seq < y->seq);
}

/* The last of each row. */
static void
keep_last(struct audit *x)
{
	uint64_t kept = 0;
	mn_sort(x->v, x->n, sizeof *x->v, by_row, NULL, *x->a);
	for (uint64_t i = 0; i < x->n; i++)
		if (i + 1 == x->n || !mn_str_eq(x->v[i].row, x->v[i + 1].row))
			x->v[kept++] = x->v[i];
	x->n = kept;
}

static const struct said *
said_of(const struct audit *x, struct mn_str row)
{
	uint64_t lo = 0, hi = x->n;
	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;
		if (mn_str_cmp(x->v[mid].row, row) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < x->n && mn_str_eq(x->v[lo].row, row) ? &x->v[lo] : NULL;
}

static struct mn_str
pair_of(const struct mn_decision *d, struct mn_arena *a)
{
	char hex[3][33];
	mn_key_hex(d->subject, hex[0]);
	mn_key_hex(d->entry, hex[1]);
	mn_key_hex(d->print, hex[2]);
	return mn_arena_fmt(
	    a, "%s %s %s", hex[0], hex[1], d->kind == MN_PAIR_LIST ? hex[2] : "");
}

static bool
compare_row(void *ctx, struct mn_str key, struct mn_str value)
{
	struct audit *x = ctx;
	struct mn_arena scratch = *x->a;
	struct mn_decision d;
	char hex[MN_HEX256_CHARS + 1];
	mn_decision_row_hash(key, value, hex);
	x->rows++;
	x->good = mn_decision_decode(key, value, &d, x->err);
	if (!x->good)
		return false;
	const struct said *s = said_of(x, pair_of(&d, &scratch));
	if (!s || !mn_str_eq(s->hash, mn_str_c(hex)))
		x->good = mn_fail(x->err, MN_E_JOURNAL,
		    "the decision on \"%.*s\" and \"%.*s\" is not what the journal says",
		    MN_FMT(d.subject_name), MN_FMT(d.entry_name));
	return x->good;
}

static bool
compare_entry(void *ctx, struct mn_str key, struct mn_str value)
{
	struct audit *x = ctx;
	struct mn_arena scratch = *x->a;
	char hex[MN_HEX256_CHARS + 1];
	uint64_t seq = mn_entry_seq(key);
	const struct said *s = said_of(x, entry_row(&scratch, seq));
	x->rows++;
	mn_decision_row_hash(key, value, hex);
	if (!s || !mn_str_eq(s->hash, mn_str_c(hex)))
		x->good = mn_fail(x->err, MN_E_JOURNAL,
		    "entry %llu of what was done is not what the journal says",
		    (unsigned long long)seq);
	return x->good;
}

static bool
compare_rows(struct audit *x, struct mn_state *s)
{
	keep_last(x);
	if (!mn_state_each(s, MN_S(MN_DECISION_PREFIX), compare_row, x, x->err) ||
	    !x->good ||
	    !mn_state_each(s, MN_S(MN_ENTRY_PREFIX), compare_entry, x, x->err) ||
	    !x->good)
		return false;
	return x->rows == x->n ||
	       mn_fail(x->err, MN_E_JOURNAL,
		   "the store holds %llu of the %llu decisions and entries that the "
		   "journal "
		   "tells of",
		   (unsigned long long)x->rows, (unsigned long long)x->n);
}

/* The head that the current generation began with; empty when there is none. */
static bool
generations_head(
    const char *dir, struct mn_arena *a, struct mn_str *out, struct mn_err *err)
{
	struct mn_err none;
	struct mn_gen *g = mn_run_open(dir, 0, &none);
	*out = MN_STR_NONE;
	if (!g)
		return none.code == MN_E_NOTFOUND || (*err = none, false);
	struct mn_reader *r = mn_reader_open(g, err);
	struct mn_str head = MN_STR_NONE;
	int found =
	    r ? mn_reader_get(r, MN_TAB_META, MN_S("journal_head"), &head, NULL, err)
	      : -1;
	if (found == 1)
		*out = mn_arena_str(a, head);
	mn_reader_close(r);
	mn_gen_close(g);
	return found >= 0;
}

bool
mn_run_audit(
    const char *dir, struct mn_arena *a, struct mn_journal_head *head, struct mn_err *err)
{
	struct audit x = {.a = a, .err = err, .good = true};
	struct mn_state *s = mn_run_state_open(dir, err);
	bool good = s && mn_journal_verify(s, head, err) &&
		    generations_head(dir, a, &x.want, err) &&
		    mn_journal_each(s, hear, &x, err) && x.good;
	if (good && x.want.n && !x.found)
		good = mn_fail(err, MN_E_JOURNAL,
		    "the current generation began with the head %.16s..., which no "
		    "record "
		    "has: the journal was cut or written anew",
		    x.want.p);
	good = good && compare_rows(&x, s);
	mn_state_close(s);
	return good;
}

/* Decisions: handles that bind content, and the stored form. */
#include "manumit/base/clock.h"
#include "manumit/base/jsonw.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/decision.h"
#include "manumit/text/fold.h"
#include "manumit/text/utf8.h"

#define VERSION 1
/* Names and reasons kept with a decision: a sentence or two. */
#define MAX_TEXT 2000

/* ---- handles ---- */

typedef void fold_fn(struct mn_str s, struct mn_buf *out);

struct part {
	enum mn_field field;
	fold_fn *fold; /* NULL: as it is */
};

/* The ways to name somebody, best first; each needs all of its fields but the country,
 * which may be unknown. */
struct way {
	const char *tag;
	struct part part[3];
	uint32_t n;
};

static const struct way OF_SUPPLIERS[] = {
    {"lei", {{MN_F_LEI, NULL}}, 1},
    {"os_id", {{MN_F_OS_ID, NULL}}, 1},
    {"tax_id", {{MN_F_TAX_ID, mn_fold_id}, {MN_F_COUNTRY, NULL}}, 2},
    {"id", {{MN_F_ID, NULL}, {MN_F_NAME, mn_fold_name}, {MN_F_COUNTRY, NULL}}, 3},
    {"name", {{MN_F_NAME, mn_fold_name}, {MN_F_COUNTRY, NULL}}, 2},
};
/* Registered identifiers come before the list's own ids, because some lists (the register
 * of employers of Brazil) number their rows anew with every update. */
static const struct way OF_ENTRIES[] = {
    {"lei", {{MN_F_LEI, NULL}}, 1},
    {"os_id", {{MN_F_OS_ID, NULL}}, 1},
    {"tax_id", {{MN_F_TAX_ID, mn_fold_id}, {MN_F_COUNTRY, NULL}}, 2},
    {"id", {{MN_F_ID, NULL}}, 1},
    {"name", {{MN_F_NAME, mn_fold_name}, {MN_F_COUNTRY, NULL}}, 2},
};

/* Folds a field to the end of b; an empty one gives nothing. */
static struct mn_str
folded(const struct mn_record *r, const struct part *p, struct mn_buf *b)
{
	mn_buf_clear(b);
	if (p->fold)
		p->fold(r->v[p->field], b);
	else
		mn_buf_add(b, r->v[p->field]);
	return mn_buf_str(b);
}

static bool
has_all(const struct mn_record *r, const struct way *w)
{
	for (uint32_t i = 0; i < w->n; i++)
		if (w->part[i].field != MN_F_COUNTRY && r->v[w->part[i].field].n == 0)
			return false;
	return true;
}

/* `list` is empty for suppliers. The last way, by name, is for those that have no other:
 * two of one name with ids of their own are two. */
static size_t
handles(const struct way *way, size_t n_way, struct mn_str list,
    const struct mn_record *r, struct mn_key out[MN_HANDLES])
{
	struct mn_buf b[3] = {mn_buf_new(MN_MAX_RECORD), mn_buf_new(MN_MAX_RECORD),
	    mn_buf_new(MN_MAX_RECORD)};
	size_t n = 0;
	for (size_t i = 0; i < n_way && n < MN_HANDLES; i++) {
		struct mn_str part[5] = {mn_str_c(way[i].tag), list};
		if (!has_all(r, &way[i]) || (i + 1 == n_way && n > 0))
			continue;
		for (uint32_t k = 0; k < way[i].n; k++)
			part[2 + k] = folded(r, &way[i].part[k], &b[k]);
		out[n++] = mn_hash128(part, 2 + way[i].n);
	}
	for (size_t i = 0; i < countof(b); i++)
		mn_buf_free(&b[i]);
	return n;
}

size_t
mn_decision_subjects(const struct mn_record *r, struct mn_key out[MN_HANDLES])
{
	return handles(OF_SUPPLIERS, countof(OF_SUPPLIERS), MN_STR_NONE, r, out);
}

/* A list is its name; files are renamed with every update. */
static struct mn_str
list_of(const struct mn_record *r)
{
	if (r->v[MN_F_LIST].n)
		return r->v[MN_F_LIST];
	return r->v[MN_F_GATE].n ? r->v[MN_F_GATE] : MN_S("G-OWN");
}

size_t
mn_decision_entries(const struct mn_record *r, struct mn_key out[MN_HANDLES])
{
	return handles(OF_ENTRIES, countof(OF_ENTRIES), list_of(r), r, out);
}

/* What identifies a listed entry besides its names; the list's own id does so only while
 * the list keeps it. */
static const struct part PRINTED[] = {
    {MN_F_COUNTRY, NULL},
    {MN_F_ADDRESS, mn_fold_words},
    {MN_F_LEI, NULL},
    {MN_F_OS_ID, NULL},
    {MN_F_TAX_ID, mn_fold_id},
    {MN_F_IDENTIFIERS, mn_fold_id},
    {MN_F_GOOD, mn_fold_words},
};
/* Cells of names, ';' between; which name stands in which cell makes no difference. */
static const enum mn_field NAMES[] = {
    MN_F_NAME, MN_F_NATIVE_NAME, MN_F_ALIASES, MN_F_FORMER_NAMES, MN_F_WEAK_ALIASES};

static int
by_bytes(const void *a, const void *b, const void *ctx)
{
	(void)ctx;
	return mn_str_cmp(*(const struct mn_str *)a, *(const struct mn_str *)b);
}

static size_t
count_names(const struct mn_record *r)
{
	size_t n = countof(NAMES);
	for (size_t i = 0; i < countof(NAMES); i++)
		for (size_t k = 0; k < r->v[NAMES[i]].n; k++)
			n += r->v[NAMES[i]].p[k] == ';';
	return n;
}

/* The folded names as a set: sorted, each once. */
static size_t
name_set(
    const struct mn_record *r, struct mn_buf *b, struct mn_str *out, struct mn_arena *a)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < countof(NAMES); i++)
		for (struct mn_str rest = r->v[NAMES[i]]; rest.p && rest.n;) {
			mn_buf_clear(b);
			mn_fold_name(mn_str_trim(mn_str_cut(&rest, ';')), b);
			if (b->n)
				out[n++] = mn_arena_str(a, mn_buf_str(b));
		}
	mn_sort(out, n, sizeof *out, by_bytes, NULL, *a);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || !mn_str_eq(out[i], out[i - 1]))
			out[kept++] = out[i];
	return kept;
}

/* Absent fields leave no trace, so that a field added to the table makes no decision
 * stale where a list does not carry it. */
static struct mn_key
entry_print(const struct mn_record *r, struct mn_buf *b, struct mn_arena *a)
{
	size_t n = 0, names = count_names(r);
	struct mn_str *name = MN_NEW(a, struct mn_str, names);
	struct mn_str *part = MN_NEW(a, struct mn_str, 2 + names + 2 * countof(PRINTED));
	part[n++] = MN_S("print");
	part[n++] = list_of(r);
	names = name_set(r, b, name, a);
	for (size_t i = 0; i < names; i++)
		part[n++] = name[i];
	for (size_t i = 0; i < countof(PRINTED); i++) {
		if (r->v[PRINTED[i].field].n == 0)
			continue;
		part[n++] = mn_str_c(mn_field_def(PRINTED[i].field)->name);
		part[n++] = mn_arena_str(a, folded(r, &PRINTED[i], b));
	}
	return mn_hash128(part, n);
}

struct mn_key
mn_decision_print(const struct mn_record *r, struct mn_arena scratch)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	struct mn_key k = entry_print(r, &b, &scratch);
	mn_buf_free(&b);
	return k;
}

void
mn_decision_pair_suppliers(struct mn_decision *d, struct mn_key a, struct mn_key b)
{
	bool swap = mn_key_cmp(a, b) > 0;
	d->kind = MN_PAIR_SUPPLIERS;
	d->subject = swap ? b : a;
	d->entry = swap ? a : b;
	d->print = (struct mn_key){0, 0};
}

/* ---- stored form ---- */

void
mn_decision_encode(const struct mn_decision *d, struct mn_buf *key, struct mn_buf *value)
{
	const struct mn_str text[] = {
	    d->by, d->why, d->subject_name, d->entry_name, d->list};
	mn_buf_add(key, MN_S(MN_DECISION_PREFIX));
	mn_buf_byte(key, d->kind);
	mn_put_key(key, d->subject);
	mn_put_key(key, d->entry);
	mn_put_key(key, d->print);
	mn_put_u8(value, VERSION);
	mn_put_u8(value, d->same);
	mn_put_u32(value, (uint32_t)d->on);
	mn_put_u32(value, (uint32_t)d->expires);
	for (size_t i = 0; i < countof(text); i++)
		mn_put_str(value, mn_utf8_cut(text[i], MAX_TEXT));
}

static bool
decode(struct mn_get *k, struct mn_get *g, struct mn_decision *out)
{
	struct mn_str *const text[] = {
	    &out->by, &out->why, &out->subject_name, &out->entry_name, &out->list};
	bool fits = true;
	out->kind = (char)mn_get_u8(k);
	out->subject = mn_get_key(k);
	out->entry = mn_get_key(k);
	out->print = mn_get_key(k);
	uint8_t version = mn_get_u8(g), same = mn_get_u8(g);
	out->same = same == 1;
	out->on = (int32_t)mn_get_u32(g);
	out->expires = (int32_t)mn_get_u32(g);
	for (size_t i = 0; i < countof(text); i++) {
		*text[i] = mn_get_str(g);
		fits = fits && text[i]->n <= MAX_TEXT;
	}
	bool kind =
	    out->kind == MN_PAIR_LIST ||
	    (out->kind == MN_PAIR_SUPPLIERS && mn_key_cmp(out->subject, out->entry) < 0 &&
		out->print.hi == 0 && out->print.lo == 0);
	return mn_get_done(k) && mn_get_done(g) && version == VERSION && same <= 1 &&
	       kind && fits && out->on != MN_DAY_NONE;
}

bool
mn_decision_decode(
    struct mn_str key, struct mn_str value, struct mn_decision *out, struct mn_err *err)
{
	struct mn_str prefix = MN_S(MN_DECISION_PREFIX);
	struct mn_get k = mn_get(mn_str_sub(key, prefix.n, key.n)), g = mn_get(value);
	*out = (struct mn_decision){.kind = 0};
	if (mn_str_starts(key, prefix) && decode(&k, &g, out))
		return true;
	return mn_fail(err, MN_E_STORE, "damaged decision");
}

void
mn_decision_row_hash(
    struct mn_str key, struct mn_str value, char hex[MN_HEX256_CHARS + 1])
{
	struct mn_sha256 h;
	mn_sha256_init(&h);
	mn_sha256_add(&h, key);
	mn_sha256_add(&h, value);
	mn_sha256_hex(&h, hex);
}

static void
put_hex(struct mn_jsonw *w, const char *name, struct mn_key k)
{
	char hex[33];
	mn_key_hex(k, hex);
	mn_jsonw_c(w, name, hex);
}

void
mn_decision_json(const struct mn_decision *d, struct mn_buf *out)
{
	char day[11], hex[MN_HEX256_CHARS + 1];
	struct mn_buf key = mn_buf_new(256), value = mn_buf_new(6 * MAX_TEXT);
	struct mn_jsonw w = mn_jsonw_buf(out, false);
	bool list = d->kind == MN_PAIR_LIST;
	mn_decision_encode(d, &key, &value);
	mn_decision_row_hash(mn_buf_str(&key), mn_buf_str(&value), hex);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "verdict", d->same ? "same" : "different");
	mn_jsonw_c(&w, "pair", list ? "supplier and list entry" : "two suppliers");
	mn_jsonw_str(&w, "name", d->subject_name);
	mn_jsonw_str(&w, list ? "entry" : "other", d->entry_name);
	if (list)
		mn_jsonw_str(&w, "list", d->list);
	mn_jsonw_str(&w, "reason", d->why);
	mn_jsonw_str(&w, "on", mn_day_print(d->on, day));
	if (d->expires != MN_DAY_NONE)
		mn_jsonw_str(&w, "expires", mn_day_print(d->expires, day));
	put_hex(&w, "subject", d->subject);
	put_hex(&w, "entry_key", d->entry);
	if (list)
		put_hex(&w, "entry_print", d->print);
	mn_jsonw_c(&w, "row_sha256", hex);
	mn_jsonw_end_map(&w);
	mn_buf_free(&key);
	mn_buf_free(&value);
}

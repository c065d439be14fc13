/* Entries of `manumit record`: their stored form, and all of them. */
#include "manumit/base/jsonw.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/model/codec.h"
#include "manumit/resolve/decision.h"

#include "entries.h"

#define VERSION 1

void
mn_entry_encode(const struct mn_entry *e, struct mn_buf *key, struct mn_buf *value)
{
	mn_buf_add(key, MN_S(MN_ENTRY_PREFIX));
	mn_put_u64(key, e->seq);
	mn_put_u8(value, VERSION);
	mn_put_u64(value, e->line);
	mn_put_str(value, e->file);
	mn_put_str(value, e->by);
	mn_put_str(value, mn_str_c(mn_kind_name(e->rec.kind)));
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		if (e->rec.v[f].n == 0)
			continue;
		mn_put_str(value, mn_str_c(mn_field_def((enum mn_field)f)->name));
		mn_put_str(value, e->rec.v[f]);
	}
}

static bool
decode_fields(struct mn_get *g, struct mn_record *rec)
{
	while (!g->bad && g->p < g->end) {
		enum mn_field f = mn_field_by_name(mn_get_str(g));
		struct mn_str v = mn_get_str(g);
		if (f == MN_F_NONE || v.n == 0 || v.n > MN_MAX_RECORD || rec->v[f].n ||
		    !mn_field_in(f, rec->kind))
			return false;
		rec->v[f] = v;
	}
	return true;
}

uint64_t
mn_entry_seq(struct mn_str key)
{
	struct mn_str prefix = MN_S(MN_ENTRY_PREFIX);
	struct mn_get k = mn_get(mn_str_sub(key, prefix.n, key.n));
	uint64_t seq = mn_get_u64(&k);
	/* A rid keeps 40 bits for a line. */
	bool good =
	    mn_str_starts(key, prefix) && mn_get_done(&k) && seq < (uint64_t)1 << 40;
	return good ? seq : 0;
}

bool
mn_entry_decode(
    uint64_t seq, struct mn_str value, struct mn_entry *out, struct mn_err *err)
{
	struct mn_get g = mn_get(value);
	int32_t day;
	*out = (struct mn_entry){.seq = seq};
	uint8_t version = mn_get_u8(&g);
	out->line = mn_get_u64(&g);
	out->file = mn_get_str(&g);
	out->by = mn_get_str(&g);
	bool good = mn_kind_by_name(mn_get_str(&g), &out->rec.kind) &&
		    mn_kind_is_kept(out->rec.kind) && decode_fields(&g, &out->rec);
	if (good && mn_get_done(&g) && version == VERSION && seq > 0 &&
	    mn_record_day(&out->rec, MN_F_RECORDED_ON, &day))
		return true;
	return mn_fail(err, MN_E_STORE, "damaged entry of what was done");
}

void
mn_entry_json(const struct mn_entry *e, struct mn_buf *out)
{
	char hex[MN_HEX256_CHARS + 1];
	struct mn_buf key = mn_buf_new(64), value = mn_buf_new(MN_MAX_RECORD);
	struct mn_jsonw w = mn_jsonw_buf(out, false);
	mn_entry_encode(e, &key, &value);
	mn_decision_row_hash(mn_buf_str(&key), mn_buf_str(&value), hex);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "table", mn_kind_name(e->rec.kind));
	mn_jsonw_str(&w, "file", e->file);
	mn_jsonw_int(&w, "line", (int64_t)e->line);
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (e->rec.v[f].n)
			mn_jsonw_str(
			    &w, mn_field_def((enum mn_field)f)->name, e->rec.v[f]);
	mn_jsonw_c(&w, "row_sha256", hex);
	mn_jsonw_end_map(&w);
	mn_buf_free(&key);
	mn_buf_free(&value);
}

struct loading {
	struct mn_arena *a;
	struct mn_stored *v;
	uint32_t n, cap;
	struct mn_err *err;
	bool good;
};

static void
add(struct loading *l, struct mn_stored s)
{
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? 2 * l->cap : 64;
		struct mn_stored *v = MN_NEW(l->a, struct mn_stored, cap);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = s;
}

static bool
load_one(void *ctx, struct mn_str key, struct mn_str value)
{
	struct loading *l = ctx;
	struct mn_entry e;
	uint64_t seq = mn_entry_seq(key);
	l->good = l->n < MN_MAX_ENTRIES
		      ? mn_entry_decode(seq, value, &e, l->err)
		      : mn_fail(l->err, MN_E_STORE,
			    "more than %u entries of what was done", MN_MAX_ENTRIES);
	if (l->good)
		add(l, (struct mn_stored){e.rec.kind, seq, mn_arena_str(l->a, value)});
	return l->good;
}

static int
by_table(const void *a, const void *b, const void *ctx)
{
	const struct mn_stored *x = a, *y = b;
	(void)ctx;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

const struct mn_entries *
mn_entries_load(struct mn_arena *a, struct mn_state *s, struct mn_err *err)
{
	struct mn_entries *out = MN_NEW(a, struct mn_entries, 1);
	struct loading l = {.a = a, .err = err, .good = true};
	if (!mn_state_each(s, MN_S(MN_ENTRY_PREFIX), load_one, &l, err) || !l.good)
		return NULL;
	if (l.n)
		mn_sort(l.v, l.n, sizeof *l.v, by_table, NULL, *a);
	*out = (struct mn_entries){l.v, l.n};
	return out;
}

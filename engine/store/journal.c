/* The journal: appended in the transaction of what it tells, walked to be believed. */
#include <stdio.h>

#include "manumit/base/jsonw.h"
#include "manumit/base/limits.h"
#include "manumit/store/journal.h"

#include "store_impl.h"

#define PREFIX "journal|"
#define KEY_BYTES (sizeof PREFIX - 1 + 8)
#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

static struct mn_str
key_of(uint64_t seq, char room[KEY_BYTES])
{
	memcpy(room, PREFIX, sizeof PREFIX - 1);
	for (size_t i = 0; i < 8; i++)
		room[sizeof PREFIX - 1 + i] = (char)(seq >> (56 - 8 * i));
	return mn_str(room, KEY_BYTES);
}

/* The record behind a row; seq 0 when it is none. */
static struct mn_journal_record
record_of(struct mn_str key, struct mn_str value)
{
	struct mn_journal_record r = {0};
	if (key.n != KEY_BYTES || value.n < MN_HEX256_CHARS)
		return r;
	for (size_t i = sizeof PREFIX - 1; i < KEY_BYTES; i++)
		r.seq = r.seq << 8 | (unsigned char)key.p[i];
	r.hash = mn_str_sub(value, 0, MN_HEX256_CHARS);
	r.text = mn_str_sub(value, MN_HEX256_CHARS, value.n);
	return r;
}

static struct mn_journal_head
no_records(void)
{
	struct mn_journal_head h = {.n = 0};
	memcpy(h.hash, NO_HASH, sizeof h.hash);
	return h;
}

/* Steps back from the first key after the journal's. */
static int
last_record(MDB_cursor *c, MDB_val *k, MDB_val *v)
{
	char room[KEY_BYTES];
	*k = mn_store_val(key_of(UINT64_MAX, room));
	int rc = mdb_cursor_get(c, k, v, MDB_SET_RANGE);
	return mdb_cursor_get(c, k, v, rc == MDB_NOTFOUND ? MDB_LAST : MDB_PREV);
}

static int
read_head(struct mn_state *s, MDB_txn *txn, struct mn_journal_head *out)
{
	MDB_cursor *c;
	MDB_val k, v;
	*out = no_records();
	int rc = mdb_cursor_open(txn, s->dbi, &c);
	if (rc)
		return rc;
	rc = last_record(c, &k, &v);
	mdb_cursor_close(c);
	if (rc == MDB_NOTFOUND ||
	    (rc == 0 && !mn_str_starts(mn_store_str(k), MN_S(PREFIX))))
		return 0;
	if (rc)
		return rc;
	struct mn_journal_record r = record_of(mn_store_str(k), mn_store_str(v));
	if (r.seq == 0)
		return MDB_CORRUPTED;
	out->n = r.seq;
	memcpy(out->hash, r.hash.p, MN_HEX256_CHARS);
	return 0;
}

bool
mn_journal_head(struct mn_state *s, struct mn_journal_head *out, struct mn_err *err)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn);
	if (rc == 0) {
		rc = read_head(s, txn, out);
		mdb_txn_abort(txn);
	}
	return rc == 0 || mn_store_fail(err, rc, "read the journal", s->path);
}

/* How every record begins: verifying compares these bytes instead of parsing them. */
static void
begin_text(uint64_t seq, const char *prev, struct mn_buf *b)
{
	mn_buf_fmt(b, "{\"seq\":%llu,\"prev\":\"%s\",", (unsigned long long)seq, prev);
}

static void
write_text(const struct mn_journal_head *h, struct mn_when now,
    const struct mn_journal_note *note, struct mn_buf *b)
{
	char time[21];
	mn_buf_clear(b);
	begin_text(h->n + 1, h->hash, b);
	size_t from = b->n;
	struct mn_jsonw w = mn_jsonw_buf(b, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "time", mn_when_print(now, time));
	mn_jsonw_c(&w, "kind", note->kind);
	mn_jsonw_str(&w, "by", note->by);
	if (b->n > from) /* its opening brace stands already */
		memmove(b->p + from, b->p + from + 1, --b->n - from);
	mn_buf_fmt(b, ",\"payload\":%.*s}", MN_FMT(note->payload));
}

static void
hash_text(struct mn_str text, char hex[MN_HEX256_CHARS + 1])
{
	struct mn_sha256 h;
	mn_sha256_init(&h);
	mn_sha256_add(&h, text);
	mn_sha256_hex(&h, hex);
}

static int
put_row(struct mn_state *s, MDB_txn *txn, struct mn_str key, struct mn_str value)
{
	MDB_val k = mn_store_val(key), v = mn_store_val(value);
	return mdb_put(txn, s->dbi, &k, &v, 0);
}

/* One record after the head, which becomes the new head. */
static int
append_one(struct mn_state *s, MDB_txn *txn, struct mn_journal_head *h, struct mn_buf *b,
    struct mn_buf *value)
{
	char room[KEY_BYTES];
	hash_text(mn_buf_str(b), h->hash);
	h->n++;
	mn_buf_clear(value);
	mn_buf_add(value, mn_str_c(h->hash));
	mn_buf_add(value, mn_buf_str(b));
	if (b->failed || value->failed)
		return MDB_BAD_VALSIZE;
	return put_row(s, txn, key_of(h->n, room), mn_buf_str(value));
}

bool
mn_journal_append(struct mn_state *s, struct mn_when now,
    const struct mn_journal_note *note, size_t n_note, const struct mn_state_row *row,
    size_t n_row, struct mn_journal_head *out, struct mn_err *err)
{
	MDB_txn *txn;
	struct mn_journal_head h;
	struct mn_buf text = mn_buf_new(MN_MAX_RECORD), value = mn_buf_new(MN_MAX_RECORD);
	int rc = mdb_txn_begin(s->env, NULL, 0, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", s->path);
	rc = read_head(s, txn, &h);
	for (size_t i = 0; rc == 0 && i < n_note; i++) {
		write_text(&h, now, &note[i], &text);
		rc = append_one(s, txn, &h, &text, &value);
	}
	for (size_t i = 0; rc == 0 && i < n_row; i++)
		rc = put_row(s, txn, row[i].key, row[i].value);
	if (rc == 0)
		rc = mdb_txn_commit(txn);
	else
		mdb_txn_abort(txn);
	mn_buf_free(&text);
	mn_buf_free(&value);
	if (rc == 0 && out)
		*out = h;
	return rc == 0 || mn_store_fail(err, rc, "append to the journal", s->path);
}

struct each {
	bool (*fn)(void *ctx, const struct mn_journal_record *r);
	void *ctx;
};

static bool
each_row(void *ctx, struct mn_str key, struct mn_str value)
{
	struct each *x = ctx;
	struct mn_journal_record r = record_of(key, value);
	return x->fn(x->ctx, &r);
}

bool
mn_journal_each(struct mn_state *s,
    bool (*fn)(void *ctx, const struct mn_journal_record *r), void *ctx,
    struct mn_err *err)
{
	struct each x = {fn, ctx};
	return mn_state_each(s, MN_S(PREFIX), each_row, &x, err);
}

struct walk {
	struct mn_journal_head *head;
	struct mn_buf begin;
	struct mn_err *err;
	const char *path;
	bool good;
};

static const char *
what_is_wrong(struct walk *x, const struct mn_journal_record *r)
{
	char hex[MN_HEX256_CHARS + 1];
	if (r->seq != x->head->n + 1)
		return "is missing";
	hash_text(r->text, hex);
	if (!mn_str_eq(mn_str_c(hex), r->hash))
		return "was changed: its text does not give its hash";
	mn_buf_clear(&x->begin);
	begin_text(r->seq, x->head->hash, &x->begin);
	if (!mn_str_starts(r->text, mn_buf_str(&x->begin)))
		return "does not follow from the record before it";
	return NULL;
}

static bool
check(void *ctx, const struct mn_journal_record *r)
{
	struct walk *x = ctx;
	const char *wrong = what_is_wrong(x, r);
	if (wrong)
		return x->good = mn_fail(x->err, MN_E_JOURNAL, "%s: record %llu %s",
			   x->path, (unsigned long long)x->head->n + 1, wrong);
	x->head->n = r->seq;
	memcpy(x->head->hash, r->hash.p, MN_HEX256_CHARS);
	return true;
}

bool
mn_journal_verify(struct mn_state *s, struct mn_journal_head *head, struct mn_err *err)
{
	struct walk x = {.head = head,
	    .begin = mn_buf_new(256),
	    .err = err,
	    .path = s->path,
	    .good = true};
	*head = no_records();
	bool read = mn_journal_each(s, check, &x, err);
	mn_buf_free(&x.begin);
	return read && x.good;
}

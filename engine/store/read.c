/* Reading tables: gets and walks within one transaction. */
#include "store_impl.h"

struct mn_scan {
	struct mn_reader *reader;
	MDB_cursor *cursor;
	struct mn_buf from; /* where the next step seeks to, when `seek` */
	bool seek;
};

struct mn_reader *
mn_reader_open(struct mn_gen *g, struct mn_err *err)
{
	struct mn_reader *r = mn_handle_new(sizeof *r);
	if (!r) {
		mn_fail(err, MN_E_NOMEM, "%s", g->path);
		return NULL;
	}
	r->gen = g;
	int rc = mdb_txn_begin(g->env, NULL, MDB_RDONLY, &r->txn);
	if (rc == 0)
		return r;
	mn_store_fail(err, rc, "begin", g->path);
	mn_handle_free(r);
	return NULL;
}

void
mn_reader_close(struct mn_reader *r)
{
	if (!r)
		return;
	mdb_txn_abort(r->txn);
	mn_handle_free(r);
}

/* u32 length of body, body, pos */
static bool
split(struct mn_gen *g, MDB_val v, struct mn_str *body, struct mn_str *pos,
    struct mn_err *err)
{
	struct mn_str s = mn_store_str(v);
	size_t n = 0;
	for (size_t i = 0; i < 4 && i < s.n; i++)
		n = n << 8 | (unsigned char)s.p[i];
	if (s.n < 4 || n > s.n - 4)
		return mn_fail(err, MN_E_STORE, "%s: damaged row", g->path);
	if (body)
		*body = mn_str_sub(s, 4, n);
	if (pos)
		*pos = mn_str_sub(s, 4 + n, s.n);
	return true;
}

int
mn_reader_get(struct mn_reader *r, enum mn_table t, struct mn_str key,
    struct mn_str *body, struct mn_str *pos, struct mn_err *err)
{
	MDB_val k = mn_store_val(key), v;
	if (key.n == 0 || key.n > (size_t)mdb_env_get_maxkeysize(r->gen->env))
		return 0;
	int rc = mdb_get(r->txn, r->gen->dbi[t], &k, &v);
	if (rc == MDB_NOTFOUND)
		return 0;
	if (rc) {
		mn_store_fail(err, rc, "get", r->gen->path);
		return -1;
	}
	return split(r->gen, v, body, pos, err) ? 1 : -1;
}

int
mn_reader_row(struct mn_reader *r, uint64_t rid, struct mn_str *body, struct mn_err *err)
{
	char key[8];
	for (int i = 0; i < 8; i++)
		key[i] = (char)(rid >> (56 - 8 * i));
	return mn_reader_get(r, MN_TAB_REC, mn_str(key, 8), body, NULL, err);
}

struct mn_scan *
mn_scan_open(struct mn_reader *r, enum mn_table t, struct mn_str from, struct mn_err *err)
{
	struct mn_scan *s = mn_handle_new(sizeof *s);
	if (!s) {
		mn_fail(err, MN_E_NOMEM, "%s", r->gen->path);
		return NULL;
	}
	s->reader = r;
	s->from = mn_buf_new(1024);
	int rc = mdb_cursor_open(r->txn, r->gen->dbi[t], &s->cursor);
	if (rc) {
		mn_store_fail(err, rc, "open cursor", r->gen->path);
		mn_handle_free(s);
		return NULL;
	}
	mn_scan_seek(s, from);
	return s;
}

void
mn_scan_seek(struct mn_scan *s, struct mn_str from)
{
	mn_buf_clear(&s->from);
	mn_buf_add(&s->from, from);
	s->seek = true;
}

int
mn_scan_next(struct mn_scan *s, struct mn_str *key, struct mn_str *body,
    struct mn_str *pos, struct mn_err *err)
{
	MDB_val k = mn_store_val(mn_buf_str(&s->from)), v;
	MDB_cursor_op op = !s->seek ? MDB_NEXT : s->from.n ? MDB_SET_RANGE : MDB_FIRST;
	s->seek = false;
	int rc = mdb_cursor_get(s->cursor, &k, &v, op);
	if (rc == MDB_NOTFOUND)
		return 0;
	if (rc) {
		mn_store_fail(err, rc, "read", s->reader->gen->path);
		return -1;
	}
	*key = mn_store_str(k);
	return split(s->reader->gen, v, body, pos, err) ? 1 : -1;
}

void
mn_scan_close(struct mn_scan *s)
{
	if (!s)
		return;
	mdb_cursor_close(s->cursor);
	mn_buf_free(&s->from);
	mn_handle_free(s);
}

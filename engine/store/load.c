/* Loading a table once, in key order, with its digest. */
#include <stdio.h>

#include "store_impl.h"

/* Rows per transaction: few enough that dirty pages stay small, enough that commits cost
 * nothing (bench: 10 k and more are alike). */
#define COMMIT_ROWS (1u << 18)

struct mn_load {
	struct mn_gen *gen;
	enum mn_table table;
	MDB_txn *txn;
	MDB_cursor *cursor;
	uint64_t count;
	struct mn_sha256 sha;
	struct mn_buf last; /* key of the row before */
};

static bool
begin(struct mn_load *l, struct mn_err *err)
{
	int rc = mdb_txn_begin(l->gen->env, NULL, 0, &l->txn);
	if (rc == 0)
		rc = mdb_cursor_open(l->txn, l->gen->dbi[l->table], &l->cursor);
	return rc == 0 || mn_store_fail(err, rc, "begin load", l->gen->path);
}

static bool
commit(struct mn_load *l, struct mn_err *err)
{
	mdb_cursor_close(l->cursor);
	l->cursor = NULL;
	int rc = mdb_txn_commit(l->txn);
	l->txn = NULL;
	return rc == 0 || mn_store_fail(err, rc, "commit", l->gen->path);
}

struct mn_load *
mn_load_begin(struct mn_gen *g, enum mn_table t, struct mn_err *err)
{
	if (!g->building || g->loading) {
		mn_fail(err, MN_E_BUG, "table %s: %s", mn_table_name(t),
		    g->building ? "another load is open" : "the generation is published");
		return NULL;
	}
	struct mn_load *l = mn_handle_new(sizeof *l);
	if (!l) {
		mn_fail(err, MN_E_NOMEM, "%s", g->path);
		return NULL;
	}
	l->gen = g;
	l->table = t;
	l->last = mn_buf_new(1024);
	mn_sha256_init(&l->sha);
	g->loading = true;
	if (begin(l, err))
		return l;
	mn_load_abort(l);
	return NULL;
}

/* Lengths first, so that (key, body) cannot be read another way. */
static void
digest_row(struct mn_load *l, struct mn_str key, struct mn_str body)
{
	char frame[8];
	for (int i = 0; i < 4; i++) {
		frame[i] = (char)(key.n >> (24 - 8 * i));
		frame[4 + i] = (char)(body.n >> (24 - 8 * i));
	}
	mn_sha256_add(&l->sha, mn_str(frame, sizeof frame));
	mn_sha256_add(&l->sha, key);
	mn_sha256_add(&l->sha, body);
}

static bool
put(struct mn_load *l, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	MDB_val k = mn_store_val(key), v = {4 + body.n + pos.n, NULL};
	int rc = mdb_cursor_put(l->cursor, &k, &v, MDB_APPEND | MDB_RESERVE);
	if (rc == MDB_BAD_VALSIZE)
		return mn_fail(err, MN_E_BUG, "table %s: key of %zu bytes",
		    mn_table_name(l->table), key.n);
	if (rc)
		return mn_store_fail(err, rc, "put", l->gen->path);
	char *p = v.mv_data;
	for (int i = 0; i < 4; i++)
		p[i] = (char)(body.n >> (24 - 8 * i));
	if (body.n)
		memcpy(p + 4, body.p, body.n);
	if (pos.n)
		memcpy(p + 4 + body.n, pos.p, pos.n);
	return true;
}

bool
mn_load_put(struct mn_load *l, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	if (l->count && mn_str_cmp(key, mn_buf_str(&l->last)) <= 0)
		return mn_fail(err, MN_E_BUG, "table %s: keys do not ascend",
		    mn_table_name(l->table));
	if (!put(l, key, body, pos, err))
		return false;
	if (MN_TABLE_ROWS[l->table].in_digest)
		digest_row(l, key, body);
	mn_buf_clear(&l->last);
	mn_buf_add(&l->last, key);
	if (++l->count % COMMIT_ROWS == 0)
		return commit(l, err) && begin(l, err);
	return true;
}

uint64_t
mn_load_count(const struct mn_load *l)
{
	return l->count;
}

bool
mn_load_end(struct mn_load *l, struct mn_err *err)
{
	char text[MN_HEX256_CHARS + 32], hex[MN_HEX256_CHARS + 1];
	struct mn_str name = mn_str_c(mn_table_name(l->table));
	mn_sha256_hex(&l->sha, hex);
	int n = snprintf(text, sizeof text, "%llu %s", (unsigned long long)l->count, hex);
	MDB_val k = mn_store_val(name), v = mn_store_val(mn_str(text, (size_t)n));
	int rc = mdb_put(l->txn, l->gen->digest, &k, &v, 0);
	bool good = rc == 0 ? commit(l, err)
			    : mn_store_fail(err, rc, "write digest", l->gen->path);
	mn_load_abort(l);
	return good;
}

void
mn_load_abort(struct mn_load *l)
{
	if (!l)
		return;
	if (l->cursor)
		mdb_cursor_close(l->cursor);
	if (l->txn)
		mdb_txn_abort(l->txn);
	l->gen->loading = false;
	mn_buf_free(&l->last);
	mn_handle_free(l);
}

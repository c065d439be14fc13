/* State: what outlives generations, one small environment with full durability. */
#include <errno.h>

#include "store_impl.h"

static bool
open_state(struct mn_state *s, const char *dir, struct mn_err *err)
{
	MDB_txn *txn;
	if (!mn_store_path(s->path, dir, "state.mdb", err))
		return false;
	if (!s->write && !mn_path_exists(s->path))
		return mn_fail(err, MN_E_NOTFOUND, "%s holds no store", dir);
	/* Writers hold the run lock and readers take a snapshot, so LMDB's own lock file
	 * is not needed. */
	if (!mn_store_env(s->path,
		MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOTLS | (s->write ? 0 : MDB_RDONLY), 1,
		&s->env, err))
		return false;
	int rc = mdb_txn_begin(s->env, NULL, s->write ? 0 : MDB_RDONLY, &txn);
	if (rc == 0) {
		rc = mdb_dbi_open(txn, "state", s->write ? MDB_CREATE : 0, &s->dbi);
		if (rc == 0)
			rc = mdb_txn_commit(txn);
		else
			mdb_txn_abort(txn);
	}
	return rc == 0 ||
	       mn_store_fail(err, rc == MDB_NOTFOUND ? MDB_INVALID : rc, "open", s->path);
}

struct mn_state *
mn_state_open(const char *dir, bool write, struct mn_err *err)
{
	struct mn_state *s = mn_handle_new(sizeof *s);
	if (!s) {
		mn_fail(err, MN_E_NOMEM, "%s", dir);
		return NULL;
	}
	s->write = write;
	if (open_state(s, dir, err))
		return s;
	mn_state_close(s);
	return NULL;
}

/* Deletes every row whose key begins with prefix. */
static int
clear_prefix(MDB_txn *txn, MDB_dbi dbi, struct mn_str prefix)
{
	MDB_cursor *c;
	MDB_val k = mn_store_val(prefix), v;
	int rc = mdb_cursor_open(txn, dbi, &c);
	if (rc)
		return rc;
	rc = mdb_cursor_get(c, &k, &v, prefix.n ? MDB_SET_RANGE : MDB_FIRST);
	while (rc == 0 && mn_str_starts(mn_store_str(k), prefix)) {
		if ((rc = mdb_cursor_del(c, 0)) != 0)
			break;
		rc = mdb_cursor_get(c, &k, &v, MDB_GET_CURRENT);
		if (rc == EINVAL)
			rc = MDB_NOTFOUND;
	}
	mdb_cursor_close(c);
	return rc == MDB_NOTFOUND ? 0 : rc;
}

bool
mn_state_replace(struct mn_state *s, struct mn_str prefix, const struct mn_str *keys,
    const struct mn_str *values, size_t n, struct mn_err *err)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(s->env, NULL, 0, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", s->path);
	rc = clear_prefix(txn, s->dbi, prefix);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		MDB_val k = mn_store_val(keys[i]), v = mn_store_val(values[i]);
		rc = mdb_put(txn, s->dbi, &k, &v, 0);
	}
	if (rc == 0)
		rc = mdb_txn_commit(txn);
	else
		mdb_txn_abort(txn);
	return rc == 0 || mn_store_fail(err, rc, "write", s->path);
}

bool
mn_state_each(struct mn_state *s, struct mn_str prefix,
    bool (*fn)(void *ctx, struct mn_str key, struct mn_str value), void *ctx,
    struct mn_err *err)
{
	MDB_txn *txn;
	MDB_cursor *c;
	MDB_val k = mn_store_val(prefix), v;
	int rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", s->path);
	if ((rc = mdb_cursor_open(txn, s->dbi, &c)) == 0) {
		rc = mdb_cursor_get(c, &k, &v, prefix.n ? MDB_SET_RANGE : MDB_FIRST);
		while (rc == 0 && mn_str_starts(mn_store_str(k), prefix) &&
		       fn(ctx, mn_store_str(k), mn_store_str(v)))
			rc = mdb_cursor_get(c, &k, &v, MDB_NEXT);
		mdb_cursor_close(c);
	}
	mdb_txn_abort(txn);
	return rc == 0 || rc == MDB_NOTFOUND || mn_store_fail(err, rc, "read", s->path);
}

void
mn_state_close(struct mn_state *s)
{
	if (!s)
		return;
	if (s->env)
		mdb_env_close(s->env);
	mn_handle_free(s);
}

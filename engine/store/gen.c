/* Generations: created, published by rename, opened. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store_impl.h"

#define MAX_GENERATION 99999999999ULL

/* "17.mdb" -> 17 and its suffix; false for other names. */
static bool
parse_name(struct mn_str name, uint64_t *number, struct mn_str *suffix)
{
	size_t dot = mn_str_find_byte(name, '.');
	if (dot == SIZE_MAX || !mn_str_u64(mn_str_sub(name, 0, dot), number) ||
	    *number > MAX_GENERATION)
		return false;
	*suffix = mn_str_sub(name, dot + 1, name.n);
	return true;
}

struct survey {
	uint64_t highest;
	uint64_t remove_below; /* published ones below this go */
	bool remove_building;
};

/* Walks DIR/gen: finds the highest number and removes what the survey says. */
static bool
walk(const char *dir, struct survey *s, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(16u << 20, NULL), root = a;
	char gen[MN_PATH_BYTES], path[MN_PATH_BYTES + 64];
	struct mn_str *name, suffix;
	size_t n = 0;
	uint64_t number;
	bool good =
	    mn_store_path(gen, dir, "gen", err) && mn_dir_list(&a, gen, &name, &n, err);
	for (size_t i = 0; good && i < n; i++) {
		if (!parse_name(name[i], &number, &suffix))
			continue;
		snprintf(
		    path, sizeof path, "%s/%llu.mdb", gen, (unsigned long long)number);
		bool whole = mn_str_eq(suffix, MN_S("mdb"));
		bool published =
		    whole || (mn_str_eq(suffix, MN_S("lists")) && mn_path_exists(path));
		s->highest = whole && number > s->highest ? number : s->highest;
		if (published ? number >= s->remove_below : !s->remove_building)
			continue;
		snprintf(path, sizeof path, "%s/%.*s", gen, MN_FMT(name[i]));
		unlink(path);
	}
	mn_arena_free(root);
	return good;
}

static bool
gen_path(struct mn_gen *g, const char *suffix, struct mn_err *err)
{
	char name[64];
	snprintf(name, sizeof name, "gen/%llu.%s", (unsigned long long)g->number, suffix);
	return mn_store_path(g->path, g->dir, name, err);
}

/* Opens or creates every table in one transaction. */
static bool
open_tables(struct mn_gen *g, unsigned flags, struct mn_err *err)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(g->env, NULL, flags & MDB_CREATE ? 0 : MDB_RDONLY, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", g->path);
	const char *name = "digest";
	rc = mdb_dbi_open(txn, name, flags, &g->digest);
	for (size_t t = 0; rc == 0 && t < MN_TAB_COUNT; t++) {
		name = MN_TABLE_ROWS[t].name;
		rc = mdb_dbi_open(txn, name, flags, &g->dbi[t]);
	}
	if (rc == 0)
		rc = mdb_txn_commit(txn);
	else
		mdb_txn_abort(txn);
	if (rc == MDB_NOTFOUND)
		return mn_fail(err, MN_E_STORE,
		    "%s: no table %s: another version of this program made it, or it is "
		    "damaged; screen again",
		    g->path, name);
	return rc == 0 || mn_store_fail(err, rc, "open tables", g->path);
}

static struct mn_gen *
new_gen(const char *dir, struct mn_err *err)
{
	size_t n = strlen(dir);
	struct mn_gen *g = n < MN_PATH_BYTES ? mn_handle_new(sizeof *g) : NULL;
	if (!g) {
		mn_fail(err, MN_E_NOMEM, "%s", dir);
		return NULL;
	}
	memcpy(g->dir, dir, n + 1);
	return g;
}

static bool
create(struct mn_gen *g, struct mn_err *err)
{
	char gen[MN_PATH_BYTES];
	struct survey s = {.remove_building = true};
	if (!mn_store_path(gen, g->dir, "gen", err) || !mn_dir_make(gen, err) ||
	    !mn_store_local(gen, err) || !walk(g->dir, &s, err))
		return false;
	g->number = s.highest + 1;
	g->building = true;
	/* No sync: the file is worth nothing before mn_gen_publish syncs it whole. */
	return gen_path(g, "building", err) &&
	       mn_store_env(g->path,
		   MDB_NOSUBDIR | MDB_NOLOCK | MDB_NOSYNC | MDB_NOTLS | MDB_NORDAHEAD,
		   MN_TAB_COUNT + 1, &g->env, err) &&
	       open_tables(g, MDB_CREATE, err);
}

struct mn_gen *
mn_gen_create(const char *dir, struct mn_err *err)
{
	struct mn_gen *g = new_gen(dir, err);
	if (g && !create(g, err)) {
		mn_gen_close(g);
		return NULL;
	}
	return g;
}

/* The number in DIR/current. */
static bool
current_number(const char *dir, uint64_t *number, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	char path[MN_PATH_BYTES];
	struct mn_str text;
	bool good = mn_store_path(path, dir, "current", err);
	if (good && !mn_path_exists(path))
		good = mn_fail(err, MN_E_NOTFOUND,
		    "%s holds no published run: give -d the store that screen or tender "
		    "was given, or screen first",
		    dir);
	good = good && mn_file_read(&a, path, 64, &text, err) &&
	       (mn_str_u64(mn_str_trim(text), number) ||
		   mn_fail(err, MN_E_STORE, "%s: not a number", path));
	mn_arena_free(root);
	return good;
}

static bool
open_published(struct mn_gen *g, struct mn_err *err)
{
	if (g->number == 0 && !current_number(g->dir, &g->number, err))
		return false;
	if (!gen_path(g, "mdb", err))
		return false;
	if (!mn_path_exists(g->path))
		return mn_fail(err, MN_E_NOTFOUND, "%s", g->path);
	return mn_store_env(g->path, MDB_NOSUBDIR | MDB_NOLOCK | MDB_RDONLY | MDB_NOTLS,
		   MN_TAB_COUNT + 1, &g->env, err) &&
	       open_tables(g, 0, err);
}

struct mn_gen *
mn_gen_open(const char *dir, uint64_t number, struct mn_err *err)
{
	struct mn_gen *g = new_gen(dir, err);
	if (!g)
		return NULL;
	g->number = number;
	if (!open_published(g, err)) {
		mn_gen_close(g);
		return NULL;
	}
	return g;
}

uint64_t
mn_gen_number(const struct mn_gen *g)
{
	return g->number;
}

const char *
mn_gen_lists_path(const struct mn_gen *g, struct mn_arena *a)
{
	return mn_arena_fmt(
	    a, "%s/gen/%llu.lists%c", g->dir, (unsigned long long)g->number, 0)
	    .p;
}

uint64_t
mn_gen_bytes(const struct mn_gen *g)
{
	struct stat st;
	return stat(g->path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

static bool
point_current(struct mn_gen *g, struct mn_err *err)
{
	char path[MN_PATH_BYTES];
	if (!mn_store_path(path, g->dir, "current", err))
		return false;
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	mn_out_fmt(o, "%llu\n", (unsigned long long)g->number);
	return mn_out_commit(o, false, NULL, err) && mn_dir_sync(g->dir, err);
}

static bool
publish(struct mn_gen *g, struct mn_err *err)
{
	char old[MN_PATH_BYTES], gen[MN_PATH_BYTES];
	int rc = mdb_env_sync(g->env, 1);
	if (rc)
		return mn_store_fail(err, rc, "sync", g->path);
	mdb_env_close(g->env);
	g->env = NULL;
	memcpy(old, g->path, sizeof old);
	if (!gen_path(g, "mdb", err) || !mn_store_path(gen, g->dir, "gen", err))
		return false;
	if (rename(old, g->path) != 0)
		return mn_fail_errno(err, errno, "rename", g->path);
	g->building = false;
	if (!mn_dir_sync(gen, err) || !point_current(g, err))
		return false;
	uint64_t keep = g->keep > 2 ? g->keep : 2;
	struct survey s = {.remove_below = g->number > keep ? g->number - keep + 1 : 0};
	return walk(g->dir, &s, err);
}

void
mn_gen_keep(struct mn_gen *g, uint64_t n)
{
	g->keep = n;
}

bool
mn_gen_publish(struct mn_gen *g, struct mn_err *err)
{
	bool good = publish(g, err);
	mn_gen_close(g);
	return good;
}

void
mn_gen_close(struct mn_gen *g)
{
	if (!g)
		return;
	if (g->env)
		mdb_env_close(g->env);
	if (g->building && g->path[0]) {
		struct mn_err ignored;
		unlink(g->path);
		if (gen_path(g, "lists", &ignored))
			unlink(g->path);
	}
	mn_handle_free(g);
}

static bool
stat_table(struct mn_gen *g, MDB_dbi dbi, uint64_t *n, struct mn_err *err)
{
	MDB_txn *txn;
	MDB_stat st;
	int rc = mdb_txn_begin(g->env, NULL, MDB_RDONLY, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", g->path);
	rc = mdb_stat(txn, dbi, &st);
	mdb_txn_abort(txn);
	*n = st.ms_entries;
	return rc == 0 || mn_store_fail(err, rc, "stat", g->path);
}

bool
mn_gen_count(struct mn_gen *g, enum mn_table t, uint64_t *n, struct mn_err *err)
{
	return stat_table(g, g->dbi[t], n, err);
}

bool
mn_gen_digest(struct mn_gen *g, char hex[MN_HEX256_CHARS + 1], struct mn_err *err)
{
	struct mn_sha256 h;
	MDB_txn *txn;
	int rc = mdb_txn_begin(g->env, NULL, MDB_RDONLY, &txn);
	if (rc)
		return mn_store_fail(err, rc, "begin", g->path);
	mn_sha256_init(&h);
	for (size_t t = 0; rc == 0 && t < MN_TAB_COUNT; t++) {
		struct mn_str name = mn_str_c(MN_TABLE_ROWS[t].name);
		MDB_val k = mn_store_val(name), v;
		if (!MN_TABLE_ROWS[t].in_digest)
			continue;
		rc = mdb_get(txn, g->digest, &k, &v);
		if (rc == 0) {
			mn_sha256_add(&h, name);
			mn_sha256_add(&h, mn_store_str(v));
		}
		rc = rc == MDB_NOTFOUND ? 0 : rc;
	}
	mdb_txn_abort(txn);
	mn_sha256_hex(&h, hex);
	return rc == 0 || mn_store_fail(err, rc, "read digest", g->path);
}

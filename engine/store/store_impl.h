/* Private to the room: what the store's files share. */
#ifndef MN_STORE_STORE_IMPL_H
#define MN_STORE_STORE_IMPL_H

#include <lmdb.h>

#include "manumit/store/store.h"

#define MN_MAP_MOST ((size_t)1 << 38) /* 256 GiB of addresses, not of memory */
#define MN_MAP_LEAST ((size_t)1 << 30)
#define MN_PATH_BYTES 4096

struct mn_gen {
	MDB_env *env;
	MDB_dbi dbi[MN_TAB_COUNT];
	MDB_dbi digest; /* table name -> 32 byte count and digest, outside MN_TABLES */
	uint64_t number, keep; /* keep: generations, 0: two */
	bool building, loading;
	char dir[MN_PATH_BYTES];
	char path[MN_PATH_BYTES]; /* of the file as it is now */
};

struct mn_state {
	MDB_env *env;
	MDB_dbi dbi;
	bool write;
	char path[MN_PATH_BYTES];
};

struct mn_reader {
	struct mn_gen *gen;
	MDB_txn *txn;
};

struct mn_table_row {
	const char *name, *stage;
	bool in_digest;
};
extern const struct mn_table_row MN_TABLE_ROWS[MN_TAB_COUNT];

/* Fills err from an LMDB return code; what names the call. Always false. */
bool mn_store_fail(struct mn_err *err, int rc, const char *what, const char *path);
MDB_val mn_store_val(struct mn_str s);
struct mn_str mn_store_str(MDB_val v);
/* Opens an environment with the largest map the system grants. */
bool mn_store_env(
    const char *path, unsigned flags, unsigned dbs, MDB_env **out, struct mn_err *err);
/* DIR/suffix into out. */
bool mn_store_path(
    char out[MN_PATH_BYTES], const char *dir, const char *suffix, struct mn_err *err);
/* False when LMDB must not live on the file system of dir. */
bool mn_store_local(const char *dir, struct mn_err *err);

#endif

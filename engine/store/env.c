/* LMDB environments: opening, errors, where they may live. */
#include <errno.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include "store_impl.h"

#define NEARLY_FULL (1u << 20) /* bytes free: less than one of our writes */

const struct mn_table_row MN_TABLE_ROWS[MN_TAB_COUNT] = {
#define MN_X(id, name, stage, digest) {name, stage, digest},
    MN_TABLES(MN_X)
#undef MN_X
};

/* File systems on which memory maps and locks of two machines do not agree; lmdb.h
 * forbids them. Numbers: statfs(2). */
static const long REMOTE[] = {
    0x6969,           /* NFS */
    (long)0xff534d42, /* CIFS */
    (long)0xfe534d42, /* SMB2 */
    0x01021997,       /* 9P */
    0x5346414f,       /* AFS */
    0x00c36400,       /* Ceph */
    0x0bd00bd0,       /* Lustre */
    0x47504653,       /* GPFS */
};

const char *
mn_table_name(enum mn_table t)
{
	return MN_TABLE_ROWS[t].name;
}

/* LMDB reports a write cut short by a full disk as EIO; the disk itself knows better. */
static bool
disk_is_full(const char *path)
{
	struct statvfs st;
	return statvfs(path, &st) == 0 && st.f_bavail * st.f_frsize < NEARLY_FULL;
}

bool
mn_store_fail(struct mn_err *err, int rc, const char *what, const char *path)
{
	if (rc == EIO && disk_is_full(path))
		rc = ENOSPC;
	if (rc == MDB_MAP_FULL || rc == ENOSPC || rc == EDQUOT)
		return mn_fail(
		    err, MN_E_NOSPACE, "%s: %s: %s", path, what, mdb_strerror(rc));
	if (rc > 0)
		return mn_fail_errno(err, rc, what, path);
	return mn_fail(err, MN_E_STORE, "%s: %s: %s", path, what, mdb_strerror(rc));
}

MDB_val
mn_store_val(struct mn_str s)
{
	return (MDB_val){s.n, (void *)(uintptr_t)(s.p ? s.p : "")};
}

struct mn_str
mn_store_str(MDB_val v)
{
	return mn_str(v.mv_data, v.mv_size);
}

static int
try_open(const char *path, unsigned flags, unsigned dbs, size_t map, MDB_env **out)
{
	int rc = mdb_env_create(out);
	if (rc)
		return rc;
	if ((rc = mdb_env_set_maxdbs(*out, dbs)) == 0 &&
	    (rc = mdb_env_set_mapsize(*out, map)) == 0 &&
	    (rc = mdb_env_open(*out, path, flags, 0666)) == 0)
		return 0;
	mdb_env_close(*out);
	*out = NULL;
	return rc;
}

bool
mn_store_env(
    const char *path, unsigned flags, unsigned dbs, MDB_env **out, struct mn_err *err)
{
	int rc = ENOMEM;
	for (size_t map = MN_MAP_MOST; map >= MN_MAP_LEAST && rc == ENOMEM; map /= 2)
		rc = try_open(path, flags, dbs, map, out);
	return rc == 0 || mn_store_fail(err, rc, "open store", path);
}

bool
mn_store_path(
    char out[MN_PATH_BYTES], const char *dir, const char *suffix, struct mn_err *err)
{
	int n = snprintf(out, MN_PATH_BYTES, "%s/%s", dir, suffix);
	return (n > 0 && n < MN_PATH_BYTES) ||
	       mn_fail(err, MN_E_NOINPUT, "%s: path too long", dir);
}

bool
mn_store_local(const char *dir, struct mn_err *err)
{
	struct statfs st;
	if (statfs(dir, &st) != 0)
		return mn_fail_errno(err, errno, "statfs", dir);
	for (size_t i = 0; i < countof(REMOTE); i++)
		if ((unsigned)st.f_type == (unsigned)REMOTE[i])
			return mn_fail(err, MN_E_STORE,
			    "%s is on a network file system; choose a local directory "
			    "for -d",
			    dir);
	return true;
}

void
mn_store_library(struct mn_buf *out)
{
	int major, minor, patch;
	mdb_version(&major, &minor, &patch);
	mn_buf_fmt(out, "LMDB %d.%d.%d", major, minor, patch);
}

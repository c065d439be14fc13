/*
 * Private to the room: gzip, and zip archives of one file. A packed file is unpacked
 * once, to a file without a name, because what follows reads it twice and some formats
 * jump about in it.
 */
#ifndef MN_CONNECTORS_UNPACK_H
#define MN_CONNECTORS_UNPACK_H

#include "manumit/base/err.h"
#include "manumit/base/hash.h"

#define MN_UNPACK_HEAD 64 /* bytes that the functions below look at */

/* Do these first bytes begin a gzip file? */
bool mn_gzip_begins(struct mn_str head);
/* Do they begin a zip archive that may be no workbook? */
bool mn_zip_begins(struct mn_str head);

/* Unpacks from (from its beginning) into to; sha: of the bytes of `from`; *bytes: how
 * many these are, 0: it is to be read as it is. */
typedef bool mn_unpacker(int from, int to, const char *path, struct mn_sha256 *sha,
    uint64_t *bytes, struct mn_err *err);
/* gzip, all members. Damage, a missing end, bytes behind it, or more than the limits
 * allow are errors that say so. */
bool mn_gunzip(int from, int to, const char *path, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err);
/* The one file of an archive; several, or none that may be a table, are an error that
 * names them; a workbook is to be read as it is. */
bool mn_unzip(int from, int to, const char *path, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err);
/* The same by a child in a cage (base/sandbox.h); the digest is made here. A child that
 * stops, sends too much or says what makes no sense is an error of the file. */
bool mn_unpack_apart(mn_unpacker *fn, int from, int to, const char *path,
    struct mn_sha256 *sha, uint64_t *bytes, struct mn_err *err);

#endif

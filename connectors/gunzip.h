/*
 * Private to the room: gzip. A compressed file is unpacked once, to a file without a
 * name, because what follows reads it twice and some formats jump about in it.
 */
#ifndef MN_CONNECTORS_GUNZIP_H
#define MN_CONNECTORS_GUNZIP_H

#include "manumit/base/err.h"
#include "manumit/base/hash.h"

/* Do these first bytes begin a gzip file? */
bool mn_gzip_begins(struct mn_str head);
/* Unpacks from (from its beginning, all members) into to; sha: of the bytes of `from`;
 * *bytes: how many these are. Damage, a missing end, bytes behind it, or more than the
 * limits allow are errors that say so. */
bool mn_gunzip(int from, int to, const char *path, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err);
/* The same by a child in a cage (base/sandbox.h); the digest is made here. A child that
 * stops, sends too much or says what makes no sense is an error of the file. */
bool mn_gunzip_apart(int from, int to, const char *path, struct mn_sha256 *sha,
    uint64_t *bytes, struct mn_err *err);

#endif

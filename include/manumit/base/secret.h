/*
 * A secret of 32 bytes in a file that only its owner can read, and keeping what is in
 * memory out of core dumps.
 */
#ifndef MN_BASE_SECRET_H
#define MN_BASE_SECRET_H

#include "manumit/base/err.h"
#include "manumit/base/hash.h"

#define MN_SECRET 32

/* Reads the file: 64 hex digits and a newline. One that is not there is made from random
 * bytes, mode 0600, and *made says so. NOPERM when group or others may read or write it,
 * or when it belongs to somebody else; DATA when it holds something else. */
bool mn_secret_file(
    const char *path, unsigned char out[MN_SECRET], bool *made, struct mn_err *err);
/* 16 hex digits that name the key and tell nothing of it. */
void mn_secret_id(const unsigned char secret[MN_SECRET], char out[17]);

/* Does the path, whose folder exists, lie in or below that directory? */
bool mn_path_below(const char *path, const char *dir);

/* From now on this process leaves no core dump, neither as a file nor to a program that
 * gathers them. Does nothing under a sanitizer, whose leak check needs to be let in. */
void mn_no_core_dumps(void);

#endif

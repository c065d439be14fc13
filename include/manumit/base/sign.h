/*
 * Detached signatures of files, as minisign makes them (Ed25519 over BLAKE2b-512, its
 * algorithm "ED"). The trusted comment is signed too, and has to say, separated by blanks
 * or tabs and in any order:
 *   version:V           e.g. 2026-11-20 or 1.4.2; compared number by number
 *   not-after:DAY       YYYY-MM-DD, the last day the file may be taken
 *   file:NAME           the file's name, so that one list cannot pass for another
 *   timestamp:SECONDS   optional, since 1970
 * Example: minisign -S -s my.key -m list.csv -t "version:7 not-after:2027-06-30
 * file:list.csv"
 */
#ifndef MN_BASE_SIGN_H
#define MN_BASE_SIGN_H

#include "manumit/base/err.h"
#include "manumit/base/hash.h"
#include "manumit/base/limits.h"

struct mn_sign_key {
	unsigned char id[8], key[MN_ED25519_KEY];
};
struct mn_sign_keys {
	struct mn_sign_key key[MN_PINNED_KEYS];
	uint32_t n;
};

/* Adds the keys of a text: lines of Base64 as minisign writes them; comments are skipped.
 * A text without a key, or with a line that is none, is an error. */
bool mn_sign_keys_add(
    struct mn_sign_keys *k, struct mn_str text, const char *file, struct mn_err *err);
/* The keys of a file; of all *.pub of a directory (a missing one has none). */
bool mn_sign_keys_file(struct mn_sign_keys *k, const char *path, struct mn_err *err);
bool mn_sign_keys_dir(struct mn_sign_keys *k, const char *dir, struct mn_err *err);

/* A signature; slices borrow its text. */
struct mn_sign {
	unsigned char key_id[8];
	unsigned char sign[MN_ED25519_SIGN], global[MN_ED25519_SIGN];
	struct mn_str comment, version, file;
	int32_t not_after;
	int64_t timestamp; /* 0: not said */
};
bool mn_sign_parse(
    struct mn_str text, const char *file, struct mn_sign *out, struct mn_err *err);

/* What was accepted before; version empty: nothing. */
struct mn_sign_before {
	struct mn_str version;
	int64_t timestamp;
};
/* Whether `path`, called `name`, bears a signature by one of the keys that is in force
 * today and not older than what was accepted before. SIGNATURE and a reason otherwise. */
bool mn_sign_verify(const struct mn_sign_keys *k, const struct mn_sign *s,
    const char *path, struct mn_str name, int32_t today,
    const struct mn_sign_before *before, struct mn_err *err);
/* Versions by their numbers: "2.10" follows "2.9", "2026-11-20" follows "2026-9-1". */
int mn_version_cmp(struct mn_str a, struct mn_str b);

#endif

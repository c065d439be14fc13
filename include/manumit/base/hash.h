/*
 * Digests and keys (libsodium). SHA-256 names files and tables; BLAKE2b-128 makes
 * entity ids and row keys; the keyed form makes worker pseudonyms. Pure functions.
 */
#ifndef MN_BASE_HASH_H
#define MN_BASE_HASH_H

#include "manumit/base/buf.h"

/* Row key: stable across runs, used by decisions, diffs and ties. */
struct mn_key {
	uint64_t hi, lo;
};
/* Entity id: hash of the least member key. */
struct mn_eid {
	uint64_t hi, lo;
};

#define MN_SHA256_BYTES 32
#define MN_HEX256_CHARS 64

struct mn_sha256 {
	_Alignas(16) unsigned char state[128]; /* opaque */
};
void mn_sha256_init(struct mn_sha256 *h);
void mn_sha256_add(struct mn_sha256 *h, struct mn_str bytes);
/* Writes 64 lower-case hex digits and a NUL. */
void mn_sha256_hex(struct mn_sha256 *h, char out[MN_HEX256_CHARS + 1]);

/* BLAKE2b-128 of several parts, each framed by its length, so ("ab","c") != ("a","bc").
 */
struct mn_key mn_hash128(const struct mn_str *parts, size_t n);
/* The same under a secret key of 32 bytes: worker pseudonyms. */
struct mn_key mn_hash128_keyed(const unsigned char secret[32], struct mn_str s);
/* 64 bits of XXH3: hash tables. Never printed, and stored only in compiled lists. */
uint64_t mn_hash64(struct mn_str s);
/* Fills p with n random bytes from the system (only for secrets). */
void mn_random(void *p, size_t n);

/* BLAKE2b-512 and Ed25519: what minisign signs with. */
#define MN_BLAKE512_BYTES 64
#define MN_ED25519_SIGN 64
#define MN_ED25519_KEY 32
struct mn_blake512 {
	_Alignas(64) unsigned char state[384]; /* opaque */
};
void mn_blake512_init(struct mn_blake512 *h);
void mn_blake512_add(struct mn_blake512 *h, struct mn_str bytes);
void mn_blake512_end(struct mn_blake512 *h, unsigned char out[MN_BLAKE512_BYTES]);
bool mn_ed25519_verify(const unsigned char sign[MN_ED25519_SIGN], struct mn_str message,
    const unsigned char key[MN_ED25519_KEY]);
/* Base64 of exactly n bytes, with its padding; false on anything else. */
bool mn_base64_read(struct mn_str s, unsigned char *out, size_t n);

int mn_key_cmp(struct mn_key a, struct mn_key b);
int mn_eid_cmp(struct mn_eid a, struct mn_eid b);
/* 32 lower-case hex digits and a NUL. */
void mn_eid_hex(struct mn_eid id, char out[33]);
bool mn_eid_from_hex(struct mn_str s, struct mn_eid *out);
/* The same of a key. */
void mn_key_hex(struct mn_key k, char out[33]);
bool mn_key_from_hex(struct mn_str s, struct mn_key *out);
/* Appends name and version of the library, for `manumit doctor`. */
void mn_hash_library(struct mn_buf *out);

#endif

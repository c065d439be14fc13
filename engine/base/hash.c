/* Digests and keys, by libsodium; places in hash tables, by xxHash; SHA-256 by libcrypto,
 * which uses the processor's own instructions: files are hashed whole, and by libsodium
 * that took a seventh of the time of reading a table. Its plain functions need no memory;
 * the newer ones do. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <assert.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "manumit/base/hash.h"

static_assert(sizeof(SHA256_CTX) <= sizeof(struct mn_sha256), "state fits");
static_assert(
    sizeof(crypto_generichash_state) <= sizeof(struct mn_blake512), "state fits");

/* sodium_init is idempotent and thread-safe; without it random numbers are not ready. */
static void
ready(void)
{
	if (sodium_init() < 0)
		abort();
}

void
mn_sha256_init(struct mn_sha256 *h)
{
	SHA256_Init((SHA256_CTX *)h->state);
}

void
mn_sha256_add(struct mn_sha256 *h, struct mn_str bytes)
{
	SHA256_Update((SHA256_CTX *)h->state, bytes.p, bytes.n);
}

void
mn_sha256_hex(struct mn_sha256 *h, char out[MN_HEX256_CHARS + 1])
{
	unsigned char raw[MN_SHA256_BYTES];
	SHA256_Final(raw, (SHA256_CTX *)h->state);
	sodium_bin2hex(out, MN_HEX256_CHARS + 1, raw, sizeof raw);
}

static uint64_t
big_endian(const unsigned char *p)
{
	uint64_t v = 0;
	for (int i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

struct mn_key
mn_hash128(const struct mn_str *parts, size_t n)
{
	crypto_generichash_state st;
	unsigned char raw[16], frame[8];
	crypto_generichash_init(&st, NULL, 0, sizeof raw);
	for (size_t i = 0; i < n; i++) {
		for (int k = 0; k < 8; k++)
			frame[k] = (unsigned char)((uint64_t)parts[i].n >> (56 - 8 * k));
		crypto_generichash_update(&st, frame, sizeof frame);
		crypto_generichash_update(
		    &st, (const unsigned char *)parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&st, raw, sizeof raw);
	return (struct mn_key){big_endian(raw), big_endian(raw + 8)};
}

struct mn_key
mn_hash128_keyed(const unsigned char secret[32], struct mn_str s)
{
	unsigned char raw[16];
	crypto_generichash(raw, sizeof raw, (const unsigned char *)s.p, s.n, secret, 32);
	return (struct mn_key){big_endian(raw), big_endian(raw + 8)};
}

uint64_t
mn_hash64(struct mn_str s)
{
	return XXH3_64bits(s.p, s.n);
}

void
mn_random(void *p, size_t n)
{
	ready();
	randombytes_buf(p, n);
}

void
mn_blake512_init(struct mn_blake512 *h)
{
	crypto_generichash_init(
	    (crypto_generichash_state *)h->state, NULL, 0, MN_BLAKE512_BYTES);
}

void
mn_blake512_add(struct mn_blake512 *h, struct mn_str bytes)
{
	crypto_generichash_update((crypto_generichash_state *)h->state,
	    (const unsigned char *)bytes.p, bytes.n);
}

void
mn_blake512_end(struct mn_blake512 *h, unsigned char out[MN_BLAKE512_BYTES])
{
	crypto_generichash_final(
	    (crypto_generichash_state *)h->state, out, MN_BLAKE512_BYTES);
}

bool
mn_ed25519_verify(const unsigned char sign[MN_ED25519_SIGN], struct mn_str message,
    const unsigned char key[MN_ED25519_KEY])
{
	ready();
	return crypto_sign_verify_detached(
		   sign, (const unsigned char *)message.p, message.n, key) == 0;
}

bool
mn_base64_read(struct mn_str s, unsigned char *out, size_t n)
{
	size_t got = 0;
	const char *end = NULL;
	return sodium_base642bin(out, n, s.p ? s.p : "", s.n, NULL, &got, &end,
		   sodium_base64_VARIANT_ORIGINAL) == 0 &&
	       got == n && end == (s.p ? s.p : "") + s.n;
}

static int
compare(uint64_t ahi, uint64_t alo, uint64_t bhi, uint64_t blo)
{
	if (ahi != bhi)
		return ahi < bhi ? -1 : 1;
	return (alo > blo) - (alo < blo);
}

int
mn_key_cmp(struct mn_key a, struct mn_key b)
{
	return compare(a.hi, a.lo, b.hi, b.lo);
}

int
mn_eid_cmp(struct mn_eid a, struct mn_eid b)
{
	return compare(a.hi, a.lo, b.hi, b.lo);
}

void
mn_eid_hex(struct mn_eid id, char out[33])
{
	static const char HEX[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++) {
		out[i] = HEX[id.hi >> (60 - 4 * i) & 15];
		out[16 + i] = HEX[id.lo >> (60 - 4 * i) & 15];
	}
	out[32] = 0;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
mn_eid_from_hex(struct mn_str s, struct mn_eid *out)
{
	uint64_t v[2] = {0, 0};
	if (s.n != 32)
		return false;
	for (size_t i = 0; i < 32; i++) {
		int d = hex_digit(s.p[i]);
		if (d < 0)
			return false;
		v[i / 16] = v[i / 16] << 4 | (uint64_t)d;
	}
	*out = (struct mn_eid){v[0], v[1]};
	return true;
}

void
mn_key_hex(struct mn_key k, char out[33])
{
	mn_eid_hex((struct mn_eid){k.hi, k.lo}, out);
}

bool
mn_key_from_hex(struct mn_str s, struct mn_key *out)
{
	struct mn_eid id;
	if (!mn_eid_from_hex(s, &id))
		return false;
	*out = (struct mn_key){id.hi, id.lo};
	return true;
}

void
mn_hash_library(struct mn_buf *out)
{
	mn_buf_fmt(out, "libsodium %s", sodium_version_string());
}

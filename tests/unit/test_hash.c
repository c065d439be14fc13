/* Digests and keys against published vectors, and what keys are used for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/hash.h"

/* FIPS 180-4 examples. */
static void
sha256_gives_the_published_digests(void **state)
{
	struct mn_sha256 h;
	char hex[MN_HEX256_CHARS + 1];
	(void)state;
	mn_sha256_init(&h);
	mn_sha256_hex(&h, hex);
	assert_string_equal(
	    hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	mn_sha256_init(&h);
	mn_sha256_add(&h, MN_S("a"));
	mn_sha256_add(&h, MN_STR_NONE);
	mn_sha256_add(&h, MN_S("bc"));
	mn_sha256_hex(&h, hex);
	assert_string_equal(
	    hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	mn_sha256_init(&h);
	for (int i = 0; i < 1000000; i++)
		mn_sha256_add(&h, MN_S("a"));
	mn_sha256_hex(&h, hex);
	assert_string_equal(
	    hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static struct mn_key
hash2(struct mn_str a, struct mn_str b)
{
	return mn_hash128((struct mn_str[]){a, b}, 2);
}

static void
parts_are_framed(void **state)
{
	struct mn_str empty = MN_S("");
	(void)state;
	assert_int_not_equal(
	    mn_key_cmp(hash2(MN_S("ab"), MN_S("c")), hash2(MN_S("a"), MN_S("bc"))), 0);
	assert_int_not_equal(
	    mn_key_cmp(hash2(MN_S("ab"), MN_S("")), hash2(MN_S(""), MN_S("ab"))), 0);
	assert_int_not_equal(mn_key_cmp(mn_hash128(NULL, 0), mn_hash128(&empty, 1)), 0);
	assert_int_equal(
	    mn_key_cmp(hash2(MN_S("a"), MN_STR_NONE), hash2(MN_S("a"), MN_S(""))), 0);
}

/* Decisions name stored keys. The value is that of another BLAKE2b-128 (Python hashlib)
 * over each part behind its length as eight bytes, big-endian. */
static void
keys_do_not_change_between_versions(void **state)
{
	struct mn_key k = hash2(MN_S("ab"), MN_S("c"));
	(void)state;
	assert_true(
	    k.hi == UINT64_C(0xd301c71d527a1a9a) && k.lo == UINT64_C(0xe0e1e1e5bee135f5));
}

static void
pseudonyms_depend_on_the_secret(void **state)
{
	unsigned char one[32] = {1}, two[32] = {2};
	struct mn_key a = mn_hash128_keyed(one, MN_S("W-17"));
	(void)state;
	assert_int_equal(mn_key_cmp(a, mn_hash128_keyed(one, MN_S("W-17"))), 0);
	assert_int_not_equal(mn_key_cmp(a, mn_hash128_keyed(two, MN_S("W-17"))), 0);
	assert_int_not_equal(mn_key_cmp(a, mn_hash128_keyed(one, MN_S("W-18"))), 0);
}

static void
table_hashes_spread(void **state)
{
	unsigned seen[256] = {0};
	(void)state;
	for (unsigned i = 0; i < 65536; i++)
		seen[mn_hash64(mn_str((const char *)&i, sizeof i)) & 255]++;
	for (size_t i = 0; i < countof(seen); i++)
		assert_in_range(seen[i], 128, 512); /* expected 256, deviation 16 */
	assert_true(mn_hash64(MN_STR_NONE) == mn_hash64(MN_S("")));
}

static void
random_bytes_differ(void **state)
{
	unsigned char a[32] = {0}, b[32] = {0};
	(void)state;
	mn_random(a, sizeof a);
	mn_random(b, sizeof b);
	assert_memory_not_equal(a, b, sizeof a);
}

static void
keys_and_ids_are_ordered(void **state)
{
	static const struct mn_key K[] = {
	    {0, 0}, {0, 1}, {0, UINT64_MAX}, {1, 0}, {UINT64_MAX, UINT64_MAX}};
	(void)state;
	for (size_t i = 0; i < countof(K); i++)
		for (size_t j = 0; j < countof(K); j++) {
			int want = (i > j) - (i < j);
			assert_int_equal(mn_key_cmp(K[i], K[j]), want);
			assert_int_equal(mn_eid_cmp((struct mn_eid){K[i].hi, K[i].lo},
					     (struct mn_eid){K[j].hi, K[j].lo}),
			    want);
		}
}

static void
ids_survive_printing(void **state)
{
	struct mn_eid id = {0x0123456789abcdef, 0xfedcba9876543210}, back = {7, 7};
	char hex[33];
	(void)state;
	mn_eid_hex(id, hex);
	assert_string_equal(hex, "0123456789abcdeffedcba9876543210");
	assert_true(mn_eid_from_hex(mn_str_c(hex), &back));
	struct mn_key key, same;
	assert_true(mn_key_from_hex(mn_str_c(hex), &key));
	mn_key_hex(key, hex);
	assert_true(mn_key_from_hex(mn_str_c(hex), &same));
	assert_int_equal(mn_key_cmp(key, same), 0);
	assert_false(mn_key_from_hex(mn_str(hex, 31), &same));
	assert_int_equal(mn_eid_cmp(id, back), 0);
	back = (struct mn_eid){7, 7};
	assert_false(mn_eid_from_hex(mn_str(hex, 31), &back));
	assert_false(mn_eid_from_hex(MN_S("0123456789abcdeffedcba98765432100"), &back));
	assert_false(mn_eid_from_hex(MN_S("0123456789abcdefgedcba9876543210"), &back));
	assert_true(back.hi == 7 && back.lo == 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sha256_gives_the_published_digests),
	    cmocka_unit_test(parts_are_framed),
	    cmocka_unit_test(keys_do_not_change_between_versions),
	    cmocka_unit_test(pseudonyms_depend_on_the_secret),
	    cmocka_unit_test(table_hashes_spread),
	    cmocka_unit_test(random_bytes_differ),
	    cmocka_unit_test(keys_and_ids_are_ordered),
	    cmocka_unit_test(ids_survive_printing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

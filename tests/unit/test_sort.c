/* Sorting in memory and out of it: ordered, stable, complete, nothing left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/buf.h"
#include "manumit/base/sort.h"
#include "tmpdir.h"

struct pair {
	uint32_t key, place;
};

/* xorshift64: the same numbers on every machine. */
static uint64_t
next_number(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static int
by_key(const void *pa, const void *pb, const void *ctx)
{
	const struct pair *a = pa, *b = pb;
	(void)ctx;
	return (a->key > b->key) - (a->key < b->key);
}

static void
memory_sort_is_stable_at_every_size(void **state)
{
	struct mn_arena root = mn_arena_new(16u << 20, NULL);
	uint64_t x = 88172645463325252;
	(void)state;
	for (size_t n = 0; n <= 3000; n += n < 40 ? 1 : 317)
		for (unsigned keys = 1; keys <= 1000; keys *= 10) {
			struct mn_arena a = root;
			struct pair *v = MN_NEW(&a, struct pair, n);
			for (size_t i = 0; i < n; i++)
				v[i] = (struct pair){
				    (uint32_t)(next_number(&x) % keys), (uint32_t)i};
			mn_sort(v, n, sizeof *v, by_key, NULL, a);
			for (size_t i = 1; i < n; i++)
				assert_true(v[i - 1].key < v[i].key ||
					    (v[i - 1].key == v[i].key &&
						v[i - 1].place < v[i].place));
		}
	mn_arena_free(root);
}

struct odd {
	char text[13];
};

static int
by_text(const void *a, const void *b, const void *ctx)
{
	assert_string_equal(ctx, "context");
	return memcmp(a, b, sizeof(struct odd));
}

static void
elements_of_odd_size_stay_whole(void **state)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct odd *v = MN_NEW(&a, struct odd, 500);
	(void)state;
	for (int i = 0; i < 500; i++)
		snprintf(v[i].text, sizeof v[i].text, "item%08d", (i * 7919) % 500);
	mn_sort(v, 500, sizeof *v, by_text, "context", a);
	for (int i = 0; i < 500; i++) {
		char want[24];
		snprintf(want, sizeof want, "item%08d", i);
		assert_string_equal(v[i].text, want);
	}
	mn_arena_free(root);
}

/* Adds n records made from numbers; sums let a lost or doubled one show. */
static uint64_t
add_numbers(struct mn_xsort *s, uint64_t n, uint64_t modulus)
{
	struct mn_err err = MN_ERR_NONE;
	uint64_t x = 88172645463325252, sum = 0;
	for (uint64_t i = 0; i < n; i++) {
		char key[32], value[64];
		uint64_t r = next_number(&x) % modulus;
		int k = snprintf(key, sizeof key, "key%llu", (unsigned long long)r);
		int v = snprintf(value, sizeof value, "%030llu", (unsigned long long)i);
		if (!mn_xsort_add(
			s, mn_str(key, (size_t)k), mn_str(value, (size_t)v), &err))
			fail_msg("%s", err.msg);
		sum += r * 31 + i;
	}
	return sum;
}

static uint64_t
number_in(struct mn_str s)
{
	uint64_t v = 0;
	assert_true(mn_str_u64(s, &v));
	return v;
}

static void
check_order(struct mn_xsort *s, uint64_t n, uint64_t want_sum)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str key, value;
	struct mn_buf last_key = mn_buf_new(1000), last_value = mn_buf_new(1000);
	uint64_t got = 0, sum = 0;
	int more;
	while ((more = mn_xsort_next(s, &key, &value, &err)) == 1) {
		int c = mn_str_cmp(mn_buf_str(&last_key), key);
		if (c > 0 || (c == 0 && mn_str_cmp(mn_buf_str(&last_value), value) >= 0))
			fail_msg("record %llu out of order", (unsigned long long)got);
		mn_buf_clear(&last_key);
		mn_buf_add(&last_key, key);
		mn_buf_clear(&last_value);
		mn_buf_add(&last_value, value);
		sum += number_in(mn_str_sub(key, 3, key.n)) * 31 + number_in(value);
		got++;
	}
	assert_int_equal(more, 0);
	assert_int_equal(mn_xsort_next(s, &key, &value, &err), 0);
	assert_int_equal(got, n);
	assert_true(sum == want_sum);
	mn_buf_free(&last_key);
	mn_buf_free(&last_value);
}

static void
records_come_back_in_order_spilled_or_not(void **state)
{
	/* 4 MiB hold 50 thousand such records: the last needs a dozen runs. */
	static const uint64_t SIZES[] = {0, 1, 1000, 600000};
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	for (size_t i = 0; i < countof(SIZES); i++) {
		struct mn_xsort *s = mn_xsort_new(t->path, 4u << 20, &err);
		assert_non_null(s);
		uint64_t sum = add_numbers(s, SIZES[i], SIZES[i] / 3 + 1);
		assert_int_equal(mn_xsort_count(s), SIZES[i]);
		assert_true(mn_xsort_finish(s, &err) && mn_xsort_finish(s, &err));
		assert_false(mn_xsort_add(s, MN_S("late"), MN_STR_NONE, &err));
		check_order(s, SIZES[i], sum);
		mn_xsort_free(s);
	}
	mn_xsort_free(NULL);
}

static void
spill_files_have_no_name(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_xsort *s = mn_xsort_new(t->path, 4u << 20, &err);
	struct mn_str *names;
	size_t n;
	add_numbers(s, 200000, 1000);
	assert_true(mn_dir_list(&a, t->path, &names, &n, &err));
	assert_int_equal(n, 0);
	mn_xsort_free(s);
	mn_arena_free(root);
}

static void
keys_compare_past_their_first_bytes(void **state)
{
	static const struct mn_str ASCENDING[] = {{"", 0}, {"\0", 1},
	    {"\0\0\0\0\0\0\0\0", 8}, {"\0\0\0\0\0\0\0\0\0", 9}, {"a", 1}, {"a\0", 2},
	    {"a\x01", 2}, {"abcdefgh", 8}, {"abcdefgh\0", 9}, {"abcdefghi", 9},
	    {"abcdefgi", 8}, {"\xff", 1}, {"\xff\xff", 2}};
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str key, value;
	struct mn_xsort *s = mn_xsort_new(t->path, 4u << 20, &err);
	for (size_t i = countof(ASCENDING); i-- > 0;)
		for (int k = 2; k-- > 0;)
			assert_true(mn_xsort_add(
			    s, ASCENDING[i], k ? MN_S("b") : MN_S("a"), &err));
	assert_true(mn_xsort_finish(s, &err));
	for (size_t i = 0; i < 2 * countof(ASCENDING); i++) {
		assert_int_equal(mn_xsort_next(s, &key, &value, &err), 1);
		assert_true(mn_str_eq(key, ASCENDING[i / 2]));
		assert_true(mn_str_eq(value, i % 2 ? MN_S("b") : MN_S("a")));
	}
	assert_int_equal(mn_xsort_next(s, &key, &value, &err), 0);
	mn_xsort_free(s);
}

/* Values larger than a run's read buffer, and larger than the whole memory. */
static void
large_values_pass_through(void **state)
{
	static const size_t SIZES[] = {
	    8u << 20, 70000, 0, 65536, 5u << 20, 3, 8u << 20, 1u << 20};
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str key, value;
	char *p = mn_handle_new(8u << 20);
	struct mn_xsort *s = mn_xsort_new(t->path, 4u << 20, &err);
	for (size_t i = 0; i < countof(SIZES); i++) {
		char k = (char)('z' - (int)i);
		memset(p, k, SIZES[i]);
		assert_true(mn_xsort_add(s, mn_str(&k, 1), mn_str(p, SIZES[i]), &err));
	}
	assert_true(mn_xsort_finish(s, &err));
	for (size_t i = countof(SIZES); i-- > 0;) {
		assert_int_equal(mn_xsort_next(s, &key, &value, &err), 1);
		assert_int_equal(value.n, SIZES[i]);
		memset(p, key.p[0], SIZES[i]);
		assert_memory_equal(value.p, p, SIZES[i]);
	}
	assert_int_equal(mn_xsort_next(s, &key, &value, &err), 0);
	mn_xsort_free(s);
	mn_handle_free(p);
}

static void
too_long_keys_and_values_are_refused(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	char *p = mn_handle_new((8u << 20) + 1);
	struct mn_xsort *s = mn_xsort_new(t->path, 4u << 20, &err);
	assert_true(mn_xsort_add(s, mn_str(p, 511), MN_STR_NONE, &err));
	assert_false(mn_xsort_add(s, mn_str(p, 512), MN_STR_NONE, &err));
	assert_int_equal(err.code, MN_E_BUG);
	assert_false(mn_xsort_add(s, MN_S("k"), mn_str(p, (8u << 20) + 1), &err));
	assert_int_equal(mn_xsort_count(s), 1);
	mn_xsort_free(s);
	mn_handle_free(p);
}

static void
a_missing_spill_directory_is_an_error_each_time(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_xsort *s = mn_xsort_new(tmpdir_at(t, "gone"), 4u << 20, &err);
	char value[1000] = {0};
	int refused = 0;
	assert_non_null(s);
	for (int i = 0; i < 6000 && refused < 3; i++)
		if (!mn_xsort_add(s, MN_S("k"), mn_str(value, sizeof value), &err)) {
			assert_int_equal(err.code, MN_E_NOINPUT);
			refused++;
		}
	assert_int_equal(refused, 3);
	mn_xsort_free(s);
}

#define WITH_DIR(f) cmocka_unit_test_setup_teardown(f, tmpdir_make, tmpdir_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memory_sort_is_stable_at_every_size),
	    cmocka_unit_test(elements_of_odd_size_stay_whole),
	    WITH_DIR(records_come_back_in_order_spilled_or_not),
	    WITH_DIR(spill_files_have_no_name),
	    WITH_DIR(keys_compare_past_their_first_bytes),
	    WITH_DIR(large_values_pass_through),
	    WITH_DIR(too_long_keys_and_values_are_refused),
	    WITH_DIR(a_missing_spill_directory_is_an_error_each_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Slices: comparing, cutting, numbers, spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/str.h"

#define assert_str(got, want) assert_true(mn_str_eq((got), MN_S(want)))

static void
slices_compare_by_bytes_then_length(void **state)
{
	static const struct mn_str ASCENDING[] = {{NULL, 0}, {"\0", 1}, {"A", 1},
	    {"a", 1}, {"a\0", 2}, {"ab", 2}, {"b", 1}, {"\xff", 1}};
	(void)state;
	for (size_t i = 0; i < countof(ASCENDING); i++)
		for (size_t j = 0; j < countof(ASCENDING); j++) {
			int c = mn_str_cmp(ASCENDING[i], ASCENDING[j]);
			assert_int_equal((c > 0) - (c < 0), (i > j) - (i < j));
			assert_int_equal(mn_str_eq(ASCENDING[i], ASCENDING[j]), i == j);
		}
	assert_true(mn_str_eq(MN_S(""), MN_STR_NONE));
}

static void
only_ascii_letters_lose_their_case(void **state)
{
	(void)state;
	assert_true(mn_str_eq_ascii(MN_S("Country_ISO2"), MN_S("cOUNTRY_iso2")));
	assert_true(mn_str_eq_ascii(MN_STR_NONE, MN_S("")));
	assert_false(mn_str_eq_ascii(MN_S("\xc3\x89"), MN_S("\xc3\xa9")));
	assert_false(mn_str_eq_ascii(MN_S("@["), MN_S("`{")));
	assert_false(mn_str_eq_ascii(MN_S("ab"), MN_S("abc")));
}

static void
prefixes_suffixes_and_places_are_found(void **state)
{
	struct mn_str s = MN_S("a;b;;c");
	(void)state;
	assert_true(mn_str_starts(s, MN_S("a;b")) && mn_str_starts(s, MN_STR_NONE));
	assert_true(mn_str_ends(s, MN_S(";c")) && mn_str_ends(MN_STR_NONE, MN_S("")));
	assert_false(
	    mn_str_starts(s, MN_S("a;b;;c;")) || mn_str_ends(MN_STR_NONE, MN_S("c")));
	assert_int_equal(mn_str_find(s, MN_S(";;")), 3);
	assert_int_equal(mn_str_find(s, MN_S("")), 0);
	assert_true(mn_str_find(s, MN_S("d")) == SIZE_MAX);
	assert_true(mn_str_find(MN_STR_NONE, MN_S("d")) == SIZE_MAX);
	assert_int_equal(mn_str_find_byte(s, 'c'), 5);
	assert_true(mn_str_find_byte(MN_STR_NONE, 'c') == SIZE_MAX);
}

static void
blanks_of_every_kind_are_trimmed(void **state)
{
	(void)state;
	assert_str(mn_str_trim(MN_S(" \t\r\n\xc2\xa0\xe3\x80\x80\xef\xbb\xbf"
				    "a b\xef\xbb\xbf\xe3\x80\x80\xc2\xa0\n\r\t ")),
	    "a b");
	assert_str(mn_str_trim(MN_S("\xc2\xa0 ")), "");
	assert_str(mn_str_trim(MN_STR_NONE), "");
	/* U+00E0 ends in the same byte as U+00A0. */
	assert_str(mn_str_trim(MN_S("\xc3\xa0")), "\xc3\xa0");
}

static void
cutting_visits_every_item_once(void **state)
{
	static const struct {
		struct mn_str s;
		size_t items;
	} CASES[] = {{{"a;b;;c", 6}, 4}, {{"", 0}, 1}, {{";", 1}, 2}, {{"a", 1}, 1},
	    {{NULL, 0}, 0}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		size_t items = 0, bytes = 0;
		for (struct mn_str r = CASES[i].s; r.p; items++)
			bytes += mn_str_cut(&r, ';').n;
		assert_int_equal(items, CASES[i].items);
		assert_int_equal(bytes + (items ? items - 1 : 0), CASES[i].s.n);
	}
	struct mn_str r = MN_S("k=v=w");
	assert_str(mn_str_cut(&r, '='), "k");
	assert_str(r, "v=w");
}

static void
sub_slices_are_clamped(void **state)
{
	struct mn_str s = MN_S("hello");
	(void)state;
	assert_str(mn_str_sub(s, 1, 3), "ell");
	assert_str(mn_str_sub(s, 3, SIZE_MAX), "lo");
	assert_str(mn_str_sub(s, 5, 1), "");
	assert_str(mn_str_sub(s, SIZE_MAX, SIZE_MAX), "");
	assert_str(mn_str_sub(MN_STR_NONE, 1, 1), "");
}

static void
integers_are_strict(void **state)
{
	static const char *const BAD[] = {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "--1",
	    "1e3", "9223372036854775808", "-9223372036854775809",
	    "99999999999999999999999"};
	int64_t v = 7;
	uint64_t u = 7;
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++)
		assert_false(mn_str_i64(mn_str_c(BAD[i]), &v));
	assert_false(mn_str_i64(MN_S("1\0"), &v));
	assert_int_equal(v, 7);
	assert_true(mn_str_i64(MN_S("-9223372036854775808"), &v) && v == INT64_MIN);
	assert_true(mn_str_i64(MN_S("9223372036854775807"), &v) && v == INT64_MAX);
	assert_true(mn_str_i64(MN_S("-0012"), &v) && v == -12);
	assert_true(mn_str_u64(MN_S("18446744073709551615"), &u) && u == UINT64_MAX);
	assert_false(
	    mn_str_u64(MN_S("18446744073709551616"), &u) || mn_str_u64(MN_S("-1"), &u));
}

static void
decimals_round_half_away_from_zero(void **state)
{
	static const struct {
		const char *s;
		unsigned digits;
		int64_t want;
	} GOOD[] = {{"-12.345", 3, -12345}, {"12.345", 2, 1235}, {"-12.345", 2, -1235},
	    {"12.3449999999999999999999", 2, 1234}, {"0.5", 0, 1}, {"-0.5", 0, -1},
	    {"0.49", 0, 0}, {"7", 9, 7000000000}, {".25", 2, 25}, {"3.", 1, 30},
	    {"9.99", 1, 100}, {"9223372036854775807", 0, INT64_MAX}};
	static const char *const BAD[] = {"", "-", ".", "-.", "1,5", "1.2.3", "+1", "1 ",
	    "1.x", "1.234x", "nan", "- 1"};
	int64_t v = 7;
	(void)state;
	for (size_t i = 0; i < countof(GOOD); i++) {
		assert_true(mn_str_decimal(mn_str_c(GOOD[i].s), GOOD[i].digits, &v));
		assert_int_equal(v, GOOD[i].want);
	}
	v = 7;
	for (size_t i = 0; i < countof(BAD); i++)
		assert_false(mn_str_decimal(mn_str_c(BAD[i]), 2, &v));
	assert_false(mn_str_decimal(MN_S("9223372036854775807"), 1, &v));
	assert_false(mn_str_decimal(MN_S("9223372036854775807.5"), 0, &v));
	assert_int_equal(v, 7);
}

static void
distance_counts_edits_and_swaps(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned want;
	} CASES[] = {{"", "", 0}, {"", "abc", 3}, {"country", "country", 0},
	    {"country", "contry", 1}, {"country", "cuontry", 1}, {"ab", "ba", 1},
	    {"kitten", "sitting", 3}, {"abc", "xyz", 3}};
	char a[65], b[64];
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_str x = mn_str_c(CASES[i].a), y = mn_str_c(CASES[i].b);
		assert_int_equal(mn_str_distance(x, y), CASES[i].want);
		assert_int_equal(mn_str_distance(y, x), CASES[i].want);
	}
	memset(a, 'a', sizeof a);
	memset(b, 'b', sizeof b);
	assert_int_equal(mn_str_distance(mn_str(a, 64), mn_str(b, 64)), 64);
	assert_int_equal(mn_str_distance(mn_str(a, 65), mn_str(b, 60)), 6);
}

static void
the_nearest_candidate_is_proposed(void **state)
{
	static const struct mn_str NAMES[] = {{"country", 7}, {"county", 6}, {"name", 4}};
	(void)state;
	assert_int_equal(mn_str_nearest(MN_S("contry"), NAMES, 3), 0);
	assert_int_equal(mn_str_nearest(MN_S("nmae"), NAMES, 3), 2);
	assert_int_equal(mn_str_nearest(MN_S("wage"), NAMES, 3), 2);
	assert_int_equal(mn_str_nearest(MN_S("sector_code"), NAMES, 3), -1);
	assert_int_equal(mn_str_nearest(MN_S("x"), NAMES, 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(slices_compare_by_bytes_then_length),
	    cmocka_unit_test(only_ascii_letters_lose_their_case),
	    cmocka_unit_test(prefixes_suffixes_and_places_are_found),
	    cmocka_unit_test(blanks_of_every_kind_are_trimmed),
	    cmocka_unit_test(cutting_visits_every_item_once),
	    cmocka_unit_test(sub_slices_are_clamped),
	    cmocka_unit_test(integers_are_strict),
	    cmocka_unit_test(decimals_round_half_away_from_zero),
	    cmocka_unit_test(distance_counts_edits_and_swaps),
	    cmocka_unit_test(the_nearest_candidate_is_proposed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

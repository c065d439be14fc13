/* Reading JSON: what is refused, and that every getter bears every value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/buf.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

static struct mn_json *
parsed(struct mn_str text)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_json *root = mn_json_parse(text, "t.json", &err);
	if (!root)
		fail_msg("%s", err.msg);
	return root;
}

static void
members_come_in_file_order(void **state)
{
	static const char *const KEYS[] = {"zebra", "apple", "", "mango", "\xc3\xa9"};
	struct mn_json *root = parsed(MN_S(
	    "{\"zebra\":1,\"apple\":[10,20],\"\":null,\"mango\":{},\"\xc3\xa9\":true}"));
	struct mn_str key = MN_S("untouched");
	(void)state;
	assert_int_equal(mn_json_count(root), countof(KEYS));
	for (size_t i = 0; i < countof(KEYS); i++) {
		const struct mn_json *v = mn_json_member(root, i, &key);
		assert_true(mn_str_eq(key, mn_str_c(KEYS[i])));
		assert_ptr_equal(v, mn_json_get(root, KEYS[i]));
	}
	assert_null(mn_json_member(root, countof(KEYS), &key));
	const struct mn_json *list = mn_json_get(root, "apple");
	int64_t n;
	assert_int_equal(mn_json_count(list), 2);
	assert_true(mn_json_int(mn_json_at(list, 1), &n) && n == 20);
	assert_null(mn_json_at(list, 2));
	assert_null(mn_json_get(root, "pear"));
	mn_json_free(root);
}

static void
types_are_told_apart(void **state)
{
	static const struct {
		const char *text;
		enum mn_json_type type;
	} CASES[] = {{"null", MN_JSON_NULL}, {"true", MN_JSON_BOOL},
	    {"false", MN_JSON_BOOL}, {"-7", MN_JSON_INT}, {"1.5", MN_JSON_REAL},
	    {"\"x\"", MN_JSON_STR}, {"[]", MN_JSON_LIST}, {"{}", MN_JSON_MAP}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_json *v = parsed(mn_str_c(CASES[i].text));
		struct mn_str s;
		int64_t n;
		bool b;
		enum mn_json_type t = CASES[i].type;
		assert_int_equal(mn_json_type(v), t);
		assert_int_equal(mn_json_str(v, &s), t == MN_JSON_STR);
		assert_int_equal(mn_json_int(v, &n), t == MN_JSON_INT);
		assert_int_equal(mn_json_bool(v, &b), t == MN_JSON_BOOL);
		assert_int_equal(
		    mn_json_q16(v, &n), t == MN_JSON_INT || t == MN_JSON_REAL);
		assert_int_equal(mn_json_count(v), 0);
		assert_null(mn_json_get(v, "k"));
		assert_null(mn_json_at(v, 0));
		assert_null(mn_json_member(v, 0, &s));
		mn_json_free(v);
	}
	for (int t = MN_JSON_ABSENT; t <= MN_JSON_MAP; t++)
		assert_true(mn_json_type_name((enum mn_json_type)t)[0] != 0);
}

static void
an_absent_value_has_nothing(void **state)
{
	struct mn_str s;
	int64_t n;
	bool b;
	(void)state;
	assert_int_equal(mn_json_type(NULL), MN_JSON_ABSENT);
	assert_int_equal(mn_json_count(NULL), 0);
	assert_null(mn_json_get(NULL, "k"));
	assert_null(mn_json_at(NULL, 0));
	assert_null(mn_json_member(NULL, 0, &s));
	assert_false(mn_json_str(NULL, &s) || mn_json_int(NULL, &n) ||
		     mn_json_bool(NULL, &b) || mn_json_q16(NULL, &n));
	mn_json_free(NULL);
}

static void
lists_and_maps_are_not_mistaken(void **state)
{
	struct mn_json *root = parsed(MN_S("[{\"a\":1},[2]]"));
	struct mn_str key;
	(void)state;
	assert_null(mn_json_member(root, 0, &key));
	assert_null(mn_json_get(root, "a"));
	assert_null(mn_json_at(mn_json_at(root, 0), 0));
	assert_non_null(mn_json_get(mn_json_at(root, 0), "a"));
	mn_json_free(root);
}

static void
bad_text_is_refused_with_its_place(void **state)
{
	static const struct mn_str BAD[] = {
	    {NULL, 0},
	    {"{", 1},
	    {"{\"a\":1,}", 8},
	    {"{\"a\":1,\"a\":2}", 13},
	    {"[1] 2", 5},
	    {"\"\\u0000\"", 8},
	    {"\"a\0b\"", 5},
	    {"\"\xff\"", 3},
	    {"\"\xed\xa0\x80\"", 5},
	    {"[NaN]", 5},
	    {"[01]", 4},
	    {"1e999", 5},
	    {"99999999999999999999", 20},
	    {"// c\n1", 6},
	};
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++) {
		struct mn_err err = MN_ERR_NONE;
		assert_null(mn_json_parse(BAD[i], "p/x.json", &err));
		assert_int_equal(err.code, MN_E_PACK_JSON);
		assert_memory_equal(err.msg, "p/x.json:", 9);
	}
	struct mn_err err;
	assert_null(mn_json_parse(MN_S("{\n \"a\": 1,\n \"b\": x\n}"), "x.json", &err));
	assert_memory_equal(err.msg, "x.json:3:", 9);
}

static struct mn_json *
nested(unsigned levels, bool map, const char *inner, struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	for (unsigned i = 0; i < levels; i++)
		mn_buf_add(&b, map ? MN_S("{\"k\":") : MN_S("["));
	mn_buf_add(&b, mn_str_c(inner));
	for (unsigned i = 0; i < levels; i++)
		mn_buf_byte(&b, map ? '}' : ']');
	struct mn_json *root = mn_json_parse(mn_buf_str(&b), "deep.json", err);
	mn_buf_free(&b);
	return root;
}

static void
depth_is_bounded(void **state)
{
	static const char *const INNER[] = {"1", "\"x\""};
	struct mn_err err;
	(void)state;
	for (int map = 0; map < 2; map++) {
		for (size_t i = 0; i < countof(INNER); i++) {
			struct mn_json *ok = nested(MN_JSON_DEPTH, map, INNER[i], &err);
			assert_non_null(ok);
			mn_json_free(ok);
			assert_null(nested(MN_JSON_DEPTH + 1, map, INNER[i], &err));
			assert_int_equal(err.code, MN_E_PACK_JSON);
		}
		/* An empty list is a level as well. */
		assert_null(nested(MN_JSON_DEPTH, map, "[]", &err));
		assert_null(nested(100000, map, "1", &err));
	}
}

static void
numbers_become_q16(void **state)
{
	static const struct {
		const char *text;
		int64_t want;
	} GOOD[] = {{"0", 0}, {"-4", -4 * 65536}, {"0.5", 32768}, {"-0.5513", -36130},
	    {"7.62939453125e-6", 1}, {"-7.62939453125e-6", -1}, {"7.6e-6", 0},
	    {"1073741823", INT64_C(1073741823) * 65536}};
	static const char *const BAD[] = {"1073741824", "-1e300", "9223372036854775807"};
	int64_t v = 7;
	(void)state;
	for (size_t i = 0; i < countof(GOOD); i++) {
		struct mn_json *n = parsed(mn_str_c(GOOD[i].text));
		assert_true(mn_json_q16(n, &v));
		assert_int_equal(v, GOOD[i].want);
		mn_json_free(n);
	}
	for (size_t i = 0; i < countof(BAD); i++) {
		struct mn_json *n = parsed(mn_str_c(BAD[i]));
		assert_false(mn_json_q16(n, &v));
		mn_json_free(n);
	}
}

static void
strings_are_decoded(void **state)
{
	struct mn_json *v = parsed(MN_S("\"a\\n\\u00e9\\ud83d\\ude00\""));
	struct mn_str s;
	(void)state;
	assert_true(mn_json_str(v, &s));
	assert_true(mn_str_eq(s, MN_S("a\n\xc3\xa9\xf0\x9f\x98\x80")));
	mn_json_free(v);
}

/* Walking by index must not cost the square: this map would take minutes. */
static void
a_very_wide_map_is_walked_in_order(void **state)
{
	enum { MEMBERS = 300000 };
	struct mn_buf b = mn_buf_new(16u << 20);
	char want[16];
	struct mn_str key;
	int64_t n;
	(void)state;
	for (int i = 0; i < MEMBERS; i++)
		mn_buf_fmt(&b, "%c\"k%d\":%d", i ? ',' : '{', i, i);
	mn_buf_byte(&b, '}');
	struct mn_json *root = parsed(mn_buf_str(&b));
	assert_int_equal(mn_json_count(root), MEMBERS);
	for (int i = 0; i < MEMBERS; i++) {
		const struct mn_json *v = mn_json_member(root, (size_t)i, &key);
		snprintf(want, sizeof want, "k%d", i);
		if (!mn_str_eq(key, mn_str_c(want)) || !mn_json_int(v, &n) || n != i)
			fail_msg("member %d", i);
	}
	mn_json_free(root);
	mn_buf_free(&b);
}

static void
a_value_is_read_from_the_beginning_of_a_text(void **state)
{
	struct mn_str text = MN_S(" {\"a\":[1,2]} {\"b\":3}]");
	struct mn_json_fault fault;
	size_t used = 0;
	bool twice = true;
	struct mn_json *v = mn_json_parse_value(text, &used, &twice, &fault);
	(void)state;
	assert_non_null(v);
	assert_int_equal(used, 12);
	assert_false(twice);
	mn_json_free(v);
	v = mn_json_parse_value(mn_str_sub(text, used, text.n), &used, &twice, &fault);
	assert_non_null(mn_json_get(v, "b"));
	mn_json_free(v);
	v = mn_json_parse_value(MN_S("{\"a\":1,\n\"a\":2}"), &used, &twice, &fault);
	int64_t n = 0;
	assert_true(v && twice && mn_json_int(mn_json_get(v, "a"), &n) && n == 2);
	assert_int_equal(fault.line, 2);
	mn_json_free(v);
	static const char *const BAD[] = {
	    "", "{", "{\"a\":\n\nNaN}", "[1e999]", "{\"a\":1,\"a\":}", "\"\\u0000\""};
	for (size_t i = 0; i < countof(BAD); i++) {
		fault.line = 0;
		assert_null(mn_json_parse_value(mn_str_c(BAD[i]), &used, &twice, &fault));
		assert_true(fault.line >= 1 && fault.column >= 1 && fault.text[0]);
	}
}

static void
numbers_are_told_as_text(void **state)
{
	static const char *const CASES[][2] = {{"7", "7"}, {"-7", "-7"},
	    {"9007199254740993", "9007199254740993"}, {"0.1", "0.1"}, {"2910.0", "2910"},
	    {"5e9", "5000000000"}, {"1e17", "100000000000000000"},
	    {"1.5e-7", "0.000000150"}, {"1e300", "1e+300"}};
	char text[MN_JSON_NUMBER];
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_json *v = parsed(mn_str_c(CASES[i][0]));
		assert_true(mn_json_number(v, text));
		assert_string_equal(text, CASES[i][1]);
		mn_json_free(v);
	}
	struct mn_json *v = parsed(MN_S("\"7\""));
	assert_false(mn_json_number(v, text));
	mn_json_free(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(members_come_in_file_order),
	    cmocka_unit_test(types_are_told_apart),
	    cmocka_unit_test(an_absent_value_has_nothing),
	    cmocka_unit_test(lists_and_maps_are_not_mistaken),
	    cmocka_unit_test(bad_text_is_refused_with_its_place),
	    cmocka_unit_test(depth_is_bounded),
	    cmocka_unit_test(numbers_become_q16),
	    cmocka_unit_test(strings_are_decoded),
	    cmocka_unit_test(a_very_wide_map_is_walked_in_order),
	    cmocka_unit_test(a_value_is_read_from_the_beginning_of_a_text),
	    cmocka_unit_test(numbers_are_told_as_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

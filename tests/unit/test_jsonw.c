/* Writing JSON: what comes out is read back by the reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/json.h"
#include "manumit/base/jsonw.h"
#include "tmpdir.h"

static void
write_sample(struct mn_jsonw *w)
{
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "name", MN_S("A & B"));
	mn_jsonw_c(w, "none", NULL);
	mn_jsonw_list(w, "list");
	mn_jsonw_int(w, NULL, INT64_MIN);
	mn_jsonw_int(w, NULL, 0);
	mn_jsonw_q16(w, NULL, 36130, 4);
	mn_jsonw_end_list(w);
	mn_jsonw_list(w, "empty");
	mn_jsonw_end_list(w);
	mn_jsonw_map_k(w, MN_S("by slice"));
	mn_jsonw_int_k(w, MN_S("n"), 7);
	mn_jsonw_bool(w, "yes", true);
	mn_jsonw_null(w, "nil");
	mn_jsonw_end_map(w);
	mn_jsonw_c(w, "last", "z");
	mn_jsonw_end_map(w);
}

static void
compact_text_has_no_blanks(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	(void)state;
	write_sample(&w);
	mn_jsonw_line(&w);
	assert_false(w.bad);
	assert_true(mn_str_eq(mn_buf_str(&b),
	    MN_S("{\"name\":\"A & "
		 "B\",\"none\":null,\"list\":[-9223372036854775808,0,0.5513],"
		 "\"empty\":[],\"by slice\":{\"n\":7,\"yes\":true,\"nil\":null},"
		 "\"last\":\"z\"}\n")));
	mn_buf_free(&b);
}

static void
pretty_text_says_the_same(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&b, true);
	struct mn_err err = MN_ERR_NONE;
	int64_t n;
	(void)state;
	write_sample(&w);
	assert_false(w.bad);
	assert_true(mn_str_starts(mn_buf_str(&b), MN_S("{\n  \"name\": \"A & B\",\n")));
	assert_true(mn_str_ends(mn_buf_str(&b), MN_S("\n}")));
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"empty\": [],")) != SIZE_MAX);
	struct mn_json *root = mn_json_parse(mn_buf_str(&b), "w.json", &err);
	assert_non_null(root);
	assert_int_equal(mn_json_count(root), 6);
	assert_true(
	    mn_json_int(mn_json_get(mn_json_get(root, "by slice"), "n"), &n) && n == 7);
	mn_json_free(root);
	mn_buf_free(&b);
}

static void
strings_are_escaped(void **state)
{
	static const struct {
		struct mn_str in, want;
	} CASES[] = {
	    {{"", 0}, {"\"\"", 2}},
	    {{NULL, 0}, {"\"\"", 2}},
	    {{"a\"b\\c", 5}, {"\"a\\\"b\\\\c\"", 9}},
	    {{"\n\t\r\0\x1f\x7f", 6}, {"\"\\n\\t\\u000d\\u0000\\u001f\\u007f\"", 30}},
	    {{"</script>", 9}, {"\"\\u003c/script>\"", 16}},
	    {{"\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 9},
		{"\"\\u2028\\u2029\xe2\x80\xaa\"", 17}},
	    {{"\xc3\xa9\xf0\x9f\x98\x80", 6}, {"\"\xc3\xa9\xf0\x9f\x98\x80\"", 8}},
	    {{"a\xff", 2}, {"\"a\xef\xbf\xbd\"", 6}},
	    {{"\xe4\xb8", 2}, {"\"\xef\xbf\xbd\xef\xbf\xbd\"", 8}},
	    {{"\xc0\x80", 2}, {"\"\xef\xbf\xbd\xef\xbf\xbd\"", 8}},
	};
	struct mn_buf b = mn_buf_new(1u << 10);
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_jsonw w = mn_jsonw_buf(&b, false);
		mn_buf_clear(&b);
		mn_jsonw_str(&w, NULL, CASES[i].in);
		if (!mn_str_eq(mn_buf_str(&b), CASES[i].want))
			fail_msg("case %zu: %.*s", i, MN_FMT(mn_buf_str(&b)));
	}
	mn_buf_free(&b);
}

/* Every byte pair, sound or not, must come out as JSON, and sound ones unchanged. */
static void
any_bytes_give_readable_json(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 10);
	(void)state;
	for (unsigned i = 1; i < 65536; i++) {
		char in[4] = {(char)(i >> 8 ? i >> 8 : 'x'),
		    (char)(i & 255 ? i & 255 : 'x'), 'z', 0};
		struct mn_jsonw w = mn_jsonw_buf(&b, false);
		struct mn_err err;
		struct mn_str out = MN_STR_NONE;
		mn_buf_clear(&b);
		mn_jsonw_str(&w, NULL, mn_str(in, 3));
		struct mn_json *v = mn_json_parse(mn_buf_str(&b), "x", &err);
		if (!v || !mn_json_str(v, &out))
			fail_msg("%04x: %.*s", i, MN_FMT(mn_buf_str(&b)));
		bool same = mn_str_eq(out, mn_str(in, 3));
		if (!same && mn_str_find(out, MN_S("\xef\xbf\xbd")) == SIZE_MAX)
			fail_msg("%04x changed", i);
		if ((i & 0x8080) == 0 && !same)
			fail_msg("%04x is text", i);
		mn_json_free(v);
	}
	mn_buf_free(&b);
}

static void
misuse_is_noticed(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 10);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	(void)state;
	mn_jsonw_map(&w, NULL);
	mn_jsonw_int(&w, NULL, 1);
	assert_true(w.bad);
	w = mn_jsonw_buf(&b, false);
	mn_jsonw_list(&w, NULL);
	mn_jsonw_int(&w, "k", 1);
	assert_true(w.bad);
	w = mn_jsonw_buf(&b, false);
	mn_jsonw_int(&w, "k", 1);
	assert_true(w.bad);
	w = mn_jsonw_buf(&b, false);
	mn_jsonw_list(&w, NULL);
	mn_jsonw_end_map(&w);
	assert_true(w.bad);
	w = mn_jsonw_buf(&b, false);
	mn_jsonw_end_list(&w);
	assert_true(w.bad);
	w = mn_jsonw_buf(&b, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_line(&w);
	assert_true(w.bad);
	mn_buf_free(&b);
}

static void
nesting_is_bounded(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 10);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	(void)state;
	for (int i = 0; i < MN_JSONW_DEPTH; i++)
		mn_jsonw_list(&w, NULL);
	assert_false(w.bad);
	mn_jsonw_list(&w, NULL);
	assert_true(w.bad);
	mn_buf_free(&b);
}

static void
lines_follow_each_other_in_a_file(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_str text;
	struct mn_out *o = mn_out_open(tmpdir_at(t, "x.jsonl"), 0644, &err);
	assert_non_null(o);
	struct mn_jsonw w = mn_jsonw_out(o, false);
	for (int i = 0; i < 3; i++) {
		mn_jsonw_map(&w, NULL);
		mn_jsonw_int(&w, "i", i);
		mn_jsonw_end_map(&w);
		mn_jsonw_line(&w);
	}
	assert_true(!w.bad && mn_out_commit(o, true, NULL, &err));
	assert_true(mn_file_read(&a, tmpdir_at(t, "x.jsonl"), 1000, &text, &err));
	assert_true(mn_str_eq(text, MN_S("{\"i\":0}\n{\"i\":1}\n{\"i\":2}\n")));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(compact_text_has_no_blanks),
	    cmocka_unit_test(pretty_text_says_the_same),
	    cmocka_unit_test(strings_are_escaped),
	    cmocka_unit_test(any_bytes_give_readable_json),
	    cmocka_unit_test(misuse_is_noticed),
	    cmocka_unit_test(nesting_is_bounded),
	    cmocka_unit_test_setup_teardown(
		lines_follow_each_other_in_a_file, tmpdir_make, tmpdir_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* JSON documents: which list is read, and that damage costs only what it is in. */
#include "json_fixture.h"
#include "tmpdir.h"

static void
a_list_is_found_where_it_is(void **state)
{
	static const struct {
		const char *text, *items, *rows;
	} CASES[] = {
	    {"[{\"name\":\"Ash\",\"country\":\"DE\"},{\"name\":\"Elm\"}]", "[]",
		"Ash|DE\nElm|\n"},
	    {"{\"count\":2,\"next\":null,\"results\":[{\"name\":\"Ash\"},{\"name\":"
	     "\"Elm\"}]}",
		"results[]", "Ash|\nElm|\n"},
	    {"{\"meta\":{\"tags\":[{\"x\":1}]},\"data\":{\"items\":[{\"name\":\"Ash\"},"
	     "{\"name\":\"Elm\"}]}}",
		"data.items[]", "Ash|\nElm|\n"},
	    {"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
	     "\"properties\":{\"name\":\"Ash\",\"country_code\":\"DE\"},\"geometry\":"
	     "{\"type\":\"Point\",\"coordinates\":[1.5,2]}}]}",
		"features[]", "Ash|DE\n"},
	    {"[{\"page\":1,\"hits\":[{\"name\":\"Ash\"}]},{\"page\":2,\"hits\":[{"
	     "\"name\":"
	     "\"Elm\"}]}]",
		"[].hits[]", "Ash|\nElm|\n"},
	    {"{\"name\":\"Ash\",\"country\":\"DE\"}", "(the document itself)",
		"Ash|DE\n"},
	    {"{\"name\":\n\"Ash\"}\n{\"name\":\n\"Elm\"}{\"name\":\"Fir\"}",
		"(the document itself)", "Ash|\nElm|\nFir|\n"},
	    {"\xef\xbb\xbf[{\"name\":\"Ash\"}]", "[]", "Ash|\n"},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct read *r =
		    read_text(mn_str_c(CASES[i].text), MN_K_SUPPLIERS, NAMES);
		if (!r->opened)
			fail_msg("%zu: %s", i, r->err.msg);
		assert_string_equal(r->rows.p, CASES[i].rows);
		assert_true(mn_str_eq(r->info.items, mn_str_c(CASES[i].items)));
		assert_string_equal(r->info.format, "JSON");
		end(r);
	}
}

static void
lists_that_are_not_read_are_told(void **state)
{
	struct read *r = READ("{\"suppliers\":[{\"name\":\"Ash\"},{\"name\":\"Elm\"}],"
			      "\"sites\":[{\"name\":\"Fir\"}]}");
	(void)state;
	assert_string_equal(r->rows.p, "Ash|\nElm|\n");
	has_remark(r, "FILE_LIST  1 objects");
	end(r);
}

static void
what_comes_before_damage_is_kept(void **state)
{
	static const struct {
		const char *text, *rows, *remark;
		uint64_t quarantined;
	} CASES[] = {
	    {"[{\"name\":\"Ash\"},\n {\"name\":\"El", "Ash|\n",
		"line 2, character 13: the file ends here, inside a map or list", 1},
	    {"[{\"name\":\"Ash\"},\n", "Ash|\n",
		"the file ends here, before the last bracket is closed", 1},
	    {"[{\"name\":\"Ash\"} {\"name\":\"Elm\"}]", "Ash|\n",
		"line 1, character 17: a comma or a closing bracket is wanted here", 1},
	    {"[{\"name\":\"Ash\"},\n{\"name\":NaN},\n{\"name\":\"Elm\"}]", "Ash|\nElm|\n",
		"line 2, character 11: invalid token", 1},
	    {"[{\"name\":\"Ash\"},{\"name\":\"Fir\",\"n\":1e999},{\"name\":\"Elm\"}]",
		"Ash|\nElm|\n", "real number overflow", 1},
	    {"[{\"name\":\"Ash\"},{\"n\":99999999999999999999999},{\"name\":\"Elm\"}]",
		"Ash|\nElm|\n", "too big integer", 1},
	    {"[{\"name\":\"Ash\"},7,null,[1],{\"name\":\"Elm\"}]", "Ash|\nElm|\n",
		"an object is wanted", 3},
	    {"[{\"name\":\"Ash\"}]]", "Ash|\n", "a value is wanted here", 1},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct read *r =
		    read_text(mn_str_c(CASES[i].text), MN_K_SUPPLIERS, NAMES);
		assert_true(r->opened && r->good);
		assert_string_equal(r->rows.p, CASES[i].rows);
		has_remark(r, CASES[i].remark);
		assert_int_equal(r->info.quarantined, CASES[i].quarantined);
		end(r);
	}
}

static void
a_name_that_occurs_twice_is_told(void **state)
{
	struct read *r = READ("[{\"name\":\"Ash\",\"name\":\"Elm\"},{\"name\":\"Fir\"}]");
	(void)state;
	assert_string_equal(r->rows.p, "Elm|\nFir|\n");
	counts_are(r, 1, 1, 0);
	has_remark(r, "ROW_JSON_TWICE");
	end(r);
}

/* n times part, between open and close. */
static struct mn_buf
repeat(const char *open, const char *part, size_t n, const char *close)
{
	struct mn_buf b = mn_buf_new((size_t)64 << 20);
	mn_buf_add(&b, mn_str_c(open));
	for (size_t i = 0; i < n; i++)
		mn_buf_add(&b, mn_str_c(part));
	mn_buf_add(&b, mn_str_c(close));
	return b;
}

static void
deep_nesting_costs_its_object(void **state)
{
	struct mn_buf b = repeat("[{\"name\":\"Ash\"},{\"x\":", "[", 100000, "");
	for (size_t i = 0; i < 100000; i++)
		mn_buf_byte(&b, ']');
	mn_buf_add(&b, MN_S("},{\"name\":\"Elm\"}]"));
	struct read *r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	assert_string_equal(r->rows.p, "Ash|\nElm|\n");
	counts_are(r, 2, 0, 1);
	end(r);
	mn_buf_free(&b);
}

static void
a_million_members_are_one_long_object(void **state)
{
	struct mn_buf b = repeat("[{\"name\":\"Ash\"},{\"name\":\"Elm\"", ",\"a\":1",
	    1000000, "},{\"name\":\"Fir\"}]");
	struct read *r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	assert_string_equal(r->rows.p, "Ash|\nFir|\n");
	has_remark(r, "ROW_LONG");
	end(r);
	mn_buf_free(&b);
}

static void
spaces_and_long_texts_between_objects_are_stepped_over(void **state)
{
	struct mn_buf b =
	    repeat("{\"note\":\"", "abcdefgh", 3u << 17, "\",\"suppliers\":[{\"name\":");
	for (size_t i = 0; i < 3u << 20; i++)
		mn_buf_byte(&b, ' ');
	mn_buf_add(&b, MN_S("\"Ash\"},"));
	for (size_t i = 0; i < 3u << 20; i++)
		mn_buf_byte(&b, '\n');
	mn_buf_add(&b, MN_S("{\"name\":\"Elm\"}]}"));
	struct read *r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	assert_string_equal(r->rows.p, "Elm|\n"); /* Ash is longer than a row may be */
	counts_are(r, 1, 0, 1);
	end(r);
	mn_buf_free(&b);
}

static void
what_has_no_list_is_refused_with_what_was_found(void **state)
{
	static const char *const CASES[] = {"[[1,\"Ash\"],[2,\"Elm\"]]", "[1,2,3]",
	    "{\"a\":{\"b\":[{\"x\":1}]}}", "[", "{", "[]", "{\"rows\":[]}"};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct read *r = read_text(mn_str_c(CASES[i]), MN_K_SUPPLIERS, NAMES);
		assert_false(r->opened);
		assert_int_equal(r->err.code, MN_E_FILE_JSON);
		end(r);
	}
}

static void
numbers_keep_their_digits(void **state)
{
	struct read *r = read_text(MN_S("[{\"name\":\"Ash\",\"spend\":5000000000.5,\"tax_"
					"id\":900719925474099312},"
					"{\"name\":\"Elm\",\"spend\":0.1,\"tax_id\":7}]"),
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_SPEND, MN_F_TAX_ID));
	(void)state;
	assert_string_equal(
	    r->rows.p, "Ash|5000000000.5|900719925474099312\nElm|0.1|7\n");
	end(r);
}

static const char LAYOUT[] =
    "{\"source\":\"x\",\"kind\":\"suppliers\",\"title\":\"Invented\",\"licence\":\"CC0\","
    "\"match\":[\"firm.label\"],\"items\":\"data.sites\","
    "\"columns\":{\"firm.label\":\"name\",\"cc\":\"country\"}}";

static void
a_layout_names_the_list(void **state)
{
	static const char *const SHARED[] = {
	    "fields.json", "countries.json", "names.json"};
	const struct mn_mappings *before = mappings;
	struct mn_arena root = mn_arena_new((size_t)256 << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	assert_int_equal(tmpdir_make(state), 0);
	struct tmpdir *t = *state;
	char from[512], to[600];
	for (size_t i = 0; i < countof(SHARED); i++) {
		snprintf(from, sizeof from, "%s/connectors/%s", MN_SOURCE_DIR, SHARED[i]);
		snprintf(to, sizeof to, "%s/%s", t->path, SHARED[i]);
		assert_int_equal(symlink(from, to), 0);
	}
	snprintf(to, sizeof to, "%s/sources", t->path);
	assert_true(mn_dir_make(to, &err));
	snprintf(to, sizeof to, "%s/sources/x.json", t->path);
	FILE *f = fopen(to, "wb");
	assert_true(f && fputs(LAYOUT, f) >= 0 && fclose(f) == 0);
	mappings = mn_mappings_load(&a, t->path, &err);
	assert_non_null(mappings);
	struct read *r =
	    READ("{\"data\":{\"old\":[{\"firm\":{\"label\":\"Ash\"}},{\"firm\":"
		 "{\"label\":\"Elm\"}}],\"sites\":[{\"firm\":{\"label\":"
		 "\"Fir\"},\"cc\":\"DE\"}]}}");
	assert_string_equal(r->rows.p, "Fir|DE\n");
	assert_true(mn_str_eq(r->info.source, MN_S("x")));
	end(r);
	mappings = before;
	mn_arena_free(root);
	assert_int_equal(tmpdir_remove(state), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_is_found_where_it_is),
	    cmocka_unit_test(lists_that_are_not_read_are_told),
	    cmocka_unit_test(what_comes_before_damage_is_kept),
	    cmocka_unit_test(a_name_that_occurs_twice_is_told),
	    cmocka_unit_test(deep_nesting_costs_its_object),
	    cmocka_unit_test(a_million_members_are_one_long_object),
	    cmocka_unit_test(spaces_and_long_texts_between_objects_are_stepped_over),
	    cmocka_unit_test(what_has_no_list_is_refused_with_what_was_found),
	    cmocka_unit_test(numbers_keep_their_digits),
	    cmocka_unit_test(a_layout_names_the_list),
	};
	return cmocka_run_group_tests(tests, load_mappings, free_mappings);
}

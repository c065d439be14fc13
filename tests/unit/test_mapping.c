/* Mappings: the shipped ones load, and a mistake in one is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include <sys/stat.h>

#include "../../connectors/mapping_impl.h"
#include "manumit/base/file.h"

static void
put(const char *dir, const char *name, const char *text)
{
	char path[512];
	struct mn_err err = MN_ERR_NONE;
	snprintf(path, sizeof path, "%s/%s", dir, name);
	struct mn_out *o = mn_out_open(path, 0644, &err);
	assert_non_null(o);
	mn_out_c(o, text);
	assert_true(mn_out_commit(o, true, NULL, &err));
}

static const char *
make_dir(char room[64])
{
	char sub[80];
	snprintf(room, 64, "/tmp/manumit-test-XXXXXX");
	assert_non_null(mkdtemp(room));
	snprintf(sub, sizeof sub, "%s/sources", room);
	assert_int_equal(mkdir(sub, 0755), 0);
	put(room, "countries.json", "{\"aliases\": {}}");
	put(room, "names.json", "{\"aka\": {\"also\": [\"also known as\"]}}");
	put(room, "fields.json", "{\"any\": {\"country\": [\"pays\"]}}");
	return room;
}

static void
remove_dir(const char *dir)
{
	struct mn_err err = MN_ERR_NONE;
	assert_true(mn_dir_remove(dir, &err));
}

static void
the_shipped_mappings_load(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)256 << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str source, title;
	size_t n = 0;
	(void)state;
	const struct mn_mappings *m =
	    mn_mappings_load(&a, MN_SOURCE_DIR "/connectors", &err);
	if (!m)
		fail_msg("%s", err.msg);
	for (; mn_mappings_source(m, n, &source, &title); n++) {
		assert_true(source.n > 0);
		assert_true(title.n > 0);
	}
	assert_true(n >= 5);
	assert_non_null(mn_mappings_countries(m));
	mn_arena_free(root);
}

static void
header_words_mean_fields_by_kind(void **state)
{
	static const struct {
		const char *word;
		enum mn_kind kind;
		enum mn_field want;
	} CASES[] = {
	    {"Factory_Name", MN_K_SUPPLIERS, MN_F_NAME},
	    {"OrganisationName", MN_K_SUPPLIERS, MN_F_NAME},
	    {"company_name", MN_K_SUPPLIERS, MN_F_NAME},
	    {"country_name", MN_K_SUPPLIERS, MN_F_COUNTRY},
	    {"Total_Workers", MN_K_SUPPLIERS, MN_F_WORKERS},
	    {"Migrant_Workers", MN_K_SUPPLIERS, MN_F_MIGRANT_WORKERS},
	    {"number_of_workers", MN_K_SUPPLIERS, MN_F_WORKERS},
	    {"Name", MN_K_SUPPLIERS, MN_F_NAME},
	    {"LEI", MN_K_FINDINGS, MN_F_LEI},
	    {"category", MN_K_FEES, MN_F_FEE_CATEGORY},
	    {"category", MN_K_SUPPLIERS, MN_F_CATEGORY},
	    {"amount", MN_K_SUPPLIERS, MN_F_NONE},
	    {"no such word", MN_K_SUPPLIERS, MN_F_NONE},
	};
	struct mn_arena a = mn_arena_new((size_t)256 << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	const struct mn_mappings *m =
	    mn_mappings_load(&a, MN_SOURCE_DIR "/connectors", &err);
	assert_non_null(m);
	for (size_t i = 0; i < countof(CASES); i++) {
		enum mn_field f = mn_map_word_field(
		    m, CASES[i].kind, mn_map_fold(&a, mn_str_c(CASES[i].word)));
		if (f != CASES[i].want)
			fail_msg("%s of %s is %s", CASES[i].word,
			    mn_kind_name(CASES[i].kind),
			    f == MN_F_NONE ? "nothing" : mn_field_def(f)->name);
	}
	mn_arena_free(root);
}

#define ABOUT(id) \
	"\"source\": \"" id "\", \"kind\": \"suppliers\", \"title\": \"t\", " \
	"\"licence\": \"CC0-1.0\", "
#define HEAD ABOUT("x") "\"match\": [\"A\"]"

static void
a_mistake_in_a_source_is_named(void **state)
{
	static const struct {
		const char *json;
		enum mn_code code;
		const char *says;
	} CASES[] = {
	    {"{", MN_E_PACK_JSON, "bad.json"},
	    {"{" HEAD ", \"colums\": {}}", MN_E_PACK_KEY, "columns"},
	    {"{" HEAD ", \"columns\": {\"A\": \"nmae\"}}", MN_E_PACK_REF, "name"},
	    {"{" HEAD ", \"columns\": {\"A\": 1}}", MN_E_PACK_TYPE, "columns"},
	    {"{" HEAD ", \"columns\": {\"A\": \"amount\"}}", MN_E_PACK_REF, "amount"},
	    {"{" HEAD ", \"columns\": {\"A\": \"name\"}, \"date_order\": \"yes\"}",
		MN_E_PACK_TYPE, "date_order"},
	    {"{\"source\": \"x\"}", MN_E_PACK_MISSING, "bad.json"},
#define COLUMNS HEAD ", \"columns\": {\"A\": \"name\"}"
	    {"{" COLUMNS ", \"lists\": [1]}", MN_E_PACK_TYPE, "lists"},
	    {"{" COLUMNS ", \"nulls\": [1]}", MN_E_PACK_TYPE, "nulls"},
	    {"{" COLUMNS ", \"required\": [\"B\"]}", MN_E_PACK_REF, "\"b\""},
	    {"{" COLUMNS ", \"row_if\": {\"A\": \"full\"}}", MN_E_PACK_TYPE, "filled"},
	    {"{" ABOUT("x") "\"columns\": {\"A\": \"name\"}}", MN_E_PACK_MISSING,
		"no_header"},
	    {"{" COLUMNS ", \"no_header\": {\"columns\": []}}", MN_E_PACK_TYPE,
		"no_header"},
	    {"{" COLUMNS ", \"no_header\": {\"columns\": [\"A\"], \"shape\": {}}}",
		MN_E_PACK_TYPE, "shape"},
	    {"{" COLUMNS
	     ", \"no_header\": {\"columns\": [\"A\"], \"shape\": {\"B\": \"digits\"}}}",
		MN_E_PACK_REF, "\"B\""},
	    {"{" COLUMNS
	     ", \"no_header\": {\"columns\": [\"A\"], \"shape\": {\"A\": []}}}",
		MN_E_PACK_TYPE, "shape"},
	    {"{\"source\": \"x\", \"kind\": \"reference\", \"title\": \"t\", "
	     "\"licence\": \"l\", \"match\": [\"A\"], \"columns\": {\"A\": \"-\"}}",
		MN_E_PACK_MISSING, "use"},
	    {"{" COLUMNS ", \"row_only\": {\"A\": {}}}", MN_E_PACK_TYPE, "row_only"},
	    {"{" COLUMNS ", \"row_only\": [1]}", MN_E_PACK_TYPE, "row_only"},
	    {"{" COLUMNS ", \"names\": {\"column\": \"A\"}}", MN_E_PACK_TYPE, "names"},
	    {"{" COLUMNS ", \"names\": {\"column\": \"A\", \"grammar\": \"xyz\"}}",
		MN_E_PACK_REF, "xyz"},
	    {"{" COLUMNS ", \"ended_if\": {\"column\": \"A\"}}", MN_E_PACK_TYPE,
		"ended_if"},
	    {"{" COLUMNS ", \"attach\": [{\"column\": \"A\"}]}", MN_E_PACK_TYPE,
		"attach"},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		char room[64];
		struct mn_err err = MN_ERR_NONE;
		const char *dir = make_dir(room);
		struct mn_arena a = mn_arena_new((size_t)256 << 20, NULL), root = a;
		put(dir, "sources/bad.json", CASES[i].json);
		if (mn_mappings_load(&a, dir, &err))
			fail_msg("case %zu was accepted", i);
		if (err.code != CASES[i].code || !strstr(err.msg, CASES[i].says))
			fail_msg("case %zu: %s: %s", i, mn_code_name(err.code), err.msg);
		mn_arena_free(root);
		remove_dir(dir);
	}
}

static void
the_most_specific_layout_is_recognised(void **state)
{
	char room[64];
	struct mn_err err = MN_ERR_NONE;
	const char *dir = make_dir(room);
	struct mn_arena a = mn_arena_new((size_t)256 << 20, NULL), root = a;
	struct mn_str header[] = {MN_S("a"), MN_S("b"), MN_S("c")};
	(void)state;
	put(dir, "sources/one.json", "{" HEAD ", \"columns\": {\"A\": \"name\"}}");
	put(dir, "sources/two.json",
	    "{" ABOUT("y") "\"match\": [\"A\", \"B\"], \"columns\": {\"A\": \"name\"}}");
	const struct mn_mappings *m = mn_mappings_load(&a, dir, &err);
	assert_non_null(m);
	assert_true(mn_str_eq(mn_map_recognise(m, MN_K_COUNT, header, 3)->id, MN_S("y")));
	assert_true(
	    mn_str_eq(mn_map_recognise(m, MN_K_SUPPLIERS, header, 1)->id, MN_S("x")));
	assert_null(mn_map_recognise(m, MN_K_FEES, header, 3));
	assert_null(mn_map_recognise(m, MN_K_COUNT, header + 1, 2));
	mn_arena_free(root);
	remove_dir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_shipped_mappings_load),
	    cmocka_unit_test(header_words_mean_fields_by_kind),
	    cmocka_unit_test(a_mistake_in_a_source_is_named),
	    cmocka_unit_test(the_most_specific_layout_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Tables that the engine reads nothing of: known ones, unknown ones, files without a
 * header. All names are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/connectors/input.h"

struct read {
	struct mn_input_info info; /* of an input that is closed: only counts and kind */
	char source[64], first[128];
	uint64_t issues[MN_E_COUNT];
	struct mn_err err;
	bool opened;
};

static struct mn_arena root;
static const struct mn_mappings *mappings;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	((struct read *)ctx)->issues[i->code]++;
}

static struct read
read_as(const char *text, enum mn_kind kind)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), top = a;
	struct read r = {.err = MN_ERR_NONE};
	struct mn_diag diag = {.emit = on_issue, .ctx = &r};
	struct mn_record rec;
	bool noted;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/t", dir);
	struct mn_out *o = mn_out_open(path, 0600, &r.err);
	assert_non_null(o);
	mn_out_c(o, text);
	assert_true(mn_out_commit(o, true, NULL, &r.err));
	struct mn_input *in = mn_input_open(&a, mappings, path, kind, &diag, &r.err);
	r.opened = in != NULL;
	while (in && mn_input_next(in, 1, &rec, &noted, &r.err) == 1)
		if (r.first[0] == 0)
			snprintf(
			    r.first, sizeof r.first, "%.*s", MN_FMT(rec.v[MN_F_NAME]));
	if (in) {
		r.info = *mn_input_info(in);
		snprintf(r.source, sizeof r.source, "%.*s", MN_FMT(r.info.source));
		assert_int_equal(
		    r.info.rows, r.info.accepted + r.info.noted + r.info.quarantined);
		mn_input_close(in);
	}
	mn_arena_free(top);
	struct mn_err ignored = MN_ERR_NONE;
	assert_true(mn_dir_remove(dir, &ignored));
	return r;
}

static void
of_an_unknown_table_rows_are_counted_and_noted(void **state)
{
	(void)state;
	struct read r = read_as("x,y,z\n1,2,3\n4,5,6\n", MN_KIND_ANY);
	assert_true(r.opened);
	assert_int_equal(r.info.kind, MN_K_REFERENCE);
	assert_string_equal(r.source, "");
	assert_int_equal(r.info.rows, 2);
	assert_int_equal(r.info.noted, 2);
	assert_int_equal(r.issues[MN_E_FILE_UNKNOWN], 1);
	assert_string_equal(r.first, "");
	r = read_as("{\"x\": 1}\n{\"x\": 2, \"y\": 3}\n", MN_KIND_ANY);
	assert_true(r.opened);
	assert_int_equal(r.info.noted, r.info.rows);
}

static void
a_run_takes_no_unknown_table(void **state)
{
	(void)state;
	struct read r = read_as("x,y,z\n1,2,3\n", MN_K_SUPPLIERS);
	assert_false(r.opened);
	assert_int_equal(r.err.code, MN_E_FILE_HEADER);
}

#define CODES "Code,Description\nA,Agriculture\n01,Crop production\n"

static void
reference_data_is_no_list_of_suppliers(void **state)
{
	(void)state;
	struct read r = read_as(CODES, MN_KIND_ANY);
	assert_true(r.opened);
	assert_string_equal(r.source, "un-isic4-structure");
	assert_int_equal(r.info.accepted, 2);
	r = read_as(CODES, MN_K_WATCHLIST);
	assert_false(r.opened);
	assert_int_equal(r.err.code, MN_E_FILE_KIND);
	/* A column of names does not make a list of firms of it. */
	r = read_as("countryname,iso,year,ccode,tier,company\nNA,NAM,2000,1,2,x\n",
	    MN_K_SUPPLIERS);
	assert_int_equal(r.err.code, MN_E_FILE_KIND);
	/* Without a header: other names alone. The message names the file to give. */
	r = read_as("36,12,\"aka\",\"ASHLINE\",-0- \n173,57,\"fka\",\"ELMWAY\",-0- \n"
		    "306,220,\"aka\",\"FIRFORD\",-0- \n307,221,\"aka\",\"OAKLY\",-0- \n",
	    MN_K_WATCHLIST);
	assert_false(r.opened);
	assert_int_equal(r.err.code, MN_E_FILE_KIND);
	assert_non_null(strstr(r.err.msg, "give sdn.csv as the list"));
}

static void
a_short_header_is_reference_data_only_alone(void **state)
{
	(void)state;
	struct read r = read_as("id,value\nBD,Bangladesch\n", MN_KIND_ANY);
	assert_string_equal(r.source, "country-names-cldr");
	r = read_as("id,value,name,country\n1,5,Ashbrook,BD\n", MN_K_SUPPLIERS);
	assert_true(r.opened);
	assert_string_equal(r.first, "Ashbrook");
	r = read_as("id,value,name,country\n1,5,Ashbrook,BD\n", MN_KIND_ANY);
	assert_int_equal(r.info.kind, MN_K_SUPPLIERS);
}

#define SDN(n, type) \
	n ",\"ASH " n "\"," type " ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"

static void
a_file_without_a_header_is_known_by_its_shape(void **state)
{
	(void)state;
	struct read r = read_as(SDN("36", "-0-") SDN("37", "\"vessel\"")
				    SDN("38", "\"individual\"") SDN("39", "-0-") "\x1a",
	    MN_KIND_ANY);
	assert_true(r.opened);
	assert_string_equal(r.source, "us-ofac-sdn");
	assert_int_equal(r.info.header_line, 0);
	assert_int_equal(r.info.rows, 4);
	assert_int_equal(r.info.accepted, 2);
	assert_int_equal(r.issues[MN_E_PERSONAL], 1);
	assert_string_equal(r.first, "ASH 36");
}

static void
few_records_or_another_shape_prove_nothing(void **state)
{
	(void)state;
	struct read r = read_as(SDN("36", "-0-") SDN("37", "-0-"), MN_KIND_ANY);
	assert_string_equal(r.source, "");
	r = read_as(SDN("36", "-0-") SDN("x", "-0-") SDN("38", "-0-") SDN("39", "-0-"),
	    MN_KIND_ANY);
	assert_string_equal(r.source, "");
	r = read_as(SDN("36", "-0-") SDN("37", "ship") SDN("38", "-0-") SDN("39", "-0-"),
	    MN_K_WATCHLIST);
	assert_false(r.opened);
}

static void
a_row_without_what_its_layout_wants_is_quarantined(void **state)
{
	(void)state;
	struct read r = read_as("Date,USD,JPY,GBP,CHF,\n2024-05-06,1.1,N/A,0.9,1,\n"
				"N/A,1.1,160,0.9,1,\n,1.1,160,0.9,1,\n",
	    MN_KIND_ANY);
	assert_string_equal(r.source, "ecb-euro-rates");
	assert_int_equal(r.info.accepted, 1);
	assert_int_equal(r.info.quarantined, 2);
	assert_int_equal(r.issues[MN_E_CELL_REQUIRED], 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(of_an_unknown_table_rows_are_counted_and_noted),
	    cmocka_unit_test(a_run_takes_no_unknown_table),
	    cmocka_unit_test(reference_data_is_no_list_of_suppliers),
	    cmocka_unit_test(a_short_header_is_reference_data_only_alone),
	    cmocka_unit_test(a_file_without_a_header_is_known_by_its_shape),
	    cmocka_unit_test(few_records_or_another_shape_prove_nothing),
	    cmocka_unit_test(a_row_without_what_its_layout_wants_is_quarantined),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

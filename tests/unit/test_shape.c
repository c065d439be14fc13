/* Tables of another shape than rows under one header. Invented companies. */
#include "read_fixture.h"

#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

static void
refused(const char *text, enum mn_code code)
{
	struct got g = got_bytes(mn_str_c(text), MN_K_SUPPLIERS, NAMES);
	if (g.opened || g.err.code != code)
		fail_msg("%s: %s", mn_code_name(g.err.code), g.err.msg);
	got_end(&g);
}

static void
reads(const char *text, const char *want, uint64_t quarantined)
{
	struct got g = got_bytes(mn_str_c(text), MN_K_SUPPLIERS, NAMES);
	got_records(&g, want);
	assert_int_equal(g.info.quarantined, quarantined);
	got_end(&g);
}

static void
a_table_on_its_side_is_refused(void **state)
{
	(void)state;
	refused("Supplier,Heron,Reed\nCountry,DE,FR\nWorkers,5,6\nCity,Ulm,Metz\n",
	    MN_E_FILE_SIDE);
	refused(
	    "Supplier name:,Heron\nCountry:,DE\nNumber of workers:,5\n", MN_E_FILE_SIDE);
	/* Companies may be called like a header. */
	reads("Supplier,Rank\nVendor Ltd,1\nCountry Living,2\nHeron,3\nCity,4\n",
	    "Vendor Ltd|;Country Living|;Heron|;City|;", 0);
}

static void
tables_beside_each_other_are_refused(void **state)
{
	(void)state;
	refused(
	    "Supplier,Country,,Supplier,Country\nHeron,DE,,Reed,FR\n", MN_E_FILE_BESIDE);
	reads("Supplier,Country,,Note\nHeron,DE,,x\n", "Heron|DE;", 0);
	reads("Supplier,Country,Supplier,Country\nHeron,DE,Holding,FR\n", "Heron|DE;", 0);
}

static void
rows_below_another_header_are_quarantined(void **state)
{
	(void)state;
	reads("Supplier,Country,City\nHeron,DE,Ulm\n,,\nTier 2,,\nSupplier,City,Country\n"
	      "Reed,Metz,FR\n",
	    "Heron|DE;", 3);
	/* The same header again is no other table. */
	reads(
	    "Supplier,Country,City\nHeron,DE,Ulm\nSupplier,Country,City\nReed,FR,Metz\n",
	    "Heron|DE;Reed|FR;", 0);
	reads("Supplier,Country\nSupplier,DE\nVendor,FR\n", "Supplier|DE;Vendor|FR;", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_table_on_its_side_is_refused),
	    cmocka_unit_test(tables_beside_each_other_are_refused),
	    cmocka_unit_test(rows_below_another_header_are_quarantined),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}

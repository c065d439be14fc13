/* Lists as programs print them, and cells as spreadsheets guard them. Invented companies.
 */
#include "read_fixture.h"

#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

static void
expect(const char *text, const enum mn_field *f, const char *want, uint64_t noted)
{
	struct got g = got_bytes(mn_str_c(text), MN_K_SUPPLIERS, f);
	got_records(&g, want);
	if (g.info.noted != noted || g.info.quarantined)
		fail_msg("%llu noted, %llu quarantined; %.*s",
		    (unsigned long long)g.info.noted,
		    (unsigned long long)g.info.quarantined,
		    MN_FMT(mn_buf_str(&g.remarks)));
	got_end(&g);
}

static void
a_printed_list_of_sap(void **state)
{
	(void)state;
	expect("27.11.2024        Liste        1\n"
	       "-----------------------------------\n"
	       "|Kreditor|Name 1    |Land|Umsatz HW  |\n"
	       "-----------------------------------\n"
	       "|0001    |Heron GmbH|DE  |  1.234,50-|\n"
	       "-----------------------------------\n"
	       "27.11.2024        Liste        2\n"
	       "|Kreditor|Name 1    |Land|Umsatz HW  |\n"
	       "|0002    |Reed AG   |BD  | 12.330,15 |\n"
	       "| *      |          |    | 11.095,65 |\n",
	    FIELDS(MN_F_ID, MN_F_NAME, MN_F_COUNTRY, MN_F_SPEND),
	    "0001|Heron GmbH|DE|-1234.50;0002|Reed AG|BD|12330.15;", 5);
}

static void
rules_pages_and_counts_of_rows_are_no_suppliers(void **state)
{
	(void)state;
	expect("| Supplier | Country |\n|----------|:-------:|\n| Heron | DE |\n", NAMES,
	    "Heron|DE;", 1);
	expect(" supplier | country\n----------+---------\n Heron    | DE\n(1 row)\n",
	    NAMES, "Heron|DE;", 2);
	expect("Supplier,Country,City\nHeron,DE,\nPage 1 of 2,,\nSeite 1/2,,\n"
	       "\"Wed, Nov 27, 2024 10:31 AM\",,\nReed,FR,\n",
	    NAMES, "Heron|DE;Reed|FR;", 3);
	expect("Supplier,Country\nPage Works,DE\nRows 2 Ltd,FR\n", NAMES,
	    "Page Works|DE;Rows 2 Ltd|FR;", 0);
}

static void
columns_may_be_numbered_below_the_header(void **state)
{
	(void)state;
	expect("No.,Supplier,Country\n(1),(2),(3)\n1,Heron,DE\n", NAMES, "Heron|DE;", 1);
}

static void
groups_and_their_sums_are_no_suppliers(void **state)
{
	(void)state;
	expect("Supplier,Country,Spend\nASIA,,\nHeron,BD,5\nTotal Asia,,5\n"
	       "Vietnam Total,,7\n",
	    NAMES, "Heron|BD;", 3);
	/* With a country of its own, or none to have, it may be a company. */
	expect(
	    "Supplier,Country,Spend\nTotal France,FR,5\n", NAMES, "Total France|FR;", 0);
	expect("Supplier,Spend\nTotal France,5\n", NAMES, "Total France|;", 0);
}

static void
guarded_cells_are_their_text(void **state)
{
	(void)state;
	expect("Supplier ID,Supplier\n=\"00123\",=\"Heron Mills\"\n'00124,'s Hertogen\n",
	    FIELDS(MN_F_ID, MN_F_NAME), "00123|Heron Mills;00124|'s Hertogen;", 0);
}

static void
a_name_that_is_zero_is_none(void **state)
{
	struct got g = got_bytes(MN_S("Supplier,Country\n0,DE\n"), MN_K_SUPPLIERS, NAMES);
	(void)state;
	assert_int_equal(g.info.quarantined, 1);
	got_end(&g);
}

static void
days_of_eight_digits_are_decided_by_the_column(void **state)
{
	struct got g =
	    got_bytes(MN_S("employer;inspection date\nA;20241215\nB;20230103\n"),
		MN_K_INSPECTIONS, FIELDS(MN_F_OPENED));
	(void)state;
	got_records(&g, "2024-12-15;2023-01-03;");
	assert_true(got_remark(&g, "COLUMN_DATES@0;"));
	got_end(&g);
}

static void
lines_in_quotes_are_taken_out_of_them(void **state)
{
	const enum mn_field *f = FIELDS(MN_F_NAME, MN_F_COUNTRY, MN_F_SPEND);
	(void)state;
	expect("\"Supplier;Country;Spend\"\n\"Heron;DE;1.200,50\"\n", f,
	    "Heron|DE|1200.50;", 0);
	expect("\"Supplier,Country,Spend\"\n\"Heron,DE,\"\"1,200\"\"\"\n", f,
	    "Heron|DE|1200;", 0);
	expect("Supplier\n\"Heron, Reed\"\n\"Lily, Pond\"\n", f,
	    "Heron, Reed||;Lily, Pond||;", 0);
}

static void
quotes_may_be_escaped_as_in_databases(void **state)
{
	(void)state;
	expect("Supplier,Country\n\"Heron \\\"Reed\\\" \\\\ Mills\",DE\n\"Pond\",FR\n",
	    NAMES, "Heron \"Reed\" \\ Mills|DE;Pond|FR;", 0);
}

/* The character that is cut by the end of a piece is taken back as well. */
static void
text_encoded_twice_is_taken_back(void **state)
{
	static char text[200000];
	struct got g;
	size_t n = (size_t)snprintf(text, sizeof text, "Supplier,Country\n");
	(void)state;
	for (unsigned i = 0; n < sizeof text - 64; i++)
		n += (size_t)snprintf(text + n, sizeof text - n,
		    "Caf\u00c3\u00a9 \u00c3\u2030tang %u,DE\n", i);
	g = got_bytes(mn_str_c(text), MN_K_SUPPLIERS, NAMES);
	assert_true(g.info.rows > 1000);
	assert_int_equal(g.info.rows, g.info.accepted);
	assert_true(mn_str_find(mn_buf_str(&g.records), MN_S("\u00c3")) == SIZE_MAX);
	assert_true(mn_str_starts(mn_buf_str(&g.records), MN_S("Café Étang 0|DE;")));
	got_end(&g);
	expect("Supplier,Country\nSÃO CAFÉ,BR\nNº 5 Ã,PT\n", NAMES,
	    "SÃO CAFÉ|BR;Nº 5 Ã|PT;", 0);
}

static void
files_of_old_macintoshes(void **state)
{
	(void)state;
	expect("Supplier;Country\rCaf\x8e \x83tang;FR\r", NAMES, "Café Étang|FR;", 0);
	expect("Supplier;Country\rCaf\xe9 \xc9tang du Ch\xe2teau \xe0 F\xe8ves;FR\r",
	    NAMES, "Café Étang du Château à Fèves|FR;", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_printed_list_of_sap),
	    cmocka_unit_test(rules_pages_and_counts_of_rows_are_no_suppliers),
	    cmocka_unit_test(columns_may_be_numbered_below_the_header),
	    cmocka_unit_test(groups_and_their_sums_are_no_suppliers),
	    cmocka_unit_test(guarded_cells_are_their_text),
	    cmocka_unit_test(a_name_that_is_zero_is_none),
	    cmocka_unit_test(lines_in_quotes_are_taken_out_of_them),
	    cmocka_unit_test(quotes_may_be_escaped_as_in_databases),
	    cmocka_unit_test(text_encoded_twice_is_taken_back),
	    cmocka_unit_test(files_of_old_macintoshes),
	    cmocka_unit_test(days_of_eight_digits_are_decided_by_the_column),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}

/* Units of numbers in headers and above them, and headers of exports. Invented companies.
 */
#include "read_fixture.h"

#define SPEND FIELDS(MN_F_NAME, MN_F_SPEND, MN_F_CURRENCY)

static void
expect(const char *text, const enum mn_field *f, const char *want, const char *remark)
{
	struct got g = got_bytes(mn_str_c(text), MN_K_SUPPLIERS, f);
	got_records(&g, want);
	if (*remark && !got_remark(&g, remark))
		fail_msg("no %s in %.*s", remark, MN_FMT(mn_buf_str(&g.remarks)));
	if (!*remark && got_remark(&g, "COLUMN_UNIT"))
		fail_msg("a unit is told: %.*s", MN_FMT(mn_buf_str(&g.remarks)));
	got_end(&g);
}

static void
the_unit_of_a_header_multiplies(void **state)
{
	static const struct {
		const char *header, *want;
	} CASES[] = {{"Spend (EUR '000)", "A|12500|EUR;"},
	    {"Spend in T€", "A|12500|EUR;"},
	    {"Einkaufsvolumen in Tsd. EUR", "A|12500|EUR;"},
	    {"Spend TEUR", "A|12500|EUR;"}, {"Spend (k USD)", "A|12500|USD;"},
	    {"Spend 2024 ($m)", "A|12500000|;"}, {"Spend in Mio. EUR", "A|12500000|EUR;"},
	    {"Spend (1.000 €)", "A|12500|EUR;"},
	    {"支出金額（百万円）", "A|12500000|JPY;"}, {"采购额(万元)", "A|125000|;"},
	    {"Spend (INR crore)", "A|125000000|INR;"}, {"Spend (EUR)", "A|12.5|EUR;"}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		char text[256];
		bool plain = strcmp(CASES[i].header, "Spend (EUR)") == 0;
		snprintf(text, sizeof text, "Supplier;%s\nA;12.5\n", CASES[i].header);
		expect(text, SPEND, CASES[i].want, plain ? "" : "COLUMN_UNIT@0;");
	}
}

static void
a_line_above_or_below_says_the_unit(void **state)
{
	(void)state;
	expect("Amounts in USD thousands;\nSupplier;Spend\nA;12.5\n", SPEND,
	    "A|12500|USD;", "COLUMN_UNIT@0;");
	expect("(In thousands, except percentages)\nSupplier;Spend\nA;12.5\n", SPEND,
	    "A|12500|;", "COLUMN_UNIT@0;");
	expect(
	    "单位：万元\n供应商,采购额\nA,12.5\n", SPEND, "A|125000|;", "COLUMN_UNIT@0;");
	expect("Spend 2024 (EUR '000)\nSupplier;Spend\nA;12.5\n", SPEND, "A|12500|EUR;",
	    "COLUMN_UNIT@0;");
	expect("Supplier;Spend\n(name);(in TEUR)\nA;12.5\n", SPEND, "A|12500|EUR;",
	    "COLUMN_UNIT@0;");
}

static void
a_title_with_a_number_says_no_unit(void **state)
{
	(void)state;
	expect(
	    "A loan of 5 million EUR;\nSupplier;Spend\nA;12.5\n", SPEND, "A|12.5|;", "");
	expect("Suppliers with spend above one million EUR\nSupplier;Spend\nA;12.5\n",
	    SPEND, "A|12.5|;", "");
	expect("Contracts worth several million EUR (all)\nSupplier;Spend\nA;12.5\n",
	    SPEND, "A|12.5|;", "");
	expect("Suppliers (of 5 million EUR)\nSupplier;Spend\nA;12.5\n", SPEND,
	    "A|12.5|;", "");
	expect("Suppliers by spend (k EUR)\nSupplier;Spend\nA;12.5\n", SPEND,
	    "A|12500|EUR;", "COLUMN_UNIT@0;");
	expect("Top 1000 suppliers in 2024\nSupplier;Spend\nA;12.5\n", SPEND, "A|12.5|;",
	    "");
}

static void
a_cell_may_say_its_own_unit(void **state)
{
	(void)state;
	expect("Supplier;Spend (k EUR)\nA;5 million\nB;-0.25\nC;USD 7\n", SPEND,
	    "A|5000000|EUR;B|-250|EUR;C|7000|USD;", "COLUMN_UNIT@0;");
	expect("Supplier;Spend (Mrd. EUR)\nA;99999999999\n", SPEND, "A||;",
	    "CELL_NUMBER@2;");
}

static void
a_share_is_no_number_of_workers(void **state)
{
	const enum mn_field *f =
	    FIELDS(MN_F_NAME, MN_F_WORKERS, MN_F_MIGRANT_WORKERS, MN_F_MIGRANT_SHARE);
	(void)state;
	expect("Supplier;Workers;Migrant workers %\nA;50;33 %\n", f, "A|50||0.3300;", "");
	expect("Supplier;Migrant workers\nA;33\n", f, "A||33|;", "");
}

static void
headers_of_exports_are_words(void **state)
{
	const enum mn_field *f =
	    FIELDS(MN_F_ID, MN_F_NAME, MN_F_COUNTRY, MN_F_CITY, MN_F_WORKERS);
	(void)state;
	expect("vendorId,vendorName,countryCode,Vendor City,# of Workers\n"
	       "7,Heron,DE,Ulm,5\n",
	    f, "7|Heron|DE|Ulm|5;", "");
	expect("\"[<Supplier>] Supplier Name\",\"[<Supplier>] Country\",Name__c\n"
	       "Heron,DE,x\n",
	    f, "|Heron|DE||;", "");
	expect("supplierName,noOfEmployees (FTE),Workers (female)\nHeron,5,3\n", f,
	    "|Heron|||5;", "");
}

static void
a_number_beside_the_name_is_the_id(void **state)
{
	const enum mn_field *f = FIELDS(MN_F_ID, MN_F_NAME);
	(void)state;
	expect("Vendor,Vendor Name\n1001,Heron\n", f, "1001|Heron;", "");
	expect("Supplier,SupplierName\n1001,Heron\n", f, "1001|Heron;", "");
	expect("Lieferant;Name 1\n1001;Heron\n", f, "1001|Heron;", "");
	expect("Supplier,Parent name\nHeron,Grey Heron\n", f, "|Heron;", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_unit_of_a_header_multiplies),
	    cmocka_unit_test(a_line_above_or_below_says_the_unit),
	    cmocka_unit_test(a_title_with_a_number_says_no_unit),
	    cmocka_unit_test(a_cell_may_say_its_own_unit),
	    cmocka_unit_test(a_share_is_no_number_of_workers),
	    cmocka_unit_test(headers_of_exports_are_words),
	    cmocka_unit_test(a_number_beside_the_name_is_the_id),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}

/* Workbooks: what is in a cell comes out, and every row is counted. Invented data. */
#include "xlsx_fixture.h"

/* The records of one sheet as text. */
static void
reads_as(enum mn_kind kind, const char *sheet, const char *strings, const char *styles,
    const char *want)
{
	struct book b;
	book_of(&b, sheet, strings, styles);
	struct got g = read_book(&b, kind);
	if (!g.opened || g.failed)
		fail_msg("%s: %s", mn_code_name(g.err.code), g.err.msg);
	assert_string_equal(g.text.p, want);
	got_free(&g);
}

#define SUPPLIERS(sheet, want) \
	reads_as(MN_K_SUPPLIERS, sheet "</sheetData>", NULL, NULL, want)

static void
text_of_every_kind(void **state)
{
	(void)state;
	reads_as(MN_K_SUPPLIERS,
	    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v>"
	    "</c></row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>"
	    "<c r=\"B2\" t=\"str\"><v>0007</v></c></row>"
	    "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c></row></sheetData>",
	    "<sst><si><t>name</t></si><si><t>id</t></si>"
	    "<si><r><t>North </t></r><r><rPr/><t>Mill</t></r>"
	    "<rPh sb=\"0\" eb=\"1\"><t>nohsu</t></rPh></si>"
	    "<si><t>\xe5\x8c\x97\xe5\xb1\xb1_x0020__x005F_x0041_ _x</t></si></sst>",
	    NULL,
	    "2:id=0007,name=North Mill;"
	    "3:name=\xe5\x8c\x97\xe5\xb1\xb1 _x0041_ _x;");
	SUPPLIERS("<row>" T("name") T("id") "</row><row>" T("a &amp; b") N("12") "</row>",
	    "2:id=12,name=a & b;");
}

/* Only text has marks and an order to be decided; a stored number is one. */
static void
columns_of_text_are_decided_like_those_of_files(void **state)
{
	(void)state;
	SUPPLIERS(
	    "<row>" T("name") T("spend")
		T("licence expiry") "</row>"
				    "<row>" T("A") T("98.700") T(
					"05/04/2026") "</row>"
						      "<row>" T("B") T("1.234,50") T(
							  "31/01/2026") "</row>"
									"<row>" T("C") N(
									    "12.345")
									    T("2026-01-"
									      "31") "</"
										    "row"
										    ">",
	    "2:name=A,licence_valid_to=2026-04-05,spend=98700;"
	    "3:name=B,licence_valid_to=2026-01-31,spend=1234.50;"
	    "4:name=C,licence_valid_to=2026-01-31,spend=12.345;");
	SUPPLIERS("<row>" T("name") T("spend") "</row><row>" T("A")
		      T("98.700") "</row>"
				  "<row>" T("B") N("12.345") "</row>",
	    "2:name=A;3:name=B,spend=12.345;");
}

static void
cells_without_names_and_with_gaps(void **state)
{
	(void)state;
	SUPPLIERS("<row>" T("name") T("country")
		      T("city") "</row>"
				"<row r=\"7\"><c r=\"C7\" t=\"str\"><v>Far</v></c>"
				"<c r=\"A7\" t=\"str\"><v>Mill</v></c></row>"
				"<row r=\"8\"/><row r=\"9\"><c r=\"A9\" s=\"4\"/></row>"
				"<row>" T("Next") "<c/>" T("Near") "</row>",
	    "7:name=Mill,city=Far;10:name=Next,city=Near;");
}

static void
prefixes_and_encodings(void **state)
{
	static const char XML[] =
	    "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"
	    "<x:sheetData><x:row><x:c t=\"str\"><x:v>name</x:v></x:c></x:row>"
	    "<x:row><x:c t=\"str\"><x:v>Mill</x:v></x:c></x:row>"
	    "<x:row><x:c><x:f>A1</x:f></x:c></x:row></x:sheetData></x:worksheet>";
	static char wide[2 * sizeof XML];
	(void)state;
	wide[0] = (char)0xff;
	wide[1] = (char)0xfe;
	for (size_t i = 0; XML[i]; i++)
		wide[2 + 2 * i] = XML[i];
	for (int utf16 = 0; utf16 < 2; utf16++) {
		struct book b;
		book_begin(&b);
		part(&b, "_rels/.rels",
		    "<Relationships><Relationship Id=\"a\" Type=\"" RELS
		    "/officeDocument\" Target=\"/book/w.xml\"/></Relationships>");
		part(&b, "book/_rels/w.xml.rels",
		    "<Relationships><Relationship Id=\"q\" Type=\"" RELS
		    "/worksheet\" Target=\"../cells/One.xml\"/></Relationships>");
		part(&b, "book/w.xml",
		    "\xef\xbb\xbf<workbook xmlns:r=\"" RELS
		    "\"><sheets><sheet name=\"S\" sheetId=\"9\" r:id=\"q\"/></sheets>"
		    "</workbook>");
		part_n(&b, "cells\\one.xml", utf16 ? wide : XML,
		    utf16 ? sizeof wide : sizeof XML - 1);
		book_end(&b);
		struct got g = read_book(&b, MN_K_SUPPLIERS);
		if (!g.opened || g.failed)
			fail_msg("%s: %s", mn_code_name(g.err.code), g.err.msg);
		assert_string_equal(g.text.p, "2:name=Mill;");
		assert_int_equal(g.issues[MN_E_CELL_ERROR], 1); /* never calculated */
		assert_int_equal(g.info.quarantined, 1);
		got_free(&g);
	}
}

#define STYLES \
	"<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd " \
	"h:mm\"/><numFmt numFmtId=\"171\" formatCode=\"00000\"/></numFmts>" \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf " \
	"numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf " \
	"numFmtId=\"170\"/><xf numFmtId=\"171\"/></cellXfs></styleSheet>"

static void
numbers_are_what_their_formats_say(void **state)
{
	(void)state;
	reads_as(MN_K_SUPPLIERS,
	    "<row>" T("name") T("id") T("spend") T("migrant_share") T("licence_valid_to") T(
		"licence_checked_on") "</row>"
				      "<row>" T("A") "<c s=\"4\"><v>482</v></c>" N(
					  "1234.5600000000001") "<c "
								"s=\"2\"><v>0."
								"28999999999999998</v></"
								"c><c "
								"s=\"1\"><v>45366</v></c>"
								"<c "
								"s=\"3\"><v>45366.999999<"
								"/v></c></row>"
								"<row>" T("B") N(
								    "1234567"
								    "8901234"
								    "567") N("1.5E+3")
								    N("0.125") "<c "
									       "s=\"1\"><"
									       "v>59</"
									       "v></c><c "
									       "t=\"d\"><"
									       "v>2024-"
									       "05-01T00:"
									       "00:00</"
									       "v></c></"
									       "row>"
									       "<row>" T(
										   "C") N("1E"
											  "2")
										   N("-"
										     "0"
										     "."
										     "2"
										     "5") "<c s=\"2\"><v>1</v></c>"
											  "<c s=\"1\"><v>60</v></c></row></sheetData>",
	    NULL, STYLES,
	    "2:id=00482,name=A,migrant_share=0.2900,licence_valid_to=2024-03-15,"
	    "licence_checked_on=2024-03-16,spend=1234.56;"
	    "3:id=12345678901234567,name=B,migrant_share=0.1250,"
	    "licence_valid_to=1900-02-28,licence_checked_on=2024-05-01,spend=1500;"
	    "4:id=100,name=C,migrant_share=1.0000,spend=-0.25;");
}

static void
days_may_be_counted_from_1904(void **state)
{
	struct book b;
	(void)state;
	book_begin(&b);
	part(&b, "xl/workbook.xml",
	    "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\"/></sheets>"
	    "</workbook>");
	part(&b, "xl/styles.xml", STYLES);
	part(&b, "xl/worksheets/sheet1.xml",
	    "<worksheet><sheetData><row>" T("name") T("licence_valid_to") "</row><row>" T(
		"A") "<c s=\"1\"><v>0</v></c></row><row>" T("B") "<c "
								 "s=\"1\"><v>43904</v></"
								 "c></row></sheetData></"
								 "worksheet>");
	book_end(&b);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	assert_string_equal(g.text.p,
	    "2:name=A,licence_valid_to=1904-01-01;3:name=B,licence_valid_to=2024-03-15;");
	got_free(&g);
}

static void
booleans_and_errors(void **state)
{
	struct book b;
	(void)state;
	book_of(&b,
	    "<row>" T("employer") T("amount") T("receipt")
		T("remarks nobody maps") "</row><row>" T("A")
		    N("5") "<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v>"
			   "</c></row><row>" T("B")
			       N("6") "<c t=\"e\"><v>#N/A</v></c></row><row>" T(
				   "C") "<c t=\"s\"><v>77</v></c></row></sheetData>",
	    NULL, NULL);
	struct got g = read_book(&b, MN_K_FEES);
	assert_string_equal(
	    g.text.p, "2:entity=A,amount=5,receipt=yes;3:entity=B,amount=6;");
	assert_int_equal(g.info.accepted, 1); /* an error in a column that is not used */
	assert_int_equal(g.info.noted, 1);
	assert_int_equal(g.info.quarantined, 1); /* its amount is lost */
	assert_int_equal(g.issues[MN_E_CELL_ERROR], 2);
	got_free(&g);
}

/* Labels of merged ranges mean every row they span; amounts are counted once. */
static void
merged_labels_are_carried_down(void **state)
{
	struct book b;
	(void)state;
	book_of(&b,
	    "<row r=\"1\">" T("employer") T("amount") T("worker reference")
		T("wage") "</row><row r=\"2\">" T("Mill") N("100") T("x")
		    N("900") "</row>"
			     "<row r=\"3\"><c r=\"B3\"><v>200</v></c></row>"
			     "<row r=\"4\"><c r=\"B4\"><v>300</v></c></row>"
			     "<row r=\"5\"/><row r=\"6\"><c "
			     "r=\"B6\"><v>400</v></c></row></sheetData>"
			     "<mergeCells><mergeCell ref=\"A2:A5\"/><mergeCell "
			     "ref=\"D2:D5\"/>"
			     "<mergeCell ref=\"A9:C9\"/></mergeCells>",
	    NULL, NULL);
	struct got g = read_book(&b, MN_K_FEES);
	assert_string_equal(g.text.p,
	    "2:entity=Mill,amount=100,wage=900;3:entity=Mill,amount=200;"
	    "4:entity=Mill,amount=300;");
	assert_int_equal(g.info.rows, 4);
	assert_int_equal(g.info.quarantined, 1); /* row 6 is below the range */
	got_free(&g);
}

static void
rows_out_of_order_are_counted(void **state)
{
	struct book b;
	(void)state;
	book_of(&b,
	    "<row r=\"5\">" T("name") "</row><row r=\"9\">" T(
		"A") "</row><row r=\"7\">" T("B") "</row><row r=\"9\">" T("C") "</"
									       "row><row "
									       "r="
									       "\"2147483"
									       "648\">" T("D") "</row><row r=\"x\">" T(
										   "E") "</row></sheetData>",
	    NULL, NULL);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	assert_string_equal(
	    g.text.p, "9:name=A;10:name=B;11:name=C;12:name=D;13:name=E;");
	assert_int_equal(g.issues[MN_E_ROW_ORDER], 1);
	got_free(&g);
}

static void
sheets_declared_to_their_last_row(void **state)
{
	(void)state;
	SUPPLIERS(
	    "<row r=\"1\">" T("name") "</row><row r=\"3\">" T(
		"A") "</row><row r=\"1048574\"><c r=\"A1048574\" s=\"1\"/></row>"
		     "<row r=\"1048576\"><c r=\"A1048576\" t=\"str\"><v>Z</v></c></row>",
	    "3:name=A;1048576:name=Z;");
}

static void
examples_of_the_template_are_not_used(void **state)
{
	struct book b;
	(void)state;
	book_of(&b,
	    "<row>" T("id") T("name") "</row><row>" T("EXAMPLE-1")
		T("Sample") "</row><row><c/>" T("EXAMPLE Ltd") "</row><row>" T("1")
		    T("EXAMPLES of X") "</row></sheetData>",
	    NULL, NULL);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	assert_string_equal(g.text.p, "3:name=EXAMPLE Ltd;4:id=1,name=EXAMPLES of X;");
	assert_int_equal(g.issues[MN_E_ROW_EXAMPLE], 1);
	assert_int_equal(g.info.noted, 1);
	got_free(&g);
}

static void
purchasing_groups_are_a_table(void **state)
{
	(void)state;
	reads_as(MN_KIND_ANY,
	    "<row>" T("Purchasing group") T("ISIC") T("Usual origin") "</row><row>" T(
		"Yarn") N("13") T("India") "</row></sheetData>",
	    NULL, NULL, "2:sector=13,origin_country=IN,category=Yarn;");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_of_every_kind),
	    cmocka_unit_test(cells_without_names_and_with_gaps),
	    cmocka_unit_test(prefixes_and_encodings),
	    cmocka_unit_test(numbers_are_what_their_formats_say),
	    cmocka_unit_test(days_may_be_counted_from_1904),
	    cmocka_unit_test(booleans_and_errors),
	    cmocka_unit_test(merged_labels_are_carried_down),
	    cmocka_unit_test(rows_out_of_order_are_counted),
	    cmocka_unit_test(columns_of_text_are_decided_like_those_of_files),
	    cmocka_unit_test(sheets_declared_to_their_last_row),
	    cmocka_unit_test(examples_of_the_template_are_not_used),
	    cmocka_unit_test(purchasing_groups_are_a_table),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

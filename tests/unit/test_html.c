/* Web pages: their tables as rows, whatever the markup is like. Invented companies. */
#include "read_fixture.h"

#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

static void
reads(const char *page, const char *want)
{
	struct got g = got_bytes(mn_str_c(page), MN_K_SUPPLIERS, NAMES);
	got_records(&g, want);
	assert_string_equal(g.info.format, "HTML");
	got_end(&g);
}

static void
a_table_is_read_row_by_row(void **state)
{
	(void)state;
	reads("<!DOCTYPE html><html><body><h1>Suppliers</h1><table id=x>"
	      "<thead><tr><th>Name</th><th>Country</th></tr></thead><tbody>"
	      "<tr><td>Heron <b>Reed</b>&nbsp;Mills</td><td><a "
	      "href='?a=1&b=2'>DE</a></td></tr>"
	      "<tr><td>Caf&eacute; &amp; Fils &#38; &#x4e2d;</td><td>FR</td></tr>"
	      "</tbody></table></body></html>",
	    "Heron Reed Mills|DE;Cafe\u0301 & Fils & 中|FR;");
}

static void
xml_of_excel_2003_is_a_table(void **state)
{
	struct got g = got_bytes(
	    MN_S("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
		 "<Workbook xmlns:ss=\"x\"><Worksheet ss:Name=\"List\"><Table>"
		 "<Row><Cell ss:MergeAcross=\"2\"><Data>2024</Data></Cell></Row><Row/>"
		 "<Row><Cell><Data>Name</Data></Cell><Cell><Data>Country</Data></Cell>"
		 "<Cell><Data>Spend</Data></Cell></Row>"
		 "<Row><Cell><Data ss:Type=\"String\">Heron &amp; Reed</Data><Comment>"
		 "<ss:Data>no name</ss:Data></Comment></Cell><Cell ss:Index=\"3\">"
		 "<Data ss:Type=\"Number\">12.345</Data></Cell></Row>"
		 "<Row><Cell><Data>Pond</Data></Cell><Cell><Data>DE</Data></Cell></Row>"
		 "</Table></Worksheet></Workbook>"),
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_COUNTRY, MN_F_SPEND));
	(void)state;
	got_records(&g, "Heron & Reed||12.3450;Pond|DE|;");
	assert_int_equal(g.info.accepted, 2);
	assert_string_equal(g.info.format, "Excel XML");
	got_end(&g);
}

static void
other_xml_and_nothing_are_named(void **state)
{
	static const struct {
		const char *text;
		enum mn_code code;
	} CASES[] = {{"<?xml version=\"1.0\"?><list><a>1</a></list>", MN_E_FILE_XML},
	    {"\xef\xbb\xbf", MN_E_FILE_EMPTY}, {"\r\n\r\n", MN_E_FILE_EMPTY}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct got g = got_bytes(mn_str_c(CASES[i].text), MN_K_SUPPLIERS, NAMES);
		assert_false(g.opened);
		assert_int_equal(g.err.code, CASES[i].code);
		got_end(&g);
	}
}

static void
end_tags_may_be_missing(void **state)
{
	(void)state;
	reads("<table><tr><th>name<th>country<tr><td>Heron<br>Mills<td>DE"
	      "<tr><td>Pond<p>Lily<td>BD",
	    "Heron Mills|DE;Pond Lily|BD;");
}

static void
cells_reach_over_rows_and_columns(void **state)
{
	(void)state;
	reads("<table><tr><td>country<td>id<td>name"
	      "<tr><td rowspan=2>DE<td>1<td>A<tr><td>2<td>B"
	      "<tr><td colspan=\"2\">FR<td>C</table>",
	    "A|DE;B|DE;C|FR;");
}

static void
scripts_comments_and_quotes_do_not_mislead(void **state)
{
	(void)state;
	reads("<html><script>var t = '<table><tr><td>x</td>';</script>"
	      "<!-- <table><tr><th>name</th></tr></table> -->"
	      "<table title=\"a > b\"><tr><th>name</th><th>country</th></tr>"
	      "<tr><td>5 < 6 Ltd</td><td>DE</td></tr></table>",
	    "5 < 6 Ltd|DE;");
}

static void
the_fitting_table_is_found_among_others(void **state)
{
	struct got g =
	    got_bytes(MN_S("<html><table><tr><td>Home</td><td>About</td></tr></table>"
			   "<table><tr><td><table><tr><th>name</th><th>country</th></tr>"
			   "<tr><td>A</td><td>DE</td></tr></table></td></tr></table>"
			   "<table><tr><td>x</td></tr><tr><td>y</td></tr></table>"),
		MN_K_SUPPLIERS, NAMES);
	(void)state;
	got_records(&g, "A|DE;");
	assert_true(got_remark(&g, "FILE_TABLES@0;"));
	got_end(&g);
}

static void
tables_of_one_header_are_one_with_its_section(void **state)
{
	struct got g = got_bytes(
	    MN_S("<html><h2>List one</h2>"
		 "<table><tr><th>Name</th><th>Country</th></tr><tr><td>A<td>DE</table>"
		 "<h2>List two</h2>\n"
		 "<table><tr><th>NAME<th>Country</th></tr><tr><td>B<td>FR"
		 "<tr><td colspan=2>In brackets</td></tr><tr><td>C<td>BD</table>"),
	    MN_K_SUPPLIERS, NAMES);
	(void)state;
	got_records(&g, "A|DE;B|FR;C|BD;");
	assert_int_equal(g.info.rows, 3);
	assert_int_equal(g.info.n_column, 3);
	assert_true(mn_str_eq(g.info.header[2], MN_S("_section")));
	got_end(&g);
}

static void
a_page_of_lists_is_a_known_list(void **state)
{
	struct got g = got_bytes(
	    MN_S("<html><h3>A list of entities</h3><table><tr><th>Name of Entity</th>"
		 "<th>Effective Date</th></tr><tr><td>Heron Reed Textile Co., Ltd. (also "
		 "known as Grey Heron)</td><td>June 21, 2022</td></tr></table>"),
	    MN_KIND_ANY, FIELDS(MN_F_NAME, MN_F_LISTED_ON, MN_F_ALIASES));
	(void)state;
	got_records(&g, "Heron Reed Textile Co., Ltd.|2022-06-21|Grey Heron;");
	assert_true(mn_str_eq(g.info.source, MN_S("us-uflpa")));
	got_end(&g);
}

/* Rows of one line, and tables in cells of others, are told by their number. */
static void
rows_of_one_line_are_counted(void **state)
{
	(void)state;
	struct got g = got_bytes(
	    MN_S("<html><table><tr><th>name<th>country<tr><td>A<td>DE<tr><td>B<td>XX"
		 "</table><table><tr><th>name<th>country<tr><td>C<td>FR</table>"),
	    MN_K_SUPPLIERS, NAMES);
	got_records(&g, "A|DE;B|;C|FR;");
	assert_string_equal(g.info.unit, "row");
	assert_true(got_remark(&g, "CELL_COUNTRY@2;"));
	got_end(&g);
	g = got_bytes(
	    MN_S("<html>\n<table>\n<tr><th>name<th>country\n<tr><td>A<td>DE\n<tr><td>"
		 "<table>\n<tr><th>name<th>country\n<tr><td>B<td>FR\n</table><td>x\n"
		 "<tr><td>C<td>BD\n</table>"),
	    MN_K_SUPPLIERS, NAMES);
	assert_string_equal(g.info.unit, "row");
	assert_int_equal(g.info.rows, 4);
	got_end(&g);
}

static void
a_header_in_other_words_is_the_same(void **state)
{
	(void)state;
	struct got g = got_bytes(
	    MN_S("<html><table><tr><th>Name of Entity<th>Effective Date\n<tr><td>Heron "
		 "Reed Mills<td>June 21, 2022</table>\n<table><tr><th>Entity "
		 "name<th>Effective date\n<tr><td>Pond Lily Works<td>June 22, 2022"
		 "</table>\n<table><tr><th>Name of Vessel<th>Effective Date\n<tr><td>"
		 "Swan<td>June 22, 2022</table>"),
	    MN_K_WATCHLIST, FIELDS(MN_F_NAME, MN_F_LISTED_ON));
	got_records(&g, "Heron Reed Mills|2022-06-21;Pond Lily Works|2022-06-22;");
	assert_true(got_remark(&g, "FILE_TABLES@0;"));
	assert_string_equal(g.info.unit, "line");
	got_end(&g);
}

static void
a_page_instead_of_a_table_says_so(void **state)
{
	struct got g =
	    got_bytes(MN_S("<html><body>503 Service Unavailable</body></html>"),
		MN_K_SUPPLIERS, NAMES);
	(void)state;
	assert_false(g.opened);
	assert_int_equal(g.err.code, MN_E_FILE_HEADER);
	assert_non_null(strstr(g.err.msg, "a web page without a table"));
	got_end(&g);
}

/* n times s, as one page. */
static struct mn_buf
many(const char *begin, const char *s, size_t n)
{
	struct mn_buf b = mn_buf_new(64u << 20);
	mn_buf_add(&b, mn_str_c(begin));
	for (size_t i = 0; i < n; i++)
		mn_buf_add(&b, mn_str_c(s));
	return b;
}

static void
hostile_pages_take_bounded_time_and_room(void **state)
{
	static const struct {
		const char *begin, *again;
		size_t n;
	} PAGES[] = {
	    {"<html><table><tr><th>name<th>country<tr>", "<table><tr><td>", 200000},
	    {"<html><table><tr><th>name<th>country<tr>", "<td colspan=1000>", 200000},
	    {"<html><table><tr><th>name<th>country", "<tr><td rowspan=65534>x", 100000},
	    {"<html><table><tr><th>name<th>country<tr><td>", "<b id=\"'>", 400000},
	    {"<html><table><tr><th>name<th>country<tr><td>", "<!-- ", 400000},
	    {"<html><table><tr><th>name<th>country<tr><td>", "<script>", 400000},
	    {"<html><table><tr><th>name<th>country<tr><td>", "&#", 400000},
	};
	(void)state;
	for (size_t i = 0; i < countof(PAGES); i++) {
		struct mn_buf b = many(PAGES[i].begin, PAGES[i].again, PAGES[i].n);
		struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
		assert_true(g.opened || g.err.code != MN_E_NONE);
		got_end(&g);
		mn_buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_table_is_read_row_by_row),
	    cmocka_unit_test(end_tags_may_be_missing),
	    cmocka_unit_test(cells_reach_over_rows_and_columns),
	    cmocka_unit_test(scripts_comments_and_quotes_do_not_mislead),
	    cmocka_unit_test(the_fitting_table_is_found_among_others),
	    cmocka_unit_test(tables_of_one_header_are_one_with_its_section),
	    cmocka_unit_test(xml_of_excel_2003_is_a_table),
	    cmocka_unit_test(other_xml_and_nothing_are_named),
	    cmocka_unit_test(a_page_of_lists_is_a_known_list),
	    cmocka_unit_test(rows_of_one_line_are_counted),
	    cmocka_unit_test(a_header_in_other_words_is_the_same),
	    cmocka_unit_test(a_page_instead_of_a_table_says_so),
	    cmocka_unit_test(hostile_pages_take_bounded_time_and_room),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}

/* Files as people make them: what stands round the data, what columns tell that single
 * cells cannot. Invented companies. */
#include "read_fixture.h"

#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

static struct got
reads(const char *text, enum mn_kind kind, const enum mn_field *f, const char *want)
{
	struct got g = got_bytes(mn_str_c(text), kind, f);
	got_records(&g, want);
	return g;
}

static void
expect(const char *text, const enum mn_field *f, const char *want)
{
	struct got g = reads(text, MN_K_SUPPLIERS, f, want);
	got_end(&g);
}

/* ---- rows round the data ---- */

static void
units_totals_and_sources_are_noted(void **state)
{
	struct got g = reads("name;country;workers\n"
			     "(legal name);(ISO);(n)\n"
			     "Heron Reed Mills;DE;1.200\n"
			     "name;country;workers\n"
			     "Pond Lily;BD;12\n"
			     "Total;;1.212\n"
			     "Source: ministry of reeds, 2024;;\n",
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_WORKERS),
	    "Heron Reed Mills|1200;Pond Lily|12;");
	(void)state;
	assert_int_equal(g.info.rows, 6);
	assert_int_equal(g.info.noted, 4);
	got_end(&g);
}

static void
totals_are_known_in_many_languages(void **state)
{
	static const char *const WORDS[] = {"TOTAL:", "Gesamtsumme", "Total général",
	    "Łącznie", "Итого", "合计", "합계", "Genel Toplam", "Tổng cộng", "المجموع"};
	(void)state;
	for (size_t i = 0; i < countof(WORDS); i++) {
		char text[256];
		snprintf(
		    text, sizeof text, "name,country,workers\nA,DE,5\n%s,,5\n", WORDS[i]);
		expect(text, NAMES, "A|DE;");
	}
}

static void
a_company_called_total_is_one(void **state)
{
	(void)state;
	expect("name,country,spend,currency\nTotal,,9,EUR\nSubtotal Germany,,9,\n"
	       "Sum total:,,9,EUR\nSubtotal Works,FR,9,EUR\n",
	    NAMES, "Subtotal Works|FR;");
	expect("name,country,workers\nTotal,FR,5\nSum Heron Ltd,,7\nSource,DE,\n", NAMES,
	    "Total|FR;Sum Heron Ltd|;Source|DE;");
}

static void
a_header_of_two_rows_is_joined(void **state)
{
	struct got g = reads("List of 2024,,,,\n"
			     "Supplier,,Workforce,,Parent company\n"
			     "Name,Country,Number of workers,Migrants,Name\n"
			     "Heron Reed Mills,DE,12,3,Grey Heron Holding\n",
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_COUNTRY, MN_F_WORKERS, MN_F_PARENT),
	    "Heron Reed Mills|DE|12|Grey Heron Holding;");
	(void)state;
	assert_true(mn_str_eq(g.info.header[1], MN_S("Supplier / Country")));
	got_end(&g);
}

static void
blank_headers_are_told_by_number(void **state)
{
	struct got g =
	    reads("name,,name\nA,x,B\n", MN_K_SUPPLIERS, FIELDS(MN_F_NAME), "A;");
	(void)state;
	assert_true(mn_str_eq(g.info.header[1], MN_S("(column 2)")));
	assert_true(got_remark(&g, "COLUMN_TWICE@0;"));
	got_end(&g);
}

/* ---- columns ---- */

#define FEES "entity,amount,currency,paid on\n"

#define SPEND "name;spend\n"

static void
the_decimal_mark_is_decided_by_the_column(void **state)
{
	const enum mn_field *f = FIELDS(MN_F_NAME, MN_F_SPEND);
	struct got comma =
	    reads(SPEND "A;2.500\nB;1.234,00\n", MN_K_SUPPLIERS, f, "A|2500;B|1234.00;");
	struct got point =
	    reads(SPEND "A;2.500\nB;1234.5\n", MN_K_SUPPLIERS, f, "A|2.500;B|1234.5;");
	struct got none = reads(SPEND "A;1.234\nB;800\n", MN_K_SUPPLIERS, f, "A|;B|800;");
	struct got place = reads("name;lat\nA;23.812\n", MN_K_SUPPLIERS,
	    FIELDS(MN_F_NAME, MN_F_LAT), "A|23.812;");
	(void)state;
	assert_true(got_remark(&comma, "COLUMN_DECIMAL@0;"));
	assert_true(got_remark(&none, "COLUMN_DECIMAL_EITHER@0;CELL_NUMBER@2;"));
	assert_int_equal(none.info.noted, 1);
	assert_int_equal(place.info.accepted, 1);
	got_end(&comma);
	got_end(&point);
	got_end(&none);
	got_end(&place);
}

static void
the_order_of_dates_is_decided_by_the_column(void **state)
{
	const enum mn_field *f = FIELDS(MN_F_ENTITY, MN_F_PAID_ON);
	struct got dmy = reads(FEES "A,1,EUR,05/04/2024\nB,1,EUR,13/04/2024\n", MN_K_FEES,
	    f, "A|2024-04-05;B|2024-04-13;");
	struct got mdy = reads(FEES "A,1,EUR,05/04/2024\nB,1,EUR,04/13/2024\n", MN_K_FEES,
	    f, "A|2024-05-04;B|2024-04-13;");
	struct got both =
	    reads(FEES "A,1,EUR,05/04/2024\nB,1,EUR,04/13/2024\nC,1,EUR,13/04/2024\n",
		MN_K_FEES, f, "A|;B|2024-04-13;C|2024-04-13;");
	struct got none = reads(
	    FEES "A,1,EUR,05/04/2024\nB,1,EUR,06/04/2024\n", MN_K_FEES, f, "A|;B|;");
	(void)state;
	assert_true(got_remark(&dmy, "COLUMN_DATES@0;"));
	assert_int_equal(dmy.info.accepted, 2);
	assert_true(got_remark(&both, "COLUMN_DATES_EITHER@0;CELL_DATE@2;"));
	assert_true(got_remark(&none, "COLUMN_DATES_EITHER@0;"));
	assert_int_equal(none.info.noted, 2);
	got_end(&dmy);
	got_end(&mdy);
	got_end(&both);
	got_end(&none);
}

static void
day_numbers_of_excel_are_dates_in_a_column_of_dates(void **state)
{
	const enum mn_field *f = FIELDS(MN_F_ENTITY, MN_F_PAID_ON);
	struct got g = reads(FEES "A,1,EUR,45321\nB,1,EUR,2024-02-01\nC,1,EUR,45321.5\n"
				  "D,1,EUR,123\n",
	    MN_K_FEES, f, "A|2024-01-30;B|2024-02-01;C|2024-01-30;D|;");
	struct got other = reads(
	    FEES "A,1,EUR,45321\nB,1,EUR,x1\nC,1,EUR,x2\n", MN_K_FEES, f, "A|;B|;C|;");
	(void)state;
	got_end(&g);
	got_end(&other);
}

static void
na_is_namibia_among_codes_and_nothing_among_names(void **state)
{
	struct got codes = reads(
	    "name,country\nA,NA\nB,DE\nC,FR\n", MN_K_SUPPLIERS, NAMES, "A|NA;B|DE;C|FR;");
	struct got names = reads("name,country\nA,NA\nB,Germany\nC,n/a\n", MN_K_SUPPLIERS,
	    NAMES, "A|;B|DE;C|;");
	(void)state;
	assert_true(got_remark(&codes, "COLUMN_NA@0;"));
	assert_int_equal(codes.info.accepted, 3);
	assert_int_equal(names.info.accepted, 3);
	got_end(&codes);
	got_end(&names);
}

static void
words_for_nothing_are_empty(void **state)
{
	struct got g = reads(
	    "name,country,workers,sector\n"
	    "A,unknown,-,N/A\nB,DE,n.a.,不明\n-,DE,1,x\nUnknown,DE,1,x\n",
	    MN_K_SUPPLIERS, FIELDS(MN_F_NAME, MN_F_COUNTRY, MN_F_WORKERS, MN_F_SECTOR),
	    "A|||;B|DE||;");
	(void)state;
	assert_int_equal(g.info.accepted, 2);
	assert_int_equal(g.info.quarantined, 2);
	got_end(&g);
}

static void
a_misspelt_country_is_read_when_it_can_be_one_only(void **state)
{
	struct got g = reads("name,country\nA,Bangladsh\nB,Vietnaam\nC,Zambai\nD,Vambia\n"
			     "E,Nigera\nF,Irak\nG,Irxx\n",
	    MN_K_SUPPLIERS, NAMES, "A|BD;B|VN;C|ZM;D|;E|;F|IQ;G|;");
	(void)state;
	assert_true(got_remark(&g, "CELL_TYPO@2;"));
	assert_true(got_remark(&g, "CELL_COUNTRY@5;"));
	got_end(&g);
}

static void
a_column_without_a_name_is_told_by_its_values(void **state)
{
	struct got g = reads("name,\nA,DE\nB,FR\nC,BD\nD,VN\nE,CN\n", MN_K_SUPPLIERS,
	    NAMES, "A|DE;B|FR;C|BD;D|VN;E|CN;");
	struct got no = reads("name,export market\nA,DE\nB,FR\nC,BD\nD,VN\nE,CN\n",
	    MN_K_SUPPLIERS, NAMES, "A|;B|;C|;D|;E|;");
	(void)state;
	assert_true(got_remark(&g, "COLUMN_GUESSED@0;"));
	got_end(&g);
	got_end(&no);
}

static void
a_currency_in_the_cell_is_kept(void **state)
{
	struct got g = reads(
	    "entity,amount,wage\nA,Tk 4.36 lakh,\"৳ 12,000\"\nB,$5,300\n", MN_K_FEES,
	    FIELDS(MN_F_AMOUNT, MN_F_CURRENCY, MN_F_WAGE, MN_F_WAGE_CURRENCY),
	    "436000|BDT|12000|BDT;5||300|;");
	struct got other = reads("entity,amount,currency\nA,EUR 5,USD\n", MN_K_FEES,
	    FIELDS(MN_F_AMOUNT, MN_F_CURRENCY), "5|USD;");
	(void)state;
	assert_true(got_remark(&other, "CELL_CURRENCY@2;"));
	got_end(&g);
	got_end(&other);
}

/* ---- encodings ---- */

static void
stray_bytes_keep_their_row_with_a_note(void **state)
{
	struct got g =
	    got_bytes(MN_S("name,country\nCaf\xc3\xa9 Un,FR\nS\xe3o Rei,BR\nM\xc3\xbc"
			   "hle,DE\nFor\xc3\xaat,FR\n\xc3\x89toile,FR\n"),
		MN_K_SUPPLIERS, NAMES);
	(void)state;
	got_records(&g, "Café Un|FR;São Rei|BR;Mühle|DE;Forêt|FR;Étoile|FR;");
	assert_true(got_remark(&g, "ROW_STRAY@3;"));
	assert_int_equal(g.info.noted, 1);
	assert_true(mn_str_eq(g.info.sample, MN_S("Café Un")));
	got_end(&g);
}

static void
the_user_says_the_encoding(void **state)
{
	struct mn_arena a = map_root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_mappings_said said = {.encoding = "cp1251"},
				bad = {.encoding = "windows-1259"};
	const struct mn_mappings *m = mn_mappings_with(&a, mappings, &said, &err);
	(void)state;
	assert_non_null(m);
	struct got g = got_bytes_with(
	    m, MN_S("name,country\n\xd6\xe0\xef\xeb\xff,RU\n"), MN_K_SUPPLIERS, NAMES);
	got_records(&g, "Цапля|RU;");
	got_end(&g);
	assert_null(mn_mappings_with(&a, mappings, &bad, &err));
	assert_non_null(strstr(err.msg, "did you mean"));
}

/* ---- mappings ---- */

static void
a_mapping_is_saved_and_read_again(void **state)
{
	static const char TEXT[] = "firm,where,since\nHeron,FR,05/04/2024\n";
	static const char MAPPING[] =
	    "{\"source\":\"my\",\"kind\":\"suppliers\",\"title\":\"t\",\"licence\":\"-\","
	    "\"encoding\":\"koi8-r\",\"date_order\":\"dmy\",\"match\":[\"firm\"],"
	    "\"columns\":{\"firm\":\"name\",\"where\":\"country\"}}";
	struct mn_arena a = map_root;
	struct mn_err err = MN_ERR_NONE;
	char path[] = "/tmp/manumit-map-XXXXXX";
	int fd = mkstemp(path);
	(void)state;
	assert_int_equal(write(fd, MAPPING, strlen(MAPPING)), strlen(MAPPING));
	close(fd);
	struct mn_mappings_said said = {.mapping = path};
	const struct mn_mappings *m = mn_mappings_with(&a, mappings, &said, &err);
	assert_non_null(m);
	struct got g = got_bytes_with(m, mn_str_c(TEXT), MN_K_SUPPLIERS, NAMES);
	got_records(&g, "Heron|FR;");
	got_end(&g);
	/* The encoding of the mapping is believed before a guess. */
	struct got koi = got_bytes_with(
	    m, MN_S("firm,where\n\xe3\xc1\xd0\xcc\xd1,RU\n"), MN_K_SUPPLIERS, NAMES);
	got_records(&koi, "Цапля|RU;");
	assert_int_equal(koi.info.encoding, MN_ENC_KOI8R);
	got_end(&koi);
	unlink(path);
}

static void
what_is_saved_is_a_mapping(void **state)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", csv[64], json[64];
	struct mn_arena a = map_root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_diag diag = {.emit = NULL};
	struct mn_buf b = mn_buf_new(1u << 16);
	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(csv, sizeof csv, "%s/My list.csv", dir);
	snprintf(json, sizeof json, "%s/m.json", dir);
	struct mn_out *o = mn_out_open(csv, 0600, &err);
	mn_out_c(o, "name,,worker name\nHeron,x,y\n");
	assert_true(mn_out_commit(o, true, NULL, &err));
	struct mn_input *in =
	    mn_input_open(&a, mappings, csv, MN_K_SUPPLIERS, &diag, &err);
	assert_non_null(in);
	assert_true(mn_input_write_mapping(mn_input_info(in), &b, &err));
	mn_input_close(in);
	o = mn_out_open(json, 0600, &err);
	mn_out_write(o, mn_buf_str(&b));
	assert_true(mn_out_commit(o, true, NULL, &err));
	struct mn_mappings_said said = {.mapping = json};
	if (!mn_mappings_with(&a, mappings, &said, &err))
		fail_msg("%s: %.*s", err.msg, MN_FMT(mn_buf_str(&b)));
	mn_buf_free(&b);
	assert_true(mn_dir_remove(dir, &err));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(units_totals_and_sources_are_noted),
	    cmocka_unit_test(totals_are_known_in_many_languages),
	    cmocka_unit_test(a_company_called_total_is_one),
	    cmocka_unit_test(a_header_of_two_rows_is_joined),
	    cmocka_unit_test(blank_headers_are_told_by_number),
	    cmocka_unit_test(the_decimal_mark_is_decided_by_the_column),
	    cmocka_unit_test(the_order_of_dates_is_decided_by_the_column),
	    cmocka_unit_test(day_numbers_of_excel_are_dates_in_a_column_of_dates),
	    cmocka_unit_test(na_is_namibia_among_codes_and_nothing_among_names),
	    cmocka_unit_test(words_for_nothing_are_empty),
	    cmocka_unit_test(a_misspelt_country_is_read_when_it_can_be_one_only),
	    cmocka_unit_test(a_column_without_a_name_is_told_by_its_values),
	    cmocka_unit_test(a_currency_in_the_cell_is_kept),
	    cmocka_unit_test(stray_bytes_keep_their_row_with_a_note),
	    cmocka_unit_test(the_user_says_the_encoding),
	    cmocka_unit_test(a_mapping_is_saved_and_read_again),
	    cmocka_unit_test(what_is_saved_is_a_mapping),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}

/* Files to records: every row is counted once, whatever the file is like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"

/* What a file came to: records as text, issues by code, the first of them kept. */
struct result {
	struct mn_arena root, a;
	struct mn_buf records; /* "name|country;" of each used row */
	struct mn_diag diag;
	struct mn_input_info info;
	uint64_t used, noted;
	struct mn_err err;
	bool opened, failed;
	uint64_t issue_row[MN_E_COUNT]; /* row of the first issue with the code */
	bool leaked;                    /* an issue or record held the secret word */
};

static struct mn_arena map_root;
static const struct mn_mappings *mappings;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	map_root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&map_root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(map_root);
	return 0;
}

#define PRIVATE "w-secret"

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	struct result *r = ctx;
	if (r->issue_row[i->code] == 0)
		r->issue_row[i->code] = i->row;
	if (mn_str_find(i->value, MN_S(PRIVATE)) != SIZE_MAX ||
	    mn_str_find(i->detail, MN_S(PRIVATE)) != SIZE_MAX)
		r->leaked = true;
}

static void
note_record(struct result *r, const struct mn_record *rec)
{
	struct mn_str name = rec->v[MN_F_NAME];
	if (name.n == 0)
		name = rec->v[MN_F_ENTITY_NAME];
	if (r->records.n < 4096)
		mn_buf_fmt(&r->records, "%.*s|%.*s;", MN_FMT(name),
		    MN_FMT(rec->v[MN_F_COUNTRY]));
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_str_find(rec->v[f], MN_S(PRIVATE)) != SIZE_MAX)
			r->leaked = true;
}

static struct result
read_path(const char *path, enum mn_kind kind)
{
	static const unsigned char SECRET[32] = {1, 2, 3};
	struct result r = {.err = MN_ERR_NONE, .records = mn_buf_new(1u << 16)};
	struct mn_record rec;
	bool noted;
	int more = 0;
	r.root = r.a = mn_arena_new((size_t)1 << 30, NULL);
	r.diag = (struct mn_diag){.emit = on_issue, .ctx = &r};
	struct mn_input *in = mn_input_open(&r.a, mappings, path, kind, &r.diag, &r.err);
	r.opened = in != NULL;
	if (!in)
		return r;
	mn_input_secret(in, SECRET);
	while ((more = mn_input_next(in, 3, &rec, &noted, &r.err)) == 1) {
		const struct mn_input_info *info = mn_input_info(in);
		assert_int_equal(
		    info->rows, info->accepted + info->noted + info->quarantined);
		assert_int_equal(mn_rid_src(rec.rid), 3);
		r.used++;
		r.noted += noted;
		note_record(&r, &rec);
	}
	r.failed = more < 0;
	r.info = *mn_input_info(in);
	assert_int_equal(
	    r.info.rows, r.info.accepted + r.info.noted + r.info.quarantined);
	assert_true(r.used >= r.info.accepted);
	mn_input_close(in);
	return r;
}

static void
end(struct result *r)
{
	mn_buf_free(&r->records);
	mn_arena_free(r->root);
}

static struct result
read_text(struct mn_str text, enum mn_kind kind)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[64];
	struct mn_err err = MN_ERR_NONE;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/in.csv", dir);
	struct mn_out *o = mn_out_open(path, 0600, &err);
	assert_non_null(o);
	mn_out_write(o, text);
	assert_true(mn_out_commit(o, true, NULL, &err));
	struct result r = read_path(path, kind);
	assert_true(mn_dir_remove(dir, &err));
	return r;
}

#define READ(lit, kind) read_text(MN_S(lit), kind)

static void
counts(const struct result *r, uint64_t accepted, uint64_t noted, uint64_t quarantined)
{
	if (!r->opened)
		fail_msg("not opened: %s", r->err.msg);
	assert_int_equal(r->info.accepted, accepted);
	assert_int_equal(r->info.noted, noted);
	assert_int_equal(r->info.quarantined, quarantined);
}

static void
records(const struct result *r, const char *want)
{
	if (!mn_str_eq(mn_buf_str(&r->records), mn_str_c(want)))
		fail_msg("\"%.*s\", not \"%s\"", MN_FMT(mn_buf_str(&r->records)), want);
}

static void
a_plain_list_is_accepted(void **state)
{
	struct result r = READ("country,name,address\n"
			       "Bangladesh,Pond Lily Knits Ltd,\"1 Lane, Dhaka\"\n"
			       "\n"
			       "VN,\"Reed Warbler\nFootwear\",2 Lane\n",
	    MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 2, 0, 0);
	assert_int_equal(r.info.rows, 2);
	assert_int_equal(r.info.header_line, 1);
	assert_int_equal(r.info.delimiter, ',');
	assert_int_equal(r.info.encoding, MN_ENC_UTF8);
	assert_int_equal(r.info.bytes, 103);
	assert_int_equal(strlen(r.info.sha256), 64);
	end(&r);
}

static void
examples_of_the_template_are_noted_and_not_used(void **state)
{
	struct result r = READ("id,name,country\n"
			       " EXAMPLE-0001,Marigold Lane (invented),BD\n"
			       "1,Fern,DE\n"
			       "7,EXAMPLE-2 Works,DE\n",
	    MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 2, 1, 0);
	records(&r, "Fern|DE;EXAMPLE-2 Works|DE;");
	assert_int_equal(r.issue_row[MN_E_ROW_EXAMPLE], 2);
	end(&r);
}

static void
lines_are_those_of_the_file(void **state)
{
	struct result r = READ("name,country\r\n"
			       "\"A\r\nB\",DE\r\n"
			       "\r\n"
			       "C,Atlantis\r\n",
	    MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 1, 1, 0);
	assert_int_equal(r.issue_row[MN_E_CELL_COUNTRY], 5);
	end(&r);
}

static void
encodings_and_delimiters_are_detected(void **state)
{
	struct result bom = READ("\xef\xbb\xbfname;country\nA;DE\n", MN_K_SUPPLIERS);
	struct result latin = READ("name;country\nS\xe3o;BR\n", MN_K_SUPPLIERS);
	struct result tab = READ("name\tcountry\n\tDE\nB\t\n", MN_K_SUPPLIERS);
	struct result wide = read_text(
	    mn_str(
		"\xff\xfen\0a\0m\0e\0,\0c\0o\0u\0n\0t\0r\0y\0\n\0A\0,\0D\0E\0\n\0", 38),
	    MN_K_SUPPLIERS);
	(void)state;
	records(&bom, "A|DE;");
	assert_int_equal(bom.info.encoding, MN_ENC_UTF8_BOM);
	records(&latin, "S\xc3\xa3o|BR;");
	assert_int_equal(latin.info.encoding, MN_ENC_CP1252);
	records(&tab, "B|;");
	counts(&tab, 1, 0, 1);
	records(&wide, "A|DE;");
	assert_int_equal(wide.info.encoding, MN_ENC_UTF16LE);
	end(&bom);
	end(&latin);
	end(&tab);
	end(&wide);
}

static void
an_unclosed_quote_costs_its_line_only(void **state)
{
	struct result r =
	    READ("name,country\nA,DE\n\"B,DE\nC,DE\nD,DE\n", MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 3, 0, 1);
	records(&r, "A|DE;C|DE;D|DE;");
	assert_int_equal(r.issue_row[MN_E_ROW_QUOTE], 3);
	end(&r);
}

static void
a_damaged_quote_costs_its_line_only(void **state)
{
	struct result r = READ("name,country\nA,DE\n\"B\"x,DE\nC,DE\n", MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 2, 0, 1);
	records(&r, "A|DE;C|DE;");
	end(&r);
}

static void
a_record_that_cannot_be_split_shows_nothing(void **state)
{
	struct result r =
	    READ("entity,worker,amount\n1,\"" PRIVATE "\"x,5\n1,\"" PRIVATE ",5\n1,w,5\n",
		MN_K_FEES);
	(void)state;
	counts(&r, 1, 0, 2);
	assert_false(r.leaked);
	end(&r);
}

/* Each of these lines opens a quote that the next one closes and opens again. */
static void
a_file_of_open_quotes_ends_in_time(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_add(&b, MN_S("name,country\n"));
	for (int i = 0; i < 300000; i++)
		mn_buf_add(&b, MN_S("a\" ,\"c\n"));
	struct result r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	assert_int_equal(r.info.rows, 300000);
	assert_int_equal(r.err.code, MN_E_FILE_TOO_BAD);
	end(&r);
	mn_buf_free(&b);
}

static void
a_line_without_end_is_too_long(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_add(&b, MN_S("name,country\n"));
	while (b.n < MN_MAX_RECORD + 100)
		mn_buf_add(&b, MN_S("a long name "));
	mn_buf_add(&b, MN_S(",DE\nB,DE\n"));
	struct result r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	counts(&r, 1, 0, 1);
	assert_int_equal(r.diag.count[MN_E_ROW_LONG], 1);
	end(&r);
	mn_buf_free(&b);
}

static void
preamble_is_no_row(void **state)
{
	struct result r = READ("Supplier list 2026\nprinted on request,,\n"
			       "name,country,city\nA,DE,X\n",
	    MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 1, 0, 0);
	assert_int_equal(r.info.header_line, 3);
	assert_int_equal(r.diag.count[MN_E_ROW_TOTAL], 1);
	end(&r);
}

static void
odd_bytes_are_survived(void **state)
{
	/* One NUL in twenty bytes would be a binary file: more than one in 64. */
	struct result nul = read_text(
	    mn_str("name,country,address\nA\0B,DE,a long address that makes the "
		   "file look like the text it is\n",
		88),
	    MN_K_SUPPLIERS);
	struct result dos = READ("name,country\r\nA,DE\r\n\x1a", MN_K_SUPPLIERS);
	struct result hole = READ("name,country\nS\xe3o,BR\nA\x81,DE\n", MN_K_SUPPLIERS);
	struct result cr = READ("name,country\r\r\nA,DE\r\r\nB,FR\r\r\n", MN_K_SUPPLIERS);
	(void)state;
	counts(&nul, 0, 1, 0);
	records(&nul, "A\xef\xbf\xbd"
		      "B|DE;");
	assert_int_equal(nul.diag.count[MN_E_ROW_NUL], 1);
	counts(&dos, 1, 0, 0);
	counts(&hole, 1, 1, 0); /* 0x81 means nothing in windows-1252 */
	assert_int_equal(hole.issue_row[MN_E_ROW_UTF8], 3);
	end(&hole);
	records(&cr, "A|DE;B|FR;");
	end(&nul);
	end(&dos);
	end(&cr);
}

static void
width_is_noted(void **state)
{
	struct result r =
	    READ("name,country,city\nA,DE\nB,DE,X,Y\nC,DE,X,,\n", MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 1, 2, 0);
	assert_int_equal(r.diag.count[MN_E_ROW_SHORT], 1);
	assert_int_equal(r.diag.count[MN_E_ROW_WIDE], 1);
	end(&r);
}

static void
a_native_name_stands_in_for_the_name(void **state)
{
	struct result r =
	    READ("name,native_name,country\n,云雀灯笼,CN\n,,CN\n", MN_K_SUPPLIERS);
	(void)state;
	counts(&r, 1, 0, 1);
	records(&r, "云雀灯笼|CN;");
	assert_int_equal(r.issue_row[MN_E_ROW_NAME], 3);
	end(&r);
}

static void
columns_twice_or_about_people_are_told(void **state)
{
	struct result r =
	    READ("name,country,Country Name,person,shoe size\nA,DE,FR," PRIVATE ",44\n",
		MN_K_SUPPLIERS);
	(void)state;
	records(&r, "A|DE;");
	assert_int_equal(r.diag.count[MN_E_COLUMN_TWICE], 1);
	assert_int_equal(r.diag.count[MN_E_COLUMN_DROPPED], 1);
	assert_true(r.diag.count[MN_E_COLUMN_UNUSED] >= 1);
	assert_false(r.leaked);
	end(&r);
}

static void
workers_become_hashes(void **state)
{
	struct result r = READ("entity,worker,amount,currency,description\n"
			       "0001," PRIVATE ",100,USD,medical test\n"
			       "0001," PRIVATE ",x,USD,\n"
			       "0001," PRIVATE ",5,USD,ask someone@example.org\n",
	    MN_K_FEES);
	(void)state;
	counts(&r, 1, 1, 1);
	assert_int_equal(r.diag.count[MN_E_PERSONAL], 1);
	assert_int_equal(r.diag.count[MN_E_CELL_REQUIRED], 1);
	assert_false(r.leaked);
	end(&r);
}

static void
files_that_cannot_be_used_say_why(void **state)
{
	static const struct {
		struct mn_str text;
		enum mn_code code;
	} CASES[] = {
	    {{"", 0}, MN_E_FILE_EMPTY},
	    {{"PK\x03\x04 a workbook", 15}, MN_E_FILE_DAMAGED},
	    {{"\x7f"
	      "ELF\0\0\0\0",
		 8},
		MN_E_FILE_BINARY},
	    {{"colour,size\nred,4\n", 18}, MN_E_FILE_HEADER},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct result r = read_text(CASES[i].text, MN_K_SUPPLIERS);
		assert_false(r.opened);
		assert_int_equal(r.err.code, CASES[i].code);
		assert_int_equal(r.err.sev, MN_SOURCE);
		end(&r);
	}
	struct result none = read_path("/nonexistent/file.csv", MN_K_SUPPLIERS);
	assert_false(none.opened);
	assert_int_equal(none.err.code, MN_E_NOINPUT);
	end(&none);
}

static void
a_header_alone_is_noted_and_a_bad_file_given_up(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	struct result empty = READ("name,country\n", MN_K_SUPPLIERS);
	(void)state;
	assert_int_equal(empty.diag.count[MN_E_FILE_NO_ROWS], 1);
	assert_false(empty.failed);
	end(&empty);
	mn_buf_add(&b, MN_S("name,country\n"));
	for (int i = 0; i < 21; i++)
		mn_buf_add(&b, i % 3 ? MN_S(",DE\n") : MN_S("A,DE\n"));
	struct result bad = read_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	assert_true(bad.failed);
	assert_int_equal(bad.err.code, MN_E_FILE_TOO_BAD);
	assert_int_equal(bad.info.quarantined, 14);
	end(&bad);
	mn_buf_free(&b);
}

static void
the_kind_is_guessed_for_check(void **state)
{
	struct result s = READ("name,country,workers\nA,DE,3\n", MN_KIND_ANY);
	struct result f =
	    READ("entity,worker,amount,currency,paid_on\n1,w,3,USD,\n", MN_KIND_ANY);
	struct result a = READ("entity,indicator,strength\n1,I05,S\n", MN_KIND_ANY);
	(void)state;
	assert_int_equal(s.info.kind, MN_K_SUPPLIERS);
	assert_int_equal(f.info.kind, MN_K_FEES);
	assert_int_equal(a.info.kind, MN_K_FINDINGS);
	end(&s);
	end(&f);
	end(&a);
}

/* An inspectorate's layout: codes are derived from amounts, nothing is called clean. */
static void
a_known_layout_derives_violations(void **state)
{
	struct result r = READ("Case ID,Trade Name,Legal Name,Backwages,Minimum Wage "
			       "Backwages,Penalty,EEs Paid "
			       "in Violation,Start Date,End Date\n"
			       "1,Tawny Owl,,120.5,10,0,3,9/1/2015,9/24/2015\n"
			       "2,,Heron LLC,0,0,0,0,9/1/2015,9/24/2015\n",
	    MN_K_INSPECTIONS);
	(void)state;
	counts(&r, 2, 0, 0);
	records(&r, "Tawny Owl|US;Heron LLC|US;");
	assert_true(r.info.source.n > 0);
	end(&r);
}

/* A register of employers: preamble and totals are no entries, and a natural person is
 * counted but not kept. The names and numbers are invented. */
static void
natural_persons_of_a_register_are_not_kept(void **state)
{
	struct result r = READ(
	    "ID;Ano da a\xe7\xe3o "
	    "fiscal;UF;Empregador;CNPJ/CPF;Estabelecimento;Trabalhadores "
	    "envolvidos;CNAE;Decis\xe3o administrativa de proced\xeancia;Inclus\xe3o no "
	    "Cadastro de Empregadores\n"
	    "1;2024;SP;Serraria Araponga Ltda;99.000.002/0001-48;ROD. 1;2;1;15/05/2025;"
	    "05/04/2024 a 10/05/2024, 09/04/2025\n"
	    "2;2024;MT;" PRIVATE ";***.000.000-**;" PRIVATE ";2;1;08/10/2024;09/04/2025\n"
	    "3;2024;MT;" PRIVATE "\n"
	    "Total;;;;;;4;;;\n",
	    MN_K_WATCHLIST);
	(void)state;
	counts(&r, 1, 3, 0);
	records(&r, "Serraria Araponga Ltda|BR;");
	assert_int_equal(r.diag.count[MN_E_PERSONAL], 2);
	assert_int_equal(r.diag.count[MN_E_ROW_TOTAL], 1);
	assert_false(r.leaked);
	end(&r);
}

static void
records_over_the_edge_of_a_block_are_whole(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_add(&b, MN_S("name,country,address\n"));
	for (int i = 0; i < 60000; i++)
		mn_buf_fmt(&b, "N%d,DE,\"%.*s\nsecond line\"\n", i, i % 40,
		    "0123456789012345678901234567890123456789");
	struct result r = read_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	counts(&r, 60000, 0, 0);
	end(&r);
	mn_buf_free(&b);
}

/* Public files, where they are at hand beside the project: every row is counted once. */
static void
real_files_add_up(void **state)
{
	static const struct {
		const char *file;
		enum mn_kind kind;
		uint64_t rows;
	} FILES[] = {
	    {"1_suppliers/bhrrc_statements_2017.csv", MN_K_SUPPLIERS, 1810},
	    {"1_suppliers/nike_adidas_merged_2023.csv", MN_K_SUPPLIERS, 1017},
	    {"1_suppliers/oar_list_10.csv", MN_K_SUPPLIERS, 54},
	    {"1_suppliers/oar_list_14.csv", MN_K_SUPPLIERS, 46},
	    {"1_suppliers/oar_list_15.csv", MN_K_SUPPLIERS, 351},
	    {"1_suppliers/oar_list_2.csv", MN_K_SUPPLIERS, 83},
	    {"1_suppliers/oar_list_4.csv", MN_K_SUPPLIERS, 81},
	    {"1_suppliers/oar_list_5.csv", MN_K_SUPPLIERS, 64},
	    {"1_suppliers/oar_list_8.csv", MN_K_SUPPLIERS, 61},
	    {"1_suppliers/oar_list_geocoded_15.csv", MN_K_SUPPLIERS, 351},
	    {"1_suppliers/oar_list_geocoded_2.csv", MN_K_SUPPLIERS, 75},
	    {"1_suppliers/osh_volume_split_file_1.csv", MN_K_SUPPLIERS, 9000},
	    {"1_suppliers/uk_ms_registry_private_organisations.csv", MN_K_SUPPLIERS,
		16212},
	    {"2_watchlists/br_cadastro_de_empregadores_2026-07.csv", MN_K_WATCHLIST, 583},
	    {"4_inspections/us_whd_san_francisco.csv", MN_K_INSPECTIONS, 0},
	};
	(void)state;
	if (!mn_path_exists(MN_SOURCE_DIR "/../shared/data"))
		skip();
	for (size_t i = 0; i < countof(FILES); i++) {
		char path[512];
		snprintf(path, sizeof path, "%s/../shared/data/%s", MN_SOURCE_DIR,
		    FILES[i].file);
		struct result r = read_path(path, FILES[i].kind);
		if (!r.opened || r.failed)
			fail_msg("%s: %s", FILES[i].file, r.err.msg);
		if (FILES[i].rows && r.info.rows != FILES[i].rows)
			fail_msg("%s: %llu rows", FILES[i].file,
			    (unsigned long long)r.info.rows);
		assert_true(r.info.rows > 0);
		end(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_plain_list_is_accepted),
	    cmocka_unit_test(examples_of_the_template_are_noted_and_not_used),
	    cmocka_unit_test(lines_are_those_of_the_file),
	    cmocka_unit_test(encodings_and_delimiters_are_detected),
	    cmocka_unit_test(an_unclosed_quote_costs_its_line_only),
	    cmocka_unit_test(a_damaged_quote_costs_its_line_only),
	    cmocka_unit_test(a_record_that_cannot_be_split_shows_nothing),
	    cmocka_unit_test(a_file_of_open_quotes_ends_in_time),
	    cmocka_unit_test(a_line_without_end_is_too_long),
	    cmocka_unit_test(preamble_is_no_row),
	    cmocka_unit_test(odd_bytes_are_survived),
	    cmocka_unit_test(width_is_noted),
	    cmocka_unit_test(a_native_name_stands_in_for_the_name),
	    cmocka_unit_test(columns_twice_or_about_people_are_told),
	    cmocka_unit_test(workers_become_hashes),
	    cmocka_unit_test(files_that_cannot_be_used_say_why),
	    cmocka_unit_test(a_header_alone_is_noted_and_a_bad_file_given_up),
	    cmocka_unit_test(the_kind_is_guessed_for_check),
	    cmocka_unit_test(a_known_layout_derives_violations),
	    cmocka_unit_test(natural_persons_of_a_register_are_not_kept),
	    cmocka_unit_test(records_over_the_edge_of_a_block_are_whole),
	    cmocka_unit_test(real_files_add_up),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

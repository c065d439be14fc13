/* Workbooks that are broken or made to do harm: refused with a reason, in little time and
 * memory, or read as far as they mean something. */
#include <sys/resource.h>

#include "xlsx_fixture.h"

#define BOOK "<workbook><sheets><sheet name=\"S\"/></sheets></workbook>"
#define HEAD "<worksheet><sheetData><row>" T("name") "</row>"

static void
refused(struct got *g, enum mn_code code, const char *says)
{
	assert_true(!g->opened || g->failed);
	if (g->err.code != code)
		fail_msg("%s: %s", mn_code_name(g->err.code), g->err.msg);
	assert_int_equal(g->err.sev, MN_SOURCE);
	if (!strstr(g->err.msg, says))
		fail_msg("\"%s\" says nothing of \"%s\"", g->err.msg, says);
	got_free(g);
}

/* A workbook with this sheet part. */
static struct got
sheet_part(const char *xml, size_t n)
{
	struct book b;
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	part_n(&b, "xl/worksheets/sheet1.xml", xml, n);
	book_end(&b);
	return read_book(&b, MN_K_SUPPLIERS);
}

static struct got
sheet_text(const char *xml)
{
	return sheet_part(xml, strlen(xml));
}

static struct got
bytes(const char *p, size_t n)
{
	struct book b;
	snprintf(b.path, sizeof b.path, "/tmp/mn-book-XXXXXX");
	int fd = mkstemp(b.path);
	assert_true(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	close(fd);
	return read_book(&b, MN_K_SUPPLIERS);
}

/* The bytes of a sound workbook, in `room`. */
static size_t
sound(char *room, size_t size)
{
	struct book b;
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	part(&b, "xl/worksheets/sheet1.xml",
	    HEAD "<row>" T("A") "</row><row>" T("B") "</row></sheetData></worksheet>");
	book_end(&b);
	FILE *f = fopen(b.path, "rb");
	assert_non_null(f);
	size_t n = fread(room, 1, size, f);
	fclose(f);
	unlink(b.path);
	return n;
}

/* `head`, n times `piece`, `tail`: a text of any size. */
static char *
repeated(const char *head, const char *piece, size_t n, const char *tail, size_t *size)
{
	size_t h = strlen(head), p = strlen(piece), t = strlen(tail);
	char *all = malloc(h + n * p + t + 1), *to = all;
	assert_non_null(all);
	memcpy(to, head, h);
	to += h;
	for (size_t i = 0; i < n; i++, to += p)
		memcpy(to, piece, p);
	memcpy(to, tail, t + 1);
	*size = h + n * p + t;
	return all;
}

static struct got
repeated_sheet(const char *head, const char *piece, size_t n, const char *tail)
{
	size_t size;
	char *all = repeated(head, piece, n, tail, &size);
	struct got g = sheet_part(all, size);
	free(all);
	return g;
}

/* ---- archives ---- */

static void
archives_that_are_cut_off(void **state)
{
	static char room[8192];
	size_t n = sound(room, sizeof room);
	(void)state;
	for (size_t keep = 4; keep < n; keep += 37) {
		struct got g = bytes(room, keep);
		assert_false(g.opened);
		assert_int_equal(g.err.code, MN_E_FILE_DAMAGED);
		got_free(&g);
	}
}

/* Every byte of a sound workbook turned over, one at a time: an answer each time. */
static void
archives_with_one_wrong_byte(void **state)
{
	static char room[8192];
	size_t n = sound(room, sizeof room);
	(void)state;
	for (size_t i = 4; i < n; i++) {
		room[i] = (char)~room[i];
		struct got g = bytes(room, n);
		assert_true((g.opened && !g.failed) || g.err.code != MN_E_NONE);
		got_free(&g);
		room[i] = (char)~room[i];
	}
}

/* Sizes in the archive are claims. */
static void
archives_that_lie_about_sizes(void **state)
{
	static char room[8192];
	size_t n = sound(room, sizeof room);
	(void)state;
	for (size_t i = 0; i + 46 < n; i++) {
		if (memcmp(room + i, "PK\1\2", 4) != 0)
			continue;
		room[i + 24] = 1; /* bytes when inflated */
		room[i + 25] = room[i + 26] = room[i + 27] = 0;
	}
	struct got g = bytes(room, n);
	assert_true(!g.opened || g.failed || g.info.rows == 2);
	got_free(&g);
}

static void
archives_of_too_many_parts(void **state)
{
	static char end[22] = "PK\5\6";
	struct book b;
	char name[32];
	(void)state;
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	for (int i = 0; i < MN_ZIP_ENTRIES; i++) {
		snprintf(name, sizeof name, "x/%d", i);
		part(&b, name, "");
	}
	book_end(&b);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_LIMIT, "parts");
	/* The end record alone claims them. */
	end[8] = end[10] = (char)0xff;
	end[9] = end[11] = 0x7f;
	g = bytes(end, sizeof end);
	refused(&g, MN_E_FILE_LIMIT, "parts");
}

static void
parts_that_lead_out(void **state)
{
	static const char *const NAMES[] = {"../../etc/cron.d/x", "/etc/passwd",
	    "xl/../../x", "..\\..\\x", "C:\\x", "xl/..", ".."};
	(void)state;
	for (size_t i = 0; i < countof(NAMES); i++) {
		struct book b;
		book_begin(&b);
		part(&b, "xl/workbook.xml", BOOK);
		part(&b, NAMES[i], "x");
		book_end(&b);
		struct got g = read_book(&b, MN_K_SUPPLIERS);
		refused(&g, MN_E_FILE_DAMAGED, "leads out");
	}
}

static void
no_workbook_in_it(void **state)
{
	static const struct {
		const char *part, *says;
	} CASES[] = {{"xl/other.xml", "without a workbook"}, {"xl/workbook.bin", ".xlsb"},
	    {"content.xml", ".ods"}, {"word/document.xml", ".docx"}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct book b;
		book_begin(&b);
		part(&b, CASES[i].part, "x");
		book_end(&b);
		struct got g = read_book(&b, MN_K_SUPPLIERS);
		refused(&g, i ? MN_E_FILE_XLS : MN_E_FILE_ZIP, CASES[i].says);
	}
}

static void
old_and_locked_files(void **state)
{
	static char ole[2048] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	static const char NAME[] = "EncryptedPackage";
	struct book b;
	(void)state;
	struct got g = bytes(ole, sizeof ole);
	refused(&g, MN_E_FILE_XLS, ".xls");
	for (size_t i = 0; NAME[i]; i++)
		ole[1024 + 2 * i] = NAME[i];
	g = bytes(ole, sizeof ole);
	refused(&g, MN_E_FILE_LOCKED, "");
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	assert_int_equal(zip_file_set_encryption(b.zip, 0, ZIP_EM_AES_256, "secret"), 0);
	book_end(&b);
	g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_LOCKED, "");
}

static void
sheets_that_are_not_there(void **state)
{
	struct book b;
	(void)state;
	book_begin(&b);
	part(&b, "xl/workbook.xml",
	    "<workbook><sheets><sheet name=\"S\"/></sheets></workbook>");
	book_end(&b);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	assert_false(g.opened);
	got_free(&g);
	book_begin(&b);
	part(&b, "xl/workbook.xml", "<workbook/>");
	book_end(&b);
	g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_DAMAGED, "no sheet");
	size_t n;
	char *many = repeated(
	    "<workbook><sheets>", "<sheet name=\"S\"/>", 300, "</sheets></workbook>", &n);
	book_begin(&b);
	part_n(&b, "xl/workbook.xml", many, n);
	book_end(&b);
	free(many);
	g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_LIMIT, "256 sheets");
}

/* ---- what inflates ---- */

static long
peak_kib(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

/* 300 MB of blanks in a cell, between rows, and as cells without content: inflating
 * stops, and memory does not grow with what was inflated. The text itself is made here,
 * so it is part of the peak before. */
static void
bombs_stop_early(void **state)
{
	static const struct {
		const char *head, *piece;
	} CASES[] = {{HEAD "<row><c t=\"str\"><v>", "                "},
	    {HEAD, "                "}, {HEAD, "<row>     </row>"},
	    {HEAD "<row>", "<c></c><c></c>  "}, {HEAD "<!--", "----------------"}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct book b;
		size_t n;
		char *all =
		    repeated(CASES[i].head, CASES[i].piece, (300u << 20) / 16, "", &n);
		book_begin(&b);
		part(&b, "xl/workbook.xml", BOOK);
		part_n(&b, "xl/worksheets/sheet1.xml", all, n);
		book_end(&b);
		free(all);
		long before = peak_kib();
		struct got g = read_book(&b, MN_K_SUPPLIERS);
		assert_true(peak_kib() - before < 64 * 1024);
		refused(&g, MN_E_FILE_LIMIT, "unpacks to");
	}
}

static void
strings_that_inflate(void **state)
{
	struct book b;
	size_t n;
	char *all = repeated("<sst>", "<si><t>aaaaaaaa</t></si>", 4u << 20, "", &n);
	(void)state;
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	part_n(&b, "xl/sharedStrings.xml", all, n);
	part(&b, "xl/worksheets/sheet1.xml", HEAD);
	book_end(&b);
	free(all);
	struct got g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_LIMIT, "unpacks to");
}

/* ---- XML ---- */

static void
document_types_are_refused(void **state)
{
	static const char *const CASES[] = {
	    "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">"
	    "<!ENTITY d \"&c;&c;&c;&c;\">]><worksheet><sheetData><row>" T(
		"&d;") "</row></sheetData></worksheet>",
	    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>",
	    "<!DOCTYPE a><worksheet/>"};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct got g = sheet_text(CASES[i]);
		refused(&g, MN_E_FILE_DAMAGED, "document type");
	}
}

static void
tags_that_are_deep_or_long(void **state)
{
	(void)state;
	struct got g = repeated_sheet("", "<a>", 100000, "");
	refused(&g, MN_E_FILE_LIMIT, "nested");
	struct book b;
	size_t n;
	char *all = repeated("<worksheet><sheetData><row a=\"", "0123456789abcdef",
	    4u << 16, "\"/></sheetData></worksheet>", &n);
	book_begin(&b);
	part(&b, "xl/workbook.xml", BOOK);
	part_n(&b, "xl/worksheets/sheet1.xml", all, n);
	zip_set_file_compression(b.zip, 1, ZIP_CM_STORE, 0);
	book_end(&b);
	free(all);
	g = read_book(&b, MN_K_SUPPLIERS);
	refused(&g, MN_E_FILE_LIMIT, "megabytes");
}

static void
xml_that_is_none(void **state)
{
	static const char *const CASES[] = {"", "name,country\nA,DE\n",
	    "<worksheet><sheetData></worksheet>", "<worksheet>&nbsp;</worksheet>",
	    "<?xml version=\"1.0\" encoding=\"x-unknown\"?><worksheet/>", "\xff\xfe<\0w"};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct got g = sheet_text(CASES[i]);
		refused(&g, MN_E_FILE_DAMAGED, "sheet \"S\"");
	}
	/* Damage behind good rows: they do not pass for the whole file. */
	struct got g = repeated_sheet(HEAD, "<row>" T("A") "</row>", 5000, "<oops");
	assert_true(g.opened && g.failed);
	refused(&g, MN_E_FILE_DAMAGED, "sheet \"S\"");
}

/* ---- tables ---- */

static void
a_million_columns(void **state)
{
	(void)state;
	struct got g = repeated_sheet(HEAD "<row>" T("A"), "<c><v>1</v></c>", 100000,
	    "</row><row>" T("B") "</row></sheetData></worksheet>");
	assert_true(g.opened && !g.failed);
	assert_string_equal(g.text.p, "2:name=A;3:name=B;");
	assert_int_equal(g.issues[MN_E_ROW_WIDE], 1);
	got_free(&g);
	g = repeated_sheet("<worksheet><sheetData><row>" T("name"), "<c><v>1</v></c>",
	    100000, "</row><row>" T("B") "</row></sheetData></worksheet>");
	assert_string_equal(g.text.p, "2:name=B;");
	got_free(&g);
}

static void
rows_of_more_than_a_megabyte(void **state)
{
	static char cell[40000];
	memset(cell, 'x', sizeof cell - 1);
	char *piece;
	(void)state;
	assert_true(asprintf(&piece, "<c t=\"str\"><v>%s</v></c>", cell) > 0);
	struct got g = repeated_sheet(HEAD "<row>" T("A"), piece, 40,
	    "</row><row>" T("B") "</row></sheetData></worksheet>");
	free(piece);
	assert_string_equal(g.text.p, "3:name=B;");
	assert_int_equal(g.issues[MN_E_ROW_LONG], 1);
	assert_int_equal(g.info.quarantined, 1);
	got_free(&g);
}

static void
numbers_of_rows_and_cells_out_of_range(void **state)
{
	(void)state;
	struct got g = sheet_text(HEAD
	    "<row r=\"4294967299\">" T("A") "</row><row r=\"18446744073709551616\">" T(
		"B") "</row><row r=\"-5\">" T("C") "</row><row r=\"\"><c "
						   "r=\"ZZZZZZ1\"><v>1</v></c>"
						   "<c r=\"A99999999999\"><v>1</v></c><c "
						   "r=\"XFD3\"><v>7</v></c></row>"
						   "</sheetData><mergeCells><mergeCell "
						   "ref=\"A1:ZZZZ9\"/><mergeCell "
						   "ref=\"A9:A1\"/>"
						   "<mergeCell ref=\"\"/><mergeCell "
						   "ref=\"A2:A4294967297\"/></mergeCells>"
						   "</worksheet>");
	assert_true(g.opened && !g.failed);
	assert_string_equal(g.text.p, "2:name=A;3:name=B;4:name=C;5:name=1;");
	got_free(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(archives_that_are_cut_off),
	    cmocka_unit_test(archives_with_one_wrong_byte),
	    cmocka_unit_test(archives_that_lie_about_sizes),
	    cmocka_unit_test(archives_of_too_many_parts),
	    cmocka_unit_test(parts_that_lead_out),
	    cmocka_unit_test(no_workbook_in_it),
	    cmocka_unit_test(old_and_locked_files),
	    cmocka_unit_test(sheets_that_are_not_there),
	    cmocka_unit_test(bombs_stop_early),
	    cmocka_unit_test(strings_that_inflate),
	    cmocka_unit_test(document_types_are_refused),
	    cmocka_unit_test(tags_that_are_deep_or_long),
	    cmocka_unit_test(xml_that_is_none),
	    cmocka_unit_test(a_million_columns),
	    cmocka_unit_test(rows_of_more_than_a_megabyte),
	    cmocka_unit_test(numbers_of_rows_and_cells_out_of_range),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

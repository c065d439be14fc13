/* Workbooks: what a cell may hold, what is written where, and that nothing is lost
 * unseen.
 */
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "../../engine/report/xlsxw.h"
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"

#include "tmpdir.h"
#include "unzip.h"

static const struct mn_column COLUMNS[] = {
    {"id", "Your id", MN_ST_ID, 10, "A remark", NULL, false},
    {"name", NULL, MN_ST_WRAP, 30, NULL, NULL, false},
    {"number", NULL, MN_ST_Q16, 8, NULL, NULL, false},
    {"day", NULL, MN_ST_DAY, 8, NULL, NULL, false},
    {"choice", NULL, MN_ST_FILL, 8, NULL, "same|different", true},
    {"range", NULL, MN_ST_ID, 8, NULL, "=codes!$A$2:$A$9", false},
    {"link", NULL, MN_ST_LINK, 8, NULL, NULL, false}};
static const struct mn_xlsxw_spec SHEET = {
    "Rows", COLUMNS, countof(COLUMNS), 1, false, false};

static struct mn_str
read_file(struct mn_arena *a, const char *path)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str s;
	if (!mn_file_read(a, path, 64u << 20, &s, &err))
		fail_msg("%s", err.msg);
	return s;
}

/* A workbook of n equal rows; stream and rows as in the options. */
static struct mn_str
write_rows(struct tmpdir *t, struct mn_arena *a, const struct mn_val *v, unsigned n,
    bool stream, uint32_t rows)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_xlsxw_opts o = {
	    .title = "Test", .created = 20000, .stream = stream, .rows = rows};
	struct mn_xlsxw *x = mn_xlsxw_open(tmpdir_at(t, "t.xlsx"), &o, &err);
	if (!x)
		fail_msg("%s", err.msg);
	struct mn_xlsxw_sheet *s = mn_xlsxw_sheet(x, &SHEET);
	for (unsigned i = 0; i < n; i++)
		mn_xlsxw_row(s, v, countof(COLUMNS));
	if (!mn_xlsxw_commit(x, &err))
		fail_msg("%s", err.msg);
	return read_file(a, tmpdir_at(t, "t.xlsx"));
}

static const struct mn_val *
a_row(void)
{
	static struct mn_val v[countof(COLUMNS)];
	v[0] = mn_val_c("0012");
	v[1] = mn_val_c("=1+1");
	v[2] = mn_val_num(MN_VAL_Q16, 32768);
	v[3] = mn_val_day(mn_day_from(2026, 11, 1));
	v[4] = (struct mn_val){0};
	v[5] = mn_val_c("\xe4\xb8\x9c\xe8\x8e\x9e <&>");
	v[6] = mn_val_c("entity/0012-00.html");
	return v;
}

#define SHEET1 "xl/worksheets/sheet1.xml"

static void
text_stays_text_and_numbers_are_numbers(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_str zip = write_rows(*state, &a, a_row(), 1, true, 0);
	struct mn_str s = unzip(&a, zip, SHEET1);
	assert_non_null(s.p);
	assert_int_equal(unzip_count(s, "<f>"), 0);
	assert_int_equal(unzip_count(s, "<t>=1+1</t>"), 1);
	assert_int_equal(unzip_count(s, "<t>0012</t>"), 1);
	assert_int_equal(unzip_count(s, "<v>0.5</v>"), 1);
	assert_int_equal(unzip_count(s, "<v>46327</v>"), 1); /* 2026-11-01 */
	assert_int_equal(unzip_count(s, "\xe4\xb8\x9c\xe8\x8e\x9e &lt;&amp;&gt;"), 1);
	assert_int_equal(unzip_count(s, "\"same,different\""), 1);
	assert_int_equal(unzip_count(s, "<formula1>codes!$A$2:$A$9</formula1>"), 1);
	assert_int_equal(unzip_count(s, "state=\"frozen\""), 1);
	assert_int_equal(unzip_count(s, "<autoFilter ref=\"A1:G2\"/>"), 1);
	s = unzip(&a, zip, "xl/worksheets/_rels/sheet1.xml.rels");
	assert_int_equal(unzip_count(s, "Target=\"entity/0012-00.html\""), 1);
	s = unzip(&a, zip, "xl/styles.xml");
	assert_true(unzip_count(s, "yyyy-mm-dd") > 0);
	mn_arena_free(root);
}

static void
the_same_calls_give_the_same_bytes(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	for (int stream = 0; stream < 2; stream++) {
		struct mn_str one = write_rows(*state, &a, a_row(), 50, stream, 0);
		struct mn_str two = write_rows(*state, &a, a_row(), 50, stream, 0);
		assert_true(mn_str_eq(one, two));
	}
	mn_arena_free(root);
}

static void
a_full_sheet_goes_on_in_another(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	/* Four rows with the header: ten rows need four sheets of three. */
	struct mn_str zip = write_rows(*state, &a, a_row(), 10, true, 4);
	struct mn_str book = unzip(&a, zip, "xl/workbook.xml");
	size_t rows = 0;
	assert_int_equal(unzip_count(book, "<sheet name="), 4);
	assert_int_equal(unzip_count(book, "<sheet name=\"Rows 4\""), 1);
	for (unsigned i = 1; i <= 4; i++) {
		const char *part =
		    mn_arena_fmt(&a, "xl/worksheets/sheet%u.xml%c", i, 0).p;
		struct mn_str s = unzip(&a, zip, part);
		assert_int_equal(unzip_count(s, "<t>Your id</t>"), 1);
		assert_int_equal(unzip_count(s, "<autoFilter"), 1);
		rows += unzip_count(s, "<t>0012</t>");
	}
	assert_int_equal(rows, 10);
	assert_null(unzip(&a, zip, "xl/worksheets/sheet5.xml").p);
	mn_arena_free(root);
}

static void
clean(struct mn_str in, const char *want)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_xlsxw_clean(in, &b);
	if (strcmp(b.p, want) != 0)
		fail_msg("%.*s became %s", MN_FMT(in), b.p);
	mn_buf_free(&b);
}

static void
what_xml_cannot_hold_is_replaced(void **state)
{
	(void)state;
	clean(MN_S("plain \xd8\xa7\xd9\x84 \xe0\xb8\x81"),
	    "plain \xd8\xa7\xd9\x84 \xe0\xb8\x81");
	clean(MN_S(""), "");
	clean(MN_S("a\001b\x1f\0c"), "a\xef\xbf\xbd"
				     "b\xef\xbf\xbd\xef\xbf\xbd"
				     "c");
	clean(MN_S("a\r\nb\rc\td"), "a\nb\nc\td");
	clean(MN_S("bad \xff\xc3"), "bad \xef\xbf\xbd\xef\xbf\xbd");
	clean(MN_S("\xef\xbf\xbe\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd");
	/* It would be read as an escape for A. */
	clean(MN_S("_x0041_ and _x00_"), "_x005F_x0041_ and _x00_");
}

/* Bytes before the mark, after cutting n times `unit`. */
static size_t
cut_of(const char *unit, size_t n, bool *marked)
{
	struct mn_buf in = mn_buf_new(1u << 20), out = mn_buf_new(1u << 20);
	for (size_t i = 0; i < n; i++)
		mn_buf_add(&in, mn_str_c(unit));
	mn_xlsxw_clean(mn_buf_str(&in), &out);
	size_t at = mn_str_find(mn_buf_str(&out), MN_S(" [cut"));
	*marked = at != SIZE_MAX;
	size_t bytes = *marked ? at : out.n - 1;
	assert_true(out.n - 1 <= 4 * MN_XLSX_CELL);
	mn_buf_free(&in);
	mn_buf_free(&out);
	return bytes;
}

static void
what_a_cell_cannot_hold_is_cut_with_a_mark(void **state)
{
	(void)state;
	bool marked;
	assert_int_equal(cut_of("x", MN_XLSX_CELL, &marked), MN_XLSX_CELL);
	assert_false(marked);
	assert_int_equal(cut_of("x", MN_XLSX_CELL + 1, &marked), MN_XLSX_CELL - 27);
	assert_true(marked);
	/* Outside the basic plane a character counts twice. */
	assert_int_equal(
	    cut_of("\xf0\xa0\x80\x80", MN_XLSX_CELL / 2, &marked) / 4, MN_XLSX_CELL / 2);
	assert_false(marked);
	cut_of("\xf0\xa0\x80\x80", MN_XLSX_CELL / 2 + 1, &marked);
	assert_true(marked);
}

static void
a_long_cell_is_written(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	char *text = mn_arena_alloc(&a, 1, 1, 70000);
	struct mn_val v[countof(COLUMNS)] = {0};
	memset(text, 'x', 70000);
	v[0] = v[1] = mn_val_text(mn_str(text, 70000));
	struct mn_str s = unzip(&a, write_rows(*state, &a, v, 1, true, 0), SHEET1);
	assert_int_equal(unzip_count(s, "[cut: too long for a cell]"), 2);
	mn_arena_free(root);
}

static void
days_before_the_calendar_of_excel_are_text(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_val v[countof(COLUMNS)] = {0};
	v[3] = mn_val_day(mn_day_from(1899, 12, 31));
	struct mn_str s = unzip(&a, write_rows(*state, &a, v, 1, true, 0), SHEET1);
	assert_int_equal(unzip_count(s, "<t>1899-12-31</t>"), 1);
	mn_arena_free(root);
}

static struct mn_err last;

static bool
holds(struct tmpdir *t, const char *name, struct mn_str bytes, uint64_t data)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_xlsxw_part part = {data};
	struct mn_out *o = mn_out_open(tmpdir_at(t, name), 0644, &err);
	assert_non_null(o);
	mn_out_write(o, bytes);
	assert_true(mn_out_commit(o, true, NULL, &err));
	last = MN_ERR_NONE;
	return mn_xlsxw_check(tmpdir_at(t, name), name, &part, 1, &last);
}

static void
a_damaged_workbook_does_not_read_back(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_str zip = write_rows(*state, &a, a_row(), 20, true, 0);
	struct mn_str sheet = unzip(&a, zip, SHEET1);
	size_t from = mn_str_find(sheet, MN_S("<sheetData>")) + 11;
	uint64_t data = mn_str_find(sheet, MN_S("</sheetData>")) - from;
	assert_true(holds(*state, "whole", zip, data));
	assert_true(holds(*state, "whole", zip, UINT64_MAX));
	/* Bytes that were written and are not there, or the other way round. */
	assert_false(holds(*state, "short", zip, data + 1));
	assert_int_equal(last.code, MN_E_NOSPACE);
	assert_false(holds(*state, "long", zip, data - 1));
	assert_false(holds(*state, "cut", mn_str_sub(zip, 0, zip.n - 1), data));
	assert_false(holds(*state, "empty", MN_S("PK"), data));
	for (size_t at = 40; at < 2000; at += 97) {
		char *bad = mn_arena_cstr(&a, zip);
		bad[at] ^= 0x20;
		/* A header's time or name may differ; the content may not. */
		holds(*state, "flipped", mn_str(bad, zip.n), data);
	}
	char *bad = mn_arena_cstr(&a, zip);
	size_t name = mn_str_find(zip, MN_S(SHEET1));
	bad[name + sizeof SHEET1 + 40] ^= 0x20;
	assert_false(holds(*state, "flipped", mn_str(bad, zip.n), data));
	mn_arena_free(root);
}

static void
an_abandoned_workbook_leaves_nothing(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_str *names;
	size_t n;
	struct mn_xlsxw_opts o = {.title = "Test", .created = 20000, .stream = true};
	assert_true(mn_dir_make(tmpdir_at(*state, "sub"), &err));
	struct mn_xlsxw *x = mn_xlsxw_open(tmpdir_at(*state, "sub/gone.xlsx"), &o, &err);
	assert_non_null(x);
	mn_xlsxw_row(mn_xlsxw_sheet(x, &SHEET), a_row(), countof(COLUMNS));
	mn_xlsxw_abort(x);
	assert_true(mn_dir_list(&a, tmpdir_at(*state, "sub"), &names, &n, &err));
	assert_int_equal(n, 0);
	assert_null(mn_xlsxw_open(tmpdir_at(*state, "no/such.xlsx"), &o, &err));
	mn_arena_free(root);
}

static void
values_are_printed_for_csv_as_well(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	const struct mn_val v[] = {mn_val_c("a,b"), mn_val_num(MN_VAL_INT, -3),
	    mn_val_num(MN_VAL_Q16, 32768), mn_val_num(MN_VAL_E4, 12345000),
	    mn_val_num(MN_VAL_E4, -5000), mn_val_num(MN_VAL_E4, 70000),
	    mn_val_day(mn_day_from(2026, 11, 1)), mn_val_day(MN_DAY_NONE),
	    mn_val_c("=1")};
	struct mn_out *o = mn_out_open(tmpdir_at(*state, "v.csv"), 0644, &err);
	assert_non_null(o);
	mn_csvw_head(o, COLUMNS, 2);
	mn_csvw_row(o, v, countof(v));
	assert_true(mn_out_commit(o, true, NULL, &err));
	struct mn_str s = read_file(&a, tmpdir_at(*state, "v.csv"));
	if (!mn_str_eq(
		s, MN_S("id,name\n\"a,b\",-3,0.5000,1234.5,-0.5,7,2026-11-01,,'=1\n")))
		fail_msg("%.*s", MN_FMT(s));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_stays_text_and_numbers_are_numbers),
	    cmocka_unit_test(the_same_calls_give_the_same_bytes),
	    cmocka_unit_test(a_full_sheet_goes_on_in_another),
	    cmocka_unit_test(what_xml_cannot_hold_is_replaced),
	    cmocka_unit_test(what_a_cell_cannot_hold_is_cut_with_a_mark),
	    cmocka_unit_test(a_long_cell_is_written),
	    cmocka_unit_test(days_before_the_calendar_of_excel_are_text),
	    cmocka_unit_test(a_damaged_workbook_does_not_read_back),
	    cmocka_unit_test(an_abandoned_workbook_leaves_nothing),
	    cmocka_unit_test(values_are_printed_for_csv_as_well),
	};
	return cmocka_run_group_tests(tests, tmpdir_make, tmpdir_remove);
}

/* A workbook is several tables: which sheet is taken as what, and that a workbook comes
 * to the same results as its tables as files. */
#include "xlsx_fixture.h"

#include "manumit/run/run.h"

#include "tmpdir.h"

/* Sheets with names, each with the cells of its text: "a,b\n1,2\n". */
struct sheet {
	const char *name, *cells;
	bool hidden;
};

static void
cells_of(struct mn_str text, struct mn_buf *out)
{
	mn_buf_add(out, MN_S("<worksheet><sheetData>"));
	while (text.n) {
		struct mn_str line = mn_str_cut(&text, '\n');
		mn_buf_add(out, MN_S("<row>"));
		while (line.p) {
			struct mn_str cell = mn_str_cut(&line, ',');
			mn_buf_fmt(out, cell.n ? T("%.*s") : "<c/>", MN_FMT(cell));
		}
		mn_buf_add(out, MN_S("</row>"));
	}
	mn_buf_add(out, MN_S("</sheetData></worksheet>"));
}

static void
book_of_sheets(struct book *b, const struct sheet *s, size_t n)
{
	struct mn_buf list = mn_buf_new(1u << 16), xml[16];
	char name[64];
	book_begin(b);
	mn_buf_add(&list, MN_S("<workbook><sheets>"));
	for (size_t i = 0; i < n; i++) {
		mn_buf_fmt(&list, "<sheet name=\"%s\"%s/>", s[i].name,
		    s[i].hidden ? " state=\"veryHidden\"" : "");
		xml[i] = mn_buf_new(1u << 20);
		cells_of(mn_str_c(s[i].cells), &xml[i]);
		snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
		part_n(b, name, xml[i].p, xml[i].n);
	}
	mn_buf_add(&list, MN_S("</sheets></workbook>"));
	part_n(b, "xl/workbook.xml", list.p, list.n);
	book_end(b);
	mn_buf_free(&list);
	for (size_t i = 0; i < n; i++)
		mn_buf_free(&xml[i]);
}

static const struct sheet SHEETS[] = {
    {"Read me", "How to fill this in\nEvery sheet has a header\n", false},
    {"Lieferanten 2026", "name,country,category\nMill,IN,Yarn\nLoom,DE,Glue\n", false},
    {"Fees", "employer,amount,currency\nMill,100,USD\n", false},
    {"Old fees", "employer,amount,currency\nMill,999,USD\n", false},
    {"findings", "colour,size\nred,4\n", false},
    {"inspections", "employer,authority\nMill,Office\n", true},
    {"categories", "group,sector,usual origin\nYarn,13,IN\n", false}};

static void
sheets_are_told_by_name_and_header(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_input_tables t;
	struct mn_err err = MN_ERR_NONE;
	struct book b;
	(void)state;
	book_of_sheets(&b, SHEETS, countof(SHEETS));
	static const struct {
		enum mn_kind named, kind;
	} WANT[] = {{MN_KIND_ANY, MN_KIND_ANY}, {MN_K_SUPPLIERS, MN_K_SUPPLIERS},
	    {MN_K_FEES, MN_K_FEES}, {MN_KIND_ANY, MN_K_FEES},
	    {MN_K_FINDINGS, MN_KIND_ANY}, {MN_K_INSPECTIONS, MN_K_INSPECTIONS},
	    {MN_K_CATEGORIES, MN_K_CATEGORIES}};
	const struct mn_mappings *as[] = {mappings, mn_mappings_apart(&a, mappings)};
	for (size_t k = 0; k < 2; k++) {
		assert_true(mn_tables_list(&a, as[k], b.path, MN_KIND_ANY, &t, &err));
		assert_int_equal(t.n, countof(WANT));
		for (uint32_t i = 0; i < t.n; i++) {
			assert_true(mn_str_eq(t.v[i].part, mn_str_c(SHEETS[i].name)));
			assert_int_equal(t.v[i].named, WANT[i].named);
			assert_int_equal(t.v[i].kind, WANT[i].kind);
			assert_int_equal(t.v[i].hidden, SHEETS[i].hidden);
			assert_int_equal(t.v[i].why.n > 0, t.v[i].kind == MN_KIND_ANY);
		}
	}
	unlink(b.path);
	mn_arena_free(root);
}

static void
a_sheet_is_asked_for_by_name(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_str part_name;
	struct book b;
	(void)state;
	book_of_sheets(&b, SHEETS, countof(SHEETS));
	struct got g = read_part(b.path, "old FEES", MN_K_FEES);
	assert_string_equal(g.text.p, "2:currency=USD,entity=Mill,amount=999;");
	assert_true(mn_str_eq(g.info.part, MN_S("old FEES")));
	assert_true(mn_str_ends(g.info.file, MN_S("#old FEES")));
	got_free(&g);
	g = read_part(b.path, "inspections", MN_K_INSPECTIONS); /* hidden, but named */
	assert_int_equal(g.info.rows, 1);
	got_free(&g);
	g = read_part(b.path, "nothing", MN_K_FEES);
	assert_int_equal(g.err.code, MN_E_FILE_SHEET);
	assert_non_null(strstr(g.err.msg, "Old fees"));
	got_free(&g);
	g = read_part(b.path, NULL, MN_K_FEES); /* its name is better than the other's */
	assert_true(mn_str_eq(g.info.part, MN_S("Fees")));
	got_free(&g);
	g = read_part(MN_SOURCE_DIR "/examples/fees.csv", "Fees", MN_K_FEES);
	assert_int_equal(g.err.code, MN_E_FILE_SHEET);
	got_free(&g);
	const char *with = mn_arena_fmt(&a, "%s#Old fees%c", b.path, 0).p;
	assert_string_equal(mn_path_part(&a, with, &part_name), b.path);
	assert_true(mn_str_eq(part_name, MN_S("Old fees")));
	/* A file that has the very name is itself. */
	FILE *f = fopen(with, "wb");
	assert_non_null(f);
	fclose(f);
	assert_string_equal(mn_path_part(&a, with, &part_name), with);
	assert_int_equal(part_name.n, 0);
	unlink(with);
	unlink(b.path);
	mn_arena_free(root);
}

static void
workbooks_are_expanded(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_run_inputs in;
	struct mn_err err = MN_ERR_NONE;
	struct book b;
	(void)state;
	book_of_sheets(&b, SHEETS, countof(SHEETS));
	const char *old = mn_arena_fmt(&a, "%s#old fees%c", b.path, 0).p;
	const struct mn_run_input named[] = {{.kind = MN_K_FEES, .path = old},
	    {.kind = MN_K_SUPPLIERS, .path = b.path, .book = true},
	    {.kind = MN_K_FEES, .path = b.path},
	    {.kind = MN_K_FINDINGS, .path = MN_SOURCE_DIR "/examples/findings.csv"}};
	if (!mn_run_inputs_expand(
		&a, MN_SOURCE_DIR, false, named, countof(named), &in, &err))
		fail_msg("%s", err.msg);
	static const char *const WANT[] = {
	    "Lieferanten 2026", "old fees", "Fees", "categories", ""};
	assert_int_equal(in.n, countof(WANT));
	for (uint32_t i = 0; i < in.n; i++)
		assert_true(mn_str_eq(in.v[i].part, mn_str_c(WANT[i])));
	assert_int_equal(in.v[0].kind, MN_K_SUPPLIERS);
	assert_int_equal(in.v[4].kind, MN_K_FINDINGS);
	assert_true(in.n_unused >= 4);
	const struct mn_run_input none[] = {{.kind = MN_K_FINDINGS, .path = b.path}};
	assert_false(mn_run_inputs_expand(&a, MN_SOURCE_DIR, true, none, 1, &in, &err));
	assert_int_equal(err.code, MN_E_FILE_HEADER);
	unlink(b.path);
	mn_arena_free(root);
}

static void
rows_of_a_sheet_as_they_stand(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 24, NULL), root = a;
	struct mn_csv_row row;
	struct mn_err err = MN_ERR_NONE;
	struct book b;
	uint64_t line;
	(void)state;
	book_of_sheets(&b, SHEETS, countof(SHEETS));
	struct mn_rows *r = mn_rows_open(
	    &a, NULL, b.path, MN_STR_NONE, MN_S("categories"), MN_RAW_TABLE, &err);
	assert_non_null(r);
	assert_int_equal(mn_rows_next(r, &row, &line, &err), 1);
	assert_true(mn_str_eq(row.cell[2], MN_S("usual origin")));
	assert_int_equal(mn_rows_next(r, &row, &line, &err), 1);
	assert_int_equal(line, 2);
	assert_int_equal(row.n, 3);
	assert_int_equal(mn_rows_next(r, &row, &line, &err), 0);
	mn_rows_close(r);
	assert_null(mn_rows_open(
	    &a, NULL, b.path, MN_STR_NONE, MN_S("Decisions"), MN_RAW_TABLE, &err));
	assert_int_equal(err.code, MN_E_FILE_SHEET);
	r = mn_rows_open(
	    &a, NULL, b.path, MN_S("fees"), MN_S("Decisions"), MN_RAW_TABLE, &err);
	assert_non_null(r);
	mn_rows_close(r);
	unlink(b.path);
	mn_arena_free(root);
}

/* ---- runs ---- */

static void
run(struct tmpdir *t, const struct mn_run_input *in, uint32_t n, const char *name,
    struct mn_run_result *result)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_run_inputs all;
	struct mn_err err = MN_ERR_NONE;
	assert_true(mn_run_inputs_expand(&a, MN_SOURCE_DIR, false, in, n, &all, &err));
	struct mn_run_opts o = {.input = all.v,
	    .n_input = all.n,
	    .unused = all.unused,
	    .n_unused = all.n_unused,
	    .out = tmpdir_at(t, name),
	    .share_dir = MN_SOURCE_DIR,
	    .as_of = 20000,
	    .jobs = 1,
	    .dossiers_auto = true};
	if (!mn_run_screen(&o, result, &err))
		fail_msg("%s: %s", mn_code_name(err.code), err.msg);
	mn_arena_free(root);
}

/* The text of a file of the report. */
static struct mn_str
report_file(struct tmpdir *t, const char *name, struct mn_arena *a)
{
	struct mn_str text;
	struct mn_err err;
	assert_true(mn_file_read(a, tmpdir_at(t, name), 1u << 24, &text, &err));
	return text;
}

static bool
says(struct mn_str text, const char *what)
{
	return mn_str_find(text, mn_str_c(what)) != SIZE_MAX;
}

/* The workbook and its sheets as files give one digest; categories change it, because a
 * sector is known that was not. */
static void
a_workbook_is_its_tables(void **state)
{
	struct tmpdir *t = *state;
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL), root = a;
	struct mn_run_result of_book, of_files, without;
	struct mn_err err;
	struct book b;
	static const char *const NAMES[] = {
	    NULL, "s.csv", "f.csv", NULL, NULL, NULL, "c.csv"};
	char *path[countof(NAMES)] = {NULL};
	book_of_sheets(&b, SHEETS, countof(SHEETS));
	for (size_t i = 0; i < countof(NAMES); i++) {
		if (!NAMES[i])
			continue;
		path[i] = mn_arena_cstr(&a, mn_str_c(tmpdir_at(t, NAMES[i])));
		struct mn_out *o = mn_out_open(path[i], 0600, &err);
		mn_out_c(o, SHEETS[i].cells);
		assert_true(mn_out_commit(o, true, NULL, &err));
	}
	const struct mn_run_input book[] = {
	    {.kind = MN_K_SUPPLIERS, .path = b.path, .book = true}};
	const struct mn_run_input files[] = {{.kind = MN_K_SUPPLIERS, .path = path[1]},
	    {.kind = MN_K_FEES, .path = path[2]},
	    {.kind = MN_K_CATEGORIES, .path = path[6]}};
	run(t, book, 1, "book", &of_book);
	run(t, files, 3, "files", &of_files);
	run(t, files, 2, "without", &without);
	assert_string_equal(of_book.digest, of_files.digest);
	assert_string_not_equal(of_book.digest, without.digest);
	assert_int_equal(of_book.rows, of_files.rows);
	assert_int_equal(
	    of_book.rows, of_book.accepted + of_book.noted + of_book.quarantined);
	struct mn_str issues = report_file(t, "book/issues.csv", &a);
	assert_true(says(issues, "Lieferanten 2026,3,category,Glue,CATEGORY,note"));
	assert_true(says(issues, ",Read me,SHEET_UNUSED,"));
	assert_true(says(issues, ",findings,SHEET_UNUSED,"));
	struct mn_str manifest = report_file(t, "book/manifest.json", &a);
	assert_true(says(manifest, "\"part\": \"Lieferanten 2026\""));
	assert_true(says(manifest, "\"part\": \"categories\""));
	unlink(b.path);
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sheets_are_told_by_name_and_header),
	    cmocka_unit_test(a_sheet_is_asked_for_by_name),
	    cmocka_unit_test(workbooks_are_expanded),
	    cmocka_unit_test(rows_of_a_sheet_as_they_stand),
	    cmocka_unit_test_setup_teardown(
		a_workbook_is_its_tables, tmpdir_make, tmpdir_remove),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

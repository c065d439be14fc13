/*
 * Rows of workbooks read without a parser (connectors/sheet_plain.c), and read by it, are
 * the same: on generated sheets, on the same ones damaged byte by byte, on the corpus of
 * the fuzzer, in pieces of any size. The same of the strings that cells share.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/base/file.h"

#include "rng.h"
#include "sheet_same.h"

#define SHEETS 400
#define DAMAGES 15

static struct mn_style styles[] = {
    {0}, {MN_SHOWS_DAY, true, 0}, {MN_SHOWS_PERCENT, 0, 0}, {MN_SHOWS_NUMBER, false, 5}};
static const struct mn_book BOOK = {.style = styles, .n_style = countof(styles)};
static struct mn_merge ranges[] = {{2, 9, 0}, {3, 4, 2}};
static const struct mn_merges MERGES = {ranges, countof(ranges)};

static const char *
one_of(struct rng *r, const char *const *v, size_t n)
{
	return v[below(r, (unsigned)n)];
}
#define ONE_OF(r, ...) \
	one_of((r), (const char *const[]){__VA_ARGS__}, \
	    countof(((const char *const[]){__VA_ARGS__})))

static void
add_text(struct rng *r, struct mn_buf *b)
{
	while (chance(r, 70))
		mn_buf_add(b, mn_str_c(ONE_OF(r, "Ash", "12", " ", "&amp;", "&lt;",
				  "&quot;", "\n", "\t", "\xc3\xa9", "\xe4\xb8\xad",
				  "_x000D_", "_x", "\xf0\x9f\x98\x80",
				  "Textile Co., Ltd.", "0.12000000000000001", "1E-3")));
	if (chance(r, 3))
		mn_buf_add(b, mn_str_c(ONE_OF(r, "&#10;", "&#x4e2d;", ">", "]]>", "\r\n",
				  "\xef\xbf\xbf", "<![CDATA[</row>]]>", "<!-- </row> -->",
				  "&nbsp;", "\x01", "\xff", "<?x </row>?>")));
}

static void
add_number(struct rng *r, struct mn_buf *b)
{
	mn_buf_add(b, mn_str_c(ONE_OF(r, "0", "1", "45002", "2.5", "0.12000000000000001",
			  "-3", "1E+20", "7", "99999", "60", "x", " 5 ", "")));
}

static void
add_content(struct rng *r, struct mn_buf *b)
{
	switch (below(r, 12)) {
	case 0:
		mn_buf_add(b, MN_S("<is><t xml:space=\"preserve\">"));
		add_text(r, b);
		mn_buf_add(b, MN_S("</t></is>"));
		return;
	case 1:
		mn_buf_add(b, MN_S("<f>A1&amp;B1</f><v>"));
		add_text(r, b);
		mn_buf_add(b, MN_S("</v>"));
		return;
	case 2:
		mn_buf_add(b, mn_str_c(ONE_OF(r, "<f t=\"shared\" si=\"0\"/>", "<v/>",
				  "<v></v>", "<is><r><t>a</t></r><r><t>b</t></r></is>",
				  "<x:v>3</x:v>", "<is><t>a</t><rPh><t>b</t></rPh></is>",
				  "<v>1</v><v>2</v>", "<extLst/>",
				  "<v xml:space='preserve'> 1 </v>", "<rPh/>", "<c/>")));
		return;
	case 3:
		mn_buf_add(b, MN_S("<v>"));
		add_text(r, b);
		mn_buf_add(b, MN_S("</v>"));
		return;
	default:
		mn_buf_add(b, MN_S("<v>"));
		add_number(r, b);
		mn_buf_add(b, MN_S("</v>"));
	}
}

static void
add_cell(struct rng *r, struct mn_buf *b, unsigned row, unsigned column)
{
	mn_buf_add(b, MN_S("<c"));
	if (chance(r, 90))
		mn_buf_fmt(b, " r=\"%c%u\"", 'A' + (int)(column % 26), row);
	if (chance(r, 30))
		mn_buf_fmt(b, " s=\"%u\"", below(r, 6));
	if (chance(r, 40))
		mn_buf_fmt(b, " t=\"%s\"",
		    ONE_OF(r, "s", "str", "inlineStr", "b", "e", "d", "n", ""));
	if (chance(r, 2))
		mn_buf_add(
		    b, mn_str_c(ONE_OF(r, " r=\"A1\"", " x:r='B2'", " cm = '1'",
			   " a='&amp;'", " \xc3\xa9='1'", " a='\t'", "x='1'", "\n")));
	if (chance(r, 10)) {
		mn_buf_add(b, MN_S("/>"));
		return;
	}
	mn_buf_byte(b, '>');
	add_content(r, b);
	mn_buf_add(b, MN_S("</c>"));
}

static void
add_row(struct rng *r, struct mn_buf *b, unsigned *row)
{
	unsigned n = below(r, 9);
	*row += 1 + chance(r, 10);
	mn_buf_add(b, MN_S("<row"));
	if (chance(r, 90))
		mn_buf_fmt(b, " r=\"%u\"", chance(r, 1) ? 1 : *row);
	if (chance(r, 50))
		mn_buf_add(b, MN_S(" spans=\"1:8\" x14ac:dyDescent=\"0.25\""));
	if (chance(r, 2))
		mn_buf_add(b, MN_S(" x:r='9'"));
	if (chance(r, 5)) {
		mn_buf_add(b, MN_S(" />"));
		return;
	}
	mn_buf_byte(b, '>');
	for (unsigned i = 0; i < n; i++) {
		if (chance(r, 5))
			mn_buf_byte(b, '\n');
		add_cell(r, b, *row, i + chance(r, 5));
	}
	mn_buf_add(b, MN_S("</row>"));
	if (chance(r, 10))
		mn_buf_add(b,
		    mn_str_c(ONE_OF(r, "\n", " ", "<!-- a --><row/>", "text", "\r\n")));
}

static void
add_sheet(struct rng *r, struct mn_buf *b)
{
	unsigned row = 0;
	if (chance(r, 50))
		mn_buf_add(
		    b, mn_str_c(ONE_OF(r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
			   "<?xml version='1.0'?>", "\xef\xbb\xbf",
			   "<?xml version='1.0' encoding='iso-8859-1'?>",
			   "<?xml version='1.0' encoding='us-ascii'?>")));
	mn_buf_add(
	    b, MN_S("<worksheet xmlns:x='y'><!-- <sheetData> --><cols/><sheetData>"));
	while (chance(r, 92))
		add_row(r, b, &row);
	mn_buf_add(b, MN_S("</sheetData><mergeCells/></worksheet>"));
}

static size_t
need_agreement(struct rng *r, struct mn_str xml)
{
	size_t pieces = chance(r, 70) ? SIZE_MAX : 4 + below(r, 400);
	long rows = sheet_agree(&BOOK, &MERGES, xml, pieces);
	if (rows < 0)
		fail_msg("read in two ways: %.*s", MN_FMT(mn_str_sub(xml, 0, 4000)));
	return (size_t)rows;
}

static void
damage(struct rng *r, struct mn_buf *b)
{
	static const char BYTES[] = "<>/=\"'& \n\r]crvt0\x80\xc3\xff\x01";
	size_t at = below(r, (unsigned)b->n);
	switch (below(r, 8)) {
	case 0:
		b->n = at + 1;
		break;
	case 1:
	case 2:
		memmove(b->p + at, b->p + at + 1, b->n - at - 1);
		b->n -= b->n > 1;
		break;
	default:
		b->p[at] = BYTES[below(r, sizeof BYTES - 1)];
	}
}

static size_t
damaged_too(struct rng *r, struct mn_str xml)
{
	struct mn_buf b = mn_buf_new(xml.n + 1);
	size_t rows = 0;
	for (int i = 0; i < DAMAGES && xml.n; i++) {
		mn_buf_clear(&b);
		mn_buf_add(&b, xml);
		for (unsigned k = 0; k <= below(r, 3); k++)
			damage(r, &b);
		rows += need_agreement(r, mn_buf_str(&b));
	}
	mn_buf_free(&b);
	return rows;
}

static void
generated_sheets_are_read_alike(void **state)
{
	struct rng r = {4};
	struct mn_buf b = mn_buf_new(1u << 22);
	size_t rows = 0, broken = 0;
	(void)state;
	for (int i = 0; i < SHEETS; i++) {
		mn_buf_clear(&b);
		add_sheet(&r, &b);
		rows += need_agreement(&r, mn_buf_str(&b));
		broken += damaged_too(&r, mn_buf_str(&b));
	}
	/* Or nothing is shown. */
	assert_true(rows > SHEETS && broken > SHEETS);
	mn_buf_free(&b);
}

static void
the_corpus_is_read_alike(void **state)
{
	static const char FOLDER[] = "tests/fuzz/corpus/sheet";
	struct rng r = {5};
	DIR *d = opendir(FOLDER);
	struct dirent *e;
	(void)state;
	assert_non_null(d);
	while ((e = readdir(d))) {
		struct mn_arena a = mn_arena_new((size_t)64 << 20, NULL), root = a;
		struct mn_err err;
		struct mn_str text;
		const char *path = mn_arena_fmt(&a, "%s/%s%c", FOLDER, e->d_name, 0).p;
		if (e->d_name[0] != '.' &&
		    mn_file_read(&a, path, 16u << 20, &text, &err)) {
			if (mn_str_find_byte(text, 0x1e) != SIZE_MAX)
				mn_str_cut(&text, 0x1e);
			need_agreement(&r, text);
			if (text.n < 65536)
				damaged_too(&r, text);
		}
		mn_arena_free(root);
	}
	closedir(d);
}

/* Rows longer than what is at hand, cells longer than cells may be, and what follows. */
static void
long_rows_are_read_alike(void **state)
{
	struct rng r = {6};
	struct mn_buf b = mn_buf_new(1u << 22);
	(void)state;
	for (unsigned n = 60000; n < 2000000; n = n * 5 / 3) {
		mn_buf_clear(&b);
		mn_buf_add(
		    &b, MN_S("<worksheet><sheetData><row r=\"1\"><c><v>1</v></c>"));
		for (unsigned k = 0; k < n / 40; k++)
			mn_buf_add(&b, MN_S("<c t=\"str\"><v>0123456789</v></c>"));
		mn_buf_add(&b, MN_S("</row><row r=\"2\"><c t=\"str\"><v>"));
		for (unsigned k = 0; k < n / 10 && k < 90000; k++)
			mn_buf_add(&b, MN_S("\xc3\xa9-12345678"));
		mn_buf_add(
		    &b, MN_S("</v></c></row><row><c><v>3</v></c></row>"
			     "<row><c><v>4</v></c></row></sheetData></worksheet>"));
		assert_true(need_agreement(&r, mn_buf_str(&b)) > 0);
	}
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(generated_sheets_are_read_alike),
	    cmocka_unit_test(the_corpus_is_read_alike),
	    cmocka_unit_test(long_rows_are_read_alike),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

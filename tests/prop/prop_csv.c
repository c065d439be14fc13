/*
 * Cutting and splitting agree with libcsv over the whole file, cell by cell: on generated
 * well-formed files with every delimiter, line end and quoting, and on the tables of the
 * folder that MANUMIT_CSV_DIR names, when it names one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <csv.h>

#include "../../connectors/csv_impl.h"
#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"

#include "rng.h"

#define FILES 400
#define TEXTS 60000
#define MAX_BYTES (4u << 20)

struct cells {
	struct mn_buf text; /* cells end with 0x1e, rows with 0x1d */
	size_t rows, refused, wide;
};

static struct cells
cells_new(void)
{
	return (struct cells){.text = mn_buf_new(2 * MAX_BYTES)};
}

static void
ours(struct mn_str s, char delimiter, struct cells *out)
{
	struct mn_arena root = mn_arena_new((size_t)64 << 20, NULL);
	struct mn_err err = MN_ERR_NONE;
	struct mn_csv *p = mn_csv_new(delimiter, &err);
	assert_non_null(p);
	while (s.n) {
		bool open;
		struct mn_arena a = root;
		struct mn_csv_row row;
		size_t n = mn_csv_cut(s, delimiter, true, &open);
		assert_in_range(n, 1, s.n);
		mn_csv_parse(p, mn_str(s.p, n), &a, &row);
		s = mn_str(s.p + n, s.n - n);
		out->refused += row.bad_quote;
		out->wide += row.too_wide;
		for (uint32_t i = 0; i < row.n; i++) {
			mn_buf_add(&out->text, row.cell[i]);
			mn_buf_byte(&out->text, 0x1e);
		}
		/* A line without anything is no row to libcsv. */
		if (row.n) {
			mn_buf_byte(&out->text, 0x1d);
			out->rows++;
		}
	}
	mn_csv_free(p);
	mn_arena_free(root);
}

static void
lib_cell(void *p, size_t n, void *ctx)
{
	struct cells *c = ctx;
	mn_buf_add(&c->text, mn_str(p, n));
	mn_buf_byte(&c->text, 0x1e);
}

static void
lib_row(int end, void *ctx)
{
	struct cells *c = ctx;
	(void)end;
	mn_buf_byte(&c->text, 0x1d);
	c->rows++;
}

static int
only_space(unsigned char c)
{
	return c == ' ';
}

static void
theirs(struct mn_str s, char delimiter, struct cells *out)
{
	struct csv_parser p;
	assert_int_equal(csv_init(&p, 0), 0);
	csv_set_delim(&p, (unsigned char)delimiter);
	if (delimiter == '\t')
		csv_set_space_func(&p, only_space);
	assert_int_equal(csv_parse(&p, s.p, s.n, lib_cell, lib_row, out), s.n);
	assert_int_equal(csv_fini(&p, lib_cell, lib_row, out), 0);
	csv_free(&p);
}

/* Do both agree? Files with damage are left to the tests of damage. */
static bool
agree(struct mn_str s, char delimiter, const char *what)
{
	struct cells a = cells_new(), b = cells_new();
	ours(s, delimiter, &a);
	theirs(s, delimiter, &b);
	bool counts = a.refused == 0 && a.wide == 0;
	if (counts &&
	    (a.rows != b.rows || !mn_str_eq(mn_buf_str(&a.text), mn_buf_str(&b.text))))
		fail_msg("%s, delimiter '%c': %zu rows, libcsv %zu", what, delimiter,
		    a.rows, b.rows);
	mn_buf_free(&a.text);
	mn_buf_free(&b.text);
	return counts;
}

/* ---- generated files ---- */

static void
put_cell(struct rng *r, struct mn_buf *b, char delimiter)
{
	static const char *const BITS[] = {
	    "Heron", "Mills", " ", "é", "中", "3/4\"", "'", "-", "1.200", "\t"};
	static const char *const QUOTED[] = {
	    "\"\"", "\n", "\r\n", ",", ";", "|", "\t", "  ", "a", "Reed Ltd", "ö"};
	bool quoted = chance(r, 30);
	for (unsigned n = below(r, 3); chance(r, 15) && n--;)
		mn_buf_byte(b, ' ');
	if (quoted)
		mn_buf_byte(b, '"');
	for (unsigned n = below(r, 5); n--;) {
		const char *bit = quoted ? QUOTED[below(r, countof(QUOTED))]
					 : BITS[below(r, countof(BITS))];
		/* A plain cell neither begins with a quote nor holds its delimiter. */
		if (!quoted && mn_str_find_byte(mn_str_c(bit), delimiter) != SIZE_MAX)
			continue;
		mn_buf_add(b, mn_str_c(bit));
	}
	if (quoted)
		mn_buf_byte(b, '"');
}

static void
generate(struct rng *r, struct mn_buf *b, char delimiter)
{
	static const char *const ENDS[] = {"\n", "\r\n", "\r"};
	const char *end = ENDS[below(r, countof(ENDS))];
	unsigned rows = below(r, 60), columns = 1 + below(r, 9);
	for (unsigned i = 0; i < rows; i++) {
		for (unsigned k = 0; k < columns; k++) {
			if (k)
				mn_buf_byte(b, delimiter);
			put_cell(r, b, delimiter);
		}
		if (i + 1 < rows || chance(r, 80))
			mn_buf_add(b, mn_str_c(end));
		if (chance(r, 5))
			mn_buf_add(b, mn_str_c(end));
	}
}

static void
generated_files_are_split_as_by_libcsv(void **state)
{
	struct rng r = {4};
	unsigned compared = 0;
	(void)state;
	for (unsigned i = 0; i < FILES; i++) {
		char delimiter = ",;\t|"[i % 4], name[32];
		struct mn_buf b = mn_buf_new(MAX_BYTES);
		generate(&r, &b, delimiter);
		snprintf(name, sizeof name, "file %u", i);
		compared += agree(mn_buf_str(&b), delimiter, name);
		mn_buf_free(&b);
	}
	/* The generator makes well-formed files. */
	assert_int_equal(compared, FILES);
}

/* ---- any text ---- */

static size_t
first_line(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n' || s.p[i] == '\r')
			return i + 1 +
			       (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n');
	return s.n;
}

/* Where the record at the beginning of s ends: libcsv's states, byte by byte. */
static size_t
cut_slowly(struct mn_str s, char delimiter, bool *open)
{
	enum { START, PLAIN, QUOTED, CLOSED } st = START;
	bool spaces = false;
	*open = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool blank = (c == ' ' || c == '\t') && c != delimiter;
		bool ends = c == '\n' || c == '\r';
		size_t end = i + 1 + (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n');
		if (st == QUOTED) {
			st = c == '"' ? CLOSED : QUOTED;
			spaces = false;
		} else if (ends) {
			return end;
		} else if (c == delimiter) {
			st = START;
		} else if (st == START && !blank) {
			st = c == '"' ? QUOTED : PLAIN;
		} else if (st == CLOSED && blank) {
			spaces = true;
		} else if (st == CLOSED) {
			if (c != '"' || spaces)
				return first_line(s);
			st = QUOTED;
		}
	}
	*open = st == QUOTED;
	return s.n;
}

/* Where it is cut as a line, it is cut there otherwise too, and is one line. */
static void
lines_are_cut_alike(struct mn_str s, char delimiter, size_t want)
{
	size_t n = mn_csv_cut_line(s, delimiter);
	if (n == 0)
		return;
	assert_int_equal(n, want);
	assert_int_equal(first_line(mn_str(s.p, n)), n);
	assert_true(s.p[n - 1] == '\n');
}

/* Short texts of signs, in which every state is met. */
static void
any_text_is_cut_and_split_as_by_libcsv(void **state)
{
	static const char SIGNS[] = "\"\"\"\",,,;\t  ab\n\n\r";
	struct rng r = {11};
	unsigned compared = 0;
	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		char text[40], delimiter = ",;\t"[i % 3];
		size_t n = below(&r, sizeof text);
		for (size_t k = 0; k < n; k++)
			text[k] = SIGNS[below(&r, sizeof SIGNS - 1)];
		compared += agree(mn_str(text, n), delimiter, "signs");
		for (struct mn_str s = mn_str(text, n); s.n;) {
			bool open, want_open;
			size_t cut = mn_csv_cut(s, delimiter, true, &open);
			assert_int_equal(cut, cut_slowly(s, delimiter, &want_open));
			assert_int_equal(open, want_open);
			lines_are_cut_alike(s, delimiter, cut);
			s = mn_str(s.p + cut, s.n - cut);
		}
	}
	assert_true(compared > TEXTS / 10);
}

/* ---- real files ---- */

static unsigned
walk(struct mn_arena a, const char *dir, unsigned depth)
{
	struct mn_str *name, text;
	struct mn_err err = MN_ERR_NONE;
	size_t n;
	unsigned compared = 0;
	if (depth > 8 || !mn_dir_list(&a, dir, &name, &n, &err))
		return 0;
	for (size_t i = 0; i < n; i++) {
		struct mn_arena file = a;
		const char *path =
		    mn_arena_fmt(&file, "%s/%.*s%c", dir, MN_FMT(name[i]), 0).p;
		compared += walk(file, path, depth + 1);
		if (!mn_str_ends(name[i], MN_S(".csv")) ||
		    !mn_file_read(&file, path, MAX_BYTES, &text, &err))
			continue;
		char delimiter = mn_csv_delimiter(mn_str_sub(text, 0, 1u << 16));
		compared += agree(text, delimiter, path);
	}
	return compared;
}

static void
real_files_are_split_as_by_libcsv(void **state)
{
	const char *dir = getenv("MANUMIT_CSV_DIR");
	(void)state;
	if (!dir) {
		print_message("MANUMIT_CSV_DIR names no folder of CSV files: skipped\n");
		skip();
	}
	struct mn_arena root = mn_arena_new((size_t)256 << 20, NULL);
	unsigned compared = walk(root, dir, 0);
	print_message("%u files of %s agree\n", compared, dir);
	assert_true(compared > 0);
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(generated_files_are_split_as_by_libcsv),
	    cmocka_unit_test(any_text_is_cut_and_split_as_by_libcsv),
	    cmocka_unit_test(real_files_are_split_as_by_libcsv),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

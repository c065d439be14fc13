/* Cutting and splitting: the two steps agree with each other and with libcsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include <csv.h>

#include "manumit/base/buf.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"

struct cells {
	struct mn_buf text; /* cells end with 0x1e, rows with 0x1d */
	size_t rows, bad;
};

static void
ours(struct mn_str s, char delimiter, struct cells *out)
{
	struct mn_arena root = mn_arena_new((size_t)16 << 20, NULL);
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
		out->bad += row.bad_quote;
		if (row.bad_quote || row.n == 0)
			continue;
		for (uint32_t i = 0; i < row.n; i++) {
			mn_buf_add(&out->text, row.cell[i]);
			mn_buf_byte(&out->text, 0x1e);
		}
		mn_buf_byte(&out->text, 0x1d);
		out->rows++;
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
lib_space(unsigned char c)
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
		csv_set_space_func(&p, lib_space);
	assert_int_equal(csv_parse(&p, s.p, s.n, lib_cell, lib_row, out), s.n);
	assert_int_equal(csv_fini(&p, lib_cell, lib_row, out), 0);
	csv_free(&p);
}

static uint32_t
next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* A file in which every quote is closed: plain cells with stray quotes and blanks, quoted
 * cells with delimiters, doubled quotes and line ends, blank lines, all three line ends.
 */
static void
write_file(struct mn_buf *b, char delimiter, uint64_t *seed)
{
	static const struct mn_str PLAIN[] = {{"", 0}, {"a", 1}, {"bc d", 4}, {" x ", 3},
	    {"3/4\" pipe", 9}, {"caf\xc3\xa9", 5}, {"1,5", 3}};
	static const struct mn_str QUOTED[] = {{"", 0}, {"a", 1}, {"\"\"", 2},
	    {"x\r\ny", 4}, {"l\n\nm", 4}, {" in ", 4}, {"a,b;c\td|e", 9}};
	static const struct mn_str ENDS[] = {
	    {"\n", 1}, {"\r\n", 2}, {"\r", 1}, {"\n\n", 2}};
	uint32_t rows = next(seed) % 12;
	for (uint32_t r = 0; r < rows; r++) {
		uint32_t cells = 1 + next(seed) % 6;
		for (uint32_t c = 0; c < cells; c++) {
			if (c)
				mn_buf_byte(b, delimiter);
			struct mn_str plain = PLAIN[next(seed) % countof(PLAIN)];
			struct mn_str quoted = QUOTED[next(seed) % countof(QUOTED)];
			if (next(seed) % 2) {
				mn_buf_add(b, next(seed) % 4 ? MN_S("\"") : MN_S(" \""));
				mn_buf_add(b, quoted);
				mn_buf_add(b, next(seed) % 4 ? MN_S("\"") : MN_S("\"  "));
			} else if (mn_str_find_byte(plain, delimiter) == SIZE_MAX) {
				mn_buf_add(b, plain);
			}
		}
		mn_buf_add(b, ENDS[next(seed) % countof(ENDS)]);
	}
	if (next(seed) % 2)
		mn_buf_add(b, MN_S("last"));
}

static void
cut_and_parse_equal_a_whole_parse(void **state)
{
	static const char DELIMITERS[] = {',', ';', '\t', '|'};
	uint64_t seed = 7;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct mn_buf file = mn_buf_new(1u << 16);
		struct cells a = {.text = mn_buf_new(1u << 20)};
		struct cells b = {.text = mn_buf_new(1u << 20)};
		char delimiter = DELIMITERS[next(&seed) % countof(DELIMITERS)];
		write_file(&file, delimiter, &seed);
		ours(mn_buf_str(&file), delimiter, &a);
		theirs(mn_buf_str(&file), delimiter, &b);
		if (a.rows != b.rows || a.bad ||
		    !mn_str_eq(mn_buf_str(&a.text), mn_buf_str(&b.text)))
			fail_msg("file %d: %zu and %zu rows:\n%.*s", i, a.rows, b.rows,
			    MN_FMT(mn_buf_str(&file)));
		mn_buf_free(&file);
		mn_buf_free(&a.text);
		mn_buf_free(&b.text);
	}
}

/* Where a record ends must not depend on how much of what follows is there. */
static void
a_cut_does_not_change_when_more_arrives(void **state)
{
	uint64_t seed = 11;
	(void)state;
	for (int i = 0; i < 3000; i++) {
		bool open;
		struct mn_buf file = mn_buf_new(1u << 16);
		write_file(&file, ',', &seed);
		struct mn_str all = mn_buf_str(&file);
		size_t whole = all.n ? mn_csv_cut(all, ',', true, &open) : 0;
		for (size_t n = 1; n < all.n; n++) {
			size_t cut = mn_csv_cut(mn_str(all.p, n), ',', false, &open);
			if (cut)
				assert_int_equal(cut, whole);
			else
				assert_true(n <= whole);
		}
		mn_buf_free(&file);
	}
}

static void
damage_costs_one_line(void **state)
{
	static const struct {
		struct mn_str s;
		size_t cut;
		bool open;
	} CASES[] = {
	    {{"\"a\"b,c\nd\n", 9}, 7, false},  /* text after a closing quote */
	    {{"\"a\nb\"c\nd\n", 9}, 3, false}, /* found on the second line */
	    {{"\"a\" \"b\n", 7}, 7, false},    /* a quote after a closed cell */
	    {{"\"never closed\nx,y\n", 18}, 18, true},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		bool open;
		struct mn_csv_row row;
		struct mn_err err = MN_ERR_NONE;
		struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
		struct mn_csv *p = mn_csv_new(',', &err);
		size_t n = mn_csv_cut(CASES[i].s, ',', true, &open);
		assert_int_equal(n, CASES[i].cut);
		assert_int_equal(open, CASES[i].open);
		mn_csv_parse(p, mn_str(CASES[i].s.p, n), &a, &row);
		assert_true(row.bad_quote);
		/* and the parser is clean afterwards */
		mn_csv_parse(p, MN_S("x,y\n"), &a, &row);
		assert_false(row.bad_quote);
		assert_int_equal(row.n, 2);
		mn_csv_free(p);
		mn_arena_free(root);
	}
}

static void
too_many_cells_are_dropped_and_told(void **state)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	struct mn_csv_row row;
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_csv *p = mn_csv_new(',', &err);
	(void)state;
	for (int i = 0; i < MN_MAX_COLUMNS + 5; i++)
		mn_buf_add(&b, MN_S("x,"));
	mn_csv_parse(p, mn_buf_str(&b), &a, &row);
	assert_int_equal(row.n, MN_MAX_COLUMNS);
	assert_true(row.too_wide);
	mn_csv_free(p);
	mn_buf_free(&b);
	mn_arena_free(root);
}

static void
delimiters_are_found(void **state)
{
	(void)state;
	assert_int_equal(mn_csv_delimiter(MN_S("a,b\n1,2\n")), ',');
	assert_int_equal(mn_csv_delimiter(MN_S("a;b\n1,5;2\n2,5;3\n")), ';');
	assert_int_equal(mn_csv_delimiter(MN_S("a\tb\n1\t\n")), '\t');
	assert_int_equal(mn_csv_delimiter(MN_S("a|b\n\"x,y\"|c\n")), '|');
	assert_int_equal(mn_csv_delimiter(MN_S("name\nAcme\n")), ',');
	assert_int_equal(mn_csv_delimiter(MN_S("")), ',');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cut_and_parse_equal_a_whole_parse),
	    cmocka_unit_test(a_cut_does_not_change_when_more_arrives),
	    cmocka_unit_test(damage_costs_one_line),
	    cmocka_unit_test(too_many_cells_are_dropped_and_told),
	    cmocka_unit_test(delimiters_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Every layout of connectors/sources reads its small file of invented rows. A new source
 * is a JSON file, a file tests/fixtures/sources/ID.csv (or .jsonl) and a line in
 * expected.txt: "file kind rows accepted noted quarantined", a blank and the fields of
 * the first record. The message of a failure is the line that would pass.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/base/file.h"
#include "manumit/connectors/input.h"

#define FIXTURES MN_SOURCE_DIR "/tests/fixtures/sources"

static struct mn_arena root;
static const struct mn_mappings *mappings;
static struct mn_str expected;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&root, MN_SOURCE_DIR "/connectors", &err);
	if (!mappings ||
	    !mn_file_read(&root, FIXTURES "/expected.txt", 1u << 20, &expected, &err))
		fail_msg("%s", err.msg);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static void
quiet(void *ctx, const struct mn_issue *i)
{
	(void)ctx;
	(void)i;
}

static void
print_record(struct mn_buf *b, const struct mn_record *rec)
{
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (rec->v[f].n)
			mn_buf_fmt(b, " %s=%.*s;", mn_field_def((enum mn_field)f)->name,
			    MN_FMT(rec->v[f]));
}

/* The line of expected.txt that a file has earned; *source: its layout. */
static void
earn(const char *file, enum mn_kind kind, struct mn_buf *line, char source[64])
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), top = a;
	struct mn_diag diag = {.emit = quiet};
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf first = mn_buf_new(1u << 16);
	struct mn_record rec;
	char path[512];
	bool noted;
	int more;
	snprintf(path, sizeof path, "%s/%s", FIXTURES, file);
	struct mn_input *in = mn_input_open(&a, mappings, path, kind, &diag, &err);
	if (!in)
		fail_msg("%s", err.msg);
	while ((more = mn_input_next(in, 1, &rec, &noted, &err)) == 1)
		if (first.n == 0)
			print_record(&first, &rec);
	assert_int_equal(more, 0);
	const struct mn_input_info *i = mn_input_info(in);
	assert_int_equal(i->rows, i->accepted + i->noted + i->quarantined);
	snprintf(source, 64, "%.*s", MN_FMT(i->source));
	mn_buf_fmt(line, "%s %s %d %d %d %d%.*s", file, mn_kind_name(i->kind),
	    (int)i->rows, (int)i->accepted, (int)i->noted, (int)i->quarantined,
	    MN_FMT(mn_buf_str(&first)));
	mn_input_close(in);
	mn_buf_free(&first);
	mn_arena_free(top);
}

/* The next line of expected.txt that is no comment. */
static bool
next_line(struct mn_str *rest, struct mn_str *line)
{
	while (rest->p && rest->n) {
		*line = mn_str_cut(rest, '\n');
		if (line->n && line->p[0] != '#')
			return true;
	}
	return false;
}

static bool
is_of(const char *file, const char *source)
{
	return mn_str_starts(mn_str_c(file), mn_str_c(source)) &&
	       file[strlen(source)] == '.';
}

static void
each_layout_reads_its_file(void **state)
{
	struct mn_str rest = expected, line;
	uint32_t bad = 0;
	(void)state;
	while (next_line(&rest, &line)) {
		struct mn_buf got = mn_buf_new(1u << 17);
		struct mn_str cut = line;
		struct mn_str name = mn_str_cut(&cut, ' ');
		char file[128], source[64];
		snprintf(file, sizeof file, "%.*s", MN_FMT(name));
		earn(file, MN_KIND_ANY, &got, source);
		/* A register of licences is two layouts: recruiters, and a list. */
		if (!is_of(file, source)) {
			mn_buf_clear(&got);
			earn(file, MN_K_WATCHLIST, &got, source);
		}
		if (!is_of(file, source)) {
			print_error("%s is read by layout \"%s\"\n", file, source);
			bad++;
		}
		if (!mn_str_eq(mn_buf_str(&got), line)) {
			print_error("wanted: %.*s\ngot:    %.*s\n", MN_FMT(line),
			    MN_FMT(mn_buf_str(&got)));
			bad++;
		}
		mn_buf_free(&got);
	}
	assert_int_equal(bad, 0);
}

static void
each_layout_has_a_file(void **state)
{
	struct mn_str source, title;
	(void)state;
	for (size_t i = 0; mn_mappings_source(mappings, i, &source, &title); i++) {
		struct mn_str rest = expected, line;
		bool found = false;
		while (!found && next_line(&rest, &line))
			found = mn_str_starts(line, source) && line.p[source.n] == '.';
		if (!found)
			fail_msg("%.*s has no line in expected.txt", MN_FMT(source));
	}
}

/* What names people in these files is the same everywhere, so that it can be looked for.
 */
static void
no_person_comes_through(void **state)
{
	(void)state;
	assert_int_equal(mn_str_find(expected, MN_S("Invented")), SIZE_MAX);
	assert_int_equal(
	    mn_str_find(expected, MN_S("\xe6\x9e\xb6\xe7\xa9\xba")), SIZE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_layout_reads_its_file),
	    cmocka_unit_test(each_layout_has_a_file),
	    cmocka_unit_test(no_person_comes_through),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

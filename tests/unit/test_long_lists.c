/* Cells with very many values: read in time and memory that grow with the cell, no more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/buf.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"

#define VALUES 40000

static struct mn_arena root;
static const struct mn_mappings *mappings;
static struct mn_record rec;
static enum mn_code told;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)256 << 20, NULL);
	mappings = mn_mappings_load(&root, MN_SOURCE_DIR "/connectors", &err);
	return mappings ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	(void)ctx;
	if (i->row)
		told = i->code;
}

/* Reads the file; field f of its last record, valid until the next call. */
static struct mn_str
last_of(struct mn_buf *file, enum mn_kind kind, enum mn_field f, uint64_t rows)
{
	static struct mn_buf kept;
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_diag diag = {.emit = on_issue};
	struct mn_err err = MN_ERR_NONE;
	char path[64];
	bool noted;
	uint64_t n = 0;
	int fd = memfd_create("input", MFD_CLOEXEC);
	assert_true(fd >= 0 && write(fd, file->p, file->n) == (ssize_t)file->n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	told = MN_E_NONE;
	mn_buf_free(&kept);
	kept = mn_buf_new((size_t)4 << 20);
	struct mn_input *in = mn_input_open(&a, mappings, path, kind, &diag, &err);
	assert_non_null(in);
	while (mn_input_next(in, 0, &rec, &noted, &err) == 1) {
		mn_buf_clear(&kept);
		mn_buf_add(&kept, rec.v[f]);
		n++;
	}
	assert_int_equal(n, rows);
	mn_input_close(in);
	close(fd);
	mn_buf_free(file);
	mn_arena_free(whole);
	return mn_buf_str(&kept);
}

/* The values of a list of JSON become one text; a quarter of these took all memory that
 * a row may take when the text was made anew for each of them. */
static void
many_values_of_a_text_are_joined_and_cut(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)4 << 20);
	(void)state;
	mn_buf_fmt(&b, "{\"id\":\"x\",\"caption\":\"Ash\",\"schema\":\"Company\","
		       "\"datasets\":[],\"target\":true}\n");
	mn_buf_fmt(&b, "{\"id\":\"y\",\"caption\":\"Elm\",\"schema\":\"Company\","
		       "\"datasets\":[\"x\"");
	for (unsigned i = 0; i < VALUES; i++)
		mn_buf_fmt(&b, ",\"x\"");
	mn_buf_fmt(&b, "],\"target\":true}\n");
	struct mn_str list = last_of(&b, MN_K_WATCHLIST, MN_F_LIST, 2);
	assert_int_equal(list.n, MN_MAX_CELL);
	assert_true(mn_str_starts(list, MN_S("x; x; x")));
	assert_int_equal(told, MN_E_CELL_LONG);
}

static void
many_countries_are_read_up_to_a_number(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)4 << 20);
	(void)state;
	mn_buf_fmt(&b, "name,workers_from\nQuiet Harbour,NP;Indja;VN;\nStill Water,");
	for (unsigned i = 0; i < VALUES; i++)
		mn_buf_fmt(&b, "Nepal;VN;");
	mn_buf_fmt(&b, "\n");
	struct mn_str list = last_of(&b, MN_K_SUPPLIERS, MN_F_WORKERS_FROM, 2);
	assert_int_equal(list.n, 512 * 3 - 1);
	assert_true(mn_str_starts(list, MN_S("NP;VN;NP")));
	assert_int_equal(told, MN_E_CELL_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(many_values_of_a_text_are_joined_and_cut),
	    cmocka_unit_test(many_countries_are_read_up_to_a_number),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

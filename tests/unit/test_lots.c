/* Rows read in lots: the same for any number of threads, with a child and without; with
 * memory that does not grow with the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../connectors/lots.h"
#include "../../engine/base/sandbox_impl.h"
#include "manumit/base/limits.h"

static struct mn_arena root;
static const struct mn_mappings *one;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)256 << 20, NULL);
	one = mn_mappings_load(&root, MN_SOURCE_DIR "/connectors", &err);
	return one ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static int
file_of(const struct mn_buf *b, char path[64])
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	assert_false(b->failed);
	assert_true(fd >= 0 && write(fd, b->p, b->n) == (ssize_t)b->n);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	mn_buf_fmt(ctx, "remark %llu %.*s|%.*s|%.*s %s\n", (unsigned long long)i->row,
	    MN_FMT(i->column), MN_FMT(i->value), MN_FMT(i->detail),
	    mn_code_name(i->code));
}

/* All that is told of a file, in its order. */
static struct mn_buf
told(const struct mn_mappings *m, const char *path, enum mn_kind kind)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_buf b = mn_buf_new((size_t)256 << 20);
	struct mn_diag diag = {.emit = on_issue, .ctx = &b};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	bool noted;
	int more = -1;
	struct mn_input *in = mn_input_open(&a, m, path, kind, &diag, &err);
	while (in && (more = mn_input_next(in, 5, &rec, &noted, &err)) == 1) {
		const struct mn_input_info *i = mn_input_info(in);
		mn_buf_fmt(&b, "%llx %d %llu %llu %llu ", (unsigned long long)rec.rid,
		    noted, (unsigned long long)i->rows, (unsigned long long)i->accepted,
		    (unsigned long long)i->quarantined);
		mn_record_encode(&rec, &b);
	}
	if (in) {
		const struct mn_input_info *i = mn_input_info(in);
		mn_buf_fmt(&b, "\n%.*s %llu %llu", MN_FMT(i->sample),
		    (unsigned long long)i->rows, (unsigned long long)i->noted);
		mn_input_close(in);
	}
	mn_buf_fmt(&b, "\nend %d %s", more, err.msg);
	mn_arena_free(whole);
	assert_false(b.failed);
	return b;
}

/* What all numbers of threads tell of it. */
static struct mn_buf
same(const struct mn_buf *file, enum mn_kind kind)
{
	static const uint32_t JOBS[] = {2, 5};
	char path[64];
	struct mn_arena a = root;
	int fd = file_of(file, path);
	struct mn_buf want = told(one, path, kind);
	for (size_t i = 0; i < 2 * countof(JOBS); i++) {
		const struct mn_mappings *m = mn_mappings_jobs(&a, one, JOBS[i / 2]);
		struct mn_buf got =
		    told(i % 2 ? mn_mappings_apart(&a, m) : m, path, kind);
		if (!mn_str_eq(mn_buf_str(&want), mn_buf_str(&got)))
			fail_msg("%u threads%s tell something else", JOBS[i / 2],
			    i % 2 ? " of a child" : "");
		mn_buf_free(&got);
	}
	close(fd);
	return want;
}

/* ---- files ---- */

/* Several lots of what goes wrong in tables. All names are invented. */
static void
messy(struct mn_buf *b, const char *end)
{
	static const char *const ODD[] = {"\"Two\nlines \"\"Ltd\"\"\",DE,\"x\r\ny\",4",
	    "Wool \xff Yarn,FR,,1", ",DE,no name,3", "3/4\" pipe,BD,,2", "", "   ",
	    "\"a\"b,DE,damage,1", "Short", "W,DE,a,1,2,3", "Nul\0Mill,VN,,", "\x1a",
	    "Total,,,900", "Caf\xc3\xa9 \xef\xbf\xbd,Atlantis,,n/a"};
	static const size_t BYTES[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 13, 0, 0, 0};
	mn_buf_fmt(b, "name,country,address,workers%s", end);
	for (unsigned i = 0; i < 9000; i++) {
		size_t k = i / 3 % countof(ODD);
		if (i % 3 == 0)
			mn_buf_add(
			    b, BYTES[k] ? mn_str(ODD[k], BYTES[k]) : mn_str_c(ODD[k]));
		else
			mn_buf_fmt(b, "Quiet Harbour %u,%s,\"%u, Long Shore\",%u", i,
			    i % 5 ? "Viet Nam" : "BD", i, i % 977);
		mn_buf_fmt(b, "%s", end);
		/* A quote that is never closed: the rows below it are read. */
		if (i == 4000)
			mn_buf_fmt(b, "\"Never closed,DE,,1%s", end);
	}
}

static void
messy_files_are_read_alike(void **state)
{
	static const char *const ENDS[] = {"\n", "\r\n", "\r"};
	(void)state;
	for (size_t i = 0; i < countof(ENDS); i++) {
		struct mn_buf b = mn_buf_new((size_t)8 << 20);
		messy(&b, ENDS[i]);
		assert_true(b.n > 2 * MN_LOT_BYTES);
		struct mn_buf all = same(&b, MN_K_SUPPLIERS);
		assert_true(
		    mn_str_find(mn_buf_str(&all), MN_S("Harbour 8999")) != SIZE_MAX);
		mn_buf_free(&all);
		mn_buf_free(&b);
	}
}

static void
fees_keep_their_workers_hidden_alike(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_fmt(&b, "entity,worker,amount,currency,date\n");
	for (unsigned i = 0; i < 12000; i++)
		mn_buf_fmt(&b, "E%u,w-%u,%u,\"USD\",%02u/%02u/2024\n", i % 90, i % 700,
		    i % 4000, i % 28 + 1, i % 12 + 1);
	struct mn_buf all = same(&b, MN_K_FEES);
	mn_buf_free(&all);
	mn_buf_free(&b);
}

/* A remark shows the name of its column: here that makes of a lot a hundred times its
 * text, which is handed over in pieces. */
static void
a_lot_with_very_much_to_tell_is_told(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20), map = mn_buf_new(1u << 16);
	struct mn_err err = MN_ERR_NONE;
	const struct mn_mappings *plain = one;
	char path[64], wide[5001];
	unsigned remarks = 0;
	(void)state;
	memset(wide, 'w', sizeof wide - 1);
	wide[sizeof wide - 1] = 0;
	mn_buf_fmt(&map,
	    "{\"source\": \"wide\", \"title\": \"Invented\", \"licence\": \"-\", "
	    "\"publisher\": \"-\", \"kind\": \"suppliers\", "
	    "\"match\": [\"name\", \"%s\"], "
	    "\"columns\": {\"name\": \"name\", \"%s\": \"workers\"}}",
	    wide, wide);
	int fd = file_of(&map, path);
	one = mn_mappings_with(
	    &root, plain, &(struct mn_mappings_said){.mapping = path}, &err);
	if (!one)
		fail_msg("%s", err.msg);
	mn_buf_fmt(&b, "name,%s\n", wide);
	for (unsigned i = 0; i < 3000; i++)
		mn_buf_fmt(&b, "Mill %u,many\n", i);
	assert_true(b.n < MN_LOT_BYTES);
	struct mn_buf all = same(&b, MN_K_SUPPLIERS);
	for (struct mn_str rest = mn_buf_str(&all); rest.p;)
		remarks +=
		    mn_str_find(mn_str_cut(&rest, '\n'), MN_S("remark ")) != SIZE_MAX;
	assert_in_range(remarks, 3000, 3010);
	assert_true(all.n > 3 * MN_LOT_EVENTS);
	one = plain;
	close(fd);
	mn_buf_free(&all);
	mn_buf_free(&map);
	mn_buf_free(&b);
}

/* Units stand in the first rows, however many blank lines and lots come before. */
static void
the_first_rows_are_the_first_of_the_file(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_fmt(&b, "name,country,workers\n");
	for (unsigned i = 0; i < 2 * MN_LOT_ROWS; i++)
		mn_buf_byte(&b, '\n');
	mn_buf_fmt(&b, "text,text,number\nMill,DE,5\n");
	for (unsigned i = 0; i < 2 * MN_LOT_ROWS; i++)
		mn_buf_byte(&b, '\n');
	mn_buf_fmt(&b, "text,text,number\nYard,FR,7\n");
	struct mn_buf all = same(&b, MN_K_SUPPLIERS);
	struct mn_str text = mn_buf_str(&all);
	size_t at = mn_str_find(text, MN_S("ROW_TOTAL"));
	assert_true(at != SIZE_MAX);
	assert_true(
	    mn_str_find(mn_str_sub(text, at + 1, text.n), MN_S("ROW_TOTAL")) == SIZE_MAX);
	mn_buf_free(&all);
	mn_buf_free(&b);
}

/* A record is emptied, not cleared, before the next row: nothing of a row stays. */
static void
a_row_has_nothing_of_the_row_before(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)16 << 20);
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	bool noted;
	char path[64];
	unsigned full = 0, bare = 0;
	(void)state;
	mn_buf_fmt(&b, "id,name,country,workers,wage\n");
	for (unsigned i = 0; i < 9000; i++)
		mn_buf_fmt(&b, i % 3 == 0   ? "S,Quiet Harbour,BD,12,EUR 90\n"
			       : i % 3 == 1 ? "T,,VN,3,\n" /* quarantined: no name */
					    : ",Still Water,,,\n");
	int fd = file_of(&b, path);
	struct mn_input *in = mn_input_open(
	    &a, mn_mappings_jobs(&a, one, 2), path, MN_K_SUPPLIERS, &diag, &err);
	assert_non_null(in);
	while (mn_input_next(in, 0, &rec, &noted, &err) == 1) {
		unsigned filled = 0;
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			filled += rec.v[f].n > 0;
		bool is_bare = mn_str_eq(rec.v[MN_F_NAME], MN_S("Still Water"));
		assert_true(is_bare ? filled == 1 : filled > 3);
		bare += is_bare;
		full += !is_bare;
	}
	assert_int_equal(full, 3000);
	assert_int_equal(bare, 3000);
	mn_input_close(in);
	close(fd);
	mn_buf_free(&b);
	mn_arena_free(whole);
}

/* ---- life ---- */

static void
rows_of(struct mn_buf *b, unsigned n)
{
	mn_buf_fmt(b, "id,name,country,workers\n");
	for (unsigned i = 0; i < n; i++)
		mn_buf_fmt(b, "S%u,\"Quiet Harbour Works %u, Ltd.\",BD,%u\n", i, i, i);
}

static void
an_input_may_be_closed_while_threads_work(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)16 << 20);
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	bool noted;
	char path[64];
	(void)state;
	rows_of(&b, 60000);
	int fd = file_of(&b, path);
	for (unsigned rows = 0; rows < 3; rows++) {
		const struct mn_mappings *m = mn_mappings_jobs(&a, one, 3);
		struct mn_input *in =
		    mn_input_open(&a, m, path, MN_K_SUPPLIERS, &diag, &err);
		assert_non_null(in);
		for (unsigned i = 0; i < rows; i++)
			assert_int_equal(mn_input_next(in, 0, &rec, &noted, &err), 1);
		mn_input_close(in);
	}
	close(fd);
	mn_buf_free(&b);
	mn_arena_free(whole);
}

/* Most memory this process ever had, after reading so many rows. */
static long
peak_kib(unsigned rows)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	struct rusage use;
	bool noted;
	char path[64];
	uint64_t n = 0;
	int fd = -1;
	/* Written in pieces: the file itself is nobody's memory. */
	for (unsigned done = 0; done < rows; done += 10000) {
		struct mn_buf b = mn_buf_new((size_t)1 << 20);
		if (done == 0) {
			rows_of(&b, 10000);
			fd = file_of(&b, path);
		} else {
			rows_of(&b, 10000);
			size_t head = mn_str_find_byte(mn_buf_str(&b), '\n') + 1;
			assert_true(
			    write(fd, b.p + head, b.n - head) == (ssize_t)(b.n - head));
		}
		mn_buf_free(&b);
	}
	struct mn_input *in = mn_input_open(
	    &a, mn_mappings_jobs(&a, one, 2), path, MN_K_SUPPLIERS, &diag, &err);
	assert_non_null(in);
	while (mn_input_next(in, 0, &rec, &noted, &err) == 1)
		n++;
	assert_int_equal(n, rows);
	mn_input_close(in);
	close(fd);
	mn_arena_free(whole);
	assert_int_equal(getrusage(RUSAGE_SELF, &use), 0);
	return use.ru_maxrss;
}

static void
memory_does_not_grow_with_the_file(void **state)
{
	unsigned few = 100000;
	(void)state;
	if (MN_SANITIZED)
		skip(); /* a sanitizer's own memory grows */
	long small = peak_kib(few), large = peak_kib(10 * few);
	if (large > small + 8192)
		fail_msg(
		    "%u rows: %ld KiB, %u rows: %ld KiB", few, small, 10 * few, large);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memory_does_not_grow_with_the_file),
	    cmocka_unit_test(messy_files_are_read_alike),
	    cmocka_unit_test(fees_keep_their_workers_hidden_alike),
	    cmocka_unit_test(a_lot_with_very_much_to_tell_is_told),
	    cmocka_unit_test(the_first_rows_are_the_first_of_the_file),
	    cmocka_unit_test(a_row_has_nothing_of_the_row_before),
	    cmocka_unit_test(an_input_may_be_closed_while_threads_work),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

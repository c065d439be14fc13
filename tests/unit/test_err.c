/* Errors, the catalogue, exit statuses, remarks. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/diag.h"

static void
failing_fills_the_error(void **state)
{
	struct mn_err e = MN_ERR_NONE;
	(void)state;
	assert_int_equal(e.code, MN_E_NONE);
	e.row = 9;
	assert_false(mn_fail(&e, MN_E_CELL_DATE, "%s: %d", "x.csv", 3));
	assert_int_equal(e.code, MN_E_CELL_DATE);
	assert_int_equal(e.sev, MN_NOTE);
	assert_true(e.src == UINT32_MAX && e.row == 0 && e.col == 0);
	assert_string_equal(e.msg, "x.csv: 3");
	assert_false(mn_fail(NULL, MN_E_IO, "nobody asks"));
}

static void
long_messages_are_cut_between_characters(void **state)
{
	static const struct {
		const char *last; /* a character put over the end of the room */
		size_t n;
	} CASES[] = {{"\xc3\xa9", 2}, {"\xe4\xb8\xad", 3}, {"\xf0\x9f\x98\x80", 4}};
	(void)state;
	for (size_t c = 0; c < countof(CASES); c++)
		for (int lead = 230; lead <= 241; lead++) {
			struct mn_err e;
			mn_fail(&e, MN_E_IO, "%0*d%s%0100d", lead, 0, CASES[c].last, 0);
			size_t got = strlen(e.msg), room = sizeof e.msg - 1,
			       all = (size_t)lead;
			bool whole = all + CASES[c].n <= room;
			assert_int_equal(got, whole ? room : all < room ? all : room);
			if (whole)
				assert_memory_equal(
				    e.msg + all, CASES[c].last, CASES[c].n);
		}
}

static void
system_errors_find_their_code(void **state)
{
	static const struct {
		int number;
		enum mn_code code;
	} CASES[] = {{ENOENT, MN_E_NOINPUT}, {ENOTDIR, MN_E_NOINPUT},
	    {EACCES, MN_E_NOPERM}, {EPERM, MN_E_NOPERM}, {EROFS, MN_E_NOPERM},
	    {ENOSPC, MN_E_NOSPACE}, {EDQUOT, MN_E_NOSPACE}, {EIO, MN_E_IO}, {0, MN_E_IO}};
	struct mn_err e;
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		assert_false(mn_fail_errno(&e, CASES[i].number, "write", "a/b"));
		assert_int_equal(e.code, CASES[i].code);
		assert_non_null(strstr(e.msg, "a/b: write: "));
	}
	assert_non_null(strstr(e.msg, "short write"));
}

static void
every_code_has_its_row(void **state)
{
	(void)state;
	for (int c = MN_E_NONE; c < MN_E_COUNT; c++) {
		assert_true(mn_code_name((enum mn_code)c)[0] != 0);
		assert_true(mn_code_text((enum mn_code)c)[0] != 0);
		assert_non_null(mn_code_fix((enum mn_code)c));
		enum mn_sev sev = mn_code_sev((enum mn_code)c);
		assert_int_equal(sev == MN_OK, c == MN_E_NONE);
		/* Whatever ends a run says what to do. */
		assert_true(sev < MN_SOURCE || mn_code_fix((enum mn_code)c)[0]);
		for (int d = MN_E_NONE; d < c; d++)
			assert_string_not_equal(
			    mn_code_name((enum mn_code)c), mn_code_name((enum mn_code)d));
	}
	assert_string_equal(mn_code_name(MN_E_CELL_DATE), "CELL_DATE");
	assert_string_equal(mn_sev_name(MN_NOTE), "note");
	assert_string_equal(mn_sev_name(MN_RUN), "run");
}

/* sysexits.h, by number: scripts compare them. */
static void
exit_statuses_are_those_of_sysexits(void **state)
{
	static const struct {
		enum mn_code code;
		int status;
	} CASES[] = {{MN_E_NONE, 0}, {MN_E_USAGE, 64}, {MN_E_DATA, 65},
	    {MN_E_FILE_EMPTY, 65}, {MN_E_FILE_TOO_BAD, 65}, {MN_E_ROW_QUOTE, 65},
	    {MN_E_NOINPUT, 66}, {MN_E_NOTFOUND, 66}, {MN_E_BUG, 70}, {MN_E_NOMEM, 71},
	    {MN_E_EXISTS, 73}, {MN_E_IO, 74}, {MN_E_STORE, 74}, {MN_E_LOCKED, 75},
	    {MN_E_NOSPACE, 75}, {MN_E_NOPERM, 77}, {MN_E_CONFIG, 78},
	    {MN_E_PACK_JSON, 78}, {MN_E_PACK_REF, 78}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++)
		assert_int_equal(mn_code_exit(CASES[i].code), CASES[i].status);
	for (int c = MN_E_PACK_JSON; c <= MN_E_PACK_REF; c++)
		assert_int_equal(mn_code_exit((enum mn_code)c), 78);
}

static void
keep_row(void *ctx, const struct mn_issue *issue)
{
	*(uint64_t *)ctx += issue->row;
}

static void
remarks_are_counted_and_passed_on(void **state)
{
	uint64_t rows = 0;
	struct mn_diag d = {.emit = keep_row, .ctx = &rows}, silent = {.emit = NULL};
	struct mn_issue i = {.code = MN_E_CELL_DATE, .row = 5};
	(void)state;
	mn_diag_emit(&d, &i);
	i.row = 7;
	mn_diag_emit(&d, &i);
	mn_diag_emit(&silent, &i);
	assert_int_equal(rows, 12);
	assert_int_equal(d.count[MN_E_CELL_DATE], 2);
	assert_int_equal(d.count[MN_E_CELL_NUMBER], 0);
	assert_int_equal(silent.count[MN_E_CELL_DATE], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(failing_fills_the_error),
	    cmocka_unit_test(long_messages_are_cut_between_characters),
	    cmocka_unit_test(system_errors_find_their_code),
	    cmocka_unit_test(every_code_has_its_row),
	    cmocka_unit_test(exit_statuses_are_those_of_sysexits),
	    cmocka_unit_test(remarks_are_counted_and_passed_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

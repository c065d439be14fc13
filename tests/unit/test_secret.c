/* The key of workers' pseudonyms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/secret.h"

static char dir[] = "/tmp/test_secret.XXXXXX", path[64];

static int
set_up(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof path, "%s/key", dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(dir);
}

static void
a_key_is_made_once_and_read_again(void **state)
{
	unsigned char a[MN_SECRET], b[MN_SECRET];
	char id[17], other[17];
	struct stat st;
	struct mn_err err = MN_ERR_NONE;
	bool made;
	(void)state;
	assert_true(mn_secret_file(path, a, &made, &err) && made);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(mn_secret_file(path, b, &made, &err) && !made);
	assert_memory_equal(a, b, MN_SECRET);
	mn_secret_id(a, id);
	b[0] ^= 1;
	mn_secret_id(b, other);
	assert_string_not_equal(id, other);
	assert_int_equal(strlen(id), 16);
}

static void
one_that_others_can_read_is_refused(void **state)
{
	static const mode_t BAD[] = {0640, 0604, 0620, 0602, 0666};
	unsigned char a[MN_SECRET];
	struct mn_err err = MN_ERR_NONE;
	bool made;
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++) {
		assert_int_equal(chmod(path, BAD[i]), 0);
		assert_false(mn_secret_file(path, a, &made, &err));
		assert_int_equal(err.code, MN_E_NOPERM);
	}
	assert_int_equal(chmod(path, 0400), 0);
	assert_true(mn_secret_file(path, a, &made, &err));
	assert_int_equal(chmod(path, 0600), 0);
}

static void
anything_else_is_no_key(void **state)
{
	static const char *const BAD[] = {"", "\n", "secret\n",
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeef\n",
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeffa",
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\nx",
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg\n"};
	unsigned char a[MN_SECRET];
	struct mn_err err = MN_ERR_NONE;
	bool made;
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++) {
		FILE *f = fopen(path, "w");
		assert_non_null(f);
		fputs(BAD[i], f);
		fclose(f);
		assert_false(mn_secret_file(path, a, &made, &err));
		assert_int_equal(err.code, MN_E_DATA);
		assert_false(made);
	}
	assert_false(mn_secret_file(dir, a, &made, &err));
	assert_false(mn_secret_file("/tmp/no such folder/key", a, &made, &err));
}

static void
what_lies_below_a_folder_is_told(void **state)
{
	(void)state;
	assert_true(mn_path_below(path, dir));
	assert_true(mn_path_below(path, "/tmp"));
	assert_true(mn_path_below(path, "/"));
	assert_false(mn_path_below(path, "/usr"));
	assert_false(mn_path_below("/tmp/x", dir));
	assert_true(mn_path_below("x", "."));
	assert_false(mn_path_below("x", dir));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_key_is_made_once_and_read_again),
	    cmocka_unit_test(one_that_others_can_read_is_refused),
	    cmocka_unit_test(anything_else_is_no_key),
	    cmocka_unit_test(what_lies_below_a_folder_is_told),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

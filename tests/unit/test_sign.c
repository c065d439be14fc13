/* Signatures of minisign: what holds, and every way not to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/clock.h"
#include "manumit/base/sign.h"

#include "sign_fixture.h"
#include "tmpdir.h"

static void
put(const char *path, const char *text)
{
	struct mn_err err;
	struct mn_out *o = mn_out_open(path, 0600, &err);
	assert_non_null(o);
	mn_out_c(o, text);
	assert_true(mn_out_commit(o, true, NULL, &err));
}

struct trial {
	const char *keys, *sign, *content, *name;
	int32_t today;
	struct mn_sign_before before;
};

static struct trial
good_trial(void)
{
	return (struct trial){KEY_A, SIGN_A, SIGNED_LIST, "list.csv",
	    mn_day_from(2026, 11, 1), {MN_STR_NONE, 0}};
}

static bool
holds(void **state, struct trial t, struct mn_err *err)
{
	struct mn_sign_keys keys = {.n = 0};
	struct mn_sign sign;
	const char *path = tmpdir_at(*state, "list.csv");
	*err = MN_ERR_NONE;
	put(path, t.content);
	assert_true(mn_sign_keys_add(&keys, mn_str_c(t.keys), "key.pub", err));
	return mn_sign_parse(mn_str_c(t.sign), "list.csv.minisig", &sign, err) &&
	       mn_sign_verify(
		   &keys, &sign, path, mn_str_c(t.name), t.today, &t.before, err);
}

static void
refused(void **state, struct trial t, const char *why)
{
	struct mn_err err;
	assert_false(holds(state, t, &err));
	assert_int_equal(err.code, MN_E_SIGNATURE);
	assert_int_equal(mn_code_exit(err.code), 76);
	if (mn_str_find(mn_str_c(err.msg), mn_str_c(why)) == SIZE_MAX)
		fail_msg("\"%s\" does not say \"%s\"", err.msg, why);
}

static void
a_signature_of_minisign_holds(void **state)
{
	struct mn_err err;
	struct trial t = good_trial();
	assert_true(holds(state, t, &err));
	t.before.version = MN_S("7");
	assert_true(holds(state, t, &err));
	t.today = mn_day_from(2027, 6, 30);
	assert_true(holds(state, t, &err));
	t.keys = KEY_B;
	refused(state, t, "not among the 1 pinned");
}

static void
a_change_is_refused(void **state)
{
	struct trial t = good_trial();
	t.content = "name,country\nHeron Bay Mills,BD\nTern Island Yarns,VM\n";
	refused(state, t, "changed after it was signed");
	t.content = "";
	refused(state, t, "changed after it was signed");
	/* A comment of one signature under the other: both were made with one key. */
	char mixed[1024];
	const char *cut = strstr(SIGN_A, "trusted comment: ");
	snprintf(mixed, sizeof mixed, "%.*s%s", (int)(cut - SIGN_A), SIGN_A,
	    strstr(SIGN_STAMPED, "trusted comment: "));
	t = good_trial();
	t.sign = mixed;
	assert_non_null(cut);
	/* Ed25519 is deterministic and the file the same, so this is the stamped one. */
	struct mn_err err;
	assert_true(holds(state, t, &err));
	char *digit = strstr(mixed, "version:8");
	assert_non_null(digit);
	digit[8] = '9';
	refused(state, t, "comment of its signature was changed");
}

static void
another_name_is_refused(void **state)
{
	struct trial t = good_trial();
	t.name = "other.csv";
	refused(state, t, "that of another file, \"list.csv\"");
}

static void
an_expired_one_is_refused(void **state)
{
	struct trial t = good_trial();
	t.today = mn_day_from(2027, 7, 1);
	refused(state, t, "good until 2027-06-30");
}

static void
a_step_back_is_refused(void **state)
{
	struct mn_err err;
	struct trial t = good_trial();
	t.before.version = MN_S("8");
	refused(state, t, "is version 7, but 8 was accepted before");
	t.before.version = MN_S("10");
	refused(state, t, "a step back");
	t.sign = SIGN_STAMPED;
	t.before = (struct mn_sign_before){MN_S("8"), 1790000000};
	assert_true(holds(state, t, &err));
	t.before.timestamp++;
	refused(state, t, "signed before");
}

static void
other_shapes_are_refused(void **state)
{
	struct trial t = good_trial();
	t.sign = SIGN_OLD;
	refused(state, t, "the old way");
	t.sign = SIGN_PLAIN;
	refused(state, t, "version:V not-after:YYYY-MM-DD file:NAME");
	t.sign = "";
	refused(state, t, "no signature file");
	t.sign = "untrusted comment: x\n\ntrusted comment: y\n\n";
	refused(state, t, "no signature file");
}

static void
versions_are_compared_by_their_numbers(void **state)
{
	static const char *const RISING[] = {"", "1", "1.4.2", "1.10", "2", "2026-9-1",
	    "2026-11-20", "2026-11-20.1", "9999999999999999999999", "a", "b"};
	(void)state;
	for (size_t i = 0; i < countof(RISING); i++)
		for (size_t k = 0; k < countof(RISING); k++) {
			int c = mn_version_cmp(mn_str_c(RISING[i]), mn_str_c(RISING[k]));
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
	assert_int_equal(mn_version_cmp(MN_S("1.0"), MN_S("1")), 0);
}

static void
key_files_are_read_whole_or_not(void **state)
{
	struct mn_err err;
	struct mn_sign_keys k = {.n = 0};
	char both[512];
	snprintf(both, sizeof both, "# ours\n%s\n%s", KEY_A, KEY_B);
	assert_true(mn_sign_keys_add(&k, mn_str_c(both), "k", &err));
	assert_int_equal(k.n, 2);
	assert_false(mn_sign_keys_add(&k, MN_S("untrusted comment: x\n"), "k", &err));
	assert_false(mn_sign_keys_add(&k, MN_S("RWQnonsense\n"), "k", &err));
	assert_int_equal(mn_code_exit(err.code), 78);
	char dir[600];
	snprintf(dir, sizeof dir, "%s/keys", ((struct tmpdir *)*state)->path);
	k.n = 0;
	assert_true(mn_sign_keys_dir(&k, dir, &err));
	assert_int_equal(k.n, 0);
	assert_true(mn_dir_make(dir, &err));
	put(tmpdir_at(*state, "keys/a.pub"), KEY_A);
	put(tmpdir_at(*state, "keys/README.md"), "no key");
	assert_true(mn_sign_keys_dir(&k, dir, &err));
	assert_int_equal(k.n, 1);
}

/* With the program itself, keys made for the moment. */
static void
minisign_and_we_agree(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err;
	struct mn_sign_keys keys = {.n = 0};
	struct mn_sign sign;
	struct mn_sign_before none = {MN_STR_NONE, 0};
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_str text;
	char command[2048];
	put(tmpdir_at(t, "w.csv"), "name\nSandpiper Works\n");
	snprintf(command, sizeof command,
	    "cd %s && command -v minisign >/dev/null || exit 3; "
	    "minisign -G -W -f -p w.pub -s w.key </dev/null >/dev/null 2>&1 && "
	    "minisign -S -s w.key -m w.csv -t 'file:w.csv not-after:2030-01-01 "
	    "version:1' </dev/null >/dev/null 2>&1",
	    t->path);
	int status = system(command);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3) {
		print_message("minisign is not installed\n");
		mn_arena_free(root);
		skip();
	}
	assert_int_equal(status, 0);
	assert_true(mn_sign_keys_file(&keys, tmpdir_at(t, "w.pub"), &err));
	assert_true(
	    mn_file_read(&a, tmpdir_at(t, "w.csv.minisig"), MN_MAX_SIGN, &text, &err));
	assert_true(mn_sign_parse(text, "w.csv.minisig", &sign, &err));
	assert_true(mn_sign_verify(&keys, &sign, tmpdir_at(t, "w.csv"), MN_S("w.csv"),
	    mn_day_from(2026, 1, 1), &none, &err));
	put(tmpdir_at(t, "w.csv"), "name\nSandpiper Work\n");
	assert_false(mn_sign_verify(&keys, &sign, tmpdir_at(t, "w.csv"), MN_S("w.csv"),
	    mn_day_from(2026, 1, 1), &none, &err));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_signature_of_minisign_holds),
	    cmocka_unit_test(a_change_is_refused),
	    cmocka_unit_test(another_name_is_refused),
	    cmocka_unit_test(an_expired_one_is_refused),
	    cmocka_unit_test(a_step_back_is_refused),
	    cmocka_unit_test(other_shapes_are_refused),
	    cmocka_unit_test(versions_are_compared_by_their_numbers),
	    cmocka_unit_test(key_files_are_read_whole_or_not),
	    cmocka_unit_test(minisign_and_we_agree),
	};
	return cmocka_run_group_tests(tests, tmpdir_make, tmpdir_remove);
}

/* Files: whole or not at all, directories replaced in one step, locks. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "tmpdir.h"

/* Paths that live as long as the test. */
struct paths {
	char a[512], b[512];
};

static struct paths
two(struct tmpdir *t, const char *a, const char *b)
{
	struct paths p;
	snprintf(p.a, sizeof p.a, "%s", tmpdir_at(t, a));
	snprintf(p.b, sizeof p.b, "%s", tmpdir_at(t, b));
	return p;
}

static void
put(const char *path, const char *text)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_out *o = mn_out_open(path, 0644, &err);
	if (!o)
		fail_msg("%s", err.msg);
	mn_out_c(o, text);
	assert_true(mn_out_commit(o, true, NULL, &err));
}

static bool
holds(const char *path, const char *text)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_str s;
	bool same =
	    mn_file_read(&a, path, 1u << 16, &s, NULL) && mn_str_eq(s, mn_str_c(text));
	mn_arena_free(root);
	return same;
}

static size_t
entries(const char *dir)
{
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_str *names;
	size_t n;
	assert_true(mn_dir_list(&a, dir, &names, &n, NULL));
	mn_arena_free(root);
	return n;
}

static void
reading_is_bounded(void **state)
{
	struct tmpdir *t = *state;
	const char *path = tmpdir_at(t, "f");
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str s;
	put(path, "12345");
	assert_true(mn_file_read(&a, path, 5, &s, &err) && mn_str_eq(s, MN_S("12345")));
	assert_false(mn_file_read(&a, path, 4, &s, &err));
	assert_int_equal(err.code, MN_E_DATA);
	put(path, "");
	assert_true(mn_file_read(&a, path, 0, &s, &err) && s.n == 0 && s.p);
	mn_arena_free(root);
}

static void
only_files_are_read(void **state)
{
	struct tmpdir *t = *state;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_err err;
	struct mn_str s;
	char hex[MN_HEX256_CHARS + 1];
	uint64_t n;
	const char *const none[] = {t->path, "/dev/zero", tmpdir_at(t, "missing"), ""};
	for (size_t i = 0; i < countof(none); i++) {
		assert_false(mn_file_read(&a, none[i], 100, &s, &err));
		assert_int_equal(err.code, MN_E_NOINPUT);
		assert_false(mn_file_sha256(none[i], hex, &n, &err));
	}
	mn_arena_free(root);
}

static void
standard_input_is_a_file_named_dash(void **state)
{
	struct tmpdir *t = *state;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str s;
	int pipe_fd[2], keep = dup(0);
	(void)t;
	assert_int_equal(pipe(pipe_fd), 0);
	assert_int_equal(write(pipe_fd[1], "piped", 5), 5);
	close(pipe_fd[1]);
	dup2(pipe_fd[0], 0);
	close(pipe_fd[0]);
	bool good = mn_file_read(&a, "-", 100, &s, &err);
	dup2(keep, 0);
	close(keep);
	assert_true(good && mn_str_eq(s, MN_S("piped")));
	mn_arena_free(root);
}

static void
an_output_appears_only_when_committed(void **state)
{
	struct tmpdir *t = *state;
	const char *path = tmpdir_at(t, "out.csv");
	struct mn_err err = MN_ERR_NONE;
	struct stat st;
	char hex[MN_HEX256_CHARS + 1], again[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	put(path, "old");
	struct mn_out *o = mn_out_open(path, 0640, &err);
	assert_non_null(o);
	mn_out_hash(o);
	mn_out_write(o, MN_S("n\0w"));
	mn_out_fmt(o, "%05d", 42);
	assert_int_equal(mn_out_bytes(o), 8);
	assert_true(holds(path, "old"));
	assert_true(mn_out_commit(o, false, hex, &err));
	assert_true(mn_file_sha256(path, again, &bytes, &err));
	assert_int_equal(bytes, 8);
	assert_string_equal(hex, again);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(entries(t->path), 1);
}

static void
an_aborted_output_leaves_nothing(void **state)
{
	struct tmpdir *t = *state;
	const char *path = tmpdir_at(t, "out.csv");
	struct mn_err err = MN_ERR_NONE;
	struct mn_out *o = mn_out_open(path, 0644, &err);
	mn_out_c(o, "text");
	assert_int_equal(entries(t->path), 1);
	mn_out_abort(o);
	mn_out_abort(NULL);
	assert_int_equal(entries(t->path), 0);
	assert_null(mn_out_open(tmpdir_at(t, "no/such/dir"), 0644, &err));
	assert_int_equal(err.code, MN_E_NOINPUT);
}

static void
much_output_in_pieces_is_whole(void **state)
{
	struct tmpdir *t = *state;
	const char *path = tmpdir_at(t, "big");
	struct mn_err err = MN_ERR_NONE;
	struct mn_sha256 h;
	char hex[MN_HEX256_CHARS + 1], want[MN_HEX256_CHARS + 1], line[64];
	struct mn_out *o = mn_out_open(path, 0644, &err);
	uint64_t bytes = 0;
	mn_out_hash(o);
	mn_sha256_init(&h);
	for (int i = 0; i < 50000; i++) {
		int n = snprintf(line, sizeof line, "row %d of many\n", i);
		mn_out_write(o, mn_str(line, (size_t)n));
		mn_sha256_add(&h, mn_str(line, (size_t)n));
		bytes += (uint64_t)n;
	}
	mn_sha256_hex(&h, want);
	assert_int_equal(mn_out_bytes(o), bytes);
	assert_true(mn_out_commit(o, true, hex, &err));
	assert_string_equal(hex, want);
	assert_true(mn_file_sha256(path, hex, &bytes, &err));
	assert_string_equal(hex, want);
}

/* A limit on file size stands for a full disk: the first write past it is cut short, the
 * next one fails. */
static void
a_full_disk_is_reported_and_cleaned_up(void **state)
{
	struct tmpdir *t = *state;
	const char *path = tmpdir_at(t, "out");
	struct mn_err err = MN_ERR_NONE;
	struct rlimit before, small;
	put(path, "old");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){100000, before.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	struct mn_out *o = mn_out_open(path, 0644, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int i = 0; i < 100000; i++)
		mn_out_c(o, "0123456789");
	bool good = mn_out_commit(o, true, NULL, &err);
	setrlimit(RLIMIT_FSIZE, &before);
	assert_false(good);
	assert_int_equal(err.code, MN_E_NOSPACE);
	assert_true(holds(path, "old"));
	assert_int_equal(entries(t->path), 1);
}

static void
directories_are_made_with_their_parents(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	assert_true(mn_dir_make(tmpdir_at(t, "a/b/c"), &err));
	assert_true(mn_dir_make(tmpdir_at(t, "a//b/c/"), &err));
	assert_true(mn_path_exists(tmpdir_at(t, "a/b/c")));
	put(tmpdir_at(t, "file"), "x");
	assert_false(mn_dir_make(tmpdir_at(t, "file"), &err));
	assert_int_equal(err.code, MN_E_EXISTS);
	assert_false(mn_dir_make(tmpdir_at(t, "file/x"), &err));
	assert_false(mn_dir_make("", &err));
}

static void
trees_are_removed_without_following_links(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct paths p = two(t, "keep", "tree/link");
	assert_true(mn_dir_make(tmpdir_at(t, "tree/x/y"), &err));
	assert_true(mn_dir_make(p.a, &err));
	put(tmpdir_at(t, "keep/file"), "kept");
	put(tmpdir_at(t, "tree/x/file"), "gone");
	assert_int_equal(symlink(p.a, p.b), 0);
	assert_int_equal(symlink("nowhere", tmpdir_at(t, "tree/dangling")), 0);
	assert_true(mn_path_exists(tmpdir_at(t, "tree/dangling")));
	assert_true(mn_dir_remove(tmpdir_at(t, "tree"), &err));
	assert_false(mn_path_exists(tmpdir_at(t, "tree")));
	assert_true(holds(tmpdir_at(t, "keep/file"), "kept"));
	assert_true(mn_dir_remove(tmpdir_at(t, "tree"), &err));
}

static void
a_tree_too_deep_is_refused(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	char path[512];
	size_t n = (size_t)snprintf(path, sizeof path, "%s", t->path);
	for (int i = 0; i < 40; i++) {
		memcpy(path + n, "/d", 3);
		n += 2;
	}
	assert_true(mn_dir_make(path, &err));
	assert_false(mn_dir_remove(tmpdir_at(t, "d"), &err));
	assert_int_equal(err.code, MN_E_IO);
	assert_non_null(strstr(err.msg, "deeper"));
	/* From inside it can be removed, so nothing is left for the teardown to refuse.
	 */
	path[strlen(t->path) + 20 * 2] = 0;
	assert_true(mn_dir_remove(path, &err));
}

static void
names_are_listed_in_byte_order(void **state)
{
	struct tmpdir *t = *state;
	struct mn_arena root = mn_arena_new(1u << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str *names;
	size_t n;
	char name[16];
	assert_true(mn_dir_list(&a, t->path, &names, &n, &err));
	assert_int_equal(n, 0);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "n%02d", (i * 37) % 100);
		put(tmpdir_at(t, name), "");
	}
	put(tmpdir_at(t, ".hidden"), "");
	put(tmpdir_at(t, "Z"), "");
	assert_true(mn_dir_list(&a, t->path, &names, &n, &err));
	assert_int_equal(n, 102);
	for (size_t i = 1; i < n; i++)
		assert_true(mn_str_cmp(names[i - 1], names[i]) < 0);
	assert_true(
	    mn_str_eq(names[0], MN_S(".hidden")) && mn_str_eq(names[1], MN_S("Z")));
	assert_false(mn_dir_list(&a, tmpdir_at(t, "missing"), &names, &n, &err));
	assert_int_equal(err.code, MN_E_NOINPUT);
	mn_arena_free(root);
}

static void
a_tree_is_published_in_one_step(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct paths p = two(t, "out.tmp", "out");
	for (int i = 0; i < 3; i++) {
		char text[8];
		snprintf(text, sizeof text, "run %d", i);
		assert_true(mn_dir_make(p.a, &err));
		put(tmpdir_at(t, "out.tmp/index"), text);
		if (i == 0)
			put(tmpdir_at(t, "out.tmp/only-first"), "");
		assert_true(mn_tree_sync(p.a, &err) && mn_dir_sync(p.a, &err));
		assert_true(mn_dir_publish(p.a, p.b, &err));
		assert_true(holds(tmpdir_at(t, "out/index"), text));
		assert_int_equal(entries(t->path), 1);
		assert_int_equal(entries(p.b), i == 0 ? 2 : 1);
	}
	assert_false(mn_dir_publish(p.a, p.b, &err));
	assert_int_equal(err.code, MN_E_NOINPUT);
	assert_true(holds(tmpdir_at(t, "out/index"), "run 2"));
}

static void
a_lock_has_one_holder(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_lock one, two_ = {.fd = 0};
	const char *path = tmpdir_at(t, "lock");
	assert_true(mn_lock_file(path, &one, &err));
	assert_false(mn_lock_file(path, &two_, &err));
	assert_int_equal(err.code, MN_E_LOCKED);
	assert_int_equal(two_.fd, -1);
	mn_lock_release(&two_);
	mn_lock_release(&one);
	mn_lock_release(&one);
	assert_true(mn_lock_file(path, &two_, &err));
	mn_lock_release(&two_);
	assert_true(mn_lock_dir(t->path, &one, &err));
	assert_false(mn_lock_dir(t->path, &two_, &err));
	assert_int_equal(err.code, MN_E_LOCKED);
	mn_lock_release(&one);
	assert_false(mn_lock_dir(tmpdir_at(t, "missing"), &one, &err));
	assert_int_equal(err.code, MN_E_NOINPUT);
	assert_int_equal(one.fd, -1);
}

static void
a_lock_ends_with_its_process(void **state)
{
	struct tmpdir *t = *state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_lock l;
	const char *path = tmpdir_at(t, "lock");
	int ready[2], status;
	char byte;
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		bool good = mn_lock_file(path, &l, NULL);
		(void)!write(ready[1], good ? "y" : "n", 1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	assert_false(mn_lock_file(path, &l, &err));
	assert_int_equal(err.code, MN_E_LOCKED);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(mn_lock_file(path, &l, &err));
	mn_lock_release(&l);
	close(ready[0]);
	close(ready[1]);
}

#define WITH_DIR(f) cmocka_unit_test_setup_teardown(f, tmpdir_make, tmpdir_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_DIR(reading_is_bounded),
	    WITH_DIR(only_files_are_read),
	    WITH_DIR(standard_input_is_a_file_named_dash),
	    WITH_DIR(an_output_appears_only_when_committed),
	    WITH_DIR(an_aborted_output_leaves_nothing),
	    WITH_DIR(much_output_in_pieces_is_whole),
	    WITH_DIR(a_full_disk_is_reported_and_cleaned_up),
	    WITH_DIR(directories_are_made_with_their_parents),
	    WITH_DIR(trees_are_removed_without_following_links),
	    WITH_DIR(a_tree_too_deep_is_refused),
	    WITH_DIR(names_are_listed_in_byte_order),
	    WITH_DIR(a_tree_is_published_in_one_step),
	    WITH_DIR(a_lock_has_one_holder),
	    WITH_DIR(a_lock_ends_with_its_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

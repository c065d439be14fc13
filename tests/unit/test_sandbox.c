/* The cage: what it refuses, wall by wall, and what it leaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../engine/base/sandbox_impl.h"

enum { READ, WRITE, NETWORK, PROGRAM, PROCESS, CODE, MEMORY };

/* Only what the kernel has can be tested; what it has must hold. */
static bool
offered(unsigned part)
{
	if (part == MN_BOX_LANDLOCK)
		return mn_sandbox_landlock_abi() > 0;
	if (part == MN_BOX_SECCOMP)
		return mn_sandbox_has_seccomp() && !MN_SANITIZED;
	return true;
}

static void
refused(const struct mn_sandbox_trial *t, int number)
{
	if (t->end != MN_TRIAL_REFUSED || t->number != number)
		fail_msg("%s: %d, %d", t->what, (int)t->end, t->number);
}

static void
stopped(const struct mn_sandbox_trial *t, int signal_number)
{
	if (t->end != MN_TRIAL_STOPPED || t->number != signal_number)
		fail_msg("%s: %d, %d", t->what, (int)t->end, t->number);
}

static void
without_walls_everything_goes(void **state)
{
	struct mn_sandbox_trial t[MN_TRIALS];
	(void)state;
	assert_int_equal(mn_sandbox_try(0, t), 0);
	assert_int_equal(t[READ].end, MN_TRIAL_ALLOWED);
	assert_int_equal(t[PROGRAM].end, MN_TRIAL_ALLOWED);
	assert_int_equal(t[PROCESS].end, MN_TRIAL_ALLOWED);
}

static void
landlock_alone_leaves_no_file(void **state)
{
	struct mn_sandbox_trial t[MN_TRIALS];
	(void)state;
	if (!offered(MN_BOX_LANDLOCK))
		skip();
	assert_int_equal(mn_sandbox_try(MN_BOX_LANDLOCK, t), MN_BOX_LANDLOCK);
	refused(&t[READ], EACCES);
	refused(&t[WRITE], EACCES);
	refused(&t[PROGRAM], EACCES);
	assert_int_equal(t[PROCESS].end, MN_TRIAL_ALLOWED);
}

static void
seccomp_alone_leaves_no_call(void **state)
{
	struct mn_sandbox_trial t[MN_TRIALS];
	(void)state;
	if (!offered(MN_BOX_SECCOMP))
		skip();
	assert_int_equal(mn_sandbox_try(MN_BOX_SECCOMP, t), MN_BOX_SECCOMP);
	refused(&t[READ], EPERM);
	refused(&t[WRITE], EPERM);
	refused(&t[CODE], EPERM);
	stopped(&t[NETWORK], SIGSYS);
	stopped(&t[PROGRAM], SIGSYS);
	stopped(&t[PROCESS], SIGSYS);
	assert_int_equal(t[MEMORY].end, MN_TRIAL_ALLOWED);
}

static void
all_walls_leave_nothing(void **state)
{
	struct mn_sandbox_trial t[MN_TRIALS];
	(void)state;
	if (!offered(MN_BOX_SECCOMP) || !offered(MN_BOX_LANDLOCK))
		skip();
	assert_int_equal(mn_sandbox_try(MN_BOX_ALL, t), MN_BOX_ALL);
	for (unsigned i = 0; i < MN_TRIALS; i++)
		if (t[i].end != MN_TRIAL_REFUSED && t[i].end != MN_TRIAL_STOPPED)
			fail_msg("%s: %d", t[i].what, (int)t[i].end);
	refused(&t[MEMORY], ENOMEM);
}

/* A caged child does what `fn` says; its wait status. */
static int
caged(void (*fn)(int in, int out), int in, int out, const struct mn_sandbox_limits *l)
{
	int status = -1, fd[2] = {in, out};
	pid_t pid = fork();
	if (pid == 0) {
		if (!mn_sandbox_files(fd, 2))
			_exit(9);
		mn_sandbox_enter(MN_BOX_ALL, l);
		fn(fd[0], fd[1]);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static const struct mn_sandbox_limits ROOMY = {
    .more_bytes = 256u << 20, .cpu_seconds = 20, .files = 16};

static void
copy_a_word(int in, int out)
{
	char word[4], *p = malloc(8u << 20);
	if (!p || read(in, word, 4) != 4 || write(out, word, 4) != 4)
		_exit(1);
	free(p);
}

static void
what_is_open_can_be_used(void **state)
{
	int in[2], out[2];
	char word[4] = "";
	(void)state;
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(write(in[1], "word", 4), 4);
	assert_int_equal(caged(copy_a_word, in[0], out[1], &ROOMY), 0);
	assert_int_equal(read(out[0], word, 4), 4);
	assert_memory_equal(word, "word", 4);
	for (int i = 0; i < 2; i++) {
		close(in[i]);
		close(out[i]);
	}
}

static void
use_what_was_closed(int in, int out)
{
	(void)in;
	(void)out;
	for (int fd = 5; fd < 256; fd++)
		if (lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF)
			_exit(1);
}

static void
what_was_open_besides_is_closed(void **state)
{
	FILE *f = tmpfile();
	(void)state;
	assert_non_null(f);
	assert_int_equal(caged(use_what_was_closed, 0, 1, &ROOMY), 0);
	fclose(f);
}

static char *shared;

/* A system call that is given memory which is not there says so. */
static void
show_what_was_shared(int in, int out)
{
	(void)in;
	_exit(write(out, shared, 1) < 0 && errno == EFAULT ? 0 : 1);
}

static void
what_was_shared_for_writing_is_gone(void **state)
{
	FILE *f = tmpfile();
	int out[2];
	(void)state;
	assert_int_equal(ftruncate(fileno(f), 4096), 0);
	/* Read-only now, but it could be made writable. */
	shared = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fileno(f), 0);
	assert_true(shared != MAP_FAILED);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(caged(show_what_was_shared, 0, out[1], &ROOMY), 0);
	assert_int_equal(shared[0], 0); /* here it still is */
	munmap(shared, 4096);
	fclose(f);
	close(out[0]);
	close(out[1]);
}

static void
give_up(int in, int out)
{
	(void)in;
	(void)out;
	abort();
}

static void
an_abort_is_an_abort(void **state)
{
	(void)state;
	int status = caged(give_up, 0, 1, &ROOMY);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(without_walls_everything_goes),
	    cmocka_unit_test(landlock_alone_leaves_no_file),
	    cmocka_unit_test(seccomp_alone_leaves_no_call),
	    cmocka_unit_test(all_walls_leave_nothing),
	    cmocka_unit_test(what_is_open_can_be_used),
	    cmocka_unit_test(what_was_open_besides_is_closed),
	    cmocka_unit_test(what_was_shared_for_writing_is_gone),
	    cmocka_unit_test(an_abort_is_an_abort),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

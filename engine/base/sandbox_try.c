/* Whether the cage holds: what an attacker would try first, tried. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox_impl.h"

/* Each returns true when it got what it wanted; else errno says why not. */

static bool
read_file(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool
write_file(void)
{
	return open("/tmp", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600) >= 0;
}

static bool
use_network(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool
start_program(void)
{
	static char *const ARGS[] = {"true", NULL};
	static char *const NOTHING[] = {NULL};
	execve("/bin/true", ARGS, NOTHING);
	return false; /* not reached when it is allowed: /bin/true ends with 0 */
}

static bool
start_process(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool
make_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		   0) != MAP_FAILED;
}

static bool
take_memory(void)
{
	return mmap(NULL, (size_t)1 << 40, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		   0) != MAP_FAILED;
}

static const struct {
	const char *what;
	bool (*fn)(void);
} TRIAL[MN_TRIALS] = {
    {"read another file", read_file},
    {"write a file", write_file},
    {"use the network", use_network},
    {"start a program", start_program},
    {"start a process", start_process},
    {"make code", make_code},
    {"take a tebibyte of memory", take_memory},
};

/* What a trial's child sends back. */
struct told {
	unsigned in;
	int number; /* errno, or -1: it worked */
};

_Noreturn static void
child(unsigned parts, unsigned trial, int to)
{
	const struct mn_sandbox_limits l = {
	    .more_bytes = 64u << 20, .cpu_seconds = 10, .files = 16};
	struct told t = {0, -1};
	mn_sandbox_files(&to, 1);
	t.in = mn_sandbox_enter(parts, &l);
	/* Before the trial, because it may be the last thing this process does. */
	if (write(to, &t.in, sizeof t.in) != (ssize_t)sizeof t.in)
		_exit(1);
	t.number = TRIAL[trial].fn() ? -1 : errno;
	_exit(write(to, &t.number, sizeof t.number) == (ssize_t)sizeof t.number ? 0 : 1);
}

static unsigned
attempt(unsigned parts, unsigned trial, struct mn_sandbox_trial *out)
{
	struct told t = {0, 0};
	int end[2], status = 0;
	*out = (struct mn_sandbox_trial){TRIAL[trial].what, MN_TRIAL_ODD, 0};
	if (pipe2(end, O_CLOEXEC) != 0)
		return 0;
	pid_t pid = fork();
	if (pid == 0)
		child(parts, trial, end[1]);
	close(end[1]);
	bool entered = read(end[0], &t.in, sizeof t.in) == (ssize_t)sizeof t.in;
	bool back = read(end[0], &t.number, sizeof t.number) == (ssize_t)sizeof t.number;
	close(end[0]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !entered)
		return 0;
	if (back && t.number >= 0) {
		out->end = MN_TRIAL_REFUSED;
		out->number = t.number;
	} else if (back || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
		out->end = MN_TRIAL_ALLOWED;
	} else if (WIFSIGNALED(status)) {
		out->end = MN_TRIAL_STOPPED;
		out->number = WTERMSIG(status);
	}
	return t.in;
}

unsigned
mn_sandbox_try(unsigned parts, struct mn_sandbox_trial out[MN_TRIALS])
{
	unsigned in = parts;
	for (unsigned i = 0; i < MN_TRIALS; i++)
		in &= attempt(parts, i, &out[i]);
	return in;
}

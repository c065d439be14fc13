/* A packed file unpacked by a child in a cage: its parent hashes the packed bytes itself,
 * and keeps what the child sends. */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sandbox.h"
#include "manumit/text/utf8.h"

#include "unpack.h"
#include "patience.h"

#define BLOCK (1u << 16)

/* How it ended, after the last byte, through a pipe of its own. */
struct answer {
	uint32_t good, code;
	uint64_t bytes;
	char msg[sizeof((struct mn_err *)0)->msg];
};

/* ---- the child ---- */

_Noreturn static void
child(mn_unpacker *fn, int from, int to, int tell, const char *path, uint64_t cpu_seconds)
{
	const struct mn_sandbox_limits l = {.more_bytes = MN_PARSER_MEMORY,
	    .cpu_seconds = cpu_seconds,
	    .files = MN_PARSER_FILES};
	struct mn_err err = MN_ERR_NONE;
	struct answer a = {.good = 0};
	struct mn_sha256 unused;
	int fd[3] = {from, to, tell};
	if (!mn_sandbox_files(fd, countof(fd)))
		_exit(1);
	mn_sandbox_enter(MN_BOX_ALL, &l);
	mn_sha256_init(&unused);
	a.good = fn(fd[0], fd[1], path, &unused, &a.bytes, &err);
	a.code = err.code;
	memcpy(a.msg, err.msg, sizeof a.msg);
	close(fd[1]);
	_exit(write(fd[2], &a, sizeof a) == (ssize_t)sizeof a ? 0 : 1);
}

/* ---- the parent ---- */

struct unpacker {
	mn_unpacker *fn;
	int from, to, data, told;
	pid_t pid;
	const char *path;
	struct mn_err *err;
};

static bool
start(struct unpacker *u, uint64_t cpu_seconds)
{
	int data[2], told[2], self = getpid();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, data) != 0)
		return mn_fail_errno(u->err, errno,
		    "start a process for it (--no-sandbox does without)", u->path);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, told) != 0) {
		close(data[0]);
		close(data[1]);
		return mn_fail_errno(u->err, errno,
		    "start a process for it (--no-sandbox does without)", u->path);
	}
	u->pid = fork();
	if (u->pid == 0) {
		if (!mn_sandbox_die_with(self))
			_exit(1);
		child(u->fn, u->from, data[1], told[1], u->path, cpu_seconds);
	}
	int failed = errno;
	close(data[1]);
	close(told[1]);
	u->data = data[0];
	u->told = told[0];
	return u->pid > 0 ||
	       mn_fail_errno(u->err, failed,
		   "start a process for it (--no-sandbox does without)", u->path);
}

static bool
stopped(const struct unpacker *u, const char *why)
{
	return mn_fail(u->err, MN_E_FILE_STOPPED, "%s: %s", u->path, why);
}

static bool
keep(const struct unpacker *u, const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(u->to, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return mn_fail_errno(
			    u->err, w < 0 ? errno : ENOSPC, "unpack", u->path);
		p += w;
		n -= (size_t)w;
	}
	return true;
}

/* What the child sends until it closes its end. It counts as well, but who has taken it
 * over would not. */
static bool
copy(const struct unpacker *u, uint64_t cpu_seconds)
{
	char block[BLOCK];
	uint64_t all = 0;
	struct mn_patience p = mn_patience_new(u->pid, u->data, cpu_seconds);
	for (;;) {
		uint64_t before = mn_clock_us();
		ssize_t n = read(u->data, block, sizeof block);
		if (n == 0)
			return true;
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return mn_fail_errno(u->err, errno, "read", u->path);
		if (!mn_patience_more(&p, mn_clock_us() - before, n > 0))
			return stopped(u, "its unpacker was waited for too long");
		if (n <= 0)
			continue;
		all += (uint64_t)n;
		if (all > MN_MAX_INFLATED + BLOCK * 4)
			return stopped(u, "its unpacker sent more than a file may hold");
		if (!keep(u, block, (size_t)n))
			return false;
	}
}

/* Believed in nothing: a code that exists, words that are words. */
static bool
hear(const struct unpacker *u, uint64_t *bytes)
{
	struct answer a;
	ssize_t n;
	do
		n = recv(u->told, &a, sizeof a, MSG_WAITALL);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof a)
		return stopped(u, "its unpacker ended without an answer");
	if (a.good == 1) {
		*bytes = a.bytes;
		return true;
	}
	a.msg[sizeof a.msg - 1] = 0;
	struct mn_str msg = mn_str_c(a.msg);
	if (a.code == MN_E_NONE || a.code >= MN_E_COUNT || mn_utf8_valid(msg) != msg.n)
		return stopped(u, "its unpacker sent what makes no sense");
	return mn_fail(u->err, (enum mn_code)a.code, "%.*s", MN_FMT(msg));
}

static bool
hash(const struct unpacker *u, struct mn_sha256 *sha, uint64_t size)
{
	char block[BLOCK];
	uint64_t at = 0;
	while (at < size) {
		ssize_t n = pread(u->from, block, sizeof block, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return mn_fail_errno(u->err, n < 0 ? errno : 0, "read", u->path);
		mn_sha256_add(sha, mn_str(block, (size_t)n));
		at += (uint64_t)n;
	}
	return true;
}

bool
mn_unpack_apart(mn_unpacker *fn, int from, int to, const char *path,
    struct mn_sha256 *sha, uint64_t *bytes, struct mn_err *err)
{
	struct unpacker u = {.fn = fn,
	    .from = from,
	    .to = to,
	    .data = -1,
	    .told = -1,
	    .path = path,
	    .err = err};
	struct stat st;
	if (fstat(from, &st) != 0)
		return mn_fail_errno(err, errno, "read", path);
	uint64_t size = st.st_size > 0 ? (uint64_t)st.st_size : 0;
	uint64_t cpu_seconds = MN_PARSER_SECONDS + size / MN_PARSER_BYTES_A_SECOND;
	bool good = start(&u, cpu_seconds) && copy(&u, cpu_seconds) && hear(&u, bytes) &&
		    hash(&u, sha, size);
	if (good && *bytes && *bytes != size)
		good = stopped(&u, "its unpacker did not read all of it");
	if (u.pid > 0) {
		kill(u.pid, SIGKILL);
		while (waitpid(u.pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (u.data >= 0)
		close(u.data);
	if (u.told >= 0)
		close(u.told);
	return good;
}

/* Entering the cage: descriptors, limits, Landlock; what the kernel offers. */
#include <fcntl.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox_impl.h"

/* ---- Landlock ---- */

/* Debian 12's headers know version 2, so the rest is written out (landlock(7)). */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif
#define ASK_VERSION 1u

struct ruleset {
	uint64_t files, network, scoped;
};

/* What each version can take away; a ruleset that takes it and adds no rule leaves
 * nothing. bytes: of the structure that version knows. */
static const struct {
	struct ruleset take;
	size_t bytes;
} VERSION[] = {
    {{0, 0, 0}, 0},
    {{0x1fff, 0, 0}, 8},  /* 1: reading, writing, running, making, removing */
    {{0x3fff, 0, 0}, 8},  /* 2: moving between directories */
    {{0x7fff, 0, 0}, 8},  /* 3: truncating */
    {{0x7fff, 3, 0}, 16}, /* 4: TCP, binding and connecting */
    {{0xffff, 3, 0}, 16}, /* 5: ioctl of devices */
    {{0xffff, 3, 3}, 24}, /* 6: abstract sockets and signals of others */
};

int
mn_sandbox_landlock_abi(void)
{
	long v = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, ASK_VERSION);
	return v > 0 ? (int)v : 0;
}

static bool
landlock(void)
{
	int abi = mn_sandbox_landlock_abi(), newest = (int)countof(VERSION) - 1;
	int v = abi < newest ? abi : newest;
	if (v == 0)
		return false;
	long fd =
	    syscall(SYS_landlock_create_ruleset, &VERSION[v].take, VERSION[v].bytes, 0u);
	if (fd < 0)
		return false;
	bool done = syscall(SYS_landlock_restrict_self, (int)fd, 0u) == 0;
	close((int)fd);
	return done;
}

/* ---- limits ---- */

static bool
limit(unsigned what, uint64_t to)
{
	struct rlimit r;
	if (getrlimit(what, &r) != 0)
		return false;
	r.rlim_max = r.rlim_max < to ? r.rlim_max : to;
	r.rlim_cur = r.rlim_max;
	return setrlimit(what, &r) == 0;
}

/* Processor time: first a signal that tells why, then the one that cannot be ignored. */
static bool
limit_cpu(uint64_t seconds)
{
	struct rlimit r;
	if (getrlimit(RLIMIT_CPU, &r) != 0)
		return false;
	if (r.rlim_max > seconds + 1)
		r.rlim_max = seconds + 1;
	r.rlim_cur = r.rlim_max < seconds ? r.rlim_max : seconds;
	return setrlimit(RLIMIT_CPU, &r) == 0;
}

/* Bytes of addresses in use; 0: unknown. */
static uint64_t
mapped_bytes(void)
{
	unsigned long long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");
	if (f && fscanf(f, "%llu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* All that can be set, also when one of them cannot. */
static bool
limits(const struct mn_sandbox_limits *l)
{
	uint64_t mapped = mapped_bytes();
	bool good = limit(RLIMIT_CORE, 0);
	good = limit(RLIMIT_FSIZE, 0) && good;
	good = limit_cpu(l->cpu_seconds) && good;
	good = limit(RLIMIT_NOFILE, l->files) && good;
	if (MN_SANITIZED)
		return good;
	return mapped && limit(RLIMIT_AS, mapped + l->more_bytes) && good;
}

/* When memory runs out, this process is a better victim than the one that started it:
 * three tenths of the machine are added to what it is counted for. */
static void
offer_to_oom_killer(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	ssize_t ignored = fd >= 0 ? write(fd, "300", 3) : 0;
	(void)ignored;
	if (fd >= 0)
		close(fd);
}

/* ---- entering ---- */

/* close_range, or as far as descriptors can go. */
static void
close_from(unsigned first)
{
	struct rlimit r;
#ifdef SYS_close_range
	if (syscall(SYS_close_range, first, ~0u, 0u) == 0)
		return;
#endif
	uint64_t end = getrlimit(RLIMIT_NOFILE, &r) == 0 ? r.rlim_cur : 1024;
	for (uint64_t fd = first; fd < end && fd < 1u << 20; fd++)
		close((int)fd);
}

/* Pages shared with a file that was open for writing can be made writable, without that
 * file being opened: a store under construction is mapped so. They go. */
static void
unmap_shared(void)
{
	char line[512];
	unsigned long from = 0, to = 0, a, b;
	FILE *f = fopen("/proc/self/smaps", "re");
	while (f && fgets(line, sizeof line, f)) {
		if (sscanf(line, "%lx-%lx ", &a, &b) == 2) {
			from = a;
			to = b;
		} else if (strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " sh") &&
			   strstr(line, " mw")) {
			munmap((void *)from, to - from);
		}
	}
	if (f)
		fclose(f);
}

bool
mn_sandbox_files(int *fd, unsigned n)
{
	int at[4], null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (n > countof(at))
		return false;
	unmap_shared();
	/* Out of the way first: one may stand where another has to go. */
	for (unsigned i = 0; i < n; i++)
		if ((at[i] = fcntl(fd[i], F_DUPFD, 16)) < 0)
			return false;
	/* A sanitizer tells on 2 what it found. */
	for (int i = 0; i < (MN_SANITIZED ? 2 : 3); i++)
		if (null < 0 || dup2(null, i) < 0)
			close(i);
	for (unsigned i = 0; i < n; i++)
		if ((fd[i] = dup2(at[i], 3 + (int)i)) < 0)
			return false;
	close_from(3 + n);
	return true;
}

bool
mn_sandbox_die_with(int parent_pid)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent_pid;
}

/* What a signal does is what the system does: handlers and ignored signals are inherited,
 * and a crash has to look like one. */
static void
forget_handlers(void)
{
	for (int i = 1; i < NSIG && !MN_SANITIZED; i++)
		signal(i, SIG_DFL);
}

/* A heap of its own is made by changing what memory may be used for, which the filter
 * refuses; then each piece of memory would be mapped by itself. So there is one heap. */
static void
start_threads(const struct mn_sandbox_limits *l)
{
	if (!MN_SANITIZED)
		mallopt(M_ARENA_MAX, 1);
	l->threads(l->ctx);
}

unsigned
mn_sandbox_enter(unsigned parts, const struct mn_sandbox_limits *l)
{
	unsigned in = 0;
	prctl(PR_SET_NAME, "manumit-caged", 0, 0, 0); /* for ps */
	forget_handlers();
	if (parts & MN_BOX_LIMITS) {
		offer_to_oom_killer();
		if (!MN_SANITIZED)
			prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* no core, not to a pipe */
		in |= limits(l) ? MN_BOX_LIMITS : 0;
	}
	/* Without this neither of the others can be had by an ordinary user. */
	bool locked = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	if (locked && (parts & MN_BOX_LANDLOCK) && landlock())
		in |= MN_BOX_LANDLOCK;
	/* Threads take over what is in force of their creator, and the filter takes in
	 * those that are there. */
	if (l->threads)
		start_threads(l);
	if ((parts & MN_BOX_LIMITS) && !limit(RLIMIT_NPROC, 0))
		in &= ~(unsigned)MN_BOX_LIMITS;
	if (!locked)
		return in;
	if ((parts & MN_BOX_SECCOMP) && mn_seccomp_enter())
		in |= MN_BOX_SECCOMP;
	return in;
}

bool
mn_sandbox_has_seccomp(void)
{
	uint32_t action = SECCOMP_RET_KILL_PROCESS;
	return mn_seccomp_built() &&
	       syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0u, &action) == 0;
}

/*
 * The filter of system calls, written as a BPF table (seccomp(2)); no library, because
 * the filter is one list. Three answers: what a parser needs is allowed; what only an
 * attacker tries (another program, the network, another process) ends the process at
 * once, so that it is seen; everything else fails with EPERM, which libraries that only
 * ask (for a locale, for the size of memory) take for an answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox_impl.h"

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define FOREIGN 0x40000000u /* numbers of the x32 interface begin here */
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#define FOREIGN 0x7fffffffu
#else
#define ARCH 0 /* numbers not looked up: no filter */
#define FOREIGN 0x7fffffffu
#endif

#define MOST 320 /* instructions; the lists below take two each */

static const int ALLOWED[] = {SYS_read, SYS_pread64, SYS_readv, SYS_write, SYS_writev,
    SYS_lseek, SYS_close, SYS_dup, SYS_fstat, SYS_newfstatat, SYS_munmap, SYS_mremap,
    SYS_madvise, SYS_brk, SYS_futex, SYS_clock_gettime, SYS_clock_getres,
    SYS_gettimeofday, SYS_getrandom, SYS_getpid, SYS_gettid, SYS_rt_sigreturn,
    SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_sigaltstack, SYS_restart_syscall,
    SYS_sched_yield, SYS_sysinfo, SYS_uname, SYS_exit, SYS_exit_group};

static const int ATTACKS[] = {
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
    SYS_clone, SYS_clone3, SYS_execve, SYS_execveat, SYS_socket, SYS_socketpair,
    SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg,
    SYS_sendmmsg, SYS_recvfrom, SYS_recvmsg, SYS_recvmmsg, SYS_ptrace,
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill, SYS_tkill,
    SYS_pidfd_send_signal, SYS_pidfd_getfd, SYS_mount, SYS_umount2, SYS_pivot_root,
    SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_keyctl, SYS_add_key, SYS_request_key,
    SYS_io_uring_setup, SYS_userfaultfd, SYS_perf_event_open, SYS_open_by_handle_at,
    SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_reboot};

/* Calls whose argument decides. Only the lower half is compared: the kernel looks at no
 * more of these. */
static const int FCNTL[] = {F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC};

struct table {
	struct sock_filter f[MOST];
	unsigned short n;
};

static void
add(struct table *t, unsigned code, uint32_t k, unsigned char yes, unsigned char no)
{
	if (t->n < MOST)
		t->f[t->n++] = (struct sock_filter){(unsigned short)code, yes, no, k};
}

static void
load(struct table *t, size_t offset)
{
	add(t, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void
answer(struct table *t, uint32_t action)
{
	add(t, BPF_RET | BPF_K, action, 0, 0);
}

/* If the loaded word is k, this answer. */
static void
when(struct table *t, uint32_t k, uint32_t action)
{
	add(t, BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1);
	answer(t, action);
}

#define REFUSE (SECCOMP_RET_ERRNO | EPERM)
/* Lower half of an argument; both machines above are little-endian. */
#define ARG(i) (offsetof(struct seccomp_data, args) + 8 * (size_t)(i))

/* Memory that is code, or becomes anything else than it is, is refused. */
static void
protection(struct table *t, int call, uint32_t refused)
{
	add(t, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
	load(t, ARG(2));
	add(t, BPF_JMP | BPF_JSET | BPF_K, refused, 0, 1);
	answer(t, REFUSE);
	answer(t, SECCOMP_RET_ALLOW);
}

/* Owners and signals of descriptors would reach other processes. */
static void
some_fcntl(struct table *t)
{
	add(t, BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 2 + 2 * countof(FCNTL));
	load(t, ARG(1));
	for (size_t i = 0; i < countof(FCNTL); i++)
		when(t, (uint32_t)FCNTL[i], SECCOMP_RET_ALLOW);
	answer(t, REFUSE);
}

/* abort() signals its own thread. */
static void
own_signals(struct table *t)
{
	add(t, BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 4);
	load(t, ARG(0));
	when(t, (uint32_t)getpid(), SECCOMP_RET_ALLOW);
	answer(t, SECCOMP_RET_KILL_PROCESS);
}

static void
build(struct table *t)
{
	load(t, offsetof(struct seccomp_data, arch));
	add(t, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
	answer(t, SECCOMP_RET_KILL_PROCESS);
	load(t, offsetof(struct seccomp_data, nr));
	add(t, BPF_JMP | BPF_JGE | BPF_K, FOREIGN, 0, 1);
	answer(t, SECCOMP_RET_KILL_PROCESS);
	for (size_t i = 0; i < countof(ALLOWED); i++)
		when(t, (uint32_t)ALLOWED[i], SECCOMP_RET_ALLOW);
	for (size_t i = 0; i < countof(ATTACKS); i++)
		when(t, (uint32_t)ATTACKS[i], SECCOMP_RET_KILL_PROCESS);
	protection(t, SYS_mmap, PROT_EXEC);
	protection(t, SYS_mprotect, PROT_EXEC | PROT_WRITE);
	some_fcntl(t);
	own_signals(t);
	answer(t, REFUSE);
}

bool
mn_seccomp_built(void)
{
	return ARCH != 0;
}

bool
mn_seccomp_enter(void)
{
	struct table t = {.n = 0};
	if (!mn_seccomp_built() || MN_SANITIZED)
		return false;
	build(&t);
	struct sock_fprog prog = {t.n, t.f};
	/* Of all threads, or of none. */
	return t.n < MOST && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
				 SECCOMP_FILTER_FLAG_TSYNC, &prog) == 0;
}

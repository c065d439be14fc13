/*
 * A cage for the parser of a file that nobody trusts. A process that enters keeps what it
 * has open and mapped, and may read, write to its pipes, compute and end: no file is
 * opened, no network used, no program or process started. Three walls, each as far as
 * the kernel has it: Landlock (no file by name), seccomp (no system call that a parser
 * does not need), resource limits. None needs privileges; all bind root too. Built for
 * the parsers of connectors/; a child enters right after fork, never the program itself.
 */
#ifndef MN_BASE_SANDBOX_H
#define MN_BASE_SANDBOX_H

#include "manumit/base/str.h"

enum mn_sandbox_part {
	MN_BOX_LANDLOCK = 1,
	MN_BOX_SECCOMP = 2,
	MN_BOX_LIMITS = 4,
	MN_BOX_ALL = 7
};

struct mn_sandbox_limits {
	uint64_t more_bytes;  /* address space beyond what is mapped on entry */
	uint64_t cpu_seconds; /* of the process; SIGXCPU past it */
	uint32_t files;       /* open at a time; writing to files is refused anyway */
	/* Starts threads, which are caged as well; afterwards none can be. NULL: none. */
	void (*threads)(void *ctx);
	void *ctx;
};

/* Unmaps what is shared with files that may be written to, and closes everything the
 * process has open but fd[0..n), which become descriptors 3, 4, ...
 * (fd is updated); 0, 1 and 2 become the null device, or closed where there is none.
 * False when that fails. n <= 4. */
bool mn_sandbox_files(int *fd, unsigned n);
/* Enters, for good. Returns the parts that are in force: fewer than asked for where the
 * kernel, or a sanitizer that watches this program, does not allow more. */
unsigned mn_sandbox_enter(unsigned parts, const struct mn_sandbox_limits *l);
/* Ends this process when its parent is gone. False when it is gone already. */
bool mn_sandbox_die_with(int parent_pid);

/* What the kernel offers: version of Landlock (0: none), and whether it knows seccomp
 * filters and this program has one for the machine. */
int mn_sandbox_landlock_abi(void);
bool mn_sandbox_has_seccomp(void);

/* What a caged process can still do: each trial is made in a child that enters first. */
enum mn_trial_end { MN_TRIAL_REFUSED, MN_TRIAL_STOPPED, MN_TRIAL_ALLOWED, MN_TRIAL_ODD };
struct mn_sandbox_trial {
	const char *what; /* "read another file", static */
	enum mn_trial_end end;
	int number; /* errno of a refusal, signal of a stop */
};
#define MN_TRIALS 7
/* Parts in force (all trials enter with `parts`); out is filled. */
unsigned mn_sandbox_try(unsigned parts, struct mn_sandbox_trial out[MN_TRIALS]);

#endif

/* Commands that are told what happened: run without a shell, in an environment of their
 * own, so that neither names nor tokens reach what they should not. */
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "lists.h"

#define WORDS 32
#define KEPT 4 /* variables of ours that a command needs to run at all */

static const char *
variable(struct mn_arena *a, const char *name, struct mn_str value)
{
	return mn_arena_fmt(a, "%s=%.*s%c", name, MN_FMT(value), 0).p;
}

static void
environment(struct mn_arena *a, const struct mn_cli_var *told, size_t n_told, char *env[])
{
	static const char *const KEEP[KEPT] = {"PATH", "HOME", "LANG", "TMPDIR"};
	size_t n = 0;
	for (size_t i = 0; i < KEPT; i++)
		if (getenv(KEEP[i]))
			env[n++] = (char *)(uintptr_t)variable(
			    a, KEEP[i], mn_str_c(getenv(KEEP[i])));
	for (size_t i = 0; i < n_told; i++)
		env[n++] = (char *)(uintptr_t)variable(a, told[i].name, told[i].value);
	env[n] = NULL;
}

static size_t
words(struct mn_arena *a, const char *command, char *argv[WORDS + 1])
{
	size_t n = 0;
	for (struct mn_str rest = mn_str_c(command); rest.p && n < WORDS;) {
		struct mn_str word = mn_str_cut(&rest, ' ');
		if (word.n)
			argv[n++] = mn_arena_cstr(a, word);
	}
	argv[n] = NULL;
	return n;
}

void
mn_cli_spawn(const char *command, const struct mn_cli_var *told, size_t n_told)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	char *argv[WORDS + 1], *env[KEPT + MN_CLI_VARS + 1];
	pid_t pid;
	int status = 0;
	if (command && words(&a, command, argv)) {
		environment(&a, told, n_told, env);
		int failed = posix_spawnp(&pid, argv[0], NULL, NULL, argv, env);
		if (failed)
			fprintf(stderr, "manumit: %s: cannot be run: %s\n", argv[0],
			    strerror(failed));
		else if (waitpid(pid, &status, 0) == pid && status != 0)
			fprintf(stderr, "manumit: %s: ended with status %d\n", argv[0],
			    WIFEXITED(status) ? WEXITSTATUS(status)
					      : 128 + WTERMSIG(status));
	}
	mn_arena_free(root);
}

void
mn_cli_hook(const char *command, const struct mn_fetch_status *s, const char *outcome,
    const char *error)
{
	char rows[24];
	snprintf(rows, sizeof rows, "%lld", (long long)s->rows);
	const struct mn_cli_var told[] = {{"MANUMIT_SOURCE", s->source},
	    {"MANUMIT_FILE", mn_str_c(s->there ? s->path : "")},
	    {"MANUMIT_OUTCOME", mn_str_c(outcome)},
	    {"MANUMIT_ROWS", mn_str_c(s->rows < 0 ? "" : rows)},
	    {"MANUMIT_ERROR", mn_str_c(error)}};
	mn_cli_spawn(command, told, countof(told));
}

/* Private to the room: the directory of fetched lists. */
#ifndef MN_CLI_LISTS_H
#define MN_CLI_LISTS_H

#include "manumit/connectors/fetch.h"
#include "manumit/pack/pack.h"

#include "cli.h"

/* DIR/lists of -d, else manumit/lists in the user's cache. NULL when there is no home. */
const char *mn_cli_lists_dir(struct mn_cli *c);
/* The pinned keys: those of --key, else of connectors/keys/. */
bool mn_cli_keys(struct mn_cli *c, struct mn_sign_keys *keys, struct mn_err *err);
/* The packs of a store when -d is given, else those that a run would use. */
const struct mn_pack *mn_cli_packs(struct mn_cli *c, struct mn_err *err);
/* Whether the signature beside a pack holds and is no step back from the packs in use; it
 * must be there when --key is given. *how tells what was checked. */
bool mn_cli_pack_signed(
    struct mn_cli *c, const char *path, const char **how, struct mn_err *err);
/* Replaces inputs called @ID by the fetched copy of that source. A copy older than it
 * should be is refused, or with --allow-stale used and said. -1: go on, else the exit
 * status. */
int mn_cli_lists_inputs(struct mn_cli *c);
/* Prints what is known of the sources named, or of all; exit status. */
int mn_cli_lists_print(
    struct mn_cli *c, const struct mn_mappings *m, const size_t *which, size_t n);
/* What a command is told in its environment. */
struct mn_cli_var {
	const char *name;
	struct mn_str value;
};
#define MN_CLI_VARS 16
void mn_cli_spawn(const char *command, const struct mn_cli_var *told, size_t n_told);
/* Runs a command, its words split at blanks, without a shell, with what happened in its
 * environment. Says when it fails. */
void mn_cli_hook(const char *command, const struct mn_fetch_status *s,
    const char *outcome, const char *error);

#endif

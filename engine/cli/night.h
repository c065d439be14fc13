/* Private to the room: `manumit run`, its configuration and what it tells. */
#ifndef MN_CLI_NIGHT_H
#define MN_CLI_NIGHT_H

#include "manumit/base/json.h"

#include "cli.h"

#define MN_NIGHT_WORDS 1024 /* of a command line made of a section */

/* What screen leaves of its result when a run asks for it. */
struct mn_night {
	uint64_t generations;
	struct mn_run_result result;
	bool done; /* result is there */
};

/* The configuration: one JSON object. "fetch" and "screen" hold the long options of these
 * commands, so a mistake is told as on the command line. */
struct mn_night_config {
	struct mn_json *json;
	const char *path, *data_dir, *inbox, *metrics, *log;
	const char *on_change, *on_failure; /* commands */
	uint64_t keep;                      /* generations */
	int fetch_argc, screen_argc;        /* 0: no such section */
	char *fetch_argv[MN_NIGHT_WORDS], *screen_argv[MN_NIGHT_WORDS];
	const char *output; /* of screen */
};
/* Reads and checks it; paths in it are relative to its folder. out->json is the caller's
 * to free, also when it fails. */
bool mn_night_read(struct mn_arena *a, const char *path, struct mn_night_config *out,
    struct mn_err *err);

/* How it went, in the log (a line of JSON), as metrics, and to the hooks. */
struct mn_night_end {
	int status, fetch_status;
	struct mn_when began;
	uint64_t wall_us;
	bool quiet; /* says nothing on the terminal */
	const struct mn_night *night;
};
bool mn_night_tell(
    const struct mn_night_config *n, const struct mn_night_end *e, struct mn_err *err);

#endif

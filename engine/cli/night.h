/* Private to the room: `manumit run`, its configuration and what it tells. */
#ifndef MN_CLI_NIGHT_H
#define MN_CLI_NIGHT_H

#include "manumit/base/json.h"
#include "manumit/connectors/send.h"

#include "cli.h"

#define MN_NIGHT_WORDS 1024 /* of a command line made of a section */

/* What screen leaves of its result when a run asks for it. */
struct mn_night {
	uint64_t generations;
	uint64_t told; /* the generation that was told of last, 0: not known */
	struct mn_run_result result;
	bool done; /* result is there */
};

/* Where alerts go to. Secrets come from the environment or from a file. */
enum mn_alert_way { MN_BY_WEBHOOK, MN_BY_MAIL, MN_ALERT_WAYS };
#define MN_MAIL_TO 16
struct mn_where {
	bool on, loopback;
	const char *url, *url_env, *url_file; /* of these one */
	const char *secret_env, *secret_file;
	const char *header; /* before the token: "Authorization: Bearer" */
	const char *user, *from, *ca_file;
	const char *to[MN_MAIL_TO];
	uint32_t n_to, tries, timeout_s;
};
const char *mn_alert_way_name(unsigned way); /* "webhook", "mail" */

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
	struct mn_where where[MN_ALERT_WAYS];
};
/* Reads the section of a way. */
bool mn_night_where(struct mn_arena *a, struct mn_night_config *n, enum mn_alert_way way,
    const struct mn_json *map, struct mn_err *err);
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
	struct mn_alerted {
		bool due, sent;
		struct mn_sent how;
	} alerted[MN_ALERT_WAYS];
};
/* Did nothing change since the night before? */
bool mn_night_quiet(const struct mn_night_end *e);
bool mn_night_failed(const struct mn_night_end *e);
/* Sends what there is to tell. Whatever becomes of it stands in e->alerted and on
 * standard error; the night's result is published already. */
void mn_night_alert(
    struct mn_arena *a, const struct mn_night_config *n, struct mn_night_end *e);
/* The alert as JSON, and as a mail: names, bands and causes, nothing else of the
 * report. */
void mn_alert_json(const struct mn_night_config *n, const struct mn_night_end *e,
    struct mn_arena *a, struct mn_buf *out);
void mn_alert_mail(const struct mn_night_config *n, const struct mn_night_end *e,
    const char *key, struct mn_arena *a, struct mn_buf *out);
bool mn_night_tell(
    const struct mn_night_config *n, const struct mn_night_end *e, struct mn_err *err);

#endif

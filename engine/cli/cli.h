/*
 * Private to the room: the command table, options, and the only places that print.
 */
#ifndef MN_CLI_CLI_H
#define MN_CLI_CLI_H

#include <stdio.h>

#include "manumit/connectors/mapping.h"
#include "manumit/report/messages.h"
#include "manumit/run/run.h"

#define MN_MAX_INPUTS 256

/* Every option of every command; a command lists the ones it takes. */
enum mn_option {
	MN_O_FEES,
	MN_O_INSPECTIONS,
	MN_O_FINDINGS,
	MN_O_WATCHLIST,
	MN_O_SUPPLIERS,
	MN_O_CATEGORIES,
	MN_O_ACTIVITIES,
	MN_O_ACTIONS,
	MN_O_TRAINING,
	MN_O_REMEDIATION,
	MN_O_PROFILE,
	MN_O_RATES,
	MN_O_SURVEY,
	MN_O_TAILOR,
	MN_O_SENSITIVITY,
	MN_O_COUNTRY_PACK,
	MN_O_CODES,
	MN_O_NO_SHIPPED,
	MN_O_OUTPUT,
	MN_O_DATA_DIR,
	MN_O_AS_OF,
	MN_O_JOBS,
	MN_O_FORCE,
	MN_O_FAIL_ON,
	MN_O_AUDIENCE,
	MN_O_WORKER_KEY,
	MN_O_DOSSIERS,
	MN_O_STATS,
	MN_O_SHARE,
	MN_O_LANG,
	MN_O_NO_SANDBOX,
	MN_O_KIND,
	MN_O_PAIRS,
	MN_O_NAMES,
	MN_O_COUNTRY,
	MN_O_ADDRESS,
	MN_O_TOP,
	MN_O_SAME,
	MN_O_DIFFERENT,
	MN_O_REASON,
	MN_O_EXPIRES,
	MN_O_BY,
	MN_O_FROM,
	MN_O_LIST,
	MN_O_OFFLINE,
	MN_O_MIRROR,
	MN_O_KEY,
	MN_O_KEEP,
	MN_O_MAX_AGE,
	MN_O_ALLOW_STALE,
	MN_O_ON_UPDATE,
	MN_O_ON_ERROR,
	MN_O_PROXY,
	MN_O_CA_FILE,
	MN_O_LOOPBACK,
	MN_O_ON_LIST,
	MN_O_GATE,
	MN_O_MIN_P,
	MN_O_SAME_COUNTRY,
	MN_O_EXPECT,
	MN_O_JSON,
	MN_O_MARKDOWN,
	MN_O_ENCODING,
	MN_O_MAPPING,
	MN_O_WRITE_MAPPING,
	MN_O_MODEL,
	MN_O_CAPACITY,
	MN_O_RANDOM_SHARE,
	MN_O_RESERVE,
	MN_O_COVERAGE,
	MN_O_COOL_DOWN,
	MN_O_NEVER,
	MN_O_SEASONS,
	MN_O_SEED,
	MN_O_MONTH,
	MN_O_SWAP,
	MN_O_DEFER,
	MN_O_WHO,
	MN_O_SPLIT,
	MN_O_SITES,
	MN_O_DUE,
	MN_O_LAW,
	MN_O_YEAR,
	MN_O_QUIET,
	MN_O_VERBOSE,
	MN_O_NO_PROGRESS,
	MN_O_COLOR,
	MN_O_HELP,
	MN_O_VERSION,
	MN_O_EDGES,
	MN_O_COUNT
};
/* A set of options. There are more than 64, and GCC and Clang both have the wider
 * integer. */
__extension__ typedef unsigned __int128 mn_option_set;
#define MN_BIT(o) ((mn_option_set)1 << (o))
_Static_assert(MN_O_COUNT <= 128, "an option does not fit the set");

struct mn_night;

struct mn_cli {
	const struct mn_command *command;
	const char *self; /* argv[0], for finding the data beside the program */
	struct mn_run_input input[MN_MAX_INPUTS]; /* suppliers first */
	uint32_t n_input;
	const char *arg[MN_MAX_INPUTS]; /* what is not an option */
	uint32_t n_arg;
	const char *tailor[MN_MAX_INPUTS]; /* tailoring files */
	uint32_t n_tailor;
	bool sensitivity;
	const char *output, *data_dir, *share;
	const char *lang;         /* of pages, a template, or questions */
	const char *country_pack; /* takes the place of the shipped series */
	const char *pairs, *names, *country, *address; /* of match */
	uint64_t top;
	uint64_t jobs;                      /* threads: -j, or one a processor */
	const char *reason, *by, *from;     /* of decide */
	const char *on_list, *gate, *min_p; /* and of its rows decided at once */
	bool same_country;
	uint64_t expect;
	const char *offline, *mirror, *key, *on_update, *on_error; /* of fetch */
	const char *proxy, *ca_file;
	uint32_t keep;
	int64_t max_age; /* days, -1: as each source says */
	bool list, allow_stale, loopback;
	const char *encoding, *mapping, *write_mapping, *worker_key;
	const char *model; /* of estimate */
	/* of plan; kept as written, read by the command */
	const char *capacity, *random_share, *reserve, *coverage, *cool_down, *never;
	const char *seasons, *seed, *month, *swap, *defer, *who;
	const char *split, *sites; /* of backtest */
	const char *law;           /* of statement */
	int32_t due;
	bool top_said;
	uint64_t year; /* 0: not given */
	int32_t expires;
	int32_t as_of;
	bool force, stats, json, markdown, quiet, verbose, progress, same, different;
	bool no_sandbox, no_shipped;
	enum mn_kind kind;    /* MN_K_COUNT: not given */
	enum mn_band fail_on; /* MN_BANDS: not given */
	enum mn_band dossiers_from;
	bool dossiers_auto;
	enum mn_audience audience;
	struct mn_night *night; /* of run; NULL: screen was called by itself */
	struct mn_arena arena;
};

struct mn_command {
	const char *name, *args, *help;
	mn_option_set options;
	int (*fn)(struct mn_cli *c);
};

extern const struct mn_command MN_COMMANDS[];
extern const size_t MN_N_COMMANDS;

/* Reads the command line into c; on a mistake prints what and the nearest known word, and
 * returns the exit status; -1: go on. */
int mn_cli_parse(int argc, char **argv, struct mn_cli *c);
void mn_cli_usage(FILE *to, const struct mn_command *command);
/* Prints an error with its remedy; returns its exit status. */
int mn_cli_fail(const struct mn_err *err);
/* The directory with indicators/ and connectors/. */
const char *mn_cli_share(struct mn_cli *c);
/* The connectors' tables with what the user said of the inputs, for files that are parsed
 * in a sandbox unless --no-sandbox. */
const struct mn_mappings *mn_cli_mappings(struct mn_cli *c, struct mn_err *err);
/* The words for countries; NULL and err. */
const struct mn_countries *mn_cli_countries(struct mn_cli *c, struct mn_err *err);
/* Texts of pages in the language of --lang, NULL: English; the user is told when nobody
 * reviewed them. False and err when there is no such language. */
bool mn_cli_messages(
    struct mn_cli *c, const struct mn_messages **out, struct mn_err *err);
/* The published run of -d DIR (store or report) with the words for countries; close it
 * with mn_gen_close. NULL and err. */
struct mn_gen *mn_cli_run(
    struct mn_cli *c, const struct mn_countries **countries, struct mn_err *err);
/* Writes a buffer to standard output; exit status. */
int mn_cli_print(const struct mn_buf *b);

/* pack import FILE -o PACK.json */
int mn_cli_pack_import(struct mn_cli *c);

/* audit export ENTITY -o FILE.zip */
int mn_cli_audit_export(struct mn_cli *c);

int mn_cmd_run(struct mn_cli *c);
int mn_cmd_screen(struct mn_cli *c);
int mn_cmd_check(struct mn_cli *c);
int mn_cmd_explain(struct mn_cli *c);
int mn_cmd_diff(struct mn_cli *c);
int mn_cmd_pack(struct mn_cli *c);
int mn_cmd_template(struct mn_cli *c);
int mn_cmd_match(struct mn_cli *c);
int mn_cmd_decide(struct mn_cli *c);
int mn_cmd_record(struct mn_cli *c);
int mn_cmd_audit(struct mn_cli *c);
int mn_cmd_doctor(struct mn_cli *c);
int mn_cmd_fetch(struct mn_cli *c);
int mn_cmd_estimate(struct mn_cli *c);
int mn_cmd_plan(struct mn_cli *c);
int mn_cmd_backtest(struct mn_cli *c);
int mn_cmd_tender(struct mn_cli *c);
int mn_cmd_statement(struct mn_cli *c);
int mn_cmd_ask(struct mn_cli *c);
int mn_cmd_answers(struct mn_cli *c);

#endif

/* manumit: the program. */
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

#define COMMON \
	(MN_BIT(MN_O_SHARE) | MN_BIT(MN_O_QUIET) | MN_BIT(MN_O_VERBOSE) | \
	    MN_BIT(MN_O_HELP) | MN_BIT(MN_O_COLOR) | MN_BIT(MN_O_NO_PROGRESS) | \
	    MN_BIT(MN_O_VERSION))

const struct mn_command MN_COMMANDS[] = {
    {"screen", "SUPPLIERS...",
	"screen a supplier list and write the due-diligence report",
	COMMON | MN_BIT(MN_O_FEES) | MN_BIT(MN_O_INSPECTIONS) | MN_BIT(MN_O_FINDINGS) |
	    MN_BIT(MN_O_WATCHLIST) | MN_BIT(MN_O_SUPPLIERS) | MN_BIT(MN_O_CATEGORIES) |
	    MN_BIT(MN_O_CODES) | MN_BIT(MN_O_RATES) | MN_BIT(MN_O_ACTIVITIES) |
	    MN_BIT(MN_O_ACTIONS) | MN_BIT(MN_O_TRAINING) | MN_BIT(MN_O_REMEDIATION) |
	    MN_BIT(MN_O_PROFILE) | MN_BIT(MN_O_SURVEY) | MN_BIT(MN_O_TAILOR) |
	    MN_BIT(MN_O_COUNTRY_PACK) | MN_BIT(MN_O_SENSITIVITY) | MN_BIT(MN_O_OUTPUT) |
	    MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_AS_OF) | MN_BIT(MN_O_JOBS) |
	    MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_FAIL_ON) | MN_BIT(MN_O_AUDIENCE) |
	    MN_BIT(MN_O_WORKER_KEY) | MN_BIT(MN_O_DOSSIERS) | MN_BIT(MN_O_STATS) |
	    MN_BIT(MN_O_NO_SANDBOX) | MN_BIT(MN_O_MAX_AGE) | MN_BIT(MN_O_ALLOW_STALE) |
	    MN_BIT(MN_O_NO_SHIPPED) | MN_BIT(MN_O_ENCODING) | MN_BIT(MN_O_MAPPING) |
	    MN_BIT(MN_O_EDGES) | MN_BIT(MN_O_LANG),
	mn_cmd_screen},
    {"run", "CONFIG", "fetch, screen and compare as a file says: for the night",
	COMMON | MN_BIT(MN_O_AS_OF), mn_cmd_run},
    {"tender", "FILE...", "screen the bidders of tenders: one page a lot",
	COMMON | MN_BIT(MN_O_FEES) | MN_BIT(MN_O_INSPECTIONS) | MN_BIT(MN_O_FINDINGS) |
	    MN_BIT(MN_O_WATCHLIST) | MN_BIT(MN_O_SUPPLIERS) | MN_BIT(MN_O_CATEGORIES) |
	    MN_BIT(MN_O_CODES) | MN_BIT(MN_O_RATES) | MN_BIT(MN_O_ACTIVITIES) |
	    MN_BIT(MN_O_ACTIONS) | MN_BIT(MN_O_TRAINING) | MN_BIT(MN_O_REMEDIATION) |
	    MN_BIT(MN_O_PROFILE) | MN_BIT(MN_O_SURVEY) | MN_BIT(MN_O_TAILOR) |
	    MN_BIT(MN_O_SENSITIVITY) | MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_DATA_DIR) |
	    MN_BIT(MN_O_AS_OF) | MN_BIT(MN_O_JOBS) | MN_BIT(MN_O_FORCE) |
	    MN_BIT(MN_O_FAIL_ON) | MN_BIT(MN_O_WORKER_KEY) | MN_BIT(MN_O_DOSSIERS) |
	    MN_BIT(MN_O_STATS) | MN_BIT(MN_O_NO_SANDBOX) | MN_BIT(MN_O_MAX_AGE) |
	    MN_BIT(MN_O_ALLOW_STALE) | MN_BIT(MN_O_NO_SHIPPED) | MN_BIT(MN_O_ENCODING) |
	    MN_BIT(MN_O_MAPPING) | MN_BIT(MN_O_EDGES) | MN_BIT(MN_O_COUNTRY_PACK) |
	    MN_BIT(MN_O_LANG),
	mn_cmd_tender},
    {"check", "FILE...",
	"say how files are understood and which rows are not; scores nothing",
	COMMON | MN_BIT(MN_O_KIND) | MN_BIT(MN_O_JSON) | MN_BIT(MN_O_ENCODING) |
	    MN_BIT(MN_O_MAPPING) | MN_BIT(MN_O_WRITE_MAPPING) | MN_BIT(MN_O_FORCE) |
	    MN_BIT(MN_O_NO_SANDBOX) | MN_BIT(MN_O_JOBS),
	mn_cmd_check},
    {"template", "[-o FILE.xlsx]",
	"a workbook to fill in: every table, with choices, remarks and examples",
	COMMON | MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_LANG),
	mn_cmd_template},
    {"explain", "ENTITY",
	"why: every contribution down to file, line, field and pack row",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_AUDIENCE) | MN_BIT(MN_O_JSON) |
	    MN_BIT(MN_O_MARKDOWN) | MN_BIT(MN_O_LANG),
	mn_cmd_explain},
    {"diff", "[G1 [G2]]", "whose band, gates or evidence changed since, and what did it",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_JSON), mn_cmd_diff},
    {"match", "NAME",
	"a name against the lists, with reasons; or many names, or pairs of names",
	COMMON | MN_BIT(MN_O_WATCHLIST) | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_PAIRS) |
	    MN_BIT(MN_O_NAMES) | MN_BIT(MN_O_COUNTRY) | MN_BIT(MN_O_ADDRESS) |
	    MN_BIT(MN_O_TOP) | MN_BIT(MN_O_JOBS) | MN_BIT(MN_O_JSON) |
	    MN_BIT(MN_O_NO_SANDBOX) | MN_BIT(MN_O_MAX_AGE) | MN_BIT(MN_O_ALLOW_STALE),
	mn_cmd_match},
    {"pack", "list | show ID | check [FILE...] | import FILE",
	"the indicator packs: list, read, validate; make one of an index of countries",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_KEY) | MN_BIT(MN_O_JSON) |
	    MN_BIT(MN_O_COUNTRY_PACK) | MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_FORCE) |
	    MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_pack},
    {"decide", "ENTITY CANDIDATE | --from FILE",
	"remember who is the same and who is not, by whom and why",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_SAME) | MN_BIT(MN_O_DIFFERENT) |
	    MN_BIT(MN_O_REASON) | MN_BIT(MN_O_EXPIRES) | MN_BIT(MN_O_BY) |
	    MN_BIT(MN_O_FROM) | MN_BIT(MN_O_AS_OF) | MN_BIT(MN_O_FORCE) |
	    MN_BIT(MN_O_ON_LIST) | MN_BIT(MN_O_GATE) | MN_BIT(MN_O_MIN_P) |
	    MN_BIT(MN_O_SAME_COUNTRY) | MN_BIT(MN_O_EXPECT) | MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_decide},
    {"record", "FILE...",
	"keep what was done: activities, actions, training, remediation, profile",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_KIND) | MN_BIT(MN_O_BY) |
	    MN_BIT(MN_O_AS_OF) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_ENCODING) |
	    MN_BIT(MN_O_MAPPING) | MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_record},
    {"fetch", "[SOURCE...]",
	"get lists from their publishers, check them, keep the last good copy",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_LIST) | MN_BIT(MN_O_OFFLINE) |
	    MN_BIT(MN_O_MIRROR) | MN_BIT(MN_O_KEY) | MN_BIT(MN_O_KEEP) |
	    MN_BIT(MN_O_MAX_AGE) | MN_BIT(MN_O_ALLOW_STALE) | MN_BIT(MN_O_ON_UPDATE) |
	    MN_BIT(MN_O_ON_ERROR) | MN_BIT(MN_O_PROXY) | MN_BIT(MN_O_CA_FILE) |
	    MN_BIT(MN_O_LOOPBACK) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_JSON) |
	    MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_fetch},
    {"ask", "[--top N] [--lang CODE]",
	"questions to suppliers: a workbook each, what is most worth knowing",
	COMMON | MN_BIT(MN_O_TOP) | MN_BIT(MN_O_LANG) | MN_BIT(MN_O_DUE) |
	    MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_OUTPUT),
	mn_cmd_ask},
    {"answers", "FILE...", "what suppliers answered: facts, admissions, who is silent",
	COMMON | MN_BIT(MN_O_ACTIONS) | MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_AS_OF) |
	    MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_answers},
    {"statement", "--law CODE [--year YYYY]",
	"what a law asks to be published: filled from a run, gaps marked",
	COMMON | MN_BIT(MN_O_LAW) | MN_BIT(MN_O_YEAR) | MN_BIT(MN_O_DATA_DIR) |
	    MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_LANG),
	mn_cmd_statement},
    {"audit", "show | verify | reproduce [G] FILE... | export ENTITY",
	"the journal of runs, packs, inputs, decisions; a result made again; an archive",
	COMMON | MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_BY) |
	    MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_JSON) | MN_BIT(MN_O_JOBS) |
	    MN_BIT(MN_O_NO_SANDBOX) | MN_BIT(MN_O_TAILOR) | MN_BIT(MN_O_ENCODING) |
	    MN_BIT(MN_O_MAPPING) | MN_BIT(MN_O_COUNTRY_PACK),
	mn_cmd_audit},
    {"estimate", "OVERLAPS",
	"how many cases no list knows, from how lists overlap (a statistical annex)",
	COMMON | MN_BIT(MN_O_MODEL) | MN_BIT(MN_O_JSON) | MN_BIT(MN_O_NO_SANDBOX),
	mn_cmd_estimate},
    {"plan", "--capacity N|INSPECTORS",
	"next month's visits: what reaches most a day, a random part, a reserve",
	COMMON | MN_BIT(MN_O_CAPACITY) | MN_BIT(MN_O_BY) | MN_BIT(MN_O_RANDOM_SHARE) |
	    MN_BIT(MN_O_RESERVE) | MN_BIT(MN_O_COVERAGE) | MN_BIT(MN_O_COOL_DOWN) |
	    MN_BIT(MN_O_NEVER) | MN_BIT(MN_O_SEASONS) | MN_BIT(MN_O_SEED) |
	    MN_BIT(MN_O_MONTH) | MN_BIT(MN_O_SWAP) | MN_BIT(MN_O_DEFER) |
	    MN_BIT(MN_O_REASON) | MN_BIT(MN_O_WHO) | MN_BIT(MN_O_DATA_DIR) |
	    MN_BIT(MN_O_OUTPUT) | MN_BIT(MN_O_FORCE) | MN_BIT(MN_O_NO_SANDBOX) |
	    MN_BIT(MN_O_LANG),
	mn_cmd_plan},
    {"backtest", "--split DATE",
	"was the order right? likelihoods of a day against later inspections",
	COMMON | MN_BIT(MN_O_SPLIT) | MN_BIT(MN_O_SITES) | MN_BIT(MN_O_SEED) |
	    MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_JSON),
	mn_cmd_backtest},
    {"doctor", "", "what this machine offers, and whether the shipped data are whole",
	COMMON | MN_BIT(MN_O_DATA_DIR) | MN_BIT(MN_O_JSON), mn_cmd_doctor},
};
const size_t MN_N_COMMANDS = countof(MN_COMMANDS);

static void
out_of_memory(void *ctx, size_t asked)
{
	(void)ctx;
	fprintf(stderr,
	    "manumit: out of memory (asked for %zu bytes): nothing was published\n",
	    asked);
	_exit(71);
}

int
main(int argc, char **argv)
{
	static const struct mn_oom OOM = {out_of_memory, NULL};
	struct mn_cli c = {.arena = mn_arena_new((size_t)1 << 32, &OOM)};
	int status = mn_cli_parse(argc, argv, &c);
	return status >= 0 ? status : c.command->fn(&c);
}

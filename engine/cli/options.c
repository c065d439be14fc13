/* The command line: one table of options, read without getopt so that every mistake can
 * name the nearest known word. */
#include <unistd.h>

#include "manumit/base/clock.h"
#include "manumit/base/ordered.h"

#include "cli.h"

struct option_row {
	const char *name;
	char letter;
	const char *value; /* what it takes, NULL: nothing */
	const char *help;
};

static const struct option_row OPTIONS[MN_O_COUNT] = {
    [MN_O_FEES] = {"fees", 0, "FILE", "recruitment fees and costs of workers"},
    [MN_O_INSPECTIONS] = {"inspections", 0, "FILE", "labour inspections"},
    [MN_O_FINDINGS] = {"findings", 0, "FILE",
	"findings of audits, surveys, unions, media"},
    [MN_O_SURVEY] = {"survey", 0, "FILE", "interviews of workers, one row a worker"},
    [MN_O_TAILOR] = {"tailor", 0, "FILE",
	"numbers of the packs replaced by yours; named in every report"},
    [MN_O_COUNTRY_PACK] = {"country-pack", 0, "FILE",
	"an index of countries, from pack import, in place of the shipped series"},
    [MN_O_SENSITIVITY] = {"sensitivity", 0, NULL,
	"also tell whose band depends on which constant (takes longer)"},
    [MN_O_WATCHLIST] = {"watchlist", 0, "FILE", "a list or register that feeds a gate"},
    [MN_O_SUPPLIERS] = {"suppliers", 0, "FILE", "one more supplier list"},
    [MN_O_CATEGORIES] = {"categories", 0, "FILE",
	"your purchasing groups: what they hold and where it comes from"},
    [MN_O_ACTIVITIES] = {"activities", 0, "FILE",
	"visits, audits, interviews, engagement"},
    [MN_O_ACTIONS] = {"actions", 0, "FILE", "what is to be done, by whom, until when"},
    [MN_O_TRAINING] = {"training", 0, "FILE", "who was trained: numbers"},
    [MN_O_REMEDIATION] = {"remediation", 0, "FILE",
	"what is owed and was paid to workers"},
    [MN_O_PROFILE] = {"profile", 0, "FILE|NAME",
	"where you import, sell and buy publicly, or uk-public and the like"},
    [MN_O_RATES] = {"rates", 0, "FILE",
	"dated exchange rates, to compare fees and wages of several currencies"},
    [MN_O_EDGES] = {"edges", 0, "FILE",
	"who supplies, owns, recruits for whom; GLEIF level 2, BODS 0.4"},
    [MN_O_CODES] = {"codes", 0, "FILE",
	"your own codes of findings: which indicator each means"},
    [MN_O_OUTPUT] = {"output", 'o', "PATH",
	"where the report goes; of template, the workbook"},
    [MN_O_NO_SHIPPED] = {"no-shipped-lists", 0, NULL,
	"without the lists that come along"},
    [MN_O_DATA_DIR] = {"data-dir", 'd', "DIR",
	"the store; of explain and pack also a report directory"},
    [MN_O_AS_OF] = {"as-of", 0, "YYYY-MM-DD",
	"the day as which everything is read; default today"},
    [MN_O_JOBS] = {"jobs", 'j', "N", "threads, default one a processor; changes no byte"},
    [MN_O_FORCE] = {"force", 'f', NULL,
	"replace an existing output; of decide and record: although"},
    [MN_O_FAIL_ON] = {"fail-on", 0, "BAND", "exit 10 when an entity reaches this band"},
    [MN_O_AUDIENCE] = {"audience", 0, "WHO",
	"internal; or a copy for supplier, public or inspectorate"},
    [MN_O_WORKER_KEY] = {"worker-key", 0, "FILE",
	"key of workers' pseudonyms, made if missing; default: one for this run"},
    [MN_O_DOSSIERS] = {"dossiers", 0, "all|none|BAND",
	"dossier pages: all, none, or from a band up"},
    [MN_O_STATS] = {"stats", 0, NULL, "times and memory per stage into manifest.json"},
    [MN_O_NO_SANDBOX] = {"no-sandbox", 0, NULL,
	"read files in this process, not in a sandboxed child"},
    [MN_O_LANG] = {"lang", 0, "LANG",
	"language of pages, of a template or of questions; default en"},
    [MN_O_SHARE] = {"share", 0, "DIR", "directory with indicators/ and connectors/"},
    [MN_O_KIND] = {"kind", 0, "KIND",
	"suppliers, fees, inspections, findings, watchlist, categories, own_codes, "
	"survey, edges, "
	"activities, "
	"actions, training, remediation, profile, tenders, reference"},
    [MN_O_PAIRS] = {"pairs", 0, "FILE.tsv", "score each pair of names of a file"},
    [MN_O_NAMES] = {"names", 0, "FILE.csv", "match each name of a file; CSV out"},
    [MN_O_COUNTRY] = {"country", 0, "CC", "country of the name, or its ISO 3166 code"},
    [MN_O_ADDRESS] = {"address", 0, "TEXT", "address of the name"},
    [MN_O_TOP] = {"top", 0, "N", "how many candidates to show, default 5"},
    [MN_O_SAME] = {"same", 0, NULL, "the two are the same"},
    [MN_O_DIFFERENT] = {"different", 0, NULL, "the two are different"},
    [MN_O_REASON] = {"reason", 0, "TEXT", "why; kept with the decision"},
    [MN_O_EXPIRES] = {"expires", 0, "YYYY-MM-DD", "the last day it is in force"},
    [MN_O_BY] = {"by", 0, "WHO", "who decides or records: a role or initials"},
    [MN_O_FROM] = {"from", 0, "FILE", "review.csv with its decisions filled in"},
    [MN_O_ENCODING] = {"encoding", 0, "NAME",
	"encoding of the input files; default: detected"},
    [MN_O_MAPPING] = {"mapping", 0, "FILE",
	"a mapping, as --write-mapping saves it, before the known ones"},
    [MN_O_WRITE_MAPPING] = {"write-mapping", 0, "FILE",
	"save how the file is understood, to edit and give to --mapping"},
    [MN_O_MODEL] = {"model", 0, "MODEL",
	"main, stepwise, aic, or pairs of lists: \"A:B,B:C\""},
    [MN_O_CAPACITY] = {"capacity", 0, "N|FILE",
	"how many visits, or a table of inspectors with their days"},
    [MN_O_RANDOM_SHARE] = {"random-share", 0, "SHARE", "part drawn by lot, default 0.15"},
    [MN_O_RESERVE] = {"reserve-complaints", 0, "SHARE",
	"part kept for complaints, default 0.25"},
    [MN_O_COVERAGE] = {"coverage", 0, "SHARE",
	"least part of its share that a region, sector or size gets, default 0.3"},
    [MN_O_COOL_DOWN] = {"cool-down", 0, "DAYS",
	"days after a visit without another, default 365"},
    [MN_O_NEVER] = {"never", 0, "FILE", "ids or names that are never scheduled"},
    [MN_O_SEASONS] = {"seasons", 0, "FILE", "sectors and the months they work in"},
    [MN_O_SEED] = {"seed", 0, "N", "of the lot, default 1"},
    [MN_O_MONTH] = {"month", 0, "YYYY-MM",
	"month that is planned, default the next after the screening"},
    [MN_O_SWAP] = {"swap", 0, "OUT=IN", "put one site into the place of another"},
    [MN_O_DEFER] = {"defer", 0, "ENTITY", "take a site out of this month's plan"},
    [MN_O_SPLIT] = {"split", 0, "YYYY-MM-DD",
	"the day that is tested: what came later measures it"},
    [MN_O_SITES] = {"sites", 0, "WHICH",
	"measured: inspected (default), known before the day, or all"},
    [MN_O_WHO] = {"who", 0, "WHO", "who changes the plan: a role or initials"},
    [MN_O_DUE] = {"due", 0, "YYYY-MM-DD", "day until which to answer; default 30 days"},
    [MN_O_LAW] = {"law", 0, "CODE", "the law: uk, au, ca, de, no, ch, us-uflpa, eu-flr"},
    [MN_O_YEAR] = {"year", 0, "YYYY", "the year it is about; default that of the run"},
    [MN_O_LIST] = {"list", 0, NULL, "print age, rows, changes, errors; fetch nothing"},
    [MN_O_OFFLINE] = {"offline", 0, "DIR", "take the files from a directory"},
    [MN_O_MIRROR] = {"mirror", 0, "URL", "take the files from below this address"},
    [MN_O_KEY] = {"key", 0, "FILE", "public keys of minisign that must have signed"},
    [MN_O_KEEP] = {"keep", 0, "N", "old copies to keep, default 3"},
    [MN_O_MAX_AGE] = {"max-age", 0, "DAYS",
	"how old a copy may be; default as each source says"},
    [MN_O_ALLOW_STALE] = {"allow-stale", 0, NULL, "an old copy is better than none"},
    [MN_O_ON_UPDATE] = {"on-update", 0, "COMMAND", "run it for each new copy"},
    [MN_O_ON_ERROR] = {"on-error", 0, "COMMAND", "run it for each failure"},
    [MN_O_PROXY] = {"proxy", 0, "URL", "proxy; default https_proxy"},
    [MN_O_CA_FILE] = {"ca-file", 0, "FILE",
	"certificates to trust instead of the system's"},
    [MN_O_LOOPBACK] = {"loopback", 0, NULL,
	"for tests: allow http to this machine, without waiting"},
    [MN_O_ON_LIST] = {"on-list", 0, "TEXT", "of the rows of --from: those of this list"},
    [MN_O_GATE] = {"gate", 0, "CODE", "those of this gate"},
    [MN_O_MIN_P] = {"min-p", 0, "P", "those whose names are at least so alike, 0 to 1"},
    [MN_O_SAME_COUNTRY] = {"same-country", 0, NULL,
	"those whose entry is of the supplier's country"},
    [MN_O_EXPECT] = {"expect", 0, "N",
	"how many rows that are: without it they are only shown"},
    [MN_O_JSON] = {"json", 0, NULL, "print JSON"},
    [MN_O_MARKDOWN] = {"markdown", 0, NULL, "print the dossier as Markdown"},
    [MN_O_QUIET] = {"quiet", 'q', NULL, "print errors only"},
    [MN_O_VERBOSE] = {"verbose", 'v', NULL, "print more"},
    [MN_O_NO_PROGRESS] = {"no-progress", 0, NULL, "no progress on the terminal"},
    [MN_O_COLOR] = {"color", 0, "WHEN", "accepted; the program prints no colours"},
    [MN_O_HELP] = {"help", 'h', NULL, "this text"},
    [MN_O_VERSION] = {"version", 0, NULL, "the version"},
};

static int
usage_error(const char *what, struct mn_str word, const char *nearest)
{
	fprintf(stderr, "manumit: %s: %.*s%s%s%s\n", what, MN_FMT(word),
	    nearest ? " (did you mean " : "", nearest ? nearest : "",
	    nearest ? "?)" : "");
	fprintf(stderr, "see manumit --help\n");
	return 64;
}

static const char *
nearest_command(struct mn_str word)
{
	struct mn_str name[32];
	for (size_t i = 0; i < MN_N_COMMANDS; i++)
		name[i] = mn_str_c(MN_COMMANDS[i].name);
	int at = mn_str_nearest(word, name, MN_N_COMMANDS);
	return at < 0 ? NULL : MN_COMMANDS[at].name;
}

static const char *
nearest_option(struct mn_str word, mn_option_set allowed)
{
	struct mn_str name[MN_O_COUNT];
	size_t n = 0;
	for (size_t i = 0; i < MN_O_COUNT; i++)
		if (allowed & MN_BIT(i))
			name[n++] = mn_str_c(OPTIONS[i].name);
	int at = mn_str_nearest(word, name, n);
	return at < 0 ? NULL : name[at].p;
}

void
mn_cli_usage(FILE *to, const struct mn_command *command)
{
	if (!command) {
		fprintf(to, "usage: manumit COMMAND ...\n\n"
			    "Screens suppliers for indications of forced labour. Results "
			    "are screening\n"
			    "indications; they neither establish forced labour nor its "
			    "absence.\n\n");
		for (size_t i = 0; i < MN_N_COMMANDS; i++)
			fprintf(to, "  %-8s %-32s %s\n", MN_COMMANDS[i].name,
			    MN_COMMANDS[i].args, MN_COMMANDS[i].help);
		fprintf(to,
		    "\nmanumit COMMAND --help lists its options; manumit --version.\n");
		return;
	}
	fprintf(to, "usage: manumit %s %s [options]\n%s\n\n", command->name,
	    command->args, command->help);
	for (size_t i = 0; i < MN_O_COUNT; i++) {
		const struct option_row *o = &OPTIONS[i];
		char left[64];
		if (!(command->options & MN_BIT(i)))
			continue;
		snprintf(left, sizeof left, "%c%c%s --%s %s", o->letter ? '-' : ' ',
		    o->letter ? o->letter : ' ', o->letter ? "," : " ", o->name,
		    o->value ? o->value : "");
		fprintf(to, "  %-32s %s\n", left, o->help);
	}
	fprintf(to,
	    "\nexit: 0 done, 10 --fail-on reached, 64 usage, 65 input unusable, "
	    "66 not found,\n"
	    "69 source not to be had, 70 bug, 71 memory, 73 output exists, 74 I/O, "
	    "75 try again,\n"
	    "76 refused as unsafe, 77 permission, 78 packs or configuration\n");
}

static int
add_input(struct mn_cli *c, enum mn_kind kind, const char *path)
{
	if (c->n_input == MN_MAX_INPUTS)
		return usage_error("too many input files", mn_str_c(path), NULL);
	c->input[c->n_input++] = (struct mn_run_input){.kind = kind, .path = path};
	return -1;
}

static int
add_tailor(struct mn_cli *c, const char *path)
{
	if (c->n_tailor == MN_MAX_INPUTS)
		return usage_error("too many tailoring files", mn_str_c(path), NULL);
	c->tailor[c->n_tailor++] = path;
	return -1;
}

static int
set_band(const char *value, enum mn_band *out)
{
	static const struct mn_str NAMES[] = {
	    MN_S("low"), MN_S("unknown"), MN_S("elevated"), MN_S("high"), MN_S("severe")};
	if (mn_band_parse(mn_str_c(value), out))
		return -1;
	int at = mn_str_nearest(mn_str_c(value), NAMES, countof(NAMES));
	return usage_error("not a band (low, unknown, elevated, high, severe)",
	    mn_str_c(value), at < 0 ? NULL : NAMES[at].p);
}

static int
set_dossiers(struct mn_cli *c, const char *value)
{
	c->dossiers_auto = false;
	if (mn_str_eq(mn_str_c(value), MN_S("all"))) {
		c->dossiers_from = MN_LOW;
		return -1;
	}
	if (mn_str_eq(mn_str_c(value), MN_S("none"))) {
		c->dossiers_from = MN_BANDS;
		return -1;
	}
	return set_band(value, &c->dossiers_from);
}

static int
set_audience(struct mn_cli *c, const char *value)
{
	struct mn_str name[MN_AUDIENCES];
	if (mn_audience_by_name(mn_str_c(value), &c->audience))
		return -1;
	for (unsigned i = 0; i < MN_AUDIENCES; i++)
		name[i] = mn_str_c(mn_audience_name((enum mn_audience)i));
	int at = mn_str_nearest(mn_str_c(value), name, countof(name));
	return usage_error("not an audience (internal, supplier, public, inspectorate)",
	    mn_str_c(value), at < 0 ? NULL : name[at].p);
}

/* Options that are kept as they are written. */
static const char **
text_option(struct mn_cli *c, enum mn_option o)
{
	const struct {
		enum mn_option o;
		const char **to;
	} text[] = {{MN_O_OUTPUT, &c->output}, {MN_O_DATA_DIR, &c->data_dir},
	    {MN_O_LANG, &c->lang}, {MN_O_SHARE, &c->share}, {MN_O_PAIRS, &c->pairs},
	    {MN_O_NAMES, &c->names}, {MN_O_COUNTRY, &c->country},
	    {MN_O_ADDRESS, &c->address}, {MN_O_ENCODING, &c->encoding},
	    {MN_O_MAPPING, &c->mapping}, {MN_O_WRITE_MAPPING, &c->write_mapping},
	    {MN_O_REASON, &c->reason}, {MN_O_BY, &c->by}, {MN_O_FROM, &c->from},
	    {MN_O_OFFLINE, &c->offline}, {MN_O_MIRROR, &c->mirror}, {MN_O_KEY, &c->key},
	    {MN_O_ON_UPDATE, &c->on_update}, {MN_O_ON_ERROR, &c->on_error},
	    {MN_O_WORKER_KEY, &c->worker_key}, {MN_O_PROXY, &c->proxy},
	    {MN_O_CA_FILE, &c->ca_file}, {MN_O_ON_LIST, &c->on_list},
	    {MN_O_GATE, &c->gate}, {MN_O_MIN_P, &c->min_p},
	    {MN_O_COUNTRY_PACK, &c->country_pack}, {MN_O_MODEL, &c->model},
	    {MN_O_CAPACITY, &c->capacity}, {MN_O_RANDOM_SHARE, &c->random_share},
	    {MN_O_RESERVE, &c->reserve}, {MN_O_COVERAGE, &c->coverage},
	    {MN_O_COOL_DOWN, &c->cool_down}, {MN_O_NEVER, &c->never},
	    {MN_O_SEASONS, &c->seasons}, {MN_O_SEED, &c->seed}, {MN_O_MONTH, &c->month},
	    {MN_O_SWAP, &c->swap}, {MN_O_DEFER, &c->defer}, {MN_O_WHO, &c->who},
	    {MN_O_SPLIT, &c->split}, {MN_O_SITES, &c->sites}, {MN_O_LAW, &c->law}};
	for (size_t i = 0; i < countof(text); i++)
		if (text[i].o == o)
			return text[i].to;
	return NULL;
}

static bool *
flag_option(struct mn_cli *c, enum mn_option o)
{
	const struct {
		enum mn_option o;
		bool *to;
	} flag[] = {{MN_O_FORCE, &c->force}, {MN_O_STATS, &c->stats},
	    {MN_O_JSON, &c->json}, {MN_O_MARKDOWN, &c->markdown}, {MN_O_QUIET, &c->quiet},
	    {MN_O_VERBOSE, &c->verbose}, {MN_O_SAME, &c->same},
	    {MN_O_DIFFERENT, &c->different}, {MN_O_NO_SANDBOX, &c->no_sandbox},
	    {MN_O_LIST, &c->list}, {MN_O_ALLOW_STALE, &c->allow_stale},
	    {MN_O_LOOPBACK, &c->loopback}, {MN_O_NO_SHIPPED, &c->no_shipped},
	    {MN_O_SENSITIVITY, &c->sensitivity}, {MN_O_SAME_COUNTRY, &c->same_country}};
	for (size_t i = 0; i < countof(flag); i++)
		if (flag[i].o == o)
			return flag[i].to;
	return NULL;
}

static int
set_number(const char *value, uint64_t max, uint64_t *out, const char *what)
{
	if (mn_str_u64(mn_str_c(value), out) && *out > 0 && *out <= max)
		return -1;
	return usage_error(what, mn_str_c(value), NULL);
}

/* Zero is a number here. */
static int
set_count(const char *value, uint32_t max, uint32_t *out, const char *what)
{
	uint64_t n;
	if (!mn_str_u64(mn_str_c(value), &n) || n > max)
		return usage_error(what, mn_str_c(value), NULL);
	*out = (uint32_t)n;
	return -1;
}

static int
set_age(const char *value, int64_t *out)
{
	uint32_t days = 0;
	int status = set_count(value, 36500, &days, "--max-age wants a number of days");
	*out = days;
	return status;
}

static int
set_day(const char *value, int32_t *out, const char *what)
{
	if (mn_day_parse_iso(mn_str_c(value), out))
		return -1;
	return usage_error(what, mn_str_c(value), NULL);
}

/* Options that name a file of a kind: the kind + 1. */
static const uint8_t INPUT[MN_O_COUNT] = {[MN_O_FEES] = MN_K_FEES + 1,
    [MN_O_INSPECTIONS] = MN_K_INSPECTIONS + 1,
    [MN_O_FINDINGS] = MN_K_FINDINGS + 1,
    [MN_O_WATCHLIST] = MN_K_WATCHLIST + 1,
    [MN_O_SUPPLIERS] = MN_K_SUPPLIERS + 1,
    [MN_O_CATEGORIES] = MN_K_CATEGORIES + 1,
    [MN_O_SURVEY] = MN_K_SURVEY + 1,
    [MN_O_CODES] = MN_K_OWN_CODES + 1,
    [MN_O_EDGES] = MN_K_EDGES + 1,
    [MN_O_ACTIVITIES] = MN_K_ACTIVITIES + 1,
    [MN_O_ACTIONS] = MN_K_ACTIONS + 1,
    [MN_O_TRAINING] = MN_K_TRAINING + 1,
    [MN_O_REMEDIATION] = MN_K_REMEDIATION + 1,
    [MN_O_PROFILE] = MN_K_PROFILE + 1,
    [MN_O_RATES] = MN_K_REFERENCE + 1};

/* One option with its value; -1: go on, else the exit status. */
static int
set(struct mn_cli *c, enum mn_option o, const char *value)
{
	const char **text = text_option(c, o);
	bool *flag = flag_option(c, o);
	if (text)
		*text = value;
	if (flag)
		*flag = true;
	if (text || flag)
		return -1;
	if (INPUT[o])
		return add_input(c, (enum mn_kind)(INPUT[o] - 1), value);
	switch (o) {
	case MN_O_TAILOR:
		return add_tailor(c, value);
	case MN_O_AS_OF:
		return set_day(value, &c->as_of, "--as-of wants a day as YYYY-MM-DD");
	case MN_O_EXPIRES:
		return set_day(value, &c->expires, "--expires wants a day as YYYY-MM-DD");
	case MN_O_JOBS:
		return set_number(
		    value, MN_MAX_JOBS, &c->jobs, "--jobs wants a number from 1 to 64");
	case MN_O_TOP:
		c->top_said = true;
		if (c->command->options & MN_BIT(MN_O_LANG))
			return set_number(value, 10000, &c->top,
			    "--top wants a number from 1 to 10000");
		return set_number(
		    value, 48, &c->top, "--top wants a number from 1 to 48");
	case MN_O_EXPECT:
		return set_number(
		    value, UINT32_MAX, &c->expect, "--expect wants a number of rows");
	case MN_O_DUE:
		return set_day(value, &c->due, "--due wants a day as YYYY-MM-DD");
	case MN_O_YEAR:
		return set_number(value, 2999, &c->year, "--year wants a year as YYYY");
	case MN_O_KEEP:
		return set_count(
		    value, 1000, &c->keep, "--keep wants a number up to 1000");
	case MN_O_MAX_AGE:
		return set_age(value, &c->max_age);
	case MN_O_FAIL_ON:
		return set_band(value, &c->fail_on);
	case MN_O_AUDIENCE:
		return set_audience(c, value);
	case MN_O_DOSSIERS:
		return set_dossiers(c, value);
	case MN_O_KIND:
		if (!mn_kind_by_name(mn_str_c(value), &c->kind))
			return usage_error("not a kind of table", mn_str_c(value), NULL);
		break;
	case MN_O_NO_PROGRESS:
		c->progress = false;
		break;
	case MN_O_HELP:
		mn_cli_usage(stdout, c->command);
		return 0;
	case MN_O_VERSION:
		printf("manumit %s\n", MN_VERSION);
		return 0;
	default: /* --color is accepted: the program prints no colours */
		break;
	}
	return -1;
}

static int
find_long(const struct mn_command *command, struct mn_str name)
{
	for (int i = 0; i < MN_O_COUNT; i++)
		if ((command->options & MN_BIT(i)) &&
		    mn_str_eq(mn_str_c(OPTIONS[i].name), name))
			return i;
	return -1;
}

/* --name, --name=value, --name value */
static int
long_option(struct mn_cli *c, int argc, char **argv, int *i)
{
	struct mn_str rest = mn_str_c(argv[*i] + 2);
	struct mn_str name = mn_str_cut(&rest, '=');
	int o = find_long(c->command, name);
	if (o < 0)
		return usage_error("unknown option of this command", mn_str_c(argv[*i]),
		    nearest_option(name, c->command->options));
	if (!OPTIONS[o].value)
		return rest.p ? usage_error(
				    "option takes no value", mn_str_c(argv[*i]), NULL)
			      : set(c, (enum mn_option)o, NULL);
	if (rest.p)
		return set(c, (enum mn_option)o, rest.p);
	if (*i + 1 >= argc)
		return usage_error("option wants a value", mn_str_c(argv[*i]), NULL);
	return set(c, (enum mn_option)o, argv[++*i]);
}

/* -x, -xVALUE, -x VALUE; letters without values may be joined. */
static int
short_options(struct mn_cli *c, int argc, char **argv, int *i)
{
	for (const char *p = argv[*i] + 1; *p; p++) {
		int o = 0;
		while (o < MN_O_COUNT &&
		       !((c->command->options & MN_BIT(o)) && OPTIONS[o].letter == *p))
			o++;
		if (o == MN_O_COUNT)
			return usage_error(
			    "unknown option of this command", mn_str_c(argv[*i]), NULL);
		int status;
		if (!OPTIONS[o].value) {
			status = set(c, (enum mn_option)o, NULL);
		} else if (p[1]) {
			return set(c, (enum mn_option)o, p + 1);
		} else if (*i + 1 < argc) {
			return set(c, (enum mn_option)o, argv[++*i]);
		} else {
			return usage_error(
			    "option wants a value", mn_str_c(argv[*i]), NULL);
		}
		if (status >= 0)
			return status;
	}
	return -1;
}

static int
arguments(struct mn_cli *c, int argc, char **argv)
{
	bool options = true;
	for (int i = 2; i < argc; i++) {
		int status = -1;
		if (options && mn_str_eq(mn_str_c(argv[i]), MN_S("--"))) {
			options = false;
		} else if (options && argv[i][0] == '-' && argv[i][1] == '-') {
			status = long_option(c, argc, argv, &i);
		} else if (options && argv[i][0] == '-' && argv[i][1]) {
			status = short_options(c, argc, argv, &i);
		} else if (c->n_arg < MN_MAX_INPUTS) {
			c->arg[c->n_arg++] = argv[i];
		} else {
			status =
			    usage_error("too many arguments", mn_str_c(argv[i]), NULL);
		}
		if (status >= 0)
			return status;
	}
	return -1;
}

int
mn_cli_parse(int argc, char **argv, struct mn_cli *c)
{
	c->self = argv[0];
	c->as_of = c->expires = c->due = MN_DAY_NONE;
	c->kind = MN_K_COUNT;
	c->fail_on = MN_BANDS;
	c->dossiers_auto = true;
	c->top = 5;
	c->jobs = mn_cpu_count();
	c->keep = 3;
	c->max_age = -1;
	c->dossiers_from = MN_LOW;
	c->progress = isatty(2);
	struct mn_str word = mn_str_c(argc > 1 ? argv[1] : "--help");
	if (mn_str_eq(word, MN_S("--version"))) {
		printf("manumit %s\n", MN_VERSION);
		return 0;
	}
	if (mn_str_eq(word, MN_S("--help")) || mn_str_eq(word, MN_S("-h")) ||
	    mn_str_eq(word, MN_S("help"))) {
		mn_cli_usage(argc > 1 ? stdout : stderr, NULL);
		return argc > 1 ? 0 : 64;
	}
	for (size_t i = 0; i < MN_N_COMMANDS; i++)
		if (mn_str_eq(word, mn_str_c(MN_COMMANDS[i].name)))
			c->command = &MN_COMMANDS[i];
	if (!c->command)
		return usage_error("unknown command", word, nearest_command(word));
	return arguments(c, argc, argv);
}

/* manumit run: the night. Lists are fetched, everything is screened and compared with the
 * run before, and who asked for it is told what changed; or nothing is published. */
#include <stdlib.h>
#include <unistd.h>

#include "manumit/base/clock.h"

#include "night.h"

/* Fetching that left good copies of all that is needed does not stop the night: a list
 * unlike itself, or not to be had today, is yesterday's. */
static bool
stops(int fetch_status)
{
	return fetch_status != 0 && fetch_status != 65 && fetch_status != 75;
}

static int
one_command(struct mn_cli *c, int argc, char **argv, struct mn_night *night)
{
	struct mn_cli own = {.arena = c->arena, .night = night};
	int status = mn_cli_parse(argc, argv, &own);
	if (status >= 0) {
		fprintf(
		    stderr, "  the option stands in \"%s\" of %s\n", argv[1], c->arg[0]);
		return status == 64 ? 78 : status;
	}
	own.quiet = own.quiet || c->quiet;
	own.verbose = own.verbose || c->verbose;
	own.force = true;
	own.progress = c->progress;
	return own.command->fn(&own);
}

static char *
text_word(struct mn_arena *a, const char *format, const char *value)
{
	struct mn_buf b = mn_buf_new(8192);
	mn_buf_fmt(&b, "%s%s", format, value);
	char *s = mn_arena_cstr(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

static void
add_word(int *argc, char **argv, char *word)
{
	if (*argc + 1 < MN_NIGHT_WORDS)
		argv[(*argc)++] = word;
}

/* ---- the inbox: files say by their name what they are ---- */

static const char *const KINDS[] = {"fees", "inspections", "findings", "watchlist",
    "suppliers", "categories", "survey", "activities", "actions", "training",
    "remediation", "profile", "rates", "codes", "edges"};

static bool
unfinished(struct mn_str name)
{
	static const struct mn_str ENDS[] = {MN_S(".tmp"), MN_S(".part"), MN_S("~")};
	bool yes = name.n == 0 || name.p[0] == '.' || name.p[0] == '~';
	for (size_t i = 0; i < countof(ENDS); i++)
		yes = yes || (name.n > ENDS[i].n &&
				 mn_str_eq(mn_str_sub(name, name.n - ENDS[i].n, name.n),
				     ENDS[i]));
	return yes;
}

/* fees-2026-10.csv is a file of fees, book.xlsx holds several tables. */
static bool
inbox_file(struct mn_cli *c, struct mn_night_config *n, struct mn_str name)
{
	size_t letters = 0;
	while (letters < name.n && name.p[letters] >= 'a' && name.p[letters] <= 'z')
		letters++;
	struct mn_str kind = mn_str_sub(name, 0, letters);
	char *path = mn_arena_cstr(
	    &c->arena, mn_arena_fmt(&c->arena, "%s/%.*s", n->inbox, MN_FMT(name)));
	if (mn_str_eq(kind, MN_S("book"))) {
		add_word(&n->screen_argc, n->screen_argv, path);
		return true;
	}
	for (size_t i = 0; i < countof(KINDS); i++)
		if (mn_str_eq(kind, mn_str_c(KINDS[i]))) {
			add_word(&n->screen_argc, n->screen_argv,
			    text_word(&c->arena,
				mn_arena_fmt(&c->arena, "--%s=%c", KINDS[i], 0).p, path));
			return true;
		}
	return false;
}

static bool
read_inbox(struct mn_cli *c, struct mn_night_config *n, struct mn_err *err)
{
	struct mn_str *name;
	size_t count = 0;
	if (!n->inbox)
		return true;
	if (!mn_dir_make(n->inbox, err) ||
	    !mn_dir_list(&c->arena, n->inbox, &name, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!unfinished(name[i]) && !inbox_file(c, n, name[i]))
			fprintf(stderr,
			    "manumit: %s/%.*s is not used: its name must begin with what "
			    "it "
			    "is, as in fees-october.csv or book.xlsx\n",
			    n->inbox, MN_FMT(name[i]));
	return true;
}

/* ---- what was told ---- */

/* The generation that everybody was told of. A night that ends between publishing and
 * telling, or whose alert reached nobody, leaves it behind: the next one then tells what
 * changed since. */
static const char *
told_path(struct mn_cli *c, const struct mn_night_config *n)
{
	return mn_arena_fmt(&c->arena, "%s/night.told%c", n->data_dir, 0).p;
}

static uint64_t
read_told(struct mn_cli *c, const struct mn_night_config *n)
{
	struct mn_err none = MN_ERR_NONE;
	struct mn_str text;
	uint64_t number;
	const char *path = told_path(c, n);
	bool good = mn_path_exists(path) &&
		    mn_file_read(&c->arena, path, 32, &text, &none) &&
		    mn_str_u64(mn_str_trim(text), &number);
	return good ? number : 0;
}

static bool
write_told(struct mn_cli *c, const struct mn_night_config *n,
    const struct mn_night_end *e, struct mn_err *err)
{
	if (!e->night || !e->night->done || e->night->result.generation == 0)
		return true;
	for (int way = 0; way < MN_ALERT_WAYS; way++)
		if (e->alerted[way].due && !e->alerted[way].sent)
			return true;
	struct mn_out *o = mn_out_open(told_path(c, n), 0600, err);
	if (!o)
		return false;
	mn_out_fmt(o, "%llu\n", (unsigned long long)e->night->result.generation);
	return mn_out_commit(o, false, NULL, err);
}

/* ---- the night ---- */

static int
night(struct mn_cli *c, struct mn_night_config *n, struct mn_night_end *e)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_night own = {
	    .generations = n->keep ? n->keep : 14, .told = read_told(c, n)};
	char day[11];
	if (!read_inbox(c, n, &err))
		return mn_cli_fail(&err);
	char *data = text_word(&c->arena, "--data-dir=", n->data_dir);
	char *share = text_word(&c->arena, "--share=", mn_cli_share(c));
	if (n->fetch_argc) {
		add_word(&n->fetch_argc, n->fetch_argv, data);
		add_word(&n->fetch_argc, n->fetch_argv, share);
		e->fetch_status = one_command(c, n->fetch_argc, n->fetch_argv, NULL);
		if (stops(e->fetch_status)) {
			fprintf(stderr,
			    "manumit: without these lists nothing is screened; "
			    "nothing was published\n");
			return e->fetch_status;
		}
	}
	add_word(&n->screen_argc, n->screen_argv, data);
	add_word(&n->screen_argc, n->screen_argv, share);
	if (c->as_of != MN_DAY_NONE)
		add_word(&n->screen_argc, n->screen_argv,
		    text_word(&c->arena, "--as-of=",
			mn_arena_cstr(&c->arena, mn_day_print(c->as_of, day))));
	int status = one_command(c, n->screen_argc, n->screen_argv, &own);
	e->night = mn_arena_alloc(&c->arena, sizeof own, 16, 1);
	memcpy((void *)(uintptr_t)e->night, &own, sizeof own);
	return status;
}

/* The folder that a file lies in; the path itself when there is no other. */
static const char *
folder_of(struct mn_arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return mn_arena_cstr(a, mn_str(path, slash == path ? 1 : (size_t)(slash - path)));
}

/* Paths of the configuration are relative to its folder. */
static bool
enter_folder(struct mn_arena *a, const char *path, struct mn_err *err)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return true;
	const char *dir =
	    mn_arena_cstr(a, mn_str(path, slash == path ? 1 : (size_t)(slash - path)));
	return chdir(dir) == 0 || mn_fail(err, MN_E_NOINPUT, "%s", dir);
}

/* The configuration's folder becomes the working directory, so what was given relative to
 * the old one is made absolute first. */
static bool
settle(struct mn_cli *c, struct mn_err *err)
{
	char share[4096], config[4096];
	if (!realpath(mn_cli_share(c), share))
		return mn_fail(err, MN_E_NOINPUT, "%s", mn_cli_share(c));
	if (!realpath(c->arg[0], config))
		return mn_fail(err, MN_E_NOINPUT, "%s", c->arg[0]);
	c->share = mn_arena_cstr(&c->arena, mn_str_c(share));
	c->arg[0] = mn_arena_cstr(&c->arena, mn_str_c(config));
	return enter_folder(&c->arena, c->arg[0], err);
}

static int
under_lock(struct mn_cli *c, struct mn_night_config *n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_lock lock;
	struct mn_night_end e = {.began = mn_clock_now(), .quiet = c->quiet};
	uint64_t began = mn_clock_us();
	const char *path = mn_arena_fmt(&c->arena, "%s/night.lock%c", n->data_dir, 0).p;
	if ((n->log && !mn_dir_make(folder_of(&c->arena, n->log), &err)) ||
	    (n->metrics && !mn_dir_make(folder_of(&c->arena, n->metrics), &err)) ||
	    !mn_dir_make(n->data_dir, &err) || !mn_lock_file(path, &lock, &err))
		return mn_cli_fail(&err);
	e.status = night(c, n, &e);
	e.wall_us = mn_clock_us() - began;
	mn_night_alert(&c->arena, n, &e);
	bool told = mn_night_tell(n, &e, &err) && write_told(c, n, &e, &err);
	mn_lock_release(&lock);
	if (!told && e.status == 0)
		return mn_cli_fail(&err);
	return e.status;
}

int
mn_cmd_run(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_night_config n = {.json = NULL};
	if (c->n_arg != 1) {
		fprintf(stderr, "manumit: run wants one configuration file\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	bool good = settle(c, &err) && mn_night_read(&c->arena, c->arg[0], &n, &err);
	int status = good ? under_lock(c, &n) : mn_cli_fail(&err);
	mn_json_free(n.json);
	return status;
}

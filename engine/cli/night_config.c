/* The configuration of a run: every section is turned into the command line that a person
 * would have typed, so there is one reader of options. */
#include <unistd.h>

#include "night.h"

#define CONFIG_BYTES (1u << 20)

/* Members that name a text, and where it goes. */
struct member {
	const char *name;
	const char **to;
};

static bool
wrong(const struct mn_night_config *n, struct mn_str key, const char *want,
    struct mn_err *err)
{
	return mn_fail(err, MN_E_CONFIG, "%s: \"%.*s\": %s", n->path, MN_FMT(key), want);
}

static bool
word(struct mn_arena *a, char *argv[], int *argc, struct mn_str s)
{
	if (*argc + 1 >= MN_NIGHT_WORDS)
		return false;
	argv[(*argc)++] = mn_arena_cstr(a, s);
	return true;
}

/* One value of an option: text, a number, or true for one without a value. */
static bool
option(struct mn_arena *a, char *argv[], int *argc, struct mn_str name,
    const struct mn_json *v)
{
	struct mn_str text;
	char number[MN_JSON_NUMBER];
	bool flag;
	struct mn_str dashed = mn_arena_fmt(a, "--%.*s", MN_FMT(name));
	if (mn_json_bool(v, &flag))
		return !flag || word(a, argv, argc, dashed);
	if (!mn_json_str(v, &text)) {
		if (!mn_json_number(v, number))
			return false;
		text = mn_arena_str(a, mn_str_c(number));
	}
	return word(
	    a, argv, argc, mn_arena_fmt(a, "%.*s=%.*s", MN_FMT(dashed), MN_FMT(text)));
}

static bool
section(struct mn_arena *a, struct mn_night_config *n, const char *command,
    const struct mn_json *map, const char *free_words, char *argv[], int *argc,
    struct mn_err *err)
{
	bool good = word(a, argv, argc, MN_S("manumit")) &&
		    word(a, argv, argc, mn_str_c(command));
	for (size_t i = 0; good && i < mn_json_count(map); i++) {
		struct mn_str key, text;
		const struct mn_json *v = mn_json_member(map, i, &key);
		bool list = mn_json_type(v) == MN_JSON_LIST;
		bool plain = mn_str_eq(key, mn_str_c(free_words));
		for (size_t k = 0; good && k < (list ? mn_json_count(v) : 1); k++) {
			const struct mn_json *one = list ? mn_json_at(v, k) : v;
			good = plain
				   ? mn_json_str(one, &text) && word(a, argv, argc, text)
				   : option(a, argv, argc, key, one);
		}
		if (!good)
			return wrong(n, key,
			    "give a text, a number, true, or a list of texts", err);
	}
	return good ||
	       mn_fail(err, MN_E_CONFIG, "%s: \"%s\": too much", n->path, command);
}

/* "fetch": true, a list of sources, or options with "sources". */
static bool
read_fetch(struct mn_arena *a, struct mn_night_config *n, const struct mn_json *v,
    struct mn_err *err)
{
	bool yes;
	struct mn_str text;
	if (mn_json_bool(v, &yes) && !yes)
		return true;
	const struct mn_json *map = mn_json_type(v) == MN_JSON_MAP ? v : NULL;
	if (!section(a, n, "fetch", map, "sources", n->fetch_argv, &n->fetch_argc, err))
		return false;
	if (mn_json_type(v) == MN_JSON_LIST)
		for (size_t i = 0; i < mn_json_count(v); i++)
			if (!mn_json_str(mn_json_at(v, i), &text) ||
			    !word(a, n->fetch_argv, &n->fetch_argc, text))
				return wrong(n, MN_S("fetch"),
				    "give true, a list of sources, or an object", err);
	return map || mn_json_type(v) == MN_JSON_LIST ||
	       mn_json_type(v) == MN_JSON_BOOL ||
	       wrong(n, MN_S("fetch"), "give true, a list of sources, or an object", err);
}

static bool
read_screen(struct mn_arena *a, struct mn_night_config *n, const struct mn_json *v,
    struct mn_err *err)
{
	struct mn_str output;
	if (mn_json_type(v) != MN_JSON_MAP)
		return wrong(
		    n, MN_S("screen"), "give an object with the options of screen", err);
	if (!mn_json_str(mn_json_get(v, "output"), &output) || output.n == 0)
		return wrong(n, MN_S("screen"),
		    "\"output\" is missing: the folder of the report", err);
	n->output = mn_arena_cstr(a, output);
	return section(a, n, "screen", v, "files", n->screen_argv, &n->screen_argc, err);
}

static bool
read_member(struct mn_arena *a, struct mn_night_config *n, struct mn_str key,
    const struct mn_json *v, struct mn_err *err)
{
	const struct member text[] = {{"data-dir", &n->data_dir}, {"inbox", &n->inbox},
	    {"metrics", &n->metrics}, {"log", &n->log}, {"on-change", &n->on_change},
	    {"on-failure", &n->on_failure}};
	for (unsigned way = 0; way < MN_ALERT_WAYS; way++)
		if (mn_str_eq(key, mn_str_c(mn_alert_way_name(way))))
			return mn_night_where(a, n, way, v, err);
	static const struct mn_str KEYS[] = {MN_S("webhook"), MN_S("mail"),
	    MN_S("data-dir"), MN_S("inbox"), MN_S("metrics"), MN_S("log"),
	    MN_S("on-change"), MN_S("on-failure"), MN_S("keep"), MN_S("fetch"),
	    MN_S("screen")};
	struct mn_str s;
	int64_t number;
	for (size_t i = 0; i < countof(text); i++)
		if (mn_str_eq(key, mn_str_c(text[i].name))) {
			if (!mn_json_str(v, &s) || s.n == 0)
				return wrong(n, key, "give a text", err);
			*text[i].to = mn_arena_cstr(a, s);
			return true;
		}
	if (mn_str_eq(key, MN_S("keep"))) {
		if (!mn_json_int(v, &number) || number < 2 || number > 100000)
			return wrong(
			    n, key, "give a number of generations, 2 or more", err);
		n->keep = (uint64_t)number;
		return true;
	}
	if (mn_str_eq(key, MN_S("fetch")))
		return read_fetch(a, n, v, err);
	if (mn_str_eq(key, MN_S("screen")))
		return read_screen(a, n, v, err);
	int near = mn_str_nearest(key, KEYS, countof(KEYS));
	return mn_fail(err, MN_E_CONFIG, "%s: unknown member \"%.*s\"%s%s%s", n->path,
	    MN_FMT(key), near < 0 ? "" : " (did you mean ", near < 0 ? "" : KEYS[near].p,
	    near < 0 ? "" : "?)");
}

bool
mn_night_read(
    struct mn_arena *a, const char *path, struct mn_night_config *out, struct mn_err *err)
{
	struct mn_str text, key;
	*out = (struct mn_night_config){.path = path};
	if (!mn_file_read(a, path, CONFIG_BYTES, &text, err))
		return false;
	out->json = mn_json_parse(text, path, err);
	if (!out->json)
		return false;
	if (mn_json_type(out->json) != MN_JSON_MAP)
		return mn_fail(err, MN_E_CONFIG, "%s: not a JSON object", path);
	for (size_t i = 0; i < mn_json_count(out->json); i++) {
		const struct mn_json *v = mn_json_member(out->json, i, &key);
		if (!read_member(a, out, key, v, err))
			return false;
	}
	if (!out->data_dir)
		return mn_fail(err, MN_E_CONFIG,
		    "%s: \"data-dir\" is missing: the store that remembers earlier runs",
		    path);
	return out->screen_argc ||
	       mn_fail(err, MN_E_CONFIG, "%s: \"screen\" is missing", path);
}

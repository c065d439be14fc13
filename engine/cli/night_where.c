/* The sections of the configuration that say where alerts go to. */
#include "night.h"

#define TRIES 4
#define TIMEOUT_S 20

const char *
mn_alert_way_name(unsigned way)
{
	static const char *const NAME[MN_ALERT_WAYS] = {"webhook", "mail"};
	return way < MN_ALERT_WAYS ? NAME[way] : "";
}

struct reading {
	struct mn_arena *a;
	const struct mn_night_config *n;
	const char *section;
	struct mn_where *w;
	bool mail;
	struct mn_err *err;
};

static bool
wrong(const struct reading *x, struct mn_str key, const char *want)
{
	return mn_fail(x->err, MN_E_CONFIG, "%s: \"%s\": \"%.*s\": %s", x->n->path,
	    x->section, MN_FMT(key), want);
}

/* An address of a mail is a line of its own in the talk with a server. */
static bool
is_plain(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return s.n > 0;
}

static bool
is_mailbox(struct mn_str s)
{
	size_t at = mn_str_find_byte(s, '@');
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ' ' || s.p[i] == '<' || s.p[i] == '>' || s.p[i] == ',')
			return false;
	return is_plain(s) && at != SIZE_MAX && at > 0 && at + 1 < s.n;
}

static bool
read_to(const struct reading *x, struct mn_str key, const struct mn_json *v)
{
	bool list = mn_json_type(v) == MN_JSON_LIST;
	for (size_t i = 0; i < (list ? mn_json_count(v) : 1); i++) {
		struct mn_str s;
		if (!mn_json_str(list ? mn_json_at(v, i) : v, &s) || !is_mailbox(s) ||
		    x->w->n_to == MN_MAIL_TO)
			return wrong(x, key,
			    "give one to 16 addresses as in \"desk@example.org\"");
		x->w->to[x->w->n_to++] = mn_arena_cstr(x->a, s);
	}
	return x->w->n_to > 0 || wrong(x, key, "no address is in it");
}

static bool
read_number(const struct reading *x, struct mn_str key, const struct mn_json *v,
    uint32_t most, uint32_t *to)
{
	int64_t n;
	if (!mn_json_int(v, &n) || n < 1 || n > most)
		return wrong(
		    x, key, "give a whole number, 1 to 10 tries, to 300 seconds");
	*to = (uint32_t)n;
	return true;
}

static bool
read_one(const struct reading *x, struct mn_str key, const struct mn_json *v)
{
	struct mn_where *w = x->w;
	const struct {
		const char *name;
		const char **to;
		bool hook, mail;
	} TEXT[] = {{"url", &w->url, true, false}, {"url-env", &w->url_env, true, false},
	    {"url-file", &w->url_file, true, false},
	    {"token-env", &w->secret_env, true, false},
	    {"token-file", &w->secret_file, true, false},
	    {"header", &w->header, true, false}, {"server", &w->url, false, true},
	    {"user", &w->user, false, true}, {"from", &w->from, false, true},
	    {"password-env", &w->secret_env, false, true},
	    {"password-file", &w->secret_file, false, true},
	    {"ca-file", &w->ca_file, true, true}};
	struct mn_str s;
	for (size_t i = 0; i < countof(TEXT); i++)
		if ((x->mail ? TEXT[i].mail : TEXT[i].hook) &&
		    mn_str_eq(key, mn_str_c(TEXT[i].name))) {
			if (!mn_json_str(v, &s) || !is_plain(s))
				return wrong(x, key, "give a text");
			*TEXT[i].to = mn_arena_cstr(x->a, s);
			return true;
		}
	if (x->mail && mn_str_eq(key, MN_S("to")))
		return read_to(x, key, v);
	if (mn_str_eq(key, MN_S("tries")))
		return read_number(x, key, v, 10, &w->tries);
	if (mn_str_eq(key, MN_S("timeout")))
		return read_number(x, key, v, 300, &w->timeout_s);
	if (mn_str_eq(key, MN_S("loopback")))
		return mn_json_bool(v, &w->loopback) || wrong(x, key, "true or false");
	if (mn_str_eq(key, MN_S("password")) || mn_str_eq(key, MN_S("token")))
		return wrong(x, key,
		    "secrets do not stand here: name a variable with -env or a file "
		    "with -file");
	return wrong(x, key, "unknown member");
}

static bool
is_whole(const struct reading *x)
{
	const struct mn_where *w = x->w;
	int urls = (w->url != NULL) + (w->url_env != NULL) + (w->url_file != NULL);
	if (urls != 1)
		return wrong(x, x->mail ? MN_S("server") : MN_S("url"),
		    x->mail ? "the address of the mail server is missing"
			    : "give one of url, url-env, url-file");
	if (w->secret_env && w->secret_file)
		return wrong(x, MN_S("-env"), "a secret has one place, not two");
	if (!x->mail)
		return true;
	if (!w->from || !is_mailbox(mn_str_c(w->from)))
		return wrong(
		    x, MN_S("from"), "give an address as in \"manumit@example.org\"");
	return w->n_to > 0 || wrong(x, MN_S("to"), "nobody is named");
}

bool
mn_night_where(struct mn_arena *a, struct mn_night_config *n, enum mn_alert_way way,
    const struct mn_json *map, struct mn_err *err)
{
	struct reading x = {.a = a,
	    .n = n,
	    .section = mn_alert_way_name(way),
	    .w = &n->where[way],
	    .mail = way == MN_BY_MAIL,
	    .err = err};
	if (mn_json_type(map) != MN_JSON_MAP)
		return mn_fail(
		    err, MN_E_CONFIG, "%s: \"%s\": give an object", n->path, x.section);
	*x.w = (struct mn_where){.on = true, .tries = TRIES, .timeout_s = TIMEOUT_S};
	for (size_t i = 0; i < mn_json_count(map); i++) {
		struct mn_str key;
		const struct mn_json *v = mn_json_member(map, i, &key);
		if (!read_one(&x, key, v))
			return false;
	}
	return is_whole(&x);
}

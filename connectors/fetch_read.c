/* The "fetch" object of a source file: every mistake named. */
#include <stddef.h>

#include "manumit/base/limits.h"

#include "fetch_impl.h"

struct reading {
	struct mn_arena *a;
	const char *file;
	struct mn_err *err;
};

static bool
want(struct reading *x, const char *where, const char *what)
{
	return mn_fail(
	    x->err, MN_E_PACK_TYPE, "%s: fetch.%s: %s is wanted", x->file, where, what);
}

/* ---- tables of keys: most values are a text or a number ---- */

enum type { TEXT, NUMBER, OTHER };
struct key {
	struct mn_str name;
	enum type type;
	size_t at; /* of the value in the struct */
};

static const struct key FETCH[] = {
    {MN_S("url"), TEXT, offsetof(struct mn_map_fetch, url)},
    {MN_S("file"), TEXT, offsetof(struct mn_map_fetch, file)},
    {MN_S("agent"), TEXT, offsetof(struct mn_map_fetch, agent)},
    {MN_S("accept"), TEXT, offsetof(struct mn_map_fetch, accept)},
    {MN_S("max_bytes"), NUMBER, offsetof(struct mn_map_fetch, max_bytes)},
    {MN_S("apart_ms"), NUMBER, offsetof(struct mn_map_fetch, apart_ms)},
    {MN_S("format"), OTHER, 0},
    {MN_S("hosts"), OTHER, 0},
    {MN_S("rows_percent"), OTHER, 0},
    {MN_S("token"), OTHER, 0},
    {MN_S("page"), OTHER, 0},
    {MN_S("verified"), OTHER, 0},
    {MN_S("note"), OTHER, 0},
};
static const struct key TOKEN[] = {
    {MN_S("env"), TEXT, offsetof(struct mn_map_fetch, token_env)},
    {MN_S("file"), TEXT, offsetof(struct mn_map_fetch, token_file)},
    {MN_S("header"), TEXT, offsetof(struct mn_map_fetch, token_header)},
    {MN_S("parameter"), TEXT, offsetof(struct mn_map_fetch, token_parameter)},
};
static const struct key PAGE[] = {
    {MN_S("items"), TEXT, offsetof(struct mn_map_page, items)},
    {MN_S("next"), TEXT, offsetof(struct mn_map_page, next)},
    {MN_S("cursor"), TEXT, offsetof(struct mn_map_page, next)},
    {MN_S("parameter"), TEXT, offsetof(struct mn_map_page, parameter)},
    {MN_S("size_parameter"), TEXT, offsetof(struct mn_map_page, size_parameter)},
    {MN_S("total"), TEXT, offsetof(struct mn_map_page, total)},
    {MN_S("start"), NUMBER, offsetof(struct mn_map_page, start)},
    {MN_S("size"), NUMBER, offsetof(struct mn_map_page, size)},
    {MN_S("most"), NUMBER, offsetof(struct mn_map_page, most)},
    {MN_S("by"), OTHER, 0},
};

static bool
unknown(struct reading *x, struct mn_str key, const struct key *k, size_t n)
{
	struct mn_str name[32];
	for (size_t i = 0; i < n; i++)
		name[i] = k[i].name;
	int at = mn_str_nearest(key, name, n);
	return mn_fail(x->err, MN_E_PACK_KEY, "%s: fetch: unknown key \"%.*s\"%s%.*s",
	    x->file, MN_FMT(key), at < 0 ? "" : "; the nearest is ",
	    at < 0 ? 0 : (int)name[at].n, at < 0 ? "" : name[at].p);
}

/* Fills what the table knows; every member must be in it. */
static bool
read_table(struct reading *x, const struct mn_json *map, const struct key *k, size_t n,
    void *out)
{
	struct mn_str key;
	for (size_t i = 0; i < mn_json_count(map); i++) {
		const struct mn_json *v = mn_json_member(map, i, &key);
		size_t at = 0;
		while (v && at < n && !mn_str_eq(k[at].name, key))
			at++;
		if (!v)
			return want(x, "", "a map");
		if (at == n)
			return unknown(x, key, k, n);
		char *to = (char *)out + k[at].at;
		struct mn_str text;
		if (k[at].type == TEXT) {
			if (!mn_json_str(v, &text))
				return want(x, k[at].name.p, "text");
			*(struct mn_str *)(void *)to = mn_arena_str(x->a, text);
		} else if (k[at].type == NUMBER) {
			int64_t *number = (int64_t *)(void *)to;
			if (!mn_json_int(v, number) || *number < 0)
				return want(x, k[at].name.p, "a whole number");
		}
	}
	return true;
}

/* ---- the others ---- */

static bool
read_hosts(struct reading *x, const struct mn_json *v, struct mn_map_fetch *out)
{
	size_t n = mn_json_count(v);
	if (mn_json_type(v) != MN_JSON_LIST)
		return want(x, "hosts", "a list of names of hosts");
	struct mn_str *host = MN_NEW(x->a, struct mn_str, n + 1), s;
	for (size_t i = 0; i < n; i++) {
		if (!mn_json_str(mn_json_at(v, i), &s) || s.n == 0)
			return want(x, "hosts", "a list of names of hosts");
		host[i] = mn_arena_str(x->a, s);
	}
	out->host = host;
	out->n_host = (uint32_t)n;
	return true;
}

static bool
read_percent(struct reading *x, const struct mn_json *v, struct mn_map_fetch *out)
{
	return (mn_json_count(v) == 2 &&
		   mn_json_int(mn_json_at(v, 0), &out->least_percent) &&
		   mn_json_int(mn_json_at(v, 1), &out->most_percent) &&
		   out->least_percent >= 0 && out->most_percent >= 100 &&
		   out->most_percent <= 1000000) ||
	       want(x, "rows_percent", "[least, most], e.g. [50, 300],");
}

static bool
read_by(struct reading *x, const struct mn_json *v, struct mn_map_page *p)
{
	struct mn_str by;
	p->most = p->most ? p->most : MN_MAX_PAGES;
	if (mn_json_str(mn_json_get(v, "by"), &by)) {
		p->by = mn_str_eq(by, MN_S("page"))     ? MN_PAGE_NUMBER
			: mn_str_eq(by, MN_S("offset")) ? MN_PAGE_OFFSET
							: MN_PAGE_NONE;
		return (p->by != MN_PAGE_NONE && p->parameter.n && p->size > 0) ||
		       want(x, "page.by",
			   "\"page\" or \"offset\", with \"parameter\" and \"size\",");
	}
	if (mn_json_get(v, "cursor")) {
		p->by = MN_PAGE_CURSOR;
		return p->parameter.n || want(x, "page.cursor", "also \"parameter\"");
	}
	p->by = mn_str_eq(p->next, MN_S("link")) ? MN_PAGE_LINK : MN_PAGE_NEXT;
	return p->next.n || want(x, "page", "one of \"next\", \"cursor\", \"by\"");
}

static bool
read_token(struct reading *x, const struct mn_json *v, struct mn_map_fetch *out)
{
	return read_table(x, v, TOKEN, countof(TOKEN), out) &&
	       (out->token_env.n || out->token_file.n ||
		   want(x, "token", "\"env\" or \"file\""));
}

static bool
read_format(struct reading *x, const struct mn_json *v, struct mn_map_fetch *out)
{
	struct mn_str name = MN_STR_NONE, rest;
	if (v && !mn_json_str(v, &name))
		name = MN_STR_NONE;
	for (rest = out->file; !v && rest.p;)
		name = mn_str_cut(&rest, '.');
	if (mn_str_eq(name, MN_S("txt")))
		name = MN_S("csv");
	out->format = out->page.by ? MN_FETCH_JSONL : mn_fetch_format_by_name(name);
	return out->format != MN_FETCH_COUNT ||
	       want(x, "format", "csv, jsonl, json, xlsx, html, xml, zip or gz");
}

/* A name that stays in its directory. */
static bool
safe_name(struct mn_str s)
{
	return s.n > 0 && s.n < 200 && s.p[0] != '.' &&
	       mn_str_find_byte(s, '/') == SIZE_MAX && mn_str_find_byte(s, 0) == SIZE_MAX;
}

static bool
read_file(struct reading *x, struct mn_map_fetch *out)
{
	struct mn_str rest = mn_str_sub(out->url, 0, mn_str_find_byte(out->url, '?'));
	if (out->file.n == 0)
		while (rest.p)
			out->file = mn_str_cut(&rest, '/');
	return safe_name(out->file) ||
	       want(x, "file", "a name of a file, because the address ends in none,");
}

bool
mn_fetch_read(struct mn_arena *a, const char *file, const struct mn_json *v,
    struct mn_map_fetch *out, struct mn_err *err)
{
	struct reading x = {a, file, err};
	const struct mn_json *page = mn_json_get(v, "page"), *hosts, *percent, *token;
	*out = (struct mn_map_fetch){
	    .max_bytes = MN_FETCH_BYTES, .least_percent = 50, .most_percent = 300};
	if (!read_table(&x, v, FETCH, countof(FETCH), out))
		return false;
	if (!mn_str_starts(out->url, MN_S("https://")) &&
	    !mn_str_starts(out->url, MN_S("http://127.0.0.1")))
		return want(&x, "url", "an address that begins with https://");
	if (page && (!read_table(&x, page, PAGE, countof(PAGE), &out->page) ||
			!read_by(&x, page, &out->page)))
		return false;
	hosts = mn_json_get(v, "hosts");
	percent = mn_json_get(v, "rows_percent");
	token = mn_json_get(v, "token");
	if (out->apart_ms > 3600000)
		return want(&x, "apart_ms", "at most an hour (3600000)");
	return read_file(&x, out) && read_format(&x, mn_json_get(v, "format"), out) &&
	       (!hosts || read_hosts(&x, hosts, out)) &&
	       (!percent || read_percent(&x, percent, out)) &&
	       (!token || read_token(&x, token, out));
}

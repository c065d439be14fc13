/* A directory with one source whose server is hostile.h's, and what fetching it gave. All
 * names are invented. */
#ifndef TEST_FETCH_FIXTURE_H
#define TEST_FETCH_FIXTURE_H

#include <stdlib.h>

#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/fetch.h"

#include "hostile.h"
#include "tmpdir.h"

#define LIST \
	"name,country,listed by\nGodwit Garments,BD,us\nPlover Plastics,VN,us\n" \
	"Ruff Rugs,IN,us\n"
#define OTHER \
	"name,country,listed by\nGodwit Garments,BD,us\nPlover Plastics,VN,us\n" \
	"Ruff Rugs,IN,us\nStint Steel,TR,us\n"

struct fetching {
	struct hostile *server;
	struct tmpdir *tmp;
	struct mn_arena root;
	const struct mn_mappings *maps;
	struct mn_fetch_opts o;
	struct mn_err err;
	enum mn_fetch_outcome outcome;
	struct mn_fetch_status st;
	char text[8192]; /* of the copy */
};

static inline void
fetch_put(const char *path, const char *text)
{
	struct mn_err err;
	struct mn_out *o = mn_out_open(path, 0600, &err);
	assert_non_null(o);
	mn_out_c(o, text);
	assert_true(mn_out_commit(o, true, NULL, &err));
}

static inline const char *
fetch_text(struct fetching *x, const char *name)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_str text = MN_STR_NONE;
	struct mn_err err;
	mn_file_read(&a, tmpdir_at(x->tmp, name), sizeof x->text - 1, &text, &err);
	memcpy(x->text, text.n ? text.p : "", text.n);
	x->text[text.n] = 0;
	mn_arena_free(root);
	return x->text;
}

/* "fetch" is the object; PORT in it stands for the server's port. */
static inline bool
fetch_source(struct fetching *x, const char *fetch)
{
	static const char *const TABLES[] = {"fields", "countries", "names"};
	char text[4096], where[512], from[512];
	const char *port = strstr(fetch, "PORT");
	snprintf(where, sizeof where, "%s/connectors/sources", x->tmp->path);
	assert_true(mn_dir_make(where, &x->err));
	for (size_t i = 0; i < countof(TABLES); i++) {
		snprintf(
		    from, sizeof from, MN_SOURCE_DIR "/connectors/%s.json", TABLES[i]);
		snprintf(where, sizeof where, "%s/connectors/%s.json", x->tmp->path,
		    TABLES[i]);
		(void)!symlink(from, where);
	}
	int n = snprintf(text, sizeof text,
	    "{\"source\": \"invented-list\", \"kind\": \"watchlist\","
	    " \"title\": \"An invented list\", \"licence\": \"CC0-1.0\","
	    " \"match\": [\"name\", \"%s\"],"
	    " \"columns\": {\"name\": \"name\", \"country\": \"country\","
	    " \"listed by\": \"-\", \"share\": \"-\"},"
	    " \"constants\": {\"list\": \"Invented\"}, \"row_floor\": 2,"
	    " \"stale_after_days\": 30, \"fetch\": ",
	    strstr(fetch, "page")       ? "share"
	    : strstr(fetch, "list.csv") ? "country"
					: "listed by");
	char *to = text + n;
	size_t room = sizeof text - (size_t)n;
	if (port)
		snprintf(to, room, "%.*s%u%s}", (int)(port - fetch), fetch,
		    x->server->port, port + 4);
	else
		snprintf(to, room, "%s}", fetch);
	fetch_put(tmpdir_at(x->tmp, "connectors/sources/invented-list.json"), text);
	snprintf(where, sizeof where, "%s/connectors", x->tmp->path);
	mn_arena_free(x->root);
	struct mn_arena a = x->root = mn_arena_new((size_t)256 << 20, NULL);
	x->err = MN_ERR_NONE;
	x->maps = mn_mappings_load(&a, where, &x->err);
	x->o.mappings = x->maps;
	return x->maps != NULL;
}

/* A source at a path of the server. */
static inline void
fetch_path(struct fetching *x, const char *path)
{
	char fetch[512];
	snprintf(fetch, sizeof fetch,
	    "{\"url\": \"http://127.0.0.1:PORT%s\", \"file\": \"ok.csv\"}", path);
	if (!fetch_source(x, fetch))
		fail_msg("%s", x->err.msg);
}

static inline enum mn_fetch_outcome
fetch_now(struct fetching *x)
{
	static struct mn_arena a, root;
	struct mn_fetch *f = mn_fetch_open(&x->o, &x->err);
	size_t i;
	if (!f)
		fail_msg("%s", x->err.msg);
	assert_true(mn_fetch_find(x->maps, MN_S("invented-list"), &i, &x->err));
	x->outcome = mn_fetch_source(f, i, &x->err);
	mn_fetch_close(f);
	if (root.beg)
		mn_arena_free(root);
	root = a = mn_arena_new(1u << 20, NULL);
	struct mn_err err;
	if (!mn_fetch_status(
		&a, x->maps, i, x->o.dir, x->o.now, x->o.max_age, &x->st, &err))
		fail_msg("%s", err.msg);
	return x->outcome;
}

static inline int
fetch_setup(void **state)
{
	static struct fetching x;
	void *tmp = NULL;
	static char dir[512];
	x = (struct fetching){.server = hostile_start(), .err = MN_ERR_NONE};
	if (!x.server || tmpdir_make(&tmp) != 0)
		return -1;
	x.tmp = tmp;
	x.root = mn_arena_new(1u << 20, NULL);
	snprintf(dir, sizeof dir, "%s/lists", x.tmp->path);
	x.o = (struct mn_fetch_opts){.dir = dir,
	    .now = {mn_day_from(2026, 11, 20), 3600},
	    .http = mn_http_rules_usual(),
	    .keep = 2,
	    .max_age = -1};
	x.o.http.loopback = true;
	x.o.http.connect_ms = 2000;
	x.o.http.total_ms = 10000;
	x.o.http.low_s = 1;
	x.o.http.tries = 2;
	x.o.http.backoff_ms = 2;
	x.o.http.apart_ms = 0;
	hostile_reset(x.server, LIST);
	*state = &x;
	return 0;
}

static inline int
fetch_teardown(void **state)
{
	struct fetching *x = *state;
	hostile_stop(x->server);
	mn_arena_free(x->root);
	return mn_dir_remove(x->tmp->path, NULL) ? 0 : -1;
}

/* Files below part/ and temporary ones anywhere. */
static inline size_t
fetch_leftovers(struct fetching *x)
{
	static const char *const DIRS[] = {
	    "lists", "lists/part", "lists/state", "lists/old"};
	size_t left = 0, n;
	struct mn_str *name;
	for (size_t i = 0; i < countof(DIRS); i++) {
		struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
		assert_true(
		    mn_dir_list(&a, tmpdir_at(x->tmp, DIRS[i]), &name, &n, &x->err));
		for (size_t k = 0; k < n; k++)
			left += i == 1 || mn_str_find(name[k], MN_S("tmp")) != SIZE_MAX;
		mn_arena_free(root);
	}
	return left;
}

#endif

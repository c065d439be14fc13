/* Fetching sources: what becomes the copy in use, and everything that does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "fetch_fixture.h"
#include "sign_fixture.h"

#define COPY "lists/invented-list.csv"

static void
succeeded(struct fetching *x, enum mn_fetch_outcome want)
{
	if (x->outcome != want)
		fail_msg("outcome %d: %s", x->outcome, x->err.msg);
	assert_int_equal(x->st.error.n, 0);
	assert_false(x->st.stale);
	assert_int_equal(fetch_leftovers(x), 0);
}

static void
failed(struct fetching *x, enum mn_code code, const char *says)
{
	if (x->outcome != MN_FETCH_FAILED || x->err.code != code ||
	    mn_str_find(mn_str_c(x->err.msg), mn_str_c(says)) == SIZE_MAX)
		fail_msg("%s \"%s\", not %s \"%s\"", mn_code_name(x->err.code),
		    x->err.msg, mn_code_name(code), says);
	assert_true(mn_str_eq(x->st.error, mn_str_c(x->err.msg)));
}

static void
fetched(struct fetching *x, const char *path)
{
	fetch_path(x, path);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
}

static void
a_list_is_fetched_and_kept(void **state)
{
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	assert_string_equal(fetch_text(x, COPY), LIST);
	assert_int_equal(x->st.rows, 3);
	assert_int_equal(x->st.rows_before, -1);
	assert_int_equal(x->st.age, 0);
	assert_int_equal(x->st.limit, 30);
	assert_int_equal(strlen(x->st.sha256), 64);
	assert_int_equal(x->st.bytes, strlen(LIST));
}

static void
what_is_unchanged_is_confirmed(void **state)
{
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	x->o.now.day += 40;
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_fetch_status st;
	assert_true(
	    mn_fetch_status(&a, x->maps, 0, x->o.dir, x->o.now, -1, &st, &x->err));
	assert_true(st.stale);
	assert_int_equal(st.age, 40);
	assert_true(
	    mn_fetch_status(&a, x->maps, 0, x->o.dir, x->o.now, 50, &st, &x->err));
	assert_false(st.stale);
	mn_arena_free(root);
	fetch_now(x);
	succeeded(x, MN_FETCH_SAME);
	assert_non_null(strstr(x->server->last, "If-None-Match: \"one\""));
	assert_int_equal(x->st.age, 0);
	/* Confirmed, but its publisher is silent for longer than usual. */
	assert_true(x->st.quiet);
	/* The same bytes under another tag are no change either. */
	snprintf(x->server->etag, sizeof x->server->etag, "\"two\"");
	fetch_now(x);
	succeeded(x, MN_FETCH_SAME);
	assert_int_equal(x->st.changed.day, mn_day_from(2026, 11, 20));
}

static void
a_change_keeps_the_copy_before(void **state)
{
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	hostile_reset(x->server, OTHER);
	snprintf(x->server->etag, sizeof x->server->etag, "\"two\"");
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_int_equal(x->st.rows, 4);
	assert_int_equal(x->st.rows_before, 3);
	assert_string_equal(fetch_text(x, COPY), OTHER);
	assert_string_equal(fetch_text(x, "lists/old/invented-list.1.csv"), LIST);
	for (int i = 0; i < 3; i++) {
		hostile_reset(x->server, i % 2 ? OTHER : LIST);
		snprintf(x->server->etag, sizeof x->server->etag, "\"n%d\"", i);
		fetch_now(x);
		succeeded(x, MN_FETCH_NEW);
	}
	assert_string_equal(fetch_text(x, "lists/old/invented-list.1.csv"), OTHER);
	assert_string_equal(fetch_text(x, "lists/old/invented-list.2.csv"), LIST);
	assert_false(mn_path_exists(tmpdir_at(x->tmp, "lists/old/invented-list.3.csv")));
}

static void
a_copy_that_was_touched_is_fetched_anew(void **state)
{
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	fetch_put(tmpdir_at(x->tmp, COPY), "name\n");
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_null(strstr(x->server->last, "If-None-Match"));
	assert_string_equal(fetch_text(x, COPY), LIST);
	assert_int_equal(unlink(tmpdir_at(x->tmp, COPY)), 0);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
}

/* Every way to fail: the code, the last good copy, nothing left over. */
static void
no_failure_touches_the_last_good_copy(void **state)
{
	static const struct {
		const char *path;
		enum mn_code code;
		size_t left; /* of a part that can be resumed: itself and its validator */
	} CASES[] = {
	    {"/truncated", MN_E_TRANSIENT, 2},
	    {"/slow", MN_E_TRANSIENT, 0},
	    {"/cut-chunk", MN_E_TRANSIENT, 0},
	    {"/hang-up", MN_E_TRANSIENT, 0},
	    {"/no-http", MN_E_TRANSIENT, 0},
	    {"/fault", MN_E_TRANSIENT, 0},
	    {"/endless", MN_E_POLICY, 0},
	    {"/bomb", MN_E_POLICY, 0},
	    {"/headers", MN_E_POLICY, 0},
	    {"/to-file", MN_E_POLICY, 0},
	    {"/to-http", MN_E_POLICY, 0},
	    {"/to-host", MN_E_POLICY, 0},
	    {"/to-metadata", MN_E_POLICY, 0},
	    {"/loop", MN_E_POLICY, 0},
	    {"/gone", MN_E_UNAVAILABLE, 0},
	    {"/forbidden", MN_E_UNAVAILABLE, 0},
	    {"/html", MN_E_DOWNLOAD, 0},
	    {"/empty", MN_E_DOWNLOAD, 0},
	    {"/nothing", MN_E_DOWNLOAD, 0},
	    {"/short", MN_E_DOWNLOAD, 0},
	    {"/circle", MN_E_DOWNLOAD, 0},
	};
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	for (size_t i = 0; i < countof(CASES); i++) {
		char fetch[512];
		print_message("  %s\n", CASES[i].path);
		hostile_reset(x->server, OTHER);
		snprintf(x->server->etag, sizeof x->server->etag, "\"two\"");
		snprintf(fetch, sizeof fetch,
		    "{\"url\": \"http://127.0.0.1:PORT%s\", \"file\": \"ok.csv\", "
		    "\"max_bytes\": 1000000}",
		    CASES[i].path);
		assert_true(fetch_source(x, fetch));
		fetch_now(x);
		failed(x, CASES[i].code, "");
		assert_string_equal(fetch_text(x, COPY), LIST);
		assert_int_equal(fetch_leftovers(x), CASES[i].left);
		assert_false(x->st.stale);
		assert_int_equal(x->st.rows, 3);
	}
	/* And the next good answer is taken. */
	fetched(x, "/ok.csv");
	assert_string_equal(fetch_text(x, COPY), OTHER);
}

static void
a_part_is_resumed_by_the_next_run(void **state)
{
	struct fetching *x = *state;
	x->o.http.tries = 1;
	fetch_path(x, "/resumed");
	fetch_now(x);
	failed(x, MN_E_TRANSIENT, "ended before the file did");
	assert_true(x->st.stale);
	assert_int_equal(fetch_leftovers(x), 2);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_string_equal(fetch_text(x, COPY), LIST);
	assert_non_null(strstr(x->server->ranges, "bytes="));
	x->o.http.tries = 2;
}

static void
another_file_than_expected_is_refused(void **state)
{
	static const struct {
		const char *body, *says;
	} CASES[] = {
	    {"<html>Sign in</html>", "a web page where csv was expected"},
	    {"PK\x03\x04zip", "another kind of file where csv"},
	    {"%PDF-1.7", "another kind of file"},
	    {"{\"error\": \"quota\"}", "cannot be read: no usable header row"},
	    {"company,country\nA,DE\nB,DE\nC,DE\n", "columns are not those"},
	    {"name,country,listed by\n", "has 0 rows"},
	    {"name,country,listed by\nGodwit Garments,BD,us\n", "never had fewer than 2"},
	    {" \n", "the file is empty"},
	    {"x", ""},
	};
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	for (size_t i = 0; i < countof(CASES); i++) {
		hostile_reset(x->server, CASES[i].body);
		snprintf(x->server->etag, sizeof x->server->etag, "\"c%zu\"", i);
		fetch_now(x);
		failed(x, MN_E_DOWNLOAD, CASES[i].says);
		assert_int_equal(mn_code_exit(x->err.code), 65);
		assert_string_equal(fetch_text(x, COPY), LIST);
		assert_int_equal(fetch_leftovers(x), 0);
	}
}

static void
rows(struct hostile *s, unsigned n)
{
	char body[HOSTILE_BODY], *p = body;
	p += sprintf(p, "name,country,listed by\n");
	for (unsigned i = 0; i < n; i++)
		p += sprintf(p, "Turnstone Works %u,BD,us\n", i);
	hostile_reset(s, body);
	snprintf(s->etag, sizeof s->etag, "\"%u\"", n);
}

/* Of a format without a reader the type is checked, and nobody claims to know its rows.
 */
static void
rows_of_other_formats_are_not_known(void **state)
{
	struct fetching *x = *state;
	assert_true(fetch_source(
	    x, "{\"url\": \"http://127.0.0.1:PORT/ok.csv\", \"format\": \"xml\"}"));
	hostile_reset(x->server, "<?xml version=\"1.0\"?><list/>");
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_int_equal(x->st.rows, -1);
	hostile_reset(x->server, "<html>Sign in</html>");
	snprintf(x->server->etag, sizeof x->server->etag, "\"two\"");
	fetch_now(x);
	failed(x, MN_E_DOWNLOAD, "a web page where xml was expected");
}

static void
another_number_of_rows_needs_force(void **state)
{
	struct fetching *x = *state;
	fetch_path(x, "/ok.csv");
	rows(x->server, 100);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	rows(x->server, 49);
	fetch_now(x);
	failed(x, MN_E_DOWNLOAD, "has 49 rows, but had 100 last time");
	rows(x->server, 301);
	fetch_now(x);
	failed(x, MN_E_DOWNLOAD, "has 301 rows, but had 100 last time");
	rows(x->server, 50);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	rows(x->server, 3);
	x->o.force = true;
	fetch_now(x);
	x->o.force = false;
	succeeded(x, MN_FETCH_NEW);
	assert_int_equal(x->st.rows, 3);
	assert_int_equal(x->st.rows_before, 50);
}

static void
who_asks_to_be_left_alone_is(void **state)
{
	struct fetching *x = *state;
	fetch_path(x, "/many");
	fetch_now(x);
	failed(x, MN_E_TRANSIENT, "asks for fewer requests");
	unsigned asked = x->server->asked;
	x->o.now.second += 7000;
	fetch_now(x);
	failed(x, MN_E_TRANSIENT, "left alone until 2026-11-20T03:00:00Z");
	assert_int_equal(x->server->asked, asked);
	fetch_path(x, "/ok.csv");
	x->o.now.second += 300;
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	x->o.now.second = 3600;
}

static void
a_directory_stands_in_for_the_network(void **state)
{
	struct fetching *x = *state;
	char dir[512];
	snprintf(dir, sizeof dir, "%s/stick", x->tmp->path);
	assert_true(mn_dir_make(dir, &x->err));
	fetch_path(x, "/ok.csv");
	x->o.offline = dir;
	fetch_now(x);
	failed(x, MN_E_UNAVAILABLE, "no file ok.csv in the directory");
	fetch_put(tmpdir_at(x->tmp, "stick/ok.csv"), "<html>");
	fetch_now(x);
	failed(x, MN_E_DOWNLOAD, "a web page");
	fetch_put(tmpdir_at(x->tmp, "stick/ok.csv"), LIST);
	struct timespec when[2];
	when[0].tv_sec = when[1].tv_sec = (int64_t)86400 * mn_day_from(2026, 11, 1);
	when[0].tv_nsec = when[1].tv_nsec = 0;
	assert_int_equal(
	    utimensat(AT_FDCWD, tmpdir_at(x->tmp, "stick/ok.csv"), when, 0), 0);
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_int_equal(x->st.age, 19);
	assert_int_equal(x->server->asked, 0);
	assert_string_equal(fetch_text(x, "stick/ok.csv"), LIST);
	x->o.offline = NULL;
}

static void
a_mirror_must_sign_once_keys_are_pinned(void **state)
{
	struct fetching *x = *state;
	struct mn_sign_keys keys = {.n = 0};
	char mirror[128];
	snprintf(mirror, sizeof mirror, "http://127.0.0.1:%u/", x->server->port);
	assert_true(mn_sign_keys_add(&keys, mn_str_c(KEY_A), "a.pub", &x->err));
	assert_true(fetch_source(x,
	    "{\"url\": \"https://lists.example/y\", \"file\": \"ok.csv\", "
	    "\"token\": {\"env\": \"NOT_FOR_MIRRORS\"}}"));
	x->o.mirror = mirror;
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	x->o.keys = &keys;
	fetch_now(x); /* 304, and still nobody vouches for it */
	failed(x, MN_E_SIGNATURE, "comes without its signature ok.csv.minisig");
	hostile_reset(x->server, OTHER);
	snprintf(x->server->etag, sizeof x->server->etag, "\"two\"");
	fetch_now(x);
	failed(x, MN_E_SIGNATURE, "comes without its signature ok.csv.minisig");
	assert_int_equal(mn_code_exit(x->err.code), 76);
	snprintf(x->server->signature, sizeof x->server->signature, "%s", SIGN_A);
	fetch_now(x);
	failed(x, MN_E_SIGNATURE, "was changed after it was signed");
	assert_string_equal(fetch_text(x, COPY), LIST);
	assert_int_equal(fetch_leftovers(x), 0);
	x->o.mirror = NULL;
	x->o.keys = NULL;
}

/* The signed file of sign_fixture.h is called list.csv. */
static void
signed_by(struct fetching *x, const char *signature)
{
	snprintf(x->server->signature, sizeof x->server->signature, "%s", signature);
	fetch_now(x);
}

static void
a_signed_list_never_steps_back(void **state)
{
	struct fetching *x = *state;
	struct mn_sign_keys keys = {.n = 0};
	char mirror[128];
	snprintf(mirror, sizeof mirror, "http://127.0.0.1:%u", x->server->port);
	assert_true(mn_sign_keys_add(&keys, mn_str_c(KEY_A), "a.pub", &x->err));
	assert_true(fetch_source(x, "{\"url\": \"https://lists.example/list.csv\"}"));
	hostile_reset(x->server, SIGNED_LIST);
	x->o.mirror = mirror;
	x->o.keys = &keys;
	signed_by(x, SIGN_A);
	succeeded(x, MN_FETCH_NEW);
	assert_true(mn_str_eq(x->st.version, MN_S("7")));
	signed_by(x, SIGN_STAMPED); /* 304, and signed anew */
	succeeded(x, MN_FETCH_SAME);
	assert_true(mn_str_eq(x->st.version, MN_S("8")));
	signed_by(x, SIGN_A);
	failed(x, MN_E_SIGNATURE, "is version 7, but 8 was accepted before");
	signed_by(x, SIGN_B);
	failed(x, MN_E_SIGNATURE, "not among the 1 pinned");
	/* A mirror that stands still does not keep a list alive. */
	x->o.now.day = mn_day_from(2027, 7, 1);
	signed_by(x, SIGN_STAMPED);
	failed(x, MN_E_SIGNATURE, "good until 2027-06-30");
	assert_true(x->st.stale);
	assert_string_equal(fetch_text(x, COPY), SIGNED_LIST);
}

static const char *
no_env(const char *name)
{
	return strcmp(name, "LIST_TOKEN") == 0 ? " hush\n" : NULL;
}

static void
tokens_come_from_outside(void **state)
{
	struct fetching *x = *state;
	assert_true(fetch_source(x,
	    "{\"url\": \"http://127.0.0.1:PORT/token\", \"format\": \"csv\", "
	    "\"token\": {\"env\": \"LIST_TOKEN\"}}"));
	fetch_now(x);
	failed(x, MN_E_CONFIG, "put it into the environment as LIST_TOKEN");
	x->o.env = no_env;
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_null(strstr(fetch_text(x, "lists/state/invented-list.json"), "hush"));
	fetch_put(tmpdir_at(x->tmp, "token"), "hush\n");
	char fetch[512];
	snprintf(fetch, sizeof fetch,
	    "{\"url\": \"http://127.0.0.1:PORT/token\", \"format\": \"csv\", "
	    "\"token\": {\"file\": \"%s/token\", \"parameter\": \"key\"}}",
	    x->tmp->path);
	assert_true(fetch_source(x, fetch));
	fetch_now(x);
	succeeded(x, MN_FETCH_SAME);
	assert_non_null(strstr(x->server->last, "key=hush"));
	assert_null(strstr(fetch_text(x, "lists/state/invented-list.json"), "hush"));
	x->o.env = NULL;
}

static void
pages_become_one_list(void **state)
{
	static const char *const PAGES[] = {
	    "\"by\": \"page\", \"parameter\": \"page\", \"size\": 2",
	    ("\"by\": \"offset\", \"parameter\": \"offset\", \"size\": 2, "
	     "\"size_parameter\": \"limit\""),
	    ("\"cursor\": \"meta.cursor\", \"parameter\": \"cursor\", "
	     "\"size\": 2, \"size_parameter\": \"limit\""),
	    "\"next\": \"meta.next\"", "\"next\": \"link\""};
	struct fetching *x = *state;
	char fetch[512];
	for (size_t i = 0; i < countof(PAGES); i++) {
		snprintf(fetch, sizeof fetch,
		    "{\"url\": \"http://127.0.0.1:PORT/pages\", \"page\": {\"items\": "
		    "\"data.items\", \"total\": \"meta.total\", %s}}",
		    PAGES[i]);
		hostile_reset(x->server, "");
		assert_true(fetch_source(x, fetch));
		fetch_now(x);
		succeeded(x, i ? MN_FETCH_SAME : MN_FETCH_NEW);
		assert_int_equal(x->server->asked, 3);
		assert_int_equal(x->st.rows, 5);
		if (strstr(PAGES[i], "limit"))
			assert_non_null(strstr(x->server->last, "limit=2"));
	}
	assert_string_equal(fetch_text(x, "lists/invented-list.jsonl"),
	    "{\"name\":\"Plover 0\",\"share\":23.8103}\n"
	    "{\"name\":\"Plover 1\",\"share\":23.8103}\n"
	    "{\"name\":\"Plover 2\",\"share\":23.8103}\n"
	    "{\"name\":\"Plover 3\",\"share\":23.8103}\n"
	    "{\"name\":\"Plover 4\",\"share\":23.8103}\n");
}

static void
pages_that_do_not_add_up_are_refused(void **state)
{
	static const struct {
		const char *path, *page, *says;
		enum mn_code code;
	} CASES[] = {
	    {"/pages", "\"next\": \"meta.next\", \"total\": \"meta.total\"",
		"promised 6 items and gave 5", MN_E_DOWNLOAD},
	    {"/pages", "\"next\": \"meta.next\", \"most\": 2", "more than 2 pages",
		MN_E_DOWNLOAD},
	    {"/circle?page=1", "\"next\": \"meta.next\"", "names itself as the next",
		MN_E_DOWNLOAD},
	    {"/html", "\"next\": \"meta.next\"", "not valid JSON", MN_E_DOWNLOAD},
	    {"/endless", "\"next\": \"meta.next\"", "larger than", MN_E_POLICY},
	    {"/fault", "\"next\": \"meta.next\"", "HTTP 500", MN_E_TRANSIENT},
	};
	struct fetching *x = *state;
	char fetch[512];
	for (size_t i = 0; i < countof(CASES); i++) {
		hostile_reset(x->server, "");
		x->server->total = 6;
		snprintf(fetch, sizeof fetch,
		    "{\"url\": \"http://127.0.0.1:PORT%s\", \"file\": \"p\", \"page\": "
		    "{\"items\": \"data.items\", %s}}",
		    CASES[i].path, CASES[i].page);
		assert_true(fetch_source(x, fetch));
		fetch_now(x);
		failed(x, CASES[i].code, CASES[i].says);
		assert_int_equal(fetch_leftovers(x), 0);
	}
}

static void
two_at_once_take_turns(void **state)
{
	struct fetching *x = *state;
	fetch_path(x, "/ok.csv");
	struct mn_fetch *f = mn_fetch_open(&x->o, &x->err);
	assert_non_null(f);
	assert_null(mn_fetch_open(&x->o, &x->err));
	assert_int_equal(mn_code_exit(x->err.code), 75);
	mn_fetch_close(f);
}

static void
a_damaged_state_is_named(void **state)
{
	static const char *const DAMAGE[] = {"", "{", "[]", "{\"etag\": 1}",
	    "{\"sha256\": \"ab\"}", "{\"checked_at\": \"yesterday\"}",
	    "{\"etag\": \"a\\r\\nX: y\"}", "{\"bytes\": -7}"};
	struct fetching *x = *state;
	fetched(x, "/ok.csv");
	for (size_t i = 0; i < countof(DAMAGE); i++) {
		size_t at;
		fetch_put(tmpdir_at(x->tmp, "lists/state/invented-list.json"), DAMAGE[i]);
		struct mn_fetch *f = mn_fetch_open(&x->o, &x->err);
		assert_true(mn_fetch_find(x->maps, MN_S("invented-list"), &at, &x->err));
		assert_int_equal(mn_fetch_source(f, at, &x->err), MN_FETCH_FAILED);
		assert_true(x->err.code == MN_E_DATA || x->err.code == MN_E_PACK_JSON);
		mn_fetch_close(f);
	}
	assert_string_equal(fetch_text(x, COPY), LIST);
}

static void
mistakes_in_a_source_are_named(void **state)
{
	static const struct {
		const char *fetch, *says;
	} CASES[] = {
	    {"{\"ulr\": \"https://a.example/x.csv\"}", "the nearest is url"},
	    {"{\"url\": \"http://a.example/x.csv\"}", "begins with https://"},
	    {"{}", "begins with https://"},
	    {"{\"url\": \"https://a.example/\"}", "a name of a file"},
	    {"{\"url\": \"https://a.example/x.csv\", \"file\": \"../x.csv\"}",
		"a name of a file"},
	    {"{\"url\": \"https://a.example/x.doc\"}", "fetch.format"},
	    {"{\"url\": \"https://a.example/x.csv\", \"hosts\": \"b\"}", ""},
	    {"{\"url\": \"https://a.example/x.csv\", \"hosts\": [1]}", "fetch.hosts"},
	    {"{\"url\": \"https://a.example/x.csv\", \"max_bytes\": -1}", "max_bytes"},
	    {"{\"url\": \"https://a.example/x.csv\", \"rows_percent\": [1]}",
		"rows_percent"},
	    {"{\"url\": \"https://a.example/x\", \"page\": {\"items\": \"a\"}}",
		"one of \"next\", \"cursor\", \"by\""},
	    {"{\"url\": \"https://a.example/x\", \"page\": {\"by\": \"line\"}}",
		"page.by"},
	    {"{\"url\": \"https://a.example/x.csv\", \"token\": {}}", "fetch.token"},
	    {"{\"url\": \"https://a.example/x.csv\", \"token\": {\"evn\": \"A\"}}",
		"the nearest is env"},
	    {"7", ""},
	};
	struct fetching *x = *state;
	for (size_t i = 0; i < countof(CASES); i++) {
		if (fetch_source(x, CASES[i].fetch))
			fail_msg("%s was accepted", CASES[i].fetch);
		if (mn_str_find(mn_str_c(x->err.msg), mn_str_c(CASES[i].says)) ==
		    SIZE_MAX)
			fail_msg("%s: \"%s\"", CASES[i].fetch, x->err.msg);
	}
	fetch_path(x, "/ok.csv");
	size_t i;
	assert_false(mn_fetch_find(x->maps, MN_S("inventedlist"), &i, &x->err));
	assert_int_equal(x->err.code, MN_E_NOTFOUND);
	assert_non_null(strstr(x->err.msg, "did you mean invented-list"));
}

static void
years_are_those_of_today(void **state)
{
	struct fetching *x = *state;
	fetch_path(x, "/ok.csv?y={year}&z={year-1}");
	fetch_now(x);
	succeeded(x, MN_FETCH_NEW);
	assert_non_null(strstr(x->server->last, "GET /ok.csv?y=2026&z=2025 "));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fetch_setup, fetch_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_list_is_fetched_and_kept),
	    TEST(what_is_unchanged_is_confirmed),
	    TEST(a_change_keeps_the_copy_before),
	    TEST(a_copy_that_was_touched_is_fetched_anew),
	    TEST(no_failure_touches_the_last_good_copy),
	    TEST(a_part_is_resumed_by_the_next_run),
	    TEST(another_file_than_expected_is_refused),
	    TEST(rows_of_other_formats_are_not_known),
	    TEST(another_number_of_rows_needs_force),
	    TEST(who_asks_to_be_left_alone_is),
	    TEST(a_directory_stands_in_for_the_network),
	    TEST(a_mirror_must_sign_once_keys_are_pinned),
	    TEST(a_signed_list_never_steps_back),
	    TEST(tokens_come_from_outside),
	    TEST(pages_become_one_list),
	    TEST(pages_that_do_not_add_up_are_refused),
	    TEST(two_at_once_take_turns),
	    TEST(a_damaged_state_is_named),
	    TEST(mistakes_in_a_source_are_named),
	    TEST(years_are_those_of_today),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

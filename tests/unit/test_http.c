/* Downloads from servers that are correct, broken and hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/clock.h"

#include "../../connectors/http.h"
#include "hostile.h"
#include "tmpdir.h"

#define BODY "name,country\nGodwit Garments,BD\nPlover Plastics,VN\nRuff Rugs,IN\n"
#define CAP (1u << 20)

static struct hostile *server;
static struct tmpdir *tmp;

static int
setup(void **state)
{
	server = hostile_start();
	return server && tmpdir_make(state) == 0 ? (tmp = *state, 0) : -1;
}

static int
teardown(void **state)
{
	hostile_stop(server);
	return tmpdir_remove(state);
}

static struct mn_http_rules
quick(void)
{
	struct mn_http_rules r = mn_http_rules_usual();
	r.loopback = true;
	r.connect_ms = 2000;
	r.total_ms = 10000;
	r.low_s = 1;
	r.tries = 3;
	r.backoff_ms = 2;
	r.apart_ms = 0;
	return r;
}

struct reply {
	struct mn_http_answer a;
	struct mn_err err;
	bool good;
	char text[4096];
	size_t n;
	char part[MN_HTTP_VALUE]; /* what begun was told last */
};

static void
begun(void *ctx, const char *validator)
{
	struct reply *r = ctx;
	snprintf(r->part, sizeof r->part, "%s", validator ? validator : "");
}

static struct reply
ask_by(struct mn_http_rules rules, struct mn_http_ask ask, const char *path)
{
	struct reply r = {.err = MN_ERR_NONE};
	char url[512];
	snprintf(url, sizeof url, "http://127.0.0.1:%u%s", server->port, path);
	if (!ask.url)
		ask.url = url;
	if (!ask.part) /* else what the last download left is resumed */
		unlink(tmpdir_at(tmp, "part"));
	ask.fd = open(tmpdir_at(tmp, "part"), O_RDWR | O_CREAT, 0600);
	ask.most = ask.most ? ask.most : CAP;
	ask.begun = begun;
	ask.ctx = &r;
	assert_true(ask.fd >= 0);
	struct mn_http *h = mn_http_new(&rules, &r.err);
	assert_non_null(h);
	r.good = mn_http_get(h, &ask, &r.a, &r.err);
	mn_http_free(h);
	ssize_t n = pread(ask.fd, r.text, sizeof r.text - 1, 0);
	r.n = n > 0 ? (size_t)n : 0;
	close(ask.fd);
	return r;
}

static struct reply
ask(const char *path)
{
	hostile_reset(server, BODY);
	return ask_by(quick(), (struct mn_http_ask){.url = NULL}, path);
}

static void
whole(const struct reply *r)
{
	if (!r->good)
		fail_msg("%s", r->err.msg);
	assert_string_equal(r->text, BODY);
	assert_int_equal(r->a.bytes, sizeof BODY - 1);
}

static void
refused(const char *path, enum mn_code code, int status, const char *says)
{
	struct reply r = ask(path);
	assert_false(r.good);
	if (r.err.code != code || mn_code_exit(r.err.code) != status ||
	    mn_str_find(mn_str_c(r.err.msg), mn_str_c(says)) == SIZE_MAX)
		fail_msg("%s: %s \"%s\", not %s \"%s\"", path, mn_code_name(r.err.code),
		    r.err.msg, mn_code_name(code), says);
}

static void
a_file_arrives_whole(void **state)
{
	struct reply r = ask("/ok.csv");
	(void)state;
	whole(&r);
	assert_string_equal(r.a.etag, "\"one\"");
	assert_string_equal(r.a.modified, "Sun, 01 Nov 2026 10:00:00 GMT");
	assert_string_equal(r.a.type, "text/csv");
	assert_string_equal(r.part, "\"one\"");
	assert_int_equal(server->asked, 1);
	assert_non_null(strstr(server->last, "User-Agent: manumit/"));
}

static void
what_is_unchanged_is_not_sent(void **state)
{
	(void)state;
	hostile_reset(server, BODY);
	struct reply r =
	    ask_by(quick(), (struct mn_http_ask){.etag = "\"one\""}, "/ok.csv");
	assert_true(r.good);
	assert_true(r.a.unchanged);
	assert_int_equal(r.n, 0);
	/* Without having asked, the answer makes no sense. */
	refused("/always-304", MN_E_UNAVAILABLE, 69, "HTTP 304");
}

static void
a_broken_transfer_is_resumed(void **state)
{
	(void)state;
	struct reply r = ask("/resumed");
	whole(&r);
	assert_int_equal(server->asked, 2);
	assert_string_equal(server->ranges, "bytes=32-;");
	assert_non_null(strstr(server->last, "If-Range: \"one\""));
}

static void
one_that_changed_meanwhile_begins_anew(void **state)
{
	(void)state;
	struct reply r = ask("/changed");
	whole(&r);
	assert_string_equal(r.a.etag, "\"changed\"");
	assert_string_equal(r.part, "\"changed\"");
}

static void
a_part_of_an_earlier_run_is_resumed(void **state)
{
	(void)state;
	struct reply r = ask("/truncated");
	assert_false(r.good);
	assert_int_equal(r.err.code, MN_E_TRANSIENT);
	assert_int_equal(server->asked, 3);
	assert_int_equal(r.n, 32);
	r = ask_by(quick(), (struct mn_http_ask){.part = r.part}, "/ok.csv");
	whole(&r);
	assert_non_null(strstr(server->ranges, "bytes=32-;"));
}

static void
damage_on_the_way_is_for_another_time(void **state)
{
	(void)state;
	refused("/truncated", MN_E_TRANSIENT, 75, "ended before the file did");
	refused("/cut-chunk", MN_E_TRANSIENT, 75, "");
	refused("/hang-up", MN_E_TRANSIENT, 75, "hung up");
	refused("/no-http", MN_E_TRANSIENT, 75, "");
	refused("/elsewhere", MN_E_TRANSIENT, 75, "");
	refused("/slow", MN_E_TRANSIENT, 75, "too slow");
	assert_int_equal(server->asked, 3);
	refused("/fault", MN_E_TRANSIENT, 75, "HTTP 500");
}

static void
a_busy_server_is_asked_again(void **state)
{
	(void)state;
	hostile_reset(server, BODY);
	server->fail_first = 2;
	struct reply r = ask_by(quick(), (struct mn_http_ask){.url = NULL}, "/busy");
	whole(&r);
	assert_int_equal(server->asked, 3);
	hostile_reset(server, BODY);
	server->fail_first = 9;
	r = ask_by(quick(), (struct mn_http_ask){.url = NULL}, "/busy");
	assert_int_equal(r.err.code, MN_E_TRANSIENT);
	assert_int_equal(server->asked, 3);
}

static void
a_long_wait_is_left_to_the_next_run(void **state)
{
	(void)state;
	struct reply r = ask("/many");
	assert_int_equal(r.err.code, MN_E_TRANSIENT);
	assert_int_equal(r.a.wait_s, 7200);
	assert_int_equal(server->asked, 1);
}

static void
sizes_are_counted_as_they_arrive(void **state)
{
	(void)state;
	refused("/endless", MN_E_POLICY, 76, "larger than the 1048576 bytes");
	refused("/bomb", MN_E_POLICY, 76, "larger than the 1048576 bytes");
	refused("/headers", MN_E_POLICY, 76, "headers without end");
	hostile_reset(server, BODY);
	struct reply r =
	    ask_by(quick(), (struct mn_http_ask){.most = sizeof BODY - 2}, "/ok.csv");
	assert_int_equal(r.err.code, MN_E_POLICY);
	r = ask_by(quick(), (struct mn_http_ask){.most = sizeof BODY - 1}, "/ok.csv");
	whole(&r);
}

static void
redirects_stay_where_they_may(void **state)
{
	(void)state;
	struct reply r = ask("/moved");
	whole(&r);
	refused("/to-file", MN_E_POLICY, 76, "https");
	refused("/to-gopher", MN_E_POLICY, 76, "https");
	refused("/to-http", MN_E_POLICY, 76, "only https is safe");
	refused("/to-host", MN_E_POLICY, 76, "redirects to localhost, a host");
	refused("/to-metadata", MN_E_POLICY, 76, "169.254.169.254, a host");
	refused("/to-user", MN_E_POLICY, 76, "user name");
	refused("/to-nothing", MN_E_POLICY, 76, "no address");
	refused("/loop", MN_E_POLICY, 76, "without end");
	assert_int_equal(server->asked, MN_HTTP_HOPS + 1);
}

/* Even when a source allows the host, or its name leads there. */
static void
addresses_inside_are_never_asked(void **state)
{
	static const struct mn_str INSIDE[] = {
	    MN_S("169.254.169.254"), MN_S("10.1.2.3"), MN_S("localhost")};
	static const char *const PATHS[] = {"/to-metadata", "/to-private"};
	struct mn_http_ask a = {.host = INSIDE, .n_host = 3};
	(void)state;
	for (size_t i = 0; i < countof(PATHS); i++) {
		struct reply r = ask_by(quick(), a, PATHS[i]);
		assert_int_equal(r.err.code, MN_E_POLICY);
		assert_non_null(strstr(r.err.msg, "inside this machine or network"));
	}
	struct mn_http_rules strict = quick();
	strict.loopback = false;
	hostile_reset(server, BODY);
	struct reply r = ask_by(strict, a, "/ok.csv");
	assert_int_equal(r.err.code, MN_E_POLICY);
	char url[64];
	snprintf(url, sizeof url, "https://localhost:%u/ok.csv", server->port);
	a.url = url;
	r = ask_by(strict, a, "");
	assert_int_equal(r.err.code, MN_E_POLICY);
	assert_int_equal(server->asked, 0);
}

static void
tokens_go_to_their_host_only(void **state)
{
	static const struct mn_str HOSTS[] = {MN_S("localhost")};
	struct mn_http_ask a = {.secret = "Authorization: Bearer hush"};
	(void)state;
	hostile_reset(server, BODY);
	struct reply r = ask_by(quick(), a, "/token");
	whole(&r);
	r = ask_by(
	    quick(), (struct mn_http_ask){.secret_query = "key=hush"}, "/token?a=1");
	whole(&r);
	assert_non_null(strstr(server->last, "GET /token?a=1&key=hush "));
	a.host = HOSTS;
	a.n_host = 1;
	r = ask_by(quick(), a, "/to-host");
	assert_int_equal(r.err.code, MN_E_UNAVAILABLE);
	assert_null(strstr(server->last, "hush"));
	/* No message shows one. */
	r = ask_by(quick(), (struct mn_http_ask){.secret_query = "key=other"}, "/token");
	assert_null(strstr(r.err.msg, "other"));
	a.secret = "Authorization: Bearer a\r\nX-Other: b";
	r = ask_by(quick(), a, "/token");
	assert_int_equal(r.err.code, MN_E_CONFIG);
}

static void
what_is_gone_is_not_asked_again(void **state)
{
	(void)state;
	refused("/gone", MN_E_UNAVAILABLE, 69, "took it away");
	assert_int_equal(server->asked, 1);
	refused("/forbidden", MN_E_UNAVAILABLE, 69, "refuses");
	refused("/there-is-no-such-path", MN_E_UNAVAILABLE, 69, "nothing at the address");
	refused("/nothing", MN_E_DOWNLOAD, 65, "nothing");
	struct reply r = ask("/empty");
	assert_true(r.good);
	assert_int_equal(r.n, 0);
}

static void
requests_keep_their_distance(void **state)
{
	(void)state;
	struct mn_http_rules r = quick();
	r.apart_ms = 30;
	hostile_reset(server, BODY);
	server->fail_first = 2;
	uint64_t from = mn_clock_us();
	struct reply got = ask_by(r, (struct mn_http_ask){.url = NULL}, "/busy");
	whole(&got);
	assert_true(mn_clock_us() - from >= 60000);
}

static void
a_dead_server_is_for_another_time(void **state)
{
	(void)state;
	struct mn_http_ask a = {.url = "http://127.0.0.1:1/x"};
	struct reply r = ask_by(quick(), a, "");
	assert_int_equal(r.err.code, MN_E_TRANSIENT);
	assert_non_null(strstr(r.err.msg, "cannot be reached"));
	struct mn_http_rules proxied = quick();
	proxied.proxy = "http://127.0.0.1:1";
	r = ask_by(proxied, (struct mn_http_ask){.url = NULL}, "/ok.csv");
	assert_int_equal(r.err.code, MN_E_TRANSIENT);
	proxied.no_proxy = "example.org, 127.0.0.1";
	r = ask_by(proxied, (struct mn_http_ask){.url = NULL}, "/ok.csv");
	whole(&r);
}

static void
each_address_has_its_reach(void **state)
{
	static const struct {
		const char *text;
		bool usual, inside, loopback;
	} CASES[] = {{"93.184.216.34", true, true, true},
	    {"127.0.0.1", false, false, true}, {"127.255.1.2", false, false, true},
	    {"10.0.0.1", false, true, false}, {"172.31.255.255", false, true, false},
	    {"172.32.0.1", true, true, true}, {"192.168.1.1", false, true, false},
	    {"100.64.0.1", false, true, false}, {"169.254.169.254", false, false, false},
	    {"0.0.0.0", false, false, false}, {"224.0.0.1", false, false, false},
	    {"255.255.255.255", false, false, false}, {"::1", false, false, true},
	    {"::", false, false, false}, {"fe80::1", false, false, false},
	    {"fc00::1", false, true, false}, {"fd00:ec2::254", false, false, false},
	    {"2606:2800:220:1:248:1893:25c8:1946", true, true, true},
	    {"::ffff:127.0.0.1", false, false, true},
	    {"::ffff:169.254.169.254", false, false, false},
	    {"64:ff9b::a9fe:a9fe", false, false, false},
	    {"64:ff9b::5db8:d822", true, true, true},
	    {"2002:7f00:1::", false, false, true}, {"2001::1", false, false, false},
	    {"ff02::1", false, false, false}, {"::127.0.0.1", false, false, true}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct sockaddr_in v4 = {.sin_family = AF_INET};
		struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
		bool six = strchr(CASES[i].text, ':') != NULL;
		assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, CASES[i].text,
				     six ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr),
		    1);
		const void *a = six ? (const void *)&v6 : (const void *)&v4;
		struct mn_http_rules r = {.loopback = false};
		bool usual = mn_http_address(&r, a);
		r.inside = true;
		bool inside = mn_http_address(&r, a);
		r.inside = false;
		r.loopback = true;
		bool loopback = mn_http_address(&r, a);
		if (usual != CASES[i].usual || inside != CASES[i].inside ||
		    loopback != CASES[i].loopback)
			fail_msg("%s: %d %d %d", CASES[i].text, usual, inside, loopback);
	}
}

static void
hosts_are_compared_whole(void **state)
{
	static const struct mn_str HOSTS[] = {
	    MN_S("cdn.example.org"), MN_S(".example.net")};
	struct mn_http_ask a = {.host = HOSTS, .n_host = 2};
	(void)state;
	assert_true(mn_http_allows(&a, "lists.example", "lists.example"));
	assert_true(mn_http_allows(&a, "lists.example", "cdn.example.org"));
	assert_true(mn_http_allows(&a, "lists.example", "a.b.example.net"));
	assert_false(mn_http_allows(&a, "lists.example", "example.net"));
	assert_false(mn_http_allows(&a, "lists.example", "badexample.net"));
	assert_false(mn_http_allows(&a, "lists.example", "cdn.example.org.evil.example"));
	assert_true(mn_http_no_proxy("a.example, .b.example", "x.b.example"));
	assert_true(mn_http_no_proxy("b.example", "b.example"));
	assert_true(mn_http_no_proxy("*", "b.example"));
	assert_false(mn_http_no_proxy("b.example", "ab.example"));
	assert_false(mn_http_no_proxy(NULL, "ab.example"));
}

static void
headers_are_read_as_they_come(void **state)
{
	struct mn_http_answer a = {.status = 0};
	(void)state;
	mn_http_header(&a, MN_S("HTTP/1.1 301 Moved\r\n"));
	mn_http_header(&a, MN_S("Location: https://a.example/\r\n"));
	mn_http_header(&a, MN_S("HTTP/2 206 \r\n"));
	assert_int_equal(a.status, 206);
	assert_string_equal(a.location, "");
	mn_http_header(&a, MN_S("ETAG:  W/\"x\"  \r\n"));
	mn_http_header(&a, MN_S("last-modified: Sun, 01 Nov 2026 10:00:00 GMT\r\n"));
	assert_null(mn_http_validator(&a)); /* a weak one says nothing of bytes */
	mn_http_header(&a, MN_S("ETag: \"x\"\r\n"));
	assert_string_equal(mn_http_validator(&a), "\"x\"");
	mn_http_header(&a, MN_S("Content-Encoding: gzip\r\n"));
	assert_null(mn_http_validator(&a));
	mn_http_header(&a, MN_S("Content-Range: bytes 500-999/1000\r\n"));
	assert_int_equal(a.first, 500);
	mn_http_header(&a, MN_S("Retry-After: 99999999999\r\n"));
	assert_int_equal(a.wait_s, UINT32_MAX);
	mn_http_header(&a, MN_S("Link: <https://a.example/1>; rel=\"prev\", "
				"<https://a.example/3>; title=x; rel=\"next\"\r\n"));
	assert_string_equal(a.next, "https://a.example/3");
}

static void
waits_grow_and_differ(void **state)
{
	(void)state;
	bool differ = false;
	for (uint32_t n = 1; n < 12; n++) {
		uint64_t full = (uint64_t)1000 << (n < 8 ? n - 1 : 7);
		for (uint64_t salt = 0; salt < 50; salt++) {
			uint64_t ms = mn_http_backoff(1000, n, salt);
			assert_in_range(ms, full / 2, full + full / 2);
			differ = differ || ms != mn_http_backoff(1000, n, 77);
		}
	}
	assert_true(differ);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file_arrives_whole),
	    cmocka_unit_test(what_is_unchanged_is_not_sent),
	    cmocka_unit_test(a_broken_transfer_is_resumed),
	    cmocka_unit_test(one_that_changed_meanwhile_begins_anew),
	    cmocka_unit_test(a_part_of_an_earlier_run_is_resumed),
	    cmocka_unit_test(damage_on_the_way_is_for_another_time),
	    cmocka_unit_test(a_busy_server_is_asked_again),
	    cmocka_unit_test(a_long_wait_is_left_to_the_next_run),
	    cmocka_unit_test(sizes_are_counted_as_they_arrive),
	    cmocka_unit_test(redirects_stay_where_they_may),
	    cmocka_unit_test(addresses_inside_are_never_asked),
	    cmocka_unit_test(tokens_go_to_their_host_only),
	    cmocka_unit_test(what_is_gone_is_not_asked_again),
	    cmocka_unit_test(requests_keep_their_distance),
	    cmocka_unit_test(a_dead_server_is_for_another_time),
	    cmocka_unit_test(each_address_has_its_reach),
	    cmocka_unit_test(hosts_are_compared_whole),
	    cmocka_unit_test(headers_are_read_as_they_come),
	    cmocka_unit_test(waits_grow_and_differ),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

/* Sending: what is never asked, what is tried again, and what no message tells. Servers
 * that answer are in tests/cases/alert.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "manumit/connectors/send.h"

static const char *const TO[] = {"desk@example.org"};

static struct mn_send
to(const char *url)
{
	return (struct mn_send){.url = url,
	    .from = "manumit@example.org",
	    .to = TO,
	    .n_to = 1,
	    .body = MN_S("{}"),
	    .key = "key",
	    .tries = 2,
	    .timeout_s = 2,
	    .backoff_ms = 1};
}

static void
only_safe_addresses_are_asked(void **state)
{
	static const struct {
		const char *url;
		bool mail, loopback;
	} BAD[] = {{"http://hooks.example/secret-path", false, false},
	    {"http://hooks.example/secret-path", false, true},
	    {"http://127.0.0.1:1/secret-path", false, false},
	    {"https://user:secret-path@hooks.example/", false, false},
	    {"file:///etc/secret-path", false, true},
	    {"smtp://127.0.0.1:1/secret-path", false, true},
	    {"https://mail.example/secret-path", true, false},
	    {"http://127.0.0.1:1/secret-path", true, true}, {"secret-path", false, true}};
	(void)state;
	for (size_t i = 0; i < countof(BAD); i++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_sent sent;
		struct mn_send s = to(BAD[i].url);
		s.loopback = BAD[i].loopback;
		assert_false(
		    (BAD[i].mail ? mn_send_mail : mn_send_post)(&s, &sent, &err));
		assert_true(err.code == MN_E_POLICY || err.code == MN_E_CONFIG);
		assert_int_equal(sent.tries, 0);
		assert_null(strstr(err.msg, "secret"));
	}
}

/* Nobody listens on port 1. */
static void
who_cannot_be_reached_is_tried_again(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_sent sent;
	struct mn_send s = to("http://127.0.0.1:1/secret-path");
	(void)state;
	s.loopback = true;
	s.secret = "Authorization: Bearer secret";
	assert_false(mn_send_post(&s, &sent, &err));
	assert_int_equal(err.code, MN_E_TRANSIENT);
	assert_int_equal(sent.tries, 2);
	assert_null(strstr(err.msg, "secret"));
}

static void
a_secret_cannot_begin_another_header(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_sent sent;
	struct mn_send s = to("http://127.0.0.1:1/");
	(void)state;
	s.loopback = true;
	s.secret = "Authorization: Bearer x\r\nHost: elsewhere";
	assert_false(mn_send_post(&s, &sent, &err));
	assert_int_equal(err.code, MN_E_CONFIG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_safe_addresses_are_asked),
	    cmocka_unit_test(who_cannot_be_reached_is_tried_again),
	    cmocka_unit_test(a_secret_cannot_begin_another_header),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Sending a few words to a server that the user named: JSON by HTTPS, a mail by SMTP over
 * TLS. Nothing of an answer is kept but its status. Tried again where that can help; no
 * redirect is followed. Neither the address behind the host nor a secret is ever put into
 * a message: of some services the path is the secret. Thread rule: one thread.
 */
#ifndef MN_CONNECTORS_SEND_H
#define MN_CONNECTORS_SEND_H

#include "manumit/base/err.h"
#include "manumit/base/str.h"

struct mn_send {
	const char *url; /* https://..., smtps://..., or smtp://... with STARTTLS */
	/* Of a post a whole header ("Authorization: Bearer ..."), of a mail the password;
	 * NULL: none. */
	const char *secret;
	const char *user, *from; /* of a mail; user NULL: without signing in */
	const char *const *to;
	uint32_t n_to;
	struct mn_str body;  /* JSON; or a mail with its headers, lines ended by CR LF */
	const char *key;     /* names the message, so that a second one can be dropped */
	const char *ca_file; /* NULL: the system's */
	bool loopback;       /* tests: without TLS, to this machine only */
	uint32_t tries, timeout_s; /* of one try */
	uint32_t backoff_ms;       /* before the second try; doubled, with jitter */
};
struct mn_sent {
	uint32_t tries;
	int status; /* of the last answer, 0: none came */
};
/* False with err: POLICY what must not be asked, TRANSIENT what was tried in vain, CONFIG
 * what the server refused. */
bool mn_send_post(const struct mn_send *s, struct mn_sent *out, struct mn_err *err);
bool mn_send_mail(const struct mn_send *s, struct mn_sent *out, struct mn_err *err);

#endif

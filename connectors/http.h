/*
 * Private to the room: getting one address into a file, against servers that may be
 * broken or hostile. Nothing here decides what the bytes mean. Thread rule: one handle,
 * one thread.
 */
#ifndef MN_CONNECTORS_HTTP_H
#define MN_CONNECTORS_HTTP_H

#include <sys/socket.h>

#include "manumit/base/err.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/fetch.h"

/* What is asked for. All pointers are borrowed. */
struct mn_http_ask {
	const char *url;
	/* A header with a token; it goes to the host of `url` only, and into no message.
	 */
	const char *secret;
	/* "key=token", appended to the query in the same way. */
	const char *secret_query;
	const char *agent;  /* NULL: the program's */
	const char *accept; /* NULL: anything */
	/* Hosts that redirects may lead to, besides that of url; ".example.org" stands
	 * for all below it. */
	const struct mn_str *host;
	uint32_t n_host;
	const char *etag, *modified; /* of the copy at hand, or NULL: answer if changed */
	/* Validator of what `fd` holds already (a strong ETag or a date); NULL: nothing.
	 */
	const char *part;
	uint32_t apart_ms; /* distance between requests when more than the rules say */
	int fd;            /* written from its beginning, or resumed */
	uint64_t most;     /* bytes, counted as they are written */
	/* Called when a new body begins, before its first byte: so that a killed download
	 * can be resumed. May be NULL. */
	void (*begun)(void *ctx, const char *validator);
	void *ctx;
};

struct mn_http_answer {
	int status;     /* of the last answer, 0: none came */
	bool unchanged; /* 304 to a conditional question */
	bool nameless;  /* the server's name has no address: more tries seldom help */
	bool encoded;   /* came compressed: what is there cannot be resumed */
	char etag[MN_HTTP_VALUE], modified[64], type[128];
	char next[MN_HTTP_URL]; /* the Link header's "next", or empty */
	char location[MN_HTTP_URL];
	uint64_t first;  /* Content-Range: where the bytes begin */
	uint64_t bytes;  /* in fd, those of an earlier part included */
	uint32_t wait_s; /* Retry-After, 0: none */
	size_t header_bytes;
};

struct mn_http;
struct mn_http *mn_http_new(const struct mn_http_rules *rules, struct mn_err *err);
void mn_http_free(struct mn_http *h); /* NULL is fine */
const struct mn_http_rules *mn_http_rules_of(const struct mn_http *h);

/* When the host with this hash was asked last (microseconds, 0: never); to be updated. */
uint64_t *mn_http_last(struct mn_http *h, uint64_t host);

/* Asks once; redirects are not followed but left in `location`. TRANSIENT errors may be
 * tried again. */
bool mn_http_once(struct mn_http *h, const struct mn_http_ask *ask,
    struct mn_http_answer *out, struct mn_err *err);
/* Asks until there is an answer: follows redirects within the rules, keeps distance
 * between requests to a host, tries again and resumes. After a TRANSIENT failure what fd
 * holds can be resumed with the validator that `begun` was told last. */
bool mn_http_get(struct mn_http *h, const struct mn_http_ask *ask,
    struct mn_http_answer *out, struct mn_err *err);

/* ---- addresses ---- */

/* What an address is made of, whatever it may be used for. */
struct mn_http_parts {
	char scheme[16], host[256]; /* host: in lower case */
	bool user;                  /* a user name or password stands in it */
	bool loopback;              /* this machine */
};
/* False when it is no address. */
bool mn_http_parts(const char *url, struct mn_http_parts *out);
/* The host of an address in lower case, once the address is one that may be asked: https
 * (in tests http to this machine), no user name in it, no literal private address. POLICY
 * otherwise. */
bool mn_http_host(const struct mn_http_rules *r, const char *url, char *host, size_t room,
    struct mn_err *err);
/* `to` seen from `base`; false when it cannot be made an address. */
bool mn_http_resolve(const char *base, const char *to, char *out, size_t room);
/* Whether a redirect may lead to `host`. */
bool mn_http_allows(const struct mn_http_ask *ask, const char *from, const char *host);
/* Whether a socket may be opened to the address: public ones always, those of this
 * machine and of private networks by the rules only; the link's own, where clouds keep
 * their secrets, never. */
bool mn_http_address(const struct mn_http_rules *r, const struct sockaddr *a);
/* Whether a host is named by a list like that of no_proxy. */
bool mn_http_no_proxy(const char *list, const char *host);
/* An address without its query, for messages. */
struct mn_str mn_http_shown(const char *url);

/* ---- headers ---- */

/* One header line of an answer. A status line begins a new answer. */
void mn_http_header(struct mn_http_answer *a, struct mn_str line);
/* The validator to resume with: a strong ETag, else a date when there is no ETag; NULL:
 * none. */
const char *mn_http_validator(const struct mn_http_answer *a);
/* Milliseconds before try number n (from 1): doubled each time, between half and one and
 * a half of it, by the bytes of a hash. */
uint64_t mn_http_backoff(uint32_t base_ms, uint32_t n, uint64_t salt);

#endif

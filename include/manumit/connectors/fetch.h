/*
 * Fetching: lists from their publishers, a mirror or a directory into a directory of
 * copies, where only what passed the checks becomes the copy in use:
 *   DIR/ID.csv            the last good copy of a source (ID and extension by source)
 *   DIR/old/ID.1.csv ...  the ones before it, newest first
 *   DIR/state/ID.json     what is known of it: when, from where, hash, rows, last error
 *   DIR/part/ID           a download that broke off and can be resumed
 * One process at a time (DIR/lock). Thread rule: one handle, one thread.
 *
 * The "fetch" object of a source file (connectors/sources/x.json):
 *   url         https address; {year} and {year-1} stand for years of today
 *   file        name in --offline DIR and on a mirror; default the last part of url
 *   format      csv | jsonl | json | xlsx | html | xml | zip | gz; default by `file`
 *   hosts       list of hosts that redirects may lead to, besides that of url;
 *               ".example.org" stands for all below it
 *   max_bytes   largest size; default MN_FETCH_BYTES
 *   rows_percent  [least, most] rows, in percent of last time; default [50, 300]
 *   apart_ms    least distance between requests to the host; default 1000
 *   agent, accept  the headers User-Agent and Accept
 *   token       {"env": NAME, "file": PATH, "header": NAME or "parameter": NAME}: a
 * secret from an environment variable or a file, sent as "Authorization: Bearer", in the
 * header or as the parameter of the query page        an API that answers in pages; items
 * become JSON Lines: items       path of the list of items ("" when the answer is the
 * list) next        path of the next page's address, or "link": the Link header cursor,
 * parameter   path of a token, and the parameter it goes into by, parameter, start, size,
 * size_parameter   "page" or "offset" numbers total       path of the number of items
 * there are most        pages at most, default MN_MAX_PAGES verified    whether somebody
 * saw this work with the publisher's server Row floor and staleness are the source's own
 * row_floor and stale_after_days.
 */
#ifndef MN_CONNECTORS_FETCH_H
#define MN_CONNECTORS_FETCH_H

#include "manumit/base/clock.h"
#include "manumit/base/sign.h"
#include "manumit/connectors/mapping.h"

struct mn_http_rules {
	bool loopback; /* tests: http to this machine, and its addresses */
	bool inside;   /* addresses of private networks: a mirror the user named */
	const char *proxy, *no_proxy, *ca_file; /* NULL: none, none, the system's */
	uint32_t connect_ms, total_ms;          /* of one request */
	uint32_t low_bytes, low_s; /* slower than low_bytes/s for low_s: given up */
	uint32_t tries, backoff_ms;
	uint32_t apart_ms;    /* between requests to one host */
	uint32_t wait_most_s; /* a longer Retry-After is left to the next run */
};
struct mn_http_rules mn_http_rules_usual(void);

struct mn_fetch_opts {
	const struct mn_mappings *mappings;
	const char *dir;
	struct mn_when now;
	const char *offline; /* take files from here, NULL: from the network */
	const char *mirror;  /* base address in place of the publishers', or NULL */
	const struct mn_sign_keys *keys; /* n > 0: mirrored files must be signed */
	struct mn_http_rules http;
	const char *(*env)(const char *name); /* for tokens */
	bool force;      /* accept another number of rows; do not wait as was asked */
	uint32_t keep;   /* old copies */
	int64_t max_age; /* days, -1: as each source says */
};

/* Days, for sources that say nothing of it: lists change monthly. */
#define MN_FETCH_MAX_AGE 30

/* What is known of a source's copy. Slices live in the arena given. */
struct mn_fetch_status {
	struct mn_str source, title, url;
	enum mn_kind kind;
	const char *path; /* of the copy, whether it is there or not */
	bool there;
	char sha256[MN_HEX256_CHARS + 1];
	uint64_t bytes;
	int64_t rows, rows_before; /* -1: not known, as of formats that are not read */
	struct mn_when fetched, checked, changed; /* day MN_DAY_NONE: never */
	struct mn_str error;   /* of the last attempt, empty: it worked */
	struct mn_str version; /* signed, or empty */
	int64_t age, limit;    /* days since it was confirmed; days it may be old */
	bool stale;            /* not there, or older than the limit */
	/* The publisher changed nothing for longer than it usually does: the address may
	 * be a dead one. */
	bool quiet;
};

/* The number of sources, fetched or not; whether the i-th has a "fetch" object. */
size_t mn_fetch_sources(const struct mn_mappings *m);
bool mn_fetch_has(const struct mn_mappings *m, size_t i);
/* The source called id. NOTFOUND, with the nearest one, when there is none or it cannot
 * be fetched. */
bool mn_fetch_find(
    const struct mn_mappings *m, struct mn_str id, size_t *i, struct mn_err *err);
/* What is known of the i-th source's copy under dir. */
bool mn_fetch_status(struct mn_arena *a, const struct mn_mappings *m, size_t i,
    const char *dir, struct mn_when now, int64_t max_age, struct mn_fetch_status *out,
    struct mn_err *err);

struct mn_fetch;
/* Makes and locks the directory. LOCKED when another process fetches into it. */
struct mn_fetch *mn_fetch_open(const struct mn_fetch_opts *o, struct mn_err *err);
void mn_fetch_close(struct mn_fetch *f); /* NULL is fine */

enum mn_fetch_outcome { MN_FETCH_FAILED, MN_FETCH_SAME, MN_FETCH_NEW };
/* Fetches the i-th source. FAILED fills err and leaves the last good copy as it was; the
 * state remembers why. */
enum mn_fetch_outcome mn_fetch_source(struct mn_fetch *f, size_t i, struct mn_err *err);

#endif

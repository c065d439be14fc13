/* Asking until there is an answer: redirects, distance, second tries. */
#include <poll.h>
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/hash.h"

#include "http.h"

struct getting {
	struct mn_http *h;
	const struct mn_http_rules *r;
	const struct mn_http_ask *asked;
	struct mn_http_ask ask; /* what is asked now */
	char url[MN_HTTP_URL];
	char first[256];          /* host of the address as given */
	char part[MN_HTTP_VALUE]; /* validator of what fd holds, or empty */
};

static void
pause_ms(uint64_t ms)
{
	while (ms > 0) {
		int step = ms < 60000 ? (int)ms : 60000;
		poll(NULL, 0, step);
		ms -= (uint64_t)step;
	}
}

/* ---- distance ---- */

static void
keep_distance(struct mn_http *h, const char *host, uint32_t apart_ms)
{
	uint32_t usual = mn_http_rules_of(h)->apart_ms;
	uint64_t *last = mn_http_last(h, mn_hash64(mn_str_c(host)));
	uint64_t now = mn_clock_us(), apart;
	apart = (uint64_t)(apart_ms > usual ? apart_ms : usual) * 1000;
	if (*last && now - *last < apart)
		pause_ms((apart - (now - *last)) / 1000 + 1);
	*last = mn_clock_us();
}

/* ---- redirects ---- */

static bool
is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 ||
	       status == 308;
}

/* Sets the address to the one redirected to, when it may be asked. */
static bool
redirect(struct getting *g, const char *to, struct mn_err *err)
{
	char next[MN_HTTP_URL], host[256];
	if (!to[0] || !mn_http_resolve(g->url, to, next, sizeof next))
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: redirects to what is no address of the web",
		    MN_FMT(mn_http_shown(g->url)));
	if (!mn_http_host(g->r, next, host, sizeof host, err))
		return false;
	if (!mn_http_allows(g->asked, g->first, host))
		return mn_fail(err, MN_E_POLICY,
		    "%s: redirects to %s, a host that its source does not allow; if it "
		    "moved there, add it to \"hosts\"",
		    g->first, host);
	memcpy(g->url, next, sizeof next);
	bool home = mn_str_eq(mn_str_c(host), mn_str_c(g->first));
	g->ask.secret = home ? g->asked->secret : NULL;
	g->ask.secret_query = home ? g->asked->secret_query : NULL;
	return true;
}

static bool
follow(struct getting *g, struct mn_http_answer *out, struct mn_err *err)
{
	char host[256];
	struct mn_str asked = mn_str_c(g->asked->url);
	g->ask.secret = g->asked->secret;
	g->ask.secret_query = g->asked->secret_query;
	if (asked.n >= sizeof g->url)
		return mn_fail(err, MN_E_POLICY, "an address of %zu bytes", asked.n);
	memcpy(g->url, asked.p, asked.n + 1);
	for (int hop = 0; hop <= MN_HTTP_HOPS; hop++) {
		if (!mn_http_host(g->r, g->url, host, sizeof host, err))
			return false;
		if (hop == 0)
			memcpy(g->first, host, sizeof host);
		keep_distance(g->h, host, g->ask.apart_ms);
		if (!mn_http_once(g->h, &g->ask, out, err))
			return false;
		if (!is_redirect(out->status))
			return true;
		if (!redirect(g, out->location, err))
			return false;
	}
	return mn_fail(err, MN_E_POLICY, "%.*s: redirects without end (more than %d)",
	    MN_FMT(mn_http_shown(g->asked->url)), MN_HTTP_HOPS);
}

/* ---- what the status says ---- */

static const struct {
	int status;
	enum mn_code code;
	const char *text;
} STATUSES[] = {
    {204, MN_E_DOWNLOAD, "the server answers with nothing"},
    {401, MN_E_UNAVAILABLE, "the server wants a token"},
    {403, MN_E_UNAVAILABLE,
	"the server refuses: it may want a token, or not like this program's name"},
    {404, MN_E_UNAVAILABLE, "there is nothing at the address any more"},
    {407, MN_E_UNAVAILABLE, "the proxy wants a password"},
    {408, MN_E_TRANSIENT, "the server gave up waiting"},
    {410, MN_E_UNAVAILABLE, "the publisher took it away"},
    {416, MN_E_TRANSIENT, "the file changed while it was resumed"},
    {425, MN_E_TRANSIENT, "the server asks to try again"},
    {429, MN_E_TRANSIENT, "the server asks for fewer requests"},
    {500, MN_E_TRANSIENT, "the server has a fault"},
    {502, MN_E_TRANSIENT, "the server has a fault"},
    {503, MN_E_TRANSIENT, "the server is busy"},
    {504, MN_E_TRANSIENT, "the server is busy"},
};

static bool
judge(const struct getting *g, struct mn_http_answer *a, struct mn_err *err)
{
	struct mn_str url = mn_http_shown(g->url);
	a->unchanged = a->status == 304 && (g->asked->etag || g->asked->modified);
	if (a->status == 200 || a->status == 206 || a->unchanged)
		return true;
	for (size_t i = 0; i < countof(STATUSES); i++)
		if (STATUSES[i].status == a->status)
			return mn_fail(err, STATUSES[i].code, "%.*s: %s (HTTP %d)",
			    MN_FMT(url), STATUSES[i].text, a->status);
	return mn_fail(err, MN_E_UNAVAILABLE, "%.*s: the server answers HTTP %d",
	    MN_FMT(url), a->status);
}

/* ---- again ---- */

static void
remember_part(void *ctx, const char *validator)
{
	struct getting *g = ctx;
	struct mn_str v = mn_str_c(validator);
	size_t n = v.n < sizeof g->part ? v.n : 0;
	memcpy(g->part, n ? v.p : "", n);
	g->part[n] = 0;
	if (g->asked->begun)
		g->asked->begun(g->asked->ctx, validator);
}

/* Waits before the next try; false when the server asks for more than we wait. */
static bool
wait_for(const struct getting *g, const struct mn_http_answer *a, uint32_t n)
{
	uint64_t salt = mn_hash64(mn_str_c(g->asked->url)) ^ mn_clock_us();
	uint64_t ms = mn_http_backoff(g->r->backoff_ms, n, salt);
	if (a->wait_s > g->r->wait_most_s)
		return false;
	pause_ms(ms > (uint64_t)a->wait_s * 1000 ? ms : (uint64_t)a->wait_s * 1000);
	return true;
}

bool
mn_http_get(struct mn_http *h, const struct mn_http_ask *ask, struct mn_http_answer *out,
    struct mn_err *err)
{
	struct getting g = {.h = h, .r = mn_http_rules_of(h), .asked = ask, .ask = *ask};
	g.ask.url = g.url;
	g.ask.begun = remember_part;
	g.ask.ctx = &g;
	struct mn_str part = mn_str_c(ask->part);
	memcpy(g.part, part.n && part.n < sizeof g.part ? part.p : "",
	    part.n < sizeof g.part ? part.n : 0);
	for (uint32_t n = 1;; n++) {
		g.ask.part = g.part[0] ? g.part : NULL;
		if (follow(&g, out, err) && judge(&g, out, err))
			return true;
		uint32_t tries = out->nameless && g.r->tries > 2 ? 2 : g.r->tries;
		if (err->code != MN_E_TRANSIENT || n >= tries)
			return false;
		if (out->status == 416)
			remember_part(&g, NULL);
		if (!wait_for(&g, out, n))
			return false;
	}
}

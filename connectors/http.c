/* One question to a server, by libcurl: the only file that knows it. */
#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "manumit/base/arena.h"

#include "http.h"

#define HOSTS 32 /* of a run; a run has some twenty sources */

struct mn_http {
	CURL *curl;
	struct mn_http_rules rules;
	char why[CURL_ERROR_SIZE];
	struct {
		uint64_t host, last;
	} met[HOSTS]; /* the oldest falls out */
	uint32_t n_met;
};

/* What the callbacks see. */
struct exchange {
	const struct mn_http *h;
	const struct mn_http_ask *ask;
	struct mn_http_answer *a;
	bool proxied, begun;
	uint64_t offset; /* bytes that were there before */
	enum { NOTHING, HEADERS_LONG, BODY_LONG, ADDRESS, RANGE, DISK } stop;
	int number; /* errno of DISK */
};

struct mn_http *
mn_http_new(const struct mn_http_rules *rules, struct mn_err *err)
{
	struct mn_http *h = mn_handle_new(sizeof *h);
	if (h && curl_global_init(CURL_GLOBAL_DEFAULT) == 0)
		h->curl = curl_easy_init();
	if (h && h->curl) {
		h->rules = *rules;
		return h;
	}
	mn_http_free(h);
	mn_fail(err, MN_E_NOMEM, "libcurl");
	return NULL;
}

void
mn_http_free(struct mn_http *h)
{
	if (!h)
		return;
	if (h->curl)
		curl_easy_cleanup(h->curl);
	curl_global_cleanup();
	mn_handle_free(h);
}

const struct mn_http_rules *
mn_http_rules_of(const struct mn_http *h)
{
	return &h->rules;
}

uint64_t *
mn_http_last(struct mn_http *h, uint64_t host)
{
	for (uint32_t i = 0; i < HOSTS; i++)
		if (h->met[i].last && h->met[i].host == host)
			return &h->met[i].last;
	uint32_t at = h->n_met++ % HOSTS;
	h->met[at].host = host;
	h->met[at].last = 0;
	return &h->met[at].last;
}

/* ---- addresses ---- */

/* One part of an address into out; false when it has none or it does not fit. */
static bool
url_part(CURLU *u, CURLUPart what, char *out, size_t room)
{
	char *part = NULL;
	bool good = curl_url_get(u, what, &part, 0) == CURLUE_OK && strlen(part) < room;
	if (good)
		memcpy(out, part, strlen(part) + 1);
	curl_free(part);
	return good;
}

static bool
is_loopback(const char *host)
{
	static const struct mn_str NAMES[] = {
	    MN_S("localhost"), MN_S("127.0.0.1"), MN_S("[::1]")};
	for (size_t i = 0; i < countof(NAMES); i++)
		if (mn_str_eq(mn_str_c(host), NAMES[i]))
			return true;
	return false;
}

bool
mn_http_parts(const char *url, struct mn_http_parts *out)
{
	char user[256];
	CURLU *u = curl_url();
	*out = (struct mn_http_parts){.user = false};
	bool good = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
		    url_part(u, CURLUPART_SCHEME, out->scheme, sizeof out->scheme) &&
		    url_part(u, CURLUPART_HOST, out->host, sizeof out->host);
	for (char *p = out->host; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	out->user = good && (url_part(u, CURLUPART_USER, user, sizeof user) ||
				url_part(u, CURLUPART_PASSWORD, user, sizeof user));
	out->loopback = good && is_loopback(out->host);
	curl_url_cleanup(u);
	return good;
}

bool
mn_http_host(const struct mn_http_rules *r, const char *url, char *host, size_t room,
    struct mn_err *err)
{
	struct mn_http_parts p;
	struct mn_str shown = mn_http_shown(url);
	host[0] = 0;
	if (!mn_http_parts(url, &p) || strlen(p.host) >= room)
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: is not asked: only https addresses are", MN_FMT(shown));
	memcpy(host, p.host, strlen(p.host) + 1);
	bool test = r->loopback && p.loopback && strcmp(p.scheme, "http") == 0;
	if (strcmp(p.scheme, "https") != 0 && !test)
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: is not asked, because only https is safe", MN_FMT(shown));
	return !p.user || mn_fail(err, MN_E_POLICY,
			      "%s: an address must not hold a user name", host);
}

bool
mn_http_resolve(const char *base, const char *to, char *out, size_t room)
{
	CURLU *u = curl_url();
	bool good =
	    u && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, to, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    url_part(u, CURLUPART_URL, out, room);
	curl_url_cleanup(u);
	return good;
}

/* ---- callbacks ---- */

static size_t
on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	mn_http_header(x->a, mn_str(p, size * n));
	if (x->a->header_bytes <= MN_HTTP_HEADERS)
		return size * n;
	x->stop = HEADERS_LONG;
	return 0;
}

/* The first byte of a body: from the beginning unless the server resumes where the part
 * ends. */
static bool
begin_body(struct exchange *x)
{
	struct mn_http_answer *a = x->a;
	x->begun = true;
	if (a->status == 206 && x->offset > 0) {
		if (a->first != x->offset)
			x->stop = RANGE;
		return x->stop == NOTHING;
	}
	if (ftruncate(x->ask->fd, 0) != 0 || lseek(x->ask->fd, 0, SEEK_SET) != 0) {
		x->stop = DISK;
		x->number = errno;
		return false;
	}
	a->bytes = 0;
	if (x->ask->begun)
		x->ask->begun(x->ask->ctx, mn_http_validator(a));
	return true;
}

static bool
write_all(struct exchange *x, const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(x->ask->fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0) {
			x->stop = DISK;
			x->number = w < 0 ? errno : 0;
			return false;
		}
		p += w;
		n -= (size_t)w;
		x->a->bytes += (uint64_t)w;
	}
	return true;
}

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	n *= size;
	if (x->a->status != 200 && x->a->status != 206) /* a page about the error */
		return n;
	if (!x->begun && !begin_body(x))
		return 0;
	if (n > x->ask->most || x->a->bytes > x->ask->most - n) {
		x->stop = BODY_LONG;
		return 0;
	}
	return write_all(x, p, n) ? n : 0;
}

static curl_socket_t
on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct exchange *x = ctx;
	(void)purpose;
	/* Of a proxy we know the address only, and the user named it. */
	if (!x->proxied && !mn_http_address(&x->h->rules, &a->addr)) {
		x->stop = ADDRESS;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* ---- asking ---- */

static void
set_rules(struct mn_http *h, struct exchange *x, const char *host)
{
	const struct mn_http_rules *r = &h->rules;
	CURL *c = h->curl;
	x->proxied = r->proxy && r->proxy[0] && !mn_http_no_proxy(r->no_proxy, host);
	curl_easy_setopt(c, CURLOPT_PROXY, x->proxied ? r->proxy : "");
	curl_easy_setopt(c, CURLOPT_NOPROXY, "");
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, r->loopback ? "http,https" : "https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (r->ca_file && r->ca_file[0])
		curl_easy_setopt(c, CURLOPT_CAINFO, r->ca_file);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)r->connect_ms);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)r->total_ms);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, (long)r->low_bytes);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, (long)r->low_s);
}

static void
set_callbacks(struct mn_http *h, struct exchange *x)
{
	CURL *c = h->curl;
	h->why[0] = 0;
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->why);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, x);
}

/* Adds "name: value", or the bare name when value is NULL. */
static bool
add(struct curl_slist **list, const char *name, const char *value)
{
	char line[MN_MAX_SIGN]; /* tokens may take a kilobyte or two */
	int n = snprintf(
	    line, sizeof line, "%s%s%s", name, value ? ": " : "", value ? value : "");
	/* A line end in a value would begin another header. */
	bool good = n > 0 && (size_t)n < sizeof line && !strpbrk(line, "\r\n");
	struct curl_slist *more = good ? curl_slist_append(*list, line) : NULL;
	*list = more ? more : *list;
	explicit_bzero(line, sizeof line);
	return more != NULL;
}

static bool
set_headers(struct mn_http *h, struct exchange *x, struct curl_slist **list)
{
	const struct mn_http_ask *ask = x->ask;
	bool good = !ask->secret || add(list, ask->secret, NULL);
	if (good && ask->accept)
		good = add(list, "Accept", ask->accept);
	if (good && ask->part) {
		char range[32];
		snprintf(range, sizeof range, "%llu-", (unsigned long long)x->offset);
		curl_easy_setopt(h->curl, CURLOPT_RANGE, range);
		good = add(list, "If-Range", ask->part);
	} else if (good) {
		/* Compressed bytes are not those a range counts. */
		curl_easy_setopt(h->curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
		good = (!ask->etag || add(list, "If-None-Match", ask->etag)) &&
		       (!ask->modified || add(list, "If-Modified-Since", ask->modified));
	}
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, *list);
	curl_easy_setopt(
	    h->curl, CURLOPT_USERAGENT, ask->agent ? ask->agent : "manumit/" MN_VERSION);
	return good;
}

static bool
set_url(struct mn_http *h, const struct mn_http_ask *ask)
{
	CURLU *u = curl_url();
	char url[2 * MN_HTTP_URL];
	bool good = u && curl_url_set(u, CURLUPART_URL, ask->url, 0) == CURLUE_OK &&
		    (!ask->secret_query ||
			curl_url_set(u, CURLUPART_QUERY, ask->secret_query,
			    CURLU_APPENDQUERY | CURLU_URLENCODE) == CURLUE_OK) &&
		    url_part(u, CURLUPART_URL, url, sizeof url) &&
		    curl_easy_setopt(h->curl, CURLOPT_URL, url) == CURLE_OK;
	explicit_bzero(url, sizeof url);
	curl_url_cleanup(u);
	return good;
}

/* ---- what became of it ---- */

static const struct {
	CURLcode curl;
	enum mn_code code;
	const char *text;
} FAILURES[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, MN_E_TRANSIENT, "the proxy has no address"},
    {CURLE_COULDNT_RESOLVE_HOST, MN_E_TRANSIENT, "the server's name has no address"},
    {CURLE_COULDNT_CONNECT, MN_E_TRANSIENT, "the server cannot be reached"},
    {CURLE_PARTIAL_FILE, MN_E_TRANSIENT, "the connection ended before the file did"},
    {CURLE_OPERATION_TIMEDOUT, MN_E_TRANSIENT, "the server was too slow"},
    {CURLE_GOT_NOTHING, MN_E_TRANSIENT, "the server hung up without an answer"},
    {CURLE_SEND_ERROR, MN_E_TRANSIENT, "the connection broke"},
    {CURLE_RECV_ERROR, MN_E_TRANSIENT, "the connection broke"},
    {CURLE_PEER_FAILED_VERIFICATION, MN_E_POLICY,
	"the server cannot prove that it is the one: its certificate is not trusted"},
    {CURLE_SSL_CACERT_BADFILE, MN_E_CONFIG, "the file of certificates cannot be read"},
    /* The address was looked at before, so this is the answer. */
    {CURLE_UNSUPPORTED_PROTOCOL, MN_E_TRANSIENT, "the server does not speak HTTP"},
    {CURLE_WEIRD_SERVER_REPLY, MN_E_TRANSIENT, "the server does not speak HTTP"},
    {CURLE_URL_MALFORMAT, MN_E_POLICY, "is no address of the web"},
    {CURLE_BAD_CONTENT_ENCODING, MN_E_DOWNLOAD, "the compressed answer is damaged"},
    {CURLE_OUT_OF_MEMORY, MN_E_NOMEM, "no memory"},
};

static bool
stopped(const struct exchange *x, struct mn_err *err)
{
	struct mn_str url = mn_http_shown(x->ask->url);
	switch (x->stop) {
	case HEADERS_LONG:
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: the server sends headers without end (over %u KiB)",
		    MN_FMT(url), MN_HTTP_HEADERS >> 10);
	case BODY_LONG:
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: is larger than the %llu bytes that its source allows",
		    MN_FMT(url), (unsigned long long)x->ask->most);
	case ADDRESS:
		return mn_fail(err, MN_E_POLICY,
		    "%.*s: leads to an address inside this machine or network",
		    MN_FMT(url));
	case RANGE:
		return mn_fail(err, MN_E_TRANSIENT,
		    "%.*s: the server resumed at another place than was asked",
		    MN_FMT(url));
	default:
		return mn_fail_errno(
		    err, x->number, "write the download of", x->ask->url);
	}
}

static bool
failed(
    const struct mn_http *h, const struct exchange *x, CURLcode code, struct mn_err *err)
{
	struct mn_str url = mn_http_shown(x->ask->url);
	/* An address may be refused and the next one answer. */
	if (x->stop != NOTHING && (x->stop != ADDRESS || code == CURLE_COULDNT_CONNECT))
		return stopped(x, err);
	for (size_t i = 0; i < countof(FAILURES); i++)
		if (FAILURES[i].curl == code)
			return mn_fail(err, FAILURES[i].code, "%.*s: %s", MN_FMT(url),
			    FAILURES[i].text);
	return mn_fail(err, MN_E_TRANSIENT, "%.*s: %s", MN_FMT(url),
	    h->why[0] ? h->why : curl_easy_strerror(code));
}

static void
read_retry_after(struct mn_http *h, struct mn_http_answer *a)
{
	curl_off_t s = 0;
	if (a->wait_s == 0 &&
	    curl_easy_getinfo(h->curl, CURLINFO_RETRY_AFTER, &s) == CURLE_OK && s > 0)
		a->wait_s = s < UINT32_MAX ? (uint32_t)s : UINT32_MAX;
}

/* A server that hangs up while we write must not end the program; NOSIGNAL leaves that to
 * us. */
static CURLcode
perform(CURL *c)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	sigaction(SIGPIPE, &ignore, &before);
	CURLcode code = curl_easy_perform(c);
	sigaction(SIGPIPE, &before, NULL);
	return code;
}

bool
mn_http_once(struct mn_http *h, const struct mn_http_ask *ask, struct mn_http_answer *out,
    struct mn_err *err)
{
	char host[256];
	struct exchange x = {.h = h, .ask = ask, .a = out};
	struct curl_slist *list = NULL;
	*out = (struct mn_http_answer){.status = 0};
	if (!mn_http_host(&h->rules, ask->url, host, sizeof host, err))
		return false;
	if (ask->part) {
		off_t end = lseek(ask->fd, 0, SEEK_END);
		x.offset = end > 0 ? (uint64_t)end : 0;
		out->bytes = x.offset;
	}
	curl_easy_reset(h->curl);
	set_rules(h, &x, host);
	set_callbacks(h, &x);
	if (!set_url(h, ask) || !set_headers(h, &x, &list)) {
		curl_slist_free_all(list);
		return mn_fail(err, MN_E_CONFIG,
		    "%.*s: its headers or token are too long, or not text",
		    MN_FMT(mn_http_shown(ask->url)));
	}
	CURLcode code = perform(h->curl);
	curl_slist_free_all(list);
	read_retry_after(h, out);
	out->nameless = code == CURLE_COULDNT_RESOLVE_HOST;
	if (code == CURLE_OK && out->status == 200 && !x.begun && !begin_body(&x))
		return stopped(&x, err);
	return code == CURLE_OK || failed(h, &x, code, err);
}

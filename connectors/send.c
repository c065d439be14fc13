/* Sending by libcurl; with http.c the files that know it. */
#include <curl/curl.h>
#include <poll.h>
#include <signal.h>

#include "manumit/base/arena.h"
#include "manumit/base/clock.h"
#include "manumit/base/hash.h"
#include "manumit/connectors/send.h"

#include "http.h"

#define WAIT_MOST_S 60    /* of a Retry-After: the night is not held up for longer */
#define ANSWER_MOST 65536 /* bytes of an answer that nobody reads */

struct sending {
	const struct mn_send *s;
	CURL *curl;
	bool mail;
	char shown[300]; /* scheme and host */
	char host[256];
	bool plain;   /* without TLS */
	size_t at;    /* of the body */
	size_t heard; /* bytes of the answer */
	struct mn_sent *out;
};

/* ---- whom ---- */

static bool
may_be(struct sending *x, const struct mn_http_parts *p, struct mn_err *err)
{
	struct mn_str s = mn_str_c(p->scheme);
	bool here = x->s->loopback && p->loopback;
	bool secure = x->mail ? mn_str_eq(s, MN_S("smtps")) || mn_str_eq(s, MN_S("smtp"))
			      : mn_str_eq(s, MN_S("https"));
	bool bare = here && mn_str_eq(s, x->mail ? MN_S("smtp") : MN_S("http"));
	x->plain = bare;
	if (p->user)
		return mn_fail(err, MN_E_POLICY,
		    "%s: an address must not hold a user name or a password", x->shown);
	return secure || bare ||
	       mn_fail(err, MN_E_POLICY, "%s: nothing is sent there: only %s is safe",
		   x->shown, x->mail ? "smtps (or smtp, with STARTTLS)" : "https");
}

static bool
look(struct sending *x, struct mn_err *err)
{
	struct mn_http_parts p;
	bool good = mn_http_parts(x->s->url, &p);
	memcpy(x->host, p.host, sizeof p.host);
	snprintf(x->shown, sizeof x->shown, "%s://%s", p.scheme, p.host);
	return good ? may_be(x, &p, err)
		    : mn_fail(err, MN_E_CONFIG, "the address of the %s is none",
			  x->mail ? "mail server" : "webhook");
}

/* ---- one try ---- */

static size_t
on_answer(char *p, size_t size, size_t n, void *ctx)
{
	struct sending *x = ctx;
	(void)p;
	x->heard += size * n;
	return x->heard > ANSWER_MOST ? 0 : size * n;
}

static size_t
on_read(char *to, size_t size, size_t n, void *ctx)
{
	struct sending *x = ctx;
	size_t left = x->s->body.n - x->at, most = size * n;
	size_t take = left < most ? left : most;
	if (take)
		memcpy(to, x->s->body.p + x->at, take);
	x->at += take;
	return take;
}

static bool
add(struct curl_slist **list, const char *line)
{
	/* A line end would begin another header. */
	struct curl_slist *more =
	    strpbrk(line, "\r\n") ? NULL : curl_slist_append(*list, line);
	*list = more ? more : *list;
	return more != NULL;
}

static void
set_common(struct sending *x)
{
	CURL *c = x->curl;
	curl_easy_reset(c);
	curl_easy_setopt(c, CURLOPT_URL, x->s->url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR,
	    x->mail    ? "smtp,smtps"
	    : x->plain ? "http"
		       : "https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)x->s->timeout_s);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)x->s->timeout_s);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_answer);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	if (x->plain || x->mail)
		curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (x->s->ca_file)
		curl_easy_setopt(c, CURLOPT_CAINFO, x->s->ca_file);
	x->at = x->heard = 0;
}

static bool
set_post(struct sending *x, struct curl_slist **list)
{
	char key[160];
	CURL *c = x->curl;
	snprintf(key, sizeof key, "Idempotency-Key: \"%s\"", x->s->key);
	curl_easy_setopt(c, CURLOPT_POST, 1L);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, x->s->body.p);
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)x->s->body.n);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "manumit/" MN_VERSION);
	bool good = add(list, "Content-Type: application/json") && add(list, key) &&
		    add(list, "Expect:") && (!x->s->secret || add(list, x->s->secret));
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, *list);
	return good;
}

static bool
set_mail(struct sending *x, struct curl_slist **list)
{
	CURL *c = x->curl;
	bool good = true;
	for (uint32_t i = 0; good && i < x->s->n_to; i++)
		good = add(list, x->s->to[i]);
	if (!x->plain)
		curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, x->s->from);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, *list);
	if (x->s->user) {
		curl_easy_setopt(c, CURLOPT_USERNAME, x->s->user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, x->s->secret ? x->s->secret : "");
	}
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(c, CURLOPT_READDATA, x);
	return good;
}

/* A server that hangs up while we write must not end the program. */
static CURLcode
perform(CURL *c)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	sigaction(SIGPIPE, &ignore, &before);
	CURLcode code = curl_easy_perform(c);
	sigaction(SIGPIPE, &before, NULL);
	return code;
}

/* ---- what became of it ---- */

static const struct {
	CURLcode curl;
	enum mn_code code;
	const char *text;
} FAILURES[] = {
    {CURLE_COULDNT_RESOLVE_HOST, MN_E_TRANSIENT, "the server's name has no address"},
    {CURLE_COULDNT_CONNECT, MN_E_TRANSIENT, "the server cannot be reached"},
    {CURLE_OPERATION_TIMEDOUT, MN_E_TRANSIENT, "the server was too slow"},
    {CURLE_PEER_FAILED_VERIFICATION, MN_E_POLICY,
	"the server cannot prove that it is the one: its certificate is not trusted"},
    {CURLE_SSL_CACERT_BADFILE, MN_E_CONFIG, "the file of certificates cannot be read"},
    {CURLE_USE_SSL_FAILED, MN_E_POLICY,
	"the server offers no TLS, and nothing is sent without"},
    {CURLE_LOGIN_DENIED, MN_E_CONFIG, "the server refused user or password"},
    {CURLE_OUT_OF_MEMORY, MN_E_NOMEM, "no memory"},
};

/* The status of an answer: 0 good, else why not. HTTP and SMTP count alike from 400 on,
 * but with SMTP 4xx is "later" and 5xx "no". */
static bool
judge(struct sending *x, struct mn_err *err)
{
	int s = x->out->status;
	if (s >= 200 && s < 300)
		return true;
	if (s >= 300 && s < 400)
		return mn_fail(err, MN_E_POLICY,
		    "%s: answered with a redirect (%d), which is not followed; give the "
		    "address that it leads to",
		    x->shown, s);
	bool later = x->mail ? s < 500 : s >= 500 || s == 408 || s == 425 || s == 429;
	return mn_fail(err, later ? MN_E_TRANSIENT : MN_E_CONFIG,
	    later ? "%s: the server cannot take it at the moment (%d)"
		  : "%s: the server refused it (%d)",
	    x->shown, s);
}

static bool
once(struct sending *x, struct mn_err *err)
{
	struct curl_slist *list = NULL;
	long status = 0;
	set_common(x);
	if (!(x->mail ? set_mail : set_post)(x, &list)) {
		curl_slist_free_all(list);
		return mn_fail(err, MN_E_CONFIG,
		    "%s: a header, token or address is too long or holds a line end",
		    x->shown);
	}
	CURLcode code = perform(x->curl);
	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(list);
	x->out->status = (int)status;
	if (code == CURLE_OK && x->mail)
		return true;
	/* What the server says of it is known before a long page about it ends. */
	if (code == CURLE_OK || code == CURLE_WRITE_ERROR)
		return judge(x, err);
	for (size_t i = 0; i < countof(FAILURES); i++)
		if (FAILURES[i].curl == code)
			return mn_fail(
			    err, FAILURES[i].code, "%s: %s", x->shown, FAILURES[i].text);
	if (x->mail && status >= 400)
		return judge(x, err);
	return mn_fail(err, MN_E_TRANSIENT, "%s: %s", x->shown, curl_easy_strerror(code));
}

/* ---- again ---- */

static void
wait_for(struct sending *x, uint32_t n)
{
	curl_off_t asked = 0;
	uint64_t salt = mn_hash64(mn_str_c(x->s->key)) ^ mn_clock_us(), ms;
	ms = mn_http_backoff(x->s->backoff_ms, n, salt);
	if (curl_easy_getinfo(x->curl, CURLINFO_RETRY_AFTER, &asked) == CURLE_OK &&
	    asked > 0 && (uint64_t)asked * 1000 > ms)
		ms = (uint64_t)(asked < WAIT_MOST_S ? asked : WAIT_MOST_S) * 1000;
	poll(NULL, 0, (int)(ms < WAIT_MOST_S * 1000 ? ms : WAIT_MOST_S * 1000));
}

static bool
send_it(const struct mn_send *s, bool mail, struct mn_sent *out, struct mn_err *err)
{
	struct sending x = {.s = s, .mail = mail, .out = out};
	*out = (struct mn_sent){.tries = 0};
	if (!look(&x, err))
		return false;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		return mn_fail(err, MN_E_NOMEM, "libcurl");
	x.curl = curl_easy_init();
	bool good = x.curl != NULL || mn_fail(err, MN_E_NOMEM, "libcurl"), again = good;
	while (again) {
		out->tries++;
		good = once(&x, err);
		again = !good && err->code == MN_E_TRANSIENT && out->tries < s->tries;
		if (again)
			wait_for(&x, out->tries);
	}
	if (x.curl)
		curl_easy_cleanup(x.curl);
	curl_global_cleanup();
	return good;
}

bool
mn_send_post(const struct mn_send *s, struct mn_sent *out, struct mn_err *err)
{
	return send_it(s, false, out, err);
}

bool
mn_send_mail(const struct mn_send *s, struct mn_sent *out, struct mn_err *err)
{
	return send_it(s, true, out, err);
}

/*
 * A server that misbehaves, on 127.0.0.1, in a child that ends by itself: with its
 * parent, when told, or after ten minutes. What it serves and what it was asked lie in
 * shared memory.
 */
#ifndef TEST_HOSTILE_H
#define TEST_HOSTILE_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOSTILE_BODY (1u << 16)
#define HOSTILE_LIFE_S 600

struct hostile {
	pid_t pid;
	unsigned port;
	/* set by the test */
	char body[HOSTILE_BODY];
	char etag[64];
	char signature[1024];
	unsigned fail_first; /* requests of /busy that are refused before it answers */
	unsigned total;      /* items that the pages claim */
	/* set by the server */
	unsigned asked;   /* requests */
	char last[2048];  /* the last one */
	char ranges[512]; /* Range headers so far, "bytes=5-;" */
};

static inline void
hostile_send(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t w = send(fd, p, n, MSG_NOSIGNAL);
		if (w <= 0)
			return;
		p += w;
		n -= (size_t)w;
	}
}

static inline void
hostile_say(int fd, const char *text)
{
	hostile_send(fd, text, strlen(text));
}

/* The value of a header of the request, or "". */
static inline const char *
hostile_header(const char *request, const char *name, char out[256])
{
	const char *p = strcasestr(request, name);
	out[0] = 0;
	if (p && sscanf(p + strlen(name), ": %255[^\r\n]", out) != 1)
		out[0] = 0;
	return out;
}

static inline void
hostile_whole(struct hostile *s, int fd, const char *type, const char *body, size_t n)
{
	char head[512];
	snprintf(head, sizeof head,
	    "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n"
	    "ETag: %s\r\nLast-Modified: Sun, 01 Nov 2026 10:00:00 GMT\r\n"
	    "Connection: close\r\n\r\n",
	    type, n, s->etag);
	hostile_say(fd, head);
	hostile_send(fd, body, n);
}

/* A correct server. */
static inline void
hostile_ok(struct hostile *s, int fd, const char *request)
{
	char value[256];
	size_t n = strlen(s->body), from = 0;
	if (s->etag[0] &&
	    strcmp(hostile_header(request, "If-None-Match", value), s->etag) == 0) {
		hostile_say(fd, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
		return;
	}
	if (sscanf(hostile_header(request, "\nRange", value), "bytes=%zu-", &from) == 1 &&
	    strcmp(hostile_header(request, "If-Range", value), s->etag) == 0 &&
	    from < n) {
		char head[512];
		snprintf(head, sizeof head,
		    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %zu-%zu/%zu\r\n"
		    "Content-Length: %zu\r\nETag: %s\r\nConnection: close\r\n\r\n",
		    from, n - 1, n, n - from, s->etag);
		hostile_say(fd, head);
		hostile_send(fd, s->body + from, n - from);
		return;
	}
	hostile_whole(s, fd, "text/csv", s->body, n);
}

static inline void
hostile_truncated(struct hostile *s, int fd, const char *request)
{
	char head[256];
	(void)request;
	snprintf(head, sizeof head,
	    "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nETag: %s\r\n"
	    "Connection: close\r\n\r\n",
	    strlen(s->body), s->etag);
	hostile_say(fd, head);
	hostile_send(fd, s->body, strlen(s->body) / 2);
}

/* Half of it first, then as a correct server: the part can be resumed. */
static inline void
hostile_resumed(struct hostile *s, int fd, const char *request)
{
	(strstr(request, "\nRange:") ? hostile_ok : hostile_truncated)(s, fd, request);
}

/* The same, but the file has changed meanwhile. */
static inline void
hostile_changed(struct hostile *s, int fd, const char *request)
{
	if (strstr(request, "\nRange:"))
		snprintf(s->etag, sizeof s->etag, "\"changed\"");
	hostile_resumed(s, fd, request);
}

static inline void
hostile_elsewhere(struct hostile *s, int fd, const char *request)
{
	if (!strstr(request, "\nRange:")) {
		hostile_truncated(s, fd, request);
		return;
	}
	hostile_say(fd, "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 1-5/9\r\n"
			"Content-Length: 5\r\nConnection: close\r\n\r\nabcde");
}

static inline void
hostile_short(struct hostile *s, int fd, const char *request)
{
	char head[256];
	(void)request;
	snprintf(head, sizeof head,
	    "HTTP/1.1 200 OK\r\nContent-Length: 20\r\nETag: %s\r\n"
	    "Connection: close\r\n\r\n",
	    s->etag);
	hostile_say(fd, head);
	hostile_send(fd, s->body, strlen(s->body));
}

static inline void
hostile_slow(struct hostile *s, int fd, const char *request)
{
	(void)request;
	hostile_say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n"
			"Connection: close\r\n\r\n");
	for (size_t i = 0; i < HOSTILE_BODY && s->body[i]; i++) {
		struct pollfd p = {fd, POLLIN, 0};
		hostile_send(fd, s->body + i, 1);
		if (poll(&p, 1, 100) > 0) /* the client hung up */
			return;
	}
}

static inline void
hostile_endless(struct hostile *s, int fd, const char *request)
{
	char block[4096];
	(void)s;
	(void)request;
	memset(block, 'a', sizeof block);
	hostile_say(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
	for (int i = 0; i < 100000; i++)
		if (send(fd, block, sizeof block, MSG_NOSIGNAL) <= 0)
			return;
}

/* 32 KiB of gzip that become 5 MB of "a": a literal, then nothing but copies of 258 bytes
 * (13 bits each) in one block with the fixed code of RFC 1951. */
static inline void
hostile_bomb(struct hostile *s, int fd, const char *request)
{
	static unsigned char z[1u << 15];
	size_t n = 10, bit = 0;
	(void)s;
	(void)request;
	memset(z, 0, sizeof z);
	memcpy(z, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
	/* 1, 01: last block, fixed code; 'a' is 0x91 in 8 bits; then 11000101 00000. */
	const char *first = "110"
			    "10010001";
	for (const char *p = first; *p; p++, bit++)
		z[n + bit / 8] |= (unsigned char)((*p - '0') << bit % 8);
	while (n + bit / 8 + 3 < sizeof z)
		for (const char *p = "1100010100000"; *p; p++, bit++)
			z[n + bit / 8] |= (unsigned char)((*p - '0') << bit % 8);
	hostile_say(fd, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
			"Content-Length: 32768\r\nConnection: close\r\n\r\n");
	hostile_send(fd, (const char *)z, sizeof z);
}

static inline void
hostile_busy(struct hostile *s, int fd, const char *request)
{
	if (s->fail_first) {
		s->fail_first--;
		hostile_say(fd, "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\n"
				"Connection: close\r\n\r\nbusy");
		return;
	}
	hostile_ok(s, fd, request);
}

static inline void
hostile_headers(struct hostile *s, int fd, const char *request)
{
	char line[1024];
	(void)s;
	(void)request;
	memset(line, 'h', sizeof line);
	memcpy(line, "X-Long: ", 8);
	memcpy(line + sizeof line - 2, "\r\n", 2);
	hostile_say(fd, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; i < 9000; i++)
		if (send(fd, line, sizeof line, MSG_NOSIGNAL) <= 0)
			return;
}

static inline void
hostile_html(struct hostile *s, int fd, const char *request)
{
	static const char PAGE[] =
	    "\n<!DOCTYPE html><html><title>Please sign in</title></html>";
	(void)request;
	hostile_whole(s, fd, "text/html", PAGE, sizeof PAGE - 1);
}

static inline void
hostile_token(struct hostile *s, int fd, const char *request)
{
	if (strstr(request, "Authorization: Bearer hush") || strstr(request, "key=hush"))
		hostile_ok(s, fd, request);
	else
		hostile_say(fd, "HTTP/1.1 401 No\r\nConnection: close\r\n\r\n");
}

static inline void
hostile_minisig(struct hostile *s, int fd, const char *request)
{
	(void)request;
	if (s->signature[0])
		hostile_whole(s, fd, "text/plain", s->signature, strlen(s->signature));
	else
		hostile_say(fd, "HTTP/1.1 404 No\r\nConnection: close\r\n\r\n");
}

/* Five items in pages of two, by number, offset, cursor, next and Link at once. */
static inline void
hostile_pages(struct hostile *s, int fd, const char *request)
{
	unsigned page = 0, offset = 0;
	char body[1024], head[1024], *p = body;
	const char *q = strstr(request, "page=");
	if (q)
		page = (unsigned)strtoul(q + 5, NULL, 10);
	if ((q = strstr(request, "offset=")) != NULL)
		page = (offset = (unsigned)strtoul(q + 7, NULL, 10)) / 2;
	if ((q = strstr(request, "cursor=c%2F")) != NULL)
		page = (unsigned)strtoul(q + 11, NULL, 10);
	p += sprintf(p, "{\"meta\":{\"total\":%u", s->total);
	if (page < 2)
		p += sprintf(p, ",\"cursor\":\"c/%u\",\"next\":\"/pages?page=%u\"",
		    page + 1, page + 1);
	p += sprintf(p, "},\"data\":{\"items\":[");
	for (unsigned i = 2 * page; i < 2 * page + 2 && i < 5; i++)
		p += sprintf(p, "%s{\"name\":\"Plover %u\",\"share\":23.8103}",
		    i > 2 * page ? "," : "", i);
	p += sprintf(p, "]}}");
	int n = snprintf(head, sizeof head,
	    "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n",
	    strlen(body));
	if (page < 2)
		n += snprintf(head + n, sizeof head - (size_t)n,
		    "Link: </pages?page=0>; rel=\"first\", </pages?page=%u>; "
		    "rel=\"next\"\r\n",
		    page + 1);
	hostile_send(fd, head, (size_t)n);
	hostile_say(fd, "\r\n");
	hostile_say(fd, body);
}

static inline void
hostile_circle(struct hostile *s, int fd, const char *request)
{
	static const char PAGE[] =
	    "{\"meta\":{\"next\":\"/circle?page=1\"},\"data\":{\"items\":[{\"a\":1}]}}";
	(void)request;
	hostile_whole(s, fd, "application/json", PAGE, sizeof PAGE - 1);
}

/* Answers that are always the same. */
static const struct {
	const char *path, *answer;
} HOSTILE_PLAIN[] = {
    {"/moved", "HTTP/1.1 302 Found\r\nLocation: /ok.csv\r\n"},
    {"/to-file", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n"},
    {"/to-gopher", "HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1:1/_x\r\n"},
    {"/to-http", "HTTP/1.1 302 Found\r\nLocation: http://lists.example/x\r\n"},
    {"/to-metadata",
	"HTTP/1.1 302 Found\r\nLocation: https://169.254.169.254/latest/\r\n"},
    {"/to-private", "HTTP/1.1 302 Found\r\nLocation: https://10.1.2.3/x\r\n"},
    {"/to-user", "HTTP/1.1 302 Found\r\nLocation: https://a:b@127.0.0.1/x\r\n"},
    {"/to-nothing", "HTTP/1.1 302 Found\r\n"},
    {"/loop", "HTTP/1.1 302 Found\r\nLocation: /loop\r\n"},
    {"/gone", "HTTP/1.1 410 Gone\r\n"},
    {"/forbidden", "HTTP/1.1 403 Forbidden\r\n"},
    {"/many", "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7200\r\n"},
    {"/fault", "HTTP/1.1 500 Fault\r\n"},
    {"/empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"},
    {"/nothing", "HTTP/1.1 204 No Content\r\n"},
    {"/always-304", "HTTP/1.1 304 Not Modified\r\n"},
    {"/cut-chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nname,co"},
    {"/no-http", "SSH-2.0-OpenSSH_9.2\r\n"},
    {"/hang-up", ""},
};

static const struct {
	const char *path;
	void (*fn)(struct hostile *s, int fd, const char *request);
} HOSTILE_PATHS[] = {
    {"/ok.csv.minisig", hostile_minisig},
    {"/list.csv.minisig", hostile_minisig},
    {"/ok.csv", hostile_ok},
    {"/list.csv", hostile_ok},
    {"/truncated", hostile_truncated},
    {"/resumed", hostile_resumed},
    {"/changed", hostile_changed},
    {"/elsewhere", hostile_elsewhere},
    {"/short", hostile_short},
    {"/slow", hostile_slow},
    {"/endless", hostile_endless},
    {"/bomb", hostile_bomb},
    {"/busy", hostile_busy},
    {"/headers", hostile_headers},
    {"/html", hostile_html},
    {"/token", hostile_token},
    {"/pages", hostile_pages},
    {"/circle", hostile_circle},
};

static inline void
hostile_answer(struct hostile *s, int fd, const char *request)
{
	char path[256] = "", head[512];
	sscanf(request, "GET %255[^ ?]", path);
	if (strcmp(path, "/to-host") == 0) {
		snprintf(head, sizeof head,
		    "HTTP/1.1 302 Found\r\nLocation: http://localhost:%u/token\r\n\r\n",
		    s->port);
		hostile_say(fd, head);
		return;
	}
	for (size_t i = 0; i < sizeof HOSTILE_PATHS / sizeof *HOSTILE_PATHS; i++)
		if (strcmp(path, HOSTILE_PATHS[i].path) == 0) {
			HOSTILE_PATHS[i].fn(s, fd, request);
			return;
		}
	for (size_t i = 0; i < sizeof HOSTILE_PLAIN / sizeof *HOSTILE_PLAIN; i++)
		if (strcmp(path, HOSTILE_PLAIN[i].path) == 0) {
			hostile_say(fd, HOSTILE_PLAIN[i].answer);
			if (HOSTILE_PLAIN[i].answer[0] &&
			    !strstr(HOSTILE_PLAIN[i].answer, "\r\n\r\n"))
				hostile_say(fd, "Connection: close\r\n\r\n");
			return;
		}
	hostile_say(fd, "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
}

static inline void
hostile_serve(struct hostile *s, int fd)
{
	char request[sizeof s->last];
	size_t n = 0;
	ssize_t got;
	while (n + 1 < sizeof request &&
	       (got = recv(fd, request + n, sizeof request - 1 - n, 0)) > 0) {
		n += (size_t)got;
		request[n] = 0;
		if (strstr(request, "\r\n\r\n"))
			break;
	}
	request[n] = 0;
	if (n == 0)
		return;
	char value[256];
	hostile_header(request, "\nRange", value);
	if (value[0] && strlen(s->ranges) + strlen(value) + 2 < sizeof s->ranges)
		strcat(strcat(s->ranges, value), ";");
	memcpy(s->last, request, n + 1);
	s->asked++;
	hostile_answer(s, fd, request);
}

/* Starts it; NULL when it cannot be had. */
static inline struct hostile *
hostile_start(void)
{
	struct hostile *s = mmap(
	    NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s == MAP_FAILED || fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 ||
	    listen(fd, 16) != 0 || getsockname(fd, (struct sockaddr *)&a, &len) != 0)
		return NULL;
	s->port = ntohs(a.sin_port);
	pid_t pid = fork(); /* not into s yet: the child shares it */
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		alarm(HOSTILE_LIFE_S);
		for (int c; (c = accept(fd, NULL, NULL)) >= 0;) {
			hostile_serve(s, c);
			shutdown(c, SHUT_WR);
			close(c);
		}
		_exit(0);
	}
	close(fd);
	s->pid = pid;
	return pid > 0 ? s : NULL;
}

/* What the test sets, back to the usual. */
static inline void
hostile_reset(struct hostile *s, const char *body)
{
	snprintf(s->body, sizeof s->body, "%s", body);
	snprintf(s->etag, sizeof s->etag, "\"one\"");
	s->signature[0] = s->last[0] = s->ranges[0] = 0;
	s->fail_first = s->asked = 0;
	s->total = 5;
}

static inline void
hostile_stop(struct hostile *s)
{
	if (s->pid > 0)
		kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	munmap(s, sizeof *s);
}

#endif

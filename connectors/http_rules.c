/* What may be asked, and what answers say: addresses and headers. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "manumit/base/hash.h"

#include "http.h"

/* ---- addresses ---- */

enum reach { PUBLIC, PRIVATE, LOOPBACK, FORBIDDEN };

/* IPv4 by the special-purpose registry of IANA (RFC 6890). */
static const struct {
	uint32_t net, bits;
	enum reach reach;
} V4[] = {
    {0x00000000, 8, FORBIDDEN},  /* this network */
    {0x0a000000, 8, PRIVATE},    /* 10/8 */
    {0x64400000, 10, PRIVATE},   /* 100.64/10, carriers */
    {0x7f000000, 8, LOOPBACK},   /* 127/8 */
    {0xa9fe0000, 16, FORBIDDEN}, /* 169.254/16, link-local and metadata */
    {0xac100000, 12, PRIVATE},   /* 172.16/12 */
    {0xc0000000, 24, FORBIDDEN}, /* 192.0.0/24, protocol assignments */
    {0xc0a80000, 16, PRIVATE},   /* 192.168/16 */
    {0xc6120000, 15, PRIVATE},   /* 198.18/15, benchmarks */
    {0xe0000000, 3, FORBIDDEN},  /* multicast, reserved, broadcast */
};

static enum reach
reach_v4(uint32_t a)
{
	for (size_t i = 0; i < countof(V4); i++)
		if (a >> (32 - V4[i].bits) == V4[i].net >> (32 - V4[i].bits))
			return V4[i].reach;
	return PUBLIC;
}

static uint32_t
word(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* IPv4 hides in several kinds of IPv6 address; the inner one decides. */
static enum reach
reach_v6(const unsigned char a[16])
{
	static const unsigned char ZERO[16] = {0}, MAPPED[12] = {[10] = 0xff, 0xff},
				   NAT64[12] = {0, 0x64, 0xff, 0x9b};
	if (memcmp(a, ZERO, 15) == 0)
		return a[15] == 1 ? LOOPBACK : FORBIDDEN;
	if (memcmp(a, MAPPED, 12) == 0 || memcmp(a, NAT64, 12) == 0 ||
	    memcmp(a, ZERO, 12) == 0)
		return reach_v4(word(a + 12));
	if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 */
		return reach_v4(word(a + 2));
	if ((a[0] & 0xfe) == 0xfc) /* unique local; AWS keeps its metadata at one */
		return memcmp(a, (const unsigned char[]){0xfd, 0, 0x0e, 0xc2}, 4) == 0
			   ? FORBIDDEN
			   : PRIVATE;
	/* Global unicast is 2000::/3; Teredo tunnels through it. */
	if ((a[0] & 0xe0) != 0x20 || word(a) == 0x20010000)
		return FORBIDDEN;
	return PUBLIC;
}

static bool
reachable(const struct mn_http_rules *r, enum reach reach)
{
	return reach == PUBLIC || (reach == PRIVATE && r->inside) ||
	       (reach == LOOPBACK && r->loopback);
}

bool
mn_http_address(const struct mn_http_rules *r, const struct sockaddr *a)
{
	if (a->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, a, sizeof in);
		return reachable(r, reach_v4(ntohl(in.sin_addr.s_addr)));
	}
	if (a->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		memcpy(&in, a, sizeof in);
		return reachable(r, reach_v6(in.sin6_addr.s6_addr));
	}
	return false;
}

static bool
under(struct mn_str host, struct mn_str suffix)
{
	return host.n > suffix.n &&
	       mn_str_eq_ascii(mn_str_sub(host, host.n - suffix.n, suffix.n), suffix);
}

bool
mn_http_allows(const struct mn_http_ask *ask, const char *from, const char *host)
{
	struct mn_str h = mn_str_c(host);
	if (mn_str_eq_ascii(mn_str_c(from), h))
		return true;
	for (uint32_t i = 0; i < ask->n_host; i++) {
		struct mn_str allowed = ask->host[i];
		if (mn_str_eq_ascii(allowed, h) ||
		    (allowed.n > 1 && allowed.p[0] == '.' && under(h, allowed)))
			return true;
	}
	return false;
}

bool
mn_http_no_proxy(const char *list, const char *host)
{
	struct mn_str h = mn_str_c(host);
	for (struct mn_str rest = mn_str_c(list); rest.p && rest.n;) {
		struct mn_str item = mn_str_trim(mn_str_cut(&rest, ','));
		if (item.n && item.p[0] == '.')
			item = mn_str_sub(item, 1, item.n);
		if (mn_str_eq(item, MN_S("*")) || mn_str_eq_ascii(item, h))
			return true;
		if (item.n && under(h, item) && h.p[h.n - item.n - 1] == '.')
			return true;
	}
	return false;
}

struct mn_str
mn_http_shown(const char *url)
{
	struct mn_str s = mn_str_c(url);
	return mn_str_sub(s, 0, mn_str_find_byte(s, '?'));
}

/* ---- headers ---- */

static void
keep(char *to, size_t room, struct mn_str v)
{
	/* A value that does not fit is no value: half a validator would match nothing. */
	size_t n = v.n < room && mn_str_find_byte(v, 0) == SIZE_MAX ? v.n : 0;
	memcpy(to, n ? v.p : "", n);
	to[n] = 0;
}

static void
read_status(struct mn_http_answer *a, struct mn_str line)
{
	size_t blank = mn_str_find_byte(line, ' ');
	uint64_t status = 0;
	*a = (struct mn_http_answer){.header_bytes = a->header_bytes, .bytes = a->bytes};
	if (blank != SIZE_MAX && mn_str_u64(mn_str_sub(line, blank + 1, 3), &status))
		a->status = (int)status;
}

/* "bytes 100-199/200" */
static void
read_range(struct mn_http_answer *a, struct mn_str v)
{
	uint64_t first;
	if (!mn_str_starts(v, MN_S("bytes ")))
		return;
	v = mn_str_sub(v, 6, v.n);
	if (mn_str_u64(mn_str_cut(&v, '-'), &first))
		a->first = first;
}

/* <address>; rel="next", <address>; rel=prev */
static void
read_link(struct mn_http_answer *a, struct mn_str v)
{
	size_t open, close;
	while ((open = mn_str_find_byte(v, '<')) != SIZE_MAX) {
		v = mn_str_sub(v, open + 1, v.n);
		if ((close = mn_str_find_byte(v, '>')) == SIZE_MAX)
			return;
		struct mn_str url = mn_str_sub(v, 0, close);
		v = mn_str_sub(v, close + 1, v.n);
		struct mn_str rest = v, params = mn_str_cut(&rest, '<');
		if (mn_str_find(params, MN_S("rel=\"next\"")) != SIZE_MAX ||
		    mn_str_find(params, MN_S("rel=next")) != SIZE_MAX) {
			keep(a->next, sizeof a->next, url);
			return;
		}
	}
}

static void
read_encoding(struct mn_http_answer *a, struct mn_str v)
{
	a->encoded = v.n > 0 && !mn_str_eq_ascii(v, MN_S("identity"));
}

/* A number of seconds; as a date the library reads it. */
static void
read_wait(struct mn_http_answer *a, struct mn_str v)
{
	uint64_t s;
	if (mn_str_u64(v, &s))
		a->wait_s = s < UINT32_MAX ? (uint32_t)s : UINT32_MAX;
}

static void
read_etag(struct mn_http_answer *a, struct mn_str v)
{
	keep(a->etag, sizeof a->etag, v);
}

static void
read_modified(struct mn_http_answer *a, struct mn_str v)
{
	keep(a->modified, sizeof a->modified, v);
}

static void
read_type(struct mn_http_answer *a, struct mn_str v)
{
	keep(a->type, sizeof a->type, v);
}

static void
read_location(struct mn_http_answer *a, struct mn_str v)
{
	keep(a->location, sizeof a->location, v);
}

static const struct {
	struct mn_str name;
	void (*read)(struct mn_http_answer *a, struct mn_str v);
} HEADERS[] = {
    {MN_S("etag"), read_etag},
    {MN_S("last-modified"), read_modified},
    {MN_S("content-type"), read_type},
    {MN_S("content-range"), read_range},
    {MN_S("content-encoding"), read_encoding},
    {MN_S("location"), read_location},
    {MN_S("link"), read_link},
    {MN_S("retry-after"), read_wait},
};

void
mn_http_header(struct mn_http_answer *a, struct mn_str line)
{
	a->header_bytes += line.n;
	if (mn_str_starts(line, MN_S("HTTP/"))) {
		read_status(a, line);
		return;
	}
	struct mn_str value = line, name = mn_str_trim(mn_str_cut(&value, ':'));
	for (size_t i = 0; i < countof(HEADERS); i++)
		if (mn_str_eq_ascii(name, HEADERS[i].name))
			HEADERS[i].read(a, mn_str_trim(value));
}

const char *
mn_http_validator(const struct mn_http_answer *a)
{
	if (a->encoded)
		return NULL;
	if (a->etag[0])
		return a->etag[0] == '"' ? a->etag : NULL;
	return a->modified[0] ? a->modified : NULL;
}

uint64_t
mn_http_backoff(uint32_t base_ms, uint32_t n, uint64_t salt)
{
	uint64_t part[2] = {salt, n}, full = (uint64_t)base_ms << (n < 8 ? n - 1 : 7);
	uint64_t h = mn_hash64(mn_str((const char *)part, sizeof part));
	return full / 2 + full * (h & 1023) / 1024;
}

/* Any bytes as the headers of answers, as an address to resolve and as lists of hosts: no
 * value outgrows its room, and none holds a line end. The first byte tells which. */
#include <stdint.h>
#include <stdio.h>

#include "../../connectors/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
text(const char *s, size_t room)
{
	if (memchr(s, 0, room) == NULL || strpbrk(s, "\n"))
		__builtin_trap();
}

static void
headers(struct mn_str rest)
{
	static struct mn_http_answer a;
	a = (struct mn_http_answer){.status = 0};
	while (rest.p) {
		mn_http_header(&a, mn_str_cut(&rest, '\n'));
		const char *v = mn_http_validator(&a);
		if (v && (a.encoded || !v[0]))
			__builtin_trap();
		if (a.status < 0 || a.status > 999)
			__builtin_trap();
	}
	text(a.etag, sizeof a.etag);
	text(a.modified, sizeof a.modified);
	text(a.type, sizeof a.type);
	text(a.next, sizeof a.next);
	text(a.location, sizeof a.location);
}

/* Whatever a redirect says, what may be asked is https, or this machine in tests. */
static void
address(struct mn_str s, bool loopback)
{
	struct mn_http_rules r = {.loopback = loopback};
	struct mn_err err = MN_ERR_NONE;
	char to[2048], out[MN_HTTP_URL], host[256];
	if (s.n >= sizeof to || memchr(s.p, 0, s.n))
		return;
	memcpy(to, s.p, s.n);
	to[s.n] = 0;
	if (!mn_http_resolve("https://lists.example/a/b.csv", to, out, sizeof out))
		return;
	bool good = mn_http_host(&r, out, host, sizeof host, &err);
	if (good == (err.code != MN_E_NONE))
		__builtin_trap();
	if (good && !loopback && strncmp(out, "https://", 8) != 0)
		__builtin_trap();
	if (good && host[0] == 0)
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char list[512];
	if (n == 0 || n > 1u << 16)
		return 0;
	struct mn_str s = mn_str((const char *)data + 1, n - 1);
	if (data[0] % 4 == 0)
		headers(s);
	else if (data[0] % 4 < 3)
		address(s, data[0] % 4 == 1);
	else if (s.n < sizeof list && !memchr(s.p, 0, s.n)) {
		memcpy(list, s.p, s.n);
		list[s.n] = 0;
		mn_http_no_proxy(list, "lists.example");
		mn_http_no_proxy("lists.example", list);
	}
	return 0;
}

/*
 * Answers in pages: one after another, their items written as JSON Lines. Nothing is
 * resumed or asked conditionally here: a list that changes while it is read would be
 * neither the old one nor the new one. Where the API tells a total, it has to come out.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/base/json.h"

#include "fetch_impl.h"
#include "http.h"

struct paging {
	struct mn_http *h;
	const struct mn_http_ask *ask;
	const struct mn_map_page *p;
	const char *name;
	char first[MN_HTTP_URL]; /* with its size, if any */
	char url[MN_HTTP_URL];   /* of this page */
	char next[MN_HTTP_URL];  /* of the next, or empty */
	int fd;                  /* one page, in memory */
	uint64_t items, bytes;
	struct mn_buf out;
	struct mn_arena root, a; /* of a page */
};

const struct mn_json *
mn_json_path(const struct mn_json *v, struct mn_str path)
{
	char key[256];
	for (struct mn_str rest = path; v && rest.p && rest.n;) {
		struct mn_str part = mn_str_cut(&rest, '.');
		if (part.n >= sizeof key)
			return NULL;
		memcpy(key, part.p, part.n);
		key[part.n] = 0;
		v = mn_json_get(v, key);
	}
	return v;
}

static bool
wrong(const struct paging *x, const char *what, struct mn_err *err)
{
	return mn_fail(err, MN_E_DOWNLOAD, "%s: page %.*s: %s", x->name,
	    MN_FMT(mn_http_shown(x->url)), what);
}

/* ---- addresses ---- */

/* The first address with a parameter added. */
static bool
with_parameter(
    struct paging *x, const char *base, struct mn_str name, struct mn_str value)
{
	char tail[MN_HTTP_VALUE];
	size_t at = 0;
	static const char HEX[] = "0123456789ABCDEF";
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		bool bare = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
			    (c >= 'a' && c <= 'z') || strchr("-_.~", c);
		if (at + 4 > sizeof tail)
			return false;
		tail[at++] = bare && c ? (char)c : '%';
		if (tail[at - 1] == '%') {
			tail[at++] = HEX[c >> 4];
			tail[at++] = HEX[c & 15];
		}
	}
	int n = snprintf(x->next, sizeof x->next, "%s%c%.*s=%.*s", base,
	    strchr(base, '?') ? '&' : '?', MN_FMT(name), (int)at, tail);
	return n > 0 && (size_t)n < sizeof x->next;
}

static bool
with_number(struct paging *x, struct mn_str name, int64_t value)
{
	char number[24], base[MN_HTTP_URL];
	int n = snprintf(number, sizeof number, "%lld", (long long)value);
	memcpy(base, x->next[0] ? x->next : x->ask->url,
	    strlen(x->next[0] ? x->next : x->ask->url) + 1);
	return with_parameter(x, base, name, mn_str(number, (size_t)n));
}

/* The address of page number n (from 0) of an API that counts. */
static bool
numbered(struct paging *x, int64_t n)
{
	x->next[0] = 0;
	int64_t step = x->p->by == MN_PAGE_OFFSET ? x->p->size : 1;
	return (!x->p->size_parameter.n ||
		   with_number(x, x->p->size_parameter, x->p->size)) &&
	       with_number(x, x->p->parameter, x->p->start + n * step);
}

static bool
to_address(struct paging *x, struct mn_str to)
{
	char text[MN_HTTP_URL], from[256], host[256];
	struct mn_err ignored;
	const struct mn_http_rules *r = mn_http_rules_of(x->h);
	if (to.n >= sizeof text || memchr(to.p, 0, to.n))
		return false;
	memcpy(text, to.p, to.n);
	text[to.n] = 0;
	return mn_http_resolve(x->url, text, x->next, sizeof x->next) &&
	       mn_http_host(r, x->ask->url, from, sizeof from, &ignored) &&
	       mn_http_host(r, x->next, host, sizeof host, &ignored) &&
	       mn_http_allows(x->ask, from, host);
}

/* Where the next page is: fills next, or leaves it empty at the end. */
static bool
find_next(struct paging *x, const struct mn_json *root, const struct mn_http_answer *a,
    int64_t n, size_t count, struct mn_err *err)
{
	struct mn_str to = MN_STR_NONE;
	int64_t number;
	char digits[24];
	x->next[0] = 0;
	if (x->p->by == MN_PAGE_NUMBER || x->p->by == MN_PAGE_OFFSET)
		return count < (size_t)x->p->size || numbered(x, n + 1) ||
		       wrong(x, "its address is too long", err);
	if (x->p->by == MN_PAGE_LINK)
		to = mn_str_c(a->next);
	else if (!mn_json_str(mn_json_path(root, x->p->next), &to) &&
		 mn_json_int(mn_json_path(root, x->p->next), &number))
		to = mn_str(digits,
		    (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number));
	if (to.n == 0 || count == 0)
		return true;
	bool good = x->p->by == MN_PAGE_CURSOR
			? with_parameter(x, x->first, x->p->parameter, to)
			: to_address(x, to);
	if (!good)
		return mn_fail(err, MN_E_POLICY,
		    "%s: its next page is at an address that its source does not allow",
		    x->name);
	return strcmp(x->next, x->url) != 0 || wrong(x, "names itself as the next", err);
}

/* ---- pages ---- */

static bool
flush(struct paging *x, struct mn_err *err)
{
	struct mn_str s = mn_buf_str(&x->out);
	x->bytes += s.n;
	if (x->out.failed || x->bytes > x->ask->most)
		return mn_fail(err, MN_E_POLICY,
		    "%s: is larger than the %llu bytes that its source allows", x->name,
		    (unsigned long long)x->ask->most);
	while (s.n) {
		ssize_t w = write(x->ask->fd, s.p, s.n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return mn_fail_errno(err, w < 0 ? errno : 0, "write", x->name);
		s = mn_str_sub(s, (size_t)w, s.n);
	}
	mn_buf_clear(&x->out);
	return true;
}

static bool
write_items(
    struct paging *x, const struct mn_json *items, size_t *count, struct mn_err *err)
{
	if (mn_json_type(items) != MN_JSON_LIST)
		return wrong(x, "has no list of items where its source says", err);
	*count = mn_json_count(items);
	for (size_t i = 0; i < *count; i++) {
		if (mn_json_type(mn_json_at(items, i)) != MN_JSON_MAP)
			return wrong(x, "has an item that is no object", err);
		mn_json_print(mn_json_at(items, i), &x->out);
		mn_buf_byte(&x->out, '\n');
	}
	x->items += *count;
	return flush(x, err);
}

static bool
read_page(struct paging *x, struct mn_http_answer *answer, struct mn_str *text,
    struct mn_err *err)
{
	struct mn_http_ask ask = *x->ask;
	ask.url = x->url;
	ask.etag = ask.modified = ask.part = NULL;
	ask.begun = NULL;
	ask.fd = x->fd;
	ask.most = MN_PAGE_BYTES;
	if (!mn_http_get(x->h, &ask, answer, err))
		return false;
	size_t n = (size_t)answer->bytes, got = 0;
	char *p = MN_NEW(&x->a, char, n + 1);
	while (got < n) {
		ssize_t r = pread(x->fd, p + got, n - got, (off_t)got);
		if (r <= 0)
			return mn_fail_errno(err, errno, "read", x->name);
		got += (size_t)r;
	}
	*text = mn_str(p, n);
	return true;
}

/* One page; *total is what the API says there is, -1: nothing. */
static bool
take_page(struct paging *x, int64_t n, int64_t *total, struct mn_err *err)
{
	struct mn_http_answer answer;
	struct mn_str text;
	struct mn_err why = MN_ERR_NONE;
	size_t count = 0;
	x->a = x->root;
	if (!read_page(x, &answer, &text, err))
		return false;
	struct mn_json *root = mn_json_parse(text, x->name, &why);
	if (!root)
		return wrong(x, "is not valid JSON", err);
	bool good = write_items(x, mn_json_path(root, x->p->items), &count, err) &&
		    find_next(x, root, &answer, n, count, err);
	if (x->p->total.n && !mn_json_int(mn_json_path(root, x->p->total), total))
		*total = -1;
	mn_json_free(root);
	return good;
}

static bool
take_pages(struct paging *x, struct mn_err *err)
{
	int64_t total = -1;
	for (int64_t n = 0; x->next[0]; n++) {
		if (n == x->p->most)
			return mn_fail(err, MN_E_DOWNLOAD,
			    "%s: has more than %lld pages; raise \"most\" if that is "
			    "right",
			    x->name, (long long)x->p->most);
		memcpy(x->url, x->next, sizeof x->url);
		if (!take_page(x, n, &total, err))
			return false;
	}
	return total < 0 || (uint64_t)total == x->items ||
	       mn_fail(err, MN_E_DOWNLOAD,
		   "%s: promised %lld items and gave %llu; try again, the list may have "
		   "changed meanwhile",
		   x->name, (long long)total, (unsigned long long)x->items);
}

static bool
first_page(struct paging *x)
{
	struct mn_str url = mn_str_c(x->ask->url);
	if (url.n >= sizeof x->next - 1)
		return false;
	memcpy(x->next, url.p, url.n + 1);
	if (x->p->by == MN_PAGE_NUMBER || x->p->by == MN_PAGE_OFFSET)
		return numbered(x, 0);
	if (x->p->size_parameter.n && x->p->size > 0 &&
	    !with_number(x, x->p->size_parameter, x->p->size))
		return false;
	memcpy(x->first, x->next, sizeof x->first);
	return true;
}

bool
mn_pages_get(struct mn_http *h, const struct mn_http_ask *ask,
    const struct mn_map_page *page, const char *name, struct mn_err *err)
{
	struct paging x = {.h = h, .ask = ask, .p = page, .name = name};
	x.fd = memfd_create("manumit page", MFD_CLOEXEC);
	if (x.fd < 0 || ftruncate(ask->fd, 0) != 0)
		return mn_fail_errno(err, errno, "make room for the pages of", name);
	x.out = mn_buf_new((size_t)4 * MN_PAGE_BYTES);
	x.root = x.a = mn_arena_new((size_t)2 * MN_PAGE_BYTES, NULL);
	bool good = first_page(&x)
			? take_pages(&x, err)
			: mn_fail(err, MN_E_CONFIG, "%s: its address is too long", name);
	mn_arena_free(x.root);
	mn_buf_free(&x.out);
	close(x.fd);
	return good;
}

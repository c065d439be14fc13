/* gzip by zlib: bounded memory, bounded output, every way to end badly told apart. */
#include <errno.h>
#include <unistd.h>
#include <zlib.h>

#include "manumit/base/arena.h"
#include "manumit/base/limits.h"

#include "unpack.h"

#define BLOCK (1u << 16)

struct gunzip {
	z_stream z;
	int from, to;
	const char *path;
	struct mn_sha256 *sha;
	uint64_t in, out;
	bool eof;
	unsigned char packed[BLOCK], plain[4 * BLOCK];
	struct mn_err *err;
};

bool
mn_gzip_begins(struct mn_str head)
{
	return mn_str_starts(head, MN_S("\x1f\x8b\x08"));
}

static bool
more_input(struct gunzip *g)
{
	ssize_t n;
	do
		n = read(g->from, g->packed, sizeof g->packed);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return mn_fail_errno(g->err, errno, "read", g->path);
	g->eof = n == 0;
	g->in += (uint64_t)n;
	mn_sha256_add(g->sha, mn_str((const char *)g->packed, (size_t)n));
	g->z.next_in = g->packed;
	g->z.avail_in = (uInt)n;
	return true;
}

/* What one file may become: so much always, beyond it a ratio that no table has. */
static bool
within_limits(struct gunzip *g)
{
	if (g->out > MN_MAX_INFLATED)
		return mn_fail(g->err, MN_E_FILE_LARGE,
		    "%s: more than %llu GiB when unpacked", g->path,
		    (unsigned long long)(MN_MAX_INFLATED >> 30));
	if (g->out > MN_INFLATE_FREE && g->out / MN_INFLATE_RATIO > g->in)
		return mn_fail(g->err, MN_E_FILE_LARGE,
		    "%s: its first %llu bytes unpack to more than %d times their size, "
		    "as no table does",
		    g->path, (unsigned long long)g->in, MN_INFLATE_RATIO);
	return true;
}

static bool
write_out(struct gunzip *g)
{
	const unsigned char *p = g->plain;
	size_t n = sizeof g->plain - g->z.avail_out;
	g->out += n;
	while (n) {
		ssize_t w = write(g->to, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return mn_fail_errno(
			    g->err, w < 0 ? errno : ENOSPC, "unpack", g->path);
		p += w;
		n -= (size_t)w;
	}
	return within_limits(g);
}

static bool
damaged(struct gunzip *g, const char *how)
{
	return mn_fail(g->err, MN_E_FILE_GZIP, "%s: %s after %llu bytes", g->path, how,
	    (unsigned long long)(g->in - g->z.avail_in));
}

/* One member, its check sum included. */
static bool
member(struct gunzip *g)
{
	for (;;) {
		if (g->z.avail_in == 0 && !g->eof && !more_input(g))
			return false;
		if (g->z.avail_in == 0)
			return damaged(g, "the compressed data ends too early,");
		g->z.next_out = g->plain;
		g->z.avail_out = sizeof g->plain;
		int st = inflate(&g->z, Z_NO_FLUSH);
		if (st == Z_MEM_ERROR)
			return mn_fail(g->err, MN_E_NOMEM, "%s", g->path);
		if (st != Z_OK && st != Z_STREAM_END && st != Z_BUF_ERROR)
			return damaged(g, "the compressed data is damaged,");
		if (!write_out(g))
			return false;
		if (st == Z_STREAM_END)
			return true;
	}
}

/* Is there another member? Noughts behind the last one fill a block of a tape. */
static bool
another(struct gunzip *g, bool *more)
{
	*more = false;
	bool padding = false;
	for (;;) {
		if (g->z.avail_in == 0 && !g->eof && !more_input(g))
			return false;
		if (g->z.avail_in == 0)
			return true;
		if (*g->z.next_in == 0) {
			padding = true;
			g->z.next_in++;
			g->z.avail_in--;
			continue;
		}
		*more = !padding && *g->z.next_in == 0x1f;
		return *more || damaged(g, "something else follows the compressed data,");
	}
}

static bool
unpack(struct gunzip *g)
{
	bool more = true;
	while (more) {
		if (!member(g) || !another(g, &more))
			return false;
		if (inflateReset(&g->z) != Z_OK)
			return mn_fail(g->err, MN_E_BUG, "inflateReset");
	}
	return true;
}

bool
mn_gunzip(int from, int to, const char *path, struct mn_sha256 *sha, uint64_t *bytes,
    struct mn_err *err)
{
	struct gunzip *g = mn_handle_new(sizeof *g);
	/* 15 + 16: the largest window, gzip frames only. */
	if (!g || inflateInit2(&g->z, 15 + 16) != Z_OK) {
		mn_handle_free(g);
		return mn_fail(err, MN_E_NOMEM, "%s", path);
	}
	g->from = from;
	g->to = to;
	g->path = path;
	g->sha = sha;
	g->err = err;
	bool good = unpack(g);
	inflateEnd(&g->z);
	*bytes = g->in;
	mn_handle_free(g);
	return good;
}

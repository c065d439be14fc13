/* Outputs that appear whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/file.h"

#define OUT_BUFFER (256u << 10)

struct mn_out {
	int fd; /* -1: memory */
	char *path, *tmp;
	struct mn_buf buf;
	struct mn_sha256 sha;
	uint64_t bytes;
	bool hashing;
	const void *hung;
	struct mn_err err; /* the first failure */
};

static char *
copy_path(const char *path, const char *suffix)
{
	size_t n = strlen(path), m = strlen(suffix);
	char *p = malloc(n + m + 1);
	if (p) {
		memcpy(p, path, n);
		memcpy(p + n, suffix, m + 1);
	}
	return p;
}

static void
free_out(struct mn_out *o)
{
	if (o->fd >= 0)
		close(o->fd);
	mn_buf_free(&o->buf);
	free(o->path);
	free(o->tmp);
	free(o);
}

static struct mn_out *
new_out(const char *path, struct mn_err *err)
{
	struct mn_out *o = calloc(1, sizeof *o);
	char *copy = o ? copy_path(path, "") : NULL;
	if (!copy) {
		free(o);
		mn_fail(err, MN_E_NOMEM, "%s", path);
		return NULL;
	}
	*o = (struct mn_out){.fd = -1,
	    .path = copy,
	    .buf = mn_buf_new((size_t)1 << 31),
	    .err = MN_ERR_NONE};
	mn_sha256_init(&o->sha);
	return o;
}

struct mn_out *
mn_out_memory(struct mn_err *err)
{
	return new_out("a page in memory", err);
}

bool
mn_out_take(struct mn_out *o, struct mn_buf *out, struct mn_err *err)
{
	bool good = o->err.code == MN_E_NONE;
	if (good) {
		*out = o->buf;
		o->buf = mn_buf_new(1);
	} else if (err)
		*err = o->err;
	free_out(o);
	return good;
}

struct mn_out *
mn_out_open(const char *path, unsigned mode, struct mn_err *err)
{
	struct mn_out *o = new_out(path, err);
	if (!o)
		return NULL;
	o->tmp = copy_path(path, ".tmp-XXXXXX");
	o->fd = o->tmp ? mkostemp(o->tmp, O_CLOEXEC) : -1;
	if (o->fd >= 0 && fchmod(o->fd, mode) == 0)
		return o;
	mn_fail_errno(err, errno, "create", path);
	if (o->fd >= 0)
		unlink(o->tmp);
	free_out(o);
	return NULL;
}

void
mn_out_hash(struct mn_out *o)
{
	o->hashing = true;
}

static void
flush(struct mn_out *o)
{
	struct mn_str s = mn_buf_str(&o->buf);
	if (o->hashing)
		mn_sha256_add(&o->sha, s);
	while (s.n && o->err.code == MN_E_NONE) {
		ssize_t n = write(o->fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			mn_fail_errno(&o->err, n < 0 ? errno : 0, "write", o->path);
		else
			s = mn_str_sub(s, (size_t)n, s.n);
	}
	mn_buf_clear(&o->buf);
}

static void
added(struct mn_out *o, size_t before)
{
	o->bytes += o->buf.n - before;
	if (o->buf.failed && o->err.code == MN_E_NONE)
		mn_fail(&o->err, MN_E_NOMEM, "%s", o->path);
	if (o->fd >= 0 && o->buf.n >= OUT_BUFFER)
		flush(o);
}

void
mn_out_write(struct mn_out *o, struct mn_str s)
{
	size_t before = o->buf.n;
	mn_buf_add(&o->buf, s);
	added(o, before);
}

void
mn_out_c(struct mn_out *o, const char *text)
{
	mn_out_write(o, mn_str_c(text));
}

void
mn_out_fmt(struct mn_out *o, const char *fmt, ...)
{
	size_t before = o->buf.n;
	va_list ap;
	va_start(ap, fmt);
	mn_buf_vfmt(&o->buf, fmt, ap);
	va_end(ap);
	added(o, before);
}

const char *
mn_out_tmp(const struct mn_out *o)
{
	return o->tmp;
}

uint64_t
mn_out_bytes(const struct mn_out *o)
{
	return o->bytes;
}

bool
mn_out_commit(
    struct mn_out *o, bool nosync, char hex[MN_HEX256_CHARS + 1], struct mn_err *err)
{
	flush(o);
	if (hex && !o->hashing && o->err.code == MN_E_NONE)
		mn_fail(&o->err, MN_E_BUG, "%s: its hash was not asked for", o->path);
	if (o->err.code == MN_E_NONE && !nosync && fsync(o->fd) != 0)
		mn_fail_errno(&o->err, errno, "fsync", o->path);
	int fd = o->fd;
	o->fd = -1;
	if (close(fd) != 0 && o->err.code == MN_E_NONE)
		mn_fail_errno(&o->err, errno, "close", o->path);
	if (o->err.code == MN_E_NONE && rename(o->tmp, o->path) != 0)
		mn_fail_errno(&o->err, errno, "rename", o->path);
	bool good = o->err.code == MN_E_NONE;
	if (!good) {
		unlink(o->tmp);
		if (err)
			*err = o->err;
	} else if (hex) {
		mn_sha256_hex(&o->sha, hex);
	}
	free_out(o);
	return good;
}

void
mn_out_abort(struct mn_out *o)
{
	if (!o)
		return;
	unlink(o->tmp);
	free_out(o);
}

void
mn_out_hang(struct mn_out *o, const void *thing)
{
	o->hung = thing;
}

const void *
mn_out_hung(const struct mn_out *o)
{
	return o->hung;
}

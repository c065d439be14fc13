/* Reading files. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/file.h"

static int
open_input(const char *path, struct mn_err *err)
{
	struct stat st;
	bool std = mn_str_eq(mn_str_c(path), MN_S("-"));
	int fd = std ? fcntl(0, F_DUPFD_CLOEXEC, 0) : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		mn_fail_errno(err, errno, "open", path);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	/* Standard input may be a terminal or /dev/null; a named device may never end. */
	if (S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode) || (S_ISCHR(st.st_mode) && !std)) {
		mn_fail(err, MN_E_NOINPUT, "%s: not a file", path);
		close(fd);
		return -1;
	}
	return fd;
}

static ssize_t
read_some(int fd, void *p, size_t n)
{
	ssize_t got;
	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

bool
mn_file_read(struct mn_arena *a, const char *path, size_t max_bytes, struct mn_str *out,
    struct mn_err *err)
{
	struct mn_buf b = mn_buf_new(max_bytes);
	int fd = open_input(path, err);
	ssize_t got = 0;
	size_t total = 0;
	char block[16384];
	if (fd < 0)
		return false;
	while (!b.failed && (got = read_some(fd, block, sizeof block)) > 0) {
		mn_buf_add(&b, mn_str(block, (size_t)got));
		total += (size_t)got;
	}
	if (got < 0)
		mn_fail_errno(err, errno, "read", path);
	else if (b.failed && total <= max_bytes)
		mn_fail(err, MN_E_NOMEM, "%s", path);
	else if (b.failed)
		mn_fail(err, MN_E_DATA, "%s: larger than %zu bytes", path, max_bytes);
	else
		*out = mn_arena_str(a, mn_buf_str(&b));
	bool good = got == 0 && !b.failed;
	mn_buf_free(&b);
	close(fd);
	return good;
}

bool
mn_file_sha256(
    const char *path, char hex[MN_HEX256_CHARS + 1], uint64_t *bytes, struct mn_err *err)
{
	struct mn_sha256 h;
	char block[65536];
	ssize_t got;
	int fd = open_input(path, err);
	if (fd < 0)
		return false;
	mn_sha256_init(&h);
	*bytes = 0;
	while ((got = read_some(fd, block, sizeof block)) > 0) {
		mn_sha256_add(&h, mn_str(block, (size_t)got));
		*bytes += (uint64_t)got;
	}
	if (got < 0)
		mn_fail_errno(err, errno, "read", path);
	close(fd);
	mn_sha256_hex(&h, hex);
	return got == 0;
}

bool
mn_file_map(const char *path, struct mn_str *out, struct mn_err *err)
{
	struct stat st;
	int fd = open_input(path, err);
	*out = MN_STR_NONE;
	if (fd < 0)
		return false;
	bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
	void *p = good ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
		       : MAP_FAILED;
	close(fd);
	if (!good)
		return mn_fail(err, MN_E_DATA, "%s: empty, or not a file", path);
	if (p == MAP_FAILED)
		return mn_fail_errno(err, errno, "map", path);
	*out = mn_str(p, (size_t)st.st_size);
	return true;
}

void
mn_file_unmap(struct mn_str map)
{
	if (map.n)
		munmap((void *)(uintptr_t)map.p, map.n);
}

/* ---- line by line ---- */

struct mn_lines {
	int fd;
	size_t max;
	struct mn_buf buf;
	size_t at; /* bytes of buf already handed out */
	bool end;
	char path[512];
};

struct mn_lines *
mn_lines_open(const char *path, size_t max_line, struct mn_err *err)
{
	struct mn_lines *l = mn_handle_new(sizeof *l);
	if (!l) {
		mn_fail(err, MN_E_NOMEM, "%s", path);
		return NULL;
	}
	l->max = max_line;
	l->buf = mn_buf_new(2 * max_line + (1u << 17));
	struct mn_str name = mn_str_sub(mn_str_c(path), 0, sizeof l->path - 1);
	memcpy(l->path, name.p, name.n);
	if ((l->fd = open_input(path, err)) >= 0)
		return l;
	mn_lines_close(l);
	return NULL;
}

static bool
more(struct mn_lines *l, struct mn_err *err)
{
	char block[1u << 16];
	if (l->at > 0) {
		memmove(l->buf.p, l->buf.p + l->at, l->buf.n - l->at);
		l->buf.n -= l->at;
		l->at = 0;
	}
	ssize_t got = read_some(l->fd, block, sizeof block);
	if (got < 0)
		return mn_fail_errno(err, errno, "read", l->path);
	l->end = got == 0;
	mn_buf_add(&l->buf, mn_str(block, (size_t)got));
	return !l->buf.failed || mn_fail(err, MN_E_NOMEM, "%s", l->path);
}

int
mn_lines_next(struct mn_lines *l, struct mn_str *line, struct mn_err *err)
{
	for (;;) {
		struct mn_str rest = mn_str_sub(mn_buf_str(&l->buf), l->at, l->buf.n);
		size_t n = mn_str_find_byte(rest, '\n');
		if (n == SIZE_MAX && l->end) {
			if (rest.n == 0)
				return 0;
			n = rest.n;
		}
		if (n != SIZE_MAX) {
			*line = mn_str(rest.p, n);
			l->at += n < rest.n ? n + 1 : n;
			if (line->n && line->p[line->n - 1] == '\r')
				line->n--;
			if (line->n <= l->max)
				return 1;
		}
		if (rest.n > l->max) {
			mn_fail(err, MN_E_DATA, "%s: a line of more than %zu bytes",
			    l->path, l->max);
			return -1;
		}
		if (!more(l, err))
			return -1;
	}
}

void
mn_lines_close(struct mn_lines *l)
{
	if (!l)
		return;
	if (l->fd >= 0)
		close(l->fd);
	mn_buf_free(&l->buf);
	mn_handle_free(l);
}

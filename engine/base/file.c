/* Reading files. */
#include <errno.h>
#include <fcntl.h>
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

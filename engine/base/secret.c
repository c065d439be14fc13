/* The file of a secret; core dumps. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/secret.h"

#define TEXT (2 * MN_SECRET + 1) /* hex digits and the newline */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LET_IN 1
#else
#define LET_IN 0
#endif

static void
to_text(const unsigned char secret[MN_SECRET], char text[TEXT])
{
	static const char HEX[] = "0123456789abcdef";
	for (size_t i = 0; i < MN_SECRET; i++) {
		text[2 * i] = HEX[secret[i] >> 4];
		text[2 * i + 1] = HEX[secret[i] & 15];
	}
	text[TEXT - 1] = '\n';
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
from_text(const char *text, size_t n, unsigned char secret[MN_SECRET])
{
	for (size_t i = 0; i < MN_SECRET && n >= TEXT - 1; i++) {
		int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		secret[i] = (unsigned char)(high << 4 | low);
	}
	return n == TEXT - 1 || (n == TEXT && text[TEXT - 1] == '\n');
}

static bool
make(const char *path, int fd, unsigned char out[MN_SECRET], struct mn_err *err)
{
	char text[TEXT];
	mn_random(out, MN_SECRET);
	to_text(out, text);
	errno = 0;
	bool good =
	    fchmod(fd, 0600) == 0 && write(fd, text, TEXT) == TEXT && fsync(fd) == 0;
	int number = errno;
	memset(text, 0, sizeof text);
	return good || mn_fail_errno(err, number, "write", path);
}

/* One character more is asked for, so that a longer file shows. */
static bool
take(const char *path, int fd, unsigned char out[MN_SECRET], struct mn_err *err)
{
	char text[TEXT + 1];
	struct stat st;
	if (fstat(fd, &st) != 0)
		return mn_fail_errno(err, errno, "read", path);
	if (!S_ISREG(st.st_mode))
		return mn_fail(err, MN_E_DATA, "%s: the key is no plain file", path);
	if (st.st_uid != geteuid())
		return mn_fail(err, MN_E_NOPERM,
		    "%s: the key of workers' pseudonyms belongs to another user", path);
	if (st.st_mode & 077)
		return mn_fail(err, MN_E_NOPERM,
		    "%s: others may read the key of workers' pseudonyms (mode %04o); "
		    "chmod 600 it, and if somebody may have read it, take a new one",
		    path, (unsigned)st.st_mode & 07777);
	ssize_t n = read(fd, text, sizeof text);
	bool good = n >= 0 && from_text(text, (size_t)n, out);
	memset(text, 0, sizeof text);
	return good || mn_fail(err, MN_E_DATA,
			   "%s: no key: 64 hexadecimal digits are wanted; another name "
			   "makes a new one",
			   path);
}

bool
mn_secret_file(
    const char *path, unsigned char out[MN_SECRET], bool *made, struct mn_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	*made = false;
	if (fd < 0 && errno == ENOENT) {
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		*made = fd >= 0;
	}
	if (fd < 0)
		return mn_fail_errno(err, errno, "open", path);
	bool good = *made ? make(path, fd, out, err) : take(path, fd, out, err);
	if (*made && !good)
		unlink(path);
	close(fd);
	return good;
}

void
mn_secret_id(const unsigned char secret[MN_SECRET], char out[17])
{
	char hex[33];
	mn_key_hex(mn_hash128_keyed(secret, MN_S("manumit: id of this key")), hex);
	memcpy(out, hex, 16);
	out[16] = 0;
}

bool
mn_path_below(const char *path, const char *dir)
{
	char folder[PATH_MAX], real[PATH_MAX], top[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;
	if (n + 2 > sizeof folder)
		return false;
	memcpy(folder, path, n);
	memcpy(folder + n, n ? "" : ".", n ? 1 : 2);
	if (!realpath(folder, real) || !realpath(dir, top))
		return false;
	n = strlen(top);
	return strncmp(real, top, n) == 0 &&
	       (real[n] == 0 || real[n] == '/' || top[n - 1] == '/');
}

void
mn_no_core_dumps(void)
{
	if (LET_IN)
		return;
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	/* A limit of 0 does not stop a dump into a pipe. */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

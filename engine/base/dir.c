/* Directories and locks. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "manumit/base/file.h"
#include "manumit/base/sort.h"

#define MAX_PATH_BYTES 4096
#define MAX_TREE_DEPTH 32 /* of what mn_dir_remove walks: our own trees have 4 */

bool
mn_path_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

bool
mn_dir_make(const char *path, struct mn_err *err)
{
	char part[MAX_PATH_BYTES];
	size_t n = strlen(path);
	struct stat st;
	if (n == 0 || n >= sizeof part)
		return mn_fail(err, MN_E_NOINPUT, "%s: not a usable path", path);
	memcpy(part, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (part[i] != '/' && part[i] != 0)
			continue;
		char keep = part[i];
		part[i] = 0;
		if (mkdir(part, 0777) != 0 && errno != EEXIST)
			return mn_fail_errno(err, errno, "make directory", part);
		part[i] = keep;
	}
	if (stat(path, &st) != 0)
		return mn_fail_errno(err, errno, "make directory", path);
	return S_ISDIR(st.st_mode) ||
	       mn_fail(err, MN_E_EXISTS, "%s: not a directory", path);
}

static bool
remove_at(int parent, const char *name, const char *path, int depth, struct mn_err *err)
{
	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return true;
	int number = errno;
	if (number != EISDIR && number != EPERM)
		return mn_fail_errno(err, number, "remove", path);
	if (depth == MAX_TREE_DEPTH)
		return mn_fail(err, MN_E_IO, "%s: remove: deeper than %d directories",
		    path, MAX_TREE_DEPTH);
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	if (!d) {
		/* ENOTDIR: a file after all, and unlinkat has said why it stays. */
		mn_fail_errno(err, errno == ENOTDIR ? number : errno, "remove", path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool good = true;
	for (struct dirent *e; good && (e = readdir(d)) != NULL;)
		if (!mn_str_eq(mn_str_c(e->d_name), MN_S(".")) &&
		    !mn_str_eq(mn_str_c(e->d_name), MN_S("..")))
			good = remove_at(dirfd(d), e->d_name, path, depth + 1, err);
	closedir(d);
	if (good && unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT)
		good = mn_fail_errno(err, errno, "remove", path);
	return good;
}

bool
mn_dir_remove(const char *path, struct mn_err *err)
{
	return remove_at(AT_FDCWD, path, path, 0, err);
}

static int
by_name(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_str *a = pa, *b = pb;
	(void)ctx;
	return mn_str_cmp(*a, *b);
}

bool
mn_dir_list(struct mn_arena *a, const char *path, struct mn_str **names, size_t *n,
    struct mn_err *err)
{
	DIR *d = opendir(path);
	size_t cap = 0;
	*names = NULL;
	*n = 0;
	if (!d)
		return mn_fail_errno(err, errno, "read directory", path);
	for (struct dirent *e; errno = 0, (e = readdir(d)) != NULL;) {
		struct mn_str name = mn_str_c(e->d_name);
		if (mn_str_eq(name, MN_S(".")) || mn_str_eq(name, MN_S("..")))
			continue;
		if (*n == cap) {
			struct mn_str *more =
			    MN_NEW(a, struct mn_str, cap ? 2 * cap : 16);
			if (*n)
				memcpy(more, *names, *n * sizeof *more);
			*names = more;
			cap = cap ? 2 * cap : 16;
		}
		(*names)[(*n)++] = mn_arena_str(a, name);
	}
	int number = errno;
	closedir(d);
	if (number)
		return mn_fail_errno(err, number, "read directory", path);
	mn_sort(*names, *n, sizeof **names, by_name, NULL, *a);
	return true;
}

static bool
with_fd(const char *path, int (*fn)(int), const char *what, struct mn_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fn(fd) == 0;
	if (!good)
		mn_fail_errno(err, errno, what, path);
	if (fd >= 0)
		close(fd);
	return good;
}

bool
mn_dir_sync(const char *path, struct mn_err *err)
{
	return with_fd(path, fsync, "fsync", err);
}

bool
mn_tree_sync(const char *path, struct mn_err *err)
{
	return with_fd(path, syncfs, "syncfs", err);
}

/* Where the kernel or file system cannot exchange: old away, new in, and back on failure.
 */
static bool
swap_by_hand(const char *from, const char *to, struct mn_err *err)
{
	char old[MAX_PATH_BYTES];
	int n = snprintf(old, sizeof old, "%s.old", to);
	if (n < 0 || (size_t)n >= sizeof old)
		return mn_fail(err, MN_E_NOINPUT, "%s: path too long", to);
	if (!mn_dir_remove(old, err))
		return false;
	if (rename(to, old) != 0)
		return mn_fail_errno(err, errno, "rename", to);
	if (rename(from, to) != 0) {
		int number = errno;
		rename(old, to);
		return mn_fail_errno(err, number, "rename", to);
	}
	return mn_dir_remove(old, err);
}

static bool
sync_parent(const char *path, struct mn_err *err)
{
	char dir[MAX_PATH_BYTES];
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	if (n >= sizeof dir)
		return true;
	memcpy(dir, path, n);
	dir[n] = 0;
	return mn_dir_sync(n ? dir : slash ? "/" : ".", err);
}

bool
mn_dir_publish(const char *from, const char *to, struct mn_err *err)
{
	if (!mn_path_exists(to)) {
		if (rename(from, to) != 0)
			return mn_fail_errno(err, errno, "rename", to);
	} else if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0) {
		if (!mn_dir_remove(from, err))
			return false;
	} else if (errno != ENOSYS && errno != EINVAL) {
		return mn_fail_errno(err, errno, "rename", to);
	} else if (!swap_by_hand(from, to, err)) {
		return false;
	}
	return sync_parent(to, err);
}

/* Locks fd; then makes sure that the path still names what was locked. */
static bool
lock_fd(int fd, const char *path, struct mn_lock *out, struct mn_err *err)
{
	struct stat held, now;
	out->fd = -1;
	if (fd < 0)
		return mn_fail_errno(err, errno, "open", path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int number = errno;
		close(fd);
		return number == EWOULDBLOCK ? mn_fail(err, MN_E_LOCKED, "%s", path)
					     : mn_fail_errno(err, number, "lock", path);
	}
	if (fstat(fd, &held) != 0 || stat(path, &now) != 0 || held.st_ino != now.st_ino ||
	    held.st_dev != now.st_dev) {
		close(fd);
		return mn_fail(err, MN_E_LOCKED, "%s was replaced meanwhile", path);
	}
	out->fd = fd;
	return true;
}

bool
mn_lock_file(const char *path, struct mn_lock *out, struct mn_err *err)
{
	return lock_fd(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666), path, out, err);
}

bool
mn_lock_dir(const char *path, struct mn_lock *out, struct mn_err *err)
{
	return lock_fd(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), path, out, err);
}

void
mn_lock_release(struct mn_lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

/*
 * Files: read whole or mapped, written atomically, directories replaced in one step. No
 * function prints. Paths are NUL-terminated. Thread rule: one handle, one thread.
 */
#ifndef MN_BASE_FILE_H
#define MN_BASE_FILE_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"

/* The whole file, copied into the arena; refuses more than max_bytes (DATA). "-" reads
 * standard input. Directories and devices are refused. */
bool mn_file_read(struct mn_arena *a, const char *path, size_t max_bytes,
    struct mn_str *out, struct mn_err *err);

/* The file mapped read-only, for flat arrays that are larger than what is touched of
 * them. Nobody may write to it while it is mapped: files of generations are never changed
 * after their rename. Empty files are refused. */
bool mn_file_map(const char *path, struct mn_str *out, struct mn_err *err);
void mn_file_unmap(struct mn_str map); /* empty is fine */

/* A text read line by line, in bounded memory. */
struct mn_lines;
/* NULL and err when it cannot be opened; "-" is standard input. */
struct mn_lines *mn_lines_open(const char *path, size_t max_line, struct mn_err *err);
/* 1 and a line without its end (valid until the next call), 0 at the end, -1 err: an I/O
 * error, or a line longer than max_line. */
int mn_lines_next(struct mn_lines *l, struct mn_str *line, struct mn_err *err);
void mn_lines_close(struct mn_lines *l); /* NULL is fine */

/* An output being written: bytes go to PATH.tmp-XXXXXX beside it and appear under PATH
 * only at mn_out_commit. Errors stick: after the first one every call does nothing and
 * commit reports it and removes the temporary file. */
struct mn_out;
/* mode: permission bits, e.g. 0644. */
struct mn_out *mn_out_open(const char *path, unsigned mode, struct mn_err *err);
/* An output that becomes no file: its bytes stay in memory until mn_out_take. */
struct mn_out *mn_out_memory(struct mn_err *err);
/* Puts what was written to mn_out_memory into *out, a buffer that the caller frees, and
 * frees o; false and err when it failed, and then *out is not touched. */
bool mn_out_take(struct mn_out *o, struct mn_buf *out, struct mn_err *err);
/* Hash what is written from now on: call it first when the commit shall give the SHA-256.
 * Off by default, because hashing costs as much as writing. */
void mn_out_hash(struct mn_out *o);
void mn_out_write(struct mn_out *o, struct mn_str s);
void mn_out_c(struct mn_out *o, const char *text); /* NUL-terminated text */
void mn_out_fmt(struct mn_out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Something of the writer's that goes along with the output, so that what writes a part
 * of it need not be handed it; this room does not look at it. NULL: nothing. */
void mn_out_hang(struct mn_out *o, const void *thing);
const void *mn_out_hung(const struct mn_out *o);
/* The temporary file, for a library that writes a file by itself: it may truncate and
 * write it before the commit, and nothing else is written here then. */
const char *mn_out_tmp(const struct mn_out *o);
/* Bytes written so far. */
uint64_t mn_out_bytes(const struct mn_out *o);
/* Flush, fsync unless nosync, rename into place, free. hex: the SHA-256 of what
 * was written since mn_out_hash, or NULL. nosync is for files of a directory that is
 * synced as a whole.
 */
bool mn_out_commit(
    struct mn_out *o, bool nosync, char hex[MN_HEX256_CHARS + 1], struct mn_err *err);
void mn_out_abort(struct mn_out *o); /* removes the temporary file; NULL is fine */

/* SHA-256 and size of a file. */
bool mn_file_sha256(
    const char *path, char hex[MN_HEX256_CHARS + 1], uint64_t *bytes, struct mn_err *err);

/* Creates a directory and its parents (0777 & ~umask); an existing one is fine. */
bool mn_dir_make(const char *path, struct mn_err *err);
/* Removes a tree; a missing one is fine. Never follows symbolic links. */
bool mn_dir_remove(const char *path, struct mn_err *err);
/* Names in a directory, sorted by bytes, without . and .. */
bool mn_dir_list(struct mn_arena *a, const char *path, struct mn_str **names, size_t *n,
    struct mn_err *err);
/* fsync of the directory itself, after a rename in it. */
bool mn_dir_sync(const char *path, struct mn_err *err);
/* Everything written below path reaches the disk (syncfs). */
bool mn_tree_sync(const char *path, struct mn_err *err);
/* Puts the finished tree `from` in the place of `to` in one step: rename when `to` is
 * absent, exchange when it exists (the old tree then stands at `from` and is removed). */
bool mn_dir_publish(const char *from, const char *to, struct mn_err *err);
bool mn_path_exists(const char *path);

/* An advisory lock (flock) on a file or directory that exists or is created; it vanishes
 * with the process. Fails with LOCKED when somebody else holds it. */
struct mn_lock {
	int fd;
};
bool mn_lock_file(const char *path, struct mn_lock *out, struct mn_err *err);
/* The same on a directory that must exist. False with LOCKED also when the directory at
 * `path` was replaced while we waited. */
bool mn_lock_dir(const char *path, struct mn_lock *out, struct mn_err *err);
void mn_lock_release(struct mn_lock *l);

#endif

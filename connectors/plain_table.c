/* A plain table: the process that reads it, and its columns. */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "manumit/base/limits.h"
#include "manumit/base/sandbox.h"
#include "manumit/connectors/tables.h"
#include "manumit/text/fold.h"

#include "plain_rows.h"
#include "stream.h"

/* ---- the child ---- */

static bool
write_all(int fd, struct mn_str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = mn_str_sub(s, (size_t)n, s.n);
	}
	return true;
}

_Noreturn static void
child(const struct mn_input_file *file, struct mn_str usual, int to)
{
	struct mn_input_file mine = *file;
	struct mn_sandbox_limits l = {.more_bytes = MN_PARSER_MEMORY,
	    .cpu_seconds = MN_PARSER_SECONDS,
	    .files = MN_PARSER_FILES};
	int fd[2] = {file->fd, to};
	if (!mn_sandbox_files(fd, countof(fd)))
		_exit(1);
	mn_sandbox_enter(MN_BOX_ALL, &l);
	struct mn_buf out = mn_buf_new(MN_PLAIN_BYTES + 4 * (size_t)MN_MAX_RECORD);
	mine.fd = fd[0];
	mn_plain_rows_write(&mine, usual, &out);
	_exit(!out.failed && write_all(fd[1], mn_buf_str(&out)) ? 0 : 1);
}

/* ---- the parent ---- */

static void
read_all(int fd, struct mn_buf *out)
{
	ssize_t n;
	do {
		char *room = mn_buf_room(out, 1u << 16);
		n = room ? read(fd, room, 1u << 16) : 0;
		if (n > 0)
			out->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
}

static bool
read_apart(const struct mn_input_file *file, struct mn_str usual, struct mn_buf *out,
    struct mn_err *err)
{
	int end[2], self = getpid(), status = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) != 0)
		return mn_fail_errno(err, errno, "start a process for it", file->path);
	pid_t pid = fork();
	if (pid == 0) {
		if (!mn_sandbox_die_with(self))
			_exit(1);
		child(file, usual, end[1]);
	}
	close(end[1]);
	if (pid > 0) {
		read_all(end[0], out);
		kill(pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(end[0]);
	close(file->fd);
	if (pid < 0)
		return mn_fail(err, MN_E_IO, "%s: no process for it", file->path);
	return out->n > 0 || mn_fail(err, MN_E_FILE_STOPPED,
				 "%s: its parser ended without an answer", file->path);
}

const struct mn_plain_table *
mn_plain_table_read(struct mn_arena *a, const char *path, struct mn_str usual, bool apart,
    struct mn_err *err)
{
	struct mn_input_file file = {.kind = MN_KIND_ANY, .unhashed = true};
	struct mn_plain_table *t = MN_NEW(a, struct mn_plain_table, 1);
	t->file = mn_arena_str(a, mn_str_c(path));
	file.path = mn_path_part(a, path, &file.part);
	file.fd = mn_stream_file(file.path, err);
	if (file.fd < 0 ||
	    !mn_stream_unpack(file.path, &file.fd, file.sha256, &file.packed, err))
		return NULL;
	struct mn_buf bytes = mn_buf_new(MN_PLAIN_BYTES + 8 * (size_t)MN_MAX_RECORD);
	bool good = true;
	if (apart)
		good = read_apart(&file, usual, &bytes, err);
	else
		mn_plain_rows_write(&file, usual, &bytes);
	struct mn_str kept = mn_arena_str(a, mn_buf_str(&bytes));
	mn_buf_free(&bytes);
	if (!good || !mn_plain_rows_read(a, kept, t, err))
		return NULL;
	if (t->n == 0) {
		mn_fail(err, MN_E_FILE_EMPTY, "%s", path);
		return NULL;
	}
	return t;
}

/* ---- columns ---- */

uint32_t
mn_plain_table_column(const struct mn_plain_table *t, const char *words)
{
	struct mn_buf b = mn_buf_new(MN_MAX_CELL);
	uint32_t found = UINT32_MAX;
	for (struct mn_str rest = mn_str_c(words); rest.p && found == UINT32_MAX;) {
		struct mn_str word = mn_str_cut(&rest, '|');
		for (uint32_t i = 0; i < t->row[0].n && found == UINT32_MAX; i++) {
			mn_buf_clear(&b);
			mn_fold_key(t->row[0].cell[i], &b);
			if (mn_str_eq(mn_buf_str(&b), word))
				found = i;
		}
	}
	mn_buf_free(&b);
	return found;
}

struct mn_str
mn_plain_cell(const struct mn_plain_row *row, uint32_t column)
{
	return column < row->n ? row->cell[column] : MN_STR_NONE;
}

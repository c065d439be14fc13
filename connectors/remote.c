/* The parent of a parsing child: starting it, hashing meanwhile, hearing it, ending it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "manumit/base/limits.h"

#include "remote.h"

/* ---- the end of a child ---- */

/* Ends the child if it lives, and takes its wait status; -1: unknown. A signal that ended
 * it before is what the status tells, because this one then comes too late. */
static int
reap(struct mn_remote *r)
{
	int status = -1;
	pid_t got;
	if (r->pid == 0)
		return -1;
	kill(r->pid, SIGKILL);
	do
		got = waitpid(r->pid, &status, 0);
	while (got < 0 && errno == EINTR);
	r->pid = 0;
	return got < 0 ? -1 : status;
}

/* Says how the child ended, in words for whoever sent the file. */
static void
cause(const struct mn_remote *r, int status, char *out, size_t room)
{
	int number = status >= 0 && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	const char *name = number ? sigabbrev_np(number) : NULL;
	if (r->patience.still)
		snprintf(out, room,
		    "its parser stood still for %llu s: it neither read on nor ended",
		    (unsigned long long)(r->patience.still_us / 1000000));
	else if (r->patience.slow)
		snprintf(out, room, "its parser was waited for longer than %llu s",
		    (unsigned long long)(r->patience.most_us / 1000000));
	else if (number == SIGSYS)
		snprintf(out, room,
		    "its parser tried what no parser needs, such as the network or "
		    "another program");
	else if (number == SIGXCPU)
		snprintf(out, room, "its parser took more than %llu s of processor time",
		    (unsigned long long)r->limits.cpu_seconds);
	else if (number == SIGKILL)
		snprintf(out, room,
		    "its parser was killed, for want of memory or by somebody");
	else if (number)
		snprintf(out, room, "its parser crashed (SIG%s)", name ? name : "?");
	else if (status >= 0 && WEXITSTATUS(status) == MN_CHILD_NOMEM)
		snprintf(out, room, "its parser needed more memory than a file may take");
	else
		snprintf(out, room, "its parser ended without an answer");
}

static int
stopped(struct mn_input *in, const char *why)
{
	struct mn_remote *r = in->remote;
	char where[64] = "while it was opened";
	if (r->line)
		snprintf(where, sizeof where, "somewhere after line %llu",
		    (unsigned long long)r->line);
	mn_fail(
	    &r->err, MN_E_FILE_STOPPED, "%.*s: %s %s", MN_FMT(in->info.file), where, why);
	r->running = false;
	r->result = -1;
	return -1;
}

static int
gone(struct mn_input *in)
{
	char why[160];
	cause(in->remote, reap(in->remote), why, sizeof why);
	return stopped(in, why);
}

static int
nonsense(struct mn_input *in)
{
	reap(in->remote);
	return stopped(in, "its parser sent what makes no sense");
}

/* ---- events ---- */

/* False: more rows than there can be. */
static bool
add_counts(struct mn_input *in, const struct mn_event *ev)
{
	in->info.rows += ev->rows;
	in->info.accepted += ev->accepted;
	in->info.noted += ev->noted_rows;
	in->info.quarantined += ev->quarantined;
	return in->info.rows < MN_ROWS_MOST;
}

/* The end tells of all rows: those known, and unreadable ones after them. */
static bool
take_totals(struct mn_input *in, const struct mn_event *ev)
{
	struct mn_input_info *i = &in->info;
	if (ev->rows < i->rows || ev->accepted < i->accepted ||
	    ev->noted_rows < i->noted || ev->quarantined < i->quarantined)
		return false;
	i->rows = ev->rows;
	i->accepted = ev->accepted;
	i->noted = ev->noted_rows;
	i->quarantined = ev->quarantined;
	return true;
}

static void
tell(struct mn_input *in, struct mn_event *ev)
{
	ev->issue.file = in->info.file;
	mn_diag_emit(in->diag, &ev->issue);
}

static int
finished(struct mn_input *in, const struct mn_event *ev)
{
	struct mn_remote *r = in->remote;
	if (!take_totals(in, ev))
		return nonsense(in);
	r->running = false;
	r->result = ev->kind == MN_EV_END ? 0 : -1;
	if (ev->kind == MN_EV_ERROR)
		r->err = ev->err;
	reap(r);
	return r->result;
}

static int
record(struct mn_input *in, const struct mn_event *ev)
{
	struct mn_remote *r = in->remote;
	bool ascends = ev->rec->rid > r->rid;
	r->rid = ev->rec->rid;
	r->line = mn_rid_line(r->rid);
	return add_counts(in, ev) && ascends && ev->rec->kind == in->info.kind
		   ? 1
		   : nonsense(in);
}

/* The next record, or the first information: 1; 0 at the end, -1 and r->err. */
static int
hear(struct mn_input *in, struct mn_event *ev)
{
	struct mn_remote *r = in->remote;
	while (r->running) {
		int more = mn_wire_next(&r->wire, ev);
		if (more != 1)
			return more == 0 ? gone(in) : nonsense(in);
		switch (ev->kind) {
		case MN_EV_REMARK:
			tell(in, ev);
			break;
		case MN_EV_INFO:
			/* At the beginning, and once more at the end. */
			if (r->n_info++ == 2 ||
			    !mn_wire_get_info(in->arena, ev->info, &in->info))
				return nonsense(in);
			if (r->n_info == 1) {
				if (in->part.n == 0)
					mn_input_name_part(in, in->info.part);
				return 1;
			}
			break;
		case MN_EV_RECORD:
			return r->n_info == 1 && !ev->cell ? record(in, ev)
							   : nonsense(in);
		case MN_EV_ROW:
			r->line = ev->line;
			return r->n_info == 1 ? 1 : nonsense(in);
		case MN_EV_COUNTS:
			if (r->n_info != 1 || !add_counts(in, ev))
				return nonsense(in);
			break;
		case MN_EV_END:
		case MN_EV_ERROR:
			if (ev->kind == MN_EV_END && r->n_info == 0)
				return nonsense(in);
			return finished(in, ev);
		}
	}
	return r->result;
}

/* ---- opening ---- */

/* Hashes by pread: the child reads the same open file, and its place is the child's. */
static bool
hash(struct mn_input *in, int fd, struct mn_err *err)
{
	struct mn_sha256 h;
	char block[1u << 16];
	ssize_t n;
	mn_sha256_init(&h);
	while ((n = pread(fd, block, sizeof block, (off_t)in->info.bytes)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return mn_fail_errno(
			    err, errno, "read", mn_arena_cstr(in->arena, in->info.file));
		mn_sha256_add(&h, mn_str(block, (size_t)n));
		in->info.bytes += (uint64_t)n;
	}
	mn_sha256_hex(&h, in->info.sha256);
	return true;
}

static struct mn_input *
new_input(struct mn_arena *a, const char *path, int fd, struct mn_diag *diag)
{
	struct mn_input *in = MN_NEW(a, struct mn_input, 1);
	in->arena = a;
	in->diag = diag;
	in->info.file = mn_arena_str(a, mn_str_c(path));
	in->remote = MN_NEW(a, struct mn_remote, 1);
	in->remote->running = true;
	in->remote->err = MN_ERR_NONE;
	mn_wire_in_init(&in->remote->wire, fd);
	return in;
}

static bool
begin(struct mn_input *in, struct mn_err *err)
{
	struct mn_record unasked; /* an enemy may begin with one */
	struct mn_event ev;
	mn_event_init(&ev, &unasked, NULL);
	if (hear(in, &ev) == 1)
		return true;
	*err = in->remote->err;
	return false;
}

static struct mn_sandbox_limits
limits_for(int fd)
{
	struct stat st;
	uint64_t bytes = fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;
	return (struct mn_sandbox_limits){.more_bytes = MN_PARSER_MEMORY,
	    .cpu_seconds = MN_PARSER_SECONDS + bytes / MN_PARSER_BYTES_A_SECOND,
	    .files = MN_PARSER_FILES};
}

/* Starts the child; the parent's end of their pipe, or -1 err. */
static int
start(struct mn_remote *r, const struct mn_mappings *m, struct mn_input_file *file,
    struct mn_err *err)
{
	int end[2], self = getpid();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, end) != 0) {
		mn_fail_errno(err, errno,
		    "start a process for it (--no-sandbox does without)", file->path);
		return -1;
	}
	file->unhashed = true;
	r->limits = limits_for(file->fd);
	r->pid = fork();
	if (r->pid == 0) {
		if (!mn_sandbox_die_with(self))
			_exit(1);
		mn_remote_child(m, file, end[1], &r->limits);
	}
	close(end[1]);
	if (r->pid > 0)
		return end[0];
	mn_fail_errno(
	    err, errno, "start a process for it (--no-sandbox does without)", file->path);
	close(end[0]);
	r->pid = 0;
	return -1;
}

struct mn_input *
mn_remote_open(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_input_file *file, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input_file mine = *file;
	struct mn_input *in = new_input(a, file->path, -1, diag);
	in->part = file->part;
	mn_input_name_part(in, file->part);
	int fd = in->remote->wire.fd = start(in->remote, m, &mine, err);
	in->remote->patience =
	    mn_patience_new(in->remote->pid, fd, in->remote->limits.cpu_seconds);
	in->remote->wire.patience = &in->remote->patience;
	in->info.packed = file->packed > 0;
	in->info.bytes = file->packed;
	memcpy(in->info.sha256, file->sha256, sizeof in->info.sha256);
	bool good =
	    fd >= 0 && (file->packed || hash(in, file->fd, err)) && begin(in, err);
	close(file->fd);
	if (good)
		return in;
	mn_input_close(in);
	return NULL;
}

struct mn_input *
mn_remote_attach(struct mn_arena *a, const char *path, int fd, int pid,
    struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input *in = new_input(a, path, fd, diag);
	in->remote->pid = pid;
	in->remote->patience = mn_patience_new(pid, -1, MN_PARSER_SECONDS);
	in->remote->wire.patience = &in->remote->patience;
	if (begin(in, err))
		return in;
	mn_input_close(in);
	return NULL;
}

/* ---- reading ---- */

/* The child waits for this before its first row. If it is dead, reading will say so. */
static void
send_secret(struct mn_input *in)
{
	unsigned char raw[MN_SECRET_BYTES] = {in->has_secret};
	memcpy(raw + 1, in->secret, sizeof in->secret);
	ssize_t n;
	do
		n = send(in->remote->wire.fd, raw, sizeof raw, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	memset(raw, 0, sizeof raw);
	in->remote->told = true;
}

int
mn_remote_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err)
{
	struct mn_event ev;
	mn_event_init(&ev, out, NULL);
	if (!in->remote->told)
		send_secret(in);
	int more = hear(in, &ev);
	if (more == 1) {
		out->rid |= mn_rid_make(src, 0);
		*noted = ev.noted;
	}
	if (more < 0)
		*err = in->remote->err;
	return more;
}

int
mn_remote_row(struct mn_input *in, struct mn_str *cell, struct mn_csv_row *row,
    uint64_t *line, struct mn_err *err)
{
	struct mn_record none;
	struct mn_event ev;
	mn_event_init(&ev, &none, cell);
	if (!in->remote->told)
		send_secret(in);
	int more = hear(in, &ev);
	if (more == 1) {
		*row = (struct mn_csv_row){.cell = cell, .n = ev.n_cell};
		*line = ev.line;
	}
	if (more < 0)
		*err = in->remote->err;
	return more;
}

void
mn_remote_close(struct mn_input *in)
{
	struct mn_remote *r = in->remote;
	reap(r);
	if (r->wire.fd >= 0)
		close(r->wire.fd);
	mn_wire_in_free(&r->wire);
}

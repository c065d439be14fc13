/* The child: reads one file, sends what comes of it, ends. */
#include <errno.h>
#include <unistd.h>

#include "manumit/base/limits.h"

#include "lots.h"
#include "remote.h"

static void
no_memory(void *ctx, size_t asked)
{
	(void)ctx;
	(void)asked;
	_exit(MN_CHILD_NOMEM);
}

static void
send_remark(void *ctx, const struct mn_issue *issue)
{
	mn_wire_remark(ctx, issue);
}

static bool
take_secret(int from, struct mn_input *in)
{
	unsigned char raw[MN_SECRET_BYTES];
	size_t n = 0;
	while (n < sizeof raw) {
		ssize_t got = read(from, raw + n, sizeof raw - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		n += (size_t)got;
	}
	if (raw[0])
		mn_input_secret(in, raw + 1);
	return true;
}

static void
send_rows(struct mn_wire_out *w, struct mn_input *in)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	struct mn_str frame;
	bool noted;
	int more = 1;
	struct mn_csv_row row;
	if (in->raw)
		while (!w->broken && (more = mn_raw_next(in, &row, &err)) == 1)
			mn_wire_row(w, in->line, &row);
	if (mn_input_in_lots(in))
		while (!w->broken && (more = mn_input_lot(in, &frame, &err)) == 1)
			mn_wire_frame(w, frame);
	while (more == 1 && !w->broken &&
	       (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1)
		mn_wire_record(w, &rec, noted, mn_input_info(in));
	/* A format may learn more of its file while it reads. */
	mn_wire_info(w, mn_input_info(in));
	if (more == 0)
		mn_wire_end(w, mn_input_info(in));
	else
		mn_wire_error(w, mn_input_info(in), &err);
}

/* Threads for formats that can use them; which one it is will be seen in the cage. */
struct start {
	uint32_t jobs;
	struct mn_lots *lots;
};

static void
start_threads(void *ctx)
{
	struct start *s = ctx;
	struct mn_err none = MN_ERR_NONE;
	s->lots = mn_lots_new(s->jobs, &none);
	if (!s->lots)
		_exit(MN_CHILD_NOMEM);
}

_Noreturn void
mn_remote_child(const struct mn_mappings *m, const struct mn_input_file *file, int to,
    const struct mn_sandbox_limits *l)
{
	static const struct mn_oom OOM = {no_memory, NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_wire_out w;
	struct mn_input_file mine = *file;
	int fd[2] = {file->fd, to};
	if (!mn_sandbox_files(fd, countof(fd)))
		_exit(1);
	struct mn_arena a = mn_arena_new(MN_PARSER_ARENA, &OOM);
	struct start start = {.jobs = m->jobs};
	struct mn_sandbox_limits mine_too = *l;
	if (m->jobs > 1) {
		mine_too.more_bytes += (m->jobs + 1) * MN_READER_MEMORY;
		mine_too.threads = start_threads;
		mine_too.ctx = &start;
	}
	mn_sandbox_enter(MN_BOX_ALL, &mine_too);
	mn_wire_out_init(&w, fd[1]);
	mine.fd = fd[0];
	mine.lots = start.lots;
	struct mn_diag diag = {.emit = send_remark, .ctx = &w};
	struct mn_input *in = mn_input_open_here(&a, m, &mine, &diag, &err);
	if (!in) {
		mn_wire_error(&w, NULL, &err);
		_exit(mn_wire_flush(&w) ? 0 : 1);
	}
	mn_wire_info(&w, mn_input_info(in));
	if (!mn_wire_flush(&w) || !take_secret(fd[1], in))
		_exit(0); /* closed before it was read */
	send_rows(&w, in);
	_exit(mn_wire_flush(&w) ? 0 : 1);
}

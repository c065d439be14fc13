/*
 * Private to the room: an input whose file is parsed by a child process in a cage
 * (base/sandbox.h). The parent opens the file and hashes it; the child, with nothing but
 * that file and a pipe to the parent, reads it as it would be read here and sends what
 * comes of it (wire.h). A child that dies, or sends what is no event, costs its file.
 */
#ifndef MN_CONNECTORS_REMOTE_H
#define MN_CONNECTORS_REMOTE_H

#include "manumit/base/sandbox.h"

#include "input_impl.h"
#include "wire.h"

struct mn_remote {
	struct mn_wire_in wire;
	int pid; /* of the child; 0: none, or gone */
	struct mn_sandbox_limits limits;
	struct mn_patience patience;
	bool told, running; /* the child was sent the secret; events may come */
	unsigned n_info;
	uint64_t line; /* the last one that was heard of */
	mn_rid rid;    /* of the last record, without its source: they ascend */
	/* Once not running: what mn_input_next gives from then on. */
	int result;
	struct mn_err err;
};

/* As mn_input_open_here. */
struct mn_input *mn_remote_open(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_input_file *file, struct mn_diag *diag, struct mn_err *err);
int mn_remote_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err);
/* The next row as it stands; cell: room for MN_MAX_COLUMNS. */
int mn_remote_row(struct mn_input *in, struct mn_str *cell, struct mn_csv_row *row,
    uint64_t *line, struct mn_err *err);
void mn_remote_close(struct mn_input *in);

/* An input whose events come from fd, taken over; pid: of a child that is to be ended, or
 * 0. For tests. NULL and err when the events begin with an error. */
struct mn_input *mn_remote_attach(struct mn_arena *a, const char *path, int fd, int pid,
    struct mn_diag *diag, struct mn_err *err);

/* The child's life; never returns. fd[0]: the file, fd[1]: the parent. */
_Noreturn void mn_remote_child(const struct mn_mappings *m,
    const struct mn_input_file *file, int to, const struct mn_sandbox_limits *l);
/* What the parent sends before the first row: is there a secret, and the secret. */
#define MN_SECRET_BYTES 33
/* Exit status of a child that ran out of memory. */
#define MN_CHILD_NOMEM 71

#endif

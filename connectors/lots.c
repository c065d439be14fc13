/* Lots: cutting, reading in threads, taking in order. */
#include "manumit/base/limits.h"
#include "manumit/base/ordered.h"

#include "lots.h"

#define READER_ARENA (1u << 20) /* columns, and what is remembered of them */

struct reader {
	struct mn_input in;
	struct mn_arena arena, root;
	struct mn_diag diag;
	struct mn_record rec;
	bool ready;
};

/* What the ring moves; lots change places when they are taken. */
struct slot {
	struct mn_lot *lot;
};

struct mn_lots {
	struct mn_ordered *ring;
	uint32_t jobs, n_slot;
	struct reader reader[MN_MAX_JOBS + 1]; /* the last: of the caller */
	void *tool[MN_MAX_JOBS];
	struct slot slot[MN_MAX_JOBS * MN_UNITS_PER_JOB];
	void *unit[MN_MAX_JOBS * MN_UNITS_PER_JOB];
	/* The first n_read are read and not yet taken, but lot[0] when `taken` is at
	 * hand; the others are spare. */
	struct mn_lot *lot[MN_MAX_JOBS * MN_UNITS_PER_JOB];
	uint32_t n_read;
	bool taken, bound, cut_all;
	int result; /* once all is cut: 0, or -1 and err */
	struct mn_err err;
};

/* ---- one lot ---- */

bool
mn_lot_full(const struct mn_lot *lot)
{
	return lot->n == MN_LOT_ROWS || lot->text.n >= MN_LOT_BYTES;
}

void
mn_lot_add(struct mn_lot *lot, const struct mn_cut *c, struct mn_str text)
{
	struct mn_cut *mine = &lot->cut[lot->n++];
	*mine = *c;
	mine->at = (uint32_t)lot->text.n;
	mine->n = (uint32_t)text.n;
	mn_buf_add(&lot->text, text);
}

static struct mn_lot *
new_lot(void)
{
	struct mn_lot *lot = mn_handle_new(sizeof *lot);
	if (!lot)
		return NULL;
	lot->text = mn_buf_new(MN_LOT_BYTES + 2 * (size_t)MN_MAX_RECORD);
	mn_wire_out_init(&lot->out, -1);
	return lot;
}

static void
free_lot(struct mn_lot *lot)
{
	if (!lot)
		return;
	mn_buf_free(&lot->text);
	mn_buf_free(&lot->out.buf);
	mn_handle_free(lot);
}

static void
empty(struct mn_lot *lot)
{
	mn_buf_clear(&lot->text);
	lot->n = lot->done = 0;
}

static void
read_row(struct reader *r, struct mn_lot *lot)
{
	struct mn_input *in = &r->in;
	const struct mn_cut *c = &lot->cut[lot->done++];
	struct mn_csv_row row;
	in->had_nul = in->had_bad = in->had_note = false;
	struct mn_str text = mn_str_sub(mn_buf_str(&lot->text), c->at, c->n);
	if (!in->format->split(in, c, text, &row) ||
	    !mn_input_take_row(in, &row, &r->rec))
		return;
	do {
		r->rec.rid = mn_input_rid(in, 0);
		mn_wire_record(&lot->out, &r->rec, in->noted, &in->info);
	} while (mn_input_more(in, &r->rec));
	in->emptied = true; /* what was sent */
}

/* Reads rows of a lot, all of them unless they have very much to tell. */
static void
read_lot(struct reader *r, struct mn_lot *lot)
{
	struct mn_input_info *i = &r->in.info;
	bool had_sample = i->sample.n > 0;
	r->diag.ctx = &lot->out;
	i->rows = i->accepted = i->noted = i->quarantined = 0;
	mn_wire_out_clear(&lot->out);
	while (lot->done < lot->n && lot->out.buf.n < MN_LOT_EVENTS)
		read_row(r, lot);
	mn_wire_counts(&lot->out, i);
	lot->counts = (struct mn_input_info){.rows = i->rows,
	    .accepted = i->accepted,
	    .noted = i->noted,
	    .quarantined = i->quarantined};
	lot->sample = had_sample ? MN_STR_NONE : i->sample;
}

/* ---- in threads ---- */

static void
map(void *tool, void *unit)
{
	read_lot(tool, ((struct slot *)unit)->lot);
}

static bool
commit(void *ctx, void *unit, struct mn_err *err)
{
	struct mn_lots *l = ctx;
	struct slot *s = unit;
	(void)err;
	/* The lots behind the last one read are empty. */
	struct mn_lot *spare = l->lot[l->n_read];
	l->lot[l->n_read++] = s->lot;
	s->lot = spare;
	return true;
}

static void
remark(void *ctx, const struct mn_issue *issue)
{
	mn_wire_remark(ctx, issue);
}

static bool
make_ready(struct reader *r, const struct mn_input *of, struct mn_err *err)
{
	r->in = *of;
	r->in.csv = NULL;
	r->in.lots = NULL;
	r->in.arena = &r->arena;
	r->arena = r->root = mn_arena_new(
	    READER_ARENA + of->n_column * sizeof *of->column, of->arena->oom);
	r->in.row_root = r->in.row =
	    mn_arena_new((size_t)64 * MN_MAX_RECORD, of->arena->oom);
	r->in.column = MN_NEW(&r->arena, struct mn_input_column, of->n_column);
	memcpy(r->in.column, of->column, of->n_column * sizeof *of->column);
	for (uint32_t i = 0; i < of->n_column; i++)
		r->in.column[i].seen = NULL;
	r->diag = (struct mn_diag){.emit = remark};
	r->in.diag = &r->diag;
	r->ready = true;
	return of->format->share(&r->in, err);
}

static void
free_reader(struct reader *r)
{
	if (!r->ready)
		return;
	r->in.format->close(&r->in);
	memset(r->in.secret, 0, sizeof r->in.secret);
	mn_arena_free(r->in.row_root);
	mn_arena_free(r->root);
}

struct mn_lots *
mn_lots_new(uint32_t jobs, struct mn_err *err)
{
	struct mn_lots *l = mn_handle_new(sizeof *l);
	bool good = l != NULL;
	jobs = jobs < 1 ? 1 : jobs > MN_MAX_JOBS ? MN_MAX_JOBS : jobs;
	uint32_t n = jobs == 1 ? 1 : jobs * MN_UNITS_PER_JOB;
	for (uint32_t i = 0; good && i < n; i++) {
		l->unit[i] = &l->slot[i];
		l->slot[i].lot = new_lot();
		l->lot[i] = new_lot(); /* as many again: all may wait to be taken */
		good = l->slot[i].lot && l->lot[i];
	}
	if (!good) {
		mn_lots_free(l);
		mn_fail(err, MN_E_NOMEM, "lots of rows");
		return NULL;
	}
	l->jobs = jobs;
	l->n_slot = n;
	for (uint32_t i = 0; i < jobs; i++)
		l->tool[i] = &l->reader[i];
	struct mn_ordered_job job = {.map = map,
	    .commit = commit,
	    .ctx = l,
	    .jobs = jobs,
	    .tool = l->tool,
	    .unit = l->unit,
	    .n_unit = n};
	l->ring = mn_ordered_new(&job, err);
	if (l->ring)
		return l;
	mn_lots_free(l);
	return NULL;
}

void
mn_lots_free(struct mn_lots *l)
{
	if (!l)
		return;
	mn_ordered_free(l->ring);
	for (size_t i = 0; i < countof(l->slot); i++)
		free_lot(l->slot[i].lot);
	for (size_t i = 0; i < countof(l->lot); i++)
		free_lot(l->lot[i]);
	for (size_t i = 0; i < countof(l->reader); i++)
		free_reader(&l->reader[i]);
	mn_handle_free(l);
}

/* ---- taking ---- */

static bool
bind(struct mn_lots *l, const struct mn_input *in, struct mn_err *err)
{
	for (uint32_t i = 0; i < l->jobs; i++)
		if (!make_ready(&l->reader[i], in, err))
			return false;
	return l->bound = make_ready(&l->reader[MN_MAX_JOBS], in, err);
}

/* Cuts one lot more, or waits for all of them at the end of the file. */
static bool
feed(struct mn_lots *l, struct mn_input *in, struct mn_err *err)
{
	if (l->cut_all)
		return mn_ordered_finish(l->ring, err);
	struct slot *s = mn_ordered_unit(l->ring, err);
	if (!s)
		return false;
	empty(s->lot);
	if (!in->format->cut(in, s->lot, &l->err)) {
		l->result = -1;
		l->cut_all = true;
	}
	if (s->lot->n == 0)
		l->cut_all = true;
	else
		mn_ordered_put(l->ring);
	return true;
}

/* The next lot that is read becomes the one at hand. False: there is none, or err. */
static bool
take(struct mn_lots *l, struct mn_input *in, struct mn_err *err)
{
	struct mn_lot *used = l->lot[0];
	if (l->taken) {
		/* Those still to be taken move up; the one at hand is free. */
		l->n_read--;
		memmove(l->lot, l->lot + 1, l->n_read * sizeof *l->lot);
		l->lot[l->n_read] = used;
		l->taken = false;
	}
	do {
		bool all = l->cut_all;
		if (!feed(l, in, err))
			return false;
		if (all && l->n_read == 0)
			return false;
	} while (l->n_read == 0);
	l->taken = true;
	return true;
}

int
mn_lots_next(struct mn_lots *l, struct mn_input *in, bool count, struct mn_str *frame,
    struct mn_err *err)
{
	struct mn_err failed = MN_ERR_NONE;
	struct mn_lot *lot = l->taken ? l->lot[0] : NULL;
	if (!l->bound && !bind(l, in, err))
		return -1;
	if (lot && lot->done < lot->n) {
		read_lot(&l->reader[MN_MAX_JOBS], lot);
	} else if (!take(l, in, &failed)) {
		if (failed.code || l->result < 0)
			*err = failed.code ? failed : l->err;
		return failed.code || l->result < 0 ? -1 : 0;
	}
	lot = l->lot[0];
	if (lot->out.buf.failed) {
		mn_fail(err, MN_E_FILE_STOPPED,
		    "%.*s: after line %llu a row has more remarks than can be told",
		    MN_FMT(in->info.file), (unsigned long long)lot->cut[0].line);
		return -1;
	}
	if (in->info.sample.n == 0 && lot->sample.n)
		in->info.sample = mn_arena_str(in->arena, lot->sample);
	in->info.rows += count ? lot->counts.rows : 0;
	in->info.accepted += count ? lot->counts.accepted : 0;
	in->info.noted += count ? lot->counts.noted : 0;
	in->info.quarantined += count ? lot->counts.quarantined : 0;
	*frame = mn_wire_out_frame(&lot->out);
	return 1;
}

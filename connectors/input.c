/* Inputs: opening, records one after another, the counts. */
#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"

#include "lots.h"
#include "remote.h"

#define BAD_ROWS_MATTER 20 /* rows below which no share of bad ones gives a file up */

void
mn_input_remark(struct mn_input *in, uint64_t line, enum mn_code code,
    struct mn_str column, struct mn_str value, const char *detail)
{
	struct mn_issue issue = {.code = code,
	    .file = in->info.file,
	    .row = line,
	    .column = column,
	    .value = value,
	    .detail = mn_str_c(detail)};
	mn_diag_emit(in->diag, &issue);
}

static bool
find_format(struct mn_input *in, struct mn_err *err)
{
	struct mn_stream *s = &in->stream;
	if (s->bytes == 0)
		return mn_fail(err, MN_E_FILE_EMPTY, "%.*s", MN_FMT(in->info.file));
	/* First bytes say more than what the rest looks like. */
	in->format = mn_format_of(mn_str(s->head, s->n_head), true);
	if (!in->format && !s->guess.binary) {
		if (!mn_stream_fill(s, MN_FORMAT_BYTES, err))
			return false;
		in->format = mn_format_of(mn_stream_text(s), false);
	}
	if (!in->format)
		return mn_fail(err, MN_E_FILE_BINARY, "%.*s", MN_FMT(in->info.file));
	in->info.format = in->format->name;
	if (in->part.n && in->format != &mn_format_xlsx)
		return mn_fail(err, MN_E_FILE_SHEET, "%.*s is no workbook: \"%.*s\"",
		    MN_FMT(in->info.file), MN_FMT(in->part));
	return true;
}

static void
close_format(struct mn_input *in)
{
	if (in->format && in->format->close)
		in->format->close(in);
	in->format = NULL;
}

static bool
open_stream(struct mn_input *in, const struct mn_input_file *file, int fd,
    enum mn_encoding said, struct mn_err *err)
{
	in->open = mn_stream_open(
	    &in->stream, file->path, fd, file->unhashed || file->packed, said, err);
	in->info.encoding = in->stream.guess.encoding;
	in->info.guess = &in->stream.guess;
	return in->open;
}

static bool
read_header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	if (!find_format(in, err) || !in->format->header(in, kind, err) ||
	    !mn_input_look(in, err))
		return false;
	mn_input_tell_columns(in);
	return true;
}

static bool
find_header(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	if (read_header(in, file->kind, err))
		return true;
	if (!in->reread)
		return false;
	/* Once more, because the layout that was found names another encoding. */
	enum mn_encoding said = in->stream.said;
	int fd = mn_stream_take(&in->stream, err);
	close_format(in);
	mn_stream_close(&in->stream);
	in->open = false;
	return fd >= 0 && open_stream(in, file, fd, said, err) &&
	       read_header(in, file->kind, err);
}

void
mn_input_name_part(struct mn_input *in, struct mn_str part)
{
	in->info.part = part;
	if (part.n)
		in->info.file = mn_arena_fmt(
		    in->arena, "%.*s#%.*s", MN_FMT(in->info.file), MN_FMT(part));
}

/* Of all files, when the user said one; MN_ENC_COUNT: none. */
static enum mn_encoding
said_encoding(const struct mn_input *in)
{
	return in->mappings ? in->mappings->encoding : MN_ENC_COUNT;
}

static bool
open_bytes(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	in->info.file = mn_arena_str(in->arena, mn_str_c(file->path));
	in->info.unit = "line";
	mn_input_name_part(in, file->part);
	in->part = file->part;
	if (!open_stream(in, file, file->fd, said_encoding(in), err))
		return false;
	memcpy(in->info.sha256, file->packed ? file->sha256 : in->stream.sha256,
	    sizeof in->info.sha256);
	in->info.bytes = file->packed ? file->packed : in->stream.bytes;
	in->info.packed = file->packed > 0;
	return true;
}

static struct mn_input *
new_input(struct mn_arena *a, const struct mn_mappings *m, struct mn_diag *diag)
{
	struct mn_input *in = MN_NEW(a, struct mn_input, 1);
	in->arena = a;
	in->mappings = m;
	in->diag = diag;
	in->row_root = mn_arena_new((size_t)64 * MN_MAX_RECORD, a->oom);
	return in;
}

struct mn_input *
mn_input_open_here(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_input_file *file, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input *in = new_input(a, m, diag);
	in->lots = file->lots;
	if (open_bytes(in, file, err) &&
	    (file->raw       ? mn_raw_begin(in, file, err)
		: file->list ? find_format(in, err) && mn_input_list(in, file->kind, err)
			     : find_header(in, file, err)))
		return in;
	mn_input_close(in);
	return NULL;
}

struct mn_input *
mn_input_open_file(struct mn_arena *a, const struct mn_mappings *m,
    struct mn_input_file file, struct mn_diag *diag, struct mn_err *err)
{
	bool apart = m && m->apart;
	file.fd = mn_stream_file(file.path, err);
	if (file.fd < 0 ||
	    !mn_stream_unpack(file.path, &file.fd, apart, file.sha256, &file.packed, err))
		return NULL;
	return apart ? mn_remote_open(a, m, &file, diag, err)
		     : mn_input_open_here(a, m, &file, diag, err);
}

struct mn_input *
mn_input_open_part(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    struct mn_str part, enum mn_kind kind, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input_file file = {.path = path, .part = part, .kind = kind};
	return mn_input_open_file(a, m, file, diag, err);
}

struct mn_input *
mn_input_open(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    enum mn_kind kind, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_str part;
	path = mn_path_part(a, path, &part);
	return mn_input_open_part(a, m, path, part, kind, diag, err);
}

const char *
mn_path_part(struct mn_arena *a, const char *path, struct mn_str *part)
{
	struct mn_str s = mn_str_c(path);
	*part = MN_STR_NONE;
	for (size_t i = 1; !mn_path_exists(path) && i < s.n; i++) {
		char *file = s.p[i] == '#' ? mn_arena_cstr(a, mn_str_sub(s, 0, i)) : NULL;
		if (!file || !mn_path_exists(file))
			continue;
		*part = mn_str_sub(s, i + 1, s.n);
		return file;
	}
	return path;
}

void
mn_input_secret(struct mn_input *in, const unsigned char secret[32])
{
	memcpy(in->secret, secret, sizeof in->secret);
	in->has_secret = true;
}

static int
finish(struct mn_input *in, struct mn_err *err)
{
	const struct mn_input_info *f = &in->info;
	if (f->rows == 0)
		mn_input_remark(in, 0, MN_E_FILE_NO_ROWS, MN_STR_NONE, MN_STR_NONE, NULL);
	if (f->rows > BAD_ROWS_MATTER &&
	    f->quarantined * 100 > f->rows * MN_BAD_ROWS_PERCENT) {
		mn_fail(err, MN_E_FILE_TOO_BAD,
		    "%.*s: %llu of %llu rows; `manumit check` lists them",
		    MN_FMT(f->file), (unsigned long long)f->quarantined,
		    (unsigned long long)f->rows);
		return -1;
	}
	return 0;
}

mn_rid
mn_input_rid(const struct mn_input *in, uint32_t src)
{
	return mn_rid_part(mn_rid_make(src, in->line), in->at_name ? in->at_name - 1 : 0);
}

bool
mn_input_take_row(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	if (in->stream.stray) {
		mn_input_remark(
		    in, in->line, MN_E_ROW_STRAY, MN_STR_NONE, MN_STR_NONE, NULL);
		in->had_bad = true;
	}
	in->info.rows++;
	if (!mn_input_in_lots(in))
		in->early = in->info.rows <= MN_EARLY_ROWS;
	return mn_input_row(in, row, rec);
}

/* ---- in lots ---- */

bool
mn_input_in_lots(const struct mn_input *in)
{
	/* What is carried down comes from rows of other lots. */
	bool carries = in->source && in->source->n_carry;
	return in->format && in->format->cut && !in->raw && !carries;
}

/* The next frame of events; `count`: nobody will read counts from them. */
static int
next_lot(struct mn_input *in, bool count, struct mn_str *frame, struct mn_err *err)
{
	if (!in->lots && !(in->lots = mn_lots_new(in->mappings->jobs, err)))
		return -1;
	int more = mn_lots_next(in->lots, in, count, frame, err);
	return more == 0 ? finish(in, err) : more;
}

int
mn_input_lot(struct mn_input *in, struct mn_str *frame, struct mn_err *err)
{
	return next_lot(in, true, frame, err);
}

static void
take_event(struct mn_input *in, struct mn_event *ev)
{
	if (ev->kind == MN_EV_REMARK) {
		ev->issue.file = in->info.file;
		mn_diag_emit(in->diag, &ev->issue);
		return;
	}
	in->info.rows += ev->rows;
	in->info.accepted += ev->accepted;
	in->info.noted += ev->noted_rows;
	in->info.quarantined += ev->quarantined;
}

static int
next_of_lots(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err)
{
	struct mn_event ev;
	mn_event_init(&ev, out, NULL);
	if (!in->events) {
		in->events = MN_NEW(in->arena, struct mn_wire_in, 1);
		mn_wire_in_init(in->events, -1);
	}
	for (;;) {
		struct mn_str frame;
		while (mn_wire_in_empty(in->events)) {
			int more = next_lot(in, false, &frame, err);
			if (more != 1)
				return more;
			mn_wire_in_give(in->events, frame);
		}
		if (mn_wire_next(in->events, &ev) != 1) {
			mn_fail(err, MN_E_BUG, "%.*s: events of its rows make no sense",
			    MN_FMT(in->info.file));
			return -1;
		}
		take_event(in, &ev);
		if (ev.kind == MN_EV_RECORD)
			break;
	}
	out->rid |= mn_rid_make(src, 0);
	*noted = ev.noted;
	return 1;
}

int
mn_input_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err)
{
	struct mn_csv_row row;
	int more;
	if (in->remote)
		return mn_remote_next(in, src, out, noted, err);
	if (mn_input_in_lots(in))
		return next_of_lots(in, src, out, noted, err);
	bool found = mn_input_more(in, out);
	while (!found) {
		in->had_nul = in->had_bad = in->had_note = in->stream.stray = false;
		more = in->format->record(in, &row, err);
		if (more != 1)
			return more == 0 ? finish(in, err) : -1;
		found = mn_input_take_row(in, &row, out);
	}
	out->rid = mn_input_rid(in, src);
	*noted = in->noted;
	return 1;
}

const struct mn_input_info *
mn_input_info(const struct mn_input *in)
{
	return &in->info;
}

void
mn_input_close(struct mn_input *in)
{
	if (in->remote)
		mn_remote_close(in);
	mn_lots_free(in->lots);
	if (in->events)
		mn_wire_in_free(in->events);
	close_format(in);
	if (in->raw && in->csv)
		mn_csv_free(in->csv);
	if (in->open || in->stream.path)
		mn_stream_close(&in->stream);
	mn_arena_free(in->row_root);
	memset(in->secret, 0, sizeof in->secret);
}

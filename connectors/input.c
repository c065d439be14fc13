/* Inputs: opening, records one after another, the counts. */
#include "manumit/base/limits.h"

#include "format.h"
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
	if (!s->guess.binary && !mn_stream_fill(s, 1u << 16, err))
		return false;
	in->format =
	    mn_format_of(s->guess.binary ? mn_str(s->head, s->n_head) : mn_stream_text(s),
		s->guess.binary);
	if (!in->format)
		return mn_fail(err, MN_E_FILE_BINARY, "%.*s", MN_FMT(in->info.file));
	in->info.format = in->format->name;
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
read_header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	in->info.encoding = in->stream.guess.encoding;
	in->info.guess = &in->stream.guess;
	if (!find_format(in, err) || !in->format->header(in, kind, err) ||
	    !mn_input_look(in, err))
		return false;
	mn_input_tell_columns(in);
	return true;
}

static bool
open_stream(struct mn_input *in, const struct mn_input_file *file, int fd,
    enum mn_encoding said, struct mn_err *err)
{
	in->open = mn_stream_open(
	    &in->stream, file->path, fd, file->unhashed || file->packed, said, err);
	return in->open;
}

static bool
open_input(struct mn_input *in, const struct mn_input_file *file, struct mn_err *err)
{
	in->info.file = mn_arena_str(in->arena, mn_str_c(file->path));
	if (!open_stream(in, file, file->fd, in->mappings->encoding, err))
		return false;
	memcpy(in->info.sha256, file->packed ? file->sha256 : in->stream.sha256,
	    sizeof in->info.sha256);
	in->info.bytes = file->packed ? file->packed : in->stream.bytes;
	in->info.packed = file->packed > 0;
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

struct mn_input *
mn_input_open_here(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_input_file *file, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input *in = MN_NEW(a, struct mn_input, 1);
	in->arena = a;
	in->mappings = m;
	in->diag = diag;
	in->row_root = mn_arena_new((size_t)64 * MN_MAX_RECORD, a->oom);
	if (open_input(in, file, err))
		return in;
	mn_input_close(in);
	return NULL;
}

struct mn_input *
mn_input_open(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    enum mn_kind kind, struct mn_diag *diag, struct mn_err *err)
{
	struct mn_input_file file = {
	    .path = path, .fd = mn_stream_file(path, err), .kind = kind};
	if (file.fd < 0 ||
	    !mn_stream_unpack(path, &file.fd, file.sha256, &file.packed, err))
		return NULL;
	return m->apart ? mn_remote_open(a, m, &file, diag, err)
			: mn_input_open_here(a, m, &file, diag, err);
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

static int
next_row(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	in->had_nul = in->had_bad = in->stream.stray = false;
	int more = in->format->record(in, row, err);
	if (more == 1 && in->stream.stray) {
		mn_input_remark(
		    in, in->line, MN_E_ROW_STRAY, MN_STR_NONE, MN_STR_NONE, NULL);
		in->had_bad = true;
	}
	return more;
}

int
mn_input_next(struct mn_input *in, uint32_t src, struct mn_record *out, bool *noted,
    struct mn_err *err)
{
	struct mn_csv_row row;
	int more;
	if (in->remote)
		return mn_remote_next(in, src, out, noted, err);
	if (mn_input_more(in, out)) {
		out->rid = mn_rid_part(mn_rid_make(src, in->line), in->at_name - 1);
		*noted = in->noted;
		return 1;
	}
	while ((more = next_row(in, &row, err)) == 1) {
		in->info.rows++;
		if (!mn_input_row(in, &row, out))
			continue;
		out->rid = mn_rid_part(
		    mn_rid_make(src, in->line), in->at_name ? in->at_name - 1 : 0);
		*noted = in->noted;
		return 1;
	}
	return more == 0 ? finish(in, err) : -1;
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
	close_format(in);
	if (in->open || in->stream.path)
		mn_stream_close(&in->stream);
	mn_arena_free(in->row_root);
	memset(in->secret, 0, sizeof in->secret);
}

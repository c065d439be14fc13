/* Events as bytes. */
#include <errno.h>
#include <unistd.h>

#include "manumit/base/limits.h"

#include "wire.h"

/* When this fails, mn_input_info has another member: it has to travel too, or outputs
 * would differ with and without a child. Add it here and in wire_in.c. */
#if defined(__x86_64__) || defined(__aarch64__)
_Static_assert(sizeof(struct mn_input_info) == 392, "a member of mn_input_info is new");
#endif

void
mn_wire_out_init(struct mn_wire_out *w, int fd)
{
	static const char HEAD[MN_FRAME_HEAD] = {'M', 'n', 1};
	*w = (struct mn_wire_out){.fd = fd, .buf = mn_buf_new(MN_FRAME_MOST)};
	mn_buf_add(&w->buf, mn_str(HEAD, sizeof HEAD));
}

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

static void
put_u32_at(struct mn_buf *b, size_t at, size_t v)
{
	for (unsigned i = 0; i < 4; i++)
		b->p[at + i] = (char)(v >> (24 - 8 * i));
}

bool
mn_wire_flush(struct mn_wire_out *w)
{
	if (w->broken || w->buf.failed)
		w->broken = true;
	if (w->broken || w->buf.n == MN_FRAME_HEAD)
		return !w->broken;
	put_u32_at(&w->buf, 4, w->buf.n - MN_FRAME_HEAD);
	w->broken = !write_all(w->fd, mn_buf_str(&w->buf));
	w->buf.n = MN_FRAME_HEAD;
	return !w->broken;
}

struct mn_str
mn_wire_out_frame(struct mn_wire_out *w)
{
	put_u32_at(&w->buf, 4, w->buf.n - MN_FRAME_HEAD);
	return mn_buf_str(&w->buf);
}

void
mn_wire_out_clear(struct mn_wire_out *w)
{
	w->buf.n = MN_FRAME_HEAD;
	w->buf.failed = false;
	w->rows = w->accepted = w->noted = w->quarantined = 0;
}

void
mn_wire_frame(struct mn_wire_out *w, struct mn_str frame)
{
	if (mn_wire_flush(w) && frame.n > MN_FRAME_HEAD)
		w->broken = !write_all(w->fd, frame);
}

static void
done(struct mn_wire_out *w)
{
	if (w->fd >= 0 && (w->buf.failed || w->buf.n >= MN_FRAME_BYTES))
		mn_wire_flush(w);
}

#define NUMBER_MOST 10 /* bytes of a number */

static char *
add_number(char *p, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		*p++ = (char)(0x80 | (v & 0x7f));
	*p++ = (char)v;
	return p;
}

static void
put_number(struct mn_buf *b, uint64_t v)
{
	char raw[NUMBER_MOST];
	mn_buf_add(b, mn_str(raw, (size_t)(add_number(raw, v) - raw)));
}

/* Those that were not told yet. */
static char *
add_counts(char *p, struct mn_wire_out *w, const struct mn_input_info *i)
{
	p = add_number(p, i->rows - w->rows);
	p = add_number(p, i->accepted - w->accepted);
	p = add_number(p, i->noted - w->noted);
	p = add_number(p, i->quarantined - w->quarantined);
	w->rows = i->rows;
	w->accepted = i->accepted;
	w->noted = i->noted;
	w->quarantined = i->quarantined;
	return p;
}

static void
put_totals(struct mn_buf *b, const struct mn_input_info *i)
{
	put_number(b, i ? i->rows : 0);
	put_number(b, i ? i->accepted : 0);
	put_number(b, i ? i->noted : 0);
	put_number(b, i ? i->quarantined : 0);
}

void
mn_wire_counts(struct mn_wire_out *w, const struct mn_input_info *info)
{
	char raw[1 + 4 * NUMBER_MOST] = {MN_EV_COUNTS};
	char *end = add_counts(raw + 1, w, info);
	mn_buf_add(&w->buf, mn_str(raw, (size_t)(end - raw)));
}

void
mn_wire_remark(struct mn_wire_out *w, const struct mn_issue *issue)
{
	mn_put_u8(&w->buf, MN_EV_REMARK);
	mn_put_u16(&w->buf, (uint16_t)issue->code);
	put_number(&w->buf, issue->row);
	mn_put_str(&w->buf, issue->column);
	mn_put_str(&w->buf, issue->value);
	mn_put_str(&w->buf, issue->detail);
	done(w);
}

/* A text whose length is known only when it stands there. */
static size_t
begin_text(struct mn_buf *b)
{
	mn_put_u32(b, 0);
	return b->n;
}

static void
end_text(struct mn_buf *b, size_t from)
{
	if (!b->failed)
		put_u32_at(b, from - 4, b->n - from);
}

/* What a document is and holds; the counts are final in the last INFO. */
static void
put_shape(struct mn_buf *b, const struct mn_input_info *i)
{
	mn_put_str(b, mn_str_c(i->unit));
	mn_put_str(b, i->items);
	mn_put_u32(b, i->n_count);
	for (uint32_t c = 0; c < i->n_count; c++) {
		mn_put_str(b, mn_str_c(i->count[c].name));
		put_number(b, i->count[c].n);
	}
}

static void
put_columns(struct mn_buf *b, const struct mn_input_info *i)
{
	mn_put_u32(b, i->n_column);
	for (uint32_t c = 0; c < i->n_column; c++) {
		mn_put_str(b, i->header[c]);
		mn_put_str(b, mn_str_c(i->mapped[c]));
		mn_put_str(b, mn_str_c(i->why[c].reason));
		mn_put_u8(b, (uint8_t)i->why[c].trust);
		mn_put_u8(b, (uint8_t)i->why[c].date_order);
	}
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		mn_put_str(b, i->field_column ? i->field_column[f] : MN_STR_NONE);
}

static void
put_tables(struct mn_buf *b, const struct mn_input_info *i)
{
	mn_put_u32(b, i->n_table);
	for (uint32_t k = 0; k < i->n_table; k++) {
		const struct mn_input_table *t = &i->table[k];
		mn_put_str(b, t->part);
		mn_put_u8(b, (uint8_t)t->named);
		mn_put_u8(b, (uint8_t)t->kind);
		mn_put_u8(b, t->hidden);
		mn_put_u8(b, t->layout);
		mn_put_u32(b, t->mapped);
		mn_put_str(b, t->why);
	}
}

void
mn_wire_info(struct mn_wire_out *w, const struct mn_input_info *i)
{
	mn_put_u8(&w->buf, MN_EV_INFO);
	size_t from = begin_text(&w->buf);
	mn_put_u8(&w->buf, (uint8_t)i->kind);
	mn_put_u8(&w->buf, (uint8_t)i->encoding);
	mn_put_u8(&w->buf, (uint8_t)i->delimiter);
	put_number(&w->buf, i->header_line);
	mn_put_str(&w->buf, mn_str_c(i->format));
	mn_put_str(&w->buf, i->source);
	mn_put_str(&w->buf, i->source_title);
	mn_put_str(&w->buf, i->source_licence);
	mn_put_str(&w->buf, i->source_url);
	mn_put_u8(&w->buf, (uint8_t)i->guess->trust);
	mn_put_u8(&w->buf, (uint8_t)(i->guess->mixed | i->guess->ascii << 1));
	mn_put_str(&w->buf, mn_str_c(i->guess->why));
	mn_put_str(&w->buf, i->sample);
	mn_put_str(&w->buf, i->part);
	mn_put_str(&w->buf, i->source_use);
	put_number(&w->buf, i->source_floor);
	mn_put_u8(&w->buf, i->source_verified);
	put_shape(&w->buf, i);
	put_columns(&w->buf, i);
	put_tables(&w->buf, i);
	end_text(&w->buf, from);
	done(w);
}

void
mn_wire_record(struct mn_wire_out *w, struct mn_record *rec, bool noted,
    const struct mn_input_info *info)
{
	char raw[3 + 5 * NUMBER_MOST + 4], *p = raw;
	*p++ = MN_EV_RECORD;
	*p++ = noted;
	p = add_number(p, mn_rid_line(rec->rid));
	*p++ = (char)(rec->rid & (MN_RID_PARTS - 1));
	p = add_counts(p, w, info);
	memset(p, 0, 4); /* the text's length, once it is known */
	mn_buf_add(&w->buf, mn_str(raw, (size_t)(p + 4 - raw)));
	size_t from = w->buf.n;
	mn_record_take(rec, &w->buf);
	end_text(&w->buf, from);
	done(w);
}

void
mn_wire_row(struct mn_wire_out *w, uint64_t line, const struct mn_csv_row *row)
{
	mn_put_u8(&w->buf, MN_EV_ROW);
	put_number(&w->buf, line);
	mn_put_u32(&w->buf, row->n);
	for (uint32_t i = 0; i < row->n; i++)
		mn_put_str(&w->buf, row->cell[i]);
	done(w);
}

void
mn_wire_end(struct mn_wire_out *w, const struct mn_input_info *info)
{
	mn_put_u8(&w->buf, MN_EV_END);
	put_totals(&w->buf, info);
}

void
mn_wire_error(
    struct mn_wire_out *w, const struct mn_input_info *info, const struct mn_err *err)
{
	mn_put_u8(&w->buf, MN_EV_ERROR);
	put_totals(&w->buf, info);
	mn_put_u16(&w->buf, (uint16_t)err->code);
	put_number(&w->buf, err->row);
	put_number(&w->buf, err->col);
	mn_put_str(&w->buf, mn_str_c(err->msg));
}

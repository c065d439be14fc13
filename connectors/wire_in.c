/* Bytes of a child that may be in the hands of the file it read: checked, then believed
 * no further than a file would be. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

#include "cell.h"
#include "wire.h"

void
mn_wire_in_init(struct mn_wire_in *w, int fd)
{
	*w = (struct mn_wire_in){.fd = fd, .frame = mn_buf_new(MN_FRAME_MOST)};
	for (size_t i = 0; i < countof(w->fix); i++)
		w->fix[i] = mn_buf_new(3 * MN_FRAME_MOST);
}

void
mn_wire_in_free(struct mn_wire_in *w)
{
	mn_buf_free(&w->frame);
	for (size_t i = 0; i < countof(w->fix); i++)
		mn_buf_free(&w->fix[i]);
}

/* ---- frames ---- */

/* As read(2); while nothing comes, as long as there is patience. */
static ssize_t
read_some(const struct mn_wire_in *w, char *p, size_t n)
{
	for (;;) {
		uint64_t from = w->patience ? mn_clock_us() : 0;
		ssize_t got = read(w->fd, p, n);
		bool none = got < 0 && (errno == EINTR || errno == EAGAIN);
		if (w->patience &&
		    !mn_patience_more(w->patience, mn_clock_us() - from, got > 0))
			return -1;
		if (!none)
			return got;
	}
}

/* n bytes, or fewer at the end. */
static size_t
read_all(const struct mn_wire_in *w, char *p, size_t n)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = read_some(w, p + done, n - done);
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

#define PIECE (1u << 16)

/* Memory is taken as bytes arrive, not as their length is claimed. */
static int
read_frame(struct mn_wire_in *w)
{
	char head[MN_FRAME_HEAD];
	size_t got = read_all(w, head, sizeof head);
	if (got < sizeof head)
		return 0;
	struct mn_get g = mn_get(mn_str(head + 4, 4));
	size_t left = mn_get_u32(&g);
	if (memcmp(head, "Mn\1", 4) != 0 || left == 0 ||
	    left > MN_FRAME_MOST - MN_FRAME_HEAD)
		return -1;
	mn_buf_clear(&w->frame);
	for (; left; left -= got) {
		size_t want = left < PIECE ? left : PIECE;
		char *room = mn_buf_room(&w->frame, want);
		if (!room)
			return -1;
		got = read_all(w, room, want);
		if (got < want)
			return 0;
		w->frame.n += got;
	}
	w->at = mn_get(mn_buf_str(&w->frame));
	return 1;
}

bool
mn_wire_in_empty(const struct mn_wire_in *w)
{
	return w->at.p == w->at.end;
}

void
mn_wire_in_give(struct mn_wire_in *w, struct mn_str frame)
{
	w->at = mn_get(mn_str_sub(frame, MN_FRAME_HEAD, frame.n));
}

/* ---- parts of events ---- */

static uint64_t
number(struct mn_get *g)
{
	uint64_t v = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t b = mn_get_u8(g);
		if (shift == 63 && b > 1)
			break;
		v |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80))
			return v;
	}
	g->bad = true;
	return 0;
}

/* Text for people. A remark may show what a file has where text should be. */
static struct mn_str
shown(struct mn_wire_in *w)
{
	struct mn_str s = mn_get_str(&w->at);
	if (mn_utf8_valid(s) == s.n || w->n_fix == countof(w->fix))
		return s;
	struct mn_buf *b = &w->fix[w->n_fix++];
	mn_buf_clear(b);
	mn_utf8_repair(s, b);
	return mn_buf_str(b);
}

static enum mn_code
code(struct mn_get *g)
{
	unsigned c = mn_get_u16(g);
	g->bad = g->bad || c == MN_E_NONE || c >= MN_E_COUNT;
	return g->bad ? MN_E_BUG : (enum mn_code)c;
}

static void
counts(struct mn_get *g, struct mn_event *ev)
{
	ev->rows = number(g);
	ev->accepted = number(g);
	ev->noted_rows = number(g);
	ev->quarantined = number(g);
	if (ev->rows > MN_ROWS_MOST || ev->accepted > ev->rows ||
	    ev->noted_rows > ev->rows || ev->quarantined > ev->rows ||
	    ev->rows != ev->accepted + ev->noted_rows + ev->quarantined)
		g->bad = true;
}

/* ---- events ---- */

static void
remark(struct mn_wire_in *w, struct mn_event *ev)
{
	ev->issue = (struct mn_issue){.code = code(&w->at), .row = number(&w->at)};
	ev->issue.column = shown(w);
	ev->issue.value = shown(w);
	ev->issue.detail = shown(w);
}

static void
record(struct mn_wire_in *w, struct mn_event *ev)
{
	struct mn_get *g = &w->at;
	uint8_t noted = mn_get_u8(g);
	uint64_t line = number(g);
	uint8_t part = mn_get_u8(g);
	counts(g, ev);
	struct mn_str body = mn_get_str(g);
	mn_rid rid = mn_rid_part(mn_rid_make(0, line), part);
	ev->noted = noted != 0;
	if (g->bad || noted > 1 || line >= MN_ROWS_MOST ||
	    !mn_record_decode(body, rid, ev->rec, NULL)) {
		g->bad = true;
		return;
	}
	/* Everything behind this room takes values for text (model/record.h). Numbers of
	 * fields and last bytes of lengths are ASCII, so if the body as a whole is text,
	 * each value is. */
	if (mn_utf8_valid(body) == body.n)
		return;
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (ev->rec->v[f].n && mn_utf8_valid(ev->rec->v[f]) != ev->rec->v[f].n)
			g->bad = true;
}

static void
row(struct mn_wire_in *w, struct mn_event *ev)
{
	struct mn_get *g = &w->at;
	ev->line = number(g);
	ev->n_cell = mn_get_u32(g);
	g->bad = g->bad || !ev->cell || ev->n_cell > MN_MAX_COLUMNS ||
		 ev->line >= MN_ROWS_MOST;
	for (uint32_t i = 0; !g->bad && i < ev->n_cell; i++) {
		ev->cell[i] = mn_get_str(g);
		g->bad = g->bad || mn_utf8_valid(ev->cell[i]) != ev->cell[i].n;
	}
}

static void
error(struct mn_wire_in *w, struct mn_event *ev)
{
	counts(&w->at, ev);
	enum mn_code c = code(&w->at);
	uint64_t row = number(&w->at), col = number(&w->at);
	struct mn_str msg = shown(w);
	mn_fail(&ev->err, c, "%.*s", MN_FMT(msg));
	ev->err.row = row;
	ev->err.col = (uint32_t)col;
	w->at.bad = w->at.bad || col > UINT32_MAX;
}

int
mn_wire_next(struct mn_wire_in *w, struct mn_event *ev)
{
	int more;
	w->n_fix = 0;
	if (w->at.bad)
		return -1;
	if (w->at.p == w->at.end && (more = read_frame(w)) != 1)
		return more;
	ev->kind = (enum mn_event_kind)mn_get_u8(&w->at);
	switch (ev->kind) {
	case MN_EV_REMARK:
		remark(w, ev);
		break;
	case MN_EV_INFO:
		ev->info = mn_get_str(&w->at);
		break;
	case MN_EV_RECORD:
		record(w, ev);
		break;
	case MN_EV_ROW:
		row(w, ev);
		break;
	case MN_EV_COUNTS:
	case MN_EV_END:
		counts(&w->at, ev);
		break;
	case MN_EV_ERROR:
		error(w, ev);
		break;
	default:
		w->at.bad = true;
	}
	return w->at.bad ? -1 : 1;
}

/* ---- what is told of the file ---- */

static struct mn_str
kept(struct mn_arena *a, struct mn_get *g)
{
	struct mn_str s = mn_get_str(g);
	g->bad = g->bad || mn_utf8_valid(s) != s.n;
	return g->bad || s.n == 0 ? MN_STR_NONE : mn_arena_str(a, s);
}

/* The same as a C string: "" when empty. */
static const char *
kept_c(struct mn_arena *a, struct mn_get *g)
{
	struct mn_str s = kept(a, g);
	g->bad = g->bad || mn_str_find_byte(s, 0) != SIZE_MAX;
	return s.n ? s.p : "";
}

#define COUNTS_MOST 16 /* kinds of things that a document is said to hold */

static void
shape(struct mn_arena *a, struct mn_get *g, struct mn_input_info *info)
{
	info->unit = kept_c(a, g);
	info->items = kept(a, g);
	uint32_t n = mn_get_u32(g);
	g->bad = g->bad || n > COUNTS_MOST;
	if (g->bad)
		return;
	struct mn_input_count *count = MN_NEW(a, struct mn_input_count, n);
	for (uint32_t c = 0; c < n; c++) {
		count[c].name = kept_c(a, g);
		count[c].n = number(g);
	}
	info->count = count;
	info->n_count = n;
}

static struct mn_column_why
column_why(struct mn_arena *a, struct mn_get *g)
{
	const char *reason = kept_c(a, g);
	unsigned trust = mn_get_u8(g), order = mn_get_u8(g);
	g->bad = g->bad || trust > MN_TRUST_GUESS || order > MN_ORDER_MDY;
	return (struct mn_column_why){
	    (enum mn_trust)trust, reason[0] ? reason : NULL, order};
}

static const struct mn_guess *
guess(struct mn_arena *a, struct mn_get *g, enum mn_encoding encoding)
{
	struct mn_guess *out = MN_NEW(a, struct mn_guess, 1);
	unsigned trust = mn_get_u8(g), flags = mn_get_u8(g);
	struct mn_str why = kept(a, g);
	g->bad = g->bad || trust > MN_TRUST_GUESS || why.n >= sizeof out->why;
	if (g->bad)
		return out;
	*out = (struct mn_guess){.encoding = encoding,
	    .trust = (enum mn_trust)trust,
	    .mixed = flags & 1,
	    .ascii = flags & 2};
	if (why.n)
		memcpy(out->why, why.p, why.n);
	return out;
}

static void
columns(struct mn_arena *a, struct mn_get *g, struct mn_input_info *info)
{
	uint32_t n = mn_get_u32(g);
	g->bad = g->bad || n > MN_MAX_COLUMNS;
	if (g->bad)
		return;
	struct mn_str *header = MN_NEW(a, struct mn_str, n);
	const char **mapped = MN_NEW(a, const char *, n);
	struct mn_column_why *why = MN_NEW(a, struct mn_column_why, n);
	struct mn_str *field = MN_NEW(a, struct mn_str, MN_F_COUNT);
	for (uint32_t c = 0; c < n; c++) {
		header[c] = kept(a, g);
		mapped[c] = kept_c(a, g);
		why[c] = column_why(a, g);
	}
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		field[f] = kept(a, g);
	info->n_column = n;
	info->header = header;
	info->mapped = mapped;
	info->why = why;
	info->field_column = field;
}

static void
tables(struct mn_arena *a, struct mn_get *g, struct mn_input_info *info)
{
	uint32_t n = mn_get_u32(g);
	g->bad = g->bad || n > MN_BOOK_SHEETS;
	struct mn_input_table *t = MN_NEW(a, struct mn_input_table, g->bad ? 0 : n);
	for (uint32_t i = 0; !g->bad && i < n; i++) {
		t[i].part = kept(a, g);
		unsigned named = mn_get_u8(g), kind = mn_get_u8(g);
		t[i].named = (enum mn_kind)named;
		t[i].kind = (enum mn_kind)kind;
		t[i].hidden = mn_get_u8(g) == 1;
		t[i].layout = mn_get_u8(g) == 1;
		t[i].mapped = mn_get_u32(g);
		t[i].why = kept(a, g);
		g->bad = g->bad || named > MN_K_COUNT || kind > MN_K_COUNT ||
			 t[i].mapped > MN_MAX_COLUMNS;
	}
	info->table = t;
	info->n_table = g->bad ? 0 : n;
}

bool
mn_wire_get_info(struct mn_arena *a, struct mn_str text, struct mn_input_info *info)
{
	struct mn_get g = mn_get(text);
	unsigned kind = mn_get_u8(&g), encoding = mn_get_u8(&g),
		 delimiter = mn_get_u8(&g);
	info->header_line = number(&g);
	bool odd = delimiter && delimiter != '\t' && (delimiter < ' ' || delimiter > '~');
	if (g.bad || kind >= MN_K_COUNT || encoding >= MN_ENC_COUNT || odd ||
	    info->header_line >= MN_ROWS_MOST)
		return false;
	info->kind = (enum mn_kind)kind;
	info->encoding = (enum mn_encoding)encoding;
	info->delimiter = (char)delimiter;
	info->format = kept_c(a, &g);
	info->source = kept(a, &g);
	info->source_title = kept(a, &g);
	info->source_licence = kept(a, &g);
	info->source_url = kept(a, &g);
	info->guess = guess(a, &g, info->encoding);
	info->sample = kept(a, &g);
	info->part = kept(a, &g);
	info->source_use = kept(a, &g);
	info->source_floor = number(&g);
	unsigned verified = mn_get_u8(&g);
	if (verified > 1)
		return false;
	info->source_verified = verified;
	shape(a, &g, info);
	columns(a, &g, info);
	tables(a, &g, info);
	return mn_get_done(&g);
}

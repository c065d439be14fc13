/*
 * Private to the room: what a parsing child tells its parent (remote.h), as bytes. The
 * child writes frames of whole events; the parent takes them for the work of an enemy:
 * every length, number and text is checked, and after the first wrong one nothing more
 * is read.
 *
 *   frame   'M' 'n' version 0, u32 length, events
 *   event   u8 kind, then
 *   REMARK  u16 code, number row, text column, value, detail
 *   INFO    what mn_input_info tells of the file, its counts of rows apart
 *   RECORD  u8 noted, number line, u8 part, counts, text: the record's stored form
 *   ROW     number line, u32 cells, that many texts
 *   COUNTS  counts
 *   END     counts
 *   ERROR   counts, u16 code, number row, number column, text message
 *   number: 7 bits a byte, lowest first; text: u32 length, bytes; counts: four numbers,
 *   of all rows in END and ERROR, else of those since the last event that told them
 */
#ifndef MN_CONNECTORS_WIRE_H
#define MN_CONNECTORS_WIRE_H

#include "manumit/base/buf.h"
#include "manumit/connectors/csv.h"
#include "manumit/connectors/input.h"
#include "manumit/model/codec.h"

#include "patience.h"

#define MN_FRAME_HEAD 8
#define MN_ROWS_MOST ((uint64_t)1 << 40) /* lines a rid can name */

enum mn_event_kind {
	MN_EV_REMARK = 1,
	MN_EV_INFO,
	MN_EV_RECORD,
	MN_EV_END,
	MN_EV_ERROR,
	MN_EV_COUNTS,
	MN_EV_ROW
};

/* ---- the child's side ---- */

struct mn_wire_out {
	int fd;            /* -1: the frame is taken by its owner */
	struct mn_buf buf; /* room for a frame's head, then events */
	uint64_t rows, accepted, noted, quarantined; /* told so far */
	bool broken; /* nobody reads, or an event is too large */
};

void mn_wire_out_init(struct mn_wire_out *w, int fd);
void mn_wire_remark(struct mn_wire_out *w, const struct mn_issue *issue);
void mn_wire_info(struct mn_wire_out *w, const struct mn_input_info *info);
/* The record is emptied (mn_record_take). */
void mn_wire_record(struct mn_wire_out *w, struct mn_record *rec, bool noted,
    const struct mn_input_info *info);
void mn_wire_row(struct mn_wire_out *w, uint64_t line, const struct mn_csv_row *row);
void mn_wire_counts(struct mn_wire_out *w, const struct mn_input_info *info);
/* Sends a frame that was made elsewhere, behind what has gathered. */
void mn_wire_frame(struct mn_wire_out *w, struct mn_str frame);
/* What has gathered, as a frame; and forgets it and what was told. */
struct mn_str mn_wire_out_frame(struct mn_wire_out *w);
void mn_wire_out_clear(struct mn_wire_out *w);
/* info may be NULL: the file was not opened. */
void mn_wire_end(struct mn_wire_out *w, const struct mn_input_info *info);
void mn_wire_error(
    struct mn_wire_out *w, const struct mn_input_info *info, const struct mn_err *err);
/* Sends what has gathered. False when that, or anything before, failed. */
bool mn_wire_flush(struct mn_wire_out *w);

/* ---- the parent's side ---- */

struct mn_wire_in {
	int fd;
	struct mn_patience *patience; /* NULL: for ever */
	struct mn_buf frame;          /* the events at hand */
	struct mn_get at;             /* the next of them */
	struct mn_buf fix[4];         /* texts that were no UTF-8, repaired */
	unsigned n_fix;
};

struct mn_event {
	enum mn_event_kind kind;
	struct mn_issue issue; /* file is not set */
	struct mn_str info;    /* for mn_wire_get_info */
	struct mn_record *rec; /* set by the caller; rid: line and part of source 0 */
	struct mn_str
	    *cell; /* set by the caller: room for MN_MAX_COLUMNS; NULL: no rows */
	uint32_t n_cell;
	uint64_t line; /* of these */
	bool noted;
	uint64_t rows, accepted, noted_rows, quarantined;
	struct mn_err err;
};

/* Before it is asked for. The rest is set by what comes: to clear it, which err makes
 * large, would take as long as reading a record. */
static inline void
mn_event_init(struct mn_event *ev, struct mn_record *rec, struct mn_str *cell)
{
	ev->kind = MN_EV_END;
	ev->rec = rec;
	ev->cell = cell;
}

void mn_wire_in_init(struct mn_wire_in *w, int fd);
void mn_wire_in_free(struct mn_wire_in *w);
/* Are all events of the frame read? Then another may be given instead of coming from fd;
 * it is borrowed. */
bool mn_wire_in_empty(const struct mn_wire_in *w);
void mn_wire_in_give(struct mn_wire_in *w, struct mn_str frame);
/* The next event, its slices valid until the next call: 1; 0: the other side is gone, -1:
 * what came is no event. */
int mn_wire_next(struct mn_wire_in *w, struct mn_event *ev);
/* Sets all of *info but file, sha256, bytes and the counts; copies into the arena. */
bool mn_wire_get_info(struct mn_arena *a, struct mn_str text, struct mn_input_info *info);

#endif

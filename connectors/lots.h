/*
 * Private to the room: rows read by several threads. The file is cut into lots of some
 * hundred records; threads read them (split, map, remark) into events (wire.h), which are
 * taken in the order of the file. Lots are cut alike for any number of threads, so that
 * the same events come of them. Each thread has a reader: the open input once more, with
 * memory, counts and a parser of its own; what it shares is not written to.
 */
#ifndef MN_CONNECTORS_LOTS_H
#define MN_CONNECTORS_LOTS_H

#include "format.h"
#include "wire.h"

#define MN_LOT_BYTES (1u << 17) /* text: fits the cache with what is made of it */
#define MN_LOT_ROWS 4096
/* Addresses that a thread takes: its stack, a row, columns, lots on their way. */
#define MN_READER_MEMORY ((uint64_t)96 << 20)
/* Events after which a lot is handed over though it has rows left: they may be many times
 * the text when each cell has its remark. */
#define MN_LOT_EVENTS (1u << 22)

/* Where a record was cut, and what the stream knows of it. */
struct mn_cut {
	uint64_t line;
	uint32_t at, n;    /* its bytes in the text of the lot */
	enum mn_code code; /* why it was given up, or NONE */
	bool stray;        /* it has stray bytes */
	bool bad;          /* bytes without meaning came before or in it */
	bool early;        /* as in mn_input */
};

struct mn_lot {
	struct mn_buf text;
	struct mn_cut cut[MN_LOT_ROWS];
	uint32_t n, done; /* rows, rows read */
	struct mn_wire_out out;
	struct mn_input_info counts; /* only these: of the rows in `out` */
	struct mn_str sample;        /* found in these rows, or empty */
};

bool mn_lot_full(const struct mn_lot *lot);
void mn_lot_add(struct mn_lot *lot, const struct mn_cut *c, struct mn_str text);

struct mn_lots;
/* Starts the threads; they wait until rows are asked for. NULL and err. */
struct mn_lots *mn_lots_new(uint32_t jobs, struct mn_err *err);
/* The next events of the open input, a frame of wire.h, valid until the next call; adds
 * up counts when `count`. 1, 0 at the end, -1 err. */
int mn_lots_next(struct mn_lots *l, struct mn_input *in, bool count, struct mn_str *frame,
    struct mn_err *err);
/* NULL is fine. */
void mn_lots_free(struct mn_lots *l);

#endif

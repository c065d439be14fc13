/*
 * Private to the room: walking through a JSON text that is longer than memory. A scan
 * steps from token to token and knows the path of where it is; the values themselves are
 * only looked for their ends, and parsed by base/json.h once they are cut out. So damage
 * inside a value is found by the parser, and costs that value alone.
 *
 * Paths: member names with '.' between, "[]" for being inside a list: "[]" is the list
 * that is the whole text, "data.items[]" the list in member items of member data, "" the
 * text itself, in which values may follow one another.
 */
#ifndef MN_CONNECTORS_JSON_SCAN_H
#define MN_CONNECTORS_JSON_SCAN_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

#include "stream.h"

#define MN_JSCAN_DEPTH 64 /* levels walked; what is nested deeper is stepped over */
#define MN_JSCAN_PATH 512 /* bytes of a path; a list with a longer one is not offered */

enum mn_jscan_token {
	MN_JSCAN_MAP,    /* a map begins: walk into it, take it or skip it */
	MN_JSCAN_LIST,   /* the same of a list */
	MN_JSCAN_KEY,    /* a member's name, in scan->key; its value is the next token */
	MN_JSCAN_SCALAR, /* any other value, already behind us */
	MN_JSCAN_CLOSE,  /* the innermost map or list ends */
	MN_JSCAN_END,    /* the text ends where it may */
	MN_JSCAN_DAMAGE, /* here the text is no JSON, see scan->fault; no more tokens */
	MN_JSCAN_ERR     /* the file cannot be read: scan->io */
};

struct mn_jscan_frame {
	bool list;
	size_t path;    /* bytes of the path that lead here */
	uint64_t index; /* of the value at hand in a list */
	uint32_t tag;   /* for whoever walks; 0 at first */
};

struct mn_jscan {
	struct mn_stream *s;
	size_t at;      /* bytes of the stream's text that are behind us */
	size_t start;   /* of the token at hand */
	uint32_t depth; /* maps and lists that are open */
	struct mn_jscan_frame frame[MN_JSCAN_DEPTH + 1]; /* 0: the text itself */
	char path[MN_JSCAN_PATH];
	size_t path_n; /* longer than MN_JSCAN_PATH: cut off */
	enum { MN_JSCAN_VALUE, MN_JSCAN_FIRST, MN_JSCAN_NAME, MN_JSCAN_NEXT } want;
	struct mn_err io;  /* of the stream */
	struct mn_str key; /* as written; empty when longer than the room */
	char key_room[MN_JSCAN_PATH];
	uint64_t column;   /* characters of the line before the stream's place */
	const char *fault; /* a sentence about the damage */
	uint64_t fault_line, fault_column;
};

/* The stream stands at its first byte. */
void mn_jscan_init(struct mn_jscan *x, struct mn_stream *s);
enum mn_jscan_token mn_jscan_next(struct mn_jscan *x);
/* Where the token at hand begins: line, and character of the line, from 1. */
void mn_jscan_place(struct mn_jscan *x, uint64_t *line, uint64_t *column);
/* The map or list that has just begun, as text (borrowed until the next step), and steps
 * behind it. 1; 0: it has more than max bytes, and is stepped over; -1: the file ends
 * inside it (then *text is what there is of it, and the scan is damaged); -2: as
 * MN_JSCAN_ERR. */
int mn_jscan_take(struct mn_jscan *x, size_t max, struct mn_str *text);
/* The same without its text. */
bool mn_jscan_skip(struct mn_jscan *x);
/* On from the next line after `from` (bytes of the text at hand) that begins with '{', as
 * if the text began there: for texts of one value a line. False: there is none. */
bool mn_jscan_resync(struct mn_jscan *x, size_t from);
/* Path of where the scan is; empty when it is too long to be told. */
struct mn_str mn_jscan_path(const struct mn_jscan *x);
/* The same as a JSON pointer (RFC 6901 but for escapes): "/data/items/17". */
struct mn_str mn_jscan_pointer(const struct mn_jscan *x, struct mn_arena *a);

#endif

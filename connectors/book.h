/*
 * Private to the room: a workbook (.xlsx): its sheets, the formats of its cells, the
 * strings that cells share. The sheets themselves are streamed (sheet.h).
 */
#ifndef MN_CONNECTORS_BOOK_H
#define MN_CONNECTORS_BOOK_H

#include "manumit/base/buf.h"

#include "archive.h"
#include "xml.h"

/* How a number is shown, which decides what it means. */
enum mn_shows { MN_SHOWS_NUMBER, MN_SHOWS_DAY, MN_SHOWS_TIME, MN_SHOWS_PERCENT };
struct mn_style {
	uint8_t shows; /* enum mn_shows */
	bool clock;    /* a day with its time */
	uint8_t pad;   /* of "00000": digits an id is padded to; 0: none */
};

/* Text of the shared strings, one behind the other; end[i] is where string i ends. */
struct mn_strings {
	struct mn_arena text_root, text, end_root, ends;
	uint64_t n;
};

struct mn_book_sheet {
	struct mn_str name;
	const struct mn_entry *entry; /* NULL: no cells (a chart), or missing */
	bool hidden, chart;
};

struct mn_book {
	struct mn_str file;
	struct mn_archive archive;
	struct mn_book_sheet *sheet;
	uint32_t n_sheet;
	bool from_1904; /* days are counted from 1904 */
	struct mn_style *style;
	uint32_t n_style;
	const struct mn_entry *shared; /* the part of the strings; NULL: none, or read */
	struct mn_strings strings;
};

/* fd is borrowed and must stay open; a: life of the book. After false nothing is open. */
bool mn_book_open(struct mn_arena *a, int fd, struct mn_str file, struct mn_book *out,
    struct mn_err *err);
void mn_book_close(struct mn_book *b);

/* Reads a part of the archive; *self is set before the first event, for refusing. */
bool mn_book_part(const struct mn_book *b, const struct mn_entry *e,
    const struct mn_xml_events *ev, void *ctx, struct mn_xml **self, struct mn_err *err);

/* ---- strings (strings.c) ---- */
/* Reads them unless they are read: they can be many, and who lists sheets needs none. */
bool mn_strings_read(struct mn_book *b, struct mn_err *err);
struct mn_str mn_strings_at(const struct mn_strings *s, uint64_t i, bool *there);
void mn_strings_free(struct mn_strings *s);
/* Text of a workbook as it is meant: "_x000D_" is how a character is written that XML
 * cannot hold, and UTF-16 may hold halves of characters. s itself, or in `room`. */
struct mn_str mn_strings_plain(struct mn_str s, struct mn_buf *room);

/* ---- formats of cells (styles.c) ---- */
bool mn_styles_read(
    struct mn_book *b, struct mn_arena *a, const struct mn_entry *e, struct mn_err *err);
/* What a format code such as "dd/mm/yyyy" shows. */
struct mn_style mn_style_of_code(struct mn_str code);

/* ---- numbers as text (numbers.c) ---- */
/* The text of a number as its style shows what it means: days as YYYY-MM-DD, shares as
 * "12.5%", others as plain decimals of all digits they have. Into room; text that is no
 * number comes back as it is. */
#define MN_NUMBER_ROOM 400
struct mn_str mn_number_text(struct mn_str number, struct mn_style style, bool from_1904,
    char room[MN_NUMBER_ROOM]);

#endif

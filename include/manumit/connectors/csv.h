/*
 * Delimited text, in two steps: cut finds where records end (sequential), parse splits
 * one record into cells (libcsv, pure). Quotes may hold newlines; both steps agree on
 * where a quoted cell ends. Input is UTF-8.
 */
#ifndef MN_CONNECTORS_CSV_H
#define MN_CONNECTORS_CSV_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/err.h"

/* How many bytes of s the first record takes, its line end included; 0 when more bytes
 * are needed (never when `last`). *open tells that a quote was still open at the end of
 * the last record. A quote opens a cell only at the cell's beginning (after blanks). */
size_t mn_csv_cut(struct mn_str s, char delimiter, bool last, bool *open);

struct mn_csv_row {
	struct mn_str *cell; /* of the parser, until it parses again; their text is in the
				record, or in the arena given to parse */
	uint32_t n;
	bool too_wide;  /* more than MN_MAX_COLUMNS cells: the rest is dropped */
	bool bad_quote; /* libcsv refused the record */
};
struct mn_csv; /* a parser, reused from record to record */
struct mn_csv *mn_csv_new(char delimiter, struct mn_err *err);
/* Splits one record; cells are trimmed of blanks unless they were quoted. */
void mn_csv_parse(
    struct mn_csv *p, struct mn_str record, struct mn_arena *a, struct mn_csv_row *out);
void mn_csv_free(struct mn_csv *p);
/* Has the row nothing but blanks? */
bool mn_csv_row_blank(const struct mn_csv_row *row);

/* The likeliest of , ; TAB | given the first lines of a file: the one that splits most
 * records into the same number (> 1) of cells. ',' when nothing splits. */
char mn_csv_delimiter(struct mn_str head);
/* Appends name and version of the library, for `manumit doctor`: those of its header,
 * because it does not tell. */
void mn_csv_library(struct mn_buf *out);

#endif

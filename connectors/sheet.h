/*
 * Private to the room: the rows of a sheet, one after another, in memory that does not
 * grow with the sheet. Rows and cells may be sparse, without their names, or out of
 * order; blank rows are skipped.
 */
#ifndef MN_CONNECTORS_SHEET_H
#define MN_CONNECTORS_SHEET_H

#include "manumit/connectors/csv.h"

#include "book.h"
#include "merges.h"

enum mn_cell_mark {
	MN_CELL_PLAIN,
	MN_CELL_ERROR,    /* shows an error: no value */
	MN_CELL_UNSTORED, /* a formula whose value was never stored */
	MN_CELL_LOST,     /* its text is not in the workbook */
	MN_CELL_CARRIED   /* the label of a merged range, from a row above */
};

struct mn_sheet_row {
	struct mn_csv_row row; /* borrowed until the next one */
	const uint8_t *mark;   /* a cell: enum mn_cell_mark */
	const uint8_t *number; /* a cell: is it stored as a number, not as its text? */
	uint32_t n_marked;
	uint64_t line; /* number of the row in the sheet */
	bool too_long; /* past MN_MAX_RECORD bytes: the rest is dropped */
	bool disorder; /* from here on rows are counted: their numbers go backwards */
};

struct mn_sheet;
/* book: styles and strings, borrowed. merges may be NULL. */
struct mn_sheet *mn_sheet_new(const struct mn_book *book, const struct mn_merges *merges,
    mn_xml_read *read, void *from, struct mn_str what, struct mn_err *err);
/* 1 and a row that is not blank, its text in `a`; 0 at the end, -1 err. */
int mn_sheet_next(
    struct mn_sheet *s, struct mn_arena *a, struct mn_sheet_row *out, struct mn_err *err);
void mn_sheet_free(struct mn_sheet *s); /* NULL is fine */

#endif

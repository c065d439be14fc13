/*
 * The tables of a file: a workbook has one a sheet, every other file is one. Each is
 * opened as an input of its own (mn_input_open_part).
 */
#ifndef MN_CONNECTORS_TABLES_H
#define MN_CONNECTORS_TABLES_H

#include "manumit/connectors/csv.h"
#include "manumit/connectors/input.h"

struct mn_input_tables {
	const struct mn_input_table *v;
	uint32_t n;
	bool workbook; /* what v says of kinds was looked up */
};

/* path: without a part. kind: sheets are tried as this, MN_KIND_ANY as what their names
 * say, else as anything. False and err when a workbook cannot be read; of other files
 * nothing is looked at but the first bytes. Slices live as long as the arena. */
bool mn_tables_list(struct mn_arena *a, const struct mn_mappings *m, const char *path,
    enum mn_kind kind, struct mn_input_tables *out, struct mn_err *err);

/* By its first bytes; of a pipe it is not known. */
bool mn_path_is_workbook(const char *path);
/* "book.xlsx#Fees" names a sheet, unless a file has that very name: cuts the path and
 * sets *part (empty: none). */
const char *mn_path_part(struct mn_arena *a, const char *path, struct mn_str *part);

/* Rows of a table as they stand, unmapped: for tables that are no input of a run. The
 * file is parsed by a child, or here, as the mappings say (NULL: here). */
enum mn_raw {
	MN_RAW_NONE,
	MN_RAW_TABLE, /* delimited text or a workbook; blank rows are left out */
	MN_RAW_TABS   /* the same of a workbook; of text, cells between tabs, quotes are
			 text, and every line is a row */
};
/* part: the sheet, empty: the one named `usual`, or the only one. NULL and err. */
struct mn_rows;
struct mn_rows *mn_rows_open(struct mn_arena *a, const struct mn_mappings *m,
    const char *path, struct mn_str part, struct mn_str usual, enum mn_raw how,
    struct mn_err *err);
/* 1 and a row (valid until the next), 0 at the end, -1 err. */
int mn_rows_next(
    struct mn_rows *r, struct mn_csv_row *row, uint64_t *line, struct mn_err *err);
void mn_rows_close(struct mn_rows *r);

#endif

/*
 * A small table as it stands, whole in memory: for inputs whose columns are not fields of
 * ours, such as an overlap table with a column a list. Delimited text in any encoding
 * that is known here, or one sheet of a workbook; each also packed by gzip. Read by a
 * child process in a cage (base/sandbox.h) unless somebody says otherwise.
 */
#ifndef MN_CONNECTORS_PLAIN_TABLE_H
#define MN_CONNECTORS_PLAIN_TABLE_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

struct mn_plain_row {
	uint64_t line;             /* on which it begins, or the sheet's number of it */
	const struct mn_str *cell; /* trimmed UTF-8 */
	uint32_t n;
};
struct mn_plain_table {
	struct mn_str file;             /* as the user named it */
	const struct mn_plain_row *row; /* those that are not blank, the header first */
	uint32_t n;
};

/* path may name a sheet, "book.xlsx#Overlaps", or be "-"; usual: the sheet that is taken
 * of several when none is named. NULL and err: the file cannot
 * be read, is empty, or holds more than MN_PLAIN_BYTES. Everything lives as long as the
 * arena. */
const struct mn_plain_table *mn_plain_table_read(struct mn_arena *a, const char *path,
    struct mn_str usual, bool apart, struct mn_err *err);

/* The column whose header is one of the words (folded comparison; separated by '|'), or
 * UINT32_MAX. */
uint32_t mn_plain_table_column(const struct mn_plain_table *t, const char *words);
/* The cell, or empty where the row is shorter. */
struct mn_str mn_plain_cell(const struct mn_plain_row *row, uint32_t column);

#endif

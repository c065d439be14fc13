/*
 * Writing CSV (RFC 4180, LF): quoting, and cells that a spreadsheet would take for a
 * formula (= + - @ tab CR at the beginning) get a leading apostrophe unless they are
 * plain numbers.
 */
#ifndef MN_REPORT_CSVW_H
#define MN_REPORT_CSVW_H

#include "manumit/base/file.h"

/* Writes one cell, after a comma unless it is the first of the row. */
void mn_csvw_cell(struct mn_out *o, struct mn_str s, bool first);
/* The same into a buffer. */
void mn_csvw_cell_buf(struct mn_buf *b, struct mn_str s, bool first);

#endif

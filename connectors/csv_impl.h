/* Private to the room: what cutting and splitting delimited text share. */
#ifndef MN_CONNECTORS_CSV_IMPL_H
#define MN_CONNECTORS_CSV_IMPL_H

#include "manumit/base/limits.h"
#include "manumit/connectors/csv.h"

/* Blanks round a cell are no part of it. */
static inline bool
mn_csv_blank(char c, char delimiter)
{
	return (c == ' ' || c == '\t') && c != delimiter;
}

/* As mn_csv_cut, of a record that is one line and easily seen to be; 0: of any other. */
size_t mn_csv_cut_line(struct mn_str s, char delimiter);

#endif

/* Private to the room: rows of a plain table as bytes, from the child to its parent. */
#ifndef MN_CONNECTORS_PLAIN_ROWS_H
#define MN_CONNECTORS_PLAIN_ROWS_H

#include "manumit/base/buf.h"
#include "manumit/connectors/plain_table.h"

#include "input_impl.h"

/* Reads the open file (taken over) and appends its rows, then how it ended: well, or with
 * what error. */
void mn_plain_rows_write(
    const struct mn_input_file *file, struct mn_str usual, struct mn_buf *out);
/* What somebody else wrote, believed in nothing: lengths, texts and numbers of rows are
 * checked. Borrows from bytes. */
bool mn_plain_rows_read(struct mn_arena *a, struct mn_str bytes,
    struct mn_plain_table *out, struct mn_err *err);

#endif

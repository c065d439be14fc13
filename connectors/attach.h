/*
 * Private to the room: lines of a file that belong to other lines of it, kept in memory
 * between the two passes over the file. Only the values that the layout maps are kept.
 */
#ifndef MN_CONNECTORS_ATTACH_H
#define MN_CONNECTORS_ATTACH_H

#include "input_impl.h"
#include "multi.h"

#define MN_ATTACH_BYTES \
	((size_t)256 << 20) /* kept a file; OpenSanctions needs 100 MiB \
			     */

/* Value of a path of a line, empty when it has none; several as multi.h joins them. */
typedef struct mn_str mn_path_fn(void *ctx, struct mn_str path);

/* Keeps what a line says of others, if it is such a line. */
void mn_attach_keep(struct mn_input *in, mn_path_fn *value, void *ctx);
/* After the last line: makes the kept values findable. */
void mn_attach_sort(struct mn_input *in);
/* Is the line one that was attached to others? */
bool mn_attach_is(const struct mn_input *in, mn_path_fn *value, void *ctx);
/* Adds to the cells of a row (one a column) what was attached to it. */
void mn_attach_fill(struct mn_input *in, struct mn_cells *cells);

#endif

/*
 * Private to the room: objects as rows. The columns are the paths of the values
 * ("properties.name"); a path with several values gives a cell as multi.h reads it.
 */
#ifndef MN_CONNECTORS_JSON_ROWS_H
#define MN_CONNECTORS_JSON_ROWS_H

#include "manumit/base/json.h"
#include "manumit/base/limits.h"

#include "attach.h"
#include "input_impl.h"

#define MN_JSON_LOOK ((size_t)1 << 20) /* bytes of objects whose paths become columns */

struct mn_json_columns {
	struct mn_str cell[MN_MAX_COLUMNS];
	uint32_t n;
};

/* Adds the paths of an object. */
void mn_json_look(
    struct mn_input *in, struct mn_json_columns *seen, const struct mn_json *v);
/* Finds and maps the header: the columns of the layout that were seen, in its order, then
 * all others. items: the list that the objects are in (json_scan.h). */
bool mn_json_header(struct mn_input *in, const struct mn_json_columns *seen,
    enum mn_kind kind, struct mn_str items, struct mn_err *err);
/* The cells of an object, with what was attached to it, copied into in->row. */
void mn_json_fill(struct mn_input *in, const struct mn_json *v, struct mn_csv_row *row);
/* The values of one path, joined; ctx is a struct mn_json_line. */
struct mn_json_line {
	struct mn_input *in;
	const struct mn_json *v;
};
struct mn_str mn_json_value_of(void *ctx, struct mn_str path);

#endif

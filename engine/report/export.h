/* Private to the room: the parts of an export that have a file of their own. */
#ifndef MN_REPORT_EXPORT_IMPL_H
#define MN_REPORT_EXPORT_IMPL_H

#include "manumit/report/view.h"

/* The pack rows by which the entity was read and scored, one a line. */
void mn_export_pack_rows(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, struct mn_buf *out);

#endif

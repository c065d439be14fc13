/*
 * Private to the room: copies for audiences that do not see everything.
 */
#ifndef MN_REPORT_COPY_H
#define MN_REPORT_COPY_H

#include "manumit/report/view.h"

/* Takes out of a view what its reader does not see; the rest of the room need not ask. */
void mn_view_redact(const struct mn_report *r, struct mn_arena *a, struct mn_view *v);

#endif

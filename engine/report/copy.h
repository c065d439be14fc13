/*
 * Private to the room: copies for audiences that do not see everything.
 */
#ifndef MN_REPORT_COPY_H
#define MN_REPORT_COPY_H

#include "manumit/report/view.h"

/* Takes out of a view what its reader does not see; the rest of the room need not ask. */
void mn_view_redact(const struct mn_report *r, struct mn_arena *a, struct mn_view *v);
/* Leaves of the statements in a view what the audience may know of, and makes the card
 * again: the one that a copy for that audience has. */
void mn_view_retell(const struct mn_report *r, struct mn_arena *a, struct mn_view *v);
/* Takes what workers said out of an internal view, without touching anything else. */
void mn_view_hush(const struct mn_report *r, struct mn_arena *a, struct mn_view *v);
/* Leaves of what was done, in place, what the reader is told of. Returns how much. */
uint32_t mn_view_redact_done(
    const struct mn_report *r, struct mn_done *d, uint32_t n, struct mn_arena *a);
/* Is the reader told of rows of this table at all? */
bool mn_view_table_shown(const struct mn_report *r, enum mn_kind kind);

#endif

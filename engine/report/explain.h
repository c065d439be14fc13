/*
 * Private to the room: the parts of `explain` that have a file of their own.
 */
#ifndef MN_REPORT_EXPLAIN_H
#define MN_REPORT_EXPLAIN_H

#include "manumit/report/report.h"

/* What is to be done and what was, in the order to be done: as text, and as the member
 * "plan". The same rows as the dossier's. */
void mn_text_plan(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
void mn_json_whole_plan(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);

#endif

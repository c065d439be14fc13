/*
 * Private to the room: how old what a run was compared with is, and what it lacks.
 */
#ifndef MN_REPORT_EDITION_H
#define MN_REPORT_EDITION_H

#include "manumit/base/jsonw.h"
#include "manumit/report/view.h"

/* "edition of 2026-08-02 (91 days old: stale, looked at again after 30). Missing: ..."
 * Nothing when there is no edition. */
void mn_html_edition(struct mn_out *o, const struct mn_report *r, struct mn_str edition,
    int64_t stale_after_days, struct mn_str missing);
/* The members edition, age_days, stale and missing of a manifest row. */
void mn_json_edition(struct mn_jsonw *w, const struct mn_report *r, struct mn_str edition,
    int64_t stale_after_days, struct mn_str missing);

#endif

/* Private to the room: members of results.jsonl about remedy. */
#ifndef MN_REPORT_RESULTS_REMEDY_H
#define MN_REPORT_RESULTS_REMEDY_H

#include "manumit/report/report.h"

/* Of an entity: plan, remedy, done. */
void mn_json_remedy(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);
/* Of the header: profile, effects of gates on the user, done. */
void mn_json_user(struct mn_jsonw *w, const struct mn_report *r, struct mn_arena *a);

#endif

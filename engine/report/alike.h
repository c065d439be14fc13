/* Private to the room: rows taken for one entity, rows kept apart although alike. */
#ifndef MN_REPORT_ALIKE_H
#define MN_REPORT_ALIKE_H

#include "manumit/report/report.h"

/* Two tables for the dossier; nothing for an entity of one row that resembles no other.
 */
void mn_html_alike(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* The same for `explain`: two sections of text. */
void mn_text_alike(struct mn_buf *out, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* "source_ids": the user's ids of all rows, each once. */
void mn_json_source_ids(struct mn_jsonw *w, const struct mn_view *v);
/* "members" and "refused". */
void mn_json_alike(
    struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v);

#endif

/*
 * Private to the room: what stands in the annex of every report: numbers that a tailoring
 * file replaced, and how much depends on which constant.
 */
#ifndef MN_REPORT_ANNEX_H
#define MN_REPORT_ANNEX_H

#include "manumit/report/report.h"

/* Nothing where nothing was tailored. */
void mn_html_tailoring(struct mn_out *o, const struct mn_report *r);
void mn_json_tailoring(struct mn_jsonw *w, const struct mn_report *r);

/* Nothing where it was not asked for. Of all entities, and of one. */
void mn_html_sensitivity(struct mn_out *o, const struct mn_report *r);
void mn_json_sensitivity(struct mn_jsonw *w, const struct mn_report *r);
void mn_html_sensitivity_of(
    struct mn_out *o, const struct mn_report *r, const struct mn_view *v);
void mn_json_sensitivity_of(
    struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v);

/* Inspections by authority and selection; nothing where there is none. */
void mn_html_inspected(struct mn_out *o, const struct mn_report *r);
void mn_json_inspected(struct mn_jsonw *w, const struct mn_report *r);

#endif

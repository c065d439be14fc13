/*
 * The renderers: one file each, one row each in engine/report/table.c.
 */
#ifndef MN_REPORT_REPORT_H
#define MN_REPORT_REPORT_H

#include "manumit/base/jsonw.h"
#include "manumit/report/view.h"

/* Is a file or folder of this name part of a report? */
bool mn_report_has(struct mn_str name);
/* Renders every output of the table that the audience has into dir (which exists):
 * index.html, entity/ID.html, results.jsonl, results.csv, results.xlsx, review.csv,
 * manifest.json. Files are written atomically but synced by the caller as one tree. */
bool mn_report_render(const struct mn_report *r, const char *dir, struct mn_err *err);

/* Single renderers, for tests and other commands. */
bool mn_report_index(const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_dossiers(const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_results(const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_results_csv(
    const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_results_xlsx(
    const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_review(const struct mn_report *r, const char *dir, struct mn_err *err);
bool mn_report_manifest(const struct mn_report *r, const char *dir, struct mn_err *err);

/* The record of one entity as results.jsonl has it, indented. */
bool mn_report_record(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, struct mn_buf *out, struct mn_err *err);

/* Is it one of those of whom everything is written out: all in small portfolios, in large
 * ones those on the portfolio page? */
bool mn_report_in_detail(const struct mn_report *r, const struct mn_card *card);
/* Should this entity have a dossier page? */
bool mn_report_has_dossier(const struct mn_report *r, const struct mn_card *card);

/* `manumit explain`: every contribution down to file, line, field and pack row, with P
 * without it; sums exact. Text for people or one JSON object. */
bool mn_report_explain(const struct mn_report *r, struct mn_eid id, bool json,
    struct mn_buf *out, struct mn_err *err);
/* `manumit explain --markdown`: the dossier page of an entity, whether the report has it
 * or not, as CommonMark with tables. Appends to out. */
bool mn_report_markdown(
    const struct mn_report *r, struct mn_eid id, struct mn_buf *out, struct mn_err *err);

#endif

/* Private to the room: how each output says what stands behind an entity. */
#ifndef MN_REPORT_BEHIND_OUT_H
#define MN_REPORT_BEHIND_OUT_H

#include "html.h"
#include "sheets.h"

/* results.jsonl: the member "exposure"; an entry of the list "gates" for each way in
 * which gate i is reached, and whether there was one. */
void mn_json_behind(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena scratch);
bool mn_json_behind_gate(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, uint32_t gate, struct mn_arena scratch);
/* explain: its paragraphs, and the lines below gate i. */
void mn_text_behind(struct mn_buf *out, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);
void mn_text_behind_gate(struct mn_buf *out, const struct mn_report *r,
    const struct mn_view *v, uint32_t gate, struct mn_arena *a);
/* Dossier: its section, and what stands in the cell of gate i. */
void mn_html_behind(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
void mn_html_behind_gate(struct mn_out *o, const struct mn_report *r,
    const struct mn_view *v, uint32_t gate, struct mn_arena *a);
/* A drawing of the paths, with all of it in words as its title. */
void mn_svg_paths(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* The portfolio page: how much is mapped, and what stands behind suppliers. */
bool mn_html_index_supply(
    struct mn_out *o, const struct mn_report *r, struct mn_err *err);
/* results.xlsx: rows of the sheet Supply paths. */
extern const struct mn_xlsxw_spec MN_SHEET_PATHS_SPEC;
void mn_sheet_paths(
    const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a);

#endif

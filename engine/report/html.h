/*
 * Private to the room: writing HTML. Text is always escaped; markup comes only from
 * string literals of this room.
 */
#ifndef MN_REPORT_HTML_H
#define MN_REPORT_HTML_H

#include "manumit/report/messages.h"
#include "manumit/report/report.h"

/* An output in the language of the report; path NULL: in memory (mn_out_take). NULL and
 * err. All below look English up. */
struct mn_out *mn_html_open(
    const struct mn_report *r, const char *path, struct mn_err *err);

/* Markup from a literal. */
void mn_html(struct mn_out *o, const char *markup);
/* Markup from a literal with printf's conversions; arguments are not escaped. */
void mn_html_say(struct mn_out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Text, escaped for elements and quoted attributes; invalid UTF-8 and controls become
 * U+FFFD. */
void mn_html_text(struct mn_out *o, struct mn_str s);
/* The same of a text of the program or of a pack, in the language of the page: never of
 * what a file of the user says. */
void mn_html_c(struct mn_out *o, const char *text);
void mn_html_told(struct mn_out *o, struct mn_str text);
/* A word of the program in the language of the page, to be an argument. */
const char *mn_html_word(const struct mn_out *o, const char *english);
/* printf whose result is escaped as text. */
void mn_html_fmt(struct mn_out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* <tag>text</tag>; tag may carry attributes after a blank. */
void mn_html_el(struct mn_out *o, const char *tag, struct mn_str text);
/* A name in whatever script, isolated so that its direction stays its own. */
void mn_html_name(struct mn_out *o, struct mn_str s);
/* Text of several lines, a break between. */
void mn_html_lines(struct mn_out *o, struct mn_str s);
/* Document head with title and style, and the end. */
void mn_html_begin(struct mn_out *o, struct mn_str title);
/* The same with more rules behind the stylesheet. */
void mn_html_begin_styled(struct mn_out *o, struct mn_str title, const char *more);
void mn_html_end(struct mn_out *o, const struct mn_report *r);
/* Of a copy: for whom it is made, to stand in its heading. */
void mn_html_made_for(struct mn_out *o, const struct mn_report *r);
/* Words in a box: the band, a gate status. */
void mn_html_band(struct mn_out *o, const struct mn_card *c);
void mn_html_status(struct mn_out *o, unsigned status);
void mn_html_day(struct mn_out *o, int32_t day);
/* "unverified source" where a pack row says so. */
void mn_html_mark(struct mn_out *o, const struct mn_prov *p);
/* The sentence that every page carries. */
extern const char MN_HTML_LIMITS[];
extern const char MN_HTML_STYLE[];
extern const char MN_HTML_SCRIPT[];

/* A page of this room as Markdown. */
void mn_markdown(struct mn_str html, struct mn_buf *out);

/* Pictures, each with a title for those who do not see it. */
void mn_svg_interval(struct mn_out *o, const struct mn_pack *p, const struct mn_card *c);
void mn_svg_waterfall(struct mn_out *o, const struct mn_pack *p, const struct mn_card *c);
void mn_svg_bands(struct mn_out *o, const struct mn_report *r);

/* Facts of the reference packs about a country, as a table; nothing when there is none.
 */
void mn_html_facts(struct mn_out *o, const struct mn_report *r, struct mn_str country);
/* Section 3: the five channels, their ends, sources and ages. */
void mn_html_context(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* One dossier into an open output. */
void mn_html_dossier(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
/* Parts of its sections 8 and 9: the order that harms nobody, the corrective action plan,
 * the ledger, visits and training, contacts. What has nothing to say writes nothing. */
void mn_html_order(struct mn_out *o, const struct mn_report *r, const struct mn_view *v);
void mn_html_plan(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
void mn_html_remedy_so_far(struct mn_out *o, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);
bool mn_html_done(struct mn_out *o, const struct mn_report *r, const struct mn_done *d,
    uint32_t n, struct mn_arena *a);
void mn_html_referral(struct mn_out *o, const struct mn_report *r, struct mn_str country);
/* Its second half: sections 6 to 11. */
void mn_html_dossier_rest(struct mn_out *o, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);
/* On the portfolio page: what was done in all, and what is overdue; nothing when nothing
 * was recorded. */
/* Those to ask first, by what is known of their context. */
bool mn_html_index_groups(
    struct mn_out *o, const struct mn_report *r, struct mn_err *err);
bool mn_html_index_done(struct mn_out *o, const struct mn_report *r, struct mn_err *err);

#endif

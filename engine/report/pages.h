/*
 * Private to the room: a portfolio that is more than a page. How its entities are spread
 * over countries and sectors, and lists of all of them in pages that each open at once.
 */
#ifndef MN_REPORT_PAGES_H
#define MN_REPORT_PAGES_H

#include "html.h"

/* More than the 249 codes of ISO 3166-1, and than the sectors of the context pack. */
#define MN_SPREAD_GROUPS 512

struct mn_spread_group {
	struct mn_str key;  /* a country's alpha-2 code or a sector's name; "": unknown */
	struct mn_str name; /* in words */
	uint64_t n, bands[MN_BANDS];
};

struct mn_spread_of {
	struct mn_spread_group group[MN_SPREAD_GROUPS];
	uint32_t n;
	uint16_t slot[2 * MN_SPREAD_GROUPS]; /* by hash of the key: a group, plus 1 */
};

struct mn_spread {
	struct mn_spread_of country, sector;
};

/* One entity more, of mn_view_brief. Strings are copied into kept. */
void mn_spread_add(struct mn_spread *s, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *kept, struct mn_arena *scratch);
/* The row of a country; where the table is full, the one of those unknown. */
struct mn_spread_group *mn_spread_country(struct mn_spread *s, const struct mn_report *r,
    struct mn_str code, struct mn_arena *kept);
/* Those with most in the upper three bands first, then the most, then by name. */
void mn_spread_order(struct mn_spread_of *of, struct mn_arena scratch);

/* Stacked bars, one a group, with all of it in words. */
void mn_svg_spread(struct mn_out *o, const struct mn_spread_of *of, const char *title);
/* The section of the portfolio page. */
bool mn_html_index_spread(
    struct mn_out *o, const struct mn_report *r, struct mn_err *err);

/* Are there pages of lists? Where the portfolio page does not show all. */
bool mn_report_paged(const struct mn_report *r);
/* list/: all entities in order, by country and by name. */
bool mn_report_pages(const struct mn_report *r, const char *dir, struct mn_err *err);
/* "country-bd": what the pages of a group are called; "country-unknown" without a code.
 */
struct mn_str mn_country_pages(struct mn_str code, char out[24]);
/* On the portfolio page, under a list that was cut: where the rest stands. */
void mn_html_index_more(struct mn_out *o, const struct mn_report *r, uint64_t skipped);

/* Dossier: when what was found, on a line of years; nothing where no day is told. */
void mn_svg_timeline(
    struct mn_out *o, const struct mn_report *r, const struct mn_view *v);

#endif

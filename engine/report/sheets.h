/*
 * Private to the room: the tables of results.csv and results.xlsx. All numbers of workers
 * pass the same minimum cell as in the dossier.
 */
#ifndef MN_REPORT_SHEETS_H
#define MN_REPORT_SHEETS_H

#include "manumit/report/report.h"

#include "xlsxw.h"

/* One row an entity. */
#define MN_ENTITY_COLUMNS(X) \
	X(id, "Your id", ID, 12, NULL) \
	X(name, "Name", WRAP, 36, NULL) \
	X(country, "Country", ID, 9, NULL) \
	X(role, "Role", TEXT, 10, NULL) \
	X(band, "Band", TONE, 10, \
	    "How far the evidence at hand points. Unknown means that nobody has looked " \
	    "enough: a reason to ask, never low.") \
	X(list, "List", TEXT, 10, \
	    "act: evidence or a list speaks of it. ask first: too little is known.") \
	X(next_step, "Next step", WRAP, 26, NULL) \
	X(because, "Because", WRAP, 36, NULL) \
	X(gates, "Legal gates", WRAP, 28, \
	    "Beside the band, never in it. A name alone is a possible match; only an " \
	    "identifier or a person's decision states a hit.") \
	X(likelihood, "Likelihood", Q16, 10, \
	    "A design value of this project between 0 and 1, no probability of guilt.") \
	X(interval_low, "From", Q16, 8, \
	    "The interval that what is not known leaves open.") \
	X(interval_high, "To", Q16, 8, NULL) \
	X(completeness, "Known", PERCENT, 8, \
	    "How much of what should be known is known.") \
	X(severity, "Severity", Q16, 9, \
	    "How grave, how many people, how hard to put right: 0 to 1.") \
	X(priority, "Priority", Q16, 9, \
	    "Severity times likelihood: the order to act in.") \
	X(statements, "Statements", INT, 11, "Rows of the sheet Evidence.") \
	X(spend, "Spend", MONEY, 14, NULL) \
	X(currency, "Currency", ID, 9, NULL) \
	X(sector, "Sector", TEXT, 22, NULL) \
	X(product, "Product", TEXT, 22, NULL) \
	X(tier, "Tier", INT, 6, NULL) \
	X(native_name, "Name in its own script", TEXT, 26, NULL) \
	X(rows, "Rows", INT, 6, "Rows of your lists that were taken for this one.") \
	X(dossier, "Dossier", LINK, 30, NULL) \
	X(entity_id, "Entity id", ID, 34, NULL) \
	X(exposure, "Exposure", Q16, 10, \
	    "To what stands behind it along the supply graph: beside the likelihood, " \
	    "never part of it.") \
	X(tiers_known, "Tiers known", INT, 9, \
	    "Tiers of supply known behind it; 3: three or more.")

enum mn_entity_column {
#define MN_X(key, head, style, width, note) MN_EC_##key,
	MN_ENTITY_COLUMNS(MN_X)
#undef MN_X
	    MN_EC_COUNT
};
extern const struct mn_column MN_ENTITY_COLUMN[MN_EC_COUNT];

/* Its values; texts live in the arena or the view. */
void mn_entity_values(const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a, struct mn_val out[MN_EC_COUNT]);

/* Every entity once: those to act on by priority, those to ask first, the others by name.
 * detail says of whom the evidence is wanted too (NULL: of nobody). */
bool mn_entities_each(const struct mn_report *r,
    bool (*detail)(const struct mn_report *r, const struct mn_card *card),
    bool (*fn)(void *ctx, const struct mn_view *v, struct mn_arena *a), void *ctx,
    struct mn_err *err);

/* The sheets with one or more rows an entity. */
enum mn_sheet {
	MN_SHEET_ENTITIES,
	MN_SHEET_EVIDENCE,
	MN_SHEET_QUESTIONS,
	MN_SHEET_GATES,
	MN_SHEET_PATHS,
	MN_SHEET_FEES,
	MN_SHEET_ACTIONS,
	MN_SHEET_REMEDIATION,
	MN_SHEET_DECISIONS,
	MN_SHEET_COUNT
};
/* By enum mn_sheet. */
extern const struct mn_xlsxw_spec *const MN_SHEET[MN_SHEET_COUNT];

struct mn_sheets {
	const struct mn_report *r;
	struct mn_xlsxw_sheet *at[MN_SHEET_COUNT];
};
/* Whose rows stand on all sheets: everybody's, unless they would be too many. */
bool mn_sheets_detail(const struct mn_report *r, const struct mn_card *card);
void mn_sheets_entity(
    const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a);
/* Rows of the sheets Actions and Remediation, which `manumit record` reads back. */
void mn_sheets_remedy(
    const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a);
extern const struct mn_xlsxw_spec MN_SHEET_ACTIONS_SPEC, MN_SHEET_REMEDIATION_SPEC;
/* Its fee aggregates; sheet_fees.c. */
extern const struct mn_xlsxw_spec MN_SHEET_FEE_SPEC;
void mn_sheet_fees(
    const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a);
/* A row of review.csv, as mn_review_each gives it; ctx is struct mn_sheets. */
void mn_sheets_decision(void *ctx, const struct mn_str *cell);

/* The first page: what this is, and counts. */
extern const struct mn_xlsxw_spec MN_SHEET_SUMMARY;
void mn_sheet_summary(struct mn_xlsxw_sheet *s, const struct mn_report *r);

#endif

/*
 * Statements that a law asks for: each requirement filled from named outputs of a
 * published generation, or left to a human, who is told what is missing. Nothing is
 * written that no row stands behind. Texts and tables first, then one renderer a format.
 */
#ifndef MN_REPORT_STATEMENT_H
#define MN_REPORT_STATEMENT_H

#include "manumit/report/report.h"

enum mn_st_kind {
	MN_ST_TITLE,
	MN_ST_HEAD, /* of a requirement */
	MN_ST_PART, /* of an output in it */
	MN_ST_LAW,  /* what the law asks, in own words */
	MN_ST_TEXT,
	MN_ST_ITEM,
	MN_ST_TABLE, /* cells, row by row; the first row is the header */
	MN_ST_GAP,   /* what a human has to write, or what is missing */
	MN_ST_NOTE
};

struct mn_st_block {
	enum mn_st_kind kind;
	struct mn_str text; /* of a table: its caption */
	struct mn_str *cell;
	uint32_t rows, cols;
};

/* A figure and where it comes from: a row of the evidence index. */
struct mn_st_figure {
	struct mn_str requirement, output, label, value, from;
};

/* A column of the UK registry. */
struct mn_st_cell {
	const char *column;
	struct mn_str value; /* empty: nothing may be said */
	const char *state;   /* "filled", "confirm", "human" */
};

struct mn_statement {
	const struct mn_report *r;
	const struct mn_p_law *law;
	int year;
	struct mn_arena *a;
	struct mn_st_block *block;
	uint32_t n_block, cap_block;
	struct mn_st_figure *figure;
	uint32_t n_figure, cap_figure;
	struct mn_st_cell *cell; /* of the registry; only under UK law */
	uint32_t n_cell;
	bool traces;                /* tracing.csv belongs to it */
	uint32_t asked, data, gaps; /* requirements; with data; gaps marked */
	uint32_t withheld;          /* texts that looked like personal data */
	bool (*personal)(struct mn_str s);
};

/* The law of that code, or NULL and err with the nearest. */
const struct mn_p_law *mn_statement_law(
    const struct mn_report *r, struct mn_str code, struct mn_err *err);
/* Everything lives in the arena. Free text of the user of which `personal` says that it
 * looks like personal data is withheld, and counted. */
bool mn_statement_build(const struct mn_report *r, const struct mn_p_law *law, int year,
    bool (*personal)(struct mn_str s), struct mn_arena *a, struct mn_statement *out,
    struct mn_err *err);
/* statement.md, statement.html, statement.docx, evidence-index.csv; where the law has
 * them registry.csv, registry.json and tracing.csv. dir exists. */
bool mn_statement_write(
    const struct mn_statement *s, const char *dir, struct mn_err *err);
/* Is a file of this name part of a statement? */
bool mn_statement_has(struct mn_str name);

#endif

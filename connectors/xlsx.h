/* Private to the room: workbooks as inputs (xlsx.c), and which of their sheets
 * (tables.c). */
#ifndef MN_CONNECTORS_XLSX_H
#define MN_CONNECTORS_XLSX_H

#include "manumit/connectors/tables.h"

#include "format.h"
#include "sheet.h"

struct mn_xlsx {
	struct mn_book book;
	const struct mn_book_sheet *chosen;
	/* the sheet being read */
	struct mn_part part;
	struct mn_merges merges;
	const struct mn_entry *merges_of; /* the sheet that they are of, or NULL */
	struct mn_arena merge_root, merge_arena;
	struct mn_sheet *sheet;
	bool told_disorder;
	uint32_t header; /* the row of it, among those that are not blank */
};

/* What a sheet is good for. */
struct mn_fit {
	enum mn_kind named; /* by its name, MN_K_COUNT: no kind's */
	enum mn_kind kind;  /* as which it can be read, MN_K_COUNT: as none */
	bool layout;        /* a known one */
	uint32_t mapped;    /* columns with a meaning */
	struct mn_err why;  /* of MN_K_COUNT */
};

bool mn_xlsx_is(struct mn_str head);
/* Opens the workbook of in->stream; in->state is set, and freed by the format's close. */
bool mn_xlsx_open(struct mn_input *in, struct mn_err *err);
/* Begins to read a sheet from its top; ends the one before. */
bool mn_xlsx_begin(
    struct mn_input *in, const struct mn_book_sheet *sheet, struct mn_err *err);
/* The first rows of the sheet that are not blank, kept in `a`; *n: how many. */
bool mn_xlsx_head(struct mn_input *in, struct mn_arena *a, struct mn_head_row *r,
    uint32_t *n, struct mn_err *err);
/* Tries a sheet as `kind` (MN_KIND_ANY: as what its name says, else as anything). */
void mn_xlsx_fit(struct mn_input *in, const struct mn_book_sheet *sheet,
    enum mn_kind kind, struct mn_fit *out);
/* The sheet asked for (in->part), else the one that fits best. */
const struct mn_book_sheet *mn_xlsx_choose(
    struct mn_input *in, enum mn_kind kind, struct mn_err *err);

#endif

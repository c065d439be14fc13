/* Private to the room: a sheet being read, for its two readers: events of its XML
 * (sheet.c), and rows that need no parser (sheet_plain.c). */
#ifndef MN_CONNECTORS_SHEET_IMPL_H
#define MN_CONNECTORS_SHEET_IMPL_H

#include "manumit/base/limits.h"

#include "sheet.h"

#define MN_SHEET_ACTIVE 64  /* merged ranges that may reach into one row from above */
#define MN_SHEET_LABEL 1024 /* bytes; longer text is no label */

enum mn_cell_type { T_NUMBER, T_SHARED, T_TEXT, T_BOOL, T_ERROR, T_DAY };

struct mn_sheet_active {
	struct mn_merge m;
	size_t n;
	char label[MN_SHEET_LABEL];
};

struct mn_sheet {
	const struct mn_book *book;
	struct mn_xml *xml;
	struct mn_str what;
	struct mn_arena *a; /* of the row at hand */
	bool in_data, in_row, in_cell, in_value, has_value, has_formula;
	unsigned phonetic;
	/* the cell */
	uint32_t column;
	enum mn_cell_type type;
	struct mn_style style;
	struct mn_buf text, plain;
	/* the row */
	struct mn_str cell[MN_MAX_COLUMNS];
	uint8_t mark[MN_MAX_COLUMNS], number[MN_MAX_COLUMNS];
	uint32_t n, own, marked; /* cells; those with a value of their own; with a mark */
	uint64_t line;
	size_t bytes;
	bool too_wide, too_long, disorder;
	/* merged ranges */
	const struct mn_merges *merges;
	uint32_t next_merge, n_active;
	struct mn_sheet_active active[MN_SHEET_ACTIVE];
};

/* name: the row's number as it is written; p NULL: it has none. */
void mn_sheet_row_begin(struct mn_sheet *s, struct mn_str name);
void mn_sheet_row_end(struct mn_sheet *s);
void mn_sheet_cell_begin(struct mn_sheet *s);
void mn_sheet_cell_att(struct mn_sheet *s, char name, struct mn_str value);
/* raw: its value as it is written. stays: until the next row is asked for. */
void mn_sheet_cell_end(struct mn_sheet *s, struct mn_str raw, bool stays);
/* Rows that are plain, as xml.h wants it. */
size_t mn_sheet_plain(void *sheet, struct mn_str text);

#endif

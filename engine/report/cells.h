/*
 * Private to the room: cells of tables, before it is known whether a spreadsheet or a CSV
 * file gets them. A column says how a value is shown, a value only what it is.
 */
#ifndef MN_REPORT_CELLS_H
#define MN_REPORT_CELLS_H

#include "manumit/base/file.h"

enum mn_val_kind {
	MN_VAL_NONE,
	MN_VAL_TEXT,
	MN_VAL_INT,
	MN_VAL_Q16, /* printed with four decimals */
	MN_VAL_E4,  /* a decimal times 10000 */
	MN_VAL_DAY
};

struct mn_val {
	uint8_t kind;  /* enum mn_val_kind */
	uint8_t style; /* enum mn_style, or 0: the column's */
	struct mn_str text;
	int64_t n;
};

enum mn_style {
	MN_ST_COLUMN, /* of a value: that of its column */
	MN_ST_TEXT,
	MN_ST_WRAP,  /* several lines */
	MN_ST_ID,    /* text, also when somebody types digits over it */
	MN_ST_INT,   /* 1,234 */
	MN_ST_Q16,   /* 0.5513 */
	MN_ST_MONEY, /* 1,234.50 */
	MN_ST_PERCENT,
	MN_ST_DAY,
	MN_ST_LINK,     /* the text is the path of a file beside the workbook */
	MN_ST_TONE,     /* a band or a gate's status: in its colour */
	MN_ST_FILL,     /* for a person to fill in */
	MN_ST_FILL_DAY, /* the same, a day */
	MN_ST_DECIMAL,  /* a number as it was typed */
	MN_ST_HEAD,
	MN_ST_HEAD_NUMBER,
	MN_ST_TITLE,
	MN_ST_LEAD, /* a sentence over several columns */
	MN_ST_SECTION,
	MN_ST_COUNT
};

struct mn_column {
	const char *key;     /* in CSV */
	const char *head;    /* in a spreadsheet; NULL: the key */
	enum mn_style style; /* of its values */
	uint16_t width;      /* characters */
	const char *note;    /* on the head, NULL: none */
	const char *choices; /* "a|b": a drop-down list; "=codes!$A$2:$A$9": its range */
	bool strict;         /* nothing else may be typed in */
};

static inline struct mn_val
mn_val_text(struct mn_str s)
{
	return (struct mn_val){.kind = s.n ? MN_VAL_TEXT : MN_VAL_NONE, .text = s};
}

static inline struct mn_val
mn_val_c(const char *s)
{
	return mn_val_text(mn_str_c(s));
}

static inline struct mn_val
mn_val_num(enum mn_val_kind kind, int64_t n)
{
	return (struct mn_val){.kind = (uint8_t)kind, .n = n};
}

/* Empty for MN_DAY_NONE. */
struct mn_val mn_val_day(int32_t day);
struct mn_val mn_val_styled(struct mn_val v, enum mn_style style);
/* A row of a CSV file. */
void mn_csvw_row(struct mn_out *o, const struct mn_val *v, uint32_t n);
/* Its header. */
void mn_csvw_head(struct mn_out *o, const struct mn_column *c, uint32_t n);

#endif

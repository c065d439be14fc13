/*
 * Private to the room: making canonical text of a cell, by field type.
 */
#ifndef MN_CONNECTORS_CELL_H
#define MN_CONNECTORS_CELL_H

#include "manumit/connectors/personal.h"
#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/model/field.h"
#include "manumit/text/country.h"

enum mn_date_order { MN_ORDER_UNKNOWN, MN_ORDER_YMD, MN_ORDER_DMY, MN_ORDER_MDY };

struct mn_cell_rules {
	const struct mn_countries *countries;
	enum mn_date_order order;
	bool decimal_comma;
	bool point_either; /* "1.234" may be a thousand and more: it is unknown */
	bool serial;       /* Excel's day numbers are dates */
	bool na_null;      /* "NA" is no country: not available */
	int years_from;    /* years of two digits are of the hundred years from then; 0:
			      they are not guessed */
};

/* What became of a cell. code NONE: fine; else a remark, and `out` is what is used. */
struct mn_cell {
	struct mn_str out; /* canonical text, in the arena or static; empty: unknown */
	enum mn_code code;
	const char *detail;
	char currency[4]; /* said beside an amount, or "" */
	bool scaled;      /* the number said itself that it is of millions, say */
};

/* s is trimmed and not empty. */
struct mn_cell mn_cell_read(
    enum mn_field f, struct mn_str s, const struct mn_cell_rules *r, struct mn_arena *a);

/* Day of a date in any of the spellings read here, or MN_DAY_NONE; *ambiguous tells that
 * day and month could be either way round. */
int32_t mn_cell_day(struct mn_str s, enum mn_date_order order, bool *ambiguous);

/* A date with the digits and signs of other scripts written in ASCII. */
#define MN_PLAIN_DATE 160
struct mn_str mn_cell_plain_date(struct mn_str s, char room[static MN_PLAIN_DATE]);
/* The day of such a date whose month is a word of another language, or whose year is of
 * an era; MN_DAY_NONE: it is none. */
int32_t mn_cell_day_in_words(struct mn_str s);
/* The day, where years of the Buddhist calendar (2456 to 2600) are meant as such. */
int32_t mn_cell_day_of(uint64_t year, uint64_t month, uint64_t day);
/* The text that a cell keeps spreadsheets from taking for a number or a formula:
 * ="00123", '00123, '+49 Works. */
struct mn_str mn_cell_text(struct mn_str s);
/* A cell without the marks that nobody sees: soft hyphens, directions, joiners. */
struct mn_str mn_cell_visible(struct mn_str s, struct mn_arena *a);

/* The same of a date whose year has two digits, of the hundred years from years_from. */
int32_t mn_cell_short_day(struct mn_str s, enum mn_date_order order, int years_from);

/* The day of an Excel day number (20000 to 60000: 1954 to 2064), or MN_DAY_NONE. */
int32_t mn_cell_serial(struct mn_str s);

/* What one date tells of the order of day and month. */
enum mn_date_shape {
	MN_SHAPE_NONE, /* no date */
	MN_SHAPE_SURE, /* year first, or a month in words */
	MN_SHAPE_DMY,  /* the first number is over 12 */
	MN_SHAPE_MDY,
	MN_SHAPE_EITHER,
	MN_SHAPE_SERIAL,
	MN_SHAPE_PACKED /* 20241215 */
};
enum mn_date_shape mn_cell_date_shape(struct mn_str s);

/* Words and signs that say there is no value: "n/a", "-", "unknown", "不明". Those that
 * are a value of some choice ("none") count for text only. */
bool mn_cell_null(enum mn_field f, struct mn_str s);
/* The words, one after another, then none. For tests. */
struct mn_str mn_cell_nothing(size_t i);

/* The same but for bare numbers: what says itself that it is a person's. */
bool mn_cell_identifies(struct mn_str s);

#endif

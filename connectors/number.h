/* Private to the room: numbers as people write them. */
#ifndef MN_CONNECTORS_NUMBER_H
#define MN_CONNECTORS_NUMBER_H

#include "manumit/base/arena.h"

struct mn_number {
	struct mn_str text;   /* plain decimal with '.', in the arena; empty: no number */
	struct mn_str digits; /* as read, marks and all; borrowed from room */
	char room[96];
	char
	    currency[4]; /* ISO 4217 of a code or an unmistakable sign beside it, or "" */
};

/* Digits of any script; thousands by comma, point, blank or apostrophe, in threes or as
 * in India; "4.36 lakh", "5 lakh 74 thousand 241"; accountants' brackets. "5k", "1e5", "4
 * of 9" and "100-200" are none: they are not 5, 15, 49 and 100. Of the sign "$" alone the
 * currency is not guessed. */
void mn_number_read(
    struct mn_str s, bool decimal_comma, struct mn_arena *a, struct mn_number *out);

/* The ASCII digit that a digit of any script is, or 0. */
char mn_number_digit(uint32_t c);
/* The ISO 4217 code that a code (in any case), a sign or a word of one currency means. */
bool mn_currency_of(struct mn_str word, char out[4]);

/* What the marks of a number (mn_number.digits) say of the decimal mark of its column. */
enum mn_marks {
	MN_MARKS_NONE, /* nothing */
	MN_MARKS_POINT,
	MN_MARKS_COMMA,
	MN_MARKS_POINT_EITHER /* "1.234": thousands or decimals */
};
enum mn_marks mn_number_marks(struct mn_str digits);

#endif

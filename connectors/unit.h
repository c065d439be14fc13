/*
 * Private to the room: what headers, and lines above them, say of the unit of numbers:
 * "Spend (EUR '000)", "Umsatz in T€", "单位：万元". A number read without its unit is
 * wrong by a thousand, and nothing shows it.
 */
#ifndef MN_CONNECTORS_UNIT_H
#define MN_CONNECTORS_UNIT_H

#include "cell.h"

struct mn_unit {
	uint8_t tens;     /* each number is to be taken times ten to this */
	bool share;       /* "%": shares, not numbers of something */
	char currency[4]; /* ISO 4217, or "" */
};

/* What a header says when its own words mean nothing: `word` is the folded header without
 * unit, year and brackets, "vendorName" parted; `rest` the same without the word for the
 * supplier before it ("vendor_city"). Either may be empty. */
struct mn_heading {
	struct mn_str word, rest;
	struct mn_unit unit;
};
void mn_heading_read(
    struct mn_arena *a, struct mn_str header, struct mn_str folded, struct mn_heading *h);
/* May a column be of this field when only `rest` says so? */
bool mn_heading_rest_field(enum mn_field f);

/* A cell or line that says the unit of all amounts; false: it says none. */
bool mn_unit_said(struct mn_arena *a, struct mn_str text, struct mn_unit *out);
/* The number times ten to tens; empty: it becomes too large. */
struct mn_str mn_unit_scale(struct mn_str number, unsigned tens, struct mn_arena *a);

#endif

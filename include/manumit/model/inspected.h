/*
 * How often an authority found something, by why it came: inspections that a complaint
 * led to find more than programmed ones, so rates of the two are never put side by side.
 * A row counts cases, not lines: several lines may tell of one case.
 */
#ifndef MN_MODEL_INSPECTED_H
#define MN_MODEL_INSPECTED_H

#include "manumit/model/evidence.h"

/* What the rows of an authority are. */
enum mn_acts_on {
	MN_ACTS_INSPECTIONS,
	MN_ACTS_CLAIMS,
	MN_ACTS_DECISIONS,
	MN_ACTS_REGISTER,
	MN_ACTS_COUNT
};

struct mn_tally {
	uint64_t cases, violation, none; /* the rest: pending, or without a result */
	/* Cases that say how many workers were there and how many were concerned. */
	uint64_t sized, workers, concerned;
};
struct mn_inspected {
	struct mn_str authority; /* its name */
	uint8_t acts_on;         /* enum mn_acts_on */
	uint8_t selection;       /* enum mn_selection */
	struct mn_tally all;     /* in the files */
	struct mn_tally ours;    /* of entities of the run */
};

/* Why its rate may not be compared with another; NULL: with those of its own row of the
 * table, and with random or programmed ones of its authority. */
const char *mn_inspected_why_not(const struct mn_inspected *x);
const char *mn_acts_name(unsigned acts_on); /* "inspections", "claims", ... */
bool mn_acts_by_name(struct mn_str s, uint8_t *out);

void mn_inspected_key(const struct mn_inspected *x, struct mn_buf *key);
void mn_inspected_encode(const struct mn_inspected *x, struct mn_buf *body);
/* Borrows from the key. */
bool mn_inspected_decode(
    struct mn_str key, struct mn_str body, struct mn_inspected *out, struct mn_err *err);

#endif

/*
 * What was done: activities, actions, training, remediation and the profile of the user.
 * Rows about one thing (one action, one debt to workers) are its history: the one of the
 * latest day counts, all are kept and shown. Nothing here moves a score.
 */
#ifndef MN_MODEL_DONE_H
#define MN_MODEL_DONE_H

#include "manumit/base/arena.h"
#include "manumit/model/record.h"

struct mn_done {
	struct mn_eid who;    /* whom it is about; zero: the user itself */
	struct mn_key thing;  /* rows of one thing are its history ... */
	uint32_t rank;        /* ... in this order, from 0; the last one counts */
	bool last;            /* it is that one; set by whoever reads a whole history */
	bool contested;       /* says otherwise than the row before it, of the same day */
	int32_t day;          /* as of which it says so; MN_DAY_NONE: unknown */
	struct mn_record rec; /* its kind is the table's */
};

/* The day as of which a row says so: recorded_on, else the newest of its own days, else
 * MN_DAY_NONE. */
int32_t mn_done_day(const struct mn_record *rec);
/* A field with a day that lies after `day`, or MN_F_NONE. Due days may. */
enum mn_field mn_done_ahead(const struct mn_record *rec, int32_t day);
/* How the row names its entity, as a key of its own. */
struct mn_key mn_done_handle(const struct mn_record *rec);
/* What the row is about; who: its entity, or its handle. */
struct mn_key mn_done_thing(const struct mn_record *rec, struct mn_key who);
/* What the row says: all but recorded_on and how its entity is named. */
struct mn_key mn_done_says(const struct mn_record *rec);
/* Does it say more than that there is such an action or debt, as a row of results.xlsx
 * does in which nothing was filled in? Of other tables every row does. */
bool mn_done_is_entry(const struct mn_record *rec);

/* Sort key within the table: who, kind, thing, rank. body: the rest; pos: the citation.
 * Decoding borrows. */
void mn_done_sort_key(const struct mn_done *d, struct mn_buf *out);
void mn_done_encode(const struct mn_done *d, struct mn_buf *body, struct mn_buf *pos);
bool mn_done_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_done *out, struct mn_err *err);
/* Sets `last` of n rows in table order. */
void mn_done_mark_last(struct mn_done *v, uint32_t n);

#endif

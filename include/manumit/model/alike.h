/*
 * Rows of suppliers that were taken for one entity, and rows that were not although they
 * are alike: what the report says of de-duplication.
 */
#ifndef MN_MODEL_ALIKE_H
#define MN_MODEL_ALIKE_H

#include "manumit/model/record.h"

enum mn_alike_standing {
	MN_ALIKE_RULED,   /* by an identifier, a rule or the names themselves */
	MN_ALIKE_OPEN,    /* refused for doubt only: a person could decide it */
	MN_ALIKE_DECIDED, /* a person did */
	MN_ALIKE_STANDINGS
};

struct mn_alike {
	struct mn_eid who; /* the entity it is said of */
	bool refused;      /* false: a row of `who`; true: a row of `other`, kept apart */
	uint32_t order;    /* from 0: members by fullness, refused by likeness */
	int32_t p_q16;     /* of the comparison that decided; 1 for exact keys */
	uint8_t standing;  /* enum mn_alike_standing */
	struct mn_key row; /* content key of the row of `who` */
	struct mn_eid other;     /* refused: the entity it was not united with */
	struct mn_key other_row; /* and its row */
	/* MN_ALIKE_OPEN: handles that a decision binds (resolve/decision.h); else zero.
	 */
	struct mn_key handle, other_handle;
	struct mn_str reason;  /* words for people */
	mn_rid rid, other_rid; /* the rows' positions; other_rid: none for members */
};

/* Sort key: who, refused, order. body: content; pos: positions. Decoding borrows. */
void mn_alike_sort_key(const struct mn_alike *x, struct mn_buf *out);
void mn_alike_encode(const struct mn_alike *x, struct mn_buf *body, struct mn_buf *pos);
bool mn_alike_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_alike *out, struct mn_err *err);

#endif

/*
 * An entity: one supplier, site or recruiter, made of one or more supplier rows.
 */
#ifndef MN_MODEL_ENTITY_H
#define MN_MODEL_ENTITY_H

#include "manumit/base/arena.h"
#include "manumit/model/record.h"

enum mn_role {
	MN_ROLE_SUPPLIER,
	MN_ROLE_FACILITY,
	MN_ROLE_RECRUITER,
	MN_ROLE_EMPLOYER,
	MN_ROLE_BIDDER /* tenders for a contract: not a supplier yet */
};

struct mn_entity {
	struct mn_eid id;
	struct mn_record rec; /* merged: each field from the fullest member that has it */
	const mn_rid *member; /* rows it was made of, ascending */
	uint32_t n_member;
};

enum mn_role mn_entity_role(const struct mn_entity *e);
const char *mn_role_name(enum mn_role r); /* "supplier", "facility", ... */
/* The role whose gates and expected evidence hold for it: a bidder's are a supplier's. */
const char *mn_role_measure(enum mn_role r);
/* A file-name-safe, unique name for pages: the user's id when it is short and of
 * [A-Za-z0-9._-] only, then '-' and the first 8 hex digits of the eid, because two
 * entities may carry one id; without such an id the first 16 hex digits. */
struct mn_str mn_entity_slug(const struct mn_entity *e, char out[80]);

/* body: everything but positions; pos: the member rows. */
void mn_entity_encode(const struct mn_entity *e, struct mn_buf *body, struct mn_buf *pos);
/* Borrows from value and arena. */
bool mn_entity_decode(struct mn_eid id, struct mn_str body, struct mn_str pos,
    struct mn_arena *a, struct mn_entity *out, struct mn_err *err);

#endif

/*
 * Legal gates: what a list or register says about an entity. They stand beside the score
 * and never enter it.
 */
#ifndef MN_MODEL_GATE_H
#define MN_MODEL_GATE_H

#include "manumit/model/record.h"

/* Ordered: of several answers of one list the greatest is the gate's status. NO_MATCH
 * means that a list was there, fresh, and nothing in it resembled the entity: it is not a
 * clearance. */
enum mn_gate_status {
	MN_GATE_NOT_APPLICABLE,
	MN_GATE_NOT_CHECKED,
	MN_GATE_NO_MATCH,
	MN_GATE_ENDED,
	MN_GATE_UPSTREAM,
	MN_GATE_POSSIBLE,
	MN_GATE_HIT,
	MN_GATE_STATUS_COUNT
};

/* Why a list entry is thought to be the entity, weakest first. Only an identifier or a
 * person's decision may state a hit. */
enum mn_basis {
	MN_BASIS_NONE,
	MN_BASIS_ORDER,    /* an order about a good of the country it is made in */
	MN_BASIS_GOOD,     /* the product names a region that the law names */
	MN_BASIS_SITE,     /* region, city or address do */
	MN_BASIS_PARENT,   /* the name of its parent is the entry's: who is owned is
			      not who is listed */
	MN_BASIS_SPELLING, /* names alike, with a probability and reasons */
	MN_BASIS_NAME,
	MN_BASIS_NAME_COUNTRY,
	MN_BASIS_DECISION,
	MN_BASIS_IDENTIFIER
};

/* What decisions say of a pair. Only SAME and DIFFERENT are in force; the others wait for
 * a person again and say why. */
enum mn_decided {
	MN_DECIDED_NONE,
	MN_DECIDED_SAME,
	MN_DECIDED_DIFFERENT,
	MN_DECIDED_STALE,    /* the listed entry changed since the decision */
	MN_DECIDED_EXPIRED,  /* its last day lies before the as-of day */
	MN_DECIDED_CONFLICT, /* two decisions, or a decision and an identifier, disagree
			      */
	MN_DECIDED_COUNT
};

/* Does the entity make what the entry, or the order, is limited to? */
enum mn_fit {
	MN_FIT_NOT_ASKED, /* the entry has no such limit */
	MN_FIT_UNKNOWN,   /* the rows do not say, or words cannot tell */
	MN_FIT_FITS,
	MN_FIT_DIFFERS, /* another good, or made elsewhere: told, and not counted */
	MN_FIT_COUNT
};

#define MN_MAX_GATES 16

struct mn_gate_fact {
	struct mn_eid who;
	uint8_t gate;       /* index into the pack's gates */
	uint8_t status;     /* enum mn_gate_status */
	uint8_t basis;      /* enum mn_basis */
	int32_t listed_day; /* start of the newest interval, MN_DAY_NONE */
	int32_t ended_day;  /* its end, MN_DAY_NONE: open */
	struct mn_key key;  /* content key of the list row */
	struct mn_str list; /* name of the list */
	struct mn_str
	    entry; /* name on the list that was met; empty when it is a person's */
	struct mn_str history; /* all intervals, canonical text */
	struct mn_str citation, reason, good;
	mn_rid rid; /* citation: file and line of the list */
	/* How alike the names are; 0 and empty where only keys met. */
	int32_t p_q16;
	struct mn_str listed_as; /* the name of the entry that was hit, or the words of a
				    region */
	/* Of a fact that stands in the entity's own row: one more than the field that
	 * says it. 0: the row is of a list. */
	uint8_t own_field;
	struct mn_str why; /* what agrees and what is left over */
	/* Of an upstream fact, which somebody else's gate made: the steps from the entity
	 * to who is listed, one a line ("tier 2: buys ginned cotton from ..."). Empty
	 * otherwise. The rest of the fact (gate, list, entry, dates, basis, citation,
	 * rid) is then as it stands with who is listed: a gate does not decay on its way.
	 */
	struct mn_str path;
	/* Of an entry that is limited to a good: whether the entity makes it, and what
	 * was compared, in words. */
	uint8_t fit; /* enum mn_fit */
	struct mn_str fits;
	/* What a decision about the pair binds (resolve/decision.h); zero: none can. */
	struct mn_key subject, entry_key, entry_print;
	struct mn_str entry_id;           /* the list's own id of the entry */
	uint8_t decided;                  /* enum mn_decided */
	bool decided_same;                /* what the decision behind `decided` says */
	int32_t decided_day, expires_day; /* MN_DAY_NONE: none */
	struct mn_str decided_by, decided_why;
};

const char *mn_gate_status_name(unsigned s); /* "hit", "possible", "no match", ... */
const char *mn_basis_name(unsigned b);
const char *mn_fit_name(unsigned f); /* "", "unknown", "fits", "differs" */
/* The field that a citation names: MN_F_NONE of a row of a list. */
enum mn_field mn_gate_field(const struct mn_gate_fact *g);
/* What does not count (a place that is a street, a name too little alike, another good, a
 * match that a person ruled out): the gate stays what it is without it. */
bool mn_gate_only_told(const struct mn_gate_fact *g);
/* Can a decision bind it? Not a licence as entered, which is corrected in its own row. */
bool mn_gate_decidable(const struct mn_gate_fact *g);
const char *mn_decided_name(unsigned d); /* "", "same", "different", "stale", ... */
/* "decided different by compliance on 2026-11-01, until 2027-11-01: other address", or
 * why the decision is not applied; nothing when there is none. */
void mn_gate_decided_text(const struct mn_gate_fact *g, struct mn_buf *out);

void mn_gate_sort_key(
    const struct mn_gate_fact *g, struct mn_buf *out); /* who, gate, key */
void mn_gate_encode(
    const struct mn_gate_fact *g, struct mn_buf *body, struct mn_buf *pos);
bool mn_gate_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_gate_fact *out, struct mn_err *err);

#endif

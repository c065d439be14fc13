/*
 * Evidence: one statement by one source about one entity and one ILO indicator. It is an
 * indication, never a verdict.
 */
#ifndef MN_MODEL_EVIDENCE_H
#define MN_MODEL_EVIDENCE_H

#include "manumit/base/arena.h"
#include "manumit/model/record.h"

#define MN_INDICATORS 11
#define MN_INDICATOR_NONE 11 /* listed, attached to no indicator, worth nothing */

enum mn_direction { MN_ADVERSE, MN_CLEAR };
enum mn_strength { MN_STRENGTH_NONE, MN_WEAK, MN_MEDIUM, MN_STRONG };
enum mn_status { MN_OPEN, MN_STATUS_UNKNOWN, MN_CLOSED_ON_CLAIM, MN_WORKER_VERIFIED };
enum mn_imposed { MN_IMPOSED_PRIVATE, MN_IMPOSED_STATE, MN_IMPOSED_UNKNOWN };
/* Why an authority came to that site, in the order of the choices of field `selection`.
 */
enum mn_selection {
	MN_SEL_UNSTATED,
	MN_SEL_COMPLAINT,
	MN_SEL_PROGRAMMED,
	MN_SEL_RANKED,
	MN_SEL_RANDOM,
	MN_SEL_REFERRAL,
	MN_SEL_RESERVE,
	MN_SELECTIONS
};
enum mn_cooccurrence { MN_CO_ENTITY, MN_CO_SITE_PERIOD, MN_CO_WORKER };

struct mn_evidence {
	struct mn_eid who;
	uint8_t indicator;    /* 0 = I01 ... 10 = I11, MN_INDICATOR_NONE */
	uint8_t direction;    /* enum mn_direction */
	uint8_t strength;     /* enum mn_strength; of a clear fact: MN_STRENGTH_NONE */
	uint8_t source_class; /* index into the pack's source classes */
	uint8_t status;       /* enum mn_status */
	uint8_t imposed_by;   /* enum mn_imposed */
	uint8_t cooccurrence; /* enum mn_cooccurrence */
	uint8_t kind;         /* enum mn_kind of the row it came from */
	uint8_t selection;    /* enum mn_selection, of inspections */
	bool unannounced;     /* known to be unannounced */
	bool offsite;         /* workers interviewed off site or in private */
	bool supplier_paid;   /* the checked party paid for the check */
	bool said_verified;  /* the row calls it verified and names no workers: a claim */
	int32_t event_day;   /* day of the event or check; MN_DAY_NONE: unknown */
	int32_t closed_day;  /* day of the closing claim; MN_DAY_NONE */
	uint32_t match_q16;  /* how sure the row means this entity */
	uint32_t workers;    /* workers concerned, 0: not said (suppressed in outputs) */
	uint32_t asked;      /* workers asked, 0: not said */
	uint32_t rows;       /* rows summed up in it (fee ledgers), else 1 */
	struct mn_key root;  /* root source: the same root counts once */
	struct mn_key key;   /* content key of the row: ties, diffs */
	struct mn_str label; /* what was found, short: a violation's or band's text */
	struct mn_str source;   /* who says so: authority, reference */
	struct mn_str verifier; /* who verified the remedy: a party's name, never a word
				   of the row, which could be a person's name */
	struct mn_str response; /* what the supplier answered */
	struct mn_str
	    pack_row;  /* the pack row that read it so, e.g. "violations:US-WHD/MW" */
	mn_rid rid;    /* citation: file and line */
	uint8_t field; /* citation: enum mn_field */
};

const char *mn_direction_name(unsigned d);
const char *mn_strength_name(unsigned s); /* "none", "weak", ... */
const char *mn_status_name(unsigned s);   /* "open", "unknown", ... */
const char *mn_imposed_name(unsigned i);
const char *mn_cooccurrence_name(unsigned c);
const char *mn_selection_name(unsigned s); /* "not stated", "complaint", ... */
/* "I01" ... "I11", or "unspecified". */
const char *mn_indicator_code(unsigned i);
/* 0..10, or -1. Accepts I01..I11 and I1..I11 in any case. */
int mn_indicator_parse(struct mn_str s);

/* Sort key within the table: who, indicator, direction, root, key. */
void mn_evidence_sort_key(const struct mn_evidence *e, struct mn_buf *out);
/* body: all but the citation; pos: the citation. */
void mn_evidence_encode(
    const struct mn_evidence *e, struct mn_buf *body, struct mn_buf *pos);
/* Borrows from body; who comes from the sort key. Validates ranges. */
bool mn_evidence_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_evidence *out, struct mn_err *err);

#endif

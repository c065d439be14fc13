/*
 * Two generations compared: whose band, gates, action or evidence changed, and which of
 * six causes did it. Each cause is isolated by scoring again: the earlier evidence with
 * the later day, then with the later packs, then with what decisions, lists and the
 * user's files changed, one after another. What is left is the program's.
 */
#ifndef MN_REPORT_DIFF_H
#define MN_REPORT_DIFF_H

#include "manumit/report/view.h"

/* In the order in which they are applied. */
enum mn_cause {
	MN_CAUSE_TIME,     /* evidence fades, intervals end, lists grow old */
	MN_CAUSE_PACK,     /* an indicator pack has another hash */
	MN_CAUSE_DECISION, /* a person said who is the same and who is not */
	MN_CAUSE_DATA,     /* a list or register has other content */
	MN_CAUSE_INPUT,    /* a file of the user, or what was recorded */
	MN_CAUSE_PROGRAM,  /* another version read the same otherwise */
	MN_CAUSE_COUNT
};
const char *mn_cause_name(unsigned c); /* "time", "pack", ... */

enum mn_diff_what {
	MN_DIFF_EVIDENCE_NEW,
	MN_DIFF_EVIDENCE_GONE,
	MN_DIFF_EVIDENCE_CHANGED,
	MN_DIFF_GATE
};

struct mn_diff_item {
	uint8_t what;       /* enum mn_diff_what */
	uint8_t cause;      /* enum mn_cause */
	struct mn_str text; /* what was found; of a gate, its code */
	struct mn_str cite; /* file and line, of the generation that has it */
	uint8_t was, now;   /* of a gate: enum mn_gate_status */
};

enum mn_diff_kind {
	MN_DIFF_CHANGED,
	MN_DIFF_NEW,
	MN_DIFF_GONE,
	MN_DIFF_UNITED, /* its rows are those of another now */
	MN_DIFF_SPLIT   /* its rows were those of another */
};

struct mn_diff_entity {
	uint8_t kind; /* enum mn_diff_kind */
	/* NULL: it was not there, is not there. Of a changed one the ids differ where its
	 * rows got another. */
	const struct mn_view *was, *now;
	const struct mn_view *other; /* united with, split from */
	/* Likelihood and band after each cause; the last are those of `now`. */
	int64_t p_q16[MN_CAUSE_COUNT];
	uint8_t band[MN_CAUSE_COUNT];
	const struct mn_diff_item *item;
	uint32_t n_item;
};

struct mn_diff_counts {
	uint64_t entities, changed, came, went, faded; /* faded: only the number moved */
	uint64_t united, split;
	uint64_t up, down;                 /* bands that rose, that fell */
	uint64_t by_cause[MN_CAUSE_COUNT]; /* changed entities with an effect of it */
	bool differs[MN_CAUSE_COUNT];      /* does the cause differ at all? */
};

/* Calls fn for each entity that changed, in the order of their ids, until it returns
 * false; what it is given is valid during the call. Both reports are internal ones. */
bool mn_diff_each(const struct mn_report *was, const struct mn_report *now,
    bool (*fn)(void *ctx, const struct mn_diff_entity *e), void *ctx,
    struct mn_diff_counts *counts, struct mn_err *err);

/* The whole as text for people, as JSON Lines (header, entities, trailer), and as CSV,
 * one row a change: into the buffers that are not NULL, in one walk. */
enum mn_diff_format { MN_DIFF_TEXT, MN_DIFF_JSONL, MN_DIFF_CSV, MN_DIFF_FORMATS };
bool mn_diff_print(const struct mn_report *was, const struct mn_report *now,
    struct mn_buf *const out[MN_DIFF_FORMATS], struct mn_diff_counts *counts,
    struct mn_err *err);

#endif

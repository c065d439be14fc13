/*
 * The journal: what was run and decided in a data directory, one record after another,
 * each bound to the one before by its hash. Rows of state.mdb under "journal|" and the
 * record's number (8 bytes, big-endian, from 1); the value is 64 hex digits, the SHA-256
 * of the text that follows, and the text, one JSON object:
 *
 *   {"seq":7,"prev":"<hash of record 6>","time":"2026-11-01T09:30:00Z",
 *    "kind":"decision","by":"compliance","payload":{...}}
 *
 * So a changed, removed or exchanged record is found by walking the chain. A chain that
 * was written anew from some record on, or cut at its end, is found by comparing with a
 * head kept elsewhere: every generation and manifest.json name the head they began with.
 * Records are never changed or removed. Appending needs the run lock (DIR/lock).
 */
#ifndef MN_STORE_JOURNAL_H
#define MN_STORE_JOURNAL_H

#include "manumit/base/clock.h"
#include "manumit/store/store.h"

struct mn_journal_head {
	uint64_t n;                     /* records; the last one's number */
	char hash[MN_HEX256_CHARS + 1]; /* of the last one; zeros when there is none */
};
bool mn_journal_head(struct mn_state *s, struct mn_journal_head *out, struct mn_err *err);

struct mn_journal_note {
	const char
	    *kind; /* "run", "pack", "input", "decision", "record", "plan", "export" */
	struct mn_str by;      /* a role or initials, never a person's name */
	struct mn_str payload; /* one JSON object */
};
struct mn_state_row {
	struct mn_str key, value;
};
/* Appends notes and puts rows, in one durable transaction: all of it or nothing. The new
 * head into *out, which may be NULL. */
bool mn_journal_append(struct mn_state *s, struct mn_when now,
    const struct mn_journal_note *note, size_t n_note, const struct mn_state_row *row,
    size_t n_row, struct mn_journal_head *out, struct mn_err *err);

/* A record as it stands in the store; slices are valid during the call. */
struct mn_journal_record {
	uint64_t seq;
	struct mn_str hash, text;
};
/* Calls fn for each record in order until it returns false. Checks nothing. */
bool mn_journal_each(struct mn_state *s,
    bool (*fn)(void *ctx, const struct mn_journal_record *r), void *ctx,
    struct mn_err *err);

/* Walks the chain. JOURNAL names the first record that is not as it was written. *head is
 * where the chain ends, or the last record that was good. */
bool mn_journal_verify(
    struct mn_state *s, struct mn_journal_head *head, struct mn_err *err);

#endif

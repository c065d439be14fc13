/*
 * Private to the room: what `manumit record` keeps, as rows of state.mdb under "record|".
 * A row is never changed or removed; its number is that of the journal's record that
 * tells of it. Fields are kept by their names, because a store outlives the numbers of a
 * program.
 */
#ifndef MN_RUN_ENTRIES_H
#define MN_RUN_ENTRIES_H

#include "manumit/model/done.h"
#include "manumit/store/journal.h"

#define MN_ENTRY_PREFIX "record|"
#define MN_MAX_ENTRIES 1000000 /* kept in memory during a run: some 400 bytes each */

struct mn_entry {
	struct mn_record rec; /* recorded_on is always there */
	uint64_t seq;         /* of the journal's record */
	struct mn_str file;   /* where it was read, "results.xlsx#Actions" */
	uint64_t line;
	struct mn_str by; /* who recorded it */
};
/* As they are stored: a decoded record is five times as large. */
struct mn_entries {
	const struct mn_stored {
		enum mn_kind kind;
		uint64_t seq;
		struct mn_str value;
	} * v; /* by table, then seq */
	uint32_t n;
};

void mn_entry_encode(const struct mn_entry *e, struct mn_buf *key, struct mn_buf *value);
/* Borrows from value, whose row has the key "record|" and seq. */
bool mn_entry_decode(
    uint64_t seq, struct mn_str value, struct mn_entry *out, struct mn_err *err);
/* The number in the key of a row; 0: it is none. */
uint64_t mn_entry_seq(struct mn_str key);
/* The payload of the journal: what the row says, where it was read, and the hash of the
 * row as it is stored. */
void mn_entry_json(const struct mn_entry *e, struct mn_buf *out);
/* All of a store, in the arena; NULL and err. */
const struct mn_entries *mn_entries_load(
    struct mn_arena *a, struct mn_state *s, struct mn_err *err);

#endif

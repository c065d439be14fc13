/*
 * What people decided about pairs: a supplier and a list entry (kind 'L'), or two
 * suppliers (kind 'S'). A decision binds content, never positions or entity ids:
 *
 *   subject  the supplier's identity: LEI, OS ID, registration, the user's id with name
 *            and country, or name and country; the first of these that the row has
 *   entry    the list, and the entry's LEI, OS ID, registration, or id on the list; its
 *            name and country where it has none of these
 *   print    everything that identifies the listed entry, but none of its dates
 *
 * So it survives new generations, other orders of rows, and updates of the list, until
 * the entry itself changes: a decision is in force while handle and print agree; where
 * only the handle does, it is told to be stale. Who gains a better identifier keeps its
 * decisions, because all handles are tried. Stored in state.mdb under "decision|", kind,
 * subject, entry, print. Pure but for loading; thread-safe.
 */
#ifndef MN_RESOLVE_DECISION_H
#define MN_RESOLVE_DECISION_H

#include "manumit/model/gate.h"
#include "manumit/store/store.h"

#define MN_PAIR_LIST 'L'
#define MN_PAIR_SUPPLIERS 'S'

struct mn_decision {
	char kind;
	bool same;
	struct mn_key subject, entry; /* 'S': the lesser handle first */
	struct mn_key print;          /* 'S': zero */
	int32_t on, expires;          /* last day in force; MN_DAY_NONE: no end */
	struct mn_str by, why;        /* a role or initials; the reason given */
	struct mn_str subject_name, entry_name, list; /* for people; decide nothing */
};

/* ---- handles ---- */
#define MN_HANDLES 4
/* Handles of a supplier row or of a list row, best first; returns how many. Decisions are
 * recorded under the first and looked up under all. */
size_t mn_decision_subjects(const struct mn_record *r, struct mn_key out[MN_HANDLES]);
size_t mn_decision_entries(const struct mn_record *r, struct mn_key out[MN_HANDLES]);
/* The print of a list row. */
struct mn_key mn_decision_print(const struct mn_record *r, struct mn_arena scratch);
/* A decision about two suppliers, its handles put in order. */
void mn_decision_pair_suppliers(struct mn_decision *d, struct mn_key a, struct mn_key b);

/* ---- stored form ---- */
#define MN_DECISION_PREFIX "decision|"
void mn_decision_encode(
    const struct mn_decision *d, struct mn_buf *key, struct mn_buf *value);
/* Borrows from value; validates everything. */
bool mn_decision_decode(
    struct mn_str key, struct mn_str value, struct mn_decision *out, struct mn_err *err);
/* The journal's payload: all of it, and the SHA-256 of the stored row. */
void mn_decision_json(const struct mn_decision *d, struct mn_buf *out);
/* SHA-256 over key and value of a stored row. */
void mn_decision_row_hash(
    struct mn_str key, struct mn_str value, char hex[MN_HEX256_CHARS + 1]);

/* ---- a table of decisions: sorted, immutable ---- */
struct mn_decisions {
	const struct mn_decision *v; /* by kind, subject, entry, print */
	uint32_t n;
	int32_t as_of; /* decisions that ended before it are expired */
};
/* All decisions of a data directory. A decision made after the as-of day counts: who is
 * who does not depend on the day as which a report is read. */
const struct mn_decisions *mn_decisions_load(
    struct mn_arena *a, struct mn_state *s, int32_t as_of, struct mn_err *err);
/* d and n more, of which the later wins. Strings are borrowed. */
const struct mn_decisions *mn_decisions_with(const struct mn_decisions *d,
    const struct mn_decision *more, uint32_t n, struct mn_arena *a);

/* The first decision about a supplier and a list entry, whatever its print and expiry; or
 * NULL. */
const struct mn_decision *mn_decisions_find(
    const struct mn_decisions *d, struct mn_key subject, struct mn_key entry);
/* The decision about exactly this pair and print, or NULL. */
const struct mn_decision *mn_decisions_exact(
    const struct mn_decisions *d, const struct mn_decision *x);
/* Calls fn for each decision of a kind in order until it returns false. */
void mn_decisions_each(const struct mn_decisions *d, char kind,
    bool (*fn)(void *ctx, const struct mn_decision *x), void *ctx);
bool mn_decision_expired(const struct mn_decisions *d, const struct mn_decision *x);

/* A supplier and a list entry with all their handles, however the pair came about. */
struct mn_pair_keys {
	const struct mn_key *subject, *entry;
	size_t n_subject, n_entry;
	struct mn_key print;
};
/* What the table says of a pair. */
struct mn_ruling {
	enum mn_decided state;
	const struct mn_decision *d; /* the decision behind it; NULL with NONE */
};
struct mn_ruling mn_decisions_ruling(
    const struct mn_decisions *d, const struct mn_pair_keys *pair);

/* A decision in force that x contradicts, or NULL: the opposite about the same pair, or
 * by way of a third (a and b are the same, a is the entry, b is not). */
const struct mn_decision *mn_decisions_against(
    const struct mn_decisions *d, const struct mn_decision *x);

#endif

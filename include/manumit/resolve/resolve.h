/*
 * Who is who. Supplier rows become entities; rows of other tables are joined to them by
 * identifier, by the user's id and by exact folded name and country.
 *
 * Supplier rows are united in this order: what people decided; one identifier, id, or
 * name with country; then names that are alike (P >= .70 without a rule against it), the
 * surest pair first, unless a guard refuses: two identifiers, countries, unit numbers,
 * places or towns, or two ids of the user without an address that says the same. What was
 * united and what was refused is in the LINK table.
 *
 * Blocking keys are one type byte and text:
 *   L lei · O os id · R country:registration · I the user's id · N name|country · M name
 *   n, m: the same for aliases and native names, which join rows but do not merge
 *   suppliers
 *   P name of the parent: list entries meet it as a possible match of the supplier
 *   C the content of a row that has no key of L O R I N
 *   T, S, F word|country|name: a telling word, the consonants, the first letters; they
 *   find names that are alike and join nothing by themselves (resolve/blocks.h)
 */
#ifndef MN_RESOLVE_RESOLVE_H
#define MN_RESOLVE_RESOLVE_H

#include "manumit/base/diag.h"
#include "manumit/model/entity.h"
#include "manumit/model/gate.h"
#include "manumit/pack/pack.h"
#include "manumit/resolve/match.h"

#define MN_MAX_KEYS 160 /* blocking keys of one row: 5 types, 2 per alias */

struct mn_block_key {
	struct mn_str key;
};

/* The blocking keys of a supplier row, into the arena; returns how many. */
size_t mn_block_keys(
    const struct mn_record *r, struct mn_block_key *out, size_t max, struct mn_arena *a);

/* A decision of a person about two rows, named by their content keys. */
struct mn_decided_pair {
	struct mn_key a, b;
	bool one;             /* false: never in one entity */
	struct mn_str reason; /* who decided, when and why; empty: not told */
};

/* ---- stages ---- */
struct mn_stage {
	struct mn_gen *gen;
	const char *work_dir; /* for spill files */
	size_t sort_bytes;    /* memory per external sort */
	struct mn_diag *diag;
	/* Tells the run that a row used so far now carries a remark (counts). */
	void (*note)(void *ctx, mn_rid rid, enum mn_code code, struct mn_str column,
	    struct mn_str value, struct mn_str detail);
	void *ctx;
	int32_t as_of;
	uint32_t jobs;                         /* threads, at least 1 */
	struct mn_matcher *matcher;            /* NULL: names are compared exactly only */
	const struct mn_decided_pair *decided; /* in any order */
	size_t n_decided;
};

/* index: REC (suppliers) -> KEY. */
bool mn_stage_index(const struct mn_stage *st, struct mn_err *err);
/* resolve: KEY, REC -> ENT, OF, JOIN, LINK. Rows with one LEI, OS ID, registration or
 * user's id are one entity; rows with one name and country too, unless identifiers or ids
 * differ; then names that are alike. The result does not depend on the order of rows. */
bool mn_stage_resolve(const struct mn_stage *st, struct mn_err *err);

/* The decisions about two suppliers that are in force (decision.h), as pairs of rows of
 * this run, for stage->decided: in the arena, sorted by a, b. All handles of a row are
 * tried, and each row under a handle is paired. A decision about a supplier who is not in
 * this run gives no pair; of several about one pair of rows the latest stands, of one day
 * the one that keeps apart. Two rows with one LEI, OS ID or registration are not kept
 * apart, but noted. Reads REC, and only when there are such decisions. */
struct mn_decisions;
bool mn_decided_rows(const struct mn_stage *st, const struct mn_decisions *d,
    struct mn_arena *a, const struct mn_decided_pair **out, size_t *n,
    struct mn_err *err);

/* match: REC (watchlists), ENT -> MATCH. Every name of every entity is looked up among
 * the names of all lists; what reaches the band "possible" is kept, with its reason.
 * Nothing without a matcher. */
bool mn_stage_match(const struct mn_stage *st, struct mn_err *err);

/* ---- joining rows of other tables ---- */
struct mn_join {
	struct mn_eid who;
	uint8_t basis; /* enum mn_basis; MN_BASIS_IDENTIFIER also for the user's id */
	uint32_t match_q16; /* pack: 1 for identifiers, match_name_country, match_name */
	uint32_t n; /* candidates of the best basis: 0 none, 1 joined, more: ambiguous */
};
/* The one entity a row of fees, inspections or findings means. */
bool mn_join_row(struct mn_reader *r, const struct mn_pack *p,
    const struct mn_record *rec, struct mn_arena scratch, struct mn_join *out,
    struct mn_err *err);

/* An entity that a list entry may mean. */
struct mn_met {
	struct mn_eid who;
	uint8_t basis;                /* enum mn_basis, the best one */
	int32_t p_q16;                /* how alike the names are, 0: below every band */
	bool other;                   /* valid identifiers of the two differ */
	struct mn_str listed_as, why; /* borrowed from the store */
};
#define MN_MAX_MET 64 /* a name that more entities share tells nobody apart */
/* Every entity a list entry may mean: fn is called once per entity. */
bool mn_join_entry(struct mn_reader *r, const struct mn_record *rec,
    struct mn_arena scratch, bool (*fn)(void *ctx, const struct mn_met *met), void *ctx,
    struct mn_err *err);

/* The row with that rid; false and err also when it is not there. Borrowed until the
 * reader is closed. */
bool mn_row_record(
    struct mn_reader *r, mn_rid rid, struct mn_record *out, struct mn_err *err);

#endif

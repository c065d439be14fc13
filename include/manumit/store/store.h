/*
 * The store: one LMDB file per generation, one for state. Every table has exactly one
 * writing stage, which loads it once, in key order.
 *
 * Caveats first:
 * - A generation under construction is one file, DIR/gen/N.building, opened without sync
 *   and without lock file: the run lock (DIR/lock) keeps others away. It becomes visible
 *   by mn_gen_publish only: sync, rename, then `current` is replaced by one rename. A run
 *   that dies leaves N.building behind; the next mn_gen_create removes it.
 * - Readers open published generations read-only; a generation file is never changed
 *   after its rename.
 * - The map is a large virtual reservation (not memory, not file size).
 * - Slices from gets and scans are valid until the reader or scan is closed.
 * - LMDB must not live on a remote file system: mn_gen_create refuses by file system
 * type.
 *
 * Directory layout: DIR/lock, DIR/current (text: the number), DIR/gen/N.mdb,
 * DIR/state.mdb.
 */
#ifndef MN_STORE_STORE_H
#define MN_STORE_STORE_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/base/file.h"

/* X(ID, name, writing stage, in digest). A table outside the digest holds positions. */
#define MN_TABLES(X) \
	X(META, "meta", "report", 0)     /* manifest parts by name */ \
	X(PACK, "pack", "ingest", 1)     /* pack rows: pack, section, number -> row */ \
	X(SOURCE, "source", "report", 0) /* src -> file name, kind, hashes, columns */ \
	X(REC, "rec", "ingest", 0)       /* rid -> record */ \
	X(KEY, "key", "index", 0)        /* blocking key, rid */ \
	X(ENT, "ent", "resolve", 1)      /* eid -> entity */ \
	X(OF, "of", "resolve", 0)        /* rid -> eid */ \
	X(JOIN, "join", "resolve", 1)    /* blocking key -> eids that carry it */ \
	X(LINK, "link", "resolve", 1)    /* eid, refused, order -> rows alike */ \
	X(MATCH, "match", "match", 0) /* rid of a list row -> entities it resembles */ \
	X(EV, "ev", "evidence", \
	    1) /* eid, indicator, direction, root, key -> evidence */ \
	X(FEE, "fee", "evidence", 1)   /* eid, recruiter, corridor -> fee aggregate */ \
	X(LENS, "lens", "evidence", 1) /* eid, survey, lens, age -> aggregate */ \
	X(GATE, "gate", "evidence", 1) /* eid, gate, key -> list entry met */ \
	X(INSP, "insp", "evidence", \
	    1)                      /* authority, selection -> how many inspections */ \
	X(EDGE, "edge", "edges", 1) /* eid to, eid from, kind, key -> edge */ \
	X(DONE, "done", "evidence", 1) /* eid, kind, thing, rank -> what was done */ \
	X(CARD, "card", "score", 1)    /* eid -> card */ \
	X(RANK, "rank", "spread", 1)   /* list (A act, Q ask first), order -> eid */ \
	X(EXPO, "expo", "spread", 1)   /* eid -> what stands behind it */ \
	X(SENS, "sens", "score", 1)    /* eid -> bands with a constant changed */

enum mn_table {
#define MN_X(id, name, stage, digest) MN_TAB_##id,
	MN_TABLES(MN_X)
#undef MN_X
	    MN_TAB_COUNT
};
const char *mn_table_name(enum mn_table t);

struct mn_gen; /* an open generation: under construction or published */

/* Creates DIR (and its parents), removes what a dead run left, and opens a new generation
 * numbered one above the highest there is. The caller holds the run lock. */
struct mn_gen *mn_gen_create(const char *dir, struct mn_err *err);
/* Opens a published generation read-only; number 0: the current one. NOTFOUND when there
 * is none; STORE when the file is damaged. */
struct mn_gen *mn_gen_open(const char *dir, uint64_t number, struct mn_err *err);
uint64_t mn_gen_number(const struct mn_gen *g);
/* How many generations mn_gen_publish leaves, the new one counted; at least 2, which is
 * what it is without. */
void mn_gen_keep(struct mn_gen *g, uint64_t n);
/* Syncs, closes, renames, points `current` at it, removes generations older than those
 * kept. Frees g whatever happens; on failure the last generation stays current. */
bool mn_gen_publish(struct mn_gen *g, struct mn_err *err);
/* Closes; one under construction is removed. NULL is fine. */
void mn_gen_close(struct mn_gen *g);
/* The path of a file that belongs to the generation and goes with it: gen/N.lists. A
 * writer writes it whole before the generation is published; nobody changes it
 * afterwards. */
const char *mn_gen_lists_path(const struct mn_gen *g, struct mn_arena *a);
/* File size in bytes. */
uint64_t mn_gen_bytes(const struct mn_gen *g);

/* ---- writing: one load at a time per generation ---- */
struct mn_load;
struct mn_load *mn_load_begin(struct mn_gen *g, enum mn_table t, struct mn_err *err);
/* Appends; keys must ascend strictly (BUG otherwise). The stored value is
 * u32 length of body, body, pos; only key and body enter the digest. */
bool mn_load_put(struct mn_load *l, struct mn_str key, struct mn_str body,
    struct mn_str pos, struct mn_err *err);
uint64_t mn_load_count(const struct mn_load *l);
/* Commits the rest and writes the table's digest. Frees l whatever happens. */
bool mn_load_end(struct mn_load *l, struct mn_err *err);
/* Frees without the last commit; what was committed goes with the generation. */
void mn_load_abort(struct mn_load *l);

/* SHA-256 (hex) over the name, row count and digest of every table loaded so far that is
 * in the digest, in table order. */
bool mn_gen_digest(struct mn_gen *g, char hex[MN_HEX256_CHARS + 1], struct mn_err *err);
/* Rows of a table. */
bool mn_gen_count(struct mn_gen *g, enum mn_table t, uint64_t *n, struct mn_err *err);

/* ---- reading ---- */
struct mn_reader; /* one read transaction; sees what earlier stages committed */
struct mn_reader *mn_reader_open(struct mn_gen *g, struct mn_err *err);
void mn_reader_close(struct mn_reader *r);
/* 1 found, 0 not there, -1 err. body and pos are borrowed; either may be NULL. */
int mn_reader_get(struct mn_reader *r, enum mn_table t, struct mn_str key,
    struct mn_str *body, struct mn_str *pos, struct mn_err *err);

/* The stored form of a row of an input (REC) by its rid; as mn_reader_get. */
int mn_reader_row(
    struct mn_reader *r, uint64_t rid, struct mn_str *body, struct mn_err *err);

struct mn_scan; /* a walk over a table in key order */
/* Starts at the first key >= from (empty: the beginning). */
struct mn_scan *mn_scan_open(
    struct mn_reader *r, enum mn_table t, struct mn_str from, struct mn_err *err);
/* 1 and a row, 0 at the end, -1 err. */
int mn_scan_next(struct mn_scan *s, struct mn_str *key, struct mn_str *body,
    struct mn_str *pos, struct mn_err *err);
/* Moves an open scan: the next row is the first with key >= from. */
void mn_scan_seek(struct mn_scan *s, struct mn_str from);
void mn_scan_close(struct mn_scan *s);

/* ---- state: packs, decisions and the journal of a data directory (default sync) ---- */
struct mn_state;
struct mn_state *mn_state_open(const char *dir, bool write, struct mn_err *err);
/* Replaces everything under a prefix by the n rows given (keys sorted, with the prefix),
 * in one transaction. */
bool mn_state_replace(struct mn_state *s, struct mn_str prefix, const struct mn_str *keys,
    const struct mn_str *values, size_t n, struct mn_err *err);
/* Calls fn for each row under the prefix in key order until it returns false. */
bool mn_state_each(struct mn_state *s, struct mn_str prefix,
    bool (*fn)(void *ctx, struct mn_str key, struct mn_str value), void *ctx,
    struct mn_err *err);
void mn_state_close(struct mn_state *s);
/* Appends name and version of the library, for `manumit doctor`. */
void mn_store_library(struct mn_buf *out);

#endif

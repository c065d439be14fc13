/*
 * Handing over what a dossier rests on: one archive, and a record of it in the journal.
 */
#ifndef MN_RUN_EXPORT_H
#define MN_RUN_EXPORT_H

#include "manumit/run/run.h"

struct mn_export_opts {
	const char *data_dir; /* a store of its own, not a report directory */
	struct mn_str entity; /* as `explain` takes it */
	const char *out;      /* the archive */
	bool force;           /* replace it */
	struct mn_str by;     /* who exports: a role or initials; empty: not said */
	struct mn_when now;
	const struct mn_countries *countries;
};
struct mn_export_result {
	struct mn_str name; /* of the entity, in the arena */
	uint64_t generation, bytes;
	uint32_t records, decisions; /* of the journal, in the archive */
	uint32_t withheld; /* of the records: named by number, as they tell of workers */
	char sha256[MN_HEX256_CHARS + 1];
	struct mn_journal_head head;
};
/* The archive appears once the journal tells of it; never without. */
bool mn_run_export(const struct mn_export_opts *o, struct mn_arena *a,
    struct mn_export_result *out, struct mn_err *err);

#endif

/*
 * Auditing a result: the generation is made again from the same files, packs and
 * decisions, and must have the same digest.
 */
#ifndef MN_RUN_REPRODUCE_H
#define MN_RUN_REPRODUCE_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"
#include "manumit/connectors/mapping.h"

#define MN_REPRODUCE_LACKS 32

struct mn_reproduce_opts {
	const char *dir, *share_dir;
	uint64_t generation;     /* 0: the current one */
	const char *const *path; /* files, and folders whose files are looked at */
	uint32_t n_path, jobs;
	const char *country_pack;  /* of that run, NULL: the shipped series */
	const char *const *tailor; /* tailoring files of that run */
	uint32_t n_tailor;
	struct mn_mappings_said said; /* what that run was told of its inputs */
	bool no_sandbox;
};

struct mn_reproduced {
	uint64_t generation;
	char was[MN_HEX256_CHARS + 1], now[MN_HEX256_CHARS + 1]; /* digests */
	uint32_t files;
	bool same;
	/* Why it cannot be made again: files that are not there, packs that are others,
	 * decisions made since. Then nothing was run. */
	struct mn_str lacks[MN_REPRODUCE_LACKS];
	uint32_t n_lacks;
};

/* Files are found by their SHA-256, whatever they are called now. Works in a folder of
 * its own under dir, which is removed; publishes nothing. Takes the store's lock for the
 * copy of its state only. Strings of *out live in the arena. */
bool mn_run_reproduce(const struct mn_reproduce_opts *o, struct mn_arena *a,
    struct mn_reproduced *out, struct mn_err *err);

#endif

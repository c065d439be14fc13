/*
 * Private to the room: the parts of a ZIP archive, read from a file descriptor and never
 * written anywhere. Everything the archive says of itself is taken for a claim: sizes
 * are counted while reading, names and numbers of entries are bounded (base/limits.h).
 */
#ifndef MN_CONNECTORS_ARCHIVE_H
#define MN_CONNECTORS_ARCHIVE_H

#include <sys/types.h>

#include "manumit/base/arena.h"
#include "manumit/base/err.h"

struct mn_entry {
	struct mn_str name; /* '/' between folders, without one at its beginning */
	uint64_t index;
	uint64_t packed; /* bytes in the archive, as claimed there */
	bool locked;     /* encrypted */
	bool strange;    /* packed in another way than spreadsheet programs do */
};
struct mn_archive {
	struct mn_str file; /* for messages */
	const struct mn_entry *entry;
	uint32_t n;
	void *zip;
};

/* fd is borrowed; its offset moves. */
bool mn_archive_open(struct mn_arena *a, int fd, struct mn_str file,
    struct mn_archive *out, struct mn_err *err);
void mn_archive_close(struct mn_archive *z);
/* The entry of that name but for the case of A-Z, or NULL. */
const struct mn_entry *mn_archive_find(const struct mn_archive *z, struct mn_str name);

/* An entry being inflated, from its beginning. */
struct mn_part {
	const struct mn_archive *archive;
	const struct mn_entry *entry;
	uint64_t bytes; /* inflated so far */
	void *file;
};
bool mn_part_open(const struct mn_archive *z, const struct mn_entry *e,
    struct mn_part *out, struct mn_err *err);
/* Up to n bytes: how many, 0 at the end, -1 err. */
ssize_t mn_part_read(struct mn_part *p, char *to, size_t n, struct mn_err *err);
void mn_part_close(struct mn_part *p);

#endif

/* A directory of its own for a test, under $TMPDIR or /tmp. */
#ifndef TEST_TMPDIR_H
#define TEST_TMPDIR_H

#include "manumit/base/file.h"

struct tmpdir {
	char path[256];
	char room[512];
};

static inline int
tmpdir_make(void **state)
{
	static struct tmpdir t;
	const char *base = getenv("TMPDIR");
	snprintf(t.path, sizeof t.path, "%s/manumit-test-XXXXXX", base ? base : "/tmp");
	*state = &t;
	return mkdtemp(t.path) ? 0 : -1;
}

static inline int
tmpdir_remove(void **state)
{
	struct tmpdir *t = *state;
	return mn_dir_remove(t->path, NULL) ? 0 : -1;
}

/* DIR/name; good until the next call. */
static inline const char *
tmpdir_at(struct tmpdir *t, const char *name)
{
	snprintf(t->room, sizeof t->room, "%s/%s", t->path, name);
	return t->room;
}

#endif

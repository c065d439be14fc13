/* Any bytes as an overlap table. */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/run/overlaps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct mn_overlaps o;
	char path[64];
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	int fd = memfd_create("plain", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool good = mn_overlaps_read(&a, path, false, &o, &err);
	need(good || err.code != MN_E_NONE);
	close(fd);
	mn_arena_free(root);
	return 0;
}

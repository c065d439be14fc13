/* Any bytes as an overlap table, and as what the child that reads one sends. */
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../connectors/plain_rows.h"
#include "manumit/run/overlaps.h"
#include "manumit/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static void
as_answer(struct mn_arena a, struct mn_str bytes)
{
	struct mn_plain_table t = {.n = 0};
	struct mn_err err = MN_ERR_NONE;
	if (!mn_plain_rows_read(&a, bytes, &t, &err)) {
		need(err.code != MN_E_NONE);
		return;
	}
	for (uint32_t i = 0; i < t.n; i++)
		for (uint32_t k = 0; k < t.row[i].n; k++)
			need(mn_utf8_valid(t.row[i].cell[k]) == t.row[i].cell[k].n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct mn_overlaps o;
	char path[64];
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	as_answer(a, mn_str((const char *)data, n));
	int fd = memfd_create("plain", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool good = mn_overlaps_read(&a, path, false, &o, &err);
	need(good || err.code != MN_E_NONE);
	close(fd);
	mn_arena_free(root);
	return 0;
}

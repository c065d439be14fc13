/* Any bytes as a JSON document: objects in lists, releases, or damage. Runs in the
 * project's folder. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/connectors/input.h"
#include "manumit/text/utf8.h"

#include "../prop/json_same.h"

#include "known.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
read_as(const char *path, enum mn_kind kind)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	mn_rid last = 0;
	bool noted;
	int more = -1;
	struct mn_input *in = mn_input_open(&a, mappings(), path, kind, &diag, &err);
	while (in && (more = mn_input_next(in, 0, &rec, &noted, &err)) == 1) {
		need(rec.rid > last); /* a store wants them so */
		last = rec.rid;
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			need(mn_utf8_valid(rec.v[f]) == rec.v[f].n);
	}
	need(more == 0 || err.code != MN_E_NONE);
	const struct mn_input_info *i = in ? mn_input_info(in) : NULL;
	need(!i || i->rows == i->accepted + i->noted + i->quarantined);
	if (in)
		mn_input_close(in);
	mn_arena_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	int fd = memfd_create("document", MFD_CLOEXEC);
	need(json_agree(mn_str((const char *)data, n)) >= 0);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	read_as(path, MN_K_SUPPLIERS);
	read_as(path, MN_KIND_ANY);
	close(fd);
	return 0;
}

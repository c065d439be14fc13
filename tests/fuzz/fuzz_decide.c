/* Any bytes as a file of decisions: refused with a reason, or decisions that are stored
 * and read back as the same bytes. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../engine/run/decide.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static void
stores(const struct mn_decision *d)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_decision back;
	struct mn_buf key = mn_buf_new(256), value = mn_buf_new(1u << 20),
		      json = mn_buf_new(1u << 24);
	mn_decision_encode(d, &key, &value);
	mn_decision_json(d, &json);
	need(!key.failed && !value.failed && !json.failed);
	need(mn_decision_decode(mn_buf_str(&key), mn_buf_str(&value), &back, &err));
	need(back.same == d->same && back.on == d->on && back.expires == d->expires);
	mn_buf_free(&key);
	mn_buf_free(&value);
	mn_buf_free(&json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	const struct mn_decide_opts o = {.data_dir = "/nowhere",
	    .on = 20000,
	    .expires = MN_DAY_NONE,
	    .by = MN_S("fuzz")};
	struct mn_deciding x = {.o = &o, .a = &a};
	int fd = memfd_create("decisions", MFD_CLOEXEC);
	need(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool good = mn_deciding_read(&x, path, &err);
	need(good || err.code != MN_E_NONE);
	for (uint32_t i = 0; i < x.n; i++)
		stores(&x.v[i]);
	close(fd);
	mn_arena_free(root);
	return 0;
}

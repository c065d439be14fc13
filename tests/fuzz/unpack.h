/* Shared by targets of packed files: any bytes are unpacked, or refused with a reason,
 * within the limits. */
#ifndef MN_FUZZ_UNPACK_H
#define MN_FUZZ_UNPACK_H

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../connectors/unpack.h"
#include "manumit/base/limits.h"

/* as_it_is: the file may be left to others. */
static int
unpack(mn_unpacker *fn, bool as_it_is, const uint8_t *data, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_sha256 sha;
	uint64_t bytes = 0;
	int from = memfd_create("packed", MFD_CLOEXEC),
	    to = memfd_create("plain", MFD_CLOEXEC);
	if (from < 0 || to < 0 || write(from, data, n) != (ssize_t)n ||
	    lseek(from, 0, SEEK_SET) != 0)
		__builtin_trap();
	mn_sha256_init(&sha);
	bool good = fn(from, to, "packed", &sha, &bytes, &err);
	if (good ? bytes != n && !(as_it_is && bytes == 0) : err.code == MN_E_NONE)
		__builtin_trap();
	close(from);
	close(to);
	return 0;
}

#endif

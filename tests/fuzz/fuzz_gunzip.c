/* Any bytes as a gzip file: unpacked or refused with a reason, within the limits. */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../connectors/unpack.h"
#include "manumit/base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
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
	bool good = mn_gunzip(from, to, "packed", &sha, &bytes, &err);
	if (good ? bytes != n : err.code == MN_E_NONE)
		__builtin_trap();
	close(from);
	close(to);
	return 0;
}

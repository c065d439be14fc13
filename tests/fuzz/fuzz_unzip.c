/* Any bytes as a zip archive. */
#include "unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return unpack(mn_unzip, true, data, n);
}

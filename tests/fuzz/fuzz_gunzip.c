/* Any bytes as a gzip file. */
#include "unpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return unpack(mn_gunzip, false, data, n);
}

/* One pack file's bytes through reading and checking. */
#include "../../engine/pack/pack_impl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_arena root = mn_arena_new((size_t)2 << 30, NULL);
	struct mn_err err = MN_ERR_NONE;
	bool ok = n <= MN_MAX_PACK && mn_pack_check_bytes(root, "fuzz.json",
					  mn_str((const char *)data, n), &err);
	/* Refused without a message is a bug, and so is a message with success. */
	bool told = err.code != MN_E_NONE && err.msg[0] != '\0';
	mn_arena_free(root);
	if (n <= MN_MAX_PACK && ok == told)
		__builtin_trap();
	return 0;
}

/* Any bytes as a file of keys and as a signature: read or refused with a reason. The
 * first byte tells which. */
#include <stdint.h>

#include "manumit/base/clock.h"
#include "manumit/base/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_sign_keys keys = {.n = 0};
	struct mn_sign s;
	if (n == 0 || n > MN_MAX_SIGN)
		return 0;
	struct mn_str text = mn_str((const char *)data + 1, n - 1);
	bool good = data[0] & 1 ? mn_sign_keys_add(&keys, text, "keys", &err)
				: mn_sign_parse(text, "sign", &s, &err);
	if (good == (err.code != MN_E_NONE) || keys.n > MN_PINNED_KEYS)
		__builtin_trap();
	if (good && !(data[0] & 1) &&
	    (s.version.n == 0 || s.file.n == 0 || s.not_after == MN_DAY_NONE ||
		mn_version_cmp(s.version, s.version) != 0))
		__builtin_trap();
	return 0;
}

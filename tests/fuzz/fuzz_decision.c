/* Any bytes as a stored decision: refused, or one that is stored as the same bytes. The
 * first byte is the length of the key after its prefix. */
#include <stdint.h>

#include "manumit/resolve/decision.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_decision d;
	if (n == 0 || n > 1u << 16 || data[0] > n - 1)
		return 0;
	struct mn_buf key = mn_buf_new(512), key2 = mn_buf_new(512);
	struct mn_buf value2 = mn_buf_new(1u << 16);
	struct mn_str all = mn_str((const char *)data + 1, n - 1);
	struct mn_str value = mn_str_sub(all, data[0], n);
	mn_buf_add(&key, MN_S(MN_DECISION_PREFIX));
	mn_buf_add(&key, mn_str_sub(all, 0, data[0]));
	bool good = mn_decision_decode(mn_buf_str(&key), value, &d, &err);
	if (good == (err.code != MN_E_NONE))
		__builtin_trap();
	if (good) {
		mn_decision_encode(&d, &key2, &value2);
		if (!mn_str_eq(mn_buf_str(&key), mn_buf_str(&key2)) ||
		    !mn_str_eq(value, mn_buf_str(&value2)))
			__builtin_trap();
	}
	mn_buf_free(&key);
	mn_buf_free(&key2);
	mn_buf_free(&value2);
	return 0;
}

/* Any bytes as the state of a source and as the "fetch" object of a source file: refused
 * with a reason, or read; a state that was read is printed and read as the same. The
 * first byte tells which. */
#include <stdint.h>

#include "manumit/base/json.h"

#include "../../connectors/fetch_impl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
state(struct mn_arena *a, struct mn_str text)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_fetch_state s, again;
	struct mn_buf one = mn_buf_new(MN_MAX_STATE * 8),
		      two = mn_buf_new(MN_MAX_STATE * 8);
	bool good = mn_fetch_state_read(a, text, "state", &s, &err);
	if (good == (err.code != MN_E_NONE))
		__builtin_trap();
	if (good) {
		mn_fetch_state_print(&s, &one);
		if (!mn_fetch_state_read(a, mn_buf_str(&one), "state", &again, &err))
			__builtin_trap();
		mn_fetch_state_print(&again, &two);
		if (!mn_str_eq(mn_buf_str(&one), mn_buf_str(&two)))
			__builtin_trap();
	}
	mn_buf_free(&one);
	mn_buf_free(&two);
}

static void
object(struct mn_arena *a, struct mn_str text)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_map_fetch f;
	struct mn_json *root = mn_json_parse(text, "source", &err);
	if (!root)
		return;
	err = MN_ERR_NONE;
	bool good = mn_fetch_read(a, "source", root, &f, &err);
	if (good == (err.code != MN_E_NONE))
		__builtin_trap();
	if (good && (f.file.n == 0 || f.file.p[0] == '.' ||
			mn_str_find_byte(f.file, '/') != SIZE_MAX ||
			f.format >= MN_FETCH_COUNT || f.max_bytes < 0))
		__builtin_trap();
	mn_json_path(root, mn_str_sub(text, 0, 20));
	mn_json_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0 || n > MN_MAX_STATE)
		return 0;
	struct mn_arena a = mn_arena_new(4u << 20, NULL), root = a;
	(data[0] & 1 ? state : object)(&a, mn_str((const char *)data + 1, n - 1));
	mn_arena_free(root);
	return 0;
}

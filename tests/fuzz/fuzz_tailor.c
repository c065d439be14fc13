/* A tailoring file's bytes against a small pack: what is taken keeps the pack's rules. */
#include "../../engine/pack/pack_impl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char PACK[] =
    "{\"pack\":\"p\",\"kind\":\"indicators\",\"version\":\"1\",\"licence\":\"l\","
    "\"source\":\"s\",\"strengths\":["
    "{\"code\":\"S\",\"name\":\"strong\",\"nats\":4,\"source\":\"s\",\"verified\":true},"
    "{\"code\":\"M\",\"name\":\"medium\",\"nats\":2,\"source\":\"s\",\"verified\":true},"
    "{\"code\":\"W\",\"name\":\"weak\",\"nats\":1,\"source\":\"s\",\"verified\":true}],"
    "\"parameters\":[{\"code\":\"min_cell_public\",\"value\":11,\"source\":\"s\","
    "\"verified\":true}]}";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	struct mn_pbuild *b = mn_pbuild_new(&a);
	if (!mn_pread_bytes(b, "p.json", mn_str_c(PACK), &err))
		__builtin_trap();
	bool ok = mn_ptailor_bytes(b, "t.json", mn_str((const char *)data, n), &err);
	if (ok == (err.code != MN_E_NONE && err.msg[0] != '\0'))
		__builtin_trap();
	/* Nobody lowers the smallest number of workers shown. */
	if (ok && (b->p.n_tailored == 0 || b->p.param[0].value_q16 < 11 << 16))
		__builtin_trap();
	mn_arena_free(root);
	return 0;
}

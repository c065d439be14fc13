/* Shared by targets that read files: a wish that has to come true, and the layouts and
 * words of connectors, loaded once. Runs in the project's folder. */
#ifndef MN_FUZZ_KNOWN_H
#define MN_FUZZ_KNOWN_H

#include "manumit/connectors/input.h"

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static const struct mn_mappings *
mappings(void)
{
	static const struct mn_mappings *once;
	static struct mn_arena a;
	struct mn_err err = MN_ERR_NONE;
	if (!once) {
		a = mn_arena_new((size_t)256 << 20, NULL);
		once = mn_mappings_load(&a, "connectors", &err);
		need(once != NULL);
	}
	return once;
}

#endif

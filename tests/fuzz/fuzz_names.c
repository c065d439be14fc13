/* Any bytes as a cell with several names: bounded, and every name found is text of it.
 * Runs in the project's folder. */
#include "../../connectors/names.h"
#include "manumit/base/file.h"
#include "manumit/base/limits.h"
#include "manumit/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static const struct mn_grammar *
grammar(void)
{
	static const struct mn_grammar *once;
	static struct mn_arena a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	uint32_t n;
	if (once)
		return once;
	a = mn_arena_new((size_t)16 << 20, NULL);
	need(mn_file_read(&a, "connectors/names.json", MN_MAX_PACK, &text, &err));
	struct mn_json *json = mn_json_parse(text, "names.json", &err);
	need(json && mn_grammars_read(&a, json, "names.json", &once, &n, &err) && n > 0);
	mn_json_free(json);
	return once;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* The room a row has (input.c). */
	struct mn_arena a = mn_arena_new((size_t)64 * MN_MAX_RECORD, NULL), root = a;
	struct mn_str cell = mn_str((const char *)data, n);
	if (mn_utf8_valid(cell) == n) {
		struct mn_names m = mn_names_cut(grammar(), cell, &a);
		need(m.n <= MN_MAX_NAMED);
		for (uint32_t i = 0; i < m.n; i++) {
			const struct mn_named *e = &m.e[i];
			need(e->name.n > 0);
			need(mn_utf8_valid(e->name) == e->name.n);
			need(mn_utf8_valid(e->aliases) == e->aliases.n);
			need(mn_utf8_valid(e->weak) == e->weak.n);
			need(mn_utf8_valid(e->scope) == e->scope.n);
		}
	}
	mn_arena_free(root);
	return 0;
}

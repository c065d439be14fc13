/* manumit match: names against lists, or against each other, with reasons. Needs no data
 * directory. */
#include "match.h"

int
mn_match_flush(struct mn_matching *x, size_t more_than)
{
	if (x->out.n <= more_than)
		return 0;
	int status = mn_cli_print(&x->out);
	mn_buf_clear(&x->out);
	return status;
}

static bool
open_matcher(struct mn_matching *x, struct mn_err *err)
{
	struct mn_arena *a = &x->c->arena;
	const char *share = mn_cli_share(x->c);
	x->maps =
	    mn_mappings_load(a, mn_arena_fmt(a, "%s/connectors%c", share, 0).p, err);
	return x->maps && mn_matcher_open(&x->m, a,
			      mn_arena_fmt(a, "%s/connectors/names%c", share, 0).p,
			      mn_mappings_countries(x->maps), err);
}

int
mn_cmd_match(struct mn_cli *c)
{
	struct mn_err err;
	struct mn_matching x = {.c = c, .out = mn_buf_new(1u << 24)};
	if (!c->pairs) {
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if (!open_matcher(&x, &err))
		return mn_cli_fail(&err);
	int status = mn_match_pairs(&x);
	mn_matcher_close(&x.m);
	mn_buf_free(&x.out);
	return status;
}

/* manumit match: names against lists, or against each other, with reasons. Needs no data
 * directory. */
#include "lists.h"
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
	x->maps = mn_cli_mappings(x->c, err);
	return x->maps && mn_matcher_open(&x->m, a,
			      mn_arena_fmt(a, "%s/connectors/names%c", share, 0).p,
			      mn_mappings_countries(x->maps), err);
}

static int
run(struct mn_matching *x)
{
	if (x->c->pairs)
		return mn_match_pairs(x);
	int status = mn_match_lists(x);
	if (status)
		return status;
	return x->c->names ? mn_match_names(x) : mn_match_name(x, x->c->arg[0]);
}

static void
close_matching(struct mn_matching *x)
{
	mn_list_build_free(x->build);
	mn_reader_close(x->reader);
	mn_gen_close(x->gen);
	mn_file_unmap(x->map);
	mn_crew_close(&x->crew);
	mn_matcher_close(&x->m);
	mn_buf_free(&x->out);
	mn_arena_free(x->listed_root);
}

int
mn_cmd_match(struct mn_cli *c)
{
	struct mn_err err;
	int ways = (c->pairs != NULL) + (c->names != NULL) + (c->n_arg > 0);
	if (ways != 1 || c->n_arg > 1) {
		fprintf(stderr,
		    "manumit: match wants one of: a name (in quotes), --names "
		    "FILE, --pairs FILE\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	int stale = mn_cli_lists_inputs(c);
	if (stale >= 0)
		return stale;
	struct mn_matching x = {.c = c, .out = mn_buf_new(1u << 24)};
	int status = open_matcher(&x, &err) ? run(&x) : mn_cli_fail(&err);
	close_matching(&x);
	return status;
}

/* manumit diff: whose band, gates or evidence changed, and what did it. */
#include "manumit/report/diff.h"

#include "cli.h"

#define DIFF_BYTES ((size_t)1 << 32)

struct sides {
	struct mn_gen *gen[2]; /* was, now */
	struct mn_report report[2];
	bool open[2];
};

static bool
open_side(struct mn_cli *c, struct sides *s, int i, uint64_t number,
    const struct mn_countries *countries, struct mn_err *err)
{
	s->gen[i] = mn_run_open(c->data_dir, number, err);
	s->open[i] = s->gen[i] &&
		     mn_report_open(&s->report[i], s->gen[i], countries, &c->arena, err);
	if (s->open[i] && s->report[i].audience != MN_AUD_INTERNAL)
		return mn_fail(err, MN_E_NOPERM,
		    "generation %llu is a copy for others: only internal ones are "
		    "compared",
		    (unsigned long long)s->report[i].generation);
	return s->open[i];
}

static void
close_sides(struct sides *s)
{
	for (int i = 0; i < 2; i++) {
		if (s->open[i])
			mn_report_close(&s->report[i]);
		mn_gen_close(s->gen[i]);
	}
}

/* G1 [G2]: numbers; none: the current one against the one before. */
static int
numbers(struct mn_cli *c, uint64_t n[2])
{
	for (uint32_t i = 0; i < c->n_arg; i++)
		if (!mn_str_u64(mn_str_c(c->arg[i]), &n[i]) || n[i] == 0) {
			fprintf(stderr,
			    "manumit: a generation is a number from 1 on, not \"%s\"\n",
			    c->arg[i]);
			return 64;
		}
	return -1;
}

static bool
compare(struct mn_cli *c, uint64_t n[2], struct mn_buf *out, struct mn_err *err)
{
	struct sides s = {.open = {false}};
	struct mn_diff_counts counts;
	struct mn_buf *to[MN_DIFF_FORMATS] = {NULL};
	to[c->json ? MN_DIFF_JSONL : MN_DIFF_TEXT] = out;
	const struct mn_countries *countries = mn_cli_countries(c, err);
	bool good = countries && open_side(c, &s, 1, n[1], countries, err);
	if (good && n[0] == 0)
		n[0] = s.report[1].generation - 1;
	if (good && n[0] == 0)
		good = mn_fail(err, MN_E_NOTFOUND,
		    "generation 1 is the first: there is none before it to compare with");
	good = good && open_side(c, &s, 0, n[0], countries, err) &&
	       mn_diff_print(&s.report[0], &s.report[1], to, &counts, err);
	close_sides(&s);
	return good;
}

int
mn_cmd_diff(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	uint64_t n[2] = {0, 0};
	if (c->n_arg > 2 || !c->data_dir) {
		fprintf(stderr,
		    "manumit: diff wants -d DIR, the store, and at most two generations "
		    "(earlier, later)\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	int status = numbers(c, n);
	if (status >= 0)
		return status;
	struct mn_buf out = mn_buf_new(DIFF_BYTES);
	status = compare(c, n, &out, &err) ? mn_cli_print(&out) : mn_cli_fail(&err);
	mn_buf_free(&out);
	return status;
}

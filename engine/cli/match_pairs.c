/* manumit match --pairs: the matcher's own probability for each pair of a file. */
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/resolve/reason.h"

#include "match.h"

enum column {
	LEFT_NAME,
	LEFT_COUNTRY,
	LEFT_ADDR,
	RIGHT_NAME,
	RIGHT_COUNTRY,
	RIGHT_ADDR,
	COLUMNS
};
static const char *const COLUMN[COLUMNS] = {"left_name", "left_country", "left_addr",
    "right_name", "right_country", "right_addr"};

#define CELLS_MAX 64

struct pairs {
	int at[COLUMNS]; /* where each column stands, -1: it is not there */
	uint64_t line;
	struct mn_profile left, right;
};

static bool
read_header(struct pairs *p, struct mn_str line, const char *path, struct mn_err *err)
{
	if (mn_str_starts(line, MN_S("\xef\xbb\xbf")))
		line = mn_str_sub(line, 3, line.n);
	for (int c = 0; c < COLUMNS; c++)
		p->at[c] = -1;
	for (int i = 0; line.p && i < CELLS_MAX; i++) {
		struct mn_str cell = mn_str_cut(&line, '\t');
		for (int c = 0; c < COLUMNS; c++)
			if (mn_str_eq(cell, mn_str_c(COLUMN[c])))
				p->at[c] = i;
	}
	if (p->at[LEFT_NAME] >= 0 && p->at[RIGHT_NAME] >= 0)
		return true;
	return mn_fail(err, MN_E_DATA,
	    "%s: line 1: no column \"%s\"; wanted a line of tab-separated column names: "
	    "left_name and right_name, and if known left_country, right_country, "
	    "left_addr, right_addr",
	    path, COLUMN[p->at[LEFT_NAME] < 0 ? LEFT_NAME : RIGHT_NAME]);
}

static struct mn_str
cell_of(const struct pairs *p, const struct mn_str *cell, int n, enum column c)
{
	return p->at[c] >= 0 && p->at[c] < n ? cell[p->at[c]] : MN_STR_NONE;
}

static void
print(struct mn_matching *x, const struct pairs *p, const struct mn_verdict *v)
{
	char text[32];
	mn_fx_print(v->p_q16, 4, text);
	mn_buf_fmt(
	    &x->out, "%s\t%s\t", text, mn_match_band_name(mn_match_band(v->p_q16)));
	mn_reason_short(&p->left.party, &p->right.party, v, &x->out);
	mn_buf_byte(&x->out, '\n');
}

static void
pair(struct mn_matching *x, struct pairs *p, struct mn_str line)
{
	struct mn_str cell[CELLS_MAX];
	struct mn_verdict v;
	int n = 0;
	while (line.p && n < CELLS_MAX)
		cell[n++] = mn_str_cut(&line, '\t');
	mn_profile_read(&x->m, cell_of(p, cell, n, LEFT_NAME),
	    cell_of(p, cell, n, LEFT_COUNTRY), cell_of(p, cell, n, LEFT_ADDR), &p->left);
	mn_profile_read(&x->m, cell_of(p, cell, n, RIGHT_NAME),
	    cell_of(p, cell, n, RIGHT_COUNTRY), cell_of(p, cell, n, RIGHT_ADDR),
	    &p->right);
	mn_profile_compare(&x->m, &p->left, &p->right, &v);
	print(x, p, &v);
}

static int
run(struct mn_matching *x, struct pairs *p, struct mn_lines *l, const char *path)
{
	struct mn_err err;
	struct mn_str line;
	int more = 1, status = 0;
	while (status == 0 && (more = mn_lines_next(l, &line, &err)) == 1) {
		if (p->line++ > 0) {
			pair(x, p, line);
			status = mn_match_flush(x, 1u << 16);
		} else if (!read_header(p, line, path, &err)) {
			return mn_cli_fail(&err);
		}
	}
	if (more < 0)
		return mn_cli_fail(&err);
	if (p->line == 0) {
		mn_fail(
		    &err, MN_E_DATA, "%s: empty; wanted a header line and pairs", path);
		return mn_cli_fail(&err);
	}
	return status ? status : mn_match_flush(x, 0);
}

int
mn_match_pairs(struct mn_matching *x)
{
	struct mn_err err;
	struct pairs *p = MN_NEW(&x->c->arena, struct pairs, 1);
	struct mn_lines *l = mn_lines_open(x->c->pairs, MN_MAX_RECORD, &err);
	if (!l)
		return mn_cli_fail(&err);
	int status = run(x, p, l, x->c->pairs);
	mn_lines_close(l);
	return status;
}

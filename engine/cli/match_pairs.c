/* manumit match --pairs: the matcher's own probability for each pair of a file. */
#include "manumit/base/fx.h"
#include "manumit/connectors/tables.h"
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

struct pairs {
	int at[COLUMNS]; /* where each column stands, -1: it is not there */
	struct mn_profile left, right;
};

static bool
read_header(
    struct pairs *p, const struct mn_csv_row *row, const char *path, struct mn_err *err)
{
	for (int c = 0; c < COLUMNS; c++)
		p->at[c] = -1;
	for (uint32_t i = 0; i < row->n; i++)
		for (int c = 0; c < COLUMNS; c++)
			if (mn_str_eq(row->cell[i], mn_str_c(COLUMN[c])))
				p->at[c] = (int)i;
	if (p->at[LEFT_NAME] >= 0 && p->at[RIGHT_NAME] >= 0)
		return true;
	return mn_fail(err, MN_E_DATA,
	    "%s: line 1: no column \"%s\"; wanted a line of tab-separated column names: "
	    "left_name and right_name, and if known left_country, right_country, "
	    "left_addr, right_addr",
	    path, COLUMN[p->at[LEFT_NAME] < 0 ? LEFT_NAME : RIGHT_NAME]);
}

static struct mn_str
cell_of(const struct pairs *p, const struct mn_csv_row *row, enum column c)
{
	bool there = p->at[c] >= 0 && (uint32_t)p->at[c] < row->n;
	return there ? row->cell[p->at[c]] : MN_STR_NONE;
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
pair(struct mn_matching *x, struct pairs *p, const struct mn_csv_row *row)
{
	struct mn_verdict v;
	mn_profile_read(&x->m, cell_of(p, row, LEFT_NAME), cell_of(p, row, LEFT_COUNTRY),
	    cell_of(p, row, LEFT_ADDR), &p->left);
	mn_profile_read(&x->m, cell_of(p, row, RIGHT_NAME),
	    cell_of(p, row, RIGHT_COUNTRY), cell_of(p, row, RIGHT_ADDR), &p->right);
	mn_profile_compare(&x->m, &p->left, &p->right, &v);
	print(x, p, &v);
}

static int
run(struct mn_matching *x, struct pairs *p, struct mn_rows *rows, const char *path)
{
	struct mn_err err;
	struct mn_csv_row row;
	uint64_t line;
	bool headed = false;
	int more = 1, status = 0;
	while (status == 0 && (more = mn_rows_next(rows, &row, &line, &err)) == 1) {
		if (headed) {
			pair(x, p, &row);
			status = mn_match_flush(x, 1u << 16);
		} else if (!read_header(p, &row, path, &err)) {
			return mn_cli_fail(&err);
		}
		headed = true;
	}
	if (more < 0)
		return mn_cli_fail(&err);
	return status ? status : mn_match_flush(x, 0);
}

int
mn_match_pairs(struct mn_matching *x)
{
	struct mn_err err;
	struct mn_str part;
	struct pairs *p = MN_NEW(&x->c->arena, struct pairs, 1);
	const char *path = mn_path_part(&x->c->arena, x->c->pairs, &part);
	struct mn_rows *rows = mn_rows_open(
	    &x->c->arena, x->maps, path, part, MN_S("pairs"), MN_RAW_TABS, &err);
	if (!rows && err.code == MN_E_FILE_EMPTY)
		mn_fail(&err, MN_E_DATA, "%s: empty; wanted a header line and pairs",
		    x->c->pairs);
	if (!rows)
		return mn_cli_fail(&err);
	int status = run(x, p, rows, path);
	mn_rows_close(rows);
	return status;
}

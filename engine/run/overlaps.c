/* Reading overlap tables and names of models. */
#include "manumit/connectors/plain_table.h"
#include "manumit/run/overlaps.h"

#define COUNT_WORDS "count|n|frequency|freq|cases|number|number of cases"
#define MOST_CASES 1000000000 /* a history; exact in what is computed */

struct reading {
	const struct mn_plain_table *t;
	uint32_t count; /* its column */
	uint32_t column[MN_MSE_LISTS];
	struct mn_overlaps *o;
};

static bool
mistake(const struct reading *r, uint32_t row, uint32_t column, const char *what,
    struct mn_err *err)
{
	return mn_fail(err, MN_E_DATA, "%.*s:%llu: column %.*s: \"%.*s\": %s",
	    MN_FMT(r->t->file), (unsigned long long)r->t->row[row].line,
	    MN_FMT(mn_plain_cell(&r->t->row[0], column)),
	    MN_FMT(mn_str_sub(mn_plain_cell(&r->t->row[row], column), 0, 40)), what);
}

/* 1 or 0, or -1: neither. */
static int
on_list(struct mn_str s)
{
	static const char *const YES[] = {"1", "yes", "true", "x"};
	static const char *const NO[] = {"0", "no", "false"};
	for (size_t i = 0; i < countof(YES); i++)
		if (mn_str_eq_ascii(s, mn_str_c(YES[i])))
			return 1;
	for (size_t i = 0; i < countof(NO); i++)
		if (mn_str_eq_ascii(s, mn_str_c(NO[i])))
			return 0;
	return -1;
}

static bool
read_row(struct reading *r, uint32_t row, struct mn_err *err)
{
	uint32_t history = 0;
	uint64_t n;
	for (uint32_t i = 0; i < r->o->n_list; i++) {
		int on = on_list(mn_plain_cell(&r->t->row[row], r->column[i]));
		if (on < 0)
			return mistake(r, row, r->column[i],
			    "write 1 where the cases are on this list, else 0", err);
		history |= (uint32_t)on << i;
	}
	if (!mn_str_u64(mn_plain_cell(&r->t->row[row], r->count), &n) || n > MOST_CASES)
		return mistake(r, row, r->count,
		    "write how many cases have this history, as a whole number", err);
	if (history == 0)
		return mistake(r, row, r->count,
		    "the row is on no list; those whom no list knows are what is "
		    "estimated: leave the row out",
		    err);
	/* Rows of one history, of years or regions, belong together. */
	r->o->count[history] += n;
	return true;
}

static bool
read_header(struct reading *r, struct mn_arena *a, struct mn_err *err)
{
	const struct mn_plain_row *head = &r->t->row[0];
	r->count = mn_plain_table_column(r->t, COUNT_WORDS);
	if (r->count == UINT32_MAX)
		return mn_fail(err, MN_E_FILE_HEADER,
		    "%.*s: no column \"count\" says how many cases have each history; "
		    "the others are the lists",
		    MN_FMT(r->t->file));
	for (uint32_t i = 0; i < head->n; i++) {
		if (i == r->count)
			continue;
		if (head->cell[i].n == 0)
			return mn_fail(err, MN_E_FILE_HEADER,
			    "%.*s: column %u has no name; each list needs one",
			    MN_FMT(r->t->file), i + 1);
		if (r->o->n_list == MN_MSE_LISTS)
			return mn_fail(err, MN_E_FILE_HEADER,
			    "%.*s: more than %u lists; join those that are alike",
			    MN_FMT(r->t->file), MN_MSE_LISTS);
		for (uint32_t k = 0; k < r->o->n_list; k++)
			if (mn_str_eq(r->o->list[k], head->cell[i]))
				return mn_fail(err, MN_E_FILE_HEADER,
				    "%.*s: two lists are called %.*s", MN_FMT(r->t->file),
				    MN_FMT(head->cell[i]));
		r->column[r->o->n_list] = i;
		r->o->list[r->o->n_list++] = mn_arena_str(a, head->cell[i]);
	}
	return true;
}

bool
mn_overlaps_read(struct mn_arena *a, const char *path, bool apart,
    struct mn_overlaps *out, struct mn_err *err)
{
	struct reading r = {
	    .t = mn_plain_table_read(a, path, MN_S("Overlaps"), apart, err), .o = out};
	memset(out, 0, sizeof *out);
	if (!r.t || !read_header(&r, a, err))
		return false;
	for (uint32_t i = 1; i < r.t->n; i++)
		if (!read_row(&r, i, err))
			return false;
	return true;
}

/* ---- models ---- */

static bool
list_named(
    const struct mn_overlaps *o, struct mn_str name, uint32_t *out, struct mn_err *err)
{
	for (*out = 0; *out < o->n_list; ++*out)
		if (mn_str_eq_ascii(o->list[*out], name))
			return true;
	int near = mn_str_nearest(name, o->list, o->n_list);
	return mn_fail(err, MN_E_DATA, "--model: no list is called \"%.*s\"%s%.*s%s",
	    MN_FMT(mn_str_sub(name, 0, 40)), near < 0 ? "" : " (did you mean ",
	    MN_FMT(near < 0 ? MN_STR_NONE : o->list[near]), near < 0 ? "" : "?)");
}

static bool
add_pair(const struct mn_overlaps *o, struct mn_str text, struct mn_mse_model *m,
    struct mn_err *err)
{
	struct mn_str rest = text, first = mn_str_trim(mn_str_cut(&rest, ':'));
	uint32_t i, j;
	if (!rest.p)
		return mn_fail(err, MN_E_DATA,
		    "--model: \"%.*s\" is no pair; write two lists with ':' between, or "
		    "main, stepwise or aic",
		    MN_FMT(mn_str_sub(text, 0, 40)));
	if (!list_named(o, first, &i, err) || !list_named(o, mn_str_trim(rest), &j, err))
		return false;
	if (i == j)
		return mn_fail(err, MN_E_DATA, "--model: %.*s is paired with itself",
		    MN_FMT(o->list[i]));
	uint8_t low = (uint8_t)(i < j ? i : j), high = (uint8_t)(i < j ? j : i);
	for (uint32_t k = 0; k < m->n_pair; k++)
		if (m->pair[k][0] == low && m->pair[k][1] == high)
			return mn_fail(err, MN_E_DATA, "--model: %.*s:%.*s stands twice",
			    MN_FMT(o->list[low]), MN_FMT(o->list[high]));
	m->pair[m->n_pair][0] = low;
	m->pair[m->n_pair++][1] = high;
	return true;
}

bool
mn_overlaps_model(const struct mn_overlaps *o, struct mn_str text,
    struct mn_mse_model *out, struct mn_err *err)
{
	*out = (struct mn_mse_model){.n_pair = 0};
	if (mn_str_eq(text, MN_S("main")))
		return true;
	for (struct mn_str rest = text; rest.p;) {
		struct mn_str one = mn_str_trim(mn_str_cut(&rest, ','));
		if (!add_pair(o, one, out, err))
			return false;
	}
	return true;
}

/* The tables of a plan: inspectors, seasons, sites that are never scheduled. */
#include "manumit/base/clock.h"
#include "manumit/text/fold.h"

#include "planning.h"

static bool
mistake(const struct mn_plain_table *t, uint32_t row, uint32_t column, const char *advice,
    struct mn_err *err)
{
	return mn_fail(err, MN_E_DATA, "%.*s:%llu: column %.*s: \"%.*s\": %s",
	    MN_FMT(t->file), (unsigned long long)t->row[row].line,
	    MN_FMT(mn_plain_cell(&t->row[0], column)),
	    MN_FMT(mn_str_sub(mn_plain_cell(&t->row[row], column), 0, 40)), advice);
}

static struct mn_str
folded(struct mn_arena *a, struct mn_str s)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_fold_words(s, &b);
	struct mn_str f = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return f;
}

/* ---- inspectors ---- */

/* "en, bn" and "en/bn" are lists too. */
static struct mn_str
with_semicolons(struct mn_arena *a, struct mn_str s)
{
	char *p = mn_arena_cstr(a, s);
	for (size_t i = 0; i < s.n; i++)
		p[i] = p[i] == ',' || p[i] == '/' ? ';' : p[i];
	return mn_str(p, s.n);
}

static bool
crew_row(struct mn_planning *x, const struct mn_plain_table *t, uint32_t i,
    const uint32_t column[5], struct mn_err *err)
{
	const struct mn_plain_row *row = &t->row[i];
	uint64_t days;
	struct mn_inspector *c = &x->crew[x->n_crew];
	if (!mn_str_u64(mn_plain_cell(row, column[0]), &days) || days > 366)
		return mistake(t, i, column[0],
		    "write how many days there are for visits, from 0 to 366", err);
	*c = (struct mn_inspector){.days = (uint32_t)days,
	    .name = mn_plain_cell(row, column[1]),
	    .base = mn_plain_cell(row, column[2]),
	    .regions = with_semicolons(x->a, mn_plain_cell(row, column[3])),
	    .languages = with_semicolons(x->a, mn_plain_cell(row, column[4]))};
	if (c->name.n == 0)
		c->name = mn_arena_fmt(x->a, "inspector %u", i);
	x->n_crew++;
	return true;
}

/* Inspectors are told apart by a code: a column of names is not read. */
static bool
read_crews(struct mn_planning *x, struct mn_err *err)
{
	static const char *const WORDS[] = {
	    "days|inspector_days|visit_days|days_available|available_days",
	    "inspector|id|code|inspector_id|team", "base|office|location|town",
	    "region|regions|province|area|serves", "languages|language|speaks"};
	const struct mn_plain_table *t = mn_plain_table_read(
	    x->a, x->o->inspectors, MN_S("Inspectors"), x->o->apart, err);
	uint32_t column[countof(WORDS)];
	if (!t)
		return false;
	for (size_t i = 0; i < countof(WORDS); i++)
		column[i] = mn_plain_table_column(t, WORDS[i]);
	if (column[0] == UINT32_MAX)
		return mn_fail(err, MN_E_FILE_HEADER,
		    "%s: no column \"days\" says how many days each inspector has; also "
		    "read are inspector (a code), base, region and languages",
		    x->o->inspectors);
	x->crew = MN_NEW(x->a, struct mn_inspector, t->n);
	for (uint32_t i = 1; i < t->n; i++)
		if (!crew_row(x, t, i, column, err))
			return false;
	return true;
}

/* Does the word name this region (folded), or the country it lies in? */
static bool
means(const struct mn_planning *x, struct mn_str word, struct mn_str country,
    uint32_t region)
{
	struct mn_str key = x->region.key[region];
	return mn_str_eq(mn_str_sub(key, mn_str_find_byte(key, '|') + 1, key.n), word) ||
	       (country.n && mn_str_eq(x->region.country[region], country));
}

static void
serve(struct mn_planning *x, struct mn_inspector *c, struct mn_plan_crew *p)
{
	struct mn_str from = c->regions.n ? c->regions : c->base;
	uint32_t *region = MN_NEW(x->a, uint32_t, x->region.n + 1);
	bool *has = MN_NEW(x->a, bool, x->region.n + 1);
	for (struct mn_str rest = from; rest.p && rest.n;) {
		struct mn_str one = mn_str_trim(mn_str_cut(&rest, ';'));
		struct mn_str word = folded(x->a, one);
		struct mn_str country = mn_country_find(x->o->countries, one);
		bool found = false;
		for (uint32_t i = 0; word.n && i < x->region.n; i++)
			if (means(x, word, country, i)) {
				found = true;
				has[i] = true;
			}
		if (!found && c->regions.n)
			mn_planning_remark(
			    x, mn_arena_fmt(x->a,
				   "Inspector %.*s serves \"%.*s\", where no employer of "
				   "this run stands.",
				   MN_FMT(c->name), MN_FMT(one)));
	}
	for (uint32_t i = 0; i < x->region.n; i++)
		if (has[i])
			region[p->n_region++] = i;
	p->region = region;
	/* Who serves only regions that are not here serves nothing; who names none, all.
	 */
	if (p->n_region == 0 && c->regions.n)
		p->units = 0;
}

void
mn_planning_crews(struct mn_planning *x)
{
	if (x->o->visits) {
		x->plan_crew = MN_NEW(x->a, struct mn_plan_crew, 1);
		x->plan_crew->units = x->o->visits;
		x->in.n_crew = 1;
	} else {
		x->plan_crew = MN_NEW(x->a, struct mn_plan_crew, x->n_crew + 1);
		x->in.n_crew = x->n_crew;
		for (uint32_t i = 0; i < x->n_crew; i++) {
			x->plan_crew[i].units = x->crew[i].days;
			serve(x, &x->crew[i], &x->plan_crew[i]);
		}
	}
	x->in.crew = x->plan_crew;
}

/* ---- seasons ---- */

static bool
month_cell(const struct mn_plain_table *t, uint32_t row, uint32_t column, uint32_t *out,
    struct mn_err *err)
{
	uint64_t n;
	if (!mn_str_u64(mn_plain_cell(&t->row[row], column), &n) || n < 1 || n > 12)
		return mistake(t, row, column, "write a month as 1 to 12", err);
	*out = (uint32_t)n;
	return true;
}

static bool
read_seasons(struct mn_planning *x, struct mn_err *err)
{
	const struct mn_plain_table *t =
	    mn_plain_table_read(x->a, x->o->seasons, MN_S("Seasons"), x->o->apart, err);
	if (!t)
		return false;
	uint32_t sector = mn_plain_table_column(t, "sector|industry|crop|product"),
		 region = mn_plain_table_column(t, "region|province|country"),
		 from = mn_plain_table_column(t, "from|from_month|first_month|start"),
		 to = mn_plain_table_column(t, "to|to_month|last_month|end|until");
	if (sector == UINT32_MAX || from == UINT32_MAX || to == UINT32_MAX)
		return mn_fail(err, MN_E_FILE_HEADER,
		    "%s: wants the columns sector, from and to (months 1 to 12); region "
		    "may be added",
		    x->o->seasons);
	x->season = MN_NEW(x->a, struct mn_season, t->n);
	for (uint32_t i = 1; i < t->n; i++) {
		struct mn_season *s = &x->season[x->n_season++];
		s->sector = folded(x->a, mn_plain_cell(&t->row[i], sector));
		s->region = folded(x->a, mn_plain_cell(&t->row[i], region));
		if (!month_cell(t, i, from, &s->from, err) ||
		    !month_cell(t, i, to, &s->to, err))
			return false;
		if (s->sector.n == 0)
			return mistake(t, i, sector, "name the sector", err);
	}
	return true;
}

/* ---- never scheduled ---- */

static bool
never_row(struct mn_planning *x, const struct mn_plain_table *t, uint32_t i, uint32_t id,
    uint32_t name, struct mn_err *err)
{
	struct mn_err none = MN_ERR_NONE;
	struct mn_str what = mn_plain_cell(&t->row[i], id);
	what = what.n ? what : mn_plain_cell(&t->row[i], name);
	if (what.n == 0)
		return mistake(t, i, id == UINT32_MAX ? name : id,
		    "neither id nor name is filled in; nobody would be left out", err);
	if (mn_view_find(&x->r, what, *x->a, &x->never[x->n_never], &none)) {
		x->n_never++;
		return true;
	}
	if (none.code != MN_E_NOTFOUND) {
		*err = none;
		return false;
	}
	mn_planning_remark(
	    x, mn_arena_fmt(x->a, "Never schedule, %.*s:%llu: %s.", MN_FMT(t->file),
		   (unsigned long long)t->row[i].line, none.msg));
	return true;
}

static bool
read_never(struct mn_planning *x, struct mn_err *err)
{
	const struct mn_plain_table *t =
	    mn_plain_table_read(x->a, x->o->never, MN_S("Never"), x->o->apart, err);
	if (!t)
		return false;
	uint32_t id = mn_plain_table_column(t, "id|entity|supplier|employer_id"),
		 name = mn_plain_table_column(t, "name|employer|company|entity_name");
	if (id == UINT32_MAX && name == UINT32_MAX)
		return mn_fail(err, MN_E_FILE_HEADER,
		    "%s: wants a column id or name, of those never to be scheduled",
		    x->o->never);
	x->never = MN_NEW(x->a, struct mn_eid, t->n);
	for (uint32_t i = 1; i < t->n; i++)
		if (!never_row(x, t, i, id, name, err))
			return false;
	return true;
}

bool
mn_planning_inputs(struct mn_planning *x, struct mn_err *err)
{
	return (x->o->visits || read_crews(x, err)) &&
	       (!x->o->seasons || read_seasons(x, err)) &&
	       (!x->o->never || read_never(x, err));
}

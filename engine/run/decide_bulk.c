/*
 * Many rows of review.csv decided at once: those without a decision of their own that
 * wait, and that list, gate, likeness and country choose. They are counted first; only
 * who says the number records them.
 */
#include "manumit/base/fx.h"

#include "decide.h"

static bool
is_one(struct mn_str wanted, struct mn_str cell)
{
	return wanted.n == 0 || mn_str_eq_ascii(wanted, cell);
}

bool
mn_bulk_takes(const struct mn_decide_bulk *b, const struct mn_bulk_row *row)
{
	int64_t p = 0;
	/* Stale, expired and contradicted decisions want a look, one by one. */
	if (!b->on || !mn_str_eq_ascii(row->pair, MN_S("list")) ||
	    !mn_str_eq_ascii(row->state, MN_S("waiting")) || row->subject.n == 0)
		return false;
	if (!is_one(b->list, row->list) || !is_one(b->gate, row->gate))
		return false;
	if (b->same_country &&
	    (row->country.n == 0 || !mn_str_eq_ascii(row->country, row->entry_country)))
		return false;
	return b->min_p_q16 < 0 ||
	       (row->probability.n && mn_fx_parse(row->probability, &p) &&
		   p >= b->min_p_q16);
}

struct mn_str
mn_bulk_text(
    const struct mn_decide_bulk *b, struct mn_str reason, uint64_t n, struct mn_arena *a)
{
	char p[32];
	struct mn_str out = mn_arena_fmt(a, "%.*s (one of %llu decided at once",
	    MN_FMT(reason), (unsigned long long)n);
	if (b->list.n)
		out = mn_arena_fmt(a, "%.*s; list %.*s", MN_FMT(out), MN_FMT(b->list));
	if (b->gate.n)
		out = mn_arena_fmt(a, "%.*s; gate %.*s", MN_FMT(out), MN_FMT(b->gate));
	if (b->min_p_q16 >= 0)
		out = mn_arena_fmt(a, "%.*s; P of %.*s or more", MN_FMT(out),
		    MN_FMT(mn_fx_print(b->min_p_q16, 4, p)));
	return mn_arena_fmt(
	    a, "%.*s%s)", MN_FMT(out), b->same_country ? "; same country" : "");
}

bool
mn_bulk_check(struct mn_deciding *x, struct mn_err *err)
{
	const struct mn_decide_bulk *b = &x->o->bulk;
	if (!b->on)
		return true;
	if (b->expect && b->expect != x->n_bulk)
		return mn_fail(err, MN_E_DATA,
		    "%s: %u rows would be decided, not %llu; look at them without "
		    "--expect, then give their number",
		    x->o->from, x->n_bulk, (unsigned long long)b->expect);
	for (uint32_t i = 0; i < x->n; i++)
		if (x->bulk[i])
			x->v[i].why = mn_bulk_text(b, x->v[i].why, x->n_bulk, x->a);
	return true;
}

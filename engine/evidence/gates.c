/*
 * Gates: what list entries say of their own dates, and whom a gate concerns. Only
 * an identifier states a hit; a name is a possible match for a person to look at.
 */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"

struct span {
	int32_t from, to; /* MN_DAY_NONE: open on that side */
};

static int32_t
day_or_none(struct mn_str s)
{
	int32_t day;
	return mn_day_parse_iso(s, &day) ? day : MN_DAY_NONE;
}

/* The newer interval that has begun wins; of two begun on one day the open one. */
static void
consider(struct span *best, bool *any, struct span s, int32_t as_of)
{
	if (s.from != MN_DAY_NONE && s.from > as_of)
		return;
	bool newer = !*any || s.from > best->from;
	bool open = *any && s.from == best->from && s.to == MN_DAY_NONE;
	if (newer || open)
		*best = s;
	*any = true;
}

enum mn_gate_status
mn_gate_dates(const struct mn_record *rec, int32_t as_of, int32_t *listed, int32_t *ended)
{
	struct span best = {MN_DAY_NONE, MN_DAY_NONE};
	bool any = false;
	for (struct mn_str rest = rec->v[MN_F_INTERVALS]; rest.p && rest.n;) {
		struct mn_str to = mn_str_cut(&rest, ';');
		struct mn_str from = mn_str_cut(&to, '/');
		consider(&best, &any, (struct span){day_or_none(from), day_or_none(to)},
		    as_of);
	}
	if (rec->v[MN_F_INTERVALS].n == 0)
		consider(&best, &any,
		    (struct span){day_or_none(rec->v[MN_F_LISTED_ON]),
			day_or_none(rec->v[MN_F_ENDED_ON])},
		    as_of);
	*listed = best.from;
	*ended = best.to;
	if (!any)
		return MN_GATE_NOT_APPLICABLE;
	return best.to != MN_DAY_NONE && best.to < as_of ? MN_GATE_ENDED : MN_GATE_HIT;
}

/* ---- whom it concerns ---- */

bool
mn_gate_in_force(const struct mn_p_gate *g, int32_t as_of)
{
	int32_t day;
	if (mn_day_parse_iso(g->in_force_from, &day) && as_of < day)
		return false;
	return !mn_day_parse_iso(g->in_force_to, &day) || as_of <= day;
}

static bool
has(struct mn_strs list, struct mn_str s)
{
	for (uint32_t i = 0; i < list.n; i++)
		if (mn_str_eq(list.v[i], s))
			return true;
	return false;
}

/* "a", "a or b", "a, b or c". */
static struct mn_str
joined(struct mn_strs list, struct mn_arena *a)
{
	struct mn_str out = MN_STR_NONE;
	for (uint32_t i = 0; i < list.n; i++)
		out = mn_arena_fmt(a, "%.*s%s%.*s", MN_FMT(out),
		    i == 0            ? ""
		    : i + 1 == list.n ? " or "
				      : ", ",
		    MN_FMT(list.v[i]));
	return out;
}

/* Of its days, for one who stands outside of them. */
static struct mn_str
days(const struct mn_p_gate *g, int32_t as_of, struct mn_arena *a)
{
	int32_t from;
	if (mn_gate_in_force(g, as_of))
		return MN_STR_NONE;
	bool early = mn_day_parse_iso(g->in_force_from, &from) && as_of < from;
	return early ? mn_arena_fmt(a, "applies from %.*s", MN_FMT(g->in_force_from))
		     : mn_arena_fmt(a, "applied until %.*s", MN_FMT(g->in_force_to));
}

struct mn_str
mn_gate_scope(const struct mn_p_gate *g, int32_t as_of, struct mn_arena *a)
{
	struct mn_str out = days(g, as_of, a);
	if (out.n == 0 && g->roles.n)
		out = mn_arena_fmt(
		    a, "concerns the role %.*s", MN_FMT(joined(g->roles, a)));
	if (out.n == 0 && g->countries.n)
		out = mn_arena_fmt(
		    a, "concerns the country %.*s", MN_FMT(joined(g->countries, a)));
	return out;
}

struct mn_str
mn_gate_why_not(const struct mn_p_gate *g, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a)
{
	struct mn_str role = mn_str_c(mn_role_measure(mn_entity_role(e)));
	struct mn_str cc = e->rec.v[MN_F_COUNTRY], when = days(g, as_of, a);
	if (when.n)
		return when;
	if (g->roles.n && !has(g->roles, role))
		return mn_arena_fmt(a, "concerns the role %.*s; here it is %.*s",
		    MN_FMT(joined(g->roles, a)), MN_FMT(role));
	if (g->countries.n && cc.n && !has(g->countries, cc))
		return mn_arena_fmt(a, "concerns the country %.*s; here it is %.*s",
		    MN_FMT(joined(g->countries, a)), MN_FMT(cc));
	return MN_STR_NONE;
}

/*
 * Gates: what list entries say of their own dates, and the licence of a recruiter. Only
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

/* licence_status choices: licensed conditional applied revoked refused expired none.
 * True: the holder may act as a labour provider. */
static const bool MAY_ACT[] = {true, true, false, false, false, false, false};

bool
mn_gate_licence(const struct mn_pack *p, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a, struct mn_gate_fact *out)
{
	int gate = mn_pack_gate(p, MN_S("G-LICENCE"));
	int status = mn_record_choice(&e->rec, MN_F_LICENCE_STATUS);
	int32_t valid_to, checked;
	if (gate < 0 || status < 0 || (size_t)status >= countof(MAY_ACT))
		return false;
	bool expired =
	    mn_record_day(&e->rec, MN_F_LICENCE_VALID_TO, &valid_to) && valid_to < as_of;
	bool checked_by_user = mn_record_day(&e->rec, MN_F_LICENCE_CHECKED_ON, &checked);
	*out = (struct mn_gate_fact){
	    .who = e->id,
	    .gate = (uint8_t)gate,
	    .basis = MN_BASIS_IDENTIFIER,
	    .listed_day = checked_by_user ? checked : MN_DAY_NONE,
	    .ended_day = MN_DAY_NONE,
	    .key = mn_record_key(&e->rec, 0),
	    .list = MN_S("licence check as entered"),
	    .entry = mn_arena_fmt(a, "%.*s %.*s", MN_FMT(e->rec.v[MN_F_LICENCE_SCHEME]),
		MN_FMT(e->rec.v[MN_F_LICENCE_NO])),
	    .reason = mn_arena_fmt(a, "%.*s%s", MN_FMT(e->rec.v[MN_F_LICENCE_STATUS]),
		expired ? ", validity ended" : ""),
	    .citation = e->rec.v[MN_F_LICENCE_CHECKED_BY],
	    .rid = e->n_member ? e->member[0] : MN_RID_NONE,
	};
	/* A check with a day is a person's recorded decision; without one it is hearsay.
	 */
	if (MAY_ACT[status] && !expired)
		out->status = MN_GATE_NO_MATCH;
	else
		out->status = checked_by_user ? MN_GATE_HIT : MN_GATE_POSSIBLE;
	return true;
}

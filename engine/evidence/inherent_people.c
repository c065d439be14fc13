/*
 * The channels workforce and recruitment: who works there and how they were hired. Each
 * is a sum of parts of the pack; a part that nobody told stays between its lo and hi,
 * counts with its mid, and is named, so that no silence is read as low.
 */
#include "inherent_impl.h"

/* A part as far as it is known, 0..1. */
struct part {
	const struct mn_p_context_part *row;
	int64_t lo, mid, hi;
	bool known;
};

struct sum {
	int64_t lo, mid, hi;
	int64_t weight, open;
	struct mn_str lacking;
	enum mn_field field;
	struct mn_str told; /* the code of the first part that is known */
};

static int64_t
level(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_level; i++)
		if (mn_str_eq(p->level[i].code, code))
			return p->level[i].value_q16;
	return 0;
}

static int64_t
at_most_one(int64_t x)
{
	return x < 0 ? 0 : x > MN_FX_ONE ? MN_FX_ONE : x;
}

/* The part of that code, unknown; without a row it is nothing. */
static struct part
part_of(const struct mn_pack *p, const char *code)
{
	for (uint32_t i = 0; i < p->n_context_part; i++) {
		const struct mn_p_context_part *c = &p->context_part[i];
		if (mn_str_eq(c->code, mn_str_c(code)))
			return (struct part){c, c->lo_q16, c->mid_q16, c->hi_q16, false};
	}
	return (struct part){NULL, 0, 0, 0, false};
}

static void
know(struct part *x, int64_t v_q16)
{
	x->lo = x->mid = x->hi = at_most_one(v_q16);
	x->known = true;
}

/* Adds weight times the part; relative: as a difference from the usual, which the level
 * holds already. */
static void
add(struct mn_inherent_of *c, struct sum *t, const struct part *x, bool relative,
    enum mn_field f)
{
	if (!x->row)
		return;
	int64_t w = x->row->weight_q16, usual = relative ? x->row->mid_q16 : 0;
	t->lo += mn_fx_mul(w, x->lo) - mn_fx_mul(w, usual);
	t->mid += mn_fx_mul(w, x->mid) - mn_fx_mul(w, usual);
	t->hi += mn_fx_mul(w, x->hi) - mn_fx_mul(w, usual);
	t->weight += w;
	if (x->known) {
		if (t->field == MN_F_NONE) {
			t->field = f;
			t->told = x->row->code;
		}
		return;
	}
	t->open += w;
	t->lacking = t->lacking.n ? mn_arena_fmt(c->a, "%.*s; %.*s", MN_FMT(t->lacking),
					MN_FMT(x->row->name))
				  : x->row->name;
}

static void
settle(struct mn_inherent_of *c, int channel, const struct sum *t, struct mn_str row)
{
	mn_channel_set(c, channel, t->mid, t->field, row);
	mn_channel_ends(c, channel, t->lo, t->hi);
	c->out->open_q16[channel] =
	    t->weight > 0 ? at_most_one(mn_fx_div(t->open, t->weight)) : 0;
	if (t->lacking.n)
		c->out->assumed[channel] =
		    mn_arena_fmt(c->a, "not told: %.*s", MN_FMT(t->lacking));
}

/* ---- workforce ---- */

/* Share from the share column, else from a count over all workers. */
static bool
share(struct mn_inherent_of *c, enum mn_field f, enum mn_field count, int64_t *out)
{
	int64_t n, all;
	if (mn_record_q16(c->rec, f, out))
		return true;
	if (count == MN_F_NONE || !mn_record_count(c->rec, count, &n) ||
	    !mn_record_count(c->rec, MN_F_WORKERS, &all) || all <= 0)
		return false;
	*out = at_most_one(mn_fx_div(n << 16, all << 16));
	return true;
}

static bool
answer(struct mn_inherent_of *c, enum mn_field f, int64_t *out)
{
	struct mn_str s = c->rec->v[f];
	*out = mn_str_eq(s, MN_S("yes")) ? MN_FX_ONE : 0;
	return s.n > 0;
}

static const struct {
	const char *code;
	enum mn_field field, count;
	bool yes_no;
} WORKFORCE[] = {
    {"workforce_migrant", MN_F_MIGRANT_SHARE, MN_F_MIGRANT_WORKERS, false},
    {"workforce_agency", MN_F_AGENCY_SHARE, MN_F_NONE, false},
    {"workforce_women", MN_F_WOMEN_SHARE, MN_F_NONE, false},
    {"workforce_young", MN_F_YOUNG_SHARE, MN_F_NONE, false},
    {"workforce_seasonal", MN_F_SEASONAL_SHARE, MN_F_NONE, false},
    {"workforce_housing", MN_F_EMPLOYER_HOUSING, MN_F_NONE, true},
};

/* A visa ties only those who need one: the part is bounded by the share of migrants. */
static struct part
tied(struct mn_inherent_of *c, const struct part *migrant)
{
	struct part x = part_of(c->p, "workforce_tied");
	int64_t v;
	bool told = answer(c, MN_F_TIED_VISAS, &v);
	if (told)
		x.lo = x.mid = x.hi = v;
	x.lo = mn_fx_mul(x.lo, migrant->lo);
	x.mid = mn_fx_mul(x.mid, migrant->mid);
	x.hi = mn_fx_mul(x.hi, migrant->hi);
	x.known = told || (migrant->known && migrant->hi == 0);
	return x;
}

void
mn_inherent_workforce(struct mn_inherent_of *c)
{
	int64_t base = level(c->p, MN_S("workforce_base"));
	struct sum t = {base, base, base, 0, 0, MN_STR_NONE, MN_F_NONE, MN_STR_NONE};
	struct part migrant = part_of(c->p, "workforce_migrant");
	for (size_t i = 0; i < countof(WORKFORCE); i++) {
		struct part x = part_of(c->p, WORKFORCE[i].code);
		enum mn_field f = WORKFORCE[i].field;
		int64_t v;
		if (WORKFORCE[i].yes_no ? answer(c, f, &v)
					: share(c, f, WORKFORCE[i].count, &v))
			know(&x, v);
		if (i == 0)
			migrant = x;
		if (c->rec->v[f].n == 0 && WORKFORCE[i].count != MN_F_NONE)
			f = WORKFORCE[i].count;
		add(c, &t, &x, false, f);
	}
	struct part visas = tied(c, &migrant);
	add(c, &t, &visas, false, MN_F_TIED_VISAS);
	if (t.field != MN_F_NONE)
		settle(c, MN_CH_WORKFORCE, &t,
		    mn_arena_fmt(c->a, "context_parts/%.*s", MN_FMT(t.told)));
}

/* ---- recruitment ---- */

/* licence_status choices in field order -> level */
static const char *const LICENCE_LEVEL[] = {"recruitment_licensed",
    "recruitment_conditional", "recruitment_recruiter", "recruitment_unlicensed",
    "recruitment_unlicensed", "recruitment_unlicensed", "recruitment_unlicensed"};

/* How workers come: by licence where one was checked, by what the entity is, by what it
 * says of recruiters and of agency workers. NULL: nobody said. */
static const char *
level_of(struct mn_inherent_of *c, int64_t tiers, enum mn_field *f)
{
	int64_t v;
	int licence = mn_record_choice(c->rec, MN_F_LICENCE_STATUS);
	*f = MN_F_LICENCE_STATUS;
	if (licence >= 0 && (size_t)licence < countof(LICENCE_LEVEL))
		return LICENCE_LEVEL[licence];
	*f = MN_F_ROLE;
	if (c->out->role == MN_ROLE_RECRUITER)
		return "recruitment_recruiter";
	*f = MN_F_AGENCY_USED;
	if (answer(c, *f, &v) && v > 0)
		return "recruitment_recruiter";
	*f = MN_F_RECRUITER_USED;
	if (answer(c, *f, &v) && v > 0)
		return "recruitment_recruiter";
	*f = MN_F_AGENT_TIERS;
	if (tiers > 0)
		return "recruitment_recruiter";
	*f = MN_F_AGENCY_SHARE;
	if (mn_record_q16(c->rec, *f, &v) && v > 0)
		return "recruitment_recruiter";
	if (c->rec->v[MN_F_AGENCY_SHARE].n)
		return "recruitment_direct";
	*f = c->rec->v[MN_F_AGENCY_USED].n ? MN_F_AGENCY_USED : MN_F_RECRUITER_USED;
	return c->rec->v[*f].n ? "recruitment_direct" : NULL;
}

/* The corridor of workers from one country to the site; else that of all destinations. */
static const struct mn_p_corridor *
corridor_of(const struct mn_pack *p, struct mn_str from, struct mn_str to)
{
	const struct mn_p_corridor *all = NULL;
	for (uint32_t i = 0; i < p->n_corridor; i++) {
		const struct mn_p_corridor *r = &p->corridor[i];
		if (!mn_str_eq(r->origin, from))
			continue;
		if (to.n && mn_str_eq(r->destination, to))
			return r;
		all = r->destination.n == 0 ? r : all;
	}
	return all;
}

/* The dearest corridor of those that the workers come through. */
static const struct mn_p_corridor *
dearest(struct mn_inherent_of *c)
{
	const struct mn_p_corridor *most = NULL;
	for (struct mn_str rest = c->rec->v[MN_F_WORKERS_FROM]; rest.n;) {
		struct mn_str from = mn_str_cut(&rest, ';');
		const struct mn_p_corridor *r =
		    corridor_of(c->p, from, c->rec->v[MN_F_COUNTRY]);
		if (r && (!most || r->months_q16 > most->months_q16))
			most = r;
	}
	return most;
}

/* Tiers of agents below the recruiter: one step each, three are the most that count.
 * Months of wage: a year's wage is the most that counts. */
enum { MOST_TIERS = 3, MOST_MONTHS = 12 };

/* Parts that matter only where somebody recruits for the employer. */
static struct mn_str
add_agents(struct mn_inherent_of *c, struct sum *t, int64_t tiers)
{
	struct part x = part_of(c->p, "recruitment_tiers");
	if (tiers >= 0)
		know(&x, mn_fx_div(tiers << 16, (int64_t)MOST_TIERS << 16));
	add(c, t, &x, true, MN_F_AGENT_TIERS);
	const struct mn_p_corridor *r = dearest(c);
	struct part cost = part_of(c->p, "recruitment_corridor");
	if (r)
		know(&cost, r->months_q16 / MOST_MONTHS);
	add(c, t, &cost, true, MN_F_WORKERS_FROM);
	if (!r)
		return MN_STR_NONE;
	if (cost.row)
		mn_channel_source(c, MN_CH_RECRUITMENT,
		    &(struct mn_channel_part){r->prov.pack, cost.row->weight_q16,
			cost.mid, cost.row->lo_q16, cost.row->hi_q16});
	return mn_arena_fmt(c->a, "corridors/%.*s%s%.*s", MN_FMT(r->origin),
	    r->destination.n ? "/" : "", MN_FMT(r->destination));
}

/* A recruiter of whose licence nothing is known may have one or none. */
static void
unlicensed_too(struct mn_inherent_of *c, struct sum *t)
{
	t->lo = level(c->p, MN_S("recruitment_licensed"));
	t->hi = level(c->p, MN_S("recruitment_unlicensed"));
	t->open = MN_FX_ONE / 2;
	t->lacking = MN_S("the recruiter's licence");
}

void
mn_inherent_recruitment(struct mn_inherent_of *c)
{
	const struct mn_p_channel *ch = &c->p->channel[MN_CH_RECRUITMENT];
	int64_t tiers = -1;
	enum mn_field f;
	mn_record_count(c->rec, MN_F_AGENT_TIERS, &tiers);
	tiers = tiers > MOST_TIERS ? MOST_TIERS : tiers;
	const char *code = level_of(c, tiers, &f);
	struct mn_str corridor = MN_STR_NONE, row;
	int64_t x = code ? level(c->p, mn_str_c(code)) : ch->mid_q16;
	struct sum t = {code ? x : ch->lo_q16, x, code ? x : ch->hi_q16, MN_FX_ONE,
	    code ? 0 : MN_FX_ONE, MN_STR_NONE, MN_F_NONE, MN_STR_NONE};
	if (!code)
		t.lacking = MN_S("whether a recruiter is used");
	else if (f != MN_F_LICENCE_STATUS && strcmp(code, "recruitment_recruiter") == 0)
		unlicensed_too(c, &t);
	if (!code || strcmp(code, "recruitment_direct") != 0)
		corridor = add_agents(c, &t, tiers);
	if (!code && t.field == MN_F_NONE)
		return;
	if (!code) { /* it may hire them itself, whatever the corridor costs */
		t.lo = ch->lo_q16;
		t.hi = ch->hi_q16;
	}
	if (code) {
		t.field = f;
		row = mn_arena_fmt(c->a, "levels/%s%s%.*s", code, corridor.n ? ", " : "",
		    MN_FMT(corridor));
	} else
		row = corridor.n ? corridor : MN_S("context_parts/recruitment_tiers");
	settle(c, MN_CH_RECRUITMENT, &t, row);
}

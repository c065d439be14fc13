/* Gates before anybody is met: what was compared, and whether that was a check. */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/evidence/standing.h"

/* ---- what there is to compare with ---- */

static struct mn_str
old_text(struct mn_str name, struct mn_str edition, int64_t days, int64_t allowed,
    struct mn_arena *a)
{
	return mn_arena_fmt(a, "%.*s of %.*s is %lld days old, more than %lld",
	    MN_FMT(name), MN_FMT(edition), (long long)days, (long long)allowed);
}

static void
take_source(const struct mn_pack *p, const struct mn_source *s, int32_t as_of,
    struct mn_arena *a, struct mn_gate_ground out[MN_MAX_GATES])
{
	int64_t days = 0;
	bool stale = false;
	mn_source_age(s, as_of, &days, &stale);
	for (struct mn_str rest = s->gates; rest.p && rest.n;) {
		int gate = mn_pack_gate(p, mn_str_cut(&rest, ';'));
		if (gate < 0)
			continue;
		out[gate].lists = true;
		if (stale && out[gate].stale.n == 0)
			out[gate].stale = old_text(mn_source_base(s), s->edition, days,
			    (int64_t)s->stale_after_days, a);
	}
}

/* Rows of a pack that follows a publication are as old as its edition. */
static void
take_order(const struct mn_pack *p, const struct mn_p_gate_order *o, int32_t as_of,
    struct mn_arena *a, struct mn_gate_ground out[MN_MAX_GATES])
{
	int gate = mn_pack_gate(p, o->gate);
	const struct mn_pack_file *f =
	    o->prov.pack < p->n_file ? &p->file[o->prov.pack] : NULL;
	int32_t edition;
	if (gate < 0)
		return;
	out[gate].goods = true;
	if (!f || f->stale_after_days == 0 || !mn_day_parse_iso(f->edition, &edition) ||
	    (int64_t)as_of - edition <= f->stale_after_days || out[gate].goods_stale.n)
		return;
	out[gate].goods_stale =
	    old_text(f->id, f->edition, (int64_t)as_of - edition, f->stale_after_days, a);
}

void
mn_gate_grounds(const struct mn_pack *p, const struct mn_source *source,
    uint32_t n_source, int32_t as_of, struct mn_arena *a,
    struct mn_gate_ground out[MN_MAX_GATES])
{
	memset(out, 0, MN_MAX_GATES * sizeof *out);
	for (uint32_t i = 0; i < n_source; i++)
		take_source(p, &source[i], as_of, a, out);
	for (uint32_t i = 0; i < p->n_gate_order; i++)
		take_order(p, &p->gate_order[i], as_of, a, out);
}

/* ---- one gate of one entity ---- */

/* A gate of goods only: without a good, or where it is made, nothing was compared. */
static struct mn_str
good_missing(const struct mn_entity *e)
{
	const struct mn_str *v = e->rec.v;
	if (v[MN_F_PRODUCT].n == 0 && v[MN_F_HS].n == 0 && v[MN_F_CATEGORY].n == 0)
		return MN_S("what it makes is not stated (product, hs)");
	if (v[MN_F_ORIGIN_COUNTRY].n == 0 && v[MN_F_COUNTRY].n == 0)
		return MN_S("where the good is made is not stated (origin_country)");
	return MN_STR_NONE;
}

enum mn_gate_status
mn_gate_standing(const struct mn_pack *p, uint32_t gate,
    const struct mn_gate_ground *ground, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a, struct mn_str *why)
{
	const struct mn_p_gate *g = &p->gate[gate];
	*why = mn_gate_why_not(g, e, as_of, a);
	if (why->n)
		return MN_GATE_NOT_APPLICABLE;
	if (g->licences)
		*why = ground->lists ? MN_S("not met in the registers of this run, which "
					    "does not mean unlicensed")
				     : MN_S("no licence check was entered");
	else if (ground->lists)
		*why = ground->stale;
	else if (!ground->goods)
		*why = MN_S("no list for this gate was part of the run");
	else if ((*why = good_missing(e)).n == 0)
		*why = ground->goods_stale;
	return why->n ? MN_GATE_NOT_CHECKED : MN_GATE_NO_MATCH;
}

uint8_t
mn_gate_raise(uint8_t status, const struct mn_gate_fact *f)
{
	return !mn_gate_only_told(f) && f->status > status ? f->status : status;
}

/*
 * Severity after the UN Guiding Principles on Business and Human Rights, principle 14:
 * scale, scope, irremediable character. It orders the list to act on and never enters P.
 */
#include "score_impl.h"

#define MID (MN_FX_ONE / 2) /* nothing known: neither small nor large */

/* Of the row, else of the entity, else usual for its sector; -1 unknown. */
static int64_t
workers_of(const struct mn_inherent *in, const struct mn_evidence *e)
{
	if (e && e->workers > 0)
		return e->workers;
	return in->workers >= 0 ? in->workers : in->sector_workers;
}

static int64_t
scope_of(const struct mn_pack *p, int64_t workers)
{
	int64_t v = MID;
	for (uint32_t i = 0; workers >= 0 && i < p->n_scope; i++)
		if (p->scope[i].workers_from <= workers)
			v = p->scope[i].value_q16;
	return v;
}

static int64_t
of_row(const struct mn_sums *s, const struct mn_evidence *e)
{
	const struct mn_p_indicator *i = &s->in->pack->indicator[e->indicator];
	int64_t gravity = mn_fx_mul(i->scale_q16, i->irremediability_q16);
	return mn_fx_mul(gravity, scope_of(s->in->pack, workers_of(s->in->inherent, e)));
}

static int64_t
of_sector(const struct mn_sums *s)
{
	const struct mn_inherent *in = s->in->inherent;
	int64_t workers = workers_of(in, NULL);
	if (in->sector_severity_q16 < 0 && workers < 0)
		return MID;
	int64_t gravity = in->sector_severity_q16 < 0 ? MID : in->sector_severity_q16;
	return mn_fx_mul(gravity, scope_of(s->in->pack, workers));
}

int64_t
mn_severity(const struct mn_sums *s)
{
	int64_t most = -1;
	for (uint32_t at = 0; at < s->n_order; at++) {
		uint32_t r = s->order[at];
		const struct mn_evidence *e = &s->in->ev[r];
		/* A finding whose status is unknown may still be open. */
		if (e->direction != MN_ADVERSE ||
		    (!s->row[r].open && e->status != MN_STATUS_UNKNOWN))
			continue;
		int64_t v = of_row(s, e);
		most = v > most ? v : most;
	}
	return most >= 0 ? most : of_sector(s);
}

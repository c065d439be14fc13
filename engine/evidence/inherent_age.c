/* What is known of a channel, and how well: its ends, and the age of what it rests on. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/inherent.h"

int64_t
mn_inherent_value(
    const struct mn_pack *p, const struct mn_inherent *in, unsigned channel, int end)
{
	const struct mn_p_channel *c = &p->channel[channel];
	if (!in->known[channel])
		return end == 0 ? c->lo_q16 : end == 1 ? c->mid_q16 : c->hi_q16;
	int64_t x = in->x_q16[channel];
	return end == 0   ? x - in->below_q16[channel]
	       : end == 1 ? x
			  : x + in->above_q16[channel];
}

/* Days past the day on which the file wants another look; 0: none. */
static int64_t
overdue(const struct mn_pack_file *f, int32_t as_of)
{
	int32_t day;
	if (f->stale_after_days <= 0 || !mn_day_parse_iso(f->edition, &day))
		return 0;
	int64_t late = (int64_t)as_of - day - f->stale_after_days;
	return late > 0 ? late : 0;
}

/* One step for each year begun, up to the most. */
static int64_t
widening(const struct mn_pack *p, int64_t late)
{
	int64_t step = mn_pack_context_rule(p, MN_S("stale_step"));
	int64_t most = mn_pack_context_rule(p, MN_S("stale_most"));
	int64_t w = late > 0 ? ((late + 364) / 365) * step : 0;
	return w < most ? w : most;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void
age_channel(
    const struct mn_pack *p, int32_t as_of, unsigned channel, struct mn_inherent *in)
{
	const struct mn_p_channel *c = &p->channel[channel];
	int64_t below = 0, above = 0, x = in->x_q16[channel];
	for (unsigned i = 0; i < in->n_source[channel]; i++) {
		struct mn_channel_source *s = &in->source[channel][i];
		s->stale_days =
		    s->file < p->n_file ? overdue(&p->file[s->file], as_of) : 0;
		int64_t more = mn_fx_mul(s->weight_q16, widening(p, s->stale_days));
		below += least(more, s->below_q16);
		above += least(more, s->above_q16);
		in->stale_q16[channel] += more;
	}
	if (!in->known[channel] || in->stale_q16[channel] == 0)
		return;
	int64_t lo = in->ends_q16[channel][0] - below;
	int64_t hi = in->ends_q16[channel][1] + above;
	in->below_q16[channel] = least(lo < x ? x - lo : 0, x - c->lo_q16);
	in->above_q16[channel] = least(hi > x ? hi - x : 0, c->hi_q16 - x);
}

void
mn_inherent_age(const struct mn_pack *p, int32_t as_of, struct mn_inherent *in)
{
	for (unsigned i = 0; i < MN_CHANNELS && i < p->n_channel; i++)
		age_channel(p, as_of, i, in);
}

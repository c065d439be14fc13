/* Inherent risk from the five channels: noisy-or, so that channels never cancel. */
#include "score_impl.h"

static int64_t
channel(const struct mn_p_channel *c, const struct mn_inherent *in, unsigned i, int end)
{
	if (in->known[i])
		return in->x_q16[i];
	return end == 0 ? c->lo_q16 : end == 1 ? c->mid_q16 : c->hi_q16;
}

void
mn_score_inherent(
    const struct mn_pack *p, const struct mn_inherent *in, int64_t out_q16[3])
{
	for (int end = 0; end < 3; end++) {
		int64_t none = MN_FX_ONE;
		for (unsigned i = 0; i < MN_CHANNELS && i < p->n_channel; i++) {
			int64_t x = channel(&p->channel[i], in, i, end);
			none = mn_fx_mul(
			    none, MN_FX_ONE - mn_fx_mul(p->channel[i].weight_q16, x));
		}
		out_q16[end] = MN_FX_ONE - none;
	}
}

/* Inherent risk from the five channels: noisy-or, so that channels never cancel. */
#include "score_impl.h"

void
mn_score_inherent(
    const struct mn_pack *p, const struct mn_inherent *in, int64_t out_q16[3])
{
	for (int end = 0; end < 3; end++) {
		int64_t none = MN_FX_ONE;
		for (unsigned i = 0; i < MN_CHANNELS && i < p->n_channel; i++) {
			int64_t x = mn_inherent_value(p, in, i, end);
			none = mn_fx_mul(
			    none, MN_FX_ONE - mn_fx_mul(p->channel[i].weight_q16, x));
		}
		out_q16[end] = MN_FX_ONE - none;
	}
}

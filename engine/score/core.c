/* From sums to likelihood and interval: the formulas of README.md, section "Core". */
#include "score_impl.h"

/* What of the base changes between P, low and high. */
struct end {
	int64_t shift_q16; /* added to A */
	int64_t h_q16;
	int64_t scale_q16; /* adverse weights times this */
};

static int64_t
indicator_s(const struct mn_pack *p, unsigned i, int64_t a_q16)
{
	if (a_q16 <= 0)
		return 0;
	return mn_fx_mul(p->indicator[i].omega_q16,
	    mn_fx_softplus(p->k.alpha + a_q16) - mn_fx_softplus(p->k.alpha));
}

static int64_t
base_s(const struct mn_pack *p, const struct end *end, int64_t c_q16)
{
	return mn_fx_softplus(
	    p->k.A + end->shift_q16 + mn_fx_mul(p->k.B, end->h_q16) - c_q16);
}

static int64_t
p_at(const struct mn_pack *p, const struct mn_core_in *in, const struct end *end,
    int64_t c_q16)
{
	int64_t s = base_s(p, end, c_q16);
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		if (in->a_q16[i] > 0)
			s += indicator_s(p, i, mn_fx_mul(in->a_q16[i], end->scale_q16));
	return mn_fx_expm1n(s);
}

/* The mean of the clearing weights over all eleven: silence on ten does not vanish. */
static int64_t
clearing(const struct mn_pack *p, const struct mn_core_in *in)
{
	int64_t sum = 0, omega = 0;
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		omega += p->indicator[i].omega_q16;
		if (in->k_q16[i] > 0)
			sum += mn_fx_mul(p->indicator[i].omega_q16, in->k_q16[i]);
	}
	return omega > 0 && sum > 0 ? mn_fx_div(sum, omega) : 0;
}

/* delta times what is not known, of which c_floor always remains. */
static int64_t
width(const struct mn_pack *p, int64_t completeness_q16)
{
	int64_t open = MN_FX_ONE - completeness_q16;
	return mn_fx_mul(p->k.delta, open > p->k.c_floor ? open : p->k.c_floor);
}

void
mn_score_core(
    const struct mn_pack *p, const struct mn_core_in *in, struct mn_core_out *out)
{
	const struct end low = {
	    -width(p, in->c_all_q16), in->h_q16[0], MN_FX_ONE - p->k.swing};
	const struct end mid = {0, in->h_q16[1], MN_FX_ONE};
	const struct end high = {
	    width(p, in->c_clear_q16), in->h_q16[2], MN_FX_ONE + p->k.swing};
	int64_t found = 0;
	out->c_q16 = clearing(p, in);
	int64_t c = in->open_strong ? 0 : out->c_q16;
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		found += out->ind_s_q16[i] = indicator_s(p, i, in->a_q16[i]);
	out->base_s_q16 = base_s(p, &mid, c);
	out->s_q16 = out->base_s_q16 + found;
	out->p_q16 = mn_fx_expm1n(out->s_q16);
	out->p_clear_q16 = mn_fx_expm1n(base_s(p, &mid, out->c_q16) + found);
	out->low_q16 = p_at(p, in, &low, c);
	out->high_q16 = p_at(p, in, &high, c);
}

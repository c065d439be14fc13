/*
 * The channel country: the weighted sum of the pack's series for the country where the
 * site stands. A series that does not know the country stays open between its lo and hi.
 */
#include "inherent_impl.h"

/* The weights of all series make one but for what decimals leave; so do their shares. */
struct sum {
	int64_t lo, mid, hi, open;
	struct mn_str main, lacking;
	int64_t most;
};

static void
add_known(struct mn_inherent_of *c, const struct mn_p_country_series *s,
    const struct mn_p_country *row, struct sum *t)
{
	int64_t v = mn_fx_mul(s->weight_q16, row->value_q16);
	t->lo += v;
	t->mid += v;
	t->hi += v;
	mn_channel_source(c, MN_CH_COUNTRY,
	    &(struct mn_channel_part){
		row->prov.pack, s->weight_q16, row->value_q16, s->lo_q16, s->hi_q16});
	if (s->weight_q16 > t->most) {
		t->most = s->weight_q16;
		t->main = s->code;
	}
}

static void
add_unknown(struct mn_inherent_of *c, const struct mn_p_country_series *s, struct sum *t)
{
	t->lo += mn_fx_mul(s->weight_q16, s->lo_q16);
	t->mid += mn_fx_mul(s->weight_q16, s->mid_q16);
	t->hi += mn_fx_mul(s->weight_q16, s->hi_q16);
	t->open += s->weight_q16;
	t->lacking = t->lacking.n ? mn_arena_fmt(c->a, "%.*s; %.*s", MN_FMT(t->lacking),
					MN_FMT(s->name))
				  : s->name;
}

void
mn_inherent_country(struct mn_inherent_of *c)
{
	struct mn_str cc = c->rec->v[MN_F_COUNTRY];
	struct sum t = {.most = -1};
	for (uint32_t i = 0; cc.n && i < c->p->n_country_series; i++) {
		const struct mn_p_country_series *s = &c->p->country_series[i];
		const struct mn_p_country *row = mn_pack_country(c->p, s->code, cc);
		if (row)
			add_known(c, s, row, &t);
		else
			add_unknown(c, s, &t);
	}
	if (t.most < 0)
		return;
	mn_channel_set(c, MN_CH_COUNTRY, t.mid, MN_F_COUNTRY,
	    mn_arena_fmt(c->a, "countries/%.*s/%.*s", MN_FMT(cc), MN_FMT(t.main)));
	mn_channel_ends(c, MN_CH_COUNTRY, t.lo, t.hi);
	c->out->open_q16[MN_CH_COUNTRY] = t.open < MN_FX_ONE ? t.open : MN_FX_ONE;
	if (t.lacking.n)
		c->out->assumed[MN_CH_COUNTRY] =
		    mn_arena_fmt(c->a, "no value in: %.*s", MN_FMT(t.lacking));
}

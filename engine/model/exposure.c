/* Exposures: numbers and stored form. */
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"
#include "manumit/model/exposure.h"

#define VERSION 1
#define LN2_Q32 UINT64_C(2977044472) /* ln 2 * 2^32, rounded */

int64_t
mn_exposure_q16(uint32_t cost_q16)
{
	return MN_FX_ONE - mn_fx_expm1n((int64_t)cost_q16);
}

/* log2 of a number in [1, 2), digit by digit: squaring doubles the logarithm, and each
 * time the square passes 2 the next binary digit is 1. 24 digits of 32 are good. */
static uint64_t
log2_q32(uint64_t m_q31)
{
	uint64_t out = 0;
	for (unsigned i = 1; i <= 24; i++) {
		m_q31 = (m_q31 * m_q31) >> 31;
		if (m_q31 >> 32) {
			out |= UINT64_C(1) << (32 - i);
			m_q31 >>= 1;
		}
	}
	return out;
}

uint32_t
mn_exposure_cost(int64_t p_q16)
{
	if (p_q16 <= 0)
		return UINT32_MAX;
	if (p_q16 >= MN_FX_ONE)
		return 0;
	unsigned shift = 0;
	uint64_t m = (uint64_t)p_q16 << 15; /* Q31 */
	while (m < UINT64_C(1) << 31) {
		m <<= 1;
		shift++;
	}
	uint64_t log2 = ((uint64_t)shift << 32) - log2_q32(m);
	unsigned __int128 nats = (unsigned __int128)log2 * LN2_Q32;
	return (uint32_t)((nats + ((unsigned __int128)1 << 47)) >> 48);
}

void
mn_step_key(struct mn_eid who, const struct mn_step *s, struct mn_buf *out)
{
	struct mn_edge e = {.to = s->back ? s->next : who,
	    .from = s->back ? who : s->next,
	    .kind = s->kind,
	    .id = s->id};
	mn_edge_sort_key(&e, out);
}

static void
put_step(const struct mn_step *s, struct mn_buf *out)
{
	mn_put_eid(out, s->next);
	mn_put_u8(out, s->kind);
	mn_put_u8(out, s->back);
	mn_put_u8(out, s->span);
	mn_put_u64(out, s->id);
}

static struct mn_step
get_step(struct mn_get *g)
{
	struct mn_step s = {.next = mn_get_eid(g)};
	s.kind = mn_get_u8(g);
	s.back = mn_get_u8(g) != 0;
	s.span = mn_get_u8(g);
	s.id = mn_get_u64(g);
	g->bad = g->bad || s.kind >= MN_EDGE_KINDS || s.span > MN_EDGE_MAX_TIER;
	return s;
}

void
mn_exposure_encode(const struct mn_exposure *x, struct mn_buf *out)
{
	mn_put_u8(out, VERSION);
	mn_put_u8(out, x->depth);
	mn_put_u8(out, x->n);
	mn_put_u8(out, x->n_behind);
	for (unsigned i = 0; i < x->n; i++) {
		const struct mn_exposed *e = &x->of[i];
		mn_put_eid(out, e->source);
		mn_put_u32(out, e->cost_q16);
		mn_put_u8(out, e->hops);
		put_step(&e->step, out);
	}
	for (unsigned i = 0; i < x->n_behind; i++) {
		const struct mn_behind *b = &x->behind[i];
		mn_put_u8(out, b->gate);
		mn_put_u8(out, b->status);
		mn_put_u8(out, b->sure);
		mn_put_u8(out, b->hops);
		mn_put_eid(out, b->source);
		put_step(&b->step, out);
	}
}

bool
mn_exposure_decode(
    struct mn_eid who, struct mn_str bytes, struct mn_exposure *out, struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	*out = (struct mn_exposure){.who = who};
	bool good = mn_get_u8(&g) == VERSION;
	out->depth = mn_get_u8(&g);
	out->n = mn_get_u8(&g);
	out->n_behind = mn_get_u8(&g);
	good = good && !g.bad && out->depth <= MN_COVER_TIERS && out->n <= MN_EXPO_KEPT &&
	       out->n_behind <= countof(out->behind);
	for (unsigned i = 0; good && i < out->n; i++) {
		struct mn_exposed *e = &out->of[i];
		e->source = mn_get_eid(&g);
		e->cost_q16 = mn_get_u32(&g);
		e->hops = mn_get_u8(&g);
		e->step = get_step(&g);
	}
	for (unsigned i = 0; good && i < out->n_behind; i++) {
		struct mn_behind *b = &out->behind[i];
		b->gate = mn_get_u8(&g);
		b->status = mn_get_u8(&g);
		b->sure = mn_get_u8(&g) != 0;
		b->hops = mn_get_u8(&g);
		b->source = mn_get_eid(&g);
		b->step = get_step(&g);
		good = b->gate < MN_MAX_GATES && b->status < MN_GATE_STATUS_COUNT;
	}
	return (good && mn_get_done(&g)) || mn_fail(err, MN_E_STORE, "damaged exposure");
}

/* ---- coverage ---- */

void
mn_cover_encode(const struct mn_cover *c, struct mn_buf *out)
{
	mn_put_u8(out, VERSION);
	mn_put_u64(out, c->edges);
	mn_put_u64(out, c->carrying);
	mn_put_u64(out, c->direct);
	for (unsigned t = 0; t < MN_COVER_TIERS; t++)
		mn_put_u64(out, c->mapped[t]);
	mn_put_u64(out, c->loose);
	mn_put_u32(out, c->n);
	for (uint32_t i = 0; i < c->n; i++) {
		mn_put_str(out, mn_str_c(c->of[i].currency));
		mn_put_i64(out, c->of[i].spend_e4);
		for (unsigned t = 0; t < MN_COVER_TIERS; t++)
			mn_put_i64(out, c->of[i].mapped_e4[t]);
	}
}

bool
mn_cover_decode(struct mn_str bytes, struct mn_cover *out, struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	*out = (struct mn_cover){0};
	bool good = mn_get_u8(&g) == VERSION;
	out->edges = mn_get_u64(&g);
	out->carrying = mn_get_u64(&g);
	out->direct = mn_get_u64(&g);
	for (unsigned t = 0; t < MN_COVER_TIERS; t++)
		out->mapped[t] = mn_get_u64(&g);
	out->loose = mn_get_u64(&g);
	out->n = mn_get_u32(&g);
	good = good && !g.bad && out->n <= MN_MAX_COVERS;
	for (uint32_t i = 0; good && i < out->n; i++) {
		struct mn_str currency = mn_get_str(&g);
		good = currency.n <= 3;
		if (good)
			memcpy(out->of[i].currency, currency.n ? currency.p : "",
			    currency.n);
		out->of[i].spend_e4 = mn_get_i64(&g);
		for (unsigned t = 0; t < MN_COVER_TIERS; t++)
			out->of[i].mapped_e4[t] = mn_get_i64(&g);
	}
	return (good && mn_get_done(&g)) || mn_fail(err, MN_E_STORE, "damaged coverage");
}

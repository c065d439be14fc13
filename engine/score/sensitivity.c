/* Packs with one constant changed, and the bands they give. */
#include "manumit/base/fx.h"
#include "manumit/score/sensitivity.h"

#define LESS MN_Q16(0.75)
#define MORE MN_Q16(1.25)

struct making {
	const struct mn_pack *p;
	struct mn_arena *a;
	struct mn_variant *v;
	uint32_t n;
};

/* Two variants of a constant; the caller changes a number in each. */
static struct mn_pack *
begin(struct making *m, struct mn_str constant, bool up)
{
	struct mn_pack *p = MN_NEW(m->a, struct mn_pack, 1);
	*p = *m->p;
	if (m->n < MN_MAX_VARIANTS)
		m->v[m->n++] = (struct mn_variant){constant, up, p};
	return p;
}

static int64_t
changed(int64_t v, bool up, int64_t most)
{
	int64_t out = mn_fx_mul(v, up ? MORE : LESS);
	return out > most ? most : out;
}

/* A copy of n rows in which one may be changed. */
static void *
copy(struct making *m, const void *rows, size_t size, uint32_t n)
{
	void *out = mn_arena_alloc(m->a, size, 16, n);
	if (n)
		memcpy(out, rows, size * n);
	return out;
}

#define K(member) \
	{ \
#member, offsetof(struct mn_pack, k.member) \
	}
static const struct {
	const char *code;
	size_t at;
} PARAMS[] = {K(A), K(B), K(alpha), K(delta), K(class_cap), K(unknown_halflife_factor),
    K(c_floor), K(swing), K(severe_p), K(high_p), K(elevated_p), K(low_high),
    K(low_c_all), K(s_level_q)};

static void
parameters(struct making *m, bool up)
{
	for (size_t i = 0; i < countof(PARAMS); i++) {
		struct mn_pack *p = begin(
		    m, mn_arena_fmt(m->a, "parameters/%s value", PARAMS[i].code), up);
		int64_t v;
		memcpy(&v, (const char *)m->p + PARAMS[i].at, sizeof v);
		v = changed(v, up, INT64_MAX);
		memcpy((char *)p + PARAMS[i].at, &v, sizeof v);
	}
}

static void
strengths(struct making *m, bool up)
{
	for (uint32_t i = 0; i < m->p->n_strength; i++) {
		struct mn_str code = m->p->strength[i].code;
		int s = mn_pack_strength(code);
		struct mn_pack *p =
		    begin(m, mn_arena_fmt(m->a, "strengths/%.*s nats", MN_FMT(code)), up);
		if (s > 0)
			p->strength_q16[s] = changed(p->strength_q16[s], up, INT64_MAX);
	}
}

static void
classes(struct making *m, bool up)
{
	for (uint32_t i = 0; i < m->p->n_source_class; i++) {
		const struct mn_p_source_class *c = &m->p->source_class[i];
		struct mn_pack *p = begin(m,
		    mn_arena_fmt(m->a, "source_classes/%.*s q_adverse", MN_FMT(c->code)),
		    up);
		struct mn_p_source_class *own =
		    copy(m, m->p->source_class, sizeof *own, m->p->n_source_class);
		own[i].q_adverse_q16 = changed(c->q_adverse_q16, up, MN_FX_ONE);
		p->source_class = own;
	}
}

/* What clear facts are worth: of all classes together. */
static void
clearing(struct making *m, bool up)
{
	struct mn_pack *p = begin(m, MN_S("source_classes kappa, of all"), up);
	struct mn_p_source_class *own =
	    copy(m, m->p->source_class, sizeof *own, m->p->n_source_class);
	for (uint32_t i = 0; i < m->p->n_source_class; i++) {
		own[i].kappa_q16 = changed(own[i].kappa_q16, up, MN_FX_ONE);
		own[i].kappa_better_q16 = changed(own[i].kappa_better_q16, up, MN_FX_ONE);
	}
	p->source_class = own;
}

static void
indicators(struct making *m, bool up, bool omega)
{
	for (uint32_t i = 0; i < m->p->n_indicator; i++) {
		const struct mn_p_indicator *x = &m->p->indicator[i];
		struct mn_pack *p = begin(m,
		    mn_arena_fmt(m->a, "indicators/%.*s %s", MN_FMT(x->code),
			omega ? "omega" : "halflife_months"),
		    up);
		struct mn_p_indicator *own =
		    copy(m, m->p->indicator, sizeof *own, m->p->n_indicator);
		if (omega)
			own[i].omega_q16 = changed(x->omega_q16, up, MN_FX_ONE);
		else
			own[i].halflife_months =
			    (x->halflife_months * (up ? 5 : 3) + 2) / 4;
		if (own[i].halflife_months < 1)
			own[i].halflife_months = 1;
		p->indicator = own;
	}
}

static void
channels(struct making *m, bool up)
{
	for (uint32_t i = 0; i < m->p->n_channel; i++) {
		const struct mn_p_channel *c = &m->p->channel[i];
		struct mn_pack *p = begin(
		    m, mn_arena_fmt(m->a, "channels/%.*s weight", MN_FMT(c->code)), up);
		struct mn_p_channel *own =
		    copy(m, m->p->channel, sizeof *own, m->p->n_channel);
		own[i].weight_q16 = changed(c->weight_q16, up, MN_FX_ONE);
		p->channel = own;
	}
}

uint32_t
mn_variants(const struct mn_pack *p, struct mn_arena *a, const struct mn_variant **out)
{
	struct making m = {p, a, MN_NEW(a, struct mn_variant, MN_MAX_VARIANTS), 0};
	for (unsigned up = 0; up < 2; up++) {
		parameters(&m, up);
		strengths(&m, up);
		indicators(&m, up, true);
		indicators(&m, up, false);
		channels(&m, up);
		clearing(&m, up);
		classes(&m, up);
	}
	*out = m.v;
	return m.n;
}

const char *
mn_variant_factor(const struct mn_variant *v)
{
	return v->up ? "1.25" : "0.75";
}

void
mn_flips_of(const struct mn_score_in *in, const struct mn_card *card,
    const struct mn_variant *variant, uint32_t n, struct mn_flips *out,
    struct mn_arena scratch)
{
	*out = (struct mn_flips){.band = (uint8_t)card->band};
	for (uint32_t i = 0; i < n; i++) {
		struct mn_score_in other = *in;
		struct mn_card then;
		other.pack = variant[i].pack;
		mn_score_entity(&other, &then, NULL, false, scratch);
		if (then.band != card->band)
			out->v[out->n++] =
			    (struct mn_flip){(uint8_t)i, (uint8_t)then.band};
	}
}

void
mn_flips_encode(const struct mn_flips *f, struct mn_buf *out)
{
	mn_put_u8(out, f->band);
	for (uint32_t i = 0; i < f->n; i++) {
		mn_put_u8(out, f->v[i].variant);
		mn_put_u8(out, f->v[i].band);
	}
}

bool
mn_flips_decode(
    struct mn_str body, uint32_t variants, struct mn_flips *out, struct mn_err *err)
{
	struct mn_get g = mn_get(body);
	*out = (struct mn_flips){.band = mn_get_u8(&g)};
	bool good =
	    body.n % 2 == 1 && body.n / 2 <= MN_MAX_VARIANTS && out->band < MN_BANDS;
	for (uint32_t i = 0; good && i < body.n / 2; i++) {
		struct mn_flip f = {.variant = mn_get_u8(&g)};
		f.band = mn_get_u8(&g);
		good = f.variant < variants && f.band < MN_BANDS;
		out->v[out->n++] = f;
	}
	return good || mn_fail(err, MN_E_STORE, "damaged sensitivity row");
}

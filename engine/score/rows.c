/* One evidence row: what it is worth alone; then all of an entity in order. */
#include "manumit/base/sort.h"

#include "score_impl.h"

bool
mn_row_live(const struct mn_score_in *in, const struct mn_evidence *e)
{
	return e->match_q16 >= in->pack->k.attach_m &&
	       (e->event_day == MN_DAY_NONE || e->event_day <= in->as_of) &&
	       e->source_class < in->pack->n_source_class &&
	       e->indicator <= MN_INDICATOR_NONE;
}

/* A closing claim that has no day, or a day after the as-of day, closes nothing. */
static bool
is_closed(const struct mn_score_in *in, const struct mn_evidence *e)
{
	if (e->status == MN_WORKER_VERIFIED)
		return true;
	return e->status == MN_CLOSED_ON_CLAIM && e->closed_day != MN_DAY_NONE &&
	       e->closed_day <= in->as_of;
}

static bool
is_open(const struct mn_score_in *in, const struct mn_evidence *e)
{
	return !is_closed(in, e) && e->status != MN_STATUS_UNKNOWN;
}

/* The later of the two days: what is said to be closed before it happened ages from when
 * it happened. MN_DAY_NONE is less than every day. */
static int32_t
closing_day(const struct mn_evidence *e)
{
	return e->closed_day > e->event_day ? e->closed_day : e->event_day;
}

static int64_t
decay_from(const struct mn_score_in *in, int32_t day, int64_t halflife_months)
{
	if (day == MN_DAY_NONE)
		return MN_FX_ONE;
	return mn_fx_decay((int64_t)in->as_of - day, halflife_months);
}

int64_t
mn_row_decay(
    const struct mn_score_in *in, const struct mn_evidence *e, int64_t halflife_months)
{
	if (e->direction == MN_CLEAR)
		return e->event_day == MN_DAY_NONE
			   ? 0
			   : decay_from(in, e->event_day, halflife_months);
	if (is_closed(in, e))
		return decay_from(in, closing_day(e), halflife_months);
	if (e->status != MN_STATUS_UNKNOWN)
		return MN_FX_ONE;
	int64_t months = mn_fx_mul(halflife_months, in->pack->k.unknown_halflife_factor);
	return decay_from(in, e->event_day, months);
}

bool
mn_row_state(const struct mn_score_in *in, const struct mn_evidence *e)
{
	return e->direction == MN_ADVERSE && e->imposed_by == MN_IMPOSED_STATE &&
	       e->status != MN_WORKER_VERIFIED && mn_row_live(in, e);
}

int64_t
mn_row_q_clear(const struct mn_pack *p, const struct mn_evidence *e)
{
	const struct mn_p_source_class *c = &p->source_class[e->source_class];
	return e->supplier_paid ? c->q_clear_supplier_paid_q16 : c->q_clear_q16;
}

static int64_t
kappa(const struct mn_pack *p, const struct mn_evidence *e)
{
	const struct mn_p_source_class *c = &p->source_class[e->source_class];
	bool better = false;
	if (e->imposed_by == MN_IMPOSED_STATE)
		return 0;
	if (mn_str_eq(c->kappa_better_if, MN_S("unannounced")))
		better = e->unannounced || c->unannounced;
	else if (mn_str_eq(c->kappa_better_if, MN_S("offsite")))
		better = e->offsite;
	return better ? c->kappa_better_q16 : c->kappa_q16;
}

static int64_t
times_match(int64_t v_q16, const struct mn_evidence *e)
{
	return e->match_q16 >= MN_FX_ONE ? v_q16 : mn_fx_mul(v_q16, e->match_q16);
}

static int64_t
adverse_worth(const struct mn_pack *p, const struct mn_evidence *e)
{
	if (e->status == MN_WORKER_VERIFIED || e->strength > MN_STRONG)
		return 0;
	return times_match(mn_fx_mul(p->strength_q16[e->strength],
			       p->source_class[e->source_class].q_adverse_q16),
	    e);
}

/* Clearing is counted in the nats of a strong finding. */
static int64_t
clear_worth(const struct mn_pack *p, const struct mn_evidence *e)
{
	return times_match(mn_fx_mul(mn_fx_mul(kappa(p, e), p->strength_q16[MN_STRONG]),
			       mn_row_q_clear(p, e)),
	    e);
}

static struct mn_srow
weigh(const struct mn_score_in *in, const struct mn_evidence *e)
{
	struct mn_srow r = {0};
	const struct mn_pack *p = in->pack;
	bool adverse = e->direction == MN_ADVERSE;
	if (!mn_row_live(in, e))
		return r;
	r.open = adverse && is_open(in, e);
	r.state = mn_row_state(in, e);
	if (e->indicator >= MN_INDICATORS)
		return r;
	r.decay_q16 = mn_row_decay(in, e, p->indicator[e->indicator].halflife_months);
	r.worth_q16 =
	    mn_fx_mul(adverse ? adverse_worth(p, e) : clear_worth(p, e), r.decay_q16);
	r.strong = r.open && e->strength >= MN_MEDIUM && r.worth_q16 > 0;
	return r;
}

int
mn_row_tie(const struct mn_score_in *in, uint32_t a, uint32_t b)
{
	const struct mn_evidence *x = &in->ev[a], *y = &in->ev[b];
	int c = mn_key_cmp(x->key, y->key);
	if (c == 0)
		c = (x->rid > y->rid) - (x->rid < y->rid);
	return c ? c : (a > b) - (a < b);
}

static int
in_order(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_sums *s = ctx;
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
	const struct mn_evidence *x = &s->in->ev[a], *y = &s->in->ev[b];
	int c = (int)x->indicator - y->indicator;
	if (c == 0)
		c = (int)x->direction - y->direction;
	if (c == 0 && x->direction == MN_ADVERSE) {
		c = mn_key_cmp(x->root, y->root);
		if (c == 0)
			c = (int)x->source_class - y->source_class;
	}
	if (c == 0) {
		int64_t v = s->row[a].worth_q16, w = s->row[b].worth_q16;
		c = (v < w) - (v > w);
	}
	return c ? c : mn_row_tie(s->in, a, b);
}

static void
find_firsts(struct mn_sums *s)
{
	uint32_t at = 0;
	for (uint32_t slot = 0; slot < countof(s->first); slot++) {
		while (at < s->n_order) {
			const struct mn_evidence *e = &s->in->ev[s->order[at]];
			if (2u * e->indicator + e->direction >= slot)
				break;
			at++;
		}
		s->first[slot] = at;
	}
}

static void
weigh_all(struct mn_sums *s, struct mn_arena *a)
{
	size_t n = s->in->n_ev;
	s->row = MN_NEW(a, struct mn_srow, n);
	s->order = MN_NEW(a, uint32_t, n);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_srow r = s->row[i] = weigh(s->in, &s->in->ev[i]);
		if (r.worth_q16 > 0)
			s->order[s->n_order++] = i;
		s->n_adverse += r.worth_q16 > 0 && s->in->ev[i].direction == MN_ADVERSE;
		s->n_strong += r.strong;
		s->n_state += r.state;
	}
	mn_sort(s->order, s->n_order, sizeof *s->order, in_order, s, *a);
	find_firsts(s);
}

void
mn_sums_make(struct mn_sums *s, const struct mn_score_in *in, struct mn_arena *a)
{
	*s = (struct mn_sums){.in = in};
	weigh_all(s, a);
	s->nothing_clears = in->inherent->state_setting || s->n_state > 0;
	s->core.open_strong = s->n_strong > 0;
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		uint32_t clear = s->first[2 * i + MN_CLEAR];
		if (clear > s->first[2 * i])
			s->core.a_q16[i] = mn_roots_sum(s, i, *a);
		if (clear < s->first[2 * i + 2] && !in->inherent->state_setting)
			s->k_raw[i] = s->row[s->order[clear]].worth_q16;
		s->core.k_q16[i] = s->nothing_clears ? 0 : s->k_raw[i];
	}
}

bool
mn_score_s_level(const struct mn_pack *p, const struct mn_evidence *e)
{
	return e->direction == MN_ADVERSE && e->strength == MN_STRONG &&
	       e->match_q16 >= MN_FX_ONE && e->source_class < p->n_source_class &&
	       p->source_class[e->source_class].q_adverse_q16 >= p->k.s_level_q;
}

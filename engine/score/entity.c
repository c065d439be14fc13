/* One entity: rows, sums, core, bands, put on a card. */
#include "manumit/base/fx.h"

#include "score_impl.h"

static void
fill_inherent(const struct mn_score_in *in, struct mn_card *card)
{
	mn_score_inherent(in->pack, in->inherent, card->h_q16);
	for (unsigned i = 0; i < MN_CHANNELS && i < in->pack->n_channel; i++) {
		bool known = in->inherent->known[i];
		card->channel_known |= (uint8_t)(known ? 1u << i : 0);
		card->x_q16[i] =
		    known ? in->inherent->x_q16[i] : in->pack->channel[i].mid_q16;
	}
}

static void
fill_gates(const struct mn_score_in *in, struct mn_card *card)
{
	uint32_t n = in->pack->n_gate;
	card->n_gate = (uint8_t)(n < MN_MAX_GATES ? n : MN_MAX_GATES);
	for (unsigned i = 0; i < card->n_gate; i++)
		card->gate[i] = in->gate ? in->gate[i] : MN_GATE_NOT_CHECKED;
}

static void
fill_indicators(
    const struct mn_sums *s, const struct mn_core_out *out, struct mn_card *card)
{
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		int64_t a = s->core.a_q16[i], k = s->core.k_q16[i];
		card->ind[i] = (struct mn_card_indicator){
		    .state = a > 0   ? MN_STATE_ADVERSE
			     : k > 0 ? MN_STATE_CLEAR
				     : MN_STATE_UNKNOWN,
		    .a_q16 = a,
		    .k_q16 = k,
		    .s_q16 = out->ind_s_q16[i],
		};
	}
}

static void
fill_numbers(const struct mn_sums *s, const struct mn_core_out *out, struct mn_card *card)
{
	card->open_strong = s->core.open_strong;
	card->p_q16 = out->p_q16;
	card->p_clear_q16 = out->p_clear_q16;
	card->low_q16 = out->low_q16;
	card->high_q16 = out->high_q16;
	card->s_q16 = out->s_q16;
	card->base_s_q16 = out->base_s_q16;
	card->c_q16 = out->c_q16;
	card->c_all_q16 = s->core.c_all_q16;
	card->c_clear_q16 = s->core.c_clear_q16;
	card->n_evidence = (uint32_t)s->in->n_ev;
	card->n_adverse = s->n_adverse;
}

/* Unlike weight, this needs no indicator: an unspecified finding imposed by the state is
 * one all the same. What may be about somebody else is not taken for it. */
static bool
is_state_imposed(const struct mn_sums *s)
{
	const struct mn_inherent *in = s->in->inherent;
	if (in->state_setting && !in->state_possible)
		return true;
	for (size_t i = 0; s->n_state > 0 && i < s->in->n_ev; i++)
		if (s->row[i].state && s->row[i].open &&
		    s->in->ev[i].match_q16 == MN_FX_ONE)
			return true;
	return false;
}

void
mn_score_entity(const struct mn_score_in *in, struct mn_card *card,
    struct mn_row_score *rows, bool with_counterfactual, struct mn_arena scratch)
{
	struct mn_sums s;
	struct mn_core_out out;
	*card = (struct mn_card){.who = in->who};
	fill_inherent(in, card);
	fill_gates(in, card);
	mn_sums_make(&s, in, &scratch);
	struct mn_completeness c = mn_cells_sum(in, s.nothing_clears, NULL);
	memcpy(s.core.h_q16, card->h_q16, sizeof s.core.h_q16);
	s.core.c_all_q16 = c.all_q16;
	s.core.c_clear_q16 = c.clear_q16;
	mn_score_core(in->pack, &s.core, &out);
	fill_numbers(&s, &out, card);
	fill_indicators(&s, &out, card);
	card->state_imposed = is_state_imposed(&s);
	mn_bands(&s, c.sure_q16, card, scratch);
	card->severity_q16 = mn_severity(&s);
	card->priority_q16 = mn_fx_mul(card->severity_q16, card->p_q16);
	if (rows)
		mn_shares(&s, &out, rows, with_counterfactual, scratch);
}

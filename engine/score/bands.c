/*
 * From numbers to words: band, floors, note, action. Anchors are fixed, so that no
 * supplier's band moves because others were added.
 */
#include "manumit/base/sort.h"

#include "score_impl.h"

/* Indicators on which an open S-level item means that workers may be in danger now:
 * restriction of movement, physical and sexual violence. */
static const uint8_t DANGER[] = {2, 4};

static bool
is_class(const struct mn_pack *p, const struct mn_evidence *e, struct mn_str code)
{
	return mn_str_eq(p->source_class[e->source_class].code, code);
}

static bool
is_among(
    const struct mn_pack *p, const struct mn_evidence *e, const struct mn_strs *codes)
{
	for (uint32_t i = 0; i < codes->n; i++)
		if (is_class(p, e, codes->v[i]))
			return true;
	return false;
}

static bool
is_s_level(const struct mn_sums *s, uint32_t row)
{
	return s->row[row].worth_q16 > 0 &&
	       mn_score_s_level(s->in->pack, &s->in->ev[row]);
}

static int
by_root(const void *pa, const void *pb, const void *ctx)
{
	(void)ctx;
	return mn_key_cmp(*(const struct mn_key *)pa, *(const struct mn_key *)pb);
}

/* Root sources of S-level items: of all of them, or (floor given) of open ones of the
 * floor's classes. */
static uint32_t
count_roots(
    const struct mn_sums *s, const struct mn_p_floor *floor, struct mn_arena scratch)
{
	struct mn_key *root = MN_NEW(&scratch, struct mn_key, s->n_order);
	uint32_t n = 0, distinct = 0;
	for (uint32_t at = 0; at < s->n_order; at++) {
		uint32_t r = s->order[at];
		const struct mn_evidence *e = &s->in->ev[r];
		if (is_s_level(s, r) &&
		    (!floor ||
			(s->row[r].open && is_among(s->in->pack, e, &floor->classes))))
			root[n++] = e->root;
	}
	mn_sort(root, n, sizeof *root, by_root, NULL, scratch);
	for (uint32_t i = 0; i < n; i++)
		distinct += i == 0 || mn_key_cmp(root[i - 1], root[i]) != 0;
	return distinct;
}

static bool
has_s_level(const struct mn_sums *s, struct mn_str class)
{
	for (uint32_t at = 0; at < s->n_order; at++)
		if (is_s_level(s, s->order[at]) &&
		    (class.n == 0 ||
			is_class(s->in->pack, &s->in->ev[s->order[at]], class)))
			return true;
	return false;
}

/* Workers themselves were heard, or the check came unannounced, and it clears. */
static bool
has_telling_clear(const struct mn_sums *s)
{
	for (uint32_t at = 0; at < s->n_order && !s->nothing_clears; at++) {
		const struct mn_evidence *e = &s->in->ev[s->order[at]];
		const struct mn_p_source_class *c =
		    &s->in->pack->source_class[e->source_class];
		if (e->direction == MN_CLEAR &&
		    (c->worker_sourced || c->unannounced || e->unannounced))
			return true;
	}
	return false;
}

/* An open strong or medium finding keeps the band from low: clear facts would have moved
 * it. So does whatever of the completeness only adverse facts have filled. */
static bool
is_low(const struct mn_sums *s, int64_t sure_q16, const struct mn_card *card)
{
	const struct mn_pack *p = s->in->pack;
	return !card->open_strong && card->high_q16 < p->k.low_high &&
	       card->c_all_q16 >= p->k.low_c_all && sure_q16 >= p->k.low_c_all &&
	       has_telling_clear(s);
}

static enum mn_band
by_numbers(const struct mn_sums *s, int64_t sure_q16, const struct mn_card *card,
    struct mn_arena scratch)
{
	const struct mn_pack *p = s->in->pack;
	if (card->p_q16 >= p->k.elevated_p && s->n_adverse == 0)
		return MN_ELEVATED;
	if (card->p_q16 >= p->k.severe_p &&
	    (has_s_level(s, MN_S("court")) || count_roots(s, NULL, scratch) >= 2))
		return MN_SEVERE;
	if (card->p_q16 >= p->k.high_p)
		return MN_HIGH;
	if (card->p_q16 >= p->k.elevated_p)
		return MN_ELEVATED;
	return is_low(s, sure_q16, card) ? MN_LOW : MN_UNKNOWN;
}

/* The highest band that some floor demands; of equal ones the first row is named. */
static void
lift(const struct mn_sums *s, struct mn_card *card, struct mn_arena scratch)
{
	const struct mn_pack *p = s->in->pack;
	if (!has_s_level(s, MN_STR_NONE))
		return;
	for (uint32_t i = 0; i < p->n_floor; i++) {
		enum mn_band band;
		if (!mn_band_parse(p->floor[i].band, &band) || band <= card->band ||
		    count_roots(s, &p->floor[i], scratch) < p->floor[i].roots)
			continue;
		card->band = (uint8_t)band;
		card->floor = (uint8_t)(i + 1);
	}
}

static enum mn_band_note
note_of(const struct mn_sums *s, const struct mn_card *card)
{
	if (card->band != MN_UNKNOWN)
		return MN_NOTE_NONE;
	bool low = card->high_q16 < s->in->pack->k.low_high && !card->open_strong &&
		   !s->nothing_clears;
	return low ? MN_NOTE_LOW_CONTEXT : MN_NOTE_ASK_FIRST;
}

static bool
is_danger(const struct mn_sums *s)
{
	for (uint32_t at = 0; at < s->n_order; at++) {
		uint32_t r = s->order[at];
		for (size_t i = 0; i < countof(DANGER); i++)
			if (s->in->ev[r].indicator == DANGER[i] && s->row[r].open &&
			    is_s_level(s, r))
				return true;
	}
	return false;
}

/* The setting, or an open finding, may be imposed by the state, and it is not sure that
 * this entity is meant: look closer, but as with any possible match no more than that. */
static bool
is_state_possible(const struct mn_sums *s)
{
	if (s->in->inherent->state_setting)
		return true;
	for (size_t i = 0; s->n_state > 0 && i < s->in->n_ev; i++)
		if (s->row[i].state && s->row[i].open)
			return true;
	return false;
}

static uint8_t
by_band(const struct mn_card *card)
{
	static const uint8_t BY_BAND[MN_BANDS] = {[MN_LOW] = MN_ACT_STANDARD,
	    [MN_UNKNOWN] = MN_ACT_ASK,
	    [MN_ELEVATED] = MN_ACT_ENHANCED,
	    [MN_HIGH] = MN_ACT_ESCALATE,
	    [MN_SEVERE] = MN_ACT_ESCALATE};
	return card->note == MN_NOTE_LOW_CONTEXT ? MN_ACT_STANDARD : BY_BAND[card->band];
}

static enum mn_action
action_of(const struct mn_sums *s, const struct mn_card *card)
{
	uint8_t act = by_band(card);
	if (card->state_imposed || is_danger(s))
		return MN_ACT_PROTECT;
	if (is_state_possible(s) && act < MN_ACT_ENHANCED)
		act = MN_ACT_ENHANCED;
	for (unsigned i = 0; i < card->n_gate; i++) {
		uint8_t by_gate = card->gate[i] == MN_GATE_HIT        ? MN_ACT_ESCALATE
				  : card->gate[i] >= MN_GATE_UPSTREAM ? MN_ACT_ENHANCED
								      : MN_ACT_STANDARD;
		act = by_gate > act ? by_gate : act;
	}
	return (enum mn_action)act;
}

void
mn_bands(const struct mn_sums *s, int64_t sure_q16, struct mn_card *card,
    struct mn_arena scratch)
{
	card->band = (uint8_t)by_numbers(s, sure_q16, card, scratch);
	lift(s, card, scratch);
	card->note = (uint8_t)note_of(s, card);
	card->action = (uint8_t)action_of(s, card);
}

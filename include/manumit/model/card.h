/*
 * The card: what is computed of an entity. Integer sums, so contributions add up exactly:
 * s_q16 == base_s_q16 + sum of ind[i].s_q16.
 */
#ifndef MN_MODEL_CARD_H
#define MN_MODEL_CARD_H

#include "manumit/model/evidence.h"
#include "manumit/model/gate.h"

#define MN_CHANNELS 5 /* country, sector, good, workforce, recruitment */

/* Ordered as thresholds read them: low < unknown < elevated < high < severe. */
enum mn_band { MN_LOW, MN_UNKNOWN, MN_ELEVATED, MN_HIGH, MN_SEVERE, MN_BANDS };
enum mn_band_note { MN_NOTE_NONE, MN_NOTE_LOW_CONTEXT, MN_NOTE_ASK_FIRST };
enum mn_ind_state { MN_STATE_UNKNOWN, MN_STATE_CLEAR, MN_STATE_ADVERSE };
/* What is proposed, strongest last; scoring.md section 5. */
enum mn_action {
	MN_ACT_STANDARD, /* standard monitoring */
	MN_ACT_ASK,      /* ask first */
	MN_ACT_ENHANCED, /* enhanced due diligence */
	MN_ACT_ESCALATE, /* escalate */
	MN_ACT_PROTECT   /* protect workers first: do not contact the employer; refer */
};

struct mn_card_indicator {
	uint8_t state; /* enum mn_ind_state */
	int64_t a_q16; /* adverse weight, nats, after the class caps */
	int64_t k_q16; /* clearing weight, nats */
	int64_t s_q16; /* share of S: omega (sp(alpha + a) - sp(alpha)) */
};

struct mn_card {
	struct mn_eid who;
	uint8_t band, note, action; /* enums above */
	uint8_t floor; /* row of the pack's floors that lifted the band, plus 1; 0 none */
	bool state_imposed; /* the setting, or an open finding, is imposed by the state */
	bool open_strong;   /* an open strong or medium finding stands: c = 0 */
	int64_t p_q16;      /* likelihood the band rests on */
	int64_t p_clear_q16; /* the same with clear facts counted even if open_strong */
	int64_t low_q16, high_q16;
	int64_t s_q16, base_s_q16;
	int64_t h_q16[3];               /* inherent risk: lo, mid, hi */
	uint8_t channel_known;          /* bit per channel */
	int64_t x_q16[MN_CHANNELS];     /* channel value used for P */
	int64_t c_q16;                  /* clearing term (used only if !open_strong) */
	int64_t c_all_q16, c_clear_q16; /* completeness */
	int64_t severity_q16, priority_q16; /* 0..1; priority = severity * P */
	int64_t ask_q16; /* order of the list Ask first: inherent risk by spend */
	uint8_t gate[MN_MAX_GATES]; /* enum mn_gate_status per gate of the pack */
	uint8_t n_gate;
	uint32_t n_evidence, n_adverse; /* rows; adverse ones that still weigh */
	struct mn_card_indicator ind[MN_INDICATORS];
};

const char *mn_band_name(unsigned b); /* "low", "unknown", ... */
bool mn_band_parse(struct mn_str s, enum mn_band *out);
const char *mn_band_note_name(unsigned n); /* "", "low context", "ask first" */
const char *mn_state_name(unsigned s);     /* "unknown", "clear", "adverse" */
const char *mn_action_name(unsigned a);
const char *mn_channel_code(unsigned c); /* "country", "sector", ... */
int mn_channel_parse(struct mn_str s);   /* -1: none */

/* The list of the portfolio that it stands in: 'A' act, 'Q' ask first, 0 none. */
char mn_card_list(const struct mn_card *c);

void mn_card_encode(const struct mn_card *c, struct mn_buf *out);
bool mn_card_decode(
    struct mn_eid who, struct mn_str bytes, struct mn_card *out, struct mn_err *err);

#endif

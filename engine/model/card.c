/* Cards: names and stored form. */
#include "manumit/model/card.h"
#include "manumit/model/codec.h"

#define VERSION 1

static const char *const BANDS[MN_BANDS] = {
    "low", "unknown", "elevated", "high", "severe"};
static const char *const NOTES[] = {"", "low context", "ask first"};
static const char *const STATES[] = {"unknown", "clear", "adverse"};
static const char *const ACTIONS[] = {"standard monitoring", "ask first",
    "enhanced due diligence", "escalate",
    "protect workers first: do not contact the employer; refer"};
static const char *const CHANNELS[MN_CHANNELS] = {
    "country", "sector", "good", "workforce", "recruitment"};

static const char *
name(const char *const *names, size_t n, unsigned i)
{
	return i < n ? names[i] : "?";
}

const char *
mn_band_name(unsigned b)
{
	return name(BANDS, countof(BANDS), b);
}

bool
mn_band_parse(struct mn_str s, enum mn_band *out)
{
	for (unsigned b = 0; b < MN_BANDS; b++)
		if (mn_str_eq(s, mn_str_c(BANDS[b]))) {
			*out = (enum mn_band)b;
			return true;
		}
	return false;
}

const char *
mn_band_note_name(unsigned n)
{
	return name(NOTES, countof(NOTES), n);
}

const char *
mn_state_name(unsigned s)
{
	return name(STATES, countof(STATES), s);
}

const char *
mn_action_name(unsigned a)
{
	return name(ACTIONS, countof(ACTIONS), a);
}

const char *
mn_channel_code(unsigned c)
{
	return name(CHANNELS, countof(CHANNELS), c);
}

int
mn_channel_parse(struct mn_str s)
{
	for (int c = 0; c < MN_CHANNELS; c++)
		if (mn_str_eq(s, mn_str_c(CHANNELS[c])))
			return c;
	return -1;
}

/* The plain numbers of a card in stored order; one list serves both directions. */
#define N_VALUES (15 + MN_CHANNELS)

static void
values(struct mn_card *c, int64_t *v[N_VALUES])
{
	int64_t *const all[] = {&c->p_q16, &c->p_clear_q16, &c->low_q16, &c->high_q16,
	    &c->s_q16, &c->base_s_q16, &c->h_q16[0], &c->h_q16[1], &c->h_q16[2],
	    &c->c_q16, &c->c_all_q16, &c->c_clear_q16, &c->severity_q16, &c->priority_q16,
	    &c->ask_q16, &c->x_q16[0], &c->x_q16[1], &c->x_q16[2], &c->x_q16[3],
	    &c->x_q16[4]};
	_Static_assert(sizeof all / sizeof all[0] == N_VALUES, "every value once");
	memcpy(v, all, sizeof all);
}

static bool
gate_calls(const struct mn_card *c)
{
	for (uint32_t i = 0; i < c->n_gate; i++)
		if (c->gate[i] >= MN_GATE_UPSTREAM)
			return true;
	return false;
}

char
mn_card_list(const struct mn_card *c)
{
	/* To act on there must be something: evidence, a list that names the entity, or a
	 * setting in which to ask would harm. Context alone, however dark, is a reason to
	 * ask. */
	if (c->action == MN_ACT_PROTECT || gate_calls(c) ||
	    (c->band >= MN_ELEVATED && c->n_adverse > 0))
		return 'A';
	return c->band != MN_LOW ? 'Q' : 0;
}

void
mn_card_encode(const struct mn_card *c, struct mn_buf *out)
{
	struct mn_card copy = *c;
	int64_t *v[N_VALUES];
	values(&copy, v);
	mn_put_u8(out, VERSION);
	mn_put_u8(out, c->band);
	mn_put_u8(out, c->note);
	mn_put_u8(out, c->action);
	mn_put_u8(out, c->floor);
	mn_put_u8(out, (uint8_t)(c->state_imposed | c->open_strong << 1));
	mn_put_u8(out, c->channel_known);
	for (size_t i = 0; i < N_VALUES; i++)
		mn_put_i64(out, *v[i]);
	mn_put_u8(out, c->n_gate);
	for (uint32_t i = 0; i < c->n_gate; i++)
		mn_put_u8(out, c->gate[i]);
	mn_put_u32(out, c->n_evidence);
	mn_put_u32(out, c->n_adverse);
	for (size_t i = 0; i < MN_INDICATORS; i++) {
		mn_put_u8(out, c->ind[i].state);
		mn_put_i64(out, c->ind[i].a_q16);
		mn_put_i64(out, c->ind[i].k_q16);
		mn_put_i64(out, c->ind[i].s_q16);
	}
}

static bool
in_range(const struct mn_card *c, uint8_t flags)
{
	bool good = c->band < MN_BANDS && c->note <= MN_NOTE_ASK_FIRST &&
		    c->action <= MN_ACT_PROTECT && flags < 4 &&
		    c->channel_known < 1u << MN_CHANNELS;
	for (uint32_t i = 0; i < c->n_gate; i++)
		good = good && c->gate[i] < MN_GATE_STATUS_COUNT;
	for (size_t i = 0; i < MN_INDICATORS; i++)
		good = good && c->ind[i].state <= MN_STATE_ADVERSE;
	return good;
}

bool
mn_card_decode(
    struct mn_eid who, struct mn_str bytes, struct mn_card *out, struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	int64_t *v[N_VALUES];
	*out = (struct mn_card){.who = who};
	values(out, v);
	uint8_t version = mn_get_u8(&g);
	out->band = mn_get_u8(&g);
	out->note = mn_get_u8(&g);
	out->action = mn_get_u8(&g);
	out->floor = mn_get_u8(&g);
	uint8_t flags = mn_get_u8(&g);
	out->state_imposed = flags & 1;
	out->open_strong = flags >> 1 & 1;
	out->channel_known = mn_get_u8(&g);
	for (size_t i = 0; i < N_VALUES; i++)
		*v[i] = mn_get_i64(&g);
	out->n_gate = mn_get_u8(&g);
	if (g.bad || version != VERSION || out->n_gate > MN_MAX_GATES)
		return mn_fail(err, MN_E_STORE, "damaged card");
	for (uint32_t i = 0; i < out->n_gate; i++)
		out->gate[i] = mn_get_u8(&g);
	out->n_evidence = mn_get_u32(&g);
	out->n_adverse = mn_get_u32(&g);
	for (size_t i = 0; i < MN_INDICATORS; i++) {
		out->ind[i].state = mn_get_u8(&g);
		out->ind[i].a_q16 = mn_get_i64(&g);
		out->ind[i].k_q16 = mn_get_i64(&g);
		out->ind[i].s_q16 = mn_get_i64(&g);
	}
	return (mn_get_done(&g) && in_range(out, flags)) ||
	       mn_fail(err, MN_E_STORE, "damaged card");
}

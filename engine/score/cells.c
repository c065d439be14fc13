/*
 * Completeness: how much of what should be known of an entity of this role is known.
 * Adverse facts and known channels fill C_all only: knowing that something is bad must
 * not lower the upper end.
 */
#include "score_impl.h"

#define CHANNEL_MONTHS 60 /* where the row names no half-life of its own */

enum { EMPTY = 1, FILLED = 2, CLEARED = 3 };

struct fill {
	int64_t any_q16, clear_q16;
};

static bool
is_expected(const struct mn_p_cell *c, struct mn_str role)
{
	return mn_str_eq(c->role, MN_S("any")) || mn_str_eq(c->role, role);
}

static bool
is_of_class(
    const struct mn_p_cell *c, const struct mn_pack *p, const struct mn_evidence *e)
{
	return mn_str_eq(c->source_class, MN_S("any")) ||
	       mn_str_eq(c->source_class, p->source_class[e->source_class].code);
}

/* What the facts of one indicator say to a cell: the best of them, by quality and age. */
static struct fill
fill_of(const struct mn_score_in *in, const struct mn_p_cell *c, unsigned indicator,
    bool nothing_clears)
{
	const struct mn_pack *p = in->pack;
	struct fill f = {0, 0};
	int64_t months = c->halflife_months ? c->halflife_months
					    : p->indicator[indicator].halflife_months;
	for (size_t i = 0; i < in->n_ev; i++) {
		const struct mn_evidence *e = &in->ev[i];
		if (e->indicator != indicator || !mn_row_live(in, e) ||
		    !is_of_class(c, p, e))
			continue;
		bool clear = e->direction == MN_CLEAR;
		int64_t q = clear ? mn_row_q_clear(p, e)
				  : p->source_class[e->source_class].q_adverse_q16;
		int64_t v = q > 0 ? mn_fx_mul(q, mn_row_decay(in, e, months)) : 0;
		bool clears =
		    clear && !nothing_clears && e->imposed_by != MN_IMPOSED_STATE;
		f.any_q16 = v > f.any_q16 ? v : f.any_q16;
		f.clear_q16 = clears && v > f.clear_q16 ? v : f.clear_q16;
	}
	return f;
}

/* Of a channel that is known in part, that part. */
static int64_t
channel_fill(const struct mn_inherent *in, int channel)
{
	return in->known[channel] ? MN_FX_ONE - in->open_q16[channel] : 0;
}

static uint8_t
state_of(const struct fill *f)
{
	return f->clear_q16 > 0 ? CLEARED : f->any_q16 > 0 ? FILLED : EMPTY;
}

static int64_t
share(int64_t part, int64_t whole)
{
	int64_t v = whole > 0 ? mn_fx_div(part, whole) : 0;
	return v > MN_FX_ONE ? MN_FX_ONE : v;
}

struct mn_completeness
mn_cells_sum(const struct mn_score_in *in, bool nothing_clears, uint8_t *cell_state)
{
	const struct mn_pack *p = in->pack;
	struct mn_str role = mn_str_c(mn_role_measure(in->inherent->role));
	int64_t weight = 0, all = 0, clear = 0, sure = 0;
	for (uint32_t i = 0; i < p->n_cell; i++) {
		const struct mn_p_cell *c = &p->cell[i];
		struct fill f = {0, 0};
		int indicator = mn_indicator_parse(c->subject), ch = -1;
		bool expected = is_expected(c, role);
		if (expected && indicator >= 0)
			f = fill_of(in, c, (unsigned)indicator, nothing_clears);
		else if (expected && (ch = mn_channel_parse(c->subject)) >= 0)
			f.any_q16 = channel_fill(in->inherent, ch);
		if (expected) {
			weight += c->weight_q16;
			all += mn_fx_mul(c->weight_q16, f.any_q16);
			clear += mn_fx_mul(c->weight_q16, f.clear_q16);
			sure +=
			    mn_fx_mul(c->weight_q16, ch >= 0 ? f.any_q16 : f.clear_q16);
		}
		if (cell_state)
			cell_state[i] = expected ? state_of(&f) : 0;
	}
	return (struct mn_completeness){
	    share(all, weight), share(clear, weight), share(sure, weight)};
}

void
mn_score_cells(const struct mn_score_in *in, uint8_t *cell_state, int64_t *c_all_q16,
    int64_t *c_clear_q16)
{
	bool nothing_clears = in->inherent->state_setting;
	for (size_t i = 0; i < in->n_ev; i++)
		nothing_clears = nothing_clears || mn_row_state(in, &in->ev[i]);
	struct mn_completeness c = mn_cells_sum(in, nothing_clears, cell_state);
	*c_all_q16 = c.all_q16;
	*c_clear_q16 = c.clear_q16;
}

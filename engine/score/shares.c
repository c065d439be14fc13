/* What each row adds: exact shares of S by largest remainder, and P without the row. */
#include "manumit/base/sort.h"

#include "score_impl.h"

struct part {
	uint32_t row;
	int64_t rest; /* remainder of s * e / sum */
};

static int
by_rest(const void *pa, const void *pb, const void *ctx)
{
	const struct part *a = pa, *b = pb;
	if (a->rest != b->rest)
		return a->rest < b->rest ? 1 : -1;
	return mn_row_tie(ctx, a->row, b->row);
}

/* The best row of each root; the rows that losing ones lose to. */
static uint32_t
find_parts(const struct mn_sums *s, unsigned indicator, struct part *part, int64_t *sum)
{
	uint32_t end = s->first[2 * indicator + 1], n = 0;
	*sum = 0;
	for (uint32_t at = s->first[2 * indicator], next; at < end; at = next) {
		next = mn_roots_end(s, at, end);
		part[n].row = mn_roots_best(s, at, next);
		*sum += s->row[part[n++].row].worth_q16;
	}
	return n;
}

static void
share_out(const struct mn_sums *s, unsigned indicator, int64_t s_q16,
    struct mn_row_score *rows, struct mn_arena scratch)
{
	uint32_t most = s->first[2 * indicator + 1] - s->first[2 * indicator];
	struct part *part = MN_NEW(&scratch, struct part, most);
	int64_t sum, left = s_q16;
	uint32_t n = find_parts(s, indicator, part, &sum);
	for (uint32_t i = 0; i < n; i++) {
		__int128 product = (__int128)s_q16 * s->row[part[i].row].worth_q16;
		struct mn_row_score *r = &rows[part[i].row];
		r->used = true;
		r->s_q16 = (int64_t)(product / sum);
		part[i].rest = (int64_t)(product % sum);
		left -= r->s_q16;
	}
	mn_sort(part, n, sizeof *part, by_rest, s->in, scratch);
	for (uint32_t i = 0; i < n && left > 0; i++, left--)
		rows[part[i].row].s_q16++;
}

static int64_t
clear_without(const struct mn_sums *s, unsigned indicator, uint32_t row)
{
	uint32_t at = s->first[2 * indicator + MN_CLEAR];
	if (s->order[at] != row)
		return s->k_raw[indicator];
	at++;
	return at < s->first[2 * indicator + 2] ? s->row[s->order[at]].worth_q16 : 0;
}

static int64_t
p_without(const struct mn_sums *s, uint32_t row, int64_t a_without_q16)
{
	const struct mn_evidence *e = &s->in->ev[row];
	const struct mn_srow *r = &s->row[row];
	struct mn_core_in core = s->core;
	struct mn_core_out out;
	bool state = s->in->inherent->state_setting || s->n_state > (r->state ? 1u : 0u);
	core.open_strong = s->n_strong > (r->strong ? 1u : 0u);
	if (!state)
		memcpy(core.k_q16, s->k_raw, sizeof core.k_q16);
	if (r->worth_q16 > 0 && e->direction == MN_ADVERSE)
		core.a_q16[e->indicator] = a_without_q16;
	else if (r->worth_q16 > 0 && !state)
		core.k_q16[e->indicator] = clear_without(s, e->indicator, row);
	mn_score_core(s->in->pack, &core, &out);
	return out.p_q16;
}

static void
counterfactuals(const struct mn_sums *s, int64_t p_q16, struct mn_row_score *rows,
    struct mn_arena scratch)
{
	int64_t *without = MN_NEW(&scratch, int64_t, s->in->n_ev);
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		if (s->first[2 * i] < s->first[2 * i + 1])
			mn_roots_without(s, i, without, scratch);
	for (uint32_t i = 0; i < s->in->n_ev; i++) {
		const struct mn_srow *r = &s->row[i];
		bool idle = r->worth_q16 == 0 && !r->state;
		rows[i].p_without_q16 = idle ? p_q16 : p_without(s, i, without[i]);
	}
}

void
mn_shares(const struct mn_sums *s, const struct mn_core_out *out,
    struct mn_row_score *rows, bool with_counterfactual, struct mn_arena scratch)
{
	for (uint32_t i = 0; i < s->in->n_ev; i++) {
		bool gone = s->nothing_clears && s->in->ev[i].direction == MN_CLEAR;
		rows[i] = (struct mn_row_score){
		    .e_q16 = gone ? 0 : s->row[i].worth_q16,
		    .decay_q16 = s->row[i].decay_q16,
		};
	}
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		uint32_t clear = s->first[2 * i + MN_CLEAR];
		if (s->first[2 * i] < clear)
			share_out(s, i, out->ind_s_q16[i], rows, scratch);
		if (s->core.k_q16[i] > 0)
			rows[s->order[clear]].used = true;
	}
	if (with_counterfactual)
		counterfactuals(s, out->p_q16, rows, scratch);
}

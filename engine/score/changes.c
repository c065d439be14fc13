/*
 * What would change the band: one row without, one expected cell answered. Each is scored
 * for what it would give; nothing is estimated.
 */
#include "manumit/base/sort.h"

#include "score_impl.h"

#define MAX_ROWS 64 /* heaviest rows tried: the list is short, each costs a scoring */

struct trial {
	const struct mn_score_in *in;
	const struct mn_card *card;
	struct mn_change *out; /* MAX_ROWS + 2 n_cell entries */
	size_t n;
	struct mn_evidence *ev; /* copy of the rows with one place to spare */
	struct mn_arena scratch;
};

static void
try_in(struct trial *t, const struct mn_score_in *in, enum mn_change_kind kind,
    uint32_t index)
{
	struct mn_card then;
	mn_score_entity(in, &then, NULL, false, t->scratch);
	if (then.band != t->card->band)
		t->out[t->n++] = (struct mn_change){kind, index, then.band, then.p_q16};
}

struct heavy {
	const struct mn_score_in *in;
	const struct mn_row_score *rows;
};

static int
by_weight(const void *pa, const void *pb, const void *ctx)
{
	const struct heavy *h = ctx;
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
	int64_t v = h->rows[a].e_q16, w = h->rows[b].e_q16;
	if (v != w)
		return v < w ? 1 : -1;
	return mn_row_tie(h->in, a, b);
}

/* The heaviest rows first; lives in the arena. */
static const uint32_t *
order_by_weight(const struct mn_score_in *in, struct mn_arena *a)
{
	uint32_t *order = MN_NEW(a, uint32_t, in->n_ev);
	struct mn_arena scratch = *a;
	struct mn_row_score *rows = MN_NEW(&scratch, struct mn_row_score, in->n_ev);
	struct mn_card card;
	mn_score_entity(in, &card, rows, false, scratch);
	for (uint32_t i = 0; i < in->n_ev; i++)
		order[i] = i;
	mn_sort(order, in->n_ev, sizeof *order, by_weight, &(struct heavy){in, rows},
	    scratch);
	return order;
}

static void
try_rows(struct trial *t, const uint32_t *order)
{
	size_t n = t->in->n_ev;
	for (size_t i = 0; i < n && i < MAX_ROWS; i++) {
		struct mn_score_in in = *t->in;
		in.ev = t->ev;
		in.n_ev = n - 1;
		/* The last row stands in for the one left out: order says nothing. */
		t->ev[order[i]] = t->in->ev[n - 1];
		try_in(t, &in, MN_CHANGE_ROW_WITHOUT, order[i]);
		t->ev[order[i]] = t->in->ev[order[i]];
	}
}

static int64_t
best_k(const struct mn_p_source_class *c)
{
	int64_t kappa =
	    c->kappa_better_q16 > c->kappa_q16 ? c->kappa_better_q16 : c->kappa_q16;
	return mn_fx_mul(kappa, c->q_clear_q16);
}

/* The class that answers a cell: its own, or where any will do the one that clears best.
 */
static int
class_of(const struct mn_pack *p, const struct mn_p_cell *c)
{
	int best = -1;
	if (!mn_str_eq(c->source_class, MN_S("any")))
		return mn_pack_source_class(p, c->source_class);
	for (uint32_t i = 0; i < p->n_source_class; i++)
		if (best < 0 ||
		    best_k(&p->source_class[i]) > best_k(&p->source_class[best]))
			best = (int)i;
	return best;
}

/* A fresh, certain answer to the cell, by the best kind of check. */
static void
try_fact(struct trial *t, uint32_t cell, unsigned indicator, bool bad)
{
	const struct mn_pack *p = t->in->pack;
	int class = class_of(p, &p->cell[cell]);
	if (class < 0 || class > UINT8_MAX)
		return;
	struct mn_score_in in = *t->in;
	struct mn_key none = {UINT64_MAX, UINT64_MAX};
	t->ev[in.n_ev] = (struct mn_evidence){
	    .who = in.who,
	    .indicator = (uint8_t)indicator,
	    .direction = bad ? MN_ADVERSE : MN_CLEAR,
	    .strength = bad ? MN_MEDIUM : MN_STRENGTH_NONE,
	    .source_class = (uint8_t) class,
	    .status = MN_OPEN,
	    .imposed_by = MN_IMPOSED_UNKNOWN,
	    .unannounced = true,
	    .offsite = true,
	    .event_day = in.as_of,
	    .closed_day = MN_DAY_NONE,
	    .match_q16 = MN_FX_ONE,
	    .rows = 1,
	    .root = none,
	    .key = none,
	    .rid = MN_RID_NONE,
	};
	in.ev = t->ev;
	in.n_ev++;
	try_in(t, &in, bad ? MN_CHANGE_CELL_BAD : MN_CHANGE_CELL, cell);
}

static void
try_channel(struct trial *t, uint32_t cell, unsigned channel, bool bad)
{
	const struct mn_p_channel *c = &t->in->pack->channel[channel];
	struct mn_inherent inherent = *t->in->inherent;
	struct mn_score_in in = *t->in;
	inherent.known[channel] = true;
	inherent.x_q16[channel] = bad ? c->hi_q16 : c->lo_q16;
	in.inherent = &inherent;
	try_in(t, &in, bad ? MN_CHANGE_CELL_BAD : MN_CHANGE_CELL, cell);
}

static void
try_cells(struct trial *t, const uint8_t *state, bool bad)
{
	const struct mn_pack *p = t->in->pack;
	for (uint32_t i = 0; i < p->n_cell; i++) {
		int indicator = mn_indicator_parse(p->cell[i].subject);
		int channel = mn_channel_parse(p->cell[i].subject);
		/* Expected, and not said already. */
		if (state[i] != 1 && (channel >= 0 || state[i] != (bad ? 3 : 2)))
			continue;
		if (indicator >= 0)
			try_fact(t, i, (unsigned)indicator, bad);
		else if (channel >= 0 && (uint32_t)channel < p->n_channel)
			try_channel(t, i, (unsigned)channel, bad);
	}
}

struct taste {
	const struct mn_score_in *in;
	bool falling; /* highest P first */
};

/* The strongest effect first, ties by content: rows by key, cells by place in the pack.
 */
static int
by_effect(const void *pa, const void *pb, const void *ctx)
{
	const struct taste *x = ctx;
	const struct mn_change *a = pa, *b = pb;
	if (a->p_q16 != b->p_q16)
		return (a->p_q16 < b->p_q16) == x->falling ? 1 : -1;
	if (a->kind == MN_CHANGE_ROW_WITHOUT)
		return mn_row_tie(x->in, a->index, b->index);
	return (a->index > b->index) - (a->index < b->index);
}

/* Sorts what one kind of trial has found since `from`, and keeps the first `most`. */
static void
keep(struct trial *t, size_t from, size_t most, bool falling)
{
	mn_sort(t->out + from, t->n - from, sizeof *t->out, by_effect,
	    &(struct taste){t->in, falling}, t->scratch);
	if (t->n - from > most)
		t->n = from + most;
}

size_t
mn_score_changes(const struct mn_score_in *in, const struct mn_card *card,
    struct mn_change *out, size_t max, struct mn_arena scratch)
{
	struct trial t = {.in = in, .card = card};
	uint8_t *state = MN_NEW(&scratch, uint8_t, in->pack->n_cell);
	int64_t all, clear;
	t.out =
	    MN_NEW(&scratch, struct mn_change, MAX_ROWS + 2 * (size_t)in->pack->n_cell);
	t.ev = MN_NEW(&scratch, struct mn_evidence, in->n_ev + 1);
	if (in->n_ev)
		memcpy(t.ev, in->ev, in->n_ev * sizeof *t.ev);
	const uint32_t *order = order_by_weight(in, &scratch);
	t.scratch = scratch;
	mn_score_cells(in, state, &all, &clear);
	/* No kind of change crowds out the others: a third, half of the rest, the rest.
	 */
	try_rows(&t, order);
	keep(&t, 0, (max + 2) / 3, false);
	size_t from = t.n;
	try_cells(&t, state, false);
	keep(&t, from, (max - from + 1) / 2, false);
	from = t.n;
	try_cells(&t, state, true);
	keep(&t, from, max - from, true);
	if (t.n)
		memcpy(out, t.out, t.n * sizeof *out);
	return t.n;
}

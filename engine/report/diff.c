/* The walk over two generations: cards side by side, in the order of their ids. */
#include "manumit/model/codec.h"

#include "diff_impl.h"

struct side {
	const struct mn_report *r;
	struct mn_scan *scan;
	struct mn_card card;
	bool more;
};

struct walk {
	struct mn_diff d;
	struct side was, now;
	bool (*fn)(void *ctx, const struct mn_diff_entity *e);
	void *ctx;
	struct mn_diff_counts *counts;
	struct mn_arena root;
};

static bool
step(struct side *s, struct mn_err *err)
{
	struct mn_str key, body;
	int more = mn_scan_next(s->scan, &key, &body, NULL, err);
	s->more = more == 1;
	struct mn_get g = mn_get(key);
	return more >= 0 &&
	       (!s->more || mn_card_decode(mn_get_eid(&g), body, &s->card, err));
}

static bool
same_card(const struct mn_card *a, const struct mn_card *b)
{
	char room[2][8192];
	struct mn_buf x = {room[0], 0, sizeof room[0], sizeof room[0], false},
		      y = {room[1], 0, sizeof room[1], sizeof room[1], false};
	mn_card_encode(a, &x);
	mn_card_encode(b, &y);
	return !x.failed && !y.failed && mn_str_eq(mn_buf_str(&x), mn_buf_str(&y));
}

static void
count(struct walk *w, const struct mn_diff_entity *e)
{
	struct mn_diff_counts *n = w->counts;
	bool by[MN_CAUSE_COUNT] = {false};
	n->came += e->kind == MN_DIFF_NEW;
	n->went += e->kind == MN_DIFF_GONE;
	n->united += e->kind == MN_DIFF_UNITED;
	n->split += e->kind == MN_DIFF_SPLIT;
	if (e->kind != MN_DIFF_CHANGED)
		return;
	n->changed++;
	n->up += e->now->card.band > e->was->card.band;
	n->down += e->now->card.band < e->was->card.band;
	for (uint32_t i = 0; i < e->n_item; i++)
		by[e->item[i].cause] = true;
	for (int c = 0; c < MN_CAUSE_COUNT; c++) {
		int64_t before = c ? e->p_q16[c - 1] : e->was->card.p_q16;
		n->by_cause[c] += by[c] || e->p_q16[c] != before;
		/* Decisions are compared by their number; one for another shows here. */
		n->differs[c] = n->differs[c] || by[c];
	}
}

/* A number that only moved, by time or by a pack's constant, is no change to tell. */
static bool
worth_telling(const struct mn_diff_entity *e)
{
	const struct mn_card *a = &e->was->card, *b = &e->now->card;
	return e->n_item > 0 || a->band != b->band || a->note != b->note ||
	       a->action != b->action || a->state_imposed != b->state_imposed;
}

static bool
pair(struct walk *w, struct mn_eid before, struct mn_eid after, struct mn_arena a,
    bool *go_on, struct mn_err *err)
{
	struct mn_view was, now;
	struct mn_diff_entity e;
	if (!mn_view_load(w->was.r, before, false, &a, &was, err) ||
	    !mn_view_load(w->now.r, after, false, &a, &now, err))
		return false;
	mn_diff_entity(&w->d, &was, &now, &a, &e);
	if (!worth_telling(&e)) {
		w->counts->faded += was.card.p_q16 != now.card.p_q16;
		return true;
	}
	count(w, &e);
	*go_on = w->fn(w->ctx, &e);
	return true;
}

static bool
both(struct walk *w, struct mn_arena a, bool *go_on, struct mn_err *err)
{
	/* A card knows of no edge: what reaches it along them is in the view. */
	bool edges = w->was.r->has_behind || w->now.r->has_behind;
	if (!edges && same_card(&w->was.card, &w->now.card) &&
	    w->was.card.n_evidence == 0)
		return true;
	return pair(w, w->was.card.who, w->now.card.who, a, go_on, err);
}

static bool
one(struct walk *w, const struct side *s, struct mn_arena a, bool *go_on,
    struct mn_err *err)
{
	struct mn_view v, other;
	struct mn_kin kin;
	struct mn_eid partner;
	bool is_new = s == &w->now, found;
	const struct mn_report *there = is_new ? w->was.r : w->now.r;
	struct mn_diff_entity e = {.kind = is_new ? MN_DIFF_NEW : MN_DIFF_GONE,
	    .was = is_new ? NULL : &v,
	    .now = is_new ? &v : NULL};
	if (!mn_view_load(s->r, s->card.who, false, &a, &v, err) ||
	    !mn_diff_partner(s->r, &v, there, a, &kin, &partner, &found, err))
		return false;
	/* The two are told of once, where the later one stands. */
	if (found)
		return !is_new || pair(w, partner, s->card.who, a, go_on, err);
	if (kin.n) {
		e.kind = is_new ? MN_DIFF_SPLIT : MN_DIFF_UNITED;
		e.other = &other;
		if (!mn_view_load(there, kin.eid[0], false, &a, &other, err))
			return false;
	}
	for (int c = 0; c < MN_CAUSE_COUNT; c++) {
		e.p_q16[c] = v.card.p_q16;
		e.band[c] = v.card.band;
	}
	count(w, &e);
	*go_on = w->fn(w->ctx, &e);
	return true;
}

static bool
walk(struct walk *w, struct mn_err *err)
{
	bool good = step(&w->was, err) && step(&w->now, err), go_on = true;
	while (good && go_on && (w->was.more || w->now.more)) {
		int c = !w->was.more   ? 1
			: !w->now.more ? -1
				       : mn_eid_cmp(w->was.card.who, w->now.card.who);
		w->counts->entities += c >= 0;
		if (c == 0)
			good = both(w, w->root, &go_on, err);
		else
			good = one(w, c < 0 ? &w->was : &w->now, w->root, &go_on, err);
		good = good && (c > 0 || step(&w->was, err)) &&
		       (c < 0 || step(&w->now, err));
	}
	return good;
}

bool
mn_diff_each(const struct mn_report *was, const struct mn_report *now,
    bool (*fn)(void *ctx, const struct mn_diff_entity *e), void *ctx,
    struct mn_diff_counts *counts, struct mn_err *err)
{
	struct mn_arena keep = mn_arena_new((size_t)1 << 24, NULL), a = keep;
	struct walk w = {.was = {.r = was},
	    .now = {.r = now},
	    .fn = fn,
	    .ctx = ctx,
	    .counts = counts,
	    .root = mn_arena_new((size_t)1 << 32, NULL)};
	*counts = (struct mn_diff_counts){0};
	mn_diff_begin(&w.d, was, now, &a);
	memcpy(counts->differs, w.d.differs, sizeof counts->differs);
	w.was.scan = mn_scan_open(was->reader, MN_TAB_CARD, MN_STR_NONE, err);
	w.now.scan =
	    w.was.scan ? mn_scan_open(now->reader, MN_TAB_CARD, MN_STR_NONE, err) : NULL;
	bool good = w.now.scan && walk(&w, err);
	mn_scan_close(w.was.scan);
	mn_scan_close(w.now.scan);
	mn_arena_free(w.root);
	mn_arena_free(keep);
	return good;
}

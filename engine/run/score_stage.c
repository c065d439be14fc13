/*
 * Stage score: one merged walk over entities, their evidence and the list entries they
 * met; a card each, and the rows of three ranked lists: A act, Q ask first, N all by
 * name. The lists are loaded by stage spread, which may have a reason to act that no card
 * knows.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/evidence/standing.h"
#include "manumit/model/codec.h"

#include "manumit/score/sensitivity.h"

#include "stages.h"

/* Largest spend met per currency: spends are compared within one currency only, because
 * no exchange rate is guessed. */
#define MAX_CURRENCIES 200

struct spend {
	char currency[4];
	int64_t max_e4;
};

/* A cursor over a table keyed by entity first. */
struct follower {
	struct mn_scan *scan;
	struct mn_str key, body, pos;
	int more;
};

struct scoring {
	struct mn_run *r;
	struct mn_reader *reader;
	struct follower ev, gate;
	struct mn_load *card;
	struct mn_xsort *rank;
	struct spend spend[MAX_CURRENCIES];
	uint32_t n_spend;
	struct mn_buf body;
	struct mn_arena scratch; /* root, reset per entity */
	struct mn_inherent_memo *memo;
	struct mn_xsort *sens; /* NULL: not asked for */
	const struct mn_variant *variant;
	uint32_t n_variant;
	struct mn_gate_ground ground[MN_MAX_GATES];
};

static bool
follow(struct scoring *x, struct follower *f, enum mn_table t, struct mn_err *err)
{
	f->scan = mn_scan_open(x->reader, t, MN_STR_NONE, err);
	f->more = f->scan ? mn_scan_next(f->scan, &f->key, &f->body, &f->pos, err) : -1;
	return f->more >= 0;
}

static bool
is_of(const struct follower *f, struct mn_str eid)
{
	return f->more == 1 && mn_str_starts(f->key, eid);
}

static bool
step(struct follower *f, struct mn_err *err)
{
	f->more = mn_scan_next(f->scan, &f->key, &f->body, &f->pos, err);
	return f->more >= 0;
}

/* All evidence of one entity; slices live as long as the scan's transaction. */
static bool
gather_evidence(struct scoring *x, struct mn_str eid, struct mn_arena *a,
    struct mn_score_in *in, struct mn_err *err)
{
	uint32_t cap = 8, n = 0;
	struct mn_evidence *ev = MN_NEW(a, struct mn_evidence, cap);
	while (is_of(&x->ev, eid)) {
		if (n == cap) {
			struct mn_evidence *more = MN_NEW(a, struct mn_evidence, 2 * cap);
			memcpy(more, ev, n * sizeof *ev);
			ev = more;
			cap *= 2;
		}
		if (n < MN_MAX_EVIDENCE &&
		    !mn_evidence_decode(x->ev.key, x->ev.body, x->ev.pos, &ev[n++], err))
			return false;
		if (!step(&x->ev, err))
			return false;
	}
	in->ev = ev;
	in->n_ev = n;
	return true;
}

static bool
gather_gates(struct scoring *x, struct mn_str eid, const struct mn_entity *e,
    uint8_t *status, struct mn_arena *a, struct mn_err *err)
{
	const struct mn_pack *p = x->r->pack;
	struct mn_str why;
	for (uint32_t i = 0; i < p->n_gate; i++)
		status[i] = (uint8_t)mn_gate_standing(
		    p, i, &x->ground[i], e, x->r->o->as_of, a, &why);
	while (is_of(&x->gate, eid)) {
		struct mn_gate_fact g;
		if (!mn_gate_decode(x->gate.key, x->gate.body, x->gate.pos, &g, err))
			return false;
		if (g.gate < p->n_gate)
			status[g.gate] = mn_gate_raise(status[g.gate], &g);
		if (!step(&x->gate, err))
			return false;
	}
	return true;
}

static struct spend *
spend_of(struct scoring *x, struct mn_str currency, bool add)
{
	for (uint32_t i = 0; i < x->n_spend; i++)
		if (mn_str_eq(mn_str_c(x->spend[i].currency), currency))
			return &x->spend[i];
	if (!add || x->n_spend == MAX_CURRENCIES || currency.n > 3)
		return NULL;
	struct spend *s = &x->spend[x->n_spend++];
	memcpy(s->currency, currency.n ? currency.p : "", currency.n);
	return s;
}

/* Recruiters that only a ledger names have no spend to be asked about: they stand behind
 * the suppliers of the list, by inherent risk. */
#define BEHIND 64

/* Inherent risk by spend. A spend that is not known is a question too: it weighs as the
 * pack says, by default like the largest. */
static int64_t
ask_weight(struct scoring *x, const struct mn_entity *e, int64_t h_q16)
{
	int64_t spend, share = x->r->pack->k.unknown_spend;
	bool named = e->n_member > 0;
	for (uint32_t i = 0; i < e->n_member; i++)
		named = named && mn_rid_named(e->member[i]);
	if (named)
		return h_q16 / BEHIND;
	const struct spend *s = spend_of(x, e->rec.v[MN_F_CURRENCY], false);
	if (mn_record_e4(&e->rec, MN_F_SPEND, &spend) && s && s->max_e4 > 0)
		share = (int64_t)((__int128)spend * MN_FX_ONE / s->max_e4);
	return mn_fx_mul(h_q16, share < 0 ? 0 : share);
}

static bool
rank(struct scoring *x, const struct mn_entity *e, const struct mn_card *c,
    struct mn_err *err)
{
	struct mn_str name = e->rec.v[MN_F_NAME];
	char list = mn_card_list(c);
	return mn_rank_add(x->rank, 'N', c, name, err) &&
	       (!list || mn_rank_add(x->rank, list, c, name, err));
}

static void
tell(struct mn_run_result *t, const struct mn_card *c)
{
	uint8_t strongest = MN_GATE_NOT_APPLICABLE;
	for (uint32_t i = 0; i < c->n_gate; i++)
		strongest = c->gate[i] > strongest ? c->gate[i] : strongest;
	t->entities++;
	t->bands[c->band]++;
	t->gates[strongest]++;
	if ((unsigned)c->band > (unsigned)t->worst)
		t->worst = c->band;
}

static bool
add_flips(struct scoring *x, const struct mn_score_in *in, const struct mn_card *card,
    struct mn_str key, struct mn_arena scratch, struct mn_err *err)
{
	struct mn_flips f;
	if (!x->sens)
		return true;
	mn_flips_of(in, card, x->variant, x->n_variant, &f, scratch);
	mn_buf_clear(&x->body);
	mn_flips_encode(&f, &x->body);
	return f.n == 0 || mn_xsort_add(x->sens, key, mn_buf_str(&x->body), err);
}

static bool
score_one(struct scoring *x, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	struct mn_arena a = x->scratch;
	struct mn_get g = mn_get(key);
	struct mn_entity e;
	struct mn_inherent inherent;
	struct mn_card card;
	uint8_t gate[MN_MAX_GATES] = {0};
	struct mn_score_in in = {.pack = x->r->pack,
	    .inherent = &inherent,
	    .as_of = x->r->o->as_of,
	    .gate = gate,
	    .who = mn_get_eid(&g)};
	if (!mn_entity_decode(in.who, body, pos, &a, &e, err))
		return false;
	mn_inherent_of(x->r->pack, &e, x->memo, &a, &inherent);
	mn_inherent_age(x->r->pack, x->r->o->as_of, &inherent);
	if (!gather_evidence(x, key, &a, &in, err) ||
	    !gather_gates(x, key, &e, gate, &a, err))
		return false;
	mn_score_entity(&in, &card, NULL, false, a);
	card.ask_q16 = ask_weight(x, &e, card.h_q16[1]);
	tell(x->r->result, &card);
	if (!add_flips(x, &in, &card, key, a, err))
		return false;
	mn_buf_clear(&x->body);
	mn_card_encode(&card, &x->body);
	return mn_load_put(x->card, key, mn_buf_str(&x->body), MN_STR_NONE, err) &&
	       rank(x, &e, &card, err);
}

/* One walk over all entities; fn gets each row of ENT. */
static bool
each_entity(struct scoring *x,
    bool (*fn)(
	struct scoring *, struct mn_str, struct mn_str, struct mn_str, struct mn_err *),
    uint64_t *rows, struct mn_err *err)
{
	struct mn_scan *scan = mn_scan_open(x->reader, MN_TAB_ENT, MN_STR_NONE, err);
	struct mn_str key, body, pos;
	int more = scan ? 1 : -1;
	while (scan && (more = mn_scan_next(scan, &key, &body, &pos, err)) == 1) {
		if (!fn(x, key, body, pos, err)) {
			more = -1;
			break;
		}
		++*rows;
	}
	mn_scan_close(scan);
	return more == 0;
}

static bool
note_spend(struct scoring *x, struct mn_str key, struct mn_str body, struct mn_str pos,
    struct mn_err *err)
{
	struct mn_arena a = x->scratch;
	struct mn_get g = mn_get(key);
	struct mn_entity e;
	int64_t spend;
	if (!mn_entity_decode(mn_get_eid(&g), body, pos, &a, &e, err))
		return false;
	if (!mn_record_e4(&e.rec, MN_F_SPEND, &spend))
		return true;
	struct spend *s = spend_of(x, e.rec.v[MN_F_CURRENCY], true);
	if (s && spend > s->max_e4)
		s->max_e4 = spend;
	return true;
}

static bool
load(struct scoring *x, struct mn_xsort *sorted, enum mn_table t, struct mn_err *err)
{
	struct mn_str key, value;
	int more = -1;
	struct mn_load *l =
	    mn_xsort_finish(sorted, err) ? mn_load_begin(x->r->gen, t, err) : NULL;
	while (l && (more = mn_xsort_next(sorted, &key, &value, err)) == 1)
		if (!mn_load_put(l, key, value, MN_STR_NONE, err))
			break;
	if (more == 0)
		return mn_load_end(l, err);
	mn_load_abort(l);
	return false;
}

bool
mn_run_score(struct mn_run *r, uint64_t *rows, struct mn_err *err)
{
	struct scoring x = {.r = r, .body = mn_buf_new(MN_MAX_RECORD)};
	uint64_t seen = 0;
	x.scratch = mn_arena_new((size_t)1 << 32, NULL);
	x.memo = MN_NEW(&r->arena, struct mn_inherent_memo, 1);
	x.reader = mn_reader_open(r->gen, err);
	x.rank = r->rank;
	if (x.reader && r->o->sensitivity) {
		x.n_variant = mn_variants(r->pack, &r->arena, &x.variant);
		x.sens = mn_xsort_new(r->work_dir, MN_SORT_BYTES, err);
	}
	mn_gate_grounds(r->pack, r->source, r->n_input, r->o->as_of, &r->arena, x.ground);
	bool good = x.reader && (x.sens || !r->o->sensitivity) &&
		    each_entity(&x, note_spend, &seen, err) &&
		    follow(&x, &x.ev, MN_TAB_EV, err) &&
		    follow(&x, &x.gate, MN_TAB_GATE, err) &&
		    (x.card = mn_load_begin(r->gen, MN_TAB_CARD, err)) != NULL;
	if (good && !each_entity(&x, score_one, rows, err)) {
		mn_load_abort(x.card);
		good = false;
	} else if (good) {
		good = mn_load_end(x.card, err) &&
		       (!x.sens || load(&x, x.sens, MN_TAB_SENS, err));
	}
	mn_scan_close(x.ev.scan);
	mn_scan_close(x.gate.scan);
	mn_xsort_free(x.sens);
	mn_reader_close(x.reader);
	mn_arena_free(x.scratch);
	mn_buf_free(&x.body);
	return good;
}

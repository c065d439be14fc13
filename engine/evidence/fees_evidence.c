/*
 * What a ledger says of debt bondage (I09): one statement an employer, recruiter and
 * file, never one a worker, for the employer and for the recruiter or agent. A fee alone
 * is a precursor; bands of months and the conditions of debt bondage make it more. The
 * worst case counts, because the rule is about one worker, and so that one more fee never
 * lowers anything. What is still borne is open; what was given back is told as closed on
 * that day.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"

#include "fees.h"

struct ledger_sum {
	struct mn_str fold, party, country;
	const struct mn_fee_ledger *ledger;
	bool agent, condition[MN_FEE_CONDITIONS];
	uint32_t workers, payers, owed, back, unknown, rows, match_q16;
	int64_t open_q16, all_q16; /* the largest, -1 none assessable */
	int32_t back_day;
	bool undated; /* something was given back on no day that is stated */
	mn_rid rid;
};

static void
tally(struct ledger_sum *s, const struct mn_fee_part *p)
{
	s->workers += p->workers;
	s->rows += p->rows;
	s->unknown += p->payer_unknown;
	s->match_q16 = p->match_q16 < s->match_q16 ? p->match_q16 : s->match_q16;
	s->rid = p->rid < s->rid ? p->rid : s->rid;
	if (p->party.n && (s->party.n == 0 || mn_str_cmp(p->party, s->party) < 0))
		s->party = p->party;
	if (p->country.n && (s->country.n == 0 || mn_str_cmp(p->country, s->country) < 0))
		s->country = p->country;
	for (unsigned i = 0; i < MN_FEE_CONDITIONS; i++)
		s->condition[i] = s->condition[i] || p->condition[i];
	if (!p->paid)
		return;
	s->payers += p->workers;
	if (p->owed) {
		s->owed += p->workers;
		s->open_q16 = p->open_q16 > s->open_q16 ? p->open_q16 : s->open_q16;
	}
	if (p->back_e4 > 0) {
		s->back += p->workers;
		s->all_q16 = p->all_q16 > s->all_q16 ? p->all_q16 : s->all_q16;
		s->back_day = p->back_day > s->back_day ? p->back_day : s->back_day;
		s->undated = s->undated || p->back_day == MN_DAY_NONE;
	}
}

/* Position among the fee files, so that a ledger's root does not depend on its name. */
static char
ledger_number(const struct mn_evidence_run *run, uint32_t src)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < src; i++)
		n += run->source[i].kind == MN_K_FEES;
	return (char)n;
}

static struct mn_key
root_of(const struct mn_fee_employer *x, const struct ledger_sum *s)
{
	char raw[16], number = ledger_number(x->run, s->ledger->src);
	struct mn_buf eid = {raw, 0, sizeof raw, sizeof raw, false};
	if (s->ledger->root.n)
		return mn_hash128((struct mn_str[]){MN_S("root"), s->ledger->root}, 2);
	mn_put_eid(&eid, x->who);
	return mn_hash128((struct mn_str[]){MN_S("ledger"), mn_buf_str(&eid), s->fold,
			      mn_str(&number, 1)},
	    4);
}

/* Told apart: employers of one recruiter, ledgers of one root. */
static struct mn_key
key_of(const struct mn_fee_employer *x, const struct ledger_sum *s, bool open)
{
	char raw[40];
	struct mn_buf b = {raw, 0, sizeof raw, sizeof raw, false};
	mn_put_eid(&b, x->who);
	mn_put_key(&b, s->ledger->id);
	mn_buf_byte(&b, ledger_number(x->run, s->ledger->src));
	mn_buf_byte(&b, (char)open);
	mn_buf_byte(&b, (char)s->agent);
	return mn_hash128((struct mn_str[]){mn_buf_str(&b), s->fold}, 2);
}

/* The strongest of band and conditions; its words and pack row into e. */
static void
weigh(struct mn_fee_employer *x, const struct ledger_sum *s, int64_t months_q16,
    bool open, struct mn_arena *a, struct mn_evidence *e)
{
	const struct mn_pack *p = x->run->pack;
	const struct mn_p_fee_band *band = mn_fee_band(p, months_q16);
	struct mn_str text = band ? band->text : MN_S("months of wage not assessable");
	const char *what = open ? "workers paid for their recruitment"
				: "workers were repaid what their recruitment cost";
	e->strength = band ? (uint8_t)mn_pack_strength(band->strength) : MN_STRENGTH_NONE;
	e->pack_row = band ? mn_arena_fmt(a, "fee_bands/%.*s", MN_FMT(band->code))
			   : MN_S("fee_bands");
	for (unsigned i = 0; i < MN_FEE_CONDITIONS && open; i++) {
		const struct mn_p_fee_condition *c = mn_fee_condition(p, i);
		if (!s->condition[i] || !c)
			continue;
		uint8_t strength = (uint8_t)mn_pack_strength(c->strength);
		text = mn_arena_fmt(a, "%.*s; %.*s", MN_FMT(text), MN_FMT(c->text));
		if (strength <= e->strength)
			continue;
		e->strength = strength;
		e->pack_row = mn_arena_fmt(a, "fee_conditions/%.*s", MN_FMT(c->code));
	}
	e->label = mn_arena_fmt(a, "%s; the highest case: %.*s", what, MN_FMT(text));
}

static bool
add(struct mn_fee_employer *x, const struct ledger_sum *s, struct mn_evidence e,
    const struct mn_fee_who *who, struct mn_arena a, struct mn_err *err)
{
	e.source = s->party.n ? mn_arena_fmt(&a, "%s %.*s",
				    s->agent ? "agent" : "recruiter", MN_FMT(s->party))
			      : MN_S("recruiter not named");
	if (!s->agent && !x->ev->add(x->ev->ctx, &e, err))
		return false;
	if (who->match_q16 == 0 || mn_eid_cmp(who->id, x->who) == 0)
		return true;
	/* Of the recruiter itself: as surely as both were recognised. */
	e.who = who->id;
	e.match_q16 = (uint32_t)mn_fx_mul(e.match_q16, who->match_q16);
	e.source = MN_S("fee ledger of an employer it recruited for");
	return x->ev->add(x->ev->ctx, &e, err);
}

static struct mn_evidence
base(struct mn_fee_employer *x, const struct ledger_sum *s)
{
	struct mn_record none = {.kind = MN_K_FEES, .rid = s->rid};
	struct mn_ev_in in = {
	    x->run->pack, &none, x->who, s->match_q16, x->run->stage->as_of};
	struct mn_evidence e = mn_make_base(&in);
	struct mn_str class = s->ledger->source_class;
	e.indicator = 8;
	e.source_class = mn_make_class(
	    &in, x->ev, class.n ? class : MN_S("fee_ledger"), (int64_t)s->workers);
	e.cooccurrence = MN_CO_ENTITY;
	e.rows = s->rows;
	e.root = root_of(x, s);
	e.field = MN_F_AMOUNT;
	e.pack_row = MN_S("fee_bands");
	return e;
}

/* Nothing borne by workers is a fact only where it is known who paid. */
static bool
nothing_borne(struct mn_fee_employer *x, const struct ledger_sum *s,
    const struct mn_fee_who *who, struct mn_err *err)
{
	struct mn_evidence e = base(x, s);
	if (s->unknown)
		return true;
	e.direction = MN_CLEAR;
	e.strength = MN_STRENGTH_NONE;
	e.status = MN_OPEN;
	e.key = key_of(x, s, true);
	e.label = MN_S("asked about recruitment fees: none borne by workers");
	return add(x, s, e, who, x->a, err);
}

static bool
statement(struct mn_fee_employer *x, const struct ledger_sum *s, bool open,
    const struct mn_fee_who *who, struct mn_err *err)
{
	struct mn_arena a = x->a;
	struct mn_evidence e = base(x, s);
	e.direction = MN_ADVERSE;
	e.status = open ? MN_OPEN : MN_CLOSED_ON_CLAIM;
	e.closed_day = open || s->undated ? MN_DAY_NONE : s->back_day;
	e.workers = open ? s->owed : s->back;
	e.key = key_of(x, s, open);
	weigh(x, s, open ? s->open_q16 : s->all_q16, open, &a, &e);
	return add(x, s, e, who, a, err);
}

static bool
tell(struct mn_fee_employer *x, const struct ledger_sum *s, struct mn_err *err)
{
	struct mn_fee_who who;
	if (!mn_fee_join(x, s->fold, s->party, s->country, &who, err))
		return false;
	if (s->payers == 0)
		return nothing_borne(x, s, &who, err);
	return (s->owed == 0 || statement(x, s, true, &who, err)) &&
	       (s->back == 0 || statement(x, s, false, &who, err));
}

bool
mn_fee_statements(struct mn_fee_employer *x, struct mn_err *err)
{
	mn_fee_parts_sort(x, MN_FEE_BY_LEDGER);
	for (uint32_t i = 0, end; i < x->n_part; i = end) {
		const struct mn_fee_part *first = &x->part[i];
		struct mn_fee_employer inner = *x;
		struct ledger_sum s = {.fold = first->fold,
		    .ledger = first->ledger,
		    .agent = first->agent,
		    .match_q16 = MN_FX_ONE,
		    .open_q16 = -1,
		    .all_q16 = -1,
		    .back_day = MN_DAY_NONE,
		    .rid = MN_RID_NONE};
		for (end = i; end < x->n_part && mn_fee_same_group(first, &x->part[end],
						     MN_FEE_BY_LEDGER);) {
			struct mn_fee_part worker = x->part[end++];
			for (; end < x->n_part && x->part[end].worker == worker.worker &&
			       mn_fee_same_group(first, &x->part[end], MN_FEE_BY_LEDGER);)
				mn_fee_part_merge(&worker, &x->part[end++], &inner.a);
			tally(&s, &worker);
		}
		if (!tell(&inner, &s, err))
			return false;
	}
	return true;
}

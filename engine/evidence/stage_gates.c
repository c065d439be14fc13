/*
 * Facts about gates: whom an entry of a list means, and what entities say themselves.
 */
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"

#include "stage.h"

struct entry {
	struct stage *x;
	struct mn_gate_fact fact;
	enum mn_gate_status dates;
	struct mn_key key[MN_HANDLES];
	size_t n_key; /* 0: not yet asked for */
};

struct subject {
	struct mn_key *key; /* handles, that of the merged record first */
	size_t n;
	struct mn_str name;
};

static bool
row_handles(struct stage *x, mn_rid rid, struct subject *s)
{
	struct mn_record rec;
	if (!mn_stage_row(x, rid, &rec))
		return false;
	s->n += mn_decision_subjects(&rec, s->key + s->n);
	return true;
}

static bool
entity_of(struct stage *x, struct mn_eid who, struct mn_arena *a, struct mn_entity *e)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body, pos;
	mn_put_eid(&key, who);
	return mn_reader_get(x->r, MN_TAB_ENT, mn_buf_str(&key), &body, &pos, x->err) ==
		   1 &&
	       mn_entity_decode(who, body, pos, a, e, x->err);
}

/* The merged record takes its id from the fullest row, and which that is may change: so
 * where there are decisions, the handles of all rows are tried. */
static bool
subject_of(struct stage *x, struct mn_eid who, bool all_rows, struct mn_arena *a,
    struct subject *s)
{
	struct mn_entity e;
	if (!entity_of(x, who, a, &e))
		return false;
	uint32_t rows = all_rows && e.n_member > 1 ? e.n_member : 0;
	s->key = MN_NEW(a, struct mn_key, MN_HANDLES * (1 + (size_t)rows));
	s->n = mn_decision_subjects(&e.rec, s->key);
	s->name = e.rec.v[MN_F_NAME];
	for (uint32_t i = 0; i < rows; i++)
		if (!row_handles(x, e.member[i], s))
			return false;
	return true;
}

static void
remark_decision(
    struct stage *x, enum mn_code code, const struct mn_gate_fact *f, struct mn_str name)
{
	struct mn_buf b = mn_buf_new(MN_MAX_RECORD);
	mn_buf_fmt(&b, "%.*s: ", MN_FMT(name));
	mn_gate_decided_text(f, &b);
	mn_stage_remark(x, code, MN_F_NAME, f->entry, mn_buf_str(&b));
	mn_buf_free(&b);
}

/* Most entries meet nobody and need no keys. */
static void
key_entry(struct stage *x, struct entry *e)
{
	if (e->n_key)
		return;
	e->n_key = mn_decision_entries(x->rec, e->key);
	e->fact.entry_key = e->key[0];
	e->fact.entry_print = mn_decision_print(x->rec, x->lookup);
}

static bool
decide(struct stage *x, struct entry *e)
{
	static const struct mn_decisions NO_DECISIONS;
	const struct mn_decisions *d =
	    x->run->decisions ? x->run->decisions : &NO_DECISIONS;
	struct mn_arena a = x->lookup;
	struct subject s = {.n = 0};
	key_entry(x, e);
	if (!subject_of(x, e->fact.who, d->n > 0, &a, &s))
		return false;
	e->fact.subject = s.n ? s.key[0] : (struct mn_key){0, 0};
	const struct mn_pair_keys pair = {
	    s.key, e->key, s.n, e->n_key, e->fact.entry_print};
	enum mn_code code = mn_gate_decide(&e->fact, e->dates, d, &pair);
	if (code != MN_E_NONE)
		remark_decision(x, code, &e->fact, s.name);
	return true;
}

/* An entry of a firm may be about some of its goods only. The words live until the next
 * fact. */
static bool
limit(struct stage *x, struct mn_gate_fact *f, struct mn_arena *a)
{
	struct mn_entity e;
	struct mn_made made;
	if (x->rec->v[MN_F_GOOD].n == 0)
		return true;
	if (!entity_of(x, f->who, a, &e) ||
	    !mn_places_made(&x->placing, x->r, &e, a, &made, x->err))
		return false;
	mn_gate_limit(x->placing.goods, x->rec, &made, a, f);
	return true;
}

/* Who is in a register of licences is told apart by the number, where both have it. */
static bool
numbered(struct stage *x, struct entry *e, struct mn_arena *a)
{
	struct mn_entity ent;
	if (!x->run->pack->gate[e->fact.gate].licences)
		return true;
	if (!entity_of(x, e->fact.who, a, &ent))
		return false;
	mn_licence_number(x->rec, &ent.rec, e->dates, a, &e->fact);
	return true;
}

static bool
put_fact(struct stage *x, const struct mn_gate_fact *f)
{
	mn_stage_clear(x);
	mn_gate_sort_key(f, &x->key);
	mn_gate_encode(f, &x->body, &x->pos);
	const struct mn_ev_sink sink = {mn_stage_say, x, mn_stage_note};
	return mn_stage_sorted(x, x->gate, x->err) &&
	       mn_evidence_of_entry(x->run->pack, f, &sink, x->err);
}

static bool
entry_met(void *ctx, const struct mn_met *met)
{
	struct entry *e = ctx;
	struct stage *x = e->x;
	e->fact.who = met->who;
	e->fact.basis = met->basis;
	e->fact.p_q16 = met->p_q16;
	e->fact.listed_as = met->listed_as;
	e->fact.why = met->why;
	e->fact.status = (uint8_t)e->dates;
	if (e->dates == MN_GATE_HIT && met->basis != MN_BASIS_IDENTIFIER)
		e->fact.status = MN_GATE_POSSIBLE;
	/* Less sure than evidence has to be: no effect, but it waits in review.csv. */
	if (met->basis < MN_BASIS_DECISION && met->other &&
	    met->p_q16 < (int64_t)x->run->pack->k.attach_m)
		e->fact.status = MN_GATE_NO_MATCH;
	if (met->basis == MN_BASIS_SPELLING &&
	    met->p_q16 < (int64_t)x->run->pack->k.attach_m)
		e->fact.status = MN_GATE_NO_MATCH;
	e->fact.fit = MN_FIT_NOT_ASKED;
	e->fact.fits = MN_STR_NONE;
	struct mn_arena a = x->lookup;
	return decide(x, e) && numbered(x, e, &a) && limit(x, &e->fact, &a) &&
	       put_fact(x, &e->fact);
}

/* Which gate a list row feeds: its own column, else the user's own list. */
static int
gate_of(struct stage *x)
{
	struct mn_str code = x->rec->v[MN_F_GATE];
	int gate = mn_pack_gate(x->run->pack, code.n ? code : MN_S("G-OWN"));
	if (gate < 0)
		mn_stage_remark(x, MN_E_CELL_VALUE, MN_F_GATE, code,
		    MN_S("gate not in the gates pack: row not used"));
	return gate;
}

/* The history of an entry over several editions of its register. */
static bool
over_editions(struct stage *x, struct mn_arena *a, struct mn_gate_fact *f, bool *told)
{
	struct mn_str intervals, ended_by;
	if (!mn_editions_of(x->editions, x->rec, a, told, &intervals, &ended_by, x->err))
		return false;
	if (intervals.n)
		f->history = intervals;
	if (ended_by.n)
		f->reason = mn_arena_fmt(a, "%.*s%s%.*s", MN_FMT(f->reason),
		    f->reason.n ? "; " : "", MN_FMT(ended_by));
	return true;
}

bool
mn_stage_entry(struct stage *x)
{
	const struct mn_record *rec = x->rec;
	int gate = gate_of(x);
	if (gate < 0)
		return true;
	x->run->gate_fed[gate] = 1;
	struct entry e = {.x = x,
	    .fact = {.gate = (uint8_t)gate,
		.rid = rec->rid,
		.key = mn_record_key(rec, 0),
		.list = rec->v[MN_F_LIST],
		.entry = rec->v[MN_F_NAME],
		.entry_id = rec->v[MN_F_ID],
		.history = rec->v[MN_F_INTERVALS],
		.citation = rec->v[MN_F_CITATION],
		.reason = rec->v[MN_F_REASON],
		.good = rec->v[MN_F_GOOD]}};
	struct mn_arena a = x->scratch;
	bool told;
	if (!over_editions(x, &a, &e.fact, &told))
		return false;
	if (!told)
		return true;
	struct mn_record dated = *rec;
	dated.v[MN_F_INTERVALS] = e.fact.history;
	e.dates = mn_gate_dates(
	    &dated, x->run->stage->as_of, &e.fact.listed_day, &e.fact.ended_day);
	if (x->run->pack->gate[gate].licences && e.dates == MN_GATE_HIT)
		e.dates = mn_licence_listed(rec, x->run->stage->as_of);
	if (e.dates == MN_GATE_NOT_APPLICABLE) {
		mn_stage_remark(
		    x, MN_E_FUTURE, MN_F_LISTED_ON, rec->v[MN_F_LISTED_ON], MN_STR_NONE);
		return true;
	}
	return mn_join_entry(x->r, rec, a, entry_met, &e, x->err);
}

/* ---- what entities say themselves ---- */

/* The licence checks that users entered with their recruiters. */
bool
mn_stage_licence(struct stage *x, const struct mn_entity *e, struct mn_arena *a)
{
	struct mn_gate_fact fact;
	return !mn_gate_licence(x->run->pack, e, x->run->stage->as_of, a, &fact) ||
	       put_fact(x, &fact);
}

/* Only a person says that the place is meant: as with a name on a list. */
bool
mn_stage_regions(struct stage *x, const struct mn_entity *e, struct mn_arena *a)
{
	struct mn_places *p = x->places;
	bool good = mn_places_read(p, &x->placing, x->r, e, a, x->err);
	for (uint32_t i = 0; good && i < p->n; i++) {
		struct mn_record listed;
		struct entry entry = {.x = x, .fact = p->fact[i], .dates = MN_GATE_HIT};
		mn_regions_entry(&entry.fact, &p->rec[i], a, &listed);
		x->rec = &listed;
		good = (entry.fact.status != MN_GATE_POSSIBLE || decide(x, &entry)) &&
		       put_fact(x, &entry.fact);
	}
	x->rec = NULL;
	return good;
}

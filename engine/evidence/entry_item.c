/*
 * An entry on a register of employers is one statement beside its gate: that the register
 * lists it. A register that names no ground speaks of no indicator, so the statement is
 * listed and weighs nothing; which list is which code is a column of the violations pack.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "make.h"

static const struct mn_p_violation *
violation_of(const struct mn_pack *p, struct mn_str list)
{
	for (uint32_t i = 0; list.n && i < p->n_violation; i++)
		if (mn_str_eq(p->violation[i].list, list))
			return &p->violation[i];
	return NULL;
}

/* Only who is meant for sure: by identifier or by a person's decision. */
static bool
is_meant(const struct mn_gate_fact *f)
{
	return f->status == MN_GATE_HIT ||
	       (f->status == MN_GATE_ENDED && f->basis >= MN_BASIS_DECISION);
}

bool
mn_evidence_of_entry(const struct mn_pack *p, const struct mn_gate_fact *f,
    const struct mn_ev_sink *sink, struct mn_err *err)
{
	char room[256];
	struct mn_buf row = {room, 0, sizeof room, sizeof room, false};
	const struct mn_p_violation *v = is_meant(f) ? violation_of(p, f->list) : NULL;
	int class = mn_pack_source_class(p, MN_S("register_decision"));
	if (!v || class < 0)
		return true;
	int indicator = mn_indicator_parse(v->indicator);
	int strength = mn_pack_strength(v->strength);
	bool weighs = indicator >= 0 && strength > MN_STRENGTH_NONE;
	mn_buf_fmt(
	    &row, "violations/%.*s:%.*s", MN_FMT(v->authority), MN_FMT(v->violation));
	struct mn_evidence e = {.who = f->who,
	    .indicator = weighs ? (uint8_t)indicator : MN_INDICATOR_NONE,
	    .strength = weighs ? (uint8_t)strength : MN_STRENGTH_NONE,
	    .direction = MN_ADVERSE,
	    .kind = MN_K_WATCHLIST,
	    .source_class = (uint8_t) class,
	    .status = f->status == MN_GATE_HIT ? MN_OPEN : MN_CLOSED_ON_CLAIM,
	    .imposed_by = MN_IMPOSED_UNKNOWN,
	    .event_day = f->listed_day,
	    .closed_day = f->status == MN_GATE_HIT ? MN_DAY_NONE : f->ended_day,
	    .match_q16 = MN_FX_ONE,
	    .rows = 1,
	    .label = v->text,
	    .source = f->list,
	    .pack_row = mn_buf_str(&row),
	    .rid = f->rid,
	    .field = MN_F_LIST};
	e.root = mn_make_root(MN_STR_NONE, MN_STR_NONE, f->list, &e);
	e.key = mn_make_key(f->key, 0);
	return sink->add(sink->ctx, &e, err);
}

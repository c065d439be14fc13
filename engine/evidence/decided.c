/* What people decided about a list entry and an entity, applied to the fact. */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"

/* A remark about decisions that are told but not applied. */
static enum mn_code
remark_of(enum mn_decided state)
{
	switch (state) {
	case MN_DECIDED_STALE:
		return MN_E_DECISION_STALE;
	case MN_DECIDED_EXPIRED:
		return MN_E_DECISION_EXPIRED;
	case MN_DECIDED_CONFLICT:
		return MN_E_DECISION_CONFLICT;
	default:
		return MN_E_NONE;
	}
}

/* Whoever decides "different" cannot undo an identifier that agrees: one of the two is
 * wrong, and nobody but a person can tell which. */
static enum mn_decided
against_identifier(const struct mn_gate_fact *f, enum mn_decided state)
{
	bool identified = f->basis == MN_BASIS_IDENTIFIER;
	if (identified && state == MN_DECIDED_DIFFERENT)
		return MN_DECIDED_CONFLICT;
	/* It needs no decision, so it misses none. */
	if (identified && (state == MN_DECIDED_STALE || state == MN_DECIDED_EXPIRED))
		return MN_DECIDED_NONE;
	return state;
}

enum mn_code
mn_gate_decide(struct mn_gate_fact *f, enum mn_gate_status dates,
    const struct mn_decisions *d, const struct mn_pair_keys *pair)
{
	struct mn_ruling v = mn_decisions_ruling(d, pair);
	f->decided = (uint8_t)against_identifier(f, v.state);
	f->decided_day = f->expires_day = MN_DAY_NONE;
	if (f->decided == MN_DECIDED_NONE)
		return MN_E_NONE;
	f->decided_same = v.d->same;
	f->decided_day = v.d->on;
	f->expires_day = v.d->expires;
	f->decided_by = v.d->by;
	f->decided_why = v.d->why;
	if (f->decided == MN_DECIDED_SAME && f->basis < MN_BASIS_DECISION) {
		f->basis = MN_BASIS_DECISION;
		f->status = (uint8_t)dates;
	} else if (f->decided == MN_DECIDED_DIFFERENT) {
		f->status = MN_GATE_NO_MATCH;
	}
	return remark_of((enum mn_decided)f->decided);
}

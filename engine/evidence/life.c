/*
 * The life of a finding: open, closed on somebody's claim, verified by workers. Whoever
 * closes a finding has an interest in it being closed, so only the word of workers ends
 * its weight; of two readings the one that clears less is taken.
 */
#include "manumit/base/clock.h"

#include "make.h"

struct life {
	const struct mn_ev_in *in;
	const struct mn_ev_sink *sink;
	struct mn_evidence *e;
	struct mn_said_by by;
};

static void
remark(const struct life *x, enum mn_code code, enum mn_field f, struct mn_str detail)
{
	/* Words in verified_by may be a person's name: they are not repeated. */
	struct mn_str value = f == MN_F_VERIFIED_BY ? MN_STR_NONE : x->in->rec->v[f];
	x->sink->note(x->sink->ctx, code, f, value, detail);
}

/* The word of the row; without one, what its other columns say. */
static uint8_t
said(const struct life *x)
{
	int c = mn_record_choice(x->in->rec, MN_F_STATUS);
	if (c >= 0)
		return (uint8_t)c;
	if (x->e->closed_day == MN_DAY_NONE)
		return MN_STATUS_UNKNOWN;
	return x->by.workers ? MN_WORKER_VERIFIED : MN_CLOSED_ON_CLAIM;
}

static void
check_verified(struct life *x)
{
	struct mn_evidence *e = x->e;
	if (e->status != MN_WORKER_VERIFIED || x->by.workers)
		return;
	e->status = MN_CLOSED_ON_CLAIM;
	e->said_verified = true;
	remark(x, MN_E_NOT_VERIFIED, MN_F_VERIFIED_BY,
	    x->by.name.n    ? x->by.name
	    : x->by.unknown ? MN_S("the words in verified_by name nobody known here")
			    : MN_S("verified_by is empty"));
}

static void
check_closing_day(struct life *x)
{
	struct mn_evidence *e = x->e;
	bool closed = e->status == MN_CLOSED_ON_CLAIM || e->status == MN_WORKER_VERIFIED;
	if (closed && e->closed_day != MN_DAY_NONE && e->closed_day > x->in->as_of) {
		e->status = MN_OPEN;
		remark(x, MN_E_CLOSED_LATER, MN_F_CLOSED_ON, MN_STR_NONE);
	} else if (e->status == MN_CLOSED_ON_CLAIM && e->closed_day == MN_DAY_NONE) {
		remark(x, MN_E_CLOSED_NO_DAY, MN_F_CLOSED_ON, MN_STR_NONE);
	} else if (e->status == MN_OPEN && e->closed_day != MN_DAY_NONE) {
		remark(x, MN_E_CONTRADICTION, MN_F_CLOSED_ON,
		    MN_S("open, and yet with a closing day: open counts"));
	}
}

void
mn_make_status(
    const struct mn_ev_in *in, const struct mn_ev_sink *sink, struct mn_evidence *e)
{
	struct life x = {
	    in, sink, e, mn_make_said_by(in->pack, in->rec->v[MN_F_VERIFIED_BY])};
	if (!mn_record_day(in->rec, MN_F_CLOSED_ON, &e->closed_day))
		e->closed_day = MN_DAY_NONE;
	e->status = said(&x);
	e->verifier = x.by.name;
	check_verified(&x);
	check_closing_day(&x);
}

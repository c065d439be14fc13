/*
 * The licence of a labour provider: as somebody entered it with the supplier's row, or as
 * a register has it. The gate is about the provider, never about the workers it placed.
 */
#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"
#include "manumit/text/fold.h"

/* licence_status choices: licensed conditional applied revoked refused expired none. */
enum standing { MAY_ACT, OPEN, LOST, NOT_FOUND };
static const uint8_t STANDING[] = {MAY_ACT, MAY_ACT, OPEN, LOST, LOST, LOST, NOT_FOUND};

static const struct mn_str PROTECTED =
    MN_S("The gate is about the provider: the workers it placed are owed protection, "
	 "pay and their papers, and lose nothing by it.");

struct check {
	const struct mn_record *rec;
	enum standing standing;
	bool looked;              /* on a day that has come */
	int32_t on, valid_to;     /* MN_DAY_NONE: not stated */
	int64_t stale_after_days; /* 0: never */
	int32_t as_of;
};

/* ---- as entered ---- */

static bool
read_check(const struct mn_record *rec, int32_t as_of, struct check *c)
{
	int status = mn_record_choice(rec, MN_F_LICENCE_STATUS);
	*c = (struct check){
	    .rec = rec, .on = MN_DAY_NONE, .valid_to = MN_DAY_NONE, .as_of = as_of};
	mn_record_day(rec, MN_F_LICENCE_VALID_TO, &c->valid_to);
	c->looked = mn_record_day(rec, MN_F_LICENCE_CHECKED_ON, &c->on) && c->on <= as_of;
	if (status >= 0 && (size_t)status < countof(STANDING))
		c->standing = STANDING[status];
	else if (c->valid_to == MN_DAY_NONE)
		return false;
	return true;
}

static bool
is_over(const struct check *c)
{
	return c->valid_to != MN_DAY_NONE && c->valid_to < c->as_of;
}

/* Status and its reason. */
static enum mn_gate_status
judge(const struct check *c, struct mn_arena *a, struct mn_str *why)
{
	char on[11], to[11];
	struct mn_str status = c->rec->v[MN_F_LICENCE_STATUS];
	mn_day_print(c->on, on);
	mn_day_print(c->valid_to, to);
	if (c->standing == NOT_FOUND) {
		*why = MN_S("not found, or none stated: that is not \"unlicensed\"; ask "
			    "for scheme and number");
		return MN_GATE_POSSIBLE;
	}
	if (c->standing == OPEN) {
		*why =
		    MN_S("applied for: ask whether it was granted, and whether workers "
			 "are supplied before that");
		return MN_GATE_POSSIBLE;
	}
	if (c->standing == LOST) {
		bool dated = c->valid_to != MN_DAY_NONE;
		*why = c->looked
			   ? mn_arena_fmt(a, "%.*s%s%s, checked on %s", MN_FMT(status),
				 dated ? ", valid to " : "", dated ? to : "", on)
			   : mn_arena_fmt(a,
				 "%.*s as stated; on which day and by "
				 "whom it was checked is not",
				 MN_FMT(status));
		return c->looked ? MN_GATE_HIT : MN_GATE_POSSIBLE;
	}
	if (is_over(c) && c->looked && c->on > c->valid_to) {
		*why = mn_arena_fmt(
		    a, "lapsed: valid to %s, not renewed when checked on %s", to, on);
		return MN_GATE_HIT;
	}
	if (is_over(c)) {
		*why = mn_arena_fmt(
		    a, "valid to %s; whether it was renewed was not checked since", to);
		return MN_GATE_POSSIBLE;
	}
	if (!c->looked) {
		*why = MN_S("as stated; it was not checked in the register");
		return MN_GATE_NOT_CHECKED;
	}
	int64_t days = (int64_t)c->as_of - c->on;
	if (c->stale_after_days > 0 && days > c->stale_after_days) {
		*why = mn_arena_fmt(a, "checked on %s, %lld days ago, more than %lld", on,
		    (long long)days, (long long)c->stale_after_days);
		return MN_GATE_NOT_CHECKED;
	}
	*why = mn_arena_fmt(a, "%.*s, checked on %s", MN_FMT(status), on);
	return MN_GATE_NO_MATCH;
}

bool
mn_gate_licence(const struct mn_pack *p, const struct mn_entity *e, int32_t as_of,
    struct mn_arena *a, struct mn_gate_fact *out)
{
	struct check c;
	int gate = mn_pack_gate(p, MN_S("G-LICENCE"));
	const struct mn_str *v = e->rec.v;
	if (gate < 0 || !read_check(&e->rec, as_of, &c))
		return false;
	c.stale_after_days = p->gate[gate].stale_after_days;
	*out = (struct mn_gate_fact){
	    .who = e->id,
	    .gate = (uint8_t)gate,
	    .basis = MN_BASIS_IDENTIFIER,
	    .listed_day = c.looked ? c.on : MN_DAY_NONE,
	    .ended_day = MN_DAY_NONE,
	    .decided_day = MN_DAY_NONE,
	    .expires_day = MN_DAY_NONE,
	    .key = mn_record_key(&e->rec, 0),
	    .list = MN_S("licence check as entered"),
	    .entry = mn_arena_fmt(a, "%.*s %.*s",
		MN_FMT(
		    v[MN_F_LICENCE_SCHEME].n ? v[MN_F_LICENCE_SCHEME] : MN_S("licence")),
		MN_FMT(v[MN_F_LICENCE_NO])),
	    .citation = v[MN_F_LICENCE_CHECKED_BY].n
			    ? mn_arena_fmt(a, "checked by %.*s",
				  MN_FMT(v[MN_F_LICENCE_CHECKED_BY]))
			    : MN_S("who checked is not stated"),
	    .own_field =
		(v[MN_F_LICENCE_STATUS].n ? MN_F_LICENCE_STATUS : MN_F_LICENCE_VALID_TO) +
		1,
	    .rid = e->n_member ? e->member[0] : MN_RID_NONE,
	};
	out->status = (uint8_t)judge(&c, a, &out->why);
	if (out->status >= MN_GATE_POSSIBLE)
		out->reason = PROTECTED;
	return true;
}

/* ---- as a register has it ---- */

enum mn_gate_status
mn_licence_listed(const struct mn_record *row, int32_t as_of)
{
	struct check c;
	if (!read_check(row, as_of, &c))
		return MN_GATE_NO_MATCH;
	if (c.standing == LOST || is_over(&c))
		return MN_GATE_HIT;
	return c.standing == MAY_ACT ? MN_GATE_NO_MATCH : MN_GATE_POSSIBLE;
}

static struct mn_str
number_of(const struct mn_record *rec, struct mn_arena *a)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_id(rec->v[MN_F_LICENCE_NO], &b);
	struct mn_str s = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

void
mn_licence_number(const struct mn_record *row, const struct mn_record *entity,
    enum mn_gate_status listed, struct mn_arena *a, struct mn_gate_fact *f)
{
	struct mn_str theirs = number_of(row, a), ours = number_of(entity, a);
	f->fits = mn_arena_fmt(a, "the register says: %.*s%s%.*s",
	    MN_FMT(row->v[MN_F_LICENCE_STATUS].n ? row->v[MN_F_LICENCE_STATUS]
						 : MN_S("listed")),
	    row->v[MN_F_LICENCE_VALID_TO].n ? ", valid to " : "",
	    MN_FMT(row->v[MN_F_LICENCE_VALID_TO]));
	if (theirs.n == 0 || ours.n == 0)
		return;
	if (mn_str_eq(theirs, ours)) {
		f->basis = MN_BASIS_IDENTIFIER;
		f->status = (uint8_t)listed;
		return;
	}
	f->fit = MN_FIT_DIFFERS;
	f->status = MN_GATE_NO_MATCH;
	f->fits = mn_arena_fmt(a, "another licence number: %.*s, here it is %.*s",
	    MN_FMT(row->v[MN_F_LICENCE_NO]), MN_FMT(entity->v[MN_F_LICENCE_NO]));
}

/* What a finding says of itself beside source, date and status, in the words of a reader.
 */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/report/view.h"

struct words {
	struct mn_buf *b;
	bool any;
};

static void
say(struct words *w, const char *text, struct mn_str more)
{
	mn_buf_fmt(w->b, "%s%s%.*s", w->any ? "; " : "", text, MN_FMT(more));
	w->any = true;
}

bool
mn_view_is_admission(const struct mn_report *r, const struct mn_evidence *e)
{
	return e->direction == MN_ADVERSE &&
	       mn_str_eq(
		   r->pack->source_class[e->source_class].code, MN_S("self_assessment"));
}

/* Who closed it, and whether that is more than a claim. */
static void
closing(struct words *w, const struct mn_evidence *e)
{
	if (e->direction != MN_ADVERSE)
		return;
	if (e->status == MN_WORKER_VERIFIED)
		say(w, "the remedy is verified by ", e->verifier);
	else if (e->said_verified && e->verifier.n)
		say(w, "called verified, but not by workers: by ", e->verifier);
	else if (e->said_verified)
		say(w, "called verified, but it is not said that workers confirmed it",
		    MN_STR_NONE);
	else if (e->status == MN_CLOSED_ON_CLAIM && e->verifier.n)
		say(w, "the claim is supported by ", e->verifier);
	if (e->status == MN_CLOSED_ON_CLAIM && e->closed_day == MN_DAY_NONE)
		say(w, "the day of closing is not stated, so it counts as open",
		    MN_STR_NONE);
}

/* How many were asked, where neither they nor the rest of them are few. */
static void
asked(struct words *w, const struct mn_report *r, const struct mn_evidence *e)
{
	int64_t least = mn_view_min_cell(r), rest = (int64_t)e->asked - e->workers;
	if ((int64_t)e->asked < least ||
	    (e->direction == MN_ADVERSE && (e->workers < least || rest < least)))
		return;
	char text[48];
	snprintf(text, sizeof text, "%u workers asked", e->asked);
	say(w, text, MN_STR_NONE);
}

struct mn_str
mn_view_about(const struct mn_report *r, const struct mn_evidence *e, struct mn_arena *a)
{
	char room[1024];
	struct mn_buf b = {room, 0, sizeof room, sizeof room, false};
	struct words w = {&b, false};
	bool adverse = e->direction == MN_ADVERSE;
	if (mn_view_is_admission(r, e))
		say(&w, "an admission: the supplier says so of itself", MN_STR_NONE);
	if (e->unannounced)
		say(&w, "unannounced", MN_STR_NONE);
	if (e->offsite)
		say(&w, "workers were heard off site or in private", MN_STR_NONE);
	/* That somebody complained is told to nobody who could ask who it was. */
	if (e->selection && mn_view_shows(r, MN_SHOW_SMALL_SITE_DATES))
		say(&w, "why this site was chosen: ",
		    mn_str_c(mn_selection_name(e->selection)));
	if (e->supplier_paid)
		say(&w, "paid for by the party that was checked", MN_STR_NONE);
	asked(&w, r, e);
	if (adverse && e->cooccurrence > MN_CO_ENTITY)
		say(&w, "with other findings of the ",
		    mn_str_c(mn_cooccurrence_name(e->cooccurrence)));
	closing(&w, e);
	return mn_arena_str(a, mn_buf_str(&b));
}

struct mn_str
mn_view_state(const struct mn_report *r, const struct mn_view *v, struct mn_arena *a)
{
	if (v->inherent.state_setting)
		return v->inherent.state_row;
	for (uint32_t k = 0; k < v->n_ev; k++)
		if (v->ev[k].direction == MN_ADVERSE &&
		    v->ev[k].imposed_by == MN_IMPOSED_STATE &&
		    v->ev[k].status != MN_WORKER_VERIFIED)
			return mn_view_cite(r, v->ev[k].rid, MN_F_IMPOSED_BY, a);
	return MN_STR_NONE;
}

/* What the reader of a copy may know of a statement. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"

#include "told.h"

static bool
is_small(const struct mn_evidence_run *run, struct mn_reader *r, struct mn_eid who,
    struct mn_arena a, bool *small, struct mn_err *err)
{
	char raw[16];
	struct mn_buf key = {raw, 0, sizeof raw, sizeof raw, false};
	struct mn_str body, pos;
	struct mn_entity e;
	mn_put_eid(&key, who);
	if (mn_reader_get(r, MN_TAB_ENT, mn_buf_str(&key), &body, &pos, err) != 1 ||
	    !mn_entity_decode(who, body, pos, &a, &e, err))
		return false;
	*small = mn_pack_small_site(run->pack, &e.rec);
	return true;
}

/* 1 January of its year. */
static int32_t
year_of(int32_t day)
{
	char text[11];
	int32_t first;
	if (day == MN_DAY_NONE)
		return day;
	struct mn_str s = mn_day_print(day, text);
	memcpy(text + s.n - 5, "01-01", 5);
	return mn_day_parse_iso(s, &first) ? first : MN_DAY_NONE;
}

/* Surveys are workers' words, whatever their class. */
static bool
is_shown(const struct mn_pack *p, enum mn_audience a, const struct mn_evidence *e)
{
	bool voice = e->kind == MN_K_SURVEY || mn_pack_workers_voice(p, e->source_class);
	bool few = e->kind == MN_K_FEES && e->workers > 0 &&
		   (int64_t)e->workers < mn_pack_min_cell(p, a);
	return (mn_audience_shows(a, MN_SHOW_WORKERS_VOICE) || !voice) &&
	       (mn_audience_shows(a, MN_SHOW_FEW_WORKERS) || !few);
}

bool
mn_evidence_tell(
    const struct mn_pack *p, enum mn_audience a, bool small, struct mn_evidence *e)
{
	if (!is_shown(p, a, e))
		return false;
	if (!small || mn_audience_shows(a, MN_SHOW_SMALL_SITE_DATES))
		return true;
	/* Where so few work, what an auditor heard in private is as good as a name. */
	if (e->offsite && !mn_audience_shows(a, MN_SHOW_WORKERS_VOICE))
		return false;
	e->event_day = year_of(e->event_day);
	e->closed_day = year_of(e->closed_day);
	return true;
}

bool
mn_evidence_told(const struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_arena scratch, struct mn_evidence *e, bool *shown, struct mn_err *err)
{
	bool small = false;
	if (!mn_audience_shows(run->audience, MN_SHOW_SMALL_SITE_DATES) &&
	    !is_small(run, r, e->who, scratch, &small, err))
		return false;
	*shown = mn_evidence_tell(run->pack, run->audience, small, e);
	return true;
}

/* One row about a worker, and rows of one worker put together. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"

#include "survey.h"

struct reading {
	const struct mn_pack *p;
	const struct mn_lens_plan *plan;
	const struct mn_ev_sink *sink;
};

static void
remark(const struct reading *x, enum mn_code code, enum mn_field f, struct mn_str value)
{
	x->sink->note(x->sink->ctx, code, f, value, MN_STR_NONE);
}

static void
add_lens(const struct mn_lens_plan *plan, const struct mn_pack *p, uint32_t lens,
    struct mn_lens_set *set)
{
	for (uint32_t i = 0; i < p->n_lens_ind; i++)
		if (mn_lens_of(plan, i) == lens)
			mn_lens_add(set, i);
}

/* Codes of a cell into a set; false: one of them means nothing here. "NONE" is a way of
 * saying that there is none. */
static bool
read_codes(const struct reading *x, struct mn_str cell, bool asked,
    struct mn_lens_set *set, uint16_t *ilo)
{
	bool known = true;
	for (struct mn_str rest = cell; rest.p && rest.n;) {
		uint32_t row;
		struct mn_str code = mn_str_trim(mn_str_cut(&rest, ';'));
		if (code.n == 0 || mn_str_eq(code, MN_S("NONE")))
			continue;
		switch (mn_lens_find(x->p, code, &row)) {
		case MN_LENS_IND:
			mn_lens_add(set, row);
			break;
		case MN_LENS_ILO:
			*ilo |= (uint16_t)(1u << row);
			break;
		case MN_LENS_ALL:
			if (asked)
				add_lens(x->plan, x->p, row, set);
			known = known && asked;
			break;
		case MN_LENS_NO_CODE:
			known = false;
			break;
		}
	}
	return known;
}

static void
read_setting(const struct mn_record *rec, struct mn_answer *w)
{
	/* off_site, on_site_private, remote, on_site_observed */
	int c = mn_record_choice(rec, MN_F_SETTING);
	w->private_talk = c >= 0 && c <= 2;
	w->observed = c == 3;
}

/* What is reported was asked about. */
bool
mn_answer_read(const struct mn_pack *p, const struct mn_lens_plan *plan, int32_t as_of,
    const struct mn_record *rec, const struct mn_ev_sink *sink, struct mn_answer *w)
{
	const struct reading x = {p, plan, sink};
	static const uint8_t AGE[] = {MN_AGE_ADULT, MN_AGE_CHILD};
	int age = mn_record_choice(rec, MN_F_AGE_GROUP);
	*w = (struct mn_answer){.rid = rec->rid,
	    .day = MN_DAY_NONE,
	    .age = age < 0 ? MN_AGE_UNSTATED : AGE[age],
	    .period = (uint8_t)(mn_record_choice(rec, MN_F_REFERENCE_PERIOD) + 1),
	    .source_class = rec->v[MN_F_SOURCE_CLASS],
	    .root = rec->v[MN_F_ROOT]};
	if (!mn_record_day(rec, MN_F_DATE, &w->day))
		w->day = MN_DAY_NONE;
	read_setting(rec, w);
	if (!read_codes(&x, rec->v[MN_F_CODES], false, &w->seen, &w->ilo_seen))
		remark(&x, MN_E_SURVEY_CODE, MN_F_CODES, MN_S("(masked)"));
	if (!read_codes(&x, rec->v[MN_F_CODES_ASKED], true, &w->asked, &w->ilo_asked))
		remark(&x, MN_E_SURVEY_CODE, MN_F_CODES_ASKED, MN_S("(masked)"));
	mn_lens_unite(&w->asked, &w->seen);
	w->ilo_asked |= w->ilo_seen;
	if (w->day != MN_DAY_NONE && w->day > as_of) {
		remark(&x, MN_E_FUTURE, MN_F_DATE, rec->v[MN_F_DATE]);
		return false;
	}
	if (mn_lens_empty(&w->asked) && w->ilo_asked == 0)
		remark(&x, MN_E_SURVEY_EMPTY, MN_F_CODES_ASKED, MN_STR_NONE);
	return true;
}

void
mn_answer_put(const struct mn_answer *w, struct mn_buf *b)
{
	for (size_t i = 0; i < MN_LENS_WORDS; i++) {
		mn_put_u64(b, w->seen.bit[i]);
		mn_put_u64(b, w->asked.bit[i]);
	}
	mn_put_u16(b, w->ilo_seen);
	mn_put_u16(b, w->ilo_asked);
	mn_put_u8(b, w->age);
	mn_put_u8(b, w->period);
	mn_put_u8(b, (uint8_t)(w->private_talk | w->observed << 1));
	mn_put_u32(b, (uint32_t)w->day);
	mn_put_u32(b, w->match_q16);
	mn_put_u64(b, w->rid);
	mn_put_str(b, w->source_class);
	mn_put_str(b, w->root);
}

struct mn_answer
mn_answer_get(struct mn_str value)
{
	struct mn_get g = mn_get(value);
	struct mn_answer w = {.rid = MN_RID_NONE};
	for (size_t i = 0; i < MN_LENS_WORDS; i++) {
		w.seen.bit[i] = mn_get_u64(&g);
		w.asked.bit[i] = mn_get_u64(&g);
	}
	w.ilo_seen = mn_get_u16(&g);
	w.ilo_asked = mn_get_u16(&g);
	w.age = mn_get_u8(&g);
	w.period = mn_get_u8(&g);
	uint8_t flags = mn_get_u8(&g);
	w.private_talk = flags & 1;
	w.observed = flags & 2;
	w.day = (int32_t)mn_get_u32(&g);
	w.match_q16 = mn_get_u32(&g);
	w.rid = mn_get_u64(&g);
	w.source_class = mn_get_str(&g);
	w.root = mn_get_str(&g);
	return w;
}

/* A child if any row says so; private if any talk was; the last day. */
void
mn_answer_unite(struct mn_answer *a, const struct mn_answer *b)
{
	mn_lens_unite(&a->seen, &b->seen);
	mn_lens_unite(&a->asked, &b->asked);
	a->ilo_seen |= b->ilo_seen;
	a->ilo_asked |= b->ilo_asked;
	if (a->age == MN_AGE_UNSTATED || b->age == MN_AGE_CHILD)
		a->age = b->age == MN_AGE_UNSTATED ? a->age : b->age;
	a->period = b->period > a->period ? b->period : a->period;
	a->private_talk = a->private_talk || b->private_talk;
	a->observed = a->observed && b->observed;
	a->day = a->day == MN_DAY_NONE || (b->day != MN_DAY_NONE && b->day > a->day)
		     ? b->day
		     : a->day;
	a->match_q16 = b->match_q16 < a->match_q16 ? b->match_q16 : a->match_q16;
	a->rid = b->rid < a->rid ? b->rid : a->rid;
}

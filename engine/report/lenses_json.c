/* The three lenses of a record; null: too few workers, or not asked. */
#include "manumit/base/clock.h"

#include "lenses.h"

static void
day(struct mn_jsonw *w, const char *key, int32_t d)
{
	char text[11];
	if (d == MN_DAY_NONE)
		mn_jsonw_null(w, key);
	else
		mn_jsonw_str(w, key, mn_day_print(d, text));
}

static void
count(struct mn_jsonw *w, const char *key, uint32_t n, bool shown)
{
	if (shown)
		mn_jsonw_int(w, key, n);
	else
		mn_jsonw_null(w, key);
}

static const char *
key_of(struct mn_str code, char room[72])
{
	struct mn_buf b = {room, 0, 72, 72, false};
	mn_buf_add(&b, mn_str_sub(code, 0, 64));
	mn_buf_byte(&b, 0);
	return room;
}

/* One survey and age group. */
static void
group(struct mn_jsonw *w, const struct mn_report *r, const struct mn_lens_stat *s)
{
	struct mn_lens_cells c;
	char room[72];
	mn_lens_cells(r->pack, s, mn_view_min_cell(r), &c);
	mn_jsonw_map(w, NULL);
	mn_jsonw_c(w, "age_group", mn_age_name(s->age));
	day(w, "from", c.group ? s->first_day : MN_DAY_NONE);
	day(w, "to", c.group ? s->last_day : MN_DAY_NONE);
	mn_jsonw_str(w, "reference_period", s->period);
	count(w, "interviewed", s->interviewed, c.group);
	count(
	    w, "assessable", s->assessable, c.assessable || (c.group && !s->assessable));
	count(w, "pattern", s->pattern, c.pattern);
	mn_jsonw_map(w, "dimensions");
	for (uint32_t i = 0; i < s->n_dim; i++) {
		const struct mn_p_lens_dim *d = mn_lens_nth_dim(r->pack, s->lens, i);
		if (d)
			count(w, key_of(d->code, room), s->dim[i], c.dim[i]);
	}
	mn_jsonw_end_map(w);
	mn_jsonw_map(w, "cases");
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *k = mn_lens_nth_case(r->pack, s->lens, i);
		if (k)
			count(w, key_of(k->code, room), s->kase[i], c.kase[i]);
	}
	mn_jsonw_end_map(w);
	mn_jsonw_end_map(w);
}

static bool
has_lens(const struct mn_view *v, struct mn_str code)
{
	for (uint32_t i = 0; i < v->n_lens; i++)
		if (mn_str_eq(v->lens[i].lens, code))
			return true;
	return false;
}

static void
one(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v,
    const char *key, struct mn_str code)
{
	if (!has_lens(v, code)) {
		mn_jsonw_c(w, key, "not assessable: needs answers per worker");
		return;
	}
	mn_jsonw_list(w, key);
	for (uint32_t i = 0; i < v->n_lens; i++)
		if (mn_str_eq(v->lens[i].lens, code))
			group(w, r, &v->lens[i]);
	mn_jsonw_end_list(w);
}

/* The two that are shipped by their old names, others by their codes. */
void
mn_json_lenses(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v)
{
	unsigned level, n = mn_lens_together(v, &level);
	char room[72];
	mn_jsonw_map(w, "lenses");
	mn_jsonw_map(w, "ilo11");
	mn_jsonw_int(w, "indicators_with_indications", n);
	mn_jsonw_c(w, "cooccurrence", n ? mn_cooccurrence_name(level) : NULL);
	mn_jsonw_end_map(w);
	one(w, r, v, "pattern", MN_S("survey"));
	one(w, r, v, "delphi", MN_S("delphi"));
	for (uint32_t i = 0; i < r->pack->n_lens; i++) {
		struct mn_str code = r->pack->lens[i].code;
		if (!mn_str_eq(code, MN_S("survey")) && !mn_str_eq(code, MN_S("delphi")))
			one(w, r, v, key_of(code, room), code);
	}
	mn_jsonw_end_map(w);
}

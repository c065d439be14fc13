/* The three lenses of a record; null: too few workers, or not asked. */
#include "manumit/base/clock.h"

#include "coarse.h"
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

struct telling {
	struct mn_jsonw *w;
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_lens_reader reader;
};

static void
count(struct telling *x, const char *key, uint32_t n, bool shown)
{
	if (shown)
		mn_jsonw_int(x->w, key, mn_coarse_count(x->r, n));
	else
		mn_jsonw_null(x->w, key);
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
group(struct telling *x, uint32_t which)
{
	const struct mn_lens_stat *s = &x->v->lens[which];
	const struct mn_pack *p = x->r->pack;
	struct mn_lens_cells c;
	char room[72];
	mn_lens_cells(&x->reader, x->v->lens, x->v->n_lens, which, &c);
	mn_jsonw_map(x->w, NULL);
	mn_jsonw_c(x->w, "age_group", mn_age_name(s->age));
	day(x->w, "from", c.group ? s->first_day : MN_DAY_NONE);
	day(x->w, "to", c.group ? s->last_day : MN_DAY_NONE);
	mn_jsonw_str(x->w, "reference_period", s->period);
	count(x, "interviewed", s->interviewed, c.interviewed);
	count(x, "assessable", s->assessable, c.assessable);
	count(x, "pattern", s->pattern, c.pattern);
	mn_jsonw_map(x->w, "dimensions");
	for (uint32_t i = 0; i < s->n_dim; i++) {
		const struct mn_p_lens_dim *d = mn_lens_nth_dim(p, s->lens, i);
		if (d)
			count(x, key_of(d->code, room), s->dim[i], c.dim[i]);
	}
	mn_jsonw_end_map(x->w);
	mn_jsonw_map(x->w, "cases");
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *k = mn_lens_nth_case(p, s->lens, i);
		if (k)
			count(x, key_of(k->code, room), s->kase[i], c.kase[i]);
	}
	mn_jsonw_end_map(x->w);
	mn_jsonw_end_map(x->w);
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
one(struct telling *x, const char *key, struct mn_str code)
{
	if (!has_lens(x->v, code)) {
		mn_jsonw_c(x->w, key, "not assessable: needs answers per worker");
		return;
	}
	mn_jsonw_list(x->w, key);
	for (uint32_t i = 0; i < x->v->n_lens; i++)
		if (mn_str_eq(x->v->lens[i].lens, code))
			group(x, i);
	mn_jsonw_end_list(x->w);
}

/* The two that are shipped by their old names, others by their codes. */
void
mn_json_lenses(struct mn_jsonw *w, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	struct telling x = {.w = w, .r = r, .v = v};
	unsigned level, n = mn_lens_together(v, &level);
	char room[72];
	mn_lens_reader(r, a, &x.reader);
	mn_jsonw_map(w, "lenses");
	mn_jsonw_map(w, "ilo11");
	mn_jsonw_int(w, "indicators_with_indications", n);
	mn_jsonw_c(w, "cooccurrence", n ? mn_cooccurrence_name(level) : NULL);
	mn_jsonw_end_map(w);
	one(&x, "pattern", MN_S("survey"));
	one(&x, "delphi", MN_S("delphi"));
	for (uint32_t i = 0; i < r->pack->n_lens; i++) {
		struct mn_str code = r->pack->lens[i].code;
		if (!mn_str_eq(code, MN_S("survey")) && !mn_str_eq(code, MN_S("delphi")))
			one(&x, key_of(code, room), code);
	}
	mn_jsonw_end_map(w);
}

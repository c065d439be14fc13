/*
 * Labour inspections. Which code means which indicator at what strength is a table of the
 * violations pack, per authority. An inspection that states no result says nothing: no
 * violation recorded is not a clean inspection.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/text/fold.h"

#include "make.h"

struct inspection {
	const struct mn_ev_in *in;
	const struct mn_ev_sink *sink;
	const struct mn_p_authority *authority; /* NULL: generic */
	struct mn_evidence base;
	struct mn_key row; /* content key */
	struct mn_arena scratch;
	uint32_t n; /* statements made so far */
};

static bool
emit(struct inspection *x, struct mn_evidence e, struct mn_err *err)
{
	e.key = mn_make_key(x->row, x->n++);
	return x->sink->add(x->sink->ctx, &e, err);
}

/* A code of the table; codes that it does not know are listed and not scored. */
static bool
violation(
    struct inspection *x, struct mn_str code, enum mn_field field, struct mn_err *err)
{
	struct mn_str authority = x->authority ? x->authority->code : MN_S("generic");
	const struct mn_p_violation *v = mn_pack_violation(x->in->pack, authority, code);
	struct mn_evidence e = x->base;
	e.field = (uint8_t)field;
	if (!v) {
		x->sink->note(x->sink->ctx, MN_E_VIOLATION, field, code, MN_STR_NONE);
		e.label = code;
		return emit(x, e, err);
	}
	int indicator = mn_indicator_parse(v->indicator);
	int strength = mn_pack_strength(v->strength);
	e.indicator = indicator < 0 ? MN_INDICATOR_NONE : (uint8_t)indicator;
	e.strength = strength < 0 ? MN_STRENGTH_NONE : (uint8_t)strength;
	e.label = v->text;
	e.pack_row = mn_arena_fmt(&x->scratch, "violations/%.*s:%.*s",
	    MN_FMT(v->authority), MN_FMT(v->violation));
	return emit(x, e, err);
}

/* Columns that say as much as a code. */
static const struct {
	enum mn_field field;
	const char *code;
} IMPLIED[] = {
    {MN_F_MINORS, "MINORS"},
    {MN_F_BACK_WAGES, "BACK_WAGES"},
};

static bool
implied(struct inspection *x, bool coded, struct mn_err *err)
{
	const struct mn_record *rec = x->in->rec;
	for (size_t i = 0; i < countof(IMPLIED); i++) {
		int64_t v;
		bool said = mn_record_e4(rec, IMPLIED[i].field, &v) && v > 0;
		/* Back wages beside a violation code are its amount, not a second
		 * finding. */
		if (said && !(coded && IMPLIED[i].field == MN_F_BACK_WAGES) &&
		    !violation(x, mn_str_c(IMPLIED[i].code), IMPLIED[i].field, err))
			return false;
	}
	if (mn_record_choice(rec, MN_F_ACCESS) == 2)
		return violation(x, MN_S("ACCESS_DENIED"), MN_F_ACCESS, err);
	return true;
}

/* "We looked and found nothing", on what this authority looks at. */
static bool
clear_all(struct inspection *x, struct mn_err *err)
{
	static const struct mn_strs NOTHING;
	const struct mn_pack *p = x->in->pack;
	const struct mn_p_authority *a = x->authority;
	for (uint32_t i = 0; !a && i < p->n_authority; i++)
		if (mn_str_eq(p->authority[i].code, MN_S("generic")))
			a = &p->authority[i];
	const struct mn_strs *covers = a ? &a->covers : &NOTHING;
	for (uint32_t i = 0; i < covers->n; i++) {
		struct mn_evidence e = x->base;
		int indicator = mn_indicator_parse(covers->v[i]);
		if (indicator < 0)
			continue;
		e.indicator = (uint8_t)indicator;
		e.direction = MN_CLEAR;
		e.field = MN_F_OUTCOME;
		e.label = MN_S("inspected, no violation found");
		e.pack_row =
		    mn_arena_fmt(&x->scratch, "authorities/%.*s", MN_FMT(a->code));
		if (!emit(x, e, err))
			return false;
	}
	return true;
}

static struct mn_str
authority_case(struct inspection *x)
{
	const struct mn_record *rec = x->in->rec;
	if (rec->v[MN_F_CASE_ID].n == 0)
		return MN_STR_NONE;
	return mn_arena_fmt(&x->scratch, "%.*s|%.*s", MN_FMT(rec->v[MN_F_AUTHORITY]),
	    MN_FMT(rec->v[MN_F_CASE_ID]));
}

static void
read_base(struct inspection *x)
{
	const struct mn_record *rec = x->in->rec;
	struct mn_evidence *e = &x->base;
	int64_t n;
	*e = mn_make_base(x->in);
	x->row = mn_record_key(rec, 0);
	e->source_class = mn_make_class(x->in, x->sink, MN_S("inspectorate"), 0);
	mn_make_status(x->in, x->sink, e);
	e->unannounced = mn_record_bool(rec, MN_F_ANNOUNCED) == 0;
	e->offsite = mn_record_count(rec, MN_F_INTERVIEWED_PRIVATELY, &n) && n > 0;
	e->cooccurrence = MN_CO_SITE_PERIOD;
	if (mn_record_count(rec, MN_F_WORKERS_AFFECTED, &n))
		e->workers = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
	if (!mn_record_day(rec, MN_F_CLOSED, &e->event_day) &&
	    !mn_record_day(rec, MN_F_OPENED, &e->event_day))
		e->event_day = MN_DAY_NONE;
	struct mn_str at = authority_case(x);
	e->root = mn_make_root(rec->v[MN_F_ROOT], at, MN_STR_NONE, e);
	e->source = rec->v[MN_F_CASE_ID].n ? mn_arena_fmt(&x->scratch, "%.*s, case %.*s",
						 MN_FMT(rec->v[MN_F_AUTHORITY]),
						 MN_FMT(rec->v[MN_F_CASE_ID]))
					   : rec->v[MN_F_AUTHORITY];
}

static const struct mn_p_authority *
find_authority(const struct mn_ev_in *in)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_words(in->rec->v[MN_F_AUTHORITY], &b);
	const struct mn_p_authority *a = mn_pack_authority(in->pack, mn_buf_str(&b));
	mn_buf_free(&b);
	return a;
}

bool
mn_evidence_of_inspection(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err)
{
	enum { VIOLATION, NONE, PENDING };
	struct inspection x = {.in = in, .sink = sink, .scratch = scratch};
	x.authority = find_authority(in);
	read_base(&x);
	if (mn_make_future(in, sink, x.base.event_day,
		in->rec->v[MN_F_CLOSED].n ? MN_F_CLOSED : MN_F_OPENED))
		return true;
	struct mn_str codes = in->rec->v[MN_F_VIOLATION];
	int outcome = mn_record_choice(in->rec, MN_F_OUTCOME);
	for (struct mn_str rest = codes; rest.p && rest.n;)
		if (!violation(
			&x, mn_str_trim(mn_str_cut(&rest, ';')), MN_F_VIOLATION, err))
			return false;
	if (!implied(&x, codes.n > 0, err))
		return false;
	if (x.n > 0)
		return true;
	bool partial = mn_record_choice(in->rec, MN_F_ACCESS) == 1;
	if (outcome == NONE && !partial)
		return clear_all(&x, err);
	struct mn_evidence e = x.base;
	e.field = MN_F_OUTCOME;
	e.label = outcome == VIOLATION ? MN_S("violation of a kind not stated")
		  : outcome == PENDING ? MN_S("inspection still pending")
				       : MN_S("inspection without a stated result");
	return emit(&x, e, err);
}

/*
 * Labour inspections. Which code means which indicator at what strength is a table of the
 * violations pack, per authority. An inspection that states no result says nothing: no
 * violation recorded is not a clean inspection.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/model/inspected.h"
#include "manumit/text/fold.h"

#include "make.h"

enum { VIOLATION, NONE, PENDING };                   /* choices of outcome */
enum { ACCESS_FULL, ACCESS_PARTIAL, ACCESS_DENIED }; /* choices of access */

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

/* ---- codes ---- */

/* A code of the row; `v` is NULL where no table knows it. */
struct code {
	struct mn_str said;
	enum mn_field field;
	const struct mn_p_violation *v;
	int indicator, strength; /* -1: none */
};

struct codes {
	struct code list[MN_MAX_CODES];
	unsigned n;
	bool names_indicator;              /* one of them says what was violated */
	const struct mn_p_violation *lift; /* what makes the others stronger */
};

static struct mn_str
authority_code(const struct inspection *x)
{
	return x->authority ? x->authority->code : MN_S("generic");
}

static void
add_code(struct inspection *x, struct codes *c, struct mn_str said, enum mn_field field)
{
	struct code *k = &c->list[c->n];
	for (unsigned i = 0; i < c->n; i++)
		if (mn_str_eq(c->list[i].said, said))
			return;
	if (c->n == countof(c->list)) {
		x->sink->note(x->sink->ctx, MN_E_CELL_LONG, field, said, MN_STR_NONE);
		return;
	}
	c->n++;
	*k = (struct code){.said = said, .field = field, .indicator = -1, .strength = -1};
	k->v = mn_pack_violation(x->in->pack, authority_code(x), said);
	if (!k->v)
		return;
	k->indicator = mn_indicator_parse(k->v->indicator);
	k->strength = mn_pack_strength(k->v->strength);
	int lifts = mn_pack_strength(k->v->lifts);
	if (lifts > 0 && (!c->lift || lifts > mn_pack_strength(c->lift->lifts)))
		c->lift = k->v;
	if (k->indicator >= 0 && lifts < 0 && !k->v->aside)
		c->names_indicator = true;
}

/* Columns that say as much as a code. */
static const struct {
	enum mn_field field;
	const char *code;
} IMPLIED[] = {
    {MN_F_MINORS, "MINORS"},
    {MN_F_BACK_WAGES, "BACK_WAGES"},
};

static void
gather_codes(struct inspection *x, struct codes *c)
{
	const struct mn_record *rec = x->in->rec;
	for (struct mn_str rest = rec->v[MN_F_VIOLATION]; rest.p && rest.n;) {
		struct mn_str code = mn_str_trim(mn_str_cut(&rest, ';'));
		if (code.n)
			add_code(x, c, code, MN_F_VIOLATION);
	}
	bool coded = c->n > 0;
	for (size_t i = 0; i < countof(IMPLIED); i++) {
		int64_t v;
		bool said = mn_record_e4(rec, IMPLIED[i].field, &v) && v > 0;
		/* Back wages beside a code are its amount, not a second finding. */
		if (said && !(coded && IMPLIED[i].field == MN_F_BACK_WAGES))
			add_code(x, c, mn_str_c(IMPLIED[i].code), IMPLIED[i].field);
	}
	if (mn_record_choice(rec, MN_F_ACCESS) == ACCESS_DENIED)
		add_code(x, c, MN_S("ACCESS_DENIED"), MN_F_ACCESS);
}

/* How a code was read: its row, and the row that made it stronger. */
static void
tell_reading(struct inspection *x, const struct mn_p_violation *v,
    const struct mn_p_violation *lift, struct mn_evidence *e)
{
	e->label = v->text;
	e->pack_row = mn_arena_fmt(&x->scratch, "violations/%.*s:%.*s",
	    MN_FMT(v->authority), MN_FMT(v->violation));
	if (!lift)
		return;
	e->label =
	    mn_arena_fmt(&x->scratch, "%.*s (%.*s)", MN_FMT(v->text), MN_FMT(lift->text));
	e->pack_row = mn_arena_fmt(
	    &x->scratch, "%.*s + %.*s", MN_FMT(e->pack_row), MN_FMT(lift->violation));
}

/* A code of the table; codes that it does not know are listed and not scored. */
static bool
emit_code(
    struct inspection *x, const struct codes *c, const struct code *k, struct mn_err *err)
{
	struct mn_evidence e = x->base;
	const struct mn_p_violation *lift = NULL;
	int strength = k->strength;
	e.field = (uint8_t)k->field;
	if (!k->v) {
		x->sink->note(
		    x->sink->ctx, MN_E_VIOLATION, k->field, k->said, MN_STR_NONE);
		e.label = k->said;
		return emit(x, e, err);
	}
	if ((k->v->lifts.n || k->v->aside) && c->names_indicator)
		return true;
	if (c->lift && k->v->lifts.n == 0 && k->indicator >= 0 &&
	    mn_pack_strength(c->lift->lifts) > strength) {
		lift = c->lift;
		strength = mn_pack_strength(lift->lifts);
	}
	bool weighs = k->indicator >= 0 && strength > MN_STRENGTH_NONE;
	e.indicator = weighs ? (uint8_t)k->indicator : MN_INDICATOR_NONE;
	e.strength = weighs ? (uint8_t)strength : MN_STRENGTH_NONE;
	tell_reading(x, k->v, lift, &e);
	return emit(x, e, err);
}

/* ---- silence ---- */

static bool
clear_one(struct inspection *x, struct mn_str code, enum mn_field f,
    struct mn_str pack_row, struct mn_err *err)
{
	struct mn_evidence e = x->base;
	int indicator = mn_indicator_parse(code);
	if (indicator < 0) {
		x->sink->note(x->sink->ctx, MN_E_CELL_VALUE, f, code,
		    MN_S("an indicator I01 to I11 is wanted"));
		return true;
	}
	e.indicator = (uint8_t)indicator;
	e.direction = MN_CLEAR;
	e.field = (uint8_t)f;
	e.label = MN_S("inspected, no violation found");
	e.pack_row = pack_row;
	return emit(x, e, err);
}

/* What an inspection looked at: its row says so; else the statutes of its authority do.
 * Of an inspectorate that nothing is known of, only a visit with full access tells. */
static bool
clear_all(struct inspection *x, struct mn_err *err)
{
	static const struct mn_strs NOTHING;
	const struct mn_pack *p = x->in->pack;
	struct mn_str said = x->in->rec->v[MN_F_LOOKED_AT];
	int access = mn_record_choice(x->in->rec, MN_F_ACCESS);
	const struct mn_p_authority *a = x->authority;
	for (struct mn_str rest = said; rest.p && rest.n;)
		if (!clear_one(x, mn_str_trim(mn_str_cut(&rest, ';')), MN_F_LOOKED_AT,
			MN_STR_NONE, err))
			return false;
	for (uint32_t i = 0; !a && i < p->n_authority; i++)
		if (mn_str_eq(p->authority[i].code, MN_S("generic")))
			a = &p->authority[i];
	bool generic = a && mn_str_eq(a->code, MN_S("generic"));
	const struct mn_strs *covers = &NOTHING;
	if (a && said.n == 0 && (!generic || access == ACCESS_FULL))
		covers = &a->covers;
	for (uint32_t i = 0; i < covers->n; i++)
		if (!clear_one(x, covers->v[i], MN_F_OUTCOME,
			mn_arena_fmt(&x->scratch, "authorities/%.*s", MN_FMT(a->code)),
			err))
			return false;
	return true;
}

/* A row that says nothing of an indicator is listed all the same. */
static bool
emit_silent(struct inspection *x, int outcome, struct mn_err *err)
{
	struct mn_evidence e = x->base;
	uint8_t acts_on = MN_ACTS_INSPECTIONS;
	if (x->authority && x->authority->acts_on.n)
		mn_acts_by_name(x->authority->acts_on, &acts_on);
	bool visits = acts_on == MN_ACTS_INSPECTIONS;
	e.field = MN_F_OUTCOME;
	e.label = outcome == VIOLATION ? MN_S("violation of a kind not stated")
		  : outcome == PENDING ? MN_S("still pending")
		  : outcome == NONE ? MN_S("no violation recorded; what was looked at is "
					   "not stated, so nothing counts as clear")
		  : visits          ? MN_S("inspection without a stated result")
		  : acts_on == MN_ACTS_CLAIMS
		      ? MN_S("claim without a stated result: no finding")
		      : MN_S("no inspection: nothing is found in it");
	return emit(x, e, err);
}

/* ---- the row ---- */

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
	struct mn_str class = x->authority ? x->authority->source_class : MN_STR_NONE;
	e->source_class =
	    mn_make_class(x->in, x->sink, class.n ? class : MN_S("inspectorate"), 0);
	mn_make_status(x->in, x->sink, e);
	e->unannounced = mn_record_bool(rec, MN_F_ANNOUNCED) == 0;
	e->offsite = mn_record_count(rec, MN_F_INTERVIEWED_PRIVATELY, &n) && n > 0;
	e->cooccurrence = MN_CO_SITE_PERIOD;
	e->selection = (uint8_t)(mn_record_choice(rec, MN_F_SELECTION) + 1);
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

const struct mn_p_authority *
mn_authority_of(const struct mn_pack *p, const struct mn_record *rec)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_words(rec->v[MN_F_AUTHORITY], &b);
	const struct mn_p_authority *a = mn_pack_authority(p, mn_buf_str(&b));
	mn_buf_free(&b);
	return a;
}

bool
mn_evidence_of_inspection(const struct mn_ev_in *in, const struct mn_ev_sink *sink,
    struct mn_arena scratch, struct mn_err *err)
{
	struct inspection x = {.in = in, .sink = sink, .scratch = scratch};
	struct codes codes = {.n = 0};
	x.authority = mn_authority_of(in->pack, in->rec);
	read_base(&x);
	if (mn_make_future(in, sink, x.base.event_day,
		in->rec->v[MN_F_CLOSED].n ? MN_F_CLOSED : MN_F_OPENED))
		return true;
	int outcome = mn_record_choice(in->rec, MN_F_OUTCOME);
	bool partial = mn_record_choice(in->rec, MN_F_ACCESS) == ACCESS_PARTIAL;
	gather_codes(&x, &codes);
	for (unsigned i = 0; i < codes.n; i++)
		if (!emit_code(&x, &codes, &codes.list[i], err))
			return false;
	if (x.n == 0 && outcome == NONE && !partial && !clear_all(&x, err))
		return false;
	return x.n > 0 || emit_silent(&x, outcome, err);
}

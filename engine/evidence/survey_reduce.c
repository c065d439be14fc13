/* Sorted survey rows to workers, surveys and aggregates; one pass, one survey at a time.
 */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/model/codec.h"

#include "survey.h"

#define SURVEY_PART 32 /* eid, survey */

/* Workers of one age under one lens. */
struct under {
	uint32_t assessable, pattern;
	uint32_t dim[MN_LENS_DIMS], kase[MN_LENS_CASES];
};

/* What was said about one ILO indicator. */
struct spoken {
	uint32_t asked;      /* workers */
	uint32_t unobserved; /* of them, whom nobody could hear */
	uint32_t seen;
	uint8_t strongest; /* of the codes seen */
};

struct survey {
	uint32_t interviewed[MN_AGES], private_talk[MN_AGES];
	struct under under[MN_MAX_LENSES][MN_AGES];
	struct spoken ilo[MN_INDICATORS];
	bool together; /* one worker reported two ILO indicators */
	uint8_t period_least, period_most;
	int32_t first_day, last_day;
	uint32_t match_q16;
	mn_rid first;
	struct mn_str source_class, root; /* in the arena */
};

struct reduce {
	struct mn_evidence_run *run;
	const struct mn_pack *p;
	const struct mn_lens_plan *plan;
	const struct mn_ev_sink *ev;
	const struct mn_lens_sink *lens;
	struct mn_arena a, root_arena;
	struct mn_buf last; /* key of the row before */
	struct mn_answer worker;
	struct survey survey;
	bool open;
};

/* ---- a worker into its survey ---- */

static uint32_t
place_among(const struct mn_pack *p, uint32_t dim)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < dim; i++)
		n += mn_str_eq(p->lens_dim[i].lens, p->lens_dim[dim].lens);
	return n;
}

static uint32_t
case_among(const struct mn_pack *p, uint32_t row)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < row; i++)
		n += mn_str_eq(p->lens_case[i].lens, p->lens_case[row].lens);
	return n;
}

static bool
asked_about(const struct reduce *x, uint32_t lens)
{
	for (uint32_t i = 0; i < x->p->n_lens_ind; i++)
		if (mn_lens_of(x->plan, i) == lens && mn_lens_has(&x->worker.asked, i))
			return true;
	return false;
}

static void
judge(struct reduce *x, uint32_t lens)
{
	const struct mn_answer *w = &x->worker;
	struct under *u = &x->survey.under[lens][w->age];
	if (!asked_about(x, lens) || (x->p->lens[lens].needs_period && w->period == 0))
		return;
	struct mn_lens_verdict v =
	    mn_lens_eval(x->plan, lens, &w->seen, w->age == MN_AGE_CHILD);
	u->assessable++;
	for (uint32_t d = 0; d < x->p->n_lens_dim; d++)
		if (v.positive >> d & 1)
			u->dim[place_among(x->p, d)]++;
	if (v.kase < 0)
		return;
	u->kase[case_among(x->p, (uint32_t)v.kase)]++;
	u->pattern += x->p->lens_case[v.kase].pattern;
}

/* What one worker said of each ILO indicator. */
static void
speak(struct reduce *x)
{
	const struct mn_answer *w = &x->worker;
	uint16_t asked = w->ilo_asked, seen = w->ilo_seen;
	uint8_t strongest[MN_INDICATORS] = {0};
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		strongest[i] = seen >> i & 1 ? MN_MEDIUM : 0; /* as of a finding */
	for (uint32_t k = 0; k < x->p->n_lens_ind; k++) {
		uint16_t ilo = mn_lens_ilo(x->plan, k);
		asked |= mn_lens_has(&w->asked, k) ? ilo : 0;
		if (!mn_lens_has(&w->seen, k))
			continue;
		uint8_t s = (uint8_t)mn_lens_strength(x->plan, k, w->age == MN_AGE_CHILD);
		seen |= s ? ilo : 0;
		for (unsigned i = 0; i < MN_INDICATORS; i++)
			if ((ilo >> i & 1) && s > strongest[i])
				strongest[i] = s;
	}
	for (unsigned i = 0; i < MN_INDICATORS; i++) {
		struct spoken *t = &x->survey.ilo[i];
		t->asked += asked >> i & 1;
		t->unobserved += (asked >> i & 1) && !w->observed;
		t->seen += seen >> i & 1;
		t->strongest = strongest[i] > t->strongest ? strongest[i] : t->strongest;
	}
	x->survey.together = x->survey.together || (seen & (seen - 1));
}

static void
end_worker(struct reduce *x)
{
	const struct mn_answer *w = &x->worker;
	struct survey *s = &x->survey;
	s->interviewed[w->age]++;
	s->private_talk[w->age] += w->private_talk;
	for (uint32_t lens = 0; lens < x->p->n_lens; lens++)
		judge(x, lens);
	speak(x);
	s->period_least = w->period && (!s->period_least || w->period < s->period_least)
			      ? w->period
			      : s->period_least;
	s->period_most = w->period > s->period_most ? w->period : s->period_most;
	if (w->day != MN_DAY_NONE) {
		bool none = s->last_day == MN_DAY_NONE;
		s->first_day = none || w->day < s->first_day ? w->day : s->first_day;
		s->last_day = none || w->day > s->last_day ? w->day : s->last_day;
	}
	s->match_q16 = w->match_q16 < s->match_q16 ? w->match_q16 : s->match_q16;
	s->first = w->rid < s->first ? w->rid : s->first;
}

/* ---- a survey to evidence ---- */

static struct mn_str
period_of(const struct survey *s, struct mn_arena *a)
{
	struct mn_str rest = mn_str_c(mn_field_def(MN_F_REFERENCE_PERIOD)->choices);
	struct mn_str word = MN_STR_NONE;
	if (s->period_most == 0)
		return MN_STR_NONE;
	if (s->period_least != s->period_most)
		return MN_S("several");
	for (unsigned i = 0; i < s->period_most; i++)
		word = mn_str_cut(&rest, '|');
	return mn_arena_str(a, word);
}

static uint32_t
total(const uint32_t *by_age)
{
	uint32_t n = 0;
	for (unsigned i = 0; i < MN_AGES; i++)
		n += by_age[i];
	return n;
}

/* The weaker of two: what the codes are worth, and what so large a part of the workers
 * makes of it. A share of few workers is not put into words: it would tell how many. */
static void
adverse(struct reduce *x, const struct spoken *t, struct mn_evidence *e)
{
	const struct mn_p_survey_band *band = mn_survey_band(x->p, t->seen, t->asked);
	uint8_t by_share =
	    band ? (uint8_t)mn_pack_strength(band->strength) : MN_STRENGTH_NONE;
	bool few = t->seen < x->p->k.min_cell_public >> 16;
	e->direction = MN_ADVERSE;
	e->strength = by_share < t->strongest ? by_share : t->strongest;
	/* "All of them" says it of each. */
	e->workers = t->asked - t->seen >= x->p->k.min_cell_public >> 16 ? t->seen : 0;
	e->label = mn_arena_fmt(&x->a, "workers reported %.*s: %.*s",
	    MN_FMT(x->p->indicator[e->indicator].name),
	    MN_FMT(few || !band ? MN_S("some of those who were asked") : band->text));
	e->pack_row = band ? mn_arena_fmt(&x->a, "survey_bands/%.*s", MN_FMT(band->code))
			   : MN_S("survey_bands");
}

/* One survey is one source: one root, whatever it says of how many indicators. Silence
 * counts only where nobody listened. */
static bool
statement(struct reduce *x, struct mn_str key, unsigned i, struct mn_err *err)
{
	const struct survey *s = &x->survey;
	const struct spoken *t = &s->ilo[i];
	struct mn_get g = mn_get(key);
	struct mn_record none = {.kind = MN_K_SURVEY, .rid = s->first};
	struct mn_ev_in in = {
	    x->p, &none, mn_get_eid(&g), s->match_q16, x->run->stage->as_of};
	struct mn_evidence e = mn_make_base(&in);
	if (t->seen == 0 && t->unobserved == 0)
		return true;
	e.indicator = (uint8_t)i;
	if (t->seen)
		adverse(x, t, &e);
	else {
		e.direction = MN_CLEAR;
		e.label =
		    mn_arena_fmt(&x->a, "workers were asked about %.*s: none reported it",
			MN_FMT(x->p->indicator[i].name));
		e.pack_row = MN_S("survey_bands");
	}
	struct mn_str class = s->source_class.n ? s->source_class : MN_S("worker_survey");
	e.source_class = mn_make_class(
	    &in, x->ev, class, t->seen ? (int64_t)t->asked : (int64_t)t->unobserved);
	e.status = MN_STATUS_UNKNOWN;
	e.cooccurrence = s->together ? MN_CO_WORKER : MN_CO_SITE_PERIOD;
	e.offsite =
	    total(s->private_talk) == total(s->interviewed); /* each of them in private */
	e.event_day = s->last_day;
	struct mn_key survey = mn_hash128(&key, 1);
	e.root = s->root.n ? mn_make_root(s->root, MN_STR_NONE, MN_STR_NONE, &e) : survey;
	e.key = mn_make_key(survey, i);
	struct mn_str period = period_of(s, &x->a);
	e.source = period.n ? mn_arena_fmt(&x->a, "interviews, reference period: %.*s",
				  MN_FMT(period))
			    : MN_S("interviews");
	e.field = MN_F_CODES;
	return x->ev->add(x->ev->ctx, &e, err);
}

static bool
aggregate(
    struct reduce *x, struct mn_str key, uint32_t lens, unsigned age, struct mn_err *err)
{
	const struct survey *s = &x->survey;
	const struct under *u = &s->under[lens][age];
	struct mn_get g = mn_get(key);
	struct mn_lens_stat t = {.who = mn_get_eid(&g), .survey = mn_get_key(&g)};
	t.lens = x->p->lens[lens].code;
	t.age = (uint8_t)age;
	t.interviewed = s->interviewed[age];
	t.private_talk = s->private_talk[age];
	t.assessable = u->assessable;
	t.pattern = u->pattern;
	for (uint32_t i = 0; i < x->p->n_lens_dim; i++)
		t.n_dim += mn_str_eq(x->p->lens_dim[i].lens, t.lens);
	for (uint32_t i = 0; i < x->p->n_lens_case; i++)
		t.n_case += mn_str_eq(x->p->lens_case[i].lens, t.lens);
	memcpy(t.dim, u->dim, sizeof t.dim);
	memcpy(t.kase, u->kase, sizeof t.kase);
	t.first_day = s->first_day;
	t.last_day = s->last_day;
	t.period = period_of(s, &x->a);
	t.rid = s->first;
	return x->lens->add(x->lens->ctx, &t, err);
}

/* Lenses in the order of their codes: a load wants ascending keys. */
static uint32_t
next_lens(const struct mn_pack *p, struct mn_str after)
{
	uint32_t best = p->n_lens;
	for (uint32_t i = 0; i < p->n_lens; i++)
		if (mn_str_cmp(p->lens[i].code, after) > 0 &&
		    (best == p->n_lens ||
			mn_str_cmp(p->lens[i].code, p->lens[best].code) < 0))
			best = i;
	return best;
}

static bool
end_survey(struct reduce *x, struct mn_err *err)
{
	struct mn_str key = mn_str_sub(mn_buf_str(&x->last), 0, SURVEY_PART);
	const struct mn_pack *p = x->p;
	for (unsigned age = 0; age < MN_AGES; age++) {
		struct mn_str after = MN_STR_NONE;
		uint32_t lens;
		while (x->survey.interviewed[age] &&
		       (lens = next_lens(p, after)) < p->n_lens) {
			after = p->lens[lens].code;
			if (!aggregate(x, key, lens, age, err))
				return false;
		}
	}
	for (unsigned i = 0; i < MN_INDICATORS; i++)
		if (!statement(x, key, i, err))
			return false;
	return true;
}

/* ---- the walk ---- */

static void
begin_survey(struct reduce *x, const struct mn_answer *first)
{
	x->a = x->root_arena;
	x->survey = (struct survey){.first_day = MN_DAY_NONE,
	    .last_day = MN_DAY_NONE,
	    .match_q16 = MN_FX_ONE,
	    .first = MN_RID_NONE};
	x->survey.source_class = mn_arena_str(&x->a, first->source_class);
	x->survey.root = mn_arena_str(&x->a, first->root);
}

static bool
visit(struct reduce *x, struct mn_str key, struct mn_str value, struct mn_err *err)
{
	struct mn_answer w = mn_answer_get(value);
	struct mn_str last = mn_buf_str(&x->last);
	w.source_class = w.root = MN_STR_NONE; /* of the survey; borrowed */
	if (x->open && mn_str_eq(key, last)) {
		mn_answer_unite(&x->worker, &w);
		return true;
	}
	bool same = x->open && mn_str_eq(mn_str_sub(key, 0, SURVEY_PART),
				   mn_str_sub(last, 0, SURVEY_PART));
	if (x->open)
		end_worker(x);
	if (x->open && !same && !end_survey(x, err))
		return false;
	if (!same) {
		struct mn_answer first = mn_answer_get(value);
		begin_survey(x, &first);
	}
	x->worker = w;
	x->open = true;
	mn_buf_clear(&x->last);
	mn_buf_add(&x->last, key);
	return true;
}

bool
mn_survey_reduce(struct mn_evidence_run *run, const struct mn_lens_plan *plan,
    struct mn_xsort *sorted, const struct mn_ev_sink *ev, const struct mn_lens_sink *lens,
    struct mn_err *err)
{
	struct reduce x = {.run = run,
	    .p = run->pack,
	    .plan = plan,
	    .ev = ev,
	    .lens = lens,
	    .last = mn_buf_new(256)};
	x.a = x.root_arena = mn_arena_new(16u << 20, NULL);
	struct mn_str key, value;
	int more;
	while ((more = mn_xsort_next(sorted, &key, &value, err)) == 1)
		if (!visit(&x, key, value, err))
			break;
	bool good = more == 0;
	if (good && x.open) {
		end_worker(&x);
		good = end_survey(&x, err);
	}
	mn_buf_free(&x.last);
	mn_arena_free(x.root_arena);
	return good;
}

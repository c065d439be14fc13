/* Answers of workers in a case: survey rows as they are sorted, put together and judged,
 * without the store that lies between. */
#ifndef MN_TEST_CASE_SURVEY_H
#define MN_TEST_CASE_SURVEY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"
#include "../../engine/evidence/survey.h"

#ifndef CASE
#define CASE __attribute__((unused)) static
#endif
#define CASE_LENSES 24

/* What one case knows of its surveys. */
struct case_survey {
	struct mn_xsort *answers; /* NULL: it has none */
	struct mn_lens_stat lens[CASE_LENSES];
	unsigned n_lens;
	struct mn_arena *a;
};

static void
case_survey_row(struct case_survey *s, const struct mn_pack *p, int32_t as_of,
    const struct mn_record *rec, const struct mn_ev_sink *sink, struct mn_arena scratch)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_evidence_run run = {.pack = p};
	struct mn_answer w;
	struct mn_buf key = mn_buf_new(256), value = mn_buf_new(4096);
	if (!s->answers)
		s->answers = mn_xsort_new(".", 1u << 20, &err);
	if (mn_answer_read(p, mn_lens_plan(p, &scratch), as_of, rec, sink, &w)) {
		w.match_q16 = (uint32_t)MN_FX_ONE;
		mn_answer_key(&run, rec, (struct mn_eid){1, 2}, &key);
		mn_answer_put(&w, &value);
		assert_true(
		    mn_xsort_add(s->answers, mn_buf_str(&key), mn_buf_str(&value), &err));
	}
	mn_buf_free(&key);
	mn_buf_free(&value);
}

static bool
case_survey_kept(void *ctx, const struct mn_lens_stat *t, struct mn_err *err)
{
	struct case_survey *s = ctx;
	(void)err;
	assert_true(s->n_lens < CASE_LENSES);
	s->lens[s->n_lens] = *t;
	s->lens[s->n_lens++].period = mn_arena_str(s->a, t->period);
	return true;
}

static void
case_survey_end(struct case_survey *s, const struct mn_pack *p, int32_t as_of,
    const struct mn_ev_sink *sink, struct mn_arena *a, struct mn_arena scratch)
{
	struct mn_err err = MN_ERR_NONE;
	const struct mn_stage stage = {.as_of = as_of};
	struct mn_evidence_run run = {.pack = p, .stage = &stage};
	const struct mn_lens_sink lens = {case_survey_kept, s};
	if (!s->answers)
		return;
	s->a = a;
	if (!mn_xsort_finish(s->answers, &err) ||
	    !mn_survey_reduce(
		&run, mn_lens_plan(p, &scratch), s->answers, sink, &lens, &err))
		fail_msg("%s", err.msg);
	mn_xsort_free(s->answers);
	s->answers = NULL;
}

CASE const struct mn_lens_stat *
case_survey_find(const struct case_survey *s, struct mn_str lens, struct mn_str age)
{
	for (unsigned i = 0; i < s->n_lens; i++)
		if (mn_str_eq(s->lens[i].lens, lens) &&
		    mn_str_eq(mn_str_c(mn_age_name(s->lens[i].age)), age))
			return &s->lens[i];
	return NULL;
}

/* The count that a word names: "assessable", a dimension or a case of the lens. */
CASE bool
case_survey_count(const struct mn_pack *p, const struct mn_lens_stat *s,
    struct mn_str what, uint32_t *out)
{
	const struct {
		const char *name;
		uint32_t n;
	} OWN[] = {{"interviewed", s->interviewed}, {"assessable", s->assessable},
	    {"private", s->private_talk}, {"pattern", s->pattern}};
	uint32_t dim = 0, kase = 0;
	for (size_t i = 0; i < countof(OWN); i++)
		if (mn_str_eq(what, mn_str_c(OWN[i].name))) {
			*out = OWN[i].n;
			return true;
		}
	for (uint32_t i = 0; i < p->n_lens_dim; i++) {
		bool mine = mn_str_eq(p->lens_dim[i].lens, s->lens);
		*out = mine ? s->dim[dim] : 0;
		if (mine && mn_str_eq(p->lens_dim[i].code, what))
			return true;
		dim += mine;
	}
	for (uint32_t i = 0; i < p->n_lens_case; i++) {
		bool mine = mn_str_eq(p->lens_case[i].lens, s->lens);
		*out = mine ? s->kase[kase] : 0;
		if (mine && mn_str_eq(p->lens_case[i].code, what))
			return true;
		kase += mine;
	}
	return false;
}

/* Dimensions and cases that count somebody. */
CASE uint32_t
case_survey_counted(const struct mn_lens_stat *s)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < s->n_dim; i++)
		n += s->dim[i] > 0;
	for (uint32_t i = 0; i < s->n_case; i++)
		n += s->kase[i] > 0;
	return n;
}

#endif

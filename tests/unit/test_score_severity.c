/* Severity and priority. */
#include "score_fixture.h"

static int
begin(void **state)
{
	static struct fix f;
	fix_begin(&f, FIX_Q(.5));
	*state = &f;
	return 0;
}

static int
end(void **state)
{
	fix_end(*state);
	return 0;
}

static void
severity_is_the_worst_open_finding(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_NGO, 1));
	f->ev[0].workers = 300;
	fix_score(f);
	assert_near(f->card.severity_q16, .7 * .4 * .6, .001);
	fix_add(f, fix_adverse(I05, MN_WEAK, FIX_NGO, 2));
	f->ev[1].workers = 5;
	fix_score(f);
	assert_near(f->card.severity_q16, .7 * .4 * .6, .001);
	f->inherent.workers = 20000;
	f->ev[1].workers = 0;
	fix_score(f);
	assert_near(f->card.severity_q16, 1., .001);
	assert_int_equal(f->card.priority_q16, f->card.p_q16);
	f->ev[1].status = MN_CLOSED_ON_CLAIM;
	f->ev[1].closed_day = FIX_AS_OF;
	fix_score(f);
	assert_near(f->card.severity_q16, .7 * .4 * .6, .001);
	f->ev[1].status = MN_STATUS_UNKNOWN;
	fix_score(f);
	assert_near(f->card.severity_q16, 1., .001);
}

static void
severity_without_findings_is_the_sectors(void **state)
{
	struct fix *f = *state;
	fix_score(f);
	assert_near(f->card.severity_q16, .5, .001);
	f->inherent.sector_severity_q16 = FIX_Q(.75);
	fix_score(f);
	assert_near(f->card.severity_q16, .75 * .5, .001);
	f->inherent.sector_workers = 30;
	fix_score(f);
	assert_near(f->card.severity_q16, .75 * .2, .001);
	f->inherent.workers = 9;
	fix_score(f);
	assert_near(f->card.severity_q16, .75 * .1, .001);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(severity_is_the_worst_open_finding),
	    T(severity_without_findings_is_the_sectors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

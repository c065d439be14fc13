/* Completeness: which expected cells are filled, and by what. */
#include "score_fixture.h"

enum { NOT_EXPECTED, EMPTY, FILLED, CLEARED };

/* Cells of the fixture: 0-4 the channels, 5-15 the indicators for anyone, 16 a facility's
 * I06 by interviews (half-life of 12 months), 17 a recruiter's I09 by survey. */
#define CELL_I(indicator) (5 + (indicator))
#define TOTAL 12.9 /* weights of the cells of anyone */

struct cells {
	uint8_t state[countof(FIX_CELLS)];
	int64_t all, clear;
};

static int
begin(void **state)
{
	static struct fix f;
	fix_begin(&f, FIX_Q(.5));
	memset(f.inherent.known, 0, sizeof f.inherent.known);
	*state = &f;
	return 0;
}

static int
end(void **state)
{
	fix_end(*state);
	return 0;
}

static struct cells
cells_of(struct fix *f)
{
	struct cells c;
	struct mn_score_in in = fix_in(f);
	mn_score_cells(&in, c.state, &c.all, &c.clear);
	return c;
}

static void
nothing_known_fills_nothing(void **state)
{
	struct cells c = cells_of(*state);
	assert_int_equal(c.all, 0);
	assert_int_equal(c.clear, 0);
	for (int i = 0; i < 16; i++)
		assert_int_equal(c.state[i], EMPTY);
	assert_int_equal(c.state[16], NOT_EXPECTED);
	assert_int_equal(c.state[17], NOT_EXPECTED);
}

static void
known_channels_complete_but_clear_nothing(void **state)
{
	struct fix *f = *state;
	f->inherent.known[0] = f->inherent.known[3] = true;
	struct cells c = cells_of(f);
	assert_near(c.all, 1.5 / TOTAL, .0002);
	assert_int_equal(c.clear, 0);
	assert_int_equal(c.state[0], FILLED);
	assert_int_equal(c.state[1], EMPTY);
	assert_int_equal(c.state[3], FILLED);
}

static void
adverse_facts_fill_by_quality(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_WEAK, FIX_AUDIT_ANNOUNCED, 1));
	struct cells c = cells_of(f);
	assert_near(c.all, .7 / TOTAL, .0002);
	assert_int_equal(c.clear, 0);
	assert_int_equal(c.state[CELL_I(I07)], FILLED);
	/* The best of several. */
	fix_add(f, fix_adverse(I07, MN_WEAK, FIX_INSPECTORATE, 2));
	c = cells_of(f);
	assert_near(c.all, .9 / TOTAL, .0002);
}

static void
clear_facts_fill_both_and_adverse_ones_only_all(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I07, FIX_AUDIT_UNANNOUNCED, 1));
	struct cells c = cells_of(f);
	assert_near(c.all, .5 / TOTAL, .0002);
	assert_near(c.clear, .5 / TOTAL, .0002);
	assert_int_equal(c.state[CELL_I(I07)], CLEARED);
	fix_add(f, fix_adverse(I07, MN_WEAK, FIX_INSPECTORATE, 2));
	c = cells_of(f);
	assert_near(c.all, .9 / TOTAL, .0002);
	assert_near(c.clear, .5 / TOTAL, .0002);
	assert_int_equal(c.state[CELL_I(I07)], CLEARED);
}

static void
worthless_silence_fills_nothing(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I07, FIX_SELF, 1));
	assert_int_equal(cells_of(f).all, 0);
	f->ev[0] = fix_clear(I07, FIX_AUDIT_ANNOUNCED, 1);
	f->ev[0].supplier_paid = true;
	assert_near(cells_of(f).all, .05 / TOTAL, .0002);
}

static void
knowledge_ages(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I08, FIX_SURVEY, 1));
	f->ev[0].event_day = FIX_AS_OF - 731; /* two half-lives of I08 */
	assert_near(cells_of(f).all, .125 / TOTAL, .0002);
	f->ev[0].event_day = MN_DAY_NONE;
	assert_int_equal(cells_of(f).all, 0);
	/* What is open is known today. */
	f->ev[0] = fix_adverse(I08, MN_WEAK, FIX_SURVEY, 1);
	f->ev[0].event_day = FIX_AS_OF - 731;
	assert_near(cells_of(f).all, .75 / TOTAL, .0002);
	f->ev[0].status = MN_WORKER_VERIFIED;
	f->ev[0].closed_day = FIX_AS_OF - 365;
	assert_near(cells_of(f).all, .375 / TOTAL, .0003);
}

static void
future_and_uncertain_rows_fill_nothing(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I07, FIX_SURVEY, 1));
	f->ev[0].event_day = FIX_AS_OF + 1;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_SURVEY, 2));
	f->ev[1].match_q16 = FIX_Q(.4);
	fix_add(f, fix_adverse(MN_INDICATOR_NONE, MN_STRONG, FIX_SURVEY, 3));
	assert_int_equal(cells_of(f).all, 0);
}

static void
cells_of_a_role_ask_for_their_class(void **state)
{
	struct fix *f = *state;
	f->inherent.role = MN_ROLE_FACILITY;
	fix_add(f, fix_clear(I06, FIX_SURVEY, 1));
	struct cells c = cells_of(f);
	assert_int_equal(c.state[16], EMPTY);
	assert_int_equal(c.state[17], NOT_EXPECTED);
	assert_near(c.all, .5 / (TOTAL + .5), .0002);
	f->ev[0] = fix_clear(I06, FIX_INTERVIEWS, 1);
	c = cells_of(f);
	assert_int_equal(c.state[16], CLEARED);
	assert_near(c.all, (.6 + .5 * .6) / (TOTAL + .5), .0002);
	/* The cell has a half-life of its own, the indicator's is 36 months. */
	f->ev[0].event_day = FIX_AS_OF - 365;
	c = cells_of(f);
	assert_near(c.all, (.6 * .7937 + .5 * .3) / (TOTAL + .5), .0005);
}

static void
state_settings_complete_but_clear_nothing(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_clear(I07, FIX_SURVEY, 1));
	f->inherent.state_setting = true;
	struct cells c = cells_of(f);
	assert_near(c.all, .5 / TOTAL, .0002);
	assert_int_equal(c.clear, 0);
	assert_int_equal(c.state[CELL_I(I07)], FILLED);
	/* The same when a finding says so. */
	f->inherent.state_setting = false;
	fix_add(f, fix_adverse(I01, MN_WEAK, FIX_NGO, 2));
	f->ev[1].imposed_by = MN_IMPOSED_STATE;
	assert_int_equal(cells_of(f).clear, 0);
	fix_score(f);
	assert_int_equal(f->card.c_clear_q16, 0);
}

static void
card_has_the_same_completeness(void **state)
{
	struct fix *f = *state;
	f->inherent.known[1] = true;
	fix_add(f, fix_clear(I07, FIX_SURVEY, 1));
	fix_add(f, fix_adverse(I01, MN_WEAK, FIX_NGO, 2));
	struct cells c = cells_of(f);
	fix_score(f);
	assert_int_equal(c.all, f->card.c_all_q16);
	assert_int_equal(c.clear, f->card.c_clear_q16);
}

static void
no_expected_cells_is_no_completeness(void **state)
{
	struct fix *f = *state;
	f->pack.n_cell = 0;
	fix_add(f, fix_clear(I07, FIX_SURVEY, 1));
	assert_int_equal(cells_of(f).all, 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(nothing_known_fills_nothing),
	    T(known_channels_complete_but_clear_nothing),
	    T(adverse_facts_fill_by_quality),
	    T(clear_facts_fill_both_and_adverse_ones_only_all),
	    T(worthless_silence_fills_nothing),
	    T(knowledge_ages),
	    T(future_and_uncertain_rows_fill_nothing),
	    T(cells_of_a_role_ask_for_their_class),
	    T(state_settings_complete_but_clear_nothing),
	    T(card_has_the_same_completeness),
	    T(no_expected_cells_is_no_completeness),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The core and the inherent risk: what the formulas promise at their edges. */
#include "score_fixture.h"

static struct mn_core_in
plain(int64_t h_q16)
{
	return (struct mn_core_in){.h_q16 = {h_q16, h_q16, h_q16}};
}

static struct mn_core_out
core(const struct mn_core_in *in)
{
	struct mn_pack pack = fix_pack();
	struct mn_core_out out;
	mn_score_core(&pack, in, &out);
	return out;
}

static void
sum_is_base_plus_indicators(void **state)
{
	(void)state;
	struct mn_core_in in = plain(FIX_Q(.5));
	in.a_q16[I03] = FIX_Q(2.4);
	in.a_q16[I10] = FIX_Q(.72);
	struct mn_core_out out = core(&in);
	assert_int_equal(
	    out.s_q16, out.base_s_q16 + out.ind_s_q16[I03] + out.ind_s_q16[I10]);
	/* sp(-4 + 3.2 * .5) and sp(-3.5 + 2.4) - sp(-3.5), and .6 of it for I10. */
	assert_near(out.base_s_q16, .08684, .0002);
	assert_near(out.ind_s_q16[I03], .25758, .0002);
	assert_near(out.ind_s_q16[I10], .6 * .03032, .0002);
	assert_int_equal(out.ind_s_q16[I07], 0);
}

static void
open_finding_silences_clearing(void **state)
{
	(void)state;
	struct mn_core_in in = plain(FIX_Q(.5));
	in.a_q16[I07] = FIX_Q(1.8);
	struct mn_core_out bare = core(&in);
	for (int i = 0; i < MN_INDICATORS; i++)
		in.k_q16[i] = FIX_Q(.6);
	struct mn_core_out counted = core(&in);
	in.open_strong = true;
	struct mn_core_out silenced = core(&in);

	assert_near(silenced.c_q16, .6, .0001);
	assert_int_equal(silenced.p_q16, bare.p_q16);
	assert_int_equal(silenced.low_q16, bare.low_q16);
	assert_int_equal(silenced.high_q16, bare.high_q16);
	assert_int_equal(silenced.p_clear_q16, counted.p_q16);
	assert_true(counted.p_q16 < bare.p_q16);
}

static void
clearing_is_the_mean_over_all_eleven(void **state)
{
	(void)state;
	struct mn_core_in in = plain(0);
	in.k_q16[I01] = FIX_Q(.6);
	/* omega .6 of 7 + 4 * .6 */
	assert_near(core(&in).c_q16, .6 * .6 / 9.4, .0001);
	in.k_q16[I03] = FIX_Q(.72);
	assert_near(core(&in).c_q16, (.6 * .6 + .72) / 9.4, .0001);
}

static void
interval_never_closes(void **state)
{
	(void)state;
	struct mn_core_in in = plain(FIX_Q(.5));
	in.c_all_q16 = in.c_clear_q16 = MN_FX_ONE;
	struct mn_core_out full = core(&in);
	in.c_all_q16 = in.c_clear_q16 = FIX_Q(.9);
	struct mn_core_out nine = core(&in);
	assert_int_equal(full.low_q16, nine.low_q16);
	assert_int_equal(full.high_q16, nine.high_q16);
	assert_true(full.low_q16 < full.p_q16 && full.p_q16 < full.high_q16);
}

static void
each_completeness_moves_its_own_end(void **state)
{
	(void)state;
	struct mn_core_in in = plain(FIX_Q(.5));
	struct mn_core_out none = core(&in);
	in.c_all_q16 = FIX_Q(.5);
	struct mn_core_out found = core(&in);
	in.c_clear_q16 = FIX_Q(.5);
	struct mn_core_out cleared = core(&in);
	assert_true(found.low_q16 > none.low_q16);
	assert_int_equal(found.high_q16, none.high_q16);
	assert_true(cleared.high_q16 < none.high_q16);
	assert_int_equal(cleared.low_q16, found.low_q16);
}

static void
huge_weights_saturate(void **state)
{
	(void)state;
	struct mn_core_in in = plain(MN_FX_ONE);
	for (int i = 0; i < MN_INDICATORS; i++)
		in.a_q16[i] = (int64_t)1 << 40;
	struct mn_core_out out = core(&in);
	assert_int_equal(out.p_q16, MN_FX_ONE);
	assert_int_equal(out.high_q16, MN_FX_ONE);
	assert_int_equal(out.low_q16, MN_FX_ONE);
}

static void
inherent_of(const struct mn_inherent *in, int64_t h_q16[3])
{
	struct mn_pack pack = fix_pack();
	mn_score_inherent(&pack, in, h_q16);
}

static void
channels_combine_as_noisy_or(void **state)
{
	(void)state;
	struct mn_inherent in = {.known = {true, true, true, true, true},
	    .x_q16 = {FIX_Q(.8), FIX_Q(.5), 0, FIX_Q(1), FIX_Q(.2)}};
	int64_t h[3];
	inherent_of(&in, h);
	assert_near(h[1], 1 - (1 - .4) * (1 - .175) * (1 - .35) * (1 - .07), .0002);
	assert_int_equal(h[0], h[1]);
	assert_int_equal(h[2], h[1]);
}

static void
unknown_channels_take_the_packs_values(void **state)
{
	(void)state;
	struct mn_inherent in = {.known = {true, true, false, true, true}};
	int64_t h[3];
	inherent_of(&in, h);
	assert_near(h[0], .4 * .1, .0002);
	assert_near(h[1], .4 * .3, .0002);
	assert_near(h[2], .4 * 1., .0002);
}

static void
country_alone_gives_at_most_half(void **state)
{
	(void)state;
	struct mn_inherent in = {
	    .known = {true, true, true, true, true}, .x_q16 = {MN_FX_ONE, 0, 0, 0, 0}};
	int64_t h[3];
	inherent_of(&in, h);
	assert_int_equal(h[1], MN_FX_ONE / 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sum_is_base_plus_indicators),
	    cmocka_unit_test(open_finding_silences_clearing),
	    cmocka_unit_test(clearing_is_the_mean_over_all_eleven),
	    cmocka_unit_test(interval_never_closes),
	    cmocka_unit_test(each_completeness_moves_its_own_end),
	    cmocka_unit_test(huge_weights_saturate),
	    cmocka_unit_test(channels_combine_as_noisy_or),
	    cmocka_unit_test(unknown_channels_take_the_packs_values),
	    cmocka_unit_test(country_alone_gives_at_most_half),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

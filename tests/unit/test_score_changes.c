/* What would change the band. */
#include "score_fixture.h"

#define MOST 12

struct changes {
	struct mn_change v[MOST];
	size_t n;
};

static int
begin(void **state)
{
	static struct fix f;
	fix_begin(&f, FIX_Q(.3));
	*state = &f;
	return 0;
}

static int
end(void **state)
{
	fix_end(*state);
	return 0;
}

static struct changes
changes_of(struct fix *f, size_t max)
{
	struct changes c;
	struct mn_score_in in = fix_in(f);
	fix_score(f);
	c.n = mn_score_changes(&in, &f->card, c.v, max, f->arena);
	assert_true(c.n <= max);
	return c;
}

static size_t
count(const struct changes *c, enum mn_change_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		n += c->v[i].kind == kind;
	return n;
}

static void
the_one_finding_carries_the_band(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I10, MN_WEAK, FIX_NGO, 1));
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 2));
	struct changes c = changes_of(f, MOST);
	assert_int_equal(f->card.band, MN_HIGH);
	assert_int_equal(count(&c, MN_CHANGE_ROW_WITHOUT), 1);
	assert_int_equal(c.v[0].kind, MN_CHANGE_ROW_WITHOUT);
	assert_int_equal(c.v[0].index, 1);
	assert_int_equal(c.v[0].band, MN_UNKNOWN);
	assert_int_equal(c.v[0].p_q16, f->row[1].p_without_q16);
}

static void
one_bad_answer_lifts_an_unknown_entity(void **state)
{
	struct fix *f = *state;
	struct changes c = changes_of(f, MOST);
	assert_int_equal(f->card.band, MN_UNKNOWN);
	assert_int_equal(count(&c, MN_CHANGE_ROW_WITHOUT), 0);
	assert_int_equal(count(&c, MN_CHANGE_CELL), 0);
	assert_true(count(&c, MN_CHANGE_CELL_BAD) >= 7);
	for (size_t i = 0; i < c.n; i++) {
		assert_int_equal(c.v[i].band, MN_ELEVATED);
		assert_true(i == 0 || c.v[i].p_q16 <= c.v[i - 1].p_q16);
	}
	/* Of equal effects the first cell of the pack: I03. */
	assert_int_equal(c.v[0].index, 7);
}

/* All but one cell clear: the last one makes it low. */
static void
one_clear_answer_completes(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(0);
	f->inherent.known[0] = false;
	for (unsigned i = I03; i <= I09; i++)
		fix_add(f, fix_clear(i, FIX_INTERVIEWS, 1));
	f->pack.k.low_c_all = FIX_Q(.565); /* (3 + 7 * .6) / 12.9 is .558 */
	struct changes c = changes_of(f, MOST);
	assert_int_equal(f->card.band, MN_UNKNOWN);
	assert_true(count(&c, MN_CHANGE_CELL) >= 4);
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].kind == MN_CHANGE_CELL)
			assert_int_equal(c.v[i].band, MN_LOW);
}

static void
an_unknown_channel_can_be_what_is_missing(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(FIX_Q(.5));
	f->inherent.known[1] = false; /* carries all of h in this pack */
	struct changes c = changes_of(f, MOST);
	bool met = false;
	for (size_t i = 0; i < c.n; i++)
		met = met || (c.v[i].kind == MN_CHANGE_CELL_BAD && c.v[i].index == 1 &&
				 c.v[i].band == MN_ELEVATED);
	assert_true(met);
}

static void
no_kind_crowds_out_the_others(void **state)
{
	struct fix *f = *state;
	f->inherent = fix_inherent(FIX_Q(.5));
	for (uint64_t i = 0; i < 8; i++)
		fix_add(f, fix_adverse((unsigned)i, MN_STRONG, FIX_SELF, i + 1));
	f->inherent.known[1] = false; /* mid .5: P is .9790, and .9775 with h 0 */
	f->pack.k.severe_p = FIX_Q(.978);
	struct changes c = changes_of(f, 6);
	assert_int_equal(f->card.band, MN_SEVERE);
	assert_int_equal(count(&c, MN_CHANGE_ROW_WITHOUT), 2);
	assert_int_equal(count(&c, MN_CHANGE_CELL), 1);
	assert_int_equal(c.v[2].index, 1);
	assert_int_equal(changes_of(f, 0).n, 0);
}

static void
order_of_rows_says_nothing(void **state)
{
	struct fix *f = *state;
	fix_add(f, fix_adverse(I07, MN_STRONG, FIX_INSPECTORATE, 1));
	fix_add(f, fix_adverse(I08, MN_STRONG, FIX_INSPECTORATE, 2));
	fix_add(f, fix_adverse(I09, MN_STRONG, FIX_INSPECTORATE, 3));
	struct changes a = changes_of(f, MOST);
	struct mn_evidence t = f->ev[0];
	f->ev[0] = f->ev[2];
	f->ev[2] = t;
	struct changes b = changes_of(f, MOST);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) {
		uint32_t k = b.v[i].index;
		if (b.v[i].kind == MN_CHANGE_ROW_WITHOUT)
			k = 2 - k;
		assert_int_equal(a.v[i].kind, b.v[i].kind);
		assert_int_equal(a.v[i].index, k);
		assert_int_equal(a.v[i].p_q16, b.v[i].p_q16);
	}
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(the_one_finding_carries_the_band),
	    T(one_bad_answer_lifts_an_unknown_entity),
	    T(one_clear_answer_completes),
	    T(an_unknown_channel_can_be_what_is_missing),
	    T(no_kind_crowds_out_the_others),
	    T(order_of_rows_says_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

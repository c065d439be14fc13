/* The test vectors of the scoring formulas: numbers through the core, numbers and bands
 * through whole entities. */
#include "score_fixture.h"

#define TOLERANCE 0.0006
#define MONTHS_36 1096 /* days */

struct vector {
	const char *name;
	double h, c_all, c_clear;
	double a[MN_INDICATORS], k[MN_INDICATORS];
	bool open_strong;
	double p, low, high;
	enum mn_band band;
	enum mn_band_note note;
	/* The same as rows: what adverse ones are, and which class clears. */
	struct {
		unsigned indicator, strength, class;
		uint64_t root;
	} found[3];
	int clear_class;       /* on every indicator without a finding; -1 none */
	int32_t closed_before; /* days; 0 open */
	double match;          /* 0: certain */
};

#define ALL(v) \
	{ \
		v, v, v, v, v, v, v, v, v, v, v \
	}
#define NO_CLEAR .clear_class = -1
#define S_OPEN .open_strong = true, NO_CLEAR

static const struct vector VECTORS[] = {
    {"nothing known, low context", .1, 0, 0, .p = .0246, .low = .0056, .high = .1016,
	.band = MN_UNKNOWN, .note = MN_NOTE_LOW_CONTEXT, NO_CLEAR},
    {"nothing known, middling context", .3, 0, 0, .p = .0457, .low = .0106, .high = .1765,
	.band = MN_UNKNOWN, .note = MN_NOTE_ASK_FIRST, NO_CLEAR},
    {"nothing known, extreme context", 1, 0, 0, .p = .3100, .low = .0911, .high = .6682,
	.band = MN_ELEVATED, NO_CLEAR},
    {"unannounced checks with off-site interviews clear on all eleven", .1, .8, .8,
	.k = ALL(.6), .p = .0137, .low = .0102, .high = .0183, .band = MN_LOW,
	.clear_class = FIX_AUDIT_UNANNOUNCED},
    {"announced audit clear on all eleven", .3, .2, .2, .k = ALL(.06), .p = .0431,
	.low = .0134, .high = .1301, .band = MN_UNKNOWN, .note = MN_NOTE_ASK_FIRST,
	.clear_class = FIX_AUDIT_ANNOUNCED},
    {"inspectorate S on I07, open", .5, .3, 0, .a = {[I07] = 3.6}, .p = .5513,
	.low = .3111, .high = .8030, .band = MN_HIGH,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1}}, S_OPEN},
    {"the same in a low-risk country", .1, .3, 0, .a = {[I07] = 3.6}, .p = .5227,
	.low = .2954, .high = .7511, .band = MN_HIGH,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1}}, S_OPEN},
    {"the same, closed on claim 36 months ago", .5, .3, 0, .a = {[I07] = 1.8}, .p = .2014,
	.low = .1057, .high = .4307, .band = MN_ELEVATED,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1}}, .closed_before = MONTHS_36,
	NO_CLEAR},
    {"the same, open, match .6", .5, .3, 0, .a = {[I07] = 2.16}, .p = .2515, .low = .1337,
	.high = .4947, .band = MN_ELEVATED,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1}}, .match = .6, S_OPEN},
    {"inspectorate M on I08, open", .5, .3, 0, .a = {[I08] = 1.8}, .p = .2014,
	.low = .1057, .high = .4307, .band = MN_ELEVATED,
	.found = {{I08, MN_MEDIUM, FIX_INSPECTORATE, 1}}, S_OPEN},
    {"announced audit S on I09, open", .5, .3, 0, .a = {[I09] = 2.8}, .p = .3689,
	.low = .1990, .high = .6338, .band = MN_ELEVATED,
	.found = {{I09, MN_STRONG, FIX_AUDIT_ANNOUNCED, 1}}, S_OPEN},
    {"self-assessment admits S on I07", .5, .2, 0, .a = {[I07] = 3.2}, .p = .4574,
	.low = .2476, .high = .7235, .band = MN_HIGH,
	.found = {{I07, MN_STRONG, FIX_SELF, 1}}, S_OPEN},
    {"worker survey S on I09", .7, .2, 0, .a = {[I09] = 3.0}, .p = .4529, .low = .2387,
	.high = .7453, .band = MN_HIGH, .found = {{I09, MN_STRONG, FIX_SURVEY, 1}},
	S_OPEN},
    {"NGO, several sources, S on I03", .5, .2, 0, .a = {[I03] = 2.4}, .p = .2914,
	.low = .1521, .high = .5441, .band = MN_ELEVATED,
	.found = {{I03, MN_STRONG, FIX_NGO, 1}}, S_OPEN},
    {"worker survey S I09 and inspectorate S I07", .5, .4, 0,
	.a = {[I07] = 3.6, [I09] = 3.0}, .p = .7123, .low = .4511, .high = .9112,
	.band = MN_HIGH,
	.found = {{I09, MN_STRONG, FIX_SURVEY, 1}, {I07, MN_STRONG, FIX_INSPECTORATE, 2}},
	S_OPEN},
    {"one inspection report, S on I07, I08, I09", .5, .5, 0,
	.a = {[I07] = 3.6, [I08] = 3.6, [I09] = 3.6}, .p = .8926, .low = .6556,
	.high = .9849, .band = MN_HIGH,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1},
	    {I08, MN_STRONG, FIX_INSPECTORATE, 1}, {I09, MN_STRONG, FIX_INSPECTORATE, 1}},
	S_OPEN},
    {"two inspections of different dates, S on I07 and I09", .5, .4, 0,
	.a = {[I07] = 3.6, [I09] = 3.6}, .p = .7804, .low = .5127, .high = .9454,
	.band = MN_SEVERE,
	.found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1},
	    {I09, MN_STRONG, FIX_INSPECTORATE, 2}},
	S_OPEN},
    {"court S on I05 and I03, low context", .1, .3, 0, .a = {[I03] = 4.0, [I05] = 4.0},
	.p = .8524, .low = .5924, .high = .9683, .band = MN_SEVERE,
	.found = {{I05, MN_STRONG, FIX_COURT, 1}, {I03, MN_STRONG, FIX_COURT, 1}},
	S_OPEN},
    {"inspectorate W on I10", .2, .2, 0, .a = {[I10] = .72}, .p = .0511, .low = .0226,
	.high = .1562, .band = MN_UNKNOWN, .note = MN_NOTE_ASK_FIRST,
	.found = {{I10, MN_WEAK, FIX_INSPECTORATE, 1}}, NO_CLEAR},
    {"inspectorate S on I07, clear .6 on the other ten", .5, .9, .8, .a = {[I07] = 3.6},
	.k = {.6, .6, .6, .6, .6, .6, 0, .6, .6, .6, .6}, .p = .5513, .low = .3407,
	.high = .7532, .band = MN_HIGH, .found = {{I07, MN_STRONG, FIX_INSPECTORATE, 1}},
	.open_strong = true, .clear_class = FIX_AUDIT_UNANNOUNCED},
};

static int64_t
q16(double x)
{
	return (int64_t)(x * 65536.0 + .5);
}

static void
core_gives_the_printed_numbers(void **state)
{
	(void)state;
	struct mn_pack pack = fix_pack();
	for (size_t i = 0; i < countof(VECTORS); i++) {
		const struct vector *v = &VECTORS[i];
		struct mn_core_in in = {.c_all_q16 = q16(v->c_all),
		    .c_clear_q16 = q16(v->c_clear),
		    .open_strong = v->open_strong};
		struct mn_core_out out;
		for (int end = 0; end < 3; end++)
			in.h_q16[end] = q16(v->h);
		for (int k = 0; k < MN_INDICATORS; k++) {
			in.a_q16[k] = q16(v->a[k]);
			in.k_q16[k] = q16(v->k[k]);
		}
		mn_score_core(&pack, &in, &out);
		print_message("%s\n", v->name);
		assert_near(out.p_q16, v->p, TOLERANCE);
		assert_near(out.low_q16, v->low, TOLERANCE);
		assert_near(out.high_q16, v->high, TOLERANCE);
	}
}

static void
add_rows(struct fix *f, const struct vector *v)
{
	bool is_found[MN_INDICATORS] = {false};
	for (size_t k = 0; k < countof(v->found) && v->found[k].root; k++) {
		struct mn_evidence *e =
		    fix_add(f, fix_adverse(v->found[k].indicator, v->found[k].strength,
				   v->found[k].class, v->found[k].root));
		is_found[e->indicator] = true;
		e->match_q16 = v->match > 0 ? (uint32_t)q16(v->match) : MN_FX_ONE;
		if (v->closed_before) {
			e->status = MN_CLOSED_ON_CLAIM;
			e->closed_day = FIX_AS_OF - v->closed_before;
			e->event_day = e->closed_day - 400;
		}
	}
	for (unsigned k = 0; k < MN_INDICATORS && v->clear_class >= 0; k++) {
		struct mn_evidence e = fix_clear(k, (unsigned)v->clear_class, 50);
		e.offsite = true;
		if (!is_found[k])
			fix_add(f, e);
	}
}

static void
entities_get_the_printed_bands(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(VECTORS); i++) {
		const struct vector *v = &VECTORS[i];
		struct fix f;
		fix_begin(&f, q16(v->h));
		add_rows(&f, v);

		fix_score(&f);

		print_message("%s: %s\n", v->name, mn_band_name(f.card.band));
		assert_near(f.card.p_q16, v->p, TOLERANCE);
		assert_int_equal(f.card.band, v->band);
		assert_int_equal(f.card.note, v->note);
		assert_int_equal(f.card.open_strong, v->open_strong);
		for (int k = 0; k < MN_INDICATORS; k++) {
			assert_near(f.card.ind[k].a_q16, v->a[k], .001);
			assert_near(f.card.ind[k].k_q16, v->k[k], .001);
		}
		fix_end(&f);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(core_gives_the_printed_numbers),
	    cmocka_unit_test(entities_get_the_printed_bands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

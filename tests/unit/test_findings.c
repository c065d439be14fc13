/* The life of a finding: who may close it, what its columns say, codes of the user. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"

#include "../../engine/run/own_codes.h"

struct made {
	struct mn_evidence e;
	size_t n;
	enum mn_code note[8];
	struct mn_str value[8];
	size_t n_note;
};

static struct mn_arena arena, arena_root;
static const struct mn_pack *pack;

static int
setup(void **state)
{
	(void)state;
	arena = arena_root = mn_arena_new(128u << 20, NULL);
	pack = shipped_packs(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(arena_root);
	return 0;
}

static bool
add(void *ctx, const struct mn_evidence *e, struct mn_err *err)
{
	struct made *m = ctx;
	(void)err;
	m->e = *e;
	m->n++;
	return true;
}

static void
note(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	struct made *m = ctx;
	(void)f;
	(void)detail;
	assert_true(m->n_note < countof(m->note));
	m->value[m->n_note] = value;
	m->note[m->n_note++] = code;
}

static struct made
make(struct mn_record rec)
{
	struct made m = {.n = 0};
	struct mn_err err = MN_ERR_NONE;
	const struct mn_ev_sink sink = {add, &m, note};
	struct mn_ev_in in = {.pack = pack,
	    .rec = &rec,
	    .match_q16 = MN_FX_ONE,
	    .as_of = mn_day_from(2026, 11, 1)};
	bool good = rec.kind == MN_K_FINDINGS
			? mn_evidence_of_finding(&in, &sink, arena, &err)
			: mn_evidence_of_inspection(&in, &sink, arena, &err);
	assert_true(good);
	return m;
}

#define FINDING(...) \
	make(make_record(MN_K_FINDINGS, MN_F_INDICATOR, "I07", MN_F_SOURCE_CLASS, \
	    "union", __VA_ARGS__, MN_F_NONE))
#define INSPECTION(...) make(make_record(MN_K_INSPECTIONS, __VA_ARGS__, MN_F_NONE))

/* ---- closing ---- */

static void
test_only_workers_verify(void **state)
{
	(void)state;
	static const struct {
		const char *by;
		enum mn_status want;
	} ROWS[] = {{"works council", MN_WORKER_VERIFIED}, {"Union", MN_WORKER_VERIFIED},
	    {"offsite_interviews", MN_WORKER_VERIFIED},
	    {"Off-site interviews", MN_WORKER_VERIFIED},
	    {"auditor; workers", MN_WORKER_VERIFIED}, {"工会", MN_WORKER_VERIFIED},
	    {"audit firm", MN_CLOSED_ON_CLAIM}, {"the factory", MN_CLOSED_ON_CLAIM},
	    {"audit_unannounced", MN_CLOSED_ON_CLAIM},
	    {"confirmed to the workers by HR", MN_CLOSED_ON_CLAIM},
	    {"", MN_CLOSED_ON_CLAIM}};
	for (size_t i = 0; i < countof(ROWS); i++) {
		struct made m = FINDING(MN_F_STATUS, "worker_verified", MN_F_CLOSED_ON,
		    "2026-01-01", MN_F_VERIFIED_BY, ROWS[i].by);
		bool verified = ROWS[i].want == MN_WORKER_VERIFIED;
		assert_int_equal(m.e.status, ROWS[i].want);
		assert_int_equal(m.e.said_verified, !verified);
		assert_int_equal(m.n_note, !verified);
		if (!verified)
			assert_int_equal(m.note[0], MN_E_NOT_VERIFIED);
	}
}

static void
test_the_words_of_verified_by_are_not_repeated(void **state)
{
	(void)state;
	struct made m = FINDING(MN_F_STATUS, "worker_verified", MN_F_CLOSED_ON,
	    "2026-01-01", MN_F_VERIFIED_BY, "Jo Invented, shift leader");
	assert_int_equal(m.e.verifier.n, 0);
	assert_int_equal(m.value[0].n, 0);
}

static void
test_a_closing_day_and_workers_make_it_verified_without_a_status(void **state)
{
	(void)state;
	assert_int_equal(
	    FINDING(MN_F_CLOSED_ON, "2026-01-01", MN_F_VERIFIED_BY, "union").e.status,
	    MN_WORKER_VERIFIED);
	assert_int_equal(
	    FINDING(MN_F_CLOSED_ON, "2026-01-01", MN_F_VERIFIED_BY, "buyer").e.status,
	    MN_CLOSED_ON_CLAIM);
	/* Who says "on claim" says so. */
	assert_int_equal(FINDING(MN_F_STATUS, "closed_on_claim", MN_F_CLOSED_ON,
			     "2026-01-01", MN_F_VERIFIED_BY, "union")
			     .e.status,
	    MN_CLOSED_ON_CLAIM);
}

static void
test_a_later_closing_day_has_not_come(void **state)
{
	(void)state;
	struct made m = FINDING(MN_F_STATUS, "worker_verified", MN_F_CLOSED_ON,
	    "2027-01-01", MN_F_VERIFIED_BY, "union");
	assert_int_equal(m.e.status, MN_OPEN);
	assert_int_equal(m.note[0], MN_E_CLOSED_LATER);
}

static void
test_odd_closings_are_remarked(void **state)
{
	(void)state;
	struct made open = FINDING(MN_F_STATUS, "open", MN_F_CLOSED_ON, "2026-01-01");
	struct made no_day =
	    FINDING(MN_F_STATUS, "closed_on_claim", MN_F_DATE, "2026-01-01");
	assert_int_equal(open.e.status, MN_OPEN);
	assert_int_equal(open.note[0], MN_E_CONTRADICTION);
	assert_int_equal(no_day.e.status, MN_CLOSED_ON_CLAIM);
	assert_int_equal(no_day.note[0], MN_E_CLOSED_NO_DAY);
}

static void
test_inspections_are_verified_by_workers_only(void **state)
{
	(void)state;
	struct made m = INSPECTION(MN_F_AUTHORITY, "X", MN_F_VIOLATION, "SAFETY",
	    MN_F_STATUS, "worker_verified", MN_F_CLOSED_ON, "2026-01-01");
	assert_int_equal(m.e.status, MN_CLOSED_ON_CLAIM);
	assert_int_equal(m.note[0], MN_E_NOT_VERIFIED);
	m = INSPECTION(MN_F_AUTHORITY, "X", MN_F_VIOLATION, "SAFETY", MN_F_STATUS,
	    "worker_verified", MN_F_CLOSED_ON, "2026-01-01", MN_F_VERIFIED_BY, "workers");
	assert_int_equal(m.e.status, MN_WORKER_VERIFIED);
}

/* ---- the check ---- */

static void
test_who_paid(void **state)
{
	(void)state;
	assert_true(FINDING(MN_F_PAID_BY, "The Factory").e.supplier_paid);
	assert_true(FINDING(MN_F_PAID_BY, "buyer / supplier").e.supplier_paid);
	assert_false(FINDING(MN_F_PAID_BY, "brand").e.supplier_paid);
	struct made m = FINDING(MN_F_PAID_BY, "petty cash");
	assert_false(m.e.supplier_paid);
	assert_int_equal(m.note[0], MN_E_CELL_VALUE);
}

static void
test_an_audit_told_two_ways_is_announced(void **state)
{
	(void)state;
	struct made m =
	    FINDING(MN_F_SOURCE_CLASS, "audit_unannounced", MN_F_ANNOUNCED, "yes");
	struct made o =
	    FINDING(MN_F_SOURCE_CLASS, "audit_announced", MN_F_ANNOUNCED, "no");
	int told = mn_pack_source_class(pack, MN_S("audit_announced"));
	assert_int_equal(m.e.source_class, told);
	assert_int_equal(o.e.source_class, told);
	assert_false(m.e.unannounced || o.e.unannounced);
	assert_int_equal(m.note[0], MN_E_CONTRADICTION);
	assert_int_equal(o.note[0], MN_E_CONTRADICTION);
}

static void
test_workers_who_answered_adversely_are_heard(void **state)
{
	(void)state;
	struct made m = FINDING(MN_F_DIRECTION, "clear", MN_F_SOURCE_CLASS,
	    "worker_survey", MN_F_N_ASKED, "40", MN_F_N_ADVERSE, "3");
	assert_int_equal(m.e.direction, MN_ADVERSE);
	assert_int_equal(m.e.strength, MN_WEAK);
	assert_int_equal(m.note[0], MN_E_CONTRADICTION);
	m = FINDING(MN_F_DIRECTION, "clear", MN_F_SOURCE_CLASS, "worker_survey",
	    MN_F_N_ASKED, "40", MN_F_N_ADVERSE, "0");
	assert_int_equal(m.e.direction, MN_CLEAR);
	assert_int_equal(m.e.asked, 40);
	assert_int_equal(m.n_note, 0);
}

static void
test_the_answer_and_every_column_travel(void **state)
{
	(void)state;
	struct made m = FINDING(MN_F_SUPPLIER_RESPONSE, "the lockers have keys now",
	    MN_F_COOCCURRENCE, "worker", MN_F_OFFSITE, "yes", MN_F_PAID_BY, "supplier",
	    MN_F_STATUS, "worker_verified", MN_F_CLOSED_ON, "2026-02-03",
	    MN_F_VERIFIED_BY, "buyer", MN_F_N_ASKED, "50", MN_F_N_ADVERSE, "20");
	struct mn_buf key = mn_buf_new(4096), body = mn_buf_new(4096),
		      pos = mn_buf_new(4096);
	struct mn_err err = MN_ERR_NONE;
	struct mn_evidence e;
	mn_evidence_sort_key(&m.e, &key);
	mn_evidence_encode(&m.e, &body, &pos);
	assert_true(mn_evidence_decode(
	    mn_buf_str(&key), mn_buf_str(&body), mn_buf_str(&pos), &e, &err));
	assert_true(mn_str_eq(e.response, MN_S("the lockers have keys now")));
	assert_true(mn_str_eq(e.verifier, MN_S("the buyer")));
	assert_true(e.said_verified && e.offsite && e.supplier_paid && !e.unannounced);
	assert_int_equal(e.cooccurrence, MN_CO_WORKER);
	assert_int_equal(e.asked, 50);
	assert_int_equal(e.workers, 20);
	mn_buf_free(&key);
	mn_buf_free(&body);
	mn_buf_free(&pos);
}

static void
test_unspecified_is_listed_and_weighs_nothing(void **state)
{
	(void)state;
	struct made m = make(make_record(
	    MN_K_FINDINGS, MN_F_INDICATOR, "unspecified", MN_F_STRENGTH, "S", MN_F_NONE));
	assert_int_equal(m.n, 1);
	assert_int_equal(m.e.indicator, MN_INDICATOR_NONE);
	assert_int_equal(m.e.strength, MN_STRENGTH_NONE);
}

/* ---- codes of the user ---- */

static struct mn_own_codes
codes(void)
{
	struct mn_own_codes x = mn_own_codes_new(pack);
	struct mn_record r =
	    make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "PP-7", MN_F_INDICATOR, "I07",
		MN_F_STRENGTH, "S", MN_F_DESCRIPTION, "papers held", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_NONE);
	r = make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "FS-2", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_CODE_NOTHING);
	return x;
}

static void
test_a_code_means_what_its_row_says(void **state)
{
	(void)state;
	struct mn_own_codes x = codes();
	struct mn_record r =
	    make_record(MN_K_FINDINGS, MN_F_INDICATOR, "pp 7", MN_F_NONE);
	assert_true(mn_own_codes_apply(&x, &r));
	struct made m = make(r);
	assert_int_equal(m.e.indicator, 6);
	assert_int_equal(m.e.strength, MN_STRONG);
	assert_true(mn_str_eq(m.e.label, MN_S("papers held")));
	assert_true(mn_str_eq(m.e.pack_row, MN_S("codes/PP-7: indicators/I07")));
	/* What the finding says itself comes first. */
	r = make_record(MN_K_FINDINGS, MN_F_INDICATOR, "PP-7", MN_F_STRENGTH, "W",
	    MN_F_DESCRIPTION, "two papers", MN_F_NONE);
	assert_true(mn_own_codes_apply(&x, &r));
	m = make(r);
	assert_int_equal(m.e.strength, MN_WEAK);
	assert_true(mn_str_eq(m.e.label, MN_S("two papers")));
	r = make_record(MN_K_FINDINGS, MN_F_INDICATOR, "FS-2", MN_F_NONE);
	assert_true(mn_own_codes_apply(&x, &r));
	assert_int_equal(make(r).e.indicator, MN_INDICATOR_NONE);
	mn_own_codes_free(&x);
}

/* The sheet of codes of the template tells codes and names: both are read. */
static void
test_indicators_and_sources_go_by_their_names(void **state)
{
	(void)state;
	struct mn_own_codes x = codes();
	struct mn_record r = make_record(MN_K_FINDINGS, MN_F_INDICATOR,
	    "excessive  Overtime", MN_F_SOURCE_CLASS, "Announced audit", MN_F_NONE);
	assert_true(mn_own_codes_apply(&x, &r));
	struct made m = make(r);
	assert_int_equal(m.e.indicator, 10);
	assert_true(mn_str_eq(
	    pack->source_class[m.e.source_class].code, MN_S("audit_announced")));
	r = make_record(MN_K_FINDINGS, MN_F_INDICATOR, "I03", MN_F_SOURCE_CLASS,
	    "Self-assessment", MN_F_NONE);
	m = make(r);
	assert_true(mn_str_eq(
	    pack->source_class[m.e.source_class].code, MN_S("self_assessment")));
	r = make_record(
	    MN_K_FINDINGS, MN_F_INDICATOR, "overtime of some kind", MN_F_NONE);
	assert_false(mn_own_codes_apply(&x, &r));
	r = make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "X-1", MN_F_INDICATOR,
	    "Debt bondage", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_NONE);
	mn_own_codes_free(&x);
}

static void
test_rows_of_codes_that_cannot_be_used(void **state)
{
	(void)state;
	struct mn_own_codes x = codes();
	struct mn_record r = make_record(
	    MN_K_OWN_CODES, MN_F_OWN_CODE, "pp-7", MN_F_INDICATOR, "I08", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_CODE_TWICE);
	r = make_record(
	    MN_K_OWN_CODES, MN_F_OWN_CODE, "I3", MN_F_INDICATOR, "I05", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_CODE_TAKEN);
	r = make_record(
	    MN_K_OWN_CODES, MN_F_OWN_CODE, "Q1", MN_F_INDICATOR, "I77", MN_F_NONE);
	assert_int_equal(mn_own_codes_add(&x, &r), MN_E_INDICATOR);
	mn_own_codes_free(&x);
}

static void
test_rows_of_one_code_count_whatever_their_order(void **state)
{
	(void)state;
	struct mn_record row[] = {
	    make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "Q1", MN_F_INDICATOR, "I08",
		MN_F_STRENGTH, "W", MN_F_NONE),
	    make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "q1", MN_F_INDICATOR, "I07",
		MN_F_STRENGTH, "M", MN_F_NONE),
	    make_record(MN_K_OWN_CODES, MN_F_OWN_CODE, "Q1", MN_F_NONE)};
	for (unsigned first = 0; first < 3; first++) {
		struct mn_own_codes x = mn_own_codes_new(pack);
		for (unsigned i = 0; i < 3; i++) {
			enum mn_code c = mn_own_codes_add(&x, &row[(first + i) % 3]);
			assert_int_equal(c == MN_E_CODE_TWICE, i > 0);
		}
		struct mn_record r =
		    make_record(MN_K_FINDINGS, MN_F_INDICATOR, "Q1", MN_F_NONE);
		assert_true(mn_own_codes_apply(&x, &r));
		assert_true(mn_str_eq(r.v[MN_F_INDICATOR], MN_S("I07")));
		assert_true(mn_str_eq(r.v[MN_F_STRENGTH], MN_S("M")));
		mn_own_codes_free(&x);
	}
}

static void
test_an_unknown_code_names_the_nearest(void **state)
{
	(void)state;
	struct mn_own_codes x = codes();
	struct mn_record r =
	    make_record(MN_K_FINDINGS, MN_F_INDICATOR, "PP-8", MN_F_NONE);
	assert_false(mn_own_codes_apply(&x, &r));
	assert_true(mn_str_eq(mn_own_codes_nearest(&x, MN_S("PP-8")), MN_S("PP-7")));
	assert_true(mn_str_eq(mn_own_codes_nearest(&x, MN_S("I00")), MN_S("I01")));
	assert_int_equal(mn_own_codes_nearest(&x, MN_S("something else")).n, 0);
	mn_own_codes_free(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_only_workers_verify),
	    cmocka_unit_test(test_the_words_of_verified_by_are_not_repeated),
	    cmocka_unit_test(
		test_a_closing_day_and_workers_make_it_verified_without_a_status),
	    cmocka_unit_test(test_a_later_closing_day_has_not_come),
	    cmocka_unit_test(test_odd_closings_are_remarked),
	    cmocka_unit_test(test_inspections_are_verified_by_workers_only),
	    cmocka_unit_test(test_who_paid),
	    cmocka_unit_test(test_an_audit_told_two_ways_is_announced),
	    cmocka_unit_test(test_workers_who_answered_adversely_are_heard),
	    cmocka_unit_test(test_the_answer_and_every_column_travel),
	    cmocka_unit_test(test_unspecified_is_listed_and_weighs_nothing),
	    cmocka_unit_test(test_a_code_means_what_its_row_says),
	    cmocka_unit_test(test_indicators_and_sources_go_by_their_names),
	    cmocka_unit_test(test_rows_of_codes_that_cannot_be_used),
	    cmocka_unit_test(test_rows_of_one_code_count_whatever_their_order),
	    cmocka_unit_test(test_an_unknown_code_names_the_nearest),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

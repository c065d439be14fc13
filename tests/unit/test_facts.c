/* Findings and inspections become evidence; list rows become gate statuses. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/evidence/evidence.h"

struct made {
	struct mn_evidence e[32];
	size_t n;
	enum mn_code note[8];
	size_t n_note;
};

static bool
add(void *ctx, const struct mn_evidence *e, struct mn_err *err)
{
	struct made *m = ctx;
	(void)err;
	assert_true(m->n < countof(m->e));
	m->e[m->n++] = *e;
	return true;
}

static void
note(void *ctx, enum mn_code code, enum mn_field f, struct mn_str value,
    struct mn_str detail)
{
	struct made *m = ctx;
	(void)f;
	(void)value;
	(void)detail;
	assert_true(m->n_note < countof(m->note));
	m->note[m->n_note++] = code;
}

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

#define FINDING(...) make(make_record(MN_K_FINDINGS, __VA_ARGS__, MN_F_NONE))
#define INSPECTION(...) make(make_record(MN_K_INSPECTIONS, __VA_ARGS__, MN_F_NONE))

static struct mn_str
class_of(const struct mn_evidence *e)
{
	return pack->source_class[e->source_class].code;
}

static void
test_a_finding_keeps_what_the_row_says(void **state)
{
	(void)state;
	struct made m =
	    FINDING(MN_F_INDICATOR, "I07", MN_F_STRENGTH, "S", MN_F_SOURCE_CLASS, "union",
		MN_F_STATUS, "open", MN_F_DATE, "2026-05-01", MN_F_IMPOSED_BY, "state");
	assert_int_equal(m.n, 1);
	assert_int_equal(m.e[0].indicator, 6);
	assert_int_equal(m.e[0].strength, MN_STRONG);
	assert_int_equal(m.e[0].status, MN_OPEN);
	assert_int_equal(m.e[0].imposed_by, MN_IMPOSED_STATE);
	assert_int_equal(m.e[0].event_day, mn_day_from(2026, 5, 1));
	assert_true(mn_str_eq(class_of(&m.e[0]), MN_S("union")));
}

/* A lens's code has its own letter and may speak for two indicators; it is one source. */
static void
test_a_code_of_a_lens_is_an_indicator_too(void **state)
{
	(void)state;
	struct made m =
	    FINDING(MN_F_INDICATOR, "P06", MN_F_SOURCE_CLASS, "union", MN_F_ROOT, "R");
	assert_int_equal(m.n, 2);
	assert_int_equal(m.e[0].indicator, 2);
	assert_int_equal(m.e[1].indicator, 3);
	assert_int_equal(m.e[0].strength, MN_STRONG);
	assert_true(m.e[0].root.hi == m.e[1].root.hi && m.e[0].root.lo == m.e[1].root.lo);
	assert_true(m.e[0].key.lo != m.e[1].key.lo);
	assert_int_equal(FINDING(MN_F_INDICATOR, "dr10").e[0].strength, MN_WEAK);
	assert_int_equal(
	    FINDING(MN_F_INDICATOR, "DR10", MN_F_STRENGTH, "S").e[0].strength, MN_STRONG);
	/* One that speaks for none of the eleven is listed and weighs nothing. */
	assert_int_equal(
	    FINDING(MN_F_INDICATOR, "CD06").e[0].indicator, MN_INDICATOR_NONE);
	assert_int_equal(FINDING(MN_F_INDICATOR, "survey").n, 0);
}

static void
test_status_defaults_to_unknown_and_a_closing_day_closes(void **state)
{
	(void)state;
	assert_int_equal(FINDING(MN_F_INDICATOR, "I01").e[0].status, MN_STATUS_UNKNOWN);
	assert_int_equal(
	    FINDING(MN_F_INDICATOR, "I01", MN_F_CLOSED_ON, "2026-01-01").e[0].status,
	    MN_CLOSED_ON_CLAIM);
}

static void
test_a_small_survey_falls_to_the_smaller_class(void **state)
{
	(void)state;
	struct made small = FINDING(MN_F_INDICATOR, "I09", MN_F_SOURCE_CLASS,
	    "worker_survey", MN_F_N_ASKED, "29");
	struct made large = FINDING(MN_F_INDICATOR, "I09", MN_F_SOURCE_CLASS,
	    "worker_survey", MN_F_N_ASKED, "30");
	assert_true(mn_str_eq(class_of(&small.e[0]), MN_S("worker_survey_small")));
	assert_true(mn_str_eq(class_of(&large.e[0]), MN_S("worker_survey")));
}

static void
test_an_audit_is_announced_unless_the_row_says_otherwise(void **state)
{
	(void)state;
	struct made told = FINDING(MN_F_INDICATOR, "I09", MN_F_SOURCE_CLASS, "audit");
	struct made surprise = FINDING(
	    MN_F_INDICATOR, "I09", MN_F_SOURCE_CLASS, "Audit", MN_F_ANNOUNCED, "no");
	assert_true(mn_str_eq(class_of(&told.e[0]), MN_S("audit_announced")));
	assert_true(mn_str_eq(class_of(&surprise.e[0]), MN_S("audit_unannounced")));
}

static void
test_an_unknown_source_class_is_unstated_with_a_remark(void **state)
{
	(void)state;
	struct made m = FINDING(MN_F_INDICATOR, "I02", MN_F_SOURCE_CLASS, "rumour");
	assert_true(mn_str_eq(class_of(&m.e[0]), MN_S("unstated")));
	assert_int_equal(m.note[0], MN_E_CELL_VALUE);
}

static void
test_one_root_column_makes_two_rows_one_source(void **state)
{
	(void)state;
	struct made a = FINDING(
	    MN_F_INDICATOR, "I03", MN_F_ROOT, "ngo report", MN_F_REFERENCE, "paper A");
	struct made b = FINDING(
	    MN_F_INDICATOR, "I03", MN_F_ROOT, "ngo report", MN_F_REFERENCE, "paper B");
	struct made c = FINDING(MN_F_INDICATOR, "I03", MN_F_REFERENCE, "paper B");
	assert_int_equal(mn_key_cmp(a.e[0].root, b.e[0].root), 0);
	assert_int_not_equal(mn_key_cmp(b.e[0].root, c.e[0].root), 0);
	assert_int_not_equal(mn_key_cmp(a.e[0].key, b.e[0].key), 0);
}

static void
test_nothing_from_the_future_and_no_unknown_indicator(void **state)
{
	(void)state;
	struct made later = FINDING(
	    MN_F_INDICATOR, "I01", MN_F_DATE, "2026-11-02", MN_F_SOURCE_CLASS, "union");
	assert_int_equal(later.n, 0);
	assert_int_equal(later.note[0], MN_E_FUTURE);
	struct made odd = FINDING(MN_F_INDICATOR, "I12");
	assert_int_equal(odd.n, 0);
	assert_int_equal(odd.note[0], MN_E_INDICATOR);
}

static void
test_violation_codes_are_read_by_the_authority_s_table(void **state)
{
	(void)state;
	struct made m = INSPECTION(MN_F_AUTHORITY, "US WHD", MN_F_CASE_ID, "1",
	    MN_F_VIOLATION, "BW;MW;NOSUCH", MN_F_CLOSED, "2026-01-05");
	assert_int_equal(m.n, 3);
	assert_int_equal(m.e[0].indicator, 7);
	assert_int_equal(m.e[0].strength, MN_WEAK);
	assert_int_equal(m.e[1].strength, MN_MEDIUM);
	assert_int_equal(m.e[2].indicator, MN_INDICATOR_NONE);
	assert_int_equal(m.note[0], MN_E_VIOLATION);
	assert_int_equal(mn_key_cmp(m.e[0].root, m.e[1].root), 0);
}

static void
test_no_stated_result_is_not_a_clean_inspection(void **state)
{
	(void)state;
	struct made m =
	    INSPECTION(MN_F_AUTHORITY, "Labour Inspectorate", MN_F_CLOSED, "2026-01-05");
	assert_int_equal(m.n, 1);
	assert_int_equal(m.e[0].indicator, MN_INDICATOR_NONE);
	struct made half = INSPECTION(MN_F_OUTCOME, "none", MN_F_ACCESS, "partial");
	assert_int_equal(half.n, 1);
	assert_int_equal(half.e[0].indicator, MN_INDICATOR_NONE);
}

static void
test_a_clean_inspection_clears_what_the_authority_looks_at(void **state)
{
	(void)state;
	struct made m =
	    INSPECTION(MN_F_AUTHORITY, "WHD", MN_F_OUTCOME, "none", MN_F_ANNOUNCED, "no");
	assert_int_equal(m.n, 1);
	assert_int_equal(m.e[0].indicator, 7);
	assert_int_equal(m.e[0].direction, MN_CLEAR);
	assert_true(m.e[0].unannounced);
}

static void
test_minors_and_denied_access_speak_without_a_code(void **state)
{
	(void)state;
	struct made m =
	    INSPECTION(MN_F_MINORS, "2", MN_F_ACCESS, "denied", MN_F_BACK_WAGES, "10.5");
	assert_int_equal(m.n, 3);
	assert_int_equal(m.e[0].strength, MN_STRONG);
	struct made coded =
	    INSPECTION(MN_F_VIOLATION, "WAGES_LATE", MN_F_BACK_WAGES, "10.5");
	assert_int_equal(coded.n, 1);
}

static enum mn_gate_status
dates(const char *intervals, const char *from, const char *to, int32_t *listed,
    int32_t *ended)
{
	struct mn_record r = make_record(MN_K_WATCHLIST, MN_F_INTERVALS, intervals,
	    MN_F_LISTED_ON, from, MN_F_ENDED_ON, to, MN_F_NONE);
	return mn_gate_dates(&r, mn_day_from(2026, 11, 1), listed, ended);
}

static void
test_intervals_of_a_register(void **state)
{
	int32_t from, to;
	(void)state;
	assert_int_equal(dates("", "", "", &from, &to), MN_GATE_HIT);
	assert_int_equal(dates("", "2026-01-01", "", &from, &to), MN_GATE_HIT);
	assert_int_equal(
	    dates("", "2024-01-01", "2026-01-01", &from, &to), MN_GATE_ENDED);
	assert_int_equal(dates("", "2026-11-02", "", &from, &to), MN_GATE_NOT_APPLICABLE);
	assert_int_equal(
	    dates("2024-04-05/2024-05-10;2025-04-09/", "", "", &from, &to), MN_GATE_HIT);
	assert_int_equal(from, mn_day_from(2025, 4, 9));
	assert_int_equal(to, MN_DAY_NONE);
	assert_int_equal(
	    dates("2025-04-09/2025-04-10;2024-04-05/2024-05-10", "", "", &from, &to),
	    MN_GATE_ENDED);
	assert_int_equal(from, mn_day_from(2025, 4, 9));
	/* Ended on the as-of day is still listed on that day. */
	assert_int_equal(dates("2025-04-09/2026-11-01", "", "", &from, &to), MN_GATE_HIT);
}

static void
test_licence_checks_as_entered(void **state)
{
	static const struct {
		const char *status, *valid_to, *checked;
		bool said;
		enum mn_gate_status want;
	} ROWS[] = {
	    {"", "", "2026-09-01", false, MN_GATE_NOT_CHECKED},
	    {"", "2026-01-01", "", true, MN_GATE_POSSIBLE},
	    {"licensed", "2027-01-01", "2026-09-01", true, MN_GATE_NO_MATCH},
	    {"licensed", "2026-01-01", "2026-09-01", true, MN_GATE_HIT},
	    /* Looked at before it ran out: it may have been renewed. */
	    {"licensed", "2026-10-01", "2026-09-01", true, MN_GATE_POSSIBLE},
	    /* Stated, or looked up more than 90 days ago. */
	    {"licensed", "2027-01-01", "", true, MN_GATE_NOT_CHECKED},
	    {"licensed", "2027-01-01", "2026-07-01", true, MN_GATE_NOT_CHECKED},
	    {"licensed", "2027-01-01", "2027-07-01", true, MN_GATE_NOT_CHECKED},
	    {"conditional", "", "2026-09-01", true, MN_GATE_NO_MATCH},
	    {"revoked", "", "2026-09-01", true, MN_GATE_HIT},
	    {"revoked", "", "", true, MN_GATE_POSSIBLE},
	    {"expired", "2025-11-01", "2026-09-01", true, MN_GATE_HIT},
	    {"none", "", "", true, MN_GATE_POSSIBLE},
	    {"none", "", "2026-09-01", true, MN_GATE_POSSIBLE}, /* not "unlicensed" */
	    {"applied", "", "2026-09-01", true, MN_GATE_POSSIBLE},
	};
	(void)state;
	for (size_t i = 0; i < countof(ROWS); i++) {
		struct mn_entity e = {
		    .rec = make_record(MN_K_SUPPLIERS, MN_F_LICENCE_STATUS,
			ROWS[i].status, MN_F_LICENCE_VALID_TO, ROWS[i].valid_to,
			MN_F_LICENCE_CHECKED_ON, ROWS[i].checked, MN_F_NONE)};
		struct mn_gate_fact g;
		bool said =
		    mn_gate_licence(pack, &e, mn_day_from(2026, 11, 1), &arena, &g);
		assert_int_equal(said, ROWS[i].said);
		if (said)
			assert_int_equal(g.status, ROWS[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_finding_keeps_what_the_row_says),
	    cmocka_unit_test(test_a_code_of_a_lens_is_an_indicator_too),
	    cmocka_unit_test(test_status_defaults_to_unknown_and_a_closing_day_closes),
	    cmocka_unit_test(test_a_small_survey_falls_to_the_smaller_class),
	    cmocka_unit_test(test_an_audit_is_announced_unless_the_row_says_otherwise),
	    cmocka_unit_test(test_an_unknown_source_class_is_unstated_with_a_remark),
	    cmocka_unit_test(test_one_root_column_makes_two_rows_one_source),
	    cmocka_unit_test(test_nothing_from_the_future_and_no_unknown_indicator),
	    cmocka_unit_test(test_violation_codes_are_read_by_the_authority_s_table),
	    cmocka_unit_test(test_no_stated_result_is_not_a_clean_inspection),
	    cmocka_unit_test(test_a_clean_inspection_clears_what_the_authority_looks_at),
	    cmocka_unit_test(test_minors_and_denied_access_speak_without_a_code),
	    cmocka_unit_test(test_intervals_of_a_register),
	    cmocka_unit_test(test_licence_checks_as_entered),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

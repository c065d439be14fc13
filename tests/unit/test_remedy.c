/* The plan and the ledger: proposals met with what was recorded, days, small groups. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "../../engine/report/fee_view.h"
#include "../../engine/report/remedy.h"

#define AS_OF 20700 /* 2026-09-04 */

struct fix {
	struct mn_arena root, a;
	struct mn_report r;
	struct mn_view v;
	struct mn_done done[8];
	struct mn_fee_stat fee[2];
};

static int
setup(void **state)
{
	static struct fix f;
	f = (struct fix){.root = mn_arena_new((size_t)1 << 28, NULL)};
	f.a = f.root;
	f.r.pack = shipped_packs(&f.a);
	f.r.as_of = AS_OF;
	f.v.ent.id = (struct mn_eid){5, 6};
	f.v.done = f.done;
	f.v.fee = f.fee;
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fix *f = *state;
	mn_arena_free(f->root);
	return 0;
}

/* Adds a row; those of one thing after each other, as the table has them. */
static void
add(struct fix *f, struct mn_record rec)
{
	struct mn_done *d = &f->done[f->v.n_done++];
	*d = (struct mn_done){.who = f->v.ent.id,
	    .thing = mn_done_thing(&rec, (struct mn_key){5, 6}),
	    .day = mn_done_day(&rec),
	    .rec = rec};
	if (d > f->done && mn_key_cmp(d[-1].thing, d->thing) == 0)
		d->rank = d[-1].rank + 1;
	mn_done_mark_last(f->done, f->v.n_done);
}

static const struct mn_plan_row *
row_of(const struct mn_plan_row *p, uint32_t n, const char *id)
{
	for (uint32_t i = 0; i < n; i++)
		if (mn_str_eq(p[i].id, mn_str_c(id)))
			return &p[i];
	return NULL;
}

static void
proposals_come_with_time_and_verification(void **state)
{
	struct fix *f = *state;
	const struct mn_plan_row *p;
	f->v.card.ind[6].state = MN_STATE_ADVERSE;
	uint32_t n = mn_plan_of(&f->r, &f->v, &f->a, &p);
	const struct mn_plan_row *one = row_of(p, n, "I07-1"),
				 *two = row_of(p, n, "I07-2");
	assert_true(one && two);
	assert_int_equal(one->state, MN_PLAN_PROPOSED);
	assert_true(one->within_days > 0 && one->verify.n > 0);
	/* What a row does not say itself it takes from the first of its subject. */
	assert_true(mn_str_eq(two->verify, one->verify));
	assert_null(row_of(p, n, "I03-1"));
}

static void
states_follow_from_what_was_recorded(void **state)
{
	static const struct {
		enum mn_field f[2];
		const char *text[2];
		enum mn_plan_state want;
	} CASES[] = {
	    {{MN_F_OWNER, MN_F_NONE}, {"o", NULL}, MN_PLAN_OPEN},
	    {{MN_F_DUE, MN_F_NONE}, {"2026-09-04", NULL}, MN_PLAN_OPEN},
	    {{MN_F_DUE, MN_F_NONE}, {"2026-09-03", NULL}, MN_PLAN_OVERDUE},
	    {{MN_F_ACTION_STATUS, MN_F_NONE}, {"in_progress", NULL}, MN_PLAN_IN_PROGRESS},
	    {{MN_F_DUE, MN_F_DONE_ON}, {"2026-09-03", "2026-09-04"}, MN_PLAN_DONE},
	    {{MN_F_ACTION_STATUS, MN_F_VERIFIED_BY}, {"done", "union"}, MN_PLAN_VERIFIED},
	    /* Another's word is a claim, and so is a name that nobody here knows. */
	    {{MN_F_ACTION_STATUS, MN_F_VERIFIED_BY}, {"done", "supplier"}, MN_PLAN_DONE},
	    {{MN_F_DONE_ON, MN_F_VERIFIED_BY}, {"2026-09-01", "auditor"}, MN_PLAN_DONE},
	    {{MN_F_OWNER, MN_F_VERIFIED_BY}, {"o", "Invented Compliance Ltd"},
		MN_PLAN_DONE},
	    {{MN_F_OWNER, MN_F_VERIFIED_BY}, {"o", "union; Invented Workers Guild"},
		MN_PLAN_VERIFIED},
	    {{MN_F_ACTION_STATUS, MN_F_DUE}, {"dropped", "2026-01-01"}, MN_PLAN_DROPPED},
	};
	for (size_t i = 0; i < countof(CASES); i++) {
		struct fix *f = *state;
		const struct mn_plan_row *p;
		struct mn_record rec =
		    make_record(MN_K_ACTIONS, MN_F_ACTION, "x", MN_F_NONE);
		for (unsigned k = 0; k < 2; k++)
			if (CASES[i].f[k] != MN_F_NONE)
				rec.v[CASES[i].f[k]] = mn_str_c(CASES[i].text[k]);
		f->v.n_done = 0;
		add(f, rec);
		uint32_t n = mn_plan_of(&f->r, &f->v, &f->a, &p);
		assert_int_equal(n, 1);
		assert_int_equal(p[0].state, CASES[i].want);
		assert_string_equal(p[0].kind, "own");
	}
}

static void
an_entry_finds_its_proposal_and_stands_once(void **state)
{
	struct fix *f = *state;
	const struct mn_plan_row *p;
	f->v.card.ind[6].state = MN_STATE_ADVERSE;
	uint32_t before = mn_plan_of(&f->r, &f->v, &f->a, &p);
	add(f, make_record(MN_K_ACTIONS, MN_F_ACTION_ID, "I07-1", MN_F_OWNER, "a",
		   MN_F_RECORDED_ON, "2026-08-01", MN_F_NONE));
	add(f, make_record(MN_K_ACTIONS, MN_F_ACTION_ID, "I07-1", MN_F_OWNER, "b",
		   MN_F_RECORDED_ON, "2026-09-01", MN_F_NONE));
	uint32_t n = mn_plan_of(&f->r, &f->v, &f->a, &p);
	assert_int_equal(n, before);
	const struct mn_plan_row *one = row_of(p, n, "I07-1");
	assert_true(mn_str_eq(mn_plan_field(one, MN_F_OWNER), MN_S("b")));
	assert_int_equal(mn_done_before(one->last), 1);
	/* When the finding is gone the action is still told. */
	f->v.card.ind[6].state = MN_STATE_UNKNOWN;
	n = mn_plan_of(&f->r, &f->v, &f->a, &p);
	assert_int_equal(n, 1);
	assert_true(row_of(p, n, "I07-1") != NULL);
}

static void
what_was_done_about_one_step_is_not_done_about_another(void **state)
{
	struct fix *f = *state;
	const struct mn_plan_row *p;
	f->v.card.action = MN_ACT_ASK;
	add(f, make_record(MN_K_ACTIONS, MN_F_ACTION_ID, "next-ask", MN_F_ACTION_STATUS,
		   "done", MN_F_NONE));
	assert_int_equal(mn_plan_of(&f->r, &f->v, &f->a, &p), 1);
	assert_int_equal(p[0].state, MN_PLAN_DONE);
	f->v.card.action = MN_ACT_PROTECT;
	assert_int_equal(mn_plan_of(&f->r, &f->v, &f->a, &p), 2);
	assert_int_equal(p[0].state, MN_PLAN_PROPOSED);
}

/* A ledger of one recruiter and corridor; what is shown of it follows from the payers. */
static void
ledger(struct fix *f, uint32_t payers, int64_t paid_e4)
{
	struct mn_fee_money m = {.currency = "USD",
	    .payers = payers,
	    .owed_workers = payers,
	    .paid_e4 = paid_e4,
	    .owed_e4 = paid_e4};
	struct mn_buf b = mn_buf_new(256);
	mn_fee_money_add(&b, &m);
	f->fee[0] = (struct mn_fee_stat){.scope = MN_FEE_ENTITY,
	    .workers = payers,
	    .payers = payers,
	    .n_money = 1,
	    .money = mn_arena_str(&f->a, mn_buf_str(&b))};
	f->fee[1] = f->fee[0];
	f->fee[1].scope = MN_FEE_PAIR;
	f->fee[1].party = MN_S("Bluefinch");
	memcpy(f->fee[1].origin, "NP", 3);
	memcpy(f->fee[1].destination, "MY", 3);
	mn_buf_free(&b);
	f->v.n_fee = 2;
	f->v.fee_exact = f->fee;
	int64_t least = mn_view_min_cell(&f->r);
	f->v.fee_shown = mn_fee_shown_of_employer(f->fee, 2, &least, 1, &f->a);
	f->v.fee_money =
	    mn_fee_money_of_employer(f->fee, 2, f->v.fee_shown, &least, 1, &f->a);
}

#define DEBT(...) \
	make_record(MN_K_REMEDIATION, MN_F_RECRUITER, "bluefinch", MN_F_ORIGIN, "NP", \
	    MN_F_DESTINATION, "MY", MN_F_CURRENCY, "USD", __VA_ARGS__, MN_F_NONE)

static void
the_ledger_joins_what_was_recorded_with_the_fee_ledger(void **state)
{
	struct fix *f = *state;
	const struct mn_ledger_row *l;
	ledger(f, 40, 480000000);
	assert_int_equal(mn_ledger_of(&f->r, &f->v, &f->a, &l), 1);
	assert_true(l[0].shown && l[0].owed_e4 == 480000000 && !l[0].last);
	add(f, DEBT(MN_F_PAID, "12000", MN_F_DUE, "2026-09-03"));
	assert_int_equal(mn_ledger_of(&f->r, &f->v, &f->a, &l), 1);
	/* Owed by the fee ledger, paid by the record. */
	assert_true(l[0].owed_e4 == 480000000 && l[0].paid_e4 == 120000000);
	assert_true(l[0].overdue && !l[0].settled && l[0].workers == 40);
	add(f,
	    DEBT(MN_F_OWED, "50000", MN_F_PAID, "50000", MN_F_RECORDED_ON, "2026-09-04"));
	assert_int_equal(mn_ledger_of(&f->r, &f->v, &f->a, &l), 1);
	assert_true(l[0].owed_e4 == 500000000 && l[0].by_fees_e4 == 480000000);
	assert_true(l[0].settled && !l[0].overdue);
}

static void
only_workers_verify_that_it_was_paid(void **state)
{
	static const struct {
		const char *by;
		bool verified;
	} CASES[] = {{"supplier", false}, {"factory management", false},
	    {"auditor", false}, {"we", false}, {"Invented Assurance Ltd", false},
	    {"union", true}, {"off-site interviews", true},
	    {"workers' representatives; auditor", true}};
	for (size_t i = 0; i < countof(CASES); i++) {
		struct fix *f = *state;
		const struct mn_ledger_row *l;
		f->v.n_done = 0;
		ledger(f, 40, 480000000);
		add(f, DEBT(MN_F_OWED, "50000", MN_F_PAID, "50000", MN_F_VERIFIED_BY,
			   CASES[i].by));
		assert_int_equal(mn_ledger_of(&f->r, &f->v, &f->a, &l), 1);
		if (l[0].verified != CASES[i].verified)
			fail_msg("%s", CASES[i].by);
	}
}

static void
another_corridor_is_another_debt(void **state)
{
	struct fix *f = *state;
	const struct mn_ledger_row *l;
	ledger(f, 40, 480000000);
	memcpy(f->fee[1].origin, "BD", 3);
	add(f, DEBT(MN_F_PAID, "12000"));
	assert_int_equal(mn_ledger_of(&f->r, &f->v, &f->a, &l), 2);
}

static void
small_groups_are_withheld_whoever_tells_of_them(void **state)
{
	struct fix *f = *state;
	const struct mn_ledger_row *l;
	ledger(f, 3, 480000000);
	mn_ledger_of(&f->r, &f->v, &f->a, &l);
	assert_false(l[0].shown);
	/* The user's own row about them shows no more. */
	add(f, DEBT(MN_F_OWED, "48000", MN_F_PAID, "0"));
	mn_ledger_of(&f->r, &f->v, &f->a, &l);
	assert_false(l[0].shown);
	assert_int_equal(l[0].by_fees_e4, -1);
	f->v.n_fee = 0;
	f->v.n_done = 0;
	add(f, DEBT(MN_F_OWED, "48000", MN_F_WORKERS, "6"));
	mn_ledger_of(&f->r, &f->v, &f->a, &l);
	assert_true(l[0].shown);
	f->r.audience = MN_AUD_PUBLIC;
	mn_ledger_of(&f->r, &f->v, &f->a, &l);
	assert_false(l[0].shown);
	/* Of how many is not said: the public is told nothing. */
	f->v.n_done = 0;
	add(f, DEBT(MN_F_OWED, "48000"));
	mn_ledger_of(&f->r, &f->v, &f->a, &l);
	assert_false(l[0].shown);
}

/* ---- what a gate means for the user ---- */

static void
user(struct fix *f, const char *name, const char *year, const char *imports)
{
	static struct mn_done own[4];
	struct mn_record rec = make_record(MN_K_PROFILE, MN_F_NAME, name, MN_F_YEAR, year,
	    MN_F_IMPORTS_INTO, imports, MN_F_SELLS_IN, "NONE", MN_F_NONE);
	own[f->r.n_own] = (struct mn_done){.rec = rec, .last = true};
	f->r.own = own;
	f->r.n_own++;
	mn_view_profile(&f->r, &f->a);
}

static bool
effect_says(struct fix *f, const char *gate, const char *text)
{
	int at = mn_pack_gate(f->r.pack, mn_str_c(gate));
	assert_true(at >= 0);
	struct mn_str s = mn_view_effect(&f->r, (uint32_t)at, &f->a);
	return mn_str_find(s, mn_str_c(text)) != SIZE_MAX;
}

static void
every_gate_says_something_to_everybody(void **state)
{
	struct fix *f = *state;
	for (uint32_t i = 0; i < f->r.pack->n_gate; i++)
		assert_true(mn_view_effect(&f->r, i, &f->a).n > 0);
	assert_true(effect_says(f, "G-WRO", "If you import into "));
	assert_true(effect_says(f, "G-WRO", "fill in the sheet profile"));
	user(f, "Own", "2026", "NONE");
	for (uint32_t i = 0; i < f->r.pack->n_gate; i++)
		assert_true(mn_view_effect(&f->r, i, &f->a).n > 0);
}

static void
the_profile_decides_whom_an_effect_concerns(void **state)
{
	struct fix *f = *state;
	user(f, "Own", "2026", "US;DE");
	assert_true(effect_says(f, "G-WRO", "As an importer"));
	assert_false(effect_says(f, "G-WRO", "seller"));
	assert_true(effect_says(f, "G-WRO", "your profile does not say"));
	/* Germany is of the Union's market. */
	assert_true(effect_says(f, "G-FLR", "As an importer into the European Union"));
	/* The newest year of one name counts. */
	user(f, "own", "2027", "GB");
	assert_false(effect_says(f, "G-WRO", "As an importer"));
	/* Another entity of the user's adds its markets. */
	user(f, "Other", "2025", "US");
	assert_true(effect_says(f, "G-WRO", "As an importer"));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    T(proposals_come_with_time_and_verification),
	    T(states_follow_from_what_was_recorded),
	    T(an_entry_finds_its_proposal_and_stands_once),
	    T(what_was_done_about_one_step_is_not_done_about_another),
	    T(the_ledger_joins_what_was_recorded_with_the_fee_ledger),
	    T(only_workers_verify_that_it_was_paid),
	    T(another_corridor_is_another_debt),
	    T(small_groups_are_withheld_whoever_tells_of_them),
	    T(every_gate_says_something_to_everybody),
	    T(the_profile_decides_whom_an_effect_concerns),
	};
#undef T
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Decisions: what they bind, what they survive, what contradicts what. */
#include "packs.h"

#include "manumit/base/clock.h"
#include "manumit/evidence/evidence.h"

static struct mn_arena arena, root;

static int
setup(void **state)
{
	(void)state;
	arena = root = mn_arena_new(64u << 20, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

struct keys {
	struct mn_key entry,
	    print; /* of the handles the last: the list's id or the name */
};

static struct keys
keys_of(struct mn_record r)
{
	struct mn_key handle[MN_HANDLES];
	size_t n = mn_decision_entries(&r, handle);
	assert_true(n > 0);
	return (struct keys){handle[n - 1], mn_decision_print(&r, arena)};
}

static bool
eq(struct mn_key a, struct mn_key b)
{
	return mn_key_cmp(a, b) == 0;
}

static struct mn_record
listed(const char *id, const char *name, const char *aliases, const char *address)
{
	return make_record(MN_K_WATCHLIST, MN_F_LIST, "Invented list", MN_F_ID, id,
	    MN_F_NAME, name, MN_F_ALIASES, aliases, MN_F_COUNTRY, "DE", MN_F_ADDRESS,
	    address, MN_F_NONE);
}

/* ---- handles ---- */

static void
a_supplier_keeps_its_handles_when_it_gains_an_identifier(void **state)
{
	(void)state;
	struct mn_key before[MN_HANDLES], after[MN_HANDLES];
	struct mn_record r = make_record(MN_K_SUPPLIERS, MN_F_ID, "17", MN_F_NAME,
	    "Amberfen Gloves Limited", MN_F_COUNTRY, "BD", MN_F_NONE);
	assert_int_equal(mn_decision_subjects(&r, before), 1);
	r.v[MN_F_NAME] = MN_S("AMBERFEN GLOVES LTD.");
	r.v[MN_F_LEI] = MN_S("529900T8BM49AURSDO55");
	r.v[MN_F_ADDRESS] = MN_S("another street");
	assert_int_equal(mn_decision_subjects(&r, after), 2);
	assert_true(eq(before[0], after[1]));
	assert_false(eq(before[0], after[0]));
}

static void
another_id_name_or_country_is_another_supplier(void **state)
{
	(void)state;
	static const struct {
		enum mn_field f;
		const char *v;
	} OTHER[] = {{MN_F_ID, "18"}, {MN_F_NAME, "Amberfen Hats"}, {MN_F_COUNTRY, "PK"}};
	struct mn_key a[MN_HANDLES], b[MN_HANDLES];
	for (size_t i = 0; i < countof(OTHER); i++) {
		struct mn_record r = make_record(MN_K_SUPPLIERS, MN_F_ID, "17", MN_F_NAME,
		    "Amberfen Gloves", MN_F_COUNTRY, "BD", MN_F_NONE);
		mn_decision_subjects(&r, a);
		r.v[OTHER[i].f] = mn_str_c(OTHER[i].v);
		mn_decision_subjects(&r, b);
		assert_false(eq(a[0], b[0]));
	}
}

static void
the_print_knows_content_and_not_dates_order_or_spelling(void **state)
{
	(void)state;
	struct keys a =
	    keys_of(listed("9", "Birchlea GmbH", "Birch; Lea Works", "Hill 1"));
	struct mn_record r =
	    listed("9", "BIRCHLEA GMBH", "lea works;  Birch; birch", "hill, 1");
	r.v[MN_F_LISTED_ON] = MN_S("2020-01-01");
	r.v[MN_F_ENDED_ON] = MN_S("2026-01-01");
	r.v[MN_F_REASON] = MN_S("said otherwise now");
	struct keys b = keys_of(r);
	assert_true(eq(a.entry, b.entry));
	assert_true(eq(a.print, b.print));
}

static void
an_entry_keeps_its_handles_when_it_gains_an_identifier(void **state)
{
	(void)state;
	struct mn_key before[MN_HANDLES], after[MN_HANDLES], other[MN_HANDLES];
	struct mn_record r = listed("9", "Birchlea GmbH", "", "");
	assert_int_equal(mn_decision_entries(&r, before), 1);
	r.v[MN_F_TAX_ID] = MN_S("DE 123");
	assert_int_equal(mn_decision_entries(&r, after), 2);
	assert_true(eq(before[0], after[1]));
	/* the list numbers its rows anew: the registered identifier is still there */
	r.v[MN_F_ID] = MN_S("17");
	assert_int_equal(mn_decision_entries(&r, other), 2);
	assert_true(eq(after[0], other[0]));
	assert_false(eq(after[1], other[1]));
	r.v[MN_F_LIST] = MN_S("Another list");
	mn_decision_entries(&r, other);
	assert_false(eq(after[0], other[0]));
}

static void
the_print_changes_with_what_identifies(void **state)
{
	(void)state;
	static const struct {
		enum mn_field f;
		const char *v;
	} OTHER[] = {{MN_F_ALIASES, "Birch; Lea Works; Ash"}, {MN_F_ADDRESS, "Hill 2"},
	    {MN_F_TAX_ID, "DE1"}, {MN_F_GOOD, "gloves"}, {MN_F_COUNTRY, "AT"},
	    {MN_F_LEI, "529900T8BM49AURSDO55"}, {MN_F_NATIVE_NAME, "Birkenau"}};
	struct keys a =
	    keys_of(listed("9", "Birchlea GmbH", "Birch; Lea Works", "Hill 1"));
	for (size_t i = 0; i < countof(OTHER); i++) {
		struct mn_record r =
		    listed("9", "Birchlea GmbH", "Birch; Lea Works", "Hill 1");
		r.v[OTHER[i].f] = mn_str_c(OTHER[i].v);
		struct keys b = keys_of(r);
		assert_true(eq(a.entry, b.entry));
		assert_false(eq(a.print, b.print));
	}
}

/* ---- stored form ---- */

static struct mn_decision
decision(uint64_t subject, uint64_t entry, uint64_t print, bool same)
{
	return (struct mn_decision){.kind = MN_PAIR_LIST,
	    .same = same,
	    .subject = {0, subject},
	    .entry = {0, entry},
	    .print = {0, print},
	    .on = 20000,
	    .expires = MN_DAY_NONE,
	    .by = MN_S("compliance"),
	    .why = MN_S("other address"),
	    .subject_name = MN_S("Amberfen"),
	    .entry_name = MN_S("Amberfen Ltd"),
	    .list = MN_S("Invented list")};
}

static void
what_is_stored_is_read_back_and_damage_is_told(void **state)
{
	(void)state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf key = mn_buf_new(256), value = mn_buf_new(4096);
	struct mn_decision d = decision(1, 2, 3, false), e;
	d.expires = 20100;
	mn_decision_encode(&d, &key, &value);
	assert_true(mn_decision_decode(mn_buf_str(&key), mn_buf_str(&value), &e, &err));
	assert_true(eq(d.subject, e.subject) && eq(d.entry, e.entry));
	assert_true(eq(d.print, e.print) && !e.same && e.kind == MN_PAIR_LIST);
	assert_int_equal(e.on, 20000);
	assert_int_equal(e.expires, 20100);
	assert_true(mn_str_eq(e.why, d.why) && mn_str_eq(e.list, d.list));
	for (size_t n = 0; n < value.n; n++)
		assert_false(
		    mn_decision_decode(mn_buf_str(&key), mn_str(value.p, n), &e, &err));
	key.p[sizeof MN_DECISION_PREFIX - 1] = 'X';
	assert_false(mn_decision_decode(mn_buf_str(&key), mn_buf_str(&value), &e, &err));
	mn_buf_free(&key);
	mn_buf_free(&value);
}

/* ---- verdicts ---- */

static const struct mn_decisions *
table(const struct mn_decision *d, uint32_t n)
{
	static const struct mn_decisions EMPTY = {NULL, 0, 20050};
	return mn_decisions_with(&EMPTY, d, n, &arena);
}

static enum mn_decided
says(const struct mn_decisions *t, uint64_t subject, uint64_t entry, uint64_t print)
{
	struct mn_key s = {0, subject}, e = {0, entry};
	struct mn_pair_keys pair = {&s, &e, 1, 1, {0, print}};
	return mn_decisions_ruling(t, &pair).state;
}

static void
a_decision_holds_while_the_entry_is_as_it_was(void **state)
{
	(void)state;
	struct mn_decision d[] = {decision(1, 2, 3, true), decision(5, 2, 3, false)};
	const struct mn_decisions *t = table(d, 2);
	assert_int_equal(says(t, 1, 2, 3), MN_DECIDED_SAME);
	assert_int_equal(says(t, 5, 2, 3), MN_DECIDED_DIFFERENT);
	assert_int_equal(says(t, 1, 2, 4), MN_DECIDED_STALE);
	assert_int_equal(says(t, 1, 9, 3), MN_DECIDED_NONE); /* a namesake on the list */
	assert_int_equal(says(t, 1, 9, 9), MN_DECIDED_NONE);
	assert_int_equal(says(t, 4, 2, 3), MN_DECIDED_NONE);
	assert_non_null(
	    mn_decisions_find(t, (struct mn_key){0, 1}, (struct mn_key){0, 2}));
	assert_null(mn_decisions_find(t, (struct mn_key){0, 1}, (struct mn_key){0, 3}));
}

static void
its_last_day_is_in_force_and_the_next_is_not(void **state)
{
	(void)state;
	struct mn_decision d = decision(1, 2, 3, true);
	d.expires = 20050;
	assert_int_equal(says(table(&d, 1), 1, 2, 3), MN_DECIDED_SAME);
	d.expires = 20049;
	assert_int_equal(says(table(&d, 1), 1, 2, 3), MN_DECIDED_EXPIRED);
	assert_int_equal(says(table(&d, 1), 1, 2, 4), MN_DECIDED_STALE);
}

static void
a_new_decision_on_a_changed_entry_replaces_the_stale_one(void **state)
{
	(void)state;
	struct mn_decision d[] = {decision(1, 2, 3, true), decision(1, 2, 4, false)};
	assert_int_equal(says(table(d, 2), 1, 2, 4), MN_DECIDED_DIFFERENT);
	assert_null(mn_decisions_against(table(d, 1), &d[1]));
}

static void
two_handles_of_one_entity_may_disagree(void **state)
{
	(void)state;
	struct mn_decision d[] = {decision(1, 2, 3, true), decision(6, 2, 3, false)};
	struct mn_key s[] = {{0, 1}, {0, 6}}, e = {0, 2};
	struct mn_pair_keys pair = {s, &e, 2, 1, {0, 3}};
	struct mn_ruling v = mn_decisions_ruling(table(d, 2), &pair);
	assert_int_equal(v.state, MN_DECIDED_CONFLICT);
	d[1].expires = 20000;
	v = mn_decisions_ruling(table(d, 2), &pair);
	assert_int_equal(v.state, MN_DECIDED_SAME);
}

static void
of_two_decisions_on_one_pair_the_later_counts(void **state)
{
	(void)state;
	struct mn_decision d[] = {decision(1, 2, 3, true), decision(1, 2, 3, false)};
	const struct mn_decisions *t = table(d, 2);
	assert_int_equal(t->n, 1);
	assert_int_equal(says(t, 1, 2, 3), MN_DECIDED_DIFFERENT);
}

static struct mn_decision
suppliers(uint64_t a, uint64_t b, bool same)
{
	struct mn_decision d = decision(0, 0, 0, same);
	mn_decision_pair_suppliers(&d, (struct mn_key){0, a}, (struct mn_key){0, b});
	return d;
}

static bool
count(void *ctx, const struct mn_decision *d)
{
	(void)d;
	++*(int *)ctx;
	return true;
}

static void
contradictions_are_found_directly_and_by_way_of_a_third(void **state)
{
	(void)state;
	struct mn_decision yes = decision(1, 2, 3, true), no = decision(1, 2, 3, false);
	struct mn_decision other = decision(7, 2, 3, true);
	struct mn_decision pair[] = {yes, suppliers(7, 1, false)};
	const struct mn_decisions *t = table(pair, 2);
	int n = 0;
	assert_non_null(mn_decisions_against(table(&yes, 1), &no));
	assert_null(mn_decisions_against(table(&yes, 1), &yes));
	/* 1 is the entry, 7 is another supplier: 7 is not the entry */
	assert_non_null(mn_decisions_against(t, &other));
	other.same = false;
	assert_null(mn_decisions_against(t, &other));
	/* 1 is the entry, 7 is not: they are not one supplier */
	struct mn_decision both[] = {yes, other};
	struct mn_decision one = suppliers(1, 7, true), two = suppliers(1, 7, false);
	assert_non_null(mn_decisions_against(table(both, 2), &one));
	assert_null(mn_decisions_against(table(both, 2), &two));
	both[1].same = true;
	assert_non_null(mn_decisions_against(table(both, 2), &two));
	mn_decisions_each(t, MN_PAIR_SUPPLIERS, count, &n);
	assert_int_equal(n, 1);
}

/* ---- what becomes of a gate ---- */

static struct mn_gate_fact
fact(enum mn_basis basis)
{
	return (struct mn_gate_fact){.basis = (uint8_t)basis,
	    .status = basis == MN_BASIS_IDENTIFIER ? MN_GATE_HIT : MN_GATE_POSSIBLE};
}

static enum mn_code
decide(struct mn_gate_fact *f, enum mn_gate_status dates, struct mn_decision d)
{
	static const struct mn_key SUBJECT = {0, 1}, ENTRY = {0, 2};
	const struct mn_pair_keys pair = {&SUBJECT, &ENTRY, 1, 1, {0, 3}};
	return mn_gate_decide(f, dates, table(&d, 1), &pair);
}

static void
a_decision_states_a_hit_or_takes_one_away(void **state)
{
	(void)state;
	struct mn_decision d = decision(1, 2, 3, true);
	struct mn_gate_fact f = fact(MN_BASIS_NAME);
	assert_int_equal(decide(&f, MN_GATE_HIT, d), MN_E_NONE);
	assert_int_equal(f.status, MN_GATE_HIT);
	assert_int_equal(f.basis, MN_BASIS_DECISION);
	f = fact(MN_BASIS_NAME);
	decide(&f, MN_GATE_ENDED, d);
	assert_int_equal(f.status, MN_GATE_ENDED); /* who it is, not when */
	d.same = false;
	f = fact(MN_BASIS_NAME_COUNTRY);
	decide(&f, MN_GATE_HIT, d);
	assert_int_equal(f.status, MN_GATE_NO_MATCH);
	assert_int_equal(f.decided, MN_DECIDED_DIFFERENT);
}

static void
what_is_not_in_force_changes_nothing_and_is_told(void **state)
{
	(void)state;
	struct mn_decision d = decision(1, 2, 9, true);
	struct mn_gate_fact f = fact(MN_BASIS_NAME);
	assert_int_equal(decide(&f, MN_GATE_HIT, d), MN_E_DECISION_STALE);
	assert_int_equal(f.status, MN_GATE_POSSIBLE);
	struct mn_buf b = mn_buf_new(4096);
	mn_gate_decided_text(&f, &b);
	assert_true(mn_str_starts(mn_buf_str(&b),
	    MN_S("stale: the listed entry changed since 2024-10-04; decided same by "
		 "compliance")));
	mn_buf_free(&b);
	d = decision(1, 2, 3, true);
	d.expires = 20049;
	f = fact(MN_BASIS_NAME);
	assert_int_equal(decide(&f, MN_GATE_HIT, d), MN_E_DECISION_EXPIRED);
	assert_int_equal(f.status, MN_GATE_POSSIBLE);
}

static void
an_identifier_is_not_decided_away(void **state)
{
	(void)state;
	struct mn_decision d = decision(1, 2, 3, false);
	struct mn_gate_fact f = fact(MN_BASIS_IDENTIFIER);
	assert_int_equal(decide(&f, MN_GATE_HIT, d), MN_E_DECISION_CONFLICT);
	assert_int_equal(f.status, MN_GATE_HIT);
	assert_int_equal(f.decided, MN_DECIDED_CONFLICT);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_supplier_keeps_its_handles_when_it_gains_an_identifier),
	    TEST(another_id_name_or_country_is_another_supplier),
	    TEST(the_print_knows_content_and_not_dates_order_or_spelling),
	    TEST(an_entry_keeps_its_handles_when_it_gains_an_identifier),
	    TEST(the_print_changes_with_what_identifies),
	    TEST(what_is_stored_is_read_back_and_damage_is_told),
	    TEST(a_decision_holds_while_the_entry_is_as_it_was),
	    TEST(its_last_day_is_in_force_and_the_next_is_not),
	    TEST(a_new_decision_on_a_changed_entry_replaces_the_stale_one),
	    TEST(two_handles_of_one_entity_may_disagree),
	    TEST(of_two_decisions_on_one_pair_the_later_counts),
	    TEST(contradictions_are_found_directly_and_by_way_of_a_third),
	    TEST(a_decision_states_a_hit_or_takes_one_away),
	    TEST(what_is_not_in_force_changes_nothing_and_is_told),
	    TEST(an_identifier_is_not_decided_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

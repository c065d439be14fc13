/* Auditing: stored decisions against the journal, and the journal against generations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "manumit/run/decide.h"

#include "tmpdir.h"

static const struct mn_when NOON = {20000, 43200};

struct rows {
	struct mn_arena a;
	struct mn_str key[8], value[8];
	size_t n;
};

static struct mn_decision
decision(uint64_t subject, bool same)
{
	return (struct mn_decision){.kind = MN_PAIR_LIST,
	    .same = same,
	    .subject = {0, subject},
	    .entry = {0, 2},
	    .print = {0, 3},
	    .on = 20000,
	    .expires = MN_DAY_NONE,
	    .by = MN_S("compliance"),
	    .why = MN_S("seen"),
	    .subject_name = MN_S("Amberfen"),
	    .entry_name = MN_S("Amberfen Ltd"),
	    .list = MN_S("Invented list")};
}

/* Journals and stores a decision, as deciding does. */
static void
put(struct mn_state *s, struct mn_decision d)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf key = mn_buf_new(256), value = mn_buf_new(4096),
		      json = mn_buf_new(4096);
	mn_decision_encode(&d, &key, &value);
	mn_decision_json(&d, &json);
	struct mn_journal_note note = {"decision", d.by, mn_buf_str(&json)};
	struct mn_state_row row = {mn_buf_str(&key), mn_buf_str(&value)};
	assert_true(mn_journal_append(s, NOON, &note, 1, &row, 1, NULL, &err));
	mn_buf_free(&key);
	mn_buf_free(&value);
	mn_buf_free(&json);
}

static bool
keep(void *ctx, struct mn_str key, struct mn_str value)
{
	struct rows *r = ctx;
	r->key[r->n] = mn_arena_str(&r->a, key);
	r->value[r->n++] = mn_arena_str(&r->a, value);
	return true;
}

static struct rows
rows_of(struct mn_state *s, const char *prefix)
{
	struct mn_err err = MN_ERR_NONE;
	struct rows r = {.a = mn_arena_new(1u << 20, NULL)};
	assert_true(mn_state_each(s, mn_str_c(prefix), keep, &r, &err));
	return r;
}

static void
write_back(struct mn_state *s, const char *prefix, const struct rows *r)
{
	struct mn_err err = MN_ERR_NONE;
	assert_true(mn_state_replace(s, mn_str_c(prefix), r->key, r->value, r->n, &err));
}

static struct mn_state *
open_state(struct tmpdir *t)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_state *s = mn_state_open(t->path, true, &err);
	assert_non_null(s);
	return s;
}

static bool
audits(struct tmpdir *t, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(16u << 20, NULL), root = a;
	struct mn_journal_head head;
	*err = MN_ERR_NONE;
	bool good = mn_run_audit(t->path, &a, &head, err);
	mn_arena_free(root);
	return good;
}

static void
decisions_that_the_journal_tells_are_good(void **state)
{
	struct mn_err err;
	struct mn_state *s = open_state(*state);
	struct mn_decision two = decision(0, true);
	mn_decision_pair_suppliers(&two, (struct mn_key){0, 9}, (struct mn_key){0, 8});
	put(s, decision(1, true));
	put(s, decision(4, true));
	put(s, decision(1, false));
	put(s, two);
	mn_state_close(s);
	assert_true(audits(*state, &err));
}

static void
a_row_that_was_changed_is_found(void **state)
{
	struct mn_err err;
	struct mn_state *s = open_state(*state);
	put(s, decision(1, false));
	struct rows r = rows_of(s, MN_DECISION_PREFIX);
	((char *)(uintptr_t)r.value[0].p)[1] ^= 1; /* different becomes same */
	write_back(s, MN_DECISION_PREFIX, &r);
	mn_state_close(s);
	assert_false(audits(*state, &err));
	assert_int_equal(err.code, MN_E_JOURNAL);
	assert_non_null(strstr(err.msg, "Amberfen"));
	mn_arena_free(r.a);
}

static void
an_older_row_put_back_is_found(void **state)
{
	struct mn_err err;
	struct mn_state *s = open_state(*state);
	put(s, decision(1, false));
	struct rows r = rows_of(s, MN_DECISION_PREFIX);
	put(s, decision(1, true));
	write_back(s, MN_DECISION_PREFIX, &r);
	mn_state_close(s);
	assert_false(audits(*state, &err));
	assert_int_equal(err.code, MN_E_JOURNAL);
	mn_arena_free(r.a);
}

static void
a_row_that_was_removed_or_added_is_found(void **state)
{
	struct mn_err err;
	struct mn_state *s = open_state(*state);
	put(s, decision(1, false));
	put(s, decision(4, false));
	struct rows r = rows_of(s, MN_DECISION_PREFIX);
	r.n = 1;
	write_back(s, MN_DECISION_PREFIX, &r);
	mn_state_close(s);
	assert_false(audits(*state, &err));
	assert_non_null(strstr(err.msg, "holds 1 of the 2 decisions"));
	mn_arena_free(r.a);
	s = open_state(*state);
	struct rows journal = rows_of(s, "journal|");
	journal.n = 0;
	write_back(s, "journal|", &journal);
	mn_state_close(s);
	assert_false(audits(*state, &err));
	assert_int_equal(err.code, MN_E_JOURNAL);
	mn_arena_free(journal.a);
}

/* A published generation that began with a head. */
static void
publish(struct tmpdir *t, const char *head)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_gen *g = mn_gen_create(t->path, &err);
	assert_non_null(g);
	struct mn_load *l = mn_load_begin(g, MN_TAB_META, &err);
	assert_non_null(l);
	assert_true(
	    mn_load_put(l, MN_S("journal_head"), mn_str_c(head), MN_STR_NONE, &err));
	assert_true(mn_load_end(l, &err) && mn_gen_publish(g, &err));
}

static void
a_journal_cut_at_its_end_is_found_by_a_generation(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head head;
	struct mn_state *s = open_state(*state);
	put(s, decision(1, false));
	struct rows journal = rows_of(s, "journal|"),
		    rows = rows_of(s, MN_DECISION_PREFIX);
	put(s, decision(4, false));
	assert_true(mn_journal_head(s, &head, &err));
	mn_state_close(s);
	publish(*state, head.hash);
	assert_true(audits(*state, &err));
	s = open_state(*state);
	write_back(s, "journal|", &journal);
	write_back(s, MN_DECISION_PREFIX, &rows);
	mn_state_close(s);
	assert_false(audits(*state, &err));
	assert_non_null(strstr(err.msg, "cut or written anew"));
	mn_arena_free(journal.a);
	mn_arena_free(rows.a);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, tmpdir_make, tmpdir_remove)
	const struct CMUnitTest tests[] = {
	    TEST(decisions_that_the_journal_tells_are_good),
	    TEST(a_row_that_was_changed_is_found),
	    TEST(an_older_row_put_back_is_found),
	    TEST(a_row_that_was_removed_or_added_is_found),
	    TEST(a_journal_cut_at_its_end_is_found_by_a_generation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

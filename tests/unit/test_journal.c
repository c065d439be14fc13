/* The journal: a chain that tells when it was changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "manumit/base/json.h"
#include "manumit/store/journal.h"

#include "tmpdir.h"

static const struct mn_when NOON = {20000, 43200};

static struct mn_state *
open_state(struct tmpdir *t)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_state *s = mn_state_open(t->path, true, &err);
	assert_non_null(s);
	return s;
}

static struct mn_journal_head
append(struct mn_state *s, const char *by, const char *payload)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head h;
	struct mn_journal_note note = {"decision", mn_str_c(by), mn_str_c(payload)};
	assert_true(mn_journal_append(s, NOON, &note, 1, NULL, 0, &h, &err));
	return h;
}

struct kept {
	struct mn_arena a;
	struct mn_str key[16], value[16];
	size_t n;
};

static bool
keep(void *ctx, struct mn_str key, struct mn_str value)
{
	struct kept *k = ctx;
	k->key[k->n] = mn_arena_str(&k->a, key);
	k->value[k->n++] = mn_arena_str(&k->a, value);
	return true;
}

/* Four records, and their rows as they lie in the store. */
static struct mn_state *
four(struct tmpdir *t, struct kept *k)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_state *s = open_state(t);
	append(s, "compliance", "{\"n\":1}");
	append(s, "compliance", "{\"n\":2}");
	append(s, "screen", "{\"n\":3}");
	append(s, "K.M.", "{\"n\":4}");
	*k = (struct kept){.a = mn_arena_new(1u << 20, NULL)};
	assert_true(mn_state_each(s, MN_S("journal|"), keep, k, &err));
	assert_int_equal(k->n, 4);
	return s;
}

/* Writes n rows back in the place of all, and walks. */
static bool
walks(struct mn_state *s, struct kept *k, struct mn_journal_head *h, struct mn_err *err)
{
	*err = MN_ERR_NONE;
	assert_true(mn_state_replace(s, MN_S("journal|"), k->key, k->value, k->n, err));
	return mn_journal_verify(s, h, err);
}

static void
an_empty_journal_is_whole(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head h;
	struct mn_state *s = open_state(*state);
	assert_true(mn_journal_verify(s, &h, &err));
	assert_int_equal(h.n, 0);
	assert_true(mn_journal_head(s, &h, &err));
	assert_int_equal(h.n, 0);
	mn_state_close(s);
}

static void
records_follow_from_each_other_and_are_json(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head h, again;
	struct mn_str by, time;
	struct mn_state *s = open_state(*state);
	append(s, "audit \"desk\"", "{\"n\":1}");
	struct mn_journal_head last = append(s, "screen", "{\"n\":2}");
	assert_int_equal(last.n, 2);
	mn_state_close(s);
	s = open_state(*state);
	assert_true(mn_journal_verify(s, &h, &err));
	assert_true(mn_journal_head(s, &again, &err));
	assert_string_equal(h.hash, last.hash);
	assert_string_equal(again.hash, last.hash);
	struct kept k = {.a = mn_arena_new(1u << 20, NULL)};
	assert_true(mn_state_each(s, MN_S("journal|"), keep, &k, &err));
	struct mn_str text = mn_str_sub(k.value[0], MN_HEX256_CHARS, SIZE_MAX);
	struct mn_json *j = mn_json_parse(text, "record", &err);
	assert_non_null(j);
	assert_true(mn_json_str(mn_json_get(j, "by"), &by));
	assert_true(mn_str_eq(by, MN_S("audit \"desk\"")));
	assert_true(mn_json_str(mn_json_get(j, "time"), &time));
	assert_true(mn_str_eq(time, MN_S("2024-10-04T12:00:00Z")));
	mn_json_free(j);
	mn_arena_free(k.a);
	mn_state_close(s);
}

static void
rows_go_with_their_record(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_state *s = open_state(*state);
	struct mn_journal_note note = {"decision", MN_S("x"), MN_S("{}")};
	const struct mn_state_row row = {MN_S("decision|a"), MN_S("b")};
	const struct mn_state_row bad = {MN_STR_NONE, MN_S("b")};
	struct mn_journal_head h;
	struct kept k = {.a = mn_arena_new(1u << 20, NULL)};
	assert_true(mn_journal_append(s, NOON, &note, 1, &row, 1, NULL, &err));
	assert_true(mn_state_each(s, MN_S("decision|"), keep, &k, &err));
	assert_int_equal(k.n, 1);
	/* LMDB refuses an empty key: then the record is not there either. */
	assert_false(mn_journal_append(s, NOON, &note, 1, &bad, 1, NULL, &err));
	assert_true(mn_journal_head(s, &h, &err));
	assert_int_equal(h.n, 1);
	mn_arena_free(k.a);
	mn_state_close(s);
}

static void
every_changed_byte_is_found(void **state)
{
	struct mn_err err;
	struct mn_journal_head h;
	struct kept k;
	struct mn_state *s = four(*state, &k);
	for (size_t i = 0; i < k.value[1].n; i++) {
		char *p = (char *)(uintptr_t)k.value[1].p;
		p[i] ^= 1;
		assert_false(walks(s, &k, &h, &err));
		assert_int_equal(err.code, MN_E_JOURNAL);
		assert_non_null(strstr(err.msg, "record 2"));
		assert_int_equal(h.n, 1);
		p[i] ^= 1;
	}
	assert_true(walks(s, &k, &h, &err));
	mn_arena_free(k.a);
	mn_state_close(s);
}

static void
a_removed_record_is_found(void **state)
{
	struct mn_err err;
	struct mn_journal_head h;
	struct kept k;
	struct mn_state *s = four(*state, &k);
	for (size_t i = 2; i < 4; i++) {
		k.key[i - 1] = k.key[i];
		k.value[i - 1] = k.value[i];
	}
	k.n = 3;
	assert_false(walks(s, &k, &h, &err));
	assert_non_null(strstr(err.msg, "record 2 is missing"));
	mn_arena_free(k.a);
	mn_state_close(s);
}

static void
exchanged_records_are_found(void **state)
{
	struct mn_err err;
	struct mn_journal_head h;
	struct kept k;
	struct mn_state *s = four(*state, &k);
	struct mn_str v = k.value[1];
	k.value[1] = k.value[2];
	k.value[2] = v;
	assert_false(walks(s, &k, &h, &err));
	assert_non_null(strstr(err.msg, "record 2 does not follow"));
	mn_arena_free(k.a);
	mn_state_close(s);
}

static void
a_row_that_is_no_record_is_found(void **state)
{
	struct mn_err err;
	struct mn_journal_head h;
	struct kept k;
	struct mn_state *s = four(*state, &k);
	k.value[0] = MN_S("short");
	assert_false(walks(s, &k, &h, &err));
	k.n = 1;
	assert_false(walks(s, &k, &h, &err));
	assert_false(mn_journal_head(s, &h, &err));
	assert_int_equal(err.code, MN_E_STORE);
	mn_arena_free(k.a);
	mn_state_close(s);
}

int
main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, tmpdir_make, tmpdir_remove)
	const struct CMUnitTest tests[] = {
	    TEST(an_empty_journal_is_whole),
	    TEST(records_follow_from_each_other_and_are_json),
	    TEST(rows_go_with_their_record),
	    TEST(every_changed_byte_is_found),
	    TEST(a_removed_record_is_found),
	    TEST(exchanged_records_are_found),
	    TEST(a_row_that_is_no_record_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

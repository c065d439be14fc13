/* Entries of manumit record: stored by names, told by the journal, compared by audit. */
#include <stdlib.h>
#include <unistd.h>

#include "packs.h"

#include "manumit/run/decide.h"
#include "manumit/resolve/decision.h"
#include "../../engine/run/entries.h"

#include "tmpdir.h"

static const struct mn_when NOON = {20000, 43200};

static struct mn_entry
entry(uint64_t seq, const char *note)
{
	return (struct mn_entry){.rec = make_record(MN_K_ACTIONS, MN_F_ENTITY, "A1",
				     MN_F_ACTION, "x \"quoted\"\n", MN_F_NOTE, note,
				     MN_F_RECORDED_ON, "2026-11-02", MN_F_NONE),
	    .seq = seq,
	    .file = MN_S("book.xlsx#Actions"),
	    .line = 4,
	    .by = MN_S("compliance")};
}

static void
entries_are_stored_by_the_names_of_their_fields(void **state)
{
	(void)state;
	struct mn_err err = MN_ERR_NONE;
	struct mn_buf key = mn_buf_new(64), value = mn_buf_new(4096);
	struct mn_entry e = entry(17, "n"), back;
	mn_entry_encode(&e, &key, &value);
	assert_int_equal(mn_entry_seq(mn_buf_str(&key)), 17);
	assert_true(mn_str_find(mn_buf_str(&value), MN_S("recorded_on")) != SIZE_MAX);
	assert_true(mn_entry_decode(17, mn_buf_str(&value), &back, &err));
	assert_int_equal(back.rec.kind, MN_K_ACTIONS);
	assert_true(mn_str_eq(back.rec.v[MN_F_ACTION], e.rec.v[MN_F_ACTION]));
	assert_true(mn_str_eq(back.file, e.file) && back.line == 4);
	assert_true(mn_str_eq(back.by, e.by));
	for (size_t n = 0; n < value.n; n++)
		assert_false(mn_entry_decode(
		    17, mn_str_sub(mn_buf_str(&value), 0, n), &back, &err));
	assert_int_equal(mn_entry_seq(MN_S("record|")), 0);
	assert_int_equal(mn_entry_seq(MN_S("journal|12345678")), 0);
	mn_buf_free(&key);
	mn_buf_free(&value);
}

/* Journals and stores an entry, as recording does. */
static void
put(struct mn_state *s, struct mn_entry e, bool row_too)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head head;
	struct mn_buf key = mn_buf_new(64), value = mn_buf_new(4096),
		      json = mn_buf_new(4096);
	assert_true(mn_journal_head(s, &head, &err));
	e.seq = head.n + 1;
	mn_entry_encode(&e, &key, &value);
	mn_entry_json(&e, &json);
	struct mn_journal_note note = {"record", e.by, mn_buf_str(&json)};
	struct mn_state_row row = {mn_buf_str(&key), mn_buf_str(&value)};
	assert_true(mn_journal_append(s, NOON, &note, 1, &row, row_too, NULL, &err));
	mn_buf_free(&key);
	mn_buf_free(&value);
	mn_buf_free(&json);
}

static bool
audits(const char *dir, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(16u << 20, NULL), a = root;
	struct mn_journal_head head;
	bool good = mn_run_audit(dir, &a, &head, err);
	mn_arena_free(root);
	return good;
}

static void
all_of_a_store_are_loaded_by_table(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena root = mn_arena_new(16u << 20, NULL), a = root;
	const char *dir = tmpdir_at(*state, "load");
	assert_true(mn_dir_make(dir, &err));
	struct mn_state *s = mn_state_open(dir, true, &err);
	struct mn_entry p = {.rec = make_record(MN_K_PROFILE, MN_F_NAME, "Own",
				 MN_F_RECORDED_ON, "2026-11-02", MN_F_NONE)};
	put(s, p, true);
	put(s, entry(0, "first"), true);
	put(s, entry(0, "second"), true);
	const struct mn_entries *all = mn_entries_load(&a, s, &err);
	assert_non_null(all);
	assert_int_equal(all->n, 3);
	assert_int_equal(all->v[0].kind, MN_K_ACTIONS);
	assert_int_equal(all->v[0].seq, 2);
	assert_int_equal(all->v[1].seq, 3);
	assert_int_equal(all->v[2].kind, MN_K_PROFILE);
	mn_state_close(s);
	mn_arena_free(root);
}

static void
audit_compares_entries_with_the_journal(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	const char *dir = tmpdir_at(*state, "audit");
	assert_true(mn_dir_make(dir, &err));
	struct mn_state *s = mn_state_open(dir, true, &err);
	put(s, entry(0, "as it was"), true);
	mn_state_close(s);
	assert_true(audits(dir, &err));
	/* Somebody writes another row in its place. */
	struct mn_buf key = mn_buf_new(64), value = mn_buf_new(4096);
	struct mn_entry e = entry(1, "as it never was");
	mn_entry_encode(&e, &key, &value);
	s = mn_state_open(dir, true, &err);
	struct mn_str k = mn_buf_str(&key), v = mn_buf_str(&value);
	assert_true(mn_state_replace(s, MN_S(MN_ENTRY_PREFIX), &k, &v, 1, &err));
	mn_state_close(s);
	assert_false(audits(dir, &err));
	assert_int_equal(err.code, MN_E_JOURNAL);
	assert_non_null(strstr(err.msg, "entry 1"));
	/* Or takes it away. */
	s = mn_state_open(dir, true, &err);
	assert_true(mn_state_replace(s, MN_S(MN_ENTRY_PREFIX), NULL, NULL, 0, &err));
	mn_state_close(s);
	assert_false(audits(dir, &err));
	assert_int_equal(err.code, MN_E_JOURNAL);
	mn_buf_free(&key);
	mn_buf_free(&value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(entries_are_stored_by_the_names_of_their_fields),
	    cmocka_unit_test(all_of_a_store_are_loaded_by_table),
	    cmocka_unit_test(audit_compares_entries_with_the_journal),
	};
	return cmocka_run_group_tests(tests, tmpdir_make, tmpdir_remove);
}

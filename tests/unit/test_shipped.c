/* Lists that come along: reading their table, and what takes their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/clock.h"
#include "manumit/base/file.h"
#include "manumit/connectors/input.h"
#include "manumit/model/source.h"
#include "manumit/run/shipped.h"

#define ROW \
	"\"file\": \"l.csv\", \"title\": \"t\", \"url\": \"u\", \"licence\": \"l\", " \
	"\"missing\": \"m\""
#define GOOD \
	"{" ROW ", \"edition\": \"2026-08-02\", \"stale_after_days\": 30, " \
	"\"instead\": [\"x\", \"y\"], \"instead_from_rows\": 3}"

static bool
load(struct mn_arena *a, const char *json, const struct mn_shipped **list, uint32_t *n,
    struct mn_err *err)
{
	char dir[] = "/tmp/manumit-test-XXXXXX", path[128];
	struct mn_err ignored = MN_ERR_NONE;
	assert_non_null(mkdtemp(dir));
	if (json) {
		snprintf(path, sizeof path, "%s/connectors", dir);
		assert_int_equal(mkdir(path, 0755), 0);
		snprintf(path, sizeof path, "%s/connectors/lists", dir);
		assert_int_equal(mkdir(path, 0755), 0);
		snprintf(path, sizeof path, "%s/connectors/lists/lists.json", dir);
		struct mn_out *o = mn_out_open(path, 0644, &ignored);
		assert_non_null(o);
		mn_out_c(o, json);
		assert_true(mn_out_commit(o, true, NULL, &ignored));
	}
	bool good = mn_shipped_load(a, dir, list, n, err);
	assert_true(mn_dir_remove(dir, &ignored));
	return good;
}

static void
a_row_is_read(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_shipped *list;
	uint32_t n;
	(void)state;
	assert_true(load(&a, "{\"lists\": [" GOOD "]}", &list, &n, &err));
	assert_int_equal(n, 1);
	assert_true(mn_str_eq(list->missing, MN_S("m")));
	assert_true(mn_str_ends(mn_str_c(list->path), MN_S("/connectors/lists/l.csv")));
	assert_true(mn_shipped_replaced(list, MN_S("y"), 3));
	assert_false(mn_shipped_replaced(list, MN_S("y"), 2));
	assert_false(mn_shipped_replaced(list, MN_S("z"), 9));
	mn_arena_free(root);
}

static void
without_a_table_there_are_none(void **state)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_shipped *list;
	uint32_t n = 9;
	(void)state;
	assert_true(load(&a, NULL, &list, &n, &err));
	assert_int_equal(n, 0);
	mn_arena_free(root);
}

static void
a_mistake_is_named(void **state)
{
	static const struct {
		const char *json, *says;
	} CASES[] = {
	    {"{", "lists.json"},
	    {"{\"lists\": [{}]}", "lists[0]"},
	    {"{\"lists\": [" GOOD ", 1]}", "lists[1]"},
	    {"{\"lists\": [{" ROW ", \"edition\": \"August\"}]}", "edition"},
	    {"{\"lists\": [{" ROW ", \"edition\": \"2026-08-02\"}]}", "stale_after_days"},
	    {"{\"lists\": [{" ROW ", \"edition\": \"2026-08-02\", \"stale_after_days\": "
	     "1, \"instead_from_rows\": 1, \"instead\": [2]}]}",
		"instead"},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
		struct mn_err err = MN_ERR_NONE;
		const struct mn_shipped *list;
		uint32_t n;
		if (load(&a, CASES[i].json, &list, &n, &err))
			fail_msg("case %zu was accepted", i);
		if (!strstr(err.msg, CASES[i].says))
			fail_msg("case %zu: %s", i, err.msg);
		mn_arena_free(root);
	}
}

static void
an_age_is_counted_from_the_edition(void **state)
{
	struct mn_source s = {.edition = MN_S("2026-08-02"), .stale_after_days = 30};
	int32_t day;
	int64_t days;
	bool stale;
	(void)state;
	assert_true(mn_day_parse_iso(MN_S("2026-09-01"), &day));
	assert_true(mn_source_age(&s, day, &days, &stale));
	assert_int_equal(days, 30);
	assert_false(stale);
	assert_true(mn_source_age(&s, day + 1, &days, &stale));
	assert_true(stale);
	s.edition = MN_STR_NONE;
	assert_false(mn_source_age(&s, day, &days, &stale));
}

struct seen {
	uint64_t remarks, rows;
};

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	(void)i;
	((struct seen *)ctx)->remarks++;
}

/* Every row needs a gate, a day, a reason and a citation; no remark may reach a user. */
static void
the_lists_of_this_repository_are_whole(void **state)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_shipped *list;
	struct mn_record rec;
	uint32_t n;
	bool noted;
	(void)state;
	assert_true(mn_shipped_load(&a, MN_SOURCE_DIR, &list, &n, &err));
	assert_true(n >= 2);
	const struct mn_mappings *m =
	    mn_mappings_load(&a, MN_SOURCE_DIR "/connectors", &err);
	assert_non_null(m);
	for (uint32_t i = 0; i < n; i++) {
		struct seen seen = {0};
		struct mn_diag diag = {.emit = on_issue, .ctx = &seen};
		struct mn_input *in =
		    mn_input_open(&a, m, list[i].path, MN_K_WATCHLIST, &diag, &err);
		if (!in)
			fail_msg("%s", err.msg);
		while (mn_input_next(in, 1, &rec, &noted, &err) == 1) {
			static const enum mn_field WANTED[] = {MN_F_ID, MN_F_NAME,
			    MN_F_GATE, MN_F_LIST, MN_F_LISTED_ON, MN_F_REASON,
			    MN_F_CITATION};
			for (size_t k = 0; k < countof(WANTED); k++)
				if (rec.v[WANTED[k]].n == 0)
					fail_msg("%s: %.*s has no %s", list[i].path,
					    MN_FMT(rec.v[MN_F_ID]),
					    mn_field_def(WANTED[k])->name);
			seen.rows++;
		}
		assert_int_equal(seen.remarks, 0);
		assert_true(seen.rows > 80);
		mn_input_close(in);
	}
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_row_is_read),
	    cmocka_unit_test(without_a_table_there_are_none),
	    cmocka_unit_test(a_mistake_is_named),
	    cmocka_unit_test(an_age_is_counted_from_the_edition),
	    cmocka_unit_test(the_lists_of_this_repository_are_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

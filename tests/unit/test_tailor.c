/* Tailoring files: what they replace, what they must say, and what they may not do. */
#include "packs.h"

#include <stdlib.h>
#include "tmpdir.h"

#define HEAD \
	"{\"tailoring\":\"ours\",\"reason\":\"why\",\"author\":\"who\"," \
	"\"date\":\"2026-10-01\",\"set\":["

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static const struct mn_pack *
load(struct mn_arena *a, struct tmpdir *t, const char *text, struct mn_err *err)
{
	const char *path = tmpdir_at(t, "t.json");
	write_file(path, text);
	return mn_pack_load_tailored(a, MN_SOURCE_DIR "/indicators", &path, 1, err);
}

static void
a_number_is_replaced_and_told(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	const struct mn_pack *p = load(&a, *state,
	    HEAD "{\"section\":\"strengths\",\"code\":\"S\",\"member\":\"nats\","
		 "\"value\":5},"
		 "{\"section\":\"indicators\",\"code\":\"I09\",\"member\":"
		 "\"halflife_months\",\"value\":30,\"reason\":\"debts last\"},"
		 "{\"section\":\"parameters\",\"code\":\"A\",\"member\":\"value\","
		 "\"value\":-3.5}]}",
	    &err);
	if (!p)
		fail_msg("%s", err.msg);
	assert_int_equal(p->strength_q16[MN_STRONG], 5 << 16);
	assert_int_equal(p->indicator[8].halflife_months, 30);
	assert_int_equal(p->k.A, -(7 << 15));
	assert_int_equal(p->n_tailored, 3);
	assert_true(mn_str_eq(p->tailored[0].was, MN_S("4")));
	assert_true(mn_str_eq(p->tailored[0].value, MN_S("5")));
	assert_true(mn_str_eq(p->tailored[0].reason, MN_S("why")));
	assert_true(mn_str_eq(p->tailored[1].reason, MN_S("debts last")));
	assert_true(mn_str_eq(p->tailored[1].author, MN_S("who")));
	const struct mn_pack_file *f = &p->file[p->n_file - 1];
	assert_true(
	    mn_str_eq(f->id, MN_S("ours")) && mn_str_eq(f->kind, MN_S("tailoring")));
	mn_arena_free(root);
}

static void
mistakes_name_the_place_and_the_nearest(void **state)
{
	static const struct {
		const char *text, *says[2];
	} CASES[] = {
	    {HEAD "{\"section\":\"strenghts\",\"code\":\"S\",\"member\":\"nats\","
		  "\"value\":5}]}",
		{"set[0].section", "nearest: \"strengths\""}},
	    {HEAD "{\"section\":\"indicators\",\"code\":\"I9\",\"member\":"
		  "\"halflife_months\",\"value\":5}]}",
		{"set[0].code", "I09"}},
	    {HEAD "{\"section\":\"strengths\",\"code\":\"Q\",\"member\":\"nats\","
		  "\"value\":5}]}",
		{"set[0].code", "nearest: \"S\""}},
	    {HEAD "{\"section\":\"indicators\",\"code\":\"I09\",\"member\":"
		  "\"halflife\",\"value\":5}]}",
		{"set[0].member", "nearest: \"halflife_months\""}},
	    {HEAD "{\"section\":\"indicators\",\"code\":\"I09\",\"member\":\"name\","
		  "\"value\":5}]}",
		{"set[0].member", "name"}},
	    {HEAD "{\"section\":\"strengths\",\"code\":\"S\",\"member\":\"nats\","
		  "\"value\":99}]}",
		{"set[0].nats", "not within 0 to 16"}},
	    {HEAD "{\"section\":\"strengths\",\"code\":\"S\",\"member\":\"nats\","
		  "\"value\":\"5\"}]}",
		{"set[0].value", "expected a number"}},
	    /* Weaker than medium. */
	    {HEAD "{\"section\":\"strengths\",\"code\":\"S\",\"member\":\"nats\","
		  "\"value\":1}]}",
		{"with the numbers of the tailoring", "W < M < S"}},
	    /* Once is enough. */
	    {HEAD "{\"section\":\"strengths\",\"code\":\"S\",\"member\":\"nats\","
		  "\"value\":5},{\"section\":\"strengths\",\"code\":\"S\",\"member\":"
		  "\"nats\",\"value\":6}]}",
		{"tailored[1]", ""}},
	    {HEAD "{\"section\":\"parameters\",\"code\":\"min_cell_internal\","
		  "\"member\":\"value\",\"value\":1}]}",
		{"raised, not lowered", ""}},
	    {"{\"tailoring\":\"ours\",\"author\":\"who\",\"date\":\"2026-10-01\","
	     "\"set\":[]}",
		{"reason", "required"}},
	    {"{\"tailoring\":\"ours\",\"reason\":\"r\",\"author\":\"who\","
	     "\"date\":\"soon\",\"set\":[]}",
		{"date", "YYYY-MM-DD"}},
	    {HEAD "]}", {"set", "list of 1"}},
	    {"[]", {"expected a map", ""}},
	};
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
		struct mn_err err = MN_ERR_NONE;
		if (load(&a, *state, CASES[i].text, &err))
			fail_msg("case %zu was taken", i);
		for (size_t k = 0; k < 2; k++)
			if (!strstr(err.msg, CASES[i].says[k]))
				fail_msg("case %zu: %s", i, err.msg);
		mn_arena_free(root);
	}
}

static void
it_is_no_pack(void **state)
{
	struct mn_arena root = mn_arena_new(64u << 20, NULL), a = root;
	struct mn_err err = MN_ERR_NONE;
	static const char TEXT[] =
	    "{\"pack\":\"x\",\"kind\":\"tailoring\",\"version\":\"1\",\"licence\":\"l\","
	    "\"source\":\"s\"}";
	const char *path = tmpdir_at(*state, "x.json");
	write_file(path, TEXT);
	assert_false(mn_pack_check_file(a, path, &err));
	assert_non_null(strstr(err.msg, "--tailor"));
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_number_is_replaced_and_told),
	    cmocka_unit_test(mistakes_name_the_place_and_the_nearest),
	    cmocka_unit_test(it_is_no_pack),
	};
	return cmocka_run_group_tests(tests, tmpdir_make, tmpdir_remove);
}

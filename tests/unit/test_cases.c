/* Every .case file of tests/cases, one test a case: facts to card, and a why that is
 * written in the repository. */
#include "packs.h"

#include "case_expect.h"

static struct mn_arena arena, arena_root, scratch;
static const struct mn_pack *pack;
static struct case_set set;
static struct case_run *run;
static bool is_run[CASE_MOST];

static const struct case_run *
run_of(unsigned place)
{
	if (!is_run[place])
		run_case(&run[place], &set.v[place], pack, &arena, scratch);
	is_run[place] = true;
	return &run[place];
}

static void
the_case_holds(void **state)
{
	const struct case_text *c = *state;
	unsigned place = (unsigned)(c - set.v);
	run_of(place);
	case_check(&run[place], &set, run_of);
	if (case_citations(c, scratch) == 0)
		case_fail(c->file, c->line, "why cites nothing");
}

static void
there_are_enough(void **state)
{
	(void)state;
	assert_true(set.n >= 80);
}

int
main(void)
{
	static struct CMUnitTest test[CASE_MOST + 1];
	arena = arena_root = mn_arena_new((size_t)1 << 30, NULL);
	scratch = mn_arena_new(64u << 20, NULL);
	pack = shipped_packs(&arena);
	case_read_all(&set, CASE_FOLDER, &arena);
	run = MN_NEW(&arena, struct case_run, set.n);
	for (unsigned i = 0; i < set.n; i++)
		test[i] = (struct CMUnitTest){
		    .name = mn_arena_fmt(&arena, "%.*s %.*s%c", MN_FMT(set.v[i].id),
			MN_FMT(set.v[i].title), 0)
				.p,
		    .test_func = the_case_holds,
		    .initial_state = &set.v[i]};
	test[set.n] = (struct CMUnitTest){
	    .name = "there are enough", .test_func = there_are_enough};
	int failed = _cmocka_run_group_tests("cases", test, set.n + 1, NULL, NULL);
	mn_arena_free(scratch);
	mn_arena_free(arena_root);
	return failed;
}

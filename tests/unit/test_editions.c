/* Editions of one register: when an entry ended, and whether it came back. */
#include "packs.h"

#include "manumit/base/clock.h"

#include "../../engine/evidence/editions.h"

static const int32_t APRIL_24 = 19818, OCTOBER_24 = 20001, APRIL_25 = 20187;

static void
merges(const struct mn_edition_span *s, uint32_t n, const bool *closes, const char *want,
    uint32_t gone_want)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	const int32_t day[] = {APRIL_24, OCTOBER_24, APRIL_25};
	static const bool ALL[] = {true, true, true};
	uint32_t gone;
	struct mn_str got =
	    mn_editions_merge(s, n, day, closes ? closes : ALL, 3, &a, &gone);
	if (!mn_str_eq(got, mn_str_c(want)))
		fail_msg("wanted %s, got %.*s", want, MN_FMT(got));
	assert_int_equal(gone, gone_want);
	mn_arena_free(root);
}

#define MERGES(want, gone, ...) \
	do { \
		const struct mn_edition_span s[] = {__VA_ARGS__}; \
		merges(s, countof(s), NULL, want, gone); \
	} while (0)

static void
in_all_editions_it_is_open(void **state)
{
	(void)state;
	MERGES("2024-04-05/", UINT32_MAX, {0, APRIL_24, MN_DAY_NONE},
	    {1, APRIL_24, MN_DAY_NONE}, {2, APRIL_24, MN_DAY_NONE});
}

static void
not_in_a_newer_one_it_ended_by_then(void **state)
{
	(void)state;
	MERGES("2024-04-05/2024-10-05", 1, {0, APRIL_24, MN_DAY_NONE});
	MERGES("2024-04-05/2025-04-09", 2, {0, APRIL_24, MN_DAY_NONE},
	    {1, APRIL_24, MN_DAY_NONE});
}

static void
suspended_and_listed_again(void **state)
{
	(void)state;
	/* The same beginning again: back by the day of the edition that has it. */
	MERGES("2024-04-05/2024-10-05;2025-04-09/", UINT32_MAX,
	    {0, APRIL_24, MN_DAY_NONE}, {2, APRIL_24, MN_DAY_NONE});
	/* A beginning of its own. */
	MERGES("2024-04-05/2024-10-05;2025-04-09/", UINT32_MAX,
	    {0, APRIL_24, MN_DAY_NONE}, {2, APRIL_25, MN_DAY_NONE});
}

static void
a_last_day_of_the_register_stands(void **state)
{
	(void)state;
	MERGES("2024-04-05/2024-05-10", UINT32_MAX, {0, APRIL_24, MN_DAY_NONE},
	    {1, APRIL_24, 19853});
	/* Also where an edition in between left it out. */
	MERGES("2024-04-05/2024-05-10;2025-04-09/", UINT32_MAX,
	    {0, APRIL_24, MN_DAY_NONE}, {2, APRIL_24, 19853}, {2, APRIL_25, MN_DAY_NONE});
}

static void
an_extract_ends_nothing(void **state)
{
	(void)state;
	static const bool LAST_IS_AN_EXTRACT[] = {true, true, false};
	const struct mn_edition_span s[] = {
	    {0, APRIL_24, MN_DAY_NONE}, {1, APRIL_24, MN_DAY_NONE}};
	merges(s, 2, LAST_IS_AN_EXTRACT, "2024-04-05/", UINT32_MAX);
}

static void
the_order_of_rows_changes_nothing(void **state)
{
	(void)state;
	MERGES("2024-04-05/2024-10-05;2025-04-09/", UINT32_MAX,
	    {2, APRIL_25, MN_DAY_NONE}, {0, APRIL_24, MN_DAY_NONE});
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(in_all_editions_it_is_open),
	    cmocka_unit_test(not_in_a_newer_one_it_ended_by_then),
	    cmocka_unit_test(suspended_and_listed_again),
	    cmocka_unit_test(a_last_day_of_the_register_stands),
	    cmocka_unit_test(an_extract_ends_nothing),
	    cmocka_unit_test(the_order_of_rows_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

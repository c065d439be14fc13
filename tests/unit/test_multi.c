/* Several values in one cell: what split reads, quote writes; lists hold a value once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../connectors/multi.h"

static void
values_are_cut_at_semicolons_outside_quotes(void **state)
{
	static const struct {
		const char *cell, *want; /* values with '|' behind each */
	} CASES[] = {
	    {"", ""},
	    {" ; ;", ""},
	    {"a", "a|"},
	    {"a; b ;;c", "a|b|c|"},
	    {"\"a; b\";c", "a; b|c|"},
	    {"\"he said \"\"no\"\"\"; x", "he said \"no\"|x|"},
	    {"\"\"", ""},
	    {"OOO \"Birch; Pine\"",
		"OOO \"Birch|Pine\"|"}, /* no quote at its beginning */
	    {"\"Birch\" OOO; Pine", "\"Birch\" OOO|Pine|"}, /* letters of the value */
	    {"\"never closed; x", "\"never closed|x|"},
	};
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		char got[128] = "";
		struct mn_multi m = mn_multi_split(mn_str_c(CASES[i].cell), &a);
		for (uint32_t k = 0; k < m.n; k++)
			snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s|",
			    MN_FMT(m.item[k]));
		assert_string_equal(got, CASES[i].want);
	}
	mn_arena_free(root);
}

static void
what_is_quoted_comes_back(void **state)
{
	static const char *const VALUES[] = {"plain", "a; b", "\"x\"", "\"", "a\"b;"};
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_buf b = mn_buf_new(1024);
	(void)state;
	for (size_t i = 0; i < countof(VALUES); i++) {
		mn_buf_add(&b, i ? MN_S(";") : MN_S(""));
		mn_multi_quote(&b, mn_str_c(VALUES[i]));
	}
	struct mn_multi m = mn_multi_split(mn_buf_str(&b), &a);
	assert_int_equal(m.n, countof(VALUES));
	for (size_t i = 0; i < countof(VALUES); i++)
		assert_true(mn_str_eq(m.item[i], mn_str_c(VALUES[i])));
	mn_buf_free(&b);
	mn_arena_free(root);
}

static void
a_list_holds_a_value_once(void **state)
{
	static const char *const ADDED[] = {"Ash", "Birch", "Ash", "a;b", "a,b", "As"};
	struct mn_buf b = mn_buf_new(1024);
	(void)state;
	for (size_t i = 0; i < countof(ADDED); i++)
		mn_multi_add(&b, mn_str_c(ADDED[i]));
	assert_true(mn_str_eq(mn_buf_str(&b), MN_S("Ash;Birch;a,b;As")));
	mn_buf_free(&b);
}

/* Few are looked through, many remembered: it is the same list. */
static void
many_values_are_held_once_too(void **state)
{
	struct mn_arena a = mn_arena_new(16u << 20, NULL), root = a;
	struct mn_buf few = mn_buf_new(1u << 20), many = mn_buf_new(1u << 20);
	char value[16];
	(void)state;
	mn_buf_add(&few, MN_S("v3;Ash;;v7"));
	mn_buf_add(&many, mn_buf_str(&few));
	struct mn_multi_set *set = mn_multi_set_new(&a, mn_buf_str(&many), 3000);
	assert_non_null(set);
	assert_null(mn_multi_set_new(&a, mn_buf_str(&many), 2));
	for (unsigned i = 0; i < 3000; i++) {
		snprintf(value, sizeof value, i % 5 ? "v%u" : "v;%u", i * 7919 % 1000);
		mn_multi_add(&few, mn_str_c(value));
		mn_multi_add_new(&many, set, mn_str_c(value));
	}
	assert_true(mn_str_eq(mn_buf_str(&few), mn_buf_str(&many)));
	mn_buf_free(&few);
	mn_buf_free(&many);
	mn_arena_free(root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_are_cut_at_semicolons_outside_quotes),
	    cmocka_unit_test(what_is_quoted_comes_back),
	    cmocka_unit_test(a_list_holds_a_value_once),
	    cmocka_unit_test(many_values_are_held_once_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* CSV cells: quoting, and formulas that stay text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/report/csvw.h"

struct example {
	struct mn_str cell, want;
};

static void
expect(const struct example *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct mn_buf b = mn_buf_new(256);
		mn_csvw_cell_buf(&b, rows[i].cell, true);
		if (!mn_str_eq(mn_buf_str(&b), rows[i].want))
			fail_msg("%zu: got %.*s, want %.*s", i, MN_FMT(mn_buf_str(&b)),
			    MN_FMT(rows[i].want));
		mn_buf_free(&b);
	}
}
#define EXPECT(...) \
	expect((const struct example[]){__VA_ARGS__}, \
	    sizeof((const struct example[]){__VA_ARGS__}) / sizeof(struct example))

static void
formulas_get_an_apostrophe(void **state)
{
	(void)state;
	EXPECT({MN_S("=1+1"), MN_S("'=1+1")}, {MN_S("+cmd"), MN_S("'+cmd")},
	    {MN_S("-x"), MN_S("'-x")}, {MN_S("@SUM(A1)"), MN_S("'@SUM(A1)")},
	    {MN_S("\t=1"), MN_S("'\t=1")}, {MN_S("\r=1"), MN_S("\"'\r=1\"")},
	    {MN_S("=A1,B1"), MN_S("\"'=A1,B1\"")}, {MN_S("-"), MN_S("'-")},
	    {MN_S("-5..9"), MN_S("'-5..9")}, {MN_S("-1+2"), MN_S("'-1+2")});
}

static void
plain_numbers_stay_numbers(void **state)
{
	(void)state;
	EXPECT({MN_S("-12.5"), MN_S("-12.5")}, {MN_S("+3"), MN_S("+3")},
	    {MN_S("-.5"), MN_S("-.5")}, {MN_S("12"), MN_S("12")});
}

static void
cells_are_quoted_where_needed(void **state)
{
	(void)state;
	EXPECT({MN_S("plain"), MN_S("plain")}, {MN_STR_NONE, MN_STR_NONE},
	    {MN_S("a,b"), MN_S("\"a,b\"")},
	    {MN_S("say \"a\""), MN_S("\"say \"\"a\"\"\"")},
	    {MN_S("\""), MN_S("\"\"\"\"")}, {MN_S("a\nb"), MN_S("\"a\nb\"")},
	    {MN_S(" a"), MN_S("\" a\"")}, {MN_S("a "), MN_S("\"a \"")},
	    {MN_S("a=b"), MN_S("a=b")});
}

static void
a_comma_stands_before_all_but_the_first(void **state)
{
	(void)state;
	struct mn_buf b = mn_buf_new(64);
	mn_csvw_cell_buf(&b, MN_S("a"), true);
	mn_csvw_cell_buf(&b, MN_STR_NONE, false);
	mn_csvw_cell_buf(&b, MN_S("=c"), false);
	assert_true(mn_str_eq(mn_buf_str(&b), MN_S("a,,'=c")));
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(formulas_get_an_apostrophe),
	    cmocka_unit_test(plain_numbers_stay_numbers),
	    cmocka_unit_test(cells_are_quoted_where_needed),
	    cmocka_unit_test(a_comma_stands_before_all_but_the_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The workbook to fill in: every field that is read has its column, remark and choices.
 */
#include <stdlib.h>
#include <unistd.h>

#include "packs.h"

#include "manumit/report/template.h"

#include "tmpdir.h"
#include "unzip.h"

struct made {
	struct mn_arena root, a;
	struct mn_str zip, strings, workbook;
};

static struct made
make(struct tmpdir *t)
{
	struct mn_err err = MN_ERR_NONE;
	struct made m;
	m.root = m.a = mn_arena_new((size_t)1 << 28, NULL);
	const struct mn_countries *c =
	    mn_countries_new(&m.a, MN_STR_NONE, "countries", &err);
	assert_non_null(c);
	if (!mn_template_write(
		tmpdir_at(t, "t.xlsx"), shipped_packs(&m.a), c, NULL, 20000, &err))
		fail_msg("%s", err.msg);
	assert_true(mn_file_read(&m.a, tmpdir_at(t, "t.xlsx"), 8u << 20, &m.zip, &err));
	m.strings = unzip(&m.a, m.zip, "xl/sharedStrings.xml");
	m.workbook = unzip(&m.a, m.zip, "xl/workbook.xml");
	assert_non_null(m.strings.p);
	assert_non_null(m.workbook.p);
	return m;
}

/* The sheet of that number, from 1. */
static struct mn_str
sheet(struct made *m, unsigned n)
{
	return unzip(
	    &m->a, m->zip, mn_arena_fmt(&m->a, "xl/worksheets/sheet%u.xml%c", n, 0).p);
}

static bool
says(struct made *m, const char *text)
{
	return unzip_count(m->strings, mn_arena_fmt(&m->a, "<t>%s</t>%c", text, 0).p) > 0;
}

static void
each_kind_has_a_sheet_of_its_name(void **state)
{
	struct made m = make(*state);
	for (unsigned k = 0; k < MN_K_TENDERS; k++) {
		const char *tag =
		    mn_arena_fmt(&m.a, "<sheet name=\"%s\" sheetId=\"%u\"%c",
			mn_kind_name((enum mn_kind)k), k + 2, 0)
			.p;
		assert_int_equal(unzip_count(m.workbook, tag), 1);
	}
	assert_int_equal(unzip_count(m.workbook, "<sheet name=\"codes\""), 1);
	mn_arena_free(m.root);
}

static unsigned
fields_of(enum mn_kind k)
{
	unsigned n = 0;
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		n += mn_field_in((enum mn_field)f, k) &&
		     !(mn_field_def((enum mn_field)f)->flags & MN_FF_DROP);
	return n;
}

static void
each_field_has_a_column_with_a_remark(void **state)
{
	struct made m = make(*state);
	for (unsigned f = 0; f < MN_F_COUNT; f++) {
		const struct mn_field_def *d = mn_field_def((enum mn_field)f);
		bool filled_in = false;
		for (unsigned k = 0; k < MN_K_TENDERS; k++)
			filled_in = filled_in || mn_field_in((enum mn_field)f, k);
		if (filled_in && says(&m, d->name) == ((d->flags & MN_FF_DROP) != 0))
			fail_msg("%s", d->name);
	}
	for (unsigned k = 0; k < MN_K_TENDERS; k++) {
		struct mn_str notes = unzip(
		    &m.a, m.zip, mn_arena_fmt(&m.a, "xl/comments%u.xml%c", k + 1, 0).p);
		assert_int_equal(
		    unzip_count(notes, "<comment "), fields_of((enum mn_kind)k));
		assert_int_equal(
		    unzip_count(sheet(&m, k + 2), "<col "), fields_of((enum mn_kind)k));
	}
	mn_arena_free(m.root);
}

static void
words_are_offered_where_only_some_are_read(void **state)
{
	struct made m = make(*state);
	for (unsigned k = 0; k < MN_K_TENDERS; k++) {
		unsigned n = 0;
		struct mn_str s = sheet(&m, k + 2);
		for (unsigned f = 0; f < MN_F_COUNT; f++) {
			enum mn_field_type t = mn_field_def((enum mn_field)f)->type;
			n += mn_field_in((enum mn_field)f, (enum mn_kind)k) &&
			     (t == MN_T_CHOICE || t == MN_T_BOOL || t == MN_T_COUNTRY);
		}
		assert_true(unzip_count(s, "<dataValidation ") >= n);
	}
	assert_int_equal(unzip_count(sheet(&m, 2 + MN_K_SUPPLIERS),
			     "\"supplier,facility,recruiter,employer,bidder\""),
	    1);
	assert_int_equal(unzip_count(sheet(&m, 2 + MN_K_FINDINGS),
			     "<formula1>codes!$C$2:$C$12</formula1>"),
	    1); /* eleven indicators */
	assert_true(says(&m, "Malaysia") && says(&m, "PASSPORT_HELD"));
	mn_arena_free(m.root);
}

static void
each_sheet_has_one_example_and_its_id_comes_first(void **state)
{
	struct made m = make(*state);
	for (unsigned k = 0; k < MN_K_TENDERS; k++) {
		struct mn_str s = sheet(&m, k + 2);
		assert_int_equal(unzip_count(s, "<row "), 2);
		assert_int_equal(unzip_count(s, "<c r=\"A2\""), 1);
	}
	assert_true(says(&m, MN_EXAMPLE "0001"));
	assert_true(says(&m, "0042/2026"));
	mn_arena_free(m.root);
}

static void
the_same_template_has_the_same_bytes(void **state)
{
	struct made one = make(*state), two = make(*state);
	assert_true(mn_str_eq(one.zip, two.zip));
	mn_arena_free(one.root);
	mn_arena_free(two.root);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_kind_has_a_sheet_of_its_name),
	    cmocka_unit_test(each_field_has_a_column_with_a_remark),
	    cmocka_unit_test(words_are_offered_where_only_some_are_read),
	    cmocka_unit_test(each_sheet_has_one_example_and_its_id_comes_first),
	    cmocka_unit_test(the_same_template_has_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, tmpdir_make, tmpdir_remove);
}

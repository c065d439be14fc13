/* Sources: what is stored comes back; damaged rows are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "manumit/model/codec.h"
#include "manumit/model/source.h"

static struct mn_source
example(void)
{
	struct mn_source s = {.src = 3,
	    .kind = MN_K_FEES,
	    .file = MN_S("in/fees.csv"),
	    .sha256 = MN_S("abc"),
	    .encoding = MN_S("UTF-8"),
	    .delimiter = MN_S("\t"),
	    .bytes = 1ULL << 40,
	    .header_line = 2,
	    .rows = 9,
	    .accepted = 6,
	    .noted = 2,
	    .quarantined = 1,
	    .unjoined = 2,
	    .layout = MN_S("l"),
	    .title = MN_S("t"),
	    .licence = MN_S("CC0"),
	    .url = MN_S("u"),
	    .gates = MN_S("G-OWN;G-WRO")};
	s.column[0] = MN_S("Id");
	s.column[MN_F_AMOUNT] = MN_S("Betrag");
	s.column[MN_F_COUNT - 1] = MN_S("Who");
	return s;
}

static void
what_is_stored_comes_back(void **state)
{
	struct mn_source s = example(), got;
	struct mn_buf b = mn_buf_new(4096), again = mn_buf_new(4096);
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	mn_source_encode(&s, &b);
	assert_true(mn_source_decode(mn_buf_str(&b), &got, &err));
	assert_int_equal(got.src, 3);
	assert_int_equal(got.kind, MN_K_FEES);
	assert_int_equal(got.bytes, 1ULL << 40);
	assert_int_equal(got.quarantined, 1);
	assert_int_equal(got.unjoined, 2);
	assert_true(mn_str_eq(got.gates, s.gates));
	assert_true(mn_str_eq(got.delimiter, MN_S("\t")));
	for (size_t f = 0; f < MN_F_COUNT; f++)
		assert_true(mn_str_eq(got.column[f], s.column[f]));
	mn_source_encode(&got, &again);
	assert_true(mn_str_eq(mn_buf_str(&b), mn_buf_str(&again)));
	mn_buf_free(&b);
	mn_buf_free(&again);
}

static void
an_edition_comes_back_and_version_1_had_none(void **state)
{
	struct mn_source s = example(), got;
	struct mn_buf b = mn_buf_new(4096), old = mn_buf_new(4096);
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	memset(s.column, 0, sizeof s.column);
	mn_source_encode(&s, &b);
	/* Three empty texts and two numbers, at the end of a row without columns. */
	mn_buf_add(&old, mn_str_sub(mn_buf_str(&b), 0, b.n - 3 * 4 - 2 * 8));
	old.p[0] = 1;
	assert_true(mn_source_decode(mn_buf_str(&old), &got, &err));
	assert_int_equal(got.quarantined, 1);
	assert_int_equal(got.edition.n, 0);
	s.edition = MN_S("2026-08-02");
	s.missing = MN_S("half");
	s.stale_after_days = 30;
	mn_buf_clear(&b);
	mn_source_encode(&s, &b);
	assert_true(mn_source_decode(mn_buf_str(&b), &got, &err));
	assert_true(mn_str_eq(got.edition, s.edition));
	assert_true(mn_str_eq(got.missing, s.missing));
	assert_int_equal(got.stale_after_days, 30);
	mn_buf_free(&b);
	mn_buf_free(&old);
}

static void
refused(struct mn_str bytes)
{
	struct mn_source got;
	struct mn_err err = MN_ERR_NONE;
	assert_false(mn_source_decode(bytes, &got, &err));
	assert_int_equal(err.code, MN_E_STORE);
}

static void
a_row_cut_anywhere_is_refused(void **state)
{
	struct mn_source s = example();
	struct mn_buf whole = mn_buf_new(4096), bare = mn_buf_new(4096);
	(void)state;
	mn_source_encode(&s, &whole);
	memset(s.column, 0, sizeof s.column);
	mn_source_encode(&s, &bare);
	for (size_t n = 0; n < bare.n; n++)
		refused(mn_str(whole.p, n));
	refused(mn_str(whole.p, whole.n - 1));
	mn_buf_free(&whole);
	mn_buf_free(&bare);
}

static void
values_out_of_range_are_refused(void **state)
{
	struct mn_source s = example();
	struct mn_buf b = mn_buf_new(4096);
	(void)state;
	mn_source_encode(&s, &b);
	b.p[0]++; /* version */
	refused(mn_buf_str(&b));
	b.p[0]--;
	b.p[5] = MN_K_COUNT; /* kind */
	refused(mn_buf_str(&b));
	b.p[5] = MN_K_FEES;
	b.p[1] = 1; /* a source number that no rid can hold */
	refused(mn_buf_str(&b));
	mn_buf_free(&b);
}

static void
column_with(struct mn_buf *b, uint8_t field)
{
	mn_put_u8(b, field);
	mn_put_str(b, MN_S("x"));
}

static void
columns_are_known_fields_in_order(void **state)
{
	struct mn_source s = example();
	struct mn_buf b = mn_buf_new(4096);
	struct mn_source got;
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	memset(s.column, 0, sizeof s.column);
	mn_source_encode(&s, &b);
	size_t head = b.n;
	column_with(&b, MN_F_COUNT);
	refused(mn_buf_str(&b));
	b.n = head;
	column_with(&b, 4);
	assert_true(mn_source_decode(mn_buf_str(&b), &got, &err));
	column_with(&b, 4);
	refused(mn_buf_str(&b));
	mn_buf_free(&b);
}

static void
the_base_is_the_last_part_of_the_path(void **state)
{
	struct mn_source s = {.file = MN_S("a/b/c.csv")};
	(void)state;
	assert_true(mn_str_eq(mn_source_base(&s), MN_S("c.csv")));
	s.file = MN_S("c.csv");
	assert_true(mn_str_eq(mn_source_base(&s), MN_S("c.csv")));
	s.file = MN_S("-");
	assert_true(mn_str_eq(mn_source_base(&s), MN_S("-")));
	s.file = MN_STR_NONE;
	assert_int_equal(mn_source_base(&s).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_stored_comes_back),
	    cmocka_unit_test(an_edition_comes_back_and_version_1_had_none),
	    cmocka_unit_test(a_row_cut_anywhere_is_refused),
	    cmocka_unit_test(values_out_of_range_are_refused),
	    cmocka_unit_test(columns_are_known_fields_in_order),
	    cmocka_unit_test(the_base_is_the_last_part_of_the_path),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Cells to canonical text, type by type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../connectors/cell.h"

static struct mn_arena root;
static const struct mn_countries *countries;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)64 << 20, NULL);
	countries = mn_countries_new(&root, MN_STR_NONE, "none", &err);
	return countries ? 0 : -1;
}

struct cell_case {
	enum mn_field f;
	const char *in, *want;
	enum mn_code code;
};

static void
check(const struct cell_case *c, size_t n, enum mn_date_order order, bool comma)
{
	struct mn_cell_rules rules = {
	    .countries = countries, .order = order, .decimal_comma = comma};
	for (size_t i = 0; i < n; i++) {
		struct mn_arena a = root;
		struct mn_cell got = mn_cell_read(c[i].f, mn_str_c(c[i].in), &rules, &a);
		if (got.code != c[i].code || !mn_str_eq(got.out, mn_str_c(c[i].want)))
			fail_msg("%s \"%s\": \"%.*s\" %s, not \"%s\" %s",
			    mn_field_def(c[i].f)->name, c[i].in, MN_FMT(got.out),
			    mn_code_name(got.code), c[i].want, mn_code_name(c[i].code));
	}
}

static void
numbers_shed_signs_and_separators(void **state)
{
	static const struct cell_case CASES[] = {
	    {MN_F_AMOUNT, "600", "600", 0},
	    {MN_F_AMOUNT, "-12.5", "-12.5", 0},
	    {MN_F_AMOUNT, "$1,227.56", "1227.56", 0},
	    {MN_F_AMOUNT, "1.227,56 €", "1227.56", 0},
	    {MN_F_AMOUNT, "Tk 4,16,789", "416789", 0},
	    {MN_F_AMOUNT, "1 234 567", "1234567", 0},
	    {MN_F_AMOUNT, "12,5", "12.5", 0},
	    {MN_F_AMOUNT, "4.36 lakh", "436000", 0},
	    {MN_F_AMOUNT, "Tk 5 lakh 74 thousand 241", "574241", 0},
	    {MN_F_AMOUNT, "INR 1.5 crore", "15000000", 0},
	    {MN_F_AMOUNT, "2.5 million", "2500000", 0},
	    {MN_F_AMOUNT, "3 thousand 2 lakh", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "1 234", "1234", 0},
	    {MN_F_AMOUNT, "12 34", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "1\u202f234,50", "1234.50", 0},
	    {MN_F_AMOUNT, "1'234'567.5", "1234567.5", 0},
	    {MN_F_AMOUNT, "1’234’567", "1234567", 0},
	    {MN_F_AMOUNT, "৳ ৪,১৬,৭৮৯", "416789", 0},
	    {MN_F_AMOUNT, "١٬٢٣٤٫٥", "1234.5", 0},
	    {MN_F_AMOUNT, "１２３円", "123", 0},
	    {MN_F_AMOUNT, "1.2万", "12000", 0},
	    {MN_F_AMOUNT, "-$5", "-5", 0},
	    {MN_F_AMOUNT, "12³", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "5 apples", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "100-200", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "R$ 1.200,00", "1200.00", 0},
	    {MN_F_AMOUNT, "many", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "51-100", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "(1,000)", "-1000", 0},
	    {MN_F_AMOUNT, "5k", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "3 M", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "1e5", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "1.7000000000000000e+04", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "4 of 9", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "1,2,3", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "10.12.2024", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "USD 300", "300", 0},
	    {MN_F_AMOUNT, "1.234,50-", "-1234.50", 0},
	    {MN_F_AMOUNT, "1,234.50-", "-1234.50", 0},
	    {MN_F_AMOUNT, "-5-", "", MN_E_CELL_NUMBER},
	    {MN_F_AMOUNT, "Rs 35000/-", "35000", 0},
	    {MN_F_AMOUNT, "Rp 500.000,-", "500000.00", 0},
	    {MN_F_AMOUNT, "CHF 1'500.--", "1500.00", 0},
	    {MN_F_AMOUNT, "रु 5,000", "5000", 0},
	    {MN_F_AMOUNT, "33 %", "", MN_E_CELL_NUMBER},
	    {MN_F_WORKERS, "33 %", "", MN_E_CELL_NUMBER},
	    {MN_F_WORKERS, "\u200e1200", "1200", 0},
	    {MN_F_AMOUNT, "Rs. 1,00,000", "100000", 0},
	    {MN_F_WORKERS, "1.200", "1200", 0},
	    {MN_F_WORKERS, "347.0", "347", 0},
	    {MN_F_WORKERS, "347.6", "", MN_E_CELL_NUMBER},
	    {MN_F_WORKERS, "1,200", "1200", 0},
	    {MN_F_WORKERS, "51-100", "", MN_E_CELL_NUMBER},
	    {MN_F_WORKERS, "-3", "", MN_E_CELL_NUMBER},
	};
	static const struct cell_case COMMA[] = {
	    {MN_F_AMOUNT, "1,234", "1.234", 0},
	    {MN_F_AMOUNT, "1.234", "1234", 0},
	    {MN_F_AMOUNT, "1.234,5", "1234.5", 0},
	};
	(void)state;
	check(CASES, countof(CASES), MN_ORDER_UNKNOWN, false);
	check(COMMA, countof(COMMA), MN_ORDER_UNKNOWN, true);
}

static void
a_currency_beside_an_amount_is_told(void **state)
{
	static const struct {
		const char *in, *want;
	} CASES[] = {{"USD 300", "USD"}, {"300 eur", "EUR"}, {"1.227,56 €", "EUR"},
	    {"Tk 4,16,789", "BDT"}, {"US$5", "USD"}, {"R$ 1.200,00", "BRL"},
	    {"5 lakh taka", "BDT"}, {"$1,227.56", ""}, {"Rs. 500", ""}, {"¥500", ""},
	    {"300 pcs", ""}, {"600", ""}};
	struct mn_cell_rules rules = {.countries = countries};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_arena a = root;
		struct mn_cell c =
		    mn_cell_read(MN_F_AMOUNT, mn_str_c(CASES[i].in), &rules, &a);
		assert_int_equal(c.code, MN_E_NONE);
		assert_string_equal(c.currency, CASES[i].want);
	}
}

static void
shares_are_parts_of_one(void **state)
{
	static const struct cell_case CASES[] = {
	    {MN_F_MIGRANT_SHARE, "45%", "0.4500", 0},
	    {MN_F_MIGRANT_SHARE, "45", "0.4500", 0},
	    {MN_F_MIGRANT_SHARE, "0.45", "0.4500", 0},
	    {MN_F_MIGRANT_SHARE, "0", "0.0000", 0},
	    {MN_F_MIGRANT_SHARE, "100 %", "1.0000", 0},
	    {MN_F_MIGRANT_SHARE, "101", "", MN_E_CELL_NUMBER},
	    {MN_F_MIGRANT_SHARE, "-1", "", MN_E_CELL_NUMBER},
	};
	(void)state;
	check(CASES, countof(CASES), MN_ORDER_UNKNOWN, false);
}

static void
dates_are_read_only_when_they_are_certain(void **state)
{
	static const struct cell_case CASES[] = {
	    {MN_F_PAID_ON, "2024-02-29", "2024-02-29", 0},
	    {MN_F_PAID_ON, "2023-02-29", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "2024-03-14T10:00:00", "2024-03-14", 0},
	    {MN_F_PAID_ON, "31/12/2024", "2024-12-31", 0},
	    {MN_F_PAID_ON, "12/31/2024", "2024-12-31", 0},
	    {MN_F_PAID_ON, "05/05/2024", "2024-05-05", 0},
	    {MN_F_PAID_ON, "05/04/2024", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "05.04.2024", "2024-04-05", 0},
	    {MN_F_PAID_ON, "05/04/24", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "2024", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "soon", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "15 déc. 2024", "2024-12-15", 0},
	    {MN_F_PAID_ON, "1er août 2023", "2023-08-01", 0},
	    {MN_F_PAID_ON, "15. März 2024", "2024-03-15", 0},
	    {MN_F_PAID_ON, "15 de diciembre de 2024", "2024-12-15", 0},
	    {MN_F_PAID_ON, "Sunday, December 15, 2024 10:31 AM", "2024-12-15", 0},
	    {MN_F_PAID_ON, "15 декабря 2024 г.", "2024-12-15", 0},
	    {MN_F_PAID_ON, "ngày 15 tháng 12 năm 2024", "2024-12-15", 0},
	    {MN_F_PAID_ON, "2024年12月15日", "2024-12-15", 0},
	    {MN_F_PAID_ON, "2024년 12월 15일", "2024-12-15", 0},
	    {MN_F_PAID_ON, "令和6年12月15日", "2024-12-15", 0},
	    {MN_F_PAID_ON, "令和元年5月1日", "2019-05-01", 0},
	    {MN_F_PAID_ON, "R6.12.15", "2024-12-15", 0},
	    {MN_F_PAID_ON, "١٥/١٢/٢٠٢٤", "2024-12-15", 0},
	    {MN_F_PAID_ON, "15/12/2567", "2024-12-15", 0},
	    {MN_F_PAID_ON, "29 กุมภาพันธ์ 2567", "2024-02-29", 0},
	    {MN_F_PAID_ON, "15 ธ.ค. 2567", "2024-12-15", 0},
	    {MN_F_PAID_ON, "\u200e15/12/2024", "2024-12-15", 0},
	    {MN_F_PAID_ON, "2079-10-05", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "1403/09/25", "", MN_E_CELL_DATE},
	    {MN_F_ENDED_ON, "2079-10-05", "2079-10-05", 0},
	    {MN_F_ENDED_ON, "2500-12-31", "2500-12-31", 0},
	    {MN_F_PAID_ON, "15 listopada 2024", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "15 to 16 dec 2024", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "15 dec 2024 16", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "32 dec 2024", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "June 21, 2022", "2022-06-21", 0},
	    {MN_F_PAID_ON, "5 Sept. 2022", "2022-09-05", 0},
	    {MN_F_PAID_ON, "05-Apr-2024", "2024-04-05", 0},
	    {MN_F_PAID_ON, "June 2022", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "June 31, 2022", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "21-Jun-22", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "Maybe 21, 2022", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "June 21, 2022 and later", "", MN_E_CELL_DATE},
	};
	static const struct cell_case DMY[] = {
	    {MN_F_PAID_ON, "05/04/2024", "2024-04-05", 0}};
	static const struct cell_case YMD[] = {
	    {MN_F_PAID_ON, "20240229", "2024-02-29", 0},
	    {MN_F_PAID_ON, "20230229", "", MN_E_CELL_DATE}};
	static const struct cell_case MDY[] = {
	    {MN_F_PAID_ON, "20240229", "", MN_E_CELL_DATE},
	    {MN_F_PAID_ON, "9/1/2015", "2015-09-01", 0}};
	(void)state;
	check(CASES, countof(CASES), MN_ORDER_UNKNOWN, false);
	check(DMY, countof(DMY), MN_ORDER_DMY, false);
	check(MDY, countof(MDY), MN_ORDER_MDY, false);
	check(YMD, countof(YMD), MN_ORDER_YMD, false);
}

static void
intervals_of_registers_become_iso(void **state)
{
	static const struct cell_case CASES[] = {
	    {MN_F_INTERVALS, "09/04/2025", "2025-04-09/", 0},
	    {MN_F_INTERVALS, "05/04/2024 a 10/05/2024, 09/04/2025",
		"2024-04-05/2024-05-10;2025-04-09/", 0},
	    {MN_F_INTERVALS, "2024-04-05/2024-05-10;2025-04-09/",
		"2024-04-05/2024-05-10;2025-04-09/", 0},
	};
	(void)state;
	check(CASES, countof(CASES), MN_ORDER_UNKNOWN, false);
}

static void
words_with_a_fixed_meaning(void **state)
{
	static const struct cell_case CASES[] = {
	    {MN_F_RECEIPT, "YES", "yes", 0},
	    {MN_F_RECEIPT, "Sí", "yes", 0},
	    {MN_F_RECEIPT, "não", "no", 0},
	    {MN_F_RECEIPT, "nein", "no", 0},
	    {MN_F_RECEIPT, "0", "no", 0},
	    {MN_F_RECEIPT, "perhaps", "", MN_E_CELL_VALUE},
	    {MN_F_STRENGTH, "Strong", "S", 0},
	    {MN_F_STRENGTH, "w", "W", 0},
	    {MN_F_STRENGTH, "minor", "", MN_E_CELL_VALUE},
	    {MN_F_STRENGTH, "slight", "", MN_E_CELL_VALUE},
	    {MN_F_ROLE, "Facility", "facility", 0},
	    {MN_F_STATUS, "Worker verified", "worker_verified", 0},
	    {MN_F_STATUS, "Closed", "closed_on_claim", 0},
	    {MN_F_STATUS, "Closed and verified", "worker_verified", 0},
	    {MN_F_STATUS, "In progress", "open", 0},
	    {MN_F_IMPOSED_BY, "Government", "state", 0},
	    {MN_F_COOCCURRENCE, "same worker", "worker", 0},
	    {MN_F_STRENGTH, "major", "", MN_E_CELL_VALUE},
	    {MN_F_ROLE, "warehouse", "", MN_E_CELL_VALUE},
	    {MN_F_CURRENCY, "usd", "USD", 0},
	    {MN_F_CURRENCY, "12", "", MN_E_CELL_VALUE},
	    {MN_F_COUNTRY, "Bangladesh", "BD", 0},
	    {MN_F_COUNTRY, "Atlantis", "", MN_E_CELL_COUNTRY},
	    {MN_F_VIOLATION, "debt; housing", "DEBT;HOUSING", 0},
	    {MN_F_ALIASES, "One Ltd;; Two Ltd ", "One Ltd;Two Ltd", 0},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_cell_rules rules = {.countries = countries};
		struct mn_arena a = root;
		struct mn_cell got =
		    mn_cell_read(CASES[i].f, mn_str_c(CASES[i].in), &rules, &a);
		if (got.code != CASES[i].code ||
		    !mn_str_eq(got.out, mn_str_c(CASES[i].want)))
			fail_msg("\"%s\" became \"%.*s\"", CASES[i].in, MN_FMT(got.out));
	}
}

static void
check_digits_are_checked(void **state)
{
	/* The LEI of ISO 17442's own example, and the OS ID of the registry's source. */
	static const struct cell_case CASES[] = {
	    {MN_F_LEI, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12", 0},
	    {MN_F_LEI, "5493001KJTIIGC8Y1R21", "", MN_E_CELL_LEI},
	    {MN_F_LEI, "5493001KJTIIGC8Y1R1", "", MN_E_CELL_LEI},
	    {MN_F_OS_ID, "BD20190833PDBEW", "BD20190833PDBEW", 0},
	    {MN_F_OS_ID, "BD20190833PDBEX", "", MN_E_CELL_OSID},
	    {MN_F_OS_ID, "BD2019", "", MN_E_CELL_OSID},
	};
	(void)state;
	check(CASES, countof(CASES), MN_ORDER_UNKNOWN, false);
}

static void
free_words_about_people_are_redacted(void **state)
{
	static const char *const PERSONAL[] = {"write to someone@example.org",
	    "call +880 1712-345678", "passport AB1234567", "tel. 030 123456789",
	    "holder of MA123456", "his Pasaporte no. 12345", "राहदानी नं. ०१२३४५६",
	    "هاتف ٠٥٠١٢٣٤٥٦٧", "born 3 May 1991", "DOB: 1991-05-03",
	    "née le 03/05/91 1991", "Ana Invented Lima, 03.05.1991, says",
	    "生年月日 1991年5月3日", "护照号 E12345678"};
	static const char *const HARMLESS[] = {"hours within the law",
	    "visit of 2026-03-14, report 2025/118", "wages from 2024-01-01 on",
	    "Audit 2026-07", "12 of 40 workers @ the mill", "newborn units of 2024",
	    "Example Labour Court 2025-05-14", "passports are held by the office",
	    "work permit fee 250", "paid 45,000 NPR on 2024-11-02", "Lot 12.03.2019"};
	(void)state;
	for (size_t i = 0; i < countof(PERSONAL); i++)
		if (!mn_cell_personal(mn_str_c(PERSONAL[i])))
			fail_msg("kept: %s", PERSONAL[i]);
	for (size_t i = 0; i < countof(HARMLESS); i++)
		if (mn_cell_personal(mn_str_c(HARMLESS[i])))
			fail_msg("redacted: %s", HARMLESS[i]);
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

static void
every_word_for_nothing_is_found(void **state)
{
	static const char *const VALUES[] = {
	    "BD", "x", "1", "12", "No", "VN", "non", "yes", "Nile", "0.5"};
	size_t n = 0;
	(void)state;
	for (struct mn_str w; (w = mn_cell_nothing(n)).n; n++)
		if (!mn_cell_null(MN_F_NAME, w))
			fail_msg("%.*s is taken for a value", MN_FMT(w));
	assert_true(n > 90);
	assert_true(mn_cell_null(MN_F_NAME, MN_S("N/A")));
	assert_true(mn_cell_null(MN_F_NAME, MN_S("Unknown")));
	for (size_t i = 0; i < countof(VALUES); i++)
		assert_false(mn_cell_null(MN_F_NAME, mn_str_c(VALUES[i])));
}

static void
years_of_two_digits_only_where_the_layout_says_so(void **state)
{
	struct mn_arena a = root;
	struct mn_cell_rules r = {.order = MN_ORDER_MDY};
	(void)state;
	assert_int_equal(
	    mn_cell_read(MN_F_CLOSED, MN_S("10/01/99 00:00:00"), &r, &a).code,
	    MN_E_CELL_DATE);
	r.years_from = 1970;
	static const char *const OF[][2] = {{"10/01/99 00:00:00", "1999-10-01"},
	    {"10/01/69", "2069-10-01"}, {"1/2/70", "1970-01-02"},
	    {"10/01/1999", "1999-10-01"}, {"13/01/99", ""}, {"10/01/9", ""},
	    {"10/01/123", ""}};
	for (size_t i = 0; i < countof(OF); i++) {
		struct mn_cell c = mn_cell_read(MN_F_CLOSED, mn_str_c(OF[i][0]), &r, &a);
		assert_true(mn_str_eq(c.code ? MN_STR_NONE : c.out, mn_str_c(OF[i][1])));
	}
	r.order = MN_ORDER_UNKNOWN;
	assert_int_equal(
	    mn_cell_read(MN_F_CLOSED, MN_S("10/01/99"), &r, &a).code, MN_E_CELL_DATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_shed_signs_and_separators),
	    cmocka_unit_test(a_currency_beside_an_amount_is_told),
	    cmocka_unit_test(shares_are_parts_of_one),
	    cmocka_unit_test(dates_are_read_only_when_they_are_certain),
	    cmocka_unit_test(intervals_of_registers_become_iso),
	    cmocka_unit_test(words_with_a_fixed_meaning),
	    cmocka_unit_test(check_digits_are_checked),
	    cmocka_unit_test(free_words_about_people_are_redacted),
	    cmocka_unit_test(every_word_for_nothing_is_found),
	    cmocka_unit_test(years_of_two_digits_only_where_the_layout_says_so),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

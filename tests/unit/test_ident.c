/* Identifiers: published example numbers and computed ones; none is a living person's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/text/ident.h"

static void
numbers_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *text, *country;
		enum mn_ident_scheme scheme;
		const char *canonical;
	} CASES[] = {
	    {"5299 00T8 BM49 AURS DO55", "", MN_IDENT_LEI, "529900T8BM49AURSDO55"},
	    {"529900t8bm49aursdo55", "CN", MN_IDENT_LEI, "529900T8BM49AURSDO55"},
	    {"529900T8BM49AURSDO56", "", MN_IDENT_NONE, ""},
	    {"BD20190833PDBEW", "", MN_IDENT_OSID, "BD20190833PDBEW"},
	    {"BD20190833PDBEX", "", MN_IDENT_NONE, ""},
	    {"91350100M000100Y43", "", MN_IDENT_CN_USCC, "91350100M000100Y43"},
	    {"91350100M000100Y44", "CN", MN_IDENT_NONE, ""},
	    {"11.222.333/0001-81", "BR", MN_IDENT_BR_CNPJ, "11222333000181"},
	    {"12.ABC.345/01DE-35", "BR", MN_IDENT_BR_CNPJ, "12ABC34501DE35"},
	    {"12.ABC.345/01DE-36", "BR", MN_IDENT_NONE, ""},
	    {"11222333000181", "", MN_IDENT_NONE, ""}, /* 14 digits of any country */
	    {"00000000000000", "BR", MN_IDENT_NONE, ""},
	    {"732 829 320", "FR", MN_IDENT_FR_SIREN, "732829320"},
	    {"732 829 320 00074", "FR", MN_IDENT_FR_SIRET, "73282932000074"},
	    {"356 000 000 00042", "FR", MN_IDENT_FR_SIRET, "35600000000042"},
	    {"FR 44 732829320", "", MN_IDENT_FR_VAT, "44732829320"},
	    {"FR 45 732829320", "", MN_IDENT_NONE, ""},
	    {"4830352", "GB", MN_IDENT_GB_COMPANY, "04830352"},
	    {"sc123456", "GB", MN_IDENT_GB_COMPANY, "SC123456"},
	    {"GB 980 7806 84", "", MN_IDENT_GB_VAT, "980780684"},
	    {"GB 980 7806 84 001", "GB", MN_IDENT_GB_VAT_BRANCH, "980780684001"},
	    {"BE 403.019.261", "", MN_IDENT_BE_VAT, "0403019261"},
	    {"0200.247.986", "BE", MN_IDENT_BE_VAT, "0200247986"},
	    {"DE136695976", "", MN_IDENT_DE_VAT, "136695976"},
	    {"DE136695977", "DE", MN_IDENT_NONE, ""},
	    {"A58818501", "ES", MN_IDENT_ES_NIF, "A58818501"},
	    {"P0000001H", "ES", MN_IDENT_ES_NIF, "P0000001H"},
	    {"P00000018", "ES", MN_IDENT_NONE, ""},
	    {"IT 00743110157", "", MN_IDENT_IT_VAT, "00743110157"},
	    {"NL004495445B01", "", MN_IDENT_NL_VAT, "004495445B01"},
	    {"NL004495446B01", "NL", MN_IDENT_NONE, ""},
	    {"526-10-40-828", "PL", MN_IDENT_PL_NIP, "5261040828"},
	    {"PT 501 964 843", "", MN_IDENT_PT_NIF, "501964843"},
	    {"27AAPFU0939F1ZV", "", MN_IDENT_IN_GSTIN, "27AAPFU0939F1ZV"},
	    {"27AAPFU0939F1ZW", "IN", MN_IDENT_NONE, ""},
	    {"7707083893", "RU", MN_IDENT_RU_INN, "7707083893"},
	    {"7707083894", "RU", MN_IDENT_NONE, ""},
	    {"1027700132195", "RU", MN_IDENT_RU_OGRN, "1027700132195"},
	    {"", "GB", MN_IDENT_NONE, ""},
	    {"?", "", MN_IDENT_NONE, ""},
	    {"1234567890123456789012345678901234567890123456789012345678901234567890",
		"GB", MN_IDENT_NONE, ""},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_ident id;
		bool read = mn_ident_read(
		    mn_str_c(CASES[i].text), mn_str_c(CASES[i].country), &id);
		if (id.scheme != CASES[i].scheme ||
		    !mn_str_eq(mn_str(id.text, id.n), mn_str_c(CASES[i].canonical)))
			fail_msg("%s: %s %.*s", CASES[i].text, mn_ident_name(id.scheme),
			    id.n, id.text);
		assert_int_equal(read, CASES[i].scheme != MN_IDENT_NONE);
		assert_int_equal(id.checked, read && id.scheme != MN_IDENT_GB_COMPANY);
		assert_true(id.root_at + id.root_n <= id.n);
	}
}

/* Computed: 111.222.333 with its check digits, and the like. */
static void
numbers_of_persons_are_recognised_and_not_kept(void **state)
{
	static const struct {
		const char *text, *country;
		enum mn_ident_scheme scheme;
	} CASES[] = {
	    {"111.222.333-96", "BR", MN_IDENT_BR_CPF},
	    {"***.222.333-**", "BR", MN_IDENT_BR_CPF},
	    {"000000000000", "RU", MN_IDENT_RU_INN_PERSON},
	    {"00000000T", "ES", MN_IDENT_ES_DNI},
	    {"X0000000T", "ES", MN_IDENT_ES_DNI},
	    {"123456789", "PT", MN_IDENT_PT_NIF},
	    {"07AAAPX0000C1ZI", "IN", MN_IDENT_IN_GSTIN},
	    {"AAAAAA00A00A000I", "IT", MN_IDENT_IT_CF},
	    {"300000000000004", "RU", MN_IDENT_RU_OGRNIP},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_ident id;
		if (!mn_ident_read(
			mn_str_c(CASES[i].text), mn_str_c(CASES[i].country), &id))
			fail_msg("%s", CASES[i].text);
		assert_int_equal(id.scheme, CASES[i].scheme);
		assert_true(id.person);
		assert_int_equal(id.n, 0);
		for (size_t k = 0; k < sizeof id.text; k++)
			assert_int_equal(id.text[k], 0);
	}
}

static void
branches_share_a_root(void **state)
{
	static const struct {
		const char *a, *b, *country_a, *country_b;
		enum mn_ident_cmp want;
	} CASES[] = {
	    {"11.222.333/0001-81", "11222333000181", "BR", "BR", MN_IDENT_SAME},
	    {"11.222.333/0001-81", "11.222.333/0002-62", "BR", "BR", MN_IDENT_SAME_ROOT},
	    {"11.222.333/0001-81", "12ABC34501DE35", "BR", "BR", MN_IDENT_DIFFERENT},
	    {"732829320", "73282932000074", "FR", "FR", MN_IDENT_SAME_ROOT},
	    {"732829320", "FR44732829320", "FR", "", MN_IDENT_SAME_ROOT},
	    {"552100554", "73282932000074", "FR", "FR", MN_IDENT_DIFFERENT},
	    {"29AAACX0000C1Z3", "07AAACX0000C1Z9", "", "", MN_IDENT_SAME_ROOT},
	    {"GB980780684", "GB980780684001", "", "", MN_IDENT_SAME_ROOT},
	    {"4830352", "04830352", "GB", "GB", MN_IDENT_SAME},
	    {"7707083893", "1027700132195", "RU", "RU", MN_IDENT_INCOMPARABLE},
	    {"111.222.333-96", "111.222.333-96", "BR", "BR", MN_IDENT_INCOMPARABLE},
	    {"", "", "", "", MN_IDENT_INCOMPARABLE},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_ident a, b;
		mn_ident_read(mn_str_c(CASES[i].a), mn_str_c(CASES[i].country_a), &a);
		mn_ident_read(mn_str_c(CASES[i].b), mn_str_c(CASES[i].country_b), &b);
		assert_int_equal(mn_ident_compare(&a, &b), CASES[i].want);
		assert_int_equal(mn_ident_compare(&b, &a), CASES[i].want);
	}
}

/* A check digit is worth its name only if it notices every wrong digit. */
static void
one_wrong_digit_is_noticed(void **state)
{
	static const struct {
		const char *text, *country;
	} CASES[] = {{"529900T8BM49AURSDO55", ""}, {"91350100M000100Y43", ""},
	    {"732829320", "FR"}, {"7707083893", "RU"}, {"DE136695976", ""},
	    {"5261040828", "PL"}, {"27AAPFU0939F1ZV", ""}, {"0200247986", "BE"}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_str s = mn_str_c(CASES[i].text);
		for (size_t at = 0; at < s.n; at++) {
			char text[32];
			struct mn_ident id;
			memcpy(text, s.p, s.n);
			if (text[at] < '0' || text[at] > '8')
				continue;
			text[at]++;
			if (mn_ident_read(
				mn_str(text, s.n), mn_str_c(CASES[i].country), &id))
				fail_msg("%.*s passes", (int)s.n, text);
		}
	}
}

static void
every_scheme_has_a_name_and_a_rule(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MN_IDENT_COUNT; i++) {
		assert_true(mn_ident_name((enum mn_ident_scheme)i)[0] != 0);
		assert_true(i == 0 || mn_ident_rule((enum mn_ident_scheme)i)[0] != 0);
	}
	assert_false(mn_ident_valid(MN_IDENT_NONE, MN_S("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_read_as_people_write_them),
	    cmocka_unit_test(numbers_of_persons_are_recognised_and_not_kept),
	    cmocka_unit_test(branches_share_a_root),
	    cmocka_unit_test(one_wrong_digit_is_noticed),
	    cmocka_unit_test(every_scheme_has_a_name_and_a_rule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Multiple systems estimation against published overlap tables. The counts are facts of
 * their publications: UK 2013, Bales, Hesketh and Silverman, Significance 12(3), 2015
 * (from National Crime Agency data); the Netherlands 2010-15, van Dijk, van der Heijden
 * and Kragten-Heerdink (UNODC 2017); New Orleans, Bales, Murphy and Silverman, J. R.
 * Stat. Soc. A 183, 2020; Kosovo, Ball and others (AAAS/ABA 2002); the Western U.S.
 * site, the artificial table and all of these but Kosovo, Chan, Silverman and
 * Vincent, J. Am. Stat. Assoc. 116, 2021. Expected numbers: the same models fitted by
 * glm() of R 4, epsilon 1e-12; the intervals of four of them also by Newton's method in
 * 40 decimal digits.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/report/estimate.h"
#include "manumit/run/overlaps.h"
#include "tmpdir.h"

#define UK6 \
	"LA NG PF GO GP NCA|LA 54;NG 463;PF 907;GO 695;GP 316;NCA 57;LA+NG 15;LA+PF 19;" \
	"LA+GO 3;NG+PF 56;NG+GO 19;NG+GP 1;NG+NCA 3;PF+GO 69;PF+GP 10;PF+NCA 31;GO+GP " \
	"8;" \
	"GO+NCA 6;GP+NCA 1;LA+NG+PF 1;LA+NG+GO 1;NG+PF+GO 4;NG+PF+NCA 3;PF+GO+NCA 1;" \
	"LA+NG+PF+GO 1"
#define UK5 \
	"LA NG PN GO GP|LA 54;NG 463;PN 995;GO 695;GP 316;LA+NG 15;LA+PN 19;LA+GO 3;" \
	"NG+PN 62;NG+GO 19;NG+GP 1;PN+GO 76;PN+GP 11;GO+GP 8;LA+NG+PN 1;LA+NG+GO 1;" \
	"NG+PN+GO 4;LA+NG+PN+GO 1"
#define UK4 \
	"LA NG PN GO|LA 54;NG 464;PN 1006;GO 703;LA+NG 15;LA+PN 19;LA+GO 3;NG+PN 62;" \
	"NG+GO 19;PN+GO 76;LA+NG+PN 1;LA+NG+GO 1;NG+PN+GO 4;LA+NG+PN+GO 1"
#define WESTERN \
	"A B C D E|A 52;B 90;C 114;D 45;E 21;A+C 4;A+D 2;A+E 5;B+C 6;B+D 1;D+E 3;A+C+E " \
	"1;" \
	"B+C+D 1"
#define ORLEANS8 \
	"A B C D E F G H|A 25;B 5;C 70;D 33;E 6;F 6;G 6;H 21;A+C 1;A+D 2;A+E 1;B+F " \
	"1;C+D " \
	"1;" \
	"C+E 1;C+G 1;D+E 2;E+H 1;A+C+G 1;A+D+E 1"
#define ORLEANS5 \
	"A X C D H|A 25;X 24;C 70;D 33;H 21;A+X 1;A+C 1;A+D 2;X+C 2;X+D 2;X+H 1;C+D 1;" \
	"A+X+C 1;A+X+D 1"
#define KOSOVO \
	"EXH ABA OSCE HRW|EXH 1131;ABA 845;OSCE 936;HRW 306;EXH+ABA 177;EXH+OSCE 228;" \
	"EXH+HRW 106;ABA+OSCE 217;ABA+HRW 31;OSCE+HRW 123;EXH+ABA+OSCE 181;" \
	"EXH+ABA+HRW 18;EXH+OSCE+HRW 42;ABA+OSCE+HRW 32;EXH+ABA+OSCE+HRW 27"
#define ARTIFICIAL "A B C|A 40;B 30;C 20;A+B 6"
#define DUTCH \
	"I K O P R Z|I 352;K 1299;O 403;P 4466;R 650;Z 632;I+O 1;I+P 18;I+R 3;I+Z " \
	"16;K+O " \
	"1;" \
	"K+P 44;K+Z 4;O+P 59;O+R 2;O+Z 57;P+R 82;P+Z 125;R+Z 2;I+O+P 4;I+P+Z 4;O+P+R 2;" \
	"O+P+Z 7;P+R+Z 1"
#define UK6_PAIRS "PF:NCA,LA:NG,NG:GP,LA:PF,PF:GP,GO:GP,NG:GO"
#define UK5_PAIRS "LA:NG,NG:GP,PN:GP,LA:PN,GO:GP,NG:GO"

static const struct fit {
	const char *table, *model;
	uint64_t observed;
	double alpha, se, deviance, aic, hidden, total; /* alpha 0: not published */
	uint32_t df;
	double wald[2], profile[2]; /* 0: not compared */
} FITS[] = {
    {UK6, "main", 2744, 9.155884, .070688, 179.3548, 305.0200, 9470.0, 12214.0, 56,
	{10988.8, 13621.3}, {11002.8, 13640.9}},
    {UK6, UK6_PAIRS, 2744, 9.068084, .092673, 22.9939, 162.6591, 8674.0, 11418.0, 49,
	{9977.3, 13145.7}, {10000.9, 13182.3}},
    {UK5, "main", 2744, 9.278011, .074791, 118.5316, 217.7789, 10700.1, 13444.1, 25,
	{11985.2, 15133.4}, {12004.0, 15160.3}},
    {UK5, UK5_PAIRS, 2744, 9.055905, .093053, 16.3514, 127.5986, 8569.0, 11313.0, 19,
	{9884.4, 13027.4}, {9907.82, 13063.8}},
    {UK4, "LA:NG,LA:PN,NG:GO", 2428, 0, 0, 0, 96.8299, 0, 11015.2, 7, {9582.26, 12735.3},
	{0, 0}},
    {WESTERN, "main", 345, 7.415862, .222146, 40.9631, 104.2184, 1662.1, 2007.1, 25,
	{1420.4, 2914.0}, {1440.5, 2971.4}},
    {ORLEANS8, "main", 185, 6.699087, .289861, 41.2917, 118.3539, 811.7, 996.7, 246,
	{644.9, 1617.5}, {0, 0}},
    {ORLEANS5, "main", 185, 6.744237, .298269, 19.2835, 77.5294, 849.2, 1034.2, 25,
	{658.258, 1708.6}, {673.484, 1771.231}},
    {KOSOVO, "EXH:ABA,EXH:OSCE,EXH:HRW,ABA:OSCE,OSCE:HRW", 4400, 9.204490, .101934,
	39.8936, 161.3176, 9941.7, 14341.7, 5, {12541.3, 16540.2}, {12548.75, 16551.8}},
    {ARTIFICIAL, "main", 96, 6.093782, .452157, 8.8725, 36.1474, 443.1, 539.1, 3,
	{278.650, 1170.91}, {292.117, 1286.198}},
    {DUTCH, "main", 8234, 10.705253, .051735, 448.88, 584.41, 44589.5, 52823.5, 56,
	{48524, 57582}, {0, 0}},
};

static void
parse(const char *text, struct mn_overlaps *o)
{
	struct mn_str rest = mn_str_c(text), names = mn_str_cut(&rest, '|');
	memset(o, 0, sizeof *o);
	while (names.p)
		o->list[o->n_list++] = mn_str_cut(&names, ' ');
	while (rest.p) {
		struct mn_str n = mn_str_cut(&rest, ';'), who = mn_str_cut(&n, ' ');
		uint32_t history = 0;
		while (who.p) {
			struct mn_str one = mn_str_cut(&who, '+');
			for (uint32_t i = 0; i < o->n_list; i++)
				history |= mn_str_eq(o->list[i], one) ? 1u << i : 0;
		}
		assert_true(mn_str_u64(n, &o->count[history]));
	}
}

static void
near(double got, double want, double within, const char *what)
{
	if (want != 0 && !(fabs(got - want) <= within))
		fail_msg("%s: %.6f, expected %.6f", what, got, want);
}

static void
estimate(
    const char *table, const char *model, struct mn_overlaps *o, struct mn_mse_result *r)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL);
	struct mn_err err = MN_ERR_NONE;
	struct mn_mse_model m = {.n_pair = 0};
	enum mn_mse_how how = strcmp(model, "aic") == 0        ? MN_MSE_AIC
			      : strcmp(model, "stepwise") == 0 ? MN_MSE_STEPWISE
							       : MN_MSE_GIVEN;
	parse(table, o);
	if (how == MN_MSE_GIVEN)
		assert_true(mn_overlaps_model(o, mn_str_c(model), &m, &err));
	assert_true(mn_mse_estimate(o, how, &m, a, r, &err));
	mn_arena_free(a);
}

static void
published_fits_reproduce(void **state)
{
	static struct mn_overlaps o;
	struct mn_mse_result r;
	(void)state;
	for (size_t i = 0; i < countof(FITS); i++) {
		const struct fit *f = &FITS[i];
		estimate(f->table, f->model, &o, &r);
		assert_int_equal(r.status, MN_MSE_OK);
		assert_int_equal(r.observed, f->observed);
		assert_int_equal(r.df, f->df);
		near(r.alpha, f->alpha, 6e-7, "alpha");
		near(r.se, f->se, 6e-7, "s.e.");
		near(r.deviance, f->deviance, f->observed > 8000 ? 6e-3 : 6e-5, "dev");
		near(r.aic, f->aic, f->observed > 8000 ? 6e-3 : 6e-5, "AIC");
		near(r.hidden, f->hidden, .06, "hidden");
		near(r.total, f->total, .06, "total");
		for (unsigned k = 0; k < 2; k++) {
			near(
			    r.wald[k], f->wald[k], f->observed > 8000 ? .6 : .06, "Wald");
			near(r.profile[k], f->profile[k], .06, "profile");
		}
	}
}

static void
coefficients_of_the_uk_model(void **state)
{
	static const double BETA[] = {
	    -5.088477, -2.905066, -2.148520, -2.521773, -3.305334};
	static const double GAMMA[] = {
	    1.523953, -2.921702, -1.246751, .922426, -1.190521, -.553350};
	static struct mn_overlaps o;
	struct mn_mse_result r;
	(void)state;
	estimate(UK5, UK5_PAIRS, &o, &r);
	for (unsigned i = 0; i < countof(BETA); i++)
		near(r.beta[i], BETA[i], 6e-7, "beta");
	for (unsigned i = 0; i < countof(GAMMA); i++)
		near(r.gamma[i], GAMMA[i], 6e-7, "gamma");
}

/* A table that no estimate fits, one whose parameters are not told apart, and which. */
static void
checks_have_their_codes(void **state)
{
	static const struct {
		const char *model;
		enum mn_mse_status status;
	} CASES[] = {{"main", MN_MSE_OK}, {"A:B", MN_MSE_NO_MLE},
	    {"A:B,A:C", MN_MSE_NO_MLE}, {"A:B,B:C", MN_MSE_NO_MLE}, {"A:C", MN_MSE_OK},
	    {"B:C", MN_MSE_OK}, {"A:C,B:C", MN_MSE_OK}, {"A:B,A:C,B:C", MN_MSE_NO_IDENT}};
	static struct mn_overlaps o;
	struct mn_mse_result r;
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		estimate(ARTIFICIAL, CASES[i].model, &o, &r);
		if (r.status != CASES[i].status)
			fail_msg("%s: %d", CASES[i].model, (int)r.status);
	}
	estimate(ARTIFICIAL, "A:C,B:C", &o, &r);
	assert_int_equal(r.n_sparse, 2);
	assert_true(r.sparse[0] && r.sparse[1]);
	/* Nothing overlaps at all: with every pair in the model each fails. */
	estimate("A B C|A 9;B 9;C 9", "main", &o, &r);
	assert_int_equal(r.status, MN_MSE_NO_MLE);
}

static void
searches_are_two(void **state)
{
	static struct mn_overlaps o;
	struct mn_mse_result r;
	(void)state;
	estimate(UK6, "aic", &o, &r);
	assert_int_equal(r.model.n_pair, 7);
	near(r.aic, 162.6591, 6e-5, "AIC");
	estimate(UK5, "aic", &o, &r);
	near(r.total, 11313.0, .06, "total");
	estimate(DUTCH, "aic", &o, &r);
	near(r.aic, 225.12, 6e-3, "AIC");
	near(r.total, 95265, .6, "total");
	near(r.wald[0], 73884, .6, "Wald");
	near(r.wald[1], 123610, .6, "Wald");
	assert_int_equal(r.n_sparse, 0);
	/* By p, pairs that never overlap come in where more were expected. */
	estimate(DUTCH, "stepwise", &o, &r);
	assert_true(r.n_sparse > 0);
	assert_int_equal(r.status, MN_MSE_OK);
	estimate(ORLEANS8, "stepwise", &o, &r);
	assert_int_equal(r.model.n_pair, 1);
}

static void
too_little_is_refused(void **state)
{
	static const char *const TABLES[] = {
	    "A B|A 40;B 30;A+B 6", "A B C|A 40;B 30;C 3;A+C 1"};
	static struct mn_overlaps o;
	struct mn_arena a = mn_arena_new((size_t)1 << 26, NULL);
	struct mn_mse_result r;
	(void)state;
	for (size_t i = 0; i < countof(TABLES); i++) {
		struct mn_err err = MN_ERR_NONE;
		parse(TABLES[i], &o);
		assert_false(mn_mse_estimate(&o, MN_MSE_GIVEN, NULL, a, &r, &err));
		assert_int_equal(err.code, MN_E_DATA);
	}
	mn_arena_free(a);
}

/* ---- files ---- */

static bool
read_bytes(void **state, struct mn_str text, bool apart, struct mn_overlaps *o,
    struct mn_err *err)
{
	static struct mn_arena a;
	struct tmpdir *t = *state;
	if (!a.beg)
		a = mn_arena_new((size_t)1 << 28, NULL);
	const char *path = tmpdir_at(t, "overlaps.csv");
	struct mn_out *out = mn_out_open(path, 0600, NULL);
	mn_out_write(out, text);
	assert_true(mn_out_commit(out, true, NULL, NULL));
	*err = MN_ERR_NONE;
	return mn_overlaps_read(&a, path, apart, o, err);
}

static void
files_are_read(void **state)
{
	static const char *const TEXT[] = {"\"A\",\"B\",\"C\",\"n\"\n1,0,0,40\n1,1,0,6\n",
	    "A;B;C;count\r\n1;0;0;40\r\n\r\nyes;x;no;6\r\n",
	    "\xef\xbb\xbf"
	    "A\tB\tC\tFrequency\n1\t0\t0\t30\n1\t0\t0\t10\n1\t1\t0\t6\n"};
	static struct mn_overlaps o;
	struct mn_err err;
	for (size_t i = 0; i < 2 * countof(TEXT); i++) {
		if (!read_bytes(state, mn_str_c(TEXT[i / 2]), i % 2, &o, &err))
			fail_msg("%zu: %s", i, err.msg);
		assert_int_equal(o.n_list, 3);
		assert_true(mn_str_eq(o.list[0], MN_S("A")));
		assert_int_equal(o.count[1], 40);
		assert_int_equal(o.count[3], 6);
	}
	assert_true(read_bytes(state,
	    MN_S("A\0;\0B\0;\0n\0\n\0"
		 "1\0;\0"
		 "1\0;\0"
		 "6\0\n\0"),
	    true, &o, &err));
	assert_int_equal(o.count[3], 6);
}

static void
mistakes_are_told(void **state)
{
	static const struct {
		const char *text, *says;
	} CASES[] = {{"A,B,C\n1,0,0\n", "no column \"count\""},
	    {"A,B,A,n\n1,0,0,4\n", "two lists are called A"},
	    {"A,,C,n\n1,0,0,4\n", "column 2 has no name"},
	    {"A,B,C,n\n1,2,0,4\n", "overlaps.csv:2: column B: \"2\""},
	    {"A,B,C,n\n1,0,0,4\n\n1,1,0\n", "overlaps.csv:4: column n: \"\""},
	    {"A,B,C,n\n0,0,0,4\n", "the row is on no list"},
	    {"A,B,C,n\n1,0,0,1.5\n", "whole number"},
	    {"A,B,C,D,E,F,G,H,I,J,K,n\n", "more than 10 lists"}, {"", ""}};
	static struct mn_overlaps o;
	struct mn_err err;
	for (size_t i = 0; i < countof(CASES); i++) {
		assert_false(read_bytes(state, mn_str_c(CASES[i].text), i % 2, &o, &err));
		if (!strstr(err.msg, CASES[i].says))
			fail_msg("%s: %s", CASES[i].text, err.msg);
	}
	assert_false(read_bytes(state, MN_S("\0\1\2\3\4\5\6\7"), true, &o, &err));
	assert_int_equal(err.code, MN_E_FILE_BINARY);
}

static void
models_are_named(void **state)
{
	static const char *const BAD[] = {
	    "LA:XX", "LA", "LA:LA", "LA:NG,NG:LA", "LA:NG,"};
	static struct mn_overlaps o;
	struct mn_mse_model m;
	struct mn_err err;
	(void)state;
	parse(UK5, &o);
	for (size_t i = 0; i < countof(BAD); i++)
		assert_false(mn_overlaps_model(&o, mn_str_c(BAD[i]), &m, &err));
	assert_true(mn_overlaps_model(&o, MN_S("ng:la, GP:NG"), &m, &err));
	assert_int_equal(m.n_pair, 2);
	assert_int_equal(m.pair[0][0], 0);
	assert_int_equal(m.pair[1][1], 4);
}

static void
words_and_json(void **state)
{
	static struct mn_overlaps o;
	struct mn_mse_result r;
	struct mn_buf b = mn_buf_new(1u << 16);
	(void)state;
	estimate(UK5, UK5_PAIRS, &o, &r);
	mn_report_estimate(&o, MN_MSE_GIVEN, &r, true, &b);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"total\": 11313.0")) < b.n);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"alpha\": 9.055905")) < b.n);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"status\": 0")) < b.n);
	mn_buf_clear(&b);
	mn_report_estimate(&o, MN_MSE_GIVEN, &r, false, &b);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("This holds only if")) < b.n);
	mn_buf_clear(&b);
	estimate(ARTIFICIAL, "A:B", &o, &r);
	mn_report_estimate(&o, MN_MSE_GIVEN, &r, true, &b);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"total\": null")) < b.n);
	assert_true(mn_str_find(mn_buf_str(&b), MN_S("\"status\": 1")) < b.n);
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_fits_reproduce),
	    cmocka_unit_test(coefficients_of_the_uk_model),
	    cmocka_unit_test(checks_have_their_codes),
	    cmocka_unit_test(searches_are_two),
	    cmocka_unit_test(too_little_is_refused),
	    cmocka_unit_test_setup_teardown(files_are_read, tmpdir_make, tmpdir_remove),
	    cmocka_unit_test_setup_teardown(
		mistakes_are_told, tmpdir_make, tmpdir_remove),
	    cmocka_unit_test(models_are_named),
	    cmocka_unit_test(words_and_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

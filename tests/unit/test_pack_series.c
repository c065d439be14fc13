/* Series of countries: how two go together, and which packs are refused. */
#include "pack_fix.h"

static struct mn_arena root;

static int
setup(void **state)
{
	(void)state;
	root = mn_arena_new(64u << 20, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

/* Two series over n countries: b follows a, runs against it, or jumps about. */
struct made {
	struct mn_pack p;
	struct mn_p_country_series series[2];
	struct mn_p_country row[2 * 26];
};

static struct made *
make(unsigned n, int slope)
{
	static struct made m;
	m = (struct made){.series = {{.code = MN_S("a")}, {.code = MN_S("b")}}};
	for (unsigned i = 0; i < n; i++) {
		char *code = MN_NEW(&root, char, 2);
		code[0] = 'A';
		code[1] = (char)('A' + i);
		int64_t x = 2000 * (int64_t)i;
		int64_t y = slope ? 60000 * (slope < 0) + slope * x
				  : 20000 * (int64_t)(i * 7 % 3);
		m.row[2 * i] = (struct mn_p_country){
		    .code = mn_str(code, 2), .series = MN_S("a"), .value_q16 = x};
		m.row[2 * i + 1] = (struct mn_p_country){
		    .code = mn_str(code, 2), .series = MN_S("b"), .value_q16 = y};
	}
	m.p = (struct mn_pack){.country_series = m.series,
	    .n_country_series = 2,
	    .country = m.row,
	    .n_country = 2 * n};
	return &m;
}

static struct mn_series_pair
pair_of(const struct made *m)
{
	struct mn_series_pair p;
	assert_int_equal(mn_pack_series_pairs(&m->p, &p, 1), 1);
	return p;
}

static void
r_is_one_for_alike_and_minus_one_for_opposed(void **state)
{
	(void)state;
	struct mn_series_pair alike = pair_of(make(20, 1));
	assert_true(alike.known && alike.n == 20);
	assert_in_range(alike.r_q16, MN_Q16(.999), MN_Q16(1.001));
	assert_in_range(-pair_of(make(20, -1)).r_q16, MN_Q16(.999), MN_Q16(1.001));
	int64_t none = pair_of(make(24, 0)).r_q16;
	assert_true(none < MN_Q16(.2) && none > -MN_Q16(.2));
}

static void
few_countries_have_no_r(void **state)
{
	(void)state;
	assert_false(pair_of(make(MN_SERIES_COMMON - 1, 1)).known);
	struct made *m = make(20, 1);
	for (unsigned i = 0; i < 20; i++)
		m->row[2 * i].value_q16 = 5;
	assert_false(pair_of(m).known);
}

/* The shipped series tell different things; the numbers are those `pack check` prints. */
static void
shipped_series_are_told_apart(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	struct mn_arena a = root;
	const struct mn_pack *p = mn_pack_load(&a, MN_SOURCE_DIR "/indicators", &err);
	if (!p)
		fail_msg("%s", err.msg);
	struct mn_series_pair pair[8];
	uint32_t n = mn_pack_series_pairs(p, pair, countof(pair));
	assert_int_equal(n, 3);
	for (uint32_t i = 0; i < n; i++) {
		assert_true(pair[i].known && pair[i].n > 150);
		assert_true(
		    pair[i].r_q16 < mn_pack_context_rule(p, MN_S("series_warn_r")));
	}
}

/* A country pack written from the shipped values of rule of law. */
static const char *
country_pack(
    struct mn_arena *a, const struct mn_pack *p, const char *dir, const char *more)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_buf_fmt(&b,
	    HEAD_OF("own",
		"context") "%s\"country_series\":[{\"code\":\"own\",\"name\":"
			   "\"an index\",\"formula\":\"as it is\",\"weight\":1,"
			   "\"lo\":0.05,\"mid\":0.5,\"hi\":0.95" SV "],\"countries\":[",
	    more);
	bool first = true;
	for (uint32_t i = 0; i < p->n_country; i++) {
		char v[32];
		if (!mn_str_eq(p->country[i].series, MN_S("rule_of_law")))
			continue;
		mn_buf_fmt(&b,
		    "%s{\"code\":\"%.*s\",\"series\":\"own\",\"value\":%.*s" SV,
		    first ? "" : ",", MN_FMT(p->country[i].code),
		    MN_FMT(mn_fx_print(p->country[i].value_q16, 4, v)));
		first = false;
	}
	mn_buf_add(&b, MN_S("]}"));
	const char *path = mn_arena_fmt(a, "%s/own.json%c", dir, 0).p;
	FILE *f = fopen(path, "w");
	fwrite(mn_buf_str(&b).p, 1, mn_buf_str(&b).n, f);
	fclose(f);
	mn_buf_free(&b);
	return path;
}

static void
a_chosen_pack_takes_the_place_of_the_shipped_series(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = root;
	char dir[] = "/tmp/manumit-series-XXXXXX";
	(void)state;
	assert_non_null(mkdtemp(dir));
	const struct mn_pack *p = mn_pack_load(&a, MN_SOURCE_DIR "/indicators", &err);
	const char *path = country_pack(&a, p, dir, "");
	const struct mn_pack *q =
	    mn_pack_load_country(&a, MN_SOURCE_DIR "/indicators", path, NULL, 0, &err);
	if (!q)
		fail_msg("%s", err.msg);
	assert_int_equal(q->n_country_series, 1);
	assert_int_equal(q->n_file, p->n_file - 3 + 1);
	assert_null(mn_pack_country(q, MN_S("tip_tier"), MN_S("BD")));
	assert_non_null(mn_pack_country(q, MN_S("own"), MN_S("BD")));
	/* what brings something else beside its series cannot be left out */
	path = country_pack(&a, p, dir,
	    "\"levels\":[{\"code\":\"recruitment_more\",\"value\":0.2" SV "],");
	assert_null(
	    mn_pack_load_country(&a, MN_SOURCE_DIR "/indicators", path, NULL, 0, &err));
	assert_non_null(strstr(err.msg, "holds nothing else"));
	remove(path);
	rmdir(dir);
}

/* Two indices of governance in one pack would count it twice. */
static void
series_that_tell_the_same_are_refused(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_arena a = root;
	(void)state;
	const struct mn_pack *p = mn_pack_load(&a, MN_SOURCE_DIR "/indicators", &err);
	struct mn_pbuild *b = mn_pbuild_new(&a);
	struct mn_p_country_series s[2];
	struct mn_p_country *rows = MN_NEW(&a, struct mn_p_country, 2 * p->n_country);
	uint32_t n = 0;
	b->p = *p;
	for (uint32_t i = 0; i < p->n_file; i++)
		b->path[i] = p->file[i].file;
	for (int k = 0; k < 2; k++) {
		s[k] = p->country_series[0];
		s[k].code = k ? MN_S("b") : MN_S("a");
		s[k].weight_q16 = MN_FX_ONE / 2;
	}
	for (uint32_t i = 0; i < p->n_country; i++)
		for (int k = 0;
		     k < 2 && mn_str_eq(p->country[i].series, MN_S("rule_of_law")); k++) {
			rows[n] = p->country[i];
			rows[n++].series = s[k].code;
		}
	mn_prows_set(&b->p, MN_PSEC_country_series, s, 2);
	mn_prows_set(&b->p, MN_PSEC_country, rows, n);
	assert_false(mn_pseries_check(b, true, &err));
	assert_non_null(strstr(err.msg, "tells what \"a\" tells"));
	assert_non_null(strstr(err.msg, "series_refuse_r"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(r_is_one_for_alike_and_minus_one_for_opposed),
	    cmocka_unit_test(few_countries_have_no_r),
	    cmocka_unit_test(shipped_series_are_told_apart),
	    cmocka_unit_test(a_chosen_pack_takes_the_place_of_the_shipped_series),
	    cmocka_unit_test(series_that_tell_the_same_are_refused),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
